/* input.c: what stands in front of the model: the stored rows, their transforms, and the targets.
 *
 * In: a data set with the figures of its files, or the shape that the model declares. Out: the value
 * the first layer sees, and y. Checks that both agree, with both places. */
#include "ir/layers/build_internal.h"

bool build_Input(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    (void)cx;
    (void)layer;
    nnl_assert(n_in == 1);
    *out = in[0];
    return true;
}

static const char *data_name(const DataSet *data)
{
    return *data->name ? data->name : "data";
}

/* Rows without axes count as rows of one number, as Keras does. */
static Shape at_least_rank_1(Shape row)
{
    return row.rank ? row : shape_of_dims(1, (int64_t[]){1});
}

/* The rows of a data set as the first layer sees them. */
static bool data_row(BuildCx *cx, const DataSet *data, Shape *row)
{
    *row = shape_of_dims(data->facts.x_rank, data->facts.x_dims);
    if (!transforms_row(cx, data->inputs, data->n_inputs, row))
        return false;
    *row = at_least_rank_1(*row);
    return true;
}

static void no_shape(BuildCx *cx, const Instance *m)
{
    if (m->first_data) {
        diag_error(cx->diags, m->range, "the input shape of '%s' is not known: %s", m->name,
                   data_absence(m->first_data));
        diag_note(cx->diags, m->first_data->part[PART_TRAIN].range, "the file is named here");
        diag_help(cx->diags,
                  "name its folder by --data-dir, or write Input(...) as the first layer");
        return;
    }
    diag_error(cx->diags, m->range, "the input shape of '%s' is not known", m->name);
    diag_help(cx->diags, "write Input(...) as the first layer");
}

/* One row as the model wants it: declared, or that of the first data used with it. */
static bool model_row(BuildCx *cx, Shape *row)
{
    const Instance *m = cx->request->instance;
    if (m->has_input) {
        *row = shape_of_dims(m->input_rank, m->input_dims);
        return true;
    }
    const DataSet *data = m->first_data ? m->first_data : cx->request->data;
    if (data && data->facts.have)
        return data_row(cx, data, row);
    no_shape(cx, m);
    return false;
}

/* A single number is a row of one, too. */
static bool rows_agree(BuildCx *cx, const Shape *wanted, const Shape *row)
{
    const Instance *m = cx->request->instance;
    const DataSet *data = cx->request->data;
    if (shape_equal(wanted, row) || (!wanted->rank && row->rank == 1 && row->dim[0].n == 1))
        return true;
    diag_error(cx->diags, m->has_input ? m->input_range : m->range,
               "'%s' takes samples of shape %s, but those of '%s' have shape %s", m->name,
               shape_for_user(cx->arena, wanted), data_name(data), shape_for_user(cx->arena, row));
    diag_note(cx->diags, data->range, "the data set is declared here");
    if (!m->has_input && m->first_data && m->first_data != data)
        diag_note(cx->diags, m->first_data->range, "the shape was taken from '%s'",
                  data_name(m->first_data));
    return false;
}

/* Of samples whose files are not there: IDX files hold bytes nearly always. */
static RtDtype usual_dtype(const DataSet *data)
{
    const Call *source = data ? data->part[PART_TRAIN].source : NULL;
    return source && source->row->id == SOURCE_idx ? RT_u8 : RT_f32;
}

/* Of the columns of a table a model takes those that it was first used with. */
static const DataSet *columns_of(const BuildCx *cx, const DataSet *data)
{
    const DataSet *first = instance_inputs(cx->request->instance)->input_data;
    bool tables = first && data && first->facts.n_columns && data->facts.n_columns;
    return tables ? first : data;
}

const Plan *inputs_plan(const BuildCx *cx)
{
    const DataSet *data = columns_of(cx, cx->request->data);
    return data ? data->plan : NULL;
}

/* Where the files are not there the rows are taken to be as the model wants them; a table has one axis. */
static Shape stored_row(BuildCx *cx, const Shape *wanted, bool table)
{
    const DataSet *data = columns_of(cx, cx->request->data);
    if (data && data->facts.have)
        return shape_of_dims(data->facts.x_rank, data->facts.x_dims);
    if (data && data->plan)
        return shape_of_dims(1, (int64_t[]){data->plan->n});
    if (!table)
        return *wanted;
    int64_t n = shape_count(wanted, 1);
    for (uint32_t i = 0; i < data->n_inputs; i++)
        if (data->inputs[i]->row->id == TRANSFORM_one_hot)
            n /= data->inputs[i]->args[ARG_one_hot_n].i;
    return shape_of_dims(1, &n);
}

