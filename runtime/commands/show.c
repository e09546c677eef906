/* show.c: the command show: rows of a part with their classes, weights and arrays as grids of pictures. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/picture_shape.h"
#include "runtime/commands/commands.h"
#include "runtime/commands/picture.h"
#include "runtime/train/class_counts.h"

enum { USUAL_PICTURES = 25, MOST_PICTURES = 1000, TEXT_SIZE = 64 };

/* The texts below one picture. */
typedef struct Below {
    char truth[TEXT_SIZE], predicted[TEXT_SIZE];
} Below;

typedef struct Show {
    RtRun *run;
    const ImgCommand *c;
    RtCaptions captions;
    RtPictures pictures;
    int64_t size; /* numbers of a picture */
    double *pixels;
    RtPicture *at;
    Below *below;
} Show;

static RtStatus no_room(Show *s)
{
    return rt_fail(&s->run->error, "not enough memory for a picture");
}

/* ---- shapes ---- */

/* Of what the text says, else of the array itself. */
static RtStatus set_shape(Show *s, uint32_t rank, const int64_t *dims)
{
    char text[200];
    const ImgArg *given = rt_setting(s->c, "shape");
    int64_t sizes[3], numbers = 0;
    bool own = !given || given->none;
    if (!rt_elements(dims, rank, &numbers))
        numbers = 0;
    if (own && !rt_picture_shape(rank, dims, sizes))
        return rt_fail(&s->run->error,
                       "'show' needs 'shape' here: what it shows are no pictures but rows of %s",
                       rt_dims_text(text, sizeof text, rank, dims));
    if (!own && (!rt_picture_shape(given->ints.n, given->ints.at, sizes) ||
                 sizes[0] * sizes[1] * sizes[2] != numbers))
        return rt_fail(&s->run->error, "'shape' of 'show' does not fit rows of %s",
                       rt_dims_text(text, sizeof text, rank, dims));
    s->pictures.rows = sizes[0];
    s->pictures.columns = sizes[1];
    s->pictures.channels = sizes[2];
    s->size = numbers;
    return RT_OK;
}

static RtStatus make_room(Show *s, int64_t n)
{
    s->pictures.n = n;
    s->pixels = calloc((size_t)(n * s->size) + 1, sizeof *s->pixels);
    s->at = calloc((size_t)n + 1, sizeof *s->at);
    s->below = calloc((size_t)n + 1, sizeof *s->below);
    for (int64_t i = 0; s->pixels && s->at && i < n; i++)
        s->at[i].pixels = s->pixels + i * s->size;
    s->pictures.at = s->at;
    return s->pixels && s->at && s->below ? RT_OK : no_room(s);
}

/* ---- classes ---- */

/* What a row's target or prediction is: a class, a number, or the name of a class. */
typedef struct Answer {
    bool is_class;
    double value;
    const char *name; /* NULL: it has none */
} Answer;

static void show_answer(const Answer *a, char text[TEXT_SIZE])
{
    if (a->name)
        snprintf(text, TEXT_SIZE, "%s", a->name);
    else
        snprintf(text, TEXT_SIZE, a->is_class ? "%.0f" : "%.4g", a->value);
}

static Answer class_of(double number, const RtNames *names)
{
    bool named = number >= 0 && number < names->n;
    return (Answer){true, number, named ? names->at[(uint32_t)number] : NULL};
}

/* `row`: a stored row of the part. */
static Answer true_answer(const RtDataset *d, const RtPart *p, int64_t row)
{
    const RtNames *names = p->classes && p->classes->n ? p->classes : &d->class_names;
    int64_t n = rt_array_row(p->y);
    double one = 0, *values = n > 1 ? calloc((size_t)n, sizeof *values) : &one;
    if (values)
        rt_array_get_f64(p->y, row * n, n, values);
    Answer a = n > 1 ? class_of(values ? (double)rt_largest(values, n) : 0, names)
               : names->n || !rt_dtype(p->y->dtype)->is_float ? class_of(one, names)
                                                              : (Answer){.value = one};
    if (n > 1)
        free(values);
    return a;
}

/* Row `row` of what predict gave. */
static Answer predicted_answer(const Show *s, const RtValue *v, int64_t row, const RtNames *names,
                               bool classes)
{
    if (v->kind == VALUE_list && v->items[row].kind == VALUE_text)
        return (Answer){true, 0, v->items[row].text};
    if (v->kind == VALUE_list)
        return class_of(v->items[row].number, names);
    int64_t n = v->rank == 2 ? v->dims[1] : 1;
    const double *x = v->data + row * n;
    if (n > 1)
        return class_of((double)rt_largest(x, n), names);
    if (v->is_int || !classes)
        return v->is_int ? class_of(*x, names) : (Answer){.value = *x};
    return class_of(*x > rt_setting(s->c, "predicted")->f, names);
}

/* Names decide where both have one. */
static bool is_wrong(const Answer *truth, const Answer *predicted)
{
    if (!truth->is_class)
        return false;
    return truth->name && predicted->name ? strcmp(truth->name, predicted->name) != 0
                                          : truth->value != predicted->value;
}

/* ---- samples of a part ---- */

typedef struct Samples {
    const RtDataset *data;
    const RtPart *part;
    int64_t first; /* row of the part that is shown first */
    RtValue predicted;
    int64_t skip; /* rows of `predicted` before the first that is shown */
} Samples;

