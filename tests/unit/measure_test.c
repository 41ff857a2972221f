#include "measure/measure.h"

#include "support.h"

#include <math.h>

/* Two triangles with a bridge between 2 and 3; vertex 6 hangs on 5; 7 is alone. */
static const uint32_t ends[] = {0, 1, 0, 2, 1, 2, 2, 3, 3, 4, 3, 5, 4, 5, 5, 6};
static const double weights[] = {1, 1, 1, 1, 1, 1, 1, 1};
static const ml_links triangles = {8, 8, ends, weights};

static void ranks_are_igraphs(void **state)
{
    (void)state;
    double out[8];
    double sum = 0;
    assert_int_equal(ml_measure_rank(&triangles, ML_BY_DEGREE, out, NULL), ML_OK);
    assert_true(out[2] == 3 && out[6] == 1 && out[7] == 0);
    assert_int_equal(ml_measure_rank(&triangles, ML_BY_STRENGTH, out, NULL), ML_OK);
    assert_true(out[3] == 3);
    assert_int_equal(ml_measure_rank(&triangles, ML_BY_CORE, out, NULL), ML_OK);
    assert_true(out[0] == 2 && out[6] == 1 && out[7] == 0);
    assert_int_equal(ml_measure_rank(&triangles, ML_BY_BETWEENNESS, out, NULL), ML_OK);
    assert_true(out[3] == 9 && out[2] == 8 && out[5] == 5 && out[0] == 0); /* 3: from 0, 1, 2 to 4, 5, 6 */
    assert_int_equal(ml_measure_rank(&triangles, ML_BY_CLOSENESS, out, NULL), ML_OK);
    assert_true(out[2] > out[0] && out[3] > out[6] && out[7] == 0);
    assert_int_equal(ml_measure_rank(&triangles, ML_BY_PAGERANK, out, NULL), ML_OK);
    for (int i = 0; i < 8; i++)
        sum += out[i];
    assert_true(fabs(sum - 1) < 1e-9);
    assert_true(out[3] > out[0] && out[0] > out[7] && out[7] > 0);
}

/* igraph 0.10.2 takes weights of zero and below without a word and gives ranks that mean nothing. */
static void weights_of_zero_are_refused(void **state)
{
    (void)state;
    static const double bad[][8] = {{1, 0, 1, 1, 1, 1, 1, 1}, {1, -1, 1, 1, 1, 1, 1, 1}, {1, NAN, 1, 1, 1, 1, 1, 1}};
    double out[8];
    for (size_t i = 0; i < 3; i++) {
        const ml_links links = {8, 8, ends, bad[i]};
        ml_error error = {0};
        assert_int_equal(ml_measure_rank(&links, ML_BY_PAGERANK, out, &error), ML_E_GRAPH);
        assert_true(error.message[0]);
    }
}

static void communities_are_the_triangles_and_always_the_same(void **state)
{
    (void)state;
    uint32_t first[8], again[8], count;
    double modularity;
    assert_int_equal(ml_measure_communities(&triangles, 1, first, &count, &modularity, NULL), ML_OK);
    assert_int_equal(count, 3);
    assert_int_equal(first[3], first[4]);
    assert_int_equal(first[3], first[5]);
    assert_int_equal(first[5], first[6]);
    assert_int_equal(first[3], 0); /* the largest */
    assert_int_equal(first[0], first[2]);
    assert_int_not_equal(first[0], first[3]);
    assert_true(modularity > 0.3 && modularity < 0.5);
    for (int round = 0; round < 5; round++) {
        assert_int_equal(ml_measure_communities(&triangles, 1, again, &count, &modularity, NULL), ML_OK);
        assert_memory_equal(first, again, sizeof first);
    }
    assert_int_equal(ml_measure_components(&triangles, again, &count, NULL), ML_OK);
    assert_int_equal(count, 2);
    assert_int_equal(again[0], again[6]);
    assert_int_equal(again[7], 1);
}

static void paths_prefer_what_is_well_attested(void **state)
{
    (void)state;
    static const uint32_t square[] = {0, 1, 1, 3, 0, 2, 2, 3};
    static const double attested[] = {1, 1, 5, 4};
    const ml_links links = {5, 4, square, attested};
    uint32_t path[5], length;
    assert_int_equal(ml_measure_path(&links, 0, 3, path, &length, NULL), ML_OK);
    assert_int_equal(length, 2);
    assert_int_equal(path[0], 2);
    assert_int_equal(path[1], 3);
    assert_int_equal(ml_measure_path(&links, 0, 4, path, &length, NULL), ML_OK);
    assert_int_equal(length, UINT32_MAX);
}

/* Events 0 and 1; persons 2, 3 and 4: 2 and 3 were at both. */
static void projection_counts_what_is_shared(void **state)
{
    (void)state;
    static const uint32_t came[] = {0, 2, 0, 3, 1, 2, 1, 3, 1, 4};
    static const double once[] = {1, 1, 1, 1, 1};
    const ml_links links = {5, 5, came, once};
    ml_arena arena = {0};
    uint32_t *pairs, *common, count;
    assert_int_equal(ml_measure_project(&links, 2, &arena, &pairs, &common, &count, NULL), ML_OK);
    assert_int_equal(count, 3);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t low = pairs[2 * i] < pairs[2 * i + 1] ? pairs[2 * i] : pairs[2 * i + 1];
        uint32_t high = pairs[2 * i] + pairs[2 * i + 1] - low;
        assert_true(low >= 2 && high <= 4 && low < high);
        assert_int_equal(common[i], low == 2 && high == 3 ? 2 : 1);
    }
    ml_arena_dispose(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_igraphs),
        cmocka_unit_test(weights_of_zero_are_refused),
        cmocka_unit_test(communities_are_the_triangles_and_always_the_same),
        cmocka_unit_test(paths_prefer_what_is_well_attested),
        cmocka_unit_test(projection_counts_what_is_shared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
