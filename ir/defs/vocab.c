/* vocab.c: the tables of the language as constant rows, and the ways to look names up in them.
 *
 * In: every .def file of words. Out: Rows. What a word does is elsewhere, in functions named after its
 * id. */
#include "ir/defs/vocab.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "support/bug.h"

/* The state column. */
enum { BUILT = 0, LATER = 1 };

#define TABLE command
#define TABLE_ID COMMAND
#define TABLE_FILE "runtime/abi/commands.def"
#include "ir/defs/expand_rows.def"

#define TABLE layer
#define TABLE_ID LAYER
#define TABLE_FILE "ir/defs/layers.def"
#include "ir/defs/expand_rows.def"

#define TABLE activation
#define TABLE_ID ACTIVATION
#define TABLE_FILE "ir/defs/activations.def"
#include "ir/defs/expand_rows.def"

#define TABLE initializer
#define TABLE_ID INITIALIZER
#define TABLE_FILE "runtime/abi/initializers.def"
#include "ir/defs/expand_rows.def"

#define TABLE regularizer
#define TABLE_ID REGULARIZER
#define TABLE_FILE "ir/defs/regularizers.def"
#include "ir/defs/expand_rows.def"

#define TABLE constraint
#define TABLE_ID CONSTRAINT
#define TABLE_FILE "ir/defs/constraints.def"
#include "ir/defs/expand_rows.def"

#define TABLE loss
#define TABLE_ID LOSS
#define TABLE_FILE "runtime/abi/losses.def"
#include "ir/defs/expand_rows.def"

#define TABLE metric
#define TABLE_ID METRIC
#define TABLE_FILE "ir/defs/metrics.def"
#include "ir/defs/expand_rows.def"

#define TABLE optimizer
#define TABLE_ID OPTIMIZER
#define TABLE_FILE "runtime/abi/optimizers.def"
#include "ir/defs/expand_rows.def"

#define TABLE schedule
#define TABLE_ID SCHEDULE
#define TABLE_FILE "runtime/abi/schedules.def"
#include "ir/defs/expand_rows.def"

#define TABLE callback
#define TABLE_ID CALLBACK
#define TABLE_FILE "runtime/abi/callbacks.def"
#include "ir/defs/expand_rows.def"

#define TABLE source
#define TABLE_ID SOURCE
#define TABLE_FILE "runtime/abi/sources.def"
#include "ir/defs/expand_rows.def"

#define TABLE transform
#define TABLE_ID TRANSFORM
#define TABLE_FILE "runtime/abi/transforms.def"
#include "ir/defs/expand_rows.def"

#define TABLE function
#define TABLE_ID FUNCTION
#define TABLE_FILE "ir/defs/functions.def"
#include "ir/defs/expand_rows.def"

typedef struct Vocab {
    const char *name, *plural;
    const Row *rows;
    size_t n;
} Vocab;

#define VOCAB(id, plural)                                                                          \
    {                                                                                              \
#id, plural, rows_##id, sizeof rows_##id / sizeof rows_##id[0]                             \
    }
static const Vocab vocabs[N_VOCABS] = {
    [VOCAB_command] = VOCAB(command, "commands"),
    [VOCAB_layer] = VOCAB(layer, "layers"),
    [VOCAB_activation] = VOCAB(activation, "activations"),
    [VOCAB_initializer] = VOCAB(initializer, "initializers"),
    [VOCAB_regularizer] = VOCAB(regularizer, "regularizers"),
    [VOCAB_constraint] = VOCAB(constraint, "constraints"),
    [VOCAB_loss] = VOCAB(loss, "losses"),
    [VOCAB_metric] = VOCAB(metric, "metrics"),
    [VOCAB_optimizer] = VOCAB(optimizer, "optimizers"),
    [VOCAB_schedule] = VOCAB(schedule, "schedules"),
    [VOCAB_callback] = VOCAB(callback, "callbacks"),
    [VOCAB_source] = VOCAB(source, "sources"),
    [VOCAB_transform] = VOCAB(transform, "transforms"),
    [VOCAB_function] = VOCAB(function, "functions"),
};
#undef VOCAB

