/* cross_validate.c: a fit for each fold on the rows outside of it, which is then evaluated on those inside and outside.
 *
 * Folds are trained beside each other, each in a run of its own (side.h). What a fold gives goes at once into the
 * result of the command, so a run that goes on from a checkpoint trains only the folds that were not done. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/shown.h"
#include "runtime/checkpoint/keeper.h"
#include "runtime/commands/commands.h"
#include "runtime/commands/groups.h"
#include "runtime/data/folds.h"
#include "runtime/train/outputs.h"
#include "runtime/train/pass.h"
#include "runtime/train/scores.h"
#include "runtime/train/side.h"

/* What was measured of a fold, or NaN. */
typedef struct Fold {
    double *test, *train; /* of each metric */
    double epochs, fit_time, score_time;
    double *predictions; /* of the rows that it holds out, in their order; NULL: nobody asks */
    int64_t rows;
    char *warnings; /* NULL: none */
    RtError error;
    uint32_t place;
} Fold;

typedef struct Folds {
    RtRun *run;
    const ImgCommand *c, *fit; /* the fit of a fold */
    const ImgEntry *eval;
    const RtPart *part;
    uint32_t n, n_metrics;
    uint32_t *fold; /* of each row of the part */
    Fold *at;
    int64_t outputs; /* numbers of a row of predictions; 0: nobody asks for them */
    double *done;    /* of each fold: 1 once it is; the rest of what the result holds: */
    RtValue *test, *train, *epochs, *fit_time, *score_time, *predictions;
    RtProgress progress;
    RtMeasure *figures; /* of a line: test, then train */
    char **names;       /* of the latter: train_loss */
    const char *shape;  /* "stratified ", ... */
} Folds;

/* ---- which rows ---- */

static RtStatus fail_memory(const Folds *f)
{
    return rt_fail(&f->run->error, "not enough memory for the folds of '%s'",
                   f->run->image->instances.at[f->c->instance].name);
}

/* The class of a row of targets: its number, or of several scores the place of the largest. */
static int64_t class_of(const RtArray *y, int64_t stored)
{
    int64_t n = rt_array_row(y), best = 0;
    for (int64_t i = 1; i < n; i++)
        best = rt_array_f64(y, stored * n + i) > rt_array_f64(y, stored * n + best) ? i : best;
    return n == 1 ? rt_to_i64(rt_array_f64(y, stored)) : best;
}

static RtFoldsKind kind_of(const Folds *f)
{
    const ImgArg *stratify = rt_setting(f->c, "stratify"), *groups = rt_setting(f->c, "groups");
    if (!groups->none)
        return RT_FOLDS_groups;
    bool classes = f->part->y && f->c->outputs.at[0].kind != RT_OUTPUT_values;
    return (stratify->none ? classes : stratify->i != 0) ? RT_FOLDS_stratified : RT_FOLDS_plain;
}

static RtStatus fill_keys(const Folds *f, RtFoldsKind kind, int64_t *keys)
{
    const ImgArg *groups = rt_setting(f->c, "groups");
    if (kind == RT_FOLDS_groups)
        return rt_group_numbers(f->run, f->part, groups->text, keys);
    if (kind == RT_FOLDS_plain)
        return RT_OK;
    if (!f->part->y || f->c->outputs.at[0].kind == RT_OUTPUT_values)
        return rt_fail(&f->run->error, "'stratify' needs targets that are classes");
    for (int64_t i = 0; i < f->part->rows; i++)
        keys[i] = class_of(f->part->y, f->part->index[i]);
    return RT_OK;
}

static RtStatus deal_rows(Folds *f)
{
    static const char *const shapes[] = {"", "stratified ", "grouped "};
    const ImgArg *seed = rt_setting(f->c, "seed");
    RtRun *run = f->run;
    RtFoldsKind kind = kind_of(f);
    RtValue v = rt_value_none();
    int64_t *keys = malloc(((size_t)f->part->rows + 1) * sizeof *keys);
    f->fold = calloc((size_t)f->part->rows + 1, sizeof *f->fold);
    f->shape = shapes[kind];
    RtFolds folds = {.kind = kind,
                     .rows = f->part->rows,
                     .n = f->n,
                     .shuffle = rt_setting(f->c, "shuffle")->i != 0,
                     .seed = rt_run_seed(run, NULL),
                     .keys = keys};
    RtStatus status = keys && f->fold ? fill_keys(f, kind, keys) : fail_memory(f);
    if (status == RT_OK && seed->expr != IMG_NONE)
        status = rt_run_value(run, seed->expr, &v);
    if (v.kind == VALUE_number)
        folds.seed = (uint64_t)(v.is_whole ? v.whole : rt_to_i64(v.number));
    if (status == RT_OK)
        status = rt_folds_draw(&folds, f->fold, &run->error);
    if (status == RT_OK && kind == RT_FOLDS_stratified && folds.rarest < f->n)
        rt_warn(run, "the rarest class has %lld %s, fewer than %u folds: some folds hold none",
                (long long)folds.rarest, folds.rarest == 1 ? "row" : "rows", f->n);
    free(keys);
    return status;
}

