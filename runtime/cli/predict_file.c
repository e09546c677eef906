/* predict_file.c: predict INPUT -o OUTPUT: the rows of a file through a model. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/cli/subcommands.h"
#include "runtime/commands/commands.h"
#include "runtime/train/fit.h"
#include "runtime/train/state.h"

/* The model that --model names, or the only one: the arguments were checked. */
static RtModel *chosen_model(RtRun *run)
{
    uint32_t i = 0;
    while (run->settings->model && strcmp(run->models[i].image->name, run->settings->model) != 0)
        i++;
    return &run->models[i];
}

/* ---- reading ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && !strcmp(text + n - m, end);
}

/* A table without names would lose its first row. */
static RtStatus check_names(RtRun *run, const char *path, const RtNames *columns)
{
    for (uint32_t i = 0; i < columns->n; i++) {
        char *end;
        (void)strtod(columns->at[i], &end);
        if (!columns->at[i][0] || *end)
            return RT_OK;
    }
    return columns->n
               ? rt_fail(&run->error, "'%s' begins with numbers, not with a line of names", path)
               : RT_OK;
}

/* The file's rows as a part of a data set that is nowhere declared. */
static RtStatus read_input(RtRun *run, const RtModel *m, const char *path, RtReading *out)
{
    const char delimiter[2] = {m->signature->delimiter, 0};
    RtSourceArg args[] = {{.name = "path", .kind = RT_ARG_TEXT, .text = path},
                          {.name = "header", .kind = RT_ARG_NUMBER, .number = 1},
                          {.name = "delimiter", .kind = RT_ARG_TEXT, .text = delimiter},
                          {.name = "x", .kind = RT_ARG_TEXT, .text = path}};
    RtSourceDesc source = {.name = "csv", .n_args = 4, .args = args};
    const char *here[] = {"."};
    RtDirs dirs = {1, here};
    memset(out, 0, sizeof *out);
    if (ends_with(path, ".npy") || ends_with(path, ".npy.gz"))
        source.name = "npy";
    else if (!ends_with(path, ".csv") && !ends_with(path, ".csv.gz"))
        return rt_fail(&run->error, "predict reads .csv and .npy, not '%s'", path);
    if (access(path, R_OK) != 0)
        return rt_fail(&run->error, "cannot open '%s': %s", path, strerror(errno));
    RtStatus status = rt_source_read(&source, &dirs, false, out, &run->error);
    return status == RT_OK && out->table ? check_names(run, path, &out->table->names) : status;
}

/* ---- predicting ---- */

/* Values that the file of weights did not bring come from the training rows, where these are there. */
static RtStatus need_fitted(RtRun *run, RtModel *m)
{
    uint32_t data = m->signature->image->data;
    if (rt_model_is_fitted(run, m))
        return RT_OK;
    if (data != IMG_NONE && rt_model_lend(run, m, data) == RT_OK)
        return RT_OK;
    RtError why = run->error;
    return rt_fail(&run->error, "'%s' was never fitted, and its weights bring no fitted values: %.700s",
                   m->image->name, data == IMG_NONE ? "it has no data set" : why.text);
}

static RtStatus write_output(RtRun *run, const RtModel *m, int64_t rows, const void *data,
                             const char *output)
{
    RtOutputs o = {m, &m->image->outputs.at[0], &run->program->entries[m->image->predict_entry],
                   rows, data};
    if (!output)
        return rt_predictions_write(run, &o, NULL);
    char *full = rt_run_out_path(run, output);
    RtStatus status = full ? rt_predictions_write(run, &o, full) : RT_ERROR;
    free(full);
    return status;
}

static RtStatus predict_reading(RtRun *run, const RtModel *m, const RtReading *r,
                                const char *output)
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
        status = write_output(run, m, part.rows, data, output);
    free(data);
    free(part.index);
    return status;
}

RtStatus rt_predict_file(RtRun *run, const RtArguments *a)
{
    RtModel *m = chosen_model(run);
    RtReading input = {0};
    RtStatus status = rt_predictions_check(run, a->output);
    if (status == RT_OK)
        status = rt_load_weights(run, m);
    if (status == RT_OK)
        status = need_fitted(run, m);
    if (status == RT_OK)
        status = read_input(run, m, a->input, &input);
    if (status == RT_OK)
        status = predict_reading(run, m, &input, a->output);
    rt_reading_close(&input);
    return status;
}
