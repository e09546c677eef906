/* print.c: --emit=program: what elaboration made, as stable text. */
#include <string.h>

#include "ir/program/elaborate_internal.h"
#include "runtime/abi/transforms.h"

static const char *const expr_names[] = {
#define EXPR(id, least, most) #id,
#include "runtime/abi/exprs.def"
};

static void number(StrBuf *out, const Expr *x)
{
    if (x->is_int)
        strbuf_printf(out, "%lld", (long long)x->index);
    else
        strbuf_double(out, x->value);
}

static void quoted(StrBuf *out, const char *text)
{
    strbuf_quote(out, text, strlen(text));
}

static void print_args(StrBuf *out, const Row *row, const ArgValue *args, bool first);

/* Of a reduction, as far as it says. */
static void print_axes(StrBuf *out, const Expr *x)
{
    if (x->op == EX_rows) {
        strbuf_printf(out, ", %lld..%lld", (long long)x->axes[0], (long long)x->axes[1]);
        return;
    }
    if (x->n_axes == 1)
        strbuf_printf(out, ", axis=%lld", (long long)x->axes[0]);
    for (uint32_t i = 0; x->n_axes > 1 && i < x->n_axes; i++)
        strbuf_printf(out, "%s%lld%s", i ? ", " : ", axis=[", (long long)x->axes[i],
                      i + 1 < x->n_axes ? "" : "]");
    if (x->op >= EX_sum && x->op <= EX_argmax && x->value != 0)
        strbuf_add(out, ", keepdims=true");
}

static void print_expr(StrBuf *out, const Expr *x)
{
    switch (x->op) {
    case EX_number:
        number(out, x);
        return;
    case EX_boolean:
        strbuf_add(out, x->value != 0 ? "true" : "false");
        return;
    case EX_text:
        quoted(out, x->text);
        return;
    case EX_none:
        strbuf_add(out, "none");
        return;
    case EX_option:
    case EX_argument:
        strbuf_printf(out, "%s%lld", expr_names[x->op], (long long)x->index);
        return;
    case EX_result:
    case EX_weight:
    case EX_part:
        strbuf_printf(out, "%s%lld.%s", expr_names[x->op], (long long)x->index, x->text);
        return;
    default: /* operators and functions */
        break;
    }
    strbuf_printf(out, "%s(", x->op == EX_call ? x->call->row->name : expr_names[x->op]);
    if (x->op == EX_format)
        quoted(out, x->text);
    for (uint32_t i = 0; i < x->n_args; i++) {
        strbuf_add(out, i || x->op == EX_format ? ", " : "");
        print_expr(out, x->args[i]);
    }
    if (x->op == EX_call)
        print_args(out, x->call->row, x->call->args, false);
    print_axes(out, x);
    strbuf_char(out, ')');
}

static void print_call(StrBuf *out, const Call *c);

static void print_element(StrBuf *out, ArgKind kind, const ArgValue *v, uint32_t i)
{
    bool named = kind == ARG_COLUMNS && (!v->ints || v->ints[i] == INT64_MIN);
    if (v->ints && kind == ARG_MASK && v->ints[i] < 0)
        strbuf_add(out, "none");
    else if (v->ints && !named)
        strbuf_printf(out, "%lld", (long long)v->ints[i]);
    else if (v->floats)
        strbuf_double(out, v->floats[i]);
    else
        quoted(out, v->texts[i]);
}

static void print_numbers(StrBuf *out, ArgKind kind, const ArgValue *v)
{
    bool one = kind == ARG_COLUMNS && v->n == 1;
    strbuf_add(out, one ? "" : "(");
    for (uint32_t i = 0; i < v->n; i++) {
        strbuf_add(out, i ? ", " : "");
        print_element(out, kind, v, i);
    }
    strbuf_add(out, one ? "" : ")");
}

static void print_fill(StrBuf *out, const ArgValue *v)
{
    if (v->i == RT_FILL_number)
        strbuf_double(out, v->f);
    else
        strbuf_add(out, v->text);
}

static void print_list(StrBuf *out, uint32_t n, const Call *const *calls)
{
    for (uint32_t i = 0; i < n; i++) {
        strbuf_add(out, i ? ", " : "");
        print_call(out, calls[i]);
    }
}

