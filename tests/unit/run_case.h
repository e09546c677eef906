/* run_case.h: a program made by hand, of every command, for tests of the runtime without a compiler.
 *
 * One model with two weights, a loss, and the figures that normalize() takes; its steps are the functions
 * below. image_write and image_read fill in what is left out here. */
#ifndef NNLC_TESTS_UNIT_RUN_CASE_H
#define NNLC_TESTS_UNIT_RUN_CASE_H

#include "runtime/abi/image.h"
#include "runtime/abi/outputs.h"
#include "runtime/abi/phase.h"
#include "runtime/abi/storage.h"
#include "runtime/train/run.h"
#include "tests/unit/callback_case.h"
#include "tests/unit/check.h"

enum {
#define EXPR(id, least, most) CASE_EX_##id,
#include "runtime/abi/exprs.def"
};
enum {
    AT_kernel = 0,
    AT_bias = 64,
    AT_total = 128,
    AT_count = 192,
    AT_mean = 256,
    AT_variance = 320
};
enum { BLOCK_BYTES = 384, BATCH = 4 };

/* Every row has the loss 0.5. */
static void case_loss(void *state, void *arena, void *scratch, const NnlIo *io,
                      const NnlScalar *scalars, int64_t begin, int64_t end, const int64_t *places)
{
    double *total = (double *)(void *)((char *)state + AT_total);
    double *count = (double *)(void *)((char *)state + AT_count);
    (void)arena, (void)scratch, (void)scalars, (void)begin, (void)end, (void)places;
    *total += 0.5 * (double)io->n;
    *count += (double)io->n;
}

static void case_outputs(void *state, void *arena, void *scratch, const NnlIo *io,
                         const NnlScalar *scalars, int64_t begin, int64_t end,
                         const int64_t *places)
{
    (void)state, (void)arena, (void)scratch, (void)scalars, (void)begin, (void)end, (void)places;
    for (int64_t i = 0; i < 2 * io->n; i++)
        ((float *)io->outputs[0])[i] = 0.5f;
}

static const NnlPhase case_phases[] = {
    {.run = case_loss, .units_mul = 1, .units_len = 1, .units_div = 1, .least_units = 1},
    {.run = case_outputs, .units_mul = 1, .units_len = 1, .units_div = 1, .least_units = 1}};
static const NnlName case_inputs[] = {{"x", RT_f32, 1, {2}}, {"y", RT_i32, 0, {0}}};
static const NnlName case_output = {"y", RT_f32, 1, {2}};
static const NnlEntry case_entries[] = {
    {"net.train.4", BATCH, 64, 0, 1, 2, 0, 0, &case_phases[0], case_inputs, NULL, NULL},
    {"net.eval.4", BATCH, 64, 0, 1, 2, 0, 0, &case_phases[0], case_inputs, NULL, NULL},
    {"net.predict.4", BATCH, 64, 0, 1, 1, 1, 0, &case_phases[1], case_inputs, &case_output, NULL}};
static const NnlProgram case_program = {NNL_ABI_VERSION, 3, case_entries, NULL, 0, ""};

typedef struct RunCase {
    ImgProgram p; /* as made here */
    ImgArg source_args[5];
    ImgCall source;
    ImgPart parts[3];
    ImgArg axis;
    ImgCall normalize;
    ImgDataSet data;
    ImgSignature signature;
    ImgState states[6];
    ImgInstance instance;
    ImgOutputs outputs, report;
    ImgMetric metric;
    ImgEntry entries[3];
    ImgExpr exprs[7];
    ImgOption option;
    ImgArg fit_settings[2];
    CallbackCase callbacks[6];
    ImgCall calls[6];
    uint32_t call_list[6];
    ImgArg plot_settings[3], fold_settings[5];
    ImgCurve curves[2];
    ImgCommand commands[11];
    ImgEvent fold_lines;
    ImgProgram *image; /* read back */
} RunCase;

static const char *case_sums[] = {"loss.total", "loss.count"};
static const char *case_no_names[] = {"stream"};
static double case_no_values[] = {0};
static int64_t case_dims[] = {2, 2};
static const char *case_results[] = {"r", "e", "p", "cv"};
static uint32_t case_list[] = {1, 0}, case_shown[] = {2}, case_true[] = {3}, case_keys[] = {5},
                case_loss_shown[] = {1};

