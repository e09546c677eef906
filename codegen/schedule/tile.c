/* tile.c: contractions as register tiles.
 *
 * A contraction becomes a tile kernel if, after joining axes, it has one axis of rows m, one of
 * columns n and one of terms k, its columns are constant, one chain carries each result (sum = 1x1),
 * A is read element by element, and B lies along n (row-major or strip-packed) or along k (then a
 * panel of it is transposed first). Anything else stays a plain reduction, with the same bits. */
#include "codegen/schedule/lower.h"

#include <string.h>

static bool only_axis(const Affine *a, unsigned axis, int64_t coef)
{
    for (unsigned i = 0; i < MAX_AXES; i++)
        if (a->coef[i] != (i == axis ? coef : 0))
            return false;
    return a->c == 0;
}

Storage tile_cut(const Target *target, RtDtype dtype, int64_t rows, int64_t cols)
{
    Storage s;
    memset(&s, 0, sizeof s);
    s.kind = STORAGE_strip_packed;
    s.rows = rows;
    s.cols = cols;
    s.vector = target->vector_bits / 8 / (int32_t)rt_dtype(dtype)->size;
    int32_t vectors = (int32_t)((cols + s.vector - 1) / s.vector);
    int32_t wide = target->vector_bits >= 512 ? 2 : 3;
    s.wide = wide;
    s.narrow = wide - 1;
    if (vectors < wide) {
        s.narrow = vectors;
        s.n_narrow = 1;
        return s;
    }
    s.n_narrow = (wide - vectors % wide) % wide;
    if (wide == 2)
        s.n_narrow = vectors % 2;
    s.n_wide = (vectors - s.n_narrow * s.narrow) / wide;
    if (s.n_wide < 0 || vectors != s.n_wide * wide + s.n_narrow * s.narrow) {
        s.n_wide = vectors / wide;
        s.narrow = vectors % wide;
        s.n_narrow = s.narrow ? 1 : 0;
    }
    return s;
}

/* Rows of the tile: as many as the registers hold, least left over at the end. */
static int32_t tile_rows(const Target *t, const Storage *cut, int64_t m)
{
    int32_t nv = cut->n_wide ? cut->wide : cut->narrow;
    int32_t most = 1, best = 1;
    int64_t best_cost = INT64_MAX;
    while (most < 16 && (most + 1) * nv + (nv < most + 1 ? nv : most + 1) + 1 <= t->registers)
        most++;
    if (nv >= 2 && most > 12)
        most = 12;
    for (int32_t r = most; r >= 1 && r * nv >= (most * nv) / 2; r--) {
        int64_t full = m / r, rest = m % r;
        int64_t cost = full * (r * nv + nv + r / 2) + rest * (nv * 5);
        if (cost < best_cost) {
            best_cost = cost;
            best = r;
        }
    }
    return best;
}

/* The columns of B: 0 not usable, 1 along n, 2 along k. */
static int direction_of_b(const Access *b)
{
    if (b->dynamic || b->base == BASE_input)
        return 0;
    if (b->packed) {
        if (only_axis(&b->row, 2, 1) && only_axis(&b->col, 1, 1))
            return 1;
        return only_axis(&b->row, 1, 1) && only_axis(&b->col, 2, 1) ? 2 : 0;
    }
    if (b->offset.coef[0])
        return 0;
    if (b->offset.coef[1] == 1)
        return 1;
    return b->offset.coef[2] == 1 ? 2 : 0;
}

/* Gives every kernel exactly the axes m, n, k by adding axes of one index. */
static bool has_three_axes(const Kernel *k)
{
    return k->n_axes == 3 && !k->axis[0].reduced && !k->axis[1].reduced && k->axis[2].reduced;
}

static void insert_affine(Affine *a, uint32_t axis)
{
    for (uint32_t i = MAX_AXES - 1; i > axis; i--)
        a->coef[i] = a->coef[i - 1];
    a->coef[axis] = 0;
}

static void insert_access(Access *a, uint32_t axis)
{
    insert_affine(&a->offset, axis);
    insert_affine(&a->row, axis);
    insert_affine(&a->col, axis);
}

static void insert_axis(Kernel *k, uint32_t axis)
{
    for (size_t i = 0; i < k->exprs.n; i++) {
        const KExpr *e = k->exprs.at[i];
        if (e->offset)
            insert_affine(e->offset, axis);
        if (e->access)
            insert_access(e->access, axis);
    }
    for (size_t i = 0; i < k->stores.n; i++)
        insert_access(k->stores.at[i].to, axis);
    for (uint32_t i = k->n_axes; i > axis; i--)
        k->axis[i] = k->axis[i - 1];
    k->axis[axis].size = (Dim){1, false};
    k->axis[axis].reduced = false;
    k->n_axes++;
}

bool kernel_try_tile(Lower *lo, Kernel *k, const Node *dot)
{
    const Fold *fold = &k->folds.at[0];
    const KExpr *a = fold->term[0], *b = fold->term[1];
    if (k->sum.groups > 1 || k->sum.lanes > 1 || fold->acc != a->dtype || a->dtype != b->dtype)
        return false;
    if (a->dtype != RT_f32 && a->dtype != RT_f64)
        return false;
    if (a->kind != KX_load || b->kind != KX_load || dot->attr[0].ints.n)
        return false;
    if (k->n_axes == 2 && k->axis[1].reduced) {
        /* a matrix times a vector, or a vector times a matrix: which axis is missing? */
        bool row = a->access->packed || a->access->offset.coef[0] || a->access->row.coef[0];
        insert_axis(k, row ? 1 : 0);
    } else if (k->n_axes == 1 && k->axis[0].reduced) {
        insert_axis(k, 0);
        insert_axis(k, 0);
    }
    if (!has_three_axes(k) || k->axis[1].size.batch)
        return false;
    if (a->access->packed || a->access->dynamic || a->access->base == BASE_input ||
        a->access->offset.coef[1])
        return false;
    int direction = direction_of_b(b->access);
    if (!direction || (direction == 2 && k->axis[2].size.batch))
        return false;
    if (fold->init && fold->init->kind != KX_load && fold->init->kind != KX_const)
        return false;
    k->kind = KERNEL_tile;
    k->a = a->access;
    k->b = b->access;
    k->tile.transpose_b = direction == 2;
    int64_t rows = dim_size(k->axis[2].size, lo->g->batch);
    k->tile.cut = tile_cut(&lo->options->target, a->dtype, rows, k->axis[1].size.n);
    k->tile.rows =
        tile_rows(&lo->options->target, &k->tile.cut, dim_size(k->axis[0].size, lo->g->batch));
    return true;
}
