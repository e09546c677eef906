/* eval.c: Ast expressions -> values. */
#include <stdlib.h>
#include <string.h>

#include "ir/program/elaborate_internal.h"
#include "support/habits.h"

bool count_steps(Elab *e, Range range, uint32_t n)
{
    bool before = e->steps <= STEP_LIMIT;
    e->steps = n > UINT32_MAX - e->steps ? UINT32_MAX : e->steps + n;
    if (e->steps <= STEP_LIMIT)
        return true;
    if (before)
        diag_error(e->diags, range,
                   "loops, calls, lists and comparisons take more than %d steps in total",
                   STEP_LIMIT);
    return false;
}

bool count_text(Elab *e, Range range, const char *text, size_t block)
{
    size_t n = e->steps <= STEP_LIMIT ? strlen(text) / block : 0;
    return count_steps(e, range, n < UINT32_MAX ? (uint32_t)n : UINT32_MAX);
}

/* Texts nest, and what they call nests in them; the limit keeps both together on the stack. */
bool nest_enter(Elab *e, Range range)
{
    if (e->nesting < NESTED_LIMIT) {
        e->nesting++;
        return true;
    }
    diag_error(e->diags, range, "expressions and calls nested deeper than %d levels", NESTED_LIMIT);
    return false;
}

static void report_cycle(Elab *e, const Decl *d, Range range)
{
    size_t first = 0;
    while (e->active.at[first] != d)
        first++;
    const char *chain = d->name;
    for (size_t i = first + 1; i < e->active.n; i++)
        chain = arena_printf(e->arena, "%s -> %s", chain, e->active.at[i]->name);
    diag_error(e->diags, range,
               d->kind == DECL_fn ? "'%s' calls itself: %s -> %s"
                                  : "'%s' is made of itself: %s -> %s",
               d->name, chain, d->name);
    diag_note(e->diags, d->range, "it is declared here");
}

bool decl_enter(Elab *e, Decl *d, Range range)
{
    if (d->busy) {
        report_cycle(e, d, range);
        return false;
    }
    if (e->active.n >= DEPTH_LIMIT) {
        diag_error(e->diags, range, "'%s' is nested deeper than %d levels", d->name, DEPTH_LIMIT);
        return false;
    }
    d->busy = true;
    vec_push(e->arena, &e->active, d);
    return true;
}

void decl_leave(Elab *e, Decl *d)
{
    d->busy = false;
    e->active.n--;
}

/* The value of a name, with the place where it is used; a word that nobody knows keeps its own. */
static Value used_value(Elab *e, const Value *value, Range range)
{
    Value v = *value;
    if (v.kind == VAL_word && !vocab_knows(v.text))
        return v;
    v.range = range;
    if (v.kind == VAL_expr) {
        Expr *x = arena_copy(e->arena, v.expr, sizeof *x);
        x->range = range;
        v.expr = x;
    }
    return v;
}

static Value decl_value(Elab *e, Decl *d, Range range)
{
    Value v = {.kind = VAL_error, .range = range, .decl = d};
    switch (d->kind) {
    case DECL_value:
        v = used_value(e, &d->value, range);
        break;
    case DECL_fn:
        v.kind = VAL_fn;
        v.fn = d->ast;
        v.scope = d->scope;
        break;
    case DECL_block:
        v.kind = VAL_block;
        break;
    case DECL_model:
        v.kind = VAL_model;
        break;
    case DECL_data:
        v.data = data_get(e, d, range);
        v.kind = v.data ? VAL_data : VAL_error;
        break;
    }
    return v;
}

