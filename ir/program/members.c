/* members.c: what stands behind a dot: parts and figures of data sets, layers of models, figures of
 * results. */
#include <string.h>

#include "ir/defs/entries.h"
#include "ir/program/elaborate_internal.h"
#include "ir/program/outputs.h"
#include "support/habits.h"

/* For what Python has behind a dot. */
static void help_member(Elab *e, const Value *object, AstName name)
{
    const Row *command = vocab_find(VOCAB_command, name.text);
    const Row *function = vocab_find(VOCAB_function, name.text);
    const char *habit = habit_word(HABIT_member, name.text);
    if (!habit)
        habit = habit_word(HABIT_file, name.text);
    bool model = object->kind == VAL_instance;
    if (object->kind == VAL_map && object->n && object->items[1].kind == VAL_result)
        diag_help(e->diags, "it holds results by their keys: [KEY].%s", name.text);
    else if (habit)
        diag_help(e->diags, "%s", habit);
    else if (command)
        diag_help(e->diags, "the command comes first: %s %s ... as r", command->name,
                  model ? object->instance->name : "net");
    else if (function)
        diag_help(e->diags, "it is a function: %s(x)", function->name);
}

static Value no_member(Elab *e, const Value *object, AstName name, RtSuggest *best)
{
    const char *near = best ? rt_suggest_best(best) : NULL;
    diag_error(e->diags, name.range, near ? "%s has no '%s'; did you mean '%s'?" : "%s has no '%s'",
               value_text(e, object), name.text, near);
    if (near)
        offer_fix(e, name.range, best);
    else
        help_member(e, object, name);
    return value_error(name.range);
}

static bool is(AstName name, const char *text)
{
    return !strcmp(name.text, text);
}

/* ---- data sets ---- */

static Value part_of(Elab *e, const Value *v, PartId part, Range range)
{
    static const char *const names[] = {"train", "validation", "test"};
    if (v->data->part[part].kind == PART_ABSENT) {
        diag_error(e->diags, range, "the data set '%s' has no %s part", v->data->name, names[part]);
        diag_note(e->diags, v->data->range, "it is declared here");
        return value_error(range);
    }
    return (Value){.kind = VAL_part, .range = range, .data = v->data, .part = part};
}

static Value class_names(Elab *e, DataSet *d, Range range)
{
    bool own = d->n_labels > 0;
    if (!own && !data_need_facts(e, d, range, "the list of classes"))
        return value_error(range);
    uint32_t n = own ? d->n_labels : d->facts.n_class_names;
    const char *const *names = own ? d->labels : d->facts.class_names;
    Value *items = ARENA_ARRAY(e->arena, Value, n + 1);
    for (uint32_t i = 0; i < n; i++)
        items[i] = value_string(range, names[i]);
    return value_list(e, range, VAL_list, n, items);
}

static Value data_member(Elab *e, const Value *v, AstName name, Range range)
{
    RtSuggest best = rt_suggest_start(name.text);
    if (is(name, "train"))
        return part_of(e, v, PART_TRAIN, range);
    if (is(name, "validation"))
        return part_of(e, v, PART_VALIDATION, range);
    if (is(name, "test"))
        return part_of(e, v, PART_TEST, range);
    if (is(name, "class_names"))
        return class_names(e, v->data, range);
    if (is(name, "classes")) {
        if (!data_need_facts(e, v->data, range, "the number of classes"))
            return value_error(range);
        if (!v->data->facts.classes) {
            diag_error(e->diags, range, "the targets of '%s' are not class numbers", v->data->name);
            return value_error(range);
        }
        return value_int(range, v->data->facts.classes);
    }
    decl_entry_offer("a data set", &best);
    return no_member(e, v, name, &best);
}

static Value part_member(Elab *e, const Value *v, AstName name, Range range)
{
    if (is(name, "count") && v->has_rows)
        return value_int(range, v->end - v->i);
    if (is(name, "count"))
        return data_need_rows(e, v->data, v->part, range)
                   ? value_int(range, v->data->facts.rows[v->part])
                   : value_error(range);
    if (is(name, "inputs") || is(name, "targets")) {
        Expr *x = expr_new(e, EX_part, EXT_array, range, 0);
        x->index = v->data->id;
        x->value = v->part;
        x->text = name.text;
        Value all = value_expr(x);
        return v->has_rows ? expr_rows(e, range, &all, v) : all;
    }
    RtSuggest best = rt_suggest_start(name.text);
    decl_entry_offer("a part", &best);
    return no_member(e, v, name, &best);
}

