/* figure.c: a figure, laid out by its kind on a canvas of the format that is wanted. */
#include "runtime/plot/figure.h"

#include <errno.h>
#include <string.h>

#include "runtime/abi/picture_formats.h"
#include "runtime/files/atomic.h"
#include "runtime/plot/canvas_format.h"
#include "runtime/plot/kinds.h"
#include "runtime/plot/png.h"
#include "runtime/plot/terminal.h"

static const struct {
    RtKindSize *size;
    RtKindDraw *draw;
} kinds[] = {
    [RT_FIGURE_panels] = {rt_panels_size, rt_panels_draw},
    [RT_FIGURE_heat_map] = {rt_heat_map_size, rt_heat_map_draw},
    [RT_FIGURE_pictures] = {rt_pictures_size, rt_pictures_draw},
    [RT_FIGURE_diagram] = {rt_diagram_size, rt_diagram_draw},
};

static RtCanvas *open_canvas(RtPictureFormat format)
{
    return format == RT_PICTURE_png ? rt_png_open() : rt_svg_open();
}

RtStatus rt_figure_check(const char *path, RtError *error)
{
    char buf[64];
    RtPictureFormat format = rt_picture_format_of(path);
    if (format == RT_N_PICTURES)
        return rt_fail(error, "'%s' is not the name of a picture (%s)", path,
                       rt_picture_formats_text(buf, sizeof buf));
    if (format == RT_PICTURE_png && !rt_png_is_there()) {
        RtStatus status =
            rt_fail(error, "cannot write '%s': this program was compiled without Cairo", path);
        rt_fail_help(error, "compile it with --with=png, or write an .svg file");
        return status;
    }
    return RT_OK;
}

bool rt_figure_draw(RtCanvas *c, const RtFigure *f)
{
    double width = 0, height = 0;
    if (!c)
        return false;
    kinds[f->kind].size(c, f, &width, &height);
    rt_canvas_page(c, width, height);
    if (!c->failed)
        kinds[f->kind].draw(c, f, (RtBox){0, 0, c->width, c->height});
    return !c->failed;
}

RtStatus rt_figure_write(const RtFigure *f, const char *path, RtError *error)
{
    RtFile file;
    RtStatus status = rt_figure_check(path, error);
    if (status != RT_OK)
        return status;
    RtCanvas *c = open_canvas(rt_picture_format_of(path));
    if (!rt_figure_draw(c, f))
        status = rt_fail(error, "cannot write '%s': %s", path, strerror(ENOMEM));
    if (status == RT_OK)
        status = rt_file_begin(path, &file, error);
    if (status == RT_OK) {
        c->format->finish(c, file.out);
        if (c->failed) {
            rt_file_abandon(&file);
            status = rt_fail(error, "cannot write '%s': %s", path, strerror(ENOMEM));
        } else {
            status = rt_file_commit(&file, error);
        }
    }
    rt_canvas_close(c);
    return status;
}

RtStatus rt_figure_print(const RtFigure *f, FILE *out, RtError *error)
{
    RtCanvas *c = rt_terminal_open(rt_terminal_mode(out));
    RtStatus status = rt_figure_draw(c, f)
                          ? RT_OK
                          : rt_fail(error, "cannot draw in the terminal: %s", strerror(ENOMEM));
    if (status == RT_OK)
        c->format->finish(c, out);
    rt_canvas_close(c);
    return status;
}
