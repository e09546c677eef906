/* class_weights.c: class_weight of fit: a map from classes, by number or by name, to factors. */
#include <stdlib.h>
#include <string.h>

#include "ir/program/elaborate_internal.h"
#include "runtime/abi/name_index.h"

enum { MOST_BALANCED = 1000 };

static bool refuse(Elab *e, Range where, const char *text)
{
    diag_error(e->diags, where, "'class_weight' %s", text);
    return false;
}

/* The names of the classes, sorted once. */
typedef struct Classes {
    Elab *e;
    DataSet *d;
    uint32_t n;
    const char *const *names;
    RtNameIndex index;
    bool is_open;
} Classes;

static bool open_classes(Classes *c, Range at)
{
    if (c->is_open)
        return true;
    if (!c->d->n_labels && !data_need_facts(c->e, c->d, at, "the list of classes"))
        return false;
    c->names = data_class_names(c->d, &c->n);
    c->index =
        rt_name_index(ARENA_ARRAY(c->e->arena, RtNamePlace, c->n + (size_t)1), c->n, c->names);
    c->is_open = true;
    return true;
}

static bool class_named(Classes *c, const Value *key, int64_t *out)
{
    if (!open_classes(c, key->range))
        return false;
    *out = rt_name_index_find(&c->index, key->text);
    if (*out >= 0)
        return true;
    RtSuggest best = rt_suggest_start(key->text);
    for (uint32_t i = 0; i < c->n; i++)
        rt_suggest_offer(&best, c->names[i]);
    const char *near = rt_suggest_best(&best);
    diag_error(c->e->diags, key->range,
               near ? "'%s' has no class '%s'; did you mean '%s'?" : "'%s' has no class '%s'",
               c->d->name, key->text, near);
    return false;
}

static bool take_class(Classes *c, const Value *key, int64_t *out)
{
    Elab *e = c->e;
    DataSet *d = c->d;
    Value label = *key;
    if (key->kind == VAL_int && d->numbers_classes) /* the label itself */
        label = value_string(key->range, arena_printf(e->arena, "%lld", (long long)key->i));
    if (label.kind == VAL_string)
        return class_named(c, &label, out);
    if (key->kind != VAL_int || key->i < 0 || key->i > INT32_MAX)
        return refuse(e, key->range, "maps classes, by number from 0 or by name, to weights");
    RtTargetFault fault;
    const Call *at;
    RtTargets t = data_targets(d, &fault, &at);
    if (!at && !rt_class_weight_check(&t, key->i, &fault)) {
        diag_error(e->diags, key->range, "%s", fault.text);
        diag_note(e->diags, d->range, "the data set is declared here");
        return false;
    }
    *out = key->i;
    return true;
}

static bool take_weight(Elab *e, const Value *v, double *out)
{
    if (v->kind == VAL_expr)
        report_runtime(e, v->expr, "a class weight");
    else if (!value_is_number(v) || !(v->f >= 0))
        return refuse(e, v->range, "takes weights >= 0");
    *out = v->f;
    return v->kind != VAL_expr;
}

/* Weights of all classes, by their counts. */
static const ClassWeights *balanced(Elab *e, const Value *v, DataSet *d)
{
    if (!d->n_labels && !data_need_facts(e, d, v->range, "the number of classes"))
        return NULL;
    int64_t n = d->n_labels ? d->n_labels : d->facts.classes;
    if (!n || n > MOST_BALANCED) {
        diag_error(e->diags, v->range,
                   n ? "'balanced' weighs at most %d classes, but '%s' has %lld"
                     : "'balanced' needs at most %d classes, but the targets of '%s' are not class "
                       "numbers",
                   MOST_BALANCED, d->name, (long long)n);
        return NULL;
    }
    int64_t *classes = ARENA_ARRAY(e->arena, int64_t, n);
    for (int64_t i = 0; i < n; i++)
        classes[i] = i;
    ClassWeights *out = ARENA_NEW(e->arena, ClassWeights);
    *out = (ClassWeights){.n = (uint32_t)n, .classes = classes, .balanced = true};
    return out;
}

static bool is_balanced(const Value *v)
{
    return (v->kind == VAL_string || v->kind == VAL_word) && !strcmp(v->text, "balanced");
}

typedef struct Taken {
    int64_t class;
    uint32_t place;
} Taken;

static int by_class(const void *a, const void *b)
{
    const Taken *x = a, *y = b;
    return x->class != y->class ? (x->class > y->class) - (x->class < y->class)
                                : (x->place > y->place) - (x->place < y->place);
}

/* The first that names the class of one before it; n: none does. */
static uint32_t find_twin(Arena *arena, uint32_t n, const int64_t *classes)
{
    uint32_t first = n;
    Taken *all = ARENA_ARRAY(arena, Taken, n + (size_t)1);
    for (uint32_t i = 0; i < n; i++)
        all[i] = (Taken){classes[i], i};
    qsort(all, n, sizeof *all, by_class);
    for (uint32_t i = 1; i < n; i++)
        if (all[i].class == all[i - 1].class && all[i].place < first)
            first = all[i].place;
    return first;
}

const ClassWeights *class_weights(Elab *e, const Value *map, DataSet *d)
{
    bool by_counts = is_balanced(map);
    if (!by_counts && (map->kind != VAL_map || !map->n)) {
        (void)refuse(e, map->range, "takes a map such as [0: 1.0, 1: 2.5], or balanced");
        return NULL;
    }
    if (data_has_weights(d)) {
        diag_error(e->diags, map->range,
                   "'class_weight' cannot be used with '%s', whose "
                   "samples have weights",
                   d->name);
        diag_note(e->diags, d->range, "the data set is declared here");
        diag_help(e->diags, "multiply the weights of the samples by those of their classes");
        return NULL;
    }
    if (by_counts)
        return balanced(e, map, d);
    uint32_t n = map->n / 2;
    int64_t *classes = ARENA_ARRAY(e->arena, int64_t, n);
    double *weights = ARENA_ARRAY(e->arena, double, n);
    Classes known = {.e = e, .d = d};
    for (uint32_t i = 0; i < n; i++) {
        const Value *key = &map->items[2 * i];
        if (!take_class(&known, key, &classes[i]) || !take_weight(e, key + 1, &weights[i]))
            return NULL;
    }
    uint32_t twin = find_twin(e->arena, n, classes);
    if (twin < n) {
        (void)refuse(e, map->items[2 * twin].range, "names this class twice");
        return NULL;
    }
    ClassWeights *out = ARENA_NEW(e->arena, ClassWeights);
    *out = (ClassWeights){n, classes, weights, false};
    return out;
}
