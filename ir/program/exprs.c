/* exprs.c: what stays symbolic: options, results, arguments of fn given as rates, activations, losses. */
#include <string.h>

#include "ir/program/elaborate_internal.h"

Expr *expr_new(Elab *e, ExprOp op, ExprType type, Range range, uint32_t n_args)
{
    Expr *x = ARENA_NEW(e->arena, Expr);
    x->op = op;
    x->type = type;
    x->range = range;
    x->n_args = n_args;
    x->args = ARENA_ARRAY(e->arena, const Expr *, n_args + 1);
    return x;
}

const Expr *expr_find(const Expr *x, ExprOp op)
{
    if (x->op == op)
        return x;
    for (uint32_t i = 0; i < x->n_args; i++) {
        const Expr *found = expr_find(x->args[i], op);
        if (found)
            return found;
    }
    return NULL;
}

static const Expr *find_result(const Expr *x)
{
    static const ExprOp ops[] = {EX_result, EX_weight, EX_part};
    for (size_t i = 0; i < 3; i++) {
        const Expr *found = expr_find(x, ops[i]);
        if (found)
            return found;
    }
    return NULL;
}

bool expr_has_result(const Expr *x)
{
    return find_result(x) != NULL;
}

void report_runtime(Elab *e, const Expr *x, const char *where)
{
    const Expr *result = find_result(x), *option = expr_find(x, EX_option);
    if (result && result->op == EX_result) {
        const Result *r = &e->p->results.at[result->index];
        const Command *c = &e->p->commands.at[r->command];
        diag_error(e->diags, x->range,
                   "%s must be known when compiling, but this is a result of the command '%s'",
                   where, c->row->name);
        diag_note(e->diags, c->range, "the command runs later");
    } else if (result) {
        diag_error(e->diags, x->range,
                   "%s must be known when compiling, but this is known only when the program runs",
                   where);
    } else if (option) {
        const Option *o = &e->p->options.at[option->index];
        diag_error(e->diags, x->range, "%s must be known when compiling, but '%s' is an option",
                   where, o->name);
        diag_note(e->diags, o->range, "declare it with 'param' instead of 'option'");
    } else {
        diag_error(e->diags, x->range,
                   "%s must be known when compiling, but this depends on an argument of the fn",
                   where);
    }
}

/* What is made of itself many times grows fast, and every later walk goes over all of it. */
static const Expr *measured(Elab *e, Expr *x)
{
    x->size = x->depth = 1;
    for (uint32_t i = 0; i < x->n_args && x->size <= EXPR_LIMIT; i++) {
        x->size += x->args[i]->size;
        x->depth = x->args[i]->depth >= x->depth ? x->args[i]->depth + 1 : x->depth;
    }
    if (x->depth > DEPTH_LIMIT)
        diag_error(e->diags, x->range, "values of the run nested deeper than %d levels",
                   DEPTH_LIMIT);
    else if (x->size > EXPR_LIMIT)
        diag_error(e->diags, x->range, "this takes more than %d operations", EXPR_LIMIT);
    else
        return x;
    return NULL;
}

static const Expr *constant(Elab *e, const Value *v)
{
    ExprOp op = v->kind == VAL_none   ? EX_none
                : v->kind == VAL_bool ? EX_boolean
                : value_is_number(v)  ? EX_number
                                      : EX_text;
    ExprType type = op == EX_none      ? EXT_none
                    : op == EX_boolean ? EXT_bool
                    : op == EX_number  ? EXT_number
                                       : EXT_text;
    Expr *x = expr_new(e, op, type, v->range, 0);
    x->value = op == EX_boolean ? (double)v->i : v->f;
    x->index = v->kind == VAL_int ? v->i : 0;
    x->is_int = v->kind == VAL_int;
    x->text = v->text;
    return measured(e, x);
}

static const Expr *list_expr(Elab *e, const Value *v)
{
    Expr *x = expr_new(e, EX_list, EXT_series, v->range, v->n);
    bool texts = v->n > 0;
    for (uint32_t i = 0; i < v->n; i++) {
        if (!(x->args[i] = expr_of(e, &v->items[i])))
            return NULL;
        texts = texts && x->args[i]->type == EXT_text;
    }
    if (texts)
        x->type = EXT_texts;
    return measured(e, x);
}

