/* Layers: shapes, parameters and states of the graphs that models become, and what a person is told
 * where things do not fit. */
#include "ir/layers/build.h"

#include "support/strbuf.h"
#include "tests/unit/calls.h"
#include "tests/unit/check.h"

static const int64_t four[] = {4}, picture[] = {28, 28};

static Call *sparse(Made *m)
{
    return call_new(m, VOCAB_loss, "sparse_categorical_crossentropy");
}

/* An instance for 3 classes of 4 features, with a compile command. */
typedef struct Model {
    Instance *instance;
    Compile *compile;
    DataSet *data;
} Model;

static Model classifier(Made *m)
{
    Model model = {instance_new(m, "net", 1, four), NULL,
                   data_new(m, "flowers", 1, four, RT_f32, RT_i32, 3)};
    model.compile = compile_new(m, model.instance, call_new(m, VOCAB_optimizer, "SGD"), sparse(m));
    return model;
}

static bool build(Made *m, const Model *model, Use use, BuildResult *out)
{
    BuildRequest request = {.program = &m->program,
                            .instance = model->instance,
                            .compile = use == USE_predict ? NULL : model->compile,
                            .data = model->data,
                            .use = use,
                            .batch = 32,
                            .compute = RT_f32};
    bool built = build_graph(m->arena, m->names, m->diags, &request, out);
    if (built) {
        const char *wrong = graph_verify(m->arena, out->graph);
        CHECK_STR(wrong, NULL);
    }
    return built;
}

/* The messages so far, as printed. */
static const char *messages(Made *m)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    diag_flush(m->diags, out, DIAG_TEXT, DIAG_COLOR_OFF);
    fclose(out);
    const char *copy = arena_strdup(m->arena, text);
    free(text);
    return copy;
}

/* The model is refused with this text among the messages. */
static void check_refused(Made *m, const Model *model, Use use, const char *text)
{
    BuildResult out;
    CHECK(!build(m, model, use, &out));
    const char *all = messages(m);
    if (!CHECK(strstr(all, text) != NULL))
        fprintf(stderr, "--- expected:\n%s\n--- found:\n%s", text, all);
}

static const char *shape_of(Made *m, const Shape *s)
{
    return shape_text(m->arena, s);
}

static void check_shapes(void)
{
    Made m = made_open("the model");
    BuildResult out;
    Model model = {instance_new(&m, "net", 2, picture), NULL,
                   data_new(&m, "digits", 2, picture, RT_u8, RT_u8, 10)};
    layer_add(&m, model.instance, "flatten", call_new(&m, VOCAB_layer, "Flatten"));
    dense_add(&m, model.instance, "hidden", 100, "relu");
    Call *dropout = call_new(&m, VOCAB_layer, "Dropout");
    call_float(&m, dropout, "rate", 0.3);
    layer_add(&m, model.instance, "dropout", dropout);
    dense_add(&m, model.instance, "output", 10, "softmax");
    model.compile =
        compile_new(&m, model.instance, call_new(&m, VOCAB_optimizer, "SGD"), sparse(&m));
    const Call *metrics[] = {call_new(&m, VOCAB_metric, "accuracy"),
                             call_new(&m, VOCAB_metric, "accuracy")};
    model.compile->metrics = metrics;
    const char *keys[] = {intern(m.names, "accuracy"), intern(m.names, "accuracy_1")};
    model.compile->keys = keys;
    model.compile->n_metrics = 2;
    if (CHECK(build(&m, &model, USE_train, &out))) {
        CHECK_EQ_INT(out.layers.n, 4);
        CHECK_STR(shape_of(&m, &out.layers.at[0].output), "(N, 784)");
        CHECK_EQ_INT(out.layers.at[1].params, 78500);
        CHECK_STR(out.layers.at[1].type, "Dense");
        CHECK_EQ_INT(out.layers.at[3].params, 1010);
        CHECK_STR(shape_of(&m, &out.output->shape), "(N, 10)");
        CHECK_EQ_INT(out.loss->shape.rank, 0);
        CHECK_EQ_INT(out.x_dtype, RT_u8);
        CHECK_EQ_INT(out.metrics.n, 3);
        CHECK_STR(out.metrics.at[0].name, "accuracy");
        CHECK_STR(out.metrics.at[1].name, "accuracy_1");
        CHECK_STR(out.metrics.at[2].name, "loss");
        CHECK(out.metrics.at[0].up && !out.metrics.at[2].up);
        const State *kernel = graph_state(out.graph, intern(m.names, "hidden.kernel"));
        CHECK(kernel && kernel->trainable && kernel->role == ROLE_weight);
        CHECK_STR(kernel->init.name, "glorot_uniform");
        CHECK_STR(kernel->init.arg_name[0], "stream");
    }
    CHECK(build(&m, &model, USE_eval, &out));
    CHECK(build(&m, &model, USE_predict, &out));
    CHECK_EQ_INT(diag_errors(m.diags), 0);
    arena_close(m.arena);
}

