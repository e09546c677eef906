/* names_check.c: looks at the names in what is not elaborated: branches not taken, models and blocks
 * that nobody uses. Only names that nothing could ever mean are reported. */
#include "ir/program/elaborate_internal.h"

static void check(Elab *e, Scope *s, const Ast *a);

static void local(Elab *e, Scope *s, AstName name)
{
    if (name.text)
        scope_value(e, s, (AstName){name.text, {0, 0}}, value_error(name.range), true);
}

static void check_list(Elab *e, Scope *s, const AstList *list)
{
    for (uint32_t i = 0; i < list->n; i++)
        check(e, s, list->at[i]);
}

static void check_params(Elab *e, Scope *s, const AstList *params)
{
    for (uint32_t i = 0; i < params->n; i++) {
        if (params->at[i]->u.bind.value)
            check(e, s, params->at[i]->u.bind.value);
        local(e, s, params->at[i]->u.bind.name);
    }
}

static void check_loop(Elab *e, Scope *s, const Ast *a)
{
    check(e, s, a->u.loop.over);
    s = scope_new(e, s);
    local(e, s, a->u.loop.name);
    check_list(e, s, &a->u.loop.body);
    if (a->u.loop.value)
        check(e, s, a->u.loop.value);
    if (a->u.loop.condition)
        check(e, s, a->u.loop.condition);
}

static void check_command(Elab *e, Scope *s, const Ast *a)
{
    if (!vocab_find(VOCAB_command, a->u.command.name.text))
        report_unknown(e, s, VOCAB_command, a->u.command.name.text, a->u.command.name.range);
    check_list(e, s, &a->u.command.operands);
    check_list(e, s, &a->u.command.clauses);
    check_list(e, s, &a->u.command.settings);
}

static void check_name(Elab *e, Scope *s, const Ast *a)
{
    if (!scope_find(s, a->u.name.text) && !vocab_knows(a->u.name.text) &&
        !classes_is(e, a->u.name.text) && !prelude_find(e, a->u.name.text))
        report_unknown(e, s, N_VOCABS, a->u.name.text, a->range);
}

static void check(Elab *e, Scope *s, const Ast *a)
{
    Scope *inner;
    switch (a->kind) {
    case AST_name:
        check_name(e, s, a);
        break;
    case AST_let:
        check(e, s, a->u.bind.value);
        local(e, s, a->u.bind.name);
        break;
    case AST_setting:
    case AST_argument: /* a bare name may be a word of the place */
        if (a->u.bind.value->kind != AST_name)
            check(e, s, a->u.bind.value);
        else
            scope_find(s, a->u.bind.value->u.name.text);
        break;
    case AST_event:
        check_list(e, scope_new(e, s), &a->u.loop.body);
        break;
    case AST_fn:
        inner = scope_new(e, s);
        check_params(e, inner, &a->u.fn.params);
        check_list(e, inner, &a->u.fn.lets);
        check(e, inner, a->u.fn.body);
        break;
    case AST_if:
        check(e, s, a->u.branch.condition);
        check_list(e, scope_new(e, s), &a->u.branch.body);
        check_list(e, scope_new(e, s), &a->u.branch.else_body);
        break;
    case AST_for:
    case AST_each:
        check_loop(e, s, a);
        break;
    case AST_command:
        check_command(e, s, a);
        break;
    case AST_clause:
        if (a->u.clause.value)
            check(e, s, a->u.clause.value);
        if (!a->u.clause.value || !scope_find(s, a->u.clause.name.text))
            local(e, s, a->u.clause.name);
        break;
    case AST_unary:
    case AST_binary:
        check(e, s, a->u.op.a);
        if (a->u.op.b)
            check(e, s, a->u.op.b);
        break;
    case AST_choose:
        check(e, s, a->u.choose.yes);
        check(e, s, a->u.choose.condition);
        check(e, s, a->u.choose.no);
        break;
    case AST_call:
        check(e, s, a->u.call.callee);
        check_list(e, s, &a->u.call.args);
        break;
    case AST_member:
        check(e, s, a->u.member.object);
        break;
    case AST_index:
    case AST_pair:
        check(e, s, a->u.pair.a);
        check(e, s, a->u.pair.b);
        break;
    case AST_tuple:
    case AST_list:
    case AST_map:
        check_list(e, s, &a->u.items);
        break;
    default: /* literals, errors; declarations cannot stand here */
        break;
    }
}

void names_check(Elab *e, Scope *s, const Ast *a)
{
    check(e, scope_new(e, s), a);
}

void names_check_list(Elab *e, Scope *s, const AstList *list)
{
    check_list(e, scope_new(e, s), list);
}

void names_check_model(Elab *e, Scope *s, const Ast *model)
{
    Scope *inner = scope_new(e, s);
    ModelBody here = {0}, *outer = e->body;
    check_params(e, inner, &model->u.model.params);
    e->body = &here;
    check_list(e, scope_new(e, inner), &model->u.model.body);
    e->body = outer;
}
