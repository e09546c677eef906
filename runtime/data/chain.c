/* chain.c: transforms one after the other: their shapes, their fitted values, their results. Knows none of
 * them by name. */
#include "runtime/data/chain.h"

#include <stdlib.h>
#include <string.h>

typedef struct Functions {
    RtStatus (*shape)(RtStage *s, RtError *error);
    void (*apply)(const RtStage *s, double *values);
} Functions;

static const Functions functions[RT_N_TRANSFORMS] = {
#define ROW_BUILT(id) [RT_TRANSFORM_##id] = {rt_shape_##id, rt_apply_##id},
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, family, doc) ROW_##state(id)
#include "runtime/abi/transforms.def"
#undef ROW_BUILT
#undef ROW_LATER
};

typedef struct Fits {
    RtStatus (*fit)(RtStage *s, const RtFitting *f, RtError *error);
    void (*ready)(RtStage *s);
} Fits;

static const Fits fits[RT_N_TRANSFORMS] = {
#define FIT(row, first, second) [RT_TRANSFORM_##row] = {rt_fit_##row, rt_ready_##row},
#include "runtime/abi/transforms.def"
};

/* Arguments of a row: an image may be damaged. */
static uint32_t arguments_of(RtTransformId id)
{
    static const RtTransformId rows[] = {
#define ARG(row, name, kind, fallback, range, state, doc) RT_TRANSFORM_##row,
#include "runtime/abi/transforms.def"
    };
    uint32_t n = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        n += rows[i] == id;
    return n;
}

/* ---- opening ---- */

bool rt_calls_fill(uint32_t n, const ImgCall *calls)
{
    for (uint32_t i = 0; i < n; i++)
        if (rt_transform_named(calls[i].name) == RT_TRANSFORM_fill)
            return true;
    return false;
}

static RtStatus open_stage(RtStage *s, const ImgCall *call, const RtChain *before, RtError *error)
{
    s->id = rt_transform_named(call->name);
    s->call = call;
    s->rank = s->out_rank = before->rank;
    memcpy(s->dims, before->dims, sizeof s->dims);
    memcpy(s->out_dims, before->dims, sizeof s->dims);
    s->n = before->n_out;
    if (s->id == RT_N_TRANSFORMS || !functions[s->id].shape || call->args.n != arguments_of(s->id))
        return rt_fail(error, "the transform '%s' is not part of this runtime", call->name);
    RtStatus status = functions[s->id].shape(s, error);
    if (status != RT_OK)
        return status;
    if (!rt_elements(s->out_dims, s->out_rank, &s->n_out))
        return rt_fail(error, "%s: a sample would have more than 2^40 values", call->name);
    if (!s->n_fitted)
        return RT_OK;
    for (uint32_t k = 0; k < RT_MOST_FITTED; k++) {
        s->fitted[k] = calloc((size_t)s->n_fitted, sizeof *s->fitted[k]);
        if (!s->fitted[k])
            return rt_fail(error, "not enough memory for '%s'", call->name);
    }
    s->scale = calloc((size_t)s->n_fitted, sizeof *s->scale);
    return s->scale ? RT_OK : rt_fail(error, "not enough memory for '%s'", call->name);
}

static RtStatus open_chain(uint32_t n, const ImgCall *calls, const RtStage *like, uint32_t rank,
                           const int64_t *dims, RtChain *out, RtError *error)
{
    RtStatus status = RT_OK;
    memset(out, 0, sizeof *out);
    out->rank = rank;
    memcpy(out->dims, dims, rank * sizeof *dims);
    if (!rt_elements(dims, rank, &out->n_in))
        return rt_fail(error, "a sample has more than 2^40 values");
    out->n_out = out->most = out->n_in;
    out->at = calloc(n + (size_t)1, sizeof *out->at);
    if (!out->at)
        return rt_fail(error, "not enough memory for %u transforms", n);
    for (uint32_t i = 0; i < n && status == RT_OK; i++) {
        RtStage *s = &out->at[out->n++];
        *s = *like;
        status = open_stage(s, &calls[i], out, error);
        out->rank = s->out_rank;
        memcpy(out->dims, s->out_dims, sizeof out->dims);
        out->n_out = s->n_out;
        out->most = s->n_out > out->most ? s->n_out : out->most;
        out->most = s->room > out->most ? s->room : out->most;
    }
    return status;
}

