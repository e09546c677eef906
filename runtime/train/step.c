/* step.c: batches through an entry. All memory is taken when the step is opened. */
#include "runtime/train/step.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/run_scalars.h"
#include "runtime/data/memory.h"
#include "runtime/train/state.h"
#include "runtime/train/targets.h"

enum { ALIGN = 64 };

/* Zeroed, but not touched where it is large: a batch may have fewer rows than there is room for. Slack of ALIGN bytes lies behind.
 * The pointer to free stands in front. */
static void *aligned_zero(size_t bytes)
{
    char *block = bytes > SIZE_MAX - 3 * ALIGN ? NULL : calloc(1, bytes + 3 * ALIGN);
    if (!block)
        return NULL;
    char *at = block + 2 * ALIGN - (uintptr_t)block % ALIGN;
    memcpy(at - sizeof block, &block, sizeof block);
    return at;
}

static void aligned_free(void *at)
{
    void *block = NULL;
    if (at)
        memcpy(&block, (char *)at - sizeof block, sizeof block);
    free(block);
}

static void find_scalars(RtStep *s)
{
    const NnlEntry *e = s->entry;
    for (uint32_t i = 0; i < e->n_scalars; i++) {
        s->expr_of[i] = IMG_NONE;
        for (uint32_t k = 0; k < s->image->scalars.n; k++)
            if (s->image->scalars.at[k].kind == e->scalars[i].kind &&
                s->image->scalars.at[k].id == e->scalars[i].id)
                s->expr_of[i] = s->image->scalars.at[k].expr;
    }
}

/* The classes whose weight follows from their counts. */
static uint32_t classes_to_balance(const NnlEntry *e)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->n_scalars; i++)
        if (e->scalars[i].kind == SCALAR_class_weight && e->scalars[i].id >= n)
            n = e->scalars[i].id + 1;
    return n;
}

/* False: no memory for all of it. */
static bool take_memory(RtStep *s)
{
    const NnlEntry *e = s->entry;
    size_t threads = s->pool ? (size_t)rt_pool_threads(s->pool) : 1;
    s->arena = aligned_zero(e->arena_bytes);
    s->scratch = aligned_zero(rt_scratch_stride(e) * threads);
    s->scalars = calloc(e->n_scalars + (size_t)1, sizeof *s->scalars);
    s->expr_of = calloc(e->n_scalars + (size_t)1, sizeof *s->expr_of);
    s->inputs = calloc(e->n_inputs + (size_t)1, sizeof *s->inputs);
    s->converted = calloc(e->n_inputs + (size_t)1, sizeof *s->converted);
    s->outputs = calloc(e->n_outputs + (size_t)1, sizeof *s->outputs);
    s->index = calloc((size_t)e->batch, sizeof *s->index);
    s->counting = calloc((size_t)e->batch, sizeof *s->counting);
    s->staged = calloc(e->n_inputs + (size_t)1, sizeof *s->staged);
    s->n_balance = classes_to_balance(e);
    s->balance = calloc(s->n_balance + (size_t)1, sizeof *s->balance);
    return s->balance && rt_metrics_open(&s->metrics, s->image, s->model->image) && s->arena &&
           s->scratch && s->scalars && s->expr_of && s->inputs && s->converted && s->outputs &&
           s->index && s->counting && s->staged;
}

RtStatus rt_step_open(RtStep *s, RtRun *run, uint32_t entry, RtModel *model)
{
    memset(s, 0, sizeof *s);
    s->run = run;
    s->pool = run->pool;
    s->error = &run->error;
    s->entry = &run->program->entries[entry];
    s->image = &run->image->entries.at[entry];
    s->model = model ? model : &run->models[s->image->instance];
    bool fits = rt_memory_fits(s->entry->arena_bytes + s->entry->scratch_bytes);
    if (!fits || !take_memory(s)) {
        (void)!rt_fail(&run->error, "not enough memory for '%s': it needs %llu bytes",
                       s->entry->name, (unsigned long long)s->entry->arena_bytes);
        if (!fits)
            rt_memory_help(&run->error);
        rt_step_close(s);
        return RT_ERROR;
    }
    find_scalars(s);
    return RT_OK;
}

