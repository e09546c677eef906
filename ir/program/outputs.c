/* outputs.c: what a model's outputs mean: scores of classes, or numbers.
 *
 * The cross-entropies are losses of classifiers. Behind another loss, also one written as fn, the
 * outputs are scores if the targets are classes and the last layer is a softmax over as many, or one
 * sigmoid unit for two. */
#include "ir/program/outputs.h"

static int64_t count(int rank, const int64_t *dims)
{
    int64_t n = 1;
    for (int i = 0; i < rank; i++)
        n *= dims[i];
    return n;
}

/* N_ACTIVATION: something else than a word of the vocabulary. */
static ActivationId last_activation(const Instance *m)
{
    const Layer *last = m->layers.n ? &vec_last(&m->layers) : NULL;
    if (last && last->nested)
        return last_activation(last->nested);
    int id = last ? last->call->row->id : N_LAYER;
    if (id == LAYER_Softmax)
        return ACTIVATION_softmax;
    if (id != LAYER_Dense && id != LAYER_Activation)
        return N_ACTIVATION;
    const ArgValue *f =
        &last->call
             ->args[id == LAYER_Dense ? (int)ARG_Dense_activation : (int)ARG_Activation_activation];
    return f->none || !f->calls[0]->row ? N_ACTIVATION : (ActivationId)f->calls[0]->row->id;
}

/* How many classes the targets tell apart; 0: they are not known to be classes. */
static int64_t classes_of(const DataSet *d)
{
    if (!d)
        return 0;
    if (d->n_targets)
        return d->n_targets == 1 && d->targets[0]->row->id == TRANSFORM_one_hot
                   ? d->targets[0]->args[ARG_one_hot_n].i
                   : 0;
    return d->n_labels ? d->n_labels : d->facts.have ? d->facts.classes : 0;
}

static OutputMeaning values(const char *why)
{
    return (OutputMeaning){.kind = RT_OUTPUT_values, .why = why};
}

static OutputMeaning other_loss(const Instance *m, const DataSet *d, int rank, const int64_t *dims)
{
    int64_t classes = classes_of(d);
    ActivationId f = last_activation(m);
    if (f == ACTIVATION_softmax && rank == 1 && classes > 1 && dims[0] == classes)
        return (OutputMeaning){.kind = RT_OUTPUT_scores};
    if (f == ACTIVATION_sigmoid && rank != RANK_UNKNOWN && classes == 2 && count(rank, dims) == 1)
        return (OutputMeaning){.kind = RT_OUTPUT_score, .threshold = 0.5};
    return values("its loss is not a cross-entropy, and its last layer does not give a score for "
                  "each class of the targets");
}

bool loss_has_signs(const Call *loss)
{
    return !loss->row && loss->body && expr_find(loss->body, EX_signs);
}

/* A loss written with signs(y, p) is one of margins. RT_N_NEEDS: another fn. "crossentropy" takes class numbers or vectors where there are several scores. */
static RtNeedKind need_of(const Call *loss, int rank, const int64_t *dims)
{
    bool one = rank != RANK_UNKNOWN && count(rank, dims) == 1;
    if (!loss->row)
        return !loss_has_signs(loss) ? RT_N_NEEDS : one ? RT_NEED_SIGNS : RT_NEED_CLASSES;
    if (loss->row->id != LOSS_crossentropy)
        return rt_need_kind(loss->row->kind_name);
    return one ? RT_NEED_BINARY : RT_NEED_CLASSES;
}

/* Of one score: above it the answer is yes. A margin goes to both sides of 0. */
static double threshold_of(const Instance *m, const Call *loss, RtNeedKind need)
{
    int at = loss->row ? row_arg(loss->row, "from_logits") : -1;
    bool both_signs = need == RT_NEED_SIGNS && last_activation(m) != ACTIVATION_sigmoid;
    return both_signs || (at >= 0 && loss->args[at].i) ? 0 : 0.5;
}

OutputMeaning output_meaning(const Instance *m, const Compile *c, const DataSet *d, int rank,
                             const int64_t *dims)
{
    if (!c)
        return values("it is not compiled");
    if (d && d->targets_are_inputs)
        return values("its targets are its inputs");
    RtNeedKind need = need_of(c->loss, rank, dims);
    if (rt_need_has_scores(need))
        return rank == 1 || rank == RANK_UNKNOWN ? (OutputMeaning){.kind = RT_OUTPUT_scores}
                                                 : values("it gives several classes for each row");
    if (need != RT_NEED_BINARY && !(need == RT_NEED_SIGNS && classes_of(d) == 2))
        return other_loss(m, d, rank, dims);
    if (rank != RANK_UNKNOWN && count(rank, dims) != 1)
        return values("it gives several yes-or-no scores for each row");
    return (OutputMeaning){.kind = RT_OUTPUT_score, .threshold = threshold_of(m, c->loss, need)};
}

static bool can_be_undone(const Call *call)
{
    switch ((TransformId)call->row->id) {
    case TRANSFORM_scale:
        return call->args[ARG_scale_factor].f != 0;
    case TRANSFORM_offset:
    case TRANSFORM_normalize:
    case TRANSFORM_min_max:
    case TRANSFORM_robust:
    case TRANSFORM_log1p:
        return true;
    default: /* class numbers have no units */
        return false;
    }
}

bool outputs_undone(const Instance *m, const Compile *c, const DataSet *d, int rank,
                    const int64_t *dims)
{
    if (!c || !d || !d->n_targets || d->targets_are_inputs)
        return false;
    RtNeedKind need = need_of(c->loss, rank, dims);
    bool numbers = need == RT_NEED_NUMBERS || need == RT_NEED_NOT_NEGATIVE || need == RT_N_NEEDS;
    for (uint32_t i = 0; numbers && i < d->n_targets; i++)
        numbers = can_be_undone(d->targets[i]);
    return numbers && output_meaning(m, c, d, rank, dims).kind == RT_OUTPUT_values;
}
