/* scope.c: who a name belongs to, and what to say where nobody has it. */
#include <string.h>

#include "ir/defs/warnings.h"
#include "ir/program/elaborate_internal.h"
#include "runtime/abi/name_index.h"
#include "support/habits.h"

/* Up to FEW names of a scope are searched one by one; the last MOST_OFFERED are looked at for one that a person may
 * have meant. */
enum { FEW = 8, MOST_OFFERED = 1000 };

Scope *scope_new(Elab *e, Scope *outer)
{
    Scope *s = ARENA_NEW(e->arena, Scope);
    s->outer = outer;
    return s;
}

Decl *scope_find_here(const Scope *s, const char *name)
{
    if (s->names.n) {
        size_t i = places_get(&s->names, name);
        return i == NO_PLACE ? NULL : s->decls.at[i];
    }
    for (size_t i = 0; i < s->decls.n; i++) {
        rt_names_compared++;
        if (s->decls.at[i]->name == name)
            return s->decls.at[i];
    }
    return NULL;
}

void scope_add(Elab *e, Scope *s, Decl *d)
{
    vec_push(e->arena, &s->decls, d);
    if (s->decls.n <= FEW)
        return;
    for (size_t i = s->names.n ? s->decls.n - 1 : 0; i < s->decls.n; i++)
        places_add(e->arena, &s->names, s->decls.at[i]->name, i);
}

Decl *scope_find(const Scope *s, const char *name)
{
    for (; s; s = s->outer) {
        Decl *d = scope_find_here(s, name);
        if (d) {
            d->used = true;
            return d;
        }
    }
    return NULL;
}

bool vocab_knows(const char *name)
{
    return vocab_any(name, N_VOCABS) != NULL;
}

const Row *vocab_any(const char *name, Want first)
{
    const Row *row = first < N_VOCABS ? vocab_find(first, name) : NULL;
    for (int k = 0; k < N_VOCABS && !row; k++)
        if (k != VOCAB_command)
            row = vocab_find((VocabKind)k, name);
    return row;
}

/* Commands are no values, so nothing hides them. */
static void warn_hiding(Elab *e, const Scope *s, AstName name)
{
    const Row *row = vocab_any(name.text, N_VOCABS);
    const Decl *outer = NULL;
    for (const Scope *o = s->outer; o && !outer; o = o->outer)
        outer = scope_find_here(o, name.text);
    if (outer) {
        diag_warning(e->diags, name.range, warning_name(WARNING_shadow), "'%s' hides an outer name",
                     name.text);
        diag_note(e->diags, outer->range, "which is declared here");
    } else if (row) {
        diag_warning(e->diags, name.range, warning_name(WARNING_shadow),
                     "'%s' hides the %s of this name", name.text, vocab_name(row->vocab));
    }
}

Decl *scope_declare(Elab *e, Scope *s, DeclKind kind, AstName name, bool silent)
{
    Decl *d = name.text ? scope_find_here(s, name.text) : NULL;
    if (d && name.range.begin) {
        diag_error(e->diags, name.range, "'%s' is declared twice", name.text);
        diag_note(e->diags, d->range, "the other declaration is here");
    } else if (name.text && !silent) {
        warn_hiding(e, s, name);
    }
    d = ARENA_NEW(e->arena, Decl);
    d->kind = kind;
    d->name = name.text ? name.text : intern(e->names, "");
    d->range = name.range;
    d->scope = s;
    scope_add(e, s, d);
    return d;
}

Decl *scope_value(Elab *e, Scope *s, AstName name, Value v, bool silent)
{
    Decl *d = scope_declare(e, s, DECL_value, name, silent);
    d->value = v;
    d->made = true;
    return d;
}

