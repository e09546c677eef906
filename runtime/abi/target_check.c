/* target_check.c: the rules for targets, and the words in which they are told. */
#include "runtime/abi/target_check.h"

#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runtime/abi/commas.h"
#include "runtime/abi/status.h"
#include "runtime/abi/shown.h"
#include "runtime/abi/target_labels.h"

/* Sums and products of transforms are rounded. */
static const double rounding = 1e-6;

/* ---- targets ---- */

RtNumbers rt_numbers_none(void)
{
    return (RtNumbers){.least = DBL_MAX, .most = -DBL_MAX};
}

void rt_numbers_add(RtNumbers *n, double value)
{
    if (isnan(value)) {
        n->has_nan = true;
        return;
    }
    if (value != floor(value))
        n->has_fraction = true;
    if (value < n->least)
        n->least = value;
    if (value > n->most)
        n->most = value;
}

void rt_numbers_merge(RtNumbers *n, const RtNumbers *part)
{
    n->has_nan = n->has_nan || part->has_nan;
    n->has_fraction = n->has_fraction || part->has_fraction;
    bool inside = part->least >= n->least && part->most <= n->most,
         around = part->least <= n->least && part->most >= n->most;
    if (around)
        n->distinct = part->distinct > n->distinct ? part->distinct : n->distinct;
    else if (!inside)
        n->distinct = 0;
    n->n = part->n > n->n ? part->n : n->n;
    n->least = part->least < n->least ? part->least : n->least;
    n->most = part->most > n->most ? part->most : n->most;
}

RtTargets rt_targets_stored(const char *data, bool is_float, uint32_t rank, const int64_t *dims)
{
    RtTargets t = {.data = data,
                   .rank = rank,
                   .is_float = is_float,
                   .stored_float = is_float,
                   .numbers = rt_numbers_none(),
                   .factor = 1};
    if (rank)
        memcpy(t.dims, dims, rank * sizeof *dims);
    return t;
}

void rt_targets_know(RtTargets *t, uint32_t n_texts, uint32_t n_labels, RtNumbers numbers)
{
    uint32_t n = n_labels > n_texts ? n_labels : n_texts;
    t->known = true;
    t->n_texts = n_texts;
    t->n_labels = n_labels;
    t->numbers = n_texts ? (RtNumbers){.least = 0, .most = (double)n - 1} : numbers;
}

void rt_targets_scale(RtTargets *t, double factor)
{
    t->factor *= factor;
    t->offset *= factor;
    t->is_float = true;
}

void rt_targets_fitted(RtTargets *t)
{
    t->is_float = true;
    t->known = false;
}

void rt_targets_offset(RtTargets *t, double value)
{
    t->offset += value;
    t->is_float = t->is_float || value != floor(value);
}

bool rt_targets_are_changed(const RtTargets *t)
{
    return t->factor != 1 || t->offset != 0;
}

/* The least and the largest number after scale and offset. */
static void range_of(const RtTargets *t, double *low, double *high)
{
    double a = t->numbers.least * t->factor + t->offset,
           b = t->numbers.most * t->factor + t->offset;
    *low = a < b ? a : b;
    *high = a < b ? b : a;
}

static bool has_range(const RtTargets *t)
{
    return t->known && t->numbers.least <= t->numbers.most;
}

/* Floats with whole values can be encoded, too. */
static bool is_whole(const RtTargets *t)
{
    bool whole = !t->stored_float || (t->known && !t->numbers.has_fraction && !t->numbers.has_nan);
    return whole && t->factor == floor(t->factor) && t->offset == floor(t->offset);
}

/* Stored numbers that become low ... high. */
static void set_bounds(RtTargetFault *fault, const RtTargets *t, double low, double high)
{
    double a = (low - t->offset) / t->factor, b = (high - t->offset) / t->factor;
    fault->bounded = t->factor != 0;
    fault->low = a < b ? a : b;
    fault->high = a < b ? b : a;
}

/* ---- words ---- */

static bool fail(RtTargetFault *fault, const char *format, ...) RT_PRINTF(2, 3);
static void help(RtTargetFault *fault, const char *format, ...) RT_PRINTF(2, 3);

/* The look at the data set goes for most faults. */
static bool fail(RtTargetFault *fault, const char *format, ...)
{
    va_list args;
    memset(fault, 0, sizeof *fault);
    va_start(args, format);
    rt_vshow(fault->text, sizeof fault->text, format, args);
    va_end(args);
    fault->shows_source = true;
    return false;
}

