/* convert.c: a value as an argument: the kind that its row asks for, ranges, choices. Integers become
 * floats where a float is asked, never back; one value stands for a list of one; a string for a word. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ir/program/convert_internal.h"
#include "runtime/abi/range.h"

Want arg_want(ArgKind kind)
{
    switch (kind) {
    case ARG_ACTIVATION:
        return VOCAB_activation;
    case ARG_INITIALIZER:
        return VOCAB_initializer;
    case ARG_REGULARIZER:
        return VOCAB_regularizer;
    case ARG_CONSTRAINT:
        return VOCAB_constraint;
    case ARG_LOSS:
        return VOCAB_loss;
    case ARG_METRICS:
        return VOCAB_metric;
    case ARG_OPTIMIZER:
        return VOCAB_optimizer;
    case ARG_CALLBACKS:
        return VOCAB_callback;
    case ARG_RATE:
        return VOCAB_schedule;
    case ARG_TRANSFORMS:
    case ARG_COLUMN_CALLS:
        return VOCAB_transform;
    default: /* plain values */
        return N_VOCABS;
    }
}

bool arg_takes_words(ArgKind kind)
{
    return kind == ARG_CHOICE || kind == ARG_COLUMN || kind == ARG_COLUMNS || kind == ARG_DTYPE ||
           kind == ARG_FILL || kind == ARG_PART || kind == ARG_AUTO || kind == ARG_KEY ||
           kind == ARG_FREQ || kind == ARG_UPDATES;
}

bool arg_is_shape(ArgKind kind)
{
    return kind == ARG_SHAPE || kind == ARG_SIZES;
}

/* Numbers that count something have an integer as default. */
static bool counts(const ArgRow *arg)
{
    return arg->kind == ARG_COUNT || (arg->fallback && !strpbrk(arg->fallback, ".e"));
}

const char *convert_kind_text(const ArgRow *arg)
{
    switch (arg->kind) {
    case ARG_INT:
    case ARG_AXIS:
    case ARG_SEED:
        return "an integer";
    case ARG_AUTO:
        return "an integer or auto";
    case ARG_KEY:
        return "the name of a metric";
    case ARG_FREQ:
        return "epoch or a number of batches";
    case ARG_UPDATES:
        return "epoch, batch or a number of batches";
    case ARG_EPOCH_FN:
        return "a fn(epoch) or a fn(epoch, rate)";
    case ARG_FLOAT:
        return "a number";
    case ARG_MAYBE:
        return "a number or none";
    case ARG_NUMBER:
    case ARG_COUNT:
        return counts(arg) ? "an integer" : "a number";
    case ARG_RATE:
        return "a number, an option, a fn(step) or a schedule";
    case ARG_BOOL:
        return "true or false";
    case ARG_TEXT:
    case ARG_PATH:
    case ARG_CAPTION:
        return "a string";
    case ARG_RESULT:
        return "a list, a series or an array";
    case ARG_CAPTIONS:
        return "a list of strings or numbers";
    case ARG_SHAPE:
    case ARG_SIZES:
        return "an integer or a tuple of integers";
    case ARG_MASK:
        return "a list of integers and none";
    case ARG_INTS:
    case ARG_EPOCHS:
    case ARG_AXES:
        return "an integer or a list of integers";
    case ARG_FLOATS:
    case ARG_NUMBERS:
        return "a number or a list of numbers";
    case ARG_TEXTS:
        return "a list of strings";
    case ARG_CHOICE:
    case ARG_DTYPE:
        return "a word";
    case ARG_COLUMN:
    case ARG_COLUMNS:
    case ARG_FILL:
    case ARG_EDGES:
    case ARG_TRANSFORMS:
    case ARG_COLUMN_CALLS:
        return convert_columns_kind(arg->kind);
    case ARG_ACTIVATION:
        return "an activation";
    case ARG_INITIALIZER:
        return "an initializer";
    case ARG_REGULARIZER:
        return "a regularizer";
    case ARG_CONSTRAINT:
        return "a constraint";
    case ARG_LOSS:
        return "a loss";
    case ARG_METRICS:
        return "a metric or a list of metrics";
    case ARG_OPTIMIZER:
        return "an optimizer";
    case ARG_CALLBACKS:
        return "a callback or a list of callbacks";
    case ARG_PART:
        return "a part of a data set";
    case ARG_VALUE:
        return "a value";
    }
    return "";
}

const char *convert_place(Convert *c)
{
    return arena_printf(c->e->arena, "'%s' of '%s'", c->arg->name, c->row->name);
}

