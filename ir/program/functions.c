/* functions.c: the rows of functions.def on values: at once where all is known, else as expressions. */
#include <math.h>
#include <string.h>

#include "ir/program/elaborate_internal.h"
#include "ir/program/outputs.h"
#include "runtime/math/math_eval.h"

enum { MOST_ARGS = 4 };

typedef struct FnCall {
    Elab *e;
    Scope *s;
    const Row *row;
    const Ast *ast;
    Value arg[MOST_ARGS];
    bool given[MOST_ARGS];
    Range where[MOST_ARGS];
} FnCall;

static int slot_of(FnCall *f, const Ast *arg, uint32_t i, bool *named)
{
    const char *name = arg->u.bind.name.text;
    *named = *named || name;
    if (name) {
        int at = row_arg(f->row, name);
        if (at < 0)
            report_unknown_arg(f->e, f->row, arg->u.bind.name);
        return at;
    }
    if (*named) {
        diag_error(f->e->diags, arg->range, "a positional argument cannot follow a named one");
        return -1;
    }
    if (i >= f->row->n_args) {
        diag_error(f->e->diags, arg->range, "'%s' takes at most %u argument%s", f->row->name,
                   f->row->n_args, f->row->n_args == 1 ? "" : "s");
        return -1;
    }
    return (int)i;
}

static bool bind(FnCall *f)
{
    const AstList *args = &f->ast->u.call.args;
    bool named = false, right = true;
    for (uint32_t i = 0; i < args->n; i++) {
        int at = slot_of(f, args->at[i], i, &named);
        if (at < 0)
            return false;
        Range where = named ? args->at[i]->u.bind.name.range : args->at[i]->range;
        if (f->given[at]) {
            diag_error(f->e->diags, where, "'%s' of '%s' is given twice", f->row->args[at].name,
                       f->row->name);
            diag_note(f->e->diags, f->where[at], "the first one is here");
            return false;
        }
        f->given[at] = true;
        f->where[at] = where;
        f->arg[at] = eval(f->e, f->s, args->at[i]->u.bind.value, N_VOCABS);
        right = check_word(f->e, f->s, &f->arg[at]) && right;
    }
    for (uint32_t i = 0; i < f->row->n_args && right; i++)
        if (!f->given[i] && !f->row->args[i].fallback) {
            diag_error(f->e->diags, f->ast->range, "'%s' needs the argument '%s'", f->row->name,
                       f->row->args[i].name);
            return false;
        }
    return right;
}

static Value wrong_kind(FnCall *f, const Value *v, const char *wanted)
{
    diag_error(f->e->diags, v->range, "'%s' takes %s, not %s", f->row->name, wanted,
               value_text(f->e, v));
    bool numbers = !strcmp(f->row->kind_name, "reduce") && v == &f->arg[0] && value_is_number(v);
    if (numbers && (f->row->id == FUNCTION_max || f->row->id == FUNCTION_min))
        diag_help(f->e->diags, "of two numbers: %simum(a, b)", f->row->name);
    else if (numbers)
        diag_help(f->e->diags, "numbers go into a list: %s([1, 2])", f->row->name);
    return value_error(f->ast->range);
}

static ExprOp op_of(const Row *row)
{
    static const char *const names[] = {
#define EXPR(id, least, most) #id,
#include "runtime/abi/exprs.def"
    };
    for (int i = 0; i < N_EXPRS; i++)
        if (!strcmp(names[i], row->name))
            return (ExprOp)i;
    return EX_none;
}

/* ---- numbers ---- */

static double compute(ExprOp op, double x, double y)
{
    switch (op) {
    case EX_exp:
        return math_eval_f64(MATH_exp, x, 0);
    case EX_log:
        return math_eval_f64(MATH_log, x, 0);
    case EX_tanh:
        return math_eval_f64(MATH_tanh, x, 0);
    case EX_sigmoid:
        return math_eval_f64(MATH_sigmoid, x, 0);
    case EX_sin:
        return math_eval_f64(MATH_sin, x, 0);
    case EX_cos:
        return math_eval_f64(MATH_cos, x, 0);
    case EX_abs:
        return fabs(x);
    case EX_sqrt:
        return sqrt(x);
    case EX_floor:
        return floor(x);
    case EX_ceil:
        return ceil(x);
    case EX_round:
        return nearbyint(x);
    case EX_maximum:
        return x < y ? y : x;
    case EX_minimum:
        return y < x ? y : x;
    default: /* no function of numbers */
        return NAN;
    }
}