static Value eval_name(Elab *e, Scope *s, const Ast *a)
{
    Decl *d = scope_find(s, a->u.name.text);
    if (d)
        return decl_value(e, d, a->range);
    if (classes_is(e, a->u.name.text))
        return classes_value(e, a->range);
    const Row *row = vocab_find(VOCAB_function, a->u.name.text);
    if (row && row->id == FUNCTION_pi)
        return value_float(a->range, VALUE_PI);
    d = vocab_knows(a->u.name.text) ? NULL : prelude_find(e, a->u.name.text);
    if (d)
        return decl_value(e, d, a->range);
    return (Value){.kind = VAL_word, .range = a->range, .text = a->u.name.text};
}

/* ---- calls ---- */

uint32_t fn_params(const Value *fn)
{
    return fn->fn->u.fn.params.n;
}

bool fn_takes(const Value *fn, uint32_t n)
{
    const AstList *params = &fn->fn->u.fn.params;
    bool takes = params->n >= n;
    for (uint32_t i = n; takes && i < params->n; i++)
        takes = params->at[i]->u.bind.value != NULL;
    return takes;
}

const char *fn_name(const Value *fn)
{
    return fn->fn->u.fn.name.text ? fn->fn->u.fn.name.text : "fn";
}

bool check_twice(Elab *e, const AstList *list, bool is_given)
{
    Places seen = {0};
    bool right = true;
    for (uint32_t i = 0; list->n > 1 && i < list->n; i++) {
        const Ast *a = list->at[i];
        size_t first =
            a->kind == AST_error ? NO_PLACE : places_add(e->arena, &seen, a->u.bind.name.text, i);
        if (first == NO_PLACE)
            continue;
        Range other = list->at[first]->u.bind.name.range;
        if (is_given) {
            diag_error(e->diags, a->u.bind.name.range, "'%s' is given twice", a->u.bind.name.text);
            diag_note(e->diags, other, "the first one is here");
        } else {
            diag_error(e->diags, a->u.bind.name.range, "'%s' is declared twice",
                       a->u.bind.name.text);
            diag_note(e->diags, other, "the other declaration is here");
        }
        right = false;
    }
    return right;
}

void params_check(Elab *e, const AstList *params)
{
    (void)check_twice(e, params, false);
}

/* fn(x) => …: what it is called by is found through the value alone, but it cannot call itself. */
static Value anonymous_fn(Elab *e, Scope *s, const Ast *a)
{
    Decl *d = ARENA_NEW(e->arena, Decl);
    d->kind = DECL_fn;
    d->name = "fn";
    d->range = a->range;
    d->ast = a;
    d->scope = s;
    params_check(e, &a->u.fn.params);
    return (Value){.kind = VAL_fn, .range = a->range, .fn = a, .scope = s, .decl = d};
}

static void fn_lets(Elab *e, Scope *inner, const AstList *lets)
{
    for (uint32_t i = 0; i < lets->n; i++) {
        const Ast *let = lets->at[i];
        Value v = let->kind == AST_let ? eval(e, inner, let->u.bind.value, N_VOCABS)
                                       : value_error(let->range);
        if (!check_word(e, inner, &v))
            v = value_error(let->range);
        if (let->kind == AST_let)
            scope_value(e, inner, let->u.bind.name, v, false);
    }
}

static Value fn_body(Elab *e, const Value *fn, Scope *inner, Range range)
{
    if (!decl_enter(e, fn->decl, range))
        return value_error(range);
    const AstList *lets = &fn->fn->u.fn.lets;
    bool counted = count_steps(e, range, 1 + lets->n);
    if (counted)
        fn_lets(e, inner, lets);
    Value v = counted ? eval(e, inner, fn->fn->u.fn.body, N_VOCABS) : value_error(range);
    decl_leave(e, fn->decl);
    return v;
}

Value fn_apply(Elab *e, const Value *fn, Range range, uint32_t n, const Value *args)
{
    const AstList *params = &fn->fn->u.fn.params;
    Scope *inner = scope_new(e, fn->scope);
    for (uint32_t i = 0; i < params->n; i++) {
        AstName name = params->at[i]->u.bind.name;
        Value v = i < n ? args[i] : eval(e, inner, params->at[i]->u.bind.value, N_VOCABS);
        scope_value(e, inner, name, v, true);
    }
    return fn_body(e, fn, inner, range);
}

