/* What a terminal shows: its width, UTF-8 and colors, from the environment and from a pseudoterminal; texts, lines and
 * images as cells. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "runtime/plot/kinds.h"
#include "runtime/plot/terminal.h"
#include "tests/unit/check.h"

static void environment(const char *locale, const char *columns, const char *term,
                        const char *depth, const char *no_color)
{
    static const char *const names[] = {"LC_ALL", "COLUMNS", "TERM", "COLORTERM", "NO_COLOR"};
    const char *values[] = {locale, columns, term, depth, no_color};
    unsetenv("LC_CTYPE");
    unsetenv("LANG");
    for (int i = 0; i < 5; i++) {
        if (values[i])
            setenv(names[i], values[i], 1);
        else
            unsetenv(names[i]);
    }
}

static void check_mode(FILE *out, int columns, bool utf8, RtTerminalColors colors)
{
    RtTerminalMode mode = rt_terminal_mode(out);
    CHECK_EQ_INT(mode.columns, columns);
    CHECK_EQ_INT(mode.utf8, utf8);
    CHECK_EQ_INT(mode.colors, colors);
}

static void check_file(void)
{
    FILE *out = tmpfile();
    environment(NULL, NULL, "xterm", "truecolor", NULL);
    check_mode(out, 80, false, RT_TERMINAL_NO_COLORS);
    environment("C.UTF-8", "100", "xterm", NULL, NULL);
    check_mode(out, 100, true, RT_TERMINAL_NO_COLORS);
    environment("xx_YY.UTF-8", "12", "xterm", NULL, NULL); /* a locale that is not installed */
    check_mode(out, 40, true, RT_TERMINAL_NO_COLORS);
    environment("C", "100000", NULL, NULL, NULL);
    check_mode(out, 160, false, RT_TERMINAL_NO_COLORS);
    environment("", "many", NULL, NULL, NULL);
    check_mode(out, 80, false, RT_TERMINAL_NO_COLORS);
    fclose(out);
}

static FILE *open_terminal(int *master)
{
    *master = posix_openpt(O_RDWR | O_NOCTTY);
    if (*master < 0 || grantpt(*master) != 0 || unlockpt(*master) != 0)
        return NULL;
    return fopen(ptsname(*master), "w");
}

static void check_tty(void)
{
    int master;
    FILE *out = open_terminal(&master);
    struct winsize size = {.ws_row = 30, .ws_col = 96};
    if (!CHECK(out && ioctl(master, TIOCSWINSZ, &size) == 0))
        return;
    environment("C.UTF-8", "50", "xterm-256color", NULL, NULL);
    check_mode(out, 96, true, RT_TERMINAL_256);
    environment("C.UTF-8", NULL, "xterm", "truecolor", "");
    check_mode(out, 96, true, RT_TERMINAL_TRUE_COLORS);
    environment("C.UTF-8", NULL, "xterm", "truecolor", "1");
    check_mode(out, 96, true, RT_TERMINAL_NO_COLORS);
    environment("C.UTF-8", NULL, "dumb", "truecolor", NULL);
    check_mode(out, 96, true, RT_TERMINAL_NO_COLORS);
    size.ws_col = 0; /* it does not know */
    CHECK(ioctl(master, TIOCSWINSZ, &size) == 0);
    environment("C.UTF-8", "50", "xterm", NULL, NULL);
    check_mode(out, 50, true, RT_TERMINAL_256);
    fclose(out);
    close(master);
}

/* ---- cells ---- */

static RtCanvas *open_page(RtTerminalMode mode, int rows)
{
    RtCanvas *c = rt_terminal_open(mode);
    if (!c)
        abort();
    rt_canvas_page(c, mode.columns * RT_CELL_WIDTH, rows * RT_CELL_HEIGHT);
    return c;
}

static void check_shown(RtCanvas *c, const char *expected)
{
    char *text = NULL;
    size_t n;
    FILE *out = open_memstream(&text, &n);
    c->format->finish(c, out);
    fclose(out);
    CHECK_STR(text, expected);
    free(text);
    rt_canvas_close(c);
}

