/* Messages as they are printed: places, carets under tabs, wide and combining characters, long
 * lines, notes, fixes, order, limits, colours, JSON. */
#include "support/diag.h"

#include "tests/unit/check.h"

typedef struct Fixture {
    Arena *arena;
    SourceMap *map;
    Diags *diags;
    const Source *source;
} Fixture;

static Fixture fixture_open(const char *text)
{
    Fixture f = {.arena = arena_open()};
    f.map = source_map_new(f.arena);
    f.diags = diag_new(f.arena, f.map);
    f.source = source_add(f.map, "a.nn", text, strlen(text));
    return f;
}

static Range at(const Fixture *f, uint32_t begin, uint32_t end)
{
    return (Range){f->source->base + begin, f->source->base + end};
}

/* The range of the first `part` in the text. */
static Range of(const Fixture *f, const char *part)
{
    uint32_t begin = (uint32_t)(strstr(f->source->text, part) - f->source->text);
    return at(f, begin, begin + (uint32_t)strlen(part));
}

static void check_flushed(Fixture *f, DiagFormat format, DiagColor color, const char *expected)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    diag_flush(f->diags, out, format, color);
    fclose(out);
    CHECK_STR(text, expected);
    free(text);
}

static void check_text(Fixture *f, const char *expected)
{
    check_flushed(f, DIAG_TEXT, DIAG_COLOR_OFF, expected);
}

static void check_one(const char *text, uint32_t begin, uint32_t end, const char *expected)
{
    Fixture f = fixture_open(text);
    diag_error(f.diags, at(&f, begin, end), "wrong");
    check_text(&f, expected);
    arena_close(f.arena);
}

static void check_look(void)
{
    Fixture f = fixture_open("model {\n    Dense(1, activation=sigmoid)\n}\n"
                             "compile { loss = mse }\n");
    diag_error(f.diags, of(&f, "mse"), "the loss '%s' does not fit", "mse");
    diag_note(f.diags, of(&f, "Dense(1, activation=sigmoid)"), "the last layer is here");
    diag_help(f.diags, "use '%s'", "binary_crossentropy");
    check_text(&f, "a.nn:4:18: error: the loss 'mse' does not fit\n"
                   "compile { loss = mse }\n"
                   "                 ^~~\n"
                   "a.nn:2:5: note: the last layer is here\n"
                   "    Dense(1, activation=sigmoid)\n"
                   "    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
                   "help: use 'binary_crossentropy'\n"
                   "1 error generated.\n");
    check_text(&f, "");
    arena_close(f.arena);
}

static void check_carets(void)
{
    check_one("x = 1", 4, 5, "a.nn:1:5: error: wrong\nx = 1\n    ^\n1 error generated.\n");
    check_one("x = 1", 5, 5, "a.nn:1:6: error: wrong\nx = 1\n     ^\n1 error generated.\n");
    check_one("", 0, 0, "a.nn:1:1: error: wrong\n\n^\n1 error generated.\n");
    check_one("\tx\ty", 1, 2, "a.nn:1:2: error: wrong\n\tx\ty\n\t^\n1 error generated.\n");
    check_one("\tx\ty", 1, 4, "a.nn:1:2: error: wrong\n\tx\ty\n\t^~~~~~~~~\n1 error generated.\n");
    check_one("f(a,  \n  b)", 0, 10, "a.nn:1:1: error: wrong\nf(a,  \n^~~~\n1 error generated.\n");
    check_one("ab\r\ncd", 4, 6, "a.nn:2:1: error: wrong\ncd\n^~\n1 error generated.\n");
}

static void check_unicode(void)
{
    check_one("größe = ü", 10, 12,
              "a.nn:1:9: error: wrong\ngröße = ü\n        ^\n1 error generated.\n");
    check_one("層 = 層層", 6, 12,
              "a.nn:1:5: error: wrong\n層 = 層層\n     ^~~~\n1 error generated.\n");
    check_one("e\xCC\x81 = e\xCC\x81z", 6, 10,
              "a.nn:1:6: error: wrong\ne\xCC\x81 = e\xCC\x81z\n    ^~\n1 error generated.\n");
    check_one("a\xFF = \x01z", 5, 7,
              "a.nn:1:6: error: wrong\na\\xff = \\x01z\n        ^~~~~\n1 error generated.\n");
    check_one("# \xE2\x80\xAE x", 2, 5,
              "a.nn:1:3: error: wrong\n# \\u202e x\n  ^~~~~~\n1 error generated.\n");
}

