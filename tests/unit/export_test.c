#include "export/export.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static ml_status append(void *payload, const char *bytes, size_t len)
{
    ml_buffer_bytes(payload, bytes, len);
    return ML_OK;
}

static ml_status refuse(void *payload, const char *bytes, size_t len)
{
    (void)payload;
    (void)bytes;
    (void)len;
    return ML_E_IO;
}

/* Adds a record in which ' stands for ". */
static void add(ml_network *network, const char *article)
{
    ml_buffer line = {0};
    for (; *article; article++)
        ml_buffer_char(&line, *article == '\'' ? '"' : *article);
    ml_error error = {0};
    if (ml_network_add(network, ml_buffer_view(&line), &error) != ML_OK)
        fail_msg("%s", error.message);
    ml_buffer_dispose(&line);
}

static ml_network *new_network(void)
{
    ml_network *network = NULL;
    assert_int_equal(ml_network_new(&network, NULL), ML_OK);
    return network;
}

/* The whole file, with a NUL behind it. */
static ml_buffer write_as(ml_network *network, const char *format)
{
    ml_buffer out = {0};
    ml_error error = {0};
    if (ml_network_write(network, format, NULL, (ml_sink){append, &out}, &error) != ML_OK)
        fail_msg("%s", error.message);
    ml_buffer_char(&out, '\0');
    assert_false(out.failed);
    return out;
}

static void assert_contains(const ml_buffer *out, const char *expected)
{
    if (!strstr(out->ptr, expected))
        fail_msg("no %s in\n%s", expected, out->ptr);
}

static void assert_lacks(const ml_buffer *out, const char *unexpected)
{
    if (strstr(out->ptr, unexpected))
        fail_msg("%s in\n%s", unexpected, out->ptr);
}

static const char *const meeting =
    "{'schema':'mangluoi-record/1','id':'a|1','date':'2019-08-17','entities':["
    "{'id':'p1','type':'person','name':'Hoàng Trung Hải'},{'id':'p2','type':'person','name':'Phạm Đình Nghị'},"
    "{'id':'b1','type':'body','name':'Thành ủy Hà Nội','parent':'l2'},"
    "{'id':'e1','type':'event','name':'Hội nghị <hợp tác> & phát triển','date':'2019-08-17'},"
    "{'id':'l1','type':'locality','name':'Tỉnh Nam Định'},{'id':'l2','type':'locality','name':'Thành phố Hà Nội'},"
    "{'id':'s1','type':'site','name':'Quảng\\u0001 trường 3-2'}],'relations':["
    "{'type':'holds_position','source':'p1','target':'b1','title':'Bí thư','confidence':0.95,"
    "'evidence':{'start':3,'end':50}},"
    "{'type':'holds_position','source':'p1','target':'b1','title':'nguyên Phó Bí thư','confidence':0.5},"
    "{'type':'chaired','source':'p1','target':'e1'},{'type':'attended','source':'p2','target':'e1'},"
    "{'type':'held_at','source':'e1','target':'l1'},"
    "{'type':'cooperates_with','source':'l2','target':'l1','evidence':{'start':60,'end':70}}]}";

static void graphml_keeps_to_the_dialect(void **state)
{
    (void)state;
    ml_network *network = new_network();
    add(network, meeting);
    ml_buffer out = write_as(network, "graphml");
    assert_contains(&out, "<graph id=\"mangluoi\" edgedefault=\"directed\">");
    assert_contains(&out,
                    "<node id=\"p1\"><data key=\"v_label\">Hoàng Trung Hải</data><data key=\"v_type\">person</data>"
                    "<data key=\"v_documents\">1</data><data key=\"v_first\">2019-08-17</data>"
                    "<data key=\"v_last\">2019-08-17</data></node>");
    assert_contains(&out, "Hội nghị &lt;hợp tác&gt; &amp; phát triển");
    assert_contains(&out, "Quảng\xef\xbf\xbd trường 3-2");
    assert_contains(&out, "<!-- characters that XML forbids, replaced by U+FFFD: 1 -->");
    assert_contains(&out, "<edge id=\"e.3\" source=\"l1\" target=\"l2\" label=\"cooperates_with\">");
    assert_contains(&out, "label=\"holds_position: Bí thư\">");
    assert_contains(&out, "<data key=\"e_symmetric\">true</data><data key=\"e_weight\">1</data>");
    assert_contains(&out, "<data key=\"e_confidence\">0.95</data><data key=\"e_evidence\">a\\|1</data>"
                          "<data key=\"e_sentences\">a\\|1#3-50</data></edge>");
    assert_lacks(&out, "#0-0");
    assert_lacks(&out, "nan");
    ml_buffer_dispose(&out);
    ml_network_free(network);
}