static void help(RtTargetFault *fault, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    rt_vshow(fault->help, sizeof fault->help, format, args);
    va_end(args);
}

typedef struct ShapeText {
    char text[200];
} ShapeText;

/* "(batch, 10)" */
static ShapeText shape_text(uint32_t rank, const int64_t *dims)
{
    ShapeText s;
    size_t at = (size_t)snprintf(s.text, sizeof s.text, "(batch");
    for (uint32_t i = 0; i < rank && at < sizeof s.text; i++)
        at += (size_t)snprintf(s.text + at, sizeof s.text - at, ", %lld", (long long)dims[i]);
    if (at < sizeof s.text)
        snprintf(s.text + at, sizeof s.text - at, ")");
    return s;
}

static const char *what(const RtTargetNeed *need)
{
    return need->is_metric ? "metric" : "loss";
}

static const char *plural(int64_t n)
{
    return n == 1 ? "class" : "classes";
}

/* For labels that are not counted from 0: the line that makes them so. */
static void help_classes(const RtTargets *t, RtTargetFault *fault)
{
    char labels[100];
    if (rt_labels_need_classes(t))
        help(fault, "labels %s: add targets = classes(), which numbers them from 0",
             rt_labels_text(t, labels, sizeof labels));
}

/* ", with labels from 3 to 8" where they are not counted from 0. */
static const char *with_labels(const RtTargets *t, char *buf, size_t size)
{
    char labels[100];
    *buf = 0;
    if (rt_labels_need_classes(t))
        snprintf(buf, size, ", with labels %s", rt_labels_text(t, labels, sizeof labels));
    return buf;
}

/* Amounts where classes are asked for. `does`: "the loss x needs class numbers". */
static bool fail_amounts(const RtTargets *t, const char *does, RtTargetFault *fault)
{
    char distinct[32];
    (void)fail(fault, "%s, but the targets of '%s' have %s different values: is this regression?",
               does, t->data, rt_commas(t->numbers.distinct, distinct));
    help(fault, "for numbers end with Dense(1) and use mean_squared_error");
    return false;
}

/* ---- transforms of targets ---- */

/* How many classes integers make; 0: they are no class numbers. */
static int64_t count_classes(const RtTargets *t)
{
    double low, high;
    int64_t n = t->n_labels > t->n_texts ? t->n_labels : t->n_texts;
    if (!has_range(t))
        return n;
    range_of(t, &low, &high);
    if (low < 0 || high >= INT32_MAX)
        return 0;
    return high + 1 > (double)n ? (int64_t)high + 1 : n;
}

bool rt_targets_log1p(RtTargets *t, RtTargetFault *fault)
{
    double low, high;
    range_of(t, &low, &high);
    if (has_range(t) && low <= -1) {
        (void)fail(fault, "log1p takes numbers above -1, but the targets of '%s' go down to %g",
                   t->data, low);
        help(fault, "an offset(...) in front of it brings them into its range");
        set_bounds(fault, t, -1 + DBL_EPSILON, DBL_MAX);
        return false;
    }
    rt_targets_fitted(t);
    return true;
}

bool rt_targets_one_hot(RtTargets *t, int64_t n, RtTargetFault *fault)
{
    double low, high;
    range_of(t, &low, &high);
    int64_t classes = count_classes(t);
    if (!is_whole(t)) {
        (void)fail(fault,
                   "one_hot(%lld) needs class numbers, but some targets of '%s' are not integers",
                   (long long)n, t->data);
        help(fault, "class numbers are integers from 0");
        return false;
    }
    if (has_range(t) && low < 0) {
        (void)fail(
            fault,
            "one_hot(%lld) needs class numbers from 0, but the targets of '%s' go down to %g",
            (long long)n, t->data, low);
        set_bounds(fault, t, 0, (double)n - 1);
        return false;
    }
    if (classes > n) {
        (void)fail(fault, "one_hot(%lld) has no place for the %lld classes of '%s'", (long long)n,
                   (long long)classes, t->data);
        set_bounds(fault, t, 0, (double)n - 1);
        return false;
    }
    t->encoded = t->is_float = true;
    if (t->rank < RT_MAX_RANK)
        t->dims[t->rank++] = n;
    return true;
}