static void check_lines(void)
{
    RtPen ink = {RT_COLOR_INK, 1, 0}, first = {RT_COLOR_SERIES, 1, 0};
    RtCanvas *c = open_page((RtTerminalMode){40, true, RT_TERMINAL_NO_COLORS}, 3);
    rt_canvas_rect(c, (RtBox){0, 0, 40, 48}, RT_COLOR_NONE, ink);
    rt_canvas_line(c, 2, (double[]){20, 8, 20, 40}, ink);
    check_shown(c, "┌─┬─┐\n│ │ │\n└─┴─┘\n");
    c = open_page((RtTerminalMode){40, false, RT_TERMINAL_NO_COLORS}, 3);
    rt_canvas_rect(c, (RtBox){0, 0, 40, 48}, RT_COLOR_NONE, ink);
    check_shown(c, "+---+\n|   |\n+---+\n");
    c = open_page((RtTerminalMode){40, true, RT_TERMINAL_256}, 2);
    rt_canvas_line(c, 2, (double[]){0, 31, 31, 0}, first);
    check_shown(c, " \033[38;5;32m⢀⠔⠉\033[0m\n\033[38;5;32m⡔⠁\033[0m\n");
    c = open_page((RtTerminalMode){40, false, RT_TERMINAL_NO_COLORS}, 1);
    rt_canvas_line(c, 2, (double[]){0, 8, 31, 8}, first);
    check_shown(c, "****\n");
}

static void check_texts(void)
{
    RtCanvas *c = open_page((RtTerminalMode){40, true, RT_TERMINAL_NO_COLORS}, 2);
    rt_canvas_text(c, 0, 12, RT_ANCHOR_START, RT_TEXT_LABEL, RT_COLOR_INK, false,
                   "a\xe4\xb8\xad"
                   "b");
    rt_canvas_text(c, 80, 12, RT_ANCHOR_END, RT_TEXT_LABEL, RT_COLOR_INK, false, "end");
    rt_canvas_text(c, 160, 28, RT_ANCHOR_MIDDLE, RT_TEXT_LABEL, RT_COLOR_INK, false, "middle");
    rt_canvas_text(c, 312, 12, RT_ANCHOR_START, RT_TEXT_LABEL, RT_COLOR_INK, false,
                   "cut at the edge");
    check_shown(c, "a\xe4\xb8\xad"
                   "b   end                             c\n                 middle\n");
}

static void check_colors(void)
{
    const uint8_t rgb[] = {255, 0, 0, 0, 0, 255};
    RtPen none = {RT_COLOR_NONE, 0, 0};
    RtCanvas *c = open_page((RtTerminalMode){40, true, RT_TERMINAL_TRUE_COLORS}, 1);
    rt_canvas_image(c, (RtBox){0, 0, 8, 16}, 2, 1, rgb);
    rt_canvas_rect(c, (RtBox){16, 0, 24, 16}, 0x102030, none);
    rt_canvas_text(c, 24, 12, RT_ANCHOR_START, RT_TEXT_SMALL, 0xffffff, false, "5");
    check_shown(c, "\033[38;2;255;0;0m\033[48;2;0;0;255m▀\033[49m \033[48;2;16;32;48m "
                   "\033[38;2;255;255;255m5 \033[0m\n");
    c = open_page((RtTerminalMode){40, true, RT_TERMINAL_NO_COLORS}, 1);
    rt_canvas_rect(c, (RtBox){0, 4, 16, 12}, RT_COLOR_SERIES, none);
    rt_canvas_rect(c, (RtBox){16, 0, 16, 16}, RT_COLOR_SERIES + 1, none);
    check_shown(c, "▆▆▒▒\n");
}

int main(void)
{
    check_file();
    check_tty();
    check_lines();
    check_texts();
    check_colors();
    return check_done();
}
