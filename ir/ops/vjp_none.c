/* vjp_none.c: ops through which no gradient flows, and rows of later versions. */
#include "ir/grad/rules.h"
#include "support/bug.h"

#define NO_GRADIENT(id)                                                                            \
    void vjp_##id(Grad *gr, const Node *y, Node *dy)                                               \
    {                                                                                              \
        (void)gr;                                                                                  \
        (void)y;                                                                                   \
        (void)dy;                                                                                  \
    }

/* Sources have no inputs; a read's gradient is what grad_build returns. */
NO_GRADIENT(const)
NO_GRADIENT(iota)
NO_GRADIENT(input)
NO_GRADIENT(scalar)
NO_GRADIENT(read)
NO_GRADIENT(rng)
/* Results that are no real numbers. */
NO_GRADIENT(eq)
NO_GRADIENT(lt)
NO_GRADIENT(le)
NO_GRADIENT(is_finite)
NO_GRADIENT(and)
NO_GRADIENT(or)
NO_GRADIENT(xor)
NO_GRADIENT(not )
NO_GRADIENT(shl)
NO_GRADIENT(shr)
NO_GRADIENT(rem)
NO_GRADIENT(argmax)
/* By definition. */
NO_GRADIENT(stop_gradient)

#define NOT_BUILT(row)                                                                             \
    void vjp_##row(Grad *gr, const Node *y, Node *dy)                                              \
    {                                                                                              \
        (void)gr;                                                                                  \
        (void)dy;                                                                                  \
        nnl_bug("the gradient of '%s' (node %u) is not built", #row, y->id);                       \
    }

NOT_BUILT(write)
NOT_BUILT(output)
NOT_BUILT(conv)
NOT_BUILT(conv_dx)
NOT_BUILT(conv_dw)
NOT_BUILT(window_sum)
NOT_BUILT(window_sum_t)
NOT_BUILT(window_max)
NOT_BUILT(window_argmax)
NOT_BUILT(window_put)
NOT_BUILT(argsort)
NOT_BUILT(scan)
NOT_BUILT(get)
NOT_BUILT(all_sum)
