/* Foreign texts as they are shown: characters, columns, formats; any bytes against what a terminal obeys. */
#include "runtime/abi/shown.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/check.h"

static const char *shown(const char *text)
{
    static char out[4096];
    rt_show(out, sizeof out, "%s", text);
    return out;
}

static void test_characters(void)
{
    CHECK_STR(shown("plain \xc3\xa4\xe4\xbd\xa0"), "plain \xc3\xa4\xe4\xbd\xa0");
    CHECK_STR(shown("\x1b]0;x\x07\x7f"), "\\x1b]0;x\\x07\\x7f");
    CHECK_STR(shown("a\nb\rc\td"), "a\\nb\\rc\\td");
    CHECK_STR(shown("\xc2\x9b"
                    "2J\x9b\xff"),
              "\\u009b2J\\x9b\\xff");
    CHECK_STR(shown("\xe2\x80\xae\xe2\x81\xa6\xd8\x9c\xe2\x80\xa8\xe2\x80\x8f\xef\xbb\xbf"),
              "\\u202e\\u2066\\u061c\\u2028\\u200f\\ufeff");
    CHECK_STR(shown("\xf3\xa0\x80\xa1"), "\\U000e0021");
    CHECK_STR(shown("\xc0\x80\xed\xa0\x80\xe2\x82"), "\\xc0\\x80\\xed\\xa0\\x80\\xe2\\x82");
    CHECK_STR(shown("C:\\x\\x1b"), "C:\\x\\x1b");
    CHECK(rt_is_shown("\xc3\xa4 \\x1b") && !rt_is_shown("\x1b") && !rt_is_shown("a\n"));
}

static void test_columns(void)
{
    char out[64];
    CHECK(rt_shown_columns("a\x1b\xe4\xbd\xa0"
                           "e\xcc\x81") == 1 + 4 + 2 + 1);
    CHECK(rt_code_columns(0x1f600) == 2 && rt_code_columns(0x301) == 0 &&
          rt_code_columns(0xe4) == 1);
    CHECK(rt_shown_head("ab\x1b"
                        "c",
                        5) == 2);
    CHECK(rt_shown_head("ab\x1b"
                        "c",
                        6) == 3);
    CHECK(rt_shown_tail("ab\x1b"
                        "c",
                        5) == 2);
    CHECK_STR(rt_shown_cut("abcdefgh", 8, out, sizeof out), "abcdefgh");
    CHECK_STR(rt_shown_cut("abcdefghi", 8, out, sizeof out), "abcde...");
    CHECK_STR(rt_shown_cut("abc\x1b\x1b", 8, out, sizeof out), "abc...");
    CHECK_STR(rt_shown_cut("\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0", 5, out, sizeof out),
              "\xe4\xbd\xa0...");
}

static void test_formats(void)
{
    char out[256];
    const char *name = "\x1b\xe4\xbd\xa0";
    rt_show(out, sizeof out, "\033[1m|%8s|%-8s|%.1s|%c", name, name, name, '\x9b');
    CHECK_STR(out, "\033[1m|  \\x1b\xe4\xbd\xa0|\\x1b\xe4\xbd\xa0  |\\x1b|\\x9b");
    rt_show(out, sizeof out, "%.2s|%.4s|%.*s|%*s|%-*s|", "a\xc3\xa4", "a\xe4\xbd\xa0", 1, "xy", 3,
            "a", 3, "b");
    CHECK_STR(out, "a|a\xe4\xbd\xa0|x|  a|b  |");
    rt_show(out, sizeof out, "%d %5u %-4lldx %zu %04x %ld %c%%", -1, 2u, 3LL, (size_t)4, 0x2au, 5L,
            'c');
    CHECK_STR(out, "-1     2 3   x 4 002a 5 c%");
    rt_show(out, sizeof out, "%.3f %8.2e %g %+.1f %*.1f", 0.5, 12345.0, 1e-5, 2.0, 6, 1.25);
    CHECK_STR(out, "0.500 1.23e+04 1e-05 +2.0    1.2");
    CHECK(rt_show(NULL, 0, "%s:%d", "ab", 12) == 5);
    CHECK(rt_show(out, 4, "ab\xe4\xbd\xa0x") == 6);
    CHECK_STR(out, "ab");
    CHECK(rt_show(out, 5, "a%s", "\x1b\x1b") == 9);
    CHECK_STR(out, "a");
}

