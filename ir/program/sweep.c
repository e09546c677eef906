/* sweep.c: a sweep becomes, for each point, an instance of the model, its compile, and a fit or a cross_validate. They
 * stand behind the sweep as if they were lines of it; the run goes over them. */
#include "ir/program/sweep.h"

#include <string.h>

/* ---- values of a point as if the text named them ---- */

/* A name that no text can have, which stands for the value. */
static Ast *hidden(Elab *e, Scope *names, AstKind kind, AstName name, Value v)
{
    const char *text = intern(e->names, arena_printf(e->arena, "over.%s", name.text));
    Ast *value = ARENA_NEW(e->arena, Ast), *out = ARENA_NEW(e->arena, Ast);
    v.range = name.range;
    scope_value(e, names, (AstName){text, {0, 0}}, v, true);
    value->kind = AST_name;
    value->range = name.range;
    value->u.name = (AstName){text, name.range};
    out->kind = kind;
    out->range = name.range;
    out->u.bind.name = name;
    out->u.bind.value = value;
    return out;
}

typedef struct Point {
    Run *r;
    Elab *e;
    const SweepPlan *plan;
    const Value *values; /* of each axis */
    Instance *m;
} Point;

typedef Vec(Ast *) Asts;

static void add_axes(const Point *p, OverKind kind, AstKind ast, Scope *names, Asts *out)
{
    for (uint32_t i = 0; i < p->plan->n_axes; i++) {
        const Axis *axis = &p->plan->axes[i];
        if (axis->kind != kind)
            continue;
        Ast *a = hidden(p->e, names, ast, (AstName){axis->name, axis->range}, p->values[i]);
        vec_push(p->e->arena, out, a);
    }
}

static bool names_axis(const SweepPlan *plan, OverKind kind, const char *name)
{
    for (uint32_t i = 0; i < plan->n_axes; i++)
        if (plan->axes[i].kind == kind && !strcmp(plan->axes[i].name, name))
            return true;
    return false;
}

static Instance *instance_of(const Point *p)
{
    Scope *names = scope_new(p->e, p->r->s);
    Asts args = {0};
    for (uint32_t i = 0; i < p->r->model_args.n; i++) {
        Ast *a = p->r->model_args.at[i];
        if (!a->u.bind.name.text || !names_axis(p->plan, OVER_model, a->u.bind.name.text))
            vec_push(p->e->arena, &args, a);
    }
    add_axes(p, OVER_model, AST_argument, names, &args);
    AstList list = {args.at, (uint32_t)args.n};
    size_t first = p->e->instances.n;
    Instance *m = model_instance(p->e, p->r->model, &list, names, p->r->c.range);
    for (size_t i = first; i < p->e->instances.n; i++)
        p->e->instances.at[i].instance->of_sweep = true;
    return m;
}

/* ---- compile ---- */

/* The optimizer with another rate. */
static bool set_rate(const Point *p, ArgValue *optimizer)
{
    for (uint32_t i = 0; i < p->plan->n_axes; i++) {
        const Axis *axis = &p->plan->axes[i];
        if (axis->kind != OVER_rate)
            continue;
        Call *call = arena_copy(p->e->arena, optimizer->calls[0], sizeof *call);
        int at = row_arg(call->row, "learning_rate"); /* each optimizer has one */
        ArgValue *args =
            arena_copy(p->e->arena, call->args, call->row->n_args * sizeof *call->args);
        Value v = p->values[i];
        v.range = axis->range;
        args[at] = (ArgValue){.given = true, .range = axis->range};
        if (!arg_convert(p->e, p->r->s, call->row, &call->row->args[at], &v, &args[at]))
            return false;
        call->args = args;
        const Call **calls = ARENA_ARRAY(p->e->arena, const Call *, 1);
        calls[0] = call;
        optimizer->calls = calls;
    }
    return true;
}

