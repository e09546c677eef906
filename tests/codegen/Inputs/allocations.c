/* Put before libc (LD_PRELOAD): counts allocations, and names those of the runtime's big blocks.
 *
 * At the end of the program standard error gets one line "allocations N", and one line
 * "aligned BYTES" for each aligned_alloc, which the runtime uses for state, arena, scratch and its
 * pool alone. */
#define _GNU_SOURCE
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t align, size_t size);

enum { MOST = 256 };

static atomic_long count, n_aligned;
static size_t aligned[MOST];

void *malloc(size_t size)
{
    count++;
    return __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    count++;
    return __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    count++;
    return __libc_realloc(old, size);
}

void *aligned_alloc(size_t align, size_t size)
{
    long at = n_aligned++;
    count++;
    if (at < MOST)
        aligned[at] = size;
    return __libc_memalign(align, size);
}

__attribute__((destructor)) static void report(void)
{
    fprintf(stderr, "allocations %ld\n", (long)count);
    for (long i = 0; i < n_aligned && i < MOST; i++)
        fprintf(stderr, "aligned %zu\n", aligned[i]);
}
