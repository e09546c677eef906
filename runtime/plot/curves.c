/* curves.c: lines, marks and bars. */
#include "runtime/plot/curves.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/plot/canvas_format.h"
#include "runtime/plot/hidden.h"
#include "runtime/plot/thin.h"

enum { MANY_MARKS = 2000, N_NOTE_PLACES = 8 };
static const double column =
    0.5; /* what a line is thinned to: a pixel of a page shown twice as large */

/* ---- places ---- */

static double *place_points(const RtPanelView *v, const RtSeries *s, const double *y, int64_t *n)
{
    double *xy = malloc(((size_t)s->n + 1) * 2 * sizeof *xy);
    *n = 0;
    for (int64_t i = 0; xy && i < s->n; i++) {
        if (isnan(y[i]) && (v->of->kind != RT_CURVE_line || !*n || isnan(xy[2 * *n - 1])))
            continue;
        xy[2 * *n] = isnan(y[i]) ? NAN : rt_scale_at(&v->x, s->x[i]);
        xy[2 * (*n)++ + 1] = isnan(y[i])                 ? NAN
                             : v->of->log_y && y[i] <= 0 ? v->y.from
                                                         : rt_scale_at(&v->y, y[i]);
    }
    return xy;
}

/* Each part of a line by itself. */
static int64_t thin_parts(int64_t n, double *xy)
{
    int64_t kept = 0, begin = 0;
    for (int64_t i = 0; i <= n; i++) {
        if (i < n && !isnan(xy[2 * i + 1]))
            continue;
        int64_t count = i > begin ? rt_thin_line(i - begin, xy + 2 * begin, column) : 0;
        memmove(xy + 2 * kept, xy + 2 * begin, (size_t)count * 2 * sizeof *xy);
        kept += count;
        if (i < n) {
            xy[2 * kept] = NAN;
            xy[2 * kept++ + 1] = NAN;
        }
        begin = i + 1;
    }
    return kept;
}

static RtBox note_box(const RtCanvas *c, const RtNote *note, int place)
{
    static const double shift[N_NOTE_PLACES][2] = {{-0.5, -1}, {-0.5, 1}, {0, -1}, {-0.5, 2},
                                                   {-0.5, -2}, {-1, -1},  {0, 1},  {-1, 1}};
    double width = rt_canvas_text_width(c, RT_TEXT_SMALL, note->text) + 2,
           height = rt_canvas_line_height(c, RT_TEXT_SMALL);
    double gap = rt_canvas_room(c) > 0 ? 0 : 5;
    double y = shift[place][1] < 0 ? note->y - gap - height : note->y + gap;
    if (rt_canvas_room(c) > 0)
        y = RT_CELL_HEIGHT * (floor(note->y / RT_CELL_HEIGHT) + shift[place][1]);
    return (RtBox){note->x + shift[place][0] * width, y, width, height};
}

static bool is_free(const RtPanelView *v, RtBox b)
{
    if (b.x < v->box.x || b.y < v->box.y || b.x + b.width > v->box.x + v->box.width ||
        b.y + b.height > v->box.y + v->box.height)
        return false;
    for (uint32_t i = 0; i < v->n_notes; i++) {
        if (rt_boxes_overlap(v->notes[i].box, b))
            return false;
    }
    return true;
}

/* Of a mark for whose note there is no room, the note is left out. */
static void add_note(const RtCanvas *c, RtPanelView *v, const RtSeries *s)
{
    double y = s->plain ? s->plain[s->mark] : s->y[s->mark];
    if (isnan(s->y[s->mark]) || v->n_notes == RT_MOST_NOTES)
        return;
    RtNote note = {.x = rt_scale_at(&v->x, s->x[s->mark]),
                   .y = rt_scale_at(&v->y, s->y[s->mark]),
                   .color = s->color};
    snprintf(note.text, sizeof note.text, "%.4g at %.6g", y, s->x[s->mark]);
    double least = INFINITY;
    for (int place = 0; place < N_NOTE_PLACES; place++) {
        RtBox b = note_box(c, &note, place);
        double hidden = rt_hidden_by(v, b);
        if (is_free(v, b) && hidden < least) {
            least = hidden;
            note.box = b;
        }
    }
    if (isfinite(least))
        v->notes[v->n_notes++] = note;
}

