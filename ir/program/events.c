/* events.c: lines at an event of a fit: `on epoch_end { print r.loss }`. They become commands behind the fit, over which
 * the run jumps; the fit runs them when the event comes. */
#include <string.h>

#include "ir/program/elaborate_internal.h"

static const struct {
    const char *name, *doc;
} events[] = {
#define EVENT(id, doc) {#id, doc},
#include "runtime/abi/events.def"
};

enum { N_EVENTS = sizeof events / sizeof *events };

const char *event_name(uint32_t event)
{
    return events[event].name;
}

bool event_refuses(Elab *e, const Ast *a)
{
    static const char *const allowed[] = {"print", "expect", "save", "plot", "show", "stop"};
    if (!e->event || a->kind == AST_if || a->kind == AST_error)
        return false;
    for (size_t i = 0; a->kind == AST_command && i < sizeof allowed / sizeof *allowed; i++)
        if (!strcmp(a->u.command.name.text, allowed[i]))
            return false;
    diag_error(e->diags, a->kind == AST_command ? a->u.command.name.range : a->range,
               "this cannot stand in the lines of 'on %s'", e->event);
    diag_help(e->diags, "they may hold print, expect, save, plot, show, stop, and if around these");
    return true;
}

bool events_refuse(Elab *e, const Row *row, const Ast *command)
{
    const AstList *settings = &command->u.command.settings;
    for (uint32_t i = 0; i < settings->n; i++)
        if (settings->at[i]->kind == AST_event) {
            diag_error(e->diags, settings->at[i]->u.loop.name.range,
                       "'%s' has no events; 'on' belongs into the settings of 'fit'", row->name);
            return true;
        }
    return false;
}

static bool find_event(Elab *e, AstName name, uint32_t *out)
{
    RtSuggest best = rt_suggest_start(name.text);
    const char *all = "";
    for (uint32_t i = 0; i < N_EVENTS; i++) {
        *out = i;
        if (!strcmp(events[i].name, name.text))
            return true;
        rt_suggest_offer(&best, events[i].name);
        all = arena_printf(e->arena, "%s%s%s", all, i ? ", " : "", events[i].name);
    }
    const char *near = rt_suggest_best(&best);
    diag_error(e->diags, name.range,
               near ? "there is no event '%s'; did you mean '%s'?" : "there is no event '%s'",
               name.text, near);
    diag_help(e->diags, "the events of a fit are %s", all);
    return false;
}

static bool one_event(Elab *e, Scope *s, const Ast *a, EventLines *out)
{
    if (!find_event(e, a->u.loop.name, &out->event)) {
        names_check_list(e, s, &a->u.loop.body);
        return false;
    }
    const char *outer = e->event;
    e->event = events[out->event].name;
    out->begin = (uint32_t)e->p->commands.n;
    items_run(e, scope_new(e, s), &a->u.loop.body);
    out->end = (uint32_t)e->p->commands.n;
    e->event = outer;
    return true;
}

bool event_lines(Elab *e, Scope *s, const Ast *command)
{
    const AstList *settings = &command->u.command.settings;
    size_t fit = e->p->commands.n - 1, skip = 0;
    EventLines *lines = ARENA_ARRAY(e->arena, EventLines, settings->n + 1);
    uint32_t n = 0;
    bool right = true;
    for (uint32_t i = 0; i < settings->n; i++) {
        if (settings->at[i]->kind != AST_event)
            continue;
        if (!skip)
            skip = branch_row(e, &row_skip, settings->at[i]->range, NULL);
        bool one = one_event(e, s, settings->at[i], &lines[n]);
        right = right && one;
        n += one;
    }
    if (skip)
        branch_target(e, skip);
    e->p->commands.at[fit].lines = lines;
    e->p->commands.at[fit].n_lines = n;
    return right;
}
