/* Limits of memory: sizes as people write them, control groups of both versions, what is refused and with which words; and
 * how many tokens a program may have. */
#include "runtime/data/memory.h"

#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lexer/lexer.h"
#include "tests/unit/check.h"

static void test_parse(void)
{
    static const struct {
        const char *text;
        uint64_t bytes;
    } sizes[] = {{"1", 1},           {"1000000", 1000000}, {"512K", 512 << 10},
                 {"3m", 3 << 20},    {"2G", 2ull << 30},   {"1.5G", 3ull << 29},
                 {"1T", 1ull << 40}, {"4GB", 4ull << 30},  {"4GiB", 4ull << 30}};
    static const char *const wrong[] = {"",
                                        "0",
                                        "x",
                                        "G",
                                        "-1",
                                        "1X",
                                        "1GG",
                                        "1.2.3",
                                        "nan",
                                        "1e9",
                                        " 1",
                                        "1 G",
                                        "99999999999T",
                                        "0.1",
                                        "12345678901234567890"};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint64_t bytes = 0;
        CHECK(rt_memory_parse(sizes[i].text, &bytes));
        CHECK_EQ_INT(bytes, sizes[i].bytes);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        uint64_t bytes = 7;
        if (!CHECK(!rt_memory_parse(wrong[i], &bytes) && bytes == 7))
            fprintf(stderr, "'%s'\n", wrong[i]);
    }
}

/* ---- control groups ---- */

static char root[] = "/tmp/nnlc-memory-XXXXXX";

static const char *in_root(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", root, name);
    return path;
}

static void put(const char *name, const char *text)
{
    FILE *out = fopen(in_root(name), "w");
    CHECK(out && fputs(text, out) >= 0 && fclose(out) == 0);
}

static uint64_t limit(const char *groups)
{
    char path[256];
    put("groups", groups);
    snprintf(path, sizeof path, "%s", in_root("groups"));
    return rt_memory_of_groups(path, root);
}

static void test_groups(void)
{
    static const char *const folders[] = {"a", "a/b", "memory", "memory/c"};
    static const char *const files[] = {"a/memory.max", "a/b/memory.max", "groups",
                                        "memory/memory.limit_in_bytes",
                                        "memory/c/memory.limit_in_bytes"};
    CHECK(mkdtemp(root) != NULL);
    for (size_t i = 0; i < 4; i++)
        CHECK(mkdir(in_root(folders[i]), 0700) == 0);
    CHECK(limit("0::/a/b\n") == UINT64_MAX);
    put("a/b/memory.max", "max\n");
    CHECK(limit("0::/a/b\n") == UINT64_MAX);
    put("a/memory.max", "5000\n"); /* of the group around it */
    CHECK_EQ_INT(limit("0::/a/b\n"), 5000);
    put("a/b/memory.max", "4000\n");
    CHECK_EQ_INT(limit("0::/a/b\n"), 4000);
    CHECK_EQ_INT(limit("0::/a\n"), 5000);
    put("memory/memory.limit_in_bytes", "3000\n");
    put("memory/c/memory.limit_in_bytes", "9223372036854771712\n");
    CHECK_EQ_INT(limit("5:cpu:/x\n4:memory:/c\n"), 3000);
    CHECK_EQ_INT(limit("4:memory:/of/the/host\n"), 3000); /* which a container does not see */
    CHECK(limit("4:cpu:/c\nwhat is this\n") == UINT64_MAX);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        CHECK(unlink(in_root(files[i])) == 0);
    for (size_t i = 4; i-- > 0;)
        CHECK(rmdir(in_root(folders[i])) == 0);
    CHECK(rmdir(root) == 0);
}

static void test_limit(void)
{
    RtError error;
    uint64_t machine = rt_memory_limit();
    CHECK(machine > 1 << 20 && machine < UINT64_MAX);
    CHECK(rt_memory_left() <= machine);
    CHECK_EQ_INT(rt_memory_check("x", 1 << 21, &error), RT_OK);
    rt_memory_set_limit(1);
    CHECK_EQ_INT(rt_memory_limit(), 1);
    CHECK_EQ_INT(rt_memory_left(), 0);
    CHECK(rt_memory_fits(1000) && !rt_memory_fits(1 << 20)); /* small ones are not counted */
    CHECK_EQ_INT(rt_memory_check("x", 1 << 21, &error), RT_ERROR);
    CHECK_STR(error.text, "'x' is larger than memory allows: it needs 2097152 bytes");
    CHECK_STR(error.help, "0 of 1 bytes are left; --max-memory=SIZE sets another limit");
    rt_memory_set_limit(0);
    CHECK_EQ_INT(rt_memory_limit(), machine);
}

static void test_tokens(void)
{
    Arena *arena = arena_open();
    SourceMap *sources = source_map_new(arena);
    LexCx cx = {arena, interner_new(arena), diag_new(arena, sources), NULL};
    const char text[] = "print 1 + 2\n";
    const Source *source = source_add(sources, "t.nn", text, sizeof text - 1);
    CHECK_EQ_INT(lex_at_most(&cx, source, 5)->list.n, 6); /* the end is not counted */
    CHECK_EQ_INT(diag_errors(cx.diags), 0);
    CHECK_EQ_INT(lex_at_most(&cx, source, 2)->list.n, 1);
    CHECK_EQ_INT(diag_errors(cx.diags), 1);
    char *shown = NULL;
    size_t size;
    FILE *out = open_memstream(&shown, &size);
    diag_flush(cx.diags, out, DIAG_TEXT, DIAG_COLOR_OFF);
    fclose(out);
    CHECK(strstr(shown, "t.nn:1:9: error: the program has more than 2 tokens"));
    free(shown);
    arena_close(arena);
}

int main(void)
{
    test_parse();
    test_groups();
    test_limit();
    test_tokens();
    return check_done();
}
