/* build.c: nodes of the tree, made bottom up by the actions of the grammar.
 *
 * Keeps the depth of every node and stops where it passes the nesting limit, so that no later walk over
 * the tree can run out of stack. */
#include "parser/build.h"

#include <string.h>

static Ast *node(Parse *p, AstKind kind, Range range)
{
    Ast *a = ARENA_NEW(p->cx->arena, Ast);
    a->kind = kind;
    a->range = range;
    a->depth = 1;
    return a;
}

Ast *build_error(Parse *p, Range range)
{
    return node(p, AST_error, range);
}

void report_depth(Parse *p, Range range)
{
    if (!p->too_deep)
        diag_error(p->cx->diags, range, "nested deeper than %d levels", NESTING_LIMIT);
    p->too_deep = true;
}

/* Takes `child` below `a`; a tree that gets too deep is cut off there. */
static Ast *under(Parse *p, Ast *a, Ast *child)
{
    if (!child || child->depth + 1 <= a->depth)
        return child;
    if (child->depth >= NESTING_LIMIT) {
        report_depth(p, child->range);
        return build_error(p, child->range);
    }
    a->depth = (uint16_t)(child->depth + 1);
    return child;
}

static AstList list_of(Parse *p, Ast *a, const AstVec *list)
{
    AstList out = {NULL, 0};
    if (!list || !list->n)
        return out;
    out.at = ARENA_ARRAY(p->cx->arena, Ast *, list->n);
    out.n = (uint32_t)list->n;
    for (size_t i = 0; i < list->n; i++)
        out.at[i] = under(p, a, list->at[i]);
    return out;
}

AstVec *list_new(Parse *p)
{
    return ARENA_NEW(p->cx->arena, AstVec);
}

AstVec *list_one(Parse *p, Ast *first)
{
    return list_add(p, list_new(p), first);
}

AstVec *list_add(Parse *p, AstVec *list, Ast *next)
{
    if (next)
        vec_push(p->cx->arena, list, next);
    return list;
}

AstVec *list_join(Parse *p, AstVec *list, const AstVec *rest)
{
    for (size_t i = 0; i < rest->n; i++)
        list_add(p, list, rest->at[i]);
    return list;
}

AstVec *list_front(Parse *p, Ast *first, const AstVec *rest)
{
    return list_join(p, list_one(p, first), rest);
}

/* A word after `.` or before `=`: reserved ones are fine. */
static AstName word_of(const Token *t)
{
    return t ? (AstName){t->text, t->range} : (AstName){NULL, {0, 0}};
}

/* A name that is declared: a reserved word is none. */
static AstName name_of(Parse *p, const Token *t)
{
    if (t && t->reserved)
        diag_error(p->cx->diags, t->range, "'%s' is a reserved word and cannot be a name", t->text);
    return word_of(t);
}

Ast *build_file(Parse *p, Range range, const AstVec *items)
{
    Ast *a = node(p, AST_file, range);
    a->u.items = list_of(p, a, items);
    return a;
}

Ast *build_import(Parse *p, Range range, const Token *path, const Token *name)
{
    Ast *a = node(p, AST_import, range);
    a->u.import.path = path->text;
    a->u.import.path_range = path->range;
    a->u.import.name = name_of(p, name);
    return a;
}

/* Declarations have no events. */
static AstVec *without_events(Parse *p, const AstVec *settings)
{
    AstVec *out = list_new(p);
    for (size_t i = 0; i < settings->n; i++)
        if (settings->at[i]->kind != AST_event)
            list_add(p, out, settings->at[i]);
        else
            diag_error(p->cx->diags, settings->at[i]->range,
                       "'on' and lines belong into the settings of a command");
    return out;
}

Ast *build_config(Parse *p, Range range, const AstVec *settings)
{
    Ast *a = node(p, AST_config, range);
    a->u.items = list_of(p, a, without_events(p, settings));
    return a;
}

static Ast *bind(Parse *p, AstKind kind, Range range, AstName name, Ast *value)
{
    Ast *a = node(p, kind, range);
    a->u.bind.name = name;
    a->u.bind.value = under(p, a, value);
    return a;
}

Ast *build_bind(Parse *p, AstKind kind, Range range, const Token *name, Ast *value)
{
    return bind(p, kind, range, name_of(p, name), value);
}

Ast *build_setting(Parse *p, Range range, const Token *name, Ast *value)
{
    return bind(p, AST_setting, range, word_of(name), value);
}

Ast *build_event(Parse *p, Range range, const Token *name, const AstVec *body)
{
    Ast *a = node(p, AST_event, range);
    a->u.loop.name = name_of(p, name);
    a->u.loop.body = list_of(p, a, body);
    return a;
}

