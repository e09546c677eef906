/* main.c: nnlc: reads the command line, opens a session, runs the pipeline, picks the exit code. */
#include <stdio.h>
#include <string.h>

#include "driver/embed.h"
#include "driver/info.h"
#include "driver/new.h"
#include "driver/plot.h"
#include "driver/process.h"
#include "driver/session.h"
#include "runtime/abi/shown.h"
#include "runtime/data/memory.h"
#include "runtime/exec/surroundings.h"
#include "runtime/files/hdf5/hdf5.h"
#include "support/bug.h"

static void set_diags(Diags *d, const Options *o)
{
    diag_set_werror(d, o->werror);
    if (o->no_warnings)
        diag_disable_warning(d, NULL);
    for (size_t i = 0; i < o->disabled_warnings.n; i++)
        diag_disable_warning(d, o->disabled_warnings.at[i]);
}

static int run(Session *s)
{
    const Options *o = s->options;
    const char *message = NULL, *cpu = o->mcpu;
    if (o->mode == MODE_doc)
        return doc_print(s);
    if (o->mode == MODE_info)
        return info_print(s);
    if (o->mode == MODE_plot)
        return plot_print(s);
    if (o->mode == MODE_new)
        return new_print(s);
    if (!cpu && !o->target && o->mode == MODE_run)
        cpu = "native";
    s->machine = machine_find(s->arena, o->target, cpu, o->level, &message);
    if (!s->machine) {
        rt_print_short(stderr, "nnlc: error: %s\n", message);
        return EXIT_USAGE;
    }
    if (o->mode == MODE_run && !o->emit && !machine_is_host(s->machine)) {
        rt_print_short(stderr,
                       "nnlc: error: '%s' is not this machine: what is compiled for it cannot run "
                       "here\n",
                       s->machine->triple);
        return EXIT_USAGE;
    }
    return pipeline_run(s);
}

int main(int argc, char **argv)
{
    Options options;
    bool done = false;
    int code = EXIT_FINE;
    if (rt_hdf5_child(argc, argv, &code))
        return code;
    if (!process_begin())
        return EXIT_WRONG;
    arena_ask(rt_memory_fits);
    Arena *arena = arena_open();
    if (!options_parse(arena, argc, argv, &options, &done)) {
        code = EXIT_USAGE;
    } else if (!done) {
        Session s = {.arena = arena, .names = interner_new(arena), .options = &options};
        s.sources = source_map_new(arena);
        s.diags = diag_new(arena, s.sources);
        set_diags(s.diags, &options);
        s.readings = rt_readings_open();
        if (!s.readings)
            nnl_no_memory(0);
        code = embed_open(&s) ? run(&s) : EXIT_WRONG;
        embed_close(&s);
        rt_readings_close(s.readings);
    }
    int number = rt_output_flush();
    if (number && code == EXIT_FINE) {
        rt_print_short(stderr, "nnlc: error: cannot write to standard output: %s\n",
                       strerror(number));
        code = EXIT_WRONG;
    }
    arena_close(arena);
    return code;
}
