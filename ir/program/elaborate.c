/* elaborate.c: Ast -> Program: the walk over a file: declarations, top-level if and for, imports,
 * params and options. The only folder that sees both syntax and tables. Knows no shapes: those begin
 * in ir/layers. */
#include <stdlib.h>
#include <string.h>

#include "ir/program/elaborate_internal.h"

/* ---- config ---- */

static void run_config(Elab *e, Scope *s, const Ast *a, bool main_file, bool *given)
{
    for (uint32_t i = 0; i < a->u.items.n; i++) {
        const Ast *setting = a->u.items.at[i];
        AstName name = setting->u.bind.name;
        if (strcmp(name.text, "seed") != 0) {
            diag_error(e->diags, name.range, "unknown setting '%s' of config; it takes: seed",
                       name.text);
            continue;
        }
        Value v = eval(e, s, setting->u.bind.value, N_VOCABS);
        if (v.kind == VAL_expr)
            report_runtime(e, v.expr, "the seed of config");
        else if (v.kind != VAL_int && v.kind != VAL_error)
            diag_error(e->diags, v.range, "a seed must be an integer, not %s", value_text(e, &v));
        if (v.kind == VAL_int && (main_file || !*given))
            e->p->seed = v.i;
        *given = true;
    }
}

/* ---- params and options ---- */

static const Define *find_define(Elab *e, const char *name)
{
    for (uint32_t i = 0; i < e->options->n_defines; i++)
        if (!strcmp(e->options->defines[i].name, name)) {
            vec_push(e->arena, &e->define_used, e->options->defines[i].name);
            return &e->options->defines[i];
        }
    return NULL;
}

static bool parse_define(const char *text, const Value *usual, Value *out)
{
    char *end = NULL;
    *out = *usual;
    switch (usual->kind) {
    case VAL_int:
        out->i = strtoll(text, &end, 10);
        out->f = (double)out->i;
        return *text && !*end;
    case VAL_float:
        out->f = strtod(text, &end);
        return *text && !*end;
    case VAL_bool:
        out->i = !strcmp(text, "true");
        return out->i || !strcmp(text, "false");
    case VAL_string:
        out->text = text;
        return true;
    case VAL_none:
    case VAL_word:
        out->kind = !strcmp(text, "none") ? VAL_none : VAL_word;
        out->text = text;
        return true;
    default: /* lists and the like have no literal on the command line */
        return false;
    }
}

static void run_param(Elab *e, Scope *s, const Ast *a, const char *prefix)
{
    Value v = eval(e, s, a->u.bind.value, N_VOCABS);
    AstName name = a->u.bind.name;
    const Define *d = find_define(e, arena_printf(e->arena, "%s%s", prefix, name.text));
    if (v.kind == VAL_expr) {
        report_runtime(e, v.expr, "a param");
        v = value_error(v.range);
    } else if (v.kind == VAL_word && !vocab_knows(v.text)) {
        report_unknown(e, s, N_VOCABS, v.text, v.range);
        v = value_error(v.range);
    }
    if (d && v.kind != VAL_error) {
        Value given;
        if (parse_define(d->text, &v, &given)) {
            v = given;
        } else {
            diag_error(e->diags, a->range, "-D %s=%s: a value like the default, %s, is expected",
                       d->name, d->text, value_text(e, &v));
            v = value_error(a->range);
        }
    }
    scope_value(e, s, name, v, false)->is_param = true;
}

static bool is_trainer_option(const char *name)
{
    static const char *const names[] = {
#define OPTION(id, short, long, value, state, doc) long,
#include "runtime/abi/trainer_options.def"
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i] + 2, name))
            return true;
    return false;
}

static void run_option(Elab *e, Scope *s, const Ast *a)
{
    Value v = eval(e, s, a->u.bind.value, N_VOCABS);
    AstName name = a->u.bind.name;
    bool scalar = value_is_number(&v) || v.kind == VAL_bool || v.kind == VAL_string;
    if (is_trainer_option(name.text))
        diag_error(e->diags, name.range, "every trainer has an option '--%s' of its own",
                   name.text);
    if (v.kind == VAL_expr)
        report_runtime(e, v.expr, "the default of an option");
    else if (!scalar && v.kind != VAL_error)
        diag_error(e->diags, v.range, "an option is a number, a bool or a string, not %s",
                   value_text(e, &v));
    if (!scalar) {
        scope_value(e, s, name, value_error(a->range), false);
        return;
    }
    const Expr *usual = expr_of(e, &v);
    Option o = {.name = name.text,
                .range = name.range,
                .type = usual->type,
                .is_int = usual->is_int,
                .value = usual,
                .id = (uint32_t)e->p->options.n};
    vec_push(e->arena, &e->p->options, o);
    Expr *x = expr_new(e, EX_option, usual->type, a->range, 0);
    x->index = o.id;
    x->is_int = o.is_int;
    scope_value(e, s, name, value_expr(x), false);
}