bool convert_wrong(Convert *c, const Value *v)
{
    if (v->kind == VAL_error)
        return false;
    if (v->kind == VAL_expr) {
        report_runtime(c->e, v->expr, convert_place(c));
    } else if (v->kind == VAL_word && !vocab_knows(v->text)) {
        Want want = arg_want(c->arg->kind);
        bool plain = want == N_VOCABS || want == VOCAB_schedule;
        report_unknown(c->e, c->s, plain ? (Want)WANT_value : want, v->text, v->range);
    } else {
        diag_error(c->e->diags, v->range, "%s must be %s, not %s", convert_place(c),
                   convert_kind_text(c->arg), value_text(c->e, v));
        if (v->kind == VAL_float && v->divided && c->arg->kind != ARG_FLOAT)
            diag_help(c->e->diags, "'//' divides integers, '/' always gives a float");
    }
    if (v->kind == VAL_expr || v->kind == VAL_result)
        help_tensor_row(c->e, c->row);
    return false;
}

bool convert_in_range(Convert *c, const Value *v)
{
    StrBuf text = {0};
    if (rt_in_range(c->arg->range, v->f))
        return true;
    value_print(&text, v);
    if (rt_range_has_ends(c->arg->range))
        diag_error(c->e->diags, v->range, "%s must lie in %s, not %s", convert_place(c),
                   c->arg->range, text.text);
    else
        diag_error(c->e->diags, v->range, "%s must be %s, not %s", convert_place(c), c->arg->range,
                   text.text);
    strbuf_close(&text);
    return false;
}

const char *convert_word(const Value *v)
{
    return v->kind == VAL_string || v->kind == VAL_word ? v->text : NULL;
}

bool convert_int(Convert *c)
{
    if (c->v->kind != VAL_int)
        return convert_wrong(c, c->v);
    c->out->i = c->v->i;
    c->out->f = c->v->f;
    return convert_in_range(c, c->v);
}

static bool take_auto(Convert *c)
{
    const char *w = convert_word(c->v);
    if (!w || strcmp(w, "auto") != 0)
        return convert_int(c);
    c->out->i = strtoll(c->arg->fallback, NULL, 10);
    c->out->f = (double)c->out->i;
    return true;
}

static bool take_freq(Convert *c)
{
    const char *w = convert_word(c->v);
    bool each = w && c->arg->kind == ARG_UPDATES && !strcmp(w, "batch");
    if (!each && (!w || strcmp(w, "epoch") != 0))
        return convert_int(c);
    c->out->text = w;
    c->out->i = each;
    return true;
}

/* A metric may be a fn of the program. */
static bool take_key(Convert *c)
{
    c->out->text = c->v->kind == VAL_fn ? fn_name(c->v) : convert_word(c->v);
    return c->out->text ? true : convert_wrong(c, c->v);
}

static bool take_float(Convert *c)
{
    if (!value_is_number(c->v))
        return convert_wrong(c, c->v);
    c->out->i = c->v->i;
    c->out->f = c->v->f;
    return convert_in_range(c, c->v);
}

/* An option given by itself must keep to the range of the argument, its default already. */
static bool limit_option(Convert *c, const Expr *x)
{
    Option *o = &c->e->p->options.at[x->index];
    if (!*c->arg->range)
        return true;
    OptionLimit limit = {c->arg->range, convert_place(c)};
    vec_push(c->e->arena, &o->limits, limit);
    Value usual = o->is_int ? value_int(c->v->range, o->value->index)
                            : value_float(c->v->range, o->value->value);
    return convert_in_range(c, &usual);
}

bool convert_number(Convert *c)
{
    const Value *v = c->v;
    if (v->kind == VAL_expr && !expr_has_result(v->expr) && !expr_find(v->expr, EX_argument)) {
        if (v->expr->type != EXT_number) {
            ExprType type = v->expr->type;
            diag_error(c->e->diags, v->range, "%s must be %s, not %s that is %s", convert_place(c),
                       convert_kind_text(c->arg),
                       v->expr->op == EX_option ? "an option" : "a value",
                       type == EXT_bool   ? "a bool"
                       : type == EXT_text ? "a string"
                                          : "a list");
            return false;
        }
        if (counts(c->arg) && !v->expr->is_int) {
            diag_error(c->e->diags, v->range, "%s must be an integer, not a float",
                       convert_place(c));
            return false;
        }
        c->out->expr = v->expr;
        return v->expr->op != EX_option || limit_option(c, v->expr);
    }
    if (!value_is_number(v) || (counts(c->arg) && v->kind != VAL_int))
        return convert_wrong(c, v);
    c->out->i = v->i;
    c->out->f = v->f;
    c->out->expr = expr_of(c->e, v);
    return convert_in_range(c, v);
}