static void print_column_calls(StrBuf *out, const ArgValue *v)
{
    const Call *const *calls = v->calls;
    strbuf_char(out, '[');
    for (uint32_t i = 0; i < v->n; i++) {
        strbuf_add(out, i ? ", " : "");
        quoted(out, v->texts[i]);
        strbuf_add(out, ": [");
        print_list(out, (uint32_t)v->ints[i], calls);
        strbuf_char(out, ']');
        calls += v->ints[i];
    }
    strbuf_char(out, ']');
}

static void print_arg(StrBuf *out, const ArgRow *row, const ArgValue *v)
{
    if (v->none)
        strbuf_add(out, "none");
    else if (row->kind == ARG_FILL && v->i != RT_FILL_text)
        print_fill(out, v);
    else if (row->kind == ARG_COLUMN_CALLS)
        print_column_calls(out, v);
    else if (v->expr) {
        if (v->calls) { /* a schedule */
            print_call(out, v->calls[0]);
            strbuf_add(out, " => ");
        }
        print_expr(out, v->expr);
    } else if (v->seed)
        print_expr(out, v->seed->value);
    else if (v->calls) {
        strbuf_add(out, row->kind == ARG_TRANSFORMS ? "[" : "");
        print_list(out, v->n, v->calls);
        strbuf_add(out, row->kind == ARG_TRANSFORMS ? "]" : "");
    } else if (v->ints || v->floats || v->texts)
        print_numbers(out, row->kind, v);
    else if (v->text)
        quoted(out, v->text);
    else if (row->kind == ARG_FLOAT || row->kind == ARG_MAYBE)
        strbuf_double(out, v->f);
    else if (row->kind == ARG_BOOL)
        strbuf_add(out, v->i ? "true" : "false");
    else if (row->kind == ARG_VALUE || row->kind == ARG_PART)
        value_print(out, v->value);
    else
        strbuf_printf(out, "%lld", (long long)v->i);
}

/* Arguments that the text names, or that are not what a person would leave out. */
static bool shown(const ArgRow *row, const ArgValue *v)
{
    return v->given || (!v->none && !row->later);
}

/* first: nothing stands before them. */
static void print_args(StrBuf *out, const Row *row, const ArgValue *args, bool first)
{
    for (uint32_t i = 0; i < row->n_args; i++) {
        if (!shown(&row->args[i], &args[i]))
            continue;
        strbuf_printf(out, "%s%s=", first ? "" : ", ", row->args[i].name);
        print_arg(out, &row->args[i], &args[i]);
        first = false;
    }
}

static void print_call(StrBuf *out, const Call *c)
{
    if (!c->row) {
        strbuf_printf(out, "%s => ", c->name);
        print_expr(out, c->body);
        return;
    }
    strbuf_printf(out, "%s(", c->row->name);
    print_args(out, c->row, c->args, true);
    strbuf_char(out, ')');
}

bool call_equal(const Call *a, const Call *b)
{
    StrBuf x = {0}, y = {0};
    print_call(&x, a);
    print_call(&y, b);
    bool same = x.n == y.n && !memcmp(x.text, y.text, x.n);
    strbuf_close(&x);
    strbuf_close(&y);
    return same;
}

const char *transforms_text(Arena *arena, const DataSet *d)
{
    StrBuf text = {0};
    strbuf_char(&text, '[');
    for (uint32_t i = 0; i < d->n_inputs; i++) {
        strbuf_add(&text, i ? ", " : "");
        print_call(&text, d->inputs[i]);
    }
    strbuf_char(&text, ']');
    const char *copy = arena_strdup(arena, text.text);
    strbuf_close(&text);
    return copy;
}

/* How weights begin is not part of an architecture, nor is who says the shape of the input: Input(2) or the data. */
static bool is_structure(const ArgRow *arg)
{
    return arg->kind != ARG_INITIALIZER && arg->kind != ARG_REGULARIZER &&
           arg->kind != ARG_CONSTRAINT && arg->kind != ARG_SEED &&
           strncmp(arg->name, "input_", strlen("input_")) != 0;
}

