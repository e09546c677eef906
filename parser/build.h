/* build.h: what the actions of the grammar call: one function per construct. */
#ifndef NNLC_PARSER_BUILD_H
#define NNLC_PARSER_BUILD_H

#include "lexer/filter.h"
#include "parser/ast.h"
#include "support/vec.h"

typedef struct Parse {
    const LexCx *cx;
    Filter filter;
    Ast *file;
    Token now, before; /* handed to the parser last, and the one before it */
    bool too_deep;     /* said so */
} Parse;

/* One message for all of a file: what is nested deeply is cut off in many places. */
void report_depth(Parse *p, Range range);

typedef Vec(Ast *) AstVec;

AstVec *list_new(Parse *p);
AstVec *list_one(Parse *p, Ast *first);
AstVec *list_add(Parse *p, AstVec *list, Ast *next);
AstVec *list_join(Parse *p, AstVec *list, const AstVec *rest);
AstVec *list_front(Parse *p, Ast *first, const AstVec *rest);

Ast *build_file(Parse *p, Range range, const AstVec *items);
Ast *build_error(Parse *p, Range range);
Ast *build_import(Parse *p, Range range, const Token *path, const Token *name);
Ast *build_config(Parse *p, Range range, const AstVec *settings);
/* param, option, let: name = value. A reserved word as name is reported. */
Ast *build_bind(Parse *p, AstKind kind, Range range, const Token *name, Ast *value);
Ast *build_fn(Parse *p, Range range, const Token *name, const AstVec *params, Ast *body);
/* fn name(x) { let …; value } */
Ast *build_fn_block(Parse *p, Range range, const Token *name, const AstVec *params,
                    const AstVec *lines);
Ast *build_data(Parse *p, Range range, const Token *name, Ast *from, const AstVec *settings);
Ast *build_model(Parse *p, AstKind kind, Range range, const Token *name, const AstVec *params,
                 const AstVec *body);
Ast *build_if(Parse *p, Range range, Ast *condition, const AstVec *body, const AstVec *else_body);
Ast *build_for(Parse *p, Range range, const Token *name, Ast *over, const AstVec *body);
Ast *build_command(Parse *p, Range range, const Token *name, const AstVec *operands,
                   const AstVec *clauses, const AstVec *settings);
Ast *build_clause(Parse *p, Range range, const Token *word, Ast *value, const Token *name);
Ast *build_event(Parse *p, Range range, const Token *name, const AstVec *body);
Ast *build_setting(Parse *p, Range range, const Token *name, Ast *value);
Ast *build_argument(Parse *p, Range range, const Token *name, Ast *value);
Ast *build_parameter(Parse *p, Range range, const Token *name, Ast *value);

Ast *build_literal(Parse *p, const Token *token);
/* Strings side by side are one. */
Ast *build_strings(Parse *p, const AstVec *strings);
Ast *build_name(Parse *p, const Token *name);
Ast *build_binary(Parse *p, AstOp op, Range op_range, Ast *a, Ast *b);
Ast *build_unary(Parse *p, AstOp op, Range op_range, Ast *a);
Ast *build_choose(Parse *p, Ast *yes, Ast *condition, Ast *no);
Ast *build_call(Parse *p, Range range, Ast *callee, const AstVec *args);
Ast *build_member(Parse *p, Range range, Ast *object, const Token *name);
Ast *build_index(Parse *p, Range range, Ast *object, Ast *index);
Ast *build_pair(Parse *p, Ast *key, Ast *value);
/* tuple, list, map */
Ast *build_items(Parse *p, AstKind kind, Range range, const AstVec *items);
Ast *build_each(Parse *p, Range range, Ast *value, const Token *name, Ast *over, Ast *condition);
/* ( inner ): keeps its place, and that it is one operand. */
Ast *build_brackets(Ast *inner);
/* A comparison; a < b < c is reported and gives a poisoned node. */
Ast *build_compare(Parse *p, AstOp op, Range op_range, Ast *a, Ast *b);

enum { PARSE_MOST_EXPECTED = 64 };
/* In parser/errors.c: tells what stands where something else was expected; `names` are token texts. */
void parse_syntax_error(Parse *p, Range where, const char *const *names, int n);
/* In parser/habits.c: a help for what people of other languages write; false if there is none. */
bool parse_habit(Parse *p, const char *const *names, int n);
/* After a syntax error: the parser threw `brace` away, so what it groups goes, too. */
void parse_drop_brace(Parse *p, const Token *brace);

#endif
