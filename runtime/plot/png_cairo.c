/* png_cairo.c: pictures as pixels, by Cairo and FreeType with a font that is part of the program: no font of the
 * system is looked for, so pictures are equal everywhere.
 *
 * A unit of the page is two pixels wide and high, so that letters and lines are sharp on any display; the file says
 * nothing about its size on paper. The page is a light one. */
#include <cairo-ft.h>
#include <cairo.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <math.h>
#include <stdlib.h>

#include "runtime/plot/canvas_format.h"
#include "runtime/plot/font.h"
#include "runtime/plot/png.h"

extern const unsigned char rt_plot_font[], rt_plot_font_end[];

enum { SCALE = 2, MOST_PIXELS = 32000 };

typedef struct Png {
    RtCanvas canvas;
    cairo_surface_t *surface;
    cairo_t *cr;
    cairo_font_face_t *font;
    double scale; /* pixels of a unit */
} Png;

static void set_color(Png *p, RtColor color)
{
    uint32_t rgb = rt_color_light(color);
    cairo_set_source_rgba(p->cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0,
                          (rgb & 255) / 255.0, p->canvas.opacity);
}

static void fill(Png *p, RtColor color)
{
    set_color(p, color);
    cairo_fill(p->cr);
}

static void stroke(Png *p, RtPen pen)
{
    int n;
    double lengths[4];
    const double *dashes = rt_dash_lengths(rt_pen_dash(pen), &n);
    for (int i = 0; i < n; i++)
        lengths[i] = dashes[i] * pen.width;
    cairo_set_dash(p->cr, lengths, n, 0);
    cairo_set_line_width(p->cr, pen.width);
    set_color(p, pen.color);
    cairo_stroke(p->cr);
}

static double near_page(double at)
{
    return fmax(-1e5, fmin(at, 1e5));
}

static void add_points(Png *p, int64_t n, const double *xy)
{
    cairo_move_to(p->cr, near_page(xy[0]), near_page(xy[1]));
    for (int64_t i = 1; i < n; i++)
        cairo_line_to(p->cr, near_page(xy[2 * i]), near_page(xy[2 * i + 1]));
}

static void png_rect(RtCanvas *c, RtBox b, RtColor color, RtPen edge)
{
    Png *p = (Png *)c;
    cairo_rectangle(p->cr, b.x, b.y, b.width, b.height);
    if (color != RT_COLOR_NONE) {
        set_color(p, color);
        cairo_fill_preserve(p->cr);
    }
    if (edge.color != RT_COLOR_NONE)
        stroke(p, edge);
    cairo_new_path(p->cr);
}

static void png_line(RtCanvas *c, int64_t n, const double *xy, RtPen pen)
{
    Png *p = (Png *)c;
    add_points(p, n, xy);
    if (n == 1)
        cairo_line_to(p->cr, xy[0], xy[1]);
    cairo_set_line_cap(p->cr, n == 1 ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    stroke(p, pen);
}

static void png_area(RtCanvas *c, int64_t n, const double *xy, RtColor color)
{
    Png *p = (Png *)c;
    add_points(p, n, xy);
    cairo_close_path(p->cr);
    fill(p, color);
}

static void add_mark(Png *p, double x, double y, RtMark mark, double size)
{
    double shape[20], half = size / 2;
    int corners = rt_mark_corners(mark, shape);
    if (mark == RT_MARK_SQUARE)
        cairo_rectangle(p->cr, x - half, y - half, size, size);
    cairo_new_sub_path(p->cr);
    if (mark == RT_MARK_DOT)
        cairo_arc(p->cr, x, y, half, 0, 6.283185307179586);
    for (int k = 0; k < corners; k++)
        cairo_line_to(p->cr, x + size * shape[2 * k], y + size * shape[2 * k + 1]);
    cairo_close_path(p->cr);
}

/* In parts: of all marks at once Cairo would first find where they overlap. */
static void png_marks(RtCanvas *c, int64_t n, const double *xy, RtMark mark, double size,
                      RtColor color)
{
    Png *p = (Png *)c;
    const int64_t part = 64;
    for (int64_t i = 0; i < n; i++) {
        add_mark(p, near_page(xy[2 * i]), near_page(xy[2 * i + 1]), mark, size);
        if (i % part == part - 1 || i == n - 1)
            fill(p, color);
    }
}

static void png_text(RtCanvas *c, double x, double y, RtAnchor anchor, RtTextStyle style,
                     RtColor color, bool turned, const char *text)
{
    Png *p = (Png *)c;
    double width = rt_canvas_text_width(c, style, text), before = anchor == RT_ANCHOR_END ? width
                                                                  : anchor == RT_ANCHOR_MIDDLE
                                                                      ? width / 2
                                                                      : 0;
    char *valid = rt_font_valid(text);
    c->failed = c->failed || !valid;
    cairo_save(p->cr);
    cairo_translate(p->cr, x, y);
    if (turned)
        cairo_rotate(p->cr, -1.5707963267948966);
    cairo_set_font_size(p->cr, rt_text_size(style));
    set_color(p, color);
    cairo_move_to(p->cr, -before, 0);
    if (valid)
        cairo_show_text(p->cr, valid);
    cairo_restore(p->cr);
    cairo_new_path(p->cr);
    free(valid);
}

static void png_image(RtCanvas *c, RtBox b, int64_t rows, int64_t columns, const uint8_t *rgb)
{
    Png *p = (Png *)c;
    if (rows > MOST_PIXELS || columns > MOST_PIXELS)
        return;
    cairo_surface_t *image =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)columns, (int)rows);
    unsigned char *data = cairo_image_surface_get_data(image);
    int stride = cairo_image_surface_get_stride(image);
    for (int64_t i = 0; data && i < rows * columns; i++) {
        uint32_t *to = (uint32_t *)(void *)(data + i / columns * stride) + i % columns;
        *to = (uint32_t)rgb[3 * i] << 16 | (uint32_t)rgb[3 * i + 1] << 8 | rgb[3 * i + 2];
    }
    cairo_surface_mark_dirty(image);
    cairo_save(p->cr);
    cairo_rectangle(p->cr, b.x, b.y, b.width, b.height);
    cairo_clip(p->cr);
    cairo_translate(p->cr, b.x, b.y);
    cairo_scale(p->cr, b.width / (double)columns, b.height / (double)rows);
    cairo_set_source_surface(p->cr, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(p->cr), CAIRO_FILTER_NEAREST);
    cairo_paint_with_alpha(p->cr, c->opacity);
    cairo_restore(p->cr);
    cairo_surface_destroy(image);
}