static void print_structure(StrBuf *out, const Instance *m)
{
    for (size_t i = 0; i < m->layers.n; i++) {
        const Layer *l = &m->layers.at[i];
        if (l->nested) {
            strbuf_printf(out, "%s {", l->name);
            print_structure(out, l->nested);
            strbuf_char(out, '}');
            continue;
        }
        if (l->call->row->id == LAYER_Input)
            continue;
        strbuf_printf(out, "%s: %s(", l->name, l->call->row->name);
        for (uint32_t k = 0; k < l->call->row->n_args; k++)
            if (is_structure(&l->call->row->args[k])) {
                print_arg(out, &l->call->row->args[k], &l->call->args[k]);
                strbuf_char(out, ',');
            }
        strbuf_add(out, ");");
    }
}

const char *architecture_digest(Arena *arena, const Instance *m)
{
    StrBuf text = {0};
    uint64_t h = 0xcbf29ce484222325ull; /* FNV-1a */
    print_structure(&text, m);
    for (size_t i = 0; i < text.n; i++)
        h = (h ^ (unsigned char)text.text[i]) * 0x100000001b3ull;
    strbuf_close(&text);
    return arena_printf(arena, "%016llx", (unsigned long long)h);
}

static void print_part(StrBuf *out, const char *name, const DataPart *p)
{
    if (p->kind == PART_ABSENT)
        return;
    strbuf_printf(out, "  %s = ", name);
    if (p->kind == PART_SOURCE) {
        print_call(out, p->source);
    } else {
        strbuf_add(out, "split(");
        strbuf_double(out, p->fraction);
        if (p->seed) {
            strbuf_add(out, ", seed=");
            print_expr(out, p->seed->value);
        }
        strbuf_printf(out, "%s%s)", p->stratify ? ", stratify=true" : "",
                      p->from_end ? ", from=end" : "");
    }
    strbuf_char(out, '\n');
}

static void print_facts(StrBuf *out, const DataFacts *f)
{
    if (!f->have)
        return;
    strbuf_printf(out, "  # rows %lld, %lld, %lld; row (", (long long)f->rows[PART_TRAIN],
                  (long long)f->rows[PART_VALIDATION], (long long)f->rows[PART_TEST]);
    for (uint32_t i = 0; i < f->x_rank; i++)
        strbuf_printf(out, "%s%lld", i ? ", " : "", (long long)f->x_dims[i]);
    strbuf_printf(out, ") %s; classes %lld\n", rt_dtype(f->x_dtype)->name, (long long)f->classes);
}

static void print_calls(StrBuf *out, const char *name, uint32_t n, const Call *const *calls)
{
    if (n)
        strbuf_printf(out, "  %s = ", name);
    for (uint32_t i = 0; i < n; i++) {
        strbuf_add(out, i ? ", " : "");
        print_call(out, calls[i]);
    }
    if (n)
        strbuf_char(out, '\n');
}

static void print_data(StrBuf *out, const DataSet *d)
{
    strbuf_printf(out, "data %s {\n", d->name);
    print_part(out, "train", &d->part[PART_TRAIN]);
    print_part(out, "test", &d->part[PART_TEST]);
    print_part(out, "validation", &d->part[PART_VALIDATION]);
    print_calls(out, "inputs", d->n_inputs, d->inputs);
    print_calls(out, "targets", d->n_targets, d->targets);
    if (d->targets_are_inputs)
        strbuf_add(out, "  targets = inputs\n");
    for (uint32_t i = 0; i < d->n_labels; i++) {
        strbuf_add(out, i ? ", " : "  labels = ");
        quoted(out, d->labels[i]);
    }
    if (d->n_labels)
        strbuf_char(out, '\n');
    if (!d->shuffle)
        strbuf_add(out, "  shuffle = false\n");
    print_facts(out, &d->facts);
    strbuf_add(out, "}\n");
}

static void print_layers(StrBuf *out, const Instance *m, int depth)
{
    for (size_t i = 0; i < m->layers.n; i++) {
        const Layer *l = &m->layers.at[i];
        strbuf_printf(out, "%*s%s: ", 2 * depth, "", l->name);
        if (l->nested) {
            strbuf_printf(out, "%s {\n", l->nested->title);
            print_layers(out, l->nested, depth + 1);
            strbuf_printf(out, "%*s}\n", 2 * depth, "");
        } else {
            print_call(out, l->call);
            strbuf_char(out, '\n');
        }
    }
}

