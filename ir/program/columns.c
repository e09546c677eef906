/* columns.c: columns(...): which columns of a table the inputs are made of, in which order, and what the
 * transforms of each make of it.
 *
 * In: the call, and what the file says of its columns, where it is there. Out: a plan, which models that are
 * first used with this data set go by. Where the file is not there, a column must tell its width itself. */
#include <stdlib.h>
#include <string.h>

#include "ir/defs/warnings.h"
#include "ir/program/elaborate_internal.h"
#include "runtime/abi/commas.h"
#include "runtime/abi/name_index.h"
#include "runtime/abi/transforms.h"

enum { MOST_REPORTED = 10 }; /* columns that are not there */

typedef struct Planning {
    Elab *e;
    DataSet *d;
    const Call *call;
    Plan *plan;
    uint32_t n_absent; /* listed columns that the file does not have */
} Planning;

/* A column on its way through its transforms. */
typedef struct Walk {
    Planning *p;
    PlanColumn *c;
    const ColumnFacts *facts; /* NULL: the file is not there */
    bool is_text;             /* at this place */
    bool is_filled;           /* missing cells are gone */
    bool moved;               /* the values are not those of the file any more */
    const Call *fill;
} Walk;

/* ---- where columns stand ---- */

static RtNameIndex index_names(Arena *arena, uint32_t n, const char *const *names)
{
    return rt_name_index(ARENA_ARRAY(arena, RtNamePlace, n + 1), n, names);
}

static bool is_target(const DataSet *d, const char *name)
{
    uint32_t n;
    const char *const *targets = data_target_names(d, &n);
    for (uint32_t i = 0; i < n; i++)
        if (!strcmp(targets[i], name))
            return true;
    return false;
}

/* The first few; each is compared with all columns. */
static bool report_absent(Planning *p, const char *name, Range range)
{
    const DataFacts *f = &p->d->facts;
    const Call *source = p->d->part[PART_TRAIN].source;
    if (++p->n_absent > MOST_REPORTED)
        return false;
    if (is_target(p->d, name)) {
        diag_error(p->e->diags, range,
                   "the column \"%s\" is a target of '%s', and no input: transforms of it stand in "
                   "targets = ...",
                   name, p->d->name);
        return false;
    }
    RtSuggest best = rt_suggest_start(name);
    for (uint32_t i = 0; i < f->n_columns; i++)
        rt_suggest_offer(&best, f->columns[i]);
    const char *near = rt_suggest_best(&best);
    diag_error(p->e->diags, range,
               near ? "'%s' has no column \"%s\" for the inputs; did you mean \"%s\"?"
                    : "'%s' has no column \"%s\" for the inputs",
               f->path ? f->path : source->row->name, name, near);
    if (!near && f->n_columns)
        diag_help(p->e->diags, "its %u columns run from \"%s\" to \"%s\"", f->n_columns,
                  f->columns[0], f->columns[f->n_columns - 1]);
    return false;
}

/* ---- the transforms of one column ---- */

static const char *column_text(const Walk *w)
{
    return arena_printf(w->p->e->arena, "the column \"%s\"", w->c->name);
}

/* Texts, numbers, or nobody knows. */
static bool need_numbers(Walk *w, const Call *call)
{
    if (!w->is_text)
        return true;
    diag_error(w->p->e->diags, call->range, "'%s' takes numbers, but %s holds texts",
               call->row->name, column_text(w));
    if (w->facts && *w->facts->few)
        diag_help(w->p->e->diags, "some of them are %s; one_hot() and ordinal([...]) take texts",
                  w->facts->few);
    return false;
}

static bool fill_column(Walk *w, const Call *call)
{
    const ArgValue *value = &call->args[ARG_fill_value];
    bool text = value->i == RT_FILL_text;
    bool fits = value->i == RT_FILL_most_frequent || text == w->is_text;
    if (w->c->kind == RT_COLUMN_unknown && text) {
        w->c->kind = RT_COLUMN_texts;
        w->is_text = fits = true;
    }
    if (!fits) {
        diag_error(w->p->e->diags, call->range,
                   w->is_text ? "%s holds texts, which fill(most_frequent) or a text fills, as "
                                "fill(\"none\") does"
                              : "%s holds numbers, which a text cannot fill",
                   column_text(w));
        return false;
    }
    if (call->args[ARG_fill_indicator].i)
        w->c->n_flags++;
    w->c->n_fitted += value->i >= RT_FILL_mean ? w->c->width : 0;
    w->is_filled = true;
    w->fill = call;
    return true;
}

