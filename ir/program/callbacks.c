/* callbacks.c: the callbacks of a fit: metrics that they watch, what they write, and what goes together. */
#include <string.h>

#include "ir/program/elaborate_internal.h"
#include "runtime/abi/pattern.h"

/* One callback of one fit. */
typedef struct Check {
    Elab *e;
    const Command *c;
    const Call *cb;
    bool rate; /* a callback of the fit sets the learning rate, so that the logs have it */
} Check;

/* The argument of a callback by name; NULL: the row has none. */
static const ArgValue *argument(const Call *cb, const char *name)
{
    int at = row_arg(cb->row, name);
    return at < 0 ? NULL : &cb->args[at];
}

static bool is_callback(const Call *cb, CallbackId id)
{
    return cb->row->id == (uint32_t)id;
}

static bool sets_rate(const Call *cb)
{
    bool sets = false;
#define SETS_RATE(row) sets = sets || is_callback(cb, CALLBACK_##row);
#include "runtime/abi/callbacks.def"
    return sets;
}

static bool by_batch(const Call *cb)
{
    return is_callback(cb, CALLBACK_ModelCheckpoint) &&
           cb->args[ARG_ModelCheckpoint_save_freq].i > 0;
}

/* ---- what it watches ---- */

static bool watches(const Call *cb)
{
    const ArgValue *best = argument(cb, "save_best_only"), *key = argument(cb, "monitor");
    return key && !key->none && (!best || best->i);
}

/* A metric of the validation where there is none, or not yet. */
static bool no_validation(const Check *ck, const ArgValue *key)
{
    Diags *d = ck->e->diags;
    Range range = key->given ? key->range : ck->cb->range;
    if (by_batch(ck->cb))
        diag_error(d, range, "'%s' saves after batches, but '%s' is measured after the epoch only",
                   ck->cb->row->name, key->text);
    else
        diag_error(d, range, "'%s' watches '%s', but this fit has no validation part",
                   ck->cb->row->name, key->text);
    diag_help(d,
              by_batch(ck->cb) ? "write monitor = %s"
              : !ck->c->beside ? "give the data set a validation part, or write monitor = %s"
                               : "write validation = split(0.1), or monitor = %s",
              key->text + strlen("val_"));
    diag_note(d, ck->c->range, "the fit is here");
    return false;
}

static bool no_direction(const Check *ck, const ArgValue *key)
{
    const ArgValue *mode = argument(ck->cb, "mode");
    bool of_rate = !strcmp(key->text, "learning_rate");
    if (mode->i || (!of_rate && *log_key_direction(ck->c, key->text)))
        return true;
    diag_error(ck->e->diags, key->range,
               "'%s' cannot tell whether a higher or a lower '%s' is better", ck->cb->row->name,
               key->text);
    diag_help(ck->e->diags, "write mode = max or mode = min");
    return false;
}

/* A metric with several values. */
static bool one_value(const Check *ck, const ArgValue *key)
{
    diag_error(ck->e->diags, key->range, "'%s' has several values: a callback watches one of them",
               key->text);
    diag_help(ck->e->diags, "for example, write monitor = \"%s[0]\"", key->text);
    return false;
}

static bool check_monitor(const Check *ck)
{
    Elab *e = ck->e;
    const ArgValue *key = argument(ck->cb, "monitor");
    bool has_part = command_validates(ck->c), validates = has_part && !by_batch(ck->cb);
    if (log_list_find(e, ck->c, key->text, validates))
        return is_callback(ck->cb, CALLBACK_LossPlateau) || one_value(ck, key);
    RtSuggest best = rt_suggest_start(key->text), unseen = best;
    bool of_rate = ck->rate && !by_batch(ck->cb) && !strcmp(key->text, "learning_rate");
    if (of_rate || log_key_find(e, ck->c, key->text, validates, &best))
        return no_direction(ck, key);
    if (!validates && log_key_find(e, ck->c, key->text, true, &unseen))
        return no_validation(ck, key);
    const char *near = rt_suggest_best(&best);
    diag_error(e->diags, key->range,
               near ? "this fit reports no '%s'; did you mean '%s'?" : "this fit reports no '%s'",
               key->text, near);
    diag_help(e->diags, "it reports %s", log_keys_text(e, ck->c, validates));
    diag_note(e->diags, ck->c->range, "the fit is here");
    return false;
}

