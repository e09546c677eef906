/* files.c: load_model: the structure of a Keras file, whose text (ir/keras) is elaborated in a scope of its own for
 * each call. Its weights are read when the program runs. */
#include "ir/program/elaborate_internal.h"

/* The models of the text; the last one holds the others. */
static Value run_text(Elab *e, Scope *s, const AstList *items, const Ast **settings)
{
    Value last = value_none((Range){0, 0});
    s->text = items;
    items_declare(e, s, items, "");
    for (uint32_t i = 0; i < items->n; i++) {
        const Ast *a = items->at[i];
        if (a->kind == AST_let)
            let_run(e, s, a);
        else if (a->kind == AST_command)
            *settings = a;
        if (a->kind == AST_let)
            last = scope_find(s, a->u.bind.name.text)->value;
        else if (a->kind == AST_model)
            last = (Value){
                .kind = VAL_model, .range = a->range, .decl = scope_find(s, a->u.model.name.text)};
    }
    return last;
}

Instance *file_instance(Elab *e, const char *path, Range where, Range range)
{
    const Imports *imports = &e->options->imports;
    ProbeFault fault = {"this file cannot be read", ""};
    size_t errors = diag_errors(e->diags);
    const Ast *file = imports->model ? imports->model(imports->cx, path, where, &fault) : NULL;
    const Ast *settings = NULL;
    Scope *s = scope_new(e, NULL);
    Instance *m = NULL;
    if (!file && diag_errors(e->diags) == errors) {
        diag_error(e->diags, where, "%s", fault.text);
        if (*fault.help)
            diag_help(e->diags, "%s", fault.help);
    }
    if (file) {
        Value model = run_text(e, s, &file->u.items, &settings);
        m = value_instance(e, s, &model);
        if (diag_errors(e->diags) > errors)
            diag_note(e->diags, where, "this is the text of the file that is loaded here");
    }
    if (!m || diag_errors(e->diags) > errors)
        return NULL;
    m->range = range;
    m->file = path;
    m->file_range = where;
    InstanceState *state = instance_state(e, m);
    state->settings = settings;
    state->scope = s;
    inputs_fitted(e, m, true);
    layers_loaded(e, m, true);
    return m;
}

void file_compile(Elab *e, const Instance *m)
{
    InstanceState *state = instance_state(e, m);
    const Ast *settings = state->settings;
    state->settings = NULL;
    size_t before = e->p->commands.n;
    if (settings)
        command_run(e, state->scope, settings);
    if (e->p->commands.n > before)
        vec_last(&e->p->commands).of_file = true;
}

/* Only what a model of the program holds is loaded. */
static void finish_inside(Elab *e, const Instance *m)
{
    for (size_t i = 0; i < m->layers.n; i++) {
        Instance *inner = m->layers.at[i].nested;
        if (inner && inner->file)
            instance_top_level(e, inner);
        if (inner)
            finish_inside(e, inner);
    }
}

void files_finish(Elab *e)
{
    for (size_t i = 0; i < e->p->instances.n; i++)
        finish_inside(e, e->p->instances.at[i]);
}
