/* share.c: equal kernels are emitted once. A kernel's code sees memory only through its operands, whose
 * places are data of the phase; so two kernels are equal if they agree in all that the emitter reads but
 * these places. The key says all of that as numbers. With line tables the line in the text is part of it. */
#include <string.h>

#include "codegen/emit/internal.h"
#include "support/bug.h"

typedef struct KeyCx {
    Emitter *em;
    const Kernel *k;
    Operands *operands;
    KernelKey key;
} KeyCx;

static void put_int(KeyCx *cx, int64_t x)
{
    vec_push(cx->em->scratch, &cx->key.words, x);
}

static void put_affine(KeyCx *cx, const Affine *a)
{
    put_int(cx, a->c);
    for (uint32_t i = 0; i < cx->k->n_axes; i++)
        put_int(cx, a->coef[i]);
}

static void put_storage(KeyCx *cx, const Storage *s)
{
    const int64_t fields[] = {s->kind, s->rows,   s->cols,   s->vector,
                              s->wide, s->n_wide, s->narrow, s->n_narrow};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        put_int(cx, fields[i]);
}

static void put_expr(KeyCx *cx, const KExpr *e)
{
    put_int(cx, e ? (int64_t)e->number : -1);
}

uint32_t operand_of(Operands *list, Arena *arena, int base, uint32_t id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].base == base && list->at[i].id == id)
            return (uint32_t)i;
    vec_push(arena, list, (Operand){base, id});
    return (uint32_t)list->n - 1;
}

static void put_operand(KeyCx *cx, int base, uint32_t id)
{
    put_int(cx, operand_of(cx->operands, cx->em->scratch, base, id));
}

static void put_access(KeyCx *cx, const Access *a)
{
    put_operand(cx, a->base, a->id);
    put_int(cx, a->base);
    put_int(cx, a->dtype);
    put_int(cx, a->packed);
    put_affine(cx, &a->offset);
    put_affine(cx, &a->row);
    put_affine(cx, &a->col);
    put_expr(cx, a->dynamic);
    put_int(cx, a->dynamic_stride);
    if (a->packed)
        put_storage(cx, &state_place(cx->em, a->id)->storage);
    if (a->base == BASE_input)
        put_int(cx, input_row(cx->em, a->id));
}

static void put_node(KeyCx *cx, const KExpr *e)
{
    put_int(cx, e->kind);
    put_int(cx, e->dtype);
    switch (e->kind) {
    case KX_const:
        put_int(cx, (int64_t)e->bits);
        return;
    case KX_axis:
        put_affine(cx, e->offset);
        return;
    case KX_load:
        put_access(cx, e->access);
        return;
    case KX_scalar:
        put_operand(cx, BASE_scalar, e->id);
        return;
    case KX_hero:
        put_int(cx, e->id);
        return;
    case KX_rng:
        put_int(cx, e->id);
        put_affine(cx, e->offset);
        break;
    case KX_op:
        put_int(cx, e->op);
        break;
    }
    for (uint32_t i = 0; i < e->n_in; i++)
        put_expr(cx, e->in[i]);
}

static void put_fold(KeyCx *cx, const Fold *fold)
{
    put_int(cx, fold->kind);
    put_int(cx, fold->acc);
    put_expr(cx, fold->term[0]);
    put_expr(cx, fold->term[1]);
    put_expr(cx, fold->init);
}

static void put_kind(KeyCx *cx)
{
    const Kernel *k = cx->k;
    switch (k->kind) {
    case KERNEL_map:
        return;
    case KERNEL_reduce:
        put_int(cx, k->sum.groups);
        put_int(cx, k->sum.lanes);
        return;
    case KERNEL_tile:
        put_access(cx, k->a);
        put_access(cx, k->b);
        put_int(cx, k->tile.rows);
        put_int(cx, k->tile.transpose_b);
        put_storage(cx, &k->tile.cut);
        return;
    case KERNEL_scatter:
        put_access(cx, k->a);
        put_access(cx, k->b);
        put_access(cx, k->scatter_base);
        put_int(cx, k->scatter_outer);
        put_int(cx, k->scatter_axis);
        put_int(cx, k->scatter_count);
        put_int(cx, k->scatter_inner);
        return;
    }
}

