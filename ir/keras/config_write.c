/* config_write.c: see config_write.h. Arguments go by their kind, so a new row of a table needs nothing here; what
 * is special stands in `skipped` and in argument(). */
#include "ir/keras/config_write.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "runtime/abi/layer_names.h"
#include "runtime/abi/transforms.h"

#define DTYPE                                                                                      \
    "{\"module\": \"keras\", \"class_name\": \"DTypePolicy\", \"config\": {\"name\": "             \
    "\"float32\"}, \"registered_name\": null}"

/* Arguments of ours that no constructor of Keras takes, or that stand elsewhere. */
static const char *const skipped[] = {"input_shape", "input_dim", "dtype",
                                      "name",        "trainable", "exclude_from_weight_decay"};

/* Layers have an activity_regularizer only where one was given: some set it themselves. */
static bool is_skipped(const ArgRow *row, const ArgValue *v)
{
    if (v->none && !strcmp(row->name, "activity_regularizer"))
        return true;
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++)
        if (!strcmp(skipped[i], row->name))
            return true;
    return row->later;
}

/* ---- JSON ---- */

static void text(KerasWriter *w, const char *s)
{
    strbuf_char(&w->out, '"');
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\')
            strbuf_printf(&w->out, "\\%c", c);
        else if (c < ' ')
            strbuf_printf(&w->out, "\\u%04x", c);
        else
            strbuf_char(&w->out, (char)c);
    }
    strbuf_char(&w->out, '"');
}

static void key(KerasWriter *w, const char *name, bool first)
{
    strbuf_add(&w->out, first ? "" : ", ");
    text(w, name);
    strbuf_add(&w->out, ": ");
}

static void ints(KerasWriter *w, const int64_t *at, uint32_t n, bool negative_is_null)
{
    strbuf_char(&w->out, '[');
    for (uint32_t i = 0; i < n; i++) {
        strbuf_add(&w->out, i ? ", " : "");
        if (negative_is_null && at[i] < 0)
            strbuf_add(&w->out, "null");
        else
            strbuf_printf(&w->out, "%lld", (long long)at[i]);
    }
    strbuf_char(&w->out, ']');
}

/* [null, 28, 28] */
static void batch_shape(KerasWriter *w, const Shape *row)
{
    strbuf_add(&w->out, "[null");
    for (int d = 0; d < row->rank; d++)
        strbuf_printf(&w->out, ", %lld", (long long)row->dim[d].n);
    strbuf_char(&w->out, ']');
}

/* ---- objects ---- */

static const char *module_of(VocabKind vocab)
{
    switch (vocab) {
    case VOCAB_layer:
        return "keras.layers";
    case VOCAB_initializer:
        return "keras.initializers";
    case VOCAB_regularizer:
        return "keras.regularizers";
    case VOCAB_constraint:
        return "keras.constraints";
    case VOCAB_loss:
        return "keras.losses";
    case VOCAB_metric:
        return "keras.metrics";
    case VOCAB_optimizer:
        return "keras.optimizers";
    case VOCAB_schedule:
        return "keras.optimizers.schedules";
    default:
        return "keras";
    }
}

static void open_object(KerasWriter *w, const char *module, const char *name, bool bare)
{
    strbuf_char(&w->out, '{');
    if (!bare) {
        key(w, "module", true);
        text(w, module);
    }
    key(w, "class_name", bare);
    text(w, name);
    key(w, "config", false);
    strbuf_char(&w->out, '{');
}

static void close_object(KerasWriter *w, bool bare)
{
    strbuf_add(&w->out, bare ? "}}" : "}, \"registered_name\": null}");
}

static void arguments(KerasWriter *w, const Call *c, bool first);

/* An initializer, regularizer, constraint, schedule: the same in both styles. */
static void object(KerasWriter *w, const Call *c)
{
    char name[64];
    row_class_name(c->row, name, sizeof name);
    open_object(w, module_of(c->row->vocab), name, false);
    arguments(w, c, true);
    close_object(w, false);
}

static void mark(KerasWriter *w, const char *kind, const Expr *e)
{
    strbuf_printf(&w->out, "\x01%s%u\x01", kind, w->expr(w->cx, e));
}

static void expression(KerasWriter *w, const Expr *e)
{
    if (e->op == EX_number && e->is_int)
        strbuf_printf(&w->out, "%lld", (long long)e->index);
    else if (e->op == EX_number)
        strbuf_double(&w->out, e->value);
    else if (e->op == EX_none)
        strbuf_add(&w->out, "null");
    else
        mark(w, "", e);
}

static void list(KerasWriter *w, const ArgRow *row, const ArgValue *v)
{
    if (v->ints) {
        ints(w, v->ints, v->n, row->kind == ARG_MASK);
        return;
    }
    if (v->floats && v->n == 1) {
        strbuf_double(&w->out, v->floats[0]);
        return;
    }
    strbuf_char(&w->out, '[');
    for (uint32_t i = 0; i < v->n; i++) {
        strbuf_add(&w->out, i ? ", " : "");
        if (v->floats)
            strbuf_double(&w->out, v->floats[i]);
        else
            text(w, v->texts[i]);
    }
    strbuf_char(&w->out, ']');
}

