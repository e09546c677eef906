/* state.h: an instance's state block as the rest of the world sees it: logical, row-major values.
 *
 * state_get and state_set are the only ways to a state's elements outside generated code; where they
 * lie in the block (row-major, strip-packed) nobody else knows. */
#ifndef NNLC_RUNTIME_TRAIN_STATE_H
#define NNLC_RUNTIME_TRAIN_STATE_H

#include <stdbool.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/image.h"
#include "runtime/abi/roles.h"
#include "runtime/abi/status.h"
#include "runtime/abi/transforms.h"
#include "runtime/files/tensors.h"

/* What follows from its role. */
static inline const RoleRow *rt_state_role(const ImgState *s)
{
    return rt_role((StateRole)s->role);
}

/* Role fitted: of the transforms of the targets? */
static inline bool rt_is_of_targets(const ImgState *s)
{
    return s->stage >= RT_TARGET_STAGES;
}

/* Elements and bytes of the logical value. */
int64_t rt_state_count(const ImgState *s);
size_t rt_state_bytes(const ImgState *s);
/* Copies the whole value out of or into the block; `data` in the state's dtype, row-major. */
void rt_state_get(const ImgState *s, const void *block, void *data);
void rt_state_set(const ImgState *s, void *block, const void *data);
/* Sets it from the tensor of this name, which must be there with the same type and shape. */
RtStatus rt_state_take(const ImgState *s, void *block, const RtTensorFile *file, const char *name,
                       RtError *error) RT_MUST_USE;
/* The same as doubles (sets are rounded once). */
void rt_state_get_f64(const ImgState *s, const void *block, double *data);
void rt_state_set_f64(const ImgState *s, void *block, const double *data);
/* One element. Set rounds to floats, and saturates where a type of integers cannot hold the value. */
double rt_element_get(RtDtype dtype, const void *p);
void rt_element_set(RtDtype dtype, void *p, double v);
/* The elements of an f64 state that lies as its logical value does: of every one but slots of the shape of their weight. */
double *rt_state_plain(const ImgState *s, void *block);
/* Adds the squares, or the sizes, of the elements of a state to sums[i % columns], i being their places. */
void rt_state_column_sums(const ImgState *s, const void *block, bool squares, int64_t columns,
                          double *sums);
/* NULL if the instance has no state of this name. */
const ImgState *rt_state_named(const ImgInstance *m, const char *name);

/* Its initial value. */
RtStatus rt_state_start(const ImgState *s, void *block, uint64_t seed, const int64_t *seeds,
                        RtError *error);
/* Fills a zeroed block: weights by their initializers with the seed; those that an instance
 * before has, too, are left as they are. */
RtStatus rt_block_init(const ImgInstance *m, void *block, uint64_t seed, const int64_t *seeds,
                       RtError *error);
/* The states that a new compile resets: to 0, or to what its optimizer starts with; weights stay. */
void rt_slots_start(const ImgInstance *m, void *block, const ImgCommand *compile);

/* Those that begin anew with a fit. */
void rt_slots_begin_fit(const ImgInstance *m, void *block, const ImgCommand *compile);

/* After a fit, with so many steps since the compile: the weights become their moving averages, or change places with their
 * means, where the compile keeps them. True: they changed places. */
bool rt_averages_take(const ImgInstance *m, void *block, const ImgCommand *compile, int64_t steps);
/* They change back. */
void rt_averages_back(const ImgInstance *m, void *block, const ImgCommand *compile);

/* FNV-1a, 64 bits, over names, shapes and little-endian values of the weights, and of the fitted values if
 * there are such, in the order of their names; every NaN counts as one and the same. */
uint64_t rt_block_hash(const ImgInstance *m, const void *block, bool fitted, RtError *error);

#endif