static void check_windows(void)
{
    char text[600], expected[400];
    memset(text, 'x', sizeof text);
    memcpy(text + 300, "BAD", 3);
    text[599] = '\0';
    snprintf(expected, sizeof expected,
             "a.nn:1:301: error: wrong\n...%.*sBAD%.*s...\n%*s^~~\n1 error generated.\n", 50, text,
             67, text, 53, "");
    check_one(text, 300, 303, expected);
    snprintf(expected, sizeof expected, "a.nn:1:1: error: wrong\n%.*s...\n^~\n1 error generated.\n",
             120, text);
    check_one(text, 0, 2, expected);
    snprintf(expected, sizeof expected,
             "a.nn:1:599: error: wrong\n...%.*s\n%*s^\n1 error generated.\n", 120, text, 122, "");
    check_one(text, 598, 599, expected);
}

static void check_fixes(void)
{
    Fixture f = fixture_open("a = .5\nb = True\n");
    diag_error(f.diags, of(&f, ".5"), "no digit before the dot");
    diag_fix(f.diags, at(&f, 4, 4), "0", "write it as '0.5'");
    diag_error(f.diags, of(&f, "True"), "'True' is written 'true'");
    diag_fix(f.diags, of(&f, "True"), "true", "write 'true'");
    diag_fix(f.diags, of(&f, "a = "), "", "or leave this out");
    check_text(&f, "a.nn:1:5: error: no digit before the dot\n"
                   "a = .5\n    ^~\n"
                   "help: write it as '0.5'\n"
                   "a = 0.5\n    ~\n"
                   "a.nn:2:5: error: 'True' is written 'true'\n"
                   "b = True\n    ^~~~\n"
                   "help: write 'true'\n"
                   "b = true\n    ~~~~\n"
                   "a.nn:1:1: help: or leave this out\n"
                   ".5\n^\n"
                   "2 errors generated.\n");
    arena_close(f.arena);
}

static void check_order(void)
{
    Fixture f = fixture_open("one two\nthree\n");
    const Source *other = source_add(f.map, "b.nn", "four", 4);
    diag_error(f.diags, (Range){other->base, other->base + 4}, "fourth");
    diag_error(f.diags, of(&f, "three"), "third");
    diag_warning(f.diags, of(&f, "two"), "shadow", "second");
    diag_error(f.diags, of(&f, "one"), "first");
    diag_note(f.diags, of(&f, "three"), "a note stays with its error");
    diag_error(f.diags, of(&f, "three"), "third as well");
    diag_error(f.diags, of(&f, "one"), "first");
    diag_note(f.diags, of(&f, "two"), "a note to a repeated error");
    diag_error(f.diags, (Range){0, 0}, "nowhere");
    CHECK_EQ_INT(diag_errors(f.diags), 5);
    check_text(&f, "nnlc: error: nowhere\n"
                   "a.nn:1:1: error: first\none two\n^~~\n"
                   "a.nn:2:1: note: a note stays with its error\nthree\n^~~~~\n"
                   "a.nn:1:5: warning: second [-Wshadow]\none two\n    ^~~\n"
                   "a.nn:2:1: error: third\nthree\n^~~~~\n"
                   "a.nn:2:1: error: third as well\nthree\n^~~~~\n"
                   "b.nn:1:1: error: fourth\nfour\n^~~~\n"
                   "1 warning and 5 errors generated.\n");
    diag_error(f.diags, of(&f, "one"), "first");
    check_text(&f, "");
    arena_close(f.arena);
}

static void check_limit(void)
{
    char expected[2000];
    size_t n = 0;
    Fixture f = fixture_open("a");
    for (int i = 0; i < 23; i++) {
        diag_error(f.diags, at(&f, 0, 1), "bad %02d", i);
        if (i < 20)
            n += (size_t)snprintf(expected + n, sizeof expected - n,
                                  "a.nn:1:1: error: bad %02d\na\n^\n", i);
    }
    diag_note(f.diags, at(&f, 0, 1), "not shown");
    snprintf(expected + n, sizeof expected - n,
             "3 more errors are not shown\n23 errors generated.\n");
    check_text(&f, expected);
    for (uint32_t i = 0; i < 3; i++)
        diag_warning(f.diags, at(&f, 0, 1), "odd", "odd %u", i);
    check_text(&f, "a.nn:1:1: warning: odd 0 [-Wodd]\na\n^\n"
                   "a.nn:1:1: warning: odd 1 [-Wodd]\na\n^\n"
                   "a.nn:1:1: warning: odd 2 [-Wodd]\na\n^\n3 warnings generated.\n");
    arena_close(f.arena);
}

