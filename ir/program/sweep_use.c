/* sweep_use.c: the command sweep, and what its result is good for: s.best, s.model, and series with an element for each
 * point. */
#include <string.h>

#include "ir/defs/entries.h"
#include "ir/program/sweep.h"

/* ---- the command ---- */

/* A model, or one with some of its arguments. */
void sweep_operand(Run *r, const Ast *a)
{
    const Ast *named = a->kind == AST_call ? a->u.call.callee : a;
    Value v = eval(r->e, r->s, named, N_VOCABS);
    if (v.kind == VAL_model) {
        r->model = v.decl;
        if (a->kind == AST_call)
            r->model_args = a->u.call.args;
        return;
    }
    command_fail(r);
    if (v.kind == VAL_instance)
        diag_error(r->e->diags, v.range,
                   "'sweep' makes instances of its own: it takes a model, not the instance '%s'",
                   v.instance->name);
    else if (v.kind == VAL_word && !vocab_knows(v.text))
        report_unknown(r->e, r->s, (Want)WANT_model, v.text, v.range);
    else if (v.kind != VAL_error)
        diag_error(r->e->diags, v.range, "a model is expected here, not %s", value_text(r->e, &v));
}

static void check_folds(Run *r, SweepPlan *plan)
{
    static const int of_folds[] = {ARG_sweep_stratify, ARG_sweep_shuffle, ARG_sweep_groups,
                                   ARG_sweep_seed};
    const ArgValue *a = r->c.settings;
    const DataSet *d = r->c.data;
    plan->has_folds = !a[ARG_sweep_folds].none;
    plan->refit = a[ARG_sweep_refit].i != 0;
    for (size_t i = 0; i < sizeof of_folds / sizeof *of_folds && !plan->has_folds; i++)
        if (a[of_folds[i]].given && !a[of_folds[i]].none) {
            diag_error(r->e->diags, a[of_folds[i]].range,
                       "'%s' is given, but this sweep has no folds",
                       r->row->args[of_folds[i]].name);
            command_fail(r);
        }
    bool drawn = d->part[PART_VALIDATION].kind == PART_SPLIT;
    if (plan->refit && !plan->has_folds && !drawn) {
        diag_error(r->e->diags, a[ARG_sweep_refit].range,
                   "'refit' trains on the rows of training and validation together, but '%s' does "
                   "not draw its "
                   "validation part from its training rows",
                   d->name);
        diag_note(r->e->diags, d->range, "the data set is declared here");
        command_fail(r);
    }
}

void sweep_check(Run *r)
{
    SweepPlan *plan = ARENA_NEW(r->e->arena, SweepPlan);
    r->c.part = PART_TRAIN;
    check_folds(r, plan);
    if (!r->right || !sweep_points(r, plan)) {
        command_fail(r);
        return;
    }
    plan->instances = ARENA_ARRAY(r->e->arena, Instance *, plan->n_points + 1);
    r->c.sweep = plan;
}

/* ---- the metric that decides ---- */

static const char *usual_metric(const Command *fit, bool folds)
{
    for (uint32_t i = 0; i < fit->compile->n_metrics; i++)
        if (!strcmp(fit->compile->keys[i], "accuracy"))
            return folds ? "accuracy" : "val_accuracy";
    return folds ? "loss" : "val_loss";
}

static bool report_metric(Run *r, const Command *fit, const ArgValue *metric, const char *key,
                          RtSuggest *best)
{
    bool folds = fit->row->id == COMMAND_cross_validate;
    Range range = metric->none ? r->a->u.command.name.range : metric->range;
    if (!folds && !command_validates(fit) && !strncmp(key, "val_", 4)) {
        diag_error(r->e->diags, range,
                   "the points of this sweep are compared by '%s', but '%s' has no validation part",
                   key, fit->data->name);
        diag_help(r->e->diags, "give the data set a validation part, or write folds = 5");
        return false;
    }
    const char *near = rt_suggest_best(best);
    diag_error(r->e->diags, range,
               near ? "the trainings of this sweep report no '%s'; did you mean '%s'?"
                    : "the trainings of this sweep report no '%s'",
               key, near);
    diag_help(r->e->diags, "they report %s",
              log_keys_text(r->e, fit, !folds && command_validates(fit)));
    return false;
}

