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

/* Only the inputs. */
static RtStatus read_input(RtRun *run, const char *path, RtArray **x)
{
    RtSourceArg args[] = {{.name = "path", .kind = RT_ARG_TEXT, .text = path},
                          {.name = "header", .kind = RT_ARG_NUMBER, .number = 1},
                          {.name = "delimiter", .kind = RT_ARG_TEXT, .text = ","},
                          {.name = "x", .kind = RT_ARG_TEXT, .text = path}};
    RtSourceDesc source = {.name = "csv", .n_args = 4, .args = args};
    const char *here[] = {"."};
    RtDirs dirs = {1, here};
    RtNames classes = {0}, columns = {0};
    RtArray *y = NULL;
    if (ends_with(path, ".npy") || ends_with(path, ".npy.gz"))
        source.name = "npy";
    else if (!ends_with(path, ".csv") && !ends_with(path, ".csv.gz"))
        return rt_fail(&run->error, "predict reads .csv and .npy, not '%s'", path);
    if (access(path, R_OK) != 0)
        return rt_fail(&run->error, "cannot open '%s': %s", path, strerror(errno));
    RtStatus status = rt_source_read(&source, &dirs, x, &y, &classes, &columns, &run->error);
    if (status != RT_OK)
        return status;
    status = check_names(run, path, &columns);
    rt_array_close(y);
    rt_names_free(&classes);
    rt_names_free(&columns);
    return status;
}

/* ---- the model's own shape ---- */

static RtStatus check_row(RtRun *run, const RtModel *m, const char *path, const RtArray *x,
                          const NnlName *want)
{
    int64_t need = 1, have = rt_array_row(x);
    for (uint32_t d = 0; d < want->rank; d++)
        need *= want->dims[d];
    if (have == need)
        return RT_OK;
    return rt_fail(&run->error, "'%s' has %lld values per row, but '%s' takes %lld", path,
                   (long long)have, m->image->name, (long long)need);
}

static RtStatus read_rows(RtRun *run, const RtModel *m, const char *path, RtArray **x)
{
    const NnlName *want = &run->program->entries[m->image->predict_entry].inputs[0];
    RtStatus status = read_input(run, path, x);
    return status == RT_OK ? check_row(run, m, path, *x, want) : status;
}

/* ---- predicting ---- */

/* The figures that transforms need come from the training part of the data set that was compiled in. */
static RtStatus fit_constants(RtRun *run, RtModel *m)
{
    bool fitted = false;
    for (uint32_t i = 0; i < m->image->states.n; i++)
        fitted = fitted || *m->image->states.at[i].fit;
    if (!fitted || m->image->predict_data == IMG_NONE)
        return RT_OK;
    const RtDataset *d = rt_run_data(run, m->image->predict_data);
    return d ? rt_run_fit_constants(run, m, d) : RT_ERROR;
}

static RtStatus write_output(RtRun *run, const RtModel *m, int64_t rows, const void *data,
                             const char *output)
{
    const NnlEntry *entry = &run->program->entries[m->image->predict_entry];
    if (!output)
        return rt_predictions_write(run, entry, rows, data, NULL);
    char *full = rt_run_out_path(run, output);
    RtStatus status = full ? rt_predictions_write(run, entry, rows, data, full) : RT_ERROR;
    free(full);
    return status;
}

static RtStatus predict_array(RtRun *run, const RtModel *m, RtArray *x, const char *output)
{
    void *data = NULL;
    RtPart part = {.x = x, .rows = x->dims[0]};
    RtDataset set = {.shuffle = false};
    part.index = malloc((size_t)(part.rows + 1) * sizeof *part.index);
    if (!part.index)
        return rt_fail(&run->error, "not enough memory for the order of %lld rows",
                       (long long)part.rows);
    for (int64_t i = 0; i < part.rows; i++)
        part.index[i] = (uint32_t)i;
    RtStatus status = rt_predict_rows(run, m->image->predict_entry, &set, &part, 0, &data);
    if (status == RT_OK)
        status = write_output(run, m, part.rows, data, output);
    free(data);
    free(part.index);
    return status;
}

RtStatus rt_predict_file(RtRun *run, const RtArguments *a)
{
    RtModel *m = chosen_model(run);
    RtArray *x = NULL;
    RtStatus status = rt_predictions_check(run, a->output);
    if (status == RT_OK)
        status = rt_load_weights(run, m);
    if (status == RT_OK)
        status = fit_constants(run, m);
    if (status == RT_OK)
        status = read_rows(run, m, a->input, &x);
    if (status == RT_OK)
        status = predict_array(run, m, x, a->output);
    rt_array_close(x);
    return status;
}
