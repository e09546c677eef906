/* categories.h: the different values of a column, in order, and what a column holds, in words. */
#ifndef NNLC_RUNTIME_DATA_CATEGORIES_H
#define NNLC_RUNTIME_DATA_CATEGORIES_H

#include "runtime/data/source.h"

enum { RT_NUMBER_TEXT = 32, RT_COLUMN_HELP = 700 };

/* The shortest text that reads back as the same number, into buf of RT_NUMBER_TEXT bytes. Returns buf. */
const char *rt_number_text(double value, char *buf);

typedef struct RtCategoryRule {
    uint32_t
        most; /* the most frequent values alone; of equally frequent ones those that stand last; 0: all */
    bool fills;            /* what fills missing cells is a value, too, where there are such */
    const char *fill_text; /* NULL: a number */
    double fill_number;
} RtCategoryRule;

/* The different values of a column of the table, numbers in order, texts by their bytes. */
RtStatus rt_categories(const RtReading *r, uint32_t column, const RtCategoryRule *rule,
                       RtNames *out, RtError *error) RT_MUST_USE;

/* A few of the values of a column: "'male', 'female'". Returns buf. */
const char *rt_column_few(const RtReading *r, uint32_t column, char *buf, size_t size);
/* What to write where a column cannot be taken as it is. in_columns: there is a columns(...). Returns buf. */
const char *rt_column_help(const RtReading *r, uint32_t column, bool in_columns, char *buf,
                           size_t size);

#endif
