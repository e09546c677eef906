/* sweep.c: the trainings of a sweep, beside each other, each in a run of its own; the best one's weights become those of its
 * instance.
 *
 * What a point gives goes at once into the result of the command, so a run that goes on from a checkpoint trains only
 * the points that were not done. */
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/shown.h"
#include "runtime/checkpoint/keeper.h"
#include "runtime/commands/commands.h"
#include "runtime/files/text.h"
#include "runtime/train/branches.h"
#include "runtime/train/models.h"
#include "runtime/train/pass.h"
#include "runtime/train/scores.h"
#include "runtime/train/side.h"

typedef struct Point {
    RtSide side;    /* with its weights ... */
    bool is_open;   /* ... while it may be the best */
    double *values; /* of each figure */
    double epochs, fit_time;
    char *warnings; /* NULL: none */
    RtError error;
    uint32_t place;
} Point;

typedef struct Sweep {
    RtRun *run;
    const ImgCommand *c;
    uint32_t n, n_keys, n_figures;
    const char *const *texts; /* the keys, then the values of each point */
    const char *metric;
    uint32_t decides; /* the figure of this name */
    bool up, folds, quiet;
    char **names; /* of the figures */
    Point *at;
    uint32_t *instances; /* of the points */
    double **figures;    /* of each its values, by point: in the result of the command */
    double *done, *epochs, *fit_time,
        *kept;            /* ... kept: the point whose weights the run has, or -1 */
    pthread_mutex_t lock; /* sides of points that have ended, and: */
    int64_t ended;        /* the best of those, -1: none; ... */
    double best;          /* ... and its value of the metric */
} Sweep;

static RtStatus fail_memory(const Sweep *s)
{
    return rt_fail(&s->run->error, "not enough memory for a sweep of %u points", s->n);
}

/* The fit or the cross_validate of a point. */
static const ImgCommand *training_of(const Sweep *s, uint32_t point)
{
    const ImgEvent *lines = &s->c->events.at[point];
    for (uint32_t i = lines->begin; i < lines->end; i++) {
        const ImgCommand *c = &s->run->image->commands.at[i];
        if (!strcmp(c->name, "fit") || !strcmp(c->name, "cross_validate"))
            return c;
    }
    return NULL;
}

/* ---- figures ---- */

static const ImgEntry *entry_of(const Sweep *s, uint32_t entry)
{
    return entry == IMG_NONE ? NULL : &s->run->image->entries.at[entry];
}

static bool add_names(Sweep *s, const char *prefix, const ImgEntry *entry)
{
    for (uint32_t i = 0; entry && i < entry->metrics.n; i++) {
        size_t size = strlen(prefix) + strlen(entry->metrics.at[i].name) + 1;
        char **names = realloc(s->names, (s->n_figures + (size_t)1) * sizeof *names);
        if (!names)
            return false;
        s->names = names;
        names[s->n_figures] = malloc(size);
        if (!names[s->n_figures])
            return false;
        snprintf(names[s->n_figures++], size, "%s%s", prefix, entry->metrics.at[i].name);
    }
    return true;
}

/* Those of a fit, of the last epoch, and of the validation with the weights that stay; or means and deviations over
 * folds. */
static bool name_figures(Sweep *s, const ImgCommand *training)
{
    const ImgEntry *eval = entry_of(s, training->eval_entry);
    if (s->folds)
        return add_names(s, "", eval) && add_names(s, "train_", eval) &&
               add_names(s, "std_", eval) && add_names(s, "std_train_", eval);
    return add_names(s, "", entry_of(s, training->train_entry)) && add_names(s, "val_", eval);
}

static const RtPart *validation_of(RtRun *run, const ImgCommand *fit)
{
    uint32_t data = fit->data2 != IMG_NONE ? fit->data2 : fit->data;
    const RtDataset *d = rt_run_data(run, data, RT_ALL_PARTS);
    return d ? &d->parts[fit->data2 != IMG_NONE ? fit->part2 : RT_VALIDATION] : NULL;
}