static size_t short_text(char *out, size_t size, const char *format, ...) RT_PRINTF(3, 4);

static size_t short_text(char *out, size_t size, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    size_t n = rt_vshow_short(out, size, format, list);
    va_end(list);
    return n;
}

/* A long name keeps its begin and its end, and what stands behind it is there. */
static void test_short(void)
{
    char out[64], name[10001];
    for (size_t i = 0; i < sizeof name - 1; i++)
        name[i] = "abcdefgh"[i % 8];
    name[sizeof name - 1] = 0;
    CHECK(short_text(out, sizeof out, "no '%s': %s", "a/b", "reason") == 16);
    CHECK_STR(out, "no 'a/b': reason");
    CHECK(short_text(out, sizeof out, "no '%s': %s", name, "reason") < sizeof out);
    CHECK_STR(out, "no 'abcdefghabcdefgh...abcdefghabcdefgh': reason");
    CHECK(short_text(out, sizeof out, "'%s' '%s' '%s'", name, name, "c") < sizeof out);
    CHECK_STR(out, "'abcdefgh...abcdefgh' 'abcdefgh...abcdefgh' 'c'");
    for (size_t i = 0; i + 3 < sizeof name; i += 3) /* the cut leaves characters whole */
        snprintf(name + i, 4, "\xe2\x80\xae");
    CHECK(short_text(out, sizeof out, "'%s' is not there", name) < sizeof out);
    CHECK_STR(out, "'\\u202e\\u202e...\\u202e\\u202e' is not there");
    memset(name, 0x80, sizeof name - 1);
    CHECK(short_text(out, sizeof out, "'%s' is not there", name) < sizeof out);
    CHECK(short_text(out, 8, "'%s' is not there", name) >= 8);
    CHECK_STR(out, "'\\x80");
    CHECK(strlen(out) < 8);
}

static char *printed(bool message, const char *text)
{
    char *out = NULL;
    size_t size;
    FILE *to = open_memstream(&out, &size);
    if (!to)
        abort();
    if (message)
        rt_print_message(to, text);
    else
        rt_print(to, "%s|\n", text);
    fclose(to);
    return out;
}

static void test_files(void)
{
    char *line = printed(false, "a\x1b\n"), *message = printed(true, "a\n\x1b  b\n");
    CHECK_STR(line, "a\\x1b\\n|\n");
    CHECK_STR(message, "a\n\\x1b  b\n");
    free(line);
    free(message);
    char *many = calloc(5001, 1);
    if (!many)
        abort();
    memset(many, '\x1b', 5000);
    line = printed(false, many);
    CHECK(strlen(line) == 4 * 5000 + 2 && !strchr(line, '\x1b'));
    free(line);
    free(many);
}

/* Any bytes: what comes out is UTF-8 without anything that is hidden, the columns are those that were counted, and
 * shown again it is the same. */
static void test_any(void)
{
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        char text[13] = "", out[128], again[128];
        for (int k = 0; k < 12; k++) {
            static const char often[] = "\xe2\x80\xae\x8f\x1b\xf3\xa0\xc2\x9b\xa6";
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            unsigned byte = (unsigned)(seed >> 40);
            text[k] = (char)(byte & 256 ? (unsigned char)often[byte % 10] : byte & 255);
        }
        rt_show(out, sizeof out, "%s", text);
        rt_show(again, sizeof again, "%s", out);
        CHECK_STR(again, out);
        CHECK(rt_shown_columns(text) == rt_shown_columns(out));
        for (size_t at = 0, n = strlen(out); at < n;) {
            uint32_t code;
            size_t size = rt_utf8_next(out + at, n - at, &code);
            CHECK(size && !rt_code_is_hidden(code));
            at += size ? size : 1;
        }
    }
}

int main(void)
{
    test_characters();
    test_columns();
    test_formats();
    test_short();
    test_files();
    test_any();
    return check_done();
}