/* What the different values of the column are numbered by. */
static bool take_values(Walk *w, const Call *call)
{
    Elab *e = w->p->e;
    const ArgValue *fill = w->fill ? &w->fill->args[ARG_fill_value] : NULL;
    bool fitted = fill && (fill->i == RT_FILL_mean || fill->i == RT_FILL_median);
    if (!w->moved && w->c->width == 1 && !fitted && !w->c->by_value)
        return true;
    diag_error(e->diags, call->range,
               "'%s' takes the values of %s as the file has them: only fill with a value or "
               "most_frequent may stand before it",
               call->row->name, column_text(w));
    return false;
}

static bool find_values(Walk *w, const Call *call, uint32_t most)
{
    Elab *e = w->p->e;
    const Probe *probe = &e->options->probe;
    const ArgValue *fill = w->fill ? &w->fill->args[ARG_fill_value] : NULL;
    CategoryRule rule = {.most = most,
                         .fills = fill && fill->i <= RT_FILL_text,
                         .fill_text = fill && fill->i == RT_FILL_text ? fill->text : NULL,
                         .fill_number = fill ? fill->f : 0};
    const char *message = NULL;
    if (w->p->d->facts.told) {
        w->c->n_texts = w->facts->n_texts;
        w->c->texts = w->facts->texts;
        return true;
    }
    if (!probe->categories ||
        probe->categories(probe->cx, w->p->d->facts.from[PART_TRAIN], w->facts->place, &rule,
                          &w->c->n_texts, &w->c->texts, &message))
        return true;
    diag_error(e->diags, call->range, "%s", message);
    return false;
}

/* one_hot(): a number for each value. */
static bool one_hot_values(Walk *w, const Call *call)
{
    Elab *e = w->p->e;
    const ArgValue *most = &call->args[ARG_one_hot_most];
    enum { ONE_HOT_error, ONE_HOT_ignore, ONE_HOT_other };
    int64_t unknown = call->args[ARG_one_hot_unknown].i, other = unknown == ONE_HOT_other;
    if (!take_values(w, call))
        return false;
    if (!most->none && unknown == ONE_HOT_error) {
        diag_error(e->diags, call->range,
                   "most= leaves out values, so unknown= must be ignore or other");
        return false;
    }
    if (!most->none && most->i - other < 1) {
        diag_error(e->diags, most->range, "most=%lld leaves no number for a value beside 'other'",
                   (long long)most->i);
        return false;
    }
    uint32_t kept = most->none ? 0 : (uint32_t)(most->i - other);
    if (w->facts && !find_values(w, call, kept))
        return false;
    if (!w->facts && !w->c->n_texts && most->none) {
        diag_error(e->diags, call->range, "how many values %s has is not known: %s", column_text(w),
                   data_absence(w->p->d));
        diag_help(e->diags,
                  "name its folder by --data-dir, or write one_hot(unknown=other, most=N)");
        return false;
    }
    w->c->n_slots = w->facts || !kept || w->c->n_texts ? w->c->n_texts : kept;
    w->c->width = (int64_t)w->c->n_slots + other;
    w->c->by_value = true;
    w->c->takes_unknown = unknown != ONE_HOT_error;
    w->is_filled = w->is_filled || w->c->takes_unknown;
    return true;
}

/* Names, free texts and numbers of customers are no categories. */
static void warn_of_values(const Walk *w, const Call *call)
{
    enum { MANY_VALUES = 1000 };
    char count[32];
    if (w->c->n_slots <= MANY_VALUES)
        return;
    diag_warning(w->p->e->diags, call->range, warning_name(WARNING_many_values),
                 "one_hot makes %s numbers of %s, one for each of its values",
                 rt_commas(w->c->n_slots, count), column_text(w));
    diag_help(
        w->p->e->diags,
        "one_hot(unknown=other, most=50) keeps the frequent ones, drop() leaves the column out");
}

static bool one_hot_column(Walk *w, const Call *call)
{
    const ArgValue *n = &call->args[ARG_one_hot_n];
    if (n->none) {
        bool right = one_hot_values(w, call);
        if (right)
            warn_of_values(w, call);
        w->is_text = false;
        return right;
    }
    if (!need_numbers(w, call))
        return false;
    w->c->width *= n->i;
    return true;
}

static bool ordinal_column(Walk *w, const Call *call)
{
    Elab *e = w->p->e;
    const ArgValue *list = &call->args[ARG_ordinal_values],
                   *fill = w->fill ? &w->fill->args[ARG_fill_value] : NULL;
    bool has_fill = !fill || fill->i != RT_FILL_text;
    if (!w->is_text && w->c->kind == RT_COLUMN_numbers) {
        diag_error(e->diags, call->range, "'ordinal' takes texts, but %s holds numbers",
                   column_text(w));
        return false;
    }
    if (!take_values(w, call))
        return false;
    RtNameIndex listed = index_names(e->arena, list->n, list->texts);
    for (uint32_t i = 0; i < list->n; i++) {
        has_fill = has_fill || !strcmp(list->texts[i], fill->text);
        if (rt_name_index_find(&listed, list->texts[i]) == i)
            continue;
        diag_error(e->diags, list->range, "ordinal lists \"%s\" twice", list->texts[i]);
        return false;
    }
    if (!list->n || !has_fill) {
        diag_error(e->diags, call->range,
                   list->n ? "ordinal lacks \"%s\", which fill puts into empty cells"
                           : "ordinal lists no text",
                   fill ? fill->text : "");
        return false;
    }
    w->c->kind = RT_COLUMN_texts;
    w->c->n_texts = w->c->n_slots = list->n;
    w->c->texts = list->texts;
    w->c->by_value = true;
    w->is_text = false;
    return true;
}