void rt_step_close(RtStep *s)
{
    for (uint32_t i = 0; s->converted && i < s->entry->n_inputs; i++)
        rt_array_close(s->converted[i].to);
    for (uint32_t i = 0; s->staged && i < s->entry->n_inputs; i++)
        aligned_free(s->staged[i]);
    rt_array_close(s->renumbered.to);
    rt_rows_close(&s->rows);
    free(s->balance);
    free(s->staged);
    free(s->counting);
    free(s->converted);
    aligned_free(s->arena);
    aligned_free(s->scratch);
    free(s->scalars);
    free(s->expr_of);
    free(s->inputs);
    free(s->outputs);
    free(s->index);
    rt_metrics_close(&s->metrics);
    memset(s, 0, sizeof *s);
}

static bool is_inputs(const NnlName *input)
{
    return !strcmp(input->name, "x");
}

static bool is_weights(const NnlName *input)
{
    return !strcmp(input->name, "weights");
}

static const char *what_is(const NnlName *input)
{
    return is_inputs(input) ? "inputs" : is_weights(input) ? "weights" : "targets";
}

static int64_t row_of(const NnlName *input)
{
    int64_t n = 1;
    for (uint32_t d = 0; d < input->rank; d++)
        n *= input->dims[d];
    return n;
}

/* Floats are rounded; whole numbers must stay what they are. */
static bool convert_one(RtDtype dtype, void *to, double value)
{
    bool is_float = rt_dtype(dtype)->is_float;
    if (!is_float && !(fabs(value) < 4294967296.0))
        return false;
    rt_element_set(dtype, to, value);
    return is_float || rt_element_get(dtype, to) == value;
}

static RtStatus fail_value(RtStep *s, const NnlName *want, const RtReading *from, int64_t stored,
                           double value)
{
    char place[300];
    bool whole = !rt_dtype((RtDtype)want->dtype)->is_float;
    rt_reading_place(from, stored, !is_inputs(want), place, sizeof place);
    return rt_fail(s->error,
                   whole ? "the %s hold %.6g in %s, but '%s' was compiled for integers (%s)"
                         : "the %s hold %.6g in %s, but '%s' was compiled for %s",
                   what_is(want), value, place, s->model->image->name,
                   rt_dtype((RtDtype)want->dtype)->name);
}

static RtStatus convert(RtStep *s, const NnlName *want, const RtArray *from, const RtReading *file,
                        RtConverted *kept)
{
    RtError *error = s->error;
    RtDtype dtype = (RtDtype)want->dtype;
    int64_t row = rt_array_row(from), n = from->dims[0] * row;
    size_t size = rt_dtype(dtype)->size;
    rt_array_close(kept->to);
    *kept = (RtConverted){from, NULL};
    RtStatus status = rt_array_open(dtype, from->rank, from->dims, what_is(want), &kept->to, error);
    for (int64_t i = 0; status == RT_OK && i < n; i++) {
        double value = rt_array_f64(from, i);
        if (!convert_one(dtype, (char *)kept->to->data + (size_t)i * size, value))
            status = fail_value(s, want, file, i / row, value);
    }
    return status;
}

static RtStatus check_row(RtStep *s, const NnlName *want, int64_t have)
{
    if (have == row_of(want))
        return RT_OK;
    return rt_fail(s->error,
                   "the program was compiled for %s of %lld values per row, but the data has "
                   "%lld; compile it again",
                   what_is(want), (long long)row_of(want), (long long)have);
}

