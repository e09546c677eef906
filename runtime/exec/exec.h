/* exec.h: runs entries (phase tables) on a pool of threads that lives as long as the program.
 *
 * A pool of T threads deals the units of every phase in T contiguous shares; results never depend on
 * T. The caller's thread is share 0. Between two batches workers spin for a short while and then
 * sleep; where there are more threads than processors they do not spin. */
#ifndef NNLC_RUNTIME_EXEC_EXEC_H
#define NNLC_RUNTIME_EXEC_EXEC_H

#include <stdbool.h>
#include <stddef.h>

#include "runtime/abi/phase.h"

typedef struct RtPool RtPool;

/* threads >= 1. NULL if threads cannot be had: errno says why. */
RtPool *rt_pool_open(int threads);
/* The pool may leave the other threads asleep where the steps of an entry are faster so (choice.h). For a
 * number of threads that nobody asked for. All entries that it will run are among these n; false if
 * memory is short. */
bool rt_pool_choose(RtPool *pool, const NnlEntry *entries, uint32_t n);
int rt_pool_threads(const RtPool *pool);
void rt_pool_close(RtPool *pool);
/* The processors this process may use. */
int rt_processors(void);

/* One step of an entry with a block of states and an arena. pool NULL: by the calling thread alone; such steps may run
 * side by side, each with a block, an arena and a scratch of its own. `scratch`: entry->scratch_bytes for each thread, one after another, rounded up to
 * rt_scratch_stride. Allocates nothing. */
void rt_entry_run(RtPool *pool, const NnlEntry *entry, void *state, void *arena, void *scratch,
                  const NnlIo *io, const NnlScalar *scalars);
size_t rt_scratch_stride(const NnlEntry *entry);

#endif
