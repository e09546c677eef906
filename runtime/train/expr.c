/* expr.c: a walk over expression trees. Numbers are doubles; elementary functions come from
 * runtime/math, so that a schedule gives the same rates everywhere. Arithmetic on series and arrays
 * goes element by element; a number goes with every element. */
#include "runtime/train/expr.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/math/math_eval.h"
#include "runtime/train/choose.h"
#include "runtime/train/class_counts.h"
#include "runtime/train/format.h"

enum {
#define EXPR(id, least, most) EX_##id,
#include "runtime/abi/exprs.def"
    N_EXPRS
};

typedef struct Walk {
    const RtExprCx *cx;
    const char **error;
} Walk;

static RtValue fail(const Walk *w, const char *text)
{
    if (!*w->error)
        *w->error = text;
    return rt_value_none();
}

static bool is_scalar(const RtValue *v)
{
    return v->kind == VALUE_number || v->kind == VALUE_bool;
}

static bool is_array(const RtValue *v)
{
    return v->kind == VALUE_series || v->kind == VALUE_array;
}

static double floor_mod(double x, double y)
{
    double r = fmod(x, y);
    return r != 0 && (r < 0) != (y < 0) ? r + y : r;
}

static double round_even(double x)
{
    double f = floor(x), d = x - f;
    if (d > 0.5 || (d == 0.5 && fmod(f, 2) != 0))
        return f + 1;
    return f;
}

static double one(uint32_t op, double x)
{
    switch (op) {
    case EX_neg:
        return -x;
    case EX_abs:
        return fabs(x);
    case EX_sqrt:
        return sqrt(x);
    case EX_floor:
        return floor(x);
    case EX_ceil:
        return ceil(x);
    case EX_round:
        return round_even(x);
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
    case EX_not:
        return x == 0;
    default:
        return x;
    }
}

static double two(uint32_t op, double x, double y)
{
    switch (op) {
    case EX_add:
        return x + y;
    case EX_sub:
        return x - y;
    case EX_mul:
        return x * y;
    case EX_div:
        return x / y;
    case EX_floordiv:
        return floor(x / y);
    case EX_rem:
        return floor_mod(x, y);
    case EX_pow:
        return math_eval_f64(MATH_pow, x, y);
    case EX_eq:
        return x == y;
    case EX_ne:
        return x != y;
    case EX_lt:
        return x < y;
    case EX_le:
        return x <= y;
    case EX_gt:
        return x > y;
    case EX_ge:
        return x >= y;
    case EX_maximum:
        return x < y || isnan(y) ? y : x;
    case EX_minimum:
        return y < x || isnan(y) ? y : x;
    default:
        return x;
    }
}

static bool gives_bool(uint32_t op)
{
    return op == EX_eq || op == EX_ne || op == EX_lt || op == EX_le || op == EX_gt || op == EX_ge ||
           op == EX_not;
}

/* Is the result an integer, as far as its operands are? y is NULL where there is one only. */
static bool gives_int(const ImgExpr *e, const RtValue *x, const RtValue *y)
{
    bool whole = x->is_int && (!y || y->is_int);
    switch (e->op) {
    case EX_floor:
    case EX_ceil:
    case EX_round:
        return true;
    case EX_add:
    case EX_sub:
    case EX_mul:
    case EX_floordiv:
    case EX_rem:
    case EX_neg:
    case EX_abs:
    case EX_maximum:
    case EX_minimum:
        return whole;
    default:
        return e->is_int || gives_bool(e->op);
    }
}

static RtValue map_one(const Walk *w, const ImgExpr *e, RtValue *x)
{
    if (is_scalar(x)) {
        double r = one(e->op, x->number);
        return gives_bool(e->op) ? rt_value_bool(r != 0)
                                 : rt_value_number(r, gives_int(e, x, NULL));
    }
    if (!is_array(x))
        return fail(w, "a number is expected here");
    RtValue r = rt_value_copy(x);
    r.is_int = gives_int(e, x, NULL);
    for (int64_t i = 0; r.data && i < rt_value_count(&r); i++)
        r.data[i] = one(e->op, r.data[i]);
    return r;
}

static RtValue fail_kinds(const Walk *w)
{
    return fail(
        w, "texts cannot be compared with numbers ('labels' holds texts where classes have names, "
           "else numbers)");
}

