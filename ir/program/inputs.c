/* inputs.c: what models take: the instance that owns preprocessing and signature, one list of transforms for
 * all data sets of a model, columns found by name, and when fitted values are there.
 *
 * The compiler's half of runtime/train/signature.h and rows.h. */
#include "ir/program/elaborate_internal.h"
#include "runtime/abi/name_index.h"

#include <string.h>

#include "ir/defs/warnings.h"
#include "runtime/abi/transforms.h"

/* ---- owners ---- */

Instance *instance_inputs(Instance *m)
{
    for (;;) {
        size_t first = 0;
        while (first < m->layers.n && m->layers.at[first].call &&
               m->layers.at[first].call->row->id == LAYER_Input)
            first++;
        if (first == m->layers.n || !m->layers.at[first].nested)
            return m;
        m = m->layers.at[first].nested;
    }
}

bool instance_prepared(Instance *m, const DataSet *data)
{
    const DataSet *first = instance_inputs(m)->input_data;
    const DataSet *d = first ? first : data;
    return d && d->part[PART_TRAIN].source &&
           !strcmp(d->part[PART_TRAIN].source->row->kind_name, "table");
}

/* ---- one list of transforms ---- */

bool transforms_fitted(const DataSet *d)
{
    for (uint32_t i = 0; i < d->n_inputs; i++)
        if (row_fitted(d->inputs[i]))
            return true;
    return false;
}

/* Do transforms of whole rows fill missing cells? */
static bool transforms_fill(const DataSet *d)
{
    for (uint32_t i = 0; i < d->n_inputs; i++)
        if (d->inputs[i]->row->id == TRANSFORM_fill)
            return true;
    return false;
}

bool transforms_equal(const DataSet *a, const DataSet *b)
{
    bool same = a->n_inputs == b->n_inputs;
    for (uint32_t i = 0; same && i < a->n_inputs; i++)
        same = call_equal(a->inputs[i], b->inputs[i]);
    return same;
}

static const char *name_of(const DataSet *d)
{
    return *d->name ? d->name : "data";
}

/* Fitted values belong to places in the list, so no other list can use them. */
static bool check_list(Elab *e, const Instance *m, const DataSet *first, DataSet *d, Range range)
{
    if ((!transforms_fitted(first) && !transforms_fitted(d)) || transforms_equal(first, d))
        return true;
    diag_error(e->diags, range,
               "'%s' learned its preprocessing on '%s', but '%s' has other transforms", m->name,
               name_of(first), name_of(d));
    diag_note(e->diags, first->range, "'%s' has inputs = %s", name_of(first),
              transforms_text(e->arena, first));
    diag_note(e->diags, d->range, "'%s' has inputs = %s", name_of(d), transforms_text(e->arena, d));
    diag_help(e->diags, "give both the same list; 'data %s from %s { ... }' inherits it",
              name_of(d), name_of(first));
    return false;
}

/* ---- columns ---- */

bool columns_check(Elab *e, const DataSet *owner, const char *who, const DataSet *d, PartId part,
                   bool numbers, Range range)
{
    const Probe *probe = &e->options->probe;
    const void *from = d->facts.from[d->part[part].kind == PART_SOURCE ? part : PART_TRAIN];
    ProbeFault fault;
    if (!probe->columns || !owner->facts.have || !from || !owner->facts.n_columns)
        return true;
    ColumnsWanted want = {
        who,         owner->facts.by_name,  numbers, owner->facts.n_columns, owner->facts.columns,
        owner->plan, transforms_fill(owner)};
    if (probe->columns(probe->cx, from, &want, &fault))
        return true;
    diag_error(e->diags, range, "%s", fault.text);
    diag_note(e->diags, d->part[part].range.begin ? d->part[part].range : d->range,
              "the table is named here");
    if (*fault.help)
        diag_help(e->diags, "%s", fault.help);
    return false;
}

/* The columns that '%s' takes are those of its first data set. */
static bool check_columns(Elab *e, const Instance *m, const DataSet *first, DataSet *d, PartId part,
                          Range range)
{
    if (first == d) {
        d->own_columns = true;
        return true;
    }
    if (!d->columns_like)
        d->columns_like = first;
    return columns_check(e, first, arena_printf(e->arena, "'%s'", m->name), d, part, true, range);
}

/* ---- classes ---- */

bool classes_known(Elab *e, const Instance *m, const DataSet *d, Range range)
{
    uint32_t n_own, n;
    const DataSet *first = m->first_data;
    const char *const *own = data_class_names(first, &n_own);
    const char *const *names = data_class_names(d, &n);
    RtNameIndex index = rt_name_index(ARENA_ARRAY(e->arena, RtNamePlace, n_own + 1), n_own, own);
    for (uint32_t i = 0; n_own && first != d && i < n; i++) {
        if (rt_name_index_find(&index, names[i]) >= 0)
            continue;
        diag_error(e->diags, range, "'%s' was not trained with the class '%s' of '%s'", m->name,
                   names[i], name_of(d));
        diag_note(e->diags, first->range, "its classes are those of '%s'", name_of(first));
        return false;
    }
    return true;
}

/* ---- columns carried along ---- */

bool inputs_keep(Elab *e, const DataSet *d, PartId part, const char *who, const ArgValue *keep)
{
    const Probe *probe = &e->options->probe;
    const void *from = d->facts.from[d->part[part].kind == PART_SOURCE ? part : PART_TRAIN];
    const Call *source = d->part[d->part[part].kind == PART_SOURCE ? part : PART_TRAIN].source;
    ProbeFault fault;
    ColumnsWanted want = {who, true, false, keep->n, keep->texts, NULL, true};
    if (strcmp(source->row->kind_name, "table") != 0) {
        diag_error(e->diags, keep->range, "%s names columns of a table, but '%s' is not a table",
                   who, name_of(d));
        diag_note(e->diags, source->range, "its source is here");
        return false;
    }
    if (!probe->columns || !from || probe->columns(probe->cx, from, &want, &fault))
        return true;
    diag_error(e->diags, keep->range, "%s", fault.text);
    if (*fault.help)
        diag_help(e->diags, "%s", fault.help);
    return false;
}