bool rt_labels_check(const RtTargets *t, RtTargetFault *fault)
{
    if (!t->n_labels || !t->known || t->n_texts)
        return true;
    if (t->stored_float)
        return fail(fault, "labels(...) names classes, but the targets of '%s' are floats %s",
                    t->data, shape_text(t->rank, t->dims).text);
    if (t->numbers.least < 0)
        (void)fail(fault,
                   "labels(...) names the classes from 0, but the targets of '%s' go down to %g",
                   t->data, t->numbers.least);
    else if (t->numbers.most >= t->n_labels)
        (void)fail(fault, "labels(...) names %u %s, but the data has %.0f", t->n_labels,
                   plural(t->n_labels), t->numbers.most + 1);
    else
        return true;
    set_bounds(fault, t, 0, (double)t->n_labels - 1);
    return false;
}

/* ---- losses and metrics ---- */

static bool same_dims(uint32_t n, const int64_t *a, const int64_t *b)
{
    return !n || !memcmp(a, b, n * sizeof *a);
}

/* The dims of `longer` but for its last axis, which has size 1. */
static bool lacks_last(uint32_t rank, const int64_t *dims, uint32_t longer_rank,
                       const int64_t *longer)
{
    return rank + 1 == longer_rank && longer[rank] == 1 && same_dims(rank, dims, longer);
}

/* Equal shapes but for a last axis of size 1 that one of them lacks. */
static bool like_output(const RtTargetNeed *need, const RtTargets *t)
{
    return (t->rank == need->rank && same_dims(t->rank, t->dims, need->dims)) ||
           lacks_last(t->rank, t->dims, need->rank, need->dims) ||
           lacks_last(need->rank, need->dims, t->rank, t->dims);
}

static int64_t scores_of(const RtTargetNeed *need)
{
    return need->dims[need->axis];
}

static bool scores_are_last(const RtTargetNeed *need)
{
    return need->axis == need->rank - 1;
}

/* The dims of the outputs but for the axis of the scores, which may have size 1. */
static bool lacks_scores(const RtTargetNeed *need, const RtTargets *t)
{
    uint32_t k = 0;
    for (uint32_t i = 0; i < need->rank; i++) {
        bool is_one = t->rank == need->rank && i == need->axis && t->dims[k] == 1;
        if (i == need->axis && !is_one)
            continue;
        if (k >= t->rank || (!is_one && t->dims[k] != need->dims[i]))
            return false;
        k++;
    }
    return k == t->rank;
}

/* Samples of several axes that no Flatten() made one are the usual cause. */
static void help_flatten(const RtTargetNeed *need, uint32_t wanted, RtTargetFault *fault)
{
    if (need->rank > wanted)
        help(fault,
             "the outputs have %u axes per sample: Flatten() in front of the first Dense layer "
             "makes one axis of all",
             need->rank);
}

/* "the loss NAME needs WHAT, but the targets of 'd' are integers (batch, 3)", and the outputs where they
 * have axes of their own. */
static bool fail_needs(RtTargetFault *fault, const RtTargetNeed *need, const RtTargets *t,
                       uint32_t rank, const char *needs)
{
    const char *numbers = t->is_float ? "floats" : "integers";
    if (need->rank > 1)
        return fail(fault,
                    "the %s %s needs %s, but the targets of '%s' are %s %s and '%s' gives %s",
                    what(need), need->name, needs, t->data, numbers, shape_text(rank, t->dims).text,
                    need->last, shape_text(need->rank, need->dims).text);
    return fail(fault, "the %s %s needs %s, but the targets of '%s' are %s %s", what(need),
                need->name, needs, t->data, numbers, shape_text(rank, t->dims).text);
}

/* The least and the most of the class numbers; of those that are left out nothing is known but where they
 * stand. */
static RtNumbers class_numbers(const RtTargetNeed *need, const RtTargets *t)
{
    RtNumbers n = t->numbers;
    if (need->ignores && n.least == (double)need->ignored)
        n.least = n.least < 0 ? 0 : n.least;
    if (need->ignores && n.most == (double)need->ignored)
        n.most = n.least;
    return n;
}

static bool check_from_0(const RtTargetNeed *need, const RtTargets *t, double least,
                         RtTargetFault *fault)
{
    if (!has_range(t) || least >= 0)
        return true;
    (void)fail(fault, "the %s %s needs class numbers from 0, but the targets of '%s' go down to %g",
               what(need), need->name, t->data, least);
    set_bounds(fault, t, 0, need->kind == RT_NEED_CLASSES ? (double)scores_of(need) - 1 : DBL_MAX);
    help_classes(t, fault);
    return false;
}

