/* scalar.c: one element of an elementwise op. Integers wrap; shifts take their count modulo the width;
 * division by zero gives 0; floats become integers by saturation, NaN becomes 0. */
#include <math.h>
#include <string.h>

#include "ir/interp/interp_internal.h"
#include "runtime/math/math_eval.h"
#include "support/bug.h"

int64_t integer_at(RtDtype dtype, const void *p)
{
    uint8_t u8;
    int8_t i8;
    uint32_t u32;
    int32_t i32;
    int64_t i64;
    switch (dtype) {
    case RT_bool:
    case RT_u8:
        memcpy(&u8, p, 1);
        return u8;
    case RT_i8:
        memcpy(&i8, p, 1);
        return i8;
    case RT_u32:
        memcpy(&u32, p, 4);
        return u32;
    case RT_i32:
        memcpy(&i32, p, 4);
        return i32;
    case RT_i64:
        memcpy(&i64, p, 8);
        return i64;
    default: /* floats */
        return (int64_t)float_at(dtype, p);
    }
}

double float_at(RtDtype dtype, const void *p)
{
    float f;
    double d;
    if (dtype == RT_f32) {
        memcpy(&f, p, sizeof f);
        return f;
    }
    if (dtype == RT_f64) {
        memcpy(&d, p, sizeof d);
        return d;
    }
    return (double)integer_at(dtype, p);
}

static bool is_float(RtDtype t)
{
    return rt_dtype(t)->is_float;
}

static bool is_signed(RtDtype t)
{
    return rt_dtype(t)->is_signed;
}

/* The low bytes of x. */
static void put_integer(RtDtype t, uint64_t x, void *out)
{
    memcpy(out, &x, rt_dtype(t)->size);
}

static void put_bool(bool x, void *out)
{
    uint8_t byte = x;
    memcpy(out, &byte, 1);
}

/* ---- floats: the same text for both widths ---- */

#define FLOAT_OPS(TYPE, NAME, FMA, ABS, FLOOR, SQRT, MATH)                                         \
    static TYPE round_##NAME(TYPE x)                                                               \
    {                                                                                              \
        TYPE down = FLOOR(x), rest = x - down;                                                     \
        bool odd = FLOOR(down / 2) * 2 != down;                                                    \
        TYPE r = rest > (TYPE)0.5 || (rest == (TYPE)0.5 && odd) ? down + 1 : down;                 \
        return isfinite(x) ? (TYPE)copysign(ABS(r), x) : x;                                        \
    }                                                                                              \
    static bool NAME##_op(Op op, TYPE a, TYPE b, TYPE c, TYPE *out)                                \
    {                                                                                              \
        switch (op) {                                                                              \
        case OP_neg:                                                                               \
            *out = -a;                                                                             \
            return true;                                                                           \
        case OP_abs:                                                                               \
            *out = ABS(a);                                                                         \
            return true;                                                                           \
        case OP_sign:                                                                              \
            *out = a > 0 ? 1 : a < 0 ? -1 : a;                                                     \
            return true;                                                                           \
        case OP_floor:                                                                             \
            *out = FLOOR(a);                                                                       \
            return true;                                                                           \
        case OP_round:                                                                             \
            *out = round_##NAME(a);                                                                \
            return true;                                                                           \
        case OP_sqrt:                                                                              \
            *out = SQRT(a);                                                                        \
            return true;                                                                           \
        case OP_add:                                                                               \
            *out = a + b;                                                                          \
            return true;                                                                           \
        case OP_sub:                                                                               \
            *out = a - b;                                                                          \
            return true;                                                                           \
        case OP_mul:                                                                               \
            *out = a * b;                                                                          \
            return true;                                                                           \
        case OP_div:                                                                               \
            *out = a / b;                                                                          \
            return true;                                                                           \
        case OP_fma:                                                                               \
            *out = FMA(a, b, c);                                                                   \
            return true;                                                                           \
        case OP_max:                                                                               \
            *out = a < b || isnan(b) ? b : a;                                                      \
            return true;                                                                           \
        case OP_min:                                                                               \
            *out = b < a || isnan(b) ? b : a;                                                      \
            return true;                                                                           \
        case OP_exp:                                                                               \
            *out = MATH(MATH_exp, a, 0);                                                           \
            return true;                                                                           \
        case OP_expm1:                                                                             \
            *out = MATH(MATH_expm1, a, 0);                                                         \
            return true;                                                                           \
        case OP_log:                                                                               \
            *out = MATH(MATH_log, a, 0);                                                           \
            return true;                                                                           \
        case OP_log1p:                                                                             \
            *out = MATH(MATH_log1p, a, 0);                                                         \
            return true;                                                                           \
        case OP_tanh:                                                                              \
            *out = MATH(MATH_tanh, a, 0);                                                          \
            return true;                                                                           \
        case OP_sigmoid:                                                                           \
            *out = MATH(MATH_sigmoid, a, 0);                                                       \
            return true;                                                                           \
        case OP_softplus:                                                                          \
            *out = MATH(MATH_softplus, a, 0);                                                      \
            return true;                                                                           \
        case OP_erf:                                                                               \
            *out = MATH(MATH_erf, a, 0);                                                           \
            return true;                                                                           \
        case OP_sin:                                                                               \
            *out = MATH(MATH_sin, a, 0);                                                           \
            return true;                                                                           \
        case OP_cos:                                                                               \
            *out = MATH(MATH_cos, a, 0);                                                           \
            return true;                                                                           \
        case OP_pow:                                                                               \
            *out = MATH(MATH_pow, a, b);                                                           \
            return true;                                                                           \
        default:                                                                                   \
            return false;                                                                          \
        }                                                                                          \
    }

