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

typedef struct Memory {
    Session *s;
    const Program *p;
    StatePlan *const *states;
    Need *need;              /* of each block */
    const Command **largest; /* of each command: sweep: its largest training, NULL otherwise */
    bool *is_shown;          /* of each block: all but points of a sweep that are not its largest */
} Memory;

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Of each instance what it needs at the same time: a fit keeps its training step and that of its validation. */
static Need *all_needs(Session *s, const Program *p, const Entries *entries)
{
    Need(*uses)[N_USES] = arena_alloc(s->arena, (p->instances.n + 1) * sizeof *uses);
    Need *out = ARENA_ARRAY(s->arena, Need, p->instances.n + 1);
    for (size_t i = 0; i < entries->n; i++) {
        const ProgramEntry *e = &entries->at[i];
        Need *most = &uses[e->request.instance->id][e->request.use];
        most->arena = larger(e->arena_bytes, most->arena);
        most->scratch = larger(e->scratch_bytes, most->scratch);
    }
    for (size_t i = 0; i < p->instances.n; i++) {
        const Need *of = uses[i];
        out[i].arena = larger(of[USE_predict].arena, of[USE_train].arena + of[USE_eval].arena);
        out[i].scratch =
            larger(of[USE_predict].scratch, of[USE_train].scratch + of[USE_eval].scratch);
    }
    return out;
}