/* ---- one fold, in any thread ---- */

static RtStatus predict(RtRun *side, const ImgCommand *c, Fold *fold)
{
    RtPredicted p;
    void *data = NULL;
    const RtPart *part = &side->data[c->data].set->parts[RT_TEST];
    RtStatus status = rt_predict_rows(side, c->predict_entry, part, 0, &data);
    if (status != RT_OK)
        return status;
    RtOutputs out = {.model = &side->models[c->instance],
                     .meaning = &c->outputs.at[0],
                     .entry = &side->program->entries[c->predict_entry],
                     .rows = part->rows,
                     .data = data,
                     .part = part};
    status = rt_predicted_open(side, &out, &p);
    fold->rows = part->rows;
    if (status == RT_OK) {
        fold->predictions = p.values;
        p.values = NULL;
    }
    rt_predicted_close(&p);
    free(data);
    return status;
}

static RtStatus train_fold(const Folds *f, RtSide *side, uint32_t k)
{
    Fold *fold = &f->at[k];
    RtRun *run = &side->run;
    const ImgCommand *c = f->c;
    double start = rt_turn_now(run->turn);
    RtStatus status = rt_side_fold(side, c->data, (int)c->part, f->fold, k,
                                   f->fit->split.n ? &f->fit->split.at[0] : NULL);
    if (status == RT_OK)
        status = rt_command_fit(run, f->fit);
    const RtValue *epochs = status == RT_OK ? rt_result_get(run, c->result, "epochs") : NULL;
    double trained = rt_turn_now(run->turn);
    const RtPart *parts = run->data[c->data].set->parts;
    fold->epochs = epochs ? epochs->number : NAN;
    fold->fit_time = trained - start;
    if (status == RT_OK)
        status = rt_score_part(run, c->eval_entry, &parts[RT_TEST], fold->test);
    if (status == RT_OK)
        status = rt_score_part(run, c->eval_entry, &parts[RT_TRAIN], fold->train);
    fold->score_time = rt_turn_now(run->turn) - trained;
    return status == RT_OK && f->outputs ? predict(run, c, fold) : status;
}

static RtStatus work(void *cx, uint32_t k, RtLane lane)
{
    const Folds *f = cx;
    Fold *fold = &f->at[k];
    RtSide side;
    if (f->done[k] == 1)
        return RT_OK;
    fold->test = calloc(f->n_metrics + (size_t)1, sizeof *fold->test);
    fold->train = calloc(f->n_metrics + (size_t)1, sizeof *fold->train);
    RtStatus status = rt_side_start(&side, f->run, f->c->instance, lane);
    if (status == RT_OK && (!fold->test || !fold->train))
        status = rt_fail(&side.run.error, "not enough memory for the metrics of a fold");
    if (status == RT_OK)
        status = train_fold(f, &side, k);
    fold->error = side.run.error;
    fold->place = side.run.place;
    fold->warnings = rt_side_warnings(&side);
    rt_side_close(&side);
    return status;
}

/* ---- what a fold gives, in the order of the folds ---- */

static void keep(Folds *f, uint32_t k)
{
    const Fold *fold = &f->at[k];
    int64_t next = 0;
    for (uint32_t i = 0; i < f->n_metrics; i++) {
        f->test[i].data[k] = fold->test[i];
        f->train[i].data[k] = fold->train[i];
    }
    f->epochs->data[k] = fold->epochs;
    f->fit_time->data[k] = fold->fit_time;
    f->score_time->data[k] = fold->score_time;
    for (int64_t r = 0; fold->predictions && r < f->part->rows; r++)
        if (f->fold[r] == k)
            memcpy(f->predictions->data + r * f->outputs, fold->predictions + next++ * f->outputs,
                   (size_t)f->outputs * sizeof(double));
    f->done[k] = 1;
}

/* The fold's own figures as a line, or the means so far on a bar. */
static void show(Folds *f, uint32_t k)
{
    bool bar = f->progress.style == PROGRESS_bar;
    for (uint32_t i = 0; i < 2 * f->n_metrics; i++) {
        const RtValue *v = i < f->n_metrics ? &f->test[i] : &f->train[i - f->n_metrics];
        f->figures[i].value = bar ? rt_mean(v->data, k + 1) : v->data[k];
    }
    if (bar)
        rt_progress_step(&f->progress, k + 1, f->figures, (int)(2 * f->n_metrics), rt_now());
    if (f->progress.style != PROGRESS_line)
        return;
    rt_print(f->run->out, "Fold %u/%u - %.0fs", k + 1, f->n, f->fit_time->data[k]);
    rt_measures_print(f->run->out, f->figures, 2 * f->n_metrics);
    fputc('\n', f->run->out);
    fflush(f->run->out);
}

