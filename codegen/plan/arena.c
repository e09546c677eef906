/* arena.c: buffers of a step, placed so that values whose lifetimes do not meet share memory.
 *
 * Largest first, each at the lowest offset where it overlaps no placed value that lives at the same
 * time. Values written in one kernel and last read in it live for that kernel. Every buffer has a
 * vector of slack behind it: loads may run past the last element, stores never do. */
#include "codegen/plan/plan.h"

#include <stdlib.h>
#include <string.h>

typedef struct Order {
    const EntryPlan *plan;
    uint32_t value;
} Order;

static int by_size(const void *a, const void *b)
{
    const Order *x = a, *y = b;
    int64_t bx = x->plan->bytes[x->value], by = y->plan->bytes[y->value];
    if (bx != by)
        return bx < by ? 1 : -1;
    return x->value < y->value ? -1 : x->value > y->value;
}

static bool live_together(const Value *a, const Value *b)
{
    return a->first <= b->last && b->first <= a->last;
}

static int64_t round_up(int64_t x, int64_t to)
{
    return (x + to - 1) / to * to;
}

/* Placed values sorted by offset; the first gap among those that live with v. */
static int64_t first_fit(const EntryPlan *plan, const uint32_t *placed, size_t n, uint32_t v)
{
    int64_t at = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t p = placed[i];
        if (!live_together(&plan->kernels->values.at[p], &plan->kernels->values.at[v]))
            continue;
        if (plan->offset[p] >= at + plan->bytes[v])
            break;
        if (plan->offset[p] + plan->bytes[p] > at)
            at = plan->offset[p] + plan->bytes[p];
    }
    return at;
}

static void insert_sorted(const EntryPlan *plan, uint32_t *placed, size_t n, uint32_t v)
{
    size_t i = n;
    while (i && plan->offset[placed[i - 1]] > plan->offset[v]) {
        placed[i] = placed[i - 1];
        i--;
    }
    placed[i] = v;
}

EntryPlan *plan_entry(Arena *arena, const Kernels *kernels, const StatePlan *states)
{
    EntryPlan *plan = ARENA_NEW(arena, EntryPlan);
    size_t n = kernels->values.n;
    plan->kernels = kernels;
    plan->states = states;
    plan->offset = ARENA_ARRAY(arena, int64_t, n + 1);
    plan->bytes = ARENA_ARRAY(arena, int64_t, n + 1);
    Order *order = ARENA_ARRAY(arena, Order, n + 1);
    uint32_t *placed = ARENA_ARRAY(arena, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        const Value *v = &kernels->values.at[i];
        plan->bytes[i] =
            round_up(v->elements * (int64_t)rt_dtype(v->dtype)->size + PLAN_ALIGN, PLAN_ALIGN);
        order[i] = (Order){plan, i};
    }
    qsort(order, n, sizeof *order, by_size);
    for (size_t i = 0; i < n; i++) {
        uint32_t v = order[i].value;
        plan->offset[v] = first_fit(plan, placed, i, v);
        insert_sorted(plan, placed, i, v);
        if (plan->offset[v] + plan->bytes[v] > plan->arena_bytes)
            plan->arena_bytes = plan->offset[v] + plan->bytes[v];
    }
    for (size_t i = 0; i < kernels->kernels.n; i++) {
        const Kernel *k = kernels->kernels.at[i];
        if (k->kind != KERNEL_tile || !k->tile.transpose_b)
            continue;
        const Storage *c = &k->tile.cut;
        int64_t width = (int64_t)(c->n_wide ? c->wide : c->narrow) * c->vector;
        int64_t bytes = k->axis[2].size.n * width * (int64_t)rt_dtype(k->acc)->size;
        if (bytes > plan->scratch_bytes)
            plan->scratch_bytes = round_up(bytes, PLAN_ALIGN);
    }
    return plan;
}

void plan_print(StrBuf *out, const EntryPlan *plan)
{
    strbuf_printf(out, "plan @%s: block %lld, arena %lld, scratch %lld bytes\n",
                  plan->kernels->graph->name, (long long)plan->states->block_bytes,
                  (long long)plan->arena_bytes, (long long)plan->scratch_bytes);
    for (size_t i = 0; i < plan->states->states.n; i++) {
        const StatePlace *p = &plan->states->states.at[i];
        Arena *scratch = plan->kernels->arena;
        strbuf_printf(out, "  state @%s : %s at %lld, %lld bytes, %s", p->state.name,
                      type_text(scratch, p->state.dtype, &p->state.shape), (long long)p->offset,
                      (long long)p->bytes,
                      p->storage.kind == STORAGE_strip_packed ? "strip-packed" : "row-major");
        if (p->storage.kind == STORAGE_strip_packed)
            strbuf_printf(out, " %dx%d + %dx%d vectors of %d", p->storage.n_wide, p->storage.wide,
                          p->storage.n_narrow, p->storage.narrow, p->storage.vector);
        strbuf_char(out, '\n');
    }
    for (size_t i = 0; i < plan->kernels->values.n; i++) {
        const Value *v = &plan->kernels->values.at[i];
        strbuf_printf(out, "  value %%%u : %s at %lld, %lld bytes, kernels %u..%u\n", v->node->id,
                      type_text(plan->kernels->arena, v->dtype, &v->shape),
                      (long long)plan->offset[i], (long long)plan->bytes[i], v->first, v->last);
    }
}
