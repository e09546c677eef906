/* dot.h: --emit=dot. */
#ifndef NNLC_DRIVER_DOT_H
#define NNLC_DRIVER_DOT_H

#include "runtime/abi/image.h"
#include "support/strbuf.h"

/* The models of a program as a graph for Graphviz: `dot -Tsvg`. */
void dot_print(StrBuf *out, const ImgProgram *p);

#endif
