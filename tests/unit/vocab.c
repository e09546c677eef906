/* Vocabulary: every row of every table can be found, and says what it must. */
#include "ir/defs/vocab.h"

#include "tests/unit/check.h"

static void check_arg(const Row *row, uint32_t i)
{
    const ArgRow *arg = &row->args[i];
    CHECK_EQ_INT(row_arg(row, arg->name), i);
    CHECK(arg->doc && *arg->doc);
    CHECK(arg->range != NULL);
    CHECK(arg->kind <= ARG_VALUE);
    if (arg->kind != ARG_CHOICE || (arg->fallback && !strcmp(arg->fallback, "none")))
        return;
    const char *at = arg->fallback ? strstr(arg->range, arg->fallback) : NULL;
    if (!CHECK(at != NULL))
        fprintf(stderr, "the default of '%s' in '%s' is no choice\n", arg->name, row->name);
}

static void check_aliases(VocabKind kind, const Row *row)
{
    char words[256];
    CHECK(strlen(row->aliases) < sizeof words);
    snprintf(words, sizeof words, "%s", row->aliases);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        CHECK(vocab_find(kind, word) == row);
}

static void check_table(VocabKind kind)
{
    CHECK(vocab_count(kind) > 0);
    CHECK(strncmp(vocab_name_plural(kind), vocab_name(kind), 3) == 0);
    for (size_t i = 0; i < vocab_count(kind); i++) {
        const Row *row = vocab_row(kind, i);
        CHECK_EQ_INT(row->vocab, kind);
        CHECK_EQ_INT(row->id, i);
        CHECK(vocab_find(kind, row->name) == row);
        CHECK(row->doc && *row->doc);
        check_aliases(kind, row);
        for (uint32_t k = 0; k < row->n_args; k++)
            check_arg(row, k);
    }
    CHECK(vocab_find(kind, "no such word") == NULL);
    CHECK(vocab_find(kind, "") == NULL);
}

static void check_ids(void)
{
    const Row *dense = vocab_find(VOCAB_layer, "Dense");
    CHECK_EQ_INT(dense->id, LAYER_Dense);
    CHECK_STR(dense->args[ARG_Dense_units].name, "units");
    CHECK_STR(dense->args[ARG_Dense_kernel_initializer].fallback, "glorot_uniform");
    CHECK_EQ_INT(vocab_find(VOCAB_metric, "MSE")->id, METRIC_mean_squared_error);
    CHECK_EQ_INT(vocab_find(VOCAB_loss, "SparseCategoricalCrossentropy")->id,
                 LOSS_sparse_categorical_crossentropy);
    CHECK_EQ_INT(vocab_find(VOCAB_optimizer, "adam")->id, OPTIMIZER_Adam);
    CHECK(vocab_find(VOCAB_layer, "LSTM")->later);
    CHECK(!dense->later);
    CHECK_EQ_INT(row_arg(dense, "unit"), -1);
}

static void check_near(VocabKind kind, const char *name, const char *near, bool later)
{
    RtSuggest s = rt_suggest_start(name);
    vocab_offer(kind, &s);
    CHECK_STR(rt_suggest_best(&s), near);
    CHECK_STR(rt_suggest_state(&s), later ? " (not built yet)" : "");
}

static void check_suggestions(void)
{
    check_near(VOCAB_layer, "Dens", "Dense", false);
    check_near(VOCAB_layer, "Flaten", "Flatten", false);
    check_near(VOCAB_layer, "Conv2d", "Conv2D", true);
    check_near(VOCAB_activation, "rleu", "relu", false);
    check_near(VOCAB_loss, "mes", "mse", false);
    check_near(VOCAB_layer, "xyzzy_plugh", NULL, false);
}

int main(void)
{
    for (int kind = 0; kind < N_VOCABS; kind++)
        check_table((VocabKind)kind);
    check_ids();
    check_suggestions();
    return check_done();
}