static Value call_fn(Elab *e, Scope *s, const Value *fn, const Ast *a)
{
    Scope *inner = scope_new(e, fn->scope);
    if (!params_bind(e, s, inner, "fn", fn_name(fn), &fn->fn->u.fn.params, &a->u.call.args,
                     a->range, NULL))
        return value_error(a->range);
    Value v = fn_body(e, fn, inner, a->range);
    return used_value(e, &v, a->range);
}

static bool refuse_later(Elab *e, const Row *row, Range range)
{
    if (row->later)
        diag_error(e->diags, range, "the %s '%s' is not built yet", vocab_name(row->vocab),
                   row->name);
    return row->later;
}

Value row_call(Elab *e, Scope *s, const Row *row, const char *name, const AstList *args,
               Range range)
{
    Call *call = ARENA_NEW(e->arena, Call);
    call->kind = row->vocab;
    call->row = row;
    call->name = call_name(row, name);
    call->range = range;
    call->args = args_check(e, s, row, args, range);
    if (!call->args)
        return value_error(range);
    return (Value){.kind = VAL_call, .range = range, .call = call};
}

static Value call_row(Elab *e, Scope *s, const Row *row, const char *name, const Ast *a)
{
    if (refuse_later(e, row, a->u.call.callee->range))
        return value_error(a->range);
    if (row->vocab == VOCAB_function)
        return function_call(e, s, row, a);
    if (e->in_network && tensor_row(name) == row)
        return tensor_call(e, s, row, name, a);
    return row_call(e, s, row, name, &a->u.call.args, a->range);
}

static Value call_instance(Elab *e, Scope *s, const Value *model, const Ast *a)
{
    Instance *m = model_instance(e, model->decl, &a->u.call.args, s, a->range);
    Value v = {.kind = m ? VAL_instance : VAL_error, .range = a->range, .instance = m};
    return v;
}

/* What a called word is: of the vocabulary that the place asks for, else a function, else any. */
static const Row *callable_row(const Elab *e, const char *name, Want want)
{
    const Row *row = want < N_VOCABS ? vocab_find(want, name) : NULL;
    if (!row && e->in_network)
        row = tensor_row(name);
    if (!row)
        row = vocab_find(VOCAB_function, name);
    return row ? row : vocab_any(name, want);
}

/* fit net on d (epochs=5); Dense(3)(x) */
static void help_call(Elab *e, const Value *callee, const AstList *args)
{
    const char *name =
        args->n && args->at[0]->kind != AST_error ? args->at[0]->u.bind.name.text : NULL;
    bool operand =
        callee->kind == VAL_data || callee->kind == VAL_part || callee->kind == VAL_instance;
    if (operand && name)
        diag_help(e->diags, "settings go between '{' and '}': { %s = ... }", name);
    else if (callee->kind == VAL_call && callee->call->kind == VOCAB_layer)
        diag_help(e->diags,
                  "layers follow one another in a model: model net { Dense(8); Dense(1) }");
}

static Value eval_call(Elab *e, Scope *s, const Ast *a, Want want)
{
    Value callee = eval(e, s, a->u.call.callee, want);
    const Row *row;
    switch (callee.kind) {
    case VAL_error:
        return value_error(a->range);
    case VAL_word:
        row = callable_row(e, callee.text, want);
        if (row)
            return call_row(e, s, row, callee.text, a);
        report_unknown(e, s, want, callee.text, callee.range);
        return value_error(a->range);
    case VAL_fn:
        return call_fn(e, s, &callee, a);
    case VAL_model:
        return call_instance(e, s, &callee, a);
    case VAL_block:
        if (!callee.scope)
            return block_call(e, callee.decl, &a->u.call.args, s, a->range);
        break;
    default: /* numbers, lists … */
        break;
    }
    diag_error(e->diags, callee.range, "%s cannot be called", value_text(e, &callee));
    help_call(e, &callee, &a->u.call.args);
    return value_error(a->range);
}

