/* keras_forms.c: what Keras's files have no words for: functions of the user, activations with arguments. */
#include "ir/program/elaborate_internal.h"

#include <ctype.h>
#include <string.h>

#include "ir/defs/warnings.h"
#include "runtime/abi/formats.h"

bool call_is_plain(const Call *c)
{
    for (uint32_t i = 0; i < c->row->n_args; i++)
        if (c->args[i].given)
            return false;
    return true;
}

/* A fn, or an activation with arguments: Keras knows activations by their names alone. */
static const char *activation_obstacle(Arena *arena, const Call *c, const char *layer)
{
    if (!c->row)
        return arena_shown(arena, "the activation of '%s' is a fn", layer);
    if (!call_is_plain(c))
        return arena_shown(arena, "the activation '%s' of '%s' has arguments", c->row->name, layer);
    return NULL;
}

static const char *layer_obstacle(Arena *arena, const Layer *l)
{
    for (uint32_t i = 0; i < l->call->row->n_args; i++) {
        const ArgValue *v = &l->call->args[i];
        bool is_activation = l->call->row->args[i].kind == ARG_ACTIVATION && !v->none && v->calls;
        const char *why = is_activation ? activation_obstacle(arena, v->calls[0], l->name) : NULL;
        if (why)
            return why;
    }
    return NULL;
}

const char *keras_model_obstacle(Arena *arena, const Instance *m)
{
    for (size_t i = 0; i < m->layers.n; i++) {
        const Layer *l = &m->layers.at[i];
        const char *why =
            l->nested ? keras_model_obstacle(arena, l->nested) : layer_obstacle(arena, l);
        for (size_t k = 0; k < i && !why && l->nested; k++)
            if (m->layers.at[k].nested == l->nested)
                why = arena_shown(arena, "'%s' stands in it twice", l->nested->name);
        if (why)
            return why;
    }
    return NULL;
}

static const char *call_obstacle(Arena *arena, const Call *c, const char *what)
{
    char name[64];
    if (!c->row)
        return strcmp(c->name, "fn") ? arena_shown(arena, "the %s '%s' is a fn", what, c->name)
                                     : arena_shown(arena, "the %s is a fn", what);
    row_class_name(c->row, name, sizeof name);
    if (!isupper((unsigned char)name[0]) && !call_is_plain(c))
        return arena_shown(arena, "the %s '%s' has arguments", what, c->name);
    return NULL;
}

const char *keras_compile_obstacle(Arena *arena, const Compile *c)
{
    const char *why = call_obstacle(arena, c->loss, "loss");
    for (uint32_t i = 0; i < c->n_metrics && !why; i++)
        why = call_obstacle(arena, c->metrics[i], "metric");
    const ArgValue *rate = call_given(c->optimizer, "learning_rate");
    if (!why && rate && !rate->calls && expr_find(rate->expr, EX_argument))
        why = "the learning rate is a fn";
    return why;
}

bool keras_check(Elab *e, const char *path, Range range, const Instance *m)
{
    if (!rt_format_holds_model(rt_format_of(path)))
        return true;
    const char *why = keras_model_obstacle(e->arena, m);
    if (why) {
        diag_error(e->diags, range, "'%s' has no form in a Keras file: %s", m->name, why);
        diag_help(e->diags, "its weights can be saved as .weights.h5, .safetensors or .npz");
        return false;
    }
    why = m->compile ? keras_compile_obstacle(e->arena, m->compile) : NULL;
    if (why)
        diag_warning(e->diags, range, warning_name(WARNING_keras_settings),
                     "the file will not hold the compile settings of '%s': %s", m->name, why);
    if (m->compile && call_given(m->compile->optimizer, "exclude_from_weight_decay"))
        diag_warning(
            e->diags, range, warning_name(WARNING_keras_settings),
            "'exclude_from_weight_decay' has no place in a Keras file: there, all weights decay");
    return true;
}
