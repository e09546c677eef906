/* convert.c: a value as an argument: the kind that its row asks for, ranges, choices. Integers become
 * floats where a float is asked, never back; one value stands for a list of one; a string for a word. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ir/program/elaborate_internal.h"
#include "runtime/abi/range.h"

typedef struct Convert {
    Elab *e;
    const Scope *s;
    const Row *row;
    const ArgRow *arg;
    const Value *v;
    ArgValue *out;
} Convert;

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
    default: /* plain values */
        return N_VOCABS;
    }
}

bool arg_takes_words(ArgKind kind)
{
    return kind == ARG_CHOICE || kind == ARG_COLUMN || kind == ARG_COLUMNS || kind == ARG_DTYPE ||
           kind == ARG_PART || kind == ARG_AUTO || kind == ARG_KEY || kind == ARG_FREQ ||
           kind == ARG_UPDATES;
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

static const char *kind_text(const ArgRow *arg)
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
    case ARG_NUMBER:
    case ARG_COUNT:
        return counts(arg) ? "an integer" : "a number";
    case ARG_RATE:
        return "a number, an option or a fn(step)";
    case ARG_BOOL:
        return "true or false";
    case ARG_TEXT:
    case ARG_PATH:
        return "a string";
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
        return "a number or a list of numbers";
    case ARG_TEXTS:
        return "a list of strings";
    case ARG_CHOICE:
    case ARG_DTYPE:
        return "a word";
    case ARG_COLUMN:
        return "a column by name or index";
    case ARG_COLUMNS:
        return "a list of columns";
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

static const char *place(Convert *c)
{
    return arena_printf(c->e->arena, "'%s' of '%s'", c->arg->name, c->row->name);
}

static bool wrong(Convert *c, const Value *v)
{
    if (v->kind == VAL_error)
        return false;
    if (v->kind == VAL_expr) {
        report_runtime(c->e, v->expr, place(c));
    } else if (v->kind == VAL_word && !vocab_knows(v->text)) {
        Want want = arg_want(c->arg->kind);
        bool plain = want == N_VOCABS || want == VOCAB_schedule;
        report_unknown(c->e, c->s, plain ? (Want)WANT_value : want, v->text, v->range);
    } else {
        diag_error(c->e->diags, v->range, "%s must be %s, not %s", place(c), kind_text(c->arg),
                   value_text(c->e, v));
        if (v->kind == VAL_float && v->divided && c->arg->kind != ARG_FLOAT)
            diag_help(c->e->diags, "'//' divides integers, '/' always gives a float");
    }
    if (v->kind == VAL_expr || v->kind == VAL_result)
        help_tensor_row(c->e, c->row);
    return false;
}

static bool check_range(Convert *c, const Value *v)
{
    StrBuf text = {0};
    if (rt_in_range(c->arg->range, v->f))
        return true;
    value_print(&text, v);
    if (rt_range_has_ends(c->arg->range))
        diag_error(c->e->diags, v->range, "%s must lie in %s, not %s", place(c), c->arg->range,
                   text.text);
    else
        diag_error(c->e->diags, v->range, "%s must be %s, not %s", place(c), c->arg->range,
                   text.text);
    strbuf_close(&text);
    return false;
}

static const char *word(const Value *v)
{
    return v->kind == VAL_string || v->kind == VAL_word ? v->text : NULL;
}

static bool take_int(Convert *c)
{
    if (c->v->kind != VAL_int)
        return wrong(c, c->v);
    c->out->i = c->v->i;
    c->out->f = c->v->f;
    return check_range(c, c->v);
}

static bool take_auto(Convert *c)
{
    const char *w = word(c->v);
    if (!w || strcmp(w, "auto") != 0)
        return take_int(c);
    c->out->i = strtoll(c->arg->fallback, NULL, 10);
    c->out->f = (double)c->out->i;
    return true;
}

static bool take_freq(Convert *c)
{
    const char *w = word(c->v);
    bool each = w && c->arg->kind == ARG_UPDATES && !strcmp(w, "batch");
    if (!each && (!w || strcmp(w, "epoch") != 0))
        return take_int(c);
    c->out->text = w;
    c->out->i = each;
    return true;
}

/* A metric may be a fn of the program. */
static bool take_key(Convert *c)
{
    c->out->text = c->v->kind == VAL_fn ? fn_name(c->v) : word(c->v);
    return c->out->text ? true : wrong(c, c->v);
}

static bool take_float(Convert *c)
{
    if (!value_is_number(c->v))
        return wrong(c, c->v);
    c->out->i = c->v->i;
    c->out->f = c->v->f;
    return check_range(c, c->v);
}

/* An option given by itself must keep to the range of the argument, its default already. */
static bool limit_option(Convert *c, const Expr *x)
{
    Option *o = &c->e->p->options.at[x->index];
    if (!*c->arg->range)
        return true;
    OptionLimit limit = {c->arg->range, place(c)};
    vec_push(c->e->arena, &o->limits, limit);
    Value usual = o->is_int ? value_int(c->v->range, o->value->index)
                            : value_float(c->v->range, o->value->value);
    return check_range(c, &usual);
}

static bool take_number(Convert *c)
{
    const Value *v = c->v;
    if (v->kind == VAL_expr && !expr_has_result(v->expr) && !expr_find(v->expr, EX_argument)) {
        if (v->expr->type != EXT_number) {
            ExprType type = v->expr->type;
            diag_error(c->e->diags, v->range, "%s must be %s, not %s that is %s", place(c),
                       kind_text(c->arg), v->expr->op == EX_option ? "an option" : "a value",
                       type == EXT_bool   ? "a bool"
                       : type == EXT_text ? "a string"
                                          : "a list");
            return false;
        }
        if (counts(c->arg) && !v->expr->is_int) {
            diag_error(c->e->diags, v->range, "%s must be an integer, not a float", place(c));
            return false;
        }
        c->out->expr = v->expr;
        return v->expr->op != EX_option || limit_option(c, v->expr);
    }
    if (!value_is_number(v) || (counts(c->arg) && v->kind != VAL_int))
        return wrong(c, v);
    c->out->i = v->i;
    c->out->f = v->f;
    c->out->expr = expr_of(c->e, v);
    return check_range(c, v);
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
        return wrong(c, v);
    c->out->seed = seed_of(c->e, v, place(c));
    return c->out->seed != NULL;
}

static Expr *argument_expr(Elab *e, Range range, uint32_t index, ExprType type)
{
    Expr *x = expr_new(e, EX_argument, type, range, 0);
    x->index = index;
    return x;
}

/* The body of a fn whose parameters are arguments of the run; NULL after errors. */
static const Expr *fn_expr(Convert *c, const Value *fn, uint32_t n, ExprType type, const char *form)
{
    Value args[2];
    if (fn_params(fn) != n) {
        diag_error(c->e->diags, fn->range, "%s takes %s, but '%s' has %u parameter%s", place(c),
                   form, fn_name(fn), fn_params(fn), fn_params(fn) == 1 ? "" : "s");
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
        diag_error(c->e->diags, x->range, "%s needs a fn that gives a number", place(c));
        return NULL;
    }
    return x;
}

static bool not_built(Convert *c, const Value *v, const Row *row)
{
    diag_error(c->e->diags, v->range, "the %s '%s' is not built yet", vocab_name(row->vocab),
               row->name);
    return false;
}

static bool take_rate(Convert *c)
{
    const Value *v = c->v;
    const Row *row = v->kind == VAL_word ? vocab_find(VOCAB_schedule, v->text) : NULL;
    if (row && row->later)
        return not_built(c, v, row);
    if (v->kind == VAL_fn) {
        c->out->expr = fn_expr(c, v, 1, EXT_number, "a fn(step)");
        return c->out->expr != NULL;
    }
    return take_number(c);
}

static bool take_epoch_fn(Convert *c)
{
    if (c->v->kind != VAL_fn)
        return wrong(c, c->v);
    uint32_t n = fn_params(c->v) == 1 ? 1 : 2;
    c->out->expr = fn_expr(c, c->v, n, EXT_number, "a fn(epoch) or a fn(epoch, rate)");
    return c->out->expr != NULL;
}

static bool take_text(Convert *c)
{
    const Value *v = c->v;
    bool option = c->arg->kind == ARG_PATH && v->kind == VAL_expr && v->expr->op == EX_option &&
                  v->expr->type == EXT_text;
    if (v->kind == VAL_expr && !option && c->arg->kind == ARG_PATH && !expr_has_result(v->expr)) {
        diag_error(c->e->diags, v->range, "%s must be a string or an option that is one", place(c));
        return false;
    }
    if (v->kind != VAL_string && !option)
        return wrong(c, v);
    c->out->expr = option ? v->expr : NULL;
    c->out->text = option ? c->e->p->options.at[v->expr->index].value->text : v->text;
    if (c->arg->kind == ARG_PATH && !*c->out->text) {
        diag_error(c->e->diags, v->range, "%s must not be empty", place(c));
        return false;
    }
    return true;
}

static bool take_bool(Convert *c)
{
    if (c->v->kind != VAL_bool)
        return wrong(c, c->v);
    c->out->i = c->v->i;
    return true;
}

/* One value or a list of values. */
static uint32_t elements(const Value *v, const Value **items)
{
    if (v->kind == VAL_list || v->kind == VAL_tuple) {
        *items = v->items;
        return v->n;
    }
    *items = v;
    return 1;
}

/* At most 7 sizes, all of them integers >= 1; one may be -1 where the kind allows it. */
static bool sizes_are_right(Convert *c, const Value *items, uint32_t n)
{
    const Value *open = NULL;
    for (uint32_t i = 0; i < n; i++) {
        bool left = items[i].i == -1 && c->arg->kind == ARG_SIZES;
        if (left && open) {
            diag_error(c->e->diags, items[i].range, "only one size of %s may be -1", place(c));
            diag_note(c->e->diags, open->range, "the first one is here");
            return false;
        }
        if (!left && items[i].i < 1) {
            diag_error(c->e->diags, items[i].range, "%s must have sizes >= 1, not %lld", place(c),
                       (long long)items[i].i);
            return false;
        }
        open = left ? &items[i] : open;
    }
    if (n > RT_MAX_ROW_RANK)
        diag_error(c->e->diags, c->v->range, "%s has %u axes; at most %d are possible", place(c), n,
                   RT_MAX_ROW_RANK);
    return n <= RT_MAX_ROW_RANK;
}

static bool take_ints(Convert *c)
{
    const Value *items;
    uint32_t n = elements(c->v, &items);
    int64_t *out = ARENA_ARRAY(c->e->arena, int64_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        if (items[i].kind != VAL_int)
            return wrong(c, &items[i]);
        out[i] = items[i].i;
    }
    if (arg_is_shape(c->arg->kind) && !sizes_are_right(c, items, n))
        return false;
    c->out->n = n;
    c->out->ints = out;
    return true;
}

static bool take_epochs(Convert *c)
{
    const Value *items;
    uint32_t n = elements(c->v, &items);
    if (!take_ints(c))
        return false;
    if (!n) {
        diag_error(c->e->diags, c->v->range, "%s names no epoch", place(c));
        return false;
    }
    c->out->i = c->v->kind == VAL_int; /* each so many epochs, not a list of one */
    for (uint32_t i = 0; i < n; i++)
        if (!check_range(c, &items[i]))
            return false;
    return true;
}

static bool take_mask(Convert *c)
{
    const Value *items;
    uint32_t n = elements(c->v, &items);
    int64_t *out = ARENA_ARRAY(c->e->arena, int64_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        if (items[i].kind != VAL_int && items[i].kind != VAL_none)
            return wrong(c, &items[i]);
        out[i] = items[i].kind == VAL_none ? -1 : items[i].i;
        if (items[i].kind == VAL_int && out[i] < 1) {
            diag_error(c->e->diags, items[i].range, "%s must have sizes >= 1, not %lld", place(c),
                       (long long)out[i]);
            return false;
        }
    }
    c->out->n = n;
    c->out->ints = out;
    return true;
}

static bool take_axes(Convert *c)
{
    if (c->v->kind == VAL_int)
        return take_int(c);
    if (!take_ints(c))
        return false;
    if (!c->out->n) {
        diag_error(c->e->diags, c->v->range, "%s names no axis", place(c));
        return false;
    }
    if (c->out->n == 1)
        *c->out = (ArgValue){.i = c->out->ints[0], .f = (double)c->out->ints[0]};
    return true;
}

static bool take_floats(Convert *c)
{
    const Value *items;
    uint32_t n = elements(c->v, &items);
    double *out = ARENA_ARRAY(c->e->arena, double, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        if (!value_is_number(&items[i]))
            return wrong(c, &items[i]);
        out[i] = items[i].f;
    }
    c->out->n = n;
    c->out->floats = out;
    return true;
}

/* `none` is a word of some choices. */
static const char *choice_word(const Value *v)
{
    return v->kind == VAL_none ? "none" : word(v);
}

static bool take_texts(Convert *c)
{
    const Value *items;
    uint32_t n = elements(c->v, &items);
    const char **out = ARENA_ARRAY(c->e->arena, const char *, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        out[i] = c->arg->kind == ARG_COLUMNS   ? word(&items[i])
                 : items[i].kind == VAL_string ? items[i].text
                                               : NULL;
        if (!out[i])
            return wrong(c, &items[i]);
    }
    c->out->n = n;
    c->out->texts = out;
    return true;
}

/* A word that is none of those an argument takes: the nearest one, or all. */
static bool wrong_word(Convert *c, const char *w, const char *all, const RtSuggest *best)
{
    const char *near = rt_suggest_best(best);
    diag_error(c->e->diags, c->v->range, "%s cannot be '%s'", place(c), w);
    if (near)
        diag_fix(c->e->diags, c->v->range, near, "did you mean '%s'?", near);
    else
        diag_help(c->e->diags, "it is one of: %s", all);
    return false;
}

static bool take_choice(Convert *c)
{
    const char *w = choice_word(c->v), *list = c->arg->range, *all = "";
    if (!w)
        return wrong(c, c->v);
    RtSuggest best = rt_suggest_start(w);
    for (int64_t i = 0; *list; i++) {
        size_t n = strcspn(list, "|");
        const char *one = intern_n(c->e->names, list, n);
        if (!strcmp(one, w)) {
            c->out->i = i;
            c->out->text = one;
            return true;
        }
        rt_suggest_offer(&best, one);
        all = arena_printf(c->e->arena, "%s%s%s", all, i ? ", " : "", one);
        list += n + (list[n] == '|');
    }
    return wrong_word(c, w, all, &best);
}

/* Keras's names of types as ours: float32 is f32. */
static const char *dtype_word(Elab *e, const char *w)
{
    static const char *const families[][2] = {
        {"bfloat", "bf"}, {"float", "f"}, {"uint", "u"}, {"int", "i"}};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        size_t n = strlen(families[i][0]);
        if (!strncmp(w, families[i][0], n) && w[n] >= '0' && w[n] <= '9')
            return arena_printf(e->arena, "%s%s", families[i][1], w + n);
    }
    return w;
}