static RtStatus read_fit(const Sweep *s, RtRun *run, const ImgCommand *fit, Point *p)
{
    const ImgEntry *train = entry_of(s, fit->train_entry);
    for (uint32_t i = 0; i < train->metrics.n; i++) {
        const RtValue *v = rt_result_get(run, fit->result, train->metrics.at[i].name);
        int64_t n = v ? rt_value_count(v) : 0;
        p->values[i] = n ? v->data[n - 1] : NAN;
    }
    const RtValue *epochs = rt_result_get(run, fit->result, "epochs");
    p->epochs = epochs ? epochs->number : NAN;
    if (fit->eval_entry == IMG_NONE)
        return RT_OK;
    const RtPart *part = validation_of(run, fit);
    return part ? rt_score_part(run, fit->eval_entry, part, p->values + train->metrics.n)
                : RT_ERROR;
}

static void read_folds(const Sweep *s, const RtRun *run, const ImgCommand *c, Point *p)
{
    uint32_t half = s->n_figures / 2;
    for (uint32_t i = 0; i < half; i++) {
        const RtValue *v = rt_result_get(run, c->result, s->names[i]);
        int64_t n = v ? rt_value_count(v) : 0;
        p->values[i] = n ? rt_mean(v->data, n) : NAN;
        p->values[half + i] = n ? rt_deviation(v->data, n) : NAN;
    }
    const RtValue *epochs = rt_result_get(run, c->result, "epochs");
    p->epochs = epochs ? rt_mean(epochs->data, rt_value_count(epochs)) : NAN;
}

/* Is point a, with this value of the metric, better than b? What is no number never is; of equal ones the first is. */
static bool better(const Sweep *s, uint32_t a, double of_a, uint32_t b, double of_b)
{
    if (isnan(of_a) || isnan(of_b))
        return isnan(of_a) == isnan(of_b) ? a < b : isnan(of_b);
    return of_a != of_b ? (of_a > of_b) == s->up : a < b;
}

/* ---- one point, in any thread ---- */

static RtStatus train(const Sweep *s, uint32_t k, RtLane lane)
{
    Point *p = &s->at[k];
    const ImgCommand *training = training_of(s, k);
    double start = rt_turn_now(lane.turn);
    p->is_open = true;
    RtStatus status = rt_side_start(&p->side, s->run, training->instance, lane);
    p->values = calloc(s->n_figures + (size_t)1, sizeof *p->values);
    if (status == RT_OK && !p->values)
        status = rt_fail(&p->side.run.error, "not enough memory for the metrics of a point");
    if (status == RT_OK)
        status = rt_run_lines(&p->side.run, s->c->events.at[k].begin, s->c->events.at[k].end);
    p->fit_time = rt_turn_now(lane.turn) - start;
    if (status == RT_OK && s->folds)
        read_folds(s, &p->side.run, training, p);
    else if (status == RT_OK)
        status = read_fit(s, &p->side.run, training, p);
    return status;
}

static void close_side(Point *p)
{
    if (p->is_open)
        rt_side_close(&p->side);
    p->is_open = false;
}

/* Of all that have ended only the best keeps its weights, also where its turn to be taken has not come. */
static void end_point(Sweep *s, uint32_t k)
{
    Point *p = &s->at[k];
    double v = p->values[s->decides];
    if (s->folds || isnan(v)) {
        close_side(p);
        return;
    }
    pthread_mutex_lock(&s->lock);
    if (s->ended < 0 || better(s, k, v, (uint32_t)s->ended, s->best)) {
        if (s->ended >= 0)
            close_side(&s->at[s->ended]);
        s->ended = k;
        s->best = v;
    } else {
        close_side(p);
    }
    pthread_mutex_unlock(&s->lock);
}

static RtStatus work(void *cx, uint32_t k, RtLane lane)
{
    Sweep *s = cx;
    Point *p = &s->at[k];
    if (s->done[k] == 1)
        return RT_OK;
    RtStatus status = train(s, k, lane);
    p->warnings = rt_side_warnings(&p->side);
    if (status == RT_OK) {
        end_point(s, k);
        return RT_OK;
    }
    p->error = p->side.run.error;
    p->place = p->side.run.place;
    close_side(p);
    return status;
}

