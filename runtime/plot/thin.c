/* thin.c: lines by columns, marks by cells. */
#include "runtime/plot/thin.h"

#include <math.h>
#include <stdlib.h>

/* Those of one column, at most four, in their order. `out` is not behind `from`. */
static int64_t keep_column(const double *from, int64_t n, double *out)
{
    int64_t kept[4] = {0, 0, 0, n - 1}, count = 0;
    for (int64_t i = 1; i < n; i++) {
        kept[1] = from[2 * i + 1] < from[2 * kept[1] + 1] ? i : kept[1];
        kept[2] = from[2 * i + 1] > from[2 * kept[2] + 1] ? i : kept[2];
    }
    if (kept[1] > kept[2]) {
        int64_t swapped = kept[1];
        kept[1] = kept[2];
        kept[2] = swapped;
    }
    for (int k = 0; k < 4; k++) {
        if (k && kept[k] == kept[k - 1])
            continue;
        double x = from[2 * kept[k]], y = from[2 * kept[k] + 1];
        out[2 * count] = x;
        out[2 * count++ + 1] = y;
    }
    return count;
}

int64_t rt_thin_line(int64_t n, double *xy, double column)
{
    int64_t kept = 0, begin = 0;
    for (int64_t i = 1; i <= n; i++) {
        if (i < n && floor(xy[2 * i] / column) == floor(xy[2 * begin] / column))
            continue;
        kept += keep_column(xy + 2 * begin, i - begin, xy + 2 * kept);
        begin = i;
    }
    return kept;
}

static int class_of(uint32_t count)
{
    return count <= 1 ? 0 : count <= 2 ? 1 : count <= 4 ? 2 : 3;
}

int64_t rt_thin_marks(int64_t n, double *xy, RtBox box, double cell,
                      int64_t counts[RT_THIN_CLASSES])
{
    int64_t columns = (int64_t)ceil(box.width / cell) + 1,
            rows = (int64_t)ceil(box.height / cell) + 1, kept = 0;
    uint32_t *cells = calloc((size_t)(columns * rows), sizeof *cells);
    if (!cells)
        return -1;
    for (int64_t i = 0; i < n; i++) {
        int64_t column = (int64_t)((xy[2 * i] - box.x) / cell),
                row = (int64_t)((xy[2 * i + 1] - box.y) / cell);
        if (column >= 0 && column < columns && row >= 0 && row < rows)
            cells[row * columns + column]++;
    }
    for (int k = 0; k < RT_THIN_CLASSES; k++) {
        counts[k] = -kept;
        for (int64_t at = 0; at < columns * rows; at++) {
            if (!cells[at] || class_of(cells[at]) != k)
                continue;
            xy[2 * kept] = box.x + cell * ((double)(at % columns) + 0.5);
            xy[2 * kept++ + 1] = box.y + cell * ((double)(at / columns) + 0.5);
        }
        counts[k] += kept;
    }
    free(cells);
    return kept;
}