static const Expr *result_expr(Elab *e, const Value *v)
{
    const Command *c = &e->p->commands.at[e->p->results.at[v->result].command];
    if (c->row->id != COMMAND_predict) {
        diag_error(e->diags, v->range, "'%s' holds several values; name one, as in %s.loss",
                   v->text, v->text);
        return NULL;
    }
    Expr *x = expr_new(e, EX_result, EXT_array, v->range, 0);
    x->index = v->result;
    x->text = "";
    return measured(e, x);
}

static const Expr *no_expr(Elab *e, const Value *v)
{
    diag_error(e->diags, v->range, "%s cannot be printed or computed with", value_text(e, v));
    if (v->kind == VAL_call && v->call->row)
        help_tensor_row(e, v->call->row);
    return NULL;
}

const Expr *expr_of(Elab *e, const Value *v)
{
    switch (v->kind) {
    case VAL_expr:
        return measured(e, v->expr);
    case VAL_map: /* as a text, if it has one */
        return v->expr ? measured(e, v->expr) : no_expr(e, v);
    case VAL_none:
    case VAL_bool:
    case VAL_int:
    case VAL_float:
    case VAL_string:
        return constant(e, v);
    case VAL_word:
        if (vocab_knows(v->text))
            return constant(e, v);
        report_unknown(e, e->here, N_VOCABS, v->text, v->range);
        return NULL;
    case VAL_list:
    case VAL_tuple:
        return list_expr(e, v);
    case VAL_result:
        return result_expr(e, v);
    case VAL_error:
        return NULL;
    default: /* models, data, fn … */
        return no_expr(e, v);
    }
}

static const ExprOp ops[] = {[AST_OP_add] = EX_add,
                             [AST_OP_sub] = EX_sub,
                             [AST_OP_mul] = EX_mul,
                             [AST_OP_div] = EX_div,
                             [AST_OP_floordiv] = EX_floordiv,
                             [AST_OP_rem] = EX_rem,
                             [AST_OP_pow] = EX_pow,
                             [AST_OP_eq] = EX_eq,
                             [AST_OP_ne] = EX_ne,
                             [AST_OP_lt] = EX_lt,
                             [AST_OP_le] = EX_le,
                             [AST_OP_gt] = EX_gt,
                             [AST_OP_ge] = EX_ge,
                             [AST_OP_and] = EX_and,
                             [AST_OP_or] = EX_or,
                             [AST_OP_neg] = EX_neg,
                             [AST_OP_not] = EX_not};

static bool is_comparison(AstOp op)
{
    return op >= AST_OP_eq && op <= AST_OP_ge;
}

static bool is_logic(AstOp op)
{
    return op == AST_OP_and || op == AST_OP_or || op == AST_OP_not;
}

static const char *type_text(ExprType t)
{
    static const char *const texts[] = {"a number", "a bool",   "a text",   "none",
                                        "a series", "an array", "a tensor", "an array of texts",
                                        "labels",   "a label"};
    return texts[t];
}

/* Numbers, and what is made of them element by element. */
static bool is_numeric(ExprType t)
{
    return t == EXT_number || t == EXT_series || t == EXT_array || t == EXT_tensor ||
           t == EXT_labels || t == EXT_label;
}

/* Texts, and what may turn out to be one. */
static bool is_textual(ExprType t)
{
    return t == EXT_text || t == EXT_texts || t == EXT_labels || t == EXT_label;
}

static ExprType wider(ExprType a, ExprType b)
{
    static const ExprType order[] = {EXT_tensor, EXT_array, EXT_series};
    for (size_t i = 0; i < 3; i++)
        if (a == order[i] || b == order[i])
            return order[i];
    bool many = a == EXT_texts || b == EXT_texts || a == EXT_labels || b == EXT_labels;
    return many ? EXT_series : EXT_number;
}

