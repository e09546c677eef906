/* arith.c: operators on compile-time values. Integers have 64 bits and may not overflow; `/` is real
 * division, `//` and `%` round down; nothing becomes infinite in silence. */
#include <math.h>
#include <string.h>

#include "ir/program/elaborate_internal.h"
#include "runtime/math/math_eval.h"

static Value bad_kinds(Elab *e, AstOp op, Range op_range, const Value *a, const Value *b)
{
    diag_error(e->diags, op_range, "'%s' cannot take %s and %s", ast_op_text(op), value_text(e, a),
               value_text(e, b));
    if ((a->kind == VAL_string && op == AST_OP_rem) ||
        (op == AST_OP_add && (a->kind == VAL_string || b->kind == VAL_string)))
        diag_help(e->diags, "print takes several values: print \"loss\", x");
    return value_error(range_join(a->range, b->range));
}

static Value overflow(Elab *e, AstOp op, Range op_range, Range range)
{
    diag_error(e->diags, op_range, "the result of '%s' does not fit a 64-bit integer",
               ast_op_text(op));
    return value_error(range);
}

static bool add_fits(int64_t a, int64_t b)
{
    return b >= 0 ? a <= INT64_MAX - b : a >= INT64_MIN - b;
}

static bool mul_fits(int64_t a, int64_t b)
{
    if (a == 0 || b == 0)
        return true;
    if (a == INT64_MIN || b == INT64_MIN)
        return a == 1 || b == 1;
    int64_t x = a < 0 ? -a : a, y = b < 0 ? -b : b;
    return x <= INT64_MAX / y;
}