static RtStatus take(void *cx, uint32_t k)
{
    Folds *f = cx;
    Fold *fold = &f->at[k];
    bool was_done = f->done[k] == 1;
    if (!was_done) {
        rt_warnings_tell(f->run, fold->warnings);
        fold->warnings = NULL;
        keep(f, k);
    }
    show(f, k);
    for (uint32_t i = 0; i < f->n_metrics; i++)
        if (isnan(f->test[i].data[k]) || isnan(f->train[i].data[k])) {
            rt_progress_leave(&f->progress);
            rt_warn(f->run, "fold %u: the %s is not a number", k + 1, f->figures[i].name);
            break;
        }
    RtStatus status = RT_OK;
    if (!was_done)
        status =
            rt_log_one(f->run, f->c, "fold", k, f->n, f->figures, 2 * f->n_metrics, fold->fit_time);
    if (status == RT_OK && !was_done && f->run->keeper && f->run->keeper->path && k + 1 < f->n)
        status = rt_keeper_save(
            f->run->keeper, &(RtPosition){.command = (uint32_t)(f->c - f->run->image->commands.at)},
            NULL);
    return status;
}

/* ---- the result of the command ---- */

/* An array of the result; what a checkpoint has of it stays. */
static RtStatus hold(Folds *f, const char *key, uint32_t rank, const int64_t *dims, bool is_int,
                     RtValue **out)
{
    RtRun *run = f->run;
    if (!rt_result_get(run, f->c->result, key)) {
        RtValue v = rt_value_array(rank, dims, NULL);
        int64_t n = v.data ? rt_value_count(&v) : 0;
        for (int64_t i = 0; i < n; i++)
            v.data[i] = is_int ? 0 : NAN;
        v.is_int = is_int;
        RtStatus status = rt_result_set(run, f->c->result, key, v);
        if (status != RT_OK)
            return status;
    }
    *out = (RtValue *)(uintptr_t)rt_result_get(run, f->c->result, key);
    return RT_OK;
}

/* Pointers into a result stay only until it grows: all keys are made first. */
static RtStatus hold_all(Folds *f)
{
    int64_t n = f->n, rows = f->part->rows, dims[RT_MAX_RANK] = {rows};
    const NnlName *out = &f->run->program->entries[f->c->predict_entry].outputs[0];
    RtValue *done, *fold;
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < out->rank; i++)
        dims[i + 1] = out->dims[i];
    for (int round = 0; round < 2 && status == RT_OK; round++) {
        status = hold(f, " done", 1, &n, true, &done);
        for (uint32_t i = 0; i < f->n_metrics && status == RT_OK; i++) {
            RtValue *v;
            status = hold(f, f->figures[i].name, 1, &n, false, &v);
            if (status == RT_OK && round)
                f->test[i] = *v;
            if (status == RT_OK)
                status = hold(f, f->names[i], 1, &n, false, &v);
            if (status == RT_OK && round)
                f->train[i] = *v;
        }
        if (status == RT_OK)
            status = hold(f, "epochs", 1, &n, true, &f->epochs);
        if (status == RT_OK)
            status = hold(f, "fit_time", 1, &n, false, &f->fit_time);
        if (status == RT_OK)
            status = hold(f, "score_time", 1, &n, false, &f->score_time);
        if (status == RT_OK)
            status = hold(f, "fold", 1, &rows, true, &fold);
        if (status == RT_OK && f->outputs)
            status = hold(f, "predictions", out->rank + 1, dims, false, &f->predictions);
    }
    if (status == RT_OK)
        f->done = done->data;
    for (int64_t i = 0; i < rows && status == RT_OK; i++)
        fold->data[i] = f->fold[i];
    return status;
}

/* Metrics with several values, as arrays [folds, values]. */
static RtStatus set_lists(const Folds *f)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < f->n_metrics && status == RT_OK; i++) {
        const char *name = f->eval->metrics.at[i].list;
        int64_t dims[2] = {f->n, 0};
        if (!*name || (i && !strcmp(f->eval->metrics.at[i - 1].list, name)))
            continue;
        while (i + dims[1] < f->n_metrics && !strcmp(f->eval->metrics.at[i + dims[1]].list, name))
            dims[1]++;
        for (int train = 0; train < 2 && status == RT_OK; train++) {
            char key[512];
            RtValue v = rt_value_array(2, dims, NULL);
            for (int64_t k = 0; v.data && k < dims[0] * dims[1]; k++)
                v.data[k] = (train ? f->train : f->test)[i + k % dims[1]].data[k / dims[1]];
            snprintf(key, sizeof key, "%s%s", train ? "train_" : "", name);
            status = rt_result_set(f->run, f->c->result, key, v);
        }
    }
    return status;
}

