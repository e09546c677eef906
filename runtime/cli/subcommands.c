/* subcommands.c: fit, evaluate, summary, info; predict is in predict_file.c. */
#include "runtime/cli/subcommands.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/abi/shown.h"
#include "runtime/checkpoint/keeper.h"
#include "runtime/commands/commands.h"
#include "runtime/train/branches.h"
#include "runtime/train/models.h"
#include "runtime/train/rows.h"
#include "runtime/train/weights.h"

static bool is_chosen(const RtRun *run, const ImgCommand *c)
{
    return !run->settings->model || c->instance == IMG_NONE ||
           !strcmp(run->image->instances.at[c->instance].name, run->settings->model);
}

/* The last file that the program saves the model to. One that an `if` decides about counts if it is there. In malloc
 * memory; NULL: there is none, which is an error unless the model itself comes from a file. */
static char *saved_path(RtRun *run, const RtModel *m)
{
    char *last = NULL;
    for (uint32_t i = run->image->commands.n; i-- > 0;) {
        const ImgCommand *c = &run->image->commands.at[i];
        if (strcmp(c->name, "save") != 0 || &run->models[c->instance] != m)
            continue;
        char *path = rt_run_path(run, c), *full = path ? rt_run_out_path(run, path) : NULL;
        free(path);
        if (!full || access(full, F_OK) == 0 || rt_branch_around(run->image, i) == IMG_NONE) {
            free(last);
            return full;
        }
        if (last)
            free(full);
        else
            last = full;
    }
    if (!last && !*m->image->file)
        (void)!rt_fail(&run->error, "no weights for '%s': name a file with --weights",
                       m->image->name);
    return last;
}

RtStatus rt_load_weights(RtRun *run, RtModel *m)
{
    if (rt_run_need_block(run, (uint32_t)(m - run->models)) != RT_OK)
        return RT_ERROR;
    if (run->settings->weights)
        return rt_weights_load(run, m, run->settings->weights);
    if (m->image->weights.n)
        return rt_model_start(run, m);
    char *path = saved_path(run, m);
    RtStatus status = path ? rt_weights_load(run, m, path) : rt_model_start(run, m);
    free(path);
    return status;
}

/* Commands that others depend on run with them. */
static bool goes_along(const char *name, const char *wanted)
{
    static const char *const with_fit[] = {"adapt", "reset", "load"};
    if (!strcmp(name, "compile"))
        return true;
    for (size_t i = 0; i < sizeof with_fit / sizeof *with_fit && !strcmp(wanted, "fit"); i++)
        if (!strcmp(name, with_fit[i]))
            return true;
    return false;
}

typedef unsigned char Need;
enum { NEED_no, NEED_along, NEED_wanted };

/* The largest need of the commands that an `if` decides about. What goes along with an evaluation matters only
 * beside one. */
static Need need_inside(const ImgProgram *p, const char *name, const Need *need, uint32_t at)
{
    Need most = NEED_no;
    for (uint32_t i = at + 1; i < rt_branch_end(p, at); i++)
        most = need[i] > most ? need[i] : most;
    return most == NEED_along && !strcmp(name, "evaluate") ? NEED_no : most;
}

static Need need_of(const RtRun *run, const char *name, const ImgCommand *c)
{
    if (!is_chosen(run, c))
        return NEED_no;
    return !strcmp(c->name, name) ? NEED_wanted : goes_along(c->name, name) ? NEED_along : NEED_no;
}

/* What gives the results that a condition takes. An evaluation trains nothing. */
static RtStatus need_results(RtRun *run, const char *name, Need *need, uint32_t at)
{
    const ImgProgram *p = run->image;
    const ImgCommand *condition = &p->commands.at[at];
    for (uint32_t i = 0; i < at; i++) {
        const ImgCommand *c = &p->commands.at[i];
        if (c->result == IMG_NONE || !rt_expr_takes(p, condition->exprs.at[0], c->result))
            continue;
        need[i] = NEED_wanted;
        if (strcmp(name, "evaluate") != 0 || strcmp(c->name, "fit") != 0)
            continue;
        run->place = condition->place;
        return rt_fail(&run->error,
                       "'%s' does not run the 'fit' of line %u, whose result this condition takes",
                       name, rt_run_place(run, c->place)->line);
    }
    return RT_OK;
}

