/* elaborate.c: Ast -> Program: the walk over a file: declarations, top-level if and for, params and
 * options. The only folder that sees both syntax and tables. Knows no shapes: those begin
 * in ir/layers. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ir/defs/warnings.h"
#include "ir/program/elaborate_internal.h"

/* ---- config ---- */

/* `seed` is where the file gave it before. */
void config_run(Elab *e, Scope *s, const Ast *a, Range *seed)
{
    for (uint32_t i = 0; i < a->u.items.n; i++) {
        const Ast *setting = a->u.items.at[i];
        if (setting->kind == AST_error)
            continue;
        AstName name = setting->u.bind.name;
        if (strcmp(name.text, "seed") != 0) {
            diag_error(e->diags, name.range, "unknown setting '%s' of config; it takes: seed",
                       name.text);
        } else if (seed->begin) {
            diag_error(e->diags, name.range, "'seed' of config is given twice");
            diag_note(e->diags, *seed, "the first one is here");
        } else {
            *seed = name.range;
            seed_eval(e, s, setting->u.bind.value, &e->p->seed);
        }
    }
}

/* ---- params and options ---- */

/* The last one of a name counts. */
static void index_defines(Elab *e)
{
    for (uint32_t i = 0; i < e->options->n_defines; i++)
        places_set(e->arena, &e->defines, intern(e->names, e->options->defines[i].name), i);
}

static const Define *find_define(const Elab *e, const char *name)
{
    size_t i = places_get(&e->defines, name);
    return i == NO_PLACE ? NULL : &e->options->defines[i];
}

static bool define_int(const char *text, Value *out)
{
    char *end;
    errno = 0;
    long long i = strtoll(text, &end, 10);
    bool right = end != text && !*end && !errno;
    if (right)
        *out = value_int(out->range, i);
    return right;
}

static bool define_float(const char *text, Value *out)
{
    char *end;
    double f = strtod(text, &end);
    bool right = end != text && !*end && isfinite(f);
    if (right)
        *out = value_float(out->range, f);
    return right;
}

static bool define_bool(const char *text, Value *out)
{
    bool yes = !strcmp(text, "true");
    *out = value_bool(out->range, yes);
    return yes || !strcmp(text, "false");
}

static bool define_word(Elab *e, const char *text, Value *out)
{
    bool none = !strcmp(text, "none");
    *out = (Value){
        .kind = none ? VAL_none : VAL_word, .range = out->range, .text = intern(e->names, text)};
    return none || vocab_knows(text);
}

/* `out` keeps the range of the default. A param that is none may be set to anything but a string. */
static bool parse_define(Elab *e, const char *text, const Value *usual, Value *out)
{
    *out = *usual;
    switch (usual->kind) {
    case VAL_int:
        return define_int(text, out);
    case VAL_float:
        return define_float(text, out);
    case VAL_bool:
        return define_bool(text, out);
    case VAL_string:
        out->text = text;
        return true;
    case VAL_none:
        return define_int(text, out) || define_float(text, out) || define_bool(text, out) ||
               define_word(e, text, out);
    case VAL_word:
        return define_word(e, text, out);
    default: /* takes no part */
        return false;
    }
}

static Value take_define(Elab *e, const Ast *a, const Define *d, Value usual)
{
    bool scalar = value_is_number(&usual) || usual.kind == VAL_bool || usual.kind == VAL_string ||
                  usual.kind == VAL_none || usual.kind == VAL_word;
    Value given;
    if (parse_define(e, d->text, &usual, &given))
        return given;
    if (scalar)
        diag_error(e->diags, a->range, "-D %s=%s: a value like the default, %s, is expected",
                   d->name, d->text, value_text(e, &usual));
    else
        diag_error(e->diags, a->range,
                   "-D %s: a param that is %s cannot be set on the command line", d->name,
                   value_text(e, &usual));
    return value_error(a->range);
}

