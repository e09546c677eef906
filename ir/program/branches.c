/* branches.c: an `if` around commands that only the run can decide: a row `if` in the list of commands, which jumps
 * when its condition does not hold, and a row `jump` in front of its `else`.
 *
 * Both sides become commands, so what holds behind them is what holds on both paths: the compile of a model,
 * and whether its preprocessing is fitted. */
#include <string.h>

#include "ir/program/elaborate_internal.h"

const Row row_if = {.vocab = VOCAB_command, .id = N_COMMAND, .name = "if", .kind_name = ""};
const Row row_jump = {.vocab = VOCAB_command, .id = N_COMMAND + 1, .name = "jump", .kind_name = ""};
const Row row_skip = {.vocab = VOCAB_command, .id = N_COMMAND + 2, .name = "skip", .kind_name = ""};

bool branches_exclude(const Branch *a, const Branch *b)
{
    for (const Branch *x = a; x; x = x->outer)
        for (const Branch *y = b; y; y = y->outer)
            if (x->id == y->id)
                return x->other != y->other;
    return false;
}

/* ---- what may stand inside ---- */

static const char *declares(const Ast *a, AstName *name)
{
    *name = (AstName){NULL, {0, 0}};
    switch (a->kind) {
    case AST_let:
    case AST_param:
    case AST_option:
        *name = a->u.bind.name;
        return a->kind == AST_let ? "let" : a->kind == AST_param ? "param" : "option";
    case AST_fn:
        *name = a->u.fn.name;
        return "fn";
    case AST_data:
        *name = a->u.data.name;
        return "data";
    case AST_block:
    case AST_model:
        *name = a->u.model.name;
        return a->kind == AST_block ? "block" : "model";
    case AST_import:
        return "import";
    case AST_config:
        return "config";
    default: /* commands, loops, conditions, errors */
        return NULL;
    }
}

bool branch_refuses(Elab *e, Scope *s, const Ast *a)
{
    AstName name;
    const char *what = e->branch ? declares(a, &name) : NULL;
    if (!what)
        return false;
    diag_error(e->diags, a->range,
               "'%s' cannot stand inside an 'if' that is decided when the program runs", what);
    diag_note(e->diags, e->branch->range, "its condition is known only when the program runs");
    diag_help(e->diags, "write it in front of the 'if'");
    if (name.text)
        scope_value(e, s, (AstName){name.text, {0, 0}}, value_error(name.range), true);
    return true;
}

const Range *branch_local(Elab *e, const char *name)
{
    for (size_t i = 0; i < e->local_results.n; i++)
        if (e->local_results.at[i].text == name)
            return &e->local_results.at[i].range;
    return NULL;
}

/* ---- what both paths agree on ---- */

static bool same_compile(const InstanceState *a, const InstanceState *b)
{
    return a->compile == b->compile && a->other == b->other && a->split.begin == b->split.begin;
}

/* Behind the `if`: a after its body, b after its else. */
static InstanceState joined(const InstanceState *a, const InstanceState *b, Range range)
{
    InstanceState out = *a;
    out.misread = a->misread || b->misread;
    out.loaded = a->loaded == b->loaded ? a->loaded : FITTED_maybe;
    out.fitted = a->fitted == b->fitted ? a->fitted : FITTED_maybe;
    if (same_compile(a, b) || a->split.begin)
        return out;
    out.split = b->split.begin ? b->split : range;
    out.other = b->split.begin ? b->other : b->compile;
    out.compile = b->split.begin ? b->compile : a->compile;
    return out;
}

typedef Vec(InstanceState) States;

static States states_copy(Elab *e)
{
    States out = {0};
    for (size_t i = 0; i < e->instances.n; i++)
        vec_push(e->arena, &out, e->instances.at[i]);
    return out;
}

/* As it was when there were fewer instances. */
static InstanceState state_of(const States *states, const InstanceState *now, size_t i)
{
    return i < states->n ? states->at[i] : (InstanceState){.instance = now->instance};
}

/* ---- the commands ---- */

size_t branch_row(Elab *e, const Row *row, Range range, const Expr *condition)
{
    const Expr **exprs = ARENA_ARRAY(e->arena, const Expr *, 1);
    exprs[0] = condition;
    Command c = {
        .row = row, .range = range, .result = -1, .n_exprs = condition != NULL, .exprs = exprs};
    vec_push(e->arena, &e->p->commands, c);
    return e->p->commands.n - 1;
}

static void run_side(Elab *e, Scope *s, const Ast *a, uint32_t id, bool other)
{
    Branch *b = ARENA_NEW(e->arena, Branch);
    const Branch *outer = e->branch;
    *b = (Branch){outer, id, other, a->u.branch.condition->range};
    e->branch = b;
    items_run(e, scope_new(e, s), other ? &a->u.branch.else_body : &a->u.branch.body);
    e->branch = outer;
}

void branch_target(Elab *e, size_t command)
{
    e->p->commands.at[command].target = (uint32_t)e->p->commands.n;
}

void branch_run(Elab *e, Scope *s, const Ast *a, const Value *condition)
{
    const Expr *x = expr_of(e, condition);
    if (!x || !expr_is_condition(e, x, "if")) {
        names_check_list(e, s, &a->u.branch.body);
        names_check_list(e, s, &a->u.branch.else_body);
        return;
    }
    Range range = {a->range.begin, a->u.branch.condition->range.end};
    uint32_t id = e->n_branches++;
    States before = states_copy(e);
    size_t first = branch_row(e, &row_if, range, x), jump = 0;
    run_side(e, s, a, id, false);
    States after = states_copy(e);
    for (size_t i = 0; i < e->instances.n; i++)
        e->instances.at[i] = state_of(&before, &e->instances.at[i], i);
    if (a->u.branch.else_body.n)
        jump = branch_row(e, &row_jump, range, NULL);
    branch_target(e, first);
    if (jump) {
        run_side(e, s, a, id, true);
        branch_target(e, jump);
    }
    for (size_t i = 0; i < e->instances.n; i++) {
        InstanceState yes = state_of(&after, &e->instances.at[i], i);
        e->instances.at[i] = joined(&yes, &e->instances.at[i], range);
    }
}

bool branch_one_compile(Elab *e, const Instance *m, const char *command, Range range)
{
    const InstanceState *state = instance_state(e, m);
    if (!state->split.begin)
        return true;
    diag_error(e->diags, range,
               "'%s' needs one compile of '%s', but an 'if' decides which one is in force", command,
               m->name);
    const Compile *compiles[] = {state->compile, state->other};
    for (size_t i = 0; i < 2; i++) {
        if (compiles[i])
            diag_note(e->diags, compiles[i]->range, "on one path it is this one");
        else
            diag_note(e->diags, state->split, "on one path there is none");
    }
    diag_help(e->diags, "compile '%s' in front of the 'if', or again behind it", m->name);
    return false;
}
