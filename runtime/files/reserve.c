/* reserve.c: a block that is given back where writing lacks memory. */
#include "runtime/files/reserve.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool rt_reserve_claim(RtReserve *r)
{
    void *none = NULL, *block = atomic_load(&r->block) ? NULL : malloc(r->bytes);
    if (block && !atomic_compare_exchange_strong(&r->block, &none, block))
        free(block);
    return atomic_load(&r->block) != NULL;
}

static bool give(RtReserve *r)
{
    void *block = atomic_exchange(&r->block, NULL);
    free(block);
    return block != NULL;
}

void rt_reserve_free(RtReserve *r)
{
    (void)give(r);
}

/* Each message about memory says so; a full disk or a file that may not be written stays an error. */
static bool lacks_memory(const RtError *error)
{
    return strstr(error->text, "not enough memory") || strstr(error->text, strerror(ENOMEM));
}

bool rt_reserve_give(RtReserve *r, const RtError *error)
{
    return r && lacks_memory(error) && give(r);
}

RtStatus rt_reserve_run(RtReserve *r, RtWriting *writing, void *cx, RtError *error)
{
    RtStatus status = writing(cx, error);
    if (status == RT_ERROR && rt_reserve_give(r, error)) {
        status = writing(cx, error);
        (void)rt_reserve_claim(r);
    }
    return status;
}