/* ---- the learning rate ---- */

/* The rate of the optimizer, if it changes from step to step; NULL: it does not. */
static const ArgValue *schedule_of(const Compile *c)
{
    int at = row_arg(c->optimizer->row, "learning_rate");
    const ArgValue *rate = at < 0 ? NULL : &c->optimizer->args[at];
    return rate && rate->expr && expr_find(rate->expr, EX_argument) ? rate : NULL;
}

static bool check_rate(const Check *ck)
{
    const ArgValue *schedule = schedule_of(ck->c->compile);
    if (!sets_rate(ck->cb) || !schedule)
        return true;
    const char *what = schedule->calls ? arena_printf(ck->e->arena, "the schedule '%s'",
                                                      schedule->calls[0]->row->name)
                                       : "a fn(step)";
    diag_error(ck->e->diags, ck->cb->range,
               "'%s' sets the learning rate, but the rate of the optimizer is %s",
               ck->cb->row->name, what);
    diag_note(ck->e->diags, schedule->range, "the rate is given here");
    diag_help(ck->e->diags, "give the optimizer a number as its rate, or leave out '%s'",
              ck->cb->row->name);
    return false;
}

/* ---- what it writes ---- */

static bool check_csv(const Check *ck)
{
    const ArgValue *a = ck->cb->args, *file = &a[ARG_CSVLogger_filename];
    const ArgValue *separator = &a[ARG_CSVLogger_separator];
    if (strlen(separator->text) != 1 || strchr("\"\r\n", *separator->text)) {
        diag_error(
            ck->e->diags, separator->range,
            "'separator' of 'CSVLogger' must be one character other than a quote or a line end");
        return false;
    }
    return a[ARG_CSVLogger_append].i || output_claim(ck->e, file->text, file->range, ck->c->range);
}

/* The place inside a string that stands there letter by letter. */
static Range inside(const ArgValue *v, size_t begin, size_t end)
{
    Range r = v->range;
    if (v->expr || r.end - r.begin != strlen(v->text) + 2)
        return r;
    return (Range){r.begin + 1 + (uint32_t)begin, r.begin + 1 + (uint32_t)end};
}

static bool check_pattern(const Check *ck, bool *has_field)
{
    const ArgValue *path = &ck->cb->args[ARG_ModelCheckpoint_filepath];
    bool batch = by_batch(ck->cb);
    RtPatternFields fields = {.has_batch = batch};
    RtTemplateFault fault;
    const char **figures = log_keys(ck->e, ck->c, command_validates(ck->c) && !batch, &fields.n);
    if (ck->rate && !batch)
        figures[fields.n++] = "learning_rate";
    fields.figures = figures;
    if (rt_pattern_check(path->text, &fields, has_field, &fault) == RT_OK)
        return true;
    diag_error(ck->e->diags, inside(path, fault.begin, fault.end),
               "the path of 'ModelCheckpoint': %s", fault.error.text);
    if (*fault.error.help)
        diag_help(ck->e->diags, "%s", fault.error.help);
    return false;
}

static bool check_checkpoint(const Check *ck)
{
    const ArgValue *path = &ck->cb->args[ARG_ModelCheckpoint_filepath];
    const ArgValue *keep = &ck->cb->args[ARG_ModelCheckpoint_keep];
    bool has_field;
    if (!output_format(ck->e, ck->cb->row->name, path->text, path->range) ||
        !keras_check(ck->e, path->text, path->range, ck->c->instance) ||
        !check_pattern(ck, &has_field))
        return false;
    if (!keep->none && !has_field) {
        diag_error(ck->e->diags, keep->range,
                   "'keep' of 'ModelCheckpoint' needs a path with a field");
        diag_help(ck->e->diags, "this path names one file; to keep several, write {epoch} in it");
        return false;
    }
    return output_claim(ck->e, path->text, path->range, ck->c->range);
}

