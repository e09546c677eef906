/* text_parse.c: .nnir text -> graphs. What is wrong is reported with its place; reading goes on at the
 * next line. Shapes and types are inferred by the ops' rules and must be those that are written. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ir/graph/text.h"
#include "ir/graph/text_scan.h"

typedef struct Named {
    const char *name; /* interned */
    Node *node;
} Named;

typedef struct Type {
    RtDtype dtype;
    Shape shape;
    Range range;
    bool given;
} Type;

/* One element of a constant, before its type is known. */
typedef Vec(Word) Words;

typedef struct Reader {
    Arena *arena;
    TextScan scan;
    Graph *g;
    Named *slots; /* names of nodes, hashed */
    size_t n_slots, n_names;
    bool failed;
} Reader;

typedef struct Line {
    Range range;
    Op op;
    const char *name; /* of the node, or NULL */
    Range op_range;
    Vec(Node *) in;
    Attr attr[MAX_ATTRS];
    bool given[MAX_ATTRS];
    Words elements;
    bool splat;
    Type type;
    Origin origin;
} Line;

/* ---- small steps ---- */

static bool fail(Reader *r, Range where, const char *text)
{
    if (!r->scan.bad)
        diag_error(r->scan.diags, where, "%s", text);
    r->failed = true;
    return false;
}

static bool is_word(const Reader *r, const char *text)
{
    return r->scan.now.kind == WORD_word && !strcmp(r->scan.now.text, text);
}

static bool expect_mark(Reader *r, char c)
{
    if (!text_is_mark(&r->scan, c))
        return fail(r, r->scan.now.range, arena_shown(r->arena, "expected '%c' here", c));
    text_next(&r->scan);
    return true;
}

static void skip_line(Reader *r)
{
    while (r->scan.now.kind != WORD_line && r->scan.now.kind != WORD_end)
        text_next(&r->scan);
}

static void skip_lines(Reader *r)
{
    while (r->scan.now.kind == WORD_line)
        text_next(&r->scan);
}

static bool take_int(Reader *r, int64_t *out)
{
    char *end;
    if (r->scan.now.kind != WORD_number)
        return fail(r, r->scan.now.range, "expected an integer");
    errno = 0;
    *out = strtoll(r->scan.now.text, &end, 10);
    if (*end || errno)
        return fail(r, r->scan.now.range, "expected an integer");
    text_next(&r->scan);
    return true;
}

/* ---- names of nodes ---- */

static size_t slot_of(const Reader *r, const char *name)
{
    size_t i = ((uintptr_t)name >> 3) * 0x9E3779B9u & (r->n_slots - 1);
    while (r->slots[i].name && r->slots[i].name != name)
        i = (i + 1) & (r->n_slots - 1);
    return i;
}

static void name_node(Reader *r, const char *name, Node *node)
{
    if (2 * (r->n_names + 1) > r->n_slots) {
        Named *old = r->slots;
        size_t n = r->n_slots;
        r->n_slots = n ? 2 * n : 64;
        r->slots = ARENA_ARRAY(r->arena, Named, r->n_slots);
        for (size_t i = 0; i < n; i++)
            if (old[i].name)
                r->slots[slot_of(r, old[i].name)] = old[i];
    }
    size_t i = slot_of(r, name);
    r->n_names += r->slots[i].name == NULL;
    r->slots[i] = (Named){name, node};
}

static Node *node_named(const Reader *r, const char *name)
{
    return r->n_slots ? r->slots[slot_of(r, name)].node : NULL;
}

/* ---- types ---- */

/* 784, N, 2*N */
static bool take_dim(Reader *r, Dim *out)
{
    const Word *w = &r->scan.now;
    char *end = NULL;
    *out = (Dim){1, false};
    if (w->kind == WORD_number)
        out->n = strtoll(w->text, &end, 10);
    else if (w->kind == WORD_word && !strcmp(w->text, "N"))
        out->batch = true;
    else
        return fail(r, w->range, "expected a size: a number, N, or a multiple such as 2*N");
    if (end && (!strcmp(end, "N") || !strcmp(end, "*N")))
        out->batch = true;
    else if (end && *end)
        return fail(r, w->range, "expected a size: a number, N, or a multiple such as 2*N");
    if (out->n < 0)
        return fail(r, w->range, "a size cannot be negative");
    text_next(&r->scan);
    return true;
}