static RtStatus take_predicted(Show *s, Samples *from)
{
    const ImgArg *a = rt_setting(s->c, "predicted");
    RtValue *v = &from->predicted;
    if (!a || a->expr == IMG_NONE)
        return RT_OK;
    RtStatus status = rt_run_value(s->run, a->expr, v);
    if (status != RT_OK)
        return status;
    bool array = v->data && (v->rank == 1 || (v->rank == 2 && v->dims[1] > 0));
    int64_t rows = v->kind == VALUE_list ? (int64_t)v->n_items : array ? v->dims[0] : -1;
    from->skip = rows == from->part->rows ? from->first : 0;
    if (rows == from->part->rows || rows == s->pictures.n)
        return RT_OK;
    if (rows < 0)
        return rt_fail(&s->run->error, "'predicted' takes a score or a class for each row");
    return rt_fail(&s->run->error,
                   "'predicted' has %lld rows, but the part has %lld, of which %lld are shown",
                   (long long)rows, (long long)from->part->rows, (long long)s->pictures.n);
}

static void caption(Show *s, const Samples *from, int64_t i)
{
    const RtPart *p = from->part;
    const ImgDataSet *d = &s->run->image->data.at[s->c->data];
    const RtNames *names = s->c->instance != IMG_NONE ? &s->run->models[s->c->instance].class_names
                                                      : &from->data->class_names;
    Answer truth = {.name = NULL}, predicted;
    bool has_target = p->y && !d->targets_are_inputs;
    if (has_target) {
        truth = true_answer(from->data, p, p->index[from->first + i]);
        show_answer(&truth, s->below[i].truth);
        s->at[i].caption = s->below[i].truth;
    }
    if (from->predicted.kind == VALUE_none)
        return;
    predicted = predicted_answer(s, &from->predicted, from->skip + i,
                                 names->n ? names : &from->data->class_names,
                                 !has_target || truth.is_class);
    show_answer(&predicted, s->below[i].predicted);
    s->at[i].second = s->below[i].predicted;
    s->at[i].wrong = has_target && is_wrong(&truth, &predicted);
}

static RtStatus draw_rows(Show *s, Samples *from)
{
    const ImgCommand *c = s->c;
    const RtPart *p = from->part;
    int64_t dims[RT_MAX_RANK], rows[2] = {0, p->rows < USUAL_PICTURES ? p->rows : USUAL_PICTURES};
    if (c->has_rows) {
        rows[0] = c->first_row;
        rows[1] = c->end_row;
    }
    RtStatus status = rt_part_has_rows(s->run, p, rows);
    if (status == RT_OK)
        status = rt_part_check(p, &s->run->error);
    if (status == RT_OK)
        status = set_shape(s, rt_part_shape(p, dims), dims);
    if (status == RT_OK)
        status = make_room(s, rows[1] - rows[0]);
    from->first = rows[0];
    if (status == RT_OK)
        status = take_predicted(s, from);
    for (int64_t i = 0; status == RT_OK && i < s->pictures.n; i++) {
        rt_part_get(p, p->index[rows[0] + i], NULL, 0, s->pixels + i * s->size);
        caption(s, from, i);
    }
    if (p->x && p->x->dtype == RT_u8)
        s->pictures.most = 255;
    return status;
}

static RtStatus take_samples(Show *s)
{
    Samples from = {.predicted = rt_value_none()};
    const ImgCommand *c = s->c;
    from.data = rt_run_data(s->run, c->data, 1u << c->part | 1u << RT_TRAIN);
    if (!from.data)
        return RT_ERROR;
    from.part = &from.data->parts[c->part];
    RtStatus status = draw_rows(s, &from);
    rt_value_free(&from.predicted);
    return status;
}

/* ---- arrays ---- */

/* Weights: a column for each unit; other arrays: a row for each picture. */
static RtStatus take_array(Show *s)
{
    RtValue v;
    RtStatus status = rt_run_value(s->run, s->c->exprs.at[0], &v);
    if (status != RT_OK)
        return status;
    bool units = s->c->weights_only;
    int64_t n = !v.data || v.rank < 2 ? 0 : units ? v.dims[1] : v.dims[0];
    if (!n)
        status = rt_fail(&s->run->error, "'show' takes an array with a picture in each row");
    else
        status = set_shape(s, units ? 1 : v.rank - 1, units ? v.dims : v.dims + 1);
    n = n < MOST_PICTURES ? n : MOST_PICTURES;
    s->pictures.diverging = units;
    if (status == RT_OK)
        status = make_room(s, n);
    for (int64_t i = 0; status == RT_OK && i < n; i++)
        for (int64_t k = 0; k < s->size; k++)
            s->pixels[i * s->size + k] = v.data[units ? k * v.dims[1] + i : i * s->size + k];
    rt_value_free(&v);
    return status;
}

/* ---- the picture ---- */

static RtStatus draw(Show *s)
{
    const ImgArg *columns = rt_setting(s->c, "columns");
    RtStatus status = rt_captions_take(s->run, s->c, &s->captions);
    if (status == RT_OK)
        status = s->c->exprs.n ? take_array(s) : take_samples(s);
    if (status != RT_OK)
        return status;
    s->pictures.title = s->captions.title;
    s->pictures.across = columns && !columns->none ? columns->i : 0;
    RtFigure figure = {.kind = RT_FIGURE_pictures, .pictures = &s->pictures};
    return rt_picture_put(s->run, s->c, &figure);
}

RtStatus rt_command_show(RtRun *run, const ImgCommand *c)
{
    Show s = {.run = run, .c = c};
    RtStatus status = draw(&s);
    free(s.pixels);
    free(s.at);
    free(s.below);
    rt_captions_free(&s.captions);
    return status;
}
