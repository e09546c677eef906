/* math.c: elementary functions: the steps of runtime/abi/math.def as LLVM instructions on vectors of any
 * width. */
#include "codegen/emit/internal.h"
#include "runtime/math/math_table.h"
#include "support/bug.h"

typedef struct Steps {
    Emitter *em;
    const MathFn *fn;
    unsigned width;
    Val reg[MATH_MOST_ROWS + 2];
} Steps;

static MathId math_id(ScalarOp op)
{
    switch (op) {
#define MATH(id, inputs)                                                                           \
    case KOP_##id:                                                                                 \
        return MATH_##id;
#include "codegen/schedule/scalars.def"
    default: /* no elementary function */
        break;
    }
    nnl_bug("%s is no elementary function", scalar_op_name(op));
}

static Val constant(const Steps *s, const MathRow *row)
{
    const Emitter *em = s->em;
    bool wide = s->fn->is_f64 || s->fn->widens;
    Val v;
    if (row->kind == MATH_IS_INTEGER)
        v = LLVMConstInt(wide ? em->i64 : em->i32, row->integer, 0);
    else if (wide)
        v = LLVMConstReal(em->f64, row->number);
    else
        v = LLVMConstReal(em->f32, (double)(float)row->number);
    return splat(em, v, s->width);
}

static LLVMTypeRef other_type(const Steps *s, Val v)
{
    const Emitter *em = s->em;
    LLVMTypeRef t = LLVMTypeOf(v), element = s->width > 1 ? LLVMGetElementType(t) : t;
    RtDtype to = element == em->f32   ? RT_i32
                 : element == em->f64 ? RT_i64
                 : element == em->i32 ? RT_f32
                                      : RT_f64;
    return type_of(em, to, s->width);
}

static Val intrinsic(const Steps *s, const char *name, Val a, Val b, unsigned n)
{
    Val args[] = {a, b};
    return call_intrinsic(s->em, name, LLVMTypeOf(a), args, n);
}

static Val step(const Steps *s, const MathRow *row)
{
    LLVMBuilderRef b = s->em->b;
    Val x = s->reg[row->a], y = s->reg[row->b], z = s->reg[row->c];
    switch (row->op) {
    case MATH_OP_add:
        return LLVMBuildFAdd(b, x, y, "");
    case MATH_OP_sub:
        return LLVMBuildFSub(b, x, y, "");
    case MATH_OP_mul:
        return LLVMBuildFMul(b, x, y, "");
    case MATH_OP_div:
        return LLVMBuildFDiv(b, x, y, "");
    case MATH_OP_fma:
        return fma_of(s->em, x, y, z);
    case MATH_OP_neg:
        return LLVMBuildFNeg(b, x, "");
    case MATH_OP_abs:
        return intrinsic(s, "llvm.fabs", x, NULL, 1);
    case MATH_OP_copysign:
        return intrinsic(s, "llvm.copysign", x, y, 2);
    case MATH_OP_rint:
        return intrinsic(s, "llvm.roundeven", x, NULL, 1);
    case MATH_OP_lt:
        return LLVMBuildFCmp(b, LLVMRealOLT, x, y, "");
    case MATH_OP_gt:
        return LLVMBuildFCmp(b, LLVMRealOGT, x, y, "");
    case MATH_OP_ge:
        return LLVMBuildFCmp(b, LLVMRealOGE, x, y, "");
    case MATH_OP_eq:
        return LLVMBuildFCmp(b, LLVMRealOEQ, x, y, "");
    case MATH_OP_select:
        return LLVMBuildSelect(b, x, y, z, "");
    case MATH_OP_mand:
    case MATH_OP_and:
        return LLVMBuildAnd(b, x, y, "");
    case MATH_OP_mnot:
        return LLVMBuildNot(b, x, "");
    case MATH_OP_bits:
    case MATH_OP_real:
        return LLVMBuildBitCast(b, x, other_type(s, x), "");
    case MATH_OP_float:
        return LLVMBuildSIToFP(b, x, other_type(s, x), "");
    case MATH_OP_iadd:
        return LLVMBuildAdd(b, x, y, "");
    case MATH_OP_isub:
        return LLVMBuildSub(b, x, y, "");
    case MATH_OP_shl:
        return LLVMBuildShl(b, x, y, "");
    case MATH_OP_ashr:
        return LLVMBuildAShr(b, x, y, "");
    case MATH_OP_ieq:
        return LLVMBuildICmp(b, LLVMIntEQ, x, y, "");
    case MATH_OP_ilt:
        return LLVMBuildICmp(b, LLVMIntSLT, x, y, "");
    case MATH_OP_widen:
        return LLVMBuildFPExt(b, x, type_of(s->em, RT_f64, s->width), "");
    case MATH_OP_narrow:
        return LLVMBuildFPTrunc(b, x, type_of(s->em, RT_f32, s->width), "");
    case MATH_N_OPS:
        break;
    }
    nnl_bug("step %d of %s", (int)row->op, s->fn->name);
}

Val math_value(Emitter *em, ScalarOp op, RtDtype dtype, unsigned width, Val a, Val b)
{
    Steps s = {.em = em, .fn = math_fn(math_id(op), dtype == RT_f64), .width = width};
    s.reg[0] = a;
    s.reg[1] = b ? b : a;
    for (uint32_t i = 0; i < s.fn->n_rows; i++) {
        const MathRow *row = &s.fn->rows[i];
        s.reg[i + 2] = row->kind == MATH_IS_STEP ? step(&s, row) : constant(&s, row);
    }
    return s.reg[s.fn->result];
}