static bool take_dtype(Convert *c)
{
    const char *typed = word(c->v), *w = typed ? dtype_word(c->e, typed) : NULL, *all = "";
    if (!w)
        return wrong(c, c->v);
    RtSuggest best = rt_suggest_start(w);
    for (int d = 0; d < RT_N_DTYPES; d++) {
        const char *one = rt_dtype((RtDtype)d)->name;
        if (!strcmp(one, w)) {
            c->out->i = d;
            c->out->text = w;
            return true;
        }
        rt_suggest_offer(&best, one);
        all = arena_printf(c->e->arena, "%s%s%s", all, d ? ", " : "", one);
    }
    return wrong_word(c, typed, all, &best);
}

static bool take_column(Convert *c)
{
    if (word(c->v)) {
        c->out->text = word(c->v);
        return true;
    }
    if (c->v->kind != VAL_int)
        return wrong(c, c->v);
    c->out->i = c->v->i;
    c->out->f = c->v->f;
    return true;
}

/* ---- words of a vocabulary ---- */

static const Call *fn_call(Convert *c, const Value *v, VocabKind vocab)
{
    uint32_t n = vocab == VOCAB_activation ? 1 : 2;
    if (vocab != VOCAB_activation && vocab != VOCAB_loss && vocab != VOCAB_metric) {
        wrong(c, v);
        return NULL;
    }
    Call *call = ARENA_NEW(c->e->arena, Call);
    call->kind = vocab;
    call->n_params = n;
    call->name = fn_name(v);
    call->range = v->range;
    call->body = fn_expr(c, v, n, EXT_tensor, n == 1 ? "a fn(x)" : "a fn(y, p)");
    return call->body ? call : NULL;
}