void param_run(Elab *e, Scope *s, const Ast *a, const char *prefix)
{
    Value v = eval(e, s, a->u.bind.value, N_VOCABS);
    AstName name = a->u.bind.name;
    const char *full =
        *prefix ? intern(e->names, arena_printf(e->arena, "%s%s", prefix, name.text)) : name.text;
    const Define *d = find_define(e, full);
    places_set(e->arena, &e->param_places, full, e->params.n);
    vec_push(e->arena, &e->params, full);
    if (v.kind == VAL_expr) {
        report_runtime(e, v.expr, "a param");
        v = value_error(v.range);
    } else if (!check_word(e, s, &v)) {
        v = value_error(v.range);
    }
    if (d && v.kind != VAL_error)
        v = take_define(e, a, d, v);
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

/* A trainer has one command line: no two options have one name, wherever they are declared. */
static void check_other_options(Elab *e, const Option *o, size_t other)
{
    if (other == NO_PLACE)
        return;
    diag_error(e->diags, o->range, "the trainer would have two options '--%s'", o->name);
    diag_note(e->diags, e->p->options.at[other].range, "the other one is declared here");
}

static void declare_option(Elab *e, Scope *s, const Ast *a, const Expr *usual)
{
    AstName name = a->u.bind.name;
    size_t errors = diag_errors(e->diags);
    Option o = {.name = name.text,
                .range = name.range,
                .type = usual->type,
                .is_int = usual->is_int,
                .value = usual,
                .id = (uint32_t)e->p->options.n};
    size_t other = places_add(e->arena, &e->options_named, o.name, o.id);
    vec_push(e->arena, &e->p->options, o);
    Expr *x = expr_new(e, EX_option, usual->type, a->range, 0);
    x->index = o.id;
    x->is_int = o.is_int;
    scope_value(e, s, name, value_expr(x), false);
    if (diag_errors(e->diags) == errors)
        check_other_options(e, &o, other);
}

void option_run(Elab *e, Scope *s, const Ast *a)
{
    Value v = eval(e, s, a->u.bind.value, N_VOCABS);
    AstName name = a->u.bind.name;
    bool scalar = value_is_number(&v) || v.kind == VAL_bool || v.kind == VAL_string;
    if (is_trainer_option(name.text))
        diag_error(e->diags, name.range, "every trainer has an option '--%s' of its own",
                   name.text);
    if (v.kind == VAL_expr)
        report_runtime(e, v.expr, "the default of an option");
    else if (!scalar && check_word(e, s, &v))
        diag_error(e->diags, v.range, "an option is a number, a bool or a string, not %s",
                   value_text(e, &v));
    if (scalar)
        declare_option(e, s, a, expr_of(e, &v));
    else
        scope_value(e, s, name, value_error(a->range), false);
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

void let_run(Elab *e, Scope *s, const Ast *a)
{
    Value v = eval(e, s, a->u.bind.value, N_VOCABS);
    if (!check_word(e, s, &v))
        v = value_error(v.range);
    Decl *d = scope_value(e, s, a->u.bind.name, v, false);
    if (v.kind == VAL_instance) {
        name_instance(e, d);
        file_compile(e, v.instance);
    }
}

/* ---- items ---- */

static void declare(Elab *e, Scope *s, DeclKind kind, AstName name, const Ast *a)
{
    Decl *d = scope_declare(e, s, kind, name, false);
    d->ast = a;
    if (kind != DECL_data)
        params_check(e, kind == DECL_fn ? &a->u.fn.params : &a->u.model.params);
    if (!name.text) /* the word `model` or `data` */
        d->range = (Range){a->range.begin, a->range.begin + (kind == DECL_model ? 5 : 4)};
}

/* model, block, data and fn are visible in the whole file. */
void items_declare(Elab *e, Scope *s, const AstList *items, const char *prefix)
{
    for (uint32_t i = 0; i < items->n; i++) {
        const Ast *a = items->at[i];
        if (a->kind == AST_import)
            import_run(e, s, a, prefix);
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
    Value c = eval(e, s, a->u.branch.condition, N_VOCABS);
    if (c.kind == VAL_expr) {
        branch_run(e, s, a, &c);
        return;
    }
    if (!condition_known(e, s, &c, &yes))
        return;
    names_check_list(e, s, yes ? &a->u.branch.else_body : &a->u.branch.body);
    items_run(e, scope_new(e, s), yes ? &a->u.branch.body : &a->u.branch.else_body);
}

static void run_for(Elab *e, Scope *s, const Ast *a)
{
    Value over = eval(e, s, a->u.loop.over, N_VOCABS);
    Items items;
    if (!items_of(e, s, &over, &items))
        return;
    if (!items.n)
        names_check(e, s, a);
    for (uint32_t i = 0; i < items.n; i++) {
        Scope *inner = scope_new(e, s);
        size_t errors = diag_errors(e->diags);
        if (!count_steps(e, a->range, 1))
            return;
        scope_value(e, inner, a->u.loop.name, items_at(&items, i), i > 0);
        items_run(e, inner, &a->u.loop.body);
        if (diag_errors(e->diags) > errors)
            return; /* the next rounds would say the same */
    }
}

void items_run(Elab *e, Scope *s, const AstList *items)
{
    Range seed = {0, 0};
    s->text = items;
    if (!e->branch && !e->event)
        items_declare(e, s, items, "");
    for (uint32_t i = 0; i < items->n && !diag_is_full(e->diags); i++) {
        const Ast *a = items->at[i];
        e->here = s;
        bool may_leave = s == e->file && (a->kind == AST_if || a->kind == AST_for);
        size_t errors = diag_errors(e->diags);
        if (may_leave)
            results_declare(e, a, false);
        if (event_refuses(e, a) || branch_refuses(e, s, a))
            continue;
        if (a->kind == AST_config)
            config_run(e, s, a, &seed);
        else if (a->kind == AST_param)
            param_run(e, s, a, "");
        else if (a->kind == AST_option)
            option_run(e, s, a);
        else if (a->kind == AST_let)
            let_run(e, s, a);
        else if (a->kind == AST_if)
            run_if(e, s, a);
        else if (a->kind == AST_for)
            run_for(e, s, a);
        else if (a->kind == AST_command)
            command_run(e, s, a);
        if (may_leave && diag_errors(e->diags) > errors)
            results_declare(e, a, true);
    }
    models_check(e, s);
    data_check(e, s);
}

/* ---- the whole ---- */

static void check_defines(Elab *e)
{
    for (uint32_t i = 0; i < e->options->n_defines; i++) {
        const char *name = e->options->defines[i].name;
        RtSuggest best = rt_suggest_start(name);
        const char *known = intern(e->names, name);
        if (places_get(&e->param_places, known) != NO_PLACE || places_get(&e->defines, known) != i)
            continue;
        for (size_t k = 0; k < e->params.n && !diag_is_full(e->diags); k++)
            rt_suggest_offer(&best, e->params.at[k]);
        const char *near = rt_suggest_best(&best);
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
            diag_warning(e->diags, d->range, warning_name(WARNING_unused_param),
                         "the param '%s' is never used", d->name);
    }
}

Program *elaborate(Arena *arena, Interner *names, Diags *diags, const struct Ast *file,
                   const ElaborateOptions *options)
{
    Program *p = ARENA_NEW(arena, Program);
    Elab e = {.arena = arena,
              .names = names,
              .diags = diags,
              .quiet = diag_new(arena, NULL),
              .options = options,
              .p = p};
    size_t errors = diag_errors(diags);
    p->arena = arena;
    p->names = names;
    p->diags = diags;
    index_defines(&e);
    e.file = scope_new(&e, NULL);
    items_run(&e, e.file, &file->u.items);
    for (size_t i = 0; i < e.imported.n; i++)
        if (e.imported.at[i]->scope)
            data_check(&e, e.imported.at[i]->scope);
    files_finish(&e);
    models_finish(&e);
    if (diag_errors(diags) == errors)
        inputs_finish(&e);
    for (size_t i = 0; i < e.instances.n; i++)
        vec_push(arena, &p->made, e.instances.at[i].instance);
    check_defines(&e);
    if (options->warn_missing)
        data_warn_absent(&e, diag_errors(diags) > errors);
    if (diag_errors(diags) == errors)
        warn_unused(&e);
    return diag_errors(diags) == errors ? p : NULL;
}
