/* keras_internal.h: what the files of ir/keras share while one model is read. */
#ifndef NNLC_IR_KERAS_KERAS_INTERNAL_H
#define NNLC_IR_KERAS_KERAS_INTERNAL_H

#include "ir/defs/vocab.h"
#include "ir/keras/json.h"
#include "ir/keras/keras.h"

typedef Vec(const char *) Texts;

/* A word with its arguments, each as text: Dense(100, activation=relu). */
typedef struct CallText {
    const char *name;
    bool is_layer; /* written with parentheses, whatever is in them */
    Texts args;
} CallText;

/* A nested model that was met before, by the number that Keras gives to shared objects. */
typedef struct SharedModel {
    int64_t id;
    const char *name; /* as our text calls it; NULL: a layer */
} SharedModel;

typedef struct Keras {
    Arena *arena;
    StrBuf *out;
    const char *where; /* "layer 'dense' (Dense)" */
    const char *fault; /* the first one, or NULL */
    KerasWarnings *warnings;
    Texts names; /* of models, as the text calls them */
    Vec(SharedModel) shared;
    int depth;
    bool has_input; /* the model that was read last declares its input */
} Keras;

/* ---- object.c ---- */
/* Notes what is wrong, behind where it is; the first fault stays. Returns false. */
bool keras_fail(Keras *k, const char *format, ...) NNLC_PRINTF(2, 3);
void keras_warn(Keras *k, const char *format, ...) NNLC_PRINTF(2, 3);
/* The row of an object of the vocabulary; NULL after errors. */
const Row *keras_row(Keras *k, VocabKind vocab, const char *name, const Json *object);
/* The word with the arguments that differ from their defaults; `config` may be NULL. False after errors. */
bool keras_call(Keras *k, const Row *row, const Json *config, CallText *out);
/* An object as one text: "l2(0.001)"; NULL after errors. */
const char *keras_word(Keras *k, VocabKind vocab, const Json *v);
const char *call_flat(Keras *k, const CallText *call);
/* dense, dense_1: a name that Keras gave by itself. */
bool keras_is_numbered(const char *name, const char *base);

/* ---- value.c ---- */
/* A value of an argument as text; NULL after errors. */
const char *keras_value(Keras *k, const ArgRow *arg, const Json *v);
/* Do both texts mean the same: equal words, or equal numbers? */
bool texts_agree(const char *a, const char *b);
/* "text"; NULL after an error: control characters. */
const char *keras_quoted(Keras *k, const char *text);

/* ---- compile.c ---- */
/* Adds the compile block; settings that cannot be said give a warning instead. */
void keras_compile(Keras *k, const char *model, const Json *settings);

/* ---- layout.c ---- */
/* A line "PREFIX word(args)SUFFIX", broken where it is longer than a line should be. */
void layout_call(StrBuf *out, int indent, const char *prefix, const CallText *call,
                 const char *suffix);

#endif
