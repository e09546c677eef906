/* model_defaults.c: models that come compiled.
 *
 * Lines compile { } and fit { } in the body of a model are settings of its instances: a setting that the text of a
 * command gives goes before. `classes` in a body is the number of classes of the data set that an instance is first
 * used with; until then the instance has no layers. */
#include <string.h>

#include "ir/program/elaborate_internal.h"

/* ---- classes ---- */

bool classes_is(const Elab *e, const char *name)
{
    return e->body && !strcmp(name, "classes");
}

Value classes_value(Elab *e, Range range)
{
    if (e->body->classes)
        return value_int(range, e->body->classes);
    if (!e->body->asked.begin)
        e->body->asked = range;
    return value_error(range);
}

static void note_asked(Elab *e, const InstanceState *state)
{
    diag_note(e->diags, state->waits, "'classes' is needed here");
}

bool model_complete(Elab *e, Instance *m, DataSet *d, Range range)
{
    InstanceState *state = instance_state(e, m);
    if (state->broken || !state->waits.begin)
        return !state->broken;
    state->broken = true;
    if (!data_need_facts(e, d, range, "the number of classes")) {
        note_asked(e, state);
        return false;
    }
    if (!d->facts.classes) {
        diag_error(e->diags, range,
                   "'%s' needs classes, but the targets of '%s' are not class numbers", m->name,
                   d->name);
        note_asked(e, state);
        diag_note(e->diags, d->range, "the targets come from here");
        return false;
    }
    return model_again(e, m, d->facts.classes);
}

bool model_waits(Elab *e, const Instance *m, Range range)
{
    const InstanceState *state = instance_state(e, m);
    if (!state->waits.begin)
        return state->broken;
    if (!state->broken) {
        diag_error(
            e->diags, range,
            "'%s' has no layers before a fit, evaluate or predict tells how many classes there are",
            m->name);
        note_asked(e, state);
    }
    return true;
}

bool model_inside(Elab *e, Instance *m, Range range)
{
    const InstanceState *state = instance_state(e, m);
    if (state->waits.begin && e->body && !state->broken) {
        Value n = classes_value(e, state->waits);
        return n.kind == VAL_int && model_again(e, m, n.i);
    }
    return !model_waits(e, m, range);
}

void models_finish(Elab *e)
{
    for (size_t i = 0; i < e->p->instances.n; i++) {
        const Instance *m = e->p->instances.at[i];
        const InstanceState *state = instance_state(e, m);
        if (!state->waits.begin || state->broken)
            continue;
        diag_error(e->diags, m->range,
                   "'%s' takes 'classes' from the data set that it is used with, but nothing uses "
                   "it with one",
                   m->name);
        note_asked(e, state);
    }
}

/* ---- settings ---- */

static bool one_line(Elab *e, const Ast *before, const Ast *a)
{
    if (!before || before == a)
        return true;
    diag_error(e->diags, a->u.command.name.range, "a model has one line '%s'",
               a->u.command.name.text);
    diag_note(e->diags, before->u.command.name.range, "the first one is here");
    return false;
}

static bool no_events(Elab *e, const AstList *settings)
{
    for (uint32_t i = 0; i < settings->n; i++)
        if (settings->at[i]->kind == AST_event) {
            diag_error(e->diags, settings->at[i]->range,
                       "lines at an event stand in a fit of the program, not in a model");
            return false;
        }
    return true;
}

bool defaults_add(Elab *e, Instance *m, Scope *s, const Ast *a)
{
    const Row *row = vocab_find(VOCAB_command, a->u.command.name.text);
    ModelDefaults *own = &instance_state(e, m)->defaults;
    bool compile = row && row->id == COMMAND_compile;
    if (!compile && !(row && row->id == COMMAND_fit)) {
        diag_error(e->diags, a->u.command.name.range,
                   "in a model only compile and fit have settings, not '%s'",
                   a->u.command.name.text);
        return false;
    }
    if (!one_line(e, compile ? own->compile : own->fit, a) || !no_events(e, &a->u.command.settings))
        return false;
    if (compile)
        own->compile = a, own->compile_scope = s;
    else
        own->fit = a, own->fit_scope = s;
    return true;
}

static bool gives(const AstList *settings, const char *name)
{
    for (uint32_t i = 0; i < settings->n; i++)
        if (settings->at[i]->kind == AST_setting && settings->at[i]->u.bind.name.text == name)
            return true;
    return false;
}

/* The value of a setting of the body, computed there, as a setting that names it. */
static Ast *as_named(Elab *e, Scope *names, Scope *body, const Row *row, const Ast *setting)
{
    AstName name = setting->u.bind.name;
    int at = row_arg(row, name.text);
    ArgKind kind = at < 0 ? ARG_VALUE : row->args[at].kind;
    const Ast *value = setting->u.bind.value;
    bool bare =
        arg_takes_words(kind) && value->kind == AST_name && !scope_find(body, value->u.name.text);
    Value v = bare ? (Value){.kind = VAL_word, .range = value->range, .text = value->u.name.text}
                   : eval(e, body, value, arg_want(kind));
    const char *hidden = intern(e->names, arena_printf(e->arena, "%s.%s", row->name, name.text));
    scope_value(e, names, (AstName){hidden, {0, 0}}, v, true);
    Ast *out = arena_copy(e->arena, setting, sizeof *setting);
    Ast *named = arena_copy(e->arena, value, sizeof *value);
    named->kind = AST_name;
    named->u.name = (AstName){hidden, value->range};
    out->u.bind.value = named;
    return out;
}

static AstList merged(Elab *e, Scope *names, Scope *body, const Row *row, const AstList *settings,
                      const AstList *own)
{
    Vec(Ast *) all = {0};
    for (uint32_t i = 0; i < settings->n; i++)
        vec_push(e->arena, &all, settings->at[i]);
    for (uint32_t i = 0; i < own->n; i++) {
        Ast *one = own->at[i];
        if (one->kind == AST_setting && gives(settings, one->u.bind.name.text))
            continue;
        vec_push(e->arena, &all,
                 one->kind == AST_setting ? as_named(e, names, body, row, one) : one);
    }
    return (AstList){all.at, (uint32_t)all.n};
}

const ArgValue *defaults_settings(Elab *e, Scope *s, const Row *row, const Ast *command,
                                  const AstList *given, const Instance *m)
{
    const InstanceState *state = m ? instance_state(e, m) : NULL;
    ModelDefaults own = state ? state->defaults : (ModelDefaults){0};
    bool compile = row->id == COMMAND_compile, fit = row->id == COMMAND_fit;
    const Ast *line = compile ? own.compile : fit ? own.fit : NULL;
    Range range = command->u.command.name.range;
    if (!line)
        return args_check(e, s, row, given, range);
    ModelBody here = {.classes = state->classes}, *outer = e->body;
    size_t errors = diag_errors(e->diags);
    Scope *names = scope_new(e, s);
    AstList none = {NULL, 0};
    e->body = &here;
    AstList all = merged(e, names, compile ? own.compile_scope : own.fit_scope, row,
                         line == command ? &none : given, &line->u.command.settings);
    e->body = outer;
    if (here.asked.begin) {
        diag_error(e->diags, range, "'classes' is not known before '%s' is used with a data set",
                   m->name);
        diag_note(e->diags, here.asked, "it is needed here");
        return NULL;
    }
    const ArgValue *settings = args_check(e, names, row, &all, range);
    if (state->model)
        prelude_note(e, state->model, errors, m->range);
    return settings;
}