static void json_is_node_link(void **state)
{
    (void)state;
    ml_network *network = new_network();
    add(network, meeting);
    ml_buffer out = write_as(network, "json");
    assert_contains(&out, "{\"directed\":true,\"multigraph\":true,\"graph\":{\"name\":\"mangluoi\",\"documents\":1}");
    assert_contains(&out, "{\"id\":\"b1\",\"label\":\"Thành ủy Hà Nội\",\"type\":\"body\",\"documents\":1,");
    assert_contains(&out, "\"parent\":\"l2\"}");
    assert_contains(&out, "\"key\":\"e.3\",\"type\":\"cooperates_with\",\"label\":\"hợp tác với\",\"symmetric\":true,"
                          "\"weight\":1,\"first\":\"2019-08-17\",\"last\":\"2019-08-17\",\"confidence\":1,"
                          "\"evidence\":[\"a|1\"],\"sentences\":[\"a|1#60-70\"]}");
    assert_contains(&out, "Quảng\\u0001 trường");
    ml_buffer_dispose(&out);
    ml_network_free(network);
}

static void picture_shows_connected_vertices_and_a_legend(void **state)
{
    (void)state;
    ml_network *network = new_network();
    add(network, meeting);
    ml_buffer out = write_as(network, "svg");
    assert_contains(&out, "1 bài báo · 7 thực thể · 6 quan hệ · trong hình: 6 thực thể, 6 quan hệ");
    assert_contains(&out, "chủ trì · chaired");
    assert_contains(&out, "Hoàng Trung Hải</tspan>");
    assert_contains(&out, "<title>Hội nghị &lt;hợp tác&gt; &amp; phát triển (1 bài)</title>");
    assert_lacks(&out, "met with");
    assert_lacks(&out, "3-2"); /* nothing is said about the square */
    assert_lacks(&out, "nan");
    assert_lacks(&out, "inf");
    ml_buffer again = write_as(network, "svg");
    assert_string_equal(out.ptr, again.ptr);
    ml_buffer_dispose(&again);
    ml_buffer_dispose(&out);
    ml_network_free(network);
}

static void empty_network_is_written_in_every_format(void **state)
{
    (void)state;
    static const char *const formats[] = {"graphml", "json", "svg"};
    static const char *const ends[] = {"</graphml>\n", "\"edges\":[]}\n", "</svg>\n"};
    ml_network *network = new_network();
    for (int i = 0; i < 3; i++) {
        ml_buffer out = write_as(network, formats[i]);
        assert_contains(&out, ends[i]);
        assert_lacks(&out, "nan");
        assert_lacks(&out, "inf");
        ml_buffer_dispose(&out);
    }
    ml_network_free(network);
}

/* ---- a network does not depend on the order or the grouping of its records ---- */

enum { ARTICLES = 60, ENTITIES = 14 };

static uint32_t draw(uint64_t *random, uint32_t below)
{
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*random >> 33) % below;
}

/* A record of random entities and relations. Some articles come twice, with different contents. */
static char *random_record(uint64_t *random)
{
    static const char *const types[] = {"cooperates_with", "visited", "holds_position"};
    static const char *const names[] = {"Hà Nội", "TP Hà Nội", "Thành phố Hà Nội", "Thủ đô"};
    static const char *const kinds[] = {"person", "body", "locality"};
    ml_buffer line = {0};
    ml_buffer_format(&line, "{'schema':'mangluoi-record/1','id':'a%u','date':'2019-0%u-1%u','entities':[",
                     draw(random, ARTICLES - 10), 1 + draw(random, 9), draw(random, 10));
    for (int i = 0; i < ENTITIES; i++)
        ml_buffer_format(&line, "%s{'id':'x%d','type':'%s','name':'%s'}", i ? "," : "", i, kinds[draw(random, 3)],
                         names[draw(random, 4)]);
    ml_buffer_format(&line, "],'relations':[");
    for (uint32_t i = 0, count = draw(random, 12); i < count; i++)
        ml_buffer_format(&line,
                         "%s{'type':'%s','source':'x%u','target':'x%u','title':'t%u','confidence':0.%u,'evidence':"
                         "{'start':%u,'end':90}}",
                         i ? "," : "", types[draw(random, 3)], draw(random, ENTITIES), draw(random, ENTITIES),
                         draw(random, 2), draw(random, 10), draw(random, 3));
    ml_buffer_format(&line, "]}");
    ml_buffer_char(&line, '\0');
    assert_false(line.failed);
    return line.ptr;
}

static void order_and_grouping_of_records_do_not_matter(void **state)
{
    (void)state;
    char *records[ARTICLES];
    uint64_t random = 20190817;
    for (int i = 0; i < ARTICLES; i++)
        records[i] = random_record(&random);
    ml_network *network = new_network();
    for (int i = 0; i < ARTICLES; i++)
        add(network, records[i]);
    ml_buffer expected = write_as(network, "graphml");
    assert_contains(&expected, "<edge id=\"e.100\"");
    ml_network_free(network);

    for (int round = 0; round < 25; round++) {
        for (uint32_t i = ARTICLES; i > 1; i--) {
            uint32_t other = draw(&random, i);
            char *moved = records[i - 1];
            records[i - 1] = records[other];
            records[other] = moved;
        }
        network = new_network();
        for (int i = 0; i < ARTICLES; i++) {
            add(network, records[i]);
            if (draw(&random, 8) == 0) { /* merging half-way, and an article again, change nothing */
                ml_network_size size;
                assert_int_equal(ml_network_measure(network, &size, NULL), ML_OK);
                add(network, records[draw(&random, (uint32_t)i + 1)]);
            }
        }
        ml_buffer out = write_as(network, "graphml");
        assert_string_equal(out.ptr, expected.ptr);
        ml_buffer_dispose(&out);
        ml_network_free(network);
    }
    for (int i = 0; i < ARTICLES; i++)
        free(records[i]);
    ml_buffer_dispose(&expected);
}

