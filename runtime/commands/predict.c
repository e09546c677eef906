/* predict.c: outputs for every row of a part, as a result and as .npy, .csv or .jsonl. */
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/commands/commands.h"
#include "runtime/files/tensors.h"
#include "runtime/train/outputs.h"
#include "runtime/train/pass.h"

static const char *extension(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    return dot ? dot : "";
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

static bool ends(const char *path, const char *end)
{
    return !strcmp(extension(path), end);
}

RtStatus rt_predictions_check(RtRun *run, const char *path)
{
    if (!path || ends(path, ".csv") || ends(path, ".jsonl") || ends(path, ".npy"))
        return RT_OK;
    return rt_fail(&run->error, "predictions are written as .npy, .csv or .jsonl, not as '%s'",
                   path);
}

RtStatus rt_predictions_keep_check(RtRun *run, const char *path)
{
    if (!path || !ends(path, ".npy"))
        return RT_OK;
    return rt_fail(&run->error, "columns are kept in .csv and .jsonl, not in '%s'", path);
}

static RtStatus write_table(RtRun *run, const RtPredictions *table, const char *path)
{
    fflush(run->out);
    if (path && ends(path, ".jsonl"))
        return rt_predictions_jsonl(path, table, &run->error);
    return rt_predictions_csv(path ? path : "-", table, &run->error);
}

RtStatus rt_predictions_write(RtRun *run, const RtOutputs *o, const char *path)
{
    RtPredicted p;
    if (o->n_keep && rt_predictions_keep_check(run, path) != RT_OK)
        return RT_ERROR;
    if (path && ends(path, ".npy")) {
        RtTensor t = as_tensor(o->entry, o->rows, o->data);
        return rt_npy_write(path, &t, &run->error);
    }
    RtStatus status = rt_predicted_open(run, o, &p);
    if (status == RT_OK)
        status = write_table(run, &p.table, path);
    rt_predicted_close(&p);
    return status;
}

/* ---- the result ---- */

/* Texts where names are known, else numbers. */
static RtValue labels_of(const RtPredictions *t)
{
    char number[32];
    RtValue list = {.kind = VALUE_list};
    if (!t->n_classes) {
        RtValue series = rt_value_array(1, &t->rows, NULL);
        series.is_int = true;
        for (int64_t r = 0; series.data && r < t->rows; r++)
            series.data[r] = (double)t->labels[r];
        return series;
    }
    list.items = calloc((size_t)t->rows + 1, sizeof *list.items);
    list.lost = !list.items;
    for (; !list.lost && list.n_items < t->rows; list.n_items++) {
        int64_t label = t->labels[list.n_items];
        snprintf(number, sizeof number, "%lld", (long long)label);
        list.items[list.n_items] = rt_value_text(label < t->n_classes ? t->classes[label] : number);
        list.lost = list.items[list.n_items].lost;
    }
    return list;
}

static RtStatus keep_result(RtRun *run, uint32_t result, const RtOutputs *o)
{
    RtPredicted p;
    RtTensor t = as_tensor(o->entry, o->rows, o->data);
    if (result == IMG_NONE || !*run->image->results.at[result])
        return RT_OK;
    RtStatus status = rt_predicted_open(run, o, &p);
    if (status == RT_OK)
        status = rt_result_set(run, result, "", rt_value_array(t.rank, t.dims, p.values));
    if (status == RT_OK && p.labels && rt_expr_uses(run->image, result, "labels"))
        status = rt_result_set(run, result, "labels", labels_of(&p.table));
    rt_predicted_close(&p);
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
    RtModel *m = &run->models[c->instance];
    const ImgArg *keep = rt_setting(c, "keep");
    RtOutputs out = {.model = m,
                     .meaning = &c->outputs.at[0],
                     .entry = &run->program->entries[c->predict_entry],
                     .n_keep = keep ? keep->texts.n : 0,
                     .keep = keep ? keep->texts.at : NULL};
    int64_t verbose;
    RtStatus status = rt_model_lend(run, m, c->data);
    const RtDataset *d = status == RT_OK ? rt_run_data(run, c->data, 1u << c->part) : NULL;
    if (!d)
        return RT_ERROR;
    const RtPart *part = &d->parts[c->part];
    status = rt_setting_count(run, c, "verbose", 1, 0, &verbose);
    if (status == RT_OK)
        status = output_path(run, c, &path);
    if (status == RT_OK)
        status = rt_predict_rows(run, c->predict_entry, part, verbose, &data);
    out.rows = part->rows;
    out.data = data;
    out.part = part;
    if (status == RT_OK && path)
        status = rt_predictions_write(run, &out, path);
    if (status == RT_OK)
        status = keep_result(run, c->result, &out);
    free(path);
    free(data);
    return status;
}