static bool types_fit(AstOp op, ExprType a, ExprType b)
{
    if (is_logic(op))
        return (a == EXT_bool || a == EXT_tensor || a == EXT_none) &&
               (b == EXT_bool || b == EXT_tensor || b == EXT_none);
    if (op == AST_OP_eq || op == AST_OP_ne)
        return a == b || (is_numeric(a) && is_numeric(b)) || (is_textual(a) && is_textual(b));
    return is_numeric(a) && is_numeric(b);
}

static ExprType result_type(AstOp op, ExprType a, ExprType b)
{
    ExprType w = wider(a, b);
    return (is_comparison(op) || is_logic(op)) && w == EXT_number ? EXT_bool : w;
}

Value expr_binary(Elab *e, AstOp op, Range op_range, const Value *a, const Value *b)
{
    Range r = range_join(a->range, b->range);
    if (op == AST_OP_in || op == AST_OP_not_in || op == AST_OP_range) {
        bool left = a->kind == VAL_expr || a->kind == VAL_result;
        const Expr *later = expr_of(e, left ? a : b);
        if (later)
            report_runtime(e, later,
                           op == AST_OP_range ? "the end of a range" : "an operand of 'in'");
        return value_error(r);
    }
    const Expr *x = expr_of(e, a), *y = x ? expr_of(e, b) : NULL;
    if (!x || !y)
        return value_error(r);
    if (!types_fit(op, x->type, y->type)) {
        diag_error(e->diags, op_range, "'%s' cannot take %s and %s", ast_op_text(op),
                   type_text(x->type), type_text(y->type));
        return value_error(r);
    }
    Expr *out = expr_new(e, ops[op], result_type(op, x->type, y->type), r, 2);
    out->args[0] = x;
    out->args[1] = y;
    out->is_int = x->is_int && y->is_int && op != AST_OP_div && op != AST_OP_pow;
    return value_expr(out);
}

Value expr_unary(Elab *e, AstOp op, Range range, const Value *a)
{
    const Expr *x = expr_of(e, a);
    if (!x)
        return value_error(range);
    if (!types_fit(op, x->type, x->type)) {
        diag_error(e->diags, range, "'%s' cannot take %s", ast_op_text(op), type_text(x->type));
        return value_error(range);
    }
    ExprType type = op == AST_OP_not ? x->type : wider(x->type, x->type);
    Expr *out = expr_new(e, ops[op], type, range, 1);
    out->args[0] = x;
    out->is_int = x->is_int;
    return value_expr(out);
}

static bool is_label(ExprType t)
{
    return t == EXT_labels || t == EXT_label;
}

/* What `yes` and `no` make together, for every element of the condition if that has several. */
static ExprType choice_type(const Expr *c, const Expr *yes, const Expr *no)
{
    ExprType y = yes->type, n = no->type;
    bool many = expr_is_many(c->type) || expr_is_many(y) || expr_is_many(n);
    if (c->type == EXT_tensor)
        return EXT_tensor;
    if (y == n && !expr_is_many(c->type))
        return y;
    if (is_label(y) || is_label(n))
        return many ? EXT_labels : EXT_label;
    if (is_textual(y))
        return many ? EXT_texts : EXT_text;
    return wider(wider(c->type, y), n);
}

/* Comparisons of arrays are arrays: beside one a bool counts as a number. */
static bool choices_fit(const Expr *c, const Expr *yes, const Expr *no)
{
    ExprType y = yes->type, n = no->type;
    bool many = expr_is_many(c->type) || expr_is_many(y) || expr_is_many(n);
    bool numeric =
        (is_numeric(y) || (many && y == EXT_bool)) && (is_numeric(n) || (many && n == EXT_bool));
    bool same = y == n && (y != EXT_none || !many);
    return same || numeric || (is_textual(y) && is_textual(n));
}

/* Texts have one axis. */
static bool texts_chosen(Elab *e, const Expr *x)
{
    const Expr *c = x->args[0];
    bool texts = x->type == EXT_texts || x->type == EXT_labels;
    int rank = texts && expr_is_many(c->type) ? expr_rank(e, c) : 1;
    if (rank == 1 || rank == RANK_UNKNOWN)
        return true;
    diag_error(e->diags, c->range, "texts are chosen along one axis, but this condition has %d",
               rank);
    diag_help(e->diags, "max(..., axis=-1) leaves one value per row");
    return false;
}

