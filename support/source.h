/* source.h: program texts and places in them.
 *
 * All files of a session stand one after another in one space of byte offsets, so a Range needs no
 * file field: source_of() finds it. Line and column are computed when printing. */
#ifndef NNLC_SUPPORT_SOURCE_H
#define NNLC_SUPPORT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"

typedef struct Range {
    uint32_t begin, end; /* byte offsets, end exclusive; {0, 0} is no place */
} Range;

typedef struct Source {
    const char *name; /* as shown in messages */
    const char *text; /* with SOURCE_NULS at its end; may also hold NUL bytes */
    uint32_t size;
    uint32_t base; /* offset of the first byte; at least 1 */
    const struct SourceBlock *blocks;
    uint32_t n_lines;
} Source;

enum { SOURCE_NULS = 2 };

typedef struct SourceMap SourceMap;

typedef struct Place {
    const Source *source;
    uint32_t line;   /* from 1 */
    uint32_t column; /* from 1, in code points */
} Place;

SourceMap *source_map_new(Arena *arena);
/* How many bytes the next text may have: all together have at most 64 MB. */
size_t source_room(const SourceMap *map);
/* Keeps a copy of the text. NULL if there is no room for it. */
const Source *source_add(SourceMap *map, const char *name, const char *text, size_t size);
/* NULL for offset 0 or past the end. An offset just past a file's last byte belongs to the file. */
const Source *source_of(const SourceMap *map, uint32_t offset);
Place source_place(const SourceMap *map, uint32_t offset);
/* The line's bytes, without its end. */
const char *source_line(const Source *source, uint32_t line, uint32_t *length);

static inline Range range_join(Range a, Range b)
{
    if (!a.begin)
        return b;
    if (!b.begin)
        return a;
    return (Range){a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

#endif
