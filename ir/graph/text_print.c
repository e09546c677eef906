/* text_print.c: Graph -> .nnir text (docs/ir.md, "Text form"): stable, and exact to the last bit. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ir/graph/text.h"

const char *part_name(Part part)
{
    static const char *const names[] = {"data", "forward", "loss", "metric", "backward", "update"};
    return names[part];
}

bool attr_is_typed(Op op, unsigned attr)
{
    const OpInfo *info = op_info(op);
    const char *name = info->attr_name[attr];
    bool source = op == OP_const || op == OP_iota || op == OP_input || op == OP_scalar ||
                  op == OP_rng || op == OP_reshape || op == OP_broadcast || op == OP_cast;
    return source && (!strcmp(name, "dtype") || !strcmp(name, "dims"));
}

/* ---- attributes ---- */

static void print_ints(StrBuf *out, const IntList *l)
{
    strbuf_char(out, '[');
    for (uint32_t i = 0; i < l->n; i++)
        strbuf_printf(out, "%s%lld", i ? ", " : "", (long long)l->at[i]);
    strbuf_char(out, ']');
}

static bool is_default(const OpInfo *info, unsigned i, const Attr *a, const Node *n)
{
    const char *usual = info->attr_default[i];
    switch (info->attr_kind[i]) {
    case ATTR_INT:
        return a->i == (int64_t)strtoll(usual, NULL, 10);
    case ATTR_BOOL:
        return a->i == !strcmp(usual, "true");
    case ATTR_DTYPE: /* acc: the inputs' own type */
        return n->n_in && a->dtype == n->in[0]->dtype;
    case ATTR_INTS:
        return a->ints.n == 0;
    case ATTR_SUM:
        return a->sum.groups == 0;
    case ATTR_FLOAT:
    case ATTR_TEXT:
    case ATTR_DIMS:
    case ATTR_DATA:
    case ATTR_GRAPH:
    case ATTR_SCALAR:
        break;
    }
    return false;
}

static void print_attr(StrBuf *out, AttrKind kind, const Attr *a)
{
    switch (kind) {
    case ATTR_INT:
        strbuf_printf(out, "%lld", (long long)a->i);
        break;
    case ATTR_BOOL:
        strbuf_add(out, a->i ? "true" : "false");
        break;
    case ATTR_FLOAT:
        strbuf_double(out, a->f);
        break;
    case ATTR_TEXT:
        strbuf_quote(out, a->text, strlen(a->text));
        break;
    case ATTR_DTYPE:
        strbuf_add(out, rt_dtype(a->dtype)->name);
        break;
    case ATTR_INTS:
        print_ints(out, &a->ints);
        break;
    case ATTR_SCALAR:
        strbuf_add(out, rt_scalar_word((RunScalar)a->i));
        break;
    case ATTR_SUM:
        strbuf_printf(out, "%ux%u", a->sum.groups, a->sum.lanes);
        break;
    case ATTR_DIMS:
    case ATTR_DATA:
    case ATTR_GRAPH:
        break;
    }
}

/* ---- constants ---- */

static void print_f32(StrBuf *out, float f)
{
    char text[32];
    int digits = 6;
    float back;
    do {
        snprintf(text, sizeof text, "%.*g", digits++, (double)f);
    } while (digits <= 9 && (sscanf(text, "%f", &back) != 1 || back != f));
    strbuf_add(out, text);
    if (!strpbrk(text, ".en"))
        strbuf_add(out, ".0");
}

static void print_element(StrBuf *out, RtDtype dtype, const char *p)
{
    double d;
    float f;
    int64_t i = 0;
    if (dtype == RT_f32 || dtype == RT_f64) {
        memcpy(&f, p, sizeof f);
        if (dtype == RT_f64)
            memcpy(&d, p, sizeof d);
        else
            d = (double)f;
        if (isnan(d))
            strbuf_add(out, "nan");
        else if (isinf(d))
            strbuf_add(out, d < 0 ? "-inf" : "inf");
        else if (dtype == RT_f64)
            strbuf_double(out, d);
        else
            print_f32(out, f);
        return;
    }
    size_t size = rt_dtype(dtype)->size;
    memcpy(&i, p, size); /* little-endian machines only, as everywhere */
    if (rt_dtype(dtype)->is_signed && size < 8) {
        int shift = 64 - 8 * (int)size;
        i = (int64_t)((uint64_t)i << shift) >> shift;
    }
    strbuf_printf(out, "%lld", (long long)i);
}

