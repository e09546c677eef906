/* tensor_calls.c: activations, losses and metrics called in a fn of the network: relu(x), mse(y, p); of the
 * transforms one_hot(y, n).
 *
 * Tensors come first, one for an activation, two for a loss or metric; the arguments of the row follow by
 * name. Elsewhere such a call leaves out the tensors: activation=relu(max_value=6). */
#include <string.h>

#include "ir/program/elaborate_internal.h"

const Row *tensor_row(const char *name)
{
    static const VocabKind kinds[] = {VOCAB_activation, VOCAB_loss, VOCAB_metric};
    const Row *row = NULL;
    const Row *function = vocab_find(VOCAB_function, name);
    if (function && strcmp(function->kind_name, "compare") != 0)
        return NULL;
    for (int i = 0; i < 3 && !row; i++)
        row = vocab_find(kinds[i], name);
    const Row *transform = row ? NULL : vocab_find(VOCAB_transform, name);
    return transform && transform->id == TRANSFORM_one_hot ? transform : row;
}

static uint32_t tensors_of(const Row *row)
{
    return row->vocab == VOCAB_loss || row->vocab == VOCAB_metric ? 2 : 1;
}

/* These mean nothing in a fn. */
static bool is_of_every_loss(const char *arg)
{
    return !strcmp(arg, "reduction") || !strcmp(arg, "name");
}

/* As many arguments without names as the row takes tensors. */
static bool check_form(Elab *e, const Row *row, const char *name, const Ast *a)
{
    const AstList *args = &a->u.call.args;
    uint32_t n = tensors_of(row), plain = 0;
    while (plain < args->n && args->at[plain]->kind != AST_error &&
           !args->at[plain]->u.bind.name.text)
        plain++;
    if (plain < args->n && args->at[plain]->kind == AST_error)
        return false;
    if (plain < n) {
        diag_error(e->diags, a->range, "in a fn '%s' takes %s", name,
                   n == 1 ? "a tensor" : "two tensors: targets and outputs");
        diag_help(e->diags, n == 1 ? "as in %s(x)" : "as in %s(y, p)", name);
    } else if (plain > n && row->vocab != VOCAB_transform) {
        diag_error(e->diags, args->at[n]->range, "in a fn '%s' takes %s; what follows has a name",
                   name, n == 1 ? "one tensor" : "two tensors");
        if (row->n_args && !is_of_every_loss(row->args[0].name))
            diag_help(e->diags, "as in %s = ...", row->args[0].name);
    }
    return plain == n || (plain > n && row->vocab == VOCAB_transform);
}

/* The value of a tensor's argument; NULL after errors. */
static const Expr *tensor(Elab *e, Scope *s, const char *name, const Ast *arg)
{
    Value v = eval(e, s, arg->u.bind.value, N_VOCABS);
    const Expr *x = check_word(e, s, &v) ? expr_of(e, &v) : NULL;
    if (!x || x->type == EXT_tensor || x->type == EXT_number)
        return x;
    diag_error(e->diags, arg->range, "in a fn '%s' takes a tensor, not %s", name,
               value_text(e, &v));
    return NULL;
}

void help_tensor_row(Elab *e, const Row *row)
{
    if (row->vocab == VOCAB_activation || row->vocab == VOCAB_loss || row->vocab == VOCAB_metric)
        diag_help(e->diags, "'%s' computes with tensors, in a fn that the network uses", row->name);
}

Value tensor_call(Elab *e, Scope *s, const Row *row, const char *name, const Ast *a)
{
    uint32_t n = tensors_of(row);
    if (!check_form(e, row, name, a))
        return value_error(a->range);
    AstList rest = {a->u.call.args.at + n, a->u.call.args.n - n};
    Expr *out = expr_new(e, EX_call, EXT_tensor, a->range, n);
    for (uint32_t i = 0; i < n; i++)
        if (!(out->args[i] = tensor(e, s, name, a->u.call.args.at[i])))
            return value_error(a->range);
    Value v = row_call(e, s, row, name, &rest, a->range);
    out->call = v.call;
    return v.kind == VAL_call ? value_expr(out) : v;
}