/* No word of the vocabulary. A string is never a name of the program. */
static void report_word(Convert *c, const Value *v, VocabKind vocab)
{
    bool text = v->kind == VAL_string;
    if (!text && vocab_knows(v->text)) {
        wrong(c, v);
        return;
    }
    report_unknown(c->e, text ? NULL : c->s, vocab, v->text, v->range);
    if (text && scope_find(c->s, intern(c->e->names, v->text)))
        diag_fix(c->e->diags, v->range, v->text, "names of the program are written without quotes");
}

static const Call *word_call(Convert *c, const Value *v, VocabKind vocab)
{
    const Row *row = vocab_find(vocab, word(v));
    if (!row) {
        report_word(c, v, vocab);
        return NULL;
    }
    if (row->later) {
        not_built(c, v, row);
        return NULL;
    }
    const char *name = v->kind == VAL_string ? word(v) : call_name(row, word(v));
    return call_default(c->e, row, name, v->range);
}

static const Call *call_of(Convert *c, const Value *v)
{
    VocabKind vocab = arg_want(c->arg->kind);
    if (v->kind == VAL_fn)
        return fn_call(c, v, vocab);
    if (word(v))
        return word_call(c, v, vocab);
    if (v->kind == VAL_call && v->call->kind == vocab)
        return v->call;
    wrong(c, v);
    return NULL;
}

