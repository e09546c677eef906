/* grammar.y: the grammar of docs/language.md. Each action is one call into parser/build.c. Knows no
 * layer, command or option by name. */
%require "3.8"
%define api.pure full
%define api.prefix {nn_}
%define api.token.prefix {NN_}
%define api.location.type {Range}
%define parse.error custom
%define parse.lac full
%define lr.type ielr
%locations
%param {struct Parse *p}
%expect 0

%code requires {
#include "parser/build.h"
}

%code provides {
int nn_lex(NN_STYPE *value, Range *where, struct Parse *p);
void nn_error(const Range *where, struct Parse *p, const char *message);
}

%code {
#define YYMAXDEPTH 20000
#define YYLLOC_DEFAULT(current, rhs, n)                                                            \
    ((current) = (n) ? range_join(YYRHSLOC(rhs, 1), YYRHSLOC(rhs, n))                              \
                     : (Range){YYRHSLOC(rhs, 0).end, YYRHSLOC(rhs, 0).end})

}

%union {
    Token token;
    Ast *node;
    AstVec *list;
}

%token <token> newline "end of line" name "name" integer "integer" number "number" string "string"
%token <token> lparen "(" rparen ")" lbracket "[" rbracket "]" lbrace "{" rbrace "}"
%token <token> comma "," colon ":" dot "." range ".." assign "=" arrow "=>"
%token <token> plus "+" minus "-" star "*" slash "/" floor_slash "//" percent "%" power "**"
%token <token> equal "==" not_equal "!=" less "<" less_equal "<=" greater ">" greater_equal ">="
%token <token> param "param" option "option" let "let" fn "fn" data "data" import "import"
%token <token> block "block" model "model" config "config" if "if" else "else" for "for" in "in"
%token <token> and "and" or "or" not "not" yes "true" no "false" none "none"
%token <token> on "on" to "to" from "from" as "as"

%destructor { parse_drop_brace(p, &$$); } "{"

%type <node> event item let_item command clause parameter layer else_if layer_else_if
%type <node> setting expr disjunction conjunction negation compare range_expr sum term unary postfix primary literal
%type <node> arg pair
%type <list> strings events items group else_part params params_opt body layers layer_else settings setting_list
%type <list> operands operand_list clauses args arg_list exprs pairs

%%

file: items                          { p->file = build_file(p, @$, $1); }
    ;

items: %empty                        { $$ = list_new(p); }
     | items item newline            { $$ = list_add(p, $1, $2); }
     | items error newline           { yyerrok; $$ = list_add(p, $1, build_error(p, @2)); }
     ;

item: import string                  { $$ = build_import(p, @$, &$2, NULL); }
    | import string as name          { $$ = build_import(p, @$, &$2, &$4); }
    | config settings                { $$ = build_config(p, @$, $2); }
    | param name "=" expr            { $$ = build_bind(p, AST_param, @$, &$2, $4); }
    | option name "=" expr           { $$ = build_bind(p, AST_option, @$, &$2, $4); }
    | let_item
    | fn name "(" params_opt ")" "=" expr { $$ = build_fn(p, @$, &$2, $4, $7); }
    | fn name "(" params_opt ")" body { $$ = build_fn_block(p, @$, &$2, $4, $6); }
    | data settings                  { $$ = build_data(p, @$, NULL, NULL, $2); }
    | data name settings             { $$ = build_data(p, @$, &$2, NULL, $3); }
    | data from expr settings        { $$ = build_data(p, @$, NULL, $3, $4); }
    | data name from expr settings   { $$ = build_data(p, @$, &$2, $4, $5); }
    | data error settings            { yyerrok; $$ = build_error(p, @$); }
    | block name "(" params_opt ")" body { $$ = build_model(p, AST_block, @$, &$2, $4, $6); }
    | block error body               { yyerrok; $$ = build_error(p, @$); }
    | model body                     { $$ = build_model(p, AST_model, @$, NULL, NULL, $2); }
    | model name body                { $$ = build_model(p, AST_model, @$, &$2, NULL, $3); }
    | model "(" params_opt ")" body  { $$ = build_model(p, AST_model, @$, NULL, $3, $5); }
    | model name "(" params_opt ")" body { $$ = build_model(p, AST_model, @$, &$2, $4, $6); }
    | model error body               { yyerrok; $$ = build_error(p, @$); }
    | else_if
    | for name in expr group         { $$ = build_for(p, @$, &$2, $4, $5); }
    | command
    ;

else_if: if expr group               { $$ = build_if(p, @$, $2, $3, NULL); }
       | if expr group else else_part { $$ = build_if(p, @$, $2, $3, $5); }
       ;

else_part: group
         | else_if                   { $$ = list_one(p, $1); }
         ;

let_item: let name "=" expr          { $$ = build_bind(p, AST_let, @$, &$2, $4); }
        ;

group: "{" items "}"                 { (void)$1, $$ = $2; }
     ;