/* ---- let ---- */

static void name_instance(Elab *e, Decl *d)
{
    Instance *m = d->value.instance;
    bool fresh = m->range.begin == d->value.range.begin && m->range.end == d->value.range.end;
    if (!fresh || m->top_level)
        return;
    m->name = d->name;
    vec_push(e->arena, &e->named_instances, d);
}

static void run_let(Elab *e, Scope *s, const Ast *a)
{
    Value v = eval(e, s, a->u.bind.value, N_VOCABS);
    if (v.kind == VAL_word && !vocab_knows(v.text)) {
        report_unknown(e, s, N_VOCABS, v.text, v.range);
        v = value_error(v.range);
    }
    Decl *d = scope_value(e, s, a->u.bind.name, v, false);
    if (v.kind == VAL_instance)
        name_instance(e, d);
}

/* ---- imports ---- */

static void declare_items(Elab *e, Scope *s, const AstList *items, const char *prefix);

static void import_items(Elab *e, Scope *s, const AstList *items, const char *prefix)
{
    bool seed_given = false;
    declare_items(e, s, items, prefix);
    for (uint32_t i = 0; i < items->n; i++) {
        const Ast *a = items->at[i];
        if (a->kind == AST_param)
            run_param(e, s, a, prefix);
        else if (a->kind == AST_option)
            run_option(e, s, a);
        else if (a->kind == AST_let)
            run_let(e, s, a);
        else if (a->kind == AST_config)
            run_config(e, s, a, false, &seed_given);
        else if (a->kind == AST_command || a->kind == AST_if || a->kind == AST_for)
            diag_error(e->diags, a->range, "an imported file holds declarations, no commands");
    }
}

static void run_import(Elab *e, Scope *s, const Ast *a, const char *prefix)
{
    const char *message = NULL, *key = NULL;
    AstName as = a->u.import.name;
    const Ast *file = e->options->open_import
                          ? e->options->open_import(e->options->import_cx, a->u.import.path,
                                                    a->u.import.path_range, &key, &message)
                          : NULL;
    Scope *inner = as.text ? scope_new(e, NULL) : s;
    if (as.text)
        scope_value(e, s, as, (Value){.kind = VAL_space, .range = as.range, .scope = inner}, false);
    if (!file) {
        diag_error(e->diags, a->u.import.path_range, "%s",
                   message ? message : "this file cannot be imported here");
        return;
    }
    for (size_t i = 0; i < e->imported.n; i++)
        if (!strcmp(e->imported.at[i], key)) {
            diag_error(e->diags, a->u.import.path_range, "\"%s\" imports itself, maybe over others",
                       a->u.import.path);
            return;
        }
    vec_push(e->arena, &e->imported, key);
    import_items(e, inner, &file->u.items,
                 as.text ? arena_printf(e->arena, "%s%s.", prefix, as.text) : prefix);
    e->imported.n--;
}

/* ---- items ---- */

static void declare(Elab *e, Scope *s, DeclKind kind, AstName name, const Ast *a)
{
    Decl *d = scope_declare(e, s, kind, name, false);
    d->ast = a;
    if (!name.text) /* the word `model` or `data` */
        d->range = (Range){a->range.begin, a->range.begin + (kind == DECL_model ? 5 : 4)};
}

/* model, block, data and fn are visible in the whole file. */
static void declare_items(Elab *e, Scope *s, const AstList *items, const char *prefix)
{
    for (uint32_t i = 0; i < items->n; i++) {
        const Ast *a = items->at[i];
        if (a->kind == AST_import)
            run_import(e, s, a, prefix);
        else if (a->kind == AST_fn)
            declare(e, s, DECL_fn, a->u.fn.name, a);
        else if (a->kind == AST_data)
            declare(e, s, DECL_data, a->u.data.name, a);
        else if (a->kind == AST_block)
            declare(e, s, DECL_block, a->u.model.name, a);
        else if (a->kind == AST_model)
            declare(e, s, DECL_model, a->u.model.name, a);
    }
}

