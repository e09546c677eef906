/* fit_text.h: texts that are cut where there is no room for them. */
#ifndef NNLC_RUNTIME_PLOT_FIT_TEXT_H
#define NNLC_RUNTIME_PLOT_FIT_TEXT_H

#include "runtime/plot/canvas.h"

enum { RT_FIT_TEXT = 512 }; /* bytes of what is shown of a text at most */

/* The text, or as much of it as is at most `width` units wide with "..." behind it. Returns out. */
const char *rt_fit_text(const RtCanvas *c, RtTextStyle style, const char *text, double width,
                        char out[RT_FIT_TEXT]);

#endif
