/* columns.c: columns by name, or by position where there are no names. */
#include "runtime/data/columns.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/abi/suggest.h"
#include "runtime/data/categories.h"

typedef struct Named {
    const char *name;
    uint32_t place;
} Named;

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const Named *)a)->name, ((const Named *)b)->name);
}

static bool is_wanted(const RtWanted *want, const char *name)
{
    for (uint32_t i = 0; i < want->n; i++)
        if (!strcmp(want->names[i], name))
            return true;
    return false;
}

static RtStatus fail_absent(const RtReading *r, const RtWanted *want, const char *name,
                            RtError *error)
{
    const RtNames *names = &r->table->names;
    RtSuggest best = rt_suggest_start(name);
    for (uint32_t i = 0; i < names->n; i++)
        if (!is_wanted(want, names->at[i])) /* such a column stands for itself */
            rt_suggest_offer(&best, names->at[i]);
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
    const RtNames *names = &r->table->names;
    RtStatus status = RT_OK;
    Named *sorted = malloc((names->n + (size_t)1) * sizeof *sorted);
    if (!sorted)
        return rt_fail(error, "not enough memory for the columns of '%s'", rt_reading_label(r));
    for (uint32_t i = 0; i < names->n; i++)
        sorted[i] = (Named){names->at[i], i};
    qsort(sorted, names->n, sizeof *sorted, compare_names);
    for (uint32_t i = 0; i < want->n && status == RT_OK; i++) {
        Named key = {want->names[i], 0};
        const Named *found = bsearch(&key, sorted, names->n, sizeof *sorted, compare_names);
        if (found)
            places[i] = found->place;
        else
            status = fail_absent(r, want, want->names[i], error);
    }
    free(sorted);
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