/* Rows that the runtime has taken through the transforms. */
static Node *prepared_rows(BuildCx *cx, const Shape *wanted, const Shape *stored)
{
    const DataSet *data = cx->request->data;
    Shape row = *stored;
    if (!transforms_declare(cx, data, *stored) ||
        !transforms_row(cx, data->inputs, data->n_inputs, &row))
        return NULL;
    row = at_least_rank_1(row);
    if (!rows_agree(cx, wanted, &row))
        return NULL;
    cx->out->x_dtype = RT_f32;
    return g_cast(&cx->b, g_input(&cx->b, "x", RT_f32, shape_of_rows(&row)), cx->request->compute);
}

/* Stored rows and, behind them, the transforms. */
static Node *stored_rows(BuildCx *cx, const Shape *wanted, const Shape *stored)
{
    const DataSet *data = cx->request->data;
    bool have = data && data->facts.have;
    RtDtype dtype = have ? data->facts.x_dtype : usual_dtype(data);
    if (data && !transforms_declare(cx, data, *stored))
        return NULL;
    Node *x = g_input(&cx->b, "x", dtype, shape_of_rows(stored));
    cx->out->x_dtype = dtype;
    x = data ? transforms_inputs(cx, data, x) : g_cast(&cx->b, x, cx->request->compute);
    if (!x || !data)
        return x;
    Shape seen = at_least_rank_1(row_of_shape(&x->shape));
    return rows_agree(cx, wanted, &seen) ? x : NULL;
}

bool inputs_build(BuildCx *cx, Flow *out)
{
    const DataSet *data = cx->request->data;
    Shape wanted;
    if (!model_row(cx, &wanted))
        return false;
    const Instance *m = cx->request->instance;
    Shape rows = shape_of_rows(&wanted);
    if (!size_fits(cx, m->has_input ? m->input_range : m->range, "input", m->name, &rows))
        return false;
    cx->out->prepared = instance_prepared(cx->request->instance, data);
    Shape stored = stored_row(cx, &wanted, data && cx->out->prepared);
    cx->b.origin = (Origin){NULL, data ? data->range : cx->request->instance->range, PART_data};
    Node *x = data && cx->out->prepared ? prepared_rows(cx, &wanted, &stored)
                                        : stored_rows(cx, &wanted, &stored);
    if (!x)
        return false;
    cx->x = x;
    cx->out->x_row = stored;
    if (!shape_equal(&x->shape, &rows))
        x = g_reshape(&cx->b, x, rows);
    cx->out->input_row = wanted;
    *out = (Flow){x, NULL};
    return true;
}

/* "crossentropy" does for more than one score. */
static bool takes_classes(const Row *loss, const Node *output)
{
    RtNeedKind kind = rt_need_kind(loss->kind_name);
    return kind == RT_NEED_CLASSES || kind == RT_NEED_LABELS ||
           (loss->id == LOSS_crossentropy && output->shape.rank > 1 && last_dim(output) > 1);
}

/* Of the scores in a row of outputs: the argument `axis`, where it is one of its axes. */
static int class_axis(const Call *loss, int rank)
{
    int at = row_arg(loss->row, "axis");
    int64_t axis = at < 0 ? -1 : loss->args[at].i;
    axis += axis < 0 ? rank : -1;
    return axis >= 0 && axis < rank ? (int)axis : rank - 1;
}

/* Without files the targets are taken to be what the loss wants: class numbers, or rows as the output. */
static void assumed_targets(BuildCx *cx, Shape *row, RtDtype *dtype)
{
    const Call *loss = cx->request->compile->loss;
    const DataSet *data = cx->request->data;
    bool classes = loss->row && takes_classes(loss->row, cx->out->output);
    for (uint32_t i = 0; data && i < data->n_targets; i++)
        classes = classes || data->targets[i]->row->id == TRANSFORM_one_hot;
    Shape output = row_of_shape(&cx->out->output->shape);
    *row = classes && output.rank ? shape_without(&output, class_axis(loss, output.rank)) : output;
    *dtype = classes ? RT_i32 : RT_f32;
}

Node *targets_build(BuildCx *cx)
{
    const DataSet *data = cx->request->data;
    Shape row;
    RtDtype dtype;
    if (data && data->targets_are_inputs) {
        cx->out->y_dtype = cx->out->x_dtype;
        cx->out->y_row = cx->out->x_row;
        return cx->x;
    }
    if (data && data->facts.have && (!data->facts.from_weights || data->facts.classes)) {
        row = shape_of_dims(data->facts.y_rank, data->facts.y_dims);
        dtype = data->facts.y_dtype;
    } else {
        assumed_targets(cx, &row, &dtype);
    }
    cx->b.origin = (Origin){NULL, data ? data->range : cx->request->compile->range, PART_data};
    cx->out->y_dtype = dtype;
    cx->out->y_row = row;
    Node *y = cx->y = g_input(&cx->b, "y", dtype, shape_of_rows(&row));
    return data ? transforms_targets(cx, data, y) : y;
}