const Seed *seed_of(Elab *e, const Value *v, const char *where)
{
    if (v->kind == VAL_expr && (expr_has_result(v->expr) || expr_find(v->expr, EX_argument))) {
        report_runtime(e, v->expr, where);
        return NULL;
    }
    if (v->kind != VAL_int && !(v->kind == VAL_expr && v->expr->is_int)) {
        diag_error(e->diags, v->range, "%s must be an integer, not %s", where,
                   v->kind == VAL_expr ? "a float" : value_text(e, v));
        return NULL;
    }
    Seed *seed = ARENA_NEW(e->arena, Seed);
    seed->value = expr_of(e, v);
    seed->id = (uint32_t)e->p->seeds.n;
    if (!seed->value)
        return NULL;
    vec_push(e->arena, &e->p->seeds, seed);
    return seed;
}

bool seed_eval(Elab *e, Scope *s, const Ast *a, const Seed **out)
{
    Value v = eval(e, s, a, N_VOCABS);
    if (v.kind == VAL_error || !check_word(e, s, &v))
        return false;
    const Seed *seed = seed_of(e, &v, "a seed");
    if (seed)
        *out = seed;
    return seed != NULL;
}

static bool take_seed(Convert *c)
{
    const Value *v = c->v;
    if (v->kind != VAL_int && v->kind != VAL_expr)
        return convert_wrong(c, v);
    c->out->seed = seed_of(c->e, v, convert_place(c));
    return c->out->seed != NULL;
}

static Expr *argument_expr(Elab *e, Range range, uint32_t index, ExprType type)
{
    Expr *x = expr_new(e, EX_argument, type, range, 0);
    x->index = index;
    return x;
}

/* The body of a fn whose parameters are arguments of the run; NULL after errors. */
const Expr *convert_fn(Convert *c, const Value *fn, uint32_t n, ExprType type, const char *form)
{
    Value args[2];
    if (!fn_takes(fn, n)) {
        diag_error(c->e->diags, fn->range, "%s takes %s, but '%s' has %u parameter%s",
                   convert_place(c), form, fn_name(fn), fn_params(fn),
                   fn_params(fn) == 1 ? "" : "s");
        return NULL;
    }
    for (uint32_t i = 0; i < n; i++)
        args[i] = value_expr(argument_expr(c->e, fn->range, i, type));
    c->e->in_network += type == EXT_tensor;
    Value body = fn_apply(c->e, fn, fn->range, n, args);
    c->e->in_network -= type == EXT_tensor;
    if (body.kind == VAL_error)
        return NULL;
    const Expr *x = expr_of(c->e, &body);
    if (x && expr_has_result(x)) {
        report_runtime(c->e, x, "the value of a fn");
        return NULL;
    }
    if (x && x->type != type && x->type != EXT_number) {
        diag_error(c->e->diags, x->range, "%s needs a fn that gives a number", convert_place(c));
        return NULL;
    }
    return x;
}

/* The call stays beside its expression. */
static bool take_schedule(Convert *c)
{
    Value step = value_expr(argument_expr(c->e, c->v->range, 0, EXT_number));
    if (!convert_calls(c))
        return false;
    c->out->expr = schedule_expr(c->e, c->out->calls[0], expr_of(c->e, &step));
    return c->out->expr != NULL;
}

static bool take_rate(Convert *c)
{
    const Value *v = c->v;
    const char *word = convert_word(v);
    if ((word && vocab_find(VOCAB_schedule, word)) ||
        (v->kind == VAL_call && v->call->kind == VOCAB_schedule))
        return take_schedule(c);
    if (v->kind == VAL_fn) {
        c->out->expr = convert_fn(c, v, 1, EXT_number, "a fn(step)");
        return c->out->expr != NULL;
    }
    return convert_number(c);
}

static bool take_epoch_fn(Convert *c)
{
    if (c->v->kind != VAL_fn)
        return convert_wrong(c, c->v);
    uint32_t n = fn_params(c->v) == 1 ? 1 : 2;
    c->out->expr = convert_fn(c, c->v, n, EXT_number, "a fn(epoch) or a fn(epoch, rate)");
    return c->out->expr != NULL;
}

