/* Arrays and names: sizes that overflow, elements of every type, did-you-mean. */
#include "runtime/data/store.h"

#include <math.h>

#include "tests/unit/check.h"

static void check_products(void)
{
    int64_t p = -1;
    CHECK(rt_multiply(NULL, 0, &p) && p == 1);
    CHECK(rt_multiply((int64_t[]){3, 4, 5}, 3, &p) && p == 60);
    CHECK(rt_multiply((int64_t[]){INT64_MAX, 0, 1}, 3, &p) && p == 0);
    CHECK(!rt_multiply((int64_t[]){INT64_MAX, 0, 2}, 3, &p));
    CHECK(rt_multiply((int64_t[]){INT64_MAX, 1}, 2, &p) && p == INT64_MAX);
    CHECK(!rt_multiply((int64_t[]){INT64_MAX / 2 + 1, 2}, 2, &p));
    CHECK(!rt_multiply((int64_t[]){0, -1}, 2, &p));
}

static void check_dims(void)
{
    char buf[16];
    CHECK_STR(rt_dims_text(buf, sizeof buf, 0, NULL), "()");
    CHECK_STR(rt_dims_text(buf, sizeof buf, 2, (int64_t[]){28, 3}), "28 x 3");
    CHECK_STR(rt_dims_text(buf, 8, 2, (int64_t[]){123456, 123}), "123456 ");
}

static void check_elements(void)
{
    static const uint16_t halves[] = {0x3c00, 0xc000, 0x7bff, 0x0001, 0x83ff, 0x7c00, 0x3555};
    static const double expected[] = {1, -2, 65504, 0x1p-24, -0x3ffp-24, INFINITY, 0.333251953125};
    static const uint16_t brains[] = {0x3f80, 0xc040, 0x0001};
    RtArray half = {.dtype = RT_f16, .rank = 1, .dims = {7}, .data = (void *)(uintptr_t)halves};
    RtArray brain = {.dtype = RT_bf16, .rank = 1, .dims = {3}, .data = (void *)(uintptr_t)brains};
    for (int i = 0; i < 7; i++)
        CHECK(rt_array_f64(&half, i) == expected[i]);
    CHECK(rt_array_f64(&brain, 0) == 1 && rt_array_f64(&brain, 1) == -3);
    CHECK(rt_array_f64(&brain, 2) == 0x1p-133);
    CHECK_EQ_INT(rt_array_row(&half), 1);
}

static void check_arrays(void)
{
    RtArray *a;
    RtError error;
    int64_t huge[2] = {INT64_MAX / 4, 2}, dims[3] = {2, 3, 4};
    CHECK_EQ_INT(rt_array_open(RT_f32, 2, huge, "t", &a, &error), RT_ERROR);
    CHECK_STR(error.text, "the sizes in 't' are impossible: 2305843009213693951 x 2");
    CHECK_EQ_INT(rt_array_open(RT_f64, 3, dims, "t", &a, &error), RT_OK);
    CHECK_EQ_INT(a->bytes, 192);
    CHECK_EQ_INT(rt_array_row(a), 12);
    rt_array_close(a);
    rt_array_close(NULL);
}

static void check_names(void)
{
    RtNames names = {0, NULL};
    RtError error;
    static const char *const all[] = {"sepal_length", "sepal_width", "species"};
    for (int i = 0; i < 3; i++)
        CHECK_EQ_INT(rt_names_add(&names, all[i], &error), RT_OK);
    CHECK_EQ_INT(rt_names_find(&names, "species"), 2);
    CHECK_EQ_INT(rt_names_find(&names, "Species"), -1);
    CHECK_STR(rt_names_suggest(&names, "Species"), "species");
    CHECK_STR(rt_names_suggest(&names, "spceies"), "species");
    CHECK_STR(rt_names_suggest(&names, "sepal_widht"), "sepal_width");
    CHECK(!rt_names_suggest(&names, "target"));
    CHECK(!rt_names_suggest(&names, ""));
    rt_names_free(&names);
    CHECK_EQ_INT(names.n, 0);
}

int main(void)
{
    check_products();
    check_dims();
    check_elements();
    check_arrays();
    check_names();
    return check_done();
}