/* ---- uses ---- */

static bool same_width(const DataSet *a, const DataSet *b)
{
    if (!a->facts.have || !b->facts.have || a->facts.n_columns || b->facts.n_columns)
        return true;
    return a->facts.x_rank == b->facts.x_rank &&
           !memcmp(a->facts.x_dims, b->facts.x_dims, a->facts.x_rank * sizeof *a->facts.x_dims);
}

bool inputs_use(Elab *e, Instance *m, DataSet *d, PartId part, Range range)
{
    Instance *owner = instance_inputs(m);
    if (!owner->input_data)
        owner->input_data = d;
    if (!m->first_data)
        m->first_data = d;
    return check_list(e, m, owner->input_data, d, range) &&
           check_columns(e, m, owner->input_data, d, part, range);
}

static bool targets_fitted(const DataSet *d)
{
    for (uint32_t i = 0; i < d->n_targets; i++)
        if (row_fitted(d->targets[i]))
            return true;
    return false;
}

bool inputs_adapt(Elab *e, Instance *m, DataSet *d, Range range)
{
    const DataSet *first = instance_inputs(m)->input_data;
    if (!transforms_fitted(d) && !targets_fitted(d)) {
        diag_error(e->diags, range, "'adapt' has nothing to fit: no transform of '%s' is fitted",
                   name_of(d));
        diag_note(e->diags, d->range, "the data set is declared here");
        return false;
    }
    if (same_width(first, d))
        return true;
    diag_error(
        e->diags, range,
        "'adapt' cannot change the width of '%s': the samples of '%s' have another shape than "
        "those of '%s'",
        m->name, name_of(d), name_of(first));
    diag_note(e->diags, d->range, "the data set is declared here");
    return false;
}

void inputs_fitted(Elab *e, Instance *m, bool fitted)
{
    instance_state(e, instance_inputs(m))->fitted = fitted ? FITTED_yes : FITTED_no;
}

void inputs_need_fitted(Elab *e, Instance *m, const DataSet *d, Range range)
{
    Fitted fitted = instance_state(e, instance_inputs(m))->fitted;
    if (!transforms_fitted(d) || fitted == FITTED_yes)
        return;
    diag_warning(
        e->diags, range, warning_name(WARNING_not_fitted),
        fitted == FITTED_no
            ? "'%s' was not fitted before: it takes the fitted values of '%s', for this "
              "command"
            : "whether '%s' was fitted before depends on an 'if': where it was not, it takes "
              "the fitted values of '%s', for this command",
        m->name, name_of(d));
    diag_help(e->diags, "write fit, adapt or load before this line");
}

/* ---- values of layers ---- */

static bool layer_needs_values(const Layer *l)
{
    return l->call && l->call->row->id == LAYER_Normalization &&
           l->call->args[ARG_Normalization_mean].none &&
           l->call->args[ARG_Normalization_variance].none;
}

/* The first layer of `m`, or of an instance inside, that nothing gave its values on every path; NULL: none. */
static const Layer *layer_without_values(Elab *e, const Instance *m, const Instance **owner)
{
    const Layer *found = NULL;
    for (size_t i = 0; i < m->layers.n && !found; i++) {
        const Layer *l = &m->layers.at[i];
        if (l->nested)
            found = layer_without_values(e, l->nested, owner);
        else if (layer_needs_values(l) && instance_state(e, m)->loaded != FITTED_yes) {
            found = l;
            *owner = m;
        }
    }
    return found;
}

void layers_loaded(Elab *e, const Instance *m, bool loaded)
{
    instance_state(e, m)->loaded = loaded ? FITTED_yes : FITTED_no;
    for (size_t i = 0; i < m->layers.n; i++)
        if (m->layers.at[i].nested)
            layers_loaded(e, m->layers.at[i].nested, loaded);
}

bool layers_have_values(Elab *e, const Instance *m, const char *command, Range range)
{
    const Instance *owner = NULL;
    const Layer *l = layer_without_values(e, m, &owner);
    if (!l)
        return true;
    diag_error(e->diags, range,
               instance_state(e, owner)->loaded == FITTED_no
                   ? "layer '%s' has no mean and variance: nothing was loaded before '%s'"
                   : "whether layer '%s' has a mean and a variance depends on an 'if' before '%s'",
               l->name, command);
    diag_note(e->diags, l->range, "the layer is here");
    diag_help(e->diags,
              "give it mean= and variance=, or load '%s' before this line; to learn them "
              "from the training rows write inputs = normalize() in the data set",
              m->name);
    layers_loaded(e, m, true); /* once is enough */
    return false;
}

void inputs_finish(Elab *e)
{
    for (size_t i = 0; i < e->p->data.n; i++) {
        DataSet *d = e->p->data.at[i];
        if (d->own_columns)
            d->columns_like = NULL;
        if (d->facts.have && !d->columns_like)
            (void)columns_check(e, d, arena_printf(e->arena, "'%s'", name_of(d)), d, PART_TRAIN,
                                true, d->part[PART_TRAIN].range);
    }
    for (size_t i = 0; i < e->p->instances.n; i++) {
        Instance *m = e->p->instances.at[i];
        if (!m->first_data)
            m->first_data = instance_inputs(m)->input_data;
    }
}
