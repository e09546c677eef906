/* tensor_board.c: TensorBoard: metrics and histograms of the weights in event files, those of the validation in a
 * file of their own. Tags and steps are Keras's. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/callbacks/callbacks.h"
#include "runtime/data/store.h"
#include "runtime/files/events.h"
#include "runtime/train/state.h"

enum { TAG = 512 };

/* ---- the files ---- */

static const char *log_dir(const RtCallback *cb)
{
    return cb->args[CB_TensorBoard_log_dir].text;
}

/* A path inside of log_dir, in malloc memory. */
static char *inside(const RtCallback *cb, const char *name, RtError *error)
{
    size_t size = strlen(log_dir(cb)) + strlen(name) + 2;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s/%s", log_dir(cb), name);
    else
        (void)!rt_fail(error, "not enough memory for the path '%s'", log_dir(cb));
    return path;
}

RtStatus rt_TensorBoard_writes(RtRun *run, const ImgCommand *c, const RtCallback *cb, char **alone)
{
    char *file = *log_dir(cb) ? inside(cb, "train/events", &run->error) : rt_text_copy(""), *path;
    (void)c, (void)alone;
    if (!file)
        return RT_ERROR;
    RtStatus status = rt_callback_path_check(run, file, &path);
    free(path);
    free(file);
    return status;
}

/* The file of this fit, or of the run that is resumed: its name and its length are in the slots. A new file is only
 * named until the fit begins: a checkpoint knows the name before there is such a file, so a run that is killed leaves
 * none behind that nobody continues. */
static RtStatus open_file(RtTraining *t, const RtCallback *cb, const char *part, RtSlot *name,
                          RtSlot *file, bool begins)
{
    char made[512];
    char *within = inside(cb, part, t->train.error);
    char *folder = within ? rt_run_out_path(t->run, within) : NULL;
    RtStatus status = folder ? RT_OK : RT_ERROR;
    if (folder && !name->text) {
        name->text = rt_text_copy(rt_events_name(folder, made, sizeof made));
        if (!name->text)
            status = rt_fail(t->train.error, "not enough memory for the path '%s'", folder);
    }
    if (status == RT_OK && !file->file && (begins || !isnan(file->number))) {
        int64_t at = isnan(file->number) ? 0 : (int64_t)file->number;
        status = rt_events_open(folder, name->text, at, &file->file, t->train.error);
    }
    free(within);
    free(folder);
    return status;
}

static RtStatus open_files(RtTraining *t, RtCallback *cb, bool begins)
{
    RtSlot *s = cb->slots;
    RtStatus status = open_file(t, cb, "train", &s[SLOT_TensorBoard_train_name],
                                &s[SLOT_TensorBoard_train], begins);
    if (status == RT_OK && t->validates)
        status = open_file(t, cb, "validation", &s[SLOT_TensorBoard_validation_name],
                           &s[SLOT_TensorBoard_validation], begins);
    return status;
}

RtStatus rt_TensorBoard_open(RtTraining *t, RtCallback *cb)
{
    return open_files(t, cb, false);
}

RtStatus rt_TensorBoard_train_begin(RtTraining *t, RtCallback *cb)
{
    return open_files(t, cb, true);
}

/* ---- what is in them ---- */

static void put(RtAppend *file, const char *before, const char *key, const char *after,
                int64_t step, double value)
{
    char tag[TAG];
    snprintf(tag, sizeof tag, "%s%s%s", before, key, after);
    rt_events_scalar(file, tag, step, value);
}

static bool is_val(const char *key)
{
    return !strncmp(key, "val_", 4);
}

/* dense.kernel is dense/kernel/histogram. */
static RtStatus put_weights(RtTraining *t, RtAppend *file)
{
    const ImgInstance *m = t->model->image;
    for (uint32_t i = 0; i < m->states.n; i++) {
        const ImgState *s = &m->states.at[i];
        char tag[TAG];
        if (rt_state_role(s)->saved != SAVED_whole)
            continue;
        int64_t n = rt_state_count(s);
        double *values = malloc((size_t)(n + 1) * sizeof *values);
        if (!values)
            return rt_fail(t->train.error, "not enough memory for a histogram of '%s'", s->name);
        rt_state_get_f64(s, t->model->block, values);
        snprintf(tag, sizeof tag, "%s/histogram", s->name);
        for (char *dot = strchr(tag, '.'); dot; dot = strchr(dot, '.'))
            *dot = '/';
        rt_events_histogram(file, tag, t->epoch, values, n);
        free(values);
    }
    return RT_OK;
}

RtStatus rt_TensorBoard_batch_end(RtTraining *t, RtCallback *cb)
{
    double *batches = &cb->slots[SLOT_TensorBoard_batches].number;
    int64_t freq = cb->args[CB_TensorBoard_update_freq].count;
    RtAppend *file = cb->slots[SLOT_TensorBoard_train].file;
    if (!freq)
        return RT_OK;
    *batches = isnan(*batches) ? 1 : *batches + 1;
    if (fmod(*batches, (double)freq) != 0)
        return RT_OK;
    rt_training_figures(t);
    for (uint32_t i = 0; i < t->n_logs; i++)
        put(file, "batch_", t->logs[i].name, "", (int64_t)*batches, t->logs[i].value);
    return rt_append_flush(file, t->train.error);
}

RtStatus rt_TensorBoard_validation_end(RtTraining *t, RtCallback *cb)
{
    RtAppend *file = cb->slots[SLOT_TensorBoard_validation].file;
    for (uint32_t i = 0; i < t->n_logs; i++)
        if (is_val(t->logs[i].name))
            put(file, "evaluation_", t->logs[i].name + 4, "_vs_iterations", t->model->step,
                t->logs[i].value);
    return rt_append_flush(file, t->train.error);
}

RtStatus rt_TensorBoard_epoch_end(RtTraining *t, RtCallback *cb)
{
    RtAppend *train = cb->slots[SLOT_TensorBoard_train].file;
    RtAppend *validation = cb->slots[SLOT_TensorBoard_validation].file;
    int64_t freq = cb->args[CB_TensorBoard_histogram_freq].count;
    double rate = NAN;
    RtStatus status = rt_step_rate(&t->train, t->model->step - (t->batch > 0), &rate);
    for (uint32_t i = 0; i < t->n_logs; i++) {
        const char *key = t->logs[i].name;
        put(is_val(key) ? validation : train, "epoch_", is_val(key) ? key + 4 : key, "", t->epoch,
            t->logs[i].value);
    }
    if (!t->logs_rate)
        put(train, "epoch_", "learning_rate", "", t->epoch, rate);
    if (status == RT_OK && freq && t->epoch % freq == 0)
        status = put_weights(t, train);
    if (status == RT_OK)
        status = rt_append_flush(train, t->train.error);
    return status == RT_OK && validation ? rt_append_flush(validation, t->train.error) : status;
}
