/* subcommands.c: fit, evaluate, predict, summary, info. */
#include "runtime/cli/subcommands.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/commands/commands.h"
#include "runtime/train/fit.h"

/* The model that --model names, or the only one. */
static RtModel *chosen_model(RtRun *run)
{
    const char *name = run->settings->model;
    uint32_t n = run->image->instances.n;
    for (uint32_t i = 0; i < n; i++)
        if (name ? !strcmp(run->models[i].image->name, name) : n == 1)
            return &run->models[i];
    if (name)
        (void)!rt_fail(&run->error, "there is no model '%s'", name);
    else
        (void)!rt_fail(&run->error,
                       n ? "name one of the %u models with --model" : "there is no model", n);
    return NULL;
}

static bool is_chosen(const RtRun *run, const ImgCommand *c)
{
    return !run->settings->model || c->instance == IMG_NONE ||
           !strcmp(run->image->instances.at[c->instance].name, run->settings->model);
}

/* Weights for evaluate and predict: --weights, else what the program last saved. */
static RtStatus load_weights(RtRun *run, RtModel *m)
{
    const ImgCommand *last = NULL;
    if (run->settings->weights)
        return rt_weights_load(run, m, run->settings->weights);
    for (uint32_t i = 0; i < run->image->commands.n; i++) {
        const ImgCommand *c = &run->image->commands.at[i];
        if (!strcmp(c->name, "save") && &run->models[c->instance] == m)
            last = c;
    }
    if (!last)
        return rt_fail(&run->error, "no weights for '%s': name a file with --weights",
                       m->image->name);
    char *path = rt_run_path(run, last), *full = path ? rt_run_out_path(run, path) : NULL;
    RtStatus status = full ? rt_weights_load(run, m, full) : RT_ERROR;
    free(path);
    free(full);
    return status;
}

/* compile and fit (with what they print and save in between left out). */
static RtStatus run_named(RtRun *run, const char *name)
{
    bool any = false;
    for (uint32_t i = 0; i < run->image->commands.n; i++) {
        const ImgCommand *c = &run->image->commands.at[i];
        bool wanted = !strcmp(c->name, name);
        if ((!wanted && strcmp(c->name, "compile") != 0) || !is_chosen(run, c))
            continue;
        any = any || wanted;
        RtStatus status = rt_command_run(run, c);
        if (status != RT_OK)
            return status;
        fflush(run->out);
    }
    return any ? RT_OK : rt_fail(&run->error, "this program has no command '%s'", name);
}

static RtStatus run_evaluate(RtRun *run)
{
    for (uint32_t i = 0; i < run->image->instances.n; i++) {
        RtModel *m = &run->models[i];
        if (run->settings->model && strcmp(m->image->name, run->settings->model) != 0)
            continue;
        RtStatus status = load_weights(run, m);
        if (status != RT_OK)
            return status;
    }
    return run_named(run, "evaluate");
}

/* ---- predict INPUT ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && !strcmp(text + n - m, end);
}

/* The source that reads a file of this name: only its inputs. */
static RtStatus read_input(RtRun *run, const char *path, RtArray **x)
{
    RtSourceArg args[] = {{.name = "path", .kind = RT_ARG_TEXT, .text = path},
                          {.name = "header", .kind = RT_ARG_NUMBER, .number = 1},
                          {.name = "delimiter", .kind = RT_ARG_TEXT, .text = ","},
                          {.name = "images", .kind = RT_ARG_TEXT, .text = path},
                          {.name = "x", .kind = RT_ARG_TEXT, .text = path}};
    RtSourceDesc source = {"csv", 5, args, 0};
    const char *here[] = {"."};
    RtDirs dirs = {1, here};
    RtNames classes = {0}, columns = {0};
    RtArray *y = NULL;
    if (ends_with(path, ".npy") || ends_with(path, ".npy.gz"))
        source.name = "npy";
    else if (!ends_with(path, ".csv") && !ends_with(path, ".csv.gz"))
        return rt_fail(&run->error, "predict reads .csv and .npy, not '%s'", path);
    RtStatus status = rt_source_read(&source, &dirs, x, &y, &classes, &columns, &run->error);
    if (status == RT_OK) {
        rt_array_close(y);
        rt_names_free(&classes);
        rt_names_free(&columns);
    }
    return status;
}

