/* vec.c: the growth step of all arrays. */
#include "support/vec.h"

#include <stdint.h>
#include <string.h>

#include "support/bug.h"

void *vec_grow(Arena *arena, void *at, size_t n, size_t *cap, size_t element_size)
{
    if (n < *cap)
        return at;
    if (*cap > SIZE_MAX / 2)
        nnl_no_memory(SIZE_MAX);
    size_t grown = *cap ? *cap * 2 : 8;
    void *moved = arena_array(arena, grown, element_size);
    if (n)
        memcpy(moved, at, n * element_size);
    *cap = grown;
    return moved;
}