static RtValue compare_texts(const Walk *w, const ImgExpr *e, const RtValue *x, const RtValue *y)
{
    if ((x->kind == VALUE_text && is_scalar(y)) || (is_scalar(x) && y->kind == VALUE_text))
        return fail_kinds(w);
    bool same = x->kind == y->kind && (x->kind != VALUE_text || !strcmp(x->text, y->text));
    if (e->op != EX_eq && e->op != EX_ne)
        return fail(w, "a number is expected here");
    return rt_value_bool(same == (e->op == EX_eq));
}

/* A list of numbers, some of them options, as a series. */
static RtValue series_of(const Walk *w, const RtValue *list)
{
    int64_t n = list->n_items;
    RtValue r = rt_value_array(1, &n, NULL);
    r.is_int = true;
    for (int64_t i = 0; r.data && i < n; i++) {
        if (!is_scalar(&list->items[i])) {
            rt_value_free(&r);
            return fail(w, "numbers are expected here");
        }
        r.data[i] = list->items[i].number;
        r.is_int = r.is_int && list->items[i].is_int;
    }
    return r;
}

static RtValue map_two(const Walk *w, const ImgExpr *e, RtValue *x, RtValue *y);

/* The one that is a list with texts, or NULL. */
static const RtValue *texts_among(const RtValue *x, const RtValue *y)
{
    for (uint32_t i = 0; i < x->n_items; i++)
        if (x->items[i].kind == VALUE_text)
            return x;
    return y ? texts_among(y, NULL) : NULL;
}

/* Elements of texts against those of the other side, or against that itself. */
static RtValue compare_lists(const Walk *w, const ImgExpr *e, const RtValue *texts,
                             const RtValue *other)
{
    int64_t n = texts->n_items;
    if (is_array(other) || is_scalar(other))
        return fail_kinds(w);
    if (other->kind == VALUE_list && other->n_items != texts->n_items)
        return fail(w, "the arrays have different shapes");
    RtValue r = rt_value_array(1, &n, NULL);
    for (int64_t i = 0; r.data && i < n; i++) {
        RtValue one = compare_texts(w, e, &texts->items[i],
                                    other->kind == VALUE_list ? &other->items[i] : other);
        r.data[i] = one.number;
    }
    return r;
}

static RtValue map_lists(const Walk *w, const ImgExpr *e, RtValue *x, RtValue *y)
{
    const RtValue *texts = texts_among(x, y);
    if (texts && e->op != EX_eq && e->op != EX_ne)
        return fail(w, "numbers are expected here");
    if (texts)
        return compare_lists(w, e, texts, texts == x ? y : x);
    RtValue a = x->kind == VALUE_list ? series_of(w, x) : rt_value_copy(x);
    RtValue b = y->kind == VALUE_list ? series_of(w, y) : rt_value_copy(y);
    RtValue r = {.kind = VALUE_none, .lost = true};
    if (!a.lost && !b.lost)
        r = *w->error ? rt_value_none() : map_two(w, e, &a, &b);
    rt_value_free(&a);
    rt_value_free(&b);
    return r;
}

static RtValue map_two(const Walk *w, const ImgExpr *e, RtValue *x, RtValue *y)
{
    if (is_scalar(x) && is_scalar(y)) {
        double r = two(e->op, x->number, y->number);
        return gives_bool(e->op) ? rt_value_bool(r != 0) : rt_value_number(r, gives_int(e, x, y));
    }
    if (x->kind == VALUE_list || y->kind == VALUE_list)
        return map_lists(w, e, x, y);
    if (!is_array(x) && !is_array(y))
        return compare_texts(w, e, x, y);
    if (x->kind == VALUE_text || y->kind == VALUE_text)
        return fail_kinds(w);
    const RtValue *shape = is_array(x) ? x : y;
    if (is_array(x) && is_array(y) &&
        (x->rank != y->rank || memcmp(x->dims, y->dims, x->rank * sizeof *x->dims)))
        return fail(w, "the arrays have different shapes");
    RtValue r = rt_value_copy(shape);
    r.is_int = gives_int(e, x, y);
    for (int64_t i = 0; r.data && i < rt_value_count(&r); i++)
        r.data[i] =
            two(e->op, is_array(x) ? x->data[i] : x->number, is_array(y) ? y->data[i] : y->number);
    return r;
}