/* The figures that transforms need come from the training part of the data set that was compiled in. */
static RtStatus fit_constants(RtRun *run, RtModel *m)
{
    if (m->image->predict_data == IMG_NONE)
        return RT_OK;
    bool fitted = false;
    for (uint32_t i = 0; i < m->image->states.n; i++)
        fitted = fitted || *m->image->states.at[i].fit;
    if (!fitted)
        return RT_OK;
    const RtDataset *d = rt_run_data(run, m->image->predict_data);
    return d ? rt_run_fit_constants(run, m, d) : RT_ERROR;
}

static RtStatus predict_array(RtRun *run, RtModel *m, RtArray *x, const char *output)
{
    void *data = NULL;
    RtPart part = {.x = x, .rows = x->dims[0]};
    RtDataset set = {.shuffle = false};
    part.index = malloc((size_t)(part.rows + 1) * sizeof *part.index);
    if (!part.index)
        return rt_fail(&run->error, "not enough memory for %lld rows", (long long)part.rows);
    for (int64_t i = 0; i < part.rows; i++)
        part.index[i] = (uint32_t)i;
    RtStatus status = rt_predict_rows(run, m->image->predict_entry, &set, &part, &data);
    if (status == RT_OK) {
        char *full = output ? rt_run_out_path(run, output) : NULL;
        status = rt_predictions_write(run, &run->program->entries[m->image->predict_entry],
                                      part.rows, data, full);
        free(full);
    }
    free(data);
    free(part.index);
    return status;
}

static RtStatus run_predict(RtRun *run, const RtArguments *a)
{
    RtModel *m = chosen_model(run);
    RtArray *x = NULL;
    if (!m)
        return RT_ERROR;
    if (m->image->predict_entry == IMG_NONE)
        return rt_fail(&run->error, "'%s' cannot predict", m->image->name);
    RtStatus status = load_weights(run, m);
    if (status == RT_OK)
        status = fit_constants(run, m);
    if (status == RT_OK)
        status = read_input(run, a->input, &x);
    if (status == RT_OK)
        status = predict_array(run, m, x, a->output);
    rt_array_close(x);
    return status;
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

static RtStatus run_info(RtRun *run)
{
    const ImgProgram *p = run->image;
    fprintf(run->out,
            "program    %s, from %s\nmade by    %s\nprocessor  %s\nnumerics   %s\nseed       "
            "%lld\n",
            p->name, p->source, p->compiler, run->program->cpu, p->mode, (long long)p->seed);
    for (uint32_t i = 0; i < p->options.n; i++) {
        char *text = rt_value_show(&run->options[i]);
        fprintf(run->out, "option     --%s=%s\n", p->options.at[i].name, text ? text : "");
        free(text);
    }
    for (uint32_t i = 0; i < p->instances.n; i++)
        fprintf(run->out, "model      %s: %lld bytes of weights and optimizer state\n",
                p->instances.at[i].name, (long long)p->instances.at[i].block_bytes);
    for (uint32_t i = 0; i < run->program->n_entries; i++) {
        const NnlEntry *e = &run->program->entries[i];
        fprintf(run->out, "step       %s: %llu bytes, and %llu for each thread\n", e->name,
                (unsigned long long)e->arena_bytes, (unsigned long long)e->scratch_bytes);
    }
    return RT_OK;
}

RtStatus rt_subcommand_run(RtRun *run, const RtArguments *a)
{
    switch (a->sub) {
    case SUB_all:
        return rt_run_commands(run);
    case SUB_fit:
        return run_named(run, "fit");
    case SUB_evaluate:
        return run_evaluate(run);
    case SUB_predict:
        return run_predict(run, a);
    case SUB_summary:
        return run_summary(run);
    case SUB_info:
        return run_info(run);
    }
    return RT_OK;
}
