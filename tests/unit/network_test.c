#include "network/network.h"

#include <igraph/igraph.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

/* Records are written here with ' for ", which keeps them readable. */
static const char *const first_article =
    "{'schema':'mangluoi-record/1','id':'a1','date':'2019-08-17','entities':["
    "{'id':'p1','type':'person','name':'Nghị'},{'id':'b1','type':'body','name':'UBND tỉnh Nam Định'},"
    "{'id':'l1','type':'locality','name':'Nam Định'},{'id':'l2','type':'locality','name':'Hà Nội'}],'relations':["
    "{'type':'holds_position','source':'p1','target':'b1','title':'Chủ tịch','confidence':0.8,"
    "'evidence':{'start':5,'end':9}},"
    "{'type':'holds_position','source':'p1','target':'b1','title':'Chủ tịch','confidence':0.7,"
    "'evidence':{'start':1,'end':4}},"
    "{'type':'cooperates_with','source':'l2','target':'l1'}]}";

static const char *const second_article =
    "{'schema':'mangluoi-record/1','id':'a2','date':'2019-08-20','entities':["
    "{'id':'p1','type':'person','name':'Phạm Đình Nghị'},{'id':'b1','type':'body','name':'UBND tỉnh Nam Định'},"
    "{'id':'l1','type':'locality','name':'Tỉnh Nam Định'},{'id':'l2','type':'locality','name':'Hà Nội'}],"
    "'relations':[{'type':'cooperates_with','source':'l1','target':'l2','date':'2018'},"
    "{'type':'holds_position','source':'p1','target':'b1','title':'Chủ tịch','confidence':0.9},"
    "{'type':'holds_position','source':'p1','target':'b1','title':'nguyên Bí thư'},"
    "{'type':'visited','source':'p1','target':'l2','modality':'denied'}]}";

static ml_status add(ml_network *network, const char *article)
{
    char line[4096];
    size_t len = strlen(article);
    assert_true(len < sizeof line);
    for (size_t i = 0; i < len; i++)
        line[i] = article[i] == '\'' ? '"' : article[i];
    ml_error error = {0};
    return ml_network_add(network, (ml_str){line, (uint32_t)len}, &error);
}

static const ml_graph *merge(ml_network *network)
{
    const ml_graph *graph = NULL;
    assert_int_equal(ml_network_merge(network, &graph, NULL), ML_OK);
    return graph;
}