static bool set_metric(Run *r, const Command *fit, ArgValue *metric)
{
    bool folds = fit->row->id == COMMAND_cross_validate;
    const char *key = metric->none ? usual_metric(fit, folds) : metric->text;
    const char *bare = folds && !strncmp(key, "train_", 6) ? key + 6 : key;
    RtSuggest best = rt_suggest_start(key);
    if (!log_key_find(r->e, fit, bare, !folds && command_validates(fit), &best))
        return report_metric(r, fit, metric, key, &best);
    const char *up = log_key_direction(fit, bare);
    if (!*up) {
        diag_error(r->e->diags, metric->range,
                   "'sweep' cannot tell whether a higher or a lower '%s' is better", key);
        diag_help(r->e->diags, "decide by the loss, or by a metric of Keras");
        return false;
    }
    metric->text = key;
    metric->i = !strcmp(up, "up");
    return true;
}

/* The keys, then the values of each point, as texts. */
static void set_texts(Run *r, const SweepPlan *plan, ArgValue *over)
{
    uint32_t n = 0;
    const char **texts =
        ARENA_ARRAY(r->e->arena, const char *, (size_t)plan->n_axes *(plan->n_points + 1) + 1);
    for (uint32_t i = 0; i < plan->n_axes; i++)
        texts[n++] = plan->axes[i].name;
    for (uint32_t i = 0; i < plan->n_axes * plan->n_points; i++)
        texts[n++] = sweep_text(r->e, &plan->values[i]);
    over->texts = texts;
    over->n = n;
}

void sweep_add(Run *r)
{
    Elab *e = r->e;
    Program *p = e->p;
    size_t command = p->commands.n - 1, skip = branch_row(e, &row_skip, r->a->range, NULL);
    SweepPlan *plan = (SweepPlan *)(uintptr_t)r->c.sweep;
    EventLines *lines = ARENA_ARRAY(e->arena, EventLines, plan->n_points + 1);
    ArgValue *settings = arena_copy(e->arena, r->c.settings, r->row->n_args * sizeof *settings);
    bool right = true;
    if (r->model->value.kind == VAL_instance) /* what was compiled: its shape is known from here */
        right = inputs_use(e, r->model->value.instance, r->c.data, PART_TRAIN, r->c.range);
    for (uint32_t i = 0; i < plan->n_points && right; i++)
        right = sweep_point(r, plan, i, &lines[i]) &&
                (i > 0 || set_metric(r, sweep_training(e, &lines[0]), &settings[ARG_sweep_metric]));
    branch_target(e, skip);
    if (!right)
        return;
    set_texts(r, plan, &settings[ARG_sweep_over]);
    Command *c = &p->commands.at[command];
    c->settings = settings;
    c->lines = lines;
    c->n_lines = plan->n_points;
}

/* ---- members ---- */

static const Command *command_of(const Elab *e, uint32_t result)
{
    return &e->p->commands.at[e->p->results.at[result].command];
}

static Value result_number(Elab *e, uint32_t result, const char *key, ExprType type, Range range)
{
    Expr *x = expr_new(e, EX_result, type, range, 0);
    x->index = result;
    x->text = key;
    x->is_int = !strcmp(key, "point") || !strcmp(key, "epochs");
    return value_expr(x);
}

/* "units = 16, act = relu" */
static Expr *shown(Elab *e, Range range, uint32_t n, const Value *items)
{
    const char *text = "";
    Expr *x = expr_new(e, EX_format, EXT_text, range, n);
    for (uint32_t k = 0; k < n; k++) {
        text = arena_printf(e->arena, "%s%s%s = {}", text, k ? ", " : "", items[2 * k].text);
        x->args[k] = expr_of(e, &items[2 * k + 1]);
    }
    x->text = text;
    return x;
}