static bool check_numbers_of_classes(const RtTargetNeed *need, const RtTargets *t,
                                     RtTargetFault *fault)
{
    char does[200], labels[120];
    int64_t scores = scores_of(need), classes = t->n_labels > t->n_texts ? t->n_labels : t->n_texts;
    RtNumbers numbers = class_numbers(need, t);
    if (!check_from_0(need, t, numbers.least, fault))
        return false;
    if (has_range(t) && numbers.most + 1 > (double)classes)
        classes = numbers.most < 9e18 ? (int64_t)numbers.most + 1 : INT64_MAX;
    if (classes <= scores)
        return true;
    snprintf(does, sizeof does, "'%.120s' gives %lld %s", need->last, (long long)scores,
             scores == 1 ? "score" : "scores");
    if (rt_labels_are_amounts(t)) {
        (void)fail_amounts(t, does, fault);
    } else if (rt_labels_need_classes(t) && t->numbers.distinct == scores) {
        (void)fail(fault, "%s for classes from 0, but the labels of '%s' are %s", does, t->data,
                   rt_labels_text(t, labels, sizeof labels));
        help_classes(t, fault);
    } else {
        classes = rt_labels_need_classes(t) ? t->numbers.distinct : classes;
        (void)fail(fault, "%s, but '%s' has %lld classes%s", does, t->data, (long long)classes,
                   with_labels(t, labels, sizeof labels));
        if (rt_labels_need_classes(t))
            help(fault, "give the last layer %lld units, and add targets = classes()",
                 (long long)classes);
    }
    set_bounds(fault, t, 0, (double)scores - 1);
    fault->at_output = true;
    return false;
}

static bool check_classes(const RtTargetNeed *need, const RtTargets *t, RtTargetFault *fault)
{
    bool labels = need->kind == RT_NEED_LABELS;
    uint32_t rank = t->rank;
    if (rank == need->rank && t->dims[rank - 1] == 1)
        rank--;
    if (t->is_float) {
        (void)fail_needs(fault, need, t, rank, "class numbers");
        help(fault,
             rank == need->rank && !labels ? "for vectors use categorical_%s"
                                           : "class numbers are integers from 0",
             need->is_metric ? "accuracy" : "crossentropy");
        return false;
    }
    if (!lacks_scores(need, t)) {
        (void)fail_needs(fault, need, t, rank,
                         labels                  ? "one class number per row of outputs"
                         : scores_are_last(need) ? "one class number per row of scores"
                                                 : "one class number for the scores along 'axis'");
        fault->shows_output = true;
        help_flatten(need, rank + 1, fault);
        return false;
    }
    return labels ? check_from_0(need, t, t->numbers.least, fault)
                  : check_numbers_of_classes(need, t, fault);
}

static bool check_vectors(const RtTargetNeed *need, const RtTargets *t, RtTargetFault *fault)
{
    char needs[64];
    long long scores = scores_of(need);
    if (like_output(need, t))
        return true;
    if (scores_are_last(need))
        snprintf(needs, sizeof needs, "vectors of %lld elements", scores);
    else
        snprintf(needs, sizeof needs, "targets of the shape of the outputs");
    (void)fail_needs(fault, need, t, t->rank, needs);
    fault->shows_output = true;
    help_flatten(need, t->rank > 1 ? t->rank : 1, fault);
    if (!t->encoded && scores_are_last(need) && lacks_scores(need, t))
        help(fault,
             "for class numbers use sparse_categorical_%s, or write targets = %sone_hot(%lld)%s",
             need->is_metric ? "accuracy" : "crossentropy",
             rt_labels_need_classes(t) ? "[classes(), " : "", scores,
             rt_labels_need_classes(t) ? "]" : "");
    return false;
}

