/* losses_binary.c: crossentropies of yes-or-no answers; marks for softmax_xent as in losses_classes.c. */
#include "ir/layers/losses.h"

/* Probabilities: -(y log p + (1 - y) log(1 - p)).
 * Scores: y softplus(-x) + (1 - y) softplus(x), exact for large x of either sign, with the gradient
 * sigmoid(x) - y everywhere. */
static Node *elements(const LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    Node *yes, *no;
    if (loss_flag(lx, "from_logits")) {
        yes = g_unary(b, OP_softplus, g_unary(b, OP_neg, p));
        no = g_unary(b, OP_softplus, p);
        return g_add(b, g_mul(b, y, yes), g_mul(b, one_minus(b, y), no));
    }
    p = clipped_probability(b, p);
    yes = g_log_unclip(b, p);
    no = g_log_unclip(b, one_minus(b, p));
    return g_unary(b, OP_neg, g_add(b, g_mul(b, y, yes), g_mul(b, one_minus(b, y), no)));
}

Node *loss_binary_crossentropy(LossCx *lx, Node *y, Node *p)
{
    y = smoothed(lx, y, 2);
    return mean_over_axis(lx->b, elements(lx, y, p), lx->axis);
}

/* y (1 - p) + (1 - y) p: how far the answer is off. Of scores, 1 - p is sigmoid(-x). */
static Node *miss(const LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    Node *other;
    if (loss_flag(lx, "from_logits")) {
        other = g_unary(b, OP_sigmoid, g_unary(b, OP_neg, p));
        p = g_unary(b, OP_sigmoid, p);
    } else {
        other = one_minus(b, p);
    }
    return g_add(b, g_mul(b, y, other), g_mul(b, one_minus(b, y), p));
}

/* mean of (1 - p of the right answer)**gamma times the crossentropy, with weights for 1 and 0. */
Node *loss_binary_focal_crossentropy(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    double alpha = loss_number(lx, "alpha");
    y = smoothed(lx, y, 2);
    Node *factor = power_of(b, miss(lx, y, p), loss_number(lx, "gamma"));
    Node *values = g_mul(b, factor, elements(lx, y, p));
    if (loss_flag(lx, "apply_class_balancing")) {
        Node *weight = scaled(b, one_minus(b, y), 1 - alpha);
        values = g_mul(b, g_add(b, scaled(b, y, alpha), weight), values);
    }
    return mean_over_axis(b, values, lx->axis);
}