/* A map from keys to the value that the best point has. */
static Value best_of(Elab *e, const Value *s, const SweepPlan *plan, Range range)
{
    Value *items = ARENA_ARRAY(e->arena, Value, 2 * plan->n_axes + 1);
    Value *column = ARENA_ARRAY(e->arena, Value, plan->n_points + 1);
    for (uint32_t k = 0; k < plan->n_axes; k++) {
        bool texts = false;
        for (uint32_t i = 0; i < plan->n_points; i++) {
            column[i] = plan->values[i * plan->n_axes + k];
            texts = texts || !value_is_number(&column[i]);
        }
        for (uint32_t i = 0; i < plan->n_points && texts; i++)
            column[i] = value_string(range, sweep_text(e, &column[i]));
        Value list = value_list(e, range, VAL_list, plan->n_points, column);
        Value point = result_number(e, s->result, "point", EXT_number, range);
        const Expr *all = expr_of(e, &list);
        if (!all)
            return value_error(range);
        Value many = value_expr((Expr *)(uintptr_t)all);
        items[2 * k] = value_string(range, plan->axes[k].name);
        items[2 * k + 1] = expr_index(e, range, &many, &point);
    }
    Value map = value_list(e, range, VAL_map, 2 * plan->n_axes, items);
    map.expr = shown(e, range, plan->n_axes, items);
    return map;
}

/* Keys of a training: those of its fit, or of its folds with train_ and std_. */
static bool find_key(Elab *e, const Command *fit, const char *text, RtSuggest *best)
{
    bool folds = fit->row->id == COMMAND_cross_validate;
    const char *key = text;
    if (folds && !strncmp(key, "std_", 4))
        key += 4;
    if (folds && !strncmp(key, "train_", 6))
        key += 6;
    return log_key_find(e, fit, key, !folds && command_validates(fit), best);
}

bool sweep_member(Elab *e, const Value *s, AstName name, Range range, RtSuggest *best, Value *out)
{
    const Command *c = command_of(e, s->result);
    const SweepPlan *plan = c->sweep;
    *out = value_error(range);
    if (!plan || !c->n_lines) /* it has errors */
        return true;
    if (!strcmp(name.text, "best")) {
        *out = best_of(e, s, plan, range);
        return true;
    }
    if (!strcmp(name.text, "model")) {
        diag_error(
            e->diags, range,
            "only the run knows which model is the best: commands take it, as in evaluate %s.model",
            s->text);
        return true;
    }
    bool number = !strcmp(name.text, "point");
    if (!decl_entry_find("a result of sweep", name.text) &&
        !find_key(e, sweep_training(e, &c->lines[0]), name.text, best))
        return false;
    *out = result_number(e, s->result, name.text, number ? EXT_number : EXT_series, range);
    return true;
}

/* ---- commands on s.model ---- */

/* Is the operand s.model of a sweep? */
static const Command *winner_of(Elab *e, Scope *s, const Ast *a, Value *result)
{
    const AstList *o = &a->u.command.operands;
    const Ast *operand = o->n == 1 && o->at[0]->kind == AST_member ? o->at[0] : NULL;
    const Ast *object = operand ? operand->u.member.object : NULL;
    if (!operand || strcmp(operand->u.member.name.text, "model") != 0 || object->kind != AST_name)
        return NULL;
    const Decl *d = scope_find(s, object->u.name.text);
    if (!d || d->kind != DECL_value || d->value.kind != VAL_result)
        return NULL;
    *result = eval(e, s, object, N_VOCABS);
    const Command *c = command_of(e, result->result);
    return c->row->id == COMMAND_sweep ? c : NULL;
}

static const Expr *is_point(Elab *e, uint32_t result, uint32_t point, Range range)
{
    Value at = result_number(e, result, "point", EXT_number, range),
          number = value_int(range, point);
    Value same = expr_binary(e, AST_OP_eq, range, &at, &number);
    return expr_of(e, &same);
}

