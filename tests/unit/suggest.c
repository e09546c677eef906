/* Did-you-mean: what is offered for a slip, and where nothing is better than a guess. */
#include "runtime/abi/suggest.h"

#include "tests/unit/check.h"

static const char built[] =
    "Dense Dropout Flatten Reshape ReLU LeakyReLU Input Sequential Rescaling Adam adam SGD sgd "
    "RMSprop "
    "relu relu6 selu gelu elu celu softmax softplus softsign sigmoid tanh hard_tanh linear epochs "
    "batch_size learning_rate accuracy sparse_categorical_crossentropy categorical_crossentropy "
    "binary_crossentropy mean_squared_error mse last mean std min max sum log exp abs npy csv "
    "kernel_initializer kernel_regularizer validation train test normalize random_normal "
    "random_uniform zeros ones -o -O0 -O1 -O2 -D --emit --help --data-dir --epochs --static "
    "classes class_names id";
static const char later[] =
    "BatchNormalization Conv1D Conv2D Conv3D ModelCheckpoint EarlyStopping LayerNormalization "
    "AutoContrast AdamW Adamax Embedding categorical_hinge huber Dot Add";

static const struct {
    const char *name, *near; /* NULL: none */
} cases[] = {
    /* a letter left out, doubled, swapped, wrong, too many */
    {"Dens", "Dense"},
    {"Desne", "Dense"},
    {"Dence", "Dense"},
    {"Densee", "Dense"},
    {"Dropuot", "Dropout"},
    {"rellu", "relu"},
    {"epoch", "epochs"},
    {"acuracy", "accuracy"},
    {"adm", "adam"},
    {"mes", "mse"},
    {"mea", "mean"},
    {"zero", "zeros"},
    {"sofmax", "softmax"},
    {"lost", "last"},
    {"catgorical_crossentropy", "categorical_crossentropy"},
    {"Rescalling", "Rescaling"},
    {"normalise", "normalize"},
    {"optimizer", NULL},
    /* case and marks */
    {"dense", "Dense"},
    {"ADAM", "Adam"},
    {"Sgd", "sgd"},
    {"Relu", "relu"},
    {"rms_prop", "RMSprop"},
    {"batchsize", "batch_size"},
    {"batch size", "batch_size"},
    {"SparseCategoricalCrossentropy", "sparse_categorical_crossentropy"},
    {"conv2d", "Conv2D"},
    {"-help", "--help"},
    {"--O2", "-O2"},
    {"-d", "-D"},
    {"--data_dir", "--data-dir"},
    {"--epoch", "--epochs"},
    /* a name that stops early: half of the word, or up to a `_`, if only one word begins so */
    {"Dropo", "Dropout"},
    {"Sequent", "Sequential"},
    {"valid", "validation"},
    {"BatchNorm", "BatchNormalization"},
    {"categorical", "categorical_crossentropy"},
    {"learning", "learning_rate"},
    {"Embed", "Embedding"},
    {"class", "classes"},
    {"los", NULL},
    {"ids", "id"},
    {"kernel", NULL},
    {"random", NULL},
    {"soft", NULL},
    {"Conv", NULL},
    {"Model", NULL},
    {"Layer", NULL},
    {"auto", NULL},
    {"Early", NULL},
    /* a built word before one that is not, if it is as near */
    {"Adama", "Adam"},
    {"Adamx", "Adam"},
    {"AdamWW", "AdamW"},
    /* another short word, another digit, another first letter is no slip */
    {"str", NULL},
    {"num", NULL},
    {"int", NULL},
    {"map", NULL},
    {"np", NULL},
    {"lr", NULL},
    {"x", NULL},
    {"l", NULL},
    {"log2", NULL},
    {"log10", NULL},
    {"relu5", NULL},
    {"Conv4D", NULL},
    {"-O4", NULL},
    {"-x", NULL},
    {"brain", NULL},
    {"Sense", NULL},
    {"ense", "Dense"},
    {"belu", NULL},
    {"Transformer", NULL},
    {"", NULL},
    {"_", NULL},
    {"0123456789012345678901234567890123456789012345678901234567890123456789", NULL},
    /* the word itself is no suggestion */
    {"Dense", NULL},
    {"mse", NULL},
};

static const char *name_of(const char *text)
{
    return text ? text : "nothing";
}

int main(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        RtSuggest s = rt_suggest_start(cases[i].name);
        rt_suggest_offer_words(&s, later, true);
        rt_suggest_offer_words(&s, built, false);
        const char *near = rt_suggest_best(&s), *want = cases[i].near;
        if (!CHECK(near && want ? !strcmp(near, want) : near == want))
            fprintf(stderr, "'%s': suggested %s, not %s\n", cases[i].name, name_of(near),
                    name_of(want));
    }
    return check_done();
}
