/* plot.c: the command plot: values of the run as curves, bars, a histogram or a matrix; of whole trainings a panel for
 * each metric. What a figure looks like is the matter of runtime/plot. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/commands/commands.h"
#include "runtime/commands/picture.h"
#include "runtime/plot/figure.h"
#include "runtime/train/class_counts.h"

enum { MOST_CURVES = 200 };

/* Values and texts of the figure, which belong to it. */
typedef struct Plot {
    RtRun *run;
    const ImgCommand *c;
    RtValue *values; /* of the operands; the columns of a matrix have become rows */
    RtValue x;
    double *points; /* of classes, one after the other: x of all, then y of all */
    RtCaptions captions;
    uint32_t n;
    RtCurve curves[MOST_CURVES];
    char names[MOST_CURVES][96]; /* of curves that are rows or columns */
    bool goes_by_epoch;          /* all curves do */
} Plot;

/* ---- values ---- */

/* Lists become series. */
static RtStatus take_numbers(RtRun *run, uint32_t expr, RtValue *out)
{
    RtValue v;
    RtStatus status = rt_run_value(run, expr, &v);
    if (status != RT_OK || v.kind != VALUE_list) {
        *out = status == RT_OK ? v : rt_value_none();
        return status;
    }
    int64_t n = v.n_items;
    *out = rt_value_array(1, &n, NULL);
    for (int64_t i = 0; out->data && i < n && status == RT_OK; i++) {
        const RtValue *item = &v.items[i];
        if (item->kind != VALUE_number && item->kind != VALUE_bool)
            status = rt_fail(&run->error, "a plot takes numbers, not texts");
        out->data[i] = item->number;
    }
    rt_value_free(&v);
    return status != RT_OK || out->data ? status
                                        : rt_fail(&run->error, "not enough memory for a picture");
}

static RtStatus too_deep(RtRun *run, const RtValue *v)
{
    return rt_fail(&run->error, "a plot takes series and matrices; this array has %u axes",
                   v->rank);
}

/* Columns are curves, as in matplotlib. */
static RtStatus turn(RtRun *run, RtValue *v)
{
    int64_t rows = v->dims[0], columns = v->dims[1];
    RtValue turned = rt_value_array(2, (int64_t[]){columns, rows}, NULL);
    if (!turned.data)
        return rt_fail(&run->error, "not enough memory for a picture");
    for (int64_t r = 0; r < rows; r++)
        for (int64_t c = 0; c < columns; c++)
            turned.data[c * rows + r] = v->data[r * columns + c];
    rt_value_free(v);
    *v = turned;
    return RT_OK;
}

static bool is_kind(const Plot *p, const char *kind)
{
    return !strcmp(rt_setting_word(p->c, "kind"), kind);
}

/* ---- curves ---- */

/* The epochs of a series, from 1, if it does not have a value for each; NULL: it has. */
static const RtValue *uneven_epochs(const RtRun *run, const ImgCurve *c)
{
    char key[512];
    snprintf(key, sizeof key, "%s epochs", c->key);
    return *c->key ? rt_result_get(run, c->run, key) : NULL;
}

static bool is_validation(const char *key)
{
    return !strncmp(key, "val_", 4);
}

static bool is_metric(const ImgCurve *c)
{
    return *c->key && strcmp(c->key, "learning_rate") != 0;
}

/* Where the series stands over the epochs of its run. */
static void set_epochs(Plot *p, const ImgCurve *c, RtCurve *curve)
{
    const RtValue *epoch = rt_result_get(p->run, c->run, "epoch"), *own = uneven_epochs(p->run, c);
    curve->first =
        (epoch && epoch->data && rt_value_count(epoch) ? epoch->data[0] : 0) + 1 + (double)c->first;
    if (own && own->data && c->first + curve->n <= rt_value_count(own))
        curve->x = own->data + c->first;
}

/* The epoch that is marked, as a place in the curve; -1: it is not there. */
static int64_t best_place(const Plot *p, const ImgCurve *c, const RtCurve *curve)
{
    const RtValue *best = rt_result_get(p->run, c->run, "best_epoch");
    for (int64_t i = 0; best && is_metric(c) && i < curve->n; i++)
        if ((curve->x ? curve->x[i] : curve->first + (double)i) == best->number)
            return i;
    return -1;
}

