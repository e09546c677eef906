/* csv_scan.h: the records of a CSV text, one after the other.
 *
 * RFC 4180 and what files do: byte order mark, line ends of any system, doubled quotes, newlines inside
 * quotes, blank lines (passed over), a last line without an end. Cells are unpacked in place. Of a file only a
 * part is in memory, with the whole of one record. */
#ifndef NNLC_RUNTIME_DATA_CSV_SCAN_H
#define NNLC_RUNTIME_DATA_CSV_SCAN_H

#include "runtime/data/csv_text.h"

typedef struct RtCell {
    char *text;      /* in the scanned text; spaces around unquoted cells are taken away */
    uint32_t n;      /* bytes of it; it ends with a zero byte */
    uint32_t column; /* where it starts, from 1, in characters */
    int64_t line;
    bool quoted;
} RtCell;

typedef struct RtCsvScan {
    const char *path;
    char delimiter;
    char *at, *end; /* what is there and was not scanned */
    int64_t line;   /* of `at` */
    RtCell *cells;  /* of the last record */
    uint32_t n, cap;
    bool special[256]; /* bytes that end an unquoted cell */
    /* the file behind it; NULL: there is no more */
    RtInput *in;
    RtEncoding encoding;
    char *buffer;
    size_t room;
    bool plain; /* all that is there is ASCII */
} RtCsvScan;

/* Scans text[0 … size-1]; text[size] must be there, too (it is overwritten). */
RtStatus rt_csv_start(RtCsvScan *s, const char *path, char delimiter, char *text, size_t size,
                      RtError *error) RT_MUST_USE;
/* Scans what is read from `in`, which must stay. Behind s->end RT_WORD_AHEAD bytes more can be read. */
RtStatus rt_csv_open(RtCsvScan *s, const char *path, char delimiter, RtEncoding encoding,
                     RtInput *in, RtError *error) RT_MUST_USE;
/* The next record into s->cells; their texts stay until the next call. RT_END: no more. */
RtStatus rt_csv_next(RtCsvScan *s, RtError *error) RT_MUST_USE;
void rt_csv_stop(RtCsvScan *s);

#endif
