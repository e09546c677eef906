/* diagram_layout.h: where the boxes of a diagram lie: in one column, as wide as each other, frames around nested ones;
 * and the lanes on the right for arrows that do not go to the next box. */
#ifndef NNLC_RUNTIME_PLOT_DIAGRAM_LAYOUT_H
#define NNLC_RUNTIME_PLOT_DIAGRAM_LAYOUT_H

#include "runtime/plot/canvas.h"
#include "runtime/plot/figure.h"

enum { RT_NO_LANE = UINT32_MAX };
enum { RT_DIAGRAM_TEXT = 512 }; /* bytes of a head, at most */

/* Lengths that pages and terminals do not share. In a terminal edges take cells, and heads stand on them. */
typedef struct RtDiagramLook {
    bool cells;
    double margin;         /* of the page */
    double edge_x, edge_y; /* room that an edge takes */
    double pad_x, pad_y;   /* between edge and text */
    double head;           /* height of a head, its edge included */
    double row;            /* height of a row of facts */
    double gap;            /* between boxes; an arrow's length */
    double inset;          /* of what is in a frame */
    double lane;           /* from lane to lane */
    double space;          /* between names and values; twice that between columns */
} RtDiagramLook;

typedef struct RtDiagramLayout {
    const RtDiagram *d;
    RtDiagramLook look;
    uint32_t columns;         /* of facts, 1 or 2, ... */
    double name[2], value[2]; /* ... and how wide they are */
    double width, axis;       /* of a box without its frames; x of the arrows */
    uint32_t depth;           /* of the frames */
    RtBox *boxes;
    uint32_t n_lanes, *lanes; /* of every edge; RT_NO_LANE: straight down */
    double page_width, page_height;
} RtDiagramLayout;

/* False: no memory. Close it in any case. */
bool rt_diagram_layout(RtDiagramLayout *l, const RtCanvas *c, const RtDiagram *d);
void rt_diagram_layout_close(RtDiagramLayout *l);

/* "dense (Dense)". */
void rt_diagram_head(const RtDiagramBox *box, char *text, size_t size);
/* Rows of a box's facts: the second column goes on where the first ends. */
uint32_t rt_diagram_rows(const RtDiagramLayout *l, const RtDiagramBox *box);

#endif
