/* chain.h: a list of transforms made ready for rows: computed in double, one row at a time.
 *
 * columns(...) is one of them: it has a chain for each column of a table. */
#ifndef NNLC_RUNTIME_DATA_CHAIN_H
#define NNLC_RUNTIME_DATA_CHAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "runtime/abi/image.h"
#include "runtime/abi/status.h"
#include "runtime/abi/transforms.h"
#include "runtime/data/plan.h"

/* One transform, for rows of one shape. */
typedef struct RtStage {
    RtTransformId id;
    const ImgCall *call; /* its arguments, in the order of the row */
    uint32_t rank, out_rank;
    int64_t dims[RT_MAX_RANK], out_dims[RT_MAX_RANK];
    int64_t n, n_out; /* values of a row before and after */
    int64_t n_fitted; /* numbers of each kind of fitted values; 0: nothing is fitted */
    double *fitted[RT_MOST_FITTED]; /* these numbers, n_fitted each */
    double *scale;                  /* derived from them; what is divided by */
    const RtPlanColumn *column;     /* inside columns(...): of this one */
    bool skips_missing;             /* NaN is no value: nothing is fitted on it */
    struct RtCells *cells;          /* columns(...): what it does with each of them */
    const RtPlan *plan;
    int64_t widest; /* of them: values on the way */
    int64_t
        room; /* values of a row while it is computed, if these are more than before and after */
} RtStage;

typedef struct RtChain {
    uint32_t n;
    RtStage *at;
    uint32_t rank; /* of a row behind the last transform */
    int64_t dims[RT_MAX_RANK];
    int64_t n_in, n_out, most; /* values of a row: stored, in the end, at most on the way */
} RtChain;

/* columns(...): one column. */
typedef struct RtCells {
    RtChain chain;
    int32_t flag; /* the fill behind which a number says whether the cell was missing; -1: none */
    int64_t out;  /* where its numbers begin in the row */
} RtCells;

/* Rows that a chain is fitted on. */
typedef struct RtRows {
    const void *cx;
    int64_t n;
    void (*get)(const void *cx, int64_t row, double *values);           /* as stored */
    void (*place)(const void *cx, int64_t row, char *buf, size_t size); /* "line 3 of 't.csv'" */
    double (*cell)(const void *cx, int64_t row, int64_t value); /* one value; of tables only */
} RtRows;

/* For rows of this shape. An error says which transform does not fit it. plan: of columns(...), must outlive
 * the chain; NULL: there is none. The caller closes *out, also after a failure. */
RtStatus rt_chain_open(uint32_t n, const ImgCall *calls, const RtPlan *plan, uint32_t rank,
                       const int64_t *dims, RtChain *out, RtError *error) RT_MUST_USE;
/* For a column of a plan. */
RtStatus rt_chain_open_column(const RtPlanColumn *column, RtChain *out, RtError *error) RT_MUST_USE;
void rt_chain_close(RtChain *chain);
/* Does any of them have fitted values? */
bool rt_chain_is_fitted(const RtChain *chain);
/* Computes the fitted values of all transforms from the rows, each from what reaches it. */
RtStatus rt_chain_fit(RtChain *chain, const RtRows *rows, RtError *error) RT_MUST_USE;
/* Does each transform take what reaches it? An error names the first value that one does not. Fitting tells it, too;
 * this is for other rows. */
RtStatus rt_chain_check(const RtChain *chain, const RtRows *rows, RtError *error) RT_MUST_USE;
/* After fitted values were set from elsewhere. */
void rt_chain_ready(RtChain *chain);
/* A row through the first n transforms, in place; there must be room for chain->most values. */
void rt_chain_apply(const RtChain *chain, uint32_t n, double *values);
/* The same, from transform `first` on. */
void rt_chain_apply_from(const RtChain *chain, uint32_t first, uint32_t n, double *values);
/* Do the transforms fill missing values? */
bool rt_calls_fill(uint32_t n, const ImgCall *calls);

/* Each list of fitted values of columns(...), in order: of stage s of column c the kind k, n of them, which
 * begin at `at` of the stage's own. False: visit returned false. */
typedef bool RtCellsVisit(void *cx, uint32_t c, const RtStage *s, uint32_t k, int64_t at,
                          int64_t n);
bool rt_cells_visit(const RtStage *columns, RtCellsVisit *visit, void *cx);
/* rt_chain_check for each of its columns. */
RtStatus rt_cells_check(const RtStage *columns, const RtRows *rows, RtError *error) RT_MUST_USE;
void rt_cells_close(RtStage *columns);
/* The stage alone, for such visits; closed by rt_cells_close, also after a failure. */
RtStatus rt_cells_open(const RtPlan *plan, RtStage *out, RtError *error) RT_MUST_USE;

/* ---- for the rows of transforms.def (transforms.c) ---- */

/* The rows as they reach a transform. */
typedef struct RtFitting {
    const RtChain *chain;
    uint32_t stage;
    const RtRows *rows;
    double *values;
} RtFitting;
const double *rt_fitting_row(const RtFitting *f, int64_t row);
/* Does the transform take them (statistics.c)? */
RtStatus rt_fitting_check(const RtStage *s, const RtFitting *f, RtError *error) RT_MUST_USE;

#define ROW_BUILT(id)                                                                              \
    RtStatus rt_shape_##id(RtStage *s, RtError *error) RT_MUST_USE;                                \
    void rt_apply_##id(const RtStage *s, double *values);
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, family, doc) ROW_##state(id)
#define FIT(row, first, second)                                                                    \
    RtStatus rt_fit_##row(RtStage *s, const RtFitting *f, RtError *error) RT_MUST_USE;             \
    void rt_ready_##row(RtStage *s);
#include "runtime/abi/transforms.def"
#undef ROW_BUILT
#undef ROW_LATER

#endif