static bool take_type(Reader *r, Type *out)
{
    Range begin = r->scan.now.range;
    out->dtype = r->scan.now.kind == WORD_word ? rt_dtype_named(r->scan.now.text) : RT_N_DTYPES;
    if (out->dtype == RT_N_DTYPES)
        return fail(r, begin, "expected a type, such as f32[N, 784]");
    text_next(&r->scan);
    if (!expect_mark(r, '['))
        return false;
    memset(&out->shape, 0, sizeof out->shape);
    while (!text_is_mark(&r->scan, ']')) {
        if (out->shape.rank == MAX_RANK)
            return fail(r, r->scan.now.range, "more than 8 axes");
        if (out->shape.rank && !expect_mark(r, ','))
            return false;
        if (!take_dim(r, &out->shape.dim[out->shape.rank]))
            return false;
        out->shape.rank++;
    }
    out->range = range_join(begin, r->scan.now.range);
    out->given = true;
    if (!shape_fits(&out->shape, r->g->batch))
        return fail(r, out->range, "more than 2^40 elements");
    text_next(&r->scan);
    return true;
}

/* ---- states ---- */

static bool take_role(Reader *r, StateRole *out)
{
    for (int i = 0; i < N_ROLES; i++)
        if (is_word(r, rt_role((StateRole)i)->word)) {
            *out = (StateRole)i;
            text_next(&r->scan);
            return true;
        }
    return fail(r, r->scan.now.range, "expected weight, slot, metric, fitted or counter");
}

static bool take_seed(Reader *r, InitSeed from, StateInit *init)
{
    Range where = r->scan.now.range;
    init->from = from;
    if (!take_int(r, &init->seed))
        return false;
    return from != INIT_SEED_given || (init->seed >= 0 && init->seed < UINT32_MAX) ||
           fail(r, where, "there is no seed of this number");
}

static bool take_init_argument(Reader *r, StateInit *init)
{
    if (init->n_args == sizeof init->arg / sizeof *init->arg)
        return fail(r, r->scan.now.range, "too many arguments");
    if (r->scan.now.kind != WORD_word)
        return fail(r, r->scan.now.range, "expected an argument such as seed=3");
    const char *name = r->scan.now.text;
    text_next(&r->scan);
    if (!expect_mark(r, '='))
        return false;
    if (!strcmp(name, "seed"))
        return take_seed(r, INIT_SEED_number, init);
    if (!strcmp(name, "given_seed"))
        return take_seed(r, INIT_SEED_given, init);
    if (r->scan.now.kind != WORD_number)
        return fail(r, r->scan.now.range, "expected a number");
    init->arg_name[init->n_args] = name;
    init->arg[init->n_args++] = strtod(r->scan.now.text, NULL);
    text_next(&r->scan);
    return true;
}

static bool take_init(Reader *r, StateInit *init)
{
    if (!expect_mark(r, '='))
        return false;
    init->name = r->scan.now.text;
    text_next(&r->scan);
    if (!expect_mark(r, '('))
        return false;
    while (!text_is_mark(&r->scan, ')'))
        if (((init->n_args || init->from != INIT_SEED_program) && !expect_mark(r, ',')) ||
            !take_init_argument(r, init))
            return false;
    text_next(&r->scan);
    return true;
}

/* @dense.kernel behind of= */
static bool take_weight_name(Reader *r, State *s)
{
    if (!expect_mark(r, '='))
        return false;
    if (r->scan.now.kind != WORD_name)
        return fail(r, r->scan.now.range, "expected the name of a weight, such as @dense.kernel");
    s->of = r->scan.now.text;
    text_next(&r->scan);
    return true;
}

