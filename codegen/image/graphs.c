/* graphs.c: which graphs a command needs, and which entry was made for one. */
#include "codegen/image/image_make.h"

static int64_t command_batch(const Command *c, Use use)
{
    int at = row_arg(c->row, "batch_size");
    if (c->row->id == COMMAND_fit && use == USE_eval &&
        !c->settings[ARG_fit_validation_batch_size].none)
        return c->settings[ARG_fit_validation_batch_size].i;
    return at >= 0 ? c->settings[at].i : 32;
}

static bool same_weights(const ClassWeights *a, const ClassWeights *b)
{
    if (!a || !b || a->n != b->n || a->balanced || b->balanced)
        return a == b || (a && b && a->n == b->n && a->balanced && b->balanced);
    for (uint32_t i = 0; i < a->n; i++)
        if (a->classes[i] != b->classes[i] || a->weights[i] != b->weights[i])
            return false;
    return true;
}

/* fit validates on its own data set, or on the one of its `validation`. */
static void need(CommandGraphs *out, const Program *p, const Command *c, Use use)
{
    bool other = c->row->id == COMMAND_fit && use == USE_eval && c->has_part && c->data2;
    out->at[out->n++] = (BuildRequest){.program = p,
                                       .instance = c->instance,
                                       .compile = use == USE_predict ? NULL : c->compile,
                                       .data = other ? c->data2 : c->data,
                                       .use = use,
                                       .class_weights = use == USE_train ? c->class_weights : NULL,
                                       .objective = use == USE_train && c->watches_objective,
                                       .batch = command_batch(c, use),
                                       .compute = RT_f32};
}

CommandGraphs command_graphs(const Program *p, const Command *c)
{
    CommandGraphs out = {.n = 0};
    switch ((CommandId)c->row->id) {
    case COMMAND_fit:
        need(&out, p, c, USE_train);
        if (command_validates(c))
            need(&out, p, c, USE_eval);
        break;
    case COMMAND_cross_validate:
        need(&out, p, c, USE_eval);
        need(&out, p, c, USE_predict);
        break;
    case COMMAND_evaluate:
        need(&out, p, c, USE_eval);
        if (c->settings[ARG_evaluate_report].i)
            need(&out, p, c, USE_predict);
        break;
    case COMMAND_predict:
        need(&out, p, c, USE_predict);
        break;
    default: /* computes nothing with a model */
        break;
    }
    return out;
}

uint32_t entry_find(const ProgramEntry *entries, size_t n, const BuildRequest *want)
{
    for (size_t i = 0; i < n; i++) {
        const BuildRequest *r = &entries[i].request;
        if (r->instance == want->instance && r->use == want->use && r->data == want->data &&
            r->batch == want->batch && r->compile == want->compile &&
            r->objective == want->objective && same_weights(r->class_weights, want->class_weights))
            return (uint32_t)i;
    }
    return IMG_NONE;
}