void memory_lines(Session *s, StrBuf *out, const Program *p, const Entries *entries,
                  StatePlan *const *states)
{
    const Need *need = all_needs(s, p, entries);
    for (size_t i = 0; i < p->instances.n; i++) {
        const Instance *m = p->instances.at[i];
        strbuf_printf(out,
                      "memory of %s: state %lld + arena %lld + scratch %lld per thread bytes\n",
                      m->name, (long long)states[m->id]->block_bytes, (long long)need[m->id].arena,
                      (long long)need[m->id].scratch);
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

static Sum sum_states(const Memory *x, uint32_t block, RoleCounted counted)
{
    const Program *p = x->p;
    StatePlan *const *states = x->states;
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
static void put_names(const Memory *x, StrBuf *out, uint32_t block)
{
    const Program *p = x->p;
    const char *names = "model";
    size_t n = 0;
    for (size_t m = 0; m < p->instances.n; m++)
        if (x->states[m]->block == block)
            names = arena_printf(x->s->arena, "%s%s %s", names, n++ ? "," : "",
                                 p->instances.at[m]->name);
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
static int64_t copied_bytes(const Memory *x, uint32_t block)
{
    const Program *p = x->p;
    int64_t most = 0;
    for (size_t i = 0; i < p->commands.n; i++) {
        const Command *c = &p->commands.at[i];
        const StatePlan *plan = c->instance ? x->states[c->instance->id] : NULL;
        int64_t bytes = plan && plan->block == block ? copies_of(c) * weight_bytes(plan) : 0;
        most = bytes > most ? bytes : most;
    }
    return most;
}

/* Returns all of its bytes, with one thread. */
static int64_t put_block(const Memory *x, StrBuf *out, uint32_t block)
{
    enum { COUNTERS = 2, COUNTER_BYTES = 4 }; /* as the summary of a model counts them */
    Need need = x->need[block];
    int64_t state = x->states[block]->block_bytes;
    Sum slots = sum_states(x, block, COUNTED_optimizer);
    put_names(x, out, block);
    int64_t used = put_states(out, "weights", sum_states(x, block, COUNTED_params));
    used += put_states(out, "optimizer", slots);
    used += put_states(out, "fitted preprocessing", sum_states(x, block, COUNTED_fitted));
    used += put_states(out, "metrics", sum_states(x, block, COUNTED_no));
    put_row(out, "padding and alignment", -1, state - used);
    put_row(out, "= state", -1, state);
    if (slots.n)
        put_row(out, "optimizer: step and learning rate", COUNTERS, COUNTERS * COUNTER_BYTES);
    put_row(out, "activations and gradients", -1, need.arena);
    put_row(out, "scratch of each thread", -1, need.scratch);
    int64_t copied = copied_bytes(x, block);
    if (copied)
        put_row(out, "best weights, kept by callbacks", -1, copied);
    return state + copied + (slots.n ? COUNTERS * COUNTER_BYTES : 0) + need.arena + need.scratch;
}

/* ---- trainings beside each other ---- */

static bool is_command(const Command *c, uint32_t id)
{
    return c->row->vocab == VOCAB_command && c->row->id == id;
}

/* A training of folds or points: weights, optimizer and activations of its own. */
static int64_t side_bytes(const Memory *x, const Command *c)
{
    uint32_t block = x->states[c->instance->id]->block;
    int64_t state = x->states[block]->block_bytes;
    bool of_point = x->p->instances.at[block]->of_sweep && is_command(c, COMMAND_cross_validate);
    return state + x->need[block].arena + x->need[block].scratch + (of_point ? state : 0);
}

/* The largest of a sweep's trainings. NULL: there is none. */
static const Command *largest_of(const Memory *x, const Command *sweep)
{
    const Command *largest = NULL;
    int64_t most = -1;
    for (uint32_t k = 0; k < sweep->n_lines; k++)
        for (uint32_t i = sweep->lines[k].begin; i < sweep->lines[k].end; i++) {
            const Command *c = &x->p->commands.at[i];
            if (!is_command(c, COMMAND_fit) && !is_command(c, COMMAND_cross_validate))
                continue;
            int64_t bytes = side_bytes(x, c);
            largest = bytes > most ? c : largest;
            most = larger(most, bytes);
        }
    return largest;
}

/* Returns what one thread needs: a training at a time, and the best point of each sweep so far. */
static int64_t put_sides(const Memory *x, StrBuf *out)
{
    int64_t most = 0, kept = 0;
    for (size_t i = 0; i < x->p->commands.n; i++) {
        const Command *c = &x->p->commands.at[i], *one = x->largest[i];
        bool folds = is_command(c, COMMAND_cross_validate) && !c->instance->of_sweep;
        if (folds)
            one = c;
        if (!one)
            continue;
        if (!most)
            strbuf_printf(out, "%-36s %14s %16s\n", "trainings beside each other", "number",
                          "bytes of each");
        put_row(out,
                arena_printf(x->s->arena, folds ? "folds of %s" : "points of a sweep, up to %s",
                             one->instance->name),
                folds ? c->settings[ARG_cross_validate_folds].i : c->n_lines, side_bytes(x, one));
        most = larger(most, side_bytes(x, one));
        bool keeps = is_command(one, COMMAND_fit) || c->settings[ARG_sweep_refit].i;
        if (folds || !keeps)
            continue;
        int64_t state = x->states[one->instance->id]->block_bytes;
        put_row(out, "the best point so far", 1, state);
        kept += state;
    }
    return most + kept;
}

/* ---- data ---- */

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
static int64_t kept_bytes(const Memory *x)
{
    StatePlan *const *states = x->states;
    int64_t bytes = 0, copies = 0;
    for (uint32_t m = 0; m < x->p->instances.n; m++) {
        if (!x->is_shown[states[m]->block]) /* nothing of these is kept */
            continue;
        int64_t copied = copied_bytes(x, m);
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

static void find_largest(Memory *x)
{
    const Program *p = x->p;
    x->largest = ARENA_ARRAY(x->s->arena, const Command *, p->commands.n + 1);
    x->is_shown = ARENA_ARRAY(x->s->arena, bool, p->instances.n + 1);
    for (size_t i = 0; i < p->instances.n; i++)
        x->is_shown[i] = !p->instances.at[i]->of_sweep;
    for (size_t i = 0; i < p->commands.n; i++) {
        if (is_command(&p->commands.at[i], COMMAND_sweep))
            x->largest[i] = largest_of(x, &p->commands.at[i]);
        if (x->largest[i])
            x->is_shown[x->states[x->largest[i]->instance->id]->block] = true;
    }
}

void memory_summary(Session *s, StrBuf *out, const Program *p, const Entries *entries,
                    StatePlan *const *states)
{
    const Need *need = all_needs(s, p, entries);
    Memory x = {s, p, states, ARENA_ARRAY(s->arena, Need, p->instances.n + 1), NULL, NULL};
    int64_t bytes = 0;
    for (uint32_t m = 0; m < p->instances.n; m++) {
        x.need[states[m]->block].arena += need[m].arena;
        x.need[states[m]->block].scratch += need[m].scratch;
    }
    find_largest(&x);
    for (uint32_t m = 0; m < p->instances.n; m++) {
        if (states[m]->block != m || !x.is_shown[m])
            continue;
        int64_t of_block = put_block(&x, out, m);
        bytes += p->instances.at[m]->of_sweep ? 0 : of_block;
    }
    bytes += put_sides(&x, out);
    bytes += put_data(out, p);
    char text[32];
    rt_commas(bytes, text);
    strbuf_printf(out, "%-36s %14s %16s\n", "total, with one thread", "", text);
    rt_commas(kept_bytes(&x), text);
    strbuf_printf(out, "%-36s %14s %16s\n\n", "more with --checkpoint", "", text);
}
