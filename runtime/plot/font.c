/* font.c: widths from a table (font_widths.def), so that text is measured without the font. */
#include "runtime/plot/font.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/files/text.h"

enum { UNKNOWN = 0xfffd };

static const struct {
    uint16_t first, last, width;
} rows[] = {
#define WIDTH(first, last, width) {first, last, width},
#include "runtime/plot/font_widths.def"
};

static const struct {
    uint32_t first, last;
} no_width[] = {{0x300, 0x36f},   {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x2064},
                {0x20d0, 0x20f0}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}},
  wide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},  {0x3041, 0xa4cf}, {0xac00, 0xd7a3},
            {0xf900, 0xfaff},   {0xfe30, 0xfe4f},  {0xff00, 0xff60}, {0xffe0, 0xffe6},
            {0x1f300, 0x1faff}, {0x20000, 0x3fffd}};

uint32_t rt_font_next(const char **text)
{
    const unsigned char *t = (const unsigned char *)*text;
    size_t n = rt_utf8_length(t);
    if (!*t)
        return 0;
    *text += n ? n : 1;
    uint32_t c = n == 1 ? t[0] : t[0] & (0x7fU >> n);
    for (size_t i = 1; i < n; i++)
        c = c << 6 | (t[i] & 0x3f);
    return n == 0 || c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffe || c == 0xffff ? UNKNOWN
                                                                                       : c;
}

int rt_font_cells(uint32_t c)
{
    for (size_t i = 0; c >= no_width[0].first && i < sizeof no_width / sizeof *no_width; i++)
        if (c >= no_width[i].first && c <= no_width[i].last)
            return 0;
    for (size_t i = 0; c >= wide[0].first && i < sizeof wide / sizeof *wide; i++)
        if (c >= wide[i].first && c <= wide[i].last)
            return 2;
    return 1;
}

static int width_of(uint32_t c)
{
    size_t low = 0, high = sizeof rows / sizeof *rows;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > rows[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < sizeof rows / sizeof *rows && c >= rows[low].first)
        return rows[low].width;
    int cells = rt_font_cells(c);
    return cells == 1 ? 640 : 500 * cells;
}

double rt_font_width(const char *text)
{
    int64_t sum = 0;
    for (uint32_t c; (c = rt_font_next(&text));)
        sum += width_of(c);
    return (double)sum / 1000;
}

size_t rt_font_put(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n; --i;) {
        out[i] = (char)(0x80 | (c & 0x3f));
        c >>= 6;
    }
    out[0] = (char)((0xf00U >> n) | c);
    return n;
}

char *rt_font_valid(const char *text)
{
    char *valid = malloc(3 * strlen(text) + 1); /* a wrong byte becomes three */
    size_t n = 0;
    for (uint32_t c; valid && (c = rt_font_next(&text));)
        n += rt_font_put(c, valid + n);
    if (valid)
        valid[n] = 0;
    return valid;
}