/* The other one of loss and val_loss among the operands; NULL: it is not there. */
static const ImgCurve *twin_of(const ImgCommand *command, const ImgCurve *c)
{
    for (uint32_t i = 0; i < command->curves.n; i++) {
        const ImgCurve *other = &command->curves.at[i];
        bool val = is_validation(c->key);
        if (other->run == c->run && is_validation(other->key) != val && is_metric(other) &&
            is_metric(c) && !strcmp(val ? c->key + 4 : c->key, val ? other->key : other->key + 4))
            return other;
    }
    return NULL;
}

/* Pairs have one color, the validation dashed; a single pair has two. */
static void style_pairs(Plot *p)
{
    const ImgCommand *c = p->c;
    int32_t n = 0;
    bool one_pair = c->curves.n == 2 && twin_of(c, &c->curves.at[0]);
    if (p->n != c->curves.n || !p->goes_by_epoch)
        return;
    for (uint32_t i = 0; i < p->n; i++) {
        const ImgCurve *twin = twin_of(c, &c->curves.at[i]);
        uint32_t at = twin ? (uint32_t)(twin - c->curves.at) : i;
        p->curves[i].dashed = twin && is_validation(c->curves.at[i].key);
        p->curves[i].color = at < i && !one_pair ? p->curves[at].color : n++;
        if (twin && !p->curves[i].dashed)
            p->curves[i].mark = -1;
    }
}

static RtStatus add_curve(Plot *p, const ImgCurve *c, const double *y, int64_t n, const char *name)
{
    if (p->n == MOST_CURVES)
        return rt_fail(&p->run->error, "a plot has at most %d curves", MOST_CURVES);
    if (p->x.data && rt_value_count(&p->x) != n)
        return rt_fail(&p->run->error, "'x' has %lld values, but '%s' has %lld",
                       (long long)rt_value_count(&p->x), c->name, (long long)n);
    RtCurve *curve = &p->curves[p->n++];
    *curve = (RtCurve){.name = name, .n = n, .x = p->x.data, .y = y, .mark = -1, .color = -1};
    if (c->run == IMG_NONE || p->x.data || is_kind(p, "hist")) {
        p->goes_by_epoch = false;
        return RT_OK;
    }
    set_epochs(p, c, curve);
    if (is_kind(p, "line") || is_kind(p, "scatter"))
        curve->mark = best_place(p, c, curve);
    return RT_OK;
}

/* A matrix: each row is a curve now. */
static RtStatus add_rows(Plot *p, const ImgCurve *c, const RtValue *v)
{
    int64_t rows = v->dims[0], n = v->dims[1];
    RtStatus status = RT_OK;
    for (int64_t i = 0; i < rows && status == RT_OK; i++) {
        char *name = p->n < MOST_CURVES ? p->names[p->n] : NULL;
        if (name)
            snprintf(name, sizeof p->names[0], "%.70s[%d]", c->name, (int)i);
        status = add_curve(p, c, v->data + i * n, n, rows > 1 ? name : c->name);
    }
    return status;
}

/* Of a scatter: two columns are the coordinates of points. */
static RtStatus add_points(Plot *p, const ImgCurve *c, RtValue *v)
{
    RtStatus status = turn(p->run, v);
    if (status == RT_OK)
        status = add_curve(p, c, v->data + v->dims[1], v->dims[1], c->name);
    if (status == RT_OK)
        p->curves[p->n - 1].x = v->data;
    return status;
}

static bool are_points(const Plot *p, const ImgCurve *c, const RtValue *v)
{
    return is_kind(p, "scatter") && !p->x.data && c->run == IMG_NONE && v->dims[1] == 2;
}

/* All numbers of an array are counted. Of lists of metrics the rows are series already. */
static RtStatus add_value(Plot *p, const ImgCurve *c, RtValue *v)
{
    if (v->kind != VALUE_series && v->kind != VALUE_array)
        return rt_fail(&p->run->error, "'%s' has no numbers to plot", c->name);
    if (v->rank == 1 || is_kind(p, "hist"))
        return add_curve(p, c, v->data, rt_value_count(v), c->name);
    if (v->rank != 2)
        return too_deep(p->run, v);
    if (are_points(p, c, v))
        return add_points(p, c, v);
    if (v->dims[c->run == IMG_NONE] > MOST_CURVES)
        return rt_fail(&p->run->error, "a plot has at most %d curves", MOST_CURVES);
    RtStatus status = c->run == IMG_NONE ? turn(p->run, v) : RT_OK;
    return status == RT_OK ? add_rows(p, c, v) : status;
}

/* ---- classes of points ---- */