/* trainable=false, of=@w, init=…, stage=1, kind=1 */
static bool take_state_word(Reader *r, State *s)
{
    Range word = r->scan.now.range;
    bool trainable = is_word(r, "trainable"), stage = is_word(r, "stage"),
         kind = is_word(r, "kind");
    if (is_word(r, "init")) {
        text_next(&r->scan);
        return take_init(r, &s->init);
    }
    if (is_word(r, "of")) {
        text_next(&r->scan);
        return take_weight_name(r, s);
    }
    if (!trainable && !stage && !kind)
        return fail(r, word, "expected init=, trainable=false, of=, stage= or kind=");
    text_next(&r->scan);
    if (!expect_mark(r, '='))
        return false;
    if (trainable && !is_word(r, "false"))
        return fail(r, r->scan.now.range, "expected trainable=false");
    if (!trainable && r->scan.now.kind != WORD_number)
        return fail(r, r->scan.now.range, "expected a number");
    if (trainable)
        s->trainable = false;
    else
        *(stage ? &s->stage : &s->kind) = (uint32_t)strtoul(r->scan.now.text, NULL, 10);
    text_next(&r->scan);
    return true;
}

static bool take_state(Reader *r)
{
    State s = {.trainable = false};
    Type type = {.given = false};
    Range where;
    text_next(&r->scan);
    where = r->scan.now.range;
    if (r->scan.now.kind != WORD_name)
        return fail(r, where, "expected the name of a state, such as @dense.kernel");
    s.name = r->scan.now.text;
    text_next(&r->scan);
    if (!expect_mark(r, ':') || !take_type(r, &type) || !take_role(r, &s.role))
        return false;
    s.trainable = s.role == ROLE_weight;
    while (r->scan.now.kind == WORD_word)
        if (!take_state_word(r, &s))
            return false;
    if (shape_batch_axis(&type.shape) >= 0)
        return fail(r, type.range, "a state has no batch axis");
    if (graph_state(r->g, s.name))
        return fail(r, where, arena_shown(r->arena, "the state '%s' is declared twice", s.name));
    s.dtype = type.dtype;
    s.shape = type.shape;
    graph_state_add(r->g, s);
    return true;
}

/* ---- attributes ---- */

static bool take_ints(Reader *r, IntList *out)
{
    Vec(int64_t) list = {0};
    int64_t x;
    if (!expect_mark(r, '['))
        return false;
    while (!text_is_mark(&r->scan, ']')) {
        if ((list.n && !expect_mark(r, ',')) || !take_int(r, &x))
            return false;
        vec_push(r->arena, &list, x);
    }
    text_next(&r->scan);
    *out = (IntList){(uint32_t)list.n, list.at};
    return true;
}

/* Groups and lanes are joined by halving. */
static bool is_power_of_two(unsigned n)
{
    return n && !(n & (n - 1));
}

static bool take_sum(Reader *r, SumSplit *out)
{
    unsigned groups = 0, lanes = 0;
    char end = 0;
    if (r->scan.now.kind != WORD_number ||
        sscanf(r->scan.now.text, "%ux%u%c", &groups, &lanes, &end) != 2 ||
        !is_power_of_two(groups) || !is_power_of_two(lanes) || groups > 64 || lanes > 64)
        return fail(r, r->scan.now.range, "expected the order of a sum, such as sum=1x8");
    *out = (SumSplit){(uint16_t)groups, (uint16_t)lanes};
    text_next(&r->scan);
    return true;
}

static bool take_value(Reader *r, AttrKind kind, Attr *out)
{
    const Word *w = &r->scan.now;
    switch (kind) {
    case ATTR_INT:
        return take_int(r, &out->i);
    case ATTR_BOOL:
        out->i = is_word(r, "true");
        if (!out->i && !is_word(r, "false"))
            return fail(r, w->range, "expected true or false");
        break;
    case ATTR_FLOAT:
        if (w->kind != WORD_number)
            return fail(r, w->range, "expected a number");
        out->f = strtod(w->text, NULL);
        break;
    case ATTR_TEXT:
        if (w->kind != WORD_string)
            return fail(r, w->range, "expected a string");
        out->text = w->text;
        break;
    case ATTR_DTYPE:
        out->dtype = w->kind == WORD_word ? rt_dtype_named(w->text) : RT_N_DTYPES;
        if (out->dtype == RT_N_DTYPES)
            return fail(r, w->range, "expected an element type, such as f32");
        break;
    case ATTR_INTS:
        return take_ints(r, &out->ints);
    case ATTR_SUM:
        return take_sum(r, &out->sum);
    case ATTR_SCALAR:
        out->i = w->kind == WORD_word ? rt_scalar_named(w->text) : N_SCALARS;
        if (out->i == N_SCALARS)
            return fail(r, w->range, "expected a scalar of the run, such as kind=rate");
        break;
    case ATTR_DIMS:
    case ATTR_DATA:
    case ATTR_GRAPH:
        return fail(r, w->range, "this attribute is not written");
    }
    text_next(&r->scan);
    return true;
}

