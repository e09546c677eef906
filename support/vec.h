/* vec.h: growing arrays in an arena.
 *
 *     Vec(Node *) nodes = {0};
 *     vec_push(arena, &nodes, n);
 *     for (size_t i = 0; i < nodes.n; i++) use(nodes.at[i]);
 *
 * Growth doubles and copies; the old block stays in the arena until that is freed. */
#ifndef NNLC_SUPPORT_VEC_H
#define NNLC_SUPPORT_VEC_H

#include <stddef.h>

#include "support/arena.h"

#define Vec(type)                                                                                  \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t n, cap;                                                                             \
    }

/* Returns the block to use for `n + 1` elements, moving them if needed. */
void *vec_grow(Arena *arena, void *at, size_t n, size_t *cap, size_t element_size);

#define vec_push(arena, v, ...)                                                                    \
    ((v)->at = vec_grow((arena), (v)->at, (v)->n, &(v)->cap, sizeof *(v)->at),                     \
     (v)->at[(v)->n++] = (__VA_ARGS__))
/* Room for `n` elements, where it is known before that there may be as many. */
#define vec_reserve(arena, v, n_elements)                                                          \
    ((v)->cap = (n_elements), (v)->at = arena_array((arena), (v)->cap, sizeof *(v)->at))
#define vec_last(v) ((v)->at[(v)->n - 1])

#endif