/* Every layer and activation that is built can stand in a model. */
static void check_vocabulary(void)
{
    Made m = made_open("the model");
    for (size_t i = 0; i < vocab_count(VOCAB_activation); i++) {
        Model model = classifier(&m);
        BuildResult out;
        const Row *row = vocab_row(VOCAB_activation, i);
        dense_add(&m, model.instance, "dense", 6, row->name);
        CHECK(build(&m, &model, USE_predict, &out));
        CHECK_EQ_INT(out.output->shape.dim[1].n, row->id == ACTIVATION_glu ? 3 : 6);
    }
    static const char *const layers[] = {"Flatten", "Identity", "ReLU",   "LeakyReLU",
                                         "PReLU",   "ELU",      "Softmax"};
    for (size_t i = 0; i < sizeof layers / sizeof layers[0]; i++) {
        Model model = classifier(&m);
        BuildResult out;
        layer_add(&m, model.instance, "layer", call_new(&m, VOCAB_layer, layers[i]));
        CHECK(build(&m, &model, USE_predict, &out));
        CHECK_STR(shape_of(&m, &out.output->shape), "(N, 4)");
    }
    CHECK_EQ_INT(diag_errors(m.diags), 0);
    arena_close(m.arena);
}

/* One instance in two places has its weights once. */
static void check_shared(void)
{
    Made m = made_open("the model");
    BuildResult out;
    Model model = classifier(&m);
    Instance *inner = instance_new(&m, "inner", 1, four);
    dense_add(&m, inner, "dense", 4, "tanh");
    vec_push(m.arena, &model.instance->layers,
             (Layer){.nested = inner, .name = "first", .range = {1, 2}});
    vec_push(m.arena, &model.instance->layers,
             (Layer){.nested = inner, .name = "second", .range = {1, 2}});
    if (CHECK(build(&m, &model, USE_predict, &out))) {
        CHECK_EQ_INT(out.graph->states.n, 2);
        CHECK(graph_state(out.graph, intern(m.names, "first.dense.kernel")) != NULL);
        CHECK_STR(out.layers.at[0].type, "Sequential");
        CHECK_EQ_INT(out.layers.at[0].params, 20);
        CHECK_EQ_INT(out.layers.at[0].depth, 0);
        CHECK_STR(out.layers.at[1].name, "dense");
        CHECK_EQ_INT(out.layers.at[1].depth, 1);
    }
    arena_close(m.arena);
}

static void check_targets(void)
{
    Made m = made_open("the model");
    Model model = classifier(&m);
    dense_add(&m, model.instance, "output", 1, "sigmoid");
    check_refused(
        &m, &model, USE_train,
        "the loss sparse_categorical_crossentropy needs one score per class, but 'output' gives "
        "(batch, 1)");
    model.compile->loss = call_new(&m, VOCAB_loss, "binary_crossentropy");
    check_refused(&m, &model, USE_train, "tells two classes apart, but 'flowers' has 3");
    model = classifier(&m);
    dense_add(&m, model.instance, "output", 2, "softmax");
    check_refused(&m, &model, USE_train, "'output' gives 2 scores, but 'flowers' has 3 classes");
    model = classifier(&m);
    dense_add(&m, model.instance, "output", 3, "softmax");
    model.data->facts.y_dtype = RT_f32;
    check_refused(&m, &model, USE_train,
                  "needs class numbers, but the targets of 'flowers' are floats (batch)");
    model.compile->loss = call_new(&m, VOCAB_loss, "categorical_crossentropy");
    check_refused(&m, &model, USE_train,
                  "needs vectors of 3 elements, but the targets of 'flowers' are floats (batch)");
    model.compile->loss = call_new(&m, VOCAB_loss, "mse");
    check_refused(&m, &model, USE_train,
                  "compares targets with outputs, but 'flowers' gives (batch) and "
                  "'output' (batch, 3)");
    arena_close(m.arena);
}

static void check_rows(void)
{
    Made m = made_open("the model");
    Model model = classifier(&m);
    int64_t five = 5;
    dense_add(&m, model.instance, "output", 3, "softmax");
    model.data = data_new(&m, "plants", 1, &five, RT_f32, RT_i32, 3);
    check_refused(&m, &model, USE_train,
                  "'net' takes samples of shape (4,), but those of 'plants' have shape (5,)");
    Call *reshape = call_new(&m, VOCAB_layer, "Reshape");
    call_ints(&m, reshape, "target_shape", 2, (const int64_t[]){3, -1});
    model = classifier(&m);
    layer_add(&m, model.instance, "reshape", reshape);
    check_refused(
        &m, &model, USE_predict,
        "layer 'reshape' cannot make samples of shape (3, -1) from shape (4,) with 4 elements");
    arena_close(m.arena);
}

int main(void)
{
    check_shapes();
    check_vocabulary();
    check_shared();
    check_targets();
    check_rows();
    return check_done();
}
