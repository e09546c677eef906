/* terminal.c: pictures of characters: lines as dots of braille or as box characters, bars as blocks. */
#include "runtime/plot/terminal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/shown.h"
#include "runtime/plot/font.h"

enum { DOT = 4, MARKED = 7, SYMBOL_EACH = 12 };

/* Read on black and on white. */
static const uint32_t series_colors[RT_N_SERIES_COLORS] = {0x2f86d6, 0xd55e00, 0x009e73, 0xd667b0,
                                                           0xa87000, 0x5fb0f0, 0x8d62c0, 0x808080};

static uint32_t color_of(const RtTerminal *t, RtColor color)
{
    int series = rt_color_series(color);
    if (t->mode.colors == RT_TERMINAL_NO_COLORS)
        return RT_NO_COLOR;
    if (series >= 0)
        return series_colors[series];
    if (color == RT_COLOR_RIGHT || color == RT_COLOR_WRONG)
        return series_colors[color == RT_COLOR_WRONG];
    return color < RT_COLOR_NONE ? color : RT_NO_COLOR;
}

/* Solid and dashed lines of one color have symbols of their own. */
static uint8_t symbol_of(RtColor color, uint32_t dash)
{
    static const char symbols[] = "*o+x#@%&AaBbCcDdEeFfGgHhJjKkLlMm";
    uint32_t series = color < RT_COLOR_SERIES ? 0 : color - RT_COLOR_SERIES;
    return (uint8_t)symbols[(2 * series + (dash % 2)) % (sizeof symbols - 1)];
}

static bool has_colors(const RtTerminal *t)
{
    return t->mode.colors != RT_TERMINAL_NO_COLORS;
}

static int cell_column(double x)
{
    return (int)floor(fmax(-1e6, fmin(x, 1e6)) / RT_CELL_WIDTH);
}

static int cell_row(double y)
{
    return (int)floor(fmax(-1e6, fmin(y, 1e6)) / RT_CELL_HEIGHT);
}

RtCell *rt_terminal_cell(RtTerminal *t, int column, int row)
{
    if (column < 0 || row < 0 || column >= t->columns || row >= t->rows)
        return NULL;
    return &t->cells[(size_t)row * (size_t)t->columns + (size_t)column];
}

static void put_character(RtTerminal *t, int column, int row, uint32_t character, RtColor color)
{
    RtCell *cell = rt_terminal_cell(t, column, row);
    if (!cell)
        return;
    bool literal = color < RT_COLOR_NONE &&
                   cell->back == RT_NO_COLOR; /* meant for a background that is not there */
    *cell = (RtCell){.character = character,
                     .color = literal ? RT_NO_COLOR : color_of(t, color),
                     .back = cell->back};
}

/* ---- dots ---- */

static void put_dot(RtTerminal *t, double x, double y, RtColor color, uint8_t symbol)
{
    static const uint8_t bits[2][4] = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};
    RtCell *cell = rt_terminal_cell(t, cell_column(x), cell_row(y));
    if (!cell)
        return;
    int column = (int)floor(x / DOT) & 1, row = (int)floor(y / DOT) & 3;
    cell->dots |= bits[column][row];
    cell->symbol = symbol;
    cell->color = color_of(t, color);
}

static bool dash_shows(uint32_t dash, long step)
{
    static const char *const patterns[] = {"x", "xxx---", "x--", "xxxx--x--"};
    return patterns[dash][step % (long)strlen(patterns[dash])] == 'x';
}

static void put_piece(RtTerminal *t, const double *from, const double *to, RtPen pen, long *step)
{
    double dx = fmax(-4e4, fmin(to[0] - from[0], 4e4)), dy = fmax(-4e4, fmin(to[1] - from[1], 4e4));
    int n = (int)fmax(1, ceil(fmax(fabs(dx), fabs(dy)) / DOT));
    uint32_t dash = rt_pen_dash(pen);
    for (int i = 0; i <= n; i++) {
        if (dash_shows(dash, *step))
            put_dot(t, from[0] + dx * i / n, from[1] + dy * i / n, pen.color,
                    symbol_of(pen.color, dash));
        *step += i < n;
    }
}

