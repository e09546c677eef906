/* plan.h: what columns(...) makes of a table: its columns in order, what they hold, and how the values of
 * those are numbered that become vectors or ranks.
 *
 * A plan knows the columns of one table, mostly when compiling; every later table is measured by it. */
#ifndef NNLC_RUNTIME_DATA_PLAN_H
#define NNLC_RUNTIME_DATA_PLAN_H

#include "runtime/abi/image.h"
#include "runtime/abi/transforms.h"
#include "runtime/data/source.h"

typedef struct RtPlanColumn {
    char *name;
    RtColumnKind kind;
    bool takes_missing, by_value, takes_unknown; /* as ImgColumn says */
    RtTexts texts;                               /* by_value: what its values are numbered by */
    double *numbers;  /* of a column of numbers: these as numbers, ascending; else NULL */
    uint32_t n_slots; /* numbers that one_hot makes of known values */
    int64_t width;    /* numbers behind the last transform, flags left out */
    uint32_t n_calls;
    ImgCall *calls;
    uint32_t like; /* behind rt_plan_join: its place in the plan with which it was joined */
} RtPlanColumn;

typedef struct RtPlan {
    const ImgPlan *image; /* NULL: it was made by hand */
    uint32_t n;           /* 0: there is no plan */
    RtPlanColumn *at;
} RtPlan;

/* The number `plan` of the program; IMG_NONE: no columns. The caller closes *out, also after a failure. */
RtStatus rt_plan_open(const ImgProgram *program, uint32_t plan, RtPlan *out,
                      RtError *error) RT_MUST_USE;
/* Room for n columns, without transforms. */
RtStatus rt_plan_room(uint32_t n, RtPlan *out, RtError *error) RT_MUST_USE;
/* Name and values of a column of it; the numbers of a column of numbers are ready then. */
RtStatus rt_plan_name(RtPlanColumn *c, const char *name, RtError *error) RT_MUST_USE;
RtStatus rt_plan_values(RtPlanColumn *c, uint32_t n, const char *const *texts,
                        RtError *error) RT_MUST_USE;
void rt_plan_close(RtPlan *plan);
/* Gives the columns of `plan`, of which kinds and values are there, these names and the transforms that `from`
 * has for them. */
RtStatus rt_plan_join(RtPlan *plan, const RtPlan *from, const RtNames *names,
                      RtError *error) RT_MUST_USE;
/* FNV-1a, 64 bits, over the values of the columns. */
uint64_t rt_plan_hash(const RtPlan *plan, uint64_t hash);
/* Do both number values alike? */
bool rt_plan_same(const RtPlan *a, const RtPlan *b);
/* What was not known when compiling, from the training table. */
RtStatus rt_plan_learn(RtPlan *plan, const RtReading *r, RtError *error) RT_MUST_USE;
/* The number of a value of a column of numbers; -1: it has none. */
int64_t rt_plan_number(const RtPlanColumn *c, double value);

/* The columns that must be read as texts, in malloc memory; *n of them. NULL: no memory. */
const char **rt_plan_texts(const RtPlan *plan, uint32_t *n);
/* Does a column of the table hold numbers where the plan has texts? Then it must be read again. */
bool rt_plan_needs_texts(const RtPlan *plan, const RtReading *r, const uint32_t *places);

/* For each column of texts, what number each text of the table has: -1: none. In malloc memory, freed by
 * rt_maps_free. Columns stand at places[i] of the table. */
RtStatus rt_plan_map(const RtPlan *plan, const RtReading *r, const uint32_t *places,
                     int32_t ***maps, RtError *error) RT_MUST_USE;
/* Texts of a row, one value for each column, become their numbers in the plan. */
void rt_maps_apply(int32_t *const *maps, uint32_t n, double *values);
void rt_maps_free(int32_t **maps, uint32_t n);
/* Are the cells of these rows (NULL: all) what the plan takes? An error names the first that is not. */
RtStatus rt_plan_check(const RtPlan *plan, const RtReading *r, const uint32_t *places,
                       int32_t *const *maps, const uint32_t *rows, int64_t n_rows,
                       RtError *error) RT_MUST_USE;

#endif