Ast *build_argument(Parse *p, Range range, const Token *name, Ast *value)
{
    return bind(p, AST_argument, range, word_of(name), value);
}

Ast *build_parameter(Parse *p, Range range, const Token *name, Ast *value)
{
    return bind(p, AST_parameter, range, name_of(p, name), value);
}

Ast *build_fn(Parse *p, Range range, const Token *name, const AstVec *params, Ast *body)
{
    Ast *a = node(p, AST_fn, range);
    a->u.fn.name = name_of(p, name);
    a->u.fn.params = list_of(p, a, params);
    a->u.fn.body = under(p, a, body);
    return a;
}

/* Is this a line of a fn's body? The last one is its value, those before it are let. */
static bool check_fn_line(Parse *p, const Ast *line, bool last)
{
    bool statement = line->kind == AST_if || line->kind == AST_for;
    if (line->kind == AST_error || (!statement && last == (line->kind != AST_let)))
        return true;
    if (statement)
        diag_error(p->cx->diags, line->range, "the body of a fn takes no '%s'",
                   line->kind == AST_if ? "if" : "for");
    else if (last)
        diag_error(p->cx->diags, line->range, "the last line of a fn must be its value, not 'let'");
    else
        diag_error(p->cx->diags, line->range, "only the last line of a fn is its value");
    if (line->kind == AST_if)
        diag_help(p->cx->diags, "write yes if condition else no, or where(condition, yes, no)");
    else if (!statement && !last)
        diag_help(p->cx->diags, "to name a value, write 'let NAME = ...'");
    return false;
}

Ast *build_fn_block(Parse *p, Range range, const Token *name, const AstVec *params,
                    const AstVec *lines)
{
    bool right = lines->n > 0;
    if (!right) {
        diag_error(p->cx->diags, range, "a fn needs a value");
        diag_help(p->cx->diags, "it is the last line between '{' and '}'");
    }
    for (size_t i = 0; i < lines->n; i++)
        right = check_fn_line(p, lines->at[i], i + 1 == lines->n) && right;
    Ast *a = build_fn(p, range, name, params, right ? vec_last(lines) : build_error(p, range));
    AstVec lets = *lines;
    lets.n = right ? lines->n - 1 : 0;
    a->u.fn.lets = list_of(p, a, &lets);
    return a;
}

Ast *build_data(Parse *p, Range range, const Token *name, Ast *from, const AstVec *settings)
{
    Ast *a = node(p, AST_data, range);
    a->u.data.name = name_of(p, name);
    a->u.data.from = under(p, a, from);
    a->u.data.settings = list_of(p, a, without_events(p, settings));
    return a;
}

Ast *build_model(Parse *p, AstKind kind, Range range, const Token *name, const AstVec *params,
                 const AstVec *body)
{
    Ast *a = node(p, kind, range);
    a->u.model.name = name_of(p, name);
    a->u.model.has_params = params != NULL;
    a->u.model.params = list_of(p, a, params);
    a->u.model.body = list_of(p, a, body);
    return a;
}

Ast *build_if(Parse *p, Range range, Ast *condition, const AstVec *body, const AstVec *else_body)
{
    Ast *a = node(p, AST_if, range);
    a->u.branch.condition = under(p, a, condition);
    a->u.branch.body = list_of(p, a, body);
    a->u.branch.has_else = else_body != NULL;
    a->u.branch.else_body = list_of(p, a, else_body);
    return a;
}

Ast *build_for(Parse *p, Range range, const Token *name, Ast *over, const AstVec *body)
{
    Ast *a = node(p, AST_for, range);
    a->u.loop.name = name_of(p, name);
    a->u.loop.over = under(p, a, over);
    a->u.loop.body = list_of(p, a, body);
    return a;
}

Ast *build_each(Parse *p, Range range, Ast *value, const Token *name, Ast *over, Ast *condition)
{
    Ast *a = node(p, AST_each, range);
    a->u.loop.name = name_of(p, name);
    a->u.loop.value = under(p, a, value);
    a->u.loop.over = under(p, a, over);
    a->u.loop.condition = under(p, a, condition);
    return a;
}

Ast *build_command(Parse *p, Range range, const Token *name, const AstVec *operands,
                   const AstVec *clauses, const AstVec *settings)
{
    Ast *a = node(p, AST_command, range);
    a->u.command.name = word_of(name);
    a->u.command.operands = list_of(p, a, operands);
    a->u.command.clauses = list_of(p, a, clauses);
    a->u.command.has_settings = settings != NULL;
    a->u.command.settings = list_of(p, a, settings);
    return a;
}

Ast *build_clause(Parse *p, Range range, const Token *word, Ast *value, const Token *name)
{
    Ast *a = node(p, AST_clause, range);
    a->u.clause.word = word->text;
    a->u.clause.word_range = word->range;
    a->u.clause.value = under(p, a, value);
    a->u.clause.name = name_of(p, name);
    return a;
}