/* The commands of this name, those that go along, and what conditions around them take. Results come before the
 * conditions. */
static RtStatus find_needed(RtRun *run, const char *name, Need *need, bool *any)
{
    const ImgProgram *p = run->image;
    RtStatus status = RT_OK;
    for (uint32_t i = p->commands.n; i-- > 0 && status == RT_OK;) {
        const ImgCommand *c = &p->commands.at[i];
        Need own = need_of(run, name, c);
        *any = *any || own == NEED_wanted;
        need[i] = own > need[i] ? own : need[i];
        if (!strcmp(c->name, "if") && (need[i] = need_inside(p, name, need, i)))
            status = need_results(run, name, need, i);
    }
    return status;
}

/* What other commands print and save in between is left out. */
static RtStatus run_needed(RtRun *run, const Need *need)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0, next; i < run->image->commands.n && status == RT_OK; i = next) {
        const ImgCommand *c = &run->image->commands.at[i];
        next = i + 1;
        if (!strcmp(c->name, "if") && !need[i])
            next = rt_branch_end(run->image, i);
        else if (rt_is_branch(c))
            status = rt_branch_next(run, i, &next);
        else if (need[i])
            status = rt_command_run(run, c);
        fflush(run->out);
    }
    return status;
}

static RtStatus run_named(RtRun *run, const char *name)
{
    bool any = false;
    Need *need = calloc(run->image->commands.n + (size_t)1, sizeof *need);
    if (!need)
        return rt_fail(&run->error, "not enough memory to start");
    RtStatus status = find_needed(run, name, need, &any);
    if (status == RT_OK && any && !strcmp(name, "fit"))
        status = rt_models_start(run);
    if (status == RT_OK && any)
        status = run_needed(run, need);
    else if (status == RT_OK && run->settings->model)
        status = rt_fail(&run->error, "this program has no command '%s' for '%s'", name,
                         run->settings->model);
    else if (status == RT_OK)
        status = rt_fail(&run->error, "this program has no command '%s'", name);
    free(need);
    return status;
}

/* Does a command evaluate this instance? */
static bool is_evaluated(const RtRun *run, uint32_t instance)
{
    for (uint32_t i = 0; i < run->image->commands.n; i++) {
        const ImgCommand *c = &run->image->commands.at[i];
        if (!strcmp(c->name, "evaluate") && c->instance == instance && is_chosen(run, c))
            return true;
    }
    return false;
}

static RtStatus run_evaluate(RtRun *run)
{
    run->sparing = true;
    for (uint32_t i = 0; i < run->image->instances.n; i++) {
        if (!is_evaluated(run, i))
            continue;
        RtStatus status = rt_load_weights(run, &run->models[i]);
        if (status != RT_OK)
            return status;
    }
    return run_named(run, "evaluate");
}

/* ---- summary, info ---- */

static RtStatus run_summary(RtRun *run)
{
    for (uint32_t i = 0; i < run->image->instances.n; i++) {
        ImgCommand c;
        memset(&c, 0, sizeof c);
        c.instance = i;
        if (run->settings->model && strcmp(run->models[i].image->name, run->settings->model) != 0)
            continue;
        RtStatus status = rt_command_summary(run, &c);
        if (status != RT_OK)
            return status;
    }
    return RT_OK;
}

static void print_list(FILE *out, const char *what, const RtNames *names)
{
    for (uint32_t i = 0; i < names->n; i++)
        rt_print(out, "%s%s", i ? ", " : what, names->at[i]);
    if (names->n)
        fputc('\n', out);
}