static bool bucketize_column(Walk *w, const Call *call)
{
    const ArgValue *edges = &call->args[ARG_bucketize_edges];
    if (!need_numbers(w, call))
        return false;
    if (w->c->width != 1) {
        diag_error(w->p->e->diags, call->range, "'bucketize' takes one number, but gets %lld",
                   (long long)w->c->width);
        return false;
    }
    w->c->n_fitted += edges->floats ? 0 : edges->i - 1;
    w->c->width = edges->floats ? (int64_t)edges->n + 1 : edges->i;
    return true;
}

static bool scale_column(Walk *w, const Call *call)
{
    const RtTransformRow *row = rt_transform_row((RtTransformId)call->row->id);
    w->c->n_fitted += row->n_fitted * w->c->width;
    return need_numbers(w, call);
}

static bool walk_call(Walk *w, const Call *call)
{
    bool right = false;
    switch ((TransformId)call->row->id) {
    case TRANSFORM_fill:
        return fill_column(w, call); /* the values of the file stay */
    case TRANSFORM_one_hot:
        right = one_hot_column(w, call);
        break;
    case TRANSFORM_ordinal:
        right = ordinal_column(w, call);
        break;
    case TRANSFORM_bucketize:
        right = bucketize_column(w, call);
        break;
    case TRANSFORM_drop:
        diag_error(w->p->e->diags, call->range, "'drop' stands alone: %s is left out",
                   column_text(w));
        return false;
    default:
        if (!strcmp(call->row->kind_name, "targets") || call->row->id == TRANSFORM_reshape ||
            call->row->id == TRANSFORM_columns)
            diag_error(w->p->e->diags, call->range, "'%s' is no transform of a single column",
                       call->row->name);
        else
            right = data_range_is_right(w->p->e, call) && scale_column(w, call);
    }
    w->moved = true;
    return right;
}

/* What is wrong with a column without a transform for it: its first cell that is, and what to write. */
static bool report_cells(const Walk *w, const char *message)
{
    diag_error(w->p->e->diags, w->p->d->part[PART_TRAIN].range, "%s", message);
    if (w->facts->help)
        diag_help(w->p->e->diags, "%s", w->facts->help);
    return false;
}

static bool walk_column(Planning *p, PlanColumn *c, const ColumnFacts *facts)
{
    Walk w = {.p = p, .c = c, .facts = facts};
    c->kind = facts ? facts->kind : RT_COLUMN_unknown;
    c->width = 1;
    w.is_text = c->kind == RT_COLUMN_texts;
    for (uint32_t i = 0; i < c->n_calls; i++)
        if (!walk_call(&w, c->calls[i]))
            return false;
    c->takes_missing = w.is_filled;
    if (w.is_text && !c->n_calls)
        return report_cells(&w, facts->wrong);
    if (w.is_text) {
        diag_error(p->e->diags, c->calls[0]->range,
                   "%s holds texts, which must become numbers: add one_hot() or ordinal([...])",
                   column_text(&w));
        return false;
    }
    if (facts && facts->kind == RT_COLUMN_numbers && facts->wrong)
        return report_cells(&w, facts->wrong);
    if (facts && facts->missing && !w.is_filled)
        return report_cells(&w, facts->empty);
    return true;
}

/* ---- the plan ---- */

static bool is_drop(uint32_t n, const Call *const *calls)
{
    return n == 1 && calls[0]->row->id == TRANSFORM_drop;
}

static bool add_column(Planning *p, const char *name, uint32_t n, const Call *const *calls,
                       const ColumnFacts *facts)
{
    Plan *plan = p->plan;
    if (is_drop(n, calls)) {
        plan->dropped[plan->n_dropped++] = name;
        return true;
    }
    PlanColumn *c = &plan->at[plan->n];
    *c = (PlanColumn){.name = name, .n_calls = n, .calls = calls};
    if (!walk_column(p, c, facts))
        return false;
    plan->names[plan->n++] = name;
    plan->width += c->width + c->n_flags;
    plan->n_fitted += c->n_fitted;
    return true;
}

