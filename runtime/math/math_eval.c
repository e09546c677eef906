/* math_eval.c: runs the steps of an elementary function on one number.
 *
 * Two machines: one of floats and 32-bit integers, one of doubles and 64-bit integers; functions that
 * widen run on the second. Built with fused multiply-adds where the processor has them. */
#include "runtime/math/math_eval.h"

#include <math.h>

#include "runtime/math/math_table.h"

typedef union Reg32 {
    float f;
    int32_t i;
    uint32_t u;
} Reg32;

typedef union Reg64 {
    double f;
    int64_t i;
    uint64_t u;
} Reg64;

/* Adding and taking away this rounds to an integer; numbers beyond it are integers. */
static float round_even_f32(float x)
{
    const float big = 8388608.0f;
    float a = fabsf(x);
    return a < big ? copysignf(a + big - big, x) : x;
}

static double round_even_f64(double x)
{
    const double big = 4503599627370496.0;
    double a = fabs(x);
    return a < big ? copysign(a + big - big, x) : x;
}

/* The steps that read alike on both machines. */
#define COMMON_STEPS(F)                                                                            \
    case MATH_OP_add:                                                                              \
        out->f = a.f + b.f;                                                                        \
        break;                                                                                     \
    case MATH_OP_sub:                                                                              \
        out->f = a.f - b.f;                                                                        \
        break;                                                                                     \
    case MATH_OP_mul:                                                                              \
        out->f = a.f * b.f;                                                                        \
        break;                                                                                     \
    case MATH_OP_div:                                                                              \
        out->f = a.f / b.f;                                                                        \
        break;                                                                                     \
    case MATH_OP_neg:                                                                              \
        out->f = -a.f;                                                                             \
        break;                                                                                     \
    case MATH_OP_lt:                                                                               \
        out->i = a.f < b.f;                                                                        \
        break;                                                                                     \
    case MATH_OP_gt:                                                                               \
        out->i = a.f > b.f;                                                                        \
        break;                                                                                     \
    case MATH_OP_ge:                                                                               \
        out->i = a.f >= b.f;                                                                       \
        break;                                                                                     \
    case MATH_OP_eq:                                                                               \
        out->i = a.f == b.f;                                                                       \
        break;                                                                                     \
    case MATH_OP_select:                                                                           \
        *out = a.i ? b : c;                                                                        \
        break;                                                                                     \
    case MATH_OP_mand:                                                                             \
        out->i = a.i && b.i;                                                                       \
        break;                                                                                     \
    case MATH_OP_mnot:                                                                             \
        out->i = !a.i;                                                                             \
        break;                                                                                     \
    case MATH_OP_bits:                                                                             \
    case MATH_OP_real:                                                                             \
        *out = a;                                                                                  \
        break;                                                                                     \
    case MATH_OP_float:                                                                            \
        out->f = (F)a.i;                                                                           \
        break;                                                                                     \
    case MATH_OP_iadd:                                                                             \
        out->u = a.u + b.u;                                                                        \
        break;                                                                                     \
    case MATH_OP_isub:                                                                             \
        out->u = a.u - b.u;                                                                        \
        break;                                                                                     \
    case MATH_OP_and:                                                                              \
        out->u = a.u & b.u;                                                                        \
        break;                                                                                     \
    case MATH_OP_shl:                                                                              \
        out->u = a.u << b.u;                                                                       \
        break;                                                                                     \
    case MATH_OP_ashr:                                                                             \
        out->i = a.i >> b.u;                                                                       \
        break;                                                                                     \
    case MATH_OP_ieq:                                                                              \
        out->i = a.i == b.i;                                                                       \
        break;                                                                                     \
    case MATH_OP_ilt:                                                                              \
        out->i = a.i < b.i;                                                                        \
        break;

static void step_32(MathOp op, Reg32 a, Reg32 b, Reg32 c, Reg32 *out)
{
    switch (op) {
        COMMON_STEPS(float)
    case MATH_OP_fma:
        out->f = fmaf(a.f, b.f, c.f);
        break;
    case MATH_OP_abs:
        out->f = fabsf(a.f);
        break;
    case MATH_OP_copysign:
        out->f = copysignf(a.f, b.f);
        break;
    case MATH_OP_rint:
        out->f = round_even_f32(a.f);
        break;
    case MATH_OP_widen:
    case MATH_OP_narrow:
    case MATH_N_OPS:
        break;
    }
}

static void step_64(MathOp op, Reg64 a, Reg64 b, Reg64 c, Reg64 *out)
{
    switch (op) {
        COMMON_STEPS(double)
    case MATH_OP_fma:
        out->f = fma(a.f, b.f, c.f);
        break;
    case MATH_OP_abs:
        out->f = fabs(a.f);
        break;
    case MATH_OP_copysign:
        out->f = copysign(a.f, b.f);
        break;
    case MATH_OP_rint:
        out->f = round_even_f64(a.f);
        break;
    case MATH_OP_widen:
        *out = a;
        break;
    case MATH_OP_narrow:
        out->f = (float)a.f;
        break;
    case MATH_N_OPS:
        break;
    }
}

static double run_64(const MathFn *fn, double x, double y)
{
    Reg64 r[MATH_MOST_ROWS + 2];
    r[0].f = x;
    r[1].f = y;
    for (uint32_t i = 0; i < fn->n_rows; i++) {
        const MathRow *row = &fn->rows[i];
        if (row->kind == MATH_IS_STEP)
            step_64(row->op, r[row->a], r[row->b], r[row->c], &r[i + 2]);
        else if (row->kind == MATH_IS_INTEGER)
            r[i + 2].u = row->integer;
        else
            r[i + 2].f = row->number;
    }
    return r[fn->result].f;
}

static float run_32(const MathFn *fn, float x, float y)
{
    Reg32 r[MATH_MOST_ROWS + 2];
    r[0].f = x;
    r[1].f = y;
    for (uint32_t i = 0; i < fn->n_rows; i++) {
        const MathRow *row = &fn->rows[i];
        if (row->kind == MATH_IS_STEP)
            step_32(row->op, r[row->a], r[row->b], r[row->c], &r[i + 2]);
        else if (row->kind == MATH_IS_INTEGER)
            r[i + 2].u = (uint32_t)row->integer;
        else
            r[i + 2].f = (float)row->number;
    }
    return r[fn->result].f;
}

float math_eval_f32(MathId id, float x, float y)
{
    const MathFn *fn = math_fn(id, false);
    return fn->widens ? (float)run_64(fn, x, y) : run_32(fn, x, y);
}

double math_eval_f64(MathId id, double x, double y)
{
    return run_64(math_fn(id, true), x, y);
}
