/* network.h: the layers of a model as a diagram: a box for each, nested models around theirs, arrows as the values
 * go. A layer that is used again has one box, as in Keras's pictures. */
#ifndef NNLC_RUNTIME_TRAIN_NETWORK_H
#define NNLC_RUNTIME_TRAIN_NETWORK_H

#include "runtime/abi/image.h"
#include "runtime/data/store.h"
#include "runtime/plot/figure.h"

/* What stands in the boxes. */
typedef struct RtNetworkShow {
    bool names, shapes, dtype, params, activations, trainable;
    bool expand_nested; /* the layers of nested models, too */
} RtNetworkShow;

typedef struct RtNetwork {
    RtDiagram diagram;
    RtDiagramBox *boxes;
    RtDiagramEdge *edges;
    const char **lines, **values;
    RtNames texts;
} RtNetwork;

/* The diagram points to texts of the model. Close it in any case. */
RtStatus rt_network(RtNetwork *net, const ImgInstance *m, const RtNetworkShow *show,
                    RtError *error) RT_MUST_USE;
void rt_network_close(RtNetwork *net);

#endif
