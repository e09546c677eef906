/* thin.h: points that the eye cannot tell apart, left out. */
#ifndef NNLC_RUNTIME_PLOT_THIN_H
#define NNLC_RUNTIME_PLOT_THIN_H

#include <stdint.h>

#include "runtime/plot/canvas.h"

/* Points of a line, in place: of those that follow each other within a column of this width, the first, the least,
 * the largest and the last stay. Returns how many. */
int64_t rt_thin_line(int64_t n, double *xy, double column);

/* Marks within a box, in place: of those within a cell of this width and height one stays, at the middle of the cell.
 * They are ordered by how many their cell had, then by place: counts[k] of them stand for one, two, three to four ...
 * points. Returns how many; -1: no memory. */
enum { RT_THIN_CLASSES = 4 };
int64_t rt_thin_marks(int64_t n, double *xy, RtBox box, double cell,
                      int64_t counts[RT_THIN_CLASSES]);

#endif
