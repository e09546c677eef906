/* sandbox.c: the files that a run may need, as rules of its sandbox: data, weights and checkpoints to read, outputs to write,
 * and what belongs to the system. */
#include "runtime/cli/sandbox.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/callbacks/callbacks.h"
#include "runtime/exec/surroundings.h"
#include "runtime/files/hdf5/hdf5.h"
#include "runtime/files/sandbox.h"
#include "runtime/train/inputs.h"

typedef struct Rules {
    RtRun *run;
    RtSandbox box;
} Rules;

/* ---- what is read ---- */

static bool reads(void *cx, const char *path)
{
    Rules *r = cx;
    rt_sandbox_reads(&r->box, path);
    return false;
}

static void reads_named(Rules *r, const char *beside, const char *name)
{
    rt_input_visit(r->run, beside, name, reads, r);
}

static void reads_given(Rules *r, const char *path)
{
    if (path)
        rt_sandbox_reads(&r->box, path);
}

/* ---- what is written ---- */

/* A field of a pattern may name a folder. */
static RtStatus writes(Rules *r, const char *path)
{
    char *full = rt_run_out_path(r->run, path);
    if (!full)
        return RT_ERROR;
    full[strcspn(full, "{")] = 0;
    rt_sandbox_writes(&r->box, full);
    free(full);
    return RT_OK;
}

static RtStatus writes_callbacks(Rules *r, const ImgCommand *c)
{
    RtCallbacks cbs;
    RtStatus status = rt_callbacks_open(&cbs, r->run, c);
    for (uint32_t i = 0; i < cbs.n && status == RT_OK; i++) {
        const RtCallback *cb = &cbs.at[i];
        for (uint32_t k = 0; cb->row->writes && k < cb->call->args.n && status == RT_OK; k++)
            if (cb->args[k].text && *cb->args[k].text)
                status = writes(r, cb->args[k].text);
    }
    RtStatus closed = rt_callbacks_close(&cbs, r->run);
    return status == RT_OK ? closed : status;
}

static RtStatus takes_command(Rules *r, const ImgCommand *c)
{
    if (!strcmp(c->name, "fit"))
        return writes_callbacks(r, c);
    if (!*c->path && c->path_expr == IMG_NONE)
        return RT_OK;
    r->run->place = c->place;
    char *path = rt_run_path(r->run, c);
    if (!path)
        return RT_ERROR;
    reads_named(r, "", path);
    RtStatus status = strcmp(c->name, "load") != 0 ? writes(r, path) : RT_OK;
    char *saved = status == RT_OK ? rt_run_out_path(r->run, path) : NULL;
    reads_given(r, saved);
    free(saved);
    free(path);
    r->run->place = IMG_NONE;
    return status;
}

/* ---- all of it ---- */

/* Memory and processors are counted there. Whoever reads HDF5 is a process of its own. */
static void needs_of_system(RtSandbox *box)
{
    static const char *const reads[] = {"/proc", "/sys/fs/cgroup", "/sys/devices/system/cpu"};
    static const char *const runs[] = {"/lib",          "/lib64",         "/usr/lib",
                                       "/usr/lib64",    "/usr/local/lib", "/etc/ld.so.cache",
                                       "/proc/self/exe"};
    char *own = rt_hdf5_is_there() ? rt_own_path() : NULL;
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++)
        rt_sandbox_reads(box, reads[i]);
    rt_sandbox_writes(box, "/dev/null");
    for (size_t i = 0; rt_hdf5_is_there() && i < sizeof runs / sizeof *runs; i++)
        rt_sandbox_runs(box, runs[i]);
    if (own)
        rt_sandbox_runs(box, own);
    free(own);
}

static void needs_of_command_line(Rules *r, const RtArguments *a)
{
    const RtSettings *s = &a->settings;
    const char *const outputs[] = {s->checkpoint, s->log, a->output};
    reads_given(r, s->weights);
    reads_given(r, s->resume);
    reads_given(r, a->input);
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        if (outputs[i] && strcmp(outputs[i], "-") != 0)
            rt_sandbox_writes(&r->box, outputs[i]);
}

RtStatus rt_sandbox_begin(RtRun *run, const RtArguments *a)
{
    Rules r = {.run = run};
    const ImgProgram *p = run->image;
    RtStatus status = rt_sandbox_open(&r.box, &run->error);
    if (status != RT_OK)
        return status;
    needs_of_system(&r.box);
    needs_of_command_line(&r, a);
    rt_inputs_visit(run, reads, &r);
    for (uint32_t i = 0; i < p->instances.n; i++)
        if (*p->instances.at[i].file)
            reads_named(&r, p->instances.at[i].file_dir, p->instances.at[i].file);
    for (uint32_t i = 0; i < p->commands.n && status == RT_OK; i++)
        status = takes_command(&r, &p->commands.at[i]);
    RtStatus entered = rt_sandbox_enter(&r.box, &run->error);
    return status == RT_OK ? entered : status;
}
