/* plots.c: the command plot: which curves its operands are, and whether its settings fit them. */
#include <string.h>

#include "ir/program/command_internal.h"

typedef struct Operands {
    Run *r;
    Vec(const Expr *) exprs;
    Vec(PlotCurve) curves;
} Operands;

static const Command *command_of(const Elab *e, uint32_t result)
{
    return &e->p->commands.at[e->p->results.at[result].command];
}

static bool is_fit(const Elab *e, uint32_t result)
{
    return command_of(e, result)->row->id == COMMAND_fit;
}

/* ---- what an expression has to do with epochs ---- */

/* A series of a fit with an element for each epoch. */
static bool is_series(const Elab *e, const Expr *x)
{
    return x->op == EX_result && is_fit(e, (uint32_t)x->index) && expr_is_many(x->type) &&
           strcmp(x->text, "keys") != 0 && strcmp(x->text, "epoch") != 0;
}

static bool goes_each(ExprOp op)
{
    return (op >= EX_add && op <= EX_minimum) || op == EX_rows;
}

/* The fit, and the first epoch, that all series in x share: it has an element for each epoch then. */
static PlotCurve epochs_of(const Elab *e, const Expr *x)
{
    PlotCurve all = {.key = "", .run = -1};
    if (is_series(e, x))
        all.run = (int32_t)x->index;
    for (uint32_t i = 0; goes_each(x->op) && i < x->n_args; i++) {
        PlotCurve one = epochs_of(e, x->args[i]);
        if (!expr_is_many(x->args[i]->type))
            continue;
        if (one.run < 0 || (all.run >= 0 && (one.run != all.run || one.first != all.first)))
            return (PlotCurve){.key = "", .run = -1};
        all = one;
    }
    if (x->op == EX_rows && all.run >= 0)
        all.first += x->axes[0];
    return all;
}

/* "f1_score[2]" of r.f1_score[2], "loss" of r.loss; "": neither. */
static const char *key_of(Elab *e, const Expr *x)
{
    if (x->op == EX_rows)
        return key_of(e, x->args[0]);
    if (is_series(e, x))
        return x->text;
    bool element = x->op == EX_index && is_series(e, x->args[0]) && x->args[0]->type == EXT_array &&
                   x->args[1]->op == EX_number;
    return element ? metric_element_key(e->names, e->arena, x->args[0]->text, x->args[1]->index)
                   : "";
}

static PlotCurve curve_of(Elab *e, const Expr *x)
{
    PlotCurve curve = epochs_of(e, x);
    curve.key = key_of(e, x);
    if (*curve.key && x->op == EX_index)
        curve.run = (int32_t)x->args[0]->index;
    return curve;
}

/* ---- operands ---- */

static void add(Operands *o, const Expr *x, PlotCurve curve)
{
    vec_push(o->r->e->arena, &o->exprs, x);
    vec_push(o->r->e->arena, &o->curves, curve);
}

static void add_run(Operands *o, const Value *v)
{
    Elab *e = o->r->e;
    Expr *keys = expr_new(e, EX_result, EXT_texts, v->range, 0);
    keys->index = v->result;
    keys->text = "keys";
    add(o, keys, (PlotCurve){.key = "", .run = (int32_t)v->result, .whole = true});
}

static void refuse(Operands *o, const Value *v, const char *help)
{
    Elab *e = o->r->e;
    diag_error(e->diags, v->range, "'plot' draws series and arrays of numbers, not %s",
               value_text(e, v));
    if (help)
        diag_help(e->diags, "%s", help);
    command_fail(o->r);
}

static void add_expr(Operands *o, const Value *v)
{
    Elab *e = o->r->e;
    const Expr *x = expr_of(e, v);
    if (!x)
        command_fail(o->r);
    else if (x->op == EX_result && !strcmp(x->text, "keys"))
        refuse(o, v, "keys are texts; of a whole training: plot r");
    else if (x->type == EXT_series || x->type == EXT_array || x->type == EXT_labels)
        add(o, x, curve_of(e, x));
    else
        refuse(o, v, x->type == EXT_number ? "numbers go into a list: [a, b]" : NULL);
}

static void add_value(Operands *o, const Value *v);

/* Has it an element that is no number itself? What is wrong by itself has been reported. */
static bool holds_series(const Value *list)
{
    bool holds = false;
    for (uint32_t i = 0; i < list->n && !holds; i++) {
        const Value *v = &list->items[i];
        holds = !value_is_number(v) && v->kind != VAL_error && v->kind != VAL_word &&
                !(v->kind == VAL_expr && v->expr->type == EXT_number);
    }
    return holds;
}

