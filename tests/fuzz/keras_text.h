/* keras_text.h: what must hold of a text that ir/keras makes of any bytes, for the fuzz target and the unit test. */
#ifndef NNLC_TESTS_FUZZ_KERAS_TEXT_H
#define NNLC_TESTS_FUZZ_KERAS_TEXT_H

#include <string.h>

#include "ir/keras/keras.h"
#include "lexer/lexer.h"
#include "parser/parser.h"

static inline bool keras_text_is_shown(const char *message)
{
    bool shown = message && *message;
    for (const char *c = message; shown && *c; c++)
        shown = (unsigned char)*c >= 0x20 && *c != 0x7f;
    return shown;
}

/* Nothing but models, and one compile behind them: no name of a file can write lines of its own. */
static inline const char *keras_text_wrong_items(const Ast *file)
{
    uint32_t commands = 0;
    const AstList *items = &file->u.items;
    for (uint32_t i = 0; i < items->n; i++) {
        const Ast *a = items->at[i];
        bool is_compile = a->kind == AST_command && !strcmp(a->u.command.name.text, "compile");
        if (a->kind != AST_model && a->kind != AST_let && !is_compile)
            return "a line that is no model and no compile";
        commands += a->kind == AST_command;
    }
    return commands > 1 || !items->n ? "another number of commands than one" : NULL;
}

/* NULL: all is as it must be. *right: a text was made. */
static inline const char *keras_text_wrong(const KerasConfig *config, bool *right)
{
    Arena *arena = arena_open();
    Interner *names = interner_new(arena);
    SourceMap *sources = source_map_new(arena);
    Diags *diags = diag_new(arena, sources);
    StrBuf text = {0};
    KerasWarnings warnings = {0};
    const char *message = NULL, *wrong = NULL;
    *right = keras_text(arena, config, &text, &warnings, &message);
    if (!*right && !keras_text_is_shown(message))
        wrong = "a message that cannot be shown";
    for (size_t i = 0; i < warnings.n; i++)
        if (!keras_text_is_shown(warnings.at[i]))
            wrong = "a warning that cannot be shown";
    if (*right) {
        LexCx cx = {arena, names, diags, NULL};
        const Source *source = source_add(sources, "made.nn", text.text, text.n);
        const Ast *file = parse(&cx, lex(&cx, source));
        wrong = diag_errors(diags) ? "a text that cannot be parsed" : keras_text_wrong_items(file);
    }
    strbuf_close(&text);
    arena_close(arena);
    return wrong;
}

#endif