/* What a reduction over n values at `step` gives. */
static double fold(uint32_t op, const double *x, int64_t n, int64_t step)
{
    double sum = 0, best = n ? x[0] : NAN, square = 0;
    int64_t at = 0;
    for (int64_t i = 0; i < n; i++)
        sum += x[i * step];
    if (op == EX_sum)
        return sum;
    double mean = n ? sum / (double)n : NAN;
    if (op == EX_mean)
        return mean;
    for (int64_t i = 0; i < n; i++) {
        double v = x[i * step];
        square += (v - mean) * (v - mean);
        bool more = op == EX_max || op == EX_argmax ? best < v : v < best;
        if ((more || isnan(v)) && !isnan(best)) {
            best = v;
            at = i;
        }
    }
    if (op == EX_std)
        return n ? sqrt(square / (double)n) : NAN;
    return op == EX_argmax || op == EX_argmin ? (double)at : best;
}

static bool keeps_whole(uint32_t op, const RtValue *x)
{
    return x->is_int && (op == EX_sum || op == EX_min || op == EX_max);
}

/* Which axes of x go; why not all of them can, or NULL. */
static const char *axes_gone(const ImgExpr *e, const RtValue *x, bool gone[RT_MAX_RANK])
{
    bool place = e->op == EX_argmax || e->op == EX_argmin;
    for (uint32_t d = 0; d < x->rank; d++)
        gone[d] = !e->axes.n && (!place || d + 1 == x->rank);
    for (uint32_t i = 0; i < e->axes.n; i++) {
        int64_t axis = e->axes.at[i] < 0 ? e->axes.at[i] + x->rank : e->axes.at[i];
        if (axis < 0 || axis >= x->rank)
            return "the array has no such axis";
        if (gone[axis])
            return "an axis is named twice";
        gone[axis] = true;
    }
    return NULL;
}

/* The next place of x along the axes that go, or those that stay; false: there is none. */
static bool step_along(const RtValue *x, const bool gone[RT_MAX_RANK], bool which,
                       int64_t at[RT_MAX_RANK], int64_t *place)
{
    int64_t stride = 1;
    for (uint32_t d = x->rank; d-- > 0; stride *= x->dims[d]) {
        if (gone[d] != which)
            continue;
        *place += stride;
        if (++at[d] < x->dims[d])
            return true;
        *place -= stride * x->dims[d];
        at[d] = 0;
    }
    return false;
}

/* Result by result: what becomes one is gathered, in row-major order, and folded. */
static void fold_all(uint32_t op, const RtValue *x, const bool gone[RT_MAX_RANK], double *values,
                     RtValue *r)
{
    int64_t from[RT_MAX_RANK] = {0}, along[RT_MAX_RANK] = {0}, start = 0, done = 0;
    do {
        int64_t place = start, n = 0;
        do
            values[n++] = x->data[place];
        while (step_along(x, gone, true, along, &place));
        r->data[done++] = fold(op, values, n, 1);
    } while (step_along(x, gone, false, from, &start));
}

static RtValue reduce_array(const Walk *w, const ImgExpr *e, const RtValue *x)
{
    bool gone[RT_MAX_RANK] = {false}, is_index = e->op == EX_argmax || e->op == EX_argmin;
    const char *why = axes_gone(e, x, gone);
    int64_t dims[RT_MAX_RANK], n = 1;
    uint32_t rank = 0;
    if (why)
        return fail(w, why);
    for (uint32_t d = 0; d < x->rank; d++) {
        n *= gone[d] ? x->dims[d] : 1;
        if (!gone[d] || e->value != 0)
            dims[rank++] = gone[d] ? 1 : x->dims[d];
    }
    if (!rank)
        return rt_value_number(fold(e->op, x->data, n, 1), is_index || keeps_whole(e->op, x));
    RtValue r = rt_value_array(rank, dims, NULL);
    double *values = malloc((size_t)(n ? n : 1) * sizeof *values);
    r.is_int = is_index || keeps_whole(e->op, x);
    if (!values && r.data) {
        rt_value_free(&r);
        r = (RtValue){.kind = VALUE_none, .lost = true};
    }
    if (values && r.data && rt_value_count(x))
        fold_all(e->op, x, gone, values, &r);
    free(values);
    return r;
}

