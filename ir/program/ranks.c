/* ranks.c: how many axes the arrays of a run have, as far as that is known when compiling. What layers
 * make of shapes only graphs know: the driver builds one and looks (ShapeProbe). */
#include <string.h>

#include "ir/program/elaborate_internal.h"

static bool look(Elab *e, const Instance *m, const DataSet *data, const char *state, Diags *diags,
                 uint32_t *rank, int64_t *dims)
{
    const ShapeProbe *probe = &e->options->shapes;
    return probe->look && probe->look(probe->cx, e->p, m, data, state, diags, rank, dims);
}

const Command *expr_prediction(const Elab *e, const Expr *x)
{
    if (x->op == EX_rows)
        return expr_prediction(e, x->args[0]);
    if (x->op != EX_result)
        return NULL;
    const Command *c = &e->p->commands.at[e->p->results.at[x->index].command];
    bool of_folds = c->row->id == COMMAND_cross_validate && !strcmp(x->text, "predictions");
    return c->row->id == COMMAND_predict || of_folds ? c : NULL;
}

DataSet *expr_data(const Elab *e, const Expr *x)
{
    if (x->op == EX_rows)
        return expr_data(e, x->args[0]);
    return x->op == EX_part ? e->p->data.at[x->index] : NULL;
}

int weight_dims(Elab *e, const Expr *x, int64_t dims[RT_MAX_RANK])
{
    const Instance *m = e->p->instances.at[x->index];
    uint32_t rank;
    return look(e, m, m->first_data, x->text, NULL, &rank, dims) ? (int)rank : RANK_UNKNOWN;
}

/* The array of a predict command: a row of outputs for each row of the part; the lists that a metric of fit had: a
 * series for each element. */
static int output_rank(Elab *e, const Expr *x)
{
    const Command *c = &e->p->commands.at[e->p->results.at[x->index].command];
    if (!expr_prediction(e, x))
        return 2;
    int64_t dims[RT_MAX_RANK];
    uint32_t rank;
    return look(e, c->instance, c->data, NULL, NULL, &rank, dims) ? (int)rank : RANK_UNKNOWN;
}

int output_row(Elab *e, const Command *c, int64_t dims[RT_MAX_RANK])
{
    uint32_t rank;
    if (!look(e, c->instance, c->data, NULL, NULL, &rank, dims) || !rank)
        return RANK_UNKNOWN;
    for (uint32_t i = 1; i < rank; i++)
        dims[i - 1] = dims[i];
    return (int)rank - 1;
}

/* Inputs stand behind the transforms, targets in front of theirs. */
static int part_rank(Elab *e, const Expr *x)
{
    const DataSet *d = e->p->data.at[x->index];
    RowShape row = data_row(d);
    if (!d->facts.have)
        return RANK_UNKNOWN;
    if (x->text[0] != 'i')
        return 1 + (int)d->facts.y_rank;
    return row_behind(e->arena, e->diags, d->inputs, d->n_inputs, &row) ? 1 + (int)row.rank
                                                                        : RANK_UNKNOWN;
}

/* Of what goes element by element: its arrays have one shape. */
static int rank_of_args(Elab *e, const Expr *x)
{
    int most = 0;
    for (uint32_t i = 0; i < x->n_args; i++) {
        int rank = expr_rank(e, x->args[i]);
        if (rank == RANK_UNKNOWN)
            return rank;
        most = rank > most ? rank : most;
    }
    return most;
}

static int array_rank(Elab *e, const Expr *x)
{
    int64_t dims[RT_MAX_RANK];
    int of;
    switch (x->op) {
    case EX_weight:
        return weight_dims(e, x, dims);
    case EX_result:
        return output_rank(e, x);
    case EX_part:
        return part_rank(e, x);
    case EX_confusion_matrix:
        return 2;
    case EX_index:
    case EX_sum:
    case EX_mean:
    case EX_std:
    case EX_min:
    case EX_max:
    case EX_argmin:
    case EX_argmax:
        of = expr_rank(e, x->args[0]);
        return of == RANK_UNKNOWN || (x->op != EX_index && x->value != 0)
                   ? of
                   : of - (int)(x->n_axes ? x->n_axes : 1);
    default: /* arithmetic, comparison, functions of each element */
        return rank_of_args(e, x);
    }
}

int expr_rank(Elab *e, const Expr *x)
{
    if (x->type == EXT_series || x->type == EXT_texts || x->type == EXT_labels)
        return 1;
    if (x->type != EXT_array)
        return 0;
    if (!x->rank)
        ((Expr *)(uintptr_t)x)->rank = array_rank(e, x); /* remembers the answer */
    return x->rank;
}

Value weights_shape(Elab *e, const Expr *x, Range range)
{
    const Instance *m = e->p->instances.at[x->index];
    int64_t dims[RT_MAX_RANK];
    uint32_t rank;
    Value items[RT_MAX_RANK];
    size_t errors = diag_errors(e->diags);
    if (!look(e, m, m->first_data, x->text, e->diags, &rank, dims)) {
        if (diag_errors(e->diags) == errors)
            diag_error(e->diags, range, "the model '%s' has no weights '%s'", m->name, x->text);
        return value_error(range);
    }
    for (uint32_t i = 0; i < rank; i++)
        items[i] = value_int(range, dims[i]);
    return value_list(e, range, VAL_tuple, rank, items);
}