static void run_if(Elab *e, Scope *s, const Ast *a)
{
    bool yes;
    if (!eval_condition(e, s, a->u.branch.condition, &yes))
        return;
    names_check_list(e, s, yes ? &a->u.branch.else_body : &a->u.branch.body);
    items_run(e, scope_new(e, s), yes ? &a->u.branch.body : &a->u.branch.else_body);
}

static void run_for(Elab *e, Scope *s, const Ast *a)
{
    Value over = eval(e, s, a->u.loop.over, N_VOCABS);
    uint32_t n;
    const Value *items;
    if (!value_items(e, &over, &n, &items))
        return;
    for (uint32_t i = 0; i < n; i++) {
        Scope *inner = scope_new(e, s);
        size_t errors = diag_errors(e->diags);
        if (!count_step(e, a->range))
            return;
        scope_value(e, inner, a->u.loop.name, items[i], i > 0);
        items_run(e, inner, &a->u.loop.body);
        if (diag_errors(e->diags) > errors)
            return; /* the next rounds would say the same */
    }
}

void items_run(Elab *e, Scope *s, const AstList *items)
{
    bool seed_given = false;
    declare_items(e, s, items, "");
    for (uint32_t i = 0; i < items->n; i++) {
        const Ast *a = items->at[i];
        if (a->kind == AST_config)
            run_config(e, s, a, true, &seed_given);
        else if (a->kind == AST_param)
            run_param(e, s, a, "");
        else if (a->kind == AST_option)
            run_option(e, s, a);
        else if (a->kind == AST_let)
            run_let(e, s, a);
        else if (a->kind == AST_if)
            run_if(e, s, a);
        else if (a->kind == AST_for)
            run_for(e, s, a);
        else if (a->kind == AST_command)
            command_run(e, s, a);
    }
    models_check(e, s);
}

/* ---- the whole ---- */

static void check_defines(Elab *e)
{
    for (uint32_t i = 0; i < e->options->n_defines; i++) {
        const char *name = e->options->defines[i].name;
        Suggest best = suggest_start(name);
        bool used = false;
        for (size_t k = 0; k < e->define_used.n; k++)
            used = used || !strcmp(e->define_used.at[k], name);
        if (used)
            continue;
        for (size_t k = 0; k < e->file->decls.n; k++)
            if (e->file->decls.at[k]->is_param)
                suggest_offer(&best, e->file->decls.at[k]->name);
        const char *near = suggest_best(&best);
        diag_error(e->diags, (Range){0, 0},
                   near ? "-D %s: there is no such param; did you mean '%s'?"
                        : "-D %s: there is no such param",
                   name, near);
    }
}

static void warn_unused(Elab *e)
{
    for (size_t i = 0; i < e->file->decls.n; i++) {
        const Decl *d = e->file->decls.at[i];
        if (d->is_param && !d->used)
            diag_warning(e->diags, d->range, "unused-param", "the param '%s' is never used",
                         d->name);
    }
}

/* Sharing weights between two blocks of state waits for a later version. */
static void check_shared(Elab *e)
{
    for (size_t i = 0; i < e->p->instances.n; i++) {
        const Instance *outer = e->p->instances.at[i];
        for (size_t k = 0; k < outer->layers.n; k++) {
            const Instance *inner = outer->layers.at[k].nested;
            if (!inner || !inner->top_level)
                continue;
            diag_error(e->diags, outer->layers.at[k].range,
                       "'%s' is a part of '%s' and used by commands itself: that is not built yet",
                       inner->name, outer->name);
            diag_note(e->diags, inner->range, "it is made here");
        }
    }
}

Program *elaborate(Arena *arena, Interner *names, Diags *diags, const struct Ast *file,
                   const ElaborateOptions *options)
{
    Program *p = ARENA_NEW(arena, Program);
    Elab e = {.arena = arena, .names = names, .diags = diags, .options = options, .p = p};
    size_t errors = diag_errors(diags);
    p->arena = arena;
    p->names = names;
    p->diags = diags;
    e.file = scope_new(&e, NULL);
    items_run(&e, e.file, &file->u.items);
    check_defines(&e);
    check_shared(&e);
    if (diag_errors(diags) == errors)
        warn_unused(&e);
    return diag_errors(diags) == errors ? p : NULL;
}
