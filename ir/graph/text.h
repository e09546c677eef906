/* text.h: words that the printer and the reader of .nnir share. */
#ifndef NNLC_IR_GRAPH_TEXT_H
#define NNLC_IR_GRAPH_TEXT_H

#include "ir/graph/graph.h"

const char *part_name(Part part);
/* Attributes that the result's type says: not written, taken from behind the colon. */
bool attr_is_typed(Op op, unsigned attr);

#endif
