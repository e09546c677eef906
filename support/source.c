/* source.c: texts in, places out.
 *
 * Each text takes size + 1 offsets, so that the place just past its end is its own. Lines end at
 * LF; the CR of a CR LF belongs to no line. A byte order mark stands before the first line. */
#include "support/source.h"

#include <string.h>
#include <unistr.h>

#include "support/bug.h"
#include "support/vec.h"

#define TOTAL_MAX ((size_t)64 << 20)

enum { BLOCK = 4096 };

/* What stands before each BLOCK bytes of a text, so that places take little memory and time, however long
 * its lines are. */
typedef struct SourceBlock {
    uint32_t lines, points; /* line ends, code points */
    uint32_t
        first; /* where the first code point of the block begins, at most; in bytes of the text */
} SourceBlock;

struct SourceMap {
    Arena *arena;
    Vec(Source *) sources;
    size_t next_base;
};

SourceMap *source_map_new(Arena *arena)
{
    SourceMap *map = ARENA_NEW(arena, SourceMap);
    map->arena = arena;
    map->next_base = 1;
    return map;
}

/* Bytes of valid UTF-8 that begin no code point. */
static bool goes_on(const char *text, uint32_t size, uint32_t at, uint32_t *code_point_end)
{
    if (at < *code_point_end)
        return true;
    if ((unsigned char)text[at] >= 0x80) {
        ucs4_t c;
        int length = u8_mbtoucr(&c, (const uint8_t *)text + at, size - at);
        *code_point_end = at + (length > 0 ? (uint32_t)length : 1);
    }
    return false;
}

static void index_blocks(Arena *arena, Source *source)
{
    SourceBlock *blocks = ARENA_ARRAY(arena, SourceBlock, source->size / BLOCK + 1);
    uint32_t lines = 0, points = 0, end = 0;
    for (uint32_t i = 0; i < source->size; i++) {
        if (i % BLOCK == 0)
            blocks[i / BLOCK] = (SourceBlock){lines, points, end};
        lines += source->text[i] == '\n';
        points += !goes_on(source->text, source->size, i, &end);
    }
    if (source->size % BLOCK == 0)
        blocks[source->size / BLOCK] = (SourceBlock){lines, points, end};
    source->blocks = blocks;
    source->n_lines = lines + 1;
}

size_t source_room(const SourceMap *map)
{
    return map->next_base < TOTAL_MAX ? TOTAL_MAX - 1 - map->next_base : 0;
}

const Source *source_add(SourceMap *map, const char *name, const char *text, size_t size)
{
    if (size > source_room(map))
        return NULL;
    Source *source = ARENA_NEW(map->arena, Source);
    source->name = arena_strdup(map->arena, name);
    char *copy = ARENA_ARRAY(map->arena, char, size + SOURCE_NULS);
    memcpy(copy, text, size);
    source->text = copy;
    source->size = (uint32_t)size;
    source->base = (uint32_t)map->next_base;
    index_blocks(map->arena, source);
    map->next_base += size + 1;
    vec_push(map->arena, &map->sources, source);
    return source;
}

const Source *source_of(const SourceMap *map, uint32_t offset)
{
    if (offset == 0 || offset >= map->next_base)
        return NULL;
    size_t low = 0, high = map->sources.n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (map->sources.at[middle]->base <= offset)
            low = middle;
        else
            high = middle;
    }
    return map->sources.at[low];
}

/* Line ends before `at`, the number of the line from 0. */
static uint32_t lines_to(const Source *source, uint32_t at)
{
    uint32_t lines = source->blocks[at / BLOCK].lines;
    for (uint32_t i = at / BLOCK * BLOCK; i < at; i++)
        lines += source->text[i] == '\n';
    return lines;
}

/* Code points before `at`. A byte that is no part of valid UTF-8 counts as one. */
static uint32_t points_to(const Source *source, uint32_t at)
{
    const SourceBlock *block = &source->blocks[at / BLOCK];
    uint32_t points = block->points, end = block->first;
    for (uint32_t i = at / BLOCK * BLOCK; i < at; i++)
        points += !goes_on(source->text, source->size, i, &end);
    return points;
}

/* Where the line begins that so many line ends stand before. */
static uint32_t line_start(const Source *source, uint32_t lines)
{
    uint32_t low = 0, high = source->size / BLOCK + 1;
    if (!lines)
        return source->size >= 3 && memcmp(source->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->blocks[middle].lines < lines)
            low = middle;
        else
            high = middle;
    }
    uint32_t i = low * BLOCK;
    for (uint32_t left = lines - source->blocks[low].lines; left; i++)
        left -= source->text[i] == '\n';
    return i;
}

Place source_place(const SourceMap *map, uint32_t offset)
{
    const Source *source = source_of(map, offset);
    if (!source)
        nnl_bug("offset %u is in no source", (unsigned)offset);
    uint32_t at = offset - source->base;
    uint32_t lines = lines_to(source, at), start = line_start(source, lines);
    uint32_t column = at > start ? points_to(source, at) - points_to(source, start) + 1 : 1;
    return (Place){source, lines + 1, column};
}

const char *source_line(const Source *source, uint32_t line, uint32_t *length)
{
    nnl_assert(line >= 1 && line <= source->n_lines);
    uint32_t start = line_start(source, line - 1);
    uint32_t end = line < source->n_lines ? line_start(source, line) - 1 : source->size;
    if (end > start && line < source->n_lines && source->text[end - 1] == '\r')
        end--;
    *length = end - start;
    return source->text + start;
}
