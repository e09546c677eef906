/* command_operands.c: operands and clauses of a command, as the row's `family` says (commands.def), and names left out
 * where one candidate exists. */
#include <string.h>

#include "ir/program/command_internal.h"

/* ---- what a command takes ---- */

static bool takes(const Row *row, const char *word)
{
    const char *at = strstr(row->kind_name, word);
    size_t n = strlen(word);
    while (at) {
        bool begins = at == row->kind_name || at[-1] == ' ' || at[-1] == '[';
        if (begins && (at[n] == ' ' || at[n] == ']' || at[n] == 0))
            return true;
        at = strstr(at + 1, word);
    }
    return false;
}

/* 'M', 'D', 'P' or 'E' of the first operand. */
static char operand_kind(const Row *row)
{
    return row->kind_name[0];
}

void command_fail(Run *r)
{
    r->right = false;
}

/* ---- candidates for names left out ---- */

enum { MOST_SHOWN = 20 };

static const char *joined(Elab *e, uint32_t n, const char *const *names)
{
    const char *text = "";
    for (uint32_t i = 0; i < n && i < MOST_SHOWN; i++)
        text = arena_printf(e->arena, "%s%s'%s'", text, i ? ", " : "", names[i]);
    return n > MOST_SHOWN ? arena_printf(e->arena, "%s, ...", text) : text;
}

typedef Vec(Decl *) DeclVec;

static void collect(Elab *e, const Scope *s, DeclKind kind, DeclVec *out)
{
    for (; s; s = s->outer)
        for (size_t i = 0; i < s->decls.n; i++)
            if (s->decls.at[i]->kind == kind)
                vec_push(e->arena, out, s->decls.at[i]);
}

static void keep_defaults(DeclVec *models)
{
    size_t n = 0;
    for (size_t i = 0; i < models->n; i++) {
        const AstList *params = &models->at[i]->ast->u.model.params;
        bool all = true;
        for (uint32_t k = 0; k < params->n; k++)
            all = all && params->at[k]->u.bind.value;
        if (all)
            models->at[n++] = models->at[i];
    }
    models->n = n;
}

static void report_candidates(Run *r, const char *what, const DeclVec *from)
{
    const char **names = ARENA_ARRAY(r->e->arena, const char *, from->n + 1);
    for (size_t i = 0; i < from->n; i++)
        names[i] = *from->at[i]->name ? from->at[i]->name : what;
    if (!from->n)
        diag_error(r->e->diags, r->a->u.command.name.range, "'%s' needs a %s, but there is none",
                   r->row->name, what);
    else
        diag_error(r->e->diags, r->a->u.command.name.range, "'%s' needs the name of a %s: %s",
                   r->row->name, what, joined(r->e, (uint32_t)from->n, names));
    command_fail(r);
}

/* sweep makes instances of a model, whatever its arguments. */
static void implicit_model(Run *r)
{
    DeclVec models = {0};
    collect(r->e, r->s, DECL_model, &models);
    if (models.n == 1)
        r->model = models.at[0];
    else
        report_candidates(r, "model", &models);
}

static void implicit_instance(Run *r)
{
    DeclVec lets = {0}, models = {0};
    Range range = r->a->u.command.name.range;
    for (size_t i = 0; i < r->e->named_instances.n; i++) {
        Decl *d = r->e->named_instances.at[i];
        if (scope_find(r->s, d->name) == d)
            vec_push(r->e->arena, &lets, d);
    }
    collect(r->e, r->s, DECL_model, &models);
    keep_defaults(&models);
    if (lets.n == 1)
        r->c.instance = lets.at[0]->value.instance;
    else if (lets.n > 1)
        report_candidates(r, "model", &lets);
    else if (models.n == 1)
        r->c.instance = model_implicit(r->e, models.at[0], range);
    else
        report_candidates(r, "model", &models);
    r->right = r->right && r->c.instance;
}

static void implicit_data(Run *r)
{
    DeclVec sets = {0};
    collect(r->e, r->s, DECL_data, &sets);
    if (sets.n == 1)
        r->c.data = data_get(r->e, sets.at[0], r->a->u.command.name.range);
    else
        report_candidates(r, "data set", &sets);
    r->right = r->right && r->c.data;
}

/* ---- operands ---- */