static RtValue reduce(const Walk *w, const ImgExpr *e, RtValue *x)
{
    if (x->kind == VALUE_list) {
        RtValue series = series_of(w, x), r = reduce(w, e, &series);
        rt_value_free(&series);
        return r;
    }
    bool is_index = e->op == EX_argmax || e->op == EX_argmin;
    if (is_array(x))
        return reduce_array(w, e, x);
    return is_scalar(x) ? rt_value_number(is_index ? 0 : x->number, is_index || x->is_int)
                        : fail(w, "a series or an array is expected here");
}

static RtValue element(const Walk *w, RtValue *x, const RtValue *index)
{
    int64_t i = isnan(index->number) ? INT64_MAX : rt_to_i64(index->number);
    if (x->kind == VALUE_list) {
        i += i < 0 ? x->n_items : 0;
        if (i < 0 || i >= x->n_items)
            return fail(w, "the index is outside the list");
        return rt_value_copy(&x->items[i]);
    }
    if (!is_array(x) || !x->rank)
        return fail(w, "only series, arrays and lists have elements");
    i += i < 0 ? x->dims[0] : 0;
    if (i < 0 || i >= x->dims[0])
        return fail(w, "the index is outside the series");
    if (x->rank == 1)
        return rt_value_number(x->data[i], x->is_int);
    int64_t row = rt_value_count(x) / x->dims[0];
    RtValue part = rt_value_array(x->rank - 1, x->dims + 1, x->data + i * row);
    part.is_int = x->is_int;
    return part;
}

static RtValue last(const Walk *w, RtValue *x)
{
    RtValue minus = rt_value_number(-1, true);
    return element(w, x, &minus);
}

static RtValue length(const Walk *w, const RtValue *x)
{
    if (is_array(x) && x->rank)
        return rt_value_number((double)x->dims[0], true);
    if (x->kind == VALUE_list)
        return rt_value_number(x->n_items, true);
    if (x->kind == VALUE_text)
        return rt_value_number((double)strlen(x->text), true);
    return fail(w, "only series, arrays, lists and texts have a length");
}

static RtValue walk(const Walk *w, uint32_t expr);
/* walk, or walk_shown. */
typedef RtValue (*Way)(const Walk *w, uint32_t expr);

static RtValue part_of(const Walk *w, const ImgExpr *e, const int64_t *rows)
{
    const RtExprCx *cx = w->cx;
    return cx->part ? cx->part(cx->cx, (uint32_t)e->index, (uint32_t)rt_saturate(RT_u32, e->value),
                               e->text, rows, w->error)
                    : rt_value_none();
}

/* value[begin..end]; of a part only these rows are read. */
static RtValue rows_of(const Walk *w, const ImgExpr *e)
{
    const ImgExpr *of = &w->cx->image->exprs.at[e->args.at[0]];
    if (e->axes.n != 2)
        return fail(w, "an expression lacks an operand");
    if (of->op == EX_part)
        return part_of(w, of, e->axes.at);
    RtValue x = walk(w, e->args.at[0]), r = rt_value_none();
    if (!*w->error)
        r = rt_value_rows(&x, e->axes.at[0], e->axes.at[1], w->error);
    rt_value_free(&x);
    return r;
}

static RtValue list_of(const Walk *w, const ImgExpr *e, Way way)
{
    RtValue list = {.kind = VALUE_list};
    list.items = calloc(e->args.n ? e->args.n : 1, sizeof *list.items);
    list.lost = !list.items;
    for (; list.items && list.n_items < e->args.n; list.n_items++)
        list.items[list.n_items] = way(w, e->args.at[list.n_items]);
    return list;
}

/* format(): the template is the expression's text. */
static RtValue format(const Walk *w, const ImgExpr *e, Way way)
{
    RtValue in = list_of(w, e, way), r = rt_value_none();
    if (in.lost || *w->error)
        r.lost = in.lost;
    else
        r = rt_value_format(e->text, in.items, in.n_items, w->error);
    rt_value_free(&in);
    return r;
}

