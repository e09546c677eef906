/* build.c: types, constants and loops in LLVM. */
#include <string.h>

#include "codegen/emit/internal.h"
#include "support/bug.h"

static LLVMTypeRef widen(LLVMTypeRef t, unsigned width)
{
    return width > 1 ? LLVMVectorType(t, width) : t;
}

LLVMTypeRef type_of(const Emitter *em, RtDtype dtype, unsigned width)
{
    switch (dtype) {
    case RT_bool:
        return widen(em->i1, width);
    case RT_u8:
    case RT_i8:
        return widen(em->i8, width);
    case RT_u32:
    case RT_i32:
        return widen(em->i32, width);
    case RT_i64:
        return widen(em->i64, width);
    case RT_f32:
        return widen(em->f32, width);
    case RT_f64:
        return widen(em->f64, width);
    case RT_bf16:
    case RT_f16:
    case RT_N_DTYPES:
        break;
    }
    nnl_bug("kernels with %s are not built yet", rt_dtype(dtype)->name);
}

LLVMTypeRef memory_type_of(const Emitter *em, RtDtype dtype, unsigned width)
{
    return dtype == RT_bool ? widen(em->i8, width) : type_of(em, dtype, width);
}

Val i64_const(const Emitter *em, int64_t x)
{
    return LLVMConstInt(em->i64, (uint64_t)x, 1);
}

Val splat(const Emitter *em, Val x, unsigned width)
{
    if (width <= 1)
        return x;
    LLVMTypeRef vector = LLVMVectorType(LLVMTypeOf(x), width);
    Val one = LLVMBuildInsertElement(em->b, LLVMGetPoison(vector), x, i64_const(em, 0), "");
    Val zeros = LLVMConstNull(LLVMVectorType(em->i32, width));
    return LLVMBuildShuffleVector(em->b, one, LLVMGetPoison(vector), zeros, "");
}

Val call_intrinsic(const Emitter *em, const char *name, LLVMTypeRef overload, Val *args,
                   unsigned n_args)
{
    unsigned id = LLVMLookupIntrinsicID(name, strlen(name));
    if (!id)
        nnl_bug("this LLVM has no intrinsic '%s'", name);
    LLVMTypeRef overloads[2] = {overload, n_args ? LLVMTypeOf(args[0]) : overload};
    unsigned n = !strcmp(name, "llvm.fptosi.sat") || !strcmp(name, "llvm.fptoui.sat") ? 2 : 1;
    Val f = LLVMGetIntrinsicDeclaration(em->module, id, overloads, n);
    return LLVMBuildCall2(em->b, LLVMGlobalGetValueType(f), f, args, n_args, "");
}

Val fma_of(const Emitter *em, Val a, Val b, Val c)
{
    Val args[3] = {a, b, c};
    return call_intrinsic(em, "llvm.fma", LLVMTypeOf(a), args, 3);
}

Val offset_ptr(const Emitter *em, Val base, Val elements, RtDtype dtype)
{
    LLVMTypeRef t = memory_type_of(em, dtype, 1);
    return LLVMBuildInBoundsGEP2(em->b, t, base, &elements, 1, "");
}

Loop loop_begin(Fn *f, Val from, Val to, int64_t step, const char *name)
{
    Emitter *em = f->em;
    Loop l;
    memset(&l, 0, sizeof l);
    l.f = f;
    l.before = LLVMGetInsertBlock(em->b);
    l.head = LLVMAppendBasicBlockInContext(em->cx, f->fn, name);
    l.exit = LLVMAppendBasicBlockInContext(em->cx, f->fn, "done");
    l.to = to;
    l.step = i64_const(em, step);
    LLVMBasicBlockRef body = LLVMAppendBasicBlockInContext(em->cx, f->fn, "body");
    LLVMBuildBr(em->b, l.head);
    LLVMPositionBuilderAtEnd(em->b, l.head);
    l.i = LLVMBuildPhi(em->b, em->i64, name);
    LLVMAddIncoming(l.i, &from, &l.before, 1);
    Val more = LLVMBuildICmp(em->b, LLVMIntSLT, l.i, to, "");
    LLVMBuildCondBr(em->b, more, body, l.exit);
    LLVMPositionBuilderAtEnd(em->b, body);
    return l;
}

unsigned loop_phi(Loop *l, Val start)
{
    Emitter *em = l->f->em;
    LLVMBasicBlockRef here = LLVMGetInsertBlock(em->b);
    LLVMPositionBuilderBefore(em->b, LLVMGetFirstInstruction(l->head));
    Val phi = LLVMBuildPhi(em->b, LLVMTypeOf(start), "");
    LLVMAddIncoming(phi, &start, &l->before, 1);
    LLVMPositionBuilderAtEnd(em->b, here);
    nnl_assert(l->n_phis < sizeof l->phi / sizeof l->phi[0]);
    l->phi[l->n_phis] = phi;
    return l->n_phis++;
}

void loop_end(Loop *l, Val const *next)
{
    Emitter *em = l->f->em;
    Val i = LLVMBuildNSWAdd(em->b, l->i, l->step, "");
    LLVMBasicBlockRef last = LLVMGetInsertBlock(em->b);
    LLVMAddIncoming(l->i, &i, &last, 1);
    for (unsigned k = 0; k < l->n_phis; k++) {
        Val v = next[k];
        LLVMAddIncoming(l->phi[k], &v, &last, 1);
    }
    LLVMBuildBr(em->b, l->head);
    LLVMPositionBuilderAtEnd(em->b, l->exit);
}

Val cut_to_step(Fn *f, Val from, Val to, int64_t step)
{
    Emitter *em = f->em;
    Val len = LLVMBuildNSWSub(em->b, to, from, "");
    Val rest = LLVMBuildAnd(em->b, len, i64_const(em, step - 1), "");
    return LLVMBuildNSWSub(em->b, to, rest, "");
}

unsigned rest_lanes(Dim size, unsigned lanes)
{
    return size.batch ? 0 : (unsigned)(size.n % lanes);
}

Val min_of(Fn *f, Val a, Val b)
{
    Val less = LLVMBuildICmp(f->em->b, LLVMIntSLT, a, b, "");
    return LLVMBuildSelect(f->em->b, less, a, b, "");
}

Val dim_value(Fn *f, Dim d)
{
    Val c = i64_const(f->em, d.n);
    return d.batch ? LLVMBuildNSWMul(f->em->b, f->n, c, "") : c;
}

Val alloca_entry(Fn *f, LLVMTypeRef type, unsigned count, const char *name)
{
    Emitter *em = f->em;
    LLVMBasicBlockRef here = LLVMGetInsertBlock(em->b);
    LLVMBasicBlockRef entry = LLVMGetEntryBasicBlock(f->fn);
    Val first = LLVMGetFirstInstruction(entry);
    if (first)
        LLVMPositionBuilderBefore(em->b, first);
    else
        LLVMPositionBuilderAtEnd(em->b, entry);
    Val a = LLVMBuildArrayAlloca(em->b, type, LLVMConstInt(em->i32, count, 0), name);
    LLVMPositionBuilderAtEnd(em->b, here);
    return a;
}