/* Without colors, lines are told apart by symbols on them. */
static void put_symbols(RtTerminal *t, int64_t n, const double *xy, RtPen pen)
{
    uint8_t symbol = symbol_of(pen.color, rt_pen_dash(pen));
    int first = cell_column(xy[0]), last = cell_column(xy[2 * n - 2]), shift = 2 + 3 * (symbol % 4);
    bool is_short = last - first <= 3;
    for (int64_t i = 0; i + 1 < n; i++) {
        const double *a = xy + 2 * i, *b = a + 2;
        for (int column = cell_column(a[0]); b[0] > a[0] && column <= cell_column(b[0]); column++) {
            double x = (column + 0.5) * RT_CELL_WIDTH, part = (x - a[0]) / (b[0] - a[0]);
            bool here = is_short ? column == (first + last) / 2 : column % SYMBOL_EACH == shift;
            if (here && part >= 0 && part <= 1)
                put_character(t, column, cell_row(a[1] + part * (b[1] - a[1])), symbol,
                              RT_COLOR_INK);
        }
    }
}

/* ---- lines of boxes ---- */

static void add_lines(RtTerminal *t, int column, int row, uint8_t lines, RtColor color)
{
    RtCell *cell = rt_terminal_cell(t, column, row);
    if (!cell)
        return;
    cell->lines |= lines;
    cell->color = color_of(t, color);
}

/* Halves of cells that a line goes through. */
static void put_straight(RtTerminal *t, double x0, double y0, double x1, double y1, RtColor color)
{
    if (y0 == y1) {
        double from = fmin(x0, x1), to = fmax(x0, x1);
        for (int column = cell_column(from); column <= cell_column(to); column++) {
            double left = column * RT_CELL_WIDTH, middle = left + RT_CELL_WIDTH / 2.0;
            uint8_t lines = from < middle && to > left ? RT_LINE_LEFT : 0;
            lines |= to > middle && from < left + RT_CELL_WIDTH ? RT_LINE_RIGHT : 0;
            add_lines(t, column, cell_row(y0), lines, color);
        }
        return;
    }
    double from = fmin(y0, y1), to = fmax(y0, y1);
    for (int row = cell_row(from); row <= cell_row(to); row++) {
        double top = row * RT_CELL_HEIGHT, middle = top + RT_CELL_HEIGHT / 2.0;
        uint8_t lines = from < middle && to > top ? RT_LINE_UP : 0;
        lines |= to > middle && from < top + RT_CELL_HEIGHT ? RT_LINE_DOWN : 0;
        add_lines(t, cell_column(x0), row, lines, color);
    }
}

static bool is_straight(int64_t n, const double *xy)
{
    for (int64_t i = 0; i + 1 < n; i++)
        if (xy[2 * i] != xy[2 * i + 2] && xy[2 * i + 1] != xy[2 * i + 3])
            return false;
    return n > 1;
}

static void terminal_line(RtCanvas *c, int64_t n, const double *xy, RtPen pen)
{
    RtTerminal *t = (RtTerminal *)c;
    long step = 0;
    if (pen.color == RT_COLOR_GRID || pen.color == RT_COLOR_PAPER || c->opacity < 0.5)
        return;
    if (pen.color < RT_COLOR_SERIES && is_straight(n, xy)) {
        for (int64_t i = 0; i + 1 < n; i++)
            put_straight(t, xy[2 * i], xy[2 * i + 1], xy[2 * i + 2], xy[2 * i + 3], pen.color);
        return;
    }
    for (int64_t i = 0; i + 1 < n; i++)
        put_piece(t, xy + 2 * i, xy + 2 * i + 2, pen, &step);
    if (n == 1)
        put_dot(t, xy[0], xy[1], pen.color, symbol_of(pen.color, rt_pen_dash(pen)));
    if (!has_colors(t) && t->mode.utf8 && pen.color >= RT_COLOR_SERIES)
        put_symbols(t, n, xy, pen);
}

/* ---- rectangles ---- */

static uint8_t fill_symbol(const RtTerminal *t, RtColor color)
{
    int series = rt_color_series(color);
    return has_colors(t) || series < 0 ? 0 : (uint8_t)(series % 4);
}

