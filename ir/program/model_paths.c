/* model_paths.c: the files of models that a program names. */
#include "ir/program/program.h"

static bool callbacks_name(const Command *c, PathTest *test, void *cx)
{
    const ArgValue *list = c->row->id == COMMAND_fit ? &c->settings[ARG_fit_callbacks] : NULL;
    for (uint32_t i = 0; list && !list->none && i < list->n; i++) {
        const Call *call = list->calls[i];
        for (uint32_t k = 0; k < call->row->n_args; k++)
            if (call->row->args[k].kind == ARG_PATH && call->args[k].text &&
                test(cx, call->args[k].text, false))
                return true;
    }
    return false;
}

bool program_loads_model(const Program *p, PathTest *test, void *cx)
{
    for (size_t i = 0; i < p->instances.n; i++)
        if (p->instances.at[i]->file && test(cx, p->instances.at[i]->file, false))
            return true;
    return false;
}

bool program_names_path(const Program *p, PathTest *test, void *cx)
{
    for (size_t i = 0; i < p->commands.n; i++) {
        const Command *c = &p->commands.at[i];
        const Expr *x = c->path_expr;
        const char *given = x && x->op == EX_option ? p->options.at[x->index].value->text : NULL;
        if ((c->path && test(cx, c->path, false)) || (given && test(cx, given, true)) ||
            callbacks_name(c, test, cx))
            return true;
    }
    return false;
}
