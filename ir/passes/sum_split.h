/* sum_split.h: the order of sums, from shapes alone (docs/ir.md, Sums). */
#ifndef NNLC_IR_PASSES_SUM_SPLIT_H
#define NNLC_IR_PASSES_SUM_SPLIT_H

#include "ir/graph/graph.h"

/* Goes into checkpoints: another version may round otherwise. */
enum { SUM_SPLIT_VERSION = 2 };

/* The split of an op with the trait SUMS and a `sum` attribute. */
SumSplit sum_split_of(const Graph *g, const Node *n);

#endif
