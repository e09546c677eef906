/* ast.h: the text as a tree: what stands where, nothing about what it means.
 *
 * Every node has its place. After a syntax error the tree holds AST_error where something could not be
 * read; later stages pass over it in silence, since the error was reported. */
#ifndef NNLC_PARSER_AST_H
#define NNLC_PARSER_AST_H

#include <stdbool.h>
#include <stdint.h>

#include "support/source.h"
#include "support/strbuf.h"

typedef enum {
#define AST(id, text) AST_##id,
#include "parser/ast.def"
} AstKind;

typedef enum {
#define AST_OP(id, text) AST_OP_##id,
#include "parser/ast.def"
} AstOp;

typedef struct Ast Ast;

typedef struct AstName {
    const char *text; /* interned; NULL where the text gives no name */
    Range range;
} AstName;

typedef struct AstList {
    Ast **at;
    uint32_t n;
} AstList;

struct Ast {
    AstKind kind;
    uint16_t depth; /* of the tree below it */
    bool in_brackets;
    Range range;
    union {
        AstList items; /* file, config, tuple, list, map (of pairs) */
        struct {
            const char *path;
            Range path_range;
            AstName name;
        } import;
        struct { /* param, option, let, setting, argument (a positional one has no name),
                    parameter (without default: value NULL) */
            AstName name;
            Ast *value;
        } bind;
        struct { /* fn, also without a name as a value */
            AstName name;
            AstList params;
            AstList lets; /* in { }, before the body */
            Ast *body;
        } fn;
        struct {
            AstName name;
            Ast *from; /* or NULL */
            AstList settings;
        } data;
        struct { /* block, model */
            AstName name;
            bool has_params;
            AstList params, body;
        } model;
        struct { /* if: else_body of `else if` is the one AST_if */
            Ast *condition;
            AstList body, else_body;
            bool has_else;
        } branch;
        struct { /* for; event: name, body; each: [value for name in over if condition] */
            AstName name;
            Ast *over;
            AstList body;
            Ast *value, *condition;
        } loop;
        struct {
            AstName name;
            AstList operands, clauses, settings;
            bool has_settings;
        } command;
        struct {
            const char
                *word; /* "on", "to", "from": value; "as": name, and a key as value or NULL */
            Range word_range;
            Ast *value;
            AstName name;
        } clause;
        int64_t integer;
        double number;
        const char *string;
        bool truth;
        AstName name;
        struct { /* unary: b is NULL */
            AstOp op;
            Range op_range;
            Ast *a, *b;
        } op;
        struct { /* choose: yes if condition else no */
            Ast *yes, *condition, *no;
        } choose;
        struct {
            Ast *callee;
            AstList args; /* AST_argument */
        } call;
        struct {
            Ast *object;
            AstName name;
        } member;
        struct { /* index, pair */
            Ast *a, *b;
        } pair;
    } u;
};

const char *ast_op_text(AstOp op);
/* Where in the program the bytes begin .. end of a string stand; the whole string if that cannot be told. */
Range ast_string_part(const SourceMap *map, const Ast *string, size_t begin, size_t end);
/* --emit=ast: a stable text that shows the whole structure. */
void ast_print(StrBuf *out, const Ast *node);

#endif
