/* image.c: command image <-> bytes, field by field from the rows of image.def.
 *
 * Reading trusts nothing: every index is checked against the list that it points into once all is there. */
#include "runtime/abi/image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/outputs.h"
#include "runtime/abi/records.h"
#include "runtime/abi/roles.h"
#include "runtime/abi/target_check.h"
#include "runtime/abi/transforms.h"

static const char magic[4] = {'N', 'N', 'L', 'I'};

#define RECORDS_FILE "runtime/abi/image.def"
#include "runtime/abi/expand_records.def"

static void put_all(Out *o, const ImgProgram *p)
{
    uint32_t version = IMAGE_VERSION;
    put_bytes(o, magic, sizeof magic);
    put_U32(o, &version);
    put_Program(o, p);
}

unsigned char *image_write(const ImgProgram *program, size_t *size)
{
    Out o = {NULL, 0};
    put_all(&o, program);
    o.bytes = malloc(o.n);
    if (!o.bytes)
        return NULL;
    o.n = 0;
    put_all(&o, program);
    *size = o.n;
    return o.bytes;
}

/* ---- indices ---- */

static bool index_ok(uint32_t i, uint32_t n)
{
    return i == IMG_NONE || i < n;
}

/* `most`: how many of the calls may be arguments here. */
static bool call_args_ok(const ImgProgram *p, const ImgArg *args, uint32_t n, uint32_t most)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!index_ok(args[i].expr, p->exprs.n))
            return false;
        for (uint32_t k = 0; k < args[i].calls.n; k++)
            if (args[i].calls.at[k] >= most)
                return false;
    }
    return true;
}

static bool args_ok(const ImgProgram *p, const ImgArg *args, uint32_t n)
{
    return call_args_ok(p, args, n, p->calls.n);
}

static bool calls_ok(const ImgProgram *p)
{
    for (uint32_t i = 0; i < p->calls.n; i++)
        if (!call_args_ok(p, p->calls.at[i].args.at, p->calls.at[i].args.n, i))
            return false;
    return true;
}

static bool exprs_ok(const ImgProgram *p)
{
    for (uint32_t i = 0; i < p->exprs.n; i++)
        for (uint32_t k = 0; k < p->exprs.at[i].args.n; k++)
            if (p->exprs.at[i].args.at[k] >= i)
                return false;
    return true;
}

static bool seeds_ok(const ImgProgram *p)
{
    for (uint32_t i = 0; i < p->seeds.n; i++)
        if (p->seeds.at[i] >= p->exprs.n)
            return false;
    return index_ok(p->seed, p->seeds.n);
}

static bool plans_ok(const ImgProgram *p)
{
    for (uint32_t i = 0; i < p->plans.n; i++)
        for (uint32_t k = 0; k < p->plans.at[i].columns.n; k++) {
            const ImgColumn *c = &p->plans.at[i].columns.at[k];
            if (c->kind >= RT_N_COLUMN_KINDS || c->width < 0 || c->texts.n > INT32_MAX ||
                c->slots > INT32_MAX)
                return false;
            for (uint32_t n = 0; n < c->calls.n; n++)
                if (c->calls.at[n] >= p->calls.n)
                    return false;
        }
    return true;
}

static bool data_ok(const ImgProgram *p)
{
    for (uint32_t i = 0; i < p->data.n; i++) {
        const ImgDataSet *d = &p->data.at[i];
        if (d->parts.n != 3 || !index_ok(d->plan, p->plans.n))
            return false;
        for (uint32_t k = 0; k < 3; k++) {
            const ImgPart *part = &d->parts.at[k];
            if (part->kind > 2 || (part->kind == 1) != part->source.n ||
                !index_ok(part->seed, p->seeds.n))
                return false;
            if (part->source.n &&
                !args_ok(p, part->source.at[0].args.at, part->source.at[0].args.n))
                return false;
        }
    }
    return true;
}