static RtStatus bind_array(RtStep *s, uint32_t i, const RtArray *a, const RtReading *from)
{
    const NnlName *want = &s->entry->inputs[i];
    RtConverted *kept = &s->converted[i];
    RtStatus status = check_row(s, want, rt_array_row(a));
    if (status != RT_OK)
        return status;
    s->inputs[i] = a->data;
    if ((uint32_t)a->dtype == want->dtype)
        return RT_OK;
    status = kept->from == a ? RT_OK : convert(s, want, a, from, kept);
    if (status == RT_OK)
        s->inputs[i] = kept->to->data;
    return status;
}

/* Samples of a part without weights count once. */
static RtStatus bind_ones(RtStep *s, uint32_t i, const RtPart *part)
{
    const NnlName *want = &s->entry->inputs[i];
    RtConverted *kept = &s->converted[i];
    int64_t dims[2] = {rt_reading_rows(part->from), row_of(want)};
    if (kept->to && kept->to->dims[0] >= dims[0]) {
        s->inputs[i] = kept->to->data;
        return RT_OK;
    }
    rt_array_close(kept->to);
    *kept = (RtConverted){NULL, NULL};
    RtStatus status = rt_array_open(RT_f32, 2, dims, what_is(want), &kept->to, s->error);
    if (status != RT_OK)
        return status;
    for (int64_t k = 0; k < dims[0] * dims[1]; k++)
        ((float *)kept->to->data)[k] = 1;
    s->inputs[i] = kept->to->data;
    return RT_OK;
}

/* ---- rows that are prepared ---- */

/* Do the columns lie in memory as the code takes them? */
static bool lies_ready(const RtStep *s, const NnlName *want, const RtPart *part)
{
    const RtModelRows *rows = &s->rows;
    const RtTable *t = part->x ? NULL : part->from->table;
    const uint32_t *columns = rows->columns ? rows->columns : part->columns;
    bool ready = t && t->narrow && !rows->chain.n && want->dtype == RT_f32 &&
                 t->narrow->dims[1] == rows->chain.n_in;
    for (int64_t i = 0; ready && i < rows->chain.n_in; i++)
        ready = t->columns[columns[i]].block == t->narrow && t->columns[columns[i]].place == i;
    return ready;
}

static RtStatus open_staged(RtStep *s)
{
    for (uint32_t i = 0; i < s->entry->n_inputs; i++) {
        const NnlName *want = &s->entry->inputs[i];
        size_t row = (size_t)row_of(want) * rt_dtype((RtDtype)want->dtype)->size;
        if (!s->staged[i])
            s->staged[i] = aligned_zero((size_t)s->entry->batch * row);
        if (!s->staged[i])
            return rt_fail(s->error, "not enough memory for a batch of %lld rows",
                           (long long)s->entry->batch);
    }
    return RT_OK;
}

/* A row behind the transforms, in the type of the code. */
static RtStatus stage_row(RtStep *s, const NnlName *want, int64_t stored, char *to)
{
    const double *values = rt_rows_get(&s->rows, stored);
    int64_t n = s->rows.chain.n_out;
    size_t size = rt_dtype((RtDtype)want->dtype)->size;
    if (want->dtype == RT_f32) {
        for (int64_t k = 0; k < n; k++)
            ((float *)(void *)to)[k] = (float)values[k];
        return RT_OK;
    }
    for (int64_t k = 0; k < n; k++)
        if (!convert_one((RtDtype)want->dtype, to + (size_t)k * size, values[k]))
            return fail_value(s, want, s->rows.part->from, stored, values[k]);
    return RT_OK;
}

static RtStatus stage_batch(RtStep *s, int64_t n)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < s->entry->n_inputs; i++) {
        const NnlName *want = &s->entry->inputs[i];
        size_t row = (size_t)row_of(want) * rt_dtype((RtDtype)want->dtype)->size;
        char *to = s->staged[i];
        for (int64_t r = 0; r < n && status == RT_OK; r++)
            if (is_inputs(want))
                status = stage_row(s, want, s->index[r], to + (size_t)r * row);
            else
                memcpy(to + (size_t)r * row, (const char *)s->inputs[i] + s->index[r] * row, row);
    }
    return status;
}

