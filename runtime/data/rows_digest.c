/* rows_digest.c: 64 bits over the rows of a part, eight bytes at a time. */
#include "runtime/data/rows_digest.h"

#include <string.h>

static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * 0x9e3779b97f4a7c15ull;
    return h ^ h >> 29;
}

static uint64_t mix_bytes(uint64_t h, const void *data, size_t n)
{
    const unsigned char *at = data;
    uint64_t word;
    for (; n >= sizeof word; n -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        h = mix(h, word);
    }
    word = 0;
    memcpy(&word, at, n);
    return n ? mix(h, word) : h;
}

static uint64_t mix_row(uint64_t h, const RtArray *a, uint32_t row)
{
    size_t size = a && a->dims[0] ? a->bytes / (size_t)a->dims[0] : 0;
    return a && (int64_t)row < a->dims[0] ? mix_bytes(h, (const char *)a->data + row * size, size)
                                          : h;
}

/* The texts of a row; -1 stands for a missing cell. */
static uint64_t mix_texts(uint64_t h, const RtTable *t, uint32_t row)
{
    for (uint32_t i = 0; i < t->names.n; i++) {
        const RtColumn *c = &t->columns[i];
        const char *text =
            !c->codes || c->codes[row] < 0 ? NULL : rt_texts_at(&c->texts, (uint32_t)c->codes[row]);
        if (c->codes)
            h = text ? mix_bytes(h, text, strlen(text)) : mix(h, UINT64_MAX);
    }
    return h;
}

uint64_t rt_rows_digest(const RtPart *part)
{
    uint64_t h = mix(0, (uint64_t)part->rows);
    const RtTable *t = part->x || !part->from ? NULL : part->from->table;
    for (int64_t i = 0; i < part->rows; i++) {
        uint32_t row = part->index[i];
        h = mix(h, row);
        h = mix_row(h, part->x, row);
        h = mix_row(h, part->y, row);
        h = mix_row(h, part->weights, row);
        h = mix_row(h, t ? t->narrow : NULL, row);
        h = mix_row(h, t ? t->wide : NULL, row);
        h = t ? mix_texts(h, t, row) : h;
    }
    return h;
}