Value expr_where(Elab *e, Range range, const Value *c, const Value *yes, const Value *no)
{
    const Expr *x = expr_of(e, c), *y = x ? expr_of(e, yes) : NULL, *z = y ? expr_of(e, no) : NULL;
    if (!z)
        return value_error(range);
    bool each = x->type == EXT_series || x->type == EXT_array;
    if (x->type != EXT_bool && x->type != EXT_tensor && !each) {
        diag_error(e->diags, x->range, "a condition must be a bool, not %s", type_text(x->type));
        return value_error(range);
    }
    if (!choices_fit(x, y, z)) {
        diag_error(e->diags, range, "both values must be of one kind, not %s and %s",
                   type_text(y->type), type_text(z->type));
        return value_error(range);
    }
    Expr *out = expr_new(e, EX_where, choice_type(x, y, z), range, 3);
    out->args[0] = x;
    out->args[1] = y;
    out->args[2] = z;
    out->is_int = y->is_int && z->is_int;
    out->value =
        each || (expr_is_many(out->type) && expr_is_many(y->type) != expr_is_many(z->type));
    return texts_chosen(e, out) ? value_expr(out) : value_error(range);
}

bool expr_is_condition(Elab *e, const Expr *x, const char *command)
{
    bool many = x->type == EXT_series || x->type == EXT_array;
    if (x->type == EXT_bool || (many && expr_rank(e, x) == RANK_UNKNOWN))
        return true;
    if (many && x->op >= EX_eq && x->op <= EX_ge)
        diag_error(e->diags, x->range,
                   "'%s' takes one condition, but this compares every element; take one of them, "
                   "or a value such as mean or max",
                   command);
    else
        diag_error(e->diags, x->range, "'%s' takes a condition, such as a > b", command);
    return false;
}

bool expr_is_many(ExprType t)
{
    return t == EXT_series || t == EXT_array || t == EXT_texts || t == EXT_labels;
}

Value expr_rows(Elab *e, Range range, const Value *a, const Value *rows)
{
    const Expr *x = expr_of(e, a);
    if (!x)
        return value_error(range);
    if (!expr_is_many(x->type)) {
        diag_error(e->diags, range, "%s has no elements", type_text(x->type));
        return value_error(range);
    }
    if (rows->i < 0 || rows->end < rows->i) {
        diag_error(e->diags, rows->range,
                   "a range of rows goes up from 0 or more, unlike %lld..%lld", (long long)rows->i,
                   (long long)rows->end);
        return value_error(range);
    }
    Expr *out = expr_new(e, EX_rows, x->type, range, 1);
    out->args[0] = x;
    out->is_int = x->is_int;
    out->n_axes = 2;
    out->axes = arena_copy(e->arena, (int64_t[]){rows->i, rows->end}, 2 * sizeof(int64_t));
    return value_expr(out);
}

Value expr_index(Elab *e, Range range, const Value *a, const Value *b)
{
    if (b->kind == VAL_range)
        return expr_rows(e, range, a, b);
    const Expr *x = expr_of(e, a), *y = x ? expr_of(e, b) : NULL;
    if (!y)
        return value_error(range);
    if (!expr_is_many(x->type)) {
        diag_error(e->diags, range, "%s has no elements", type_text(x->type));
        return value_error(range);
    }
    if (y->type != EXT_number) {
        diag_error(e->diags, y->range, "an index must be an integer, not %s", type_text(y->type));
        return value_error(range);
    }
    ExprType type = x->type == EXT_texts    ? EXT_text
                    : x->type == EXT_labels ? EXT_label
                    : expr_rank(e, x) == 1  ? EXT_number
                                            : EXT_array;
    Expr *out = expr_new(e, EX_index, type, range, 2);
    out->args[0] = x;
    out->args[1] = y;
    return value_expr(out);
}
