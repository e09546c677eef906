/* tile.c: contractions as register tiles: C[m, n] = chain over k of fma(A[m, k], B[k, n]).
 *
 * The columns are cut into strips of a few vectors, the rows into tiles; a unit is one tile of one
 * strip, strip-major. A tile keeps rows x vectors accumulators in registers through the whole chain,
 * starting from init or +0, k ascending; then the stores of the kernel run on the accumulators. Rows
 * left over at the end are done one at a time with the same chains. Where B lies along k, the panel of
 * the strip is transposed into the thread's scratch first. */
#include "codegen/emit/internal.h"
#include "support/bug.h"

enum { UNROLL = 4, MAX_ROWS = 16, MAX_VECTORS = 4 };

/* Strips first..last-1 have nv vectors; tail: lanes of the very last vector that are columns, or 0. */
typedef struct StripClass {
    int64_t first, last, start;
    unsigned nv, tail;
} StripClass;

typedef struct TileCx {
    Fn *f;
    const Storage *cut;
    unsigned lanes;
    StripClass classes[4];
    unsigned n_classes;
    Val rows_there; /* m */
    Val k_size;
} TileCx;

/* The strip at hand. */
typedef struct Strip {
    const StripClass *class;
    Val column;     /* its first column */
    Val b;          /* pointer to B[0, column] in the order (k, column) */
    int64_t b_step; /* elements from k to k + 1 */
} Strip;

static void add_class(TileCx *t, int64_t first, int64_t last, int64_t start, unsigned nv,
                      unsigned tail)
{
    if (first < last)
        t->classes[t->n_classes++] = (StripClass){first, last, start, nv, tail};
}

/* Wide strips, then narrow ones; the last strip apart if its last vector is not full. */
static void make_classes(TileCx *t)
{
    const Storage *c = t->cut;
    unsigned tail = (unsigned)(c->cols % c->vector);
    int64_t strips = c->n_wide + c->n_narrow, wide_width = (int64_t)c->wide * c->vector;
    int64_t full = tail ? strips - 1 : strips;
    int64_t n_wide = c->n_wide < full ? c->n_wide : full;
    int64_t narrow_start = c->n_wide * wide_width;
    add_class(t, 0, n_wide, 0, (unsigned)c->wide, 0);
    add_class(t, c->n_wide, full, narrow_start, (unsigned)c->narrow, 0);
    if (!tail)
        return;
    bool last_is_narrow = c->n_narrow > 0;
    int64_t width = (int64_t)(last_is_narrow ? c->narrow : c->wide) * c->vector;
    int64_t start =
        last_is_narrow ? narrow_start + (c->n_narrow - 1) * width : (c->n_wide - 1) * wide_width;
    add_class(t, full, strips, start, (unsigned)(last_is_narrow ? c->narrow : c->wide), tail);
}

static Val vector_at(Fn *f, Val p, Val elements)
{
    Emitter *em = f->em;
    Val at = offset_ptr(em, p, elements, f->k->folds.at[0].acc);
    Val v = LLVMBuildLoad2(em->b, type_of(em, f->k->folds.at[0].acc, f->width), at, "");
    LLVMSetAlignment(v, (unsigned)rt_dtype(f->k->folds.at[0].acc)->size);
    return v;
}

/* One step of all chains of the tile. a_at, b_at: element offsets of this k. */
static void tile_step(TileCx *t, const Strip *s, Val a, Val a_at, Val b_at, unsigned rows, Val *acc)
{
    Fn *f = t->f;
    Emitter *em = f->em;
    Val b[MAX_VECTORS];
    for (unsigned j = 0; j < s->class->nv; j++)
        b[j] = vector_at(f, s->b, LLVMBuildNSWAdd(em->b, b_at, i64_const(em, j * t->lanes), ""));
    for (unsigned i = 0; i < rows; i++) {
        Val at = LLVMBuildNSWAdd(em->b, a_at, i64_const(em, i * f->k->a->offset.coef[0]), "");
        Val p = offset_ptr(em, a, at, f->k->folds.at[0].acc);
        Val x = LLVMBuildLoad2(em->b, type_of(em, f->k->folds.at[0].acc, 1), p, "");
        Val wide = splat(em, x, t->lanes);
        for (unsigned j = 0; j < s->class->nv; j++) {
            unsigned n = i * s->class->nv + j;
            acc[n] = fma_of(em, wide, b[j], acc[n]);
        }
    }
}

