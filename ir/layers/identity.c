/* identity.c: layers that pass their input on: Identity, and ActivityRegularization, whose penalty is of
 * penalties.c. */
#include "ir/layers/build_internal.h"

bool build_Identity(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    (void)cx;
    (void)layer;
    nnl_assert(n_in == 1);
    *out = in[0];
    return true;
}

bool build_ActivityRegularization(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in,
                                  Flow *out)
{
    return build_Identity(cx, layer, in, n_in, out);
}