RtStatus rt_chain_open(uint32_t n, const ImgCall *calls, const RtPlan *plan, uint32_t rank,
                       const int64_t *dims, RtChain *out, RtError *error)
{
    RtStage like = {.plan = plan, .skips_missing = rt_calls_fill(n, calls)};
    return open_chain(n, calls, &like, rank, dims, out, error);
}

RtStatus rt_chain_open_column(const RtPlanColumn *column, RtChain *out, RtError *error)
{
    static const int64_t one = 1;
    RtStage like = {.column = column, .skips_missing = true};
    return open_chain(column->n_calls, column->calls, &like, 1, &one, out, error);
}

void rt_chain_close(RtChain *chain)
{
    for (uint32_t i = 0; chain->at && i < chain->n; i++) {
        rt_cells_close(&chain->at[i]);
        for (uint32_t k = 0; k < RT_MOST_FITTED; k++)
            free(chain->at[i].fitted[k]);
        free(chain->at[i].scale);
    }
    free(chain->at);
    memset(chain, 0, sizeof *chain);
}

/* ---- values ---- */

bool rt_chain_is_fitted(const RtChain *chain)
{
    for (uint32_t i = 0; i < chain->n; i++)
        if (chain->at[i].n_fitted)
            return true;
    return false;
}

void rt_chain_apply_from(const RtChain *chain, uint32_t first, uint32_t n, double *values)
{
    for (uint32_t i = first; i < n; i++)
        functions[chain->at[i].id].apply(&chain->at[i], values);
}

void rt_chain_apply(const RtChain *chain, uint32_t n, double *values)
{
    rt_chain_apply_from(chain, 0, n, values);
}

void rt_chain_ready(RtChain *chain)
{
    for (uint32_t i = 0; i < chain->n; i++)
        if (fits[chain->at[i].id].ready && chain->at[i].n_fitted)
            fits[chain->at[i].id].ready(&chain->at[i]);
}

const double *rt_fitting_row(const RtFitting *f, int64_t row)
{
    f->rows->get(f->rows->cx, row, f->values);
    rt_chain_apply(f->chain, f->stage, f->values);
    return f->values;
}

/* From the first transform on: does it take the rows? With `fitting` it is fitted to them then. */
static RtStatus walk(const RtChain *chain, const RtRows *rows, bool fitting, RtError *error)
{
    RtStatus status = RT_OK;
    double *values = malloc((size_t)(chain->most + 1) * sizeof *values);
    if (!values)
        return rt_fail(error, "not enough memory for a row of %lld values", (long long)chain->most);
    for (uint32_t i = 0; i < chain->n && status == RT_OK; i++) {
        RtStage *s = &chain->at[i];
        RtFitting f = {chain, i, rows, values};
        bool later = fitting && s->cells; /* fitting its columns does it */
        status = later ? RT_OK : rt_fitting_check(s, &f, error);
        if (status != RT_OK || !fitting || !s->n_fitted)
            continue;
        status = fits[s->id].fit(s, &f, error);
        if (status == RT_OK)
            fits[s->id].ready(s);
    }
    free(values);
    return status;
}

RtStatus rt_chain_check(const RtChain *chain, const RtRows *rows, RtError *error)
{
    return walk(chain, rows, false, error);
}

RtStatus rt_chain_fit(RtChain *chain, const RtRows *rows, RtError *error)
{
    if (!rt_chain_is_fitted(chain))
        return RT_OK;
    if (rows->n < 1)
        return rt_fail(error, "there are no rows to fit '%s' on", chain->at[0].call->name);
    return walk(chain, rows, true, error);
}