static void print_const(StrBuf *out, const Node *n)
{
    const ConstData *data = &n->attr[2].data;
    size_t size = rt_dtype(n->dtype)->size;
    int64_t count = shape_count(&n->shape, 1);
    if (data->splat) {
        strbuf_add(out, n->shape.rank ? " splat " : " ");
        print_element(out, n->dtype, data->bytes);
        return;
    }
    strbuf_add(out, " [");
    for (int64_t i = 0; i < count; i++) {
        strbuf_add(out, i ? ", " : "");
        print_element(out, n->dtype, (const char *)data->bytes + (size_t)i * size);
    }
    strbuf_char(out, ']');
}

/* ---- nodes ---- */

/* @name, quoted where it holds more than letters, digits, '_', '.' and '-'. */
static void print_name(StrBuf *out, const char *name)
{
    bool plain = *name != 0;
    for (const char *c = name; *c; c++)
        plain = plain && (isalnum((unsigned char)*c) || strchr("_.-", *c));
    strbuf_char(out, '@');
    if (plain)
        strbuf_add(out, name);
    else
        strbuf_quote(out, name, strlen(name));
}

static bool names_state(Op op)
{
    return op == OP_read || op == OP_write;
}

static void print_attrs(StrBuf *out, const Node *n)
{
    const OpInfo *info = op_info(n->op);
    for (unsigned i = 0; i < info->n_attrs; i++) {
        if (attr_is_typed(n->op, i) || (names_state(n->op) && i == 0) || n->op == OP_const ||
            is_default(info, i, &n->attr[i], n))
            continue;
        strbuf_printf(out, " %s=", info->attr_name[i]);
        print_attr(out, info->attr_kind[i], &n->attr[i]);
    }
}

static void print_node(StrBuf *out, const Graph *g, const Node *n)
{
    bool root = node_is_root(n);
    strbuf_add(out, "  ");
    if (!root)
        strbuf_printf(out, "%%%u = ", n->id);
    strbuf_add(out, op_info(n->op)->name);
    if (n->op == OP_const)
        print_const(out, n);
    if (names_state(n->op))
        strbuf_char(out, ' ');
    if (names_state(n->op))
        print_name(out, n->attr[0].text);
    for (uint32_t i = 0; i < n->n_in; i++)
        strbuf_printf(out, "%s%%%u", i || names_state(n->op) ? ", " : " ", n->in[i]->id);
    print_attrs(out, n);
    if (!root)
        strbuf_printf(out, " : %s", type_text(g->arena, n->dtype, &n->shape));
    if (n->origin.label || n->origin.part != PART_data)
        strbuf_add(out, " from");
    if (n->origin.label) {
        strbuf_char(out, ' ');
        strbuf_quote(out, n->origin.label, strlen(n->origin.label));
    }
    if (n->origin.label || n->origin.part != PART_data)
        strbuf_printf(out, " %s", part_name(n->origin.part));
    strbuf_char(out, '\n');
}

static void print_seed(StrBuf *out, const StateInit *init)
{
    if (init->from != INIT_SEED_program)
        strbuf_printf(out, "%s%s=%lld", init->n_args ? ", " : "",
                      init->from == INIT_SEED_given ? "given_seed" : "seed", (long long)init->seed);
}

static void print_state(StrBuf *out, const Graph *g, const State *s)
{
    strbuf_add(out, "  state ");
    print_name(out, s->name);
    strbuf_printf(out, " : %s %s", type_text(g->arena, s->dtype, &s->shape),
                  rt_role(s->role)->word);
    if (s->role == ROLE_weight && !s->trainable)
        strbuf_add(out, " trainable=false");
    if (s->of) {
        strbuf_add(out, " of=");
        print_name(out, s->of);
    }
    if (s->stage)
        strbuf_printf(out, " stage=%u", s->stage);
    if (s->kind)
        strbuf_printf(out, " kind=%u", s->kind);
    if (s->init.name) {
        strbuf_printf(out, " init=%s(", s->init.name);
        for (uint32_t i = 0; i < s->init.n_args; i++) {
            strbuf_printf(out, "%s%s=", i ? ", " : "", s->init.arg_name[i]);
            strbuf_double(out, s->init.arg[i]);
        }
        print_seed(out, &s->init);
        strbuf_char(out, ')');
    }
    strbuf_char(out, '\n');
}

void graph_print(StrBuf *out, const Graph *g)
{
    strbuf_add(out, "graph ");
    print_name(out, g->name);
    strbuf_printf(out, " batch=%lld {\n", (long long)g->batch);
    for (size_t i = 0; i < g->states.n; i++)
        print_state(out, g, &g->states.at[i]);
    for (size_t i = 0; i < g->nodes.n; i++)
        print_node(out, g, g->nodes.at[i]);
    strbuf_add(out, "}\n");
}
