/* shows.c: the command show: rows of a part, weights or arrays as pictures. */
#include "ir/program/command_internal.h"
#include "runtime/abi/picture_shape.h"

enum { MOST_PICTURES = 1000 };

/* ---- the operand ---- */

static void set_array(Run *r, const Value *v)
{
    const Expr **exprs = ARENA_ARRAY(r->e->arena, const Expr *, 1);
    exprs[0] = expr_of(r->e, v);
    if (!exprs[0]) {
        command_fail(r);
        return;
    }
    r->c.exprs = exprs;
    r->c.n_exprs = 1;
    if (exprs[0]->type == EXT_array)
        return;
    diag_error(r->e->diags, v->range, "'show' takes rows of a part, weights or an array, not %s",
               value_text(r->e, v));
    command_fail(r);
}

void show_operand(Run *r, const Ast *a)
{
    Value v = eval(r->e, r->s, a, N_VOCABS);
    switch (v.kind) {
    case VAL_part:
        r->c.part = v.part;
        r->c.has_rows = v.has_rows;
        r->c.first_row = v.i;
        r->c.end_row = v.end;
        r->c.data = v.data;
        break;
    case VAL_data:
        r->c.data = v.data;
        break;
    case VAL_expr:
    case VAL_result:
        set_array(r, &v);
        break;
    default:
        if (check_word(r->e, r->s, &v)) {
            diag_error(r->e->diags, v.range,
                       "'show' takes rows of a part, weights or an array, not %s",
                       value_text(r->e, &v));
            if (v.kind == VAL_layer)
                diag_help(r->e->diags, "name its weights, as in %s.kernel", v.text);
        }
        command_fail(r);
        break;
    }
}

/* ---- the shape of a picture ---- */

static const ArgValue *given_shape(const Run *r)
{
    const ArgValue *v = &r->c.settings[ARG_show_shape];
    return v->given && !v->none ? v : NULL;
}

static int64_t count(uint32_t rank, const int64_t *dims)
{
    int64_t n = 0;
    return rt_elements(dims, rank, &n) ? n : 0;
}

/* Is the shape that the text gives a picture's, of `numbers` numbers? -1: so many as the run has. */
static void check_given(Run *r, int64_t numbers, const char *what)
{
    const ArgValue *shape = given_shape(r);
    int64_t sizes[3];
    if (!rt_picture_shape(shape->n, shape->ints, sizes))
        diag_error(r->e->diags, shape->range,
                   "the shape of a picture is (height, width), or with 1 or 3 channels, not %s",
                   row_shape_text(r->e->arena, shape->n, shape->ints));
    else if (numbers >= 0 && count(shape->n, shape->ints) != numbers)
        diag_error(r->e->diags, shape->range, "this shape has %lld numbers, but %s %lld",
                   (long long)count(shape->n, shape->ints), what, (long long)numbers);
    else
        return;
    command_fail(r);
}

static void check_samples(Run *r)
{
    Elab *e = r->e;
    DataSet *d = r->c.data;
    const ArgValue *predicted = &r->c.settings[ARG_show_predicted];
    RowShape row = data_row(d);
    int64_t sizes[3];
    if (given_shape(r)) {
        check_given(r, d->facts.have ? count(row.rank, row.dims) : -1, "a row has");
    } else if (d->facts.have && !rt_picture_shape(row.rank, row.dims, sizes)) {
        diag_error(e->diags, r->a->u.command.name.range,
                   "the rows of '%s' have the shape %s; a picture is (height, width), or with 1 or "
                   "3 channels",
                   d->name, row_shape_text(e->arena, row.rank, row.dims));
        diag_help(e->diags, "if they are pictures all the same, say how: shape = (height, width)");
        command_fail(r);
    }
    if (r->c.has_rows && r->c.end_row - r->c.first_row > MOST_PICTURES) {
        diag_error(e->diags, command_operand_list(r)->at[0]->range,
                   "'show' shows %d pictures at most", MOST_PICTURES);
        command_fail(r);
    }
    if (d->targets_are_inputs && !predicted->none) {
        diag_error(e->diags, predicted->range,
                   "'predicted' takes classes, but the targets of '%s' are its inputs", d->name);
        diag_help(e->diags, "an array of pictures is shown by itself: show p to FILE");
        command_fail(r);
    }
}