bool rt_curves_place(const RtCanvas *c, RtPanelView *v)
{
    v->n_notes = 0;
    for (uint32_t k = 0; k < v->series.n; k++) {
        RtSeries *s = &v->series.at[k];
        free(s->xy);
        s->xy = place_points(v, s, s->y, &s->n_xy);
        if (!s->xy)
            return false;
        if (v->of->kind == RT_CURVE_line)
            s->n_xy = thin_parts(s->n_xy, s->xy);
    }
    for (uint32_t k = 0; k < v->series.n; k++)
        if (v->series.at[k].mark >= 0)
            add_note(c, v, &v->series.at[k]);
    return true;
}

/* ---- lines ---- */

static void draw_parts(RtCanvas *c, int64_t n, const double *xy, RtPen pen)
{
    int64_t begin = 0;
    for (int64_t i = 0; i <= n; i++) {
        if (i < n && !isnan(xy[2 * i + 1]))
            continue;
        if (i == begin + 1) /* a point by itself has no line */
            rt_canvas_marks(c, 1, xy + 2 * begin, RT_MARK_DOT, 3 * pen.width, pen.color);
        else if (i > begin)
            rt_canvas_line(c, i - begin, xy + 2 * begin, pen);
        begin = i + 1;
    }
}

static void draw_plain(RtCanvas *c, const RtPanelView *v, const RtSeries *s)
{
    int64_t n;
    double *xy = place_points(v, s, s->plain, &n);
    c->failed = c->failed || !xy;
    rt_canvas_fade(c, 0.3);
    if (xy)
        draw_parts(c, thin_parts(n, xy), xy, (RtPen){s->color, 1.25, s->dashed});
    rt_canvas_fade(c, 1);
    free(xy);
}

static void draw_line(RtCanvas *c, const RtPanelView *v, const RtSeries *s)
{
    if (s->plain)
        draw_plain(c, v, s);
    draw_parts(c, s->n_xy, s->xy, (RtPen){s->color, 1.75, s->dashed});
}

/* ---- marks ---- */

static double mark_size(int64_t n)
{
    return n <= 200 ? 6 : n <= 1000 ? 5 : n <= MANY_MARKS ? 4 : n <= 20000 ? 2.5 : 1.5;
}

static void draw_many(RtCanvas *c, const RtPanelView *v, const RtSeries *s)
{
    int64_t counts[RT_THIN_CLASSES], at = 0;
    double part = s->n_xy > 20000 ? 0.4 : 0.65, *xy = malloc((size_t)s->n_xy * 2 * sizeof *xy);
    c->failed = c->failed || !xy;
    if (xy) {
        memcpy(xy, s->xy, (size_t)s->n_xy * 2 * sizeof *xy);
        c->failed = c->failed || rt_thin_marks(s->n_xy, xy, v->box, column, counts) < 0;
        for (int k = 0; !c->failed && k < RT_THIN_CLASSES; at += counts[k++]) {
            rt_canvas_fade(c, 1 - pow(1 - part, k + 1));
            rt_canvas_marks(c, counts[k], xy + 2 * at, RT_MARK_DOT, mark_size(s->n_xy), s->color);
        }
        rt_canvas_fade(c, 1);
    }
    free(xy);
}

static void draw_scatter(RtCanvas *c, const RtPanelView *v, const RtSeries *s)
{
    if (s->n_xy > MANY_MARKS) {
        draw_many(c, v, s);
        return;
    }
    rt_canvas_fade(c, 0.8);
    rt_canvas_marks(c, s->n_xy, s->xy, RT_MARK_DOT, mark_size(s->n_xy), s->color);
    rt_canvas_fade(c, 1);
}

/* ---- bars ---- */

static void draw_bar(RtCanvas *c, const RtPanelView *v, double from, double to, double y,
                     RtColor color)
{
    double foot = v->of->log_y ? v->y.from : rt_scale_at(&v->y, 0), top = fmin(y, foot);
    if (to > from && fabs(y - foot) > 0)
        rt_canvas_rect(c, (RtBox){from, top, to - from, fmax(y, foot) - top}, color,
                       (RtPen){RT_COLOR_NONE, 0, 0});
}

/* What the bars of half a pixel cover so far. */
typedef struct Covered {
    double column, least, most;
} Covered;

/* Is a bar so narrow that those before it hide it? */
static bool is_hidden(Covered *so_far, double from, double to, double y, double foot)
{
    double at = floor(from / column), least = fmin(y, foot), most = fmax(y, foot);
    if (at != so_far->column)
        *so_far = (Covered){at, INFINITY, -INFINITY};
    bool hidden = to - from < column && least >= so_far->least && most <= so_far->most;
    so_far->least = fmin(so_far->least, least);
    so_far->most = fmax(so_far->most, most);
    return hidden;
}