/* ---- the page ---- */

/* Cairo keeps a font after the last picture for some time, so it closes it, too. */
typedef struct Font {
    FT_Library library;
    FT_Face face;
} Font;

static void font_close(void *font)
{
    Font *f = font;
    if (f->face)
        FT_Done_Face(f->face);
    if (f->library)
        FT_Done_FreeType(f->library);
    free(f);
}

static bool open_font(Png *p)
{
    static const cairo_user_data_key_t key;
    Font *f = calloc(1, sizeof *f);
    if (!f)
        return false;
    bool good = FT_Init_FreeType(&f->library) == 0 &&
                FT_New_Memory_Face(f->library, rt_plot_font, rt_plot_font_end - rt_plot_font, 0,
                                   &f->face) == 0;
    if (good)
        p->font =
            cairo_ft_font_face_create_for_ft_face(f->face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
    if (good && cairo_font_face_set_user_data(p->font, &key, f, font_close) == CAIRO_STATUS_SUCCESS)
        return true;
    font_close(f);
    return false;
}

/* A page that would be larger than Cairo's pixels reach is drawn smaller. */
static void png_page(RtCanvas *c)
{
    Png *p = (Png *)c;
    p->scale = fmin(SCALE, MOST_PIXELS / fmax(c->width, c->height));
    p->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(p->scale * c->width),
                                            (int)ceil(p->scale * c->height));
    p->cr = cairo_create(p->surface);
    c->failed = cairo_status(p->cr) != CAIRO_STATUS_SUCCESS || !open_font(p);
    if (c->failed)
        return;
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(p->cr, options);
    cairo_font_options_destroy(options);
    cairo_scale(p->cr, p->scale, p->scale);
    cairo_set_font_face(p->cr, p->font);
    cairo_set_line_join(p->cr, CAIRO_LINE_JOIN_ROUND);
    set_color(p, RT_COLOR_PAPER);
    cairo_paint(p->cr);
}

static cairo_status_t put_bytes(void *out, const unsigned char *bytes, unsigned n)
{
    return fwrite(bytes, 1, n, out) == n ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void png_finish(RtCanvas *c, FILE *out)
{
    Png *p = (Png *)c;
    c->failed =
        cairo_surface_write_to_png_stream(p->surface, put_bytes, out) != CAIRO_STATUS_SUCCESS;
}

static void png_close(RtCanvas *c)
{
    Png *p = (Png *)c;
    if (p->cr)
        cairo_destroy(p->cr);
    if (p->surface)
        cairo_surface_destroy(p->surface);
    if (p->font)
        cairo_font_face_destroy(p->font);
    free(p);
}

static RtCanvas *png_open(void)
{
    static const RtCanvasFormat format = {.page = png_page,
                                          .rect = png_rect,
                                          .line = png_line,
                                          .area = png_area,
                                          .marks = png_marks,
                                          .text = png_text,
                                          .image = png_image,
                                          .finish = png_finish,
                                          .close = png_close};
    Png *p = calloc(1, sizeof *p);
    if (p)
        rt_canvas_init(&p->canvas, &format);
    return p ? &p->canvas : NULL;
}

const RtPlotCairo rt_plot_cairo = {png_open};
