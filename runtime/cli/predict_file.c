/* predict_file.c: predict INPUT -o OUTPUT: rows from outside through a model. */
#include <stdlib.h>
#include <string.h>

#include "runtime/cli/predict_input.h"
#include "runtime/cli/subcommands.h"
#include "runtime/commands/commands.h"
#include "runtime/files/atomic.h"
#include "runtime/files/place.h"
#include "runtime/train/inputs.h"
#include "runtime/train/pass.h"
#include "runtime/train/rows.h"
#include "runtime/train/state.h"

/* The model that --model names, or the only one: the arguments were checked. */
static RtModel *chosen_model(RtRun *run)
{
    uint32_t i = 0;
    while (run->settings->model && strcmp(run->models[i].image->name, run->settings->model) != 0)
        i++;
    return &run->models[i];
}

/* ---- predicting ---- */

/* Values that the file of weights did not bring come from the training rows, where these are there. */
static RtStatus need_fitted(RtRun *run, RtModel *m)
{
    uint32_t data = m->signature->image->data;
    bool lacks =
        (rt_model_has_fitted(m) && !m->signature->fitted) || (rt_model_has_scales(m) && !m->scales);
    if (!lacks)
        return RT_OK;
    if (data != IMG_NONE && rt_model_lend(run, m, data) == RT_OK)
        return RT_OK;
    RtError why = run->error;
    return rt_fail(&run->error,
                   "'%s' was never fitted, and its weights contain no fitted values: %.700s",
                   m->image->name, data == IMG_NONE ? "it has no data set" : why.text);
}

static RtStatus write_output(RtRun *run, const RtModel *m, const RtPart *part, const void *data,
                             const RtArguments *a)
{
    RtOutputs o = {.model = m,
                   .meaning = &m->image->outputs.at[0],
                   .entry = &run->program->entries[m->image->predict_entry],
                   .rows = part->rows,
                   .data = data,
                   .part = part,
                   .n_keep = a->n_keep,
                   .keep = a->keep};
    if (!a->output)
        return rt_predictions_write(run, &o, NULL);
    char *full = rt_run_out_path(run, a->output);
    RtStatus status = full ? rt_predictions_write(run, &o, full) : RT_ERROR;
    free(full);
    return status;
}

/* As many numbers as the model was trained with; columns that have names are compared by these. */
static RtStatus check_width(RtRun *run, const RtModel *m, const RtReading *r)
{
    const RtSignature *s = m->signature;
    const NnlName *want = &run->program->entries[m->image->predict_entry].inputs[0];
    int64_t have = rt_reading_row(r), need = 1;
    for (uint32_t d = 0; d < want->rank; d++)
        need *= want->dims[d];
    if (s->known)
        need = rt_signature_row(s);
    if (have == need || (r->table && s->plan.n) ||
        (r->table && s->columns.n && s->by_name && r->table->has_header))
        return RT_OK;
    return rt_fail(&run->error, "'%s' has %lld values per row, but '%s' takes %lld",
                   rt_reading_label(r), (long long)have, m->image->name, (long long)need);
}

static RtStatus predict_reading(RtRun *run, const RtModel *m, const RtReading *r,
                                const RtArguments *a)
{
    void *data = NULL;
    RtPart part = {.from = r, .x = r->x, .columns = r->features, .n_columns = r->columns.n};
    part.rows = rt_reading_rows(r);
    part.index = malloc((size_t)(part.rows + 1) * sizeof *part.index);
    if (!part.index)
        return rt_fail(&run->error, "not enough memory for the order of %lld rows",
                       (long long)part.rows);
    for (int64_t i = 0; i < part.rows; i++)
        part.index[i] = (uint32_t)i;
    RtStatus status = rt_predict_rows(run, m->image->predict_entry, &part, 0, &data);
    if (status == RT_OK)
        status = write_output(run, m, &part, data, a);
    free(data);
    free(part.index);
    return status;
}

/* Can the predictions be written to where -o says? */
static RtStatus check_output(RtRun *run, const RtArguments *a)
{
    RtStatus status = rt_predictions_check(run, a->output);
    if (status == RT_OK && a->n_keep)
        status = rt_predictions_keep_check(run, a->output);
    if (status != RT_OK || !a->output)
        return status;
    char *full = rt_run_out_path(run, a->output);
    status = full ? rt_file_check(full, &run->error) : RT_ERROR;
    if (status == RT_OK && a->input && rt_same_file(a->input, full))
        status = rt_fail(&run->error, "'%s' would be replaced, but rows are read from it", full);
    if (status == RT_OK && rt_inputs_have(run, full))
        status = rt_fail(&run->error, "'%s' would be replaced, but data are read from it", full);
    free(full);
    return status;
}

RtStatus rt_predict_file(RtRun *run, const RtArguments *a)
{
    RtModel *m = chosen_model(run);
    RtReading input = {0};
    RtStatus status = check_output(run, a);
    if (status == RT_OK)
        status = rt_load_weights(run, m);
    if (status == RT_OK)
        status = need_fitted(run, m);
    if (status == RT_OK)
        status = rt_predict_input(run, m, a, &input);
    if (status == RT_OK)
        status = check_width(run, m, &input);
    if (status == RT_OK)
        status = predict_reading(run, m, &input, a);
    rt_reading_close(&input);
    return status;
}
