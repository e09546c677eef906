/* number.h: decimal numbers in texts, as the nearest double. */
#ifndef NNLC_RUNTIME_DATA_NUMBER_H
#define NNLC_RUNTIME_DATA_NUMBER_H

#include <stdbool.h>

/* A decimal number without anything around it: sign, digits, point, exponent. Whole numbers that fit
 * an int32_t set *is_int. Nothing else is a number: no inf, nan, 0x10. */
bool rt_parse_number(const char *text, double *value, bool *is_int);
/* The same with another character for the point. */
bool rt_parse_decimal(const char *text, char point, double *value, bool *is_int);
/* The number that a longer text begins with: its end. NULL: it begins with none, or with one of so many digits
 * that only rt_parse_decimal reads it. */
const char *rt_scan_decimal(const char *text, char point, double *value, bool *is_int);
/* The same, faster for short numbers, where RT_WORD_AHEAD bytes behind the text can be read. */
const char *rt_scan_near(const char *text, char point, double *value, bool *is_int);
/* What to tell a person who takes a text for a number that is none, such as '1,5', '$1,234' or '20 %'; NULL: it
 * is none in any way. */
const char *rt_number_hint(const char *text, char point);

#endif