/* The chains over k from lo, `unroll` steps a turn; acc in and out. */
static void tile_chain(TileCx *t, const Strip *s, Val a, Val lo, Val hi, unsigned unroll,
                       unsigned rows, Val *acc)
{
    Fn *f = t->f;
    Emitter *em = f->em;
    unsigned n = rows * s->class->nv;
    Val next[MAX_ROWS * MAX_VECTORS];
    Loop l = loop_begin(f, lo, hi, unroll, "k");
    for (unsigned i = 0; i < n; i++)
        loop_phi(&l, acc[i]);
    for (unsigned i = 0; i < n; i++)
        next[i] = l.phi[i];
    int64_t a_step = f->k->a->offset.coef[2];
    Val a_at = LLVMBuildNSWMul(em->b, l.i, i64_const(em, a_step), "");
    Val b_at = LLVMBuildNSWMul(em->b, l.i, i64_const(em, s->b_step), "");
    for (unsigned u = 0; u < unroll; u++) {
        Val au = LLVMBuildNSWAdd(em->b, a_at, i64_const(em, u * a_step), "");
        Val bu = LLVMBuildNSWAdd(em->b, b_at, i64_const(em, u * s->b_step), "");
        tile_step(t, s, a, au, bu, rows, next);
    }
    loop_end(&l, next);
    for (unsigned i = 0; i < n; i++)
        acc[i] = l.phi[i];
}

static void set_point(TileCx *t, const Strip *s, Val row, unsigned i, unsigned j)
{
    Fn *f = t->f;
    Emitter *em = f->em;
    f->axis[0] = i ? LLVMBuildNSWAdd(em->b, row, i64_const(em, i), "") : row;
    f->axis[1] = j ? LLVMBuildNSWAdd(em->b, s->column, i64_const(em, j * t->lanes), "") : s->column;
    fn_keep_fixed(f);
}

/* Rows row..row+rows-1 of the strip. */
static void tile_body(TileCx *t, const Strip *s, Val row, unsigned rows)
{
    Fn *f = t->f;
    Emitter *em = f->em;
    Val acc[MAX_ROWS * MAX_VECTORS];
    unsigned nv = s->class->nv;
    fn_set_vector_axis(f, 1, t->lanes);
    for (unsigned i = 0; i < rows; i++)
        for (unsigned j = 0; j < nv; j++) {
            acc[i * nv + j] = LLVMConstNull(type_of(em, f->k->folds.at[0].acc, t->lanes));
            if (!f->k->folds.at[0].init)
                continue;
            set_point(t, s, row, i, j);
            acc[i * nv + j] = expr_value_wide(f, f->k->folds.at[0].init);
        }
    Val a_row = LLVMBuildNSWMul(em->b, row, i64_const(em, f->k->a->offset.coef[0]), "");
    a_row = LLVMBuildNSWAdd(em->b, a_row, i64_const(em, f->k->a->offset.c), "");
    Val a = offset_ptr(em, access_base(f, f->k->a), a_row, f->k->folds.at[0].acc);
    Val zero = i64_const(em, 0), middle = cut_to_step(f, zero, t->k_size, UNROLL);
    Dim kd = f->k->axis[2].size;
    bool known = !kd.batch || emitter_single(em);
    if (known && kd.n < UNROLL) {
        for (int64_t k = 0; k < kd.n; k++)
            tile_step(t, s, a, i64_const(em, k * f->k->a->offset.coef[2]),
                      i64_const(em, k * s->b_step), rows, acc);
        kd = (Dim){0, false};
    }
    if (kd.batch || kd.n >= UNROLL)
        tile_chain(t, s, a, zero, middle, UNROLL, rows, acc);
    if (kd.batch || kd.n % UNROLL)
        tile_chain(t, s, a, middle, t->k_size, 1, rows, acc);
    fn_set_vector_axis(f, 1, t->lanes);
    for (unsigned i = 0; i < rows; i++)
        for (unsigned j = 0; j < nv; j++) {
            f->hero[0] = acc[i * nv + j];
            f->tail = s->class->tail && j + 1 == nv ? s->class->tail : 0;
            set_point(t, s, row, i, j);
            emit_stores(f);
        }
    f->hero[0] = NULL;
    f->tail = 0;
}

