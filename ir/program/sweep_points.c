/* sweep_points.c: `over` of sweep: which arguments and settings are varied, and the points of the grid, all of them or
 * some, drawn at random with the program's seed. */
#include <math.h>
#include <string.h>

#include "ir/program/sweep.h"
#include "runtime/math/math_eval.h"
#include "runtime/math/philox.h"

enum { MOST_POINTS = 2000 };

/* ---- what a key means ---- */

static bool has_param(const Run *r, const char *key)
{
    const AstList *params = &r->model->ast->u.model.params;
    for (uint32_t i = 0; i < params->n; i++)
        if (!strcmp(params->at[i]->u.bind.name.text, key))
            return true;
    return false;
}

static void report_key(Run *r, const Value *key)
{
    const Row *compile = vocab_row(VOCAB_command, COMMAND_compile);
    const Row *fit = vocab_row(VOCAB_command, COMMAND_fit);
    const AstList *params = &r->model->ast->u.model.params;
    RtSuggest best = rt_suggest_start(key->text);
    for (uint32_t i = 0; i < params->n; i++)
        rt_suggest_offer(&best, params->at[i]->u.bind.name.text);
    rt_suggest_offer(&best, "learning_rate");
    for (uint32_t i = 0; i < compile->n_args; i++)
        rt_suggest_offer(&best, compile->args[i].name);
    for (uint32_t i = 0; i < fit->n_args; i++)
        rt_suggest_offer(&best, fit->args[i].name);
    const char *near = rt_suggest_best(&best);
    diag_error(r->e->diags, key->range,
               near ? "'%s' is no argument of the model '%s' and no setting of compile or fit; did "
                      "you mean '%s'?"
                    : "'%s' is no argument of the model '%s' and no setting of compile or fit",
               key->text, r->model->name, near);
    diag_note(r->e->diags, r->model->range, "the model is declared here");
    if (!near)
        diag_help(r->e->diags, "an argument is declared with the model: model %s(%s = 1) { ... }",
                  r->model->name, key->text);
}

static bool classify(Run *r, const Value *key, OverKind *out)
{
    static const char *const others[] = {"callbacks", "validation", "verbose", "initial_epoch"};
    bool param = has_param(r, key->text), rate = !strcmp(key->text, "learning_rate");
    bool compile = row_arg(vocab_row(VOCAB_command, COMMAND_compile), key->text) >= 0;
    bool fit = row_arg(vocab_row(VOCAB_command, COMMAND_fit), key->text) >= 0;
    *out = param ? OVER_model : rate ? OVER_rate : compile ? OVER_compile : OVER_fit;
    if (param && (rate || compile || fit)) {
        diag_error(r->e->diags, key->range,
                   "'%s' is an argument of the model '%s' and a setting, too: it is not clear "
                   "which one is "
                   "meant",
                   key->text, r->model->name);
        return false;
    }
    for (size_t i = 0; !param && i < sizeof others / sizeof *others; i++)
        if (!strcmp(key->text, others[i])) {
            diag_error(r->e->diags, key->range, "'%s' is no setting to vary", key->text);
            return false;
        }
    if (param || rate || compile || fit)
        return true;
    report_key(r, key);
    return false;
}

/* ---- its values ---- */

static bool take_between(Run *r, const Value *v, Axis *out)
{
    const ArgValue *a = v->call->args;
    const Value *low = a[ARG_between_low].value, *high = a[ARG_between_high].value;
    out->log = a[ARG_between_log].i != 0;
    out->whole = low->kind == VAL_int && high->kind == VAL_int;
    if (!value_is_number(low) || !value_is_number(high) || !(low->f < high->f) ||
        (out->log && low->f <= 0)) {
        diag_error(r->e->diags, v->range, "'between' takes two numbers, the smaller one first%s",
                   out->log ? "; with log = true above 0" : "");
        return false;
    }
    out->low = low->f;
    out->high = high->f;
    if (!r->c.settings[ARG_sweep_samples].none)
        return true;
    diag_error(r->e->diags, v->range,
               "'between' has no end of values: how many points are to be "
               "tried is said by samples = N");
    return false;
}