static void set_instance(Run *r, const Ast *a)
{
    Value v = eval(r->e, r->s, a, N_VOCABS);
    if (v.kind == VAL_weights) {
        r->c.weights_only = true;
        r->c.instance = v.instance;
        if (r->row->id != COMMAND_save) {
            diag_error(r->e->diags, v.range, "'%s' takes a model, not its weights", r->row->name);
            command_fail(r);
        }
        return;
    }
    r->c.instance = value_instance(r->e, r->s, &v);
    r->right = r->right && r->c.instance;
}

/* The part that evaluation works on where only the data set is named: test, else validation. */
static bool usual_part(Run *r, DataSet *d, Range range)
{
    bool test = d->part[PART_TEST].kind != PART_ABSENT;
    bool validation = d->part[PART_VALIDATION].kind != PART_ABSENT;
    r->c.data = d;
    if (r->row->id == COMMAND_cross_validate) {
        r->c.part = PART_TRAIN;
        return true;
    }
    r->c.part = test ? PART_TEST : validation ? PART_VALIDATION : PART_TRAIN;
    if (test || validation)
        return true;
    diag_error(r->e->diags, range,
               "'%s' has neither a test nor a validation part; to take the training part, write "
               "'on %s.train'",
               d->name, d->name);
    return false;
}

static void set_data(Run *r, const Ast *a, bool part)
{
    Value v = eval(r->e, r->s, a, N_VOCABS);
    if (v.kind == VAL_data && part) {
        r->right = usual_part(r, v.data, v.range) && r->right;
    } else if (v.kind == VAL_data) {
        r->c.data = v.data;
    } else if (v.kind == VAL_part && part && !v.has_rows) {
        r->c.data = v.data;
        r->c.part = v.part;
    } else {
        command_fail(r);
        if (v.kind == VAL_word && !vocab_knows(v.text))
            report_unknown(r->e, r->s, (Want)WANT_data, v.text, v.range);
        else if (v.kind == VAL_part && part)
            diag_error(r->e->diags, v.range, "'%s' takes all rows of a part", r->row->name);
        else if (v.kind == VAL_part)
            diag_error(r->e->diags, v.range, "'%s' takes a whole data set, not a part of one",
                       r->row->name);
        else if (v.kind != VAL_error)
            diag_error(r->e->diags, v.range, "a data set is expected here, not %s",
                       value_text(r->e, &v));
        if (v.kind == VAL_string)
            diag_help(r->e->diags, "a data set reads the file: data new { train = csv(\"%s\") }",
                      v.text);
    }
}

static void set_exprs(Run *r, const AstList *operands)
{
    const Expr **out = ARENA_ARRAY(r->e->arena, const Expr *, operands->n + 1);
    for (uint32_t i = 0; i < operands->n; i++) {
        Value v = eval(r->e, r->s, operands->at[i], N_VOCABS);
        out[i] = expr_of(r->e, &v);
        if (!out[i])
            command_fail(r);
    }
    r->c.exprs = out;
    r->c.n_exprs = operands->n;
}

/* The operands; print(a, b) has two: one that is written as a tuple counts as its elements. */
const AstList *command_operand_list(const Run *r)
{
    const AstList *o = &r->a->u.command.operands;
    bool tuple = operand_kind(r->row) == 'E' && o->n == 1 && o->at[0]->kind == AST_tuple &&
                 !o->at[0]->in_brackets;
    return tuple ? &o->at[0]->u.items : o;
}

static void too_many(Run *r, uint32_t most)
{
    const AstList *o = command_operand_list(r);
    if (o->n <= most)
        return;
    diag_error(r->e->diags, o->at[most]->range, "'%s' takes %s", r->row->name,
               most == 0   ? "nothing here"
               : most == 1 ? "one operand"
                           : "two operands");
    command_fail(r);
}

void command_operands(Run *r)
{
    const AstList *o = command_operand_list(r);
    switch (operand_kind(r->row)) {
    case 'M':
        too_many(r, 1);
        if (r->row->id == COMMAND_sweep && o->n)
            sweep_operand(r, o->at[0]);
        else if (r->row->id == COMMAND_sweep)
            implicit_model(r);
        else if (o->n)
            set_instance(r, o->at[0]);
        else
            implicit_instance(r);
        break;
    case 'D':
        too_many(r, 1);
        if (o->n)
            set_data(r, o->at[0], false);
        else
            implicit_data(r);
        break;
    case 'P': /* show */
        too_many(r, 1);
        if (o->n)
            show_operand(r, o->at[0]);
        else
            implicit_data(r);
        break;
    case 0: /* stop */
        too_many(r, 0);
        break;
    default: /* expressions */
        if (!o->n &&
            !(takes(r->row, "E+") && r->a->u.command.operands.n)) { /* print() ends a line */
            diag_error(r->e->diags, r->a->u.command.name.range, "'%s' needs something to %s",
                       r->row->name, r->row->name);
            command_fail(r);
        }
        if (!takes(r->row, "E+"))
            too_many(r, 2);
        if (r->row->id == COMMAND_plot)
            plot_operands(r, o);
        else
            set_exprs(r, o);
        break;
    }
}

