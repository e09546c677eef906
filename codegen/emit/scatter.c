/* scatter.c: result = base; then for every index in order, its rows are added. One unit: the order of
 * additions to one element is the order of the indices. */
#include <string.h>

#include "codegen/emit/internal.h"

static Val element(Fn *f, const Access *a, Val at)
{
    Val base = access_base(f, a);
    Val first = LLVMBuildNSWAdd(f->em->b, at, affine_value(f, &a->offset), "");
    return offset_ptr(f->em, base, first, a->dtype);
}

static void copy_base(Fn *f, const Access *from, const Access *to)
{
    Emitter *em = f->em;
    const Kernel *k = f->k;
    int64_t count = k->scatter_outer * k->scatter_axis * k->scatter_inner;
    LLVMTypeRef t = memory_type_of(em, k->folds.at[0].acc, 1);
    Loop l = loop_begin(f, i64_const(em, 0), i64_const(em, count), 1, "copy");
    LLVMBuildStore(em->b, LLVMBuildLoad2(em->b, t, element(f, from, l.i), ""), element(f, to, l.i));
    loop_end(&l, NULL);
}

/* The index, clamped to the axis. */
static Val index_at(Fn *f, Val j)
{
    Emitter *em = f->em;
    const Access *a = f->k->b;
    Val i = LLVMBuildLoad2(em->b, memory_type_of(em, a->dtype, 1), element(f, a, j), "");
    if (a->dtype != RT_i64)
        i = rt_dtype(a->dtype)->is_signed ? LLVMBuildSExt(em->b, i, em->i64, "")
                                          : LLVMBuildZExt(em->b, i, em->i64, "");
    Val zero = i64_const(em, 0), last = i64_const(em, f->k->scatter_axis - 1);
    Val low = LLVMBuildICmp(em->b, LLVMIntSLT, i, zero, "");
    return min_of(f, LLVMBuildSelect(em->b, low, zero, i, ""), last);
}

Units emit_scatter(Fn *f)
{
    Emitter *em = f->em;
    LLVMBuilderRef b = em->b;
    const Kernel *k = f->k;
    const Access *to = k->stores.at[0].to;
    LLVMTypeRef t = memory_type_of(em, k->folds.at[0].acc, 1);
    fn_set_vector_axis(f, -1, 1);
    copy_base(f, k->scatter_base, to);
    Val zero = i64_const(em, 0);
    Val count = dim_value(f, k->axis[0].size);
    Val inner = i64_const(em, k->scatter_inner), axis = i64_const(em, k->scatter_axis);
    int64_t full = dim_size(k->axis[0].size, em->plan->kernels->graph->batch);
    Loop o = loop_begin(f, zero, i64_const(em, k->scatter_outer), 1, "outer");
    Loop j = loop_begin(f, zero, count, 1, "index");
    Val row = LLVMBuildNSWAdd(b, LLVMBuildNSWMul(b, o.i, axis, ""), index_at(f, j.i), "");
    Val src = LLVMBuildNSWAdd(b, LLVMBuildNSWMul(b, o.i, i64_const(em, full), ""), j.i, "");
    Loop i = loop_begin(f, zero, inner, 1, "inner");
    Val dst_at = LLVMBuildNSWAdd(b, LLVMBuildNSWMul(b, row, inner, ""), i.i, "");
    Val src_at = LLVMBuildNSWAdd(b, LLVMBuildNSWMul(b, src, inner, ""), i.i, "");
    Val p = element(f, to, dst_at);
    Val x = LLVMBuildLoad2(b, t, p, ""), u = LLVMBuildLoad2(b, t, element(f, k->a, src_at), "");
    LLVMBuildStore(b,
                   rt_dtype(k->folds.at[0].acc)->is_float ? LLVMBuildFAdd(b, x, u, "")
                                                          : LLVMBuildAdd(b, x, u, ""),
                   p);
    loop_end(&i, NULL);
    loop_end(&j, NULL);
    loop_end(&o, NULL);
    return (Units){1, 1, 1, 1, false};
}