/* ---- operators ---- */

static bool truth(Elab *e, AstOp op, Range op_range, const Value *v, bool *out)
{
    *out = v->kind == VAL_bool && v->i;
    if (v->kind == VAL_bool || v->kind == VAL_none)
        return true;
    if (v->kind != VAL_error)
        diag_error(e->diags, op_range, "'%s' takes bools, not %s", ast_op_text(op),
                   value_text(e, v));
    return false;
}

/* and, or: the right side counts only where the left one leaves it open. */
static Value eval_logic(Elab *e, Scope *s, const Ast *n)
{
    AstOp op = n->u.op.op;
    Value a = eval(e, s, n->u.op.a, N_VOCABS), b;
    bool x = false, y = false;
    if (a.kind == VAL_expr) {
        b = eval(e, s, n->u.op.b, N_VOCABS);
        return expr_binary(e, op, n->u.op.op_range, &a, &b);
    }
    if (!truth(e, op, n->u.op.op_range, &a, &x))
        return value_error(n->range);
    if (x == (op == AST_OP_or)) {
        names_check(e, s, n->u.op.b);
        return value_bool(n->range, x);
    }
    b = eval(e, s, n->u.op.b, N_VOCABS);
    if (b.kind == VAL_expr)
        return b;
    if (!truth(e, op, n->u.op.op_range, &b, &y))
        return value_error(n->range);
    return value_bool(n->range, y);
}

bool check_word(Elab *e, const Scope *s, const Value *v)
{
    if (v->kind == VAL_word && !vocab_knows(v->text)) {
        report_unknown(e, s, N_VOCABS, v->text, v->range);
        return false;
    }
    return v->kind != VAL_error;
}

static bool runs_later(const Value *v)
{
    return v->kind == VAL_expr || v->kind == VAL_result;
}

static Value eval_binary(Elab *e, Scope *s, const Ast *n)
{
    if (n->u.op.op == AST_OP_and || n->u.op.op == AST_OP_or)
        return eval_logic(e, s, n);
    Value a = eval(e, s, n->u.op.a, N_VOCABS), b = eval(e, s, n->u.op.b, N_VOCABS);
    bool right = check_word(e, s, &a), comment = n->u.op.op == AST_OP_floordiv;
    if (!check_word(e, s, &b) || !right) {
        if (comment && right && b.kind == VAL_word)
            diag_help(e->diags, "a comment begins with '#'");
        return value_error(n->range);
    }
    if (runs_later(&a) || runs_later(&b))
        return expr_binary(e, n->u.op.op, n->u.op.op_range, &a, &b);
    return arith_binary(e, n->u.op.op, n->u.op.op_range, &a, &b);
}

static Value eval_unary(Elab *e, Scope *s, const Ast *n)
{
    Value a = eval(e, s, n->u.op.a, N_VOCABS);
    if (!check_word(e, s, &a))
        return value_error(n->range);
    return runs_later(&a) ? expr_unary(e, n->u.op.op, n->range, &a)
                          : arith_unary(e, n->u.op.op, n->range, &a);
}

static Value eval_choose(Elab *e, Scope *s, const Ast *n, Want want)
{
    Value c = eval(e, s, n->u.choose.condition, N_VOCABS);
    if (runs_later(&c)) {
        Value yes = eval(e, s, n->u.choose.yes, want), no = eval(e, s, n->u.choose.no, want);
        return expr_where(e, n->range, &c, &yes, &no);
    }
    if (c.kind != VAL_bool && c.kind != VAL_none) {
        if (check_word(e, s, &c))
            diag_error(e->diags, c.range, "a condition must be a bool, not %s", value_text(e, &c));
        return value_error(n->range);
    }
    names_check(e, s, c.i ? n->u.choose.no : n->u.choose.yes);
    return eval(e, s, c.i ? n->u.choose.yes : n->u.choose.no, want);
}

