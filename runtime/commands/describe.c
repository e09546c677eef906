/* describe.c: parts, shapes, types, ranges, missing values and class counts of a data set; what its
 * transforms make of its inputs, with the values that they are fitted with on its own training rows. */
#include <math.h>
#include <stdlib.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/shown.h"
#include "runtime/commands/commands.h"
#include "runtime/commands/describe.h"
#include "runtime/data/probe.h"
#include "runtime/train/rows.h"

/* Columns of the terminal that a name takes at most. */
enum { NAME = 40 };

static const char *const part_names[RT_N_PARTS] = {"train", "validation", "test"};

typedef struct Statistics {
    double least, most, sum;
    int64_t n, missing;
} Statistics;

static void add_value(Statistics *f, double x)
{
    if (isnan(x)) {
        f->missing++;
        return;
    }
    f->least = f->n && f->least < x ? f->least : x;
    f->most = f->n && f->most > x ? f->most : x;
    f->sum += x;
    f->n++;
}

static void shape_text(uint32_t rank, const int64_t *dims, char *buf, size_t size)
{
    size_t n = (size_t)snprintf(buf, size, "(");
    for (uint32_t i = 0; i < rank && n < size; i++)
        n += (size_t)snprintf(buf + n, size - n, "%s%lld", i ? ", " : "", (long long)dims[i]);
    if (n < size)
        snprintf(buf + n, size - n, rank == 1 ? ",)" : ")");
}

static void print_line(const RtRun *run, const char *part, const char *what, int64_t rows,
                       const char *shape, const char *type, const Statistics *f)
{
    rt_print(run->out, "%-11s %-8s %9lld  %-14s %-5s %12.6g %12.6g %12.6g %9lld\n", part, what,
             (long long)rows, shape, type, f->least, f->most, f->n ? f->sum / (double)f->n : 0.0,
             (long long)f->missing);
}

/* Targets or weights. */
static void print_array(const RtRun *run, const char *part, const RtPart *p, const char *what,
                        const RtArray *a)
{
    char shape[128];
    Statistics f = {0};
    int64_t row = rt_array_row(a);
    for (int64_t r = 0; r < p->rows; r++)
        for (int64_t i = 0; i < row; i++)
            add_value(&f, rt_array_f64(a, (int64_t)p->index[r] * row + i));
    shape_text(a->rank - 1, a->dims + 1, shape, sizeof shape);
    print_line(run, part, what, p->rows, shape, rt_dtype(a->dtype)->name, &f);
}

/* The type of the stored inputs; columns of a table may differ. */
static const char *type_of(const RtPart *p)
{
    bool wide = false;
    for (uint32_t i = 0; !p->x && i < p->n_columns; i++)
        wide = wide || p->from->table->columns[p->columns[i]].block == p->from->table->wide;
    return rt_dtype(p->x ? p->x->dtype : wide ? RT_f64 : RT_f32)->name;
}

/* The inputs as stored, and behind the transforms. `row`: room for one. */
static void print_inputs(const RtRun *run, const char *part, const RtPart *p, const RtChain *chain,
                         double *row)
{
    char shape[128];
    int64_t dims[RT_MAX_RANK];
    Statistics stored = {0}, prepared = {0};
    for (int64_t r = 0; r < p->rows; r++) {
        rt_part_get(p, p->index[r], NULL, 0, row);
        for (int64_t i = 0; i < chain->n_in; i++)
            add_value(&stored, row[i]);
        rt_chain_apply(chain, chain->n, row);
        for (int64_t i = 0; i < chain->n_out; i++)
            add_value(&prepared, row[i]);
    }
    shape_text(rt_part_shape(p, dims), dims, shape, sizeof shape);
    print_line(run, part, "inputs", p->rows, shape, type_of(p), &stored);
    if (!chain->n)
        return;
    shape_text(chain->rank, chain->dims, shape, sizeof shape);
    print_line(run, part, "prepared", p->rows, shape, "f32", &prepared);
}

static const char *class_name(const RtDataset *d, int64_t class_number, char *buf, size_t size)
{
    if (class_number < (int64_t)d->class_names.n)
        return d->class_names.at[class_number];
    snprintf(buf, size, "%lld", (long long)class_number);
    return buf;
}

/* Numbers above this name no classes, but say how much there is of something. */
static const double most_classes = 1000;

/* The classes that the targets number, from 0 on; 0: they are no class numbers. */
static int64_t count_classes(const RtDataset *d)
{
    RtNumbers numbers = rt_numbers_none();
    for (int k = 0; k < RT_N_PARTS && !d->class_names.n; k++) {
        const RtArray *y = d->parts[k].y;
        if (y && (rt_dtype(y->dtype)->is_float || rt_array_row(y) != 1))
            return 0;
        if (y)
            rt_numbers_of(y, &numbers);
    }
    if (d->class_names.n)
        return d->class_names.n;
    bool named = numbers.least >= 0 && numbers.least <= numbers.most && numbers.most < most_classes;
    return named ? (int64_t)numbers.most + 1 : 0;
}