static RtStatus bind_rows(RtStep *s, uint32_t i, const RtPart *part)
{
    const NnlName *want = &s->entry->inputs[i];
    uint32_t data = s->image->prepared ? s->image->data : IMG_NONE;
    rt_rows_close(&s->rows);
    RtStatus status = rt_rows_open(s->run, s->model, data, part, &s->rows);
    if (status == RT_OK)
        status = check_row(s, want, s->rows.chain.n_out);
    if (status != RT_OK)
        return status;
    s->prepares = !lies_ready(s, want, part);
    if (s->prepares)
        return open_staged(s);
    s->inputs[i] = part->from->table->narrow->data;
    return RT_OK;
}

/* ---- weights of classes by their counts ---- */

/* The class of a sample: the place of the largest number of a vector, or the number. */
static int64_t class_at(const RtArray *y, int64_t row)
{
    int64_t n = rt_array_row(y), best = 0;
    if (n == 1)
        return rt_to_i64(rt_array_f64(y, row));
    for (int64_t i = 1; i < n; i++)
        if (rt_array_f64(y, row * n + i) > rt_array_f64(y, row * n + best))
            best = i;
    return best;
}

/* rows / (classes that there are * rows of the class) */
static void bind_balance(RtStep *s, const RtPart *part, const RtArray *y)
{
    uint32_t n = s->n_balance, present = 0;
    for (uint32_t i = 0; i < n; i++)
        s->balance[i] = 0;
    for (int64_t i = 0; n && i < part->rows; i++) {
        int64_t class = class_at(y, part->index[i]);
        if (class >= 0 && class < n)
            s->balance[class] += 1;
    }
    for (uint32_t i = 0; i < n; i++)
        present += s->balance[i] > 0;
    for (uint32_t i = 0; i < n; i++)
        if (s->balance[i] > 0)
            s->balance[i] = (double)part->rows / (present * s->balance[i]);
}

RtStatus rt_step_bind(RtStep *s, const RtPart *part)
{
    s->prepares = false;
    for (uint32_t i = 0; i < s->entry->n_inputs; i++) {
        RtStatus status;
        if (is_inputs(&s->entry->inputs[i])) {
            status = part->x && !s->image->prepared ? bind_array(s, i, part->x, part->from)
                                                    : bind_rows(s, i, part);
            if (status == RT_OK && s->as_targets != part)
                status = rt_inputs_fit_as_targets(s->run, s->model, s->image, part);
            s->as_targets = part;
        } else if (is_weights(&s->entry->inputs[i])) {
            status =
                part->weights ? bind_array(s, i, part->weights, part->from) : bind_ones(s, i, part);
        } else if (part->y) {
            const RtArray *y;
            status = rt_classes_renumber(s->run, s->model, part, &s->renumbered, &y);
            if (status == RT_OK)
                status = rt_targets_fit(s->run, s->image);
            if (status == RT_OK)
                status = bind_array(s, i, y, part->from);
            if (status == RT_OK)
                bind_balance(s, part, y);
        } else {
            status = rt_fail(s->error, "the data has no targets, but fit and evaluate need them");
        }
        if (status != RT_OK)
            return status;
    }
    return RT_OK;
}

/* What the runtime knows by itself. */
static int64_t known_scalar(const RtStep *s, const NnlScalarSlot *slot, int64_t n, int64_t step)
{
    const RtRun *run = s->run;
    switch ((RunScalar)slot->kind) {
    case SCALAR_n:
        return n;
    case SCALAR_t:
        return step + 1;
    case SCALAR_step:
        return step;
    case SCALAR_seed:
        return (int64_t)rt_run_seed(run, s->model);
    case SCALAR_given_seed: /* one that is not there cannot come from the compiler */
        return slot->id < run->image->seeds.n ? run->seeds[slot->id] : 0;
    case SCALAR_rate:
    case SCALAR_option:
    case SCALAR_class_weight:
    case N_SCALARS:
        break;
    }
    return 0;
}