bool condition_known(Elab *e, const Scope *s, const Value *c, bool *out)
{
    *out = c->kind == VAL_bool && c->i;
    if (c->kind == VAL_bool || c->kind == VAL_none)
        return true;
    if (check_word(e, s, c))
        diag_error(e->diags, c->range, "a condition must be a bool, not %s", value_text(e, c));
    return false;
}

bool eval_condition(Elab *e, Scope *s, const Ast *a, bool *out)
{
    Value c = eval(e, s, a, N_VOCABS);
    if (c.kind != VAL_expr)
        return condition_known(e, s, &c, out);
    report_runtime(e, c.expr, "the condition of 'if'");
    *out = false;
    return false;
}

/* ---- elements ---- */

static Value eval_each(Elab *e, Scope *s, const Ast *a, Want want)
{
    Value over = eval(e, s, a->u.loop.over, N_VOCABS);
    Items items;
    Vec(Value) out = {0};
    if (!items_of(e, s, &over, &items))
        return value_error(a->range);
    if (!items.n)
        names_check(e, s, a);
    for (uint32_t i = 0; i < items.n; i++) {
        Scope *inner = scope_new(e, s);
        bool take = true;
        scope_value(e, inner, a->u.loop.name, items_at(&items, i), true);
        if (!count_steps(e, a->range, 1) ||
            (a->u.loop.condition && !eval_condition(e, inner, a->u.loop.condition, &take)))
            return value_error(a->range);
        if (!take)
            continue;
        vec_push(e->arena, &out, eval(e, inner, a->u.loop.value, want));
        if (vec_last(&out).kind == VAL_error)
            return value_error(a->range);
    }
    return value_list(e, a->range, VAL_list, (uint32_t)out.n, out.at);
}

static Value eval_index(Elab *e, Scope *s, const Ast *a)
{
    Value object = eval(e, s, a->u.pair.a, N_VOCABS), at = eval(e, s, a->u.pair.b, N_VOCABS);
    bool right = check_word(e, s, &object);
    if (!check_word(e, s, &at) || !right)
        return value_error(a->range);
    if (object.kind == VAL_map && at.kind == VAL_expr) {
        report_runtime(e, at.expr, "the key of a map");
        return value_error(a->range);
    }
    if (runs_later(&object) || runs_later(&at))
        return expr_index(e, a->range, &object, &at);
    return index_value(e, &object, &at, a->range);
}

static Value eval_items(Elab *e, Scope *s, const Ast *a, ValueKind kind, Want want)
{
    const AstList *list = &a->u.items;
    Vec(Value) out = {0};
    bool right = true;
    for (uint32_t i = 0; i < list->n; i++) {
        Value v = eval(e, s, list->at[i], want);
        right = right && v.kind != VAL_error;
        vec_push(e->arena, &out, v);
    }
    if (!right || !count_steps(e, a->range, list->n))
        return value_error(a->range);
    return value_list(e, a->range, kind, (uint32_t)out.n, out.at);
}

/* Keys that can be sorted: numbers and words. */
static int key_class(const Value *v)
{
    return value_is_number(v) ? 0 : v->kind == VAL_string || v->kind == VAL_word ? 1 : 2;
}

/* Equal keys stand beside each other, the first one first. */
static int compare_keys(const void *a, const void *b)
{
    const Value *x = *(const Value *const *)a, *y = *(const Value *const *)b;
    int class = key_class(x), order = class - key_class(y);
    if (!order && class == 0)
        order = (x->f > y->f) - (x->f < y->f);
    else if (!order && class == 1)
        order = strcmp(x->text, y->text);
    return order ? order : (x > y) - (x < y);
}

