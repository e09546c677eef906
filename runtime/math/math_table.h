/* math_table.h: the rows of runtime/abi/math.def as tables, for those who run or emit them. */
#ifndef NNLC_RUNTIME_MATH_MATH_TABLE_H
#define NNLC_RUNTIME_MATH_MATH_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/math/math_eval.h"

typedef enum {
#define MATH_OP(id, operands, doc) MATH_OP_##id,
#include "runtime/abi/math_ops.def"
    MATH_N_OPS
} MathOp;

typedef enum { MATH_IS_STEP, MATH_IS_NUMBER, MATH_IS_DOUBLE, MATH_IS_INTEGER } MathRowKind;

/* One register: a constant or the result of a step. Registers 0 and 1 are the arguments x and y;
 * row i gives register i + 2. */
typedef struct MathRow {
    MathRowKind kind;
    MathOp op;
    uint16_t a, b, c;
    double number;    /* NUMBER, DOUBLE */
    uint64_t integer; /* INTEGER: as wide as the floats it is used with */
} MathRow;

typedef struct MathFn {
    const char *name; /* "exp_f32" */
    MathId id;
    bool is_f64; /* type of arguments and result */
    bool widens; /* an f32 function that computes in double */
    uint32_t n_args, n_rows;
    double ulp;      /* bound of the error */
    uint32_t result; /* register */
    const MathRow *rows;
} MathFn;

enum { MATH_MOST_ROWS = 250 };

const MathFn *math_fn(MathId id, bool is_f64);

#endif
