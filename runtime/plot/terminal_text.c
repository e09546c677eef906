/* terminal_text.c: images as cells, and cells as characters with colors. */
#include <math.h>

#include "runtime/abi/shown.h"
#include "runtime/plot/font.h"
#include "runtime/plot/terminal.h"

/* ---- images ---- */

/* The mean color of the pixels that an area covers; of none, of the one it lies in. */
static uint32_t mean_color(int64_t rows, int64_t columns, const uint8_t *rgb, const double area[4])
{
    int64_t first_row = (int64_t)(area[1] * (double)rows),
            last_row = (int64_t)ceil(area[3] * (double)rows);
    int64_t first = (int64_t)(area[0] * (double)columns),
            last = (int64_t)ceil(area[2] * (double)columns), n = 0;
    uint64_t sum[3] = {0};
    first_row = first_row < rows ? first_row : rows - 1;
    first = first < columns ? first : columns - 1;
    last_row = last_row > first_row ? last_row : first_row + 1;
    last = last > first ? last : first + 1;
    for (int64_t i = first_row; i < last_row && i < rows; i++)
        for (int64_t k = first; k < last && k < columns; k++, n++)
            for (int part = 0; part < 3; part++)
                sum[part] += rgb[3 * (i * columns + k) + part];
    uint32_t color = 0;
    for (int part = 0; part < 3; part++)
        color = color << 8 | (uint32_t)(sum[part] / (uint64_t)(n ? n : 1));
    return color;
}

static double brightness(uint32_t color)
{
    return (0.299 * (color >> 16 & 255) + 0.587 * (color >> 8 & 255) + 0.114 * (color & 255)) / 255;
}

static void put_shade(RtTerminal *t, RtCell *cell, uint32_t color)
{
    static const uint32_t shades[] = {' ', 0x2591, 0x2592, 0x2593, 0x2588};
    static const char letters[] = " .:-=+*#%@";
    double light = brightness(color);
    *cell = (RtCell){.character = t->mode.utf8 ? shades[(int)(light * 4.999)]
                                               : (uint8_t)letters[(int)(light * 9.999)],
                     .color = RT_NO_COLOR,
                     .back = RT_NO_COLOR};
}

void rt_terminal_image(RtCanvas *c, RtBox box, int64_t rows, int64_t columns, const uint8_t *rgb)
{
    RtTerminal *t = (RtTerminal *)c;
    int left = (int)lround(box.x / RT_CELL_WIDTH),
        right = (int)lround((box.x + box.width) / RT_CELL_WIDTH);
    int top = (int)lround(box.y / RT_CELL_HEIGHT),
        bottom = (int)lround((box.y + box.height) / RT_CELL_HEIGHT);
    for (int row = top; row < bottom; row++)
        for (int column = left; column < right; column++) {
            RtCell *cell = rt_terminal_cell(t, column, row);
            double x = (double)(column - left) / (right - left),
                   next = (double)(column + 1 - left) / (right - left);
            double y = (double)(row - top) / (bottom - top),
                   below = (double)(row + 1 - top) / (bottom - top), middle = (y + below) / 2;
            if (!cell)
                continue;
            if (t->mode.colors == RT_TERMINAL_NO_COLORS) {
                put_shade(t, cell, mean_color(rows, columns, rgb, (double[]){x, y, next, below}));
                continue;
            }
            uint32_t upper = mean_color(rows, columns, rgb, (double[]){x, y, next, middle});
            uint32_t lower = mean_color(rows, columns, rgb, (double[]){x, middle, next, below});
            *cell = (RtCell){.character = t->mode.utf8 && upper != lower ? 0x2580 : ' ',
                             .color = upper,
                             .back = lower};
        }
}

/* ---- characters ---- */

static uint32_t box_character(uint8_t lines, bool utf8)
{
    static const uint32_t boxes[16] = {' ',    0x2575, 0x2577, 0x2502, 0x2574, 0x2518,
                                       0x2510, 0x2524, 0x2576, 0x2514, 0x250c, 0x251c,
                                       0x2500, 0x2534, 0x252c, 0x253c};
    bool upright = lines & (RT_LINE_UP | RT_LINE_DOWN),
         level = lines & (RT_LINE_LEFT | RT_LINE_RIGHT);
    if (utf8)
        return boxes[lines & 15];
    return upright && level ? '+' : upright ? '|' : '-';
}

