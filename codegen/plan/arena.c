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

/* What lies over each kernel, as a tree over ranges of kernels: up to `solid` all memory is taken, from `top`
 * on none. Where both are equal, which is nearly everywhere, a value goes there without a search. */
typedef struct Skyline {
    uint32_t n;            /* leaves: a power of two */
    int64_t *least, *most; /* of solid; equal: what stands below is stale */
    int64_t *top, *raised; /* raised: all below is at least this */
} Skyline;

typedef struct Span {
    uint32_t node, low, high; /* a node and the kernels below it */
    uint32_t first, last;     /* the kernels that are asked for */
} Span;

static Skyline skyline_new(Arena *arena, size_t kernels)
{
    Skyline s = {.n = 1};
    while (s.n < kernels)
        s.n *= 2;
    s.least = ARENA_ARRAY(arena, int64_t, 2 * (size_t)s.n);
    s.most = ARENA_ARRAY(arena, int64_t, 2 * (size_t)s.n);
    s.top = ARENA_ARRAY(arena, int64_t, 2 * (size_t)s.n);
    s.raised = ARENA_ARRAY(arena, int64_t, 2 * (size_t)s.n);
    return s;
}

static Span span_of(const Skyline *s, const Value *v)
{
    return (Span){1, 0, s->n - 1, v->first, v->last};
}

static Span half(const Span *at, bool right)
{
    uint32_t middle = at->low + (at->high - at->low) / 2;
    return (Span){2 * at->node + right, right ? middle + 1 : at->low, right ? at->high : middle,
                  at->first, at->last};
}

static bool is_outside(const Span *at)
{
    return at->last < at->low || at->high < at->first;
}

static bool is_inside(const Span *at)
{
    return at->first <= at->low && at->high <= at->last;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t solid_over(const Skyline *s, Span at)
{
    if (is_outside(&at))
        return 0;
    if (is_inside(&at) || s->least[at.node] == s->most[at.node])
        return s->most[at.node];
    return larger(solid_over(s, half(&at, false)), solid_over(s, half(&at, true)));
}

static int64_t top_over(const Skyline *s, Span at)
{
    if (is_outside(&at))
        return 0;
    if (is_inside(&at))
        return s->top[at.node];
    int64_t below = larger(top_over(s, half(&at, false)), top_over(s, half(&at, true)));
    return larger(s->raised[at.node], below);
}

/* Where all is taken up to `from`, it is now up to `to`. */
static void grow_solid(Skyline *s, Span at, int64_t from, int64_t to)
{
    uint32_t n = at.node;
    bool uniform = s->least[n] == s->most[n];
    if (is_outside(&at) || s->most[n] < from)
        return;
    if (uniform && is_inside(&at)) {
        s->least[n] = s->most[n] = to;
        return;
    }
    for (uint32_t child = 2 * n; uniform && child <= 2 * n + 1; child++)
        s->least[child] = s->most[child] = s->most[n];
    grow_solid(s, half(&at, false), from, to);
    grow_solid(s, half(&at, true), from, to);
    s->most[n] = larger(s->most[2 * n], s->most[2 * n + 1]);
    s->least[n] = -larger(-s->least[2 * n], -s->least[2 * n + 1]);
}

static void raise_top(Skyline *s, Span at, int64_t to)
{
    uint32_t n = at.node;
    if (is_outside(&at))
        return;
    if (is_inside(&at)) {
        s->raised[n] = larger(s->raised[n], to);
        s->top[n] = larger(s->top[n], to);
        return;
    }
    raise_top(s, half(&at, false), to);
    raise_top(s, half(&at, true), to);
    s->top[n] = larger(s->raised[n], larger(s->top[2 * n], s->top[2 * n + 1]));
}

/* Placed values sorted by offset: where one at `offset` belongs, behind its equals. */
static size_t place_of(const EntryPlan *plan, const uint32_t *placed, size_t n, int64_t offset)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (plan->offset[placed[middle]] <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The first gap at or above `at` among those that live with v; none has more than `most` bytes. */
static int64_t first_gap(const EntryPlan *plan, const uint32_t *placed, size_t n, uint32_t v,
                         int64_t at, int64_t most)
{
    const Value *values = plan->kernels->values.at;
    for (size_t i = place_of(plan, placed, n, at - most); i < n; i++) {
        uint32_t p = placed[i];
        if (!live_together(&values[p], &values[v]))
            continue;
        if (plan->offset[p] >= at + plan->bytes[v])
            break;
        at = larger(at, plan->offset[p] + plan->bytes[p]);
    }
    return at;
}

static void insert_sorted(const EntryPlan *plan, uint32_t *placed, size_t n, uint32_t v)
{
    size_t i = place_of(plan, placed, n, plan->offset[v]);
    memmove(placed + i + 1, placed + i, (n - i) * sizeof *placed);
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
    Skyline sky = skyline_new(arena, kernels->kernels.n);
    for (uint32_t i = 0; i < n; i++) {
        const Value *v = &kernels->values.at[i];
        plan->bytes[i] = round_up(
            v->elements * (int64_t)rt_dtype(v->node->dtype)->size + PLAN_ALIGN, PLAN_ALIGN);
        order[i] = (Order){plan, i};
    }
    qsort(order, n, sizeof *order, by_size);
    for (size_t i = 0; i < n; i++) {
        uint32_t v = order[i].value;
        Span span = span_of(&sky, &kernels->values.at[v]);
        int64_t at = solid_over(&sky, span);
        if (at < top_over(&sky, span))
            at = first_gap(plan, placed, i, v, at, plan->bytes[order[0].value]);
        plan->offset[v] = at;
        insert_sorted(plan, placed, i, v);
        grow_solid(&sky, span, at, at + plan->bytes[v]);
        raise_top(&sky, span, at + plan->bytes[v]);
        plan->arena_bytes = larger(plan->arena_bytes, at + plan->bytes[v]);
    }
    for (size_t i = 0; i < kernels->kernels.n; i++) {
        const Kernel *k = kernels->kernels.at[i];
        if (k->kind != KERNEL_tile || !k->tile.transpose_b)
            continue;
        const Storage *c = &k->tile.cut;
        int64_t width = (int64_t)(c->n_wide ? c->wide : c->narrow) * c->vector;
        int64_t bytes = k->axis[2].size.n * width * (int64_t)rt_dtype(k->folds.at[0].acc)->size;
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
                      rt_storage_by_columns(&p->storage)        ? "column-major"
                      : p->storage.kind == STORAGE_strip_packed ? "strip-packed"
                                                                : "row-major");
        if (p->storage.kind == STORAGE_strip_packed && !rt_storage_by_columns(&p->storage))
            strbuf_printf(out, " %dx%d + %dx%d vectors of %d", p->storage.n_wide, p->storage.wide,
                          p->storage.n_narrow, p->storage.narrow, p->storage.vector);
        strbuf_char(out, '\n');
    }
    for (size_t i = 0; i < plan->kernels->values.n; i++) {
        const Value *v = &plan->kernels->values.at[i];
        strbuf_printf(out, "  value %%%u : %s at %lld, %lld bytes, kernels %u..%u\n", v->node->id,
                      type_text(plan->kernels->arena, v->node->dtype, &v->node->shape),
                      (long long)plan->offset[i], (long long)plan->bytes[i], v->first, v->last);
    }
}