static bool keys_differ(Elab *e, const Value *items, size_t n)
{
    const Value **keys = ARENA_ARRAY(e->arena, const Value *, n / 2 + 1);
    for (size_t i = 0; i < n; i += 2)
        keys[i / 2] = &items[i];
    qsort(keys, n / 2, sizeof *keys, compare_keys);
    for (size_t i = 1; i < n / 2; i++) {
        size_t first = key_class(keys[i]) < 2 ? i - 1 : 0;
        for (size_t k = first; k < i; k++)
            if (value_equal(e, keys[i], keys[k])) {
                diag_error(e->diags, keys[i]->range, "this key is in the map twice");
                diag_note(e->diags, keys[k]->range, "the first one is here");
                return false;
            }
    }
    return true;
}

static Value eval_map(Elab *e, Scope *s, const Ast *a, Want want)
{
    const AstList *list = &a->u.items;
    Vec(Value) out = {0};
    bool right = true;
    for (uint32_t i = 0; i < list->n; i++) {
        if (list->at[i]->kind != AST_pair)
            return value_error(a->range);
        Value key = eval(e, s, list->at[i]->u.pair.a, N_VOCABS);
        Value value = eval(e, s, list->at[i]->u.pair.b, want);
        right = check_word(e, s, &key) && value.kind != VAL_error && right;
        vec_push(e->arena, &out, key);
        vec_push(e->arena, &out, value);
    }
    if (!right || !count_steps(e, a->range, list->n))
        return value_error(a->range);
    if (!keys_differ(e, out.at, out.n))
        return value_error(a->range);
    return value_list(e, a->range, VAL_map, (uint32_t)out.n, out.at);
}

static Value eval_member(Elab *e, Scope *s, const Ast *a)
{
    Value object = eval(e, s, a->u.member.object, N_VOCABS);
    if (object.kind == VAL_space) {
        Decl *d = scope_find(object.scope, a->u.member.name.text);
        if (d)
            return decl_value(e, d, a->range);
    }
    if (object.kind != VAL_word || vocab_knows(object.text))
        return check_word(e, s, &object) ? member_get(e, &object, a->u.member.name, a->range)
                                         : value_error(a->range);
    (void)check_word(e, s, &object);
    const char *habit = habit_word(HABIT_file, a->u.member.name.text);
    if (habit)
        diag_help(e->diags, "%s: \"%s.%s\"", habit, object.text, a->u.member.name.text);
    return value_error(a->range);
}

static Value eval_kind(Elab *e, Scope *s, const Ast *a, Want want)
{
    switch (a->kind) {
    case AST_integer:
        return value_int(a->range, a->u.integer);
    case AST_number:
        return value_float(a->range, a->u.number);
    case AST_string:
        return value_string(a->range, a->u.string);
    case AST_bool:
        return value_bool(a->range, a->u.truth);
    case AST_none:
        return value_none(a->range);
    case AST_name:
        return eval_name(e, s, a);
    case AST_unary:
        return eval_unary(e, s, a);
    case AST_binary:
        return eval_binary(e, s, a);
    case AST_choose:
        return eval_choose(e, s, a, want);
    case AST_fn:
        return anonymous_fn(e, s, a);
    case AST_call:
        return eval_call(e, s, a, want);
    case AST_member:
        return eval_member(e, s, a);
    case AST_index:
        return eval_index(e, s, a);
    case AST_tuple:
        return eval_items(e, s, a, VAL_tuple, want);
    case AST_list:
        return eval_items(e, s, a, VAL_list, want);
    case AST_map:
        return eval_map(e, s, a, want);
    case AST_each:
        return eval_each(e, s, a, want);
    default: /* AST_error; statements are no expressions */
        return value_error(a->range);
    }
}

Value eval(Elab *e, Scope *s, const Ast *a, Want want)
{
    if (!nest_enter(e, a->range))
        return value_error(a->range);
    Value v = eval_kind(e, s, a, want);
    e->nesting--;
    return v;
}
