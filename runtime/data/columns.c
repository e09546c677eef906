/* columns.c: columns by name, or by position where there are no names. */
#include "runtime/data/columns.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/abi/suggest.h"
#include "runtime/data/categories.h"

static RtStatus fail_absent(const RtReading *r, const RtWanted *want, const char *name,
                            RtError *error)
{
    const RtNames *names = &r->table->names;
    RtSuggest best = rt_suggest_start(name);
    RtNamePlace *room = malloc((want->n + (size_t)1) * sizeof *room);
    RtNameIndex wanted = rt_name_index(room, room ? want->n : 0, want->names);
    for (uint32_t i = 0; i < names->n; i++)
        if (rt_name_index_find(&wanted, names->at[i]) < 0) /* else it stands for itself */
            rt_suggest_offer(&best, names->at[i]);
    free(room);
    const char *near = rt_suggest_best(&best);
    if (near)
        return rt_fail(error,
                       "'%s' has no column \"%.100s\", which %s takes; did you mean \"%.100s\"?",
                       rt_reading_label(r), name, want->who, near);
    return rt_fail(error, "'%s' has no column \"%.100s\", which %s takes", rt_reading_label(r),
                   name, want->who);
}

static RtStatus by_name(const RtReading *r, const RtWanted *want, uint32_t *places, RtError *error)
{
    RtNamePlace *room;
    RtNameIndex index;
    RtStatus status = rt_names_index(&r->table->names, &room, &index, error);
    for (uint32_t i = 0; i < want->n && status == RT_OK; i++) {
        int64_t place = rt_name_index_find(&index, want->names[i]);
        if (place >= 0)
            places[i] = (uint32_t)place;
        else
            status = fail_absent(r, want, want->names[i], error);
    }
    free(room);
    return status;
}

static RtStatus by_position(const RtReading *r, const RtWanted *want, uint32_t *places,
                            RtError *error)
{
    if (r->columns.n != want->n)
        return rt_fail(error,
                       "'%s' has %u columns, but %s takes %u, by position: there are no names",
                       rt_reading_label(r), r->columns.n, want->who, want->n);
    memcpy(places, r->features, want->n * sizeof *places);
    return RT_OK;
}

RtStatus rt_columns_place(const RtReading *r, const RtWanted *want, uint32_t *places,
                          RtError *error)
{
    return want->planned || (want->by_name && r->table->has_header)
               ? by_name(r, want, places, error)
               : by_position(r, want, places, error);
}

RtStatus rt_column_check(const RtReading *r, uint32_t column, bool takes_missing, RtError *error)
{
    char help[RT_COLUMN_HELP];
    const RtColumn *c = &r->table->columns[column];
    const char *fault = takes_missing ? c->wrong : rt_column_fault(c);
    if (!fault)
        return RT_OK;
    (void)!rt_fail(error, "%s", fault);
    if (c->codes || c->block)
        rt_fail_help(error, "%s", rt_column_help(r, column, false, help, sizeof help));
    return RT_ERROR;
}

RtStatus rt_columns_find(const RtReading *r, const RtWanted *want, uint32_t *places, RtError *error)
{
    RtStatus status = rt_columns_place(r, want, places, error);
    for (uint32_t i = 0; i < want->n && status == RT_OK; i++)
        status = rt_column_check(r, places[i], want->takes_missing, error);
    return status;
}
