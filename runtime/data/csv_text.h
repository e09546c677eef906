/* csv_text.h: the bytes of a file as UTF-8 text, piece by piece. */
#ifndef NNLC_RUNTIME_DATA_CSV_TEXT_H
#define NNLC_RUNTIME_DATA_CSV_TEXT_H

#include "runtime/data/input.h"

typedef enum { RT_UTF8, RT_LATIN1, RT_WINDOWS_1252, RT_N_ENCODINGS } RtEncoding;

/* By any of its names; RT_N_ENCODINGS: there is none. */
RtEncoding rt_encoding_named(const char *name);

/* Bytes that are no text of this encoding. */
typedef struct RtTextFault {
    const char *at;   /* the byte */
    const char *what; /* "there is a zero byte"; NULL: it is not UTF-8 */
} RtTextFault;

/* Looks for what is no text in [at, end); fault->at stays where there is nothing. Without `last` a character may go
 * on behind the end. *plain turns false where something is not ASCII. */
void rt_text_look(const char *at, const char *end, bool last, bool *plain, RtTextFault *fault);
/* What kind of file starts like this, "a ZIP file, as spreadsheets (.xlsx, .ods) are"; NULL: maybe a text. */
const char *rt_text_other_file(const char *bytes, size_t n);
/* n bytes of a one-byte encoding as UTF-8, at most 3 n bytes; returns the end. */
char *rt_text_widen(RtEncoding encoding, const unsigned char *bytes, size_t n, char *to);

#endif