/* The points of one class become a curve, in the order in which they are. */
static void take_class(Plot *p, const RtCurve *all, const double *classes, int64_t class,
                       double **next)
{
    RtCurve *curve = &p->curves[class];
    *curve = *all;
    curve->n = 0;
    curve->color = (int32_t) class;
    curve->x = *next;
    curve->y = *next + all->n;
    snprintf(p->names[class], sizeof p->names[0], "%d", (int)class);
    curve->name = p->names[class];
    for (int64_t i = 0; i < all->n; i++) {
        if (classes[i] != (double)class)
            continue;
        (*next)[0] = all->x ? all->x[i] : all->first + (double)i;
        (*next)++ [all->n] = all->y[i];
        curve->n++;
    }
}

static RtStatus split(Plot *p, const double *classes, int64_t n)
{
    RtCurve all = p->curves[0];
    double most = 0;
    for (int64_t i = 0; i < n; i++)
        most = classes[i] > most ? classes[i] : most;
    if (p->n != 1 || n != all.n)
        return rt_fail(&p->run->error, "'classes' has %lld values, but there are %lld points",
                       (long long)n, (long long)(p->n == 1 ? all.n : 0));
    if (most >= MOST_CURVES)
        return rt_fail(&p->run->error, "a plot has at most %d curves", MOST_CURVES);
    p->points = calloc(2 * (size_t)n + 1, sizeof *p->points);
    if (!p->points)
        return rt_fail(&p->run->error, "not enough memory for a picture");
    double *next = p->points;
    p->n = (uint32_t)most + 1;
    for (uint32_t k = 0; k < p->n; k++)
        take_class(p, &all, classes, k, &next);
    return RT_OK;
}

static RtStatus use_classes(Plot *p)
{
    const ImgArg *a = rt_setting(p->c, "classes");
    RtValue v;
    const char *why = NULL;
    int64_t n = 0;
    if (!a || a->expr == IMG_NONE)
        return RT_OK;
    RtStatus status = rt_run_value(p->run, a->expr, &v);
    if (status != RT_OK)
        return status;
    double *classes = rt_class_numbers(&v, &n, &why);
    status = why ? rt_fail(&p->run->error, "%s", why) : split(p, classes, n);
    free(classes);
    rt_value_free(&v);
    return status;
}

/* ---- figures ---- */

static RtStatus use_labels(Plot *p)
{
    const RtNames *labels = &p->captions.labels;
    if (!labels->n)
        return RT_OK;
    if (labels->n != p->n && !(p->points && labels->n > p->n)) /* of classes some may be missing */
        return rt_fail(&p->run->error, "'labels' has %u names for %u curves", labels->n, p->n);
    for (uint32_t i = 0; i < p->n; i++)
        p->curves[i].name = labels->at[i];
    return RT_OK;
}

static RtCurveKind curve_kind(const Plot *p)
{
    return is_kind(p, "scatter") ? RT_CURVE_scatter
           : is_kind(p, "bar")   ? RT_CURVE_bar
           : is_kind(p, "hist")  ? RT_CURVE_hist
                                 : RT_CURVE_line;
}

/* The metric that all curves are of; NULL: there is none. */
static const char *common_metric(const Plot *p)
{
    const char *first = p->c->curves.at[0].key;
    bool exact = true, alike = *first != 0;
    for (uint32_t i = 1; i < p->c->curves.n; i++) {
        const char *key = p->c->curves.at[i].key;
        exact = exact && !strcmp(key, first);
        alike = alike && !strcmp(is_validation(key) ? key + 4 : key,
                                 is_validation(first) ? first + 4 : first);
    }
    return !alike ? NULL : !exact && is_validation(first) ? first + 4 : first;
}

static RtStatus draw_curves(Plot *p)
{
    const RtCaptions *t = &p->captions;
    RtStatus status = RT_OK;
    p->goes_by_epoch = true;
    for (uint32_t i = 0; i < p->c->exprs.n && status == RT_OK; i++)
        status = add_value(p, &p->c->curves.at[i], &p->values[i]);
    if (status == RT_OK)
        style_pairs(p);
    if (status == RT_OK)
        status = use_classes(p);
    if (status == RT_OK)
        status = use_labels(p);
    if (status != RT_OK)
        return status;
    bool by_epoch = p->goes_by_epoch && p->n;
    RtPanel panel = {.x_label = t->x_label ? t->x_label
                                : by_epoch ? "epoch"
                                           : NULL,
                     .y_label = t->y_label ? t->y_label
                                : by_epoch ? common_metric(p)
                                           : NULL,
                     .kind = curve_kind(p),
                     .log_x = rt_plot_has_log(p->c, "x"),
                     .log_y = rt_plot_has_log(p->c, "y"),
                     .smooth = rt_plot_smooth(p->c),
                     .whole_x = by_epoch,
                     .n_names = t->names.n,
                     .names = (const char *const *)t->names.at,
                     .n = p->n,
                     .curves = p->curves};
    if (p->n == 1 && !t->labels.n)
        p->curves[0].name = NULL;
    if (t->names.n && p->n && (int64_t)t->names.n != p->curves[0].n)
        return rt_fail(&p->run->error, "'names' has %u names for %lld bars", t->names.n,
                       (long long)p->curves[0].n);
    RtFigure figure = {
        .kind = RT_FIGURE_panels, .title = t->title, .n_panels = 1, .panels = &panel};
    return rt_picture_put(p->run, p->c, &figure);
}

