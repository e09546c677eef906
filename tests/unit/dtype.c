/* Numbers that an integer type cannot hold become the nearest that it can, NaN becomes 0: as an element
 * of a state, as a constant of a graph, and in the op cast. */
#include "runtime/abi/dtype.h"

#include <math.h>

#include "ir/graph/builder.h"
#include "ir/interp/interp.h"
#include "runtime/train/state.h"
#include "tests/unit/check.h"

typedef struct Row {
    RtDtype dtype;
    double x;
    int64_t want;
} Row;

static const Row rows[] = {
    {RT_i32, NAN, 0},
    {RT_i32, 3e9, INT32_MAX},
    {RT_i32, -3e9, INT32_MIN},
    {RT_i32, 2147483647.0, INT32_MAX},
    {RT_i32, 2147483647.9, INT32_MAX},
    {RT_i32, -2147483648.0, INT32_MIN},
    {RT_i32, -2.9, -2},
    {RT_i32, INFINITY, INT32_MAX},
    {RT_i64, NAN, 0},
    {RT_i64, 9223372036854775807.0, INT64_MAX},
    {RT_i64, -1e300, INT64_MIN},
    {RT_i64, 4611686018427387904.0, 4611686018427387904},
    {RT_u32, -1, 0},
    {RT_u32, 4294967295.0, 4294967295},
    {RT_u32, 1e18, 4294967295},
    {RT_u8, 256, 255},
    {RT_u8, -0.5, 0},
    {RT_u8, NAN, 0},
    {RT_i8, 128, 127},
    {RT_i8, -129, -128},
    {RT_i8, -INFINITY, -128},
};

static int64_t whole_at(RtDtype dtype, const void *p)
{
    return dtype == RT_i64 ? *(const int64_t *)p : (int64_t)rt_element_get(dtype, p);
}

static void check_row(Graph *g, const Row *r)
{
    Builder b = {.g = g};
    int64_t element = 0, cast = 0;
    rt_element_set(r->dtype, &element, r->x);
    interp_scalar(OP_cast, RT_f64, r->dtype, &r->x, NULL, NULL, &cast);
    const void *constant = g_const(&b, r->dtype, r->x)->attr[2].data.bytes;
    CHECK_EQ_INT(rt_saturate(r->dtype, r->x), r->want);
    CHECK_EQ_INT(whole_at(r->dtype, &element), r->want);
    CHECK_EQ_INT(whole_at(r->dtype, constant), r->want);
    CHECK_EQ_INT(whole_at(r->dtype, &cast), r->want);
}

int main(void)
{
    Arena *arena = arena_open();
    Interner *names = interner_new(arena);
    Graph *g = graph_new(arena, names, NULL, intern(names, "constants"), 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_row(g, &rows[i]);
    uint8_t yes = 0;
    rt_element_set(RT_bool, &yes, 0.5);
    CHECK_EQ_INT(yes, 1);
    arena_close(arena);
    return check_done();
}
