/* instance.c: the layers of an instance one after another, nested instances inside.
 *
 * A nested instance keeps its weights wherever it stands: they are named after its first place, and a
 * second use reads the same states. */
#include "ir/layers/build_internal.h"

typedef bool BuildLayer(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out);

#define ROW_BUILT(id) [LAYER_##id] = build_##id,
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, ...) ROW_##state(id)
static BuildLayer *const builders[N_LAYER] = {
#include "ir/defs/layers.def"
};

/* ---- rows of the summary ---- */

static bool has_row(const Layer *layer)
{
    return !layer->call || layer->call->row->id != LAYER_Input;
}

/* Keras's name for a layer that leaves its sums as they are. */
static const char *activation_name(const Layer *layer)
{
    int at = layer->call ? row_arg(layer->call->row, "activation") : -1;
    const ArgValue *value = at < 0 ? NULL : layer_arg(layer, at);
    if (!value)
        return "";
    if (value->none)
        return "linear";
    return value->calls[0]->row ? value->calls[0]->row->name : value->calls[0]->name;
}

/* A row stands in front of those of a nested instance's layers; what it shows is known behind them. */
static void row_begin(BuildCx *cx, const Layer *layer, const Node *x)
{
    LayerShape row = {.name = layer->name,
                      .type = "Sequential",
                      .activation = activation_name(layer),
                      .input = x->shape,
                      .depth = cx->depth,
                      .first = (uint32_t)cx->out->layers.n,
                      .trainable = true};
    int at = layer->call ? row_arg(layer->call->row, "trainable") : -1;
    if (layer->call)
        row.type = layer->call->row->name;
    if (at >= 0)
        row.trainable = layer_arg(layer, at)->i;
    if (has_row(layer))
        vec_push(cx->arena, &cx->out->layers, row);
}

/* Elements of the states that were declared since there were `first` of them. */
static int64_t count_params(const Graph *g, size_t first)
{
    int64_t n = 0;
    for (size_t i = first; i < g->states.n; i++)
        if (rt_role(g->states.at[i].role)->counted == COUNTED_params)
            n += shape_count(&g->states.at[i].shape, 1);
    return n;
}

static void row_end(BuildCx *cx, const Layer *layer, size_t row, const Node *y, size_t first_state)
{
    if (!has_row(layer))
        return;
    cx->out->layers.at[row].output = y->shape;
    cx->out->layers.at[row].dtype = y->dtype;
    cx->out->layers.at[row].params = count_params(cx->g, first_state);
}

/* A further use declares nothing, and shows what the first one did. */
static void rows_again(BuildCx *cx, size_t first, size_t row)
{
    for (size_t i = row; first != row && i < cx->out->layers.n; i++) {
        cx->out->layers.at[i].params = cx->out->layers.at[first + i - row].params;
        cx->out->layers.at[i].first = (uint32_t)(first + i - row);
    }
}

/* ---- layers ---- */

static bool is_fed(BuildCx *cx, const Layer *layer, Range range, const Shape *wanted, const Node *x)
{
    Shape row = row_of_shape(&x->shape);
    if (shape_equal(wanted, &row))
        return true;
    diag_error(cx->diags, range, "layer '%s' declares samples of shape %s, but is fed %s",
               layer->name, shape_for_user(cx->arena, wanted), shape_for_user(cx->arena, &row));
    return false;
}

/* input_shape= and input_dim=, of whatever layer. */
static bool declared_fits(BuildCx *cx, const Layer *layer, const Node *x)
{
    int at_shape = row_arg(layer->call->row, "input_shape");
    int at_dim = row_arg(layer->call->row, "input_dim");
    const ArgValue *shape = at_shape < 0 ? NULL : layer_arg(layer, at_shape);
    const ArgValue *dim = at_dim < 0 ? NULL : layer_arg(layer, at_dim);
    Shape row = shape_scalar();
    if (shape && shape->given && !shape->none) {
        row = shape_of_dims(shape->n, shape->ints);
        if (!is_fed(cx, layer, shape->range, &row, x))
            return false;
    }
    if (!dim || !dim->given || dim->none)
        return true;
    row = shape_of_dims(1, &dim->i);
    return is_fed(cx, layer, dim->range, &row, x);
}

