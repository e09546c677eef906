/* strings.c: from the bytes of a string back to the text that wrote them. */
#include <string.h>

#include "parser/ast.h"

/* How many bytes of the program one character of a string takes, and how many bytes it stands for. */
static uint32_t escape(const char *text, uint32_t *bytes)
{
    *bytes = 1;
    if (*text != '\\')
        return 1;
    if (text[1] == 'x')
        return 4;
    if (text[1] != 'u')
        return 2;
    uint32_t value = 0, n = 3;
    for (; text[n] && text[n] != '}'; n++)
        value = value * 16 + (uint32_t)(text[n] <= '9' ? text[n] - '0' : (text[n] | 32) - 'a' + 10);
    *bytes = value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
    return n + 1;
}

Range ast_string_part(const SourceMap *map, const Ast *string, size_t begin, size_t end)
{
    const Source *source = source_of(map, string->range.begin);
    const char *text = source ? source->text - source->base : NULL;
    Range part = {0, 0};
    size_t done = 0;
    char quote = 0;
    for (uint32_t i = string->range.begin; text && i < string->range.end && done < end;) {
        uint32_t size = 1, bytes = 0;
        if (!quote && text[i] == '#') {
            size = (uint32_t)strcspn(text + i, "\n");
        } else if (!quote || text[i] == quote) { /* strings side by side */
            quote = quote ? 0 : text[i] == '"' || text[i] == '\'' ? text[i] : 0;
        } else {
            size = escape(text + i, &bytes);
        }
        if (bytes && done <= begin && begin < done + bytes)
            part.begin = i;
        i += size;
        done += bytes;
        part.end = i;
    }
    return part.begin && done >= end ? part : string->range;
}
