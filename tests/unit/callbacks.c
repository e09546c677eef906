/* Callbacks on made-up metrics: the same messages, epochs, weights and learning rates as Keras's, which made
 * tests/golden/callbacks.h. */
#include <math.h>

#include "runtime/abi/run_scalars.h"
#include "runtime/callbacks/callbacks.h"
#include "tests/golden/callbacks.h"
#include "tests/unit/callback_case.h"
#include "tests/unit/data_case.h"
#include "tests/unit/run_case.h"

typedef struct Play {
    RunCase c;
    DataCase folder;
    ImgProgram image;
    CallbackCase made;
    ImgArg list;
    uint32_t callback;
    ImgCommand fit;
    ImgMetric metrics[2];
    ImgEntry entry;
    NnlScalarSlot scalar;
    NnlEntry code;
    uint32_t no_expr;
    RtSettings settings;
    RtRun run;
    RtMeasure log;
    char monitor[32];
} Play;

static void make_training(Play *p, RtTraining *t)
{
    RtModel *m = &p->run.models[0];
    memset(t, 0, sizeof *t);
    t->run = &p->run;
    t->c = &p->fit;
    t->model = t->train.model = m;
    t->train.run = &p->run;
    t->train.error = &p->run.error;
    t->train.image = &p->entry;
    t->train.entry = &p->code;
    t->train.expr_of = &p->no_expr;
    t->logs = &p->log;
    m->sets_rate = true;
    m->rate = 0.5;
}

static float *weight(const Play *p)
{
    return (float *)(void *)((char *)p->run.models[0].block + AT_kernel);
}

/* The epochs of one training; how many there were. */
static int train(Play *p, RtCallbacks *cbs, RtTraining *t, const GoldenCallback *g)
{
    CHECK_EQ_INT(rt_callbacks_act(cbs, t, RT_EVENT_train_begin), RT_OK);
    for (; t->epoch < g->n && !t->stops; t->epoch++) {
        *weight(p) = (float)(t->epoch + 1);
        CHECK_EQ_INT(rt_callbacks_act(cbs, t, RT_EVENT_epoch_begin), RT_OK);
        p->log = (RtMeasure){p->monitor, g->values[t->epoch]};
        t->n_logs = !isinf(g->values[t->epoch]);
        CHECK_EQ_INT(rt_callbacks_act(cbs, t, RT_EVENT_epoch_end), RT_OK);
    }
    CHECK_EQ_INT(rt_callbacks_act(cbs, t, RT_EVENT_train_end), RT_OK);
    return (int)t->epoch;
}

static void test_golden(Play *p, const GoldenCallback *g)
{
    RtTraining t;
    RtCallbacks cbs;
    char *said = NULL;
    size_t size = 0;
    callback_make(&p->made, g->callback, g->arguments);
    (void)callback_given(g->arguments, "monitor", p->monitor, sizeof p->monitor);
    make_training(p, &t);
    p->run.out = open_memstream(&said, &size);
    CHECK_EQ_INT(rt_callbacks_open(&cbs, &p->run, &p->fit), RT_OK);
    CHECK_EQ_INT(rt_callbacks_begin(&cbs, &t), RT_OK);
    int epochs = train(p, &cbs, &t, g);
    CHECK_EQ_INT(rt_callbacks_close(&cbs, &p->run), RT_OK);
    fclose(p->run.out);
    bool same = CHECK_STR(said, g->messages) && CHECK_EQ_INT(epochs, g->epochs) &&
                CHECK_EQ_INT((int)*weight(p), g->weight) && CHECK(p->run.models[0].rate == g->rate);
    if (!same)
        fprintf(stderr, "with %s %s\n", g->callback, g->arguments);
    free(said);
}

