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

void rt_copy_free(RtCopy *c)
{
    free(c->bytes);
    c->bytes = NULL;
}