static bool take_attr(Reader *r, Line *l)
{
    const OpInfo *info = op_info(l->op);
    Word name = r->scan.now;
    for (unsigned i = 0; i < info->n_attrs; i++) {
        if (strcmp(info->attr_name[i], name.text) != 0 || attr_is_typed(l->op, i))
            continue;
        text_next(&r->scan);
        if (l->given[i])
            return fail(r, name.range, "this attribute is given twice");
        l->given[i] = true;
        return expect_mark(r, '=') && take_value(r, info->attr_kind[i], &l->attr[i]);
    }
    return fail(r, name.range,
                arena_shown(r->arena, "'%s' has no attribute '%s'", info->name, name.text));
}

/* ---- lines ---- */

static bool take_element(Reader *r, Line *l)
{
    if (r->scan.now.kind != WORD_number && r->scan.now.kind != WORD_word)
        return fail(r, r->scan.now.range, "expected an element of the constant");
    vec_push(r->arena, &l->elements, r->scan.now);
    text_next(&r->scan);
    return true;
}

static bool take_elements(Reader *r, Line *l)
{
    if (is_word(r, "splat")) {
        l->splat = true;
        text_next(&r->scan);
    }
    if (text_is_mark(&r->scan, '[')) {
        text_next(&r->scan);
        while (!text_is_mark(&r->scan, ']')) {
            if ((l->elements.n && !expect_mark(r, ',')) || !take_element(r, l))
                return false;
        }
        text_next(&r->scan);
        return true;
    }
    l->splat = true;
    return take_element(r, l);
}

static bool take_operand(Reader *r, Line *l)
{
    Node *node = node_named(r, r->scan.now.text);
    if (!node)
        return fail(
            r, r->scan.now.range,
            arena_shown(r->arena, "no value '%%%s' stands above this line", r->scan.now.text));
    vec_push(r->arena, &l->in, node);
    text_next(&r->scan);
    return true;
}

static bool take_origin(Reader *r, Line *l)
{
    text_next(&r->scan);
    if (r->scan.now.kind == WORD_string) {
        l->origin.label = r->scan.now.text;
        text_next(&r->scan);
    }
    for (int i = 0; i <= PART_update; i++)
        if (is_word(r, part_name((Part)i))) {
            l->origin.part = (Part)i;
            text_next(&r->scan);
            return true;
        }
    return fail(r, r->scan.now.range, "expected data, forward, loss, metric, backward or update");
}

/* What stands behind the op: operands, attributes, type, origin. */
static bool take_rest(Reader *r, Line *l)
{
    if (l->op == OP_const && !take_elements(r, l))
        return false;
    for (;;) {
        const Word *w = &r->scan.now;
        if (w->kind == WORD_line || w->kind == WORD_end)
            return true;
        bool names_state = (l->op == OP_read || l->op == OP_write) && w->kind == WORD_name;
        if (text_is_mark(&r->scan, ',')) {
            text_next(&r->scan);
        } else if (text_is_mark(&r->scan, ':')) {
            text_next(&r->scan);
            if (!take_type(r, &l->type))
                return false;
        } else if (names_state) {
            l->attr[0].text = w->text;
            text_next(&r->scan);
        } else if (w->kind == WORD_node) {
            if (!take_operand(r, l))
                return false;
        } else if (is_word(r, "from")) {
            if (!take_origin(r, l))
                return false;
        } else if (w->kind == WORD_word) {
            if (!take_attr(r, l))
                return false;
        } else {
            return fail(r, w->range, "unexpected text");
        }
    }
}