/* The model of the side becomes that of the run, and the other way around. */
static void keep_model(const Sweep *s, RtSide *side, uint32_t instance)
{
    RtModel *to = &s->run->models[instance], *from = &side->run.models[instance];
    RtSignature signature = *to->signature;
    RtNames names = to->class_names;
    rt_run_swap_blocks(s->run, &side->run, to->image->block);
    *to->signature = *from->signature;
    *from->signature = signature;
    to->class_names = from->class_names;
    from->class_names = names;
    to->compile = from->compile;
    to->step = from->step;
    to->epochs_done = from->epochs_done;
    to->sets_rate = from->sets_rate;
    to->rate = from->rate;
}

/* A point without weights is worse than another that has ended. */
static void keep_best(Sweep *s, uint32_t k)
{
    const double *v = s->figures[s->decides];
    uint32_t kept = *s->kept >= 0 ? (uint32_t)*s->kept : k;
    pthread_mutex_lock(&s->lock);
    if (s->at[k].is_open && (kept == k || better(s, k, v[k], kept, v[kept]))) {
        if (kept != k)
            rt_run_drop_block(s->run, training_of(s, kept)->instance);
        *s->kept = k;
        keep_model(s, &s->at[k].side, training_of(s, k)->instance);
    }
    close_side(&s->at[k]);
    pthread_mutex_unlock(&s->lock);
}

/* ---- what a point gives, in the order of the points ---- */

static void close_point(Point *p)
{
    close_side(p);
    free(p->values);
    free(p->warnings);
    p->values = NULL;
    p->warnings = NULL;
}

static void show_point(const Sweep *s, uint32_t k)
{
    FILE *out = s->run->out;
    if (s->quiet)
        return;
    rt_print(out, "Point %u/%u - %.0fs", k + 1, s->n, s->fit_time[k]);
    for (uint32_t i = 0; i < s->n_keys; i++)
        rt_print(out, " - %s: %s", s->texts[i], s->texts[(k + 1) * s->n_keys + i]);
    for (uint32_t i = 0; i < (s->folds ? s->n_figures / 2 : s->n_figures); i++)
        rt_measures_print(out, &(RtMeasure){s->names[i], s->figures[i][k]}, 1);
    fputc('\n', out);
    fflush(out);
}

static RtStatus log_point(const Sweep *s, uint32_t k)
{
    RtMeasure *figures = calloc(s->n_figures + (size_t)1, sizeof *figures);
    if (!figures)
        return fail_memory(s);
    for (uint32_t i = 0; i < s->n_figures; i++)
        figures[i] = (RtMeasure){s->names[i], s->figures[i][k]};
    RtStatus status = rt_log_one(s->run, training_of(s, k), "point", k, s->n, figures, s->n_figures,
                                 s->fit_time[k]);
    free(figures);
    return status;
}

static RtStatus take(void *cx, uint32_t k)
{
    Sweep *s = cx;
    Point *p = &s->at[k];
    RtRun *run = s->run;
    bool was_done = s->done[k] == 1;
    if (!was_done) {
        rt_warnings_tell(run, p->warnings);
        p->warnings = NULL;
        for (uint32_t i = 0; i < s->n_figures; i++)
            s->figures[i][k] = p->values[i];
        s->epochs[k] = p->epochs;
        s->fit_time[k] = p->fit_time;
        s->done[k] = 1;
        keep_best(s, k);
        close_point(p);
    }
    show_point(s, k);
    if (was_done)
        return RT_OK;
    RtStatus status = log_point(s, k);
    if (status == RT_OK && run->keeper && run->keeper->path)
        status = rt_keeper_save(
            run->keeper, &(RtPosition){.command = (uint32_t)(s->c - run->image->commands.at)},
            NULL);
    return status;
}

/* ---- at the end ---- */

