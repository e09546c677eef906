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

static void index_lines(Arena *arena, Source *source)
{
    size_t n = 1;
    for (uint32_t i = 0; i < source->size; i++)
        n += source->text[i] == '\n';
    uint32_t *start = ARENA_ARRAY(arena, uint32_t, n);
    bool has_bom = source->size >= 3 && memcmp(source->text, "\xEF\xBB\xBF", 3) == 0;
    start[0] = has_bom ? 3 : 0;
    for (uint32_t i = 0, line = 1; i < source->size; i++)
        if (source->text[i] == '\n')
            start[line++] = i + 1;
    source->line_start = start;
    source->n_lines = (uint32_t)n;
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
    source->text = arena_strndup(map->arena, text, size);
    source->size = (uint32_t)size;
    source->base = (uint32_t)map->next_base;
    index_lines(map->arena, source);
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

static uint32_t line_of(const Source *source, uint32_t at)
{
    uint32_t low = 0, high = source->n_lines;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->line_start[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

/* A byte that is no part of valid UTF-8 counts as one code point. */
static uint32_t count_code_points(const char *text, uint32_t size)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < size; n++) {
        ucs4_t c;
        int length = u8_mbtoucr(&c, (const uint8_t *)text + i, size - i);
        i += length > 0 ? (uint32_t)length : 1;
    }
    return n;
}

Place source_place(const SourceMap *map, uint32_t offset)
{
    const Source *source = source_of(map, offset);
    if (!source)
        nnl_bug("offset %u is in no source", (unsigned)offset);
    uint32_t at = offset - source->base;
    uint32_t line = line_of(source, at);
    uint32_t start = source->line_start[line - 1];
    uint32_t column = at > start ? count_code_points(source->text + start, at - start) + 1 : 1;
    return (Place){source, line, column};
}

const char *source_line(const Source *source, uint32_t line, uint32_t *length)
{
    nnl_assert(line >= 1 && line <= source->n_lines);
    uint32_t start = source->line_start[line - 1];
    uint32_t end = line < source->n_lines ? source->line_start[line] - 1 : source->size;
    if (end > start && line < source->n_lines && source->text[end - 1] == '\r')
        end--;
    *length = end - start;
    return source->text + start;
}