static bool take_values(Run *r, const Value *v, Axis *out)
{
    Items items;
    if (v->kind == VAL_call && v->call->row && v->call->row->vocab == VOCAB_function &&
        v->call->row->id == FUNCTION_between)
        return take_between(r, v, out);
    if (v->kind != VAL_list && v->kind != VAL_tuple && v->kind != VAL_range) {
        diag_error(r->e->diags, v->range,
                   "'over' of 'sweep' takes a list of values for '%s', or between(low, high), not "
                   "%s",
                   out->name, value_text(r->e, v));
        return false;
    }
    if (!items_of(r->e, r->s, v, &items) || !count_steps(r->e, v->range, items.n))
        return false;
    if (!items.n) {
        diag_error(r->e->diags, v->range, "there are no values for '%s'", out->name);
        return false;
    }
    Value *values = ARENA_ARRAY(r->e->arena, Value, items.n);
    for (uint32_t i = 0; i < items.n; i++) {
        values[i] = items_at(&items, i);
        if (values[i].kind == VAL_expr) {
            report_runtime(r->e, values[i].expr, "a value of a sweep");
            return false;
        }
    }
    out->n = items.n;
    out->values = values;
    return true;
}

static bool take_axes(Run *r, SweepPlan *plan, Axis *axes)
{
    const Value *over = r->c.settings[ARG_sweep_over].value;
    if (r->c.settings[ARG_sweep_over].none || over->kind != VAL_map || !over->n) {
        diag_error(r->e->diags, r->c.settings[ARG_sweep_over].range,
                   "'over' of 'sweep' takes a map such as [\"units\": [32, 64], \"learning_rate\": "
                   "[0.1, 0.01]]");
        return false;
    }
    for (uint32_t i = 0; i < over->n; i += 2) {
        const Value *key = &over->items[i];
        Axis *axis = &axes[plan->n_axes];
        if (key->kind != VAL_string) {
            diag_error(r->e->diags, key->range,
                       "a key of 'over' is the name of an argument or of "
                       "a setting, in quotes");
            return false;
        }
        *axis = (Axis){.name = intern(r->e->names, key->text), .range = key->range};
        if (!classify(r, key, &axis->kind) || !take_values(r, key + 1, axis))
            return false;
        plan->n_axes++;
    }
    plan->axes = axes;
    return true;
}

/* ---- points ---- */

static uint64_t seed_of_program(const Elab *e)
{
    const Expr *x = e->p->seed ? e->p->seed->value : NULL;
    return x && x->op == EX_number ? (uint64_t)(x->is_int ? x->index : (int64_t)x->value) : 0;
}

/* The number of the grid's points, at most 2^53. */
static double grid_size(const SweepPlan *plan)
{
    double n = 1;
    for (uint32_t i = 0; i < plan->n_axes; i++)
        n *= plan->axes[i].n ? plan->axes[i].n : INFINITY;
    return n;
}

static Value draw(const Elab *e, const Axis *axis, uint32_t k, uint32_t point)
{
    uint64_t seed = seed_of_program(e);
    uint32_t stream = rt_stream_hash("sweep");
    if (axis->n)
        return axis->values[rt_bounded_u32(seed, k, stream, point, axis->n)];
    double u = rt_uniform_f64(seed, k, stream, point), low = axis->low, high = axis->high;
    if (axis->whole && !axis->log)
        return value_int(axis->range, (int64_t)(low + floor(u * (high - low + 1))));
    double x = low + u * (high - low);
    if (axis->log) {
        double a = math_eval_f64(MATH_log, low, 0), b = math_eval_f64(MATH_log, high, 0);
        x = math_eval_f64(MATH_exp, a + u * (b - a), 0);
        x = x < low ? low : x > high ? high : x;
    }
    return axis->whole ? value_int(axis->range, (int64_t)nearbyint(x))
                       : value_float(axis->range, x);
}

