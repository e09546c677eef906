/* Pictures against those that are kept in tests/plot: .svg and terminals as text. Random figures in all formats, sizes
 * of files, points that are left out, bins.
 *
 * With "--write" it makes the kept pictures again (tests/plot/make.sh); with "--random N FOLDER" it writes N random
 * figures as .svg (tests/plot/xml.test); "--time NAME .svg N" says how long one takes. */
#include <math.h>
#include <time.h>

#include "runtime/abi/shown.h"
#include "runtime/abi/shown.h"
#include "runtime/plot/canvas_format.h"
#include "runtime/plot/font.h"
#include "runtime/plot/kinds.h"
#include "runtime/plot/png_stored.h"
#include "runtime/plot/series.h"
#include "runtime/plot/shades.h"
#include "runtime/plot/terminal.h"
#include "runtime/plot/thin.h"
#include "tests/unit/check.h"
#include "tests/unit/plot_figures.h"
#include "tests/unit/plot_random.h"

/* What a canvas shows of a figure, in malloc memory. */
static char *text_of(RtCanvas *c, const RtFigure *f, size_t *n)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, n);
    if (!out || !c)
        abort();
    CHECK(rt_figure_draw(c, f));
    c->format->finish(c, out);
    fclose(out);
    rt_canvas_close(c);
    return text;
}

static RtCanvas *canvas_of(const char *ending)
{
    if (!strcmp(ending, ".svg"))
        return rt_svg_open();
    return rt_terminal_open((RtTerminalMode){80, !strcmp(ending, ".txt"), RT_TERMINAL_NO_COLORS});
}

/* ---- kept pictures ---- */

static char *read_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);
    if (in && text)
        text[fread(text, 1, (1 << 20) - 1, in)] = 0;
    if (in)
        fclose(in);
    return text;
}

static void keep(const char *path, const char *text, size_t n)
{
    FILE *out = fopen(path, "wb");
    if (!out || fwrite(text, 1, n, out) != n || fclose(out) != 0)
        perror(path);
}

static void check_file(const char *folder, const char *name, const char *ending, bool write)
{
    char path[128];
    size_t n;
    snprintf(path, sizeof path, "%s/%s%s", folder, name, ending);
    RtFigure f = figure_named(name);
    char *text = text_of(canvas_of(ending), &f, &n), *expected = read_file(path);
    if (write)
        keep(path, text, n);
    else if (!CHECK(expected && !strcmp(text, expected)))
        fprintf(stderr, "%s is another picture\n", path);
    free(text);
    free(expected);
}