static void check_switches(void)
{
    Fixture f = fixture_open("x");
    diag_disable_warning(f.diags, "shadow");
    diag_set_werror(f.diags, true);
    diag_warning(f.diags, of(&f, "x"), "shadow", "hidden");
    diag_note(f.diags, of(&f, "x"), "hidden too");
    diag_warning(f.diags, of(&f, "x"), "unused", "unused");
    CHECK_EQ_INT(diag_errors(f.diags), 1);
    check_text(&f, "a.nn:1:1: error: unused [-Werror,-Wunused]\nx\n^\n1 error generated.\n");
    diag_disable_warning(f.diags, NULL);
    diag_warning(f.diags, of(&f, "x"), "other", "hidden");
    check_text(&f, "");
    arena_close(f.arena);
}

static void check_colors(void)
{
    Fixture f = fixture_open("x");
    diag_warning(f.diags, of(&f, "x"), "odd", "odd");
    diag_error(f.diags, of(&f, "x"), "bad");
    diag_note(f.diags, of(&f, "x"), "here");
    check_flushed(&f, DIAG_TEXT, DIAG_COLOR_ON,
                  "\033[1ma.nn:1:1: \033[0;1;35mwarning: \033[0m\033[1modd [-Wodd]\033[0m\n"
                  "x\n\033[0;1;32m^\033[0m\n"
                  "\033[1ma.nn:1:1: \033[0;1;31merror: \033[0m\033[1mbad\033[0m\n"
                  "x\n\033[0;1;32m^\033[0m\n"
                  "\033[1ma.nn:1:1: \033[0;1;36mnote: \033[0mhere\n"
                  "x\n\033[0;1;32m^\033[0m\n"
                  "1 warning and 1 error generated.\n");
    arena_close(f.arena);
}

static void check_json(void)
{
    Fixture f = fixture_open("größe = \"x\ny\"\n");
    diag_error(f.diags, at(&f, 10, 15), "a string \"ends\" on its line\t\xFF");
    diag_note(f.diags, at(&f, 0, 7), "for this");
    diag_note(f.diags, (Range){0, 0}, "no place");
    diag_fix(f.diags, at(&f, 10, 11), "'", "use \\n");
    diag_help(f.diags, "or join two");
    diag_warning(f.diags, at(&f, 0, 7), "shadow", "hides");
    diag_error(f.diags, (Range){0, 0}, "nowhere");
    check_flushed(&f, DIAG_JSON, DIAG_COLOR_ON,
                  "{\"severity\":\"error\",\"message\":\"nowhere\",\"notes\":[],\"help\":[]}\n"
                  "{\"severity\":\"warning\",\"file\":\"a.nn\",\"line\":1,\"column\":1,"
                  "\"end_line\":1,\"end_column\":6,\"message\":\"hides\",\"name\":\"shadow\","
                  "\"notes\":[],\"help\":[]}\n"
                  "{\"severity\":\"error\",\"file\":\"a.nn\",\"line\":1,\"column\":9,"
                  "\"end_line\":2,\"end_column\":3,"
                  "\"message\":\"a string \\\"ends\\\" on its line\\u0009\\ufffd\",\"notes\":["
                  "{\"file\":\"a.nn\",\"line\":1,\"column\":1,\"end_line\":1,\"end_column\":6,"
                  "\"message\":\"for this\"},{\"message\":\"no place\"}],"
                  "\"help\":[\"use \\\\n\",\"or join two\"],"
                  "\"fix\":{\"file\":\"a.nn\",\"line\":1,\"column\":9,\"end_line\":1,"
                  "\"end_column\":10,\"replacement\":\"'\"}}\n");
    arena_close(f.arena);
}

int main(void)
{
    check_look();
    check_carets();
    check_unicode();
    check_windows();
    check_fixes();
    check_order();
    check_limit();
    check_switches();
    check_colors();
    check_json();
    return check_done();
}
