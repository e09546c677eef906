/* Did-you-mean: what is offered for a slip, and what is too far away to be offered. */
#include "support/suggest.h"

#include "tests/unit/check.h"

static const char *const vocabulary[] = {
    "Dense",
    "Dropout",
    "BatchNormalization",
    "Flatten",
    "Reshape",
    "Adam",
    "Adamax",
    "SGD",
    "RMSprop",
    "relu",
    "selu",
    "gelu",
    "elu",
    "softmax",
    "softplus",
    "epochs",
    "lr",
    "accuracy",
    "sparse_categorical_crossentropy",
    "categorical_crossentropy",
    "binary_crossentropy",
};

static const char *suggested(const char *name)
{
    Suggest s = suggest_start(name);
    for (size_t i = 0; i < sizeof vocabulary / sizeof *vocabulary; i++)
        suggest_offer(&s, vocabulary[i]);
    return suggest_best(&s);
}

int main(void)
{
    CHECK_STR(suggested("Dens"), "Dense");
    CHECK_STR(suggested("dense"), "Dense");
    CHECK_STR(suggested("Desne"), "Dense");
    CHECK_STR(suggested("Dropuot"), "Dropout");
    CHECK_STR(suggested("adam"), "Adam");
    CHECK_STR(suggested("sgd"), "SGD");
    CHECK_STR(suggested("rms_prop"), "RMSprop");
    CHECK_STR(suggested("rellu"), "relu");
    CHECK_STR(suggested("epoch"), "epochs");
    CHECK_STR(suggested("acuracy"), "accuracy");
    CHECK_STR(suggested("BatchNorm"), "BatchNormalization");
    CHECK_STR(suggested("SparseCategoricalCrossentropy"), "sparse_categorical_crossentropy");
    CHECK_STR(suggested("catgorical_crossentropy"), "categorical_crossentropy");
    CHECK_STR(suggested("Transformer"), NULL);
    CHECK_STR(suggested("x"), NULL);
    CHECK_STR(suggested(""), NULL);
    CHECK_STR(suggested("0123456789012345678901234567890123456789012345678901234567890123456789"),
              NULL);
    return check_done();
}
