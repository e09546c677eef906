/* Time of a step outside its kernels, on one thread: the program of the unit tests, whose phase does nothing, driven
 * through rt_training_step. bench/step_overhead.py compiles and runs it. Prints nanoseconds per step. */
#include <time.h>

#include "runtime/train/training.h"
#include "tests/unit/run_case.h"

enum { STEPS = 200000 };

static void nothing(void *state, void *arena, void *scratch, const NnlIo *io,
                    const NnlScalar *scalars, int64_t begin, int64_t end, const int64_t *places)
{
    (void)state, (void)arena, (void)scratch, (void)io, (void)scalars;
    (void)begin, (void)end, (void)places;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Seconds of an epoch without its first batches. */
static double train(RtRun *run, const ImgCommand *fit)
{
    RtTraining t;
    RtDid did = RT_DID_batch;
    double start = 0;
    RtStatus status = rt_training_open(&t, run, fit, NULL, NULL);
    for (int64_t i = 0; status == RT_OK && i < STEPS; i++) {
        if (i == STEPS / 2)
            start = now();
        status = rt_training_step(&t, &did);
    }
    double seconds = now() - start;
    if (status != RT_OK || did != RT_DID_batch)
        abort();
    rt_training_close(&t);
    return seconds;
}

int main(void)
{
    static NnlEntry entries[3];
    static NnlPhase phase;
    RunCase c;
    RtRun run;
    char error[256];
    size_t size;
    RtSettings settings = {.threads = 1, .quiet = true};
    RtValue option = rt_value_text("w.npz");
    run_case_make(&c);
    image_free(c.image);
    for (uint32_t i = 0; i < c.source.args.n; i++)
        if (!strcmp(c.source_args[i].name, "n"))
            c.source_args[i].f = 2.0 * STEPS * BATCH;
    c.data.inputs.n = 0; /* rows lie ready */
    unsigned char *bytes = image_write(&c.p, &size);
    c.image = image_read(bytes, size, error, sizeof error);
    free(bytes);
    memcpy(entries, case_entries, sizeof entries);
    phase = case_phases[0];
    phase.run = nothing;
    entries[0].phases = &phase;
    NnlProgram program = case_program;
    program.entries = entries;
    memset(&run, 0, sizeof run);
    run.options = &option;
    if (!c.image || rt_run_open(&run, &program, c.image, &settings, NULL, stdout) != RT_OK) {
        fprintf(stderr, "%s\n", c.image ? run.error.text : error);
        return 1;
    }
    printf("%.1f\n", train(&run, &c.image->commands.at[2]) / (STEPS / 2) * 1e9);
    rt_run_close(&run);
    rt_value_free(&option);
    image_free(c.image);
    return 0;
}