static const ColumnFacts *column_facts(Planning *p, uint32_t place)
{
    const Probe *probe = &p->e->options->probe;
    const DataFacts *f = &p->d->facts;
    ColumnFacts *out = ARENA_NEW(p->e->arena, ColumnFacts);
    if (f->told)
        return &f->told[place];
    out->place = place;
    if (probe->column)
        probe->column(probe->cx, f->from[PART_TRAIN], out);
    return out;
}

/* Those that are listed, in their order; the rest is marked in `taken`. */
static bool add_listed(Planning *p, bool *taken)
{
    const ArgValue *list = &p->call->args[ARG_columns_columns];
    const DataFacts *f = &p->d->facts;
    const Call *const *calls = list->calls;
    RtNameIndex names = index_names(p->e->arena, f->have ? f->n_columns : 0, f->columns);
    bool right = true;
    for (uint32_t i = 0; i < list->n; calls += list->ints[i++]) {
        const char *name = list->texts[i];
        int64_t place = rt_name_index_find(&names, name);
        bool found = place >= 0;
        const ColumnFacts *facts = found ? column_facts(p, (uint32_t)place) : NULL;
        if (!found && f->from_weights && is_drop((uint32_t)list->ints[i], calls))
            continue;
        if (!found && f->have)
            right = report_absent(p, name, list->range);
        else
            right = add_column(p, name, (uint32_t)list->ints[i], calls, facts) && right;
        if (found)
            taken[place] = true;
    }
    if (p->n_absent > MOST_REPORTED)
        diag_error(p->e->diags, list->range, "%u more of these columns are not there",
                   p->n_absent - MOST_REPORTED);
    return right;
}

static bool add_others(Planning *p, const bool *taken)
{
    const ArgValue *numbers = &p->call->args[ARG_columns_numbers],
                   *texts = &p->call->args[ARG_columns_texts];
    const DataFacts *f = &p->d->facts;
    bool right = true;
    for (uint32_t i = 0; i < f->n_columns; i++) {
        if (taken[i])
            continue;
        const ColumnFacts *facts = column_facts(p, i);
        const ArgValue *list = facts->kind == RT_COLUMN_texts ? texts : numbers;
        right = add_column(p, f->columns[i], list->none ? 0 : list->n, list->calls, facts) && right;
    }
    return right;
}

/* The names of a file that is not there may be any. */
static bool needs_file(Planning *p)
{
    const Call *c = p->call;
    if (p->d->facts.have || (c->args[ARG_columns_numbers].none && c->args[ARG_columns_texts].none))
        return false;
    diag_error(p->e->diags, c->range,
               "which columns 'numbers' and 'texts' stand for is not known: %s",
               data_absence(p->d));
    diag_help(p->e->diags, "name its folder by --data-dir, or list all columns by name");
    return true;
}

static const Call *columns_call(Elab *e, const DataSet *d)
{
    for (uint32_t i = 1; i < d->n_inputs; i++)
        if (d->inputs[i]->row->id == TRANSFORM_columns)
            diag_error(e->diags, d->inputs[i]->range, "'columns' must be the first transform");
    return d->n_inputs && d->inputs[0]->row->id == TRANSFORM_columns ? d->inputs[0] : NULL;
}

static bool is_table(const DataSet *d)
{
    return !strcmp(d->part[PART_TRAIN].source->row->kind_name, "table");
}

static bool report_source(Elab *e, const DataSet *d, const Call *call)
{
    diag_error(e->diags, call->range, "'columns' takes a table, but '%s' reads %s", d->name,
               d->part[PART_TRAIN].source->row->name);
    return false;
}

bool columns_plan(Elab *e, DataSet *d)
{
    size_t errors = diag_errors(e->diags);
    const Call *call = columns_call(e, d);
    if (!call || diag_errors(e->diags) > errors)
        return diag_errors(e->diags) == errors;
    if (!is_table(d))
        return report_source(e, d, call);
    uint32_t n = d->facts.n_columns + call->args[ARG_columns_columns].n;
    Planning p = {.e = e, .d = d, .call = call, .plan = ARENA_NEW(e->arena, Plan)};
    if (needs_file(&p))
        return false;
    p.plan->at = ARENA_ARRAY(e->arena, PlanColumn, n + 1);
    p.plan->dropped = ARENA_ARRAY(e->arena, const char *, n + 1);
    p.plan->names = ARENA_ARRAY(e->arena, const char *, n + 1);
    bool *taken = ARENA_ARRAY(e->arena, bool, n + 1);
    bool right = add_listed(&p, taken);
    if (d->facts.have)
        right = add_others(&p, taken) && right;
    if (!right)
        return false;
    if (!p.plan->n) {
        diag_error(e->diags, call->range, "no column is left for the inputs");
        return false;
    }
    d->plan = p.plan;
    d->facts.n_columns = p.plan->n;
    d->facts.columns = p.plan->names;
    d->facts.x_dims[0] = p.plan->n;
    return true;
}