static void argument(KerasWriter *w, const ArgRow *row, const ArgValue *v)
{
    if (row->kind == ARG_ACTIVATION)
        text(w, v->none || !v->calls ? "linear" : v->calls[0]->row->name);
    else if (v->none)
        strbuf_add(&w->out, "null");
    else if (row->kind == ARG_RATE && v->calls)
        object(w, v->calls[0]);
    else if (row->kind == ARG_RATE)
        mark(w, "r", v->expr);
    else if (v->expr && v->expr->op == EX_list)
        for (uint32_t i = 0; i < v->expr->n_args; i++) {
            strbuf_add(&w->out, i ? ", " : "[");
            expression(w, v->expr->args[i]);
            strbuf_add(&w->out, i + 1 < v->expr->n_args ? "" : "]");
        }
    else if (v->expr)
        expression(w, v->expr);
    else if (v->seed)
        expression(w, v->seed->value);
    else if (v->calls)
        object(w, v->calls[0]);
    else if (v->ints || v->floats || v->texts)
        list(w, row, v);
    else if (v->text)
        text(w, v->text);
    else if (row->kind == ARG_FLOAT || row->kind == ARG_MAYBE)
        strbuf_double(&w->out, v->f);
    else if (row->kind == ARG_BOOL)
        strbuf_add(&w->out, v->i ? "true" : "false");
    else if (row->kind == ARG_FLOATS || row->kind == ARG_TEXTS)
        strbuf_add(&w->out, "[]");
    else
        strbuf_printf(&w->out, "%lld", (long long)v->i);
}

/* A schedule's first argument is the rate; in optimizers it comes first, too. */
static void arguments(KerasWriter *w, const Call *c, bool first)
{
    for (uint32_t i = 0; i < c->row->n_args; i++) {
        const ArgRow *row = &c->row->args[i];
        bool unset = row->kind == ARG_SEED && !c->args[i].seed;
        if (is_skipped(row, &c->args[i]) || (unset && !c->args[i].none))
            continue;
        key(w, row->name, first);
        argument(w, row, &c->args[i]);
        first = false;
    }
}

/* ---- layers ---- */

static void layer_start(KerasWriter *w, const char *module, const char *type, const char *name,
                        bool trainable)
{
    open_object(w, module, type, w->style == KERAS_legacy);
    key(w, "name", true);
    text(w, name);
    key(w, "trainable", false);
    strbuf_add(&w->out, trainable ? "true" : "false");
    key(w, "dtype", false);
    strbuf_add(&w->out, DTYPE);
}

static void input_layer(KerasWriter *w, const Shape *row)
{
    open_object(w, "keras.layers", "InputLayer", w->style == KERAS_legacy);
    key(w, "batch_shape", true);
    batch_shape(w, row);
    strbuf_add(&w->out, ", \"dtype\": \"float32\", \"sparse\": false, \"ragged\": false, "
                        "\"name\": \"input_layer\", \"optional\": false");
    close_object(w, w->style == KERAS_legacy);
}

static void separator(KerasWriter *w)
{
    strbuf_add(&w->out, ", ");
}

static const char *layer_type(const Call *c)
{
    return rt_transform_layer(rt_transform_named(c->row->name));
}

static void transform_layer(KerasWriter *w, const Call *c, uint32_t number)
{
    const char *type = layer_type(c);
    char name[96];
    rt_input_name_of(type, number, name, sizeof name);
    layer_start(w, "keras.layers", type, name, true);
    switch (c->row->id) {
    case TRANSFORM_scale:
        key(w, "scale", false);
        strbuf_double(&w->out, c->args[0].f);
        strbuf_add(&w->out, ", \"offset\": 0.0");
        break;
    case TRANSFORM_offset:
        strbuf_add(&w->out, ", \"scale\": 1.0");
        key(w, "offset", false);
        strbuf_double(&w->out, c->args[0].f);
        break;
    case TRANSFORM_normalize:
        key(w, "axis", false);
        strbuf_add(&w->out, c->args[0].none ? "null" : "[-1]");
        strbuf_add(&w->out, ", \"mean\": null, \"variance\": null, \"invert\": false");
        break;
    default:
        key(w, "target_shape", false);
        ints(w, c->args[0].ints, c->args[0].n, false);
        break;
    }
    close_object(w, w->style == KERAS_legacy);
}

bool keras_transforms_fit(const DataSet *d)
{
    for (uint32_t i = 0; i < d->n_inputs; i++)
        if (!*layer_type(d->inputs[i]))
            return false;
    return true;
}

/* The lines of the layers of one model, as they follow each other in the summary. */
typedef struct Lines {
    const LayerShape *at;
    size_t n, next;
} Lines;

static void layers_of(KerasWriter *w, const Instance *m, Lines *lines, Shape row);

