/* evaluate.c: loss and metrics of a part, as a result and on the screen. */
#include "runtime/commands/commands.h"
#include "runtime/train/pass.h"

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
        rt_progress_end(&progress, s.figures, (int)n, rt_now());
    else
        rt_progress_leave(&progress);
    if (status == RT_OK)
        status = rt_log_evaluation(run, c, &s, rt_now() - progress.start);
    for (uint32_t i = 0; i < n && status == RT_OK; i++)
        status = rt_result_set(run, c->result, s.figures[i].name,
                               rt_value_number(s.figures[i].value, false));
    rt_step_close(&s);
    return status;
}
