/* callback_case.h: a callback of an image made by hand: its row's arguments, given as text or as the row has them.
 *
 *     CallbackCase c;
 *     callback_make(&c, "EarlyStopping", "patience=2 mode=max"); */
#ifndef NNLC_TESTS_UNIT_CALLBACK_CASE_H
#define NNLC_TESTS_UNIT_CALLBACK_CASE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ir/defs/vocab.h"
#include "runtime/abi/image.h"

typedef struct CallbackCase {
    ImgCall call;
    ImgArg args[16];
    char texts[16][64];
} CallbackCase;

/* What a name is given in "a=1 b=2"; NULL: nothing. */
static inline const char *callback_given(const char *arguments, const char *name, char *out,
                                         size_t size)
{
    size_t n = strlen(name);
    for (const char *at = arguments; *at; at += strcspn(at, " ") + (at[strcspn(at, " ")] == ' '))
        if (!strncmp(at, name, n) && at[n] == '=') {
            snprintf(out, size, "%.*s", (int)strcspn(at + n + 1, " "), at + n + 1);
            return out;
        }
    return NULL;
}

static inline int64_t callback_choice(const char *words, const char *word)
{
    int64_t i = 0;
    for (; *words && strncmp(words, word, strlen(word)) != 0; i++)
        words += strcspn(words, "|") + 1;
    return i;
}

static inline void callback_make(CallbackCase *c, const char *name, const char *arguments)
{
    const Row *row = vocab_find(VOCAB_callback, name);
    memset(c, 0, sizeof *c);
    c->call = (ImgCall){.name = name, .place = IMG_NONE, .args = {row->n_args, c->args}};
    for (uint32_t i = 0; i < row->n_args; i++) {
        const ArgRow *a = &row->args[i];
        const char *text = callback_given(arguments, a->name, c->texts[i], sizeof c->texts[i]);
        bool choice = a->kind == ARG_CHOICE;
        text = text ? text : a->fallback ? a->fallback : "";
        c->args[i] = (ImgArg){.name = a->name, .text = text, .expr = IMG_NONE};
        c->args[i].none = !choice && !strcmp(text, "none");
        c->args[i].f = choice ? 0 : !strcmp(text, "true") ? 1 : strtod(text, NULL);
        c->args[i].i = choice ? callback_choice(a->range, text) : (int64_t)c->args[i].f;
    }
}

#endif