static inline ImgState case_state(const char *name, uint32_t dtype, uint32_t role, uint32_t rank,
                                  int64_t offset, const char *init, uint32_t kind)
{
    ImgState s = {.name = name, .dtype = dtype, .role = role, .offset = offset};
    s.bytes = 64;
    s.dims.n = rank;
    s.dims.at = case_dims;
    s.init = init;
    s.kind = kind;
    s.fitted = role == 3 ? kind ? "variance" : "mean" : "";
    s.seed = IMG_NONE;
    s.init_names.n = s.init_values.n = 1;
    s.init_names.at = case_no_names;
    s.init_values.at = case_no_values;
    return s;
}

static inline ImgCommand case_command(const char *name)
{
    ImgCommand c = {.name = name, .place = IMG_NONE};
    c.data2 = c.path_expr = c.result = IMG_NONE;
    c.eval_entry = 1;
    c.predict_entry = IMG_NONE;
    return c;
}

static inline void case_make_data(RunCase *c)
{
    static const char *const names[] = {"n", "classes", "features", "spread", "seed"};
    static const double values[] = {16, 2, 2, 1, 1};
    for (int i = 0; i < 5; i++)
        c->source_args[i] = (ImgArg){.name = names[i], .f = values[i], .expr = IMG_NONE};
    c->source = (ImgCall){.name = "blobs", .args = {5, c->source_args}};
    c->parts[0] = (ImgPart){.kind = 1, .source = {1, &c->source}, .seed = IMG_NONE};
    c->parts[1] = c->parts[2] = (ImgPart){.kind = 2, .fraction = 0.25, .seed = IMG_NONE};
    c->data = (ImgDataSet){
        .name = "d", .place = IMG_NONE, .parts = {3, c->parts}, .shuffle = 1, .plan = IMG_NONE};
    c->axis = (ImgArg){.name = "axis", .i = -1, .expr = IMG_NONE};
    c->normalize = (ImgCall){.name = "normalize", .args = {1, &c->axis}};
    c->data.inputs.n = 1;
    c->data.inputs.at = &c->normalize;
    c->data.checked = 1;
    c->data.x_dtype = RT_f32;
    c->data.x_dims.n = 1;
    c->data.x_dims.at = case_dims;
    c->data.y_dtype = RT_i32;
}

static inline void case_make_model(RunCase *c)
{
    c->states[0] = case_state("kernel", RT_f32, 0, 2, AT_kernel, "orthogonal", 0);
    c->states[1] = case_state("bias", RT_f32, 0, 1, AT_bias, "ones", 0);
    c->states[2] = case_state("loss.total", RT_f64, 2, 0, AT_total, "", 0);
    c->states[3] = case_state("loss.count", RT_f64, 2, 0, AT_count, "", 0);
    c->states[4] = case_state("fitted.0.mean", RT_f64, 3, 1, AT_mean, "", 0);
    c->states[5] = case_state("fitted.0.variance", RT_f64, 3, 1, AT_variance, "", 1);
    c->instance = (ImgInstance){.name = "net", .block_bytes = BLOCK_BYTES, .predict_entry = 2};
    c->instance.seed = IMG_NONE;
    c->outputs = (ImgOutputs){.data = IMG_NONE};
    c->report = (ImgOutputs){.kind = RT_OUTPUT_score, .threshold = 0.5, .data = IMG_NONE};
    c->instance.outputs.n = 1;
    c->instance.outputs.at = &c->outputs;
    c->instance.states.n = 6;
    c->instance.states.at = c->states;
    c->metric = (ImgMetric){.name = "loss", .list = "", .sums = {2, case_sums}};
    for (uint32_t i = 0; i < 3; i++) {
        c->entries[i] = (ImgEntry){.use = i, .batch = BATCH};
        c->entries[i].prepared = i == 2;
        c->entries[i].metrics.n = i < 2;
        c->entries[i].metrics.at = &c->metric;
    }
}

