/* weights.c: the states that layers keep, and their random streams.
 *
 * A weight is declared where it is first asked for. Its initial values depend on the seed, the
 * position of its layer inside the outermost instance and its name, never on names the user gave. If its
 * initializer has a seed of its own, they depend on this seed and the shape alone, as in Keras. */
#include "ir/layers/build_internal.h"

#include "runtime/math/philox.h"

Node *state_read(BuildCx *cx, const char *state)
{
    size_t i = graph_state_place(cx->g, state);
    while (cx->reads.n <= i)
        vec_push(cx->arena, &cx->reads, NULL);
    if (!cx->reads.at[i])
        cx->reads.at[i] = g_read(&cx->b, state);
    return cx->reads.at[i];
}

/* The slot of `stream`, empty if it is new. */
static StreamKey *stream_slot(StreamKey *slots, size_t n, uint32_t stream)
{
    size_t i = stream & (n - 1);
    while (slots[i].key && slots[i].stream != stream)
        i = (i + 1) & (n - 1);
    return &slots[i];
}

static void streams_grow(BuildCx *cx)
{
    size_t n = cx->streams.n_slots ? 2 * cx->streams.n_slots : 64;
    StreamKey *slots = ARENA_ARRAY(cx->arena, StreamKey, n);
    for (size_t i = 0; i < cx->streams.n_slots; i++)
        if (cx->streams.slots[i].key)
            *stream_slot(slots, n, cx->streams.slots[i].stream) = cx->streams.slots[i];
    cx->streams.slots = slots;
    cx->streams.n_slots = n;
}

/* The hash of the key; one that another key has is hashed again with a counter. */
static uint32_t stream_of_key(BuildCx *cx, const char *key)
{
    uint32_t stream = rt_stream_hash(key);
    if (2 * cx->streams.n >= cx->streams.n_slots)
        streams_grow(cx);
    for (unsigned again = 1;; again++) {
        StreamKey *slot = stream_slot(cx->streams.slots, cx->streams.n_slots, stream);
        if (slot->key == key)
            return stream;
        if (!slot->key) {
            *slot = (StreamKey){key, stream};
            cx->streams.n++;
            return stream;
        }
        stream = rt_stream_hash(arena_printf(cx->arena, "%s#%u", key, again));
    }
}

uint32_t stream_of(BuildCx *cx, const char *use)
{
    return stream_of_key(cx,
                         intern(cx->names, arena_printf(cx->arena, "%s/%s", cx->position, use)));
}

/* The seed of a random stream: its own, or that of a nested instance; NULL: the run knows. */
static const Seed *seed_of(const BuildCx *cx, const ArgValue *own)
{
    if (own && own->seed)
        return own->seed;
    return cx->inside != cx->request->instance ? cx->inside->seed : NULL;
}

Node *seed_node(BuildCx *cx, const ArgValue *own)
{
    const Seed *seed = seed_of(cx, own);
    if (!seed)
        return g_scalar(&cx->b, SCALAR_seed, RT_i64);
    if (seed->value->op == EX_number)
        return const_i64(cx, seed->value->index);
    return g_scalar_numbered(&cx->b, SCALAR_given_seed, seed->id, RT_i64);
}

static void init_seed(StateInit *init, const Seed *seed)
{
    if (!seed)
        return;
    bool number = seed->value->op == EX_number;
    init->from = number ? INIT_SEED_number : INIT_SEED_given;
    init->seed = number ? seed->value->index : seed->id;
}

static void init_add(BuildCx *cx, StateInit *init, const char *name, double value)
{
    nnl_assert(init->n_args < sizeof init->arg / sizeof init->arg[0]);
    init->arg_name[init->n_args] = intern(cx->names, name);
    init->arg[init->n_args++] = value;
}

/* Matrices that are drawn as a whole need axes for it. */
static bool initializer_fits(BuildCx *cx, const Call *call, const Shape *shape, const char *name)
{
    bool orthogonal = call->row->id == INITIALIZER_orthogonal;
    bool identity = call->row->id == INITIALIZER_identity;
    if (!(orthogonal && shape->rank < 2) && !(identity && shape->rank != 2))
        return true;
    diag_error(cx->diags, call->range, "'%s' makes %s, but the %s of layer '%s' has shape %s",
               call->row->name, identity ? "a matrix" : "at least a matrix", name, cx->layer->name,
               shape_for_user(cx->arena, shape));
    return false;
}

/* The initializer with its numbers; choices by their index. */
static StateInit state_init(BuildCx *cx, const Call *call, const char *use)
{
    StateInit init = {.name = intern(cx->names, call->row->name)};
    const ArgValue *seed = NULL;
    for (uint32_t i = 0; i < call->row->n_args; i++) {
        const ArgRow *row = &call->row->args[i];
        const ArgValue *value = &call->args[i];
        if (row->kind == ARG_SEED)
            seed = value;
        else if (!value->none)
            init_add(cx, &init, row->name, row->kind == ARG_FLOAT ? value->f : (double)value->i);
    }
    if (!seed)
        return init;
    init_seed(&init, seed_of(cx, seed));
    if (!seed->seed)
        init_add(cx, &init, "stream", stream_of(cx, use));
    return init;
}

static const char *weight_name(BuildCx *cx, const char *name)
{
    return intern(cx->names, arena_printf(cx->arena, "%s%s.%s", cx->prefix, cx->layer->name, name));
}

/* The state `name` of the present layer, added if this is its first use; *is_new says so. NULL after errors. */
static const State *declare(BuildCx *cx, const char *name, RtDtype dtype, const Shape *shape,
                            bool trainable, const StateInit *init, bool *is_new)
{
    const Layer *layer = cx->layer;
    const char *full = weight_name(cx, name);
    if (!size_fits(cx, layer->range, name, layer->name, shape))
        return NULL;
    StateKey key = {ROLE_weight, cx->inside->serial, (uint32_t)(layer - cx->inside->layers.at),
                    intern(cx->names, name)};
    const State *known = graph_state(cx->g, full);
    if (known && state_key_order(&known->key, &key))
        nnl_bug("graph '%s': two layers would share the state '%s'", cx->g->name, full);
    *is_new = !known;
    if (known)
        return known;
    State s = {.name = full,
               .key = key,
               .dtype = dtype,
               .shape = *shape,
               .role = ROLE_weight,
               .trainable = trainable,
               .init = *init,
               .origin = cx->b.origin};
    return graph_state_add(cx->g, s);
}

Node *weight_read(BuildCx *cx, const char *name, Shape shape, const Call *initializer)
{
    int trainable = row_arg(cx->layer->call->row, "trainable");
    bool is_new;
    if (!initializer_fits(cx, initializer, &shape, name))
        return NULL;
    StateInit init = {0};
    if (!graph_state(cx->g, weight_name(cx, name)))
        init = state_init(cx, initializer, name);
    const State *s =
        declare(cx, name, cx->request->compute, &shape,
                trainable < 0 || layer_arg(cx->layer, trainable)->i != 0, &init, &is_new);
    if (!s || (is_new && (!constraint_of_weight(cx, s, name) || !penalty_of_weight(cx, s, name))))
        return NULL;
    return state_read(cx, s->name);
}

const State *weight_fixed(BuildCx *cx, const char *name, RtDtype dtype, Shape shape, bool ones)
{
    StateInit init = {.name = ones ? intern(cx->names, "ones") : NULL};
    bool is_new;
    return declare(cx, name, dtype, &shape, false, &init, &is_new);
}
