/* missing.c: a list of words; most cells are turned away by their first byte. */
#include "runtime/data/missing.h"

#include <string.h>

RtMissing rt_missing_of(uint32_t n, const char *const *words)
{
    static const char *const usual[] = {"NA",  "N/A", "n/a",  "#N/A", "<NA>", "NaN",
                                        "nan", "NAN", "null", "NULL", "None", "?"};
    RtMissing m = {.n = n, .words = words};
    if (!words) {
        m.n = sizeof usual / sizeof *usual;
        m.words = usual;
    }
    m.first[0] = true;
    for (uint32_t i = 0; i < m.n; i++)
        m.first[(unsigned char)*m.words[i]] = true;
    return m;
}

bool rt_missing_has_n(const RtMissing *m, const char *text, size_t n)
{
    if (!n || !m->first[(unsigned char)*text])
        return !n;
    for (uint32_t i = 0; i < m->n; i++)
        if (!strncmp(m->words[i], text, n) && !m->words[i][n])
            return true;
    return false;
}

bool rt_missing_has(const RtMissing *m, const char *text)
{
    return m->first[(unsigned char)*text] && rt_missing_has_n(m, text, strlen(text));
}

bool rt_is_missing(const char *text)
{
    RtMissing usual = rt_missing_of(0, NULL);
    return rt_missing_has(&usual, text);
}
