/* pass.c: evaluation and prediction, batch by batch. */
#include "runtime/train/pass.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/shown.h"
#include "runtime/data/memory.h"

RtProgressStyle rt_progress_style(const RtRun *run, int64_t verbose)
{
    if (run->settings->quiet || verbose == 0)
        return PROGRESS_silent;
    if (verbose == 2 || !rt_takes_escapes(run->out))
        return PROGRESS_line;
    return PROGRESS_bar;
}

int64_t rt_batches(int64_t rows, int64_t batch)
{
    return rows / batch + (rows % batch != 0);
}

RtStatus rt_batch_done(RtStep *s, RtProgress *p, int64_t done, const char *where)
{
    double now = rt_now();
    if (rt_progress_draws(p, now))
        rt_step_figures(s);
    rt_progress_step(p, done, s->metrics.figures, (int)s->image->metrics.n, now);
    rt_turn_offer(s->run->turn, now);
    if (rt_interrupt_asked())
        rt_print(stderr, "%s: in %s after batch %lld of %lld\n", s->run->image->name, where,
                 (long long)done, (long long)p->steps);
    if (!rt_interrupted())
        return RT_OK;
    (void)!rt_fail(s->error, "interrupted in %s after batch %lld of %lld", where, (long long)done,
                   (long long)p->steps);
    return RT_END;
}

RtStatus rt_evaluate_part(RtStep *s, const RtPart *part, int64_t steps, RtProgress *progress,
                          const char *where)
{
    int64_t n = part->rows, batch = s->entry->batch;
    rt_step_reset_metrics(s);
    for (int64_t at = 0, done = 1; at < n && done <= steps; at += batch, done++) {
        int64_t here = n - at < batch ? n - at : batch;
        memcpy(s->index, part->index + at, (size_t)here * sizeof *s->index);
        RtStatus status = rt_step_run(s, here, s->model->step);
        if (status == RT_OK)
            status = rt_batch_done(s, progress, done, where);
        if (status != RT_OK)
            return status;
    }
    rt_step_figures(s);
    return RT_OK;
}

RtStatus rt_score_part(RtRun *run, uint32_t entry, const RtPart *part, double *out)
{
    RtStep s;
    RtProgress unseen;
    RtStatus status = rt_step_open(&s, run, entry, NULL);
    if (status != RT_OK)
        return status;
    int64_t steps = rt_batches(part->rows, s.entry->batch);
    rt_progress_begin(&unseen, run->out, PROGRESS_silent, steps, rt_now());
    status = rt_step_bind(&s, part);
    if (status == RT_OK)
        status = rt_evaluate_part(&s, part, steps, &unseen, "the evaluation of a training");
    for (uint32_t i = 0; i < s.image->metrics.n && status == RT_OK; i++)
        out[i] = s.metrics.figures[i].value;
    rt_step_close(&s);
    return status;
}

static RtStatus predict_batches(RtStep *s, const RtPart *part, RtProgress *progress, char *rows,
                                size_t row)
{
    RtStatus status = RT_OK;
    int64_t done = 0;
    for (int64_t at = 0; at < part->rows && status == RT_OK; at += s->entry->batch) {
        int64_t here = part->rows - at < s->entry->batch ? part->rows - at : s->entry->batch;
        memcpy(s->index, part->index + at, (size_t)here * sizeof *s->index);
        s->outputs[0] = rows + (size_t)at * row;
        status = rt_step_run(s, here, s->model->step);
        double now = rt_now();
        rt_progress_step(progress, ++done, NULL, 0, now);
        rt_turn_offer(s->run->turn, now);
        if (status == RT_OK && rt_interrupted()) {
            (void)!rt_fail(&s->run->error, "interrupted in predict after row %lld of %lld",
                           (long long)(at + here), (long long)part->rows);
            status = RT_END;
        }
    }
    return status;
}

RtStatus rt_predict_rows(RtRun *run, uint32_t entry, const RtPart *part, int64_t verbose,
                         void **data)
{
    RtStep s;
    RtProgress progress;
    RtStatus status = rt_step_open(&s, run, entry, NULL);
    if (status != RT_OK)
        return status;
    const NnlName *out = &s.entry->outputs[0];
    size_t row = rt_dtype((RtDtype)out->dtype)->size;
    for (uint32_t k = 0; k < out->rank; k++)
        row *= (size_t)out->dims[k];
    bool fits = row && (uint64_t)part->rows < (SIZE_MAX - 64) / row &&
                rt_memory_fits((uint64_t)part->rows * row);
    char *rows = fits ? malloc((size_t)(part->rows ? part->rows : 1) * row + 64) : NULL;
    status = rows ? rt_step_bind(&s, part)
                  : rt_fail(&run->error, "not enough memory for the predictions of %lld rows",
                            (long long)part->rows);
    rt_progress_begin(&progress, run->out, rt_progress_style(run, verbose),
                      rt_batches(part->rows, s.entry->batch), rt_now());
    if (status == RT_OK)
        status = predict_batches(&s, part, &progress, rows, row);
    if (status == RT_OK)
        rt_progress_end(&progress, NULL, 0, rt_now());
    else
        rt_progress_leave(&progress);
    rt_step_close(&s);
    if (status == RT_OK)
        *data = rows;
    else
        free(rows);
    return status;
}