static uint32_t block_character(const RtCell *cell, bool utf8)
{
    static const uint32_t shades[] = {0x2588, 0x2592, 0x2591, 0x2593};
    static const char letters[] = "#=o%";
    if (!utf8)
        return cell->block >= 4 ? (uint8_t)letters[cell->symbol] : ' ';
    if (cell->symbol)
        return cell->block >= 4 ? shades[cell->symbol] : ' ';
    return 0x2580 + cell->block;
}

static uint32_t character_of(const RtTerminal *t, const RtCell *cell)
{
    if (cell->character)
        return cell->character;
    if (cell->block)
        return block_character(cell, t->mode.utf8);
    if (cell->dots)
        return t->mode.utf8 ? 0x2800U + cell->dots : cell->symbol;
    return cell->lines ? box_character(cell->lines, t->mode.utf8) : ' ';
}

/* The nearest of the 6 x 6 x 6 colors, or of the grays. */
static int color_256(uint32_t color)
{
    static const int steps[] = {0, 95, 135, 175, 215, 255};
    int index[3], gray, error = 0, gray_error = 0;
    for (int k = 0; k < 3; k++) {
        int value = (int)(color >> (16 - 8 * k) & 255);
        index[k] = value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
        error += (value - steps[index[k]]) * (value - steps[index[k]]);
    }
    gray = (int)lround((brightness(color) * 255 - 8) / 10);
    gray = gray < 0 ? 0 : gray > 23 ? 23 : gray;
    for (int k = 0; k < 3; k++) {
        int value = (int)(color >> (16 - 8 * k) & 255);
        gray_error += (value - 8 - 10 * gray) * (value - 8 - 10 * gray);
    }
    return gray_error < error ? 232 + gray : 16 + 36 * index[0] + 6 * index[1] + index[2];
}

static void put_color(const RtTerminal *t, FILE *out, int what, uint32_t color)
{
    if (color == RT_NO_COLOR)
        rt_print(out, "\033[%dm", what + 1); /* 39, 49 */
    else if (t->mode.colors == RT_TERMINAL_256)
        rt_print(out, "\033[%d;5;%dm", what, color_256(color));
    else
        rt_print(out, "\033[%d;2;%u;%u;%um", what, (unsigned)(color >> 16 & 255),
                 (unsigned)(color >> 8 & 255), (unsigned)(color & 255));
}

static bool is_blank(const RtTerminal *t, const RtCell *cell)
{
    return character_of(t, cell) == ' ' && cell->back == RT_NO_COLOR;
}

static void put_row(const RtTerminal *t, FILE *out, const RtCell *cells)
{
    int n = t->columns;
    uint32_t color = RT_NO_COLOR, back = RT_NO_COLOR;
    while (n && is_blank(t, &cells[n - 1]) && !cells[n - 1].behind_wide)
        n--;
    for (int i = 0; i < n; i++) {
        const RtCell *cell = &cells[i];
        char text[4];
        uint32_t wanted = character_of(t, cell) == ' ' ? color : cell->color; /* which shows none */
        if (cell->behind_wide)
            continue;
        if (wanted != color)
            put_color(t, out, 38, wanted);
        if (cell->back != back)
            put_color(t, out, 48, cell->back);
        color = wanted;
        back = cell->back;
        rt_print(out, "%.*s", (int)rt_font_put(character_of(t, cell), text), text);
    }
    if (color != RT_NO_COLOR || back != RT_NO_COLOR)
        fputs("\033[0m", out);
    fputc('\n', out);
}

void rt_terminal_finish(RtCanvas *c, FILE *out)
{
    const RtTerminal *t = (const RtTerminal *)c;
    for (int row = 0; row < t->rows; row++)
        put_row(t, out, t->cells + (size_t)row * (size_t)t->columns);
}
