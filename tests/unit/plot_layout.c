/* Where pictures put their texts: on the page, and none over another. A canvas that notes them stands for all formats;
 * terminals lay out the same in cells. */
#include <math.h>

#include "runtime/plot/canvas_format.h"
#include "runtime/plot/font.h"
#include "runtime/plot/kinds.h"
#include "tests/unit/check.h"
#include "tests/unit/plot_figures.h"
#include "tests/unit/plot_random.h"

enum { MOST_TEXTS = 4000 };

typedef struct Noting {
    RtCanvas canvas;
    int n;
    RtBox box[MOST_TEXTS];
    char text[MOST_TEXTS][40];
    int64_t points;
} Noting;

static void note_rect(RtCanvas *c, RtBox box, RtColor fill, RtPen edge)
{
    (void)edge;
    (void)fill;
    CHECK(isfinite(box.x) && isfinite(box.y) && box.x >= -1 && box.x + box.width < c->width + 1);
}

static void note_line(RtCanvas *c, int64_t n, const double *xy, RtPen pen)
{
    (void)pen;
    ((Noting *)c)->points += n;
    for (int64_t i = 0; i < n; i++)
        if (!CHECK(xy[2 * i] >= -1 && xy[2 * i] <= c->width + 1 && xy[2 * i + 1] >= -1 &&
                   xy[2 * i + 1] <= c->height + 1))
            break;
}

static void note_area(RtCanvas *c, int64_t n, const double *xy, RtColor fill)
{
    note_line(c, n, xy, (RtPen){fill, 1, 0});
}

static void note_marks(RtCanvas *c, int64_t n, const double *xy, RtMark mark, double size,
                       RtColor color)
{
    (void)mark;
    (void)size;
    note_line(c, n, xy, (RtPen){color, 1, 0});
}

static void note_text(RtCanvas *c, double x, double y, RtAnchor anchor, RtTextStyle style,
                      RtColor color, bool turned, const char *text)
{
    Noting *t = (Noting *)c;
    double width = rt_canvas_text_width(c, style, text), size = rt_text_size(style);
    double before = anchor == RT_ANCHOR_END ? width : anchor == RT_ANCHOR_MIDDLE ? width / 2 : 0;
    (void)color;
    if (t->n == MOST_TEXTS)
        return;
    t->box[t->n] = turned ? (RtBox){x - 0.72 * size, y - width + before, 0.72 * size, width}
                          : (RtBox){x - before, y - 0.72 * size, width, 0.72 * size};
    snprintf(t->text[t->n++], sizeof t->text[0], "%s", text);
}

static void note_image(RtCanvas *c, RtBox box, int64_t rows, int64_t columns, const uint8_t *rgb)
{
    (void)rgb;
    CHECK(box.x >= 0 && box.x + box.width <= c->width && rows > 0 && columns > 0);
}

static void note_page(RtCanvas *c)
{
    CHECK(c->width > 0 && c->width < 20000 && c->height > 0 && c->height < 20000);
}

static Noting *noting_open(void)
{
    static const RtCanvasFormat format = {.page = note_page,
                                          .rect = note_rect,
                                          .line = note_line,
                                          .area = note_area,
                                          .marks = note_marks,
                                          .text = note_text,
                                          .image = note_image};
    Noting *t = calloc(1, sizeof *t);
    if (!t)
        abort();
    rt_canvas_init(&t->canvas, &format);
    return t;
}

static bool overlap(RtBox a, RtBox b)
{
    const double least = 0.5;
    return a.x + least < b.x + b.width && b.x + least < a.x + a.width &&
           a.y + least < b.y + b.height && b.y + least < a.y + a.height;
}

static void check_texts(const Noting *t, const char *name, uint64_t seed)
{
    for (int i = 0; i < t->n; i++) {
        RtBox b = t->box[i];
        bool inside = b.x >= -0.5 && b.y >= -0.5 && b.x + b.width <= t->canvas.width + 0.5 &&
                      b.y + b.height <= t->canvas.height + 0.5;
        if (!CHECK(inside))
            fprintf(stderr, "%s %llu: '%s' at %g %g, %g x %g on %g x %g\n", name,
                    (unsigned long long)seed, t->text[i], b.x, b.y, b.width, b.height,
                    t->canvas.width, t->canvas.height);
        for (int k = 0; k < i; k++)
            if (overlap(b, t->box[k]) && !CHECK(false))
                fprintf(stderr, "%s %llu: '%s' over '%s'\n", name, (unsigned long long)seed,
                        t->text[i], t->text[k]);
    }
}

static void check_figure(const RtFigure *f, const char *name, uint64_t seed)
{
    Noting *t = noting_open();
    CHECK(rt_figure_draw(&t->canvas, f));
    check_texts(t, name, seed);
    free(t);
}

int main(int argc, char **argv)
{
    RandomFigure *random = malloc(sizeof *random);
    uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 0,
             n = argc > 2 ? strtoull(argv[2], NULL, 10) : 400;
    for (int i = 0; i < N_FIGURES; i++) {
        RtFigure f = figure_rows[i].make();
        check_figure(&f, figure_rows[i].name, 0);
    }
    for (uint64_t seed = first; random && seed < first + n; seed++) {
        RtFigure f = random_figure(random, seed, seed % 2);
        check_figure(&f, "random", seed);
    }
    free(random);
    return check_done();
}
