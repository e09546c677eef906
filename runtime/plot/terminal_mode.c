/* terminal_mode.c: what a terminal shows, from the environment. No locale is set: numbers are printed as ever. */
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "runtime/plot/terminal.h"

enum { LEAST_COLUMNS = 40, MOST_COLUMNS = 160, USUAL_COLUMNS = 80 };

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static int columns_of(FILE *out)
{
    struct winsize size;
    const char *given = variable("COLUMNS");
    int columns = 0;
    if (isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &size) == 0)
        columns = size.ws_col;
    if (columns <= 0 && given)
        columns = (int)strtol(given, NULL, 10);
    if (columns <= 0)
        columns = USUAL_COLUMNS;
    return columns < LEAST_COLUMNS  ? LEAST_COLUMNS
           : columns > MOST_COLUMNS ? MOST_COLUMNS
                                    : columns;
}

/* A locale that is not installed says by its name what the terminal shows. */
static bool is_utf8(void)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    if (locale) {
        bool utf8 = !strcmp(nl_langinfo_l(CODESET, locale), "UTF-8");
        freelocale(locale);
        return utf8;
    }
    const char *name = variable("LC_ALL");
    name = name ? name : variable("LC_CTYPE");
    name = name ? name : variable("LANG");
    return name && (strstr(name, "UTF-8") || strstr(name, "utf8") || strstr(name, "utf-8"));
}

static RtTerminalColors colors_of(FILE *out)
{
    const char *term = variable("TERM"), *depth = variable("COLORTERM");
    if (!isatty(fileno(out)) || variable("NO_COLOR") || !term || !strcmp(term, "dumb"))
        return RT_TERMINAL_NO_COLORS;
    return depth && (!strcmp(depth, "truecolor") || !strcmp(depth, "24bit"))
               ? RT_TERMINAL_TRUE_COLORS
               : RT_TERMINAL_256;
}

RtTerminalMode rt_terminal_mode(FILE *out)
{
    return (RtTerminalMode){columns_of(out), is_utf8(), colors_of(out)};
}