static Value not_finite(FnCall *f)
{
    diag_error(f->e->diags, f->ast->range, "the result of '%s' is not a finite number",
               f->row->name);
    return value_error(f->ast->range);
}

static Value on_numbers(FnCall *f, ExprOp op)
{
    const Value *x = &f->arg[0], *y = &f->arg[1];
    bool two = f->row->n_args == 2;
    bool whole = x->kind == VAL_int && (!two || y->kind == VAL_int);
    double out = compute(op, x->f, two ? y->f : 0);
    bool keeps = op == EX_abs || op == EX_maximum || op == EX_minimum;
    bool rounds = op == EX_floor || op == EX_ceil || op == EX_round;
    if (!isfinite(out))
        return not_finite(f);
    if (whole && keeps && two)
        return value_int(f->ast->range, op == EX_maximum ? (x->i < y->i ? y->i : x->i)
                                                         : (y->i < x->i ? y->i : x->i));
    if (whole && op == EX_abs && x->i == INT64_MIN) {
        diag_error(f->e->diags, f->ast->range, "the result of 'abs' does not fit a 64-bit integer");
        return value_error(f->ast->range);
    }
    if (whole && op == EX_abs)
        return value_int(f->ast->range, x->i < 0 ? -x->i : x->i);
    if (rounds && fabs(out) < 9e18)
        return value_int(f->ast->range, (int64_t)out);
    return value_float(f->ast->range, out);
}

/* ---- expressions ---- */

static ExprType each_type(const Expr *out)
{
    ExprType type = EXT_number;
    for (uint32_t i = 0; i < out->n_args; i++) {
        ExprType t = out->args[i]->type;
        if (t == EXT_tensor)
            return t;
        if (t == EXT_series || t == EXT_array)
            type = t;
        else if (t == EXT_labels && type == EXT_number)
            type = EXT_series;
    }
    return type;
}

static Value as_expr(FnCall *f, ExprOp op, uint32_t n)
{
    Expr *x = expr_new(f->e, op, EXT_number, f->ast->range, n);
    for (uint32_t i = 0; i < n; i++) {
        x->args[i] = expr_of(f->e, &f->arg[i]);
        if (!x->args[i])
            return value_error(f->ast->range);
        ExprType t = x->args[i]->type;
        if (t == EXT_text || t == EXT_texts || t == EXT_none || (t == EXT_bool && op != EX_where))
            return wrong_kind(f, &f->arg[i], "numbers");
    }
    x->type = each_type(x);
    return value_expr(x);
}

static bool any_later(const FnCall *f)
{
    for (uint32_t i = 0; i < f->row->n_args; i++)
        if (f->given[i] && (f->arg[i].kind == VAL_expr || f->arg[i].kind == VAL_result))
            return true;
    return false;
}

static Value call_each(FnCall *f)
{
    ExprOp op = op_of(f->row);
    uint32_t n = f->row->n_args;
    if (op == EX_where) {
        if (any_later(f))
            return expr_where(f->e, f->ast->range, &f->arg[0], &f->arg[1], &f->arg[2]);
        if (f->arg[0].kind != VAL_bool)
            return wrong_kind(f, &f->arg[0], "a bool");
        return f->arg[f->arg[0].i ? 1 : 2];
    }
    if (any_later(f))
        return as_expr(f, op, n);
    for (uint32_t i = 0; i < n; i++)
        if (!value_is_number(&f->arg[i]))
            return wrong_kind(f, &f->arg[i], "numbers");
    return on_numbers(f, op);
}

/* ---- reductions ---- */

static bool wrong_axis(FnCall *f, bool many)
{
    wrong_kind(f, &f->arg[1],
               many ? "an integer or a list of integers as axis" : "an integer as axis");
    return false;
}

