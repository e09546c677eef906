/* compare.c: compare(a, b) of two cross-validations over the same folds: for each metric the mean and the deviation of the
 * differences, fold by fold; as a text and, behind a dot, as numbers. */
#include <string.h>

#include "ir/program/elaborate_internal.h"

static const Command *folds_of(Elab *e, const Value *v)
{
    const Command *c =
        v->kind == VAL_result ? &e->p->commands.at[e->p->results.at[v->result].command] : NULL;
    if (c && c->row->id == COMMAND_cross_validate)
        return c;
    if (v->kind != VAL_error)
        diag_error(e->diags, v->range,
                   "'compare' takes two results of cross_validate, but this is %s",
                   c                     ? arena_printf(e->arena, "a result of '%s'", c->row->name)
                   : v->kind == VAL_expr ? "a result of the run"
                                         : value_text(e, v));
    return NULL;
}

/* The setting that makes the folds of two commands differ; NULL: none does. */
static const char *difference(const Command *a, const Command *b)
{
    static const int settings[] = {ARG_cross_validate_folds, ARG_cross_validate_stratify,
                                   ARG_cross_validate_shuffle, ARG_cross_validate_seed,
                                   ARG_cross_validate_groups};
    if (a->data->part[PART_TRAIN].source != b->data->part[PART_TRAIN].source || a->part != b->part)
        return "data";
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        const ArgValue *x = &a->settings[settings[i]], *y = &b->settings[settings[i]];
        bool texts = x->text && y->text;
        if (x->none != y->none || x->i != y->i || (x->seed && y->seed && x->seed != y->seed) ||
            !x->seed != !y->seed || (texts && strcmp(x->text, y->text) != 0))
            return a->row->args[settings[i]].name;
    }
    return NULL;
}

static bool same_folds(Elab *e, Range range, const Command *a, const Command *b)
{
    const char *what = difference(a, b);
    if (!what)
        return true;
    diag_error(e->diags, range, "the folds of these two differ by their %s: nothing goes in pairs",
               what);
    diag_note(e->diags, a->range, "the first one is here");
    diag_note(e->diags, b->range, "the second one is here");
    return false;
}

static Value series(Elab *e, Range range, const Value *v, const char *key)
{
    Expr *x = expr_new(e, EX_result, EXT_series, range, 0);
    x->index = v->result;
    x->text = key;
    return value_expr(x);
}

static Value over_folds(Elab *e, Range range, ExprOp op, const Value *of)
{
    Expr *x = expr_new(e, op, EXT_number, range, 1);
    x->args[0] = expr_of(e, of);
    return value_expr(x);
}

/* The keys that both report, one value each. */
static uint32_t common_keys(Elab *e, const Command *a, const Command *b, const char **out)
{
    uint32_t n_a, n_b, n = 0;
    const char **x = log_keys(e, a, false, &n_a), **y = log_keys(e, b, false, &n_b);
    for (uint32_t i = 0; i < n_a; i++)
        for (uint32_t k = 0; k < n_b; k++)
            if (!strcmp(x[i], y[k]))
                out[n++] = x[i];
    return n;
}

/* "a - b: accuracy +0.0120 ± 0.0051" */
static const char *template_of(Elab *e, const Value *a, const Value *b, uint32_t n,
                               const char *const *keys)
{
    size_t width = 0;
    const char *text = "";
    for (uint32_t i = 0; i < n; i++)
        width = strlen(keys[i]) > width ? strlen(keys[i]) : width;
    for (uint32_t i = 0; i < n; i++)
        text = arena_printf(e->arena, "%s%s%s - %s: %-*s {:+.4f} ± {:.4f}", text, i ? "\n" : "",
                            a->text, b->text, (int)width, keys[i]);
    return text;
}

Value results_compare(Elab *e, Range range, const Value *a, const Value *b)
{
    const Command *x = folds_of(e, a), *y = folds_of(e, b);
    uint32_t most;
    if (!x || !y || !same_folds(e, range, x, y))
        return value_error(range);
    (void)log_keys(e, x, false, &most);
    const char **keys = ARENA_ARRAY(e->arena, const char *, most + 1);
    uint32_t n = common_keys(e, x, y, keys);
    Value *items = ARENA_ARRAY(e->arena, Value, 2 * n + 1);
    Expr *text = expr_new(e, EX_format, EXT_text, range, 2 * n);
    for (uint32_t i = 0; i < n; i++) {
        Value of_a = series(e, range, a, keys[i]), of_b = series(e, range, b, keys[i]);
        Value less = expr_binary(e, AST_OP_sub, range, &of_a, &of_b);
        Value pair[] = {over_folds(e, range, EX_mean, &less), over_folds(e, range, EX_std, &less)};
        text->args[2 * i] = pair[0].expr;
        text->args[2 * i + 1] = pair[1].expr;
        items[2 * i] = value_string(range, keys[i]);
        items[2 * i + 1] = value_list(e, range, VAL_list, 2, pair);
    }
    text->text = template_of(e, a, b, n, keys);
    Value out = value_expr(text);
    out.items = items;
    out.n = 2 * n;
    return out;
}