static void model_end(KerasWriter *w, const Shape *row)
{
    strbuf_add(&w->out, "]");
    key(w, "build_input_shape", false);
    batch_shape(w, row);
}

static Shape row_of(const Shape *batch)
{
    Shape row = *batch;
    row.rank = 0;
    for (int d = 0; d < batch->rank; d++)
        if (!batch->dim[d].batch)
            row.dim[row.rank++] = batch->dim[d];
    return row;
}

static void nested_model(KerasWriter *w, const Layer *l, Lines *lines, const Shape *row)
{
    bool bare = w->style == KERAS_legacy;
    layer_start(w, "keras", "Sequential", l->name, true);
    key(w, "layers", false);
    strbuf_char(&w->out, '[');
    input_layer(w, row);
    layers_of(w, l->nested, lines, *row);
    model_end(w, row);
    close_object(w, bare);
}

static void layers_of(KerasWriter *w, const Instance *m, Lines *lines, Shape row)
{
    for (size_t i = 0; i < m->layers.n; i++) {
        const Layer *l = &m->layers.at[i];
        if (l->call && l->call->row->id == LAYER_Input)
            continue;
        separator(w);
        const LayerShape *line = &lines->at[lines->next++];
        if (l->nested) {
            nested_model(w, l, lines, &row);
        } else {
            const ArgValue *trainable = call_given(l->call, "trainable");
            layer_start(w, "keras.layers", l->call->row->name, l->name, !trainable || trainable->i);
            arguments(w, l->call, false);
            close_object(w, w->style == KERAS_legacy);
        }
        row = row_of(&line->output);
    }
}

void keras_write_model(KerasWriter *w, const Instance *m, const DataSet *data, const Shape *stored,
                       const Shape *row, const LayerShape *layers, size_t n)
{
    Lines lines = {layers, n, 0};
    const Shape *input = data ? stored : row;
    strbuf_char(&w->out, '{');
    key(w, "name", true);
    text(w, m->title);
    strbuf_add(&w->out, ", \"trainable\": true, \"dtype\": " DTYPE ", \"layers\": [");
    input_layer(w, input);
    for (uint32_t i = 0; data && i < data->n_inputs; i++) {
        uint32_t number = 0;
        for (uint32_t k = 0; k < i; k++)
            number += !strcmp(layer_type(data->inputs[k]), layer_type(data->inputs[i]));
        separator(w);
        transform_layer(w, data->inputs[i], number);
    }
    layers_of(w, m, &lines, *row);
    model_end(w, input);
    strbuf_char(&w->out, '}');
}

/* ---- compile settings ---- */

/* A loss or metric: its word where nothing was given, else an object. */
static void word_or_object(KerasWriter *w, const Call *c)
{
    bool bare = w->style == KERAS_legacy;
    char name[64];
    if (call_is_plain(c) && !isupper((unsigned char)c->name[0]) &&
        c->row->id != METRIC_exact_accuracy) {
        text(w, c->row->name);
        return;
    }
    row_class_name(c->row, name, sizeof name);
    open_object(w, module_of(c->row->vocab), name, bare);
    const ArgValue *given = call_given(c, "name");
    bool first = !given;
    if (given) {
        key(w, "name", true);
        text(w, given->text);
    }
    arguments(w, c, first);
    close_object(w, bare);
}

static void metrics(KerasWriter *w, const Compile *c, uint32_t begin, uint32_t end)
{
    if (begin == end) {
        strbuf_add(&w->out, "null");
        return;
    }
    strbuf_char(&w->out, '[');
    for (uint32_t i = begin; i < end; i++) {
        strbuf_add(&w->out, i > begin ? ", " : "");
        word_or_object(w, c->metrics[i]);
    }
    strbuf_char(&w->out, ']');
}

static void optimizer(KerasWriter *w, const Call *c)
{
    bool bare = w->style == KERAS_legacy;
    open_object(w, "keras.optimizers", c->row->name, bare);
    const ArgValue *name = call_given(c, "name");
    if (name) {
        key(w, "name", true);
        text(w, name->text);
    }
    arguments(w, c, !name);
    close_object(w, bare);
}

void keras_write_compile(KerasWriter *w, const Compile *c)
{
    strbuf_char(&w->out, '{');
    key(w, w->style == KERAS_legacy ? "optimizer_config" : "optimizer", true);
    optimizer(w, c->optimizer);
    key(w, "loss", false);
    word_or_object(w, c->loss);
    key(w, "loss_weights", false);
    if (c->loss_weight == 1)
        strbuf_add(&w->out, "null");
    else
        strbuf_double(&w->out, c->loss_weight);
    key(w, "metrics", false);
    metrics(w, c, 0, c->n_plain);
    key(w, "weighted_metrics", false);
    metrics(w, c, c->n_plain, c->n_metrics);
    strbuf_add(&w->out,
               ", \"run_eagerly\": false, \"steps_per_execution\": 1, \"jit_compile\": false}");
}