static RtStatus print_classes(RtRun *run, const RtDataset *d)
{
    char number[32], name[8 * NAME];
    int64_t classes = count_classes(d);
    if (!classes)
        return RT_OK;
    int64_t *counts = calloc((size_t)classes * RT_N_PARTS, sizeof *counts);
    if (!counts)
        return rt_fail(&run->error, "not enough memory to count %lld classes", (long long)classes);
    for (int k = 0; k < RT_N_PARTS; k++)
        for (int64_t r = 0; d->parts[k].y && r < d->parts[k].rows; r++) {
            double label = rt_array_f64(d->parts[k].y, d->parts[k].index[r]);
            if (label >= 0 && label < (double)classes)
                counts[k * classes + (int64_t)label]++;
        }
    rt_print(run->out, "\n%-24s %9s %11s %9s\n", "class", part_names[0], part_names[1],
             part_names[2]);
    for (int64_t c = 0; c < classes; c++)
        rt_print(run->out, "%-24s %9lld %11lld %9lld\n",
                 rt_shown_cut(class_name(d, c, number, sizeof number), NAME, name, sizeof name),
                 (long long)counts[c], (long long)counts[classes + c],
                 (long long)counts[2 * classes + c]);
    free(counts);
    return RT_OK;
}

/* At most this many columns are listed with their fitted values. */
enum { MOST_COLUMNS = 32 };

static void print_fitted(const RtRun *run, const RtDataset *d, const RtChain *chain)
{
    char name[8 * NAME];
    for (uint32_t i = 0; i < chain->n; i++) {
        const RtStage *s = &chain->at[i];
        const RtTransformRow *row = rt_transform_row(s->id);
        bool named = (int64_t)d->columns.n == s->n_fitted;
        if (!s->n_fitted || s->cells)
            continue;
        rt_print(run->out, "\n%-24s", row->name);
        for (uint32_t k = 0; k < row->n_fitted; k++)
            rt_print(run->out, " %14s", row->fitted[k]);
        fputc('\n', run->out);
        for (int64_t c = 0; c < s->n_fitted && c < MOST_COLUMNS; c++) {
            if (named)
                rt_print(run->out, "%-24s",
                         rt_shown_cut(d->columns.at[c], NAME, name, sizeof name));
            else
                rt_print(run->out, "%-24lld", (long long)c + 1);
            for (uint32_t k = 0; k < row->n_fitted; k++)
                rt_print(run->out, " %14.6g", s->fitted[k][c]);
            fputc('\n', run->out);
        }
        if (s->n_fitted > MOST_COLUMNS)
            rt_print(run->out, "... and %lld more\n", (long long)(s->n_fitted - MOST_COLUMNS));
    }
}

static RtStatus print_parts(RtRun *run, uint32_t data, const RtDataset *d)
{
    const RtChain *chain;
    RtStatus status = rt_data_chain(run, data, &chain);
    for (int k = 0; k < RT_N_PARTS && status == RT_OK; k++)
        if (d->parts[k].from)
            status = rt_part_check(&d->parts[k], &run->error);
    double *row = status == RT_OK ? malloc((size_t)(chain->most + 1) * sizeof *row) : NULL;
    if (!row)
        return status == RT_OK ? rt_fail(&run->error, "not enough memory to describe a data set")
                               : status;
    rt_print(run->out, "Data: \"%s\"\n%-11s %-8s %9s  %-14s %-5s %12s %12s %12s %9s\n",
             run->image->data.at[data].name, "part", "array", "rows", "shape", "type", "least",
             "most", "mean", "missing");
    for (int k = 0; k < RT_N_PARTS; k++) {
        const RtPart *p = &d->parts[k];
        if (p->from)
            print_inputs(run, part_names[k], p, chain, row);
        if (p->y)
            print_array(run, part_names[k], p, "targets", p->y);
        if (p->weights)
            print_array(run, part_names[k], p, "weights", p->weights);
    }
    rt_describe_columns(run, data, d);
    print_fitted(run, d, chain);
    free(row);
    return RT_OK;
}

RtStatus rt_command_describe(RtRun *run, const ImgCommand *c)
{
    const RtDataset *d = rt_run_data(run, c->data, RT_ALL_PARTS);
    if (!d)
        return RT_ERROR;
    RtStatus status = print_parts(run, c->data, d);
    return status == RT_OK ? print_classes(run, d) : status;
}