/* Whole cells to the sides, eighths above. What is there already is not made smaller. */
static void fill_bar(RtTerminal *t, RtBox b, RtColor color)
{
    int first = (int)lround(b.x / RT_CELL_WIDTH),
        last = (int)lround((b.x + b.width) / RT_CELL_WIDTH);
    int top = cell_row(b.y), bottom = (int)lround((b.y + b.height) / RT_CELL_HEIGHT);
    last = last > first ? last : first + 1;
    bottom = bottom > top ? bottom : top + 1;
    for (int row = top; row < bottom; row++)
        for (int column = first; column < last; column++) {
            RtCell *cell = rt_terminal_cell(t, column, row);
            int eighths =
                row > top ? 8
                          : (int)lround(((row + 1) * RT_CELL_HEIGHT - b.y) * 8 / RT_CELL_HEIGHT);
            if (!cell || !eighths)
                continue;
            bool same = cell->block && cell->symbol == fill_symbol(t, color) &&
                        cell->color == color_of(t, color);
            cell->block = (uint8_t)(same && cell->block > eighths ? cell->block : eighths);
            cell->symbol = fill_symbol(t, color);
            cell->color = color_of(t, color);
        }
}

static void fill_back(RtTerminal *t, RtBox b, RtColor color)
{
    uint32_t back = color_of(t, color);
    int last_row = (int)lround((b.y + b.height) / RT_CELL_HEIGHT),
        last = (int)lround((b.x + b.width) / RT_CELL_WIDTH);
    for (int row = (int)lround(b.y / RT_CELL_HEIGHT); row < last_row; row++)
        for (int column = (int)lround(b.x / RT_CELL_WIDTH); column < last; column++) {
            RtCell *cell = rt_terminal_cell(t, column, row);
            if (cell)
                *cell = (RtCell){.color = RT_NO_COLOR, .back = back};
        }
}

static void terminal_rect(RtCanvas *c, RtBox b, RtColor fill, RtPen edge)
{
    RtTerminal *t = (RtTerminal *)c;
    if (rt_color_series(fill) >= 0)
        fill_bar(t, b, fill);
    else if (fill != RT_COLOR_NONE && fill != RT_COLOR_GRID)
        fill_back(t, b, fill == RT_COLOR_PAPER || fill > RT_COLOR_NONE ? RT_COLOR_PAPER : fill);
    if (edge.color == RT_COLOR_NONE || edge.color == RT_COLOR_PAPER)
        return;
    double x0 = cell_column(b.x), x1 = cell_column(b.x + b.width - 0.01), y0 = cell_row(b.y),
           y1 = cell_row(b.y + b.height - 0.01);
    x0 = (x0 + 0.5) * RT_CELL_WIDTH;
    x1 = (x1 + 0.5) * RT_CELL_WIDTH;
    y0 = (y0 + 0.5) * RT_CELL_HEIGHT;
    y1 = (y1 + 0.5) * RT_CELL_HEIGHT;
    put_straight(t, x0, y0, x1, y0, edge.color);
    put_straight(t, x0, y1, x1, y1, edge.color);
    put_straight(t, x0, y0, x0, y1, edge.color);
    put_straight(t, x1, y0, x1, y1, edge.color);
}

/* ---- the rest ---- */

static bool is_inside(int64_t n, const double *xy, double x, double y)
{
    bool inside = false;
    for (int64_t i = 0, k = n - 1; i < n; k = i++) {
        const double *a = xy + 2 * i, *b = xy + 2 * k;
        if ((a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0])
            inside = !inside;
    }
    return inside;
}

static void terminal_area(RtCanvas *c, int64_t n, const double *xy, RtColor fill)
{
    double least[2] = {INFINITY, INFINITY}, most[2] = {-INFINITY, -INFINITY};
    for (int64_t i = 0; i < 2 * n; i++) {
        least[i % 2] = fmin(least[i % 2], xy[i]);
        most[i % 2] = fmax(most[i % 2], xy[i]);
    }
    for (double y = fmax(0, DOT * floor(least[1] / DOT)) + DOT / 2.0; y < fmin(most[1], c->height);
         y += DOT)
        for (double x = fmax(0, DOT * floor(least[0] / DOT)) + DOT / 2.0;
             x < fmin(most[0], c->width); x += DOT)
            if (is_inside(n, xy, x, y))
                put_dot((RtTerminal *)c, x, y, fill, symbol_of(fill, 0));
}

