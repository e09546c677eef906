/* info.c: nnlc info: the kind of a file, who made it, what its model takes and gives; then a table of all tensors. */
#include "driver/info.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "driver/info_keras.h"
#include "runtime/abi/commas.h"
#include "runtime/checkpoint/collect.h"
#include "runtime/checkpoint/record.h"
#include "runtime/data/input.h"
#include "runtime/data/npy.h"
#include "runtime/data/zip.h"
#include "runtime/files/hdf5/hdf5.h"
#include "runtime/files/keras/archive.h"
#include "runtime/train/kept_view.h"
#include "runtime/train/saved.h"
#include "runtime/train/summary.h"
#include "support/strbuf.h"

typedef struct Info {
    const char *path;
    unsigned char *bytes;
    size_t size;
    RtTensorFile *file;
    InfoTable table;
    RtError error;
} Info;

/* 0: there is none. */
static int terminal_width(void)
{
    struct winsize size;
    return isatty(1) && !ioctl(1, TIOCGWINSZ, &size) ? size.ws_col : 0;
}

static void line(Info *i, const char *key, const char *text)
{
    info_add_line(&i->table, key, text);
}

static void add_file(Info *i, const char *kind)
{
    char bytes[32];
    rt_commas((int64_t)i->size, bytes);
    line(i, "file", i->path);
    line(i, "size", arena_printf(i->table.arena, "%s bytes", bytes));
    line(i, "kind", kind);
}

/* ---- what nnlc wrote ---- */

static void names_line(Info *i, const char *key, const RtNames *names)
{
    StrBuf text = {.text = NULL};
    for (uint32_t n = 0; n < names->n; n++)
        strbuf_printf(&text, "%s%s", n ? ", " : "", names->at[n]);
    if (names->n)
        line(i, key, text.text);
    strbuf_close(&text);
}

/* The signature, as a trainer's info shows it. */
static void add_saved(Info *i, const RtSaved *saved, bool fitted)
{
    char shape[128];
    const RtSignature *s = &saved->signature;
    names_line(i, "columns", &s->columns);
    if (s->known && !s->columns.n)
        line(i, "inputs",
             arena_printf(i->table.arena, "%s, %s",
                          rt_dims_text(shape, sizeof shape, s->rank, s->dims),
                          rt_dtype(s->dtype)->name));
    names_line(i, "classes", &saved->class_names);
    if (strcmp(saved->transforms, "[]") != 0) {
        line(i, "transforms", saved->transforms);
        line(i, "fitted", fitted ? "yes" : "no");
    }
}

static RtStatus add_signature(Info *i, const RtTensorFile *file, bool fitted)
{
    RtSaved saved;
    RtStatus status = rt_saved_read(file, i->path, &saved, &i->error);
    if (status == RT_OK && saved.is_there)
        add_saved(i, &saved, fitted);
    rt_saved_free(&saved);
    return status;
}

/* ---- tensors ---- */

/* What is shown in words. */
static bool is_text(const char *name)
{
    return !strcmp(name, RT_SAVED_ARRAY) || !strcmp(name, RT_KEPT_TENSOR);
}

static void add_tensors(Info *i)
{
    for (uint32_t n = 0; n < i->file->n; n++)
        if (!is_text(i->file->tensors[n].name))
            info_add(&i->table, 0, i->file->tensors[n].name, &i->file->tensors[n]);
}

/* ---- checkpoints ---- */

/* "momentum, velocity": what the optimizer keeps for weights: "run:dense.kernel.momentum" of a weight "dense.kernel". */
static void add_slots(Info *i)
{
    RtNames slots = {0, NULL};
    RtError unused;
    for (uint32_t n = 0; n < i->file->n; n++) {
        const char *name = i->file->tensors[n].name, *own = strstr(name, RT_KEPT_OWN);
        const char *slot = own ? strrchr(own, '.') : NULL;
        if (!slot)
            continue;
        const char *weight =
            arena_printf(i->table.arena, "%.*s%.*s", (int)(own - name), name,
                         (int)(slot - own) - (int)strlen(RT_KEPT_OWN), own + strlen(RT_KEPT_OWN));
        if (rt_tensors_find(i->file, weight) && rt_names_find(&slots, slot + 1) < 0 &&
            rt_names_add(&slots, slot + 1, &unused) != RT_OK)
            break;
    }
    names_line(i, "optimizer", &slots);
    rt_names_free(&slots);
}

static RtStatus add_models(Info *i, const ImgKept *kept)
{
    RtStatus status = RT_OK;
    for (uint32_t m = 0; m < kept->models.n && status == RT_OK; m++) {
        const ImgKeptModel *model = &kept->models.at[m];
        const char *key = RT_SAVED_KEY;
        const char *text =
            rt_tensors_meta(i->file, arena_printf(i->table.arena, RT_SAVED_KEY "/%s", model->name));
        if (!text)
            text = rt_tensors_meta(i->file, RT_SAVED_KEY);
        RtTensorFile one = {.n_meta = text != NULL, .meta_keys = &key, .meta_values = &text};
        line(i, "model",
             arena_printf(i->table.arena, "%s: %lld steps, %lld epochs", model->name,
                          (long long)model->step, (long long)model->epochs_done));
        status = add_signature(i, &one, model->fitted);
    }
    return status;
}