static void put_kernel(KeyCx *cx)
{
    const Kernel *k = cx->k;
    put_int(cx, k->kind);
    put_int(cx, cx->em->di ? k->origin.range.begin : 0);
    put_int(cx, cx->em->plan->kernels->graph->batch);
    put_int(cx, k->n_axes);
    for (uint32_t i = 0; i < k->n_axes; i++) {
        put_int(cx, k->axis[i].size.n);
        put_int(cx, k->axis[i].size.batch);
        put_int(cx, k->axis[i].reduced);
    }
    put_int(cx, (int64_t)k->folds.n);
    for (size_t i = 0; i < k->folds.n; i++)
        put_fold(cx, &k->folds.at[i]);
    put_kind(cx);
    put_int(cx, (int64_t)k->exprs.n);
    for (size_t i = 0; i < k->exprs.n; i++)
        put_node(cx, k->exprs.at[i]);
    put_int(cx, (int64_t)k->stores.n);
    for (size_t i = 0; i < k->stores.n; i++) {
        put_access(cx, k->stores.at[i].to);
        put_expr(cx, k->stores.at[i].value);
        put_expr(cx, k->stores.at[i].guard);
        put_int(cx, k->stores.at[i].per_term);
    }
}

bool emitter_single(const Emitter *em)
{
    return em->plan->kernels->graph->batch == 1;
}

KernelKey kernel_key(Emitter *em, const Kernel *k, Operands *operands)
{
    KeyCx cx = {em, k, operands, {.hash = 0}};
    put_int(&cx, emitter_single(em));
    put_kernel(&cx);
    for (size_t i = 0; i < cx.key.words.n; i++) {
        uint64_t h = (cx.key.hash ^ (uint64_t)cx.key.words.at[i]) * 0x9E3779B97F4A7C15u;
        cx.key.hash = h ^ h >> 29;
    }
    return cx.key;
}

static bool key_equal(const KernelKey *a, const KernelKey *b)
{
    return a->hash == b->hash && a->words.n == b->words.n &&
           !memcmp(a->words.at, b->words.at, a->words.n * sizeof *a->words.at);
}

/* The slot of this key, or the free one where it belongs. */
static uint32_t *slot_of(const Emitter *em, const KernelKey *key)
{
    size_t at = key->hash & (em->n_slots - 1);
    while (em->slots[at] && !key_equal(&em->codes.at[em->slots[at] - 1].key, key))
        at = (at + 1) & (em->n_slots - 1);
    return &em->slots[at];
}

const KernelCode *kernel_code_find(const Emitter *em, const KernelKey *key)
{
    uint32_t number = em->n_slots ? *slot_of(em, key) : 0;
    return number ? &em->codes.at[number - 1] : NULL;
}

static void grow_slots(Emitter *em)
{
    em->n_slots = em->n_slots ? 2 * em->n_slots : 64;
    em->slots = ARENA_ARRAY(em->arena, uint32_t, em->n_slots);
    for (uint32_t i = 0; i < em->codes.n; i++)
        *slot_of(em, &em->codes.at[i].key) = i + 1;
}

const KernelCode *kernel_code_add(Emitter *em, const KernelKey *key, Val fn, Units units)
{
    KernelCode code = {*key, fn, units};
    size_t size = key->words.n * sizeof *key->words.at;
    code.key.words.at = arena_copy(em->arena, key->words.at, size);
    code.key.words.cap = key->words.n;
    if (2 * (em->codes.n + 1) > em->n_slots)
        grow_slots(em);
    *slot_of(em, key) = (uint32_t)em->codes.n + 1;
    vec_push(em->arena, &em->codes, code);
    return &vec_last(&em->codes);
}