/* All rows of one tile: a full one at once, the rest row by row. */
static void tile_rows_of(TileCx *t, const Strip *s, Val tile)
{
    Fn *f = t->f;
    Emitter *em = f->em;
    int64_t rows = f->k->tile.rows;
    Dim m = f->k->axis[0].size;
    Val row = LLVMBuildNSWMul(em->b, tile, i64_const(em, rows), "");
    Val end = LLVMBuildNSWAdd(em->b, row, i64_const(em, rows), "");
    if (!m.batch && m.n % rows == 0) {
        tile_body(t, s, row, (unsigned)rows);
        return;
    }
    LLVMBasicBlockRef full = LLVMAppendBasicBlockInContext(em->cx, f->fn, "full");
    LLVMBasicBlockRef part = LLVMAppendBasicBlockInContext(em->cx, f->fn, "part");
    LLVMBasicBlockRef done = LLVMAppendBasicBlockInContext(em->cx, f->fn, "tiled");
    Val fits = LLVMBuildICmp(em->b, LLVMIntSLE, end, t->rows_there, "");
    LLVMBuildCondBr(em->b, fits, full, part);
    LLVMPositionBuilderAtEnd(em->b, full);
    tile_body(t, s, row, (unsigned)rows);
    LLVMBuildBr(em->b, done);
    LLVMPositionBuilderAtEnd(em->b, part);
    Loop l = loop_begin(f, row, min_of(f, end, t->rows_there), 1, "row");
    tile_body(t, s, l.i, 1);
    loop_end(&l, NULL);
    LLVMBuildBr(em->b, done);
    LLVMPositionBuilderAtEnd(em->b, done);
}

static Val interleave(Emitter *em, Val x, Val y, unsigned lanes, bool high)
{
    Val which[64];
    for (unsigned i = 0; i < lanes; i++)
        which[i] = LLVMConstInt(em->i32, (high ? lanes / 2 : 0) + i / 2 + (i % 2 ? lanes : 0), 0);
    return LLVMBuildShuffleVector(em->b, x, y, LLVMConstVector(which, lanes), "");
}

/* v[i][j] <- v[j][i]: log2(lanes) rounds of interleaving row i with row i + lanes/2. */
static void transpose_block(Emitter *em, Val *v, unsigned lanes)
{
    Val next[64] = {NULL};
    for (unsigned round = 1; round < lanes; round *= 2) {
        for (unsigned i = 0; i < lanes / 2; i++) {
            next[2 * i] = interleave(em, v[i], v[i + lanes / 2], lanes, false);
            next[2 * i + 1] = interleave(em, v[i], v[i + lanes / 2], lanes, true);
        }
        for (unsigned i = 0; i < lanes; i++)
            v[i] = next[i];
    }
}

/* B at (k, column), width lanes along k. Columns past the last are the last one again (pads). */
static Val load_b(TileCx *t, Val k, Val column, unsigned width)
{
    Fn *f = t->f;
    Emitter *em = f->em;
    Val last = i64_const(em, t->cut->cols - 1);
    fn_set_vector_axis(f, 2, width);
    f->axis[1] = min_of(f, column, last);
    f->axis[2] = k;
    return load_access(f, f->k->b, width > 1);
}