/* One output cannot tell more than two classes apart, nor fewer. */
static bool check_two_classes(const RtTargetNeed *need, const RtTargets *t, RtTargetFault *fault)
{
    char does[200], labels[120];
    int64_t classes = t->stored_float || rt_targets_are_changed(t) ? t->n_texts : count_classes(t);
    bool renamed = rt_labels_need_classes(t); /* check_from_0_to_1 says it better for two labels */
    if (!t->known || t->encoded || scores_of(need) != 1 || t->rank > 1 ||
        (renamed && t->numbers.distinct <= 2) ||
        !(t->n_texts && need->trains ? classes != 2 : classes > 2))
        return true;
    snprintf(does, sizeof does, "the %s %s tells two classes apart", what(need), need->name);
    if (rt_labels_are_amounts(t))
        return fail_amounts(t, does, fault);
    classes = renamed ? t->numbers.distinct : classes;
    (void)fail(fault, "%s, but '%s' has %lld%s", does, t->data, (long long)classes,
               with_labels(t, labels, sizeof labels));
    fault->shows_output = true;
    if (!t->n_texts)
        set_bounds(fault, t, 0, 1);
    if (classes > 2)
        help(
            fault,
            "give the last layer %lld units and softmax, and use sparse_categorical_crossentropy%s",
            (long long)classes, renamed ? ", with targets = classes()" : "");
    return false;
}

/* Two labels that are not 0 and 1. */
static void help_from_0_to_1(const RtTargets *t, RtTargetFault *fault)
{
    if (!t->stored_float && t->numbers.distinct == 2)
        help_classes(t, fault);
}

/* The numbers lie in low ... high, which `needs` says in words. */
static bool check_range(const RtTargetNeed *need, const RtTargets *t, double least, double most,
                        const char *needs, RtTargetFault *fault)
{
    const char *after = rt_targets_are_changed(t) ? " after the transforms" : "";
    double low, high, slack = rt_targets_are_changed(t) ? rounding : 0;
    if (!t->known || t->encoded)
        return true;
    range_of(t, &low, &high);
    if (t->numbers.least <= t->numbers.most && low < least - slack)
        (void)fail(fault, "the %s %s needs %s, but those of '%s' go down to %g%s", what(need),
                   need->name, needs, t->data, low, after);
    else if (t->numbers.least <= t->numbers.most && high > most + slack)
        (void)fail(fault, "the %s %s needs %s, but those of '%s' go up to %g%s", what(need),
                   need->name, needs, t->data, high, after);
    else if (t->numbers.has_nan)
        (void)fail(fault, "the %s %s needs %s, but some of those of '%s' are NaN", what(need),
                   need->name, needs, t->data);
    else
        return true;
    set_bounds(fault, t, least - slack, most + slack);
    return false;
}

static bool check_from_0_to_1(const RtTargetNeed *need, const RtTargets *t, RtTargetFault *fault)
{
    const char *needs = t->is_float ? "targets from 0 to 1" : "targets that are 0 or 1";
    if (check_range(need, t, 0, 1, needs, fault))
        return true;
    help_from_0_to_1(t, fault);
    return false;
}

/* 0 and 1 become -1 and 1 in each batch that holds nothing else; see losses_margins.c. */
static bool check_signs(const RtTargetNeed *need, const RtTargets *t, RtTargetFault *fault)
{
    if (check_range(need, t, -1, 1, "targets that are -1 and 1, or 0 and 1", fault))
        return true;
    help_from_0_to_1(t, fault);
    return false;
}

/* A logarithm is taken of them. */
static bool check_not_negative(const RtTargetNeed *need, const RtTargets *t, RtTargetFault *fault)
{
    if (check_range(need, t, 0, DBL_MAX, "targets from 0", fault))
        return true;
    help(fault, "for numbers of both signs use mean_squared_error");
    return false;
}

static bool check_shape(const RtTargetNeed *need, const RtTargets *t, RtTargetFault *fault)
{
    if (like_output(need, t))
        return true;
    (void)fail(fault, "the %s %s compares targets with outputs, but '%s' gives %s and '%s' %s",
               what(need), need->name, t->data, shape_text(t->rank, t->dims).text, need->last,
               shape_text(need->rank, need->dims).text);
    fault->shows_output = true;
    help_flatten(need, t->rank > 1 ? t->rank : 1, fault);
    return false;
}

/* The order of three texts means nothing, unless labels([...]) gives it. */
static bool check_texts(const RtTargetNeed *need, const RtTargets *t, RtTargetFault *fault)
{
    if (t->n_texts <= 2 || t->n_labels || t->encoded)
        return true;
    (void)fail(fault,
               "the %s %s needs numbers, but the targets of '%s' are the names of %u classes",
               what(need), need->name, t->data, t->n_texts);
    help(fault, "use sparse_categorical_crossentropy, or write targets = one_hot(%u)", t->n_texts);
    return false;
}