static void add_result(Operands *o, const Value *v)
{
    const Command *c = command_of(o->r->e, v->result);
    if (c->row->id == COMMAND_fit)
        add_run(o, v);
    else if (c->row->id == COMMAND_predict)
        add_expr(o, v);
    else
        refuse(o, v, "its numbers go into a list: [a.loss, b.loss]");
}

/* `as r[key]`: all its results. */
static void add_map(Operands *o, const Value *v)
{
    if (!v->n || v->items[1].kind != VAL_result) {
        if (!v->incomplete)
            refuse(o, v, NULL);
        command_fail(o->r);
        return;
    }
    for (uint32_t i = 1; i < v->n; i += 2) {
        Value one = v->items[i];
        one.range = v->range;
        add_value(o, &one);
    }
}

static void set_model(Operands *o, const Value *v)
{
    Run *r = o->r;
    if (o->exprs.n || command_operand_list(r)->n > 1) {
        if (r->right)
            diag_error(r->e->diags, v->range, "a network is drawn alone, in a plot of its own");
        command_fail(r);
        return;
    }
    r->c.instance = value_instance(r->e, r->s, v);
    if (!r->c.instance)
        command_fail(r);
}

static void add_value(Operands *o, const Value *v)
{
    switch (v->kind) {
    case VAL_error:
        command_fail(o->r);
        break;
    case VAL_result:
        add_result(o, v);
        break;
    case VAL_map:
        add_map(o, v);
        break;
    case VAL_list:
    case VAL_tuple:
        if (!holds_series(v))
            add_expr(o, v);
        for (uint32_t i = 0; holds_series(v) && i < v->n; i++)
            add_value(o, &v->items[i]);
        break;
    case VAL_expr:
        add_expr(o, v);
        break;
    case VAL_model:
    case VAL_instance:
        set_model(o, v);
        break;
    case VAL_int:
    case VAL_float:
        refuse(o, v, "numbers go into a list: [a, b]");
        break;
    case VAL_data:
    case VAL_part:
        refuse(o, v,
               "the command 'show' shows samples; of a part plot takes P.inputs and P.targets");
        break;
    default: /* nothing that has numbers */
        if (check_word(o->r->e, o->r->s, v))
            refuse(o, v, NULL);
        command_fail(o->r);
        break;
    }
}

/* ---- names ---- */

/* Are they all of one run, or all of one metric? */
static bool have_one(const Operands *o, bool of_run)
{
    for (size_t i = 0; i < o->curves.n; i++)
        if (of_run ? o->curves.at[i].run != o->curves.at[0].run
                   : strcmp(o->curves.at[i].key, o->curves.at[0].key) != 0)
            return false;
    return true;
}

/* What differs: the metric, the run, or both. */
static void name_curves(Operands *o)
{
    Elab *e = o->r->e;
    bool one_run = have_one(o, true), one_metric = have_one(o, false);
    for (size_t i = 0; i < o->curves.n; i++) {
        PlotCurve *c = &o->curves.at[i];
        const char *run = c->run >= 0 ? e->p->results.at[c->run].title : NULL;
        if (c->whole || (*c->key && one_metric && !one_run))
            c->name = run;
        else if (*c->key)
            c->name = one_run ? c->key : arena_printf(e->arena, "%s %s", run, c->key);
    }
}

void plot_operands(Run *r, const AstList *list)
{
    Operands o = {.r = r};
    for (uint32_t i = 0; i < list->n; i++) {
        Value v = eval(r->e, r->s, list->at[i], N_VOCABS);
        add_value(&o, &v);
    }
    name_curves(&o);
    r->c.exprs = o.exprs.at;
    r->c.curves = o.curves.at;
    r->c.n_exprs = (uint32_t)o.exprs.n;
}

/* ---- settings ---- */

static const ArgValue *setting(const Run *r, int arg)
{
    const ArgValue *v = &r->c.settings[arg];
    return v->given && !v->none ? v : NULL;
}

static const char *kind_name(const Run *r)
{
    return r->c.settings[ARG_plot_kind].text;
}

/* A setting that belongs to other kinds than the one that is drawn. */
static void refuse_setting(Run *r, int arg, const char *kinds)
{
    const ArgValue *v = setting(r, arg);
    if (!v)
        return;
    diag_error(r->e->diags, v->range, "'%s' goes with kind = %s, not with %s",
               r->row->args[arg].name, kinds, kind_name(r));
    command_fail(r);
}

