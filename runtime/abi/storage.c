/* storage.c: the elements of a state in runs. */
#include "runtime/abi/storage.h"

/* One row: a run in each strip. */
static void visit_row(const Storage *s, int64_t row, StorageVisit *visit, void *cx)
{
    int64_t wide_cols = (int64_t)s->n_wide * s->wide * s->vector;
    for (int64_t col = 0, width; col < s->cols; col += width) {
        width = (int64_t)(col < wide_cols ? s->wide : s->narrow) * s->vector;
        int64_t n = width < s->cols - col ? width : s->cols - col;
        visit(cx, col * s->rows + row * width, row * s->cols + col, n);
    }
}

void rt_storage_visit(const Storage *s, int64_t count, StorageVisit *visit, void *cx)
{
    if (s->kind == STORAGE_row_major && count)
        visit(cx, 0, 0, count);
    for (int64_t row = 0; s->kind == STORAGE_strip_packed && row < s->rows; row++)
        visit_row(s, row, visit, cx);
}
