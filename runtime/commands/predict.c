/* predict.c: outputs for every row of a part, as a result and as .npy or .csv. */
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/commands/commands.h"
#include "runtime/files/tensors.h"
#include "runtime/train/fit.h"
#include "runtime/train/state.h"

static const char *extension(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    return dot ? dot : "";
}

/* Elements of one row of the outputs. */
static int64_t row_elements(const NnlEntry *entry)
{
    int64_t n = 1;
    for (uint32_t i = 0; i < entry->outputs[0].rank; i++)
        n *= entry->outputs[0].dims[i];
    return n;
}

static RtTensor as_tensor(const NnlEntry *entry, int64_t rows, const void *data)
{
    const NnlName *out = &entry->outputs[0];
    RtTensor t = {
        .name = "predictions", .dtype = (RtDtype)out->dtype, .rank = out->rank + 1, .data = data};
    t.dims[0] = rows;
    for (uint32_t i = 0; i < out->rank; i++)
        t.dims[i + 1] = out->dims[i];
    return t;
}

/* The values as doubles, in malloc memory. */
static double *as_f64(const NnlEntry *entry, int64_t rows, const void *data)
{
    int64_t n = rows * row_elements(entry);
    double *out = malloc((size_t)(n ? n : 1) * sizeof *out);
    RtArray a = {.dtype = (RtDtype)entry->outputs[0].dtype,
                 .rank = 1,
                 .dims = {n},
                 .data = (void *)(uintptr_t)data};
    if (out && n)
        rt_array_get_f64(&a, 0, n, out);
    return out;
}

static RtStatus write_csv(RtRun *run, const NnlEntry *entry, int64_t rows, const void *data,
                          const char *path)
{
    double *values = as_f64(entry, rows, data);
    if (!values)
        return rt_fail(&run->error, "not enough memory to write the predictions");
    fflush(run->out);
    RtStatus status =
        rt_csv_write_f64(path ? path : "-", NULL, rows, row_elements(entry), values, &run->error);
    free(values);
    return status;
}

static bool is_csv(const char *path)
{
    return !path || !strcmp(extension(path), ".csv");
}

RtStatus rt_predictions_check(RtRun *run, const char *path)
{
    if (is_csv(path) || !strcmp(extension(path), ".npy"))
        return RT_OK;
    return rt_fail(&run->error, "predictions are written as .npy or .csv, not as '%s'", path);
}

RtStatus rt_predictions_write(RtRun *run, const NnlEntry *entry, int64_t rows, const void *data,
                              const char *path)
{
    if (is_csv(path))
        return write_csv(run, entry, rows, data, path);
    RtTensor t = as_tensor(entry, rows, data);
    return rt_npy_write(path, &t, &run->error);
}

static RtStatus keep_result(RtRun *run, uint32_t result, const NnlEntry *entry, int64_t rows,
                            const void *data)
{
    RtTensor t = as_tensor(entry, rows, data);
    if (result == IMG_NONE || !*run->image->results.at[result])
        return RT_OK;
    double *values = as_f64(entry, rows, data);
    if (!values)
        return rt_fail(&run->error, "not enough memory for the predictions");
    RtStatus status = rt_result_set(run, result, "", rt_value_array(t.rank, t.dims, values));
    free(values);
    return status;
}

/* Where the command writes, in malloc memory; NULL: nowhere. */
static RtStatus output_path(RtRun *run, const ImgCommand *c, char **full)
{
    *full = NULL;
    if (!*c->path && c->path_expr == IMG_NONE)
        return RT_OK;
    char *path = rt_run_path(run, c);
    *full = path ? rt_run_out_path(run, path) : NULL;
    free(path);
    return *full ? rt_predictions_check(run, *full) : RT_ERROR;
}

RtStatus rt_command_predict(RtRun *run, const ImgCommand *c)
{
    void *data = NULL;
    char *path = NULL;
    const NnlEntry *entry = &run->program->entries[c->predict_entry];
    int64_t verbose;
    RtStatus status = rt_model_lend(run, &run->models[c->instance], c->data);
    const RtDataset *d = status == RT_OK ? rt_run_data(run, c->data, 1u << c->part) : NULL;
    if (!d)
        return RT_ERROR;
    const RtPart *part = &d->parts[c->part];
    status = rt_setting_count(run, c, "verbose", 1, 0, &verbose);
    if (status == RT_OK)
        status = output_path(run, c, &path);
    if (status == RT_OK)
        status = rt_predict_rows(run, c->predict_entry, part, verbose, &data);
    if (status == RT_OK && path)
        status = rt_predictions_write(run, entry, part->rows, data, path);
    if (status == RT_OK)
        status = keep_result(run, c->result, entry, part->rows, data);
    free(path);
    free(data);
    return status;
}