static void terminal_marks(RtCanvas *c, int64_t n, const double *xy, RtMark mark, double size,
                           RtColor color)
{
    static const uint32_t characters[] = {0x25cf, 0x25a0, 0x25c6, 0x25b2, 0x2605};
    RtTerminal *t = (RtTerminal *)c;
    uint8_t symbol = symbol_of(color, 0);
    if (color == RT_COLOR_PAPER)
        return;
    for (int64_t i = 0; i < n; i++) {
        int column = cell_column(xy[2 * i]), row = cell_row(fmin(xy[2 * i + 1], c->height - 1));
        if (size >= MARKED)
            put_character(t, column, row, t->mode.utf8 ? characters[mark] : 'O', color);
        else if (has_colors(t))
            put_dot(t, xy[2 * i], xy[2 * i + 1], color, symbol);
        else
            put_character(t, column, row, symbol, color);
    }
}

/* What stands for some characters in ASCII: a cross, points of arrows. */
static uint32_t ascii_of(uint32_t c)
{
    return c < 0x80 ? c : c == 0xd7 ? 'x' : c == 0x25bc ? 'v' : c == 0x25c0 ? '<' : '?';
}

static void put_text(RtTerminal *t, int column, int row, const char *text, bool turned,
                     RtColor color)
{
    for (uint32_t c; (c = rt_font_next(&text));) {
        int wide = rt_code_columns(c);
        if (!wide)
            continue;
        c = t->mode.utf8 ? c : ascii_of(c);
        put_character(t, column, row, c, color);
        RtCell *next = wide == 2 && !turned ? rt_terminal_cell(t, column + 1, row) : NULL;
        if (next)
            next->behind_wide = t->mode.utf8;
        if (turned)
            row--;
        else
            column += wide;
    }
}

static int text_cells(const char *text)
{
    int sum = 0;
    for (uint32_t c; (c = rt_font_next(&text));)
        sum += rt_code_columns(c);
    return sum;
}

static void terminal_text(RtCanvas *c, double x, double y, RtAnchor anchor, RtTextStyle style,
                          RtColor color, bool turned, const char *text)
{
    int cells = text_cells(text), before = anchor == RT_ANCHOR_END      ? cells
                                           : anchor == RT_ANCHOR_MIDDLE ? cells / 2
                                                                        : 0;
    (void)style;
    if (turned)
        put_text((RtTerminal *)c, cell_column(x), cell_row(y) + before, text, true, color);
    else if (anchor == RT_ANCHOR_MIDDLE) /* an odd one: its middle cell is where x lies */
        put_text((RtTerminal *)c,
                 cells % 2 ? cell_column(x) - before : (int)lround(x / RT_CELL_WIDTH) - before,
                 cell_row(y), text, false, color);
    else
        put_text((RtTerminal *)c, (int)lround(x / RT_CELL_WIDTH) - before, cell_row(y), text, false,
                 color);
}

static double terminal_text_width(const RtCanvas *c, RtTextStyle style, const char *text)
{
    (void)c;
    (void)style;
    return (double)RT_CELL_WIDTH * text_cells(text);
}

static void terminal_page(RtCanvas *c)
{
    RtTerminal *t = (RtTerminal *)c;
    t->columns = t->mode.columns;
    t->rows = (int)fmin(ceil(c->height / RT_CELL_HEIGHT), 100000);
    size_t n = (size_t)t->columns * (size_t)t->rows;
    t->cells = malloc((n ? n : 1) * sizeof *t->cells);
    c->failed = !t->cells;
    for (size_t i = 0; t->cells && i < n; i++)
        t->cells[i] = (RtCell){.color = RT_NO_COLOR, .back = RT_NO_COLOR};
}

static void terminal_close(RtCanvas *c)
{
    free(((RtTerminal *)c)->cells);
    free(c);
}

RtCanvas *rt_terminal_open(RtTerminalMode mode)
{
    static const RtCanvasFormat format = {.text_width = terminal_text_width,
                                          .page = terminal_page,
                                          .rect = terminal_rect,
                                          .line = terminal_line,
                                          .area = terminal_area,
                                          .marks = terminal_marks,
                                          .text = terminal_text,
                                          .image = rt_terminal_image,
                                          .finish = rt_terminal_finish,
                                          .close = terminal_close};
    RtTerminal *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    rt_canvas_init(&t->canvas, &format);
    t->mode = mode;
    t->canvas.room = (double)RT_CELL_WIDTH * mode.columns;
    for (int style = 0; style < RT_N_TEXTS; style++)
        t->canvas.line_height[style] = RT_CELL_HEIGHT;
    return &t->canvas;
}
