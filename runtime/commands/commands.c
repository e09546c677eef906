/* commands.c: from a command's name to its function, and the short ones. */
#include "runtime/commands/commands.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "runtime/abi/shown.h"
#include "runtime/checkpoint/keeper.h"
#include "runtime/files/place.h"
#include "runtime/train/branches.h"
#include "runtime/train/models.h"
#include "runtime/train/progress.h"
#include "runtime/train/rows.h"
#include "runtime/train/state.h"
#include "runtime/train/summary.h"

enum { MOST_COLUMNS = 100000 }; /* of a summary */

typedef struct CommandRow {
    const char *name;
    RtStatus (*run)(RtRun *run, const ImgCommand *c);
} CommandRow;

static const CommandRow rows[] = {
#define ROW_BUILT(id) {#id, rt_command_##id},
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, family, doc) ROW_##state(id)
#include "runtime/abi/commands.def"
};

/* Not where the first try has left a part of it, in a pipe. */
static bool begins_anew(RtRun *run, const ImgCommand *c)
{
    char *path = rt_run_path(run, c), *full = path ? rt_run_out_path(run, path) : NULL;
    bool anew = full && !rt_place_is_special(full);
    free(path);
    free(full);
    return anew;
}

/* What writes a file is tried again where the reserve can help. */
static RtStatus run_row(RtRun *run, const CommandRow *row, const ImgCommand *c)
{
    RtStatus status = row->run(run, c);
    RtError first = run->error;
    if (status != RT_ERROR || !rt_command_writes(c) || !rt_reserve_give(run->reserve, &first))
        return status;
    if (begins_anew(run, c))
        status = row->run(run, c);
    else
        run->error = first;
    (void)rt_reserve_claim(run->reserve);
    return status;
}

RtStatus rt_command_run(RtRun *run, const ImgCommand *c)
{
    size_t i = 0, n = sizeof rows / sizeof *rows;
    run->place = c->place;
    while (i < n && strcmp(rows[i].name, c->name) != 0)
        i++;
    if (i == n)
        return rt_fail(&run->error, "the command '%s' is not part of this runtime", c->name);
    RtStatus status = c->instance == IMG_NONE ? RT_OK : rt_run_need_block(run, c->instance);
    if (status == RT_OK)
        status = run_row(run, &rows[i], c);
    if (status == RT_OK)
        run->place = IMG_NONE;
    return status;
}

/* Columns of the terminal; 80 where there is none. */
static int terminal_columns(const RtRun *run)
{
    struct winsize w;
    const char *env = getenv("COLUMNS");
    if (isatty(fileno(run->out)) && !ioctl(fileno(run->out), TIOCGWINSZ, &w) && w.ws_col)
        return w.ws_col;
    return env && atoi(env) > 0 ? atoi(env) : 80;
}

static bool is_set(const ImgCommand *c, const char *name)
{
    const ImgArg *a = rt_setting(c, name);
    return a && !a->none && a->i;
}

RtStatus rt_command_summary(RtRun *run, const ImgCommand *c)
{
    const RtModel *m = &run->models[c->instance];
    const ImgArg *length = rt_setting(c, "line_length");
    int64_t slots = 0;
    for (uint32_t i = 0; i < m->image->states.n && m->step > 0; i++)
        if (rt_state_role(&m->image->states.at[i])->counted == COUNTED_optimizer)
            slots += rt_state_count(&m->image->states.at[i]);
    RtSummary how = {.terminal = terminal_columns(run),
                     .expand_nested = is_set(c, "expand_nested"),
                     .show_trainable = is_set(c, "show_trainable"),
                     .optimizer_params = slots ? slots + 2 : 0,
                     .bold = rt_takes_escapes(run->out)};
    if (length && !length->none)
        how.line_length = length->i < MOST_COLUMNS ? (int)length->i : MOST_COLUMNS;
    rt_summary_print(run->out, m->image, &how);
    return RT_OK;
}

/* A new compile: the optimizer starts afresh, weights stay. */
RtStatus rt_command_compile(RtRun *run, const ImgCommand *c)
{
    RtModel *m = &run->models[c->instance];
    if (c->of_file && m->compile == c) /* since the start: what the file gave stays */
        return RT_OK;
    m->compile = c;
    rt_model_restart(m);
    rt_slots_start(m->image, m->block, c);
    return RT_OK;
}

RtStatus rt_command_adapt(RtRun *run, const ImgCommand *c)
{
    return rt_model_fit(run, &run->models[c->instance], c->data, true);
}

/* As the program began; weights that other models share are theirs, too. */
RtStatus rt_command_reset(RtRun *run, const ImgCommand *c)
{
    RtModel *m = &run->models[c->instance];
    RtStatus status =
        rt_signature_start(m->signature, run->image, m->signature->image, &run->error);
    for (uint32_t i = 0; i < m->image->states.n && status == RT_OK; i++) {
        const ImgState *s = &m->image->states.at[i];
        const RtModel *first = rt_run_state_owner(run, m, &s);
        status = rt_state_start(s, m->block, rt_run_seed(run, first), run->seeds, &run->error);
    }
    m->scales = false;
    if (m->compile)
        rt_slots_start(m->image, m->block, m->compile);
    rt_model_restart(m);
    return status;
}

RtStatus rt_command_print(RtRun *run, const ImgCommand *c)
{
    for (uint32_t i = 0; i < c->exprs.n; i++) {
        RtValue v;
        RtStatus status = rt_run_shown(run, c->exprs.at[i], &v);
        if (status != RT_OK)
            return status;
        char *text = rt_value_show(&v);
        rt_value_free(&v);
        if (!text)
            return rt_fail(&run->error, "not enough memory to print");
        fputs(i ? " " : "", run->out);
        fputs(text, run->out); /* the program's own text may hold anything */
        free(text);
    }
    fputc('\n', run->out);
    return RT_OK;
}

