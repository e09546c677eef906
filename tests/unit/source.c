/* Places in texts: lines, columns in code points, several files, ends of files. */
#include "support/source.h"

#include "tests/unit/check.h"

static void check_place(const SourceMap *map, uint32_t offset, const char *expected)
{
    Place place = source_place(map, offset);
    char text[80];
    snprintf(text, sizeof text, "%s:%u:%u", place.source->name, place.line, place.column);
    CHECK_STR(text, expected);
}

static void check_line(const Source *source, uint32_t line, const char *expected)
{
    uint32_t length;
    const char *text = source_line(source, line, &length);
    char copy[80];
    snprintf(copy, sizeof copy, "%.*s", (int)length, text);
    CHECK_STR(copy, expected);
}

static void check_places(Arena *arena)
{
    SourceMap *map = source_map_new(arena);
    const Source *a = source_add(map, "a.nn", "one\ntwo\r\n\nlast", 14);
    const Source *empty = source_add(map, "empty.nn", "", 0);
    const Source *b = source_add(map, "b.nn", "größe = 1\n", 12);
    CHECK_EQ_INT(a->base, 1);
    CHECK_EQ_INT(a->n_lines, 4);
    check_place(map, a->base, "a.nn:1:1");
    check_place(map, a->base + 3, "a.nn:1:4");
    check_place(map, a->base + 4, "a.nn:2:1");
    check_place(map, a->base + 9, "a.nn:3:1");
    check_place(map, a->base + 14, "a.nn:4:5");
    check_place(map, empty->base, "empty.nn:1:1");
    check_place(map, b->base + 8, "b.nn:1:7");
    check_place(map, b->base + 12, "b.nn:2:1");
    CHECK(source_of(map, 0) == NULL);
    CHECK(source_of(map, b->base + 13) == NULL);
    CHECK(source_of(map, a->base + 14) == a);
    check_line(a, 1, "one");
    check_line(a, 2, "two");
    check_line(a, 3, "");
    check_line(a, 4, "last");
    check_line(empty, 1, "");
    check_line(b, 2, "");
}

static void check_odd_bytes(Arena *arena)
{
    SourceMap *map = source_map_new(arena);
    const Source *bom = source_add(map, "bom.nn",
                                   "\xEF\xBB\xBF"
                                   "let x",
                                   8);
    check_place(map, bom->base, "bom.nn:1:1");
    check_place(map, bom->base + 3, "bom.nn:1:1");
    check_place(map, bom->base + 7, "bom.nn:1:5");
    check_line(bom, 1, "let x");
    const Source *broken = source_add(map, "broken.nn", "a\xFF\xC3(b\0c", 7);
    check_place(map, broken->base + 2, "broken.nn:1:3");
    check_place(map, broken->base + 4, "broken.nn:1:5");
    check_place(map, broken->base + 6, "broken.nn:1:7");
    CHECK(source_add(map, "huge.nn", "", (size_t)1 << 31) == NULL);
}

static void check_joined(void)
{
    Range none = {0, 0}, left = {3, 5}, right = {9, 12};
    CHECK_EQ_INT(range_join(none, left).begin, 3);
    CHECK_EQ_INT(range_join(right, none).end, 12);
    CHECK_EQ_INT(range_join(right, left).begin, 3);
    CHECK_EQ_INT(range_join(left, right).end, 12);
}

int main(void)
{
    Arena *arena = arena_open();
    check_places(arena);
    check_odd_bytes(arena);
    check_joined();
    arena_close(arena);
    return check_done();
}
