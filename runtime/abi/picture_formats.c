/* picture_formats.c: the rows of picture_formats.def. */
#include "runtime/abi/picture_formats.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *extension, *library;
} rows[] = {
#define PICTURE(id, extension, library) {extension, library},
#include "runtime/abi/picture_formats.def"
};

RtPictureFormat rt_picture_format_of(const char *path)
{
    size_t n = strlen(path);
    for (int f = 0; f < RT_N_PICTURES; f++) {
        size_t m = strlen(rows[f].extension);
        if (n > m && !strcmp(path + n - m, rows[f].extension))
            return (RtPictureFormat)f;
    }
    return RT_N_PICTURES;
}

const char *rt_picture_format_library(RtPictureFormat f)
{
    return rows[f].library;
}

const char *rt_picture_formats_text(char *buf, size_t size)
{
    size_t at = 0;
    buf[0] = 0;
    for (int f = 0; f < RT_N_PICTURES && at < size; f++)
        at += (size_t)snprintf(buf + at, size - at, "%s%s", f ? " " : "", rows[f].extension);
    return buf;
}
