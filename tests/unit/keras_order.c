/* Legacy files of Keras, made by hand: weights are matched by order, and a file that does not fit changes no bit of the
 * model. Needs no HDF5. */
#include "runtime/train/weights.h"
#include "tests/unit/check.h"

enum { N_WEIGHTS = 5, BLOCK = 5 * 64 };

/* a; pause; inner { f, frozen; x } */
static int64_t two[] = {2, 2};
static ImgState states[] = {
    {.name = "a.kernel", .trainable = 1, .dims = {2, two}, .offset = 0},
    {.name = "a.bias", .trainable = 1, .dims = {1, two}, .offset = 64},
    {.name = "inner.f.kernel", .trainable = 0, .dims = {2, two}, .offset = 128},
    {.name = "inner.x.kernel", .trainable = 1, .dims = {2, two}, .offset = 192},
    {.name = "inner.x.bias", .trainable = 1, .dims = {1, two}, .offset = 256},
};
static ImgLayerRow rows[] = {
    {.name = "a", .type = "Dense", .params = 6},
    {.name = "pause", .type = "Identity"},
    {.name = "inner", .type = "Sequential", .params = 10},
    {.name = "f", .type = "Dense", .params = 4, .depth = 1},
    {.name = "x", .type = "Dense", .params = 6, .depth = 1},
};

typedef struct Case {
    ImgInstance image;
    ImgProgram program;
    ImgSignature signature_image;
    RtSignature signature;
    RtRun run;
    RtModel model;
    _Alignas(64) unsigned char block[BLOCK];
} Case;

static void open_case(Case *c)
{
    memset(c, 0, sizeof *c);
    for (int i = 0; i < N_WEIGHTS; i++) {
        states[i].dtype = RT_f32;
        states[i].bytes = 64;
    }
    c->image = (ImgInstance){
        .name = "net", .title = "net", .digest = "0", .file = "", .block_bytes = BLOCK};
    c->image.states.n = N_WEIGHTS;
    c->image.states.at = states;
    c->image.layers.n = 5;
    c->image.layers.at = rows;
    c->program = (ImgProgram){.mode = "fma"};
    c->signature_image = (ImgSignature){.transforms = "[]", .data = IMG_NONE, .plan = IMG_NONE};
    c->signature.image = &c->signature_image;
    c->run = (RtRun){.image = &c->program, .out = stdout};
    c->model = (RtModel){.image = &c->image, .signature = &c->signature, .block = c->block};
    for (int i = 0; i < BLOCK; i++)
        c->block[i] = (unsigned char)i;
}

static float first_of(const Case *c, int state)
{
    float f;
    memcpy(&f, c->block + states[state].offset, sizeof f);
    return f;
}

/* ---- files ---- */

static const float numbers[N_WEIGHTS][4] = {
    {1, 1, 1, 1}, {2, 2}, {3, 3, 3, 3}, {4, 4, 4, 4}, {5, 5}};
static const char *const layer_names[] = {"a", "pause", "inner"};
static const char *const a_names[] = {"a/kernel:0", "a/bias:0"};
/* Trained ones first. */
static const char *const inner_names[] = {"x/kernel:0", "x/bias:0", "f/kernel:0"};

typedef struct File {
    RtTensor tensors[N_WEIGHTS + 1];
    RtTextList lists[4]; /* in the order of their keys */
    const char *key, *value;
    RtTensorFile file;
} File;

static void make_file(File *f)
{
    *f = (File){.tensors = {{"model_weights/a/a/kernel:0", RT_f32, 2, {2, 2}, numbers[0]},
                            {"model_weights/a/a/bias:0", RT_f32, 1, {2}, numbers[1]},
                            {"model_weights/inner/f/kernel:0", RT_f32, 2, {2, 2}, numbers[2]},
                            {"model_weights/inner/x/kernel:0", RT_f32, 2, {2, 2}, numbers[3]},
                            {"model_weights/inner/x/bias:0", RT_f32, 1, {2}, numbers[4]},
                            {"optimizer_weights/m", RT_f32, 1, {2}, numbers[4]}},
                .lists = {{"model_weights/a@weight_names", 2, a_names},
                          {"model_weights/inner@weight_names", 3, inner_names},
                          {"model_weights@layer_names", 3, layer_names}},
                .key = RT_HDF5_KEY,
                .value = ""};
    f->file = (RtTensorFile){.n = N_WEIGHTS + 1,
                             .tensors = f->tensors,
                             .n_lists = 3,
                             .lists = f->lists,
                             .n_meta = 1,
                             .meta_keys = &f->key,
                             .meta_values = &f->value};
}

static void check_order(void)
{
    Case c;
    File f;
    open_case(&c);
    make_file(&f);
    CHECK(rt_weights_take(&c.run, &c.model, &f.file, "good.h5") == RT_OK);
    for (int i = 0; i < N_WEIGHTS; i++)
        CHECK_EQ_INT((int)first_of(&c, i), i + 1);
    free(c.signature.loaded_bare);
}

static void refuse(File *f, const char *text)
{
    Case c;
    unsigned char before[BLOCK];
    open_case(&c);
    memcpy(before, c.block, BLOCK);
    CHECK(rt_weights_take(&c.run, &c.model, &f->file, "bad.h5") != RT_OK);
    CHECK(!memcmp(before, c.block, BLOCK));
    CHECK(!c.signature.loaded_bare);
    if (!CHECK(strstr(c.run.error.text, text) != NULL))
        fprintf(stderr, "%s\n", c.run.error.text);
    CHECK(strstr(c.run.error.text, "'bad.h5'") != NULL);
}

static void check_refused(void)
{
    static const char *const twice[] = {"a/kernel:0", "a/kernel:0"};
    static const char *const foreign[] = {"a/kernel:0", "a/gamma:0"};
    static const char *const swapped[] = {"a/bias:0", "a/kernel:0"};
    File f;
    make_file(&f);
    f.lists[0].texts = twice;
    refuse(&f, "it lists 'model_weights/a/a/kernel:0' twice");
    f.lists[0].texts = foreign;
    refuse(&f, "it lists 'model_weights/a/a/gamma:0', but has no numbers of that name");
    f.lists[0].texts = swapped;
    refuse(&f, "a.kernel                 f32[2, 2]            f32[2]");
    make_file(&f);
    f.lists[0].n = 1;
    refuse(&f, "a.bias                   f32[2]               missing");
    make_file(&f);
    f.lists[2].n = 2;
    refuse(&f, "inner.f.kernel           f32[2, 2]            missing");
    make_file(&f);
    f.tensors[4].dtype = RT_f64;
    refuse(&f, "inner.x.bias             f32[2]               f64[2]");
    make_file(&f);
    f.tensors[4].dims[0] = 1;
    refuse(&f, "inner.x.bias             f32[2]               f32[1]");
    make_file(&f);
    f.lists[2].key = "model_weights@layer_names1"; /* a part without the ones before it */
    refuse(&f, "holds the weights of another model");
}

int main(void)
{
    check_order();
    check_refused();
    return check_done();
}
