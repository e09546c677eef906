/* optimizers.c: the arguments of an optimizer that must go together. */
#include <string.h>

#include "ir/program/elaborate_internal.h"

static const ArgValue *argument(const Call *optimizer, const char *name)
{
    int at = row_arg(optimizer->row, name);
    return at < 0 || optimizer->args[at].none ? NULL : &optimizer->args[at];
}

/* Gradients are clipped in one way. */
static bool one_clip(Elab *e, const Call *optimizer)
{
    static const char *const clips[] = {"clipnorm", "clipvalue", "global_clipnorm"};
    const ArgValue *first = NULL, *second = NULL;
    const char *one = NULL, *other = NULL;
    for (size_t i = 0; i < sizeof clips / sizeof *clips && !second; i++) {
        const ArgValue *v = argument(optimizer, clips[i]);
        if (v && first) {
            second = v;
            other = clips[i];
        } else if (v) {
            first = v;
            one = clips[i];
        }
    }
    if (!second)
        return true;
    diag_error(e->diags, second->range, "'%s' clips the gradients by '%s' already",
               optimizer->row->name, one);
    diag_note(e->diags, first->range, "'%s' is given here", one);
    diag_help(e->diags, "leave out '%s' or '%s'", one, other);
    return false;
}

/* Names of weights are compared with plain texts: one with other characters is never found. */
static bool names_fit(Elab *e, const Call *optimizer, const char *name, const char *letters)
{
    const ArgValue *texts = argument(optimizer, name);
    for (uint32_t i = 0; texts && i < texts->n; i++) {
        const char *text = texts->texts[i];
        if (*text && !text[strspn(text, letters)])
            continue;
        diag_error(e->diags, texts->range, "'%s' of '%s': '%s' is not a part of a name", name,
                   optimizer->row->name, text);
        diag_help(e->diags, "patterns are not built; list parts of names: [\"bias\", \"gamma\"]");
        return false;
    }
    return true;
}

bool optimizer_check(Elab *e, const Call *optimizer)
{
    static const char letters[] =
        ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    return one_clip(e, optimizer) &&
           names_fit(e, optimizer, "exclude_from_weight_decay", letters + 1) &&
           names_fit(e, optimizer, "exclude_layers", letters);
}
