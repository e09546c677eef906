/* build.c: BuildRequest -> graph: inputs, transforms, layers, loss, metrics or output.
 *
 * Knows no layer and no loss by name. Keeps out of gradients, updates and passes. */
#include "ir/layers/build_internal.h"

const char *use_name(Use use)
{
    switch (use) {
    case USE_train:
        return "train";
    case USE_eval:
        return "eval";
    case USE_predict:
        return "predict";
    }
    nnl_bug("use %d", (int)use);
}

/* Also that of a nested instance; NULL if there is none. */
static const Layer *last_layer(const Instance *instance)
{
    const Layer *last = instance->layers.n ? &vec_last(&instance->layers) : NULL;
    return last && last->nested ? last_layer(last->nested) : last;
}

static bool has_layers(BuildCx *cx)
{
    const Instance *m = cx->request->instance;
    for (size_t i = 0; i < m->layers.n; i++)
        if (!m->layers.at[i].call || m->layers.at[i].call->row->id != LAYER_Input)
            return true;
    diag_error(cx->diags, m->range, "the model '%s' has no layers", m->name);
    return false;
}

static bool build_forward(BuildCx *cx)
{
    Flow x, y;
    if (!has_layers(cx) || !inputs_build(cx, &x))
        return false;
    if (!build_instance(cx, cx->request->instance, x, &y))
        return false;
    cx->out->output = y.value;
    cx->out->output_shape = y.value->shape;
    return true;
}

/* What loss and metrics see: one number per sample counts as a row of one. */
static Node *output_rows(BuildCx *cx)
{
    Node *p = cx->out->output;
    return p->shape.rank > 1 ? p : g_reshape(&cx->b, p, shape_with_appended(&p->shape, 1));
}

/* Metrics are in the units of the file, so all data must be scaled alike. */
static bool same_targets(BuildCx *cx, const DataSet *undone)
{
    const DataSet *d = cx->request->data;
    bool same = d->n_targets == undone->n_targets;
    for (uint32_t i = 0; same && i < d->n_targets; i++)
        same = call_equal(d->targets[i], undone->targets[i]);
    if (same)
        return true;
    diag_error(cx->diags, d->range,
               "'%s' has other transforms of targets than '%s', which '%s' was "
               "fitted on",
               d->name, undone->name, cx->request->instance->name);
    diag_note(cx->diags, undone->range, "the first data set is here");
    return false;
}

/* As the file has them. */
static Node *stored_targets(BuildCx *cx, const Node *p)
{
    Node *y = cx->y;
    return rt_dtype(y->dtype)->is_float ? y : g_cast(&cx->b, y, p->dtype);
}

/* What a loss adds up over the outputs of a sample; its values, if it does not. */
static Node *terms_of(Node *values)
{
    bool adds = values->op == OP_sum && values->shape.rank == 1 && values->in[0]->shape.rank == 2;
    return adds ? values->in[0] : values;
}

static bool build_loss(BuildCx *cx)
{
    const Compile *c = cx->request->compile;
    Node *y = targets_build(cx);
    if (!y)
        return false;
    Origin origin = {NULL, c->loss->range, PART_loss};
    cx->b.origin = origin;
    Node *p = output_rows(cx);
    Flow values;
    bool built = loss_of_call(cx, c->loss, y, p, &values);
    cx->b.origin = origin;
    if (!built || !weights_build(cx, values.value, y))
        return false;
    cx->out->terms = terms_of(values.value);
    Node *weights = cx->weights;
    if (weights_are_of_columns(cx)) {
        values.value = values_by_columns(cx, y);
        cx->weights = NULL;
    }
    Node *loss = loss_reduced(cx, c->loss, &values);
    cx->weights = weights;
    if (!loss)
        return false;
    if (c->loss_weight != 1)
        loss = g_mul(&cx->b, loss, g_const_like(&cx->b, loss, c->loss_weight));
    cx->out->loss = penalties_add(cx, loss);
    const DataSet *undone = targets_undone(cx);
    if (undone && !same_targets(cx, undone))
        return false;
    if (undone)
        p = transforms_undo(cx, undone, p);
    return p && metrics_build(cx, cx->out->loss, undone ? stored_targets(cx, p) : y, p);
}

/* What the outputs mean to people. */
static bool build_predictions(BuildCx *cx)
{
    const DataSet *undone = targets_undone(cx);
    Node *p = cx->out->output;
    cx->b.origin = (Origin){NULL, cx->request->instance->range, PART_data};
    if (undone)
        p = transforms_undo(cx, undone, p);
    if (p)
        g_output(&cx->b, intern(cx->names, "y"), p);
    return p != NULL;
}

/* What layers and losses make on the way: pairs of elements, vectors of classes. */
static bool arrays_fit(BuildCx *cx)
{
    for (size_t i = 0; i < cx->g->nodes.n; i++) {
        const Node *x = cx->g->nodes.at[i];
        const char *label = x->origin.label ? x->origin.label : cx->request->instance->name;
        if (!size_fits(cx, x->origin.range, "working memory", label, &x->shape))
            return false;
    }
    return true;
}

bool build_graph(Arena *arena, Interner *names, Diags *diags, const BuildRequest *request,
                 BuildResult *out)
{
    BuildResult result = {0};
    const char *name = arena_printf(arena, "%s.%s.%lld", request->instance->name,
                                    use_name(request->use), (long long)request->batch);
    Graph *g = graph_new(arena, names, diags, intern(names, name), request->batch);
    if (request->nodes)
        g->arena = request->nodes;
    BuildCx cx = {.arena = arena,
                  .names = names,
                  .diags = diags,
                  .request = request,
                  .g = g,
                  .b = {.g = g},
                  .prefix = "",
                  .position = "",
                  .last = last_layer(request->instance),
                  .out = &result};
    result.graph = g;
    nnl_assert(request->use == USE_predict || request->compile);
    if (!build_forward(&cx))
        return false;
    if (request->use == USE_predict ? !build_predictions(&cx) : !build_loss(&cx))
        return false;
    if (!arrays_fit(&cx))
        return false;
    *out = result;
    return true;
}