static void print_command(StrBuf *out, const Program *p, const Command *c)
{
    static const char *const parts[] = {"train", "validation", "test"};
    strbuf_add(out, c->row->name);
    if (c->instance)
        strbuf_printf(out, " %s", c->instance->name);
    for (uint32_t i = 0; i < c->n_exprs; i++) {
        strbuf_add(out, i ? ", " : " ");
        print_expr(out, c->exprs[i]);
    }
    if (c->data)
        strbuf_printf(out, " on %s.%s", c->data->name, parts[c->part]);
    if (c->path) {
        strbuf_add(out, !strcmp(c->row->name, "load") ? " from " : " to ");
        quoted(out, c->path);
    }
    if (c->result >= 0 && p->results.at[c->result].name)
        strbuf_printf(out, " as %s", p->results.at[c->result].name);
    if (c->text) {
        strbuf_add(out, ", ");
        quoted(out, c->text);
    }
    if (c->row->n_args) {
        strbuf_add(out, " { ");
        print_args(out, c->row, c->settings, true);
        strbuf_add(out, " }");
    }
    strbuf_char(out, '\n');
    if (c->split)
        print_part(out, "    validation", c->split);
}

/* Where the commands that `c`, an if, decides about end, and where its else begins. */
static size_t branch_end(const Program *p, const Command *c, size_t *other)
{
    const Command *last = &p->commands.at[c->target - 1];
    *other = c->target;
    return last->row == &row_jump && last->target > c->target ? last->target : c->target;
}

static void print_commands(StrBuf *out, const Program *p, size_t begin, size_t end, int depth)
{
    for (size_t i = begin; i < end; i++) {
        const Command *c = &p->commands.at[i];
        size_t other = 0, behind = c->row == &row_if ? branch_end(p, c, &other) : 0;
        if (c->row == &row_jump)
            continue;
        if (c->row == &row_skip) { /* shown with the command before */
            i = c->target - 1;
            continue;
        }
        strbuf_printf(out, "%*s", 2 * depth, "");
        if (c->row != &row_if) {
            print_command(out, p, c);
            for (uint32_t k = 0; k < c->n_lines; k++) {
                if (c->row->id == COMMAND_fit)
                    strbuf_printf(out, "%*son %s {\n", 2 * depth + 2, "",
                                  event_name(c->lines[k].event));
                else
                    strbuf_printf(out, "%*seach {\n", 2 * depth + 2, "");
                print_commands(out, p, c->lines[k].begin, c->lines[k].end, depth + 2);
                strbuf_printf(out, "%*s}\n", 2 * depth + 2, "");
            }
            continue;
        }
        strbuf_add(out, "if ");
        print_expr(out, c->exprs[0]);
        strbuf_add(out, " {\n");
        print_commands(out, p, i + 1, other, depth + 1);
        if (behind > other) {
            strbuf_printf(out, "%*s} else {\n", 2 * depth, "");
            print_commands(out, p, other, behind, depth + 1);
        }
        strbuf_printf(out, "%*s}\n", 2 * depth, "");
        i = behind - 1;
    }
}

void program_print(StrBuf *out, const Program *p)
{
    strbuf_add(out, "seed ");
    if (p->seed)
        print_expr(out, p->seed->value);
    else
        strbuf_char(out, '0');
    strbuf_char(out, '\n');
    for (size_t i = 0; i < p->options.n; i++) {
        strbuf_printf(out, "option %s = ", p->options.at[i].name);
        print_expr(out, p->options.at[i].value);
        strbuf_char(out, '\n');
    }
    for (size_t i = 0; i < p->data.n; i++)
        print_data(out, p->data.at[i]);
    for (size_t i = 0; i < p->instances.n; i++) {
        strbuf_printf(out, "instance %s of %s", p->instances.at[i]->name,
                      p->instances.at[i]->title);
        if (p->instances.at[i]->file) {
            strbuf_add(out, " from ");
            quoted(out, p->instances.at[i]->file);
        }
        strbuf_add(out, " {\n");
        print_layers(out, p->instances.at[i], 1);
        strbuf_add(out, "}\n");
    }
    print_commands(out, p, 0, p->commands.n, 0);
}