/* Bars of several series stand side by side. */
static void draw_bars(RtCanvas *c, const RtPanelView *v, uint32_t k)
{
    const RtSeries *s = &v->series.at[k];
    double width = v->series.width, part = width / v->series.n;
    double foot = v->of->log_y ? v->y.from : rt_scale_at(&v->y, 0);
    Covered covered = {-1, 0, 0};
    for (int64_t i = 0; i < s->n; i++) {
        if (isnan(s->y[i]))
            continue;
        double left = s->x[i] - width / 2 + part * k,
               y = v->of->log_y && s->y[i] <= 0 ? v->y.from : rt_scale_at(&v->y, s->y[i]);
        double from = v->of->log_x ? rt_scale_at(&v->x, s->x[i]) - 3 : rt_scale_at(&v->x, left);
        double to = v->of->log_x ? from + 6 : rt_scale_at(&v->x, left + part);
        if (!is_hidden(&covered, from, to, y, foot))
            draw_bar(c, v, from, fmax(to, from + column), y, s->color);
    }
}

static void draw_histogram(RtCanvas *c, const RtPanelView *v, const RtSeries *s)
{
    double gap = v->cells || v->box.width / (double)(s->n + 1) < 4 ? 0 : 0.5;
    rt_canvas_fade(c, v->series.n > 1 ? 0.6 : 1);
    for (int64_t i = 0; i < s->n; i++) {
        double from = rt_scale_at(&v->x, v->series.edges[i]),
               to = rt_scale_at(&v->x, v->series.edges[i + 1]);
        if (s->y[i] > 0)
            draw_bar(c, v, from + gap, to - gap, rt_scale_at(&v->y, s->y[i]), s->color);
    }
    rt_canvas_fade(c, 1);
}

/* Where bars go both ways. */
static void draw_zero(RtCanvas *c, const RtPanelView *v)
{
    double y = floor(rt_scale_at(&v->y, 0)) + 0.5;
    double xy[] = {v->box.x, y, v->box.x + v->box.width, y};
    if (v->of->kind == RT_CURVE_bar && !v->of->log_y && v->y.least < 0 && v->y.most > 0 &&
        !v->cells)
        rt_canvas_line(c, 2, xy, (RtPen){RT_COLOR_MUTED, 1, 0});
}

/* ---- all ---- */

void rt_curves_draw(RtCanvas *c, const RtPanelView *v)
{
    for (uint32_t k = 0; k < v->series.n; k++)
        switch (v->of->kind) {
        case RT_CURVE_line:
            draw_line(c, v, &v->series.at[k]);
            break;
        case RT_CURVE_scatter:
            draw_scatter(c, v, &v->series.at[k]);
            break;
        case RT_CURVE_bar:
            draw_bars(c, v, k);
            break;
        case RT_CURVE_hist:
            draw_histogram(c, v, &v->series.at[k]);
            break;
        }
    draw_zero(c, v);
}

/* What is behind a note shows through a little. */
static void draw_note(RtCanvas *c, const RtPanelView *v, const RtNote *n)
{
    rt_canvas_fade(c, 0.7);
    if (!v->cells)
        rt_canvas_rect(c, n->box, RT_COLOR_PAPER, (RtPen){RT_COLOR_NONE, 0, 0});
    rt_canvas_fade(c, 1);
    rt_canvas_text(c, n->box.x + n->box.width / 2,
                   rt_canvas_base(c, RT_TEXT_SMALL, n->box.y + n->box.height / 2), RT_ANCHOR_MIDDLE,
                   RT_TEXT_SMALL, RT_COLOR_INK, false, n->text);
}

void rt_curves_draw_notes(RtCanvas *c, const RtPanelView *v)
{
    for (uint32_t i = 0; i < v->n_notes; i++)
        draw_note(c, v, &v->notes[i]);
    for (uint32_t k = 0; k < v->series.n; k++) {
        const RtSeries *s = &v->series.at[k];
        if (s->mark < 0 || isnan(s->y[s->mark]))
            continue;
        double at[] = {rt_scale_at(&v->x, s->x[s->mark]), rt_scale_at(&v->y, s->y[s->mark])};
        rt_canvas_marks(c, 1, at, RT_MARK_DOT, 10, RT_COLOR_PAPER);
        rt_canvas_marks(c, 1, at, RT_MARK_DOT, 7.5, s->color);
    }
}
