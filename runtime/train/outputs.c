/* outputs.c: a model's outputs as a table of predictions. */
#include "runtime/train/outputs.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/train/class_counts.h"

/* ---- names of classes ---- */

const RtNames *rt_classes(const RtRun *run, const RtModel *m, const ImgOutputs *meaning)
{
    const RtDataset *d = meaning->data == IMG_NONE ? NULL : run->data[meaning->data].set;
    return m->class_names.n || !d ? &m->class_names : &d->class_names;
}

RtStatus rt_classes_learn(RtRun *run, RtModel *m, uint32_t data)
{
    const RtDataset *d = run->data[data].set;
    RtStatus status = RT_OK;
    if (m->class_names.n || m->image->outputs.at[0].kind == RT_OUTPUT_values)
        return RT_OK;
    for (uint32_t i = 0; i < d->class_names.n && status == RT_OK; i++)
        status = rt_names_add(&m->class_names, d->class_names.at[i], &run->error);
    return status;
}

/* ---- classes ---- */

static bool set_labels(const RtOutputs *o, RtPredicted *p)
{
    const RtPredictions *t = &p->table;
    if (o->meaning->kind == RT_OUTPUT_values)
        return true;
    p->labels = malloc(((size_t)t->rows + 1) * sizeof *p->labels);
    for (int64_t r = 0; p->labels && r < t->rows; r++) {
        const double *row = p->values + r * t->cols;
        p->labels[r] = o->meaning->kind == RT_OUTPUT_scores ? rt_largest(row, t->cols)
                                                            : row[0] > o->meaning->threshold;
    }
    p->table.labels = p->labels;
    return p->labels != NULL;
}

/* ---- names of columns ---- */

static RtStatus name_scores(RtRun *run, const RtOutputs *o, RtPredicted *p)
{
    char number[32];
    const RtNames *classes = rt_classes(run, o->model, o->meaning);
    int64_t first = o->meaning->kind == RT_OUTPUT_score ? 1 : 0;
    RtStatus status = RT_OK;
    p->table.n_classes = classes->n;
    p->table.classes = (const char *const *)classes->at;
    for (int64_t c = first; c < first + p->table.cols && status == RT_OK; c++) {
        snprintf(number, sizeof number, "%lld", (long long)c);
        status = rt_names_add(&p->columns, c < classes->n ? classes->at[c] : number, &run->error);
    }
    return status;
}

/* The names of the columns, where they are those of a table; NULL: they have none. */
static const Img_LIST_STR *table_names(const RtRun *run, const RtOutputs *o, const RtPredicted *p)
{
    const ImgDataSet *d =
        o->meaning->data == IMG_NONE ? NULL : &run->image->data.at[o->meaning->data];
    if (d && !d->targets_are_inputs && d->y_columns.n == p->table.cols)
        return &d->y_columns;
    return NULL;
}

static RtStatus name_values(RtRun *run, const RtOutputs *o, RtPredicted *p)
{
    char number[32];
    const RtSignature *s = o->model->signature;
    const ImgDataSet *d =
        o->meaning->data == IMG_NONE ? NULL : &run->image->data.at[o->meaning->data];
    const Img_LIST_STR *targets = table_names(run, o, p);
    bool inputs = d && d->targets_are_inputs && s->by_name && s->columns.n == p->table.cols;
    RtStatus status = RT_OK;
    for (int64_t c = 0; c < p->table.cols && status == RT_OK; c++) {
        if (p->table.cols == 1)
            snprintf(number, sizeof number, "output");
        else
            snprintf(number, sizeof number, "output_%lld", (long long)c);
        const char *name = targets ? targets->at[c] : inputs ? s->columns.at[c] : number;
        status = rt_names_add(&p->columns, name, &run->error);
    }
    return status;
}

/* ---- the table ---- */

static bool set_values(const RtOutputs *o, RtPredicted *p)
{
    const NnlName *out = &o->entry->outputs[0];
    p->table.rows = o->rows;
    p->table.cols = 1;
    for (uint32_t i = 0; i < out->rank; i++)
        p->table.cols *= out->dims[i];
    int64_t n = o->rows * p->table.cols;
    RtArray a = {
        .dtype = (RtDtype)out->dtype, .rank = 1, .dims = {n}, .data = (void *)(uintptr_t)o->data};
    p->values = malloc((size_t)(n ? n : 1) * sizeof *p->values);
    if (p->values && n)
        rt_array_get_f64(&a, 0, n, p->values);
    p->table.values = p->values;
    return p->values != NULL;
}

/* The texts of the cells, as the file has them. */
static RtStatus set_kept(RtRun *run, const RtOutputs *o, RtPredicted *p)
{
    const RtTable *t = o->n_keep ? o->part->from->table : NULL;
    p->kept = calloc(o->n_keep + (size_t)1, sizeof *p->kept);
    p->texts = calloc((size_t)o->n_keep * (size_t)o->rows + 1, sizeof *p->texts);
    if (!p->kept || !p->texts)
        return rt_fail(&run->error, "not enough memory for the predictions");
    for (uint32_t k = 0; k < o->n_keep; k++) {
        const char **texts = p->texts + (size_t)k * (size_t)o->rows;
        int64_t column = t ? rt_names_find(&t->kept, o->keep[k]) : -1;
        if (column < 0 && t)
            return rt_fail(&run->error, "'%s' has no column \"%s\" to keep",
                           rt_reading_label(o->part->from), o->keep[k]);
        if (column < 0)
            return rt_fail(&run->error, "the column \"%s\" cannot be kept: '%s' is not a table",
                           o->keep[k], rt_reading_label(o->part->from));
        for (int64_t r = 0; r < o->rows; r++)
            texts[r] = rt_table_kept(t, o->part->index[r], (uint32_t)column);
        p->kept[k] = (RtKeptColumn){o->keep[k], texts};
    }
    p->table.n_kept = o->n_keep;
    p->table.kept = p->kept;
    return RT_OK;
}

RtStatus rt_predicted_open(RtRun *run, const RtOutputs *o, RtPredicted *out)
{
    memset(out, 0, sizeof *out);
    if (!set_values(o, out) || !set_labels(o, out))
        return rt_fail(&run->error, "not enough memory for the predictions");
    RtStatus status =
        o->meaning->kind == RT_OUTPUT_values ? name_values(run, o, out) : name_scores(run, o, out);
    out->table.names = (const char *const *)out->columns.at;
    return status == RT_OK ? set_kept(run, o, out) : status;
}

void rt_predicted_close(RtPredicted *p)
{
    free(p->kept);
    free(p->texts);
    free(p->values);
    free(p->labels);
    rt_names_free(&p->columns);
    memset(p, 0, sizeof *p);
}