static RtValue leaf(const Walk *w, const ImgExpr *e)
{
    const RtExprCx *cx = w->cx;
    uint32_t index = (uint32_t)e->index;
    switch (e->op) {
    case EX_number:
        return e->is_int ? rt_value_whole(e->index) : rt_value_number(e->value, false);
    case EX_boolean:
        return rt_value_bool(e->value != 0);
    case EX_text:
        return rt_value_text(e->text);
    case EX_argument:
        if (e->index < 0 || e->index >= cx->n_arguments)
            return fail(w, "a schedule's argument is missing");
        return rt_value_number(cx->arguments[e->index], false);
    case EX_option:
        return cx->option ? cx->option(cx->cx, index) : rt_value_none();
    case EX_result:
        return cx->result ? cx->result(cx->cx, index, e->text, w->error) : rt_value_none();
    case EX_weight:
        return cx->weight ? cx->weight(cx->cx, index, e->text) : rt_value_none();
    case EX_part:
        return part_of(w, e, NULL);
    default:
        return rt_value_none();
    }
}

/* Of one condition only what it chooses is computed. */
static RtValue choose(const Walk *w, const ImgExpr *e, Way way)
{
    RtValue in[3] = {walk(w, e->args.at[0]), rt_value_none(), rt_value_none()};
    RtValue r = rt_value_none();
    bool each = e->value != 0, yes = in[0].number != 0;
    if (!each && !*w->error)
        r = way(w, e->args.at[yes ? 1 : 2]);
    for (int i = 1; each && i < 3; i++)
        in[i] = walk(w, e->args.at[i]);
    if (each && !*w->error)
        r = rt_value_where(&in[0], &in[1], &in[2], w->error);
    for (int i = 0; i < 3; i++)
        rt_value_free(&in[i]);
    return r;
}

static RtValue logic(const Walk *w, const ImgExpr *e)
{
    RtValue x = walk(w, e->args.at[0]);
    bool first = x.number != 0;
    rt_value_free(&x);
    if (first == (e->op == EX_or))
        return rt_value_bool(first);
    RtValue y = walk(w, e->args.at[1]);
    bool second = y.number != 0;
    rt_value_free(&y);
    return rt_value_bool(second);
}

/* Targets against predictions; lists become series. */
static RtValue compare_classes(const Walk *w, const ImgExpr *e, const RtValue *x, const RtValue *y)
{
    RtValue in[2] = {rt_value_none(), rt_value_none()}, r = rt_value_none();
    for (int i = 0; i < 2 && !*w->error; i++)
        in[i] =
            (i ? y : x)->kind == VALUE_list ? series_of(w, i ? y : x) : rt_value_copy(i ? y : x);
    if (in[0].lost || in[1].lost)
        r.lost = true;
    else if (!*w->error)
        r = e->op == EX_accuracy  ? rt_accuracy(&in[0], &in[1], e->value, w->error)
            : e->op == EX_roc_auc ? rt_roc_auc(&in[0], &in[1], w->error)
                                  : rt_confusion_matrix(&in[0], &in[1], e->value, w->error);
    rt_value_free(&in[0]);
    rt_value_free(&in[1]);
    return r;
}

static RtValue apply(const Walk *w, const ImgExpr *e, RtValue *x, RtValue *y)
{
    switch (e->op) {
    case EX_sum:
    case EX_mean:
    case EX_std:
    case EX_min:
    case EX_max:
    case EX_argmin:
    case EX_argmax:
        return reduce(w, e, x);
    case EX_last:
        return last(w, x);
    case EX_len:
        return length(w, x);
    case EX_index:
        return element(w, x, y);
    case EX_confusion_matrix:
    case EX_accuracy:
    case EX_roc_auc:
        return compare_classes(w, e, x, y);
    default:
        return y ? map_two(w, e, x, y) : map_one(w, e, x);
    }
}

static uint32_t least_args(uint32_t op)
{
    static const uint32_t least[] = {
#define EXPR(id, least, most) least,
#include "runtime/abi/exprs.def"
    };
    return op < N_EXPRS ? least[op] : 0;
}