static bool build_layer(BuildCx *cx, const Layer *layer, Flow in, Flow *out)
{
    const char *label = intern(cx->names, arena_printf(cx->arena, "%s%s", cx->prefix, layer->name));
    cx->layer = layer;
    cx->b.origin = (Origin){label, layer->range, PART_forward};
    BuildLayer *build = builders[layer->call->row->id];
    if (!build)
        nnl_bug("layer '%s' is not built", layer->call->row->name);
    return declared_fits(cx, layer, in.value) && build(cx, layer, &in, 1, out) &&
           penalty_of_output(cx, layer, out->value);
}

static const InstanceUse *first_use(BuildCx *cx, const Layer *layer, const Node *x)
{
    for (size_t i = 0; i < cx->instances.n; i++)
        if (cx->instances.at[i].instance == layer->nested)
            return &cx->instances.at[i];
    InstanceUse use = {layer->nested, arena_printf(cx->arena, "%s%s.", cx->prefix, layer->name),
                       row_of_shape(&x->shape), layer->range, cx->out->layers.n - 1};
    vec_push(cx->arena, &cx->instances, use);
    return &vec_last(&cx->instances);
}

static size_t nested_row(const BuildCx *cx, const Instance *nested)
{
    size_t i = 0;
    while (cx->instances.at[i].instance != nested)
        i++;
    return cx->instances.at[i].row;
}

/* The declared input of a nested instance must be what reaches it. */
static bool nested_fits(BuildCx *cx, const Layer *layer, const Node *x)
{
    const Instance *m = layer->nested;
    Shape row = row_of_shape(&x->shape);
    Shape wanted = shape_of_dims(m->input_rank, m->input_dims);
    if (!m->has_input || shape_equal(&row, &wanted))
        return true;
    diag_error(cx->diags, layer->range, "'%s' takes samples of shape %s, but is fed %s", m->name,
               shape_for_user(cx->arena, &wanted), shape_for_user(cx->arena, &row));
    diag_note(cx->diags, m->input_range, "its input is declared here");
    return false;
}

/* Its weights were made for what reached it first. */
static bool same_input(BuildCx *cx, const Layer *layer, const InstanceUse *use, const Node *x)
{
    Shape row = row_of_shape(&x->shape);
    if (shape_equal(&row, &use->input))
        return true;
    diag_error(cx->diags, layer->range,
               "'%s' has weights for samples of shape %s, but is fed %s here", layer->nested->name,
               shape_for_user(cx->arena, &use->input), shape_for_user(cx->arena, &row));
    diag_note(cx->diags, use->range, "it was used first here");
    return false;
}

static bool build_nested(BuildCx *cx, const Layer *layer, Flow in, Flow *out)
{
    const char *prefix = cx->prefix;
    if (!nested_fits(cx, layer, in.value))
        return false;
    InstanceUse use = *first_use(cx, layer, in.value);
    if (!same_input(cx, layer, &use, in.value))
        return false;
    cx->prefix = use.prefix;
    cx->depth++;
    bool right = build_instance(cx, layer->nested, in, out);
    cx->depth--;
    cx->prefix = prefix;
    return right;
}

bool build_instance(BuildCx *cx, const Instance *instance, Flow in, Flow *out)
{
    const Instance *outer = cx->inside;
    const char *position = cx->position;
    bool right = true;
    cx->inside = instance;
    for (size_t i = 0; i < instance->layers.n && right; i++) {
        const Layer *layer = &instance->layers.at[i];
        size_t first_state = cx->g->states.n, row = cx->out->layers.n;
        row_begin(cx, layer, in.value);
        cx->position = arena_printf(cx->arena, *position ? "%s/%zu" : "%s%zu", position, i);
        right = layer->nested ? build_nested(cx, layer, in, &in) : build_layer(cx, layer, in, &in);
        cx->inside = instance;
        right = right && size_fits(cx, layer->range, "output", layer->name, &in.value->shape);
        if (!right)
            break;
        row_end(cx, layer, row, in.value, first_state);
        if (layer->nested)
            rows_again(cx, nested_row(cx, layer->nested), row);
    }
    cx->inside = outer;
    cx->position = position;
    *out = in;
    return right;
}