static const char *scalar_name(const RtStep *s, const NnlScalarSlot *slot)
{
    const ImgProgram *p = s->run->image;
    bool option = slot->kind == SCALAR_option && slot->id < p->options.n;
    return option ? p->options.at[slot->id].name : rt_scalar_word((RunScalar)slot->kind);
}

static RtStatus scalar_value(RtStep *s, uint32_t i, int64_t step, double *value)
{
    const NnlScalarSlot *slot = &s->entry->scalars[i];
    double argument = (double)step;
    const char *why = NULL;
    if (slot->kind == SCALAR_rate && s->model->sets_rate) {
        *value = s->model->rate;
        return RT_OK;
    }
    RtExprCx cx = {s->run->image, &argument, 1, s->run, rt_run_option, NULL, NULL, NULL};
    *value = rt_expr_number(&cx, s->expr_of[i], &why);
    return why ? rt_fail(s->error, "the value of '%s' in step %lld: %s", scalar_name(s, slot),
                         (long long)step, why)
               : RT_OK;
}

static RtStatus set_scalars(RtStep *s, int64_t n, int64_t step)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < s->entry->n_scalars && status == RT_OK; i++) {
        const NnlScalarSlot *slot = &s->entry->scalars[i];
        int64_t v = known_scalar(s, slot, n, step);
        double f = (double)v;
        if (slot->kind == SCALAR_class_weight)
            f = slot->id < s->n_balance ? s->balance[slot->id] : 1;
        if (s->expr_of[i] != IMG_NONE) {
            status = scalar_value(s, i, step, &f);
            v = rt_to_i64(f);
        }
        if (rt_dtype((RtDtype)slot->dtype)->is_float)
            s->scalars[i].f = f;
        else
            s->scalars[i].i = v;
    }
    return status;
}

void rt_step_prefetch(const RtStep *s, uint32_t row)
{
    enum { LINE = 64, MOST = 4096 };
    for (uint32_t i = 0; i < s->entry->n_inputs && !s->prepares; i++) {
        const NnlName *want = &s->entry->inputs[i];
        size_t bytes = (size_t)row_of(want) * rt_dtype((RtDtype)want->dtype)->size;
        const char *at = (const char *)s->inputs[i] + row * bytes;
        for (size_t k = 0; k < bytes && k < MOST; k += LINE)
            __builtin_prefetch(at + k, 0, 2);
    }
}

RtStatus rt_step_rate(RtStep *s, int64_t step, double *rate)
{
    *rate = NAN;
    for (uint32_t i = 0; i < s->entry->n_scalars; i++)
        if (s->entry->scalars[i].kind == SCALAR_rate && s->expr_of[i] != IMG_NONE)
            return scalar_value(s, i, step, rate);
    return RT_OK;
}

RtStatus rt_step_run(RtStep *s, int64_t n, int64_t step)
{
    NnlIo io = {s->inputs, s->outputs, s->index, n};
    RtStatus status = set_scalars(s, n, step);
    if (status == RT_OK && s->prepares) {
        status = stage_batch(s, n);
        io.inputs = (const void *const *)s->staged;
        for (; s->counted < n; s->counted++)
            s->counting[s->counted] = (uint32_t)s->counted;
        io.index = s->counting;
    }
    if (status == RT_OK)
        rt_entry_run(s->pool, s->entry, s->model->block, s->arena, s->scratch, &io, s->scalars);
    return status;
}

void rt_step_reset_metrics(const RtStep *s)
{
    rt_metrics_reset(&s->metrics, s->model->block);
}

void rt_step_figures(RtStep *s)
{
    rt_metrics_read(&s->metrics, s->model->block);
}
