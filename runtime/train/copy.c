/* copy.c: weights out of a block and back, state by state. */
#include "runtime/train/copy.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/train/state.h"

static bool is_weight(const ImgState *s)
{
    return rt_state_role(s)->saved == SAVED_whole;
}

size_t rt_copy_size(const ImgInstance *m)
{
    size_t size = 0;
    for (uint32_t i = 0; i < m->states.n; i++)
        if (is_weight(&m->states.at[i]))
            size += (size_t)m->states.at[i].bytes;
    return size;
}

RtStatus rt_copy_take(RtCopy *c, const RtModel *m, RtError *error)
{
    if (!c->bytes)
        c->bytes = malloc(rt_copy_size(m->image) + 1);
    if (!c->bytes)
        return rt_fail(error, "not enough memory for a copy of the weights of '%s'",
                       m->image->name);
    char *to = c->bytes;
    for (uint32_t i = 0; i < m->image->states.n; i++) {
        const ImgState *s = &m->image->states.at[i];
        if (!is_weight(s))
            continue;
        memcpy(to, (char *)m->block + s->offset, (size_t)s->bytes);
        to += s->bytes;
    }
    return RT_OK;
}

void rt_copy_give(const RtCopy *c, RtModel *m)
{
    const char *from = c->bytes;
    for (uint32_t i = 0; i < m->image->states.n; i++) {
        const ImgState *s = &m->image->states.at[i];
        if (!is_weight(s))
            continue;
        memcpy((char *)m->block + s->offset, from, (size_t)s->bytes);
        from += s->bytes;
    }
}

/* The state as it lies in a copy, `at` bytes behind its start. */
static ImgState state_at(const ImgState *s, size_t at)
{
    ImgState moved = *s;
    moved.offset = (int64_t)at;
    return moved;
}

bool rt_copy_gather(const RtCopy *c, const ImgInstance *m, const char *prefix, RtTensorList *list)
{
    size_t at = 0;
    for (uint32_t i = 0; i < m->states.n; i++) {
        const ImgState *s = &m->states.at[i];
        if (!is_weight(s))
            continue;
        ImgState moved = state_at(s, at);
        void *data = rt_tensor_list_add(list, prefix, s->name, (RtDtype)s->dtype, s->dims.n,
                                        s->dims.at, rt_state_bytes(s));
        if (!data)
            return false;
        rt_state_get(&moved, c->bytes, data);
        at += (size_t)s->bytes;
    }
    return true;
}

RtStatus rt_copy_fill(RtCopy *c, const ImgInstance *m, const char *prefix, const RtTensorFile *file,
                      RtError *error)
{
    size_t at = 0;
    char name[1024];
    if (!c->bytes)
        c->bytes = calloc(1, rt_copy_size(m) + 1);
    if (!c->bytes)
        return rt_fail(error, "not enough memory for a copy of the weights of '%s'", m->name);
    for (uint32_t i = 0; i < m->states.n; i++) {
        const ImgState *s = &m->states.at[i];
        if (!is_weight(s))
            continue;
        ImgState moved = state_at(s, at);
        snprintf(name, sizeof name, "%s%s", prefix, s->name);
        RtStatus status = rt_state_take(&moved, c->bytes, file, name, error);
        if (status != RT_OK)
            return status;
        at += (size_t)s->bytes;
    }
    return RT_OK;
}

void rt_copy_free(RtCopy *c)
{
    free(c->bytes);
    c->bytes = NULL;
}