FLOAT_OPS(float, f32, fmaf, fabsf, floorf, sqrtf, math_eval_f32)
FLOAT_OPS(double, f64, fma, fabs, floor, sqrt, math_eval_f64)

static bool float_op(Op op, RtDtype t, const void *a, const void *b, const void *c, void *out)
{
    bool known;
    if (t == RT_f32) {
        float x[3] = {(float)float_at(t, a), b ? (float)float_at(t, b) : 0,
                      c ? (float)float_at(t, c) : 0},
              r = 0;
        known = f32_op(op, x[0], x[1], x[2], &r);
        memcpy(out, &r, known ? sizeof r : 0);
    } else {
        double x[3] = {float_at(t, a), b ? float_at(t, b) : 0, c ? float_at(t, c) : 0}, r = 0;
        known = f64_op(op, x[0], x[1], x[2], &r);
        memcpy(out, &r, known ? sizeof r : 0);
    }
    return known;
}

/* ---- integers ---- */

static int64_t divide(Op op, int64_t a, int64_t b)
{
    if (b == 0)
        return 0;
    if (b == -1)
        return op == OP_div ? (int64_t)(0 - (uint64_t)a) : 0;
    return op == OP_div ? a / b : a % b;
}

static uint64_t shift_right(RtDtype t, int64_t a, unsigned count)
{
    if (is_signed(t))
        return (uint64_t)(a >> count);
    return (uint64_t)a >> count;
}

static bool integer_op(Op op, RtDtype t, const void *pa, const void *pb, void *out)
{
    int64_t a = integer_at(t, pa), b = pb ? integer_at(t, pb) : 0;
    uint64_t x = (uint64_t)a, y = (uint64_t)b, r;
    unsigned bits = (unsigned)rt_dtype(t)->size * 8, count = (unsigned)(y & (bits - 1));
    switch (op) {
    case OP_neg:
        r = 0 - x;
        break;
    case OP_abs:
        r = a < 0 ? 0 - x : x;
        break;
    case OP_sign:
        r = a > 0 ? 1 : a < 0 ? ~0ull : 0;
        break;
    case OP_floor:
    case OP_round:
        r = x;
        break;
    case OP_add:
        r = x + y;
        break;
    case OP_sub:
        r = x - y;
        break;
    case OP_mul:
        r = x * y;
        break;
    case OP_div:
    case OP_rem:
        r = (uint64_t)divide(op, a, b);
        break;
    case OP_max:
        r = a < b ? y : x;
        break;
    case OP_min:
        r = b < a ? y : x;
        break;
    case OP_and:
        r = x & y;
        break;
    case OP_or:
        r = x | y;
        break;
    case OP_xor:
        r = x ^ y;
        break;
    case OP_not:
        r = t == RT_bool ? !x : ~x;
        break;
    case OP_shl:
        r = x << count;
        break;
    case OP_shr:
        r = shift_right(t, a, count);
        break;
    default:
        return false;
    }
    put_integer(t, r, out);
    return true;
}

/* ---- comparisons, cast ---- */

static bool compare(Op op, RtDtype t, const void *pa, const void *pb, void *out)
{
    double x = float_at(t, pa), y = pb ? float_at(t, pb) : 0;
    int64_t a = is_float(t) ? 0 : integer_at(t, pa), b = is_float(t) || !pb ? 0 : integer_at(t, pb);
    bool f = is_float(t);
    switch (op) {
    case OP_eq:
        put_bool(f ? x == y : a == b, out);
        return true;
    case OP_lt:
        put_bool(f ? x < y : a < b, out);
        return true;
    case OP_le:
        put_bool(f ? x <= y : a <= b, out);
        return true;
    case OP_is_finite:
        put_bool(!f || isfinite(x), out);
        return true;
    default:
        return false;
    }
}

static int64_t saturate(RtDtype to, double x)
{
    static const struct {
        RtDtype t;
        double least, most;
    } ranges[] = {{RT_u8, 0, 255},
                  {RT_i8, -128, 127},
                  {RT_u32, 0, 4294967295.0},
                  {RT_i32, -2147483648.0, 2147483647.0}};
    if (isnan(x))
        return 0;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (ranges[i].t == to)
            return x <= ranges[i].least  ? (int64_t)ranges[i].least
                   : x >= ranges[i].most ? (int64_t)ranges[i].most
                                         : (int64_t)x;
    return x <= -0x1p63 ? INT64_MIN : x >= 0x1p63 ? INT64_MAX : (int64_t)x;
}

static void cast(RtDtype from, RtDtype to, const void *p, void *out)
{
    double d = float_at(from, p);
    int64_t i = is_float(from) ? 0 : integer_at(from, p);
    float f;
    if (to == RT_bool) {
        put_bool(is_float(from) ? d != 0 : i != 0, out);
    } else if (to == RT_f32) {
        f = is_float(from) ? (float)d : (float)i;
        memcpy(out, &f, sizeof f);
    } else if (to == RT_f64) {
        memcpy(out, &d, sizeof d);
    } else {
        put_integer(to, (uint64_t)(is_float(from) ? saturate(to, d) : i), out);
    }
}

void interp_scalar(Op op, RtDtype in, RtDtype out, const void *a, const void *b, const void *c,
                   void *result)
{
    if (op == OP_cast)
        cast(in, out, a, result);
    else if (op == OP_stop_gradient)
        memcpy(result, a, rt_dtype(in)->size);
    else if (op == OP_select)
        memcpy(result, integer_at(RT_bool, a) ? b : c, rt_dtype(out)->size);
    else if (!compare(op, in, a, b, result) &&
             !(is_float(in) ? float_op(op, in, a, b, c, result) : integer_op(op, in, a, b, result)))
        nnl_bug("'%s' of %s is not interpreted", op_info(op)->name, rt_dtype(in)->name);
}
