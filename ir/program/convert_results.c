/* convert_results.c: arguments that the run may give: numbers of a plot, texts beside it. */
#include "ir/program/convert_internal.h"

/* Numbers of a range stand for their list. */
static Value listed(Elab *e, const Value *v)
{
    Items items;
    Vec(Value) out = {0};
    if (v->kind != VAL_range)
        return *v;
    if (!items_of(e, NULL, v, &items) || !count_steps(e, v->range, items.n))
        return value_error(v->range);
    for (uint32_t i = 0; i < items.n; i++)
        vec_push(e->arena, &out, items_at(&items, i));
    return value_list(e, v->range, VAL_list, (uint32_t)out.n, out.at);
}

/* An expression of the value; NULL after errors, also where it is none. */
static const Expr *expr_here(Convert *c, const Value *v)
{
    bool plain = v->kind == VAL_expr || v->kind == VAL_result || v->kind == VAL_list ||
                 v->kind == VAL_tuple || v->kind == VAL_string || value_is_number(v);
    if (!plain)
        (void)convert_wrong(c, v);
    return plain ? expr_of(c->e, v) : NULL;
}

static bool wrong_type(Convert *c, const Expr *x)
{
    Value v = value_expr((Expr *)(uintptr_t)x);
    diag_error(c->e->diags, x->range, "%s must be %s, not %s", convert_place(c),
               convert_kind_text(c->arg),
               c->v->kind == VAL_expr ? value_text(c->e, &v) : value_text(c->e, c->v));
    return false;
}

/* Is it what an argument of this kind takes? */
static bool is_right(Convert *c, const Expr *x)
{
    bool one_axis = expr_is_many(x->type) && expr_rank(c->e, x) == 1;
    if (c->arg->kind == ARG_RESULT)
        return expr_is_many(x->type);
    return c->arg->kind == ARG_CAPTION ? x->type == EXT_text || x->type == EXT_label : one_axis;
}

/* One text stands for a list of one. */
bool convert_given(Convert *c)
{
    Value v = listed(c->e, c->v);
    if (c->arg->kind == ARG_CAPTIONS && v.kind == VAL_string)
        v = value_list(c->e, v.range, VAL_list, 1, c->v);
    c->out->expr = expr_here(c, &v);
    return c->out->expr && (is_right(c, c->out->expr) || wrong_type(c, c->out->expr));
}
