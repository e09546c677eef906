/* parser.c: runs the generated parser over the filtered tokens. */
#include "parser/parser.h"

#include <string.h>

#include "parser/build.h"
#include "parser/grammar.h"
#include "support/bug.h"

/* The scanner and the grammar number tokens alike. */
#define TOKEN(id, text) _Static_assert((int)TOK_##id == (int)NN_##id, "order of " text);
#include "lexer/tokens.def"

void nn_error(const Range *where, struct Parse *p, const char *message)
{
    if (strcmp(message, "memory exhausted") != 0)
        nnl_bug("parser: %s", message);
    report_depth(p, *where);
}

Ast *parse(const LexCx *cx, const Tokens *tokens)
{
    Parse p = {.cx = cx, .filter = filter_start(tokens, cx->arena, cx->diags)};
    nn_parse(&p);
    return p.file ? p.file : build_file(&p, (Range){0, 0}, NULL);
}