static bool take_text(Convert *c)
{
    const Value *v = c->v;
    bool option = c->arg->kind == ARG_PATH && v->kind == VAL_expr && v->expr->op == EX_option &&
                  v->expr->type == EXT_text;
    if (v->kind == VAL_expr && !option && c->arg->kind == ARG_PATH && !expr_has_result(v->expr)) {
        diag_error(c->e->diags, v->range, "%s must be a string or an option that is one",
                   convert_place(c));
        return false;
    }
    if (v->kind != VAL_string && !option)
        return convert_wrong(c, v);
    c->out->expr = option ? v->expr : NULL;
    c->out->text = option ? c->e->p->options.at[v->expr->index].value->text : v->text;
    if (c->arg->kind == ARG_PATH && !*c->out->text) {
        diag_error(c->e->diags, v->range, "%s must not be empty", convert_place(c));
        return false;
    }
    return true;
}

static bool take_bool(Convert *c)
{
    if (c->v->kind != VAL_bool)
        return convert_wrong(c, c->v);
    c->out->i = c->v->i;
    return true;
}

static bool take_part(Convert *c)
{
    bool named = c->v->kind == VAL_word || c->v->kind == VAL_string;
    if (c->v->kind != VAL_part && !named && !value_is_split(c->v)) {
        (void)convert_wrong(c, c->v);
        if (c->v->kind == VAL_data)
            diag_help(c->e->diags, "name one of its parts, as in %s.validation", c->v->data->name);
        else if (c->v->kind == VAL_float)
            diag_help(c->e->diags, "write validation = split(%g)", c->v->f);
        return false;
    }
    DataPart split;
    if (value_is_split(c->v) && !data_split(c->e, c->v->call, &split))
        return false;
    if (c->v->has_rows) {
        diag_error(c->e->diags, c->v->range, "%s takes all rows of a part", convert_place(c));
        return false;
    }
    c->out->value = c->v;
    return true;
}

bool arg_convert(Elab *e, const Scope *s, const Row *row, const ArgRow *arg, const Value *v,
                 ArgValue *out)
{
    Value *kept = arena_copy(e->arena, v, sizeof *v);
    Convert c = {e, s, row, arg, kept, out};
    bool may_be_none = arg->fallback && !strcmp(arg->fallback, "none");
    may_be_none =
        may_be_none || arg->kind == ARG_SEED || arg->kind == ARG_AXES || arg->kind == ARG_MAYBE;
    if (v->kind == VAL_none && may_be_none) {
        out->none = true;
        return true;
    }
    switch (arg->kind) {
    case ARG_INT:
    case ARG_AXIS:
        return convert_int(&c);
    case ARG_RESULT:
    case ARG_CAPTION:
    case ARG_CAPTIONS:
        return convert_given(&c);
    case ARG_SEED:
        return take_seed(&c);
    case ARG_AUTO:
        return take_auto(&c);
    case ARG_KEY:
        return take_key(&c);
    case ARG_FREQ:
    case ARG_UPDATES:
        return take_freq(&c);
    case ARG_EPOCH_FN:
        return take_epoch_fn(&c);
    case ARG_FLOAT:
    case ARG_MAYBE:
        return take_float(&c);
    case ARG_NUMBER:
    case ARG_COUNT:
        return convert_number(&c);
    case ARG_RATE:
        return take_rate(&c);
    case ARG_BOOL:
        return take_bool(&c);
    case ARG_TEXT:
    case ARG_PATH:
        return take_text(&c);
    case ARG_MASK:
    case ARG_AXES:
    case ARG_EPOCHS:
    case ARG_SHAPE:
    case ARG_SIZES:
    case ARG_INTS:
    case ARG_FLOATS:
    case ARG_NUMBERS:
    case ARG_TEXTS:
    case ARG_COLUMNS:
        return convert_list(&c);
    case ARG_FILL:
    case ARG_EDGES:
        return arg->kind == ARG_FILL ? convert_fill(&c) : convert_edges(&c);
    case ARG_COLUMN_CALLS:
        return convert_column_calls(&c);
    case ARG_CHOICE:
        return convert_choice(&c);
    case ARG_DTYPE:
        return convert_dtype(&c);
    case ARG_COLUMN:
        return convert_column(&c);
    case ARG_ACTIVATION:
    case ARG_INITIALIZER:
    case ARG_REGULARIZER:
    case ARG_CONSTRAINT:
    case ARG_LOSS:
    case ARG_METRICS:
    case ARG_OPTIMIZER:
    case ARG_CALLBACKS:
    case ARG_TRANSFORMS:
        return convert_calls(&c);
    case ARG_PART:
        return take_part(&c);
    case ARG_VALUE:
        out->value = kept;
        return true;
    }
    return false;
}