static bool outputs_ok(const ImgProgram *p, const ImgOutputs *o, uint32_t n)
{
    return n == 1 && o->kind <= RT_OUTPUT_score && index_ok(o->data, p->data.n);
}

static bool needs_ok(const ImgEntry *e)
{
    for (uint32_t i = 0; i < e->needs.n; i++) {
        const ImgNeed *need = &e->needs.at[i];
        if (need->kind >= RT_N_NEEDS || need->dims.n < 1 || need->dims.n > RT_MAX_RANK)
            return false;
        for (uint32_t d = 0; d < need->dims.n; d++)
            if (need->dims.at[d] < 0)
                return false;
    }
    return true;
}

static bool rows_ok(const ImgInstance *m)
{
    for (uint32_t i = 0; i < m->layers.n; i++)
        if (m->layers.at[i].first > i || m->layers.at[i].dtype >= RT_N_DTYPES)
            return false;
    return true;
}

static bool instances_ok(const ImgProgram *p)
{
    for (uint32_t i = 0; i < p->instances.n; i++) {
        const ImgInstance *m = &p->instances.at[i];
        if (m->predict_entry >= p->entries.n || m->signature >= p->signatures.n ||
            !outputs_ok(p, m->outputs.at, m->outputs.n) || !index_ok(m->seed, p->seeds.n) ||
            !rows_ok(m) || m->block > i || m->block_bytes < 0 ||
            p->instances.at[m->block].block != m->block ||
            p->instances.at[m->block].block_bytes != m->block_bytes)
            return false;
        for (uint32_t s = 0; s < m->states.n; s++) {
            const ImgState *st = &m->states.at[s];
            if (st->offset < 0 || st->bytes < 0 || st->offset > m->block_bytes ||
                st->bytes > m->block_bytes - st->offset || st->init_names.n != st->init_values.n ||
                !index_ok(st->seed, p->seeds.n) || st->role >= N_ROLES)
                return false;
        }
    }
    for (uint32_t i = 0; i < p->signatures.n; i++)
        if (!index_ok(p->signatures.at[i].data, p->data.n) ||
            !index_ok(p->signatures.at[i].plan, p->plans.n))
            return false;
    for (uint32_t i = 0; i < p->entries.n; i++) {
        const ImgEntry *e = &p->entries.at[i];
        if (e->instance >= p->instances.n || !index_ok(e->data, p->data.n) || e->batch < 1 ||
            !needs_ok(e))
            return false;
        for (uint32_t s = 0; s < e->scalars.n; s++)
            if (e->scalars.at[s].expr >= p->exprs.n)
                return false;
    }
    return true;
}

/* Starts and averages. */
static bool slots_ok(const ImgProgram *p, const ImgCommand *c)
{
    const ImgInstance *m = c->instance == IMG_NONE ? NULL : &p->instances.at[c->instance];
    if (!m)
        return !c->starts.n && !c->averages.n;
    for (uint32_t i = 0; i < c->starts.n; i++)
        if (c->starts.at[i].state >= m->states.n)
            return false;
    for (uint32_t i = 0; i < c->averages.n; i++) {
        const ImgAverage *a = &c->averages.at[i];
        if (a->weight >= m->states.n || a->average >= m->states.n ||
            m->states.at[a->weight].bytes != m->states.at[a->average].bytes)
            return false;
    }
    return true;
}

enum {
#define EVENT(id, doc) COUNT_##id,
#include "runtime/abi/events.def"
    N_EVENTS
};

/* Branches and lines go forward, so every run ends. */
static bool branch_ok(const ImgProgram *p, uint32_t at)
{
    const ImgCommand *c = &p->commands.at[at];
    bool is_if = !strcmp(c->name, "if");
    for (uint32_t i = 0; i < c->events.n; i++) {
        const ImgEvent *e = &c->events.at[i];
        if (e->event >= N_EVENTS || e->begin <= at || e->end < e->begin || e->end > p->commands.n)
            return false;
    }
    if (!is_if && strcmp(c->name, "jump") != 0 && strcmp(c->name, "skip") != 0)
        return true;
    return c->target > at && c->target <= p->commands.n && c->exprs.n == is_if;
}

