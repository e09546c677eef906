/* evaluate_report.c: report = true: the predictions of a part beside its targets, as the loss sees them, and what
 * somebody would predict who knows the training targets only. */
#include <stdlib.h>
#include <string.h>

#include "runtime/commands/commands.h"
#include "runtime/train/class_counts.h"
#include "runtime/train/classes.h"
#include "runtime/train/outputs.h"
#include "runtime/train/pass.h"
#include "runtime/train/report.h"

typedef struct Report {
    RtRun *run;
    const ImgCommand *c;
    const RtModel *model;
    const RtDataset *data;
    const RtPart *part;
    RtPredicted predicted;
} Report;

static RtStatus no_memory(const Report *r)
{
    return rt_fail(&r->run->error, "not enough memory for the report on '%s'",
                   r->model->image->name);
}

/* ---- classes ---- */

/* Of a row of targets; -1: it is none that counts. */
static int64_t class_at(const Report *r, const RtArray *y, int64_t stored, int64_t classes)
{
    int64_t n = rt_array_row(y), best = 0;
    double value = rt_array_f64(y, stored * n), most = value;
    if (n == 1 && r->c->outputs.at[0].kind == RT_OUTPUT_score)
        return value > 0;
    if (n == 1)
        return value >= 0 && value < (double)classes ? (int64_t)value : -1;
    for (int64_t i = 1; i < n; i++) {
        double next = rt_array_f64(y, stored * n + i);
        best = next > most ? i : best;
        most = next > most ? next : most;
    }
    return best < classes ? best : -1;
}

/* How often each class is in a part, or, with `predicted`, is taken for each. */
static RtStatus count(const Report *r, const RtPart *part, const int64_t *predicted,
                      int64_t classes, int64_t *counts)
{
    RtConverted kept = {NULL, NULL};
    const RtArray *y;
    RtStatus status = rt_classes_renumber(r->run, r->model, part, &kept, &y);
    for (int64_t i = 0; i < part->rows && status == RT_OK; i++) {
        int64_t class = class_at(r, y, part->index[i], classes);
        if (class >= 0 && !predicted)
            counts[class]++;
        else if (class >= 0)
            counts[class * classes + predicted[i]]++;
    }
    rt_array_close(kept.to);
    return status;
}

static RtStatus report_classes(const Report *r)
{
    const RtPredictions *t = &r->predicted.table;
    int64_t classes = r->c->outputs.at[0].kind == RT_OUTPUT_score ? 2 : t->cols, usual = 0;
    if (classes > RT_MOST_CLASSES)
        return rt_fail(&r->run->error, "a report counts up to %d classes, not %lld",
                       RT_MOST_CLASSES, (long long)classes);
    int64_t *counts = calloc((size_t)(classes * classes), sizeof *counts);
    int64_t *training = calloc((size_t)classes, sizeof *training);
    RtStatus status = counts && training ? RT_OK : no_memory(r);
    if (status == RT_OK)
        status = count(r, r->part, r->predicted.labels, classes, counts);
    if (status == RT_OK)
        status = count(r, &r->data->parts[RT_TRAIN], NULL, classes, training);
    for (int64_t i = 1; i < classes && status == RT_OK; i++)
        usual = training[i] > training[usual] ? i : usual;
    if (status == RT_OK)
        rt_report_classes(r->run->out, rt_classes(r->run, r->model, &r->c->outputs.at[0]), classes,
                          counts, usual);
    free(counts);
    free(training);
    return status;
}

/* ---- numbers ---- */

/* scale and offset, in their order; the other transforms of targets are of classes. */
static double transformed(const Report *r, double y)
{
    const ImgDataSet *d = &r->run->image->data.at[r->c->data];
    bool as_stored = r->c->outputs.at[0].undone;
    for (uint32_t i = 0; !as_stored && i < d->targets.n; i++) {
        const ImgArg *factor = rt_call_arg(&d->targets.at[i], "factor");
        const ImgArg *value = rt_call_arg(&d->targets.at[i], "value");
        y = factor ? y * factor->f : value ? y + value->f : y;
    }
    return y;
}

static void targets_of(const Report *r, const RtPart *part, int64_t row, int64_t columns,
                       double *out)
{
    for (int64_t c = 0; c < columns; c++)
        out[c] = transformed(r, rt_array_f64(part->y, (int64_t)part->index[row] * columns + c));
}

static RtStatus report_values(const Report *r)
{
    const RtPart *train = &r->data->parts[RT_TRAIN];
    int64_t rows = r->part->rows, columns = r->predicted.table.cols;
    if (rt_array_row(r->part->y) != columns)
        return rt_fail(
            &r->run->error,
            "a report compares each output with a target: '%s' gives %lld numbers a row, "
            "the targets have %lld",
            r->model->image->name, (long long)columns, (long long)rt_array_row(r->part->y));
    double *y = malloc((size_t)(rows * columns + 1) * sizeof *y);
    double *means = calloc(2 * (size_t)columns + 1, sizeof *means), *row = means + columns;
    if (!y || !means) {
        free(y);
        free(means);
        return no_memory(r);
    }
    for (int64_t i = 0; i < rows; i++)
        targets_of(r, r->part, i, columns, y + i * columns);
    for (int64_t i = 0; i < train->rows; i++) {
        targets_of(r, train, i, columns, row);
        for (int64_t c = 0; c < columns; c++)
            means[c] += row[c] / (double)train->rows;
    }
    rt_report_values(r->run->out, &r->predicted.columns, rows, columns, y,
                     r->predicted.table.values, means);
    free(y);
    free(means);
    return RT_OK;
}

RtStatus rt_evaluate_report(RtRun *run, const ImgCommand *c)
{
    void *outputs = NULL;
    RtModel *m = &run->models[c->instance];
    Report r = {.run = run, .c = c, .model = m};
    r.data = rt_run_data(run, c->data, 1u << RT_TRAIN | 1u << c->part);
    if (!r.data)
        return RT_ERROR;
    r.part = &r.data->parts[c->part];
    RtStatus status = rt_predict_rows(run, c->predict_entry, r.part, 0, &outputs);
    RtOutputs of = {.model = m,
                    .meaning = &c->outputs.at[0],
                    .entry = &run->program->entries[c->predict_entry],
                    .rows = r.part->rows,
                    .data = outputs,
                    .part = r.part};
    if (status == RT_OK)
        status = rt_predicted_open(run, &of, &r.predicted);
    if (status == RT_OK) {
        fputc('\n', run->out);
        status = r.predicted.labels ? report_classes(&r) : report_values(&r);
    }
    rt_predicted_close(&r.predicted);
    free(outputs);
    return status;
}