static bool check(const RtTargetNeed *need, const RtTargets *t, RtTargetFault *fault)
{
    switch (need->kind) {
    case RT_NEED_CLASSES:
    case RT_NEED_LABELS:
        return check_classes(need, t, fault);
    case RT_NEED_VECTORS:
        return check_vectors(need, t, fault);
    case RT_NEED_DISTRIBUTIONS:
        return check_vectors(need, t, fault) && check_from_0_to_1(need, t, fault);
    case RT_NEED_BINARY:
        return check_two_classes(need, t, fault) && check_shape(need, t, fault) &&
               check_from_0_to_1(need, t, fault);
    case RT_NEED_SIGNS:
        return check_two_classes(need, t, fault) && check_shape(need, t, fault) &&
               check_signs(need, t, fault);
    case RT_NEED_ANSWERS:
        return check_two_classes(need, t, fault) && check_shape(need, t, fault) &&
               (t->is_float || check_from_0_to_1(need, t, fault));
    case RT_NEED_NUMBERS:
        return check_texts(need, t, fault) && check_shape(need, t, fault);
    case RT_NEED_NOT_NEGATIVE:
        return check_texts(need, t, fault) && check_shape(need, t, fault) &&
               check_not_negative(need, t, fault);
    case RT_N_NEEDS:
        break;
    }
    return true;
}

bool rt_target_check(const RtTargetNeed *need, const RtTargets *t, RtTargetFault *fault)
{
    bool right = check(need, t, fault);
    if (!right)
        rt_targets_list_fitting(need, t, fault->fitting, sizeof fault->fitting);
    return right;
}

/* ---- losses that fit ---- */

typedef struct LossWord {
    const char *name, *family;
} LossWord;

#define ROW_BUILT(name, family) {name, family},
#define ROW_LATER(name, family)
#define ROW(id, name, aliases, state, family, doc) ROW_##state(name, family)
static const LossWord losses[] = {
#include "runtime/abi/losses.def"
};

RtNeedKind rt_need_kind(const char *family)
{
    static const char *const words[] = {"class", "one_hot", "distribution", "binary",
                                        "sign",  "value",   "not_negative", "label"};
    size_t n = strcspn(family, " ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == n && !strncmp(words[i], family, n))
            return (RtNeedKind)i;
    return RT_N_NEEDS;
}

bool rt_need_has_scores(RtNeedKind kind)
{
    return kind == RT_NEED_CLASSES || kind == RT_NEED_VECTORS || kind == RT_NEED_DISTRIBUTIONS;
}

/* Any labels fit embeddings: to say so is no help. */
static bool fits(const LossWord *loss, const RtTargetNeed *need, const RtTargets *t)
{
    RtTargetFault fault;
    RtTargetNeed other = *need;
    other.kind = rt_need_kind(loss->family);
    other.axis = other.rank - 1;
    other.ignores = false;
    return other.kind != RT_N_NEEDS && other.kind != RT_NEED_LABELS &&
           (!rt_need_has_scores(other.kind) || scores_of(&other) > 1) && check(&other, t, &fault);
}

void rt_targets_list_fitting(const RtTargetNeed *need, const RtTargets *t, char *text, size_t size)
{
    size_t at = 0;
    *text = 0;
    if (need->is_metric || t->numbers.has_nan)
        return;
    for (size_t i = 0; i < sizeof losses / sizeof *losses && at < size; i++)
        if (fits(&losses[i], need, t))
            at += (size_t)snprintf(text + at, size - at, "%s%s",
                                   at ? ", " : "these losses fit: ", losses[i].name);
}

/* ---- class weights ---- */

/* The class of a vector is the place of its largest element, that of a number the number, rounded. */
bool rt_class_weight_check(const RtTargets *t, int64_t class, RtTargetFault *fault)
{
    double low, high;
    int64_t classes = t->rank == 1 && t->dims[0] > 1 && !t->encoded ? t->dims[0]
                      : is_whole(t)                                 ? count_classes(t)
                                                                    : 0;
    if (!t->known || (t->rank > 1 && !classes))
        return true;
    if (classes)
        return class < classes ||
               fail(fault, "there is no class %lld: '%s' has %lld %s", (long long)class, t->data,
                    (long long)classes, plural(classes));
    range_of(t, &low, &high);
    return t->numbers.least > t->numbers.most ||
           ((double)class >= round(low) && (double)class <= round(high)) ||
           fail(fault, "there is no class %lld: the targets of '%s' go from %g to %g",
                (long long)class, t->data, low, high);
}