/* ---- clauses ---- */

/* The path as far as it is known: of an option its default. */
const char *command_known_path(const Run *r)
{
    const Expr *x = r->c.path_expr;
    return r->c.path                 ? r->c.path
           : x && x->op == EX_option ? r->e->p->options.at[x->index].value->text
                                     : NULL;
}

static void set_path(Run *r, const Ast *a)
{
    r->path_range = a->range;
    if (a->kind == AST_name && !strcmp(a->u.name.text, "terminal") &&
        !scope_find(r->s, a->u.name.text) && takes(r->row, "T")) {
        r->c.to_terminal = true;
        return;
    }
    Value v = eval(r->e, r->s, a, N_VOCABS);
    if (v.kind == VAL_string && *v.text) {
        r->c.path = v.text;
    } else if (v.kind == VAL_expr && v.expr->type == EXT_text && !expr_has_result(v.expr)) {
        r->c.path_expr = v.expr;
        if (v.expr->op != EX_option || *command_known_path(r))
            return;
        diag_error(r->e->diags, v.range, "a path must not be empty");
        diag_note(r->e->diags, r->e->p->options.at[v.expr->index].range,
                  "the default of the option is");
        command_fail(r);
    } else {
        if (v.kind == VAL_expr)
            report_runtime(r->e, v.expr, "a path");
        else if (v.kind == VAL_string)
            diag_error(r->e->diags, v.range, "a path must not be empty");
        else if (v.kind != VAL_error)
            diag_error(r->e->diags, v.range, "a path is written as a string, not %s",
                       value_text(r->e, &v));
        command_fail(r);
    }
}

static void set_result(Run *r, const Ast *clause)
{
    r->result_name = clause->u.clause.name;
    r->has_key = clause->u.clause.value != NULL;
    if (r->has_key && !results_key(r->e, r->s, clause, &r->key))
        command_fail(r);
}

static void run_clause(Run *r, const Ast *clause)
{
    const char *word = clause->u.clause.word;
    bool *seen = !strcmp(word, "on")   ? &r->has_on
                 : !strcmp(word, "to") ? &r->has_to
                 : !strcmp(word, "as") ? &r->has_as
                                       : &r->has_from;
    if (!takes(r->row, word)) {
        diag_error(r->e->diags, clause->u.clause.word_range, "'%s' takes no '%s'", r->row->name,
                   word);
        command_fail(r);
        return;
    }
    if (*seen) {
        diag_error(r->e->diags, clause->u.clause.word_range, "'%s' is given twice", word);
        command_fail(r);
        return;
    }
    *seen = true;
    if (!strcmp(word, "as"))
        set_result(r, clause);
    if (!strcmp(word, "on"))
        set_data(r, clause->u.clause.value, takes(r->row, "P"));
    else if (strcmp(word, "as") != 0)
        set_path(r, clause->u.clause.value);
}

/* A clause that may not be left out. */
static void need_clause(Run *r, const char *word, bool seen)
{
    const char *at = strstr(r->row->kind_name, word);
    if (seen || !takes(r->row, word) || (at != r->row->kind_name && at[-1] == '['))
        return;
    diag_error(r->e->diags, r->a->u.command.name.range, "'%s' needs '%s' and a path", r->row->name,
               word);
    command_fail(r);
}

void command_clauses(Run *r)
{
    const AstList *clauses = &r->a->u.command.clauses;
    for (uint32_t i = 0; i < clauses->n; i++)
        if (clauses->at[i]->kind == AST_clause)
            run_clause(r, clauses->at[i]);
    need_clause(r, "to", r->has_to);
    need_clause(r, "from", r->has_from);
    if (takes(r->row, "on") && !r->has_on && r->right) {
        implicit_data(r);
        if (r->c.data && takes(r->row, "P"))
            r->right = usual_part(r, r->c.data, r->a->u.command.name.range) && r->right;
    }
}
