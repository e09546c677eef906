/* parser.h: tokens -> Ast. */
#ifndef NNLC_PARSER_PARSER_H
#define NNLC_PARSER_PARSER_H

#include "lexer/lexer.h"
#include "parser/ast.h"

/* Always gives a tree; what was wrong is in cx->diags. */
Ast *parse(const LexCx *cx, const Tokens *tokens);

#endif