/* What the model takes and gives, as far as it is known. */
static void print_signature(const RtRun *run, const RtModel *m)
{
    char shape[128];
    const RtSignature *s = m->signature;
    print_list(run->out, "  columns    ", &s->columns);
    if (s->known && !s->columns.n)
        rt_print(run->out, "  inputs     (%s)\n",
                 rt_dims_text(shape, sizeof shape, s->rank, s->dims));
    print_list(run->out, "  classes    ", &m->class_names);
    if (strcmp(s->image->transforms, "[]") != 0)
        rt_print(run->out, "  transforms %s\n", s->image->transforms);
    if (m->image->weights.n)
        rt_print(run->out, "  weights    %s, part of this program\n", m->image->weights_name);
    if (rt_model_has_fitted(m))
        rt_print(run->out, "  fitted     %s\n",
                 s->fitted ? "yes" : "no: at the first fit, or loaded");
}

/* What a checkpoint says of itself. */
static RtStatus print_checkpoint(RtRun *run, const char *path)
{
    RtKeeper k = {.run = run};
    RtStatus status = rt_keeper_read(&k, path);
    if (status == RT_OK) {
        const ImgKept *kept = k.from;
        const char *where = rt_tensors_meta(k.file, "position");
        bool own = !strcmp(kept->program, run->image->digest);
        rt_print(run->out, "checkpoint %s\n  of       %s, digest %s%s\n  position %s\n", path,
                 kept->name, kept->program, own ? "" : " (another program)", where ? where : "");
        for (uint32_t i = 0; i < kept->models.n; i++)
            rt_print(run->out, "  model    %s, %lld steps\n", kept->models.at[i].name,
                     (long long)kept->models.at[i].step);
        for (uint32_t i = 0; kept->training.n && i < kept->training.at->series.n; i++) {
            const ImgKeptSeries *s = &kept->training.at->series.at[i];
            if (s->values.n)
                rt_print(run->out, "  %-8s %.4f in epoch %lld\n", s->name,
                         s->values.at[s->values.n - 1],
                         (long long)s->epochs.at[s->values.n - 1] + 1);
        }
    }
    rt_keeper_drop(&k);
    return status;
}

static RtStatus run_info(RtRun *run)
{
    const ImgProgram *p = run->image;
    if (run->settings->resume)
        return print_checkpoint(run, run->settings->resume);
    for (uint32_t i = 0; i < p->instances.n; i++)
        if (p->instances.at[i].weights.n && rt_model_start(run, &run->models[i]) != RT_OK)
            return RT_ERROR;
    rt_print(run->out,
             "program    %s, from %s\nmade by    %s\nprocessor  %s\nnumerics   %s\nseed       "
             "%lld\n",
             p->name, p->source, p->compiler, run->program->cpu, p->mode,
             (long long)rt_run_seed(run, NULL));
    for (uint32_t i = 0; i < p->options.n; i++) {
        char *text = rt_value_show(&run->options[i]);
        rt_print(run->out, "option     --%s=%s\n", p->options.at[i].name, text ? text : "");
        free(text);
    }
    for (uint32_t i = 0; i < p->instances.n; i++) {
        rt_print(run->out, "model      %s: %lld bytes of weights and optimizer state\n",
                 p->instances.at[i].name, (long long)p->instances.at[i].block_bytes);
        print_signature(run, &run->models[i]);
    }
    for (uint32_t i = 0; i < run->program->n_entries; i++) {
        const NnlEntry *e = &run->program->entries[i];
        rt_print(run->out, "step       %s: %llu bytes, and %llu for each thread\n", e->name,
                 (unsigned long long)e->arena_bytes, (unsigned long long)e->scratch_bytes);
    }
    return RT_OK;
}

RtStatus rt_subcommand_run(RtRun *run, const RtArguments *a)
{
    switch (a->sub) {
    case SUB_all:
        return rt_commands_run(run);
    case SUB_fit:
        return run_named(run, "fit");
    case SUB_evaluate:
        return run_evaluate(run);
    case SUB_predict:
        return rt_predict_file(run, a);
    case SUB_summary:
        return run_summary(run);
    case SUB_info:
        return run_info(run);
    }
    return RT_OK;
}
