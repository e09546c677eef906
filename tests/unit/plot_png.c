/* Pictures as .png, where there is Cairo: against those that are kept in tests/plot, and random ones.
 * links: cairo freetype
 *
 * With "--write" it makes the kept pictures again (tests/plot/make.sh). Pixels may differ a little: versions of Cairo and
 * FreeType smooth edges in ways that differ. */
#include <cairo.h>
#include <unistd.h>

#include "runtime/plot/canvas_format.h"
#include "runtime/plot/kinds.h"
#include "runtime/plot/png.h"
#include "tests/unit/check.h"
#include "tests/unit/plot_figures.h"
#include "tests/unit/plot_random.h"

typedef struct Difference {
    double mean;   /* of all channels of all pixels, of 255 */
    double strong; /* part of the pixels that differ by more than 48 */
} Difference;

static int channel(const unsigned char *row, int x, int k)
{
    uint32_t pixel;
    memcpy(&pixel, row + 4 * (size_t)x, sizeof pixel);
    return (int)(pixel >> (8 * k) & 255);
}

/* Of pictures of other sizes: everything. */
static Difference compare(cairo_surface_t *a, cairo_surface_t *b)
{
    int width = cairo_image_surface_get_width(a), height = cairo_image_surface_get_height(a);
    double sum = 0, strong = 0;
    if (!width || width != cairo_image_surface_get_width(b) ||
        height != cairo_image_surface_get_height(b))
        return (Difference){255, 1};
    for (int y = 0; y < height; y++) {
        const unsigned char *p =
            cairo_image_surface_get_data(a) + (size_t)y * (size_t)cairo_image_surface_get_stride(a);
        const unsigned char *q =
            cairo_image_surface_get_data(b) + (size_t)y * (size_t)cairo_image_surface_get_stride(b);
        for (int x = 0; x < width; x++) {
            int most = 0;
            for (int k = 0; k < 3; k++) {
                int apart = abs(channel(p, x, k) - channel(q, x, k));
                most = apart > most ? apart : most;
                sum += apart;
            }
            strong += most > 48;
        }
    }
    return (Difference){sum / (3.0 * width * height), strong / ((double)width * height)};
}

static Difference compare_files(const char *one, const char *other)
{
    cairo_surface_t *a = cairo_image_surface_create_from_png(one),
                    *b = cairo_image_surface_create_from_png(other);
    Difference d = compare(a, b);
    cairo_surface_destroy(a);
    cairo_surface_destroy(b);
    return d;
}

static void check_kept(bool write)
{
    static const char *const kept[] = {"curves", "hist", "correlation"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        char path[64], made[64];
        RtError error;
        RtFigure f = figure_named(kept[i]);
        snprintf(path, sizeof path, "tests/plot/%s.png", kept[i]);
        snprintf(made, sizeof made, "/tmp/nnlc-%s-%ld.png", kept[i], (long)getpid());
        CHECK(rt_figure_write(&f, write ? path : made, &error) == RT_OK);
        if (write)
            continue;
        Difference d = compare_files(path, made);
        if (!CHECK(d.mean < 0.5 && d.strong < 0.002))
            fprintf(stderr,
                    "%s differs by %.3f on average, and strongly in a part of %.5f; %s is kept\n",
                    path, d.mean, d.strong, made);
        else
            unlink(made);
    }
}

/* The comparison sees what is wrong: another picture, one word. */
static void check_comparison(void)
{
    Difference d = compare_files("tests/plot/curves.png", "tests/plot/hist.png");
    CHECK(d.mean > 2 && d.strong > 0.02);
    d = compare_files("tests/plot/curves.png", "tests/plot/correlation.png");
    CHECK(d.mean == 255);
}

static void check_random(void)
{
    RandomFigure *random = malloc(sizeof *random);
    for (uint64_t seed = 0; random && seed < 40; seed++) {
        char *text = NULL;
        size_t n = 0;
        FILE *out = open_memstream(&text, &n);
        RtFigure f = random_figure(random, seed, seed % 3 > 0);
        RtCanvas *c = rt_png_open();
        CHECK(out && c && rt_figure_draw(c, &f));
        c->format->finish(c, out);
        CHECK(!c->failed);
        rt_canvas_close(c);
        fclose(out);
        CHECK(n > 200 && !memcmp(text, "\x89PNG", 4));
        free(text);
    }
    free(random);
}

int main(int argc, char **argv)
{
    bool write = argc > 1 && !strcmp(argv[1], "--write");
    const RtPlotCairo *cairo = &rt_plot_cairo; /* takes it into this program */
    CHECK(cairo->open && rt_png_is_there());
    check_kept(write);
    if (write)
        return 0;
    check_comparison();
    check_random();
    cairo_debug_reset_static_data();
    return check_done();
}