/* May a declared name stand where `want` is looked for? */
static bool fits(const Decl *d, Want want)
{
    ValueKind kind = d->kind == DECL_value ? d->value.kind : VAL_error;
    if (want == N_VOCABS || kind == VAL_space)
        return true;
    if (want == VOCAB_command)
        return false;
    if (want == (Want)WANT_data)
        return d->kind == DECL_data || kind == VAL_data || kind == VAL_part;
    if (want == (Want)WANT_model)
        return d->kind == DECL_model || kind == VAL_instance;
    if (want == VOCAB_layer)
        return d->kind == DECL_model || d->kind == DECL_block || kind == VAL_instance ||
               kind == VAL_block || kind == VAL_call || kind == VAL_list;
    if (want == (Want)WANT_value || want == VOCAB_schedule)
        return d->kind == DECL_fn ||
               (kind != VAL_error && kind != VAL_data && kind != VAL_instance);
    return d->kind == DECL_fn || kind == VAL_fn || kind == VAL_call || kind == VAL_word ||
           kind == VAL_list;
}

static void offer_scope(RtSuggest *best, const Scope *s, Want want)
{
    for (; s; s = s->outer)
        for (size_t i = s->decls.n > MOST_OFFERED ? s->decls.n - MOST_OFFERED : 0; i < s->decls.n;
             i++)
            if (*s->decls.at[i]->name && fits(s->decls.at[i], want))
                rt_suggest_offer(best, s->decls.at[i]->name);
}

/* let, param and option are known from their line on. */
static const Ast *find_below(const Scope *s, const char *name)
{
    for (; s; s = s->outer)
        for (uint32_t i = 0; s->text && i < s->text->n; i++) {
            const Ast *a = s->text->at[i];
            bool binds = a->kind == AST_let || a->kind == AST_param || a->kind == AST_option;
            if (binds && a->u.bind.name.text == name)
                return a;
        }
    return NULL;
}

/* A line that begins with a word that is known, but no command. */
static void help_command(Elab *e, const Scope *s, const char *name)
{
    const Row *row = vocab_any(name, N_VOCABS);
    if (row && row->vocab == VOCAB_layer)
        diag_help(e->diags, "layers go into a model: model net { %s(...) }", row->name);
    else if (row || scope_find(s, intern(e->names, name)))
        diag_help(e->diags, "a statement begins with a command, as in print %s", name);
}

/* A result inside an `if` that the run decides. */
static void report_local(Elab *e, const char *name, Range range)
{
    diag_error(e->diags, range, "'%s' is known only inside the braces of its 'if'", name);
    diag_note(e->diags, *branch_local(e, name), "the command is here");
    diag_help(e->diags, "as %s[KEY] keeps the result for the lines behind", name);
}

void report_unknown(Elab *e, const Scope *s, Want want, const char *name, Range range)
{
    const Ast *below = want == VOCAB_command ? NULL : find_below(s, name);
    if (below) {
        diag_error(e->diags, range, "'%s' is used before it is declared", name);
        diag_note(e->diags, below->u.bind.name.range, "it is declared here");
        return;
    }
    bool command = want == VOCAB_command;
    if (!command && branch_local(e, name)) {
        report_local(e, name, range);
        return;
    }
    const char *what = want < N_VOCABS ? vocab_name(want) : "name";
    const char *habit = habit_word(command ? HABIT_command : HABIT_value, name);
    RtSuggest best = rt_suggest_start(name);
    offer_scope(&best, s, want);
    offer_scope(&best, e->prelude, want);
    if (habit && !rt_suggest_best(&best)) {
        diag_error(e->diags, range, "unknown %s '%s'", what, name);
        diag_help(e->diags, "%s", habit);
        return;
    }
    for (int k = 0; k < N_VOCABS; k++)
        if (want == N_VOCABS ? k != VOCAB_command : k == (int)want)
            vocab_offer((VocabKind)k, &best);
    const char *near = rt_suggest_best(&best);
    if (!near) {
        diag_error(e->diags, range, "unknown %s '%s'", what, name);
        if (command)
            help_command(e, s, name);
        return;
    }
    diag_error(e->diags, range, "unknown %s '%s'; did you mean '%s'%s?", what, name, near,
               rt_suggest_state(&best));
    offer_fix(e, range, &best);
}

void offer_fix(Elab *e, Range range, const RtSuggest *best)
{
    const char *near = rt_suggest_best(best);
    if (near && !best->later)
        diag_fix(e->diags, range, near, "write '%s'", near);
}