/* The argument `axis`: n = 0 is none, or not given. */
static bool take_axes(FnCall *f, ExprOp op, uint32_t *n, const int64_t **axes)
{
    const Value *v = &f->arg[1];
    bool many = op != EX_argmin && op != EX_argmax;
    bool list = v->kind == VAL_list || v->kind == VAL_tuple;
    *n = 0;
    if (!f->given[1] || v->kind == VAL_none)
        return true;
    if (v->kind != VAL_int && !(list && many && v->n && v->n <= RT_MAX_RANK))
        return wrong_axis(f, many);
    uint32_t count = list ? v->n : 1;
    int64_t *at = ARENA_ARRAY(f->e->arena, int64_t, count);
    for (uint32_t i = 0; i < count; i++) {
        const Value *one = list ? &v->items[i] : v;
        if (one->kind != VAL_int)
            return wrong_axis(f, many);
        at[i] = one->i;
    }
    *n = count;
    *axes = at;
    return true;
}

/* Are they among `rank` axes, each once? */
static bool axes_exist(FnCall *f, uint32_t n, const int64_t *axes, int rank)
{
    bool taken[RT_MAX_RANK] = {false};
    for (uint32_t i = 0; i < n && rank != RANK_UNKNOWN; i++) {
        int64_t axis = axes[i] < 0 ? axes[i] + rank : axes[i];
        if (axis >= 0 && axis < rank && !taken[axis]) {
            taken[axis] = true;
            continue;
        }
        if (axis >= 0 && axis < rank)
            diag_error(f->e->diags, f->arg[1].range, "axis %lld is named twice",
                       (long long)axes[i]);
        else
            diag_error(f->e->diags, f->arg[1].range, "axis %lld does not exist; there %s %d",
                       (long long)axes[i], rank == 1 ? "is" : "are", rank);
        return false;
    }
    return true;
}

/* A number is left if all axes go. */
static ExprType reduced_type(FnCall *f, const Expr *out)
{
    const Expr *x = out->args[0];
    bool place = out->op == EX_argmin || out->op == EX_argmax;
    uint32_t gone = out->n_axes ? out->n_axes : place ? 1 : RT_MAX_RANK;
    int rank = expr_rank(f->e, x);
    bool all = rank == RANK_UNKNOWN ? gone == RT_MAX_RANK : gone >= (uint32_t)rank;
    return all && out->value == 0 ? EXT_number : EXT_array;
}

static Value reduce_expr(FnCall *f, ExprOp op)
{
    const Expr *x = expr_of(f->e, &f->arg[0]);
    const Value *keep = &f->arg[2];
    uint32_t n;
    const int64_t *axes = NULL;
    if (!x)
        return value_error(f->ast->range);
    if (x->type == EXT_texts || (!expr_is_many(x->type) && x->type != EXT_tensor))
        return wrong_kind(f, &f->arg[0], "a list, a series, an array or a tensor");
    if (!take_axes(f, op, &n, &axes))
        return value_error(f->ast->range);
    if (f->given[2] && keep->kind != VAL_bool)
        return wrong_kind(f, keep, "a bool as keepdims");
    Expr *out = expr_new(f->e, op, EXT_tensor, f->ast->range, 1);
    out->args[0] = x;
    out->n_axes = n;
    out->axes = axes;
    out->value = f->given[2] && keep->i;
    if (x->type == EXT_tensor)
        return value_expr(out);
    if (!axes_exist(f, n, axes, expr_rank(f->e, x)))
        return value_error(f->ast->range);
    out->type = reduced_type(f, out);
    out->is_int = (op == EX_argmin || op == EX_argmax) && out->type == EXT_number;
    return value_expr(out);
}

static Value sum_numbers(FnCall *f, const Items *items)
{
    Range r = f->ast->range;
    Value sum = value_int(r, 0);
    for (uint32_t i = 0; i < items->n; i++) {
        Value v = items_at(items, i);
        sum = arith_binary(f->e, AST_OP_add, r, &sum, &v);
    }
    sum.range = r;
    return sum;
}

static bool comes_before(ExprOp op, double x, double best)
{
    return op == EX_min || op == EX_argmin ? x < best : x > best;
}

