/* plot_complete.c: what a plot of targets and predictions, or of points, has if nothing else is said: names of classes,
 * columns and axes. */
#include "ir/program/command_internal.h"

static const Expr *text_expr(Elab *e, Range range, const char *text)
{
    Value v = value_string(range, text);
    return expr_of(e, &v);
}

static void set_caption(Run *r, ArgValue *settings, int arg, const char *text)
{
    if (settings[arg].given)
        return;
    settings[arg].none = false;
    settings[arg].expr = text_expr(r->e, r->a->range, text);
}

/* The names of the classes that targets of a part are, as far as they are known. */
static const Expr *class_names_of(Run *r, const Expr *y)
{
    Elab *e = r->e;
    uint32_t n = 0;
    const DataSet *d = expr_data(e, y);
    const char *const *names = d ? data_class_names(d, &n) : NULL;
    Value *items = ARENA_ARRAY(e->arena, Value, n + 1);
    for (uint32_t i = 0; i < n; i++)
        items[i] = value_string(y->range, names[i]);
    Value list = value_list(e, y->range, VAL_list, n, items);
    return n ? expr_of(e, &list) : NULL;
}

/* NULL: none are known. */
static void set_names(ArgValue *settings, int arg, const Expr *names)
{
    settings[arg].none = !names;
    settings[arg].expr = names;
}

/* What a confusion matrix has if nothing else is said: cells with their numbers, axes with names. */
static void complete_matrix(Run *r)
{
    const Expr *x = r->c.exprs[0];
    ArgValue *s = arena_copy(r->e->arena, r->c.settings, r->row->n_args * sizeof *s);
    if (x->op != EX_confusion_matrix || r->c.n_exprs > 1)
        return;
    if (!s[ARG_plot_kind].given) {
        s[ARG_plot_kind].i = KIND_heatmap;
        s[ARG_plot_kind].text = "heatmap";
    }
    r->c.settings = s;
    if (s[ARG_plot_kind].i != KIND_heatmap)
        return;
    set_caption(r, s, ARG_plot_x_label, "predicted");
    set_caption(r, s, ARG_plot_y_label, "true");
    if (!s[ARG_plot_names].given)
        set_names(s, ARG_plot_names, class_names_of(r, x->args[0]));
}

/* Points of a table with two columns: the axes have their names, the classes theirs. */
static void complete_points(Run *r)
{
    const DataSet *d = expr_data(r->e, r->c.exprs[0]);
    ArgValue *s = arena_copy(r->e->arena, r->c.settings, r->row->n_args * sizeof *s);
    if (r->c.n_exprs > 1 || s[ARG_plot_kind].i != KIND_scatter)
        return;
    r->c.settings = s;
    if (d && d->facts.have && d->facts.n_columns == 2 && s[ARG_plot_x].none) {
        set_caption(r, s, ARG_plot_x_label, d->facts.columns[0]);
        set_caption(r, s, ARG_plot_y_label, d->facts.columns[1]);
    }
    if (!s[ARG_plot_classes].none && !s[ARG_plot_labels].given)
        set_names(s, ARG_plot_labels, class_names_of(r, s[ARG_plot_classes].expr));
}

void plot_complete(Run *r)
{
    complete_matrix(r);
    complete_points(r);
}