/* scratch[k][column in strip] = B[k, column] for the strip. */
static void transpose_panel(TileCx *t, const StripClass *class, Val column)
{
    Fn *f = t->f;
    Emitter *em = f->em;
    unsigned lanes = t->lanes;
    int64_t width = (int64_t) class->nv * lanes;
    Val zero = i64_const(em, 0), w = i64_const(em, width);
    Val middle = cut_to_step(f, zero, t->k_size, lanes);
    Loop c = loop_begin(f, zero, w, lanes, "panel");
    Loop k = loop_begin(f, zero, middle, lanes, "block");
    Val v[64];
    for (unsigned i = 0; i < lanes; i++) {
        Val col = LLVMBuildNSWAdd(em->b, column, c.i, "");
        v[i] = load_b(t, k.i, LLVMBuildNSWAdd(em->b, col, i64_const(em, i), ""), lanes);
    }
    transpose_block(em, v, lanes);
    for (unsigned i = 0; i < lanes; i++) {
        Val row = LLVMBuildNSWAdd(em->b, k.i, i64_const(em, i), "");
        Val at = LLVMBuildNSWAdd(em->b, LLVMBuildNSWMul(em->b, row, w, ""), c.i, "");
        Val p = offset_ptr(em, f->scratch, at, f->k->folds.at[0].acc);
        LLVMSetAlignment(LLVMBuildStore(em->b, v[i], p),
                         (unsigned)rt_dtype(f->k->folds.at[0].acc)->size);
    }
    loop_end(&k, NULL);
    Loop r = loop_begin(f, middle, t->k_size, 1, "rest");
    Loop i = loop_begin(f, zero, i64_const(em, lanes), 1, "column");
    Val in = LLVMBuildNSWAdd(em->b, c.i, i.i, "");
    Val x = load_b(t, r.i, LLVMBuildNSWAdd(em->b, column, in, ""), 1);
    Val at = LLVMBuildNSWAdd(em->b, LLVMBuildNSWMul(em->b, r.i, w, ""), in, "");
    LLVMBuildStore(em->b, x, offset_ptr(em, f->scratch, at, f->k->folds.at[0].acc));
    loop_end(&i, NULL);
    loop_end(&r, NULL);
    loop_end(&c, NULL);
}

/* Transposes the panel unless it is the one that is there. */
static void ready_panel(TileCx *t, const StripClass *class, Val column, Val strip, Val had)
{
    Fn *f = t->f;
    Emitter *em = f->em;
    LLVMBasicBlockRef make = LLVMAppendBasicBlockInContext(em->cx, f->fn, "make_panel");
    LLVMBasicBlockRef ready = LLVMAppendBasicBlockInContext(em->cx, f->fn, "panel_ready");
    Val same = LLVMBuildICmp(em->b, LLVMIntEQ, strip, had, "");
    LLVMBuildCondBr(em->b, same, ready, make);
    LLVMPositionBuilderAtEnd(em->b, make);
    transpose_panel(t, class, column);
    LLVMBuildBr(em->b, ready);
    LLVMPositionBuilderAtEnd(em->b, ready);
}

/* Where B of this strip starts. */
static void point_at_b(TileCx *t, Strip *s)
{
    Fn *f = t->f;
    Emitter *em = f->em;
    const Access *b = f->k->b;
    if (f->k->tile.transpose_b) {
        s->b = f->scratch;
        s->b_step = (int64_t)s->class->nv * t->lanes;
        return;
    }
    Val base = access_base(f, b), at;
    if (b->packed) {
        at = LLVMBuildNSWMul(em->b, s->column, i64_const(em, t->cut->rows), "");
        s->b_step = (int64_t)s->class->nv * t->lanes;
    } else {
        at = LLVMBuildNSWAdd(em->b, s->column, i64_const(em, b->offset.c), "");
        s->b_step = b->offset.coef[2];
    }
    s->b = offset_ptr(em, base, at, f->k->folds.at[0].acc);
}

