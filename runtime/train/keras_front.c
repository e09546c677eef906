/* keras_front.c: see keras_front.h. */
#include "runtime/train/keras_front.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/abi/layer_names.h"
#include "runtime/abi/transforms.h"
#include "runtime/train/saved.h"
#include "runtime/train/state.h"

/* "input_rescaling"; "" where the transform has no layer. */
static const char *layer_name(RtTransformId id, char *buf, size_t size)
{
    const char *type = rt_transform_layer(id);
    *buf = 0;
    return *type ? rt_input_name_of(type, 0, buf, size) : buf;
}

bool rt_keras_is_front(const ImgInstance *m, const char *name)
{
    bool is = false;
    char front[96];
    for (int id = 0; id < RT_N_TRANSFORMS && !is; id++) {
        size_t n = strlen(layer_name((RtTransformId)id, front, sizeof front));
        is = n && !strncmp(name, front, n) && (!name[n] || name[n] == '_');
    }
    for (uint32_t i = 0; i < m->layers.n && is; i++)
        is = strcmp(m->layers.at[i].name, name) != 0;
    return is;
}

void rt_keras_front_note(RtKerasFront *front, const char *layer, uint32_t place, const RtTensor *t)
{
    uint32_t at = 0;
    char name[96];
    size_t n = strlen(layer_name(RT_TRANSFORM_normalize, name, sizeof name));
    if (strncmp(layer, name, n) != 0 || place > 1)
        return;
    if (layer[n])
        at = (uint32_t)strtoul(layer + n + 1, NULL, 10);
    if (at < RT_KERAS_MOST_FRONT)
        front->values[at][place] = t;
}

/* ---- fitted values ---- */

typedef struct Filling {
    RtRun *run;
    const RtModel *m;
    RtKerasView *view;
    bool fits;
} Filling;

/* The number of this normalize among those of the data set. */
static uint32_t number_of(const Filling *f, uint32_t stage)
{
    uint32_t data = f->run->image->signatures.at[f->m->image->signature].data, n = 0;
    const ImgDataSet *d = data == IMG_NONE ? NULL : &f->run->image->data.at[data];
    for (uint32_t i = 0; d && i < stage && i < d->inputs.n; i++)
        n += !strcmp(d->inputs.at[i].name, "normalize");
    return n;
}

static bool add_fitted(void *cx, const char *name, const ImgState *s, int64_t place, int64_t n)
{
    Filling *f = cx;
    uint32_t number = number_of(f, s->stage);
    const RtTensor *from =
        number < RT_KERAS_MOST_FRONT && s->kind < 2 ? f->view->front.values[number][s->kind] : NULL;
    int64_t count = from ? 1 : -1;
    for (uint32_t i = 0; from && i < from->rank; i++)
        count *= from->dims[i];
    f->fits = f->fits && !place && count == n;
    if (!f->fits)
        return true;
    double *to = rt_tensor_list_add(&f->view->made, "", name, RT_f64, n > 1 ? s->dims.n : 0,
                                    s->dims.at, (size_t)n * sizeof *to);
    for (int64_t i = 0; to && i < n; i++)
        to[i] = rt_element_get(from->dtype,
                               (const char *)from->data + (size_t)i * rt_dtype(from->dtype)->size);
    return to != NULL;
}

RtStatus rt_keras_front_fitted(RtRun *run, const RtModel *m, const char *path, RtKerasView *view)
{
    Filling f = {run, m, view, true};
    if (rt_saved_is_fitted(&view->file) || !view->front.values[0][0])
        return RT_OK;
    if (!rt_fitted_visit(m, m->signature, add_fitted, &f))
        return rt_fail(&run->error, "not enough memory to load '%s'", path);
    for (uint32_t i = 0; f.fits && i < view->made.n; i++)
        view->tensors[view->file.n++] = view->made.tensors[i];
    return RT_OK;
}
