/* results.c: `as r[key]`: results of several commands under one name, as a map that grows. The name belongs to the
 * file, whatever loops and conditions stand around the commands. */
#include "ir/program/elaborate_internal.h"

/* The map of the name, which is empty at first. NULL: the name is taken, which is reported. */
static Decl *results_of(Elab *e, AstName name)
{
    Decl *d = scope_find_here(e->file, name.text);
    if (d && d->is_results)
        return d;
    Value map = {.kind = VAL_map, .range = name.range, .depth = 1};
    if (d)
        map = value_error(name.range);
    Decl *added = scope_value(e, e->file, name, map, false);
    added->is_results = !d;
    return d ? NULL : added;
}

void results_declare(Elab *e, const Ast *a, bool failed)
{
    if (a->kind == AST_command) {
        for (uint32_t i = 0; i < a->u.command.clauses.n; i++) {
            const Ast *clause = a->u.command.clauses.at[i];
            if (clause->kind != AST_clause || !clause->u.clause.name.text ||
                !clause->u.clause.value)
                continue;
            Decl *d = results_of(e, clause->u.clause.name);
            if (d && failed)
                d->value.incomplete = true;
        }
        return;
    }
    const AstList *bodies[] = {a->kind == AST_for  ? &a->u.loop.body
                               : a->kind == AST_if ? &a->u.branch.body
                                                   : NULL,
                               a->kind == AST_if ? &a->u.branch.else_body : NULL};
    for (size_t k = 0; k < 2; k++)
        for (uint32_t i = 0; bodies[k] && i < bodies[k]->n; i++)
            results_declare(e, bodies[k]->at[i], failed);
}

/* Plain values, which messages can show. */
static bool can_be_key(const Value *v)
{
    bool right = value_is_number(v) || v->kind == VAL_bool || v->kind == VAL_string ||
                 v->kind == VAL_none || v->kind == VAL_word || v->kind == VAL_list ||
                 v->kind == VAL_tuple;
    for (uint32_t i = 0; right && i < v->n; i++)
        right = can_be_key(&v->items[i]);
    return right;
}

static bool is_fresh(Elab *e, const Decl *d, const Value *key)
{
    StrBuf text = {0};
    int64_t place = map_find(e, &d->value, key);
    if (place < 0)
        return true;
    value_print(&text, key);
    diag_error(e->diags, key->range, "'%s' has the key %s already", d->name, text.text);
    Range first = d->value.items[place].range;
    if (first.begin == key->range.begin)
        diag_help(e->diags, "in a loop the key changes with its variable");
    else
        diag_note(e->diags, first, "it is given here");
    strbuf_close(&text);
    return false;
}

bool results_key(Elab *e, Scope *s, const Ast *clause, Value *key)
{
    *key = eval(e, s, clause->u.clause.value, N_VOCABS);
    const Decl *d = results_of(e, clause->u.clause.name);
    if (key->kind == VAL_expr)
        report_runtime(e, key->expr, "the key of a result");
    else if (check_word(e, s, key) && !can_be_key(key))
        diag_error(e->diags, key->range,
                   "the key of a result is a number, a string, a word or a "
                   "list of these, not %s",
                   value_text(e, key));
    else if (key->kind != VAL_error && d)
        return is_fresh(e, d, key);
    return false;
}

const char *results_name(Elab *e, AstName name, const Value *key)
{
    StrBuf text = {0};
    strbuf_printf(&text, "%s[", name.text);
    value_print(&text, key);
    strbuf_char(&text, ']');
    const char *copy = arena_strdup(e->arena, text.text);
    strbuf_close(&text);
    return copy;
}

void results_add(Elab *e, AstName name, const Value *key, Value result)
{
    Decl *d = results_of(e, name);
    if (!d)
        return;
    vec_push(e->arena, &d->results, *key);
    vec_push(e->arena, &d->results, result);
    d->value.items = d->results.at;
    d->value.n = (uint32_t)d->results.n;
    d->value.size = d->value.n;
    d->value.depth = key->depth >= d->value.depth ? key->depth + 1 : d->value.depth;
}

void results_poison(Elab *e, AstName name)
{
    Decl *d = results_of(e, name);
    if (d)
        d->value.incomplete = true;
}
