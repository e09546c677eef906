/* targets.c: targets beside the model's output; whether they fit says runtime/abi/target_check.h.
 *
 * Ranks are reconciled as Keras does: a last axis of size 1 is added or dropped. Everything else that
 * NumPy would broadcast is refused here: it is a mistake nearly always. */
#include "ir/layers/targets.h"

#include "ir/defs/warnings.h"

static const char *data_name(const BuildCx *cx)
{
    const DataSet *data = cx->request->data;
    return data && *data->name ? data->name : "data";
}

static const char *text(BuildCx *cx, const Node *x)
{
    return shape_for_user(cx->arena, &x->shape);
}

static void note_last_layer(BuildCx *cx)
{
    if (cx->last)
        diag_note(cx->diags, cx->last->range, "the last layer is here");
}

static void note_data(BuildCx *cx)
{
    if (cx->request->data)
        diag_note(cx->diags, cx->request->data->range, "the targets come from here");
}

static const char *last_name(const BuildCx *cx)
{
    return cx->last ? cx->last->name : cx->request->instance->name;
}

static bool scores_fit(BuildCx *cx, const Call *call, const char *what, const Node *p)
{
    if (p->shape.rank >= 2 && last_dim(p) > 1)
        return true;
    if (cx->pair != PAIR_data) {
        diag_error(cx->diags, call->range, "'%s' needs one score per class, but gets %s",
                   call->row->name, text(cx, p));
        return false;
    }
    diag_error(cx->diags, call->range, "the %s %s needs one score per class, but '%s' gives %s",
               what, call->row->name, last_name(cx), text(cx, p));
    note_last_layer(cx);
    diag_help(cx->diags, "for two classes use %s, or give the layer 2 units and softmax",
              what[0] == 'm' ? "binary_accuracy" : "binary_crossentropy");
    return false;
}

/* What the loss or metric needs; the program asks again when it has read its files. */
static RtTargetNeed need_of(BuildCx *cx, const Call *call, TargetKind kind, const Node *p,
                            const char *what)
{
    static const RtNeedKind kinds[] = {RT_NEED_CLASSES, RT_NEED_VECTORS, RT_NEED_BINARY,
                                       RT_NEED_ANSWERS, RT_NEED_NUMBERS};
    RtTargetNeed need = {.kind = kinds[kind],
                         .is_metric = what[0] == 'm',
                         .trains = cx->request->use == USE_train,
                         .name = call->row->name,
                         .last = last_name(cx)};
    for (int d = 1; d < p->shape.rank; d++)
        need.dims[need.rank++] = p->shape.dim[d].n;
    vec_push(cx->arena, &cx->out->needs, need);
    return need;
}

/* Those of y, and what the files tell of its numbers. */
static RtTargets facts_of(const BuildCx *cx, const Node *y)
{
    const DataSet *data = cx->request->data;
    RtTargetFault fault;
    const Call *at;
    bool is_float = rt_dtype(y->dtype)->is_float;
    RtTargets t = data ? data_targets(data, &fault, &at)
                       : rt_targets_stored(data_name(cx), is_float, 0, NULL);
    t.is_float = is_float;
    t.rank = 0;
    for (int d = 1; d < y->shape.rank; d++)
        t.dims[t.rank++] = y->shape.dim[d].n;
    return t;
}

static bool needs_met(BuildCx *cx, const Call *call, TargetKind kind, const Node *y, const Node *p,
                      const char *what)
{
    RtTargetFault fault;
    RtTargetNeed need = need_of(cx, call, kind, p, what);
    RtTargets t = facts_of(cx, y);
    if (rt_target_check(&need, &t, &fault))
        return true;
    diag_error(cx->diags, fault.at_output && cx->last ? cx->last->range : call->range, "%s",
               fault.text);
    if (fault.shows_output)
        note_last_layer(cx);
    note_data(cx);
    if (*fault.help)
        diag_help(cx->diags, "%s", fault.help);
    return false;
}

/* y with the shape of p, which differs by a last axis of size 1 at most. */
static Node *like_output(BuildCx *cx, Node *y, const Node *p)
{
    y = g_cast(&cx->b, y, cx->request->compute);
    return shape_equal(&y->shape, &p->shape) ? y : g_reshape(&cx->b, y, p->shape);
}