static bool compile_point(const Point *p)
{
    Elab *e = p->e;
    const InstanceState *own = p->r->model->value.kind == VAL_instance
                                   ? instance_state(e, p->r->model->value.instance)
                                   : NULL;
    const Ast *text = own ? own->compile_text : NULL;
    Scope *names = scope_new(e, text ? own->compile_scope : p->r->s);
    Asts given = {0};
    for (uint32_t i = 0; text && i < text->u.command.settings.n; i++) {
        Ast *a = text->u.command.settings.at[i];
        if (a->kind != AST_setting || !names_axis(p->plan, OVER_compile, a->u.bind.name.text))
            vec_push(e->arena, &given, a);
    }
    add_axes(p, OVER_compile, AST_setting, names, &given);
    AstList list = {given.at, (uint32_t)given.n};
    if (!text && !instance_state(e, p->m)->defaults.compile && !given.n) {
        diag_error(e->diags, p->r->a->u.command.name.range, "'%s' must be compiled before '%s'",
                   p->r->model->name, p->r->row->name);
        diag_help(e->diags, "write compile %s { loss = ... } before this line", p->r->model->name);
        return false;
    }
    Run c = {.e = e, .s = names, .a = text ? text : p->r->a, .right = true};
    c.row = vocab_row(VOCAB_command, COMMAND_compile);
    c.c = (Command){.row = c.row, .range = p->r->c.range, .instance = p->m};
    c.c.settings = defaults_settings(e, names, c.row, p->r->a, &list, p->m);
    if (!c.c.settings)
        return false;
    ArgValue *settings = arena_copy(e->arena, c.c.settings, c.row->n_args * sizeof *settings);
    if (!set_rate(p, &settings[ARG_compile_optimizer]))
        return false;
    c.c.settings = settings;
    command_check(&c);
    if (c.right)
        command_add(&c);
    return c.right;
}

/* ---- the training ---- */

static bool is_own(const char *name, bool folds)
{
    static const char *const own[] = {"over", "metric", "samples", "refit", "verbose"};
    static const char *const of_folds[] = {"folds", "stratify", "shuffle", "groups", "seed"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (!strcmp(name, own[i]))
            return true;
    for (size_t i = 0; !folds && i < sizeof of_folds / sizeof *of_folds; i++)
        if (!strcmp(name, of_folds[i]))
            return true;
    return false;
}

static bool train_point(const Point *p)
{
    Elab *e = p->e;
    Scope *names = scope_new(e, p->r->s);
    const AstList *settings = &p->r->a->u.command.settings;
    bool folds = p->plan->has_folds;
    Asts given = {0};
    for (uint32_t i = 0; i < settings->n; i++) {
        Ast *a = settings->at[i];
        if (a->kind == AST_setting && !is_own(a->u.bind.name.text, folds) &&
            !names_axis(p->plan, OVER_fit, a->u.bind.name.text))
            vec_push(e->arena, &given, a);
    }
    add_axes(p, OVER_fit, AST_setting, names, &given);
    AstList list = {given.at, (uint32_t)given.n};
    Ast *text = arena_copy(e->arena, p->r->a, sizeof *text);
    text->u.command.settings = list;
    Run f = {.e = e, .s = names, .a = text, .right = true};
    f.row = vocab_row(VOCAB_command, folds ? COMMAND_cross_validate : COMMAND_fit);
    f.c = (Command){.row = f.row,
                    .range = p->r->c.range,
                    .instance = p->m,
                    .data = p->r->c.data,
                    .part = PART_TRAIN,
                    .beside = p->r->row->name};
    if (!model_complete(e, p->m, f.c.data, p->r->c.range))
        return false;
    f.c.settings = defaults_settings(e, names, f.row, p->r->a, &list, p->m);
    if (!f.c.settings)
        return false;
    command_check(&f);
    if (!f.right)
        return false;
    instance_top_level(e, p->m);
    f.c.result = p->r->c.result;
    vec_push(e->arena, &e->p->commands, f.c);
    if (folds)
        folds_add(&f);
    return true;
}

bool sweep_point(Run *r, SweepPlan *plan, uint32_t point, EventLines *lines)
{
    Point p = {.r = r, .e = r->e, .plan = plan, .values = plan->values + point * plan->n_axes};
    size_t errors = diag_errors(r->e->diags);
    lines->event = 0;
    lines->begin = (uint32_t)r->e->p->commands.n;
    p.m = plan->instances[point] = instance_of(&p);
    bool right = p.m && compile_point(&p) && train_point(&p);
    lines->end = (uint32_t)r->e->p->commands.n;
    if (right || diag_errors(r->e->diags) == errors)
        return right;
    const char *text = "";
    for (uint32_t i = 0; i < plan->n_axes; i++)
        text = arena_printf(r->e->arena, "%s%s%s = %s", text, i ? ", " : "", plan->axes[i].name,
                            sweep_text(r->e, &p.values[i]));
    diag_note(r->e->diags, r->c.range, "with %s", text);
    return false;
}

const Command *sweep_training(const Elab *e, const EventLines *lines)
{
    for (uint32_t i = lines->begin; i < lines->end; i++) {
        const Row *row = e->p->commands.at[i].row;
        if (row->vocab == VOCAB_command &&
            (row->id == COMMAND_fit || row->id == COMMAND_cross_validate))
            return &e->p->commands.at[i];
    }
    return NULL;
}