static Value best_number(FnCall *f, ExprOp op, const Items *items)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < items->n; i++)
        if (comes_before(op, items_at(items, i).f, items_at(items, best).f))
            best = i;
    Value v = items_at(items, best);
    v.range = f->ast->range;
    return op == EX_min || op == EX_max ? v : value_int(v.range, best);
}

static Value reduce_numbers(FnCall *f, ExprOp op, const Items *items)
{
    double sum = 0, squares = 0;
    uint32_t n = items->n;
    if (op == EX_sum)
        return sum_numbers(f, items);
    if (op != EX_mean && op != EX_std)
        return best_number(f, op, items);
    for (uint32_t i = 0; i < n; i++)
        sum += items_at(items, i).f;
    for (uint32_t i = 0; i < n; i++)
        squares += (items_at(items, i).f - sum / n) * (items_at(items, i).f - sum / n);
    double out = op == EX_mean ? sum / n : sqrt(squares / n);
    return isfinite(out) ? value_float(f->ast->range, out) : not_finite(f);
}

/* A list has one axis. */
static bool list_axis(FnCall *f, ExprOp op)
{
    uint32_t n;
    const int64_t *axes = NULL;
    if (!take_axes(f, op, &n, &axes))
        return false;
    if (!f->given[2] || f->arg[2].kind == VAL_bool)
        return axes_exist(f, n, axes, 1);
    wrong_kind(f, &f->arg[2], "a bool as keepdims");
    return false;
}

static Value call_reduce(FnCall *f)
{
    ExprOp op = op_of(f->row);
    const Value *x = &f->arg[0];
    Items items;
    if (any_later(f))
        return reduce_expr(f, op);
    if (x->kind != VAL_list && x->kind != VAL_tuple && x->kind != VAL_range)
        return wrong_kind(f, x, "a list, a series, an array or a tensor");
    if (!items_of(f->e, f->s, x, &items) || !count_steps(f->e, f->ast->range, items.n))
        return value_error(f->ast->range);
    for (uint32_t i = 0; i < items.n; i++) {
        Value v = items_at(&items, i);
        if (v.kind == VAL_expr)
            return reduce_expr(f, op);
        if (!value_is_number(&v))
            return wrong_kind(f, &v, "numbers");
    }
    if (!items.n && op != EX_sum)
        return wrong_kind(f, x, "at least one number");
    if (!list_axis(f, op))
        return value_error(f->ast->range);
    Value out = reduce_numbers(f, op, &items);
    bool keeps = f->given[2] && f->arg[2].i && out.kind != VAL_error;
    return keeps ? value_list(f->e, f->ast->range, VAL_list, 1, &out) : out;
}

/* ---- last, len, format with digits ---- */

static Value call_last(FnCall *f)
{
    const Value *x = &f->arg[0];
    if (any_later(f)) {
        Value minus = value_int(f->ast->range, -1);
        return expr_index(f->e, f->ast->range, x, &minus);
    }
    if ((x->kind != VAL_list && x->kind != VAL_tuple) || !x->n)
        return wrong_kind(f, x, "a list with elements, a series or an array");
    return x->items[x->n - 1];
}

static Value call_len(FnCall *f)
{
    const Value *x = &f->arg[0];
    Range r = f->ast->range;
    if (any_later(f)) {
        const Expr *of = expr_of(f->e, x);
        if (!of)
            return value_error(f->ast->range);
        if (!expr_is_many(of->type))
            return wrong_kind(f, x, "a list, a text, a series or an array");
        Expr *out = expr_new(f->e, EX_len, EXT_number, f->ast->range, 1);
        out->args[0] = of;
        out->is_int = true;
        return value_expr(out);
    }
    if (x->kind == VAL_string)
        return value_int(r, (int64_t)strlen(x->text));
    if (x->kind == VAL_range) {
        Value begin = value_int(r, x->i), end = value_int(r, x->end);
        return x->end > x->i ? arith_binary(f->e, AST_OP_sub, r, &end, &begin) : value_int(r, 0);
    }
    if (x->kind == VAL_list || x->kind == VAL_tuple || x->kind == VAL_map)
        return value_int(r, x->kind == VAL_map ? x->n / 2 : x->n);
    return wrong_kind(f, x, "a list, a text, a series or an array");
}

