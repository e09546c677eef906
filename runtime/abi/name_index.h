/* name_index.h: where names stand in a list that may be long: sorted once, then each is found by halving.
 *
 *     RtNamePlace room[3];
 *     RtNameIndex index = rt_name_index(room, 3, names);
 *     int64_t place = rt_name_index_find(&index, "age"); // -1: there is none */
#ifndef NNLC_RUNTIME_ABI_NAME_INDEX_H
#define NNLC_RUNTIME_ABI_NAME_INDEX_H

#include <stdint.h>

typedef struct RtNamePlace {
    const char *name;
    uint32_t place;
} RtNamePlace;

typedef struct RtNameIndex {
    uint32_t n;
    const RtNamePlace *at; /* by name; of equal ones by place */
} RtNameIndex;

/* How many names this thread has compared to find some: tests say how this grows. */
extern _Thread_local uint64_t rt_names_compared;

/* Over n names, which are kept, as is the room for as many places. */
RtNameIndex rt_name_index(RtNamePlace *room, uint32_t n, const char *const *names);
/* The place of a name, the first of several; -1: there is none. */
int64_t rt_name_index_find(const RtNameIndex *index, const char *name);

#endif
