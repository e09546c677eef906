/* weights_file.c: write_ID for every format of formats.def that is built. */
#include "runtime/train/weights_file.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/abi/formats.h"
#include "runtime/train/keras_file.h"
#include "runtime/train/saved.h"

enum { FORMAT_VERSION = 2 };

static RtStatus no_memory(const RtWeightsFile *f, RtError *error)
{
    return rt_fail(error, "not enough memory to save '%s'", f->model->title);
}

RtStatus rt_weights_file_text(RtWeightsFile *f, RtError *error)
{
    if (f->tensors.n && !strcmp(f->tensors.tensors[f->tensors.n - 1].name, RT_SAVED_ARRAY))
        return RT_OK; /* the file is written once more */
    int64_t size = (int64_t)strlen(f->text);
    void *bytes =
        rt_tensor_list_add(&f->tensors, "", RT_SAVED_ARRAY, RT_u8, 1, &size, (size_t)size);
    if (bytes)
        memcpy(bytes, f->text, (size_t)size);
    return bytes ? RT_OK : no_memory(f, error);
}

static RtStatus write_safetensors(RtWeightsFile *f, RtError *error)
{
    char version[16];
    const char *keys[] = {"format", "model", "mode", "seed", "producer", RT_SAVED_KEY};
    const char *values[] = {version, f->model->title, f->mode, f->seed, f->compiler, f->text};
    snprintf(version, sizeof version, "%d", FORMAT_VERSION);
    return rt_safetensors_write(f->path, f->tensors.tensors, f->tensors.n, keys, values, 6, error);
}

static RtStatus write_npz(RtWeightsFile *f, RtError *error)
{
    RtStatus status = rt_weights_file_text(f, error);
    return status == RT_OK ? rt_npz_write(f->path, f->tensors.tensors, f->tensors.n, error)
                           : status;
}

/* ---- all ---- */

typedef RtStatus Write(RtWeightsFile *f, RtError *error);

static Write *const write_weights_h5 = rt_keras_write_weights,
                    *const write_keras = rt_keras_write_archive,
                    *const write_h5 = rt_keras_write_legacy;

#define FORMAT_BUILT(id) write_##id,
#define FORMAT_LATER(id) NULL,
#define FORMAT(id, extension, holds, library, state) FORMAT_##state(id)
static Write *const writers[] = {
#include "runtime/abi/formats.def"
};

RtStatus rt_weights_file_write(void *file, RtError *error)
{
    RtWeightsFile *f = file;
    return writers[rt_format_of(f->path)](f, error);
}

void rt_weights_file_free(void *file)
{
    RtWeightsFile *f = file;
    rt_tensor_list_free(&f->tensors);
    rt_keras_model_free(f->keras);
    free(f->path);
    free(f->text);
    free(f);
}