static bool int_pow(int64_t a, int64_t b, int64_t *out)
{
    int64_t r = 1;
    if (a == 0 || a == 1 || a == -1) {
        *out = b == 0 ? 1 : a == -1 && b % 2 == 0 ? 1 : a;
        return true;
    }
    for (; b > 0; b--) {
        if (!mul_fits(r, a))
            return false;
        r *= a;
    }
    *out = r;
    return true;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    int64_t q = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

static Value zero_division(Elab *e, Range op_range, Range range)
{
    diag_error(e->diags, op_range, "division by zero");
    return value_error(range);
}

static Value int_op(Elab *e, AstOp op, Range op_range, const Value *a, const Value *b, bool *done)
{
    Range r = range_join(a->range, b->range);
    int64_t x = a->i, y = b->i, out = 0;
    bool fits = true;
    *done = true;
    switch (op) {
    case AST_OP_add:
        fits = add_fits(x, y);
        out = fits ? x + y : 0;
        break;
    case AST_OP_sub:
        fits = y != INT64_MIN ? add_fits(x, -y) : x < 0;
        out = fits ? (int64_t)((uint64_t)x - (uint64_t)y) : 0;
        break;
    case AST_OP_mul:
        fits = mul_fits(x, y);
        out = fits ? x * y : 0;
        break;
    case AST_OP_floordiv:
    case AST_OP_rem:
        if (y == 0)
            return zero_division(e, op_range, r);
        fits = !(x == INT64_MIN && y == -1);
        out = !fits ? 0 : op == AST_OP_floordiv ? floor_div(x, y) : x - floor_div(x, y) * y;
        break;
    case AST_OP_pow:
        *done = y >= 0;
        fits = !*done || int_pow(x, y, &out);
        break;
    default: /* `/` gives a float */
        *done = false;
        break;
    }
    return fits ? value_int(r, out) : overflow(e, op, op_range, r);
}

static Value float_op(Elab *e, AstOp op, Range op_range, const Value *a, const Value *b)
{
    Range r = range_join(a->range, b->range);
    double x = a->f, y = b->f, out = 0;
    if (y == 0 && (op == AST_OP_div || op == AST_OP_floordiv || op == AST_OP_rem))
        return zero_division(e, op_range, r);
    switch (op) {
    case AST_OP_add:
        out = x + y;
        break;
    case AST_OP_sub:
        out = x - y;
        break;
    case AST_OP_mul:
        out = x * y;
        break;
    case AST_OP_div:
        out = x / y;
        break;
    case AST_OP_floordiv:
        out = floor(x / y);
        break;
    case AST_OP_rem:
        out = x - y * floor(x / y);
        break;
    case AST_OP_pow:
        out = math_eval_f64(MATH_pow, x, y);
        break;
    default: /* no arithmetic */
        break;
    }
    if (!isfinite(out)) {
        diag_error(e->diags, op_range, "the result of '%s' is not a finite number",
                   ast_op_text(op));
        return value_error(r);
    }
    Value v = value_float(r, out);
    v.divided = op == AST_OP_div;
    return v;
}

static Value number_op(Elab *e, AstOp op, Range op_range, const Value *a, const Value *b)
{
    bool done = false;
    if (a->kind == VAL_int && b->kind == VAL_int) {
        Value v = int_op(e, op, op_range, a, b, &done);
        if (done)
            return v;
    }
    return float_op(e, op, op_range, a, b);
}

static Value join(Elab *e, const Value *a, const Value *b)
{
    Range r = range_join(a->range, b->range);
    if (a->kind == VAL_string) {
        if (!count_text(e, r, a->text, 64) || !count_text(e, r, b->text, 64))
            return value_error(r);
        return value_string(r, arena_printf(e->arena, "%s%s", a->text, b->text));
    }
    uint32_t n = a->n + b->n;
    if (!count_steps(e, r, n))
        return value_error(r);
    Value *items = ARENA_ARRAY(e->arena, Value, n + 1);
    memcpy(items, a->items, a->n * sizeof *items);
    memcpy(items + a->n, b->items, b->n * sizeof *items);
    return value_list(e, r, a->kind, n, items);
}

static Value compare(Elab *e, AstOp op, Range op_range, const Value *a, const Value *b)
{
    int order;
    if (value_is_number(a) && value_is_number(b))
        order = a->kind == VAL_int && b->kind == VAL_int ? (a->i > b->i) - (a->i < b->i)
                                                         : (a->f > b->f) - (a->f < b->f);
    else if (a->kind == VAL_string && b->kind == VAL_string)
        order = count_text(e, op_range, a->text, 1024) ? strcmp(a->text, b->text) : 0;
    else
        return bad_kinds(e, op, op_range, a, b);
    bool yes = op == AST_OP_lt   ? order < 0
               : op == AST_OP_le ? order <= 0
               : op == AST_OP_gt ? order > 0
                                 : order >= 0;
    return value_bool(range_join(a->range, b->range), yes);
}

static Value contains(Elab *e, AstOp op, Range op_range, const Value *a, const Value *b)
{
    bool found = false;
    if (b->kind == VAL_list || b->kind == VAL_tuple || b->kind == VAL_map) {
        found = value_among(e, a, b);
    } else if (b->kind == VAL_range && a->kind == VAL_int) {
        found = a->i >= b->i && a->i < b->end;
    } else if (b->kind == VAL_string && a->kind == VAL_string) {
        found = count_text(e, op_range, b->text, 1024) && strstr(b->text, a->text);
    } else {
        return bad_kinds(e, op, op_range, a, b);
    }
    return value_bool(range_join(a->range, b->range), found == (op == AST_OP_in));
}

static Value bad_range(Elab *e, Range op_range, const Value *a, const Value *b)
{
    const Value *wrong = a->kind == VAL_int ? b : a;
    diag_error(e->diags, wrong->range, "a range goes from an integer to an integer, not %s %s",
               wrong == a ? "from" : "to", value_text(e, wrong));
    if (wrong->kind == VAL_float && wrong->divided)
        diag_help(e->diags, "'//' divides integers, '/' always gives a float");
    return value_error(range_join(op_range, wrong->range));
}

static Value make_range(Elab *e, Range op_range, const Value *a, const Value *b)
{
    if (a->kind != VAL_int || b->kind != VAL_int)
        return bad_range(e, op_range, a, b);
    Value v = {.kind = VAL_range, .range = range_join(a->range, b->range), .i = a->i, .end = b->i};
    return v;
}

Value arith_binary(Elab *e, AstOp op, Range op_range, const Value *a, const Value *b)
{
    Range r = range_join(a->range, b->range);
    if (a->kind == VAL_error || b->kind == VAL_error)
        return value_error(r);
    if (op == AST_OP_range)
        return make_range(e, op_range, a, b);
    if (op == AST_OP_eq || op == AST_OP_ne)
        return value_bool(r, value_equal(e, a, b) == (op == AST_OP_eq));
    if (op == AST_OP_in || op == AST_OP_not_in)
        return contains(e, op, op_range, a, b);
    if (op >= AST_OP_lt && op <= AST_OP_ge)
        return compare(e, op, op_range, a, b);
    if (value_is_number(a) && value_is_number(b))
        return number_op(e, op, op_range, a, b);
    bool lists = a->kind == b->kind &&
                 (a->kind == VAL_list || a->kind == VAL_tuple || a->kind == VAL_string);
    if (op == AST_OP_add && lists)
        return join(e, a, b);
    return bad_kinds(e, op, op_range, a, b);
}

Value arith_unary(Elab *e, AstOp op, Range range, const Value *a)
{
    if (a->kind == VAL_error)
        return *a;
    if (op == AST_OP_not && (a->kind == VAL_bool || a->kind == VAL_none))
        return value_bool(range, !a->i);
    if (op == AST_OP_neg && a->kind == VAL_float)
        return value_float(range, -a->f);
    if (op == AST_OP_neg && a->kind == VAL_int)
        return a->i == INT64_MIN ? overflow(e, op, range, range) : value_int(range, -a->i);
    diag_error(e->diags, range, "'%s' cannot take %s", ast_op_text(op), value_text(e, a));
    return value_error(range);
}