static RtStatus draw_matrix(Plot *p)
{
    const RtCaptions *t = &p->captions;
    const RtValue *v = &p->values[0];
    if (v->rank != 2)
        return too_deep(p->run, v);
    uint32_t n = t->names.n;
    bool rows = n && v->dims[0] == n, columns = n && v->dims[1] == n;
    if (n && !rows && !columns)
        return rt_fail(&p->run->error, "'names' has %u names for a matrix of %lld x %lld", n,
                       (long long)v->dims[0], (long long)v->dims[1]);
    RtHeatMap map = {.title = t->title,
                     .x_label = t->x_label,
                     .y_label = t->y_label,
                     .rows = v->dims[0],
                     .columns = v->dims[1],
                     .values = v->data,
                     .n_row_names = rows ? n : 0,
                     .row_names = rows ? (const char *const *)t->names.at : NULL,
                     .n_column_names = columns ? n : 0,
                     .column_names = columns ? (const char *const *)t->names.at : NULL,
                     .whole = v->is_int};
    RtFigure figure = {.kind = RT_FIGURE_heat_map, .heat_map = &map};
    return rt_picture_put(p->run, p->c, &figure);
}

/* Texts as x are the names of bars. */
static RtStatus take_x(Plot *p)
{
    const ImgArg *x = rt_setting(p->c, "x");
    if (!x || x->expr == IMG_NONE)
        return RT_OK;
    RtStatus status = rt_run_value(p->run, x->expr, &p->x);
    bool texts = status == RT_OK && p->x.kind == VALUE_list && p->x.n_items &&
                 p->x.items[0].kind == VALUE_text;
    if (!texts) {
        rt_value_free(&p->x);
        status = status == RT_OK ? take_numbers(p->run, x->expr, &p->x) : status;
        return status != RT_OK || p->x.rank == 1
                   ? status
                   : rt_fail(&p->run->error, "'x' has %u axes; it takes one number for each value",
                             p->x.rank);
    }
    if (!is_kind(p, "bar"))
        return rt_fail(&p->run->error, "'x' holds texts, which only kind = bar has under it");
    return rt_names_of(p->run, &p->x, &p->captions.names);
}

static RtStatus draw(Plot *p)
{
    RtStatus status = rt_captions_take(p->run, p->c, &p->captions);
    if (status == RT_OK && p->c->instance != IMG_NONE)
        return rt_plot_network(p->run, p->c, &p->captions);
    if (status == RT_OK && p->c->curves.n && p->c->curves.at[0].whole)
        return rt_plot_runs(p->run, p->c, &p->captions);
    p->values = calloc((size_t)p->c->exprs.n + 1, sizeof *p->values);
    if (!p->values)
        return rt_fail(&p->run->error, "not enough memory for a picture");
    if (status == RT_OK)
        status = take_x(p);
    for (uint32_t i = 0; i < p->c->exprs.n && status == RT_OK; i++)
        status = take_numbers(p->run, p->c->exprs.at[i], &p->values[i]);
    if (status != RT_OK)
        return status;
    return is_kind(p, "heatmap") ? draw_matrix(p) : draw_curves(p);
}

RtStatus rt_command_plot(RtRun *run, const ImgCommand *c)
{
    Plot *p = calloc(1, sizeof *p);
    if (!p)
        return rt_fail(&run->error, "not enough memory for a picture");
    p->run = run;
    p->c = c;
    RtStatus status = draw(p);
    for (uint32_t i = 0; p->values && i < c->exprs.n; i++)
        rt_value_free(&p->values[i]);
    free(p->values);
    free(p->points);
    rt_value_free(&p->x);
    rt_captions_free(&p->captions);
    free(p);
    return status;
}