Ast *build_literal(Parse *p, const Token *token)
{
    static const struct {
        TokenKind token;
        AstKind kind;
    } kinds[] = {{TOK_integer, AST_integer}, {TOK_number, AST_number}, {TOK_string, AST_string},
                 {TOK_yes, AST_bool},        {TOK_no, AST_bool},       {TOK_none, AST_none}};
    size_t i = 0;
    while (kinds[i].token != token->kind)
        i++;
    Ast *a = node(p, kinds[i].kind, token->range);
    if (a->kind == AST_integer)
        a->u.integer = token->integer;
    else if (a->kind == AST_number)
        a->u.number = token->number;
    else if (a->kind == AST_string)
        a->u.string = token->text;
    else if (a->kind == AST_bool)
        a->u.truth = token->kind == TOK_yes;
    return a;
}

Ast *build_strings(Parse *p, const AstVec *strings)
{
    Ast *first = strings->at[0];
    size_t n = 0;
    for (size_t i = 0; i < strings->n; i++)
        n += strlen(strings->at[i]->u.string);
    char *text = ARENA_ARRAY(p->cx->arena, char, n + 1), *end = text;
    for (size_t i = 0; i < strings->n; i++) {
        size_t length = strlen(strings->at[i]->u.string);
        memcpy(end, strings->at[i]->u.string, length);
        end += length;
    }
    Ast *a = node(p, AST_string, range_join(first->range, vec_last(strings)->range));
    a->u.string = text;
    return a;
}

Ast *build_name(Parse *p, const Token *name)
{
    Ast *a = node(p, AST_name, name->range);
    a->u.name = name_of(p, name);
    return a;
}

Ast *build_binary(Parse *p, AstOp op, Range op_range, Ast *a, Ast *b)
{
    Ast *n = node(p, AST_binary, range_join(a->range, b->range));
    n->u.op.op = op;
    n->u.op.op_range = op_range;
    n->u.op.a = under(p, n, a);
    n->u.op.b = under(p, n, b);
    return n;
}

Ast *build_unary(Parse *p, AstOp op, Range op_range, Ast *a)
{
    Ast *n = node(p, AST_unary, range_join(op_range, a->range));
    n->u.op.op = op;
    n->u.op.op_range = op_range;
    n->u.op.a = under(p, n, a);
    return n;
}

Ast *build_compare(Parse *p, AstOp op, Range op_range, Ast *a, Ast *b)
{
    bool chained = a->kind == AST_binary && a->u.op.op >= AST_OP_eq &&
                   a->u.op.op <= AST_OP_not_in && !a->in_brackets;
    if (!chained)
        return build_binary(p, op, op_range, a, b);
    diag_error(p->cx->diags, op_range, "comparisons do not chain");
    diag_help(p->cx->diags, "join two of them by 'and', as in a < b and b < c");
    return build_error(p, range_join(a->range, b->range));
}

Ast *build_brackets(Ast *inner)
{
    inner->in_brackets = true;
    return inner;
}

Ast *build_choose(Parse *p, Ast *yes, Ast *condition, Ast *no)
{
    Ast *a = node(p, AST_choose, range_join(yes->range, no->range));
    a->u.choose.yes = under(p, a, yes);
    a->u.choose.condition = under(p, a, condition);
    a->u.choose.no = under(p, a, no);
    return a;
}

Ast *build_call(Parse *p, Range range, Ast *callee, const AstVec *args)
{
    Ast *a = node(p, AST_call, range);
    a->u.call.callee = under(p, a, callee);
    a->u.call.args = list_of(p, a, args);
    return a;
}

Ast *build_member(Parse *p, Range range, Ast *object, const Token *name)
{
    Ast *a = node(p, AST_member, range);
    a->u.member.object = under(p, a, object);
    a->u.member.name = word_of(name);
    return a;
}

static Ast *pair(Parse *p, AstKind kind, Range range, Ast *first, Ast *second)
{
    Ast *a = node(p, kind, range);
    a->u.pair.a = under(p, a, first);
    a->u.pair.b = under(p, a, second);
    return a;
}

Ast *build_index(Parse *p, Range range, Ast *object, Ast *index)
{
    return pair(p, AST_index, range, object, index);
}

Ast *build_pair(Parse *p, Ast *key, Ast *value)
{
    return pair(p, AST_pair, range_join(key->range, value->range), key, value);
}

Ast *build_items(Parse *p, AstKind kind, Range range, const AstVec *items)
{
    Ast *a = node(p, kind, range);
    a->u.items = list_of(p, a, items);
    return a;
}
