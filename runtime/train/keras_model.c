/* keras_model.c: what .keras and .h5 hold of a model beside its weights, taken at the moment of saving. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/layer_names.h"
#include "runtime/train/keras_file.h"
#include "runtime/train/keras_front.h"
#include "runtime/train/keras_optimizer.h"
#include "runtime/train/keras_text.h"
#include "runtime/train/state.h"

RtStatus rt_keras_model_check(RtRun *run, const ImgInstance *m, const char *path)
{
    if (!rt_format_holds_model(rt_format_of(path)) || *m->keras_model)
        return RT_OK;
    return rt_fail(
        &run->error,
        "'%s' cannot be saved as '%s': Keras has no form for it, since %s; save its weights "
        "as .weights.h5",
        m->name, path, *m->keras_why ? m->keras_why : "it has no structure");
}

void rt_keras_model_tell(RtRun *run, const RtModel *m, const char *path)
{
    const ImgSignature *s = &run->image->signatures.at[m->image->signature];
    if (rt_format_holds_model(rt_format_of(path)) && !m->image->keras_input &&
        strcmp(s->transforms, "[]") != 0)
        rt_warn(
            run,
            "'%s' holds '%s' without its preprocessing: in Keras its input is the transformed row",
            path, m->image->name);
}

/* ---- the optimizer ---- */

typedef struct Variables {
    RtTensorList *list;
    const RtModel *m;
} Variables;

static bool add_variable(void *cx, const ImgState *weight, const char *slot, const ImgState *state)
{
    const Variables *v = cx;
    char name[512];
    snprintf(name, sizeof name, "%s/%s", weight->name, slot);
    if (!state) {
        bool whole = !strcmp(slot, "velocity");
        size_t bytes = whole ? rt_state_bytes(weight) : sizeof(float);
        void *zero = rt_tensor_list_add(v->list, "", name, RT_f32, whole ? weight->dims.n : 0,
                                        weight->dims.at, bytes);
        if (zero)
            memset(zero, 0, bytes);
        return zero != NULL;
    }
    void *data = rt_tensor_list_add(v->list, "", name, (RtDtype)state->dtype, state->dims.n,
                                    state->dims.at, rt_state_bytes(state));
    if (data)
        rt_state_get(state, v->m->block, data);
    return data != NULL;
}

static bool add_number(RtTensorList *list, const char *name, RtDtype dtype, double value)
{
    void *data = rt_tensor_list_add(list, "", name, dtype, 0, NULL, rt_dtype(dtype)->size);
    if (data)
        rt_element_set(dtype, data, value);
    return data != NULL;
}

static bool add_optimizer(RtRun *run, const RtModel *m, const char *compile, RtTensorList *list)
{
    Variables v = {list, m};
    double rate;
    return add_number(list, "iteration", RT_i32, (double)m->step) &&
           (!rt_keras_rate(run, m, compile, &rate) ||
            add_number(list, "learning_rate", RT_f32, rate)) &&
           rt_keras_optimizer_visit(m, add_variable, &v);
}

/* ---- array transforms as layers ---- */

/* Mean and variance of transform `stage`; the count that Keras keeps besides is 0. */
static bool add_fitted(RtKerasModel *k, const RtModel *m, uint32_t stage)
{
    static const char *const names[] = {"mean", "variance"};
    for (uint32_t kind = 0; kind < 2; kind++)
        for (uint32_t i = 0; i < m->image->states.n; i++) {
            const ImgState *s = &m->image->states.at[i];
            if (s->role != ROLE_fitted || s->stage != stage || s->kind != kind)
                continue;
            int64_t n = rt_state_count(s);
            float *to = rt_tensor_list_add(&k->weights, "", names[kind], RT_f32, s->dims.n,
                                           s->dims.at, (size_t)n * sizeof *to);
            double *values = to ? malloc((size_t)n * sizeof *values) : NULL;
            if (!values)
                return false;
            rt_state_get_f64(s, m->block, values);
            for (int64_t e = 0; e < n; e++)
                to[e] = m->signature->fitted ? (float)values[e] : (float)kind;
            free(values);
        }
    return add_number(&k->weights, "count", RT_i32, 0);
}

static bool add_first(RtKerasModel *k, RtRun *run, const RtModel *m)
{
    uint32_t data =
        m->image->keras_input ? run->image->signatures.at[m->image->signature].data : IMG_NONE;
    const ImgDataSet *d = data == IMG_NONE ? NULL : &run->image->data.at[data];
    for (uint32_t i = 0; d && i < d->inputs.n; i++) {
        const char *type = rt_transform_layer(rt_transform_named(d->inputs.at[i].name));
        uint32_t before = 0, at = k->n_first, had = k->weights.n;
        if (at == RT_KERAS_MOST_FIRST)
            return false;
        for (uint32_t e = 0; e < at; e++)
            before += !strcmp(k->first[e].type, type);
        k->first[at].type = type;
        rt_input_name_of(type, before, k->first[at].buf, sizeof k->first[at].buf);
        k->first[at].name = k->first[at].buf;
        if (!strcmp(type, "Normalization") && !add_fitted(k, m, i))
            return false;
        k->first[at].n = k->weights.n - had;
        k->n_first++;
    }
    return true;
}

/* ---- all ---- */

RtKerasModel *rt_keras_model_make(RtRun *run, const RtModel *m, RtFormat format)
{
    RtKerasModel *k = calloc(1, sizeof *k);
    const char *config = format == RT_FORMAT_keras ? m->image->keras_model : m->image->h5_model;
    const char *compile = !m->compile                 ? ""
                          : format == RT_FORMAT_keras ? m->compile->keras_compile
                                                      : m->compile->h5_compile;
    bool fine = k != NULL;
    if (fine) {
        k->config = rt_keras_text(run, m, config);
        k->compile = *compile ? rt_keras_text(run, m, compile) : NULL;
        fine = k->config && (!*compile || k->compile) && add_first(k, run, m) &&
               (!*compile || add_optimizer(run, m, compile, &k->optimizer));
    }
    if (fine)
        return k;
    rt_keras_model_free(k);
    return NULL;
}

void rt_keras_model_free(RtKerasModel *k)
{
    if (!k)
        return;
    free(k->config);
    free(k->compile);
    rt_tensor_list_free(&k->optimizer);
    rt_tensor_list_free(&k->weights);
    free(k);
}