static const Vocab *vocab_of(VocabKind kind)
{
    nnl_assert((unsigned)kind < N_VOCABS);
    return &vocabs[kind];
}

const char *vocab_name(VocabKind kind)
{
    return vocab_of(kind)->name;
}

const char *vocab_name_plural(VocabKind kind)
{
    return vocab_of(kind)->plural;
}

size_t vocab_count(VocabKind kind)
{
    return vocab_of(kind)->n;
}

const Row *vocab_row(VocabKind kind, size_t i)
{
    const Vocab *v = vocab_of(kind);
    nnl_assert(i < v->n);
    return &v->rows[i];
}

/* Is `name` one of the words of `list`, which are separated by blanks? */
static bool word_in(const char *list, const char *name)
{
    for (const char *word = list; word; word = strchr(word, ' ')) {
        word += *word == ' ';
        size_t n = 0;
        while (name[n] && word[n] == name[n])
            n++;
        if (n && !name[n] && (!word[n] || word[n] == ' '))
            return true;
    }
    return false;
}

/* Asked for every name of a program, in every round of a loop: rows are told apart by a letter. */
const Row *vocab_find(VocabKind kind, const char *name)
{
    const Vocab *v = vocab_of(kind);
    bool any_case = kind == VOCAB_optimizer; /* as in Keras: "ADAM" */
    for (size_t i = 0; i < v->n; i++) {
        const Row *row = &v->rows[i];
        if ((any_case && !strcasecmp(row->name, name)) ||
            (row->name[0] == name[0] && strcmp(row->name, name) == 0) ||
            (*row->aliases && word_in(row->aliases, name)))
            return row;
    }
    return NULL;
}

void vocab_offer(VocabKind kind, RtSuggest *s)
{
    const Vocab *v = vocab_of(kind);
    for (size_t i = 0; i < v->n; i++) {
        rt_suggest_offer_words(s, v->rows[i].name, v->rows[i].later);
        rt_suggest_offer_words(s, v->rows[i].aliases, v->rows[i].later);
    }
}

int row_arg(const Row *row, const char *name)
{
    for (uint32_t i = 0; i < row->n_args; i++)
        if (strcmp(row->args[i].name, name) == 0)
            return (int)i;
    return -1;
}

static const struct {
    const char *row, *name, *now;
} renamed[] = {
    {"LeakyReLU", "alpha", "negative_slope"},
};

int row_arg_renamed(const Row *row, const char *name)
{
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
        if (!strcmp(renamed[i].row, row->name) && !strcmp(renamed[i].name, name))
            return row_arg(row, renamed[i].now);
    return -1;
}

/* What Keras calls an object of the class. */
static const char *object_name(const Row *metric)
{
    return metric->id == METRIC_log_cosh_error   ? "logcosh"
           : metric->id == METRIC_exact_accuracy ? "accuracy"
                                                 : metric->name;
}

const char *call_name(const Row *row, const char *typed)
{
    size_t n = strlen(typed); /* the name of the class is the first alias */
    bool of_class = isupper((unsigned char)typed[0]) && !strncmp(row->aliases, typed, n) &&
                    (row->aliases[n] == ' ' || !row->aliases[n]);
    return row->vocab == VOCAB_metric && of_class ? object_name(row) : typed;
}

void row_class_name(const Row *row, char *buf, size_t size)
{
    const char *at = row->aliases;
    snprintf(buf, size, "%s", row->name);
    while (!isupper((unsigned char)buf[0]) && *at) {
        size_t n = strcspn(at, " ");
        if (isupper((unsigned char)at[0]))
            snprintf(buf, size, "%.*s", (int)n, at);
        at += n + (at[n] == ' ');
    }
}
