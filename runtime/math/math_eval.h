/* math_eval.h: elementary functions, from the steps of runtime/abi/math.def: the same bits as generated
 * code gives. Nothing here calls libm. */
#ifndef NNLC_RUNTIME_MATH_MATH_EVAL_H
#define NNLC_RUNTIME_MATH_MATH_EVAL_H

typedef enum {
    MATH_exp,
    MATH_expm1,
    MATH_log,
    MATH_log1p,
    MATH_tanh,
    MATH_sigmoid,
    MATH_softplus,
    MATH_erf,
    MATH_sin,
    MATH_cos,
    MATH_pow,
    N_MATH
} MathId;

/* y counts for pow alone. */
float math_eval_f32(MathId id, float x, float y);
double math_eval_f64(MathId id, double x, double y);

#endif
