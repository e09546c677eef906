/* text.h: numbers and strings as files of text hold them. */
#ifndef NNLC_RUNTIME_FILES_TEXT_H
#define NNLC_RUNTIME_FILES_TEXT_H

#include <stddef.h>
#include <stdio.h>

/* The fewest digits that read back as the same number; of a value that is a float, as the same float.
 * "0.5", "1", "1e-05", "1e+06"; "nan", "inf". */
void rt_put_number(FILE *out, double value);
/* As Python prints a float, and so as Keras's logs do: the fewest digits that read back as the same double;
 * "0.5", "1.0", "1e-05", "1e+16"; "nan", "inf". */
void rt_put_repr(FILE *out, double value);
/* As rt_put_number. JSON has neither NaN nor infinities: they become null. */
void rt_put_json_number(FILE *out, double value);
/* Bytes of the UTF-8 character at `text`, where a byte that cannot go on one follows; 0: it is none. */
size_t rt_utf8_length(const unsigned char *text);
/* A JSON string with its quotes; bytes that are not UTF-8 become U+FFFD. Returns its length in bytes.
 * out NULL: only counts. */
size_t rt_put_json_string(FILE *out, const char *text);

#endif
