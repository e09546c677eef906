/* math_table.c: math.def -> tables. Names of registers become enumerators of each function. */
#include "runtime/math/math_table.h"

#include <stddef.h>

/* ---- numbers of the registers ---- */
#define MATH_FN(fn, id, type, args, ulp) enum { fn##_x, fn##_y,
#define MATH_NUMBER(fn, name, value) fn##_##name,
#define MATH_INTEGER(fn, name, value) fn##_##name,
#define MATH_STEP(fn, name, op, a, b, c) fn##_##name,
#define MATH_END(fn, result)                                                                       \
    fn##_end                                                                                       \
    }                                                                                              \
    ;
#include "runtime/abi/math.def"

/* ---- rows ---- */
#define MATH_FN(fn, id, type, args, ulp) static const MathRow rows_##fn[] = {
#define MATH_NUMBER(fn, name, value) {MATH_IS_NUMBER, MATH_N_OPS, 0, 0, 0, (value), 0},
#define MATH_DOUBLE(fn, name, value) {MATH_IS_DOUBLE, MATH_N_OPS, 0, 0, 0, (value), 0},
#define MATH_INTEGER(fn, name, value) {MATH_IS_INTEGER, MATH_N_OPS, 0, 0, 0, 0, (value)},
#define MATH_STEP(fn, name, op, a, b, c)                                                           \
    {MATH_IS_STEP, MATH_OP_##op, fn##_##a, fn##_##b, fn##_##c, 0, 0},
#define MATH_END(fn, result)                                                                       \
    }                                                                                              \
    ;
#include "runtime/abi/math.def"

/* An f32 function that holds a double computes in double. */
#define MATH_FN(fn, id, type, args, ulp) enum { wide_##fn = 0
#define MATH_DOUBLE(fn, name, value) +1
#define MATH_END(fn, result)                                                                       \
    }                                                                                              \
    ;
#include "runtime/abi/math.def"

#define IS_f32 false
#define IS_f64 true
#define MATH_FN(fn, id, type, args, ulp)                                                           \
    {                                                                                              \
#fn, MATH_##id, IS_##type, !IS_##type && wide_##fn> 0, args, fn##_end - 2, ulp,
#define MATH_END(fn, result)                                                                       \
    fn##_##result, rows_##fn                                                                       \
    }                                                                                              \
    ,
static const MathFn fns[] = {
#include "runtime/abi/math.def"
};

const MathFn *math_fn(MathId id, bool is_f64)
{
    for (size_t i = 0; i < sizeof fns / sizeof *fns; i++)
        if (fns[i].id == id && fns[i].is_f64 == is_f64)
            return &fns[i];
    return NULL;
}
