/* text.c: numbers and strings as files of text hold them. */
#include "runtime/files/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A value that is a float needs at most 9 digits, a double 17. */
void rt_put_number(FILE *out, double value)
{
    char text[40];
    bool is_float = (double)(float)value == value;
    for (int digits = is_float ? 6 : 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        double back = strtod(text, NULL);
        if (is_float ? (double)(float)back == value : back == value)
            break;
    }
    fputs(text, out);
}

size_t rt_utf8_length(const unsigned char *text)
{
    unsigned char c = text[0];
    size_t n = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
    for (size_t i = 1; i < n; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (c == 0xe0 && text[1] < 0xa0) || (c == 0xf0 && text[1] < 0x90);
    bool beyond = (c == 0xed && text[1] > 0x9f) || (c == 0xf4 && text[1] > 0x8f);
    return overlong || beyond ? 0 : n;
}

static size_t put(FILE *out, const char *text, size_t n)
{
    if (out)
        fwrite(text, 1, n, out);
    return n;
}

size_t rt_put_json_string(FILE *out, const char *text)
{
    char escape[8];
    size_t size = put(out, "\"", 1);
    while (*text) {
        unsigned char c = (unsigned char)*text;
        size_t n = rt_utf8_length((const unsigned char *)text);
        if (!n)
            size += put(out, "\\ufffd", 6);
        else if (c == '"' || c == '\\')
            size += put(out, escape, (size_t)snprintf(escape, sizeof escape, "\\%c", c));
        else if (c < 0x20)
            size += put(out, escape, (size_t)snprintf(escape, sizeof escape, "\\u%04x", c));
        else
            size += put(out, text, n);
        text += n ? n : 1;
    }
    return size + put(out, "\"", 1);
}
