/* signature.c: the input signature of models: recorded, learned, compared with a part. */
#include "runtime/train/signature.h"

#include "runtime/data/chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void rt_signature_free(RtSignature *s)
{
    rt_names_free(&s->columns);
    rt_plan_close(&s->plan);
    free(s->loaded_bare);
    memset(s, 0, sizeof *s);
}

RtStatus rt_signature_start(RtSignature *s, const ImgProgram *program, const ImgSignature *image,
                            RtError *error)
{
    const ImgDataSet *d = image->data != IMG_NONE ? &program->data.at[image->data] : NULL;
    rt_signature_free(s);
    RtStatus status = rt_plan_open(program, image->plan, &s->plan, error);
    s->takes_missing = d && rt_calls_fill(d->inputs.n, d->inputs.at);
    s->image = image;
    s->known = image->known;
    s->by_name = image->by_name;
    s->delimiter = *image->delimiter ? *image->delimiter : ',';
    s->dtype = image->dtype < RT_N_DTYPES ? (RtDtype)image->dtype : RT_f32;
    s->rank = image->dims.n < RT_MAX_RANK ? image->dims.n : RT_MAX_RANK;
    for (uint32_t i = 0; i < s->rank; i++)
        s->dims[i] = image->dims.at[i];
    for (uint32_t i = 0; i < image->columns.n && status == RT_OK; i++)
        status = rt_names_add(&s->columns, image->columns.at[i], error);
    return status;
}

RtStatus rt_signature_learn(RtSignature *s, const RtPart *part, const RtNames *columns,
                            RtError *error)
{
    RtStatus status = RT_OK;
    if (s->known)
        return RT_OK;
    s->rank = rt_part_shape(part, s->dims);
    s->dtype = part->x ? part->x->dtype : RT_f32;
    for (uint32_t i = 0; !part->x && i < columns->n && status == RT_OK; i++)
        status = rt_names_add(&s->columns, columns->at[i], error);
    if (!part->x) {
        s->by_name = part->from->table->has_header;
        s->delimiter = part->from->table->delimiter;
    }
    if (status == RT_OK && s->plan.n)
        status = rt_plan_learn(&s->plan, part->from, error);
    s->known = status == RT_OK;
    return status;
}

static RtStatus take(const RtSignature *s, const RtPart *part, const RtWanted *want,
                     uint32_t *places, int32_t ***maps, RtError *error)
{
    if (!s->plan.n)
        return rt_columns_find(part->from, want, places, error);
    RtStatus status = rt_columns_place(part->from, want, places, error);
    if (status == RT_OK)
        status = rt_plan_map(&s->plan, part->from, places, maps, error);
    return status == RT_OK
               ? rt_plan_check(&s->plan, part->from, places, *maps, part->index, part->rows, error)
               : status;
}

RtStatus rt_signature_columns(const RtSignature *s, const RtPart *part, const char *model,
                              uint32_t **columns, int32_t ***maps, RtError *error)
{
    char who[160];
    *columns = NULL;
    *maps = NULL;
    if (part->x)
        return RT_OK;
    if (!s->known || !s->columns.n)
        return rt_part_check(part, error);
    snprintf(who, sizeof who, "'%.150s'", model);
    RtWanted want = {who,
                     s->by_name,
                     s->columns.n,
                     (const char *const *)s->columns.at,
                     s->takes_missing,
                     s->plan.n > 0};
    uint32_t *places = malloc((want.n + (size_t)1) * sizeof *places);
    if (!places)
        return rt_fail(error, "not enough memory for the columns of %s", who);
    RtStatus status = take(s, part, &want, places, maps, error);
    if (status == RT_OK) {
        *columns = places;
        return RT_OK;
    }
    free(places);
    rt_maps_free(*maps, want.n);
    *maps = NULL;
    return status;
}

int64_t rt_signature_row(const RtSignature *s)
{
    int64_t n = 1;
    for (uint32_t i = 0; i < s->rank; i++)
        n *= s->dims[i];
    return s->columns.n ? s->columns.n : n;
}
