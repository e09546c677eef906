/* imports.c: other files. Each is read and elaborated once, in a scope of its own; `import` shows what
 * it declares: behind a name, or among the importer's own declarations. */
#include <string.h>

#include "ir/program/elaborate_internal.h"

static void run_items(Elab *e, Scope *s, const AstList *items, const char *prefix)
{
    bool is_prelude = s == e->prelude;
    Range seed = {0, 0};
    s->text = items;
    items_declare(e, s, items, prefix);
    for (uint32_t i = 0; i < items->n; i++) {
        const Ast *a = items->at[i];
        if (a->kind == AST_param)
            param_run(e, s, a, prefix);
        else if (a->kind == AST_option)
            option_run(e, s, a);
        else if (a->kind == AST_let)
            let_run(e, s, a);
        else if (a->kind == AST_config)
            config_run(e, s, a, &seed);
        else if (a->kind == AST_command || a->kind == AST_if || a->kind == AST_for)
            diag_error(e->diags, a->range,
                       "an imported file may hold declarations, but not commands");
    }
    if (!is_prelude)
        models_check(e, s);
}

static Imported *find_imported(const Elab *e, const char *key)
{
    size_t i = places_get(&e->imported_files, key);
    return i == NO_PLACE ? NULL : e->imported.at[i];
}

static Scope *read_file(Elab *e, const Ast *a, const char *key, const char *prefix)
{
    const Imports *imports = &e->options->imports;
    const char *message = NULL;
    const Ast *file =
        imports->read(imports->cx, a->u.import.path, a->u.import.path_range, &message);
    Imported *fresh = ARENA_NEW(e->arena, Imported);
    *fresh = (Imported){key, NULL, true};
    places_set(e->arena, &e->imported_files, key, e->imported.n);
    vec_push(e->arena, &e->imported, fresh);
    if (file) {
        fresh->scope = scope_new(e, NULL);
        run_items(e, fresh->scope, &file->u.items, prefix);
    } else {
        diag_error(e->diags, a->u.import.path_range, "%s",
                   message ? message : "this file cannot be read");
    }
    fresh->busy = false;
    return fresh->scope;
}

/* What the file declares; NULL after errors. */
static Scope *file_scope(Elab *e, const Ast *a, const char *prefix)
{
    const Imports *imports = &e->options->imports;
    Range where = a->u.import.path_range;
    const char *key = intern(e->names, imports->key(imports->cx, a->u.import.path, where));
    Imported *known = find_imported(e, key);
    if (!known && (!imports->main_key || strcmp(imports->main_key, key)))
        return read_file(e, a, key, prefix);
    if (known && !known->busy)
        return known->scope;
    diag_error(e->diags, where, "\"%s\" imports itself, possibly through other files",
               a->u.import.path);
    return NULL;
}

static void show(Elab *e, Scope *s, Decl *d, Range path)
{
    Decl *other = *d->name ? scope_find_here(s, d->name) : NULL;
    if (!other) {
        scope_add(e, s, d);
    } else if (other != d) {
        diag_error(e->diags, path, "'%s' of this file is declared twice", d->name);
        diag_note(e->diags, d->range, "one declaration is here");
        diag_note(e->diags, other->range, "the other one is here");
    }
}

void import_run(Elab *e, Scope *s, const Ast *a, const char *prefix)
{
    AstName as = a->u.import.name;
    if (as.text)
        prefix = arena_printf(e->arena, "%s%s.", prefix, as.text);
    Scope *file = file_scope(e, a, prefix);
    if (as.text && file)
        scope_value(e, s, as, (Value){.kind = VAL_space, .range = as.range, .scope = file}, false);
    else if (as.text)
        scope_value(e, s, as, value_error(as.range), false);
    if (as.text || !file || file->shown_in == s)
        return;
    file->shown_in = s;
    for (size_t i = 0; i < file->decls.n; i++)
        show(e, s, file->decls.at[i], a->u.import.path_range);
}

/* ---- the prelude ---- */

/* Read where the first unknown name is met. Its own names hide words without a warning. */
static void prelude_read(Elab *e)
{
    const Imports *imports = &e->options->imports;
    Diags *loud = e->diags;
    ModelBody *body = e->body;
    uint32_t in_network = e->in_network;
    e->prelude = scope_new(e, NULL);
    const Ast *file = imports->prelude ? imports->prelude(imports->cx) : NULL;
    e->body = NULL;
    e->in_network = 0;
    e->diags = e->quiet;
    if (file)
        run_items(e, e->prelude, &file->u.items, "");
    e->diags = loud;
    e->body = body;
    e->in_network = in_network;
}

Decl *prelude_find(Elab *e, const char *name)
{
    if (!e->prelude)
        prelude_read(e);
    return scope_find(e->prelude, intern(e->names, name));
}

void prelude_note(Elab *e, const Decl *model, size_t errors, Range range)
{
    if (e->prelude && model->scope == e->prelude && diag_errors(e->diags) > errors)
        diag_note(e->diags, range, "'%s' is made here", model->name);
}