/* May an element of this integer type be i? */
static bool holds(RtDtype dtype, int64_t i)
{
    int bits = dtype == RT_bool ? 1 : 8 * (int)rt_dtype(dtype)->size;
    bool is_signed = dtype == RT_i8 || dtype == RT_i32;
    int64_t end = bits < 64 ? (int64_t)1 << (bits - is_signed) : 0;
    return bits == 64 || (i < end && i >= (is_signed ? -end : 0));
}

static bool element_bits(Reader *r, const Word *w, RtDtype dtype, char *out)
{
    char *end = NULL;
    double d = 0;
    int64_t i = 0;
    const char *text = w->text;
    if (rt_dtype(dtype)->is_float) {
        d = !strcmp(text, "nan")    ? (double)NAN
            : !strcmp(text, "inf")  ? (double)INFINITY
            : !strcmp(text, "-inf") ? -(double)INFINITY
                                    : strtod(text, &end);
        float f = end && dtype == RT_f32 ? strtof(text, &end) : (float)d;
        memcpy(out, dtype == RT_f64 ? (const void *)&d : (const void *)&f, rt_dtype(dtype)->size);
    } else {
        errno = 0;
        i = strtoll(text, &end, 10);
        if (errno || !holds(dtype, i))
            return fail(r, w->range,
                        arena_shown(r->arena, "%s does not hold %s", rt_dtype(dtype)->name, text));
        memcpy(out, &i, rt_dtype(dtype)->size);
    }
    if (end && (*end || end == text))
        return fail(r, w->range, "expected an element of the constant");
    return true;
}

static bool set_constant(Reader *r, Line *l)
{
    size_t size = rt_dtype(l->type.dtype)->size;
    int64_t count = shape_count(&l->type.shape, 1);
    if (l->type.dtype == RT_f16 || l->type.dtype == RT_bf16)
        return fail(r, l->type.range, "constants of this type are not built yet");
    if (!l->splat && (int64_t)l->elements.n != count)
        return fail(r, l->range,
                    arena_shown(r->arena, "%zu elements for a constant of %lld", l->elements.n,
                                (long long)count));
    char *bytes = arena_alloc(r->arena, size * l->elements.n);
    for (size_t i = 0; i < l->elements.n; i++)
        if (!element_bits(r, &l->elements.at[i], l->type.dtype, bytes + i * size))
            return false;
    l->attr[2].data = (ConstData){bytes, l->splat};
    return true;
}

/* Attributes that stand in the type. */
static bool set_typed(Reader *r, Line *l)
{
    const OpInfo *info = op_info(l->op);
    for (unsigned i = 0; i < info->n_attrs; i++) {
        if (!attr_is_typed(l->op, i))
            continue;
        if (!l->type.given)
            return fail(r, l->op_range, "this op needs its type, as in ' : f32[N, 10]'");
        if (info->attr_kind[i] == ATTR_DTYPE)
            l->attr[i].dtype = l->type.dtype;
        else
            l->attr[i].dims = &l->type.shape;
    }
    return l->op != OP_const || set_constant(r, l);
}

static void set_acc(Line *l)
{
    const OpInfo *info = op_info(l->op);
    for (unsigned i = 0; i < info->n_attrs && l->in.n; i++)
        if (!strcmp(info->attr_name[i], "acc") && !l->given[i])
            l->attr[i].dtype = l->in.at[0]->dtype;
}

static bool is_written(const Graph *g, const char *state)
{
    for (size_t i = 0; i < g->nodes.n; i++)
        if (g->nodes.at[i]->op == OP_write && g->nodes.at[i]->attr[0].text == state)
            return true;
    return false;
}

