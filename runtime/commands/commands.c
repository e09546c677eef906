/* commands.c: from a command's name to its function, and the short ones. */
#include "runtime/commands/commands.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "runtime/train/fit.h"
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

RtStatus rt_command_run(RtRun *run, const ImgCommand *c)
{
    size_t i = 0, n = sizeof rows / sizeof *rows;
    run->place = c->place;
    while (i < n && strcmp(rows[i].name, c->name) != 0)
        i++;
    RtStatus status =
        i < n ? rows[i].run(run, c)
              : rt_fail(&run->error, "the command '%s' is not part of this runtime", c->name);
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
    m->compile = c;
    m->step = 0;
    m->epochs_done = 0;
    rt_slots_start(m->image, m->block, c);
    return RT_OK;
}

RtStatus rt_command_fit(RtRun *run, const ImgCommand *c)
{
    return rt_fit(run, c);
}

RtStatus rt_command_adapt(RtRun *run, const ImgCommand *c)
{
    return rt_model_fit(run, &run->models[c->instance], c->data, true);
}

/* The model that initializes a state of m: itself, or the one before it that has the state first. */
static const RtModel *starts(const RtRun *run, const RtModel *m, const ImgState **s)
{
    for (uint32_t i = 0; (*s)->shared && i < run->image->instances.n; i++) {
        const RtModel *other = &run->models[i];
        for (uint32_t k = 0; other->image->block == m->image->block && k < other->image->states.n;
             k++)
            if (other->image->states.at[k].offset == (*s)->offset &&
                !other->image->states.at[k].shared) {
                *s = &other->image->states.at[k];
                return other;
            }
    }
    return m;
}

/* As the program began; weights that other models share are theirs, too. */
RtStatus rt_command_reset(RtRun *run, const ImgCommand *c)
{
    RtModel *m = &run->models[c->instance];
    RtStatus status = rt_signature_start(m->signature, m->signature->image, &run->error);
    for (uint32_t i = 0; i < m->image->states.n && status == RT_OK; i++) {
        const ImgState *s = &m->image->states.at[i];
        const RtModel *first = starts(run, m, &s);
        status = rt_state_start(s, m->block, rt_run_seed(run, first), run->seeds, &run->error);
    }
    if (m->compile)
        rt_slots_start(m->image, m->block, m->compile);
    m->step = 0;
    m->epochs_done = 0;
    return status;
}

RtStatus rt_command_evaluate(RtRun *run, const ImgCommand *c)
{
    return rt_evaluate(run, c);
}

RtStatus rt_command_print(RtRun *run, const ImgCommand *c)
{
    for (uint32_t i = 0; i < c->exprs.n; i++) {
        RtValue v;
        RtStatus status = rt_run_value(run, c->exprs.at[i], &v);
        if (status != RT_OK)
            return status;
        char *text = rt_value_show(&v);
        rt_value_free(&v);
        if (!text)
            return rt_fail(&run->error, "not enough memory to print");
        fprintf(run->out, "%s%s", i ? " " : "", text);
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
