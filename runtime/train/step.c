/* step.c: batches through an entry. All memory is taken when the step is opened. */
#include "runtime/train/step.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/train/state.h"

enum { ALIGN = 64 };

static void *aligned_zero(size_t bytes)
{
    size_t rounded = (bytes + 2 * ALIGN - 1) / ALIGN * ALIGN;
    void *p = rounded < bytes ? NULL : aligned_alloc(ALIGN, rounded);
    if (p)
        memset(p, 0, rounded);
    return p;
}

static void find_scalars(RtStep *s)
{
    const NnlEntry *e = s->entry;
    for (uint32_t i = 0; i < e->n_scalars; i++) {
        s->expr_of[i] = IMG_NONE;
        for (uint32_t k = 0; k < s->image->scalars.n; k++)
            if (!strcmp(s->image->scalars.at[k].name, e->scalars[i].name))
                s->expr_of[i] = s->image->scalars.at[k].expr;
    }
}

/* False: no memory for all of it. */
static bool take_memory(RtStep *s)
{
    const NnlEntry *e = s->entry;
    size_t threads = (size_t)rt_pool_threads(s->run->pool);
    s->arena = aligned_zero(e->arena_bytes);
    s->scratch = aligned_zero(rt_scratch_stride(e) * threads);
    s->scalars = calloc(e->n_scalars + (size_t)1, sizeof *s->scalars);
    s->expr_of = calloc(e->n_scalars + (size_t)1, sizeof *s->expr_of);
    s->inputs = calloc(e->n_inputs + (size_t)1, sizeof *s->inputs);
    s->outputs = calloc(e->n_outputs + (size_t)1, sizeof *s->outputs);
    s->index = calloc((size_t)e->batch, sizeof *s->index);
    s->figures = calloc(s->image->metrics.n + (size_t)1, sizeof *s->figures);
    return s->arena && s->scratch && s->scalars && s->expr_of && s->inputs && s->outputs &&
           s->index && s->figures;
}

RtStatus rt_step_open(RtStep *s, RtRun *run, uint32_t entry)
{
    memset(s, 0, sizeof *s);
    s->run = run;
    s->entry = &run->program->entries[entry];
    s->image = &run->image->entries.at[entry];
    s->model = &run->models[s->image->instance];
    if (!take_memory(s)) {
        (void)!rt_fail(&run->error, "not enough memory for '%s': it needs %llu bytes",
                       s->entry->name, (unsigned long long)s->entry->arena_bytes);
        rt_step_close(s);
        return RT_ERROR;
    }
    find_scalars(s);
    return RT_OK;
}

void rt_step_close(RtStep *s)
{
    free(s->arena);
    free(s->scratch);
    free(s->scalars);
    free(s->expr_of);
    free(s->inputs);
    free(s->outputs);
    free(s->index);
    free(s->figures);
    memset(s, 0, sizeof *s);
}

/* Does the stored array have the row shape and type that the code was compiled for? */
static RtStatus check_input(RtStep *s, const NnlName *want, const RtArray *a)
{
    int64_t have = 1, need = 1;
    for (int d = 1; d < (int)a->rank; d++)
        have *= a->dims[d];
    for (uint32_t d = 0; d < want->rank; d++)
        need *= want->dims[d];
    if ((uint32_t)a->dtype == want->dtype && have == need)
        return RT_OK;
    return rt_fail(&s->run->error,
                   "the program was compiled for %s of %lld %s values per row, but the data has "
                   "%lld of %s; compile it again",
                   strcmp(want->name, "x") ? "targets" : "inputs", (long long)need,
                   rt_dtype((RtDtype)want->dtype)->name, (long long)have, rt_dtype(a->dtype)->name);
}

RtStatus rt_step_bind(RtStep *s, const RtPart *part)
{
    for (uint32_t i = 0; i < s->entry->n_inputs; i++) {
        const NnlName *want = &s->entry->inputs[i];
        const RtArray *a = !strcmp(want->name, "x") ? part->x : part->y;
        if (!a)
            return rt_fail(&s->run->error,
                           "the data has no targets, but fit and evaluate need them");
        RtStatus status = check_input(s, want, a);
        if (status != RT_OK)
            return status;
        s->inputs[i] = a->data;
    }
    return RT_OK;
}

static RtStatus set_scalars(RtStep *s, int64_t n, int64_t step)
{
    RtRun *run = s->run;
    double argument = (double)step;
    for (uint32_t i = 0; i < s->entry->n_scalars; i++) {
        const NnlName *name = &s->entry->scalars[i];
        bool is_float = rt_dtype((RtDtype)name->dtype)->is_float;
        double f = 0;
        int64_t v = 0;
        if (!strcmp(name->name, "n"))
            v = n;
        else if (!strcmp(name->name, "t"))
            v = step + 1;
        else if (!strcmp(name->name, "step"))
            v = step;
        else if (!strcmp(name->name, "seed"))
            v = (int64_t)rt_run_seed(run, s->model);
        f = (double)v;
        if (s->expr_of[i] != IMG_NONE) {
            const char *why = NULL;
            RtExprCx cx = {run->image, &argument, 1, run, NULL, NULL, NULL, NULL};
            cx.option = rt_run_option;
            f = rt_expr_number(&cx, s->expr_of[i], &why);
            if (why)
                return rt_fail(&run->error, "the value of '%s' in step %lld: %s", name->name,
                               (long long)step, why);
            v = (int64_t)f;
        }
        if (is_float)
            s->scalars[i].f = f;
        else
            s->scalars[i].i = v;
    }
    return RT_OK;
}

RtStatus rt_step_run(RtStep *s, int64_t n, int64_t step)
{
    NnlIo io = {s->inputs, s->outputs, s->index, n};
    RtStatus status = set_scalars(s, n, step);
    if (status == RT_OK)
        rt_entry_run(s->run->pool, s->entry, s->model->block, s->arena, s->scratch, &io,
                     s->scalars);
    return status;
}

static double state_number(const RtStep *s, const char *name)
{
    const ImgState *st = rt_state_named(s->model->image, name);
    double x = 0;
    if (st && rt_state_count(st) == 1)
        rt_state_get_f64(st, s->model->block, &x);
    return x;
}

void rt_metrics_reset(const RtStep *s)
{
    for (uint32_t i = 0; i < s->image->metrics.n; i++) {
        const char *names[2] = {s->image->metrics.at[i].total, s->image->metrics.at[i].count};
        for (int k = 0; k < 2; k++) {
            const ImgState *st = rt_state_named(s->model->image, names[k]);
            if (st)
                memset((char *)s->model->block + st->offset, 0, (size_t)st->bytes);
        }
    }
}

static double metric_value(const RtStep *s, const ImgMetric *m)
{
    double total = state_number(s, m->total), count = state_number(s, m->count);
    double mean = count != 0 ? total / count : 0;
    return m->root ? sqrt(mean) : mean;
}

void rt_step_figures(RtStep *s)
{
    for (uint32_t i = 0; i < s->image->metrics.n; i++) {
        const ImgMetric *m = &s->image->metrics.at[i];
        s->figures[i] = (RtFigure){m->name, metric_value(s, m)};
    }
}
