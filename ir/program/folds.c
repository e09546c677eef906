/* folds.c: the folds of cross_validate: what can be told about them before the rows are there. */
#include <string.h>

#include "ir/program/command_internal.h"

static void set_validation(Run *r)
{
    const ArgValue *v = &r->c.settings[ARG_cross_validate_validation];
    const Value *value = v->value;
    bool named = v->given && (value->kind == VAL_word || value->kind == VAL_string);
    if (!v->given || v->none || (named && !strcmp(value->text, "auto")))
        return;
    DataPart *split = ARENA_NEW(r->e->arena, DataPart);
    if (!value_is_split(value)) {
        diag_error(r->e->diags, v->range,
                   "'validation' of 'cross_validate' takes a part of each fold's training rows, "
                   "split(fraction), not %s",
                   value_text(r->e, value));
        if (value->kind == VAL_float)
            diag_help(r->e->diags, "write validation = split(%g)", value->f);
        else
            diag_help(r->e->diags, "the rows that are held out score the fold: training must not "
                                   "see them");
        command_fail(r);
    } else if (data_split(r->e, value->call, split)) {
        r->fit.split = split;
    } else {
        command_fail(r);
    }
}

/* The column must be in the table, and must not tell the model which group a row is of. */
static void check_groups(Run *r)
{
    const ArgValue *groups = &r->c.settings[ARG_cross_validate_groups];
    const ArgValue *stratify = &r->c.settings[ARG_cross_validate_stratify];
    const DataSet *d = r->c.data;
    if (groups->none || !r->right)
        return;
    if (stratify->i) {
        diag_error(r->e->diags, stratify->range,
                   "'stratify' and 'groups' of 'cross_validate' do not go together");
        command_fail(r);
        return;
    }
    ArgValue keep = {.given = true, .range = groups->range, .n = 1, .texts = &groups->text};
    if (!inputs_keep(r->e, d, r->c.part, "'groups'", &keep)) {
        command_fail(r);
        return;
    }
    for (uint32_t i = 0; i < d->facts.n_columns; i++) {
        if (strcmp(d->facts.columns[i], groups->text) != 0)
            continue;
        diag_error(r->e->diags, groups->range,
                   "the column '%s' tells groups, but it is an input of the model, too",
                   groups->text);
        diag_note(r->e->diags, d->range, "the data set is declared here");
        diag_help(r->e->diags, "name the inputs with features = [...] of csv, without '%s'",
                  groups->text);
        command_fail(r);
    }
}

/* No more folds than rows. */
static void check_count(Run *r)
{
    const ArgValue *folds = &r->c.settings[ARG_cross_validate_folds];
    const DataSet *d = r->c.data;
    if (!r->right || !data_knows_rows(d, r->c.part) || folds->i <= d->facts.rows[r->c.part])
        return;
    diag_error(r->e->diags, folds->range, "%lld folds of %lld rows: a fold would be empty",
               (long long)folds->i, (long long)d->facts.rows[r->c.part]);
    diag_note(r->e->diags, d->range, "the data set is declared here");
    command_fail(r);
}

/* Settings that the fit of a fold has, too, and which mean the same there. */
static AstList fit_settings(Run *r)
{
    static const char *const own[] = {"shuffle", "validation", "verbose"};
    const Row *fit = vocab_row(VOCAB_command, COMMAND_fit);
    const AstList *given = &r->a->u.command.settings;
    Vec(Ast *) out = {0};
    for (uint32_t i = 0; i < given->n; i++) {
        const char *name =
            given->at[i]->kind == AST_setting ? given->at[i]->u.bind.name.text : NULL;
        bool both = name && row_arg(fit, name) >= 0;
        for (size_t k = 0; both && k < sizeof own / sizeof *own; k++)
            both = strcmp(name, own[k]) != 0;
        if (both)
            vec_push(r->e->arena, &out, given->at[i]);
    }
    return (AstList){out.at, (uint32_t)out.n};
}

/* Its validation is drawn from the rows of the fold, whatever the body of the model says. */
static void set_fit(Run *r)
{
    Run fit = *r;
    AstList given = fit_settings(r);
    fit.row = vocab_row(VOCAB_command, COMMAND_fit);
    fit.c = (Command){.row = fit.row,
                      .range = r->c.range,
                      .instance = r->c.instance,
                      .compile = r->c.compile,
                      .data = r->c.data,
                      .result = -1,
                      .beside = r->row->name,
                      .split = r->fit.split,
                      .no_validation = !r->fit.split};
    fit.c.settings = defaults_settings(r->e, r->s, fit.row, r->a, &given, r->c.instance);
    if (fit.c.settings)
        fit_check(&fit);
    r->fit = fit.c;
    if (!fit.c.settings || !fit.right) {
        command_fail(r);
        return;
    }
    ArgValue *settings = arena_copy(r->e->arena, r->c.settings, r->row->n_args * sizeof *settings);
    settings[ARG_cross_validate_batch_size] = fit.c.settings[ARG_fit_batch_size];
    r->c.settings = settings;
}

void folds_check(Run *r)
{
    set_validation(r);
    check_groups(r);
    check_count(r);
    if (r->right)
        set_fit(r);
}

void folds_add(Run *r)
{
    Program *p = r->e->p;
    size_t command = p->commands.n - 1;
    size_t skip = branch_row(r->e, &row_skip, r->a->range, NULL);
    EventLines *lines = ARENA_NEW(r->e->arena, EventLines);
    r->fit.result = p->commands.at[command].result;
    lines->begin = (uint32_t)p->commands.n;
    vec_push(r->e->arena, &p->commands, r->fit);
    lines->end = (uint32_t)p->commands.n;
    branch_target(r->e, skip);
    p->commands.at[command].lines = lines;
    p->commands.at[command].n_lines = 1;
}
