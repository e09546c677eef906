/* model.c: Sequential models as models of our language, nested ones in front of those that hold them. */
#include <stdio.h>
#include <string.h>

#include "ir/keras/keras_internal.h"
#include "lexer/lexer.h"
#include "runtime/abi/layer_names.h"

enum { MOST_NESTED = 64 };

/* One model while its layers are read. */
typedef struct Reading {
    Vec(CallText) layers;
    bool has_input; /* an Input line says it, or a nested model in front */
    bool frozen;
} Reading;

static const char *read_model(Keras *k, const Json *object, bool frozen);

/* ---- names ---- */

static bool is_reserved(const char *name)
{
    for (int kind = TOK_first + 1; kind < TOK_past_last; kind++)
        if (token_is_word((TokenKind)kind) && !strcmp(token_kind_text((TokenKind)kind), name))
            return true;
    for (int vocab = 0; vocab < N_VOCABS; vocab++)
        if (vocab_find((VocabKind)vocab, name))
            return true;
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* A name of our text, made of any text: not taken, no word of the language. */
static const char *free_name(Keras *k, const char *from)
{
    char *base = arena_strdup(k->arena, *from && !(*from >= '0' && *from <= '9')
                                            ? from
                                            : arena_printf(k->arena, "net%s", from));
    for (char *c = base; *c; c++)
        if (!is_letter(*c) && !(*c >= '0' && *c <= '9'))
            *c = '_';
    if (strlen(base) > 60)
        base[60] = 0;
    const char *name = is_reserved(base) ? arena_printf(k->arena, "%s_net", base) : base;
    const char *tried = name;
    for (size_t i = 0, n = 2; i < k->names.n; i++)
        if (!strcmp(k->names.at[i], tried)) {
            tried = arena_printf(k->arena, "%s_%zu", name, n++);
            i = (size_t)-1;
        }
    vec_push(k->arena, &k->names, tried);
    return tried;
}

/* Names of layers and models hold no dot, slash or control character here, and are parts of paths. */
static const char *right_name(Keras *k, const char *name)
{
    enum { MOST = 255 };
    size_t n = strlen(name), most = n;
    for (; n > MOST && (most > MOST || (name[most] & 0xc0) == 0x80); most--)
        ;
    char *out = n ? arena_strndup(k->arena, name, most) : arena_strdup(k->arena, "unnamed");
    for (char *c = out; *c; c++)
        if (*c == '.' || *c == '/' || (unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '_';
    if (strcmp(out, name) != 0)
        keras_warn(k, "the name '%s' becomes '%s'", name, out);
    return out;
}

static bool is_automatic(const char *name, const char *class_name)
{
    char base[64];
    return keras_is_numbered(name, rt_snake_name(class_name, base, sizeof base));
}

/* ---- input ---- */

static bool read_shape(Keras *k, const Json *shape, CallText *out)
{
    if (shape->kind != JS_list || !shape->n)
        return keras_fail(k, "the shape of the input is %s", json_kind_text(shape));
    *out = (CallText){.name = "Input", .is_layer = true};
    for (uint32_t i = 1; i < shape->n; i++) {
        const Json *size = &shape->items[i];
        if (size->kind == JS_null)
            return keras_fail(k, "an input whose sizes are not all known is not built yet");
        if (size->kind != JS_int)
            return keras_fail(k, "a size of the input is %s", json_kind_text(size));
        vec_push(k->arena, &out->args, arena_printf(k->arena, "%lld", (long long)size->i));
    }
    return true;
}

static const Json *batch_shape(const Json *config)
{
    const Json *shape = json_get(config, "batch_shape");
    return shape ? shape : json_get(config, "batch_input_shape");
}

/* An InputLayer, or in Keras 2 the first layer, or the model says the shape. */
static bool add_input(Keras *k, Reading *r, const Json *shape)
{
    CallText line;
    if (r->has_input || !shape || shape->kind == JS_null)
        return true;
    if (!read_shape(k, shape, &line))
        return false;
    r->has_input = true;
    vec_push(k->arena, &r->layers, line);
    return true;
}

/* ---- layers ---- */

/* Several places may hold one object: a nested model can be used twice, a layer cannot. */
static bool find_shared(Keras *k, const Json *object, const char **name)
{
    const Json *id = json_get(object, "shared_object_id");
    *name = NULL;
    for (size_t i = 0; id && id->kind == JS_int && i < k->shared.n; i++)
        if (k->shared.at[i].id == id->i) {
            *name = k->shared.at[i].name;
            return true;
        }
    return false;
}

static void add_shared(Keras *k, const Json *object, const char *name)
{
    const Json *id = json_get(object, "shared_object_id");
    if (id && id->kind == JS_int)
        vec_push(k->arena, &k->shared, (SharedModel){id->i, name});
}

static bool has_weights(const Row *row)
{
    for (uint32_t i = 0; i < row->n_args; i++)
        if (row->args[i].kind == ARG_INITIALIZER)
            return true;
    return false;
}

static bool is_frozen(Keras *k, const Json *config)
{
    const Json *trainable = json_get(config, "trainable");
    if (trainable && trainable->kind != JS_bool)
        keras_fail(k, "'trainable' is %s", json_kind_text(trainable));
    return trainable && !trainable->i;
}

static bool add_name(Keras *k, const Row *row, const Json *config, CallText *line)
{
    const Json *given = json_get(config, "name");
    const char *name = json_get_text(config, "name");
    if (given && !name)
        return keras_fail(k, "its name is %s", json_kind_text(given));
    if (!name || is_automatic(name, row->name))
        return true;
    const char *quoted = keras_quoted(k, right_name(k, name));
    if (quoted)
        vec_push(k->arena, &line->args, arena_printf(k->arena, "name=%s", quoted));
    return quoted != NULL;
}

static bool add_layer(Keras *k, Reading *r, const Json *object, const char *class_name)
{
    const Json *config = json_get(object, "config");
    const Row *row = keras_row(k, VOCAB_layer, class_name, object);
    const char *shared;
    CallText line;
    if (!row)
        return false;
    if (find_shared(k, object, &shared))
        return keras_fail(k, "the layer is used twice, which is not built yet for single layers");
    add_shared(k, object, NULL);
    if (!config || config->kind != JS_map)
        return keras_fail(k, "the configuration is %s", json_kind_text(config));
    if (row->id == LAYER_Input && r->has_input)
        return keras_fail(k, "the input is declared twice");
    if (row->id == LAYER_Input && !batch_shape(config))
        return keras_fail(k, "the shape of the input is missing");
    if (!r->layers.n && !add_input(k, r, batch_shape(config)))
        return false;
    if (!keras_call(k, row, config, &line))
        return false;
    if (row->id == LAYER_Input)
        return r->has_input || keras_fail(k, "the input is not the first layer");
    if (!add_name(k, row, config, &line))
        return false;
    if ((is_frozen(k, config) || r->frozen) && has_weights(row))
        vec_push(k->arena, &line.args, "trainable=false");
    vec_push(k->arena, &r->layers, line);
    return !k->fault;
}

static bool is_model(const char *class_name)
{
    return !strcmp(class_name, "Sequential") || !strcmp(class_name, "Functional") ||
           !strcmp(class_name, "Model");
}

/* A model in front declares the input itself. */
static bool add_nested(Keras *k, Reading *r, const Json *object)
{
    const char *name;
    bool known = find_shared(k, object, &name) && name;
    if (!known)
        name = read_model(k, object, r->frozen);
    if (!name)
        return false;
    if (!known) {
        add_shared(k, object, name);
        if (r->layers.n == (r->has_input ? 1 : 0) && k->has_input) {
            r->has_input = true;
            r->layers.n = 0;
        }
    }
    vec_push(k->arena, &r->layers, (CallText){.name = name});
    return true;
}

static bool add_entry(Keras *k, Reading *r, const Json *object)
{
    const char *class_name = json_get_text(object, "class_name");
    const char *name = json_get_text(json_get(object, "config"), "name");
    if (object->kind != JS_map || !class_name)
        return keras_fail(k, "a layer is %s",
                          object->kind == JS_map ? "without \"class_name\""
                                                 : json_kind_text(object));
    k->where = name ? arena_printf(k->arena, "layer '%s' (%s)", name, class_name)
                    : arena_printf(k->arena, "a layer '%s'", class_name);
    return is_model(class_name) ? add_nested(k, r, object) : add_layer(k, r, object, class_name);
}

/* ---- models ---- */

/* model NAME { ... }, or with a name that only a string can be: let NAME = Sequential([...], name="..."). */
static const char *put_model(Keras *k, const Reading *r, const char *title)
{
    const char *right = right_name(k, title), *name = free_name(k, right);
    bool plain = !strcmp(name, right);
    const char *quoted = keras_quoted(k, right);
    if (!quoted)
        return NULL;
    strbuf_add(k->out, k->out->n ? "\n" : "");
    if (plain)
        strbuf_printf(k->out, "model %s {\n", name);
    else
        strbuf_printf(k->out, "let %s = Sequential([\n", name);
    for (size_t i = 0; i < r->layers.n; i++)
        layout_call(k->out, 4, "", &r->layers.at[i], !plain && i + 1 < r->layers.n ? "," : "");
    strbuf_add(k->out, plain ? "}\n" : "");
    if (!plain)
        strbuf_printf(k->out, "], name=%s)\n", quoted);
    return name;
}

/* Before Keras 2.3 the configuration of a Sequential was the list of its layers. */
static const Json *layers_of(Keras *k, const Json *config)
{
    const Json *layers = config && config->kind == JS_list ? config : json_get(config, "layers");
    if (!layers || layers->kind != JS_list) {
        keras_fail(k, "the list of layers is %s", json_kind_text(layers));
        return NULL;
    }
    return layers;
}

/* A model that was built without an Input line knows the shape that it was built for. */
static bool add_built_shape(Keras *k, Reading *r, const Json *config)
{
    const Json *shape = json_get(config, "build_input_shape");
    bool known = shape && shape->kind == JS_list && shape->n;
    for (uint32_t i = 1; known && i < shape->n; i++)
        known = shape->items[i].kind == JS_int;
    if (r->has_input || !known)
        return true;
    Reading front = {.has_input = false};
    if (!add_input(k, &front, shape))
        return false;
    for (size_t i = 0; i < r->layers.n; i++)
        vec_push(k->arena, &front.layers, r->layers.at[i]);
    r->layers.at = front.layers.at;
    r->layers.n = front.layers.n;
    return r->has_input = true;
}

static bool read_layers(Keras *k, Reading *r, const Json *config)
{
    const Json *layers = layers_of(k, config);
    if (++k->depth > MOST_NESTED)
        return keras_fail(k, "models are nested deeper than %d levels", MOST_NESTED);
    for (uint32_t i = 0; layers && i < layers->n; i++)
        if (!add_entry(k, r, &layers->items[i]))
            return false;
    k->depth--;
    return layers && add_built_shape(k, r, config);
}

/* The model's name in our text; NULL after errors. */
static const char *read_model(Keras *k, const Json *object, bool frozen)
{
    const char *class_name = json_get_text(object, "class_name");
    const Json *config = json_get(object, "config");
    const char *title = json_get_text(config, "name");
    Reading r = {.frozen = is_frozen(k, config) || frozen};
    if (!class_name)
        keras_fail(k, "the model is without \"class_name\"");
    else if (strcmp(class_name, "Sequential") != 0)
        keras_fail(k, "a model of class '%s': only Sequential models are built yet", class_name);
    if (k->fault || !read_layers(k, &r, config))
        return NULL;
    k->where = NULL;
    const char *name = put_model(k, &r, title ? title : "sequential");
    k->has_input = r.has_input;
    return name;
}

static const Json *parse(Keras *k, const char *text, size_t size, const char *what)
{
    const char *message = NULL;
    const Json *out = json_parse(k->arena, text, size, &message);
    if (!out)
        keras_fail(k, "%s cannot be read: %s", what, message);
    return out;
}

bool keras_text(Arena *arena, const KerasConfig *config, StrBuf *out, KerasWarnings *warnings,
                const char **message)
{
    Keras k = {.arena = arena, .out = out, .warnings = warnings};
    const Json *model = parse(&k, config->model, config->model_size, "its configuration");
    const Json *training = json_get(model, "compile_config");
    const char *name = model ? read_model(&k, model, false) : NULL;
    if (name && config->training)
        training = parse(&k, config->training, config->training_size, "its compile settings");
    if (name && !k.fault)
        keras_compile(&k, name, training);
    if (k.fault)
        *message = k.fault;
    return !k.fault;
}