static void check_kind(Run *r)
{
    int64_t kind = r->c.settings[ARG_plot_kind].i;
    const ArgValue *log = setting(r, ARG_plot_log);
    if (kind != KIND_line)
        refuse_setting(r, ARG_plot_smooth, "line");
    if (kind != KIND_scatter)
        refuse_setting(r, ARG_plot_classes, "scatter");
    if (kind == KIND_hist || kind == KIND_heatmap)
        refuse_setting(r, ARG_plot_x, "line, scatter or bar");
    if (kind != KIND_bar && kind != KIND_heatmap)
        refuse_setting(r, ARG_plot_names, "bar or heatmap");
    if (kind == KIND_heatmap) {
        refuse_setting(r, ARG_plot_log, "line, scatter, bar or hist");
        refuse_setting(r, ARG_plot_labels, "line, scatter, bar or hist");
    } else if (log && kind == KIND_bar && strcmp(log->text, "y") != 0) {
        diag_error(r->e->diags, log->range, "bars have a logarithmic y axis only: log = y");
        command_fail(r);
    }
}

/* Whole runs: a panel for each metric. */
static void check_runs(Run *r)
{
    uint32_t n_whole = 0, n = r->c.n_exprs;
    const ArgValue *x = setting(r, ARG_plot_x);
    for (uint32_t i = 0; i < n; i++)
        n_whole += r->c.curves[i].whole;
    if (!n_whole)
        return;
    if (n_whole < n) {
        diag_error(r->e->diags, r->c.exprs[0]->range,
                   "'plot' takes whole trainings, or series, not both");
        command_fail(r);
    }
    if (r->c.settings[ARG_plot_kind].i != KIND_line) {
        diag_error(r->e->diags, r->c.settings[ARG_plot_kind].range,
                   "the metrics of a training are drawn as lines; name one of them for kind = %s",
                   kind_name(r));
        command_fail(r);
    }
    if (x) {
        diag_error(r->e->diags, x->range, "the metrics of a training go over its epochs");
        command_fail(r);
    }
}

/* Elements, where the text says them; -1: the run knows. */
static int64_t length_of(const Expr *x)
{
    return x->op == EX_list ? (int64_t)x->n_args : -1;
}

static void check_lengths(Run *r)
{
    const ArgValue *x = setting(r, ARG_plot_x), *labels = setting(r, ARG_plot_labels);
    int64_t n_x = x ? length_of(x->expr) : -1, n_labels = labels ? length_of(labels->expr) : -1;
    bool all_one = true; /* each operand is one curve */
    for (uint32_t i = 0; i < r->c.n_exprs; i++) {
        int64_t n = length_of(r->c.exprs[i]);
        all_one = all_one && (r->c.curves[i].whole || expr_rank(r->e, r->c.exprs[i]) == 1);
        if (n < 0 || n_x < 0 || n == n_x)
            continue;
        diag_error(r->e->diags, x->range, "'x' has %lld values, but this has %lld", (long long)n_x,
                   (long long)n);
        diag_note(r->e->diags, r->c.exprs[i]->range, "it is drawn over 'x'");
        command_fail(r);
    }
    if (!all_one || n_labels < 0 || n_labels == r->c.n_exprs)
        return;
    diag_error(r->e->diags, labels->range, "'labels' has %lld names for %u %s", (long long)n_labels,
               r->c.n_exprs, r->c.curves[0].whole ? "trainings" : "curves");
    command_fail(r);
}

static void check_shape(Run *r)
{
    int rank = expr_rank(r->e, r->c.exprs[0]);
    if (r->c.settings[ARG_plot_kind].i != KIND_heatmap)
        return;
    if (r->c.n_exprs > 1) {
        diag_error(r->e->diags, r->c.exprs[1]->range, "kind = heatmap draws one matrix");
        command_fail(r);
    } else if (rank != 2 && rank != RANK_UNKNOWN) {
        diag_error(r->e->diags, r->c.exprs[0]->range,
                   "kind = heatmap draws a matrix; this has %d %s", rank,
                   rank == 1 ? "axis" : "axes");
        command_fail(r);
    }
}

/* Settings that belong to curves or to networks; the title belongs to both. */
static void check_owner(Run *r)
{
    for (int arg = 0; arg < (int)r->row->n_args; arg++) {
        bool of_network = arg >= ARG_plot_show_shapes && arg <= ARG_plot_expand_nested;
        if (arg == ARG_plot_title || of_network == (r->c.instance != NULL) ||
            !r->c.settings[arg].given)
            continue;
        diag_error(r->e->diags, r->c.settings[arg].range,
                   of_network ? "'%s' is a setting of networks: plot MODEL to FILE"
                              : "'%s' is a setting of curves, not of a network",
                   r->row->args[arg].name);
        command_fail(r);
    }
}

void plot_check(Run *r)
{
    check_owner(r);
    if (!r->c.n_exprs)
        return;
    plot_complete(r);
    check_kind(r);
    check_runs(r);
    if (r->right)
        check_lengths(r);
    if (r->right)
        check_shape(r);
}
