/* digest.c: a number for what a program does: the text of --emit=program, without paths and without what was found in
 * files, so that a program that is moved with its data stays the same one. */
#include <string.h>

#include "ir/program/elaborate_internal.h"

static const Call *bare_call(Arena *arena, const Call *c);

static const Call *const *bare_calls(Arena *arena, uint32_t n, const Call *const *calls)
{
    const Call **out = ARENA_ARRAY(arena, const Call *, n + 1);
    for (uint32_t i = 0; i < n; i++)
        out[i] = bare_call(arena, calls[i]);
    return out;
}

static const ArgValue *bare_args(Arena *arena, const Row *row, const ArgValue *args)
{
    ArgValue *out = arena_copy(arena, args, row->n_args * sizeof *args);
    for (uint32_t i = 0; i < row->n_args; i++) {
        if (row->args[i].kind == ARG_PATH) {
            out[i].text = "";
            out[i].expr = NULL;
        }
        if (out[i].calls && row->args[i].kind == ARG_CALLBACKS)
            out[i].calls = bare_calls(arena, out[i].n, out[i].calls);
    }
    return out;
}

static const Call *bare_call(Arena *arena, const Call *c)
{
    Call *out = arena_copy(arena, c, sizeof *c);
    if (c->row && c->args)
        out->args = bare_args(arena, c->row, c->args);
    return out;
}

static DataSet *bare_data(Arena *arena, const DataSet *d)
{
    DataSet *out = arena_copy(arena, d, sizeof *d);
    out->facts.have = false;
    for (int i = 0; i < N_PARTS; i++)
        if (out->part[i].source)
            out->part[i].source = bare_call(arena, out->part[i].source);
    return out;
}

static Instance *bare_instance(Arena *arena, Instance *m)
{
    if (!m->file)
        return m;
    Instance *out = arena_copy(arena, m, sizeof *m);
    out->file = "";
    return out;
}

static Command bare_command(Arena *arena, const Command *c)
{
    Command out = *c;
    out.path = c->path ? "" : NULL;
    out.path_expr = NULL;
    if (c->data)
        out.data = bare_data(arena, c->data);
    if (c->settings)
        out.settings = bare_args(arena, c->row, c->settings);
    return out;
}

const char *program_digest(const Program *p)
{
    Program bare = *p;
    StrBuf text = {0};
    uint64_t h = 0xcbf29ce484222325ull; /* FNV-1a */
    bare.data.at = ARENA_ARRAY(p->arena, DataSet *, p->data.n + 1);
    for (size_t i = 0; i < p->data.n; i++)
        bare.data.at[i] = bare_data(p->arena, p->data.at[i]);
    bare.commands.at = ARENA_ARRAY(p->arena, Command, p->commands.n + 1);
    for (size_t i = 0; i < p->commands.n; i++)
        bare.commands.at[i] = bare_command(p->arena, &p->commands.at[i]);
    bare.instances.at = ARENA_ARRAY(p->arena, Instance *, p->instances.n + 1);
    for (size_t i = 0; i < p->instances.n; i++)
        bare.instances.at[i] = bare_instance(p->arena, p->instances.at[i]);
    program_print(&text, &bare);
    for (size_t i = 0; i < text.n; i++)
        h = (h ^ (unsigned char)text.text[i]) * 0x100000001b3ull;
    strbuf_close(&text);
    return arena_printf(p->arena, "%016llx", (unsigned long long)h);
}
