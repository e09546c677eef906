/* initializers.h: how weights start (runtime/abi/initializers.def), drawn in double, in logical order. */
#ifndef NNLC_RUNTIME_MATH_INITIALIZERS_H
#define NNLC_RUNTIME_MATH_INITIALIZERS_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/abi/status.h"

/* A weight's start. `name`: a row's id; arguments by name, choices as the index of their word; what is missing has the
 * row's default. */
typedef struct RtInit {
    const char *name;
    uint32_t n_args;
    const char *const *arg_names;
    const double *arg_values;
    uint32_t rank;
    const int64_t *dims;
    uint64_t seed;
    uint32_t stream;
} RtInit;

/* Is it drawn as a whole only? False: any range of elements can be drawn by itself. */
bool rt_init_is_whole(const RtInit *init);
/* Fills out[n] with the elements first .. first + n in row-major order. Fails where the shape does not suit (orthogonal
 * and identity need a matrix), or there is not enough memory. */
RtStatus rt_init_draw(const RtInit *init, int64_t first, int64_t n, double *out,
                      RtError *error) RT_MUST_USE;

#endif