params_opt: %empty                   { $$ = list_new(p); }
          | params
          | params ","
          ;

params: parameter                    { $$ = list_one(p, $1); }
      | params "," parameter         { $$ = list_add(p, $1, $3); }
      ;

parameter: name                      { $$ = build_parameter(p, @$, &$1, NULL); }
         | name "=" expr             { $$ = build_parameter(p, @$, &$1, $3); }
         ;

body: "{" layers "}"                 { (void)$1, $$ = $2; }
    ;

layers: %empty                       { $$ = list_new(p); }
      | layers layer newline         { $$ = list_add(p, $1, $2); }
      | layers layer ","             { $$ = list_add(p, $1, $2); }
      | layers error newline         { yyerrok; $$ = list_add(p, $1, build_error(p, @2)); }
      ;

layer: let_item
     | expr
     | layer_else_if
     | for name in expr body         { $$ = build_for(p, @$, &$2, $4, $5); }
     | name settings                 { $$ = build_command(p, @$, &$1, list_new(p), list_new(p), $2); }
     ;

layer_else_if: if expr body          { $$ = build_if(p, @$, $2, $3, NULL); }
             | if expr body else layer_else { $$ = build_if(p, @$, $2, $3, $5); }
             ;

layer_else: body
          | layer_else_if            { $$ = list_one(p, $1); }
          ;

command: name operands clauses       { $$ = build_command(p, @$, &$1, $2, $3, NULL); }
       | name operands clauses settings { $$ = build_command(p, @$, &$1, $2, $3, $4); }
       ;

operands: %empty                     { $$ = list_new(p); }
        | operand_list
        ;

operand_list: expr                   { $$ = list_one(p, $1); }
            | operand_list "," expr  { $$ = list_add(p, $1, $3); }
            ;

clauses: %empty                      { $$ = list_new(p); }
       | clauses clause              { $$ = list_add(p, $1, $2); }
       ;

clause: on expr                      { $$ = build_clause(p, @$, &$1, $2, NULL); }
      | to expr                      { $$ = build_clause(p, @$, &$1, $2, NULL); }
      | from expr                    { $$ = build_clause(p, @$, &$1, $2, NULL); }
      | as name                      { $$ = build_clause(p, @$, &$1, NULL, &$2); }
      | as name "[" expr "]"         { $$ = build_clause(p, @$, &$1, $4, &$2); }
      ;

settings: "{" setting_list "}"       { (void)$1, $$ = $2; }
        ;

setting_list: %empty                 { $$ = list_new(p); }
            | setting_list setting newline { $$ = list_add(p, $1, $2); }
            | setting_list setting "," { $$ = list_add(p, $1, $2); }
            | setting_list events newline { $$ = list_join(p, $1, $2); }
            | setting_list events ","  { $$ = list_join(p, $1, $2); }
            | setting_list setting events newline { $$ = list_join(p, list_add(p, $1, $2), $3); }
            | setting_list setting events "," { $$ = list_join(p, list_add(p, $1, $2), $3); }
            | setting_list error newline { yyerrok; $$ = list_add(p, $1, build_error(p, @2)); }
            ;

setting: name "=" expr               { $$ = build_setting(p, @$, &$1, $3); }
       ;

/* No line end counts in front of `on`. */
events: event                        { $$ = list_one(p, $1); }
      | events event                 { $$ = list_add(p, $1, $2); }
      ;

event: on name group                 { $$ = build_event(p, @$, &$2, $3); }
     ;

expr: disjunction
    | disjunction if disjunction else expr             { $$ = build_choose(p, $1, $3, $5); }
    | fn "(" params_opt ")" "=>" expr { $$ = build_fn(p, @$, NULL, $3, $6); }
    ;

disjunction: conjunction
           | disjunction "or" conjunction { $$ = build_binary(p, AST_OP_or, @2, $1, $3); }
           ;

conjunction: negation
           | conjunction "and" negation { $$ = build_binary(p, AST_OP_and, @2, $1, $3); }
           ;

negation: compare
        | "not" negation             { $$ = build_unary(p, AST_OP_not, @1, $2); }
        ;

compare: range_expr
       | compare "==" range_expr     { $$ = build_compare(p, AST_OP_eq, @2, $1, $3); }
       | compare "!=" range_expr     { $$ = build_compare(p, AST_OP_ne, @2, $1, $3); }
       | compare "<" range_expr      { $$ = build_compare(p, AST_OP_lt, @2, $1, $3); }
       | compare "<=" range_expr     { $$ = build_compare(p, AST_OP_le, @2, $1, $3); }
       | compare ">" range_expr      { $$ = build_compare(p, AST_OP_gt, @2, $1, $3); }
       | compare ">=" range_expr     { $$ = build_compare(p, AST_OP_ge, @2, $1, $3); }
       | compare "in" range_expr     { $$ = build_compare(p, AST_OP_in, @2, $1, $3); }
       | compare "not" "in" range_expr { $$ = build_compare(p, AST_OP_not_in, @2, $1, $4); }
       ;