static void open_play(Play *p)
{
    memset(p, 0, sizeof *p);
    case_open(&p->folder);
    run_case_make(&p->c);
    p->image = *p->c.image;
    p->image.calls.n = 1;
    p->image.calls.at = &p->made.call;
    p->list = (ImgArg){.name = "callbacks", .expr = IMG_NONE};
    p->list.calls.n = 1;
    p->list.calls.at = &p->callback;
    p->fit = case_command("fit");
    p->fit.settings.n = 1;
    p->fit.settings.at = &p->list;
    p->metrics[0] = (ImgMetric){.name = "loss"};
    p->metrics[1] = (ImgMetric){.name = "accuracy", .up = 1};
    p->entry.metrics.n = 2;
    p->entry.metrics.at = p->metrics;
    p->scalar.kind = SCALAR_rate;
    p->code.n_scalars = 1;
    p->code.scalars = &p->scalar;
    p->settings.out_dir = p->folder.folder;
    p->settings.threads = 1;
    p->run.options = calloc(p->image.options.n + (size_t)1, sizeof *p->run.options);
    CHECK_EQ_INT(rt_run_open(&p->run, &case_program, &p->image, &p->settings, NULL, stdout), RT_OK);
}

/* What only a compiler of another version could ask for. */
static void test_unknown(Play *p)
{
    RtCallbacks cbs;
    callback_make(&p->made, "EarlyStopping", "");
    p->made.call.name = "Magic";
    CHECK_EQ_INT(rt_callbacks_open(&cbs, &p->run, &p->fit), RT_ERROR);
    CHECK_STR(p->run.error.text, "the callback 'Magic' is not part of this runtime");
    CHECK_EQ_INT(rt_callbacks_close(&cbs, &p->run), RT_OK);
    callback_make(&p->made, "CSVLogger", "");
    p->made.args[0].expr = 1; /* a result */
    CHECK_EQ_INT(rt_callbacks_open(&cbs, &p->run, &p->fit), RT_ERROR);
    CHECK_STR(p->run.error.text, "'filename' is not a path");
    CHECK_EQ_INT(rt_callbacks_close(&cbs, &p->run), RT_OK);
}

/* An older file that cannot be removed is told, and the training goes on. */
static void test_not_removed(Play *p)
{
    static const GoldenCallback one = {
        "ModelCheckpoint", "filepath=w.npz keep=1", 1, {1}, "", 1, 1, 0};
    char path[128], told[512] = "", expected[512];
    FILE *errors = tmpfile();
    int old = dup(STDERR_FILENO);
    RtTraining t;
    RtCallbacks cbs;
    callback_make(&p->made, one.callback, one.arguments);
    make_training(p, &t);
    CHECK_EQ_INT(rt_callbacks_open(&cbs, &p->run, &p->fit), RT_OK);
    cbs.at[0].slots[SLOT_ModelCheckpoint_written].text = malloc(sizeof path + 1);
    sprintf(cbs.at[0].slots[SLOT_ModelCheckpoint_written].text, "%s\n",
            case_path(&p->folder, "w.npz/not", path, sizeof path));
    dup2(fileno(errors), STDERR_FILENO);
    (void)train(p, &cbs, &t, &one);
    dup2(old, STDERR_FILENO);
    close(old);
    rewind(errors);
    (void)!fread(told, 1, sizeof told - 1, errors);
    snprintf(expected, sizeof expected, "hand: warning: cannot remove '%s': %s\n", path,
             "Not a directory");
    CHECK_STR(told, expected);
    fclose(errors);
    CHECK_EQ_INT(rt_callbacks_close(&cbs, &p->run), RT_OK);
}

int main(void)
{
    static Play p;
    char path[128];
    open_play(&p);
    for (size_t i = 0; i < sizeof golden_callbacks / sizeof *golden_callbacks; i++)
        test_golden(&p, &golden_callbacks[i]);
    p.run.out = stdout;
    test_not_removed(&p);
    test_unknown(&p);
    unlink(case_path(&p.folder, "w.npz", path, sizeof path));
    rt_run_close(&p.run);
    for (uint32_t i = 0; i < p.image.options.n; i++)
        rt_value_free(&p.run.options[i]);
    free(p.run.options);
    image_free(p.c.image);
    case_close(&p.folder);
    return check_done();
}
