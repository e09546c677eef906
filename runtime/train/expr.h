/* expr.h: evaluates the image's expressions (runtime/abi/exprs.def) in double. */
#ifndef NNLC_RUNTIME_TRAIN_EXPR_H
#define NNLC_RUNTIME_TRAIN_EXPR_H

#include "runtime/abi/image.h"
#include "runtime/train/value.h"

/* Where expressions get what is not in them. Each returns none for "not there"; what cannot be read says
 * why. */
typedef struct RtExprCx {
    const ImgProgram *image;
    const double *arguments; /* EXPR argument: 0, 1, … */
    uint32_t n_arguments;
    void *cx;
    RtValue (*option)(void *cx, uint32_t option);
    RtValue (*result)(void *cx, uint32_t result, const char *key, const char **why);
    RtValue (*weight)(void *cx, uint32_t instance, const char *state);
    /* rows: begin and end of those that are wanted; NULL: all. */
    RtValue (*part)(void *cx, uint32_t data, uint32_t part, const char *what, const int64_t *rows,
                    const char **why);
} RtExprCx;

/* The value; caller frees. On a mistake of the program that shows only now (an index out of range,
 * arrays that do not fit) *error is set to a text and the value is none. */
RtValue rt_expr_value(const RtExprCx *cx, uint32_t expr, const char **error);
/* The value for people: its texts as they are shown (runtime/abi/shown.h), but for those of the program itself. */
RtValue rt_expr_shown(const RtExprCx *cx, uint32_t expr, const char **error);
/* The value as a number; for rates and counts. */
double rt_expr_number(const RtExprCx *cx, uint32_t expr, const char **error);

/* Does this expression take anything from a result? */
bool rt_expr_takes(const ImgProgram *image, uint32_t expr, uint32_t result);
/* Does any expression take this from a result? */
bool rt_expr_uses(const ImgProgram *image, uint32_t result, const char *key);

#endif