static inline void case_make_callbacks(RunCase *c)
{
    static const char *const made[][2] = {
        {"EarlyStopping", "monitor=loss patience=2 restore_best_weights=true"},
        {"ModelCheckpoint", "filepath=c{epoch}-{loss:.2f}.npz keep=1"},
        {"ReduceLROnPlateau", "monitor=loss"},
        {"CSVLogger", "filename=log.csv separator=,"},
        {"TensorBoard", "log_dir=logs histogram_freq=1"},
        {"TerminateOnNaN", ""}};
    for (uint32_t i = 0; i < 6; i++) {
        callback_make(&c->callbacks[i], made[i][0], made[i][1]);
        c->calls[i] = c->callbacks[i].call;
        c->call_list[i] = i;
    }
    c->p.calls.n = c->fit_settings[1].calls.n = 6;
    c->p.calls.at = c->calls;
    c->fit_settings[1].calls.at = c->call_list;
}

/* One of the whole training, one of its loss. */
static inline void case_make_plots(RunCase *c, ImgCommand *at)
{
    static const char *const names[] = {"kind", "log", "title"};
    for (int i = 0; i < 3; i++)
        c->plot_settings[i] = (ImgArg){.name = names[i], .text = "", .expr = i == 2 ? 0 : IMG_NONE};
    c->plot_settings[0].text = "line";
    for (int i = 0; i < 2; i++) {
        c->curves[i] = (ImgCurve){.name = "r", .key = i ? "loss" : "", .whole = !i};
        at[i] = case_command("plot");
        at[i].instance = IMG_NONE;
        at[i].path = "p.svg";
        at[i].instance = IMG_NONE;
        at[i].settings.n = 3;
        at[i].settings.at = c->plot_settings;
        at[i].curves.n = at[i].exprs.n = 1;
        at[i].curves.at = &c->curves[i];
        at[i].exprs.at = i ? case_loss_shown : case_keys;
    }
    at[1].path = ""; /* to the terminal */
}

static inline void case_make_folds(RunCase *c, ImgCommand *at)
{
    static const char *const names[] = {"folds", "stratify", "groups", "seed", "shuffle"};
    for (int i = 0; i < 5; i++)
        c->fold_settings[i] = (ImgArg){.name = names[i], .i = 2, .none = i > 0, .expr = IMG_NONE};
    *at = case_command("cross_validate");
    at->result = 3;
    at->predict_entry = 2;
    at->no_validation = 1;
    at->outputs.n = 1;
    at->outputs.at = &c->report;
    at->settings.n = 5;
    at->settings.at = c->fold_settings;
}

static inline void case_make_commands(RunCase *c)
{
    c->exprs[0] = (ImgExpr){.op = CASE_EX_text, .type = VALUE_text, .text = "w.npz"};
    c->exprs[1] = (ImgExpr){.op = CASE_EX_result, .text = "loss"};
    c->exprs[2] = (ImgExpr){.op = CASE_EX_list, .args = {2, case_list}};
    c->exprs[3] = (ImgExpr){.op = CASE_EX_boolean, .value = 1};
    c->exprs[4] = (ImgExpr){.op = CASE_EX_option};
    c->exprs[5] = (ImgExpr){.op = CASE_EX_result, .text = "keys"};
    c->exprs[6] = (ImgExpr){.op = CASE_EX_result, .index = 3, .text = "predictions"};
    c->option = (ImgOption){.name = "file", .type = VALUE_text};
    c->fit_settings[0] = (ImgArg){.name = "epochs", .i = 2, .expr = IMG_NONE};
    c->fit_settings[1] = (ImgArg){.name = "callbacks", .expr = IMG_NONE};
    ImgCommand *at = c->commands;
    *at++ = case_command("describe");
    *at++ = case_command("compile");
    *at++ = case_command("fit");
    at[-1].result = 0;
    at[-1].settings.n = 2;
    at[-1].settings.at = c->fit_settings;
    *at++ = case_command("evaluate"); /* with a report of classes */
    at[-1].part = 2;
    at[-1].result = 1;
    at[-1].predict_entry = 2;
    at[-1].outputs.n = 1;
    at[-1].outputs.at = &c->report;
    *at++ = case_command("predict");
    at[-1].result = 2;
    at[-1].part = 2;
    at[-1].path = "p.csv";
    at[-1].predict_entry = 2;
    at[-1].outputs.n = 1;
    at[-1].outputs.at = &c->outputs;
    *at++ = case_command("save");
    at[-1].path = "w.npz";
    *at++ = case_command("load");
    at[-1].path_expr = 4;
    *at++ = case_command("print");
    at[-1].exprs.n = 1;
    at[-1].exprs.at = case_shown;
    *at++ = case_command("expect");
    at[-1].exprs.n = 1;
    at[-1].exprs.at = case_true;
    case_make_plots(c, at);
}