static bool take_calls(Convert *c)
{
    bool many = c->arg->kind == ARG_METRICS || c->arg->kind == ARG_CALLBACKS;
    const Value *items = c->v;
    uint32_t n = many ? elements(c->v, &items) : 1;
    const Call **out = ARENA_ARRAY(c->e->arena, const Call *, n + 1);
    for (uint32_t i = 0; i < n; i++)
        if (!(out[i] = call_of(c, &items[i])))
            return false;
    c->out->n = n;
    c->out->calls = out;
    return true;
}

static bool take_part(Convert *c)
{
    if (c->v->kind != VAL_part && c->v->kind != VAL_word) {
        (void)wrong(c, c->v);
        if (c->v->kind == VAL_data)
            diag_help(c->e->diags, "name one of its parts, as in %s.validation", c->v->data->name);
        else if (c->v->kind == VAL_float)
            diag_help(c->e->diags, "write validation = split(%g) in the data set", c->v->f);
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
    if (v->kind == VAL_none && (may_be_none || arg->kind == ARG_SEED || arg->kind == ARG_AXES)) {
        out->none = true;
        return true;
    }
    switch (arg->kind) {
    case ARG_INT:
    case ARG_AXIS:
        return take_int(&c);
    case ARG_MASK:
        return take_mask(&c);
    case ARG_AXES:
        return take_axes(&c);
    case ARG_SEED:
        return take_seed(&c);
    case ARG_AUTO:
        return take_auto(&c);
    case ARG_KEY:
        return take_key(&c);
    case ARG_FREQ:
    case ARG_UPDATES:
        return take_freq(&c);
    case ARG_EPOCHS:
        return take_epochs(&c);
    case ARG_EPOCH_FN:
        return take_epoch_fn(&c);
    case ARG_FLOAT:
        return take_float(&c);
    case ARG_NUMBER:
    case ARG_COUNT:
        return take_number(&c);
    case ARG_RATE:
        return take_rate(&c);
    case ARG_BOOL:
        return take_bool(&c);
    case ARG_TEXT:
    case ARG_PATH:
        return take_text(&c);
    case ARG_SHAPE:
    case ARG_SIZES:
    case ARG_INTS:
        return take_ints(&c);
    case ARG_FLOATS:
        return take_floats(&c);
    case ARG_TEXTS:
    case ARG_COLUMNS:
        return take_texts(&c);
    case ARG_CHOICE:
        return take_choice(&c);
    case ARG_DTYPE:
        return take_dtype(&c);
    case ARG_COLUMN:
        return take_column(&c);
    case ARG_ACTIVATION:
    case ARG_INITIALIZER:
    case ARG_REGULARIZER:
    case ARG_CONSTRAINT:
    case ARG_LOSS:
    case ARG_METRICS:
    case ARG_OPTIMIZER:
    case ARG_CALLBACKS:
        return take_calls(&c);
    case ARG_PART:
        return take_part(&c);
    case ARG_VALUE:
        out->value = kept;
        return true;
    }
    return false;
}
