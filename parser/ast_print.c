/* ast_print.c: --emit=ast: one line per node, children indented. */
#include <string.h>

#include "parser/ast.h"

static const char *const kind_text[] = {
#define AST(id, text) text,
#include "parser/ast.def"
};

const char *ast_op_text(AstOp op)
{
    static const char *const texts[] = {
#define AST_OP(id, text) text,
#include "parser/ast.def"
    };
    return texts[op];
}

typedef struct Printer {
    StrBuf *out;
    int depth;
} Printer;

static void print_node(Printer *p, const Ast *a);

static void indent(Printer *p)
{
    for (int i = 0; i < p->depth; i++)
        strbuf_add(p->out, "  ");
}

static void print_list(Printer *p, const AstList *list)
{
    for (uint32_t i = 0; i < list->n; i++)
        print_node(p, list->at[i]);
}

/* A heading with a list below it. */
static void print_part(Printer *p, const char *title, const AstList *list)
{
    indent(p);
    strbuf_printf(p->out, "%s:\n", title);
    p->depth++;
    print_list(p, list);
    p->depth--;
}

static void print_one(Printer *p, const char *title, const Ast *a)
{
    Ast *at[1] = {(Ast *)(uintptr_t)a};
    print_part(p, title, &(AstList){at, a ? 1u : 0u});
}

static void quoted(Printer *p, const char *text)
{
    strbuf_char(p->out, ' ');
    strbuf_quote(p->out, text, strlen(text));
}

static void named(Printer *p, AstName name)
{
    if (name.text)
        strbuf_printf(p->out, " %s", name.text);
}

/* What stands on the node's own line, after its kind. */
static void print_head(Printer *p, const Ast *a)
{
    switch (a->kind) {
    case AST_import:
        quoted(p, a->u.import.path);
        if (a->u.import.name.text)
            strbuf_printf(p->out, " as %s", a->u.import.name.text);
        break;
    case AST_param:
    case AST_option:
    case AST_let:
    case AST_setting:
    case AST_argument:
    case AST_parameter:
        named(p, a->u.bind.name);
        break;
    case AST_fn:
        named(p, a->u.fn.name);
        break;
    case AST_data:
        named(p, a->u.data.name);
        break;
    case AST_block:
    case AST_model:
        named(p, a->u.model.name);
        break;
    case AST_for:
    case AST_each:
    case AST_event:
        named(p, a->u.loop.name);
        break;
    case AST_command:
        named(p, a->u.command.name);
        break;
    case AST_clause:
        strbuf_printf(p->out, " %s", a->u.clause.word);
        named(p, a->u.clause.name);
        break;
    case AST_integer:
        strbuf_printf(p->out, " %lld", (long long)a->u.integer);
        break;
    case AST_number:
        strbuf_char(p->out, ' ');
        strbuf_double(p->out, a->u.number);
        break;
    case AST_string:
        quoted(p, a->u.string);
        break;
    case AST_bool:
        strbuf_add(p->out, a->u.truth ? " true" : " false");
        break;
    case AST_name:
        named(p, a->u.name);
        break;
    case AST_unary:
    case AST_binary:
        strbuf_printf(p->out, " %s", ast_op_text(a->u.op.op));
        break;
    case AST_member:
        strbuf_printf(p->out, " .%s", a->u.member.name.text);
        break;
    case AST_error:
    case AST_file:
    case AST_config:
    case AST_if:
    case AST_none:
    case AST_choose:
    case AST_call:
    case AST_index:
    case AST_tuple:
    case AST_list:
    case AST_map:
    case AST_pair:
        break;
    }
}

/* Children of declarations and statements; false: `a` is none. */
static bool print_statement(Printer *p, const Ast *a)
{
    switch (a->kind) {
    case AST_data:
        if (a->u.data.from)
            print_one(p, "from", a->u.data.from);
        print_list(p, &a->u.data.settings);
        return true;
    case AST_block:
    case AST_model:
        print_list(p, &a->u.model.params);
        print_part(p, "body", &a->u.model.body);
        return true;
    case AST_if:
        print_node(p, a->u.branch.condition);
        print_part(p, "then", &a->u.branch.body);
        if (a->u.branch.has_else)
            print_part(p, "else", &a->u.branch.else_body);
        return true;
    case AST_for:
        print_one(p, "in", a->u.loop.over);
        print_part(p, "body", &a->u.loop.body);
        return true;
    case AST_event:
        print_list(p, &a->u.loop.body);
        return true;
    case AST_command:
        print_list(p, &a->u.command.operands);
        print_list(p, &a->u.command.clauses);
        print_list(p, &a->u.command.settings);
        return true;
    case AST_clause:
        if (a->u.clause.value)
            print_node(p, a->u.clause.value);
        return true;
    default: /* the others */
        return false;
    }
}

static void print_children(Printer *p, const Ast *a)
{
    switch (a->kind) {
    case AST_file:
    case AST_config:
    case AST_tuple:
    case AST_list:
    case AST_map:
        print_list(p, &a->u.items);
        break;
    case AST_param:
    case AST_option:
    case AST_let:
    case AST_setting:
    case AST_argument:
    case AST_parameter:
        if (a->u.bind.value)
            print_node(p, a->u.bind.value);
        break;
    case AST_fn:
        print_list(p, &a->u.fn.params);
        print_list(p, &a->u.fn.lets);
        print_one(p, "body", a->u.fn.body);
        break;
    case AST_each:
        print_node(p, a->u.loop.value);
        print_one(p, "in", a->u.loop.over);
        if (a->u.loop.condition)
            print_one(p, "if", a->u.loop.condition);
        break;
    case AST_unary:
    case AST_binary:
        print_node(p, a->u.op.a);
        if (a->u.op.b)
            print_node(p, a->u.op.b);
        break;
    case AST_choose:
        print_node(p, a->u.choose.yes);
        print_node(p, a->u.choose.condition);
        print_node(p, a->u.choose.no);
        break;
    case AST_call:
        print_node(p, a->u.call.callee);
        print_list(p, &a->u.call.args);
        break;
    case AST_member:
        print_node(p, a->u.member.object);
        break;
    case AST_index:
    case AST_pair:
        print_node(p, a->u.pair.a);
        print_node(p, a->u.pair.b);
        break;
    default: /* leaves */
        break;
    }
}

static void print_node(Printer *p, const Ast *a)
{
    indent(p);
    strbuf_add(p->out, kind_text[a->kind]);
    print_head(p, a);
    strbuf_char(p->out, '\n');
    p->depth++;
    if (!print_statement(p, a))
        print_children(p, a);
    p->depth--;
}

void ast_print(StrBuf *out, const Ast *node)
{
    print_node(&(Printer){out, 0}, node);
}
