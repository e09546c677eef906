/* csv_scan.h: the records of a CSV text, one after the other.
 *
 * RFC 4180 and what files do: byte order mark, CRLF or LF, doubled quotes, newlines inside quotes,
 * blank lines (passed over), a last line without an end. Cells are unpacked in place. */
#ifndef NNLC_RUNTIME_DATA_CSV_SCAN_H
#define NNLC_RUNTIME_DATA_CSV_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/abi/status.h"

typedef struct RtCell {
    char *text;      /* in the scanned text; spaces around unquoted cells are taken away */
    uint32_t column; /* where it starts, from 1, in characters */
    int64_t line;
} RtCell;

typedef struct RtCsvScan {
    const char *path;
    char delimiter;
    char *at, *end;
    int64_t line;
    uint32_t column;
    RtCell *cells; /* of the last record */
    uint32_t n, cap;
} RtCsvScan;

/* Scans text[0 … size-1]; text[size] must be there, too (it is overwritten). No zero byte may be in it. */
RtStatus rt_csv_start(RtCsvScan *s, const char *path, char delimiter, char *text, size_t size,
                      RtError *error) RT_MUST_USE;
/* The next record into s->cells; their texts stay until the text is freed. RT_END: no more. */
RtStatus rt_csv_next(RtCsvScan *s, RtError *error) RT_MUST_USE;
void rt_csv_stop(RtCsvScan *s);

/* A decimal number without anything around it: sign, digits, point, exponent. Whole numbers that fit
 * an int32_t set *is_int. Nothing else is a number: no inf, nan, 0x10. */
bool rt_parse_number(const char *text, double *value, bool *is_int);
/* "", NA, NaN and so on: what tables write where a value is missing. */
bool rt_is_missing(const char *text);

#endif