static Value call_format(FnCall *f)
{
    const Value *x = &f->arg[0], *digits = &f->arg[1];
    if (digits->kind != VAL_int || digits->i < 0 || digits->i > 17)
        return wrong_kind(f, digits, "an integer from 0 to 17 as digits");
    const Expr *of = expr_of(f->e, x);
    if (!of)
        return value_error(f->ast->range);
    if (of->type != EXT_number)
        return wrong_kind(f, x, "a number");
    return format_digits(f->e, f->ast->range, x, digits->i);
}

/* ---- targets against predictions ---- */

double expr_threshold(Elab *e, const Expr *p)
{
    int64_t dims[RT_MAX_RANK];
    const Command *c = expr_prediction(e, p);
    OutputMeaning m = {.kind = RT_OUTPUT_values};
    if (c)
        m = output_meaning(c->instance, c->compile, c->taught, output_row(e, c, dims), dims);
    return m.kind == RT_OUTPUT_score ? m.threshold : 0.5;
}

/* Do class numbers mean the same in the targets and in the prediction? */
static bool classes_agree(FnCall *f, const Expr *y, const Expr *p)
{
    const Command *c = expr_prediction(f->e, p);
    const DataSet *d = expr_data(f->e, y), *taught = c ? c->taught : NULL;
    uint32_t n, n_taught;
    if (!d || !taught || d == taught)
        return true;
    const char *const *names = data_class_names(d, &n);
    const char *const *others = data_class_names(taught, &n_taught);
    bool agree = n == n_taught || !n || !n_taught;
    for (uint32_t i = 0; agree && n && n_taught && i < n; i++)
        agree = !strcmp(names[i], others[i]);
    if (!agree) {
        diag_error(f->e->diags, y->range,
                   "'%s' was trained with other classes, or in another order, than those of '%s'",
                   c->instance->name, d->name);
        diag_note(f->e->diags, taught->range, "it was trained with these data");
    }
    return agree;
}

static Value call_compare(FnCall *f)
{
    static const ExprOp numbers[] = {EX_accuracy, EX_roc_auc};
    ExprOp op = op_of(f->row);
    bool is_number = op == numbers[0] || op == numbers[1];
    Expr *out = expr_new(f->e, op, is_number ? EXT_number : EXT_array, f->ast->range, 2);
    for (int i = 0; i < 2; i++) {
        const Expr *x = out->args[i] = expr_of(f->e, &f->arg[i]);
        if (!x)
            return value_error(f->ast->range);
        if (!expr_is_many(x->type))
            return wrong_kind(f, &f->arg[i], "series and arrays");
        if (x->type == EXT_texts) {
            wrong_kind(f, &f->arg[i], "class numbers");
            diag_help(f->e->diags, "of a prediction p, not p.labels; texts are compared by ==");
            return value_error(f->ast->range);
        }
    }
    if (!classes_agree(f, out->args[0], out->args[1]))
        return value_error(f->ast->range);
    out->value = expr_threshold(f->e, out->args[1]);
    out->rank = is_number ? 0 : 2;
    out->is_int = !is_number;
    return value_expr(out);
}

/* ---- one_of ---- */

/* Where a name got its value; the name itself, if that stands in no text. */
static Range origin_of(const FnCall *f)
{
    const Ast *a = f->ast->u.call.args.at[0]->u.bind.value;
    const Decl *d = a->kind == AST_name ? scope_find(f->s, a->u.name.text) : NULL;
    return d && d->value.range.begin ? d->value.range : f->arg[0].range;
}

static const char *text_of(const Value *v)
{
    bool text = v->kind == VAL_string || v->kind == VAL_word;
    return text ? v->text : v->kind == VAL_fn ? fn_name(v) : NULL;
}