static void strip_of_class(TileCx *t, const StripClass *class, Val strip, Val tile, Val had)
{
    Emitter *em = t->f->em;
    Val nth = LLVMBuildNSWSub(em->b, strip, i64_const(em, class->first), "");
    int64_t width = (int64_t) class->nv * t->lanes;
    Val start = LLVMBuildNSWMul(em->b, nth, i64_const(em, width), "");
    Strip s = {class, LLVMBuildNSWAdd(em->b, start, i64_const(em, class->start), ""), NULL, 0};
    if (t->f->k->tile.transpose_b)
        ready_panel(t, class, s.column, strip, had);
    point_at_b(t, &s);
    tile_rows_of(t, &s, tile);
}

Units emit_tile(Fn *f)
{
    Emitter *em = f->em;
    const Kernel *k = f->k;
    TileCx t = {f, &k->tile.cut, (unsigned)k->tile.cut.vector, {{0}}, 0, NULL, NULL};
    nnl_assert(k->tile.rows <= MAX_ROWS && k->tile.cut.wide <= MAX_VECTORS);
    make_classes(&t);
    t.rows_there = dim_value(f, k->axis[0].size);
    t.k_size = dim_value(f, k->axis[2].size);
    int64_t rows = k->tile.rows, strips = k->tile.cut.n_wide + k->tile.cut.n_narrow;
    Val up = LLVMBuildNSWAdd(em->b, t.rows_there, i64_const(em, rows - 1), "");
    Val tiles = LLVMBuildUDiv(em->b, up, i64_const(em, rows), "");
    Loop l = loop_begin(f, f->begin, f->end, 1, "unit");
    unsigned had = loop_phi(&l, i64_const(em, -1));
    bool one = strips == 1; /* its columns are constants then */
    Val strip = one ? i64_const(em, 0) : LLVMBuildUDiv(em->b, l.i, tiles, "");
    Val tile = one ? l.i : LLVMBuildURem(em->b, l.i, tiles, "");
    LLVMBasicBlockRef next = LLVMAppendBasicBlockInContext(em->cx, f->fn, "next");
    for (unsigned c = 0; c < t.n_classes; c++) {
        if (c + 1 == t.n_classes) {
            strip_of_class(&t, &t.classes[c], strip, tile, l.phi[had]);
            LLVMBuildBr(em->b, next);
            break;
        }
        LLVMBasicBlockRef here = LLVMAppendBasicBlockInContext(em->cx, f->fn, "strip");
        LLVMBasicBlockRef other = LLVMAppendBasicBlockInContext(em->cx, f->fn, "other");
        Val is = LLVMBuildICmp(em->b, LLVMIntSLT, strip, i64_const(em, t.classes[c].last), "");
        LLVMBuildCondBr(em->b, is, here, other);
        LLVMPositionBuilderAtEnd(em->b, here);
        strip_of_class(&t, &t.classes[c], strip, tile, l.phi[had]);
        LLVMBuildBr(em->b, next);
        LLVMPositionBuilderAtEnd(em->b, other);
    }
    LLVMPositionBuilderAtEnd(em->b, next);
    loop_end(&l, &strip);
    int64_t m = dim_size(k->axis[0].size, em->plan->kernels->graph->batch);
    int64_t row_tiles = (m + rows - 1) / rows;
    double unit = k->flops / ((double)strips * (double)row_tiles);
    int64_t least = (int64_t)(LEAST_FLOPS / (unit > 1 ? unit : 1));
    return (Units){strips, k->axis[0].size.n, rows, least > 1 ? least : 1, k->axis[0].size.batch};
}
