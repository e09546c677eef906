/* initializers.h: how weights start (runtime/abi/initializers.def), drawn in double, in logical order. */
#ifndef NNLC_RUNTIME_MATH_INITIALIZERS_H
#define NNLC_RUNTIME_MATH_INITIALIZERS_H

#include <stdint.h>

#include "runtime/abi/status.h"

/* Fills out[product of dims], row-major. `name`: a row's id; arguments by name, choices as the index of
 * their word; what is missing has the row's default. Fails where the shape does not suit (orthogonal
 * and identity need a matrix) or there is not enough memory. */
RtStatus rt_init_named(const char *name, uint32_t n_args, const char *const *arg_names,
                       const double *arg_values, uint32_t rank, const int64_t *dims, uint64_t seed,
                       uint32_t stream, double *out, RtError *error) RT_MUST_USE;

#endif