/* ---- doors ---- */

static void file_names_ask_for_formats(void **state)
{
    (void)state;
    assert_string_equal(ml_network_format("out/net.graphml"), "graphml");
    assert_string_equal(ml_network_format("net.JSON"), "json");
    assert_string_equal(ml_network_format("net.graphml.svg"), "svg");
    assert_null(ml_network_format("net.txt"));
    assert_null(ml_network_format("graphml"));
    assert_null(ml_network_format(".svg"));
    assert_null(ml_network_format(""));
    assert_string_equal(ml_network_format("net.ftm.json"), "ftm");
    assert_string_equal(ml_network_format("net.gv"), "dot");
    assert_string_equal(ml_network_format("net.nodes.csv"), "csv-nodes");
    assert_string_equal(ml_network_format("net.neo4j-nodes.csv"), "neo4j-nodes");
    assert_null(ml_network_format("net.csv"));
    assert_string_equal(ml_network_format_at(0)->name, "graphml");
    size_t count = 0;
    while (ml_network_format_at(count))
        count++;
    assert_true(count > 10);
    assert_string_equal(ml_network_format_at(count - 1)->name, "png");
}

static void unknown_format_is_refused_with_the_known_ones(void **state)
{
    (void)state;
    ml_network *network = new_network();
    ml_buffer out = {0};
    ml_error error = {0};
    assert_int_equal(ml_network_write(network, "gml", NULL, (ml_sink){append, &out}, &error), ML_E_USAGE);
    assert_non_null(strstr(error.message, "graphml, gexf, json"));
    assert_int_equal(out.len, 0);
    ml_network_free(network);
}

static void failing_sink_ends_the_writing(void **state)
{
    (void)state;
    ml_network *network = new_network();
    add(network, meeting);
    ml_error error = {0};
    assert_int_equal(ml_network_write(network, "graphml", NULL, (ml_sink){refuse, NULL}, &error), ML_E_IO);
    assert_int_equal(error.status, ML_E_IO);
    assert_int_equal(ml_network_summary(network, 5, (ml_sink){refuse, NULL}, NULL), ML_E_IO);
    ml_network_free(network);
}

static void summary_names_posts_events_and_cooperation(void **state)
{
    (void)state;
    ml_network *network = new_network();
    add(network, meeting);
    ml_buffer out = {0};
    assert_int_equal(ml_network_summary(network, 9, (ml_sink){append, &out}, NULL), ML_OK);
    ml_buffer_char(&out, '\0');
    assert_contains(&out, "1 article, 7 entities, 6 relations; the largest connected part has 6 entities\n");
    assert_contains(&out, "  Hoàng Trung Hải — Bí thư, Thành ủy Hà Nội; nguyên Phó Bí thư, Thành ủy Hà Nội\n");
    assert_contains(&out, "  Hội nghị <hợp tác> & phát triển, 2019-08-17\n    held at Tỉnh Nam Định\n"
                          "    chaired by Hoàng Trung Hải\n    attended by Phạm Đình Nghị\n");
    assert_contains(&out, "Cooperation\n  Tỉnh Nam Định — hợp tác với — Thành phố Hà Nội (1 article)\n");
    assert_contains(&out, "Visits, meetings and gifts\n  none\n");
    ml_buffer_dispose(&out);
    ml_network_free(network);
}

static void summary_sections_have_a_limit(void **state)
{
    (void)state;
    ml_network *network = new_network();
    add(network, meeting);
    ml_buffer out = {0};
    assert_int_equal(ml_network_summary(network, 0, (ml_sink){append, &out}, NULL), ML_OK);
    ml_buffer_char(&out, '\0');
    assert_contains(&out, "Officials and their posts (0 of 1)\n");
    assert_contains(&out, "Events: who chaired, attended, spoke (0 of 1)\n");
    assert_lacks(&out, "Hoàng");
    ml_buffer_dispose(&out);
    ml_network_free(network);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graphml_keeps_to_the_dialect),
        cmocka_unit_test(json_is_node_link),
        cmocka_unit_test(picture_shows_connected_vertices_and_a_legend),
        cmocka_unit_test(empty_network_is_written_in_every_format),
        cmocka_unit_test(order_and_grouping_of_records_do_not_matter),
        cmocka_unit_test(file_names_ask_for_formats),
        cmocka_unit_test(unknown_format_is_refused_with_the_known_ones),
        cmocka_unit_test(failing_sink_ends_the_writing),
        cmocka_unit_test(summary_names_posts_events_and_cooperation),
        cmocka_unit_test(summary_sections_have_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
