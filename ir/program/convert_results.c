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

bool convert_result(Convert *c)
{
    Value v = listed(c->e, c->v);
    c->out->expr = expr_here(c, &v);
    if (!c->out->expr || expr_is_many(c->out->expr->type))
        return c->out->expr != NULL;
    return wrong_type(c, c->out->expr);
}

bool convert_caption(Convert *c)
{
    c->out->expr = expr_here(c, c->v);
    if (!c->out->expr || c->out->expr->type == EXT_text || c->out->expr->type == EXT_label)
        return c->out->expr != NULL;
    return wrong_type(c, c->out->expr);
}

/* One text stands for a list of one. */
bool convert_captions(Convert *c)
{
    Value one = *c->v;
    if (c->v->kind == VAL_string)
        one = value_list(c->e, c->v->range, VAL_list, 1, c->v);
    one = listed(c->e, &one);
    const Expr *x = c->out->expr = expr_here(c, &one);
    bool right = x && (x->type == EXT_texts || x->type == EXT_labels || x->type == EXT_series ||
                       (x->type == EXT_array && expr_rank(c->e, x) == 1));
    return !x || right ? right : wrong_type(c, x);
}