/* The classes of scores have the names that the model has for them. */
static void set_predicted(Run *r)
{
    const ArgValue *given = &r->c.settings[ARG_show_predicted];
    if (given->none)
        return;
    ArgValue *settings = arena_copy(r->e->arena, r->c.settings, r->row->n_args * sizeof *settings);
    const Command *c = expr_prediction(r->e, given->expr);
    settings[ARG_show_predicted].f = expr_threshold(r->e, given->expr);
    r->c.settings = settings;
    r->c.instance = c ? c->instance : NULL;
}

/* The shape of what the model takes, as a shape that the text gives. */
static bool take_input_shape(Run *r, Instance *m, int64_t numbers)
{
    Elab *e = r->e;
    RowShape row = {.rank = m->input_rank};
    int64_t sizes[3];
    for (uint32_t i = 0; i < m->input_rank; i++)
        row.dims[i] = m->input_dims[i];
    const DataSet *d = m->has_input ? NULL : m->first_data;
    if (d && d->facts.have) {
        row = data_row(d);
        if (!row_behind(e->arena, e->quiet, d->inputs, d->n_inputs, &row))
            return false;
    }
    if (!rt_picture_shape(row.rank, row.dims, sizes) || count(row.rank, row.dims) != numbers)
        return false;
    ArgValue *s = arena_copy(e->arena, r->c.settings, r->row->n_args * sizeof *s);
    s[ARG_show_shape].none = false;
    s[ARG_show_shape].n = row.rank;
    s[ARG_show_shape].ints = arena_copy(e->arena, row.dims, sizeof row.dims);
    r->c.settings = s;
    return true;
}

/* A column for each unit, with a weight for each number of the input. */
static void check_weights(Run *r, const Expr *x)
{
    int64_t dims[RT_MAX_RANK];
    int rank = weight_dims(r->e, x, dims);
    if (rank == RANK_UNKNOWN && given_shape(r)) {
        check_given(r, -1, "");
    } else if (rank == RANK_UNKNOWN) {
        diag_error(r->e->diags, x->range, "the shape of these weights is not known: give 'shape'");
        command_fail(r);
    } else if (rank != 2) {
        diag_error(r->e->diags, x->range,
                   "weights are shown unit by unit, from a matrix; these have %d %s", rank,
                   rank == 1 ? "axis" : "axes");
        command_fail(r);
    } else if (given_shape(r)) {
        check_given(r, dims[0], "a unit has");
    } else if (!take_input_shape(r, r->e->p->instances.at[x->index], dims[0])) {
        diag_error(r->e->diags, x->range,
                   "a unit has %lld weights, which are no picture of the model's input",
                   (long long)dims[0]);
        diag_help(r->e->diags, "if they are one all the same, say how: shape = (height, width)");
        command_fail(r);
    }
}

static void check_array(Run *r)
{
    const Expr *x = r->c.exprs[0];
    const ArgValue *predicted = &r->c.settings[ARG_show_predicted];
    if (!predicted->none) {
        diag_error(r->e->diags, predicted->range, "'predicted' goes with the samples of a part");
        command_fail(r);
    } else if (x->op == EX_weight) {
        r->c.weights_only = true;
        check_weights(r, x);
    } else if (given_shape(r)) {
        check_given(r, -1, "");
    }
}

void show_check(Run *r)
{
    r->c.to_terminal = !r->has_to;
    if (r->c.data)
        r->c.data->facts_used = r->c.data->facts_used || r->c.data->facts.have;
    if (r->c.data)
        check_samples(r);
    else if (r->c.n_exprs)
        check_array(r);
    if (r->right)
        set_predicted(r);
}