static Value inputs_shape(Elab *e, const Value *v, Range range)
{
    DataSet *d = e->p->data.at[v->expr->index];
    Value items[RT_MAX_RANK];
    if (!data_need_facts(e, d, range, "the shape of the inputs"))
        return value_error(range);
    RowShape row = data_row(d);
    if (!row_behind(e->arena, e->diags, d->inputs, d->n_inputs, &row))
        return value_error(range);
    for (uint32_t i = 0; i < row.rank; i++)
        items[i] = value_int(range, row.dims[i]);
    return value_list(e, range, VAL_tuple, row.rank, items);
}

/* ---- models ---- */

static Value instance_member(Elab *e, const Value *v, AstName name, Range range)
{
    RtSuggest best = rt_suggest_start(name.text);
    Value out = {.kind = VAL_layer, .range = range, .instance = v->instance, .text = name.text};
    if (is(name, "weights")) {
        out.kind = VAL_weights;
        return out;
    }
    if (is(name, "layers")) {
        diag_error(e->diags, name.range, "'layers' of a model is not built yet");
        return value_error(range);
    }
    if (model_waits(e, v->instance, name.range))
        return value_error(range);
    for (size_t i = 0; i < v->instance->layers.n; i++) {
        const Layer *l = &v->instance->layers.at[i];
        if (!strcmp(l->name, name.text))
            return l->nested ? (Value){.kind = VAL_instance, .range = range, .instance = l->nested}
                             : out;
        rt_suggest_offer(&best, l->name);
    }
    return no_member(e, v, name, &best);
}

/* Where `inner` stands first inside `outer`, as the prefix of its states: "encoder."; NULL: nowhere. */
static const char *place_inside(Elab *e, const Instance *outer, const Instance *inner)
{
    for (size_t i = 0; i < outer->layers.n; i++) {
        const Layer *l = &outer->layers.at[i];
        const char *rest = l->nested == inner ? ""
                           : l->nested        ? place_inside(e, l->nested, inner)
                                              : NULL;
        if (rest)
            return arena_printf(e->arena, "%s.%s", l->name, rest);
    }
    return NULL;
}

/* The instance in whose block the states of m lie, and their prefix there. What stands nowhere so far
 * gets a block of its own. */
static const Instance *block_of(Elab *e, Instance *m, const char **prefix)
{
    for (size_t i = 0; i < e->p->instances.n && !m->top_level; i++)
        if ((*prefix = place_inside(e, e->p->instances.at[i], m)))
            return e->p->instances.at[i];
    *prefix = "";
    instance_top_level(e, m);
    return m;
}

static Value layer_member(Elab *e, const Value *v, AstName name, Range range)
{
    const char *prefix;
    const Instance *top = block_of(e, v->instance, &prefix);
    Expr *x = expr_new(e, EX_weight, EXT_array, range, 0);
    x->index = top->id;
    x->text = arena_printf(e->arena, "%s%s.%s", prefix, v->text, name.text);
    return value_expr(x);
}

/* ---- results ---- */

static Value result_value(Elab *e, const Value *v, AstName name, ExprType type, bool is_int,
                          Range range)
{
    Expr *x = expr_new(e, EX_result, type, range, 0);
    x->index = v->result;
    x->text = name.text;
    x->is_int = is_int;
    return value_expr(x);
}

static Value fit_member(Elab *e, const Value *v, const Command *c, AstName name, Range range)
{
    static const char owner[] = "a result of fit";
    RtSuggest best = rt_suggest_start(name.text);
    bool val = !strncmp(name.text, "val_", 4), validates = command_validates(c);
    if (is(name, "n_iter"))
        name.text = "epochs";
    if (is(name, "keys") || is(name, "epoch"))
        return result_value(e, v, name, EXT_series, is(name, "epoch"), range);
    if (is(name, "learning_rate") && c->sets_rate)
        return result_value(e, v, name, EXT_series, false, range);
    if (is(name, "learning_rate")) {
        diag_error(e->diags, name.range,
                   "nothing changes the learning rate in this fit, so it has no series of it");
        diag_note(e->diags, c->range, "the fit is here");
        return value_error(range);
    }
    if (decl_entry_find(owner, name.text))
        return result_value(e, v, name, EXT_number, true, range);
    if (log_list_find(e, c, name.text, validates))
        return result_value(e, v, name, EXT_array, false, range);
    decl_entry_offer(owner, &best);
    if (log_key_find(e, c, name.text, validates, &best))
        return result_value(e, v, name, EXT_series, false, range);
    if (val && !validates) {
        diag_error(e->diags, name.range, "this fit has no validation part, so there is no '%s'",
                   name.text);
        diag_note(e->diags, c->range, "the fit is here");
        return value_error(range);
    }
    return no_member(e, v, name, &best);
}