range_expr: sum
          | sum ".." sum             { $$ = build_binary(p, AST_OP_range, @2, $1, $3); }
          ;

sum: term
   | sum "+" term                    { $$ = build_binary(p, AST_OP_add, @2, $1, $3); }
   | sum "-" term                    { $$ = build_binary(p, AST_OP_sub, @2, $1, $3); }
   ;

term: unary
    | term "*" unary                 { $$ = build_binary(p, AST_OP_mul, @2, $1, $3); }
    | term "/" unary                 { $$ = build_binary(p, AST_OP_div, @2, $1, $3); }
    | term "//" unary                { $$ = build_binary(p, AST_OP_floordiv, @2, $1, $3); }
    | term "%" unary                 { $$ = build_binary(p, AST_OP_rem, @2, $1, $3); }
    ;

unary: "-" unary                     { $$ = build_unary(p, AST_OP_neg, @1, $2); }
     | postfix
     | postfix "**" unary            { $$ = build_binary(p, AST_OP_pow, @2, $1, $3); }
     ;

postfix: primary
       | postfix "." name            { $$ = build_member(p, @$, $1, &$3); }
       | postfix "(" args ")"        { $$ = build_call(p, @$, $1, $3); }
       | postfix "[" expr "]"        { $$ = build_index(p, @$, $1, $3); }
       ;

args: %empty                         { $$ = list_new(p); }
    | arg_list
    | arg_list ","
    ;

arg_list: arg                        { $$ = list_one(p, $1); }
        | arg_list "," arg           { $$ = list_add(p, $1, $3); }
        ;

arg: expr                            { $$ = build_argument(p, @$, NULL, $1); }
   | name "=" expr                   { $$ = build_argument(p, @$, &$1, $3); }
   ;

primary: literal
       | name                        { $$ = build_name(p, &$1); }
       | "(" expr ")"                { $$ = build_brackets($2); }
       | "(" ")"                     { $$ = build_items(p, AST_tuple, @$, NULL); }
       | "(" expr "," ")"            { $$ = build_items(p, AST_tuple, @$, list_one(p, $2)); }
       | "(" expr "," exprs ")"      { $$ = build_items(p, AST_tuple, @$, list_front(p, $2, $4)); }
       | "(" expr "," exprs "," ")"  { $$ = build_items(p, AST_tuple, @$, list_front(p, $2, $4)); }
       | "[" "]"                     { $$ = build_items(p, AST_list, @$, NULL); }
       | "[" exprs "]"               { $$ = build_items(p, AST_list, @$, $2); }
       | "[" exprs "," "]"           { $$ = build_items(p, AST_list, @$, $2); }
       | "[" pairs "]"               { $$ = build_items(p, AST_map, @$, $2); }
       | "[" pairs "," "]"           { $$ = build_items(p, AST_map, @$, $2); }
       | "[" expr for name in disjunction "]" { $$ = build_each(p, @$, $2, &$4, $6, NULL); }
       | "[" expr for name in disjunction if expr "]" { $$ = build_each(p, @$, $2, &$4, $6, $8); }
       ;

exprs: expr                          { $$ = list_one(p, $1); }
     | exprs "," expr                { $$ = list_add(p, $1, $3); }
     ;

pairs: pair                          { $$ = list_one(p, $1); }
     | pairs "," pair                { $$ = list_add(p, $1, $3); }
     ;

pair: expr ":" expr                  { $$ = build_pair(p, $1, $3); }
    ;

literal: integer                     { $$ = build_literal(p, &$1); }
       | number                      { $$ = build_literal(p, &$1); }
       | string                      { $$ = build_literal(p, &$1); }
       | strings                     { $$ = build_strings(p, $1); }
       | yes                         { $$ = build_literal(p, &$1); }
       | no                          { $$ = build_literal(p, &$1); }
       | none                        { $$ = build_literal(p, &$1); }
       ;

strings: string string               { $$ = list_add(p, list_one(p, build_literal(p, &$1)), build_literal(p, &$2)); }
       | strings string              { $$ = list_add(p, $1, build_literal(p, &$2)); }
       ;

%%

int nn_lex(NN_STYPE *value, Range *where, struct Parse *p)
{
    p->before = p->now;
    p->filter.unclosed.kind = TOK_end;
    p->now = filter_next(&p->filter);
    value->token = p->now;
    *where = p->now.range;
    return p->now.kind;
}

static int yyreport_syntax_error(const yypcontext_t *cx, struct Parse *p)
{
    yysymbol_kind_t expected[YYNTOKENS];
    const char *names[PARSE_MOST_EXPECTED];
    int n = yypcontext_expected_tokens(cx, expected, YYNTOKENS);
    for (int i = 0; i < n && i < PARSE_MOST_EXPECTED; i++)
        names[i] = yysymbol_name(expected[i]);
    parse_syntax_error(p, *yypcontext_location(cx), names, n);
    return 0;
}
