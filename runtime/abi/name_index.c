/* name_index.c: a sorted list of names. */
#include "runtime/abi/name_index.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

_Thread_local uint64_t rt_names_compared;

static int compare(const void *a, const void *b)
{
    const RtNamePlace *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    rt_names_compared++;
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

RtNameIndex rt_name_index(RtNamePlace *room, uint32_t n, const char *const *names)
{
    for (uint32_t i = 0; i < n; i++)
        room[i] = (RtNamePlace){names[i], i};
    if (n)
        qsort(room, n, sizeof *room, compare);
    return (RtNameIndex){n, room};
}

int64_t rt_name_index_find(const RtNameIndex *index, const char *name)
{
    uint32_t low = 0, high = index->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        rt_names_compared++;
        if (strcmp(index->at[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < index->n && !strcmp(index->at[low].name, name);
    return found ? (int64_t)index->at[low].place : -1;
}