/* The program, read from its bytes as a trainer reads it; the caller frees c->image. */
static inline void run_case_read(RunCase *c)
{
    char error[256];
    size_t size = 0;
    unsigned char *bytes = image_write(&c->p, &size);
    c->image = image_read(bytes, size, error, sizeof error);
    free(bytes);
    if (!c->image) {
        fprintf(stderr, "%s\n", error);
        abort();
    }
}

static inline void run_case_make(RunCase *c)
{
    memset(c, 0, sizeof *c);
    case_make_data(c);
    case_make_model(c);
    case_make_commands(c);
    c->p = (ImgProgram){.name = "hand", .source = "hand.nn", .compiler = "none", .mode = "fma"};
    c->p.seed = IMG_NONE;
    case_make_callbacks(c);
    c->p.exprs.n = 7;
    c->p.exprs.at = c->exprs;
    c->p.options.n = 1;
    c->p.options.at = &c->option;
    c->p.data.n = 1;
    c->p.data.at = &c->data;
    c->p.signatures.n = 1;
    c->signature.plan = IMG_NONE;
    c->p.signatures.at = &c->signature;
    c->p.instances.n = 1;
    c->p.instances.at = &c->instance;
    c->p.entries.n = 3;
    c->p.entries.at = c->entries;
    c->p.results.n = 4;
    c->p.results.at = case_results;
    c->p.commands.n = 11;
    c->p.commands.at = c->commands;
    run_case_read(c);
}

/* A program that only sweeps, over one point. */
static inline void run_case_make_sweep(RunCase *c)
{
    static const char *texts[] = {"units", "1"};
    run_case_make(c);
    image_free(c->image);
    c->commands[4] = c->commands[1];
    c->commands[5] = c->commands[2];
    c->commands[5].result = 3;
    c->commands[5].settings.n = 1;
    c->commands[3] = case_command("skip");
    c->commands[3].target = 5;
    c->fold_lines = (ImgEvent){.begin = 3, .end = 5};
    c->commands[2] = case_command("sweep");
    c->fold_settings[0] = (ImgArg){.name = "over", .texts = {2, texts}, .expr = IMG_NONE};
    c->fold_settings[1] = (ImgArg){.name = "metric", .text = "loss", .expr = IMG_NONE};
    c->fold_settings[2] = (ImgArg){.name = "refit", .i = 1, .expr = IMG_NONE};
    c->commands[2].instance = IMG_NONE;
    c->commands[2].data = IMG_NONE;
    c->commands[2].result = 3;
    c->commands[2].settings.n = 3;
    c->commands[2].settings.at = c->fold_settings;
    c->commands[2].events.n = 1;
    c->commands[2].events.at = &c->fold_lines;
    c->p.commands.n = 5;
    c->p.commands.at = &c->commands[1];
    run_case_read(c);
}

/* A program that only cross-validates. */
static inline void run_case_make_folds(RunCase *c)
{
    run_case_make(c);
    image_free(c->image);
    c->commands[4] = c->commands[2]; /* the fit of a fold, over which the run jumps */
    c->commands[4].result = 3;
    c->commands[4].no_validation = 1;
    c->commands[4].settings.n = 1;
    c->commands[3] = case_command("skip");
    c->commands[3].target = 4;
    case_make_folds(c, &c->commands[2]);
    c->fold_lines = (ImgEvent){.begin = 3, .end = 4};
    c->commands[2].events.n = 1;
    c->commands[2].events.at = &c->fold_lines;
    c->p.commands.n = 4;
    c->p.commands.at = &c->commands[1];
    run_case_read(c);
}

#endif
