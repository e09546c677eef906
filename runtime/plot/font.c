/* font.c: widths from a table (font_widths.def), so that text is measured without the font. */
#include "runtime/plot/font.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/abi/shown.h"

enum { UNKNOWN = 0xfffd };

static const struct {
    uint16_t first, last, width;
} rows[] = {
#define WIDTH(first, last, width) {first, last, width},
#include "runtime/plot/font_widths.def"
};

uint32_t rt_font_next(const char **text)
{
    uint32_t c;
    if (!**text)
        return 0;
    size_t n = rt_utf8_next(*text, 4, &c);
    *text += n ? n : 1;
    return n == 0 || c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffe || c == 0xffff ? UNKNOWN
                                                                                       : c;
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
    int cells = rt_code_columns(c);
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