/* The command with the instance for its operand; its result under a plain name of the scope. */
static Ast *for_instance(Elab *e, Scope *names, const Ast *a, Instance *m)
{
    const char *text = intern(e->names, "the best model");
    const Ast *operand = a->u.command.operands.at[0];
    Ast *out = arena_copy(e->arena, a, sizeof *a), *name = ARENA_NEW(e->arena, Ast);
    Ast **operands = ARENA_ARRAY(e->arena, Ast *, 1);
    Ast **clauses = ARENA_ARRAY(e->arena, Ast *, a->u.command.clauses.n + 1);
    scope_value(e, names, (AstName){text, {0, 0}},
                (Value){.kind = VAL_instance, .range = operand->range, .instance = m}, true);
    name->kind = AST_name;
    name->range = operand->range;
    name->u.name = (AstName){text, operand->range};
    operands[0] = name;
    out->u.command.operands = (AstList){operands, 1};
    for (uint32_t i = 0; i < a->u.command.clauses.n; i++) {
        clauses[i] = a->u.command.clauses.at[i];
        if (clauses[i]->kind == AST_clause && clauses[i]->u.clause.name.text) {
            clauses[i] = arena_copy(e->arena, clauses[i], sizeof *clauses[i]);
            clauses[i]->u.clause.value = NULL;
        }
    }
    out->u.command.clauses = (AstList){clauses, a->u.command.clauses.n};
    return out;
}

/* All of them give the result of the first. */
static void share_result(Elab *e, size_t first, int32_t *result)
{
    for (size_t i = first; i < e->p->commands.n; i++) {
        Command *c = &e->p->commands.at[i];
        if (c->result < 0 || c->row->vocab != VOCAB_command || c->row->id >= N_COMMAND)
            continue;
        if (*result < 0)
            *result = c->result;
        c->result = *result;
    }
}

static void declare_result(Elab *e, Scope *s, const Ast *a, int32_t result)
{
    const AstList *clauses = &a->u.command.clauses;
    for (uint32_t i = 0; i < clauses->n; i++) {
        const Ast *clause = clauses->at[i];
        if (clause->kind != AST_clause || !clause->u.clause.name.text)
            continue;
        AstName name = clause->u.clause.name;
        Value key, v = value_error(name.range);
        if (result >= 0)
            v = (Value){.kind = VAL_result,
                        .range = name.range,
                        .result = (uint32_t)result,
                        .text = e->p->results.at[result].name};
        if (!clause->u.clause.value)
            scope_value(e, s, name, v, false);
        else if (results_key(e, s, clause, &key))
            results_add(e, name, &key, v);
    }
}

bool sweep_command(Elab *e, Scope *s, const Ast *a)
{
    Value result;
    const Command *c = winner_of(e, s, a, &result);
    if (!c)
        return false;
    Range range = a->u.command.operands.at[0]->range;
    const SweepPlan *plan = c->sweep;
    size_t errors = diag_errors(e->diags);
    int32_t shared = -1;
    Vec(size_t) jumps = {0};
    const Branch *outer = e->branch;
    if (!plan || !c->n_lines)
        return true;
    if (plan->has_folds && !plan->refit) {
        diag_error(e->diags, range, "the folds of this sweep leave no model");
        diag_note(e->diags, c->range, "it is here");
        diag_help(e->diags, "refit = true trains the best one on all rows");
        declare_result(e, s, a, -1);
        return true;
    }
    for (uint32_t i = 0; i < plan->n_points && diag_errors(e->diags) == errors; i++) {
        Scope *names = scope_new(e, s);
        Branch *yes = ARENA_NEW(e->arena, Branch), *no = ARENA_NEW(e->arena, Branch);
        uint32_t id = e->n_branches++;
        *yes = (Branch){e->branch, id, false, range};
        *no = (Branch){e->branch, id, true, range};
        size_t test = branch_row(e, &row_if, range, is_point(e, result.result, i, range));
        size_t first = e->p->commands.n;
        e->branch = yes;
        command_run(e, names, for_instance(e, names, a, plan->instances[i]));
        e->branch = no;
        share_result(e, first, &shared);
        if (i + 1 < plan->n_points) {
            size_t jump = branch_row(e, &row_jump, range, NULL);
            vec_push(e->arena, &jumps, jump);
        }
        branch_target(e, test);
    }
    e->branch = outer;
    for (size_t i = 0; i < jumps.n; i++)
        branch_target(e, jumps.at[i]);
    declare_result(e, s, a, diag_errors(e->diags) == errors ? shared : -1);
    return true;
}