static Value call_one_of(FnCall *f)
{
    const Value *x = &f->arg[0], *list = &f->arg[1], *what = &f->arg[2];
    const char *text = text_of(x), *all = "";
    RtSuggest best = rt_suggest_start(text ? text : "");
    if (list->kind != VAL_list || what->kind != VAL_string)
        return wrong_kind(f, list->kind != VAL_list ? list : what,
                          list->kind != VAL_list ? "a list of texts" : "a text");
    for (uint32_t i = 0; i < list->n; i++) {
        const Value *v = &list->items[i];
        const char *one = v->kind == VAL_none ? "none" : text_of(v);
        if (!one)
            return wrong_kind(f, v, "a list of texts");
        if (v->kind == VAL_none ? x->kind == VAL_none : text && !strcmp(one, text))
            return v->kind == VAL_none ? *v : value_string(f->ast->range, one);
        all = arena_printf(f->e->arena, "%s%s%s", all, i ? ", " : "", one);
        rt_suggest_offer(&best, one);
    }
    const char *near = text ? rt_suggest_best(&best) : NULL;
    Range at = origin_of(f);
    if (!text)
        diag_error(f->e->diags, at, "%s is not a %s", value_text(f->e, x), what->text);
    else
        diag_error(f->e->diags, at,
                   near ? "unknown %s '%s'; did you mean '%s'?" : "unknown %s '%s'", what->text,
                   text, near);
    diag_help(f->e->diags, "it is one of: %s", all);
    return value_error(f->ast->range);
}

/* ---- functions of tensors alone ---- */

static Value call_tensor(FnCall *f)
{
    Expr *out = expr_new(f->e, op_of(f->row), EXT_tensor, f->ast->range, f->row->n_args);
    for (uint32_t i = 0; i < f->row->n_args; i++) {
        out->args[i] = expr_of(f->e, &f->arg[i]);
        if (!out->args[i])
            return value_error(f->ast->range);
        if (out->args[i]->type == EXT_tensor)
            continue;
        wrong_kind(f, &f->arg[i], "tensors");
        if (!f->e->in_network)
            diag_help(f->e->diags, "it computes in a fn that the network uses, such as a loss");
        return value_error(f->ast->range);
    }
    return value_expr(out);
}

/* ---- Sequential, split ---- */

static Value call_checked(FnCall *f)
{
    return row_call(f->e, f->s, f->row, f->row->name, &f->ast->u.call.args, f->ast->range);
}

static Value call_sequential(FnCall *f)
{
    Value v = call_checked(f);
    if (v.kind == VAL_error)
        return v;
    const ArgValue *args = v.call->args;
    Instance *m = sequential_instance(f->e, f->s, &args[ARG_Sequential_name],
                                      args[ARG_Sequential_layers].value, f->ast->range);
    return (Value){.kind = m ? VAL_instance : VAL_error, .range = f->ast->range, .instance = m};
}

static Value call_load_model(FnCall *f)
{
    Value v = call_checked(f);
    if (v.kind == VAL_error)
        return v;
    const ArgValue *path = &v.call->args[ARG_load_model_path];
    Instance *m = file_instance(f->e, path->text, path->range, f->ast->range);
    return (Value){.kind = m ? VAL_instance : VAL_error, .range = f->ast->range, .instance = m};
}

Value function_call(Elab *e, Scope *s, const Row *row, const Ast *call)
{
    FnCall f = {.e = e, .s = s, .row = row, .ast = call};
    if (row->id == FUNCTION_split || row->id == FUNCTION_between)
        return call_checked(&f);
    if (row->id == FUNCTION_Sequential)
        return call_sequential(&f);
    if (row->id == FUNCTION_load_model)
        return call_load_model(&f);
    if (row->id == FUNCTION_format && format_takes_template(e, s, call))
        return format_template(e, s, call);
    if (!bind(&f))
        return value_error(call->range);
    if (row->id == FUNCTION_compare)
        return results_compare(e, call->range, &f.arg[0], &f.arg[1]);
    if (!strcmp(row->kind_name, "each"))
        return call_each(&f);
    if (!strcmp(row->kind_name, "reduce"))
        return call_reduce(&f);
    if (!strcmp(row->kind_name, "compare"))
        return call_compare(&f);
    if (!strcmp(row->kind_name, "tensor"))
        return call_tensor(&f);
    return row->id == FUNCTION_last     ? call_last(&f)
           : row->id == FUNCTION_len    ? call_len(&f)
           : row->id == FUNCTION_one_of ? call_one_of(&f)
                                        : call_format(&f);
}