/* ---- the command ---- */

static RtStatus open_names(Folds *f)
{
    uint32_t n = f->n_metrics;
    f->figures = calloc(2 * (size_t)n + 1, sizeof *f->figures);
    f->names = calloc(n + (size_t)1, sizeof *f->names);
    f->test = calloc(n + (size_t)1, sizeof *f->test);
    f->train = calloc(n + (size_t)1, sizeof *f->train);
    f->at = calloc(f->n, sizeof *f->at);
    if (!f->figures || !f->names || !f->test || !f->train || !f->at)
        return fail_memory(f);
    for (uint32_t i = 0; i < n; i++) {
        const char *name = f->eval->metrics.at[i].name;
        size_t size = strlen(name) + sizeof "train_";
        f->names[i] = malloc(size);
        if (!f->names[i])
            return fail_memory(f);
        snprintf(f->names[i], size, "train_%s", name);
        f->figures[i].name = name;
        f->figures[n + i].name = f->names[i];
    }
    return RT_OK;
}

static RtStatus open_folds(Folds *f)
{
    RtRun *run = f->run;
    const ImgCommand *c = f->c;
    int64_t verbose = 1;
    f->n = (uint32_t)rt_setting(c, "folds")->i;
    f->fit = &run->image->commands.at[c->events.at[0].begin];
    f->eval = &run->image->entries.at[c->eval_entry];
    f->n_metrics = f->eval->metrics.n;
    RtDataset *d = rt_run_data(run, c->data, RT_ALL_PARTS);
    if (!d)
        return RT_ERROR;
    f->part = &d->parts[c->part];
    rt_inputs_check(run, c->data, (RtPartId)c->part);
    RtStatus status = rt_setting_count(run, c, "verbose", 1, 0, &verbose);
    if (rt_expr_uses(run->image, c->result, "predictions")) {
        const NnlName *out = &run->program->entries[c->predict_entry].outputs[0];
        f->outputs = 1;
        for (uint32_t i = 0; i < out->rank; i++)
            f->outputs *= out->dims[i];
    }
    if (status == RT_OK)
        status = deal_rows(f);
    if (status == RT_OK)
        status = open_names(f);
    if (status == RT_OK)
        status = hold_all(f);
    rt_progress_begin(&f->progress, run->out, rt_progress_style(run, verbose), f->n, rt_now());
    return status;
}

static void show_means(const Folds *f)
{
    char title[80];
    RtScores *scores = calloc(2 * (size_t)f->n_metrics + 1, sizeof *scores);
    for (uint32_t i = 0; scores && i < 2 * f->n_metrics; i++)
        scores[i] =
            (RtScores){f->figures[i].name,
                       i < f->n_metrics ? f->test[i].data : f->train[i - f->n_metrics].data};
    snprintf(title, sizeof title, "%u %sfolds", f->n, f->shape);
    if (scores)
        rt_scores_print(f->run->out, title, 2 * f->n_metrics, scores, f->n);
    free(scores);
}

static void close_folds(Folds *f)
{
    for (uint32_t i = 0; f->at && i < f->n; i++) {
        free(f->at[i].test);
        free(f->at[i].train);
        free(f->at[i].predictions);
        free(f->at[i].warnings);
    }
    for (uint32_t i = 0; f->names && i < f->n_metrics; i++)
        free(f->names[i]);
    free(f->names);
    free(f->figures);
    free(f->test);
    free(f->train);
    free(f->at);
    free(f->fold);
}

/* The error of the first fold that has one. */
static void take_error(const Folds *f)
{
    RtRun *run = f->run;
    for (uint32_t k = 0; k < f->n && !*run->error.text; k++)
        if (*f->at[k].error.text) {
            run->error = f->at[k].error;
            run->place = f->at[k].place;
        }
}

RtStatus rt_command_cross_validate(RtRun *run, const ImgCommand *c)
{
    Folds f = {.run = run, .c = c};
    RtStatus status = open_folds(&f);
    if (status == RT_OK)
        status = rt_sides_run(run, (RtJobs){.n = f.n, .work = work, .take = take, .cx = &f}, 1,
                              &c->instance);
    if (status != RT_OK && f.at)
        take_error(&f);
    if (status == RT_OK)
        status = set_lists(&f);
    if (status == RT_OK && f.progress.style == PROGRESS_bar)
        rt_progress_end(&f.progress, f.figures, (int)(2 * f.n_metrics), rt_now());
    else
        rt_progress_leave(&f.progress);
    if (status == RT_OK && f.progress.style != PROGRESS_silent)
        show_means(&f);
    close_folds(&f);
    return status;
}
