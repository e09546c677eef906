/* memory.c: Program, plans -> the memory of a run, in bytes.
 *
 * What models need is known from their plans, what rows need from the files, as far as they are there. */
#include "driver/memory.h"

#include "runtime/abi/commas.h"
#include "runtime/abi/roles.h"
#include "runtime/data/source.h"
#include "runtime/data/table.h"
#include "runtime/train/summary.h"

typedef struct Need {
    int64_t arena, scratch;
} Need;

/* The most that an entry of this instance and use needs. */
static Need need_of_use(const Entries *entries, const Instance *m, Use use)
{
    Need most = {0, 0};
    for (size_t i = 0; i < entries->n; i++) {
        const ProgramEntry *e = &entries->at[i];
        if (e->request.instance != m || e->request.use != use)
            continue;
        most.arena = e->arena_bytes > most.arena ? e->arena_bytes : most.arena;
        most.scratch = e->scratch_bytes > most.scratch ? e->scratch_bytes : most.scratch;
    }
    return most;
}

/* A fit keeps its training step and that of its validation. */
static Need need_of(const Entries *entries, const Instance *m)
{
    Need train = need_of_use(entries, m, USE_train), eval = need_of_use(entries, m, USE_eval);
    Need most = need_of_use(entries, m, USE_predict);
    if (train.arena + eval.arena > most.arena)
        most.arena = train.arena + eval.arena;
    if (train.scratch + eval.scratch > most.scratch)
        most.scratch = train.scratch + eval.scratch;
    return most;
}

void memory_lines(StrBuf *out, const Program *p, const Entries *entries, StatePlan *const *states)
{
    for (size_t i = 0; i < p->instances.n; i++) {
        const Instance *m = p->instances.at[i];
        Need need = need_of(entries, m);
        strbuf_printf(
            out, "memory of %s: state %lld + arena %lld + scratch %lld per thread bytes\n", m->name,
            (long long)states[m->id]->block_bytes, (long long)need.arena, (long long)need.scratch);
    }
}

/* ---- the summary ---- */

/* count < 0: none. */
static void put_row(StrBuf *out, const char *what, int64_t count, int64_t bytes)
{
    char n[32] = "", b[32];
    if (count >= 0)
        rt_commas(count, n);
    rt_commas(bytes, b);
    strbuf_printf(out, "  %-34s %14s %16s\n", what, n, b);
}

typedef struct Sum {
    int64_t n, bytes;
} Sum;

static Sum sum_states(const Program *p, StatePlan *const *states, uint32_t block,
                      RoleCounted counted)
{
    Sum sum = {0, 0};
    for (size_t m = 0; m < p->instances.n; m++)
        for (size_t i = 0; states[m]->block == block && i < states[m]->states.n; i++) {
            const StatePlace *place = &states[m]->states.at[i];
            if (place->first || rt_role(place->state.role)->counted != counted)
                continue;
            int64_t n = shape_count(&place->state.shape, 1);
            sum.n += n;
            sum.bytes += n * (int64_t)rt_dtype(place->state.dtype)->size;
        }
    return sum;
}

/* Prints the sum if there is something; returns its bytes. */
static int64_t put_states(StrBuf *out, const char *what, Sum sum)
{
    if (sum.n)
        put_row(out, what, sum.n, sum.bytes);
    return sum.bytes;
}

/* The models of a block: those that share weights. */
static void put_names(Session *s, StrBuf *out, const Program *p, StatePlan *const *states,
                      uint32_t block)
{
    const char *names = "model";
    size_t n = 0;
    for (size_t m = 0; m < p->instances.n; m++)
        if (states[m]->block == block)
            names =
                arena_printf(s->arena, "%s%s %s", names, n++ ? "," : "", p->instances.at[m]->name);
    strbuf_printf(out, "%-36s %14s %16s\n", names, "numbers", "bytes");
}

/* Bytes of the weights of a model as they lie in its block. */
static int64_t weight_bytes(const StatePlan *plan)
{
    int64_t bytes = 0;
    for (size_t i = 0; i < plan->states.n; i++)
        if (rt_role(plan->states.at[i].state.role)->saved == SAVED_whole)
            bytes += plan->states.at[i].bytes;
    return bytes;
}

/* Copies of the weights that the callbacks of a fit keep. */
static int64_t copies_of(const Command *c)
{
    const ArgValue *list = c->row->id == COMMAND_fit ? &c->settings[ARG_fit_callbacks] : NULL;
    int64_t n = 0;
    for (uint32_t i = 0; list && !list->none && i < list->n; i++) {
        const Call *cb = list->calls[i];
        int at = row_arg(cb->row, "restore_best_weights");
        n += at >= 0 && cb->args[at].i;
    }
    return n;
}

/* The most that a fit of the models of a block needs at once. */
static int64_t copied_bytes(const Program *p, StatePlan *const *states, uint32_t block)
{
    int64_t most = 0;
    for (size_t i = 0; i < p->commands.n; i++) {
        const Command *c = &p->commands.at[i];
        const StatePlan *plan = c->instance ? states[c->instance->id] : NULL;
        int64_t bytes = plan && plan->block == block ? copies_of(c) * weight_bytes(plan) : 0;
        most = bytes > most ? bytes : most;
    }
    return most;
}