static bool add_node(Reader *r, Line *l)
{
    if (!set_typed(r, l))
        return false;
    if (l->op == OP_write && is_written(r->g, l->attr[0].text))
        return fail(r, l->range,
                    arena_shown(r->arena, "the state '%s' is written twice", l->attr[0].text));
    set_acc(l);
    l->origin.range = l->range;
    Node *n = graph_add(r->g, l->op, (uint32_t)l->in.n, l->in.at, l->attr, l->origin);
    if (!n) {
        r->failed = true;
        return false;
    }
    if (!shape_fits(&n->shape, r->g->batch))
        return fail(r, l->range, "the result has more than 2^40 elements");
    bool typed = !node_is_root(n) && l->type.given;
    if (typed && (n->dtype != l->type.dtype || !shape_equal(&n->shape, &l->type.shape)))
        return fail(r, l->type.range,
                    arena_shown(r->arena, "the result is %s, not %s",
                                type_text(r->arena, n->dtype, &n->shape),
                                type_text(r->arena, l->type.dtype, &l->type.shape)));
    if (l->name)
        name_node(r, l->name, n);
    return true;
}

static bool take_op(Reader *r, Line *l)
{
    const Word *w = &r->scan.now;
    l->op_range = w->range;
    l->op = w->kind == WORD_word ? op_named(w->text) : N_OPS;
    if (l->op == N_OPS)
        return fail(r, w->range,
                    w->kind == WORD_word ? arena_shown(r->arena, "unknown op '%s'", w->text)
                                         : "expected an op");
    text_next(&r->scan);
    op_default_attrs(r->g, l->op, l->attr);
    return true;
}

static bool take_line(Reader *r)
{
    Line l = {.range = r->scan.now.range};
    if (is_word(r, "state"))
        return take_state(r);
    if (r->scan.now.kind == WORD_node) {
        l.name = r->scan.now.text;
        if (node_named(r, l.name))
            return fail(r, l.range,
                        arena_shown(r->arena, "the value '%%%s' is made twice", l.name));
        text_next(&r->scan);
        if (!expect_mark(r, '='))
            return false;
    }
    if (!take_op(r, &l) || !take_rest(r, &l))
        return false;
    l.range = range_join(l.range, l.op_range);
    return add_node(r, &l);
}

/* ---- graphs ---- */

static bool take_head(Reader *r)
{
    int64_t batch = 1;
    if (!is_word(r, "graph"))
        return fail(r, r->scan.now.range, "expected 'graph @NAME batch=N {'");
    text_next(&r->scan);
    if (r->scan.now.kind != WORD_name)
        return fail(r, r->scan.now.range, "expected the name of the graph, such as @train");
    const char *name = r->scan.now.text;
    text_next(&r->scan);
    if (is_word(r, "batch")) {
        text_next(&r->scan);
        if (!expect_mark(r, '='))
            return false;
        Range where = r->scan.now.range;
        if (!take_int(r, &batch))
            return false;
        if (batch < 1 || batch > INT32_MAX)
            return fail(r, where, "the batch must be from 1 to 2147483647");
    }
    r->g = graph_new(r->arena, r->scan.names, r->scan.diags, name, batch);
    r->slots = NULL;
    r->n_slots = r->n_names = 0;
    return expect_mark(r, '{');
}

static bool take_graph(Reader *r)
{
    if (!take_head(r))
        return false;
    skip_lines(r);
    while (!text_is_mark(&r->scan, '}') && r->scan.now.kind != WORD_end) {
        if (!take_line(r)) {
            skip_line(r);
        } else if (r->scan.now.kind != WORD_line && !text_is_mark(&r->scan, '}')) {
            fail(r, r->scan.now.range, "expected the end of the line");
            skip_line(r);
        }
        skip_lines(r);
    }
    return expect_mark(r, '}');
}

Graph **graph_parse(Arena *arena, Interner *names, Diags *diags, const Source *source, size_t *n)
{
    Reader r = {.arena = arena, .scan = {.names = names, .diags = diags, .source = source}};
    Vec(Graph *) graphs = {0};
    size_t errors = diag_errors(diags);
    text_next(&r.scan);
    skip_lines(&r);
    while (r.scan.now.kind != WORD_end && take_graph(&r)) {
        vec_push(arena, &graphs, r.g);
        skip_lines(&r);
    }
    if (!graphs.n && !r.failed)
        fail(&r, r.scan.now.range, "there is no graph in this file");
    *n = graphs.n;
    return diag_errors(diags) == errors ? graphs.at : NULL;
}