/* The sides of a comparison, as a note for a failed expectation; "" where there is none. */
static void show_sides(RtRun *run, uint32_t expr, char *text, size_t size)
{
    const ImgExpr *e = &run->image->exprs.at[expr];
    RtValue v;
    text[0] = 0;
    if (e->args.n != 2 || rt_run_value(run, e->args.at[0], &v) != RT_OK)
        return;
    char *left = rt_value_show(&v);
    rt_value_free(&v);
    if (left && strlen(left) < 200)
        snprintf(text, size, " (the left side is %s)", left);
    free(left);
}

RtStatus rt_command_expect(RtRun *run, const ImgCommand *c)
{
    RtValue v;
    char sides[256];
    RtStatus status = rt_run_value(run, c->exprs.at[0], &v);
    if (status != RT_OK)
        return status;
    bool holds = v.number != 0, one = v.kind == VALUE_bool;
    rt_value_free(&v);
    if (!one)
        return rt_fail(&run->error,
                       "'expect' takes one condition, but this compares every element");
    if (holds)
        return RT_OK;
    show_sides(run, c->exprs.at[0], sides, sizeof sides);
    return rt_fail(&run->error, "expectation failed: %s%s%s%s", c->source_text, sides,
                   *c->text ? ": " : "", c->text);
}

static void interrupted_before(RtRun *run, const ImgCommand *c)
{
    (void)!rt_fail(&run->error, "interrupted before line %u: %s", rt_run_place(run, c->place)->line,
                   c->name);
}

/* A command that is interrupted is run again. */
static RtStatus keep_interrupted(RtKeeper *k, uint32_t command)
{
    RtRun *run = k->run;
    RtError why = run->error;
    if (!k->path)
        return RT_END;
    if (rt_keeper_save(k, &(RtPosition){.command = command}, NULL) != RT_OK)
        return RT_ERROR;
    run->error = why;
    rt_fail_help(&run->error, "go on with --resume=%s", k->path);
    return RT_END;
}

static bool is_command(const ImgCommand *c, const char *name)
{
    return !strcmp(c->name, name);
}

/* A run that is killed goes on from its last checkpoint. Files that it has loaded since then must be as they were, so
 * the first command that may write over one gets a checkpoint of its own. */
static RtStatus keep_before(RtKeeper *k, uint32_t command)
{
    const ImgCommand *c = &k->run->image->commands.at[command];
    if (!k->has_loaded || !(is_command(c, "save") || is_command(c, "predict")))
        return RT_OK;
    return rt_keeper_save_now(k, &(RtPosition){.command = command}, NULL);
}

/* *next: the command to go on with. */
static RtStatus one_command(RtKeeper *k, uint32_t command, uint32_t *next)
{
    RtRun *run = k->run;
    const ImgCommand *c = &run->image->commands.at[command];
    *next = command + 1;
    if (rt_interrupted() && !rt_keeper_has_training(k, command)) {
        interrupted_before(run, c);
        return keep_interrupted(k, command);
    }
    if (rt_is_branch(c))
        return rt_branch_next(run, command, next);
    RtStatus status = keep_before(k, command);
    if (status == RT_OK)
        status = rt_command_run(run, c);
    k->has_loaded = k->has_loaded || is_command(c, "load");
    k->fits += status == RT_OK && is_command(c, "fit");
    return status == RT_END && !is_command(c, "fit") ? keep_interrupted(k, command) : status;
}

static RtStatus walk(RtKeeper *k)
{
    RtRun *run = k->run;
    uint32_t n = run->image->commands.n;
    for (uint32_t i = k->command, next; i < n; i = next) {
        RtStatus status = one_command(k, i, &next);
        if (status != RT_OK)
            return status;
        fflush(run->out);
    }
    return rt_keeper_save(k, &(RtPosition){.command = n, .finished = true}, NULL);
}

/* Weights of files come first; a run that goes on has them. */
static RtStatus start(RtKeeper *k)
{
    for (uint32_t i = 0; i < k->run->image->instances.n; i++)
        k->has_loaded = k->has_loaded || *k->run->image->instances.at[i].file;
    return rt_models_start(k->run);
}

static RtStatus take_reserve(RtRun *run, RtReserve *reserve)
{
    reserve->bytes = rt_saving_bytes(run);
    run->reserve = reserve->bytes ? reserve : NULL;
    return !run->reserve || rt_reserve_claim(reserve)
               ? RT_OK
               : rt_fail(&run->error, "not enough memory to save later");
}

RtStatus rt_commands_run(RtRun *run)
{
    RtKeeper k;
    RtReserve reserve = {.bytes = 0};
    RtStatus status = rt_settings_check(run);
    if (status != RT_OK)
        return status;
    status = rt_keeper_open(&k, run);
    run->keeper = &k;
    if (status == RT_OK && !k.finished)
        status = rt_outputs_check(run);
    if (status == RT_OK && !k.finished)
        status = rt_keeper_log(&k);
    if (status == RT_OK && !k.finished)
        status = take_reserve(run, &reserve);
    if (status == RT_OK && !k.finished && !k.is_resumed)
        status = start(&k);
    if (status == RT_OK && !k.finished)
        status = walk(&k);
    run->keeper = NULL;
    status = rt_keeper_close(&k, status);
    run->reserve = NULL;
    rt_reserve_free(&reserve);
    return status;
}
