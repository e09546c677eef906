/* cli.c: rt_main: reads the image, the command line, runs, prints errors, picks the exit code. */
#include "runtime/cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/shown.h"
#include "runtime/cli/arguments.h"
#include "runtime/cli/processor.h"
#include "runtime/cli/sandbox.h"
#include "runtime/cli/subcommands.h"
#include "runtime/exec/surroundings.h"
#include "runtime/train/state.h"

enum { EXIT_FINE = 0, EXIT_WRONG = 1, EXIT_USAGE = 2 };

static void put_line(const char *before, const char *message)
{
    rt_print(stderr, "%s", before);
    rt_print_message(stderr, message);
    fputc('\n', stderr);
}

static int complain(const char *name, const char *text, int code)
{
    fflush(stdout);
    rt_print(stderr, "%s", name);
    put_line(": error: ", text);
    return code;
}

/* The folder that the program itself lies in; NULL: unknown. In malloc memory. */
static char *own_folder(void)
{
    char *path = rt_own_path(), *slash = path ? strrchr(path, '/') : NULL;
    if (slash)
        *slash = 0;
    return path;
}

/* As complain, with what helps. */
static int complain_of(const char *name, const RtError *error, int code)
{
    (void)complain(name, error->text, code);
    if (*error->help)
        put_line("help: ", error->help);
    return code;
}

/* An error of a run at its place in the program, as the compiler shows its own: the line of the program below the
 * first line of the message. */
static int complain_at(const RtRun *run, const char *name)
{
    const ImgPlace *at = rt_run_place(run, run->place);
    const RtError *error = &run->error;
    if (!at->line)
        return complain_of(name, error, EXIT_WRONG);
    int first = (int)strcspn(error->text, "\n");
    const char *rest = error->text + first;
    fflush(stdout);
    rt_print(stderr, "%s:%u:%u: error: %.*s\n", at->source, at->line, at->column, first,
             error->text);
    rt_print_message(stderr, at->shown);
    if (*rest)
        put_line("", rest + 1);
    if (*error->help)
        put_line("help: ", error->help);
    return EXIT_WRONG;
}

static RtStatus print_hashes(RtRun *run)
{
    for (uint32_t i = 0; i < run->image->instances.n; i++) {
        const RtModel *m = &run->models[i];
        run->error.text[0] = 0;
        if (!m->block)
            continue;
        uint64_t h = rt_plan_hash(
            &m->signature->plan,
            rt_block_hash(m->image, m->block, m->signature->fitted || m->scales, &run->error));
        if (run->error.text[0])
            return RT_ERROR;
        rt_print(stdout, "hash %s %016llx\n", m->image->name, (unsigned long long)h);
    }
    return RT_OK;
}

/* What was printed is out; a full disk may have stopped it long ago. */
static int close_output(const char *name)
{
    int number = rt_output_flush();
    if (!number)
        return EXIT_FINE;
    if (rt_output_is_gone())
        rt_interrupt_output_gone();
    else
        rt_print(stderr, "%s: error: cannot write to standard output: %s\n", name,
                 strerror(number));
    return EXIT_WRONG;
}

static int finish(RtRun *run, RtStatus status, const char *name)
{
    if (status == RT_OK && run->settings->hash)
        status = print_hashes(run);
    if (status == RT_ERROR)
        return complain_at(run, name);
    int code = close_output(name);
    if (run->is_unread)
        rt_interrupt_output_gone();
    if (status == RT_END) {
        rt_print(stderr, "%s: %s\n", name, run->error.text);
        if (*run->error.help)
            put_line("help: ", run->error.help);
    }
    return code;
}

/* A run that starts no thread finds out what will be opened. */
static int enter_sandbox(const NnlProgram *program, const ImgProgram *image, RtReadings *readings,
                         RtArguments *a, const char *name)
{
    RtRun run;
    RtSettings one = a->settings;
    memset(&run, 0, sizeof run);
    run.options = a->options;
    one.threads = 1;
    RtStatus status = rt_run_open(&run, program, image, &one, readings, stdout);
    if (status == RT_OK)
        status = rt_sandbox_begin(&run, a);
    int code = status == RT_OK ? EXIT_FINE : complain_at(&run, name);
    rt_run_close(&run);
    return code;
}

static int run_program(const NnlProgram *program, const ImgProgram *image, RtReadings *readings,
                       RtArguments *a, const char *name)
{
    RtRun run;
    memset(&run, 0, sizeof run);
    run.options = a->options;
    rt_interrupt_begin();
    RtStatus status = rt_run_open(&run, program, image, &a->settings, readings, stdout);
    if (status == RT_OK)
        status = rt_subcommand_run(&run, a);
    int code = finish(&run, status, name);
    rt_run_close(&run);
    return code;
}

static int run_image(const NnlProgram *program, const ImgProgram *image, RtReadings *readings,
                     bool is_own, int argc, char **argv)
{
    RtArguments a;
    RtError error;
    const char *name = image->name;
    int code = EXIT_FINE;
    if (rt_arguments_parse(image, argc, argv, &a, &error) != RT_OK) {
        code = complain_of(name, &error, a.lost ? EXIT_WRONG : EXIT_USAGE);
        rt_arguments_free(image, &a);
        return code;
    }
    if (a.help) {
        rt_arguments_help(image, name);
        code = close_output(name);
    } else if (a.version) {
        rt_print(stdout, "%s, made by %s\n", name, image->compiler);
        code = close_output(name);
    } else {
        char *folder = is_own ? own_folder() : NULL;
        a.settings.program_dir = folder;
        if (a.sandbox)
            code = enter_sandbox(program, image, readings, &a, name);
        if (code == EXIT_FINE)
            code = run_program(program, image, readings, &a, name);
        free(folder);
    }
    rt_arguments_free(image, &a);
    return code;
}

int rt_main(const NnlProgram *program, RtReadings *readings, int argc, char **argv)
{
    char error[256];
    const char *name = argc ? argv[0] : "trainer";
    if (program->abi_version != NNL_ABI_VERSION)
        return complain(name, "compiled code and runtime do not belong together", EXIT_WRONG);
    const char *missing = rt_processor_lacks(program->cpu);
    if (missing) {
        snprintf(error, sizeof error,
                 "this program was compiled for %s, but this processor has no %s; compile it with "
                 "another --mcpu",
                 program->cpu, missing);
        return complain(name, error, EXIT_WRONG);
    }
    ImgProgram *image = image_read(program->image, program->image_bytes, error, sizeof error);
    if (!image)
        return complain(name, error, EXIT_WRONG);
    int code = run_image(program, image, readings, !readings, argc, argv);
    image_free(image);
    rt_interrupt_raise();
    return code;
}