static RtValue compute(const Walk *w, uint32_t expr)
{
    const ImgExpr *e = &w->cx->image->exprs.at[expr];
    RtValue in[2] = {rt_value_none(), rt_value_none()};
    if (e->args.n < least_args(e->op))
        return fail(w, "an expression lacks an operand");
    if (e->op < EX_add)
        return leaf(w, e);
    if (e->op == EX_list)
        return list_of(w, e, walk);
    if (e->op == EX_rows)
        return rows_of(w, e);
    if (e->op == EX_format)
        return format(w, e, walk);
    if (e->op == EX_call || e->op == EX_signs)
        return fail(w, "only a network computes activations and losses");
    if (e->op == EX_where)
        return choose(w, e, walk);
    if (e->op == EX_and || e->op == EX_or)
        return logic(w, e);
    uint32_t n = e->args.n < 2 ? e->args.n : 2;
    for (uint32_t i = 0; i < n; i++)
        in[i] = walk(w, e->args.at[i]);
    RtValue r = *w->error ? rt_value_none() : apply(w, e, &in[0], n > 1 ? &in[1] : NULL);
    for (uint32_t i = 0; i < n; i++)
        rt_value_free(&in[i]);
    return r;
}

static RtValue walk(const Walk *w, uint32_t expr)
{
    RtValue r = compute(w, expr);
    return r.lost ? fail(w, "not enough memory for a value") : r;
}

RtValue rt_expr_value(const RtExprCx *cx, uint32_t expr, const char **error)
{
    Walk w = {cx, error};
    return walk(&w, expr);
}

/* As it is printed: texts that the program does not hold itself are shown. */
static RtValue walk_shown(const Walk *w, uint32_t expr)
{
    const ImgExpr *e = &w->cx->image->exprs.at[expr];
    RtValue r = e->op == EX_list                       ? list_of(w, e, walk_shown)
                : e->op == EX_format                   ? format(w, e, walk_shown)
                : e->op == EX_where && e->value == 0.0 ? choose(w, e, walk_shown)
                                                       : walk(w, expr);
    if (e->op != EX_text && e->op != EX_list && e->op != EX_format && e->op != EX_where)
        rt_value_make_shown(&r);
    return r.lost ? fail(w, "not enough memory for a value") : r;
}

RtValue rt_expr_shown(const RtExprCx *cx, uint32_t expr, const char **error)
{
    Walk w = {cx, error};
    return walk_shown(&w, expr);
}

/* The number of an expression of numbers alone, as a walk gives it: rates are computed in every step. False: something
 * else is in it. */
static bool plain_number(const RtExprCx *cx, uint32_t expr, double *out)
{
    const ImgExpr *e = &cx->image->exprs.at[expr];
    double x, y;
    if (e->op == EX_number)
        *out = e->is_int ? (double)e->index : e->value;
    else if (e->op == EX_argument && e->index >= 0 && e->index < cx->n_arguments)
        *out = cx->arguments[e->index];
    else if (e->op >= EX_add && e->op <= EX_pow && e->args.n == 2 &&
             plain_number(cx, e->args.at[0], &x) && plain_number(cx, e->args.at[1], &y))
        *out = two(e->op, x, y);
    else if (e->op == EX_sqrt && e->args.n == 1 && plain_number(cx, e->args.at[0], &x))
        *out = one(e->op, x);
    else
        return false;
    return true;
}

double rt_expr_number(const RtExprCx *cx, uint32_t expr, const char **error)
{
    double number;
    if (plain_number(cx, expr, &number))
        return number;
    RtValue v = rt_expr_value(cx, expr, error);
    double x = v.number;
    rt_value_free(&v);
    return x;
}

bool rt_expr_takes(const ImgProgram *image, uint32_t expr, uint32_t result)
{
    const ImgExpr *e = &image->exprs.at[expr];
    bool takes = e->op == EX_result && e->index == result;
    for (uint32_t i = 0; i < e->args.n && !takes; i++)
        takes = rt_expr_takes(image, e->args.at[i], result);
    return takes;
}

bool rt_expr_uses(const ImgProgram *image, uint32_t result, const char *key)
{
    for (uint32_t i = 0; i < image->exprs.n; i++) {
        const ImgExpr *e = &image->exprs.at[i];
        if (e->op == EX_result && e->index == result && !strcmp(e->text, key))
            return true;
    }
    return false;
}
