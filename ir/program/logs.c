/* logs.c: the figures that fit and evaluate report, by their keys. */
#include <string.h>

#include "ir/program/elaborate_internal.h"

bool command_validates(const Command *c)
{
    return c->split != NULL ||
           (!c->no_validation &&
            (c->has_part || c->data->part[PART_VALIDATION].kind != PART_ABSENT));
}

/* ---- metrics with several values ---- */

static bool is_none(const Call *metric, const char *name)
{
    int at = row_arg(metric->row, name);
    return at >= 0 && (metric->args[at].none || !strcmp(metric->args[at].text, "none"));
}

int64_t metric_list(const Call *metric)
{
    int at = metric->row ? row_arg(metric->row, "thresholds") : -1;
    switch (metric->row ? metric->row->id : N_METRIC) {
    case METRIC_one_vs_rest_accuracy:
        return METRIC_PER_OUTPUT;
    case METRIC_f1_score:
    case METRIC_fbeta_score:
        return is_none(metric, "average") ? METRIC_PER_OUTPUT : 0;
    case METRIC_r2_score:
        return is_none(metric, "class_aggregation") ? METRIC_PER_OUTPUT : 0;
    case METRIC_auc: /* its thresholds are points of the curve */
        return 0;
    default:
        return at >= 0 && !metric->args[at].none && metric->args[at].n > 1 ? metric->args[at].n : 0;
    }
}

const char *metric_element_key(Interner *names, Arena *arena, const char *key, int64_t i)
{
    return intern(names, arena_printf(arena, "%s[%lld]", key, (long long)i));
}

/* Elements of the list, 0 where nobody knows. */
static int64_t list_length(Elab *e, const Command *c, int64_t list)
{
    int64_t dims[RT_MAX_RANK];
    int rank = list == METRIC_PER_OUTPUT ? output_row(e, c, dims) : 0;
    if (list != METRIC_PER_OUTPUT)
        return list;
    return rank == RANK_UNKNOWN ? 0 : rank ? dims[rank - 1] : 1;
}

/* ---- all keys ---- */

typedef struct Key {
    const char *name; /* "f1_score", "val_f1_score" */
    bool is_list;     /* its elements are in the logs, not the key itself: ... */
    int64_t n;        /* ... so many, or 0 where nobody knows */
} Key;

/* loss, the metrics, then the same of the validation. */
static const Key *all_keys(Elab *e, const Command *c, bool validation, uint32_t *n_keys)
{
    uint32_t n = c->compile->n_metrics + 1;
    Key *keys = ARENA_ARRAY(e->arena, Key, 2 * n + 1);
    for (uint32_t i = 0; i < n; i++) {
        int64_t list = i ? metric_list(c->compile->metrics[i - 1]) : 0;
        keys[i].name = i ? c->compile->keys[i - 1] : "loss";
        keys[i].is_list = list != 0;
        keys[i].n = list ? list_length(e, c, list) : 0;
        keys[n + i] = keys[i];
        keys[n + i].name = arena_printf(e->arena, "val_%s", keys[i].name);
    }
    *n_keys = validation ? 2 * n : n;
    return keys;
}

const char **log_keys(Elab *e, const Command *c, bool validation, uint32_t *n)
{
    uint32_t n_keys;
    size_t most = 1;
    const Key *keys = all_keys(e, c, validation, &n_keys);
    for (uint32_t i = 0; i < n_keys; i++)
        most += keys[i].is_list ? (size_t)keys[i].n : 1;
    const char **names = ARENA_ARRAY(e->arena, const char *, most + 1);
    *n = 0;
    for (uint32_t i = 0; i < n_keys; i++) {
        if (!keys[i].is_list)
            names[(*n)++] = keys[i].name;
        for (int64_t k = 0; keys[i].is_list && k < keys[i].n; k++)
            names[(*n)++] = metric_element_key(e->names, e->arena, keys[i].name, k);
    }
    return names;
}

/* Is `text` NAME[NUMBER]? */
static bool is_element(const char *text, const char *name)
{
    size_t n = strlen(name);
    if (strncmp(text, name, n) != 0 || text[n] != '[')
        return false;
    size_t digits = strspn(text + n + 1, "0123456789");
    return digits && !strcmp(text + n + 1 + digits, "]");
}

const char *log_key_direction(const Command *c, const char *key)
{
    if (!strncmp(key, "val_", 4))
        key += 4;
    for (uint32_t i = 0; i < c->compile->n_metrics; i++)
        if (!strcmp(c->compile->keys[i], key) || is_element(key, c->compile->keys[i]))
            return c->compile->metrics[i]->row ? c->compile->metrics[i]->row->kind_name : "";
    return "down"; /* the loss */
}

bool log_key_find(Elab *e, const Command *c, const char *text, bool validation, RtSuggest *best)
{
    uint32_t n, n_keys;
    bool found = false;
    const char **names = log_keys(e, c, validation, &n);
    const Key *keys = all_keys(e, c, validation, &n_keys);
    for (uint32_t i = 0; i < n; i++) {
        rt_suggest_offer(best, names[i]);
        found = found || !strcmp(names[i], text);
    }
    for (uint32_t i = 0; i < n_keys; i++) {
        rt_suggest_offer(best, keys[i].name);
        found = found || (keys[i].is_list && !keys[i].n && is_element(text, keys[i].name));
    }
    return found;
}

bool log_list_find(Elab *e, const Command *c, const char *text, bool validation)
{
    uint32_t n_keys;
    const Key *keys = all_keys(e, c, validation, &n_keys);
    for (uint32_t i = 0; i < n_keys; i++)
        if (keys[i].is_list && !strcmp(keys[i].name, text))
            return true;
    return false;
}

const char *log_keys_text(Elab *e, const Command *c, bool validation)
{
    uint32_t n_keys;
    const Key *keys = all_keys(e, c, validation, &n_keys);
    const char *text = "";
    for (uint32_t i = 0; i < n_keys; i++) {
        const char *name = keys[i].name;
        text = arena_printf(e->arena, "%s%s%s%s", text, i ? ", " : "", name,
                            keys[i].is_list ? "[0]" : "");
        if (keys[i].n > 1)
            text = arena_printf(e->arena, "%s ... %s[%lld]", text, name, (long long)keys[i].n - 1);
    }
    return text;
}