/* y as a value of a fn with the shape `want`: a number goes with every element. */
static Node *like_value(BuildCx *cx, const Call *call, Node *y, const Node *p, const Shape *want)
{
    if (y->shape.rank == 0)
        return g_splat(&cx->b, y, *want);
    Shape row = row_of_shape(&y->shape), other = row_of_shape(want);
    bool last_of_1 = y->shape.rank - want->rank == 1 || want->rank - y->shape.rank == 1;
    bool longer_ends = last_dim(y->shape.rank > want->rank ? y : p) == 1;
    if (shape_equal(&y->shape, want))
        return y;
    if (last_of_1 && longer_ends && shape_count(&row, 1) == shape_count(&other, 1))
        return g_reshape(&cx->b, y, *want);
    diag_error(cx->diags, call->range, "'%s' compares values of one shape, but these are %s and %s",
               call->row->name, text(cx, y), text(cx, p));
    return NULL;
}

Node *targets_fit(BuildCx *cx, const Call *call, TargetKind kind, Node *y, Node *p,
                  const char *what)
{
    bool scores = kind == TARGET_class || kind == TARGET_one_hot;
    if (scores && !scores_fit(cx, call, what, p))
        return NULL;
    if (cx->pair == PAIR_values) {
        Shape want = kind == TARGET_class ? shape_without_last(&p->shape) : p->shape;
        y = like_value(cx, call, y, p, &want);
        return y && kind == TARGET_class ? g_cast(&cx->b, y, RT_i32) : y;
    }
    if (!needs_met(cx, call, kind, y, p, what))
        return NULL;
    if (kind != TARGET_class)
        return like_output(cx, y, p);
    if (y->shape.rank == p->shape.rank)
        y = g_reshape(&cx->b, y, shape_without_last(&y->shape));
    return g_cast(&cx->b, y, RT_i32);
}

/* The last activation; N_ACTIVATION if that is something else than a word. */
static ActivationId last_activation(const BuildCx *cx)
{
    const Layer *layer = cx->last;
    int id = layer ? layer->call->row->id : N_LAYER;
    if (id == LAYER_Softmax)
        return ACTIVATION_softmax;
    if (id != LAYER_Dense && id != LAYER_Activation)
        return N_ACTIVATION;
    const ArgValue *f =
        layer_arg(layer, id == LAYER_Dense ? ARG_Dense_activation : ARG_Activation_activation);
    if (f->none)
        return ACTIVATION_linear;
    return f->calls[0]->row ? (ActivationId)f->calls[0]->row->id : N_ACTIVATION;
}

void scores_check(BuildCx *cx, const Call *loss, bool from_logits, const Node *p)
{
    ActivationId f = last_activation(cx);
    bool probabilities = f == ACTIVATION_softmax || f == ACTIVATION_sigmoid;
    bool anything = f == ACTIVATION_linear || f == ACTIVATION_relu || f == ACTIVATION_tanh;
    const char *right = loss->row->id == LOSS_binary_crossentropy ? "sigmoid" : "softmax";
    if (f == ACTIVATION_softmax && last_dim(p) == 1) {
        diag_warning(cx->diags, cx->last->range, warning_name(WARNING_scores),
                     "softmax of one number is always 1");
        diag_help(cx->diags, "write activation=sigmoid");
    } else if (from_logits && probabilities) {
        diag_warning(cx->diags, loss->range, warning_name(WARNING_scores),
                     "with from_logits=true the loss takes scores, but '%s' gives probabilities",
                     last_name(cx));
        note_last_layer(cx);
        diag_help(cx->diags, "leave out from_logits=true, or the activation");
    } else if (!from_logits && anything && loss->row->id != LOSS_mean_squared_error) {
        diag_warning(cx->diags, loss->range, warning_name(WARNING_scores),
                     "the loss %s takes probabilities, but '%s' gives numbers of any size",
                     loss->row->name, last_name(cx));
        note_last_layer(cx);
        diag_help(cx->diags, "give the last layer activation=%s, or the loss from_logits=true",
                  right);
    }
}
