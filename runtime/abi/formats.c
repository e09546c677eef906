/* formats.c: the rows of formats.def. */
#include "runtime/abi/formats.h"

#include <stdio.h>
#include <string.h>

enum { BUILT = 0, LATER = 1, weights = 0, model = 1 };

static const struct {
    const char *extension, *library;
    bool later, holds_model;
} rows[] = {
#define FORMAT(id, extension, holds, library, state) {extension, library, state, holds},
#include "runtime/abi/formats.def"
};

RtFormat rt_format_of(const char *path)
{
    size_t n = strlen(path), best = 0;
    RtFormat found = RT_N_FORMATS;
    for (int f = 0; f < RT_N_FORMATS; f++) {
        size_t m = strlen(rows[f].extension);
        if (n > m && m > best && !strcmp(path + n - m, rows[f].extension)) {
            best = m;
            found = (RtFormat)f;
        }
    }
    return found;
}

bool rt_format_is_later(RtFormat f)
{
    return rows[f].later;
}

bool rt_format_holds_model(RtFormat f)
{
    return f < RT_N_FORMATS && rows[f].holds_model;
}

const char *rt_format_library(RtFormat f)
{
    return rows[f].library;
}

const char *rt_formats_text(bool later, char *buf, size_t size)
{
    size_t at = 0;
    buf[0] = 0;
    for (int f = 0; f < RT_N_FORMATS && at < size; f++)
        if (rows[f].later == later)
            at += (size_t)snprintf(buf + at, size - at, "%s%s", at ? " " : "", rows[f].extension);
    return buf;
}
