/* Folds are those of scikit-learn; drawn at random they keep their sizes, classes and groups. */
#include "tests/golden/folds.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/check.h"

static void test_golden(const GoldenFolds *g)
{
    RtError error = {0};
    RtFolds f = {.kind = g->kind, .rows = g->rows, .n = g->n, .keys = g->keys};
    uint32_t *fold = calloc((size_t)g->rows, sizeof *fold);
    CHECK(rt_folds_draw(&f, fold, &error) == RT_OK);
    CHECK(!memcmp(fold, g->fold, (size_t)g->rows * sizeof *fold));
    CHECK(g->kind != RT_FOLDS_stratified || f.rarest == g->rarest);
    free(fold);
}

/* Rows of class `key` in fold k. */
static int64_t count(const GoldenFolds *g, const uint32_t *fold, int64_t key, uint32_t k)
{
    int64_t n = 0;
    for (int64_t i = 0; i < g->rows; i++)
        n += g->keys[i] == key && fold[i] == k;
    return n;
}

/* The same seed gives the same folds; another one others, of the same kind. */
static void test_shuffled(const GoldenFolds *g)
{
    RtError error = {0};
    RtFolds f = {.kind = g->kind, .rows = g->rows, .n = g->n, .keys = g->keys, .shuffle = true};
    uint32_t *fold = calloc((size_t)g->rows, sizeof *fold);
    uint32_t *again = calloc((size_t)g->rows, sizeof *again);
    CHECK(rt_folds_draw(&f, fold, &error) == RT_OK && rt_folds_draw(&f, again, &error) == RT_OK);
    CHECK(!memcmp(fold, again, (size_t)g->rows * sizeof *fold));
    f.seed = 1;
    CHECK(rt_folds_draw(&f, again, &error) == RT_OK);
    CHECK(g->rows < 40 || memcmp(fold, again, (size_t)g->rows * sizeof *fold) != 0);
    for (int64_t i = 0; i < g->rows; i++) {
        CHECK(again[i] < g->n);
        for (uint32_t k = 0; k < g->n && g->kind == RT_FOLDS_stratified; k++)
            CHECK(count(g, again, g->keys[i], k) == count(g, g->fold, g->keys[i], k));
        if (g->kind == RT_FOLDS_groups)
            CHECK(count(g, again, g->keys[i], again[i]) ==
                  count(g, g->fold, g->keys[i], g->fold[i]));
    }
    free(fold);
    free(again);
}

static void test_errors(void)
{
    static const int64_t keys[] = {1, 1, 2, 2, 3};
    uint32_t fold[5];
    RtError error = {0};
    RtFolds f = {.kind = RT_FOLDS_plain, .rows = 1, .n = 2, .keys = keys};
    CHECK(rt_folds_draw(&f, fold, &error) == RT_ERROR);
    CHECK_STR(error.text, "there are 2 folds, but only 1 row");
    f = (RtFolds){.kind = RT_FOLDS_stratified, .rows = 5, .n = 3, .keys = keys};
    CHECK(rt_folds_draw(&f, fold, &error) == RT_ERROR);
    CHECK_STR(error.text, "there are 3 folds, but no class has more than 2 rows");
    f = (RtFolds){.kind = RT_FOLDS_groups, .rows = 5, .n = 4, .keys = keys};
    CHECK(rt_folds_draw(&f, fold, &error) == RT_ERROR);
    CHECK_STR(error.text, "there are 4 folds, but only 3 groups");
}

/* A class for every second row: the time stays that of sorting. */
static void test_many_classes(void)
{
    enum { ROWS = 200000 };
    RtError error = {0};
    int64_t *keys = malloc(ROWS * sizeof *keys);
    uint32_t *fold = malloc(ROWS * sizeof *fold);
    for (int64_t i = 0; i < ROWS; i++)
        keys[i] = i / 2;
    RtFolds f = {.kind = RT_FOLDS_stratified, .rows = ROWS, .n = 2, .keys = keys};
    CHECK(rt_folds_draw(&f, fold, &error) == RT_OK && f.rarest == 2);
    for (int64_t i = 0; i < ROWS; i++)
        CHECK(fold[i] == i % 2);
    free(keys);
    free(fold);
}

int main(void)
{
    for (size_t i = 0; i < sizeof golden_folds / sizeof *golden_folds; i++) {
        test_golden(&golden_folds[i]);
        test_shuffled(&golden_folds[i]);
    }
    test_errors();
    test_many_classes();
    return check_done();
}
