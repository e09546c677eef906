/* top_k.c: the k largest of each row: the largest one k times, each time without those before. */
#include <math.h>

#include "ir/layers/metrics.h"

Node *in_top_k(Builder *b, Node *x, int64_t k)
{
    int last = x->shape.rank - 1;
    Node *place = g_iota(b, RT_i32, x->shape, last), *in = NULL;
    for (int64_t i = 0; i < k; i++) {
        Node *at = g_broadcast_over(b, g_argmax(b, x, last), x->shape, last);
        Node *largest = g_binary(b, OP_eq, place, at);
        in = in ? g_binary(b, OP_or, in, largest) : largest;
        x = g_select(b, largest, g_const_like(b, x, -(double)INFINITY), x);
    }
    return in;
}