static uint32_t *sorted(const Sweep *s)
{
    const double *v = s->figures[s->decides];
    uint32_t *order = calloc(s->n + (size_t)1, sizeof *order);
    for (uint32_t i = 0; order && i < s->n; i++) {
        uint32_t at = i;
        for (; at > 0 && better(s, i, v[i], order[at - 1], v[order[at - 1]]); at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

/* The points, the best first. */
static void show_table(const Sweep *s, const uint32_t *order)
{
    FILE *out = s->run->out;
    int width[64] = {0};
    uint32_t keys = s->n_keys < 64 ? s->n_keys : 64,
             figures = s->folds ? s->n_figures / 2 : s->n_figures;
    for (uint32_t i = 0; i < (s->n + 1) * s->n_keys; i++) {
        int n = rt_shown_columns(s->texts[i]);
        if (i % s->n_keys < keys && n > width[i % s->n_keys])
            width[i % s->n_keys] = n;
    }
    rt_print(out, "\n%u points by %s, the best first:\n", s->n, s->metric);
    for (uint32_t i = 0; i < keys; i++)
        rt_print(out, "%-*s", width[i] + 2, s->texts[i]);
    for (uint32_t i = 0; i < figures; i++)
        rt_print(out, s->folds ? "  %19s" : "  %12s", s->names[i]);
    fputs("  epochs    time\n", out);
    for (uint32_t row = 0; row < s->n; row++) {
        uint32_t k = order[row];
        for (uint32_t i = 0; i < keys; i++)
            rt_print(out, "%-*s", width[i] + 2, s->texts[(k + 1) * s->n_keys + i]);
        for (uint32_t i = 0; i < figures; i++) {
            fputs("  ", out);
            rt_measure_print(out, s->figures[i][k], 12 - (s->folds ? 2 : 0));
            if (s->folds) {
                fputs(" ± ", out);
                rt_measure_print(out, s->figures[figures + i][k], 6);
            }
        }
        rt_print(out, "  %6g  %5.0fs\n", s->epochs[k], s->fit_time[k]);
    }
    fputc('\n', out);
}

/* Trains the best point once more, on all rows. */
static RtStatus refit(const Sweep *s, uint32_t best)
{
    RtSide side;
    RtRun *run = s->run;
    const ImgCommand *training = training_of(s, best);
    const ImgCommand *fit =
        s->folds ? &run->image->commands.at[training->events.at[0].begin] : training;
    RtStatus status = rt_side_start(&side, run, fit->instance, (RtLane){run->pool, run->turn});
    if (status == RT_OK)
        status = rt_side_whole(&side, fit->data, !s->folds);
    if (status == RT_OK) /* its compile */
        status = rt_command_run(&side.run, &run->image->commands.at[s->c->events.at[best].begin]);
    if (status == RT_OK)
        status = rt_command_fit(&side.run, fit);
    rt_warnings_tell(run, rt_side_warnings(&side));
    if (status == RT_OK)
        keep_model(s, &side, fit->instance);
    else
        run->error = side.run.error;
    rt_side_close(&side);
    return status;
}

static RtStatus finish(Sweep *s)
{
    RtStatus status = RT_OK;
    uint32_t *order = sorted(s);
    if (!order)
        return fail_memory(s);
    if (!s->quiet)
        show_table(s, order);
    if (isnan(s->figures[s->decides][order[0]]))
        status =
            rt_fail(&s->run->error, "no point of the sweep has a '%s' that is a number", s->metric);
    if (status == RT_OK)
        status = rt_result_set(s->run, s->c->result, "point", rt_value_number(order[0], true));
    const ImgArg *again = rt_setting(s->c, "refit");
    if (status == RT_OK && again->i)
        status = refit(s, order[0]);
    free(order);
    return status;
}

/* ---- opening ---- */

static RtStatus hold(Sweep *s, const char *key, uint32_t n, double fill, bool is_int, double **out)
{
    int64_t dims[1] = {n};
    if (!rt_result_get(s->run, s->c->result, key)) {
        RtValue v = rt_value_array(1, dims, NULL);
        for (uint32_t i = 0; v.data && i < n; i++)
            v.data[i] = fill;
        v.is_int = is_int;
        RtStatus status = rt_result_set(s->run, s->c->result, key, v);
        if (status != RT_OK)
            return status;
    }
    *out = rt_result_get(s->run, s->c->result, key)->data;
    return RT_OK;
}

static RtStatus hold_all(Sweep *s)
{
    RtStatus status = hold(s, " done", s->n, 0, true, &s->done);
    if (status == RT_OK)
        status = hold(s, " kept", 1, -1, true, &s->kept);
    if (status == RT_OK)
        status = hold(s, "epochs", s->n, 0, !s->folds, &s->epochs);
    if (status == RT_OK)
        status = hold(s, "fit_time", s->n, NAN, false, &s->fit_time);
    for (uint32_t i = 0; i < s->n_figures && status == RT_OK; i++)
        status = hold(s, s->names[i], s->n, NAN, false, &s->figures[i]);
    return status;
}

/* What the points read is read now: they share it. */
static RtStatus open_data(const Sweep *s)
{
    RtRun *run = s->run;
    for (uint32_t k = 0; k < s->n; k++) {
        const ImgCommand *c = training_of(s, k);
        if (!rt_run_data(run, c->data, RT_ALL_PARTS) ||
            (c->data2 != IMG_NONE && !rt_run_data(run, c->data2, RT_ALL_PARTS)))
            return RT_ERROR;
    }
    rt_inputs_check(run, training_of(s, 0)->data, RT_TRAIN);
    return RT_OK;
}

static RtStatus open_sweep(Sweep *s)
{
    RtRun *run = s->run;
    const ImgCommand *c = s->c, *training;
    const ImgArg *over = rt_setting(c, "over"), *metric = rt_setting(c, "metric");
    int64_t verbose = 1;
    s->n = c->events.n;
    s->n_keys = over->texts.n / (s->n + 1);
    s->texts = over->texts.at;
    s->metric = metric->text;
    s->up = metric->i != 0;
    training = training_of(s, 0);
    s->folds = !strcmp(training->name, "cross_validate");
    RtStatus status = rt_setting_count(run, c, "verbose", 1, 0, &verbose);
    s->quiet = rt_progress_style(run, verbose) == PROGRESS_silent;
    s->at = calloc(s->n, sizeof *s->at);
    s->instances = calloc(s->n, sizeof *s->instances);
    for (uint32_t k = 0; s->instances && k < s->n; k++)
        s->instances[k] = training_of(s, k)->instance;
    if (status == RT_OK && (!s->at || !s->instances || !name_figures(s, training)))
        status = fail_memory(s);
    while (s->decides + 1 < s->n_figures && strcmp(s->names[s->decides], s->metric) != 0)
        s->decides++;
    s->figures = calloc(s->n_figures + (size_t)1, sizeof *s->figures);
    if (status == RT_OK && !s->figures)
        status = fail_memory(s);
    if (status == RT_OK)
        status = open_data(s);
    return status == RT_OK ? hold_all(s) : status;
}

static void close_sweep(Sweep *s)
{
    RtRun *run = s->run;
    for (uint32_t k = 0; s->at && k < s->n; k++) {
        Point *p = &s->at[k];
        if (*p->error.text && !*run->error.text) { /* of the first that has one */
            run->error = p->error;
            run->place = p->place;
        }
        close_point(p);
    }
    for (uint32_t i = 0; i < s->n_figures; i++)
        free(s->names[i]);
    free(s->names);
    free(s->figures);
    free(s->at);
    free(s->instances);
    pthread_mutex_destroy(&s->lock);
}

RtStatus rt_command_sweep(RtRun *run, const ImgCommand *c)
{
    Sweep s = {.run = run, .c = c, .ended = -1};
    pthread_mutex_init(&s.lock, NULL);
    RtStatus status = open_sweep(&s);
    if (status == RT_OK)
        status = rt_sides_run(run, (RtJobs){.n = s.n, .work = work, .take = take, .cx = &s}, s.n,
                              s.instances);
    if (status == RT_OK)
        status = finish(&s);
    close_sweep(&s);
    return status;
}
