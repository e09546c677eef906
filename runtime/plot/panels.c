/* panels.c: curves in panels. */
#include "runtime/plot/kinds.h"

void rt_panels_size(const RtCanvas *c, const RtFigure *f, double *width, double *height)
{
    (void)c;
    (void)f;
    *width = 640;
    *height = 400;
}

void rt_panels_draw(RtCanvas *c, const RtFigure *f, RtBox page)
{
    double xy[] = {10, 10, 100, 80.55, 200, 30};
    rt_canvas_text(c, page.x + page.width / 2, 20, RT_ANCHOR_MIDDLE, RT_TEXT_TITLE, RT_COLOR_INK,
                   false, f->title ? f->title : "none <&>");
    rt_canvas_line(c, 3, xy, (RtPen){RT_COLOR_SERIES, 2, 1});
    rt_canvas_marks(c, 3, xy, RT_MARK_STAR, 10, RT_COLOR_SERIES + 1);
    rt_canvas_marks(c, 3, xy, RT_MARK_DOT, 4, RT_COLOR_SERIES + 2);
    uint8_t rgb[] = {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0};
    rt_canvas_image(c, (RtBox){300, 100, 100, 100}, 2, 2, rgb);
}
void rt_heat_map_size(const RtCanvas *c, const RtFigure *f, double *width, double *height)
{
    rt_panels_size(c, f, width, height);
}
void rt_heat_map_draw(RtCanvas *c, const RtFigure *f, RtBox page)
{
    rt_panels_draw(c, f, page);
}
