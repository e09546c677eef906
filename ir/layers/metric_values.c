/* metric_values.c: metrics that are the mean of a value per sample: what each sample gives. */
#include "ir/layers/targets.h"

/* 1 where the condition holds, else 0. */
static Node *as_01(BuildCx *cx, Node *condition)
{
    return g_cast(&cx->b, condition, cx->request->compute);
}

static Node *binary_accuracy(BuildCx *cx, const Call *call, double threshold, Node *y, Node *p)
{
    Builder *b = &cx->b;
    y = targets_fit(cx, call, TARGET_answer, y, p, "metric");
    if (!y)
        return NULL;
    Node *guess = as_01(cx, g_binary(b, OP_lt, g_const_like(b, p, threshold), p));
    return as_01(cx, g_binary(b, OP_eq, guess, y));
}

static Node *sparse_accuracy(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    y = targets_fit(cx, call, TARGET_class, y, p, "metric");
    if (!y)
        return NULL;
    return as_01(cx, g_binary(&cx->b, OP_eq, y, g_argmax(&cx->b, p, p->shape.rank - 1)));
}

static Node *categorical_accuracy(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    int last = p->shape.rank - 1;
    y = targets_fit(cx, call, TARGET_one_hot, y, p, "metric");
    if (!y)
        return NULL;
    return as_01(cx, g_binary(&cx->b, OP_eq, g_argmax(&cx->b, y, last), g_argmax(&cx->b, p, last)));
}

/* "accuracy": the shapes decide, the loss plays no part. */
static Node *accuracy(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    if (last_dim(p) == 1)
        return binary_accuracy(cx, call, 0.5, y, p);
    if (y->shape.rank < p->shape.rank || last_dim(y) == 1)
        return sparse_accuracy(cx, call, y, p);
    return categorical_accuracy(cx, call, y, p);
}

static Node *metric_loss(BuildCx *cx, const Call *call, LossId id, int logits, int smoothing,
                         Node *y, Node *p)
{
    LossArgs args = {.id = id,
                     .from_logits = logits >= 0 && call->args[logits].i,
                     .label_smoothing = smoothing >= 0 ? call->args[smoothing].f : 0};
    return loss_values(cx, call, &args, y, p, "metric");
}

static Node *values_of(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    if (!call->row)
        return fn_values(cx, call, y, p, "metric");
    switch (call->row->id) {
    case METRIC_accuracy:
        return accuracy(cx, call, y, p);
    case METRIC_binary_accuracy:
        return binary_accuracy(cx, call, call->args[METRIC_ARG_binary_accuracy_threshold].f, y, p);
    case METRIC_categorical_accuracy:
        return categorical_accuracy(cx, call, y, p);
    case METRIC_sparse_categorical_accuracy:
        return sparse_accuracy(cx, call, y, p);
    case METRIC_sparse_categorical_crossentropy:
        return metric_loss(cx, call, LOSS_sparse_categorical_crossentropy,
                           METRIC_ARG_sparse_categorical_crossentropy_from_logits, -1, y, p);
    case METRIC_categorical_crossentropy:
        return metric_loss(cx, call, LOSS_categorical_crossentropy,
                           METRIC_ARG_categorical_crossentropy_from_logits,
                           METRIC_ARG_categorical_crossentropy_label_smoothing, y, p);
    case METRIC_binary_crossentropy:
        return metric_loss(cx, call, LOSS_binary_crossentropy,
                           METRIC_ARG_binary_crossentropy_from_logits,
                           METRIC_ARG_binary_crossentropy_label_smoothing, y, p);
    case METRIC_mean_squared_error:
        return metric_loss(cx, call, LOSS_mean_squared_error, -1, -1, y, p);
    }
    nnl_bug("metric '%s' is not built", call->row->name);
}

bool metric_values(BuildCx *cx, const Call *call, Node *y, Node *p, Flow *out)
{
    *out = (Flow){values_of(cx, call, y, p), NULL};
    return out->value;
}
