/* progress.c: Keras's progress bar, to the byte (20 cells of U+2501, estimate of what is left while
 * running, elapsed seconds at the end), and the line that verbose 2 prints. */
#include "runtime/train/progress.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/shown.h"

enum { BAR = 20, LINE = 4096 };

bool rt_takes_escapes(FILE *out)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fileno(out)) && !(no && *no) && !(term && !strcmp(term, "dumb"));
}

void rt_progress_begin(RtProgress *p, FILE *out, RtProgressStyle style, int64_t steps, double now)
{
    memset(p, 0, sizeof *p);
    p->out = out;
    p->style = style;
    p->steps = steps;
    p->start = now;
    p->last_draw = -1e9;
}

/* A text of visible characters beside escape codes, whose width is counted apart. What would make it
 * wider than `most` is left out. */
typedef struct Line {
    char text[LINE];
    size_t n;
    int width, most;
} Line;

static void add(Line *l, const char *s, int width)
{
    size_t n = strlen(s);
    if (l->n + n >= sizeof l->text || l->width + width > l->most)
        return;
    memcpy(l->text + l->n, s, n + 1);
    l->n += n;
    l->width += width;
}

static void add_text(Line *l, const char *s)
{
    add(l, s, rt_shown_columns(s));
}

/* Seconds as Keras shows what is left: 12s, 1:05, 1:02:05. */
static void clock_text(double seconds, char *text, size_t size)
{
    long s = (long)rt_to_i64(seconds);
    if (s > 3600)
        snprintf(text, size, "%ld:%02ld:%02ld", s / 3600, s % 3600 / 60, s % 60);
    else if (s > 60)
        snprintf(text, size, "%ld:%02ld", s / 60, s % 60);
    else
        snprintf(text, size, "%lds", s);
}

static void step_text(double seconds, char *text, size_t size)
{
    if (seconds >= 1 || seconds == 0)
        snprintf(text, size, "%.0fs/step", seconds);
    else if (seconds >= 1e-3)
        snprintf(text, size, "%.0fms/step", seconds * 1e3);
    else
        snprintf(text, size, "%.0fus/step", seconds * 1e6);
}

/* Mean time of a step; the first, which warms up, does not count once there are two. */
static double per_step(const RtProgress *p, double now)
{
    if (p->done > 1 && p->first_step > 0)
        return (now - p->first_step) / (double)(p->done - 1);
    return p->done ? (now - p->start) / (double)p->done : 0;
}

static void add_figures(Line *l, const RtMeasure *f, int n, bool by_size)
{
    char text[128];
    for (int i = 0; i < n; i++) {
        double value = isnan(f[i].value) ? fabs(f[i].value) : f[i].value; /* no "-nan" */
        double size = by_size ? fabs(value) : value;
        rt_show(text, sizeof text, size > 1e-3 || isnan(value) ? " - %s: %.4f" : " - %s: %.4e",
                f[i].name, value);
        add_text(l, text);
    }
}

static void add_bar(Line *l, const RtProgress *p)
{
    char text[64];
    int digits = snprintf(text, sizeof text, "%lld", (long long)p->steps);
    int full = p->steps ? (int)(BAR * p->done / p->steps) : BAR;
    add(l, "\033[1m", 0);
    snprintf(text, sizeof text, "%*lld/%lld", digits, (long long)p->done, (long long)p->steps);
    add_text(l, text);
    add(l, "\033[0m ", 1);
    if (full)
        add(l, "\033[32m", 0);
    for (int i = 0; i < full; i++)
        add(l, "━", 1);
    add(l, full ? "\033[0m\033[37m" : "\033[37m", 0);
    for (int i = full; i < BAR; i++)
        add(l, "━", 1);
    add(l, "\033[0m ", 1);
}

/* A line that is drawn again must not wrap: no way leads back over the end of a row. */
static int columns(FILE *out)
{
    struct winsize size;
    return ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1
                                                                         : INT_MAX;
}

static void draw(RtProgress *p, const RtMeasure *f, int n, double now, bool final)
{
    Line l = {.most = final ? INT_MAX : columns(p->out)};
    char time_text[64], step[64];
    double each = per_step(p, now), left = each * (double)(p->steps - p->done);
    if (final)
        snprintf(time_text, sizeof time_text, "%.0fs", now - p->start);
    else
        clock_text(left, time_text, sizeof time_text);
    step_text(each, step, sizeof step);
    add_bar(&l, p);
    add(&l, "\033[1m", 0);
    add_text(&l, time_text);
    add(&l, "\033[0m ", 1);
    add_text(&l, step);
    add_figures(&l, f, n, true);
    for (int i = 0; i < p->visible; i++)
        fputc('\b', p->out);
    fprintf(p->out, "\r%s", l.text);
    for (int i = l.width; i < p->visible; i++)
        fputc(' ', p->out);
    p->visible = l.width;
    if (final)
        fputc('\n', p->out);
    fflush(p->out);
    p->last_draw = now;
}

bool rt_progress_draws(const RtProgress *p, double now)
{
    return p->style == PROGRESS_bar && now - p->last_draw >= 0.05;
}

void rt_progress_step(RtProgress *p, int64_t done, const RtMeasure *figures, int n, double now)
{
    p->done = done;
    if (done == 1)
        p->first_step = now;
    if (rt_progress_draws(p, now))
        draw(p, figures, n, now, false);
}

void rt_progress_leave(RtProgress *p)
{
    if (p->visible)
        fputc('\n', p->out);
    p->visible = 0;
}

void rt_progress_end(RtProgress *p, const RtMeasure *figures, int n, double now)
{
    char text[128], step[64];
    Line l = {.most = INT_MAX};
    if (p->style == PROGRESS_silent)
        return;
    if (p->style == PROGRESS_bar) {
        draw(p, figures, n, now, true);
        p->visible = 0;
        return;
    }
    step_text(per_step(p, now), step, sizeof step);
    snprintf(text, sizeof text, "%lld/%lld - %.0fs - %s", (long long)p->done, (long long)p->steps,
             now - p->start, step);
    add_text(&l, text);
    add_figures(&l, figures, n, false);
    fprintf(p->out, "%s\n", l.text);
    fflush(p->out);
}
