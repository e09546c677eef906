/* keras_front.c: see keras_front.h. */
#include "runtime/train/keras_front.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/train/saved.h"
#include "runtime/train/state.h"

static const struct {
    const char *transform, *type, *name;
} layers[] = {{"scale", "Rescaling", "input_rescaling"},
              {"offset", "Rescaling", "input_rescaling"},
              {"normalize", "Normalization", "input_normalization"},
              {"reshape", "Reshape", "input_reshape"}};
enum { N_LAYERS = sizeof layers / sizeof *layers };

const char *rt_keras_front_type(const char *transform)
{
    for (size_t i = 0; i < N_LAYERS; i++)
        if (!strcmp(layers[i].transform, transform))
            return layers[i].type;
    return "";
}

bool rt_keras_is_front(const ImgInstance *m, const char *name)
{
    bool is = false;
    for (size_t i = 0; i < N_LAYERS && !is; i++) {
        size_t n = strlen(layers[i].name);
        is = !strncmp(name, layers[i].name, n) && (!name[n] || name[n] == '_');
    }
    for (uint32_t i = 0; i < m->layers.n && is; i++)
        is = strcmp(m->layers.at[i].name, name) != 0;
    return is;
}

void rt_keras_front_note(RtKerasFront *front, const char *layer, uint32_t place, const RtTensor *t)
{
    uint32_t at = 0;
    if (strncmp(layer, "input_normalization", 19) != 0 || place > 1)
        return;
    if (layer[19])
        at = (uint32_t)strtoul(layer + 20, NULL, 10);
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
    if (!rt_fitted_visit(m, &m->signature->columns, add_fitted, &f))
        return rt_fail(&run->error, "not enough memory to load '%s'", path);
    for (uint32_t i = 0; f.fits && i < view->made.n; i++)
        view->tensors[view->file.n++] = view->made.tensors[i];
    return RT_OK;
}
