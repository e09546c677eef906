/* identity.c: Identity: passes its input on. */
#include "ir/layers/build_internal.h"

bool build_Identity(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    (void)cx;
    (void)layer;
    nnl_assert(n_in == 1);
    *out = in[0];
    return true;
}
