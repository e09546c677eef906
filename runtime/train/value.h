/* value.h: results of a run: numbers, texts, series, arrays. Arrays are row-major doubles. */
#ifndef NNLC_RUNTIME_TRAIN_VALUE_H
#define NNLC_RUNTIME_TRAIN_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/abi/shape.h"
#include "runtime/abi/template.h"

/* In the order of ExprType of the compiler (ir/program/program.h). */
typedef enum {
    VALUE_number,
    VALUE_bool,
    VALUE_text,
    VALUE_none,
    VALUE_series,
    VALUE_array,
    VALUE_list
} RtValueKind;

typedef struct RtValue RtValue;
struct RtValue {
    RtValueKind kind;
    bool is_int;   /* number: printed without a point */
    bool lost;     /* none: there was no memory for the value */
    bool is_whole; /* number: `whole` is its exact value */
    double number; /* number, bool */
    int64_t whole;
    char *text;    /* text; owned */
    uint32_t rank; /* series: 1 */
    int64_t dims[RT_MAX_RANK];
    double *data;     /* series, array: owned */
    uint32_t n_items; /* list: owned */
    RtValue *items;
};

RtValue rt_value_number(double x, bool is_int);
RtValue rt_value_whole(int64_t x);
RtValue rt_value_bool(bool x);
RtValue rt_value_none(void);
/* Copies; a failing malloc gives a lost value. */
RtValue rt_value_text(const char *text);
RtValue rt_value_array(uint32_t rank, const int64_t *dims, const double *data);
RtValue rt_value_copy(const RtValue *v);
void rt_value_free(RtValue *v);
/* Its texts become what people see of them (runtime/abi/shown.h); without memory it is lost. */
void rt_value_make_shown(RtValue *v);
int64_t rt_value_count(const RtValue *v);
/* A copy of the elements, or the rows, begin .. end; *error is set to a text if there are not so many. */
RtValue rt_value_rows(const RtValue *v, int64_t begin, int64_t end, const char **error);

/* A text that grows, in malloc memory, with a NUL behind it. After a failed malloc it stays as it is and `failed`
 * is set. */
typedef struct RtText {
    char *at;
    size_t n, cap;
    bool failed;
} RtText;

void rt_text_add(RtText *t, const char *s, size_t n);
/* A value as print shows it, or by a spec that fits it: every element. */
void rt_value_add(RtText *t, const RtValue *v, const RtSpec *spec);

/* The text that print shows: numbers with six significant digits, texts bare, lists in brackets, of more
 * than 1000 values the first and last three of every axis. In malloc memory; NULL if there is none. */
char *rt_value_show(const RtValue *v);

#endif