/* Returns all of its bytes, with one thread. */
static int64_t put_block(Session *s, StrBuf *out, const Program *p, const Entries *entries,
                         StatePlan *const *states, uint32_t block)
{
    enum { COUNTERS = 2, COUNTER_BYTES = 4 }; /* as the summary of a model counts them */
    Need need = {0, 0};
    Sum slots = sum_states(p, states, block, COUNTED_optimizer);
    put_names(s, out, p, states, block);
    int64_t used = put_states(out, "weights", sum_states(p, states, block, COUNTED_params));
    used += put_states(out, "optimizer", slots);
    used += put_states(out, "fitted preprocessing", sum_states(p, states, block, COUNTED_fitted));
    used += put_states(out, "metrics", sum_states(p, states, block, COUNTED_no));
    put_row(out, "padding and alignment", -1, states[block]->block_bytes - used);
    put_row(out, "= state", -1, states[block]->block_bytes);
    if (slots.n)
        put_row(out, "optimizer: step and learning rate", COUNTERS, COUNTERS * COUNTER_BYTES);
    for (size_t m = 0; m < p->instances.n; m++)
        if (states[m]->block == block) {
            Need one = need_of(entries, p->instances.at[m]);
            need.arena += one.arena;
            need.scratch += one.scratch;
        }
    put_row(out, "activations and gradients", -1, need.arena);
    put_row(out, "scratch of each thread", -1, need.scratch);
    int64_t copied = copied_bytes(p, states, block);
    if (copied)
        put_row(out, "best weights, kept by callbacks", -1, copied);
    return states[block]->block_bytes + copied + (slots.n ? COUNTERS * COUNTER_BYTES : 0) +
           need.arena + need.scratch;
}

static int64_t array_bytes(const RtArray *a)
{
    int64_t bytes = a ? (int64_t)rt_dtype(a->dtype)->size : 0;
    for (uint32_t i = 0; a && i < a->rank; i++)
        bytes *= a->dims[i];
    return bytes;
}

static int64_t reading_bytes(const RtReading *r)
{
    int64_t bytes = array_bytes(r->x) + array_bytes(r->y);
    if (r->table)
        bytes += array_bytes(r->table->narrow) + array_bytes(r->table->wide);
    return bytes;
}

/* Has a part before this one the same reading? */
static bool read_before(const Program *p, size_t data, int part)
{
    for (size_t i = 0; i <= data; i++)
        for (int k = 0; k < (i == data ? part : N_PARTS); k++)
            if (p->data.at[i]->facts.from[k] == p->data.at[data]->facts.from[part])
                return true;
    return false;
}

/* What a checkpoint copies before it is written: every state, and what callbacks keep. */
static int64_t kept_bytes(const Program *p, StatePlan *const *states)
{
    int64_t bytes = 0, copies = 0;
    for (uint32_t m = 0; m < p->instances.n; m++) {
        int64_t copied = copied_bytes(p, states, m);
        copies = copied > copies ? copied : copies;
        for (size_t i = 0; i < states[m]->states.n; i++) {
            const StatePlace *place = &states[m]->states.at[i];
            if (!place->first)
                bytes += shape_count(&place->state.shape, 1) *
                         (int64_t)rt_dtype(place->state.dtype)->size;
        }
    }
    return bytes + copies;
}

/* Returns the bytes of all rows. */
static int64_t put_data(StrBuf *out, const Program *p)
{
    int64_t bytes = 0;
    if (p->data.n)
        strbuf_printf(out, "%-36s %14s %16s\n", "data", "rows", "bytes");
    for (size_t i = 0; i < p->data.n; i++) {
        const DataSet *d = p->data.at[i];
        if (!d->facts.from[PART_TRAIN])
            strbuf_printf(out, "  %-34s %14s %16s\n", d->name, "", "not known yet");
        for (int part = 0; part < N_PARTS; part++) {
            const RtReading *r = d->facts.from[part];
            if (!r || read_before(p, i, part))
                continue;
            put_row(out, rt_reading_label(r), rt_reading_rows(r), reading_bytes(r));
            bytes += reading_bytes(r);
        }
    }
    return bytes;
}

void memory_summary(Session *s, StrBuf *out, const Program *p, const Entries *entries,
                    StatePlan *const *states)
{
    int64_t bytes = 0;
    for (uint32_t m = 0; m < p->instances.n; m++)
        if (states[m]->block == m)
            bytes += put_block(s, out, p, entries, states, m);
    bytes += put_data(out, p);
    char text[32];
    rt_commas(bytes, text);
    strbuf_printf(out, "%-36s %14s %16s\n", "total, with one thread", "", text);
    rt_commas(kept_bytes(p, states), text);
    strbuf_printf(out, "%-36s %14s %16s\n\n", "more with --checkpoint", "", text);
}
