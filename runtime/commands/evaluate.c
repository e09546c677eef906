/* evaluate.c: loss and metrics of a part, as a result and on the screen. */
#include "runtime/commands/commands.h"
#include "runtime/train/pass.h"

/* Values number `first` and on, as a list under its name. */
static RtStatus set_list(RtRun *run, uint32_t result, const RtMetrics *m, uint32_t first)
{
    int64_t n = rt_metrics_list(m, first);
    RtValue list = rt_value_array(1, &n, NULL);
    for (int64_t k = 0; list.data && k < n; k++)
        list.data[k] = m->figures[first + k].value;
    return rt_result_set(run, result, m->entry->metrics.at[first].list, list);
}

/* The values by their keys; those of a metric that has several as a list, too. */
static RtStatus set_results(RtRun *run, uint32_t result, const RtMetrics *m)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < m->n && status == RT_OK; i++)
        status = rt_result_set(run, result, m->figures[i].name,
                               rt_value_number(m->figures[i].value, false));
    for (uint32_t i = 0; i < m->n && status == RT_OK; i += rt_metrics_list(m, i))
        if (*m->entry->metrics.at[i].list)
            status = set_list(run, result, m, i);
    return status;
}

RtStatus rt_command_evaluate(RtRun *run, const ImgCommand *c)
{
    RtStep s;
    RtProgress progress;
    int64_t verbose;
    RtStatus status = rt_setting_count(run, c, "verbose", 1, 0, &verbose);
    if (status == RT_OK)
        status = rt_model_lend(run, &run->models[c->instance], c->data);
    const RtDataset *d = status == RT_OK ? rt_run_data(run, c->data, 1u << c->part) : NULL;
    if (!d)
        return RT_ERROR;
    const RtPart *part = &d->parts[c->part];
    status = rt_step_open(&s, run, c->eval_entry, NULL);
    if (status != RT_OK)
        return status;
    int64_t steps = rt_batches(part->rows, s.entry->batch);
    status = rt_step_bind(&s, part);
    rt_progress_begin(&progress, run->out, rt_progress_style(run, verbose), steps, rt_now());
    if (status == RT_OK)
        status = rt_evaluate_part(&s, part, steps, &progress, "evaluate");
    uint32_t n = status == RT_OK ? s.image->metrics.n : 0;
    if (status == RT_OK)
        rt_progress_end(&progress, s.metrics.figures, (int)n, rt_now());
    else
        rt_progress_leave(&progress);
    if (status == RT_OK)
        status = rt_log_evaluation(run, c, &s, rt_now() - progress.start);
    if (status == RT_OK)
        status = set_results(run, c->result, &s.metrics);
    rt_step_close(&s);
    bool report = status == RT_OK && c->predict_entry != IMG_NONE;
    return report ? rt_evaluate_report(run, c) : status;
}