/* Point number `at` of the grid; the last key changes fastest. */
static void grid_point(const SweepPlan *plan, double at, Value *out)
{
    for (uint32_t i = plan->n_axes; i-- > 0;) {
        double rest = floor(at / plan->axes[i].n);
        out[i] = plan->axes[i].values[(uint32_t)(at - rest * plan->axes[i].n)];
        at = rest;
    }
}

static bool is_taken(const double *taken, uint32_t n, double at)
{
    for (uint32_t i = 0; i < n; i++)
        if (taken[i] == at)
            return true;
    return false;
}

/* Different points of the grid. */
static void draw_grid(const Elab *e, const SweepPlan *plan, Value *out)
{
    double taken[MOST_POINTS], size = grid_size(plan);
    uint64_t seed = seed_of_program(e);
    uint32_t stream = rt_stream_hash("sweep");
    for (uint32_t n = 0, draws = 0; n < plan->n_points; draws++) {
        double at = floor(rt_uniform_f64(seed, 0, stream, draws) * size);
        if (is_taken(taken, n, at))
            continue;
        taken[n] = at;
        grid_point(plan, at, out + n++ * plan->n_axes);
    }
}

static bool count_points(Run *r, SweepPlan *plan)
{
    const ArgValue *samples = &r->c.settings[ARG_sweep_samples];
    double size = grid_size(plan), n = samples->none || size < samples->f ? size : samples->f;
    char text[64];
    snprintf(text, sizeof text, "%.0f", n);
    for (size_t at = strlen(text); at > 3; at -= 3) { /* 1,000,000 */
        memmove(text + at - 2, text + at - 3, strlen(text) - at + 4);
        text[at - 3] = ',';
    }
    if (n > MOST_POINTS) {
        diag_error(r->e->diags, r->c.settings[ARG_sweep_over].range,
                   "this sweep has %s points, more than %d", text, MOST_POINTS);
        diag_help(r->e->diags, samples->none ? "samples = 50 tries 50 of them, drawn at random"
                                             : "each is a training of its own");
        return false;
    }
    plan->n_points = (uint32_t)n;
    return true;
}

bool sweep_points(Run *r, SweepPlan *plan)
{
    const Value *over = r->c.settings[ARG_sweep_over].value;
    uint32_t most = over && over->kind == VAL_map ? over->n / 2 : 0;
    if (!take_axes(r, plan, ARENA_ARRAY(r->e->arena, Axis, most + 1)) || !count_points(r, plan))
        return false;
    uint32_t n = plan->n_axes;
    double size = grid_size(plan);
    Value *values = ARENA_ARRAY(r->e->arena, Value, (size_t)plan->n_points * n + 1);
    if (isinf(size)) {
        for (uint32_t i = 0; i < plan->n_points * n; i++)
            values[i] = draw(r->e, &plan->axes[i % n], i % n, i / n);
    } else if (plan->n_points < size) {
        draw_grid(r->e, plan, values);
    } else {
        for (uint32_t i = 0; i < plan->n_points; i++)
            grid_point(plan, i, values + i * n);
    }
    plan->values = values;
    return true;
}

const char *sweep_text(Elab *e, const Value *v)
{
    if (v->kind == VAL_string || v->kind == VAL_word)
        return v->text;
    const Source *source =
        v->range.begin ? source_of(diag_sources(e->diags), v->range.begin) : NULL;
    bool plain = value_is_number(v) || v->kind == VAL_bool || v->kind == VAL_none ||
                 v->kind == VAL_list || v->kind == VAL_tuple;
    if (!plain && source && v->range.end >= v->range.begin &&
        v->range.end - source->base <= source->size)
        return arena_strndup(e->arena, source->text + (v->range.begin - source->base),
                             v->range.end - v->range.begin);
    StrBuf text = {0};
    value_print(&text, v);
    const char *copy = arena_strdup(e->arena, text.text ? text.text : "");
    strbuf_close(&text);
    return copy;
}
