/* map.c: kernels that compute every point by itself. The last axis is the vector axis: whole vectors
 * first, then the rest one by one, with the same operations. */
#include "codegen/emit/internal.h"

enum {
    CHUNK = 512
}; /* points of one unit of a kernel with a single axis; a multiple of any width */

/* Points from..to-1 of the last axis. */
static void last_axis(Fn *f, Val from, Val to)
{
    Emitter *em = f->em;
    int axis = (int)f->k->n_axes - 1;
    unsigned lanes = (unsigned)em->options.target.vector_bits / 32;
    const Dim size = f->k->axis[axis].size;
    fn_set_vector_axis(f, axis, lanes);
    fn_hoist_uniform(f);
    Val middle = cut_to_step(f, from, to, lanes);
    Loop l = loop_begin(f, from, middle, lanes, "vector");
    f->axis[axis] = l.i;
    fn_new_point(f, true);
    emit_stores(f);
    loop_end(&l, NULL);
    if (!size.batch && f->k->n_axes > 1) { /* whole rows */
        f->tail = rest_lanes(size, lanes);
        f->axis[axis] = middle;
        fn_new_point(f, false);
        if (f->tail)
            emit_stores(f);
        f->tail = 0;
        return;
    }
    fn_set_vector_axis(f, -1, 1);
    l = loop_begin(f, middle, to, 1, "rest");
    f->axis[axis] = l.i;
    fn_new_point(f, false);
    emit_stores(f);
#ifdef NNLC_BREAK_TAIL
    LLVMBuildStore(em->b, LLVMConstInt(em->i32, 1, 0), access_base(f, f->k->stores.at[0].to));
#endif
    loop_end(&l, NULL);
}

static void middle_axes(Fn *f, uint32_t axis)
{
    Emitter *em = f->em;
    if (axis + 1 == f->k->n_axes) {
        last_axis(f, i64_const(em, 0), dim_value(f, f->k->axis[axis].size));
        return;
    }
    Loop l = loop_begin(f, i64_const(em, 0), dim_value(f, f->k->axis[axis].size), 1, "axis");
    f->axis[axis] = l.i;
    middle_axes(f, axis + 1);
    loop_end(&l, NULL);
}

static Units single_point(Fn *f)
{
    fn_set_vector_axis(f, -1, 1);
    emit_stores(f);
    return (Units){1, 1, 1, 1, false};
}

Units emit_map(Fn *f)
{
    Emitter *em = f->em;
    const Kernel *k = f->k;
    if (!k->n_axes)
        return single_point(f);
    if (k->n_axes == 1) {
        Val size = i64_const(em, CHUNK);
        Val from = LLVMBuildNSWMul(em->b, f->begin, size, "");
        Val to = LLVMBuildNSWMul(em->b, f->end, size, "");
        last_axis(f, from, min_of(f, to, dim_value(f, k->axis[0].size)));
        return (Units){1, k->axis[0].size.n, CHUNK, 8, k->axis[0].size.batch};
    }
    Loop l = loop_begin(f, f->begin, f->end, 1, "unit");
    f->axis[0] = l.i;
    middle_axes(f, 1);
    loop_end(&l, NULL);
    int64_t row = 1;
    for (uint32_t i = 1; i < k->n_axes; i++)
        row *= dim_size(k->axis[i].size, em->plan->kernels->graph->batch);
    int64_t least = LEAST_POINTS / (row ? row : 1);
    return (Units){1, k->axis[0].size.n, 1, least > 1 ? least : 1, k->axis[0].size.batch};
}