static ml_network *network_of(const char *const *articles, size_t count)
{
    ml_network *network = NULL;
    assert_int_equal(ml_network_new(&network, NULL), ML_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(add(network, articles[i]), ML_OK);
    return network;
}

static void assert_str(ml_str actual, const char *expected)
{
    if (!ml_str_equal(actual, ml_str_from(expected)))
        fail_msg("\"%.*s\" is not \"%s\"", (int)actual.len, actual.ptr, expected);
}

static void relations_are_merged_over_articles(void **state)
{
    (void)state;
    const char *const articles[] = {first_article, second_article};
    ml_network *network = network_of(articles, 2);
    const ml_graph *graph = merge(network);
    assert_int_equal(graph->documents, 2);
    assert_int_equal(graph->vertex_count, 4);
    assert_int_equal(graph->edge_count, 3);

    const ml_edge *cooperation = &graph->edges[0];
    assert_str(cooperation->type, "cooperates_with");
    assert_str(graph->vertices[cooperation->source].id, "l1");
    assert_str(graph->vertices[cooperation->target].id, "l2");
    assert_int_equal(cooperation->weight, 2);
    assert_str(cooperation->first, "2018");
    assert_str(cooperation->last, "2019-08-17");
    assert_int_equal(cooperation->confidence_milli, 1000);

    const ml_edge *post = &graph->edges[1];
    assert_str(post->title, "Chủ tịch");
    assert_int_equal(post->weight, 2);
    assert_int_equal(post->confidence_milli, 900);
    assert_int_equal(post->evidence_count, 3);
    assert_str(post->evidence[0].article, "a1");
    assert_int_equal(post->evidence[0].start, 1);
    assert_int_equal(post->evidence[1].start, 5);
    assert_str(post->evidence[2].article, "a2");
    assert_str(graph->edges[2].title, "nguyên Bí thư");
    assert_int_equal(graph->edges[2].weight, 1);
    ml_network_free(network);
}

static void vertices_bear_the_name_most_articles_give(void **state)
{
    (void)state;
    const char *const articles[] = {first_article, second_article};
    ml_network *network = network_of(articles, 2);
    const ml_graph *graph = merge(network);
    assert_str(graph->vertices[3].id, "p1");
    assert_str(graph->vertices[3].label, "Phạm Đình Nghị"); /* one article each: the longest */
    assert_int_equal(graph->vertices[3].type, ML_PERSON);
    assert_int_equal(graph->vertices[3].documents, 2);
    assert_str(graph->vertices[3].first, "2019-08-17");
    assert_str(graph->vertices[3].last, "2019-08-20");
    assert_int_equal(
        add(network, "{'schema':'mangluoi-record/1','id':'a3','entities':[{'id':'p1','type':'person','name':'Nghị'}]}"),
        ML_OK);
    graph = merge(network);
    assert_str(graph->vertices[3].label, "Nghị");
    assert_int_equal(graph->vertices[3].documents, 3);
    assert_str(graph->vertices[3].first, "2019-08-17"); /* an article without a date says nothing */
    ml_network_free(network);
}

static void article_counts_once(void **state)
{
    (void)state;
    const char *const articles[] = {first_article, first_article, first_article};
    ml_network *network = network_of(articles, 3);
    ml_network_size size;
    assert_int_equal(ml_network_measure(network, &size, NULL), ML_OK);
    assert_int_equal(size.documents, 1);
    assert_int_equal(size.vertices, 4);
    assert_int_equal(size.edges, 2);
    assert_int_equal(merge(network)->edges[0].weight, 1);
    ml_network_free(network);
}

static void of_two_versions_one_stays_whatever_the_order(void **state)
{
    (void)state;
    const char *const versions[] = {
        "{'schema':'mangluoi-record/1','id':'a','entities':[{'id':'b','type':'body','name':'B'}]}",
        "{'schema':'mangluoi-record/1','id':'a','entities':[{'id':'c','type':'body','name':'C'}]}",
    };
    const char *const reversed[] = {versions[1], versions[0]};
    ml_network *network = network_of(versions, 2);
    ml_network *other = network_of(reversed, 2);
    assert_int_equal(merge(network)->vertex_count, 1);
    assert_str(merge(network)->vertices[0].id, "b");
    assert_int_equal(merge(other)->vertex_count, 1);
    assert_str(merge(other)->vertices[0].id, "b");
    ml_network_free(network);
    ml_network_free(other);
}

static void error_and_malformed_records_add_nothing(void **state)
{
    (void)state;
    ml_network *network = network_of(NULL, 0);
    assert_int_equal(add(network, "{'schema':'mangluoi-record/1','id':'a','error':{'code':'encoding','message':''}}"),
                     ML_OK);
    assert_int_equal(add(network, "{'schema':'mangluoi-record/1','id':'a','entities':[{'id':'b','type':'body','name':"
                                  "'B'}],'relations':[{'type':'t','source':'b','target':'x'}]}"),
                     ML_E_SYNTAX);
    const ml_graph *graph = merge(network);
    assert_int_equal(graph->documents, 0);
    assert_int_equal(graph->vertex_count, 0);
    ml_network_free(network);
}

/* A path of four, a pair and a single vertex. */
static const char *const scattered =
    "{'schema':'mangluoi-record/1','id':'a','entities':[{'id':'a','type':'body','name':'A'},"
    "{'id':'b','type':'body','name':'B'},{'id':'c','type':'body','name':'C'},{'id':'d','type':'body','name':'D'},"
    "{'id':'e','type':'body','name':'E'},{'id':'f','type':'body','name':'F'},{'id':'g','type':'body','name':'G'}],"
    "'relations':[{'type':'t','source':'a','target':'c'},{'type':'t','source':'d','target':'e'},"
    "{'type':'t','source':'e','target':'f'},{'type':'t','source':'f','target':'g'},"
    "{'type':'u','source':'f','target':'g'},{'type':'u','source':'f','target':'f'}]}";

static void components_are_numbered_by_size(void **state)
{
    (void)state;
    ml_network *network = network_of(&scattered, 1);
    uint32_t component[7], count = 0;
    static const uint32_t expected[] = {1, 2, 1, 0, 0, 0, 0};
    assert_int_equal(ml_graph_components(merge(network), component, &count, NULL), ML_OK);
    assert_int_equal(count, 3);
    assert_memory_equal(component, expected, sizeof expected);
    ml_network_free(network);
}

static void on_igraph_error(const char *reason, const char *file, int line, igraph_error_t code)
{
    (void)reason;
    (void)file;
    (void)line;
    (void)code;
    IGRAPH_FINALLY_FREE();
}

static void layout_is_repeatable_and_leaves_igraph_as_it_was(void **state)
{
    (void)state;
    ml_network *network = network_of(&scattered, 1);
    igraph_error_handler_t *before = igraph_set_error_handler(on_igraph_error);
    uint32_t component[7], count = 0;
    ml_point places[7], again[7];
    assert_int_equal(ml_graph_components(merge(network), component, &count, NULL), ML_OK);
    assert_int_equal(ml_graph_layout(merge(network), component, count, places, NULL), ML_OK);
    assert_int_equal(ml_graph_layout(merge(network), component, count, again, NULL), ML_OK);
    assert_memory_equal(places, again, sizeof places);
    assert_ptr_equal(igraph_set_error_handler(before), on_igraph_error);
    assert_true(fabs(hypot(places[0].x - places[2].x, places[0].y - places[2].y) - 1) < 1e-9);
    assert_true(places[1].x == 0 && places[1].y == 0);
    for (int i = 3; i < 7; i++) {
        for (int j = 3; j < i; j++)
            assert_true(hypot(places[i].x - places[j].x, places[i].y - places[j].y) > 0.3);
    }
    ml_network_free(network);
}

static void empty_network_has_no_components(void **state)
{
    (void)state;
    ml_network *network = network_of(NULL, 0);
    uint32_t component[1], count = 1;
    ml_point place[1];
    assert_int_equal(ml_graph_components(merge(network), component, &count, NULL), ML_OK);
    assert_int_equal(count, 0);
    assert_int_equal(ml_graph_layout(merge(network), component, count, place, NULL), ML_OK);
    ml_network_free(network);
    ml_network_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relations_are_merged_over_articles),
        cmocka_unit_test(vertices_bear_the_name_most_articles_give),
        cmocka_unit_test(article_counts_once),
        cmocka_unit_test(of_two_versions_one_stays_whatever_the_order),
        cmocka_unit_test(error_and_malformed_records_add_nothing),
        cmocka_unit_test(components_are_numbered_by_size),
        cmocka_unit_test(layout_is_repeatable_and_leaves_igraph_as_it_was),
        cmocka_unit_test(empty_network_has_no_components),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