/* Of each fold: what evaluate gives for the rows that it holds out and, with train_, for the others. */
static Value folds_member(Elab *e, const Value *v, const Command *c, AstName name, Range range)
{
    static const char owner[] = "a result of cross_validate";
    RtSuggest best = rt_suggest_start(name.text);
    const char *key = !strncmp(name.text, "train_", 6) ? name.text + 6 : name.text;
    if (is(name, "predictions"))
        return result_value(e, v, name, EXT_array, false, range);
    if (decl_entry_find(owner, name.text))
        return result_value(e, v, name, EXT_series, is(name, "fold") || is(name, "epochs"), range);
    if (log_list_find(e, c, key, false))
        return result_value(e, v, name, EXT_array, false, range);
    decl_entry_offer(owner, &best);
    if (log_key_find(e, c, key, false, &best))
        return result_value(e, v, name, EXT_series, false, range);
    return no_member(e, v, name, &best);
}

/* The class of each row. Where files are missing only the run knows whether classes have names. */
static Value predicted_labels(Elab *e, const Value *v, const Command *c, AstName name, Range range)
{
    int64_t dims[RT_MAX_RANK];
    const DataSet *d = c->taught;
    OutputMeaning meaning =
        output_meaning(c->instance, c->compile, d, output_row(e, c, dims), dims);
    if (meaning.kind == RT_OUTPUT_values) {
        diag_error(e->diags, name.range, "'%s' is not a classifier: %s", c->instance->name,
                   meaning.why);
        diag_note(e->diags, c->range, "the prediction is made here");
        return value_error(range);
    }
    bool texts = d->n_labels || (d->facts.have && d->facts.n_class_names);
    if (texts)
        return result_value(e, v, name, EXT_texts, false, range);
    return result_value(e, v, name, d->facts.have ? EXT_series : EXT_labels, d->facts.have, range);
}

/* A metric of compare(a, b). */
static Value compared_member(Elab *e, const Value *v, AstName name)
{
    RtSuggest best = rt_suggest_start(name.text);
    for (uint32_t i = 0; i < v->n; i += 2) {
        if (!strcmp(v->items[i].text, name.text))
            return v->items[i + 1];
        rt_suggest_offer(&best, v->items[i].text);
    }
    return no_member(e, v, name, &best);
}

static Value result_member(Elab *e, const Value *v, AstName name, Range range)
{
    const Command *c = &e->p->commands.at[e->p->results.at[v->result].command];
    RtSuggest best = rt_suggest_start(name.text);
    switch ((CommandId)c->row->id) {
    case COMMAND_fit:
        return fit_member(e, v, c, name, range);
    case COMMAND_evaluate:
        if (log_list_find(e, c, name.text, false))
            return result_value(e, v, name, EXT_series, false, range);
        if (log_key_find(e, c, name.text, false, &best))
            return result_value(e, v, name, EXT_number, false, range);
        break;
    case COMMAND_cross_validate:
        return folds_member(e, v, c, name, range);
    case COMMAND_sweep: {
        Value out;
        if (sweep_member(e, v, name, range, &best, &out))
            return out;
        decl_entry_offer("a result of sweep", &best);
        break;
    }
    case COMMAND_predict:
        if (is(name, "labels"))
            return predicted_labels(e, v, c, name, range);
        decl_entry_offer("a result of predict", &best);
        break;
    default: /* others give nothing */
        break;
    }
    return no_member(e, v, name, &best);
}

Value member_get(Elab *e, const Value *object, AstName name, Range range)
{
    Value made = *object;
    switch (object->kind) {
    case VAL_data:
        return data_member(e, object, name, range);
    case VAL_part:
        return part_member(e, object, name, range);
    case VAL_model:
        made.instance = model_implicit(e, object->decl, object->range);
        made.kind = VAL_instance;
        return made.instance ? instance_member(e, &made, name, range) : value_error(range);
    case VAL_instance:
        return instance_member(e, object, name, range);
    case VAL_layer:
        return layer_member(e, object, name, range);
    case VAL_result:
        return result_member(e, object, name, range);
    case VAL_expr:
        if (object->n)
            return compared_member(e, object, name);
        if (object->expr->op == EX_rows && object->expr->args[0]->op == EX_part)
            made.expr = (Expr *)(uintptr_t)object->expr->args[0];
        if (made.expr->op == EX_part && is(name, "shape"))
            return inputs_shape(e, &made, range);
        if (object->expr->op == EX_weight && is(name, "shape"))
            return weights_shape(e, object->expr, range);
        break;
    case VAL_error:
        return *object;
    case VAL_space:
        return no_member(e, object, name, NULL);
    default: /* numbers, lists … have no members */
        break;
    }
    return no_member(e, object, name, NULL);
}
