/* shown.h: foreign text as a person may see it.
 *
 * Names of columns, classes, layers and files, cells of tables and texts out of weights may hold anything. What a
 * terminal would obey, or what hides or turns around the text beside it, is shown by its number: control characters as
 * \x1b (\n, \r, \t), bytes that are not UTF-8 as \xff, bidirectional controls and other invisible characters as
 * \u202e. A backslash stays as it is, so a text that is shown twice looks as if shown once.
 *
 * All messages and tables go through the functions that take a format: what stands in the format is ours and is
 * written as it is; every %s and %c is shown. Of %s the width counts columns of a terminal, the precision bytes (a
 * character that it would cut is left out). */
#ifndef NNLC_RUNTIME_ABI_SHOWN_H
#define NNLC_RUNTIME_ABI_SHOWN_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "runtime/abi/status.h"

/* One character of a text. */
typedef struct RtGlyph {
    size_t bytes;    /* of the text; at least 1 */
    int columns;     /* that it takes as shown */
    char escape[12]; /* shown instead of the bytes; "": they themselves are */
} RtGlyph;

/* Bytes of the UTF-8 character at the begin of `n` bytes, and its code point; 0: it is none. */
size_t rt_utf8_next(const char *text, size_t n, uint32_t *code);
/* Columns of a terminal: 0 (drawn over the character before), 1 or 2. */
int rt_code_columns(uint32_t code);
/* Would it be hidden, obeyed, or change how others look? */
bool rt_code_is_hidden(uint32_t code);

/* The character at the begin of `n` > 0 bytes. */
RtGlyph rt_glyph(const char *text, size_t n);
/* Columns that a text takes as shown. */
int rt_shown_columns(const char *text);
/* Bytes of the longest begin, and of the longest end, that take at most so many columns. */
size_t rt_shown_head(const char *text, int columns);
size_t rt_shown_tail(const char *text, int columns);
/* A text as it is shown, of at most so many columns; of a longer one the end is "...". Cut to `size` bytes, too. */
const char *rt_shown_cut(const char *text, int columns, char *out, size_t size);

/* As snprintf, but what does not fit ends before the character that would be cut. */
size_t rt_show(char *out, size_t size, const char *format, ...) RT_PRINTF(3, 4);
size_t rt_vshow(char *out, size_t size, const char *format, va_list list) RT_PRINTF(3, 0);
/* Of texts that would make it too long only the begin and the end: what is wrong stands behind a name of any length. */
size_t rt_vshow_short(char *out, size_t size, const char *format, va_list list) RT_PRINTF(3, 0);
/* Does a text look as it is? */
bool rt_is_shown(const char *text);
/* In malloc memory; NULL: there is none. */
char *rt_shown(const char *text);

void rt_print(FILE *out, const char *format, ...) RT_PRINTF(2, 3);
/* A line of a fair length, as by rt_vshow_short. */
void rt_print_short(FILE *out, const char *format, ...) RT_PRINTF(2, 3);
void rt_vprint(FILE *out, const char *format, va_list list) RT_PRINTF(2, 0);
/* A whole message, made by these functions: its line ends and tabs stay. */
void rt_print_message(FILE *out, const char *text);

#endif
