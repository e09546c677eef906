/* describe.c: parts, shapes, types, ranges, missing values and class counts of a data set. */
#include <math.h>
#include <stdlib.h>

#include "runtime/abi/dtype.h"
#include "runtime/commands/commands.h"

static const char *const part_names[RT_N_PARTS] = {"train", "validation", "test"};

typedef struct Figures {
    double least, most, sum;
    int64_t n, missing;
} Figures;

static void add_value(Figures *f, double x)
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

static Figures figures_of(const RtPart *p, const RtArray *a)
{
    Figures f = {0};
    int64_t row = rt_array_row(a);
    for (int64_t r = 0; r < p->rows; r++)
        for (int64_t i = 0; i < row; i++)
            add_value(&f, rt_array_f64(a, (int64_t)p->index[r] * row + i));
    return f;
}

static void shape_text(const RtArray *a, char *buf, size_t size)
{
    size_t n = (size_t)snprintf(buf, size, "(");
    for (uint32_t i = 1; i < a->rank && n < size; i++)
        n +=
            (size_t)snprintf(buf + n, size - n, "%s%lld", i > 1 ? ", " : "", (long long)a->dims[i]);
    if (n < size)
        snprintf(buf + n, size - n, a->rank == 2 ? ",)" : ")");
}

static void print_array(const RtRun *run, const char *part, const char *what, const RtPart *p,
                        const RtArray *a)
{
    char shape[128];
    Figures f = figures_of(p, a);
    shape_text(a, shape, sizeof shape);
    fprintf(run->out, "%-11s %-8s %9lld  %-14s %-5s %12.6g %12.6g %12.6g %9lld\n", part, what,
            (long long)p->rows, shape, rt_dtype(a->dtype)->name, f.least, f.most,
            f.n ? f.sum / (double)f.n : 0.0, (long long)f.missing);
}

static const char *class_name(const RtDataset *d, int64_t class_number, char *buf, size_t size)
{
    if (class_number < (int64_t)d->class_names.n)
        return d->class_names.at[class_number];
    snprintf(buf, size, "%lld", (long long)class_number);
    return buf;
}

static RtStatus print_classes(RtRun *run, const RtDataset *d)
{
    char number[32];
    if (!d->classes)
        return RT_OK;
    int64_t *counts = calloc((size_t)d->classes * RT_N_PARTS, sizeof *counts);
    if (!counts)
        return rt_fail(&run->error, "not enough memory to count %lld classes",
                       (long long)d->classes);
    for (int k = 0; k < RT_N_PARTS; k++)
        for (int64_t r = 0; d->parts[k].y && r < d->parts[k].rows; r++) {
            double label = rt_array_f64(d->parts[k].y, d->parts[k].index[r]);
            if (label >= 0 && label < (double)d->classes)
                counts[k * d->classes + (int64_t)label]++;
        }
    fprintf(run->out, "\n%-24s %9s %11s %9s\n", "class", part_names[0], part_names[1],
            part_names[2]);
    for (int64_t c = 0; c < d->classes; c++)
        fprintf(run->out, "%-24s %9lld %11lld %9lld\n", class_name(d, c, number, sizeof number),
                (long long)counts[c], (long long)counts[d->classes + c],
                (long long)counts[2 * d->classes + c]);
    free(counts);
    return RT_OK;
}

RtStatus rt_command_describe(RtRun *run, const ImgCommand *c)
{
    const RtDataset *d = rt_run_data(run, c->data);
    if (!d)
        return RT_ERROR;
    fprintf(run->out, "Data: \"%s\"\n%-11s %-8s %9s  %-14s %-5s %12s %12s %12s %9s\n",
            run->image->data.at[c->data].name, "part", "array", "rows", "shape", "type", "least",
            "most", "mean", "missing");
    for (int k = 0; k < RT_N_PARTS; k++) {
        const RtPart *p = &d->parts[k];
        if (p->x)
            print_array(run, part_names[k], "inputs", p, p->x);
        if (p->x && p->y)
            print_array(run, part_names[k], "targets", p, p->y);
    }
    for (uint32_t i = 0; i < d->columns.n; i++)
        fprintf(run->out, "%s%s", i ? ", " : "columns: ", d->columns.at[i]);
    if (d->columns.n)
        fputc('\n', run->out);
    return print_classes(run, d);
}
