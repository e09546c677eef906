/* Steps of several trainings of one run, each on a thread, with a model and an error of its own and no pool: nobody writes
 * to the run. */
#include <pthread.h>

#include "runtime/train/step.h"
#include "tests/unit/run_case.h"

enum { SIDES = 4, STEPS = 25 };

typedef struct Training {
    RtModel model;
    RtStep step;
    RtError error;
    RtStatus status;
    int batches;
} Training;

static bool training_open(Training *t, RtRun *run, const RtPart *part, int batches)
{
    t->batches = batches;
    t->model = run->models[0];
    t->model.block = aligned_alloc(64, BLOCK_BYTES);
    memcpy(t->model.block, run->models[0].block, BLOCK_BYTES);
    t->status = rt_step_open(&t->step, run, 0, &t->model);
    t->step.pool = NULL;
    t->step.error = &t->error;
    return t->status == RT_OK && rt_step_bind(&t->step, part) == RT_OK;
}

static void *train(void *cx)
{
    Training *t = cx;
    for (int i = 0; i < t->batches && t->status == RT_OK; i++) {
        for (uint32_t k = 0; k < BATCH; k++)
            t->step.index[k] = k;
        t->status = rt_step_run(&t->step, BATCH, t->model.step++);
    }
    return NULL;
}

static void test_steps(void)
{
    RunCase c;
    RtRun run;
    RtSettings settings = {.threads = 2, .quiet = true};
    RtValue option = rt_value_text("w.npz");
    Training t[SIDES];
    pthread_t threads[SIDES];
    run_case_make(&c);
    memset(&run, 0, sizeof run);
    memset(t, 0, sizeof t);
    run.options = &option;
    CHECK_EQ_INT(rt_run_open(&run, &case_program, c.image, &settings, NULL, stdout), RT_OK);
    const RtDataset *d = rt_run_data(&run, 0, RT_ALL_PARTS);
    CHECK(d && rt_model_fit(&run, &run.models[0], 0, false) == RT_OK);
    for (int i = 0; d && i < SIDES; i++)
        CHECK(training_open(&t[i], &run, &d->parts[0], STEPS * (i + 1)));
    for (int i = 0; i < SIDES; i++)
        CHECK(pthread_create(&threads[i], NULL, train, &t[i]) == 0);
    for (int i = 0; i < SIDES; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < SIDES; i++) {
        const double *count = (const double *)(const void *)((char *)t[i].model.block + AT_count);
        CHECK_EQ_INT(t[i].status, RT_OK);
        CHECK_EQ_INT((int64_t)*count, STEPS * (i + 1) * BATCH);
        rt_step_close(&t[i].step);
        free(t[i].model.block);
    }
    CHECK_EQ_INT(*(const double *)(const void *)((char *)run.models[0].block + AT_count) == 0, 1);
    CHECK_STR(run.error.text, "");
    rt_run_close(&run);
    rt_value_free(&option);
    image_free(c.image);
}

int main(void)
{
    test_steps();
    return check_done();
}