/* Is it the first of its kind in the list? */
static bool check_backup(const Check *ck)
{
    const ArgValue *dir = &ck->cb->args[ARG_BackupAndRestore_backup_dir];
    const ArgValue *list = &ck->c->settings[ARG_fit_callbacks];
    for (uint32_t i = 0; list->calls[i] != ck->cb; i++)
        if (is_callback(list->calls[i], CALLBACK_BackupAndRestore)) {
            diag_error(ck->e->diags, ck->cb->range, "a fit takes one 'BackupAndRestore'");
            diag_note(ck->e->diags, list->calls[i]->range, "the first one is here");
            return false;
        }
    return output_claim(ck->e, dir->text, dir->range, ck->c->range);
}

/* It reads and writes what this optimizer keeps. */
static bool check_plateau(const Check *ck)
{
    const Call *optimizer = ck->c->compile->optimizer;
    const ArgValue *list = &ck->c->settings[ARG_fit_callbacks];
    if (optimizer->row->id != OPTIMIZER_StochasticGradient) {
        diag_error(ck->e->diags, ck->cb->range,
                   "'LossPlateau' needs the optimizer 'StochasticGradient', but this is '%s'",
                   optimizer->row->name);
        diag_note(ck->e->diags, optimizer->range, "the optimizer is given here");
        diag_help(ck->e->diags, "for others there are EarlyStopping and ReduceLROnPlateau");
        return false;
    }
    for (uint32_t i = 0; list->calls[i] != ck->cb; i++)
        if (is_callback(list->calls[i], CALLBACK_LossPlateau)) {
            diag_error(ck->e->diags, ck->cb->range, "a fit takes one 'LossPlateau'");
            diag_note(ck->e->diags, list->calls[i]->range, "the first one is here");
            return false;
        }
    return true;
}

/* ---- all of them ---- */

/* Trainings of one command would write over each other's files. */
static bool check_writes(const Check *ck)
{
    bool writes = false;
#define WRITES(row) writes = writes || is_callback(ck->cb, CALLBACK_##row);
#include "runtime/abi/callbacks.def"
    if (!writes || !ck->c->beside)
        return true;
    diag_error(ck->e->diags, ck->cb->range,
               "'%s' writes files, which the trainings of '%s' would write over each other",
               ck->cb->row->name, ck->c->beside);
    return false;
}

static bool check_one(const Check *ck)
{
    bool right = check_rate(ck);
    if (!check_writes(ck))
        return false;
    if (watches(ck->cb))
        right = check_monitor(ck) && right;
    if (is_callback(ck->cb, CALLBACK_ModelCheckpoint))
        right = check_checkpoint(ck) && right;
    if (is_callback(ck->cb, CALLBACK_BackupAndRestore))
        right = check_backup(ck) && right;
    if (is_callback(ck->cb, CALLBACK_LossPlateau))
        right = check_plateau(ck) && right;
    if (is_callback(ck->cb, CALLBACK_CSVLogger))
        right = check_csv(ck) && right;
    return right;
}

bool callbacks_check(Elab *e, Command *c)
{
    const ArgValue *list = &c->settings[row_arg(c->row, "callbacks")];
    uint32_t n = list->none ? 0 : list->n;
    bool right = true, rate = false;
    for (uint32_t i = 0; i < n; i++) {
        rate = rate || sets_rate(list->calls[i]);
        c->watches_objective =
            c->watches_objective || is_callback(list->calls[i], CALLBACK_LossPlateau);
    }
    for (uint32_t i = 0; i < n; i++)
        right = check_one(&(Check){e, c, list->calls[i], rate}) && right;
    c->sets_rate = rate || schedule_of(c->compile);
    return right;
}