static RtStatus add_checkpoint(Info *i)
{
    ImgKept *kept = NULL;
    const RtTensor *t = rt_tensors_find(i->file, RT_KEPT_TENSOR);
    const char *made_by = rt_tensors_meta(i->file, "producer");
    const char *where = rt_tensors_meta(i->file, "position");
    if (!t || t->dtype != RT_u8 || t->rank != 1)
        return rt_fail(&i->error, "'%s' is damaged: its record is missing", i->path);
    RtStatus status = rt_kept_read(t->data, (size_t)t->dims[0], i->path, &kept, &i->error);
    if (status != RT_OK)
        return status;
    add_file(i, "checkpoint of nnlc (.safetensors)");
    line(i, "made by", made_by ? made_by : "nnlc");
    line(i, "program", arena_printf(i->table.arena, "%s, digest %s", kept->name, kept->program));
    line(i, "position", where ? where : "");
    add_slots(i);
    status = add_models(i, kept);
    add_tensors(i);
    rt_kept_free(kept);
    return status;
}

/* ---- all kinds ---- */

static bool is_ours(const Info *i)
{
    return rt_tensors_meta(i->file, RT_SAVED_KEY) || rt_tensors_find(i->file, RT_SAVED_ARRAY) ||
           rt_tensors_meta(i->file, RT_KERAS_SAVED) || rt_tensors_meta(i->file, "producer");
}

static RtStatus add_arrays(Info *i)
{
    const char *format = rt_tensors_meta(i->file, RT_HDF5_KEY) ? "HDF5"
                         : rt_zip_is(i->bytes, i->size)        ? ".npz"
                                                               : ".safetensors";
    const char *made_by = rt_tensors_meta(i->file, "producer");
    const char *model = rt_tensors_meta(i->file, "model");
    add_file(i, arena_printf(i->table.arena, is_ours(i) ? "weights of nnlc (%s)" : "arrays (%s)",
                             format));
    if (is_ours(i))
        line(i, "made by", made_by ? made_by : "nnlc");
    if (is_ours(i) && model)
        line(i, "model", model);
    add_tensors(i);
    return add_signature(i, i->file, rt_saved_is_fitted(i->file));
}

static RtStatus add_keras(Info *i)
{
    add_file(i, info_keras_kind(i->file));
    RtStatus status = info_keras(i->file, i->path, &i->table, is_ours(i), &i->error);
    return status == RT_OK ? add_signature(i, i->file, rt_saved_is_fitted(i->file)) : status;
}

static bool is_npy(const unsigned char *bytes, size_t n)
{
    return n >= 6 && !memcmp(bytes, "\x93NUMPY", 6);
}

/* Is it a file of which anything can be said? */
static bool is_shown(const unsigned char *bytes, size_t n)
{
    return n > 8 && (is_npy(bytes, n) || rt_tensors_start(bytes, n));
}

static RtStatus add_npy(Info *i, RtTensor *tensor)
{
    RtInput *in = NULL;
    RtArray *array = NULL;
    RtStatus status = rt_input_memory(i->bytes, i->size, i->path, RT_PACKED_none, &in, &i->error);
    if (status == RT_OK)
        status = rt_npy_parse(in, false, &array, &i->error);
    rt_input_close(in);
    if (status != RT_OK)
        return status;
    *tensor = (RtTensor){.name = "array", .dtype = array->dtype, .rank = array->rank};
    memcpy(tensor->dims, array->dims, sizeof tensor->dims);
    rt_array_close(array);
    add_file(i, "array (.npy)");
    info_add(&i->table, 0, tensor->name, tensor);
    return RT_OK;
}

static RtStatus add_all(Info *i, RtTensor *npy)
{
    if (is_npy(i->bytes, i->size))
        return add_npy(i, npy);
    if (!is_shown(i->bytes, i->size)) {
        RtStatus status =
            rt_fail(&i->error, "'%s' is not a file of weights or of a model", i->path);
        rt_fail_help(&i->error, "'nnlc info' shows .safetensors .npz .npy .weights.h5 .keras .h5, "
                                "and checkpoints");
        return status;
    }
    RtStatus status = rt_tensors_parse(i->bytes, i->size, i->path, &i->file, &i->error);
    if (status != RT_OK)
        return status;
    if (rt_tensors_meta(i->file, RT_KEPT_KEY))
        return add_checkpoint(i);
    return rt_tensors_meta(i->file, RT_HDF5_KEY) && info_is_keras(i->file) ? add_keras(i)
                                                                           : add_arrays(i);
}

int info_print(Session *s)
{
    RtInput *in;
    RtTensor npy;
    Info i = {.path = s->options->input, .table.arena = s->arena};
    RtStatus status = rt_input_open(i.path, &in, &i.error);
    if (status == RT_OK) {
        status = rt_input_all(in, is_shown, &i.bytes, &i.size, &i.error);
        rt_input_close(in);
    }
    if (status == RT_OK)
        status = add_all(&i, &npy);
    if (status == RT_OK)
        info_show(&i.table, terminal_width());
    else
        report_failure(s, &i.error);
    rt_tensors_close(i.file);
    free(i.bytes);
    return status == RT_OK ? EXIT_FINE : EXIT_WRONG;
}