static bool curves_ok(const ImgProgram *p, const ImgCommand *c)
{
    for (uint32_t i = 0; i < c->curves.n; i++) {
        const ImgCurve *curve = &c->curves.at[i];
        if (!index_ok(curve->run, p->results.n) || (curve->whole && curve->run == IMG_NONE))
            return false;
    }
    return c->curves.n == (strcmp(c->name, "plot") ? 0 : c->exprs.n);
}

static bool commands_ok(const ImgProgram *p)
{
    for (uint32_t i = 0; i < p->commands.n; i++) {
        const ImgCommand *c = &p->commands.at[i];
        if (!index_ok(c->instance, p->instances.n) || !index_ok(c->data, p->data.n) ||
            !index_ok(c->data2, p->data.n) || !index_ok(c->train_entry, p->entries.n) ||
            !index_ok(c->eval_entry, p->entries.n) || !index_ok(c->predict_entry, p->entries.n) ||
            !index_ok(c->path_expr, p->exprs.n) || !index_ok(c->rate, p->exprs.n) ||
            !index_ok(c->result, p->results.n) || c->part > 2 || c->part2 > 2 ||
            (c->outputs.n && !outputs_ok(p, c->outputs.at, c->outputs.n)) ||
            (c->predict_entry != IMG_NONE && !c->outputs.n) || !slots_ok(p, c) ||
            !args_ok(p, c->settings.at, c->settings.n))
            return false;
        for (uint32_t k = 0; k < c->exprs.n; k++)
            if (c->exprs.at[k] >= p->exprs.n)
                return false;
        if (!branch_ok(p, i) || !curves_ok(p, c))
            return false;
    }
    for (uint32_t i = 0; i < p->options.n; i++)
        if (p->options.at[i].value >= p->exprs.n ||
            p->options.at[i].ranges.n != p->options.at[i].places.n)
            return false;
    return true;
}

/* The chain of blocks and the program, freed together. */
typedef struct Owned {
    ImgProgram program;
    Block *blocks;
} Owned;

static const char no_memory[] = "not enough memory for the program's commands";

static ImgProgram *refuse(Owned *o, In *in, char *error, size_t error_size, const char *why)
{
    snprintf(error, error_size, "the program's command image is damaged: %s", why);
    free_blocks(in->blocks);
    free(o);
    return NULL;
}

ImgProgram *image_read(const unsigned char *bytes, size_t size, char *error, size_t error_size)
{
    In in = {.bytes = bytes, .left = size};
    Owned *o = calloc(1, sizeof *o);
    char got[4];
    uint32_t version;
    if (!o) {
        snprintf(error, error_size, "%s", no_memory);
        return NULL;
    }
    get_bytes(&in, got, sizeof got);
    get_U32(&in, &version);
    if (in.bad || memcmp(got, magic, sizeof magic))
        return refuse(o, &in, error, error_size, "it does not start as one");
    if (version != IMAGE_VERSION)
        return refuse(o, &in, error, error_size, "it has another version");
    get_Program(&in, &o->program);
    if (in.lost) {
        (void)refuse(o, &in, error, error_size, "");
        snprintf(error, error_size, "%s", no_memory);
        return NULL;
    }
    if (in.bad || in.left)
        return refuse(o, &in, error, error_size,
                      in.bad ? "it ends too early" : "bytes are left over");
    const ImgProgram *p = &o->program;
    if (!exprs_ok(p) || !calls_ok(p) || !seeds_ok(p) || !plans_ok(p) || !data_ok(p) ||
        !instances_ok(p) || !commands_ok(p))
        return refuse(o, &in, error, error_size, "an index points nowhere");
    o->blocks = in.blocks;
    return &o->program;
}

void image_free(ImgProgram *program)
{
    if (!program)
        return;
    Owned *o = (Owned *)(void *)program;
    free_blocks(o->blocks);
    free(o);
}
