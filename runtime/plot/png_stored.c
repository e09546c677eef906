/* png_stored.c: chunks of PNG around a zlib stream of stored blocks. */
#include "runtime/plot/png_stored.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/crc32.h"

enum { MOST_COLORS = 256, MOST_STORED = 65535, ROOM = 1200, SLOTS = 1024 };

typedef struct Png {
    uint8_t *at, *begin;
    const uint8_t *rgb;
    size_t rows, columns, n_colors;
    uint32_t color[MOST_COLORS], slot[SLOTS]; /* slot: a color's number + 1 */
    bool is_gray, is_palette;
} Png;

static void put_u32(Png *p, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        *p->at++ = (uint8_t)(value >> shift);
}

static uint8_t *chunk_begin(Png *p, const char *type)
{
    uint8_t *begin = p->at;
    p->at += 4;
    memcpy(p->at, type, 4);
    p->at += 4;
    return begin;
}

static void chunk_end(Png *p, uint8_t *begin)
{
    uint8_t *end = p->at;
    uint32_t sum = (uint32_t)rt_crc32(0, begin + 4, (size_t)(end - begin - 4));
    p->at = begin;
    put_u32(p, (uint32_t)(end - begin - 8));
    p->at = end;
    put_u32(p, sum);
}

/* The number of a color; MOST_COLORS: there is no room for it. */
static size_t number_of(Png *p, const uint8_t *rgb)
{
    uint32_t color = (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
    for (uint32_t i = color * 2654435761U >> 22;; i = (i + 1) % SLOTS) {
        if (!p->slot[i] && p->n_colors == MOST_COLORS)
            return MOST_COLORS;
        if (!p->slot[i]) {
            p->color[p->n_colors] = color;
            p->slot[i] = (uint32_t)++p->n_colors;
        }
        if (p->color[p->slot[i] - 1] == color)
            return p->slot[i] - 1;
    }
}

static bool is_gray(const Png *p)
{
    for (size_t i = 0; i < p->rows * p->columns; i++)
        if (p->rgb[3 * i] != p->rgb[3 * i + 1] || p->rgb[3 * i] != p->rgb[3 * i + 2])
            return false;
    return true;
}

static bool find_palette(Png *p)
{
    for (size_t i = 0; i < p->rows * p->columns; i++)
        if (number_of(p, p->rgb + 3 * i) == MOST_COLORS)
            return false;
    return true;
}

static void put_row(Png *p, uint8_t *out, size_t row)
{
    const uint8_t *rgb = p->rgb + 3 * row * p->columns;
    *out++ = 0; /* no filter */
    if (!p->is_palette && !p->is_gray)
        memcpy(out, rgb, 3 * p->columns);
    for (size_t i = 0; (p->is_palette || p->is_gray) && i < p->columns; i++)
        out[i] = p->is_gray ? rgb[3 * i] : (uint8_t)number_of(p, rgb + 3 * i);
}

static void put_pixels(Png *p, const uint8_t *raw, size_t n)
{
    uint32_t a = 1, b = 0;
    *p->at++ = 0x78;
    *p->at++ = 0x01;
    for (size_t at = 0; at < n; at += MOST_STORED) {
        size_t part = n - at < MOST_STORED ? n - at : MOST_STORED;
        *p->at++ = at + part == n;
        for (int k = 0; k < 2; k++) { /* the length, and the same with all bits turned */
            *p->at++ = (uint8_t)((part & 255) ^ (k ? 255 : 0));
            *p->at++ = (uint8_t)((part >> 8) ^ (k ? 255 : 0));
        }
        memcpy(p->at, raw + at, part);
        p->at += part;
    }
    for (size_t i = 0; i < n; i++) { /* Adler-32 */
        a = (a + raw[i]) % 65521;
        b = (b + a) % 65521;
    }
    put_u32(p, b << 16 | a);
}

static void put_head(Png *p)
{
    memcpy(p->at, "\x89PNG\r\n\x1a\n", 8);
    p->at += 8;
    uint8_t *chunk = chunk_begin(p, "IHDR");
    put_u32(p, (uint32_t)p->columns);
    put_u32(p, (uint32_t)p->rows);
    memcpy(p->at, p->is_gray ? "\x08\0\0\0" : p->is_palette ? "\x08\x03\0\0" : "\x08\x02\0\0", 5);
    p->at += 5;
    chunk_end(p, chunk);
    if (!p->is_palette)
        return;
    chunk = chunk_begin(p, "PLTE");
    for (size_t i = 0; i < p->n_colors; i++)
        for (int shift = 16; shift >= 0; shift -= 8)
            *p->at++ = (uint8_t)(p->color[i] >> shift);
    chunk_end(p, chunk);
}

uint8_t *rt_png_stored(int64_t rows, int64_t columns, const uint8_t *rgb, size_t *size)
{
    Png p = {.rgb = rgb, .rows = (size_t)rows, .columns = (size_t)columns};
    p.is_gray = is_gray(&p);
    p.is_palette = !p.is_gray && find_palette(&p);
    size_t line = 1 + p.columns * (p.is_gray || p.is_palette ? 1 : 3), n = line * p.rows;
    uint8_t *raw = malloc(n ? n : 1);
    p.begin = p.at = raw ? malloc(n + 5 * (n / MOST_STORED + 1) + ROOM) : NULL;
    if (p.at) {
        put_head(&p);
        for (size_t row = 0; row < p.rows; row++)
            put_row(&p, raw + row * line, row);
        uint8_t *chunk = chunk_begin(&p, "IDAT");
        put_pixels(&p, raw, n);
        chunk_end(&p, chunk);
        chunk_end(&p, chunk_begin(&p, "IEND"));
        *size = (size_t)(p.at - p.begin);
    }
    free(raw);
    return p.begin;
}