static void check_kept(bool write)
{
    static const char *const kept[] = {"history",  "curves",  "scatter",   "bars",
                                       "hist",     "awkward", "confusion", "correlation",
                                       "pictures", "colors",  "weights",   "network"};
    static const char *const endings[] = {".svg", ".txt", ".ascii"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        for (size_t k = 0; k < sizeof endings / sizeof *endings; k++)
            check_file("tests/plot", kept[i], endings[k], write);
}

/* What docs/pictures.md shows. */
static void check_shown(bool write)
{
    static const char *const shown[] = {"history",  "runs",      "scatter",     "bars",
                                        "hist",     "confusion", "correlation", "network",
                                        "pictures", "weights"};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        check_file("docs/pictures", shown[i], ".svg", write);
}

/* ---- sizes ---- */

static void check_sizes(void)
{
    static const struct {
        const char *name;
        size_t most;
    } rows[] = {{"cloud", 1000000},   {"large_matrix", 300000}, {"runs", 120000},
                {"thousand", 150000}, {"many_bars", 1000000},   {"many_pictures", 750000}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t n;
        RtFigure f = figure_named(rows[i].name);
        char *text = text_of(rt_svg_open(), &f, &n);
        if (!CHECK(n < rows[i].most && n > 10000))
            fprintf(stderr, "%s: %zu bytes\n", rows[i].name, n);
        free(text);
    }
}

/* ---- random figures ---- */

/* No line is wider than the terminal, and bytes that are no UTF-8 come out as others. */
static void check_lines(const char *text, int columns, uint64_t seed)
{
    int column = 0;
    for (uint32_t c; (c = *text == '\n' ? '\n' : rt_font_next(&text));) {
        if (c == '\n') {
            column = 0;
            text++;
            continue;
        }
        column += rt_code_columns(c);
        if (column > columns) {
            CHECK(column <= columns);
            fprintf(stderr, "random %llu is wider than %d\n", (unsigned long long)seed, columns);
            return;
        }
    }
    CHECK(true);
}

static void check_random(uint64_t first, uint64_t n)
{
    RandomFigure *random = malloc(sizeof *random);
    for (uint64_t seed = first; random && seed < first + n; seed++) {
        size_t size;
        RtFigure f = random_figure(random, seed, seed % 3 > 0);
        char *text = text_of(rt_svg_open(), &f, &size);
        CHECK(size > 100 && !memcmp(text + size - 7, "</svg>\n", 7) && strlen(text) == size);
        free(text);
        int columns = 40 + (int)(seed % 100);
        text = text_of(rt_terminal_open((RtTerminalMode){columns, seed % 2, RT_TERMINAL_NO_COLORS}),
                       &f, &size);
        check_lines(text, columns, seed);
        free(text);
        text = text_of(rt_terminal_open((RtTerminalMode){
                           columns, true, seed % 2 ? RT_TERMINAL_256 : RT_TERMINAL_TRUE_COLORS}),
                       &f, &size);
        CHECK(size > 0);
        free(text);
    }
    free(random);
}

static int write_random(uint64_t n, const char *folder)
{
    RandomFigure *random = malloc(sizeof *random);
    RtError error;
    for (uint64_t seed = 0; random && seed < n; seed++) {
        char path[512];
        RtFigure f = random_figure(random, seed, true);
        snprintf(path, sizeof path, "%s/%llu.svg", folder, (unsigned long long)seed);
        if (rt_figure_write(&f, path, &error) != RT_OK) {
            fprintf(stderr, "%s\n", error.text);
            return 1;
        }
    }
    free(random);
    return 0;
}

/* For bench/plot.py: milliseconds of a picture and its bytes, without the file. */
static int time_figure(const char *name, const char *ending, int times)
{
    struct timespec begin, end;
    size_t n = 0;
    RtFigure f = figure_named(name);
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (int i = 0; i < times; i++)
        free(text_of(canvas_of(ending), &f, &n));
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds =
        (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
    printf("%.3f %zu\n", 1e3 * seconds / times, n);
    return 0;
}

/* ---- parts ---- */

static void check_thinning(void)
{
    enum { N = 100000 };
    static double xy[2 * N];
    uint64_t seed = 3;
    double least[100], most[100];
    for (int i = 0; i < 100; i++) {
        least[i] = INFINITY;
        most[i] = -INFINITY;
    }
    for (int i = 0; i < N; i++) {
        xy[2 * i] = i * 100.0 / N;
        xy[2 * i + 1] = figure_normal(&seed);
        int column = (int)xy[2 * i];
        least[column] = fmin(least[column], xy[2 * i + 1]);
        most[column] = fmax(most[column], xy[2 * i + 1]);
    }
    int64_t n = rt_thin_line(N, xy, 1);
    CHECK(n <= 400 && n >= 200);
    for (int64_t i = 0; i < n; i++) {
        int column = (int)xy[2 * i];
        least[column] = xy[2 * i + 1] == least[column] ? INFINITY : least[column];
        most[column] = xy[2 * i + 1] == most[column] ? -INFINITY : most[column];
        CHECK(i == 0 || xy[2 * i] >= xy[2 * i - 2]);
    }
    for (int i = 0; i < 100; i++)
        CHECK(isinf(least[i]) && isinf(most[i]));
    CHECK(xy[0] == 0 && xy[2 * n - 2] > 99.99);
}

static void check_marks(void)
{
    double xy[] = {1.1, 1.1, 1.2, 1.2, 5, 5, 1.3, 1.4, 9.9, 0.1, 5.1, 5.2};
    int64_t counts[RT_THIN_CLASSES];
    CHECK_EQ_INT(rt_thin_marks(6, xy, (RtBox){0, 0, 10, 10}, 0.5, counts), 3);
    CHECK_EQ_INT(counts[0], 1); /* by itself */
    CHECK_EQ_INT(counts[1], 1); /* two */
    CHECK_EQ_INT(counts[2], 1); /* three */
    CHECK_EQ_INT(counts[3], 0);
    CHECK(xy[0] == 9.75 && xy[1] == 0.25 && xy[4] == 1.25 && xy[5] == 1.25);
}

/* As numpy.histogram_bin_edges(values, "auto") of NumPy 2.4 has them. */
static void check_bins(void)
{
    static double values[1000], edges[RT_MOST_BINS + 1];
    for (int i = 0; i < 1000; i++)
        values[i] = (double)((i * 7919) % 1000) / 1000 * ((i * 7919) % 1000) / 1000;
    CHECK_EQ_INT(rt_bins_make(1000, values, edges), 11);
    CHECK(edges[0] == 0 && edges[11] == 0.998001);
    for (int i = 0; i < 1000; i++)
        values[i] = i % 4;
    CHECK_EQ_INT(rt_bins_make(1000, values, edges), 3);
    double two[] = {2, 2}, far[] = {-1e308, 1e308};
    CHECK_EQ_INT(rt_bins_make(2, two, edges), 1);
    CHECK(edges[0] == 1.5 && edges[1] == 2.5);
    CHECK_EQ_INT(rt_bins_make(2, far, edges), 1);
    for (int i = 0; i < 1000; i++)
        values[i] = i == 999 ? 1e12 : i * 1e-3;
    CHECK(rt_bins_make(1000, values, edges) <= RT_MOST_BINS);
}

static void check_texts(void)
{
    char out[32];
    RtCanvas *c = rt_svg_open();
    CHECK(fabs(rt_font_width("0") - 0.636) < 1e-9 && fabs(rt_font_width("W") - 0.989) < 1e-9);
    CHECK(rt_font_width("\xff") > 0 && rt_font_width("") == 0);
    CHECK_STR(rt_canvas_cut(c, RT_TEXT_LABEL, "val_loss", 1000, out, sizeof out), "val_loss");
    CHECK_STR(rt_canvas_cut(c, RT_TEXT_LABEL, "val_loss", 40, out, sizeof out), "val_l...");
    CHECK_STR(rt_canvas_cut(c, RT_TEXT_LABEL, "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4", 1000, out, 8),
              "\xc3\xa4\xc3\xa4...");
    CHECK_STR(rt_canvas_cut(c, RT_TEXT_LABEL, "val_loss", 1, out, sizeof out), "...");
    rt_canvas_close(c);
    CHECK_EQ_INT(rt_shade(0, 0, 1, false), 0xf3f7fb);
    CHECK_EQ_INT(rt_shade(0, -1, 1, true), 0xf5f5f5);
    CHECK_EQ_INT(rt_shade(INFINITY, -1e308, 1e308, true), 0xa33c00);
    CHECK_EQ_INT(rt_shade_ink(0xffffff), 0);
}

static void check_errors(void)
{
    RtError error;
    RtFigure f = figure_named("correlation");
    CHECK(rt_figure_check("a.svg", &error) == RT_OK);
    CHECK(rt_figure_check("a.jpg", &error) == RT_ERROR);
    CHECK_STR(error.text, "'a.jpg' is not the name of a picture (.svg .png)");
    CHECK(rt_figure_check(".svg", &error) == RT_ERROR);
    CHECK(rt_figure_write(&f, "no/such/folder.svg", &error) == RT_ERROR);
    CHECK_STR(error.text, "cannot write 'no/such/folder.svg': No such file or directory");
    CHECK(rt_figure_check("a.png", &error) == RT_ERROR); /* this program is linked without Cairo */
    CHECK_STR(error.text, "cannot write 'a.png': this program was compiled without Cairo");
    CHECK_STR(error.help, "compile it with --with=png, or write an .svg file");
}

int main(int argc, char **argv)
{
    if (argc > 3 && !strcmp(argv[1], "--random"))
        return write_random(strtoull(argv[2], NULL, 10), argv[3]);
    if (argc > 4 && !strcmp(argv[1], "--time"))
        return time_figure(argv[2], argv[3], atoi(argv[4]));
    bool write = argc > 1 && !strcmp(argv[1], "--write");
    check_kept(write);
    check_shown(write);
    if (write)
        return 0;
    check_sizes();
    check_random(0, 150);
    check_thinning();
    check_marks();
    check_bins();
    check_texts();
    check_errors();
    return check_done();
}
