/* callbacks.c: the callbacks of a fit: figures that they watch, what they write, and what goes together. */
#include <string.h>

#include "ir/program/elaborate_internal.h"
#include "runtime/abi/template.h"

/* The argument of a callback by name; NULL: the row has none. */
static const ArgValue *argument(const Call *cb, const char *name)
{
    int at = row_arg(cb->row, name);
    return at < 0 ? NULL : &cb->args[at];
}

static bool watches(const Call *cb)
{
    const ArgValue *best = argument(cb, "save_best_only");
    return argument(cb, "monitor") && (!best || best->i);
}

static bool no_validation(Elab *e, const Command *c, const Call *cb, const ArgValue *key)
{
    diag_error(e->diags, key->given ? key->range : cb->range,
               "'%s' watches '%s', but this fit has no validation part", cb->row->name, key->text);
    diag_help(e->diags, "give the data set a validation part, or write monitor = %s",
              key->text + strlen("val_"));
    diag_note(e->diags, c->range, "the fit is here");
    return false;
}

static bool check_monitor(Elab *e, const Command *c, const Call *cb)
{
    const ArgValue *key = argument(cb, "monitor");
    bool validates = command_validates(c), val = !strncmp(key->text, "val_", 4);
    RtSuggest best = rt_suggest_start(key->text);
    if (log_key_find(e, c, key->text, validates, &best))
        return true;
    RtSuggest unseen = rt_suggest_start(key->text);
    if (val && !validates && log_key_find(e, c, key->text, true, &unseen))
        return no_validation(e, c, cb, key);
    const char *near = rt_suggest_best(&best);
    diag_error(e->diags, key->range,
               near ? "this fit has no figure '%s'; did you mean '%s'?"
                    : "this fit has no figure '%s'",
               key->text, near);
    diag_help(e->diags, "its figures are %s", log_keys_text(e, c, validates));
    return false;
}

static bool is_callback(const Call *cb, CallbackId id)
{
    return cb->row->id == (uint32_t)id;
}

static bool sets_rate(const Call *cb)
{
    return is_callback(cb, CALLBACK_ReduceLROnPlateau) ||
           is_callback(cb, CALLBACK_LearningRateScheduler);
}

/* The rate of the optimizer, if it changes from step to step; NULL: it does not. */
static const ArgValue *schedule_of(const Compile *c)
{
    int at = row_arg(c->optimizer->row, "learning_rate");
    const ArgValue *rate = at < 0 ? NULL : &c->optimizer->args[at];
    return rate && rate->expr && expr_find(rate->expr, EX_argument) ? rate : NULL;
}

static bool check_rate(Elab *e, const Command *c, const Call *cb)
{
    const ArgValue *schedule = schedule_of(c->compile);
    if (!sets_rate(cb) || !schedule)
        return true;
    diag_error(e->diags, cb->range,
               "'%s' sets the learning rate, but the rate of the optimizer is a fn(step)",
               cb->row->name);
    diag_note(e->diags, schedule->range, "the rate is given here");
    diag_help(e->diags, "give the optimizer a number as its rate, or leave out '%s'",
              cb->row->name);
    return false;
}

static bool check_csv(Elab *e, const Call *cb)
{
    const ArgValue *file = &cb->args[ARG_CSVLogger_filename];
    const ArgValue *separator = &cb->args[ARG_CSVLogger_separator];
    if (strlen(separator->text) != 1 || strchr("\"\r\n", *separator->text)) {
        diag_error(e->diags, separator->range,
                   "'separator' of 'CSVLogger' must be one character, and no quote or line end");
        return false;
    }
    return cb->args[ARG_CSVLogger_append].i || output_claim(e, file->text, file->range);
}

static bool check_field(Elab *e, const Command *c, const Call *cb, const RtPiece *field)
{
    const ArgValue *path = &cb->args[ARG_ModelCheckpoint_filepath];
    bool by_batch = cb->args[ARG_ModelCheckpoint_save_freq].i > 0, validates = command_validates(c);
    bool figures_of_all = validates && !by_batch;
    const char *name = arena_strndup(e->arena, field->text, field->n);
    bool counts = !strcmp(name, "epoch") || (by_batch && !strcmp(name, "batch"));
    RtSuggest best = rt_suggest_start(name);
    RtError why;
    rt_suggest_offer(&best, "epoch");
    if (by_batch)
        rt_suggest_offer(&best, "batch");
    if (!counts && !log_key_find(e, c, name, figures_of_all, &best)) {
        const char *near = rt_suggest_best(&best);
        diag_error(e->diags, path->range,
                   near ? "the path has an unknown field '{%s}'; did you mean '{%s}'?"
                        : "the path has an unknown field '{%s}'",
                   name, near);
        diag_help(e->diags, "its fields are epoch, %s%s", by_batch ? "batch, " : "",
                  log_keys_text(e, c, figures_of_all));
        return false;
    }
    if (rt_spec_check(&field->spec, counts ? RT_SHOWS_integer : RT_SHOWS_float, &why) == RT_OK)
        return true;
    diag_error(e->diags, path->range, "the field '{%s}' of the path: %s", name, why.text);
    return false;
}

static bool check_pattern(Elab *e, const Command *c, const Call *cb, bool *has_field)
{
    const ArgValue *path = &cb->args[ARG_ModelCheckpoint_filepath];
    RtTemplateFault fault;
    RtPiece piece;
    RtStatus status;
    size_t at = 0;
    while ((status = rt_template_next(path->text, &at, &piece, &fault)) == RT_OK) {
        if (piece.is_field && !check_field(e, c, cb, &piece))
            return false;
        *has_field = *has_field || piece.is_field;
    }
    if (status == RT_ERROR)
        diag_error(e->diags, path->range, "the path of 'ModelCheckpoint': %s", fault.error.text);
    return status == RT_END;
}

static bool check_checkpoint(Elab *e, const Command *c, const Call *cb)
{
    const ArgValue *path = &cb->args[ARG_ModelCheckpoint_filepath];
    const ArgValue *keep = &cb->args[ARG_ModelCheckpoint_keep];
    bool has_field = false;
    if (!output_extension(e, cb->row->name, path->text, path->range, ".safetensors .npz",
                          ".keras .h5") ||
        !check_pattern(e, c, cb, &has_field))
        return false;
    if (!keep->none && !has_field) {
        diag_error(e->diags, keep->range, "'keep' of 'ModelCheckpoint' needs a path with a field");
        diag_help(e->diags, "this path is one file; to keep several, write {epoch} in it");
        return false;
    }
    return output_claim(e, path->text, path->range);
}

static bool check_one(Elab *e, const Command *c, const Call *cb)
{
    bool right = check_rate(e, c, cb);
    if (watches(cb))
        right = check_monitor(e, c, cb) && right;
    if (is_callback(cb, CALLBACK_ModelCheckpoint))
        right = check_checkpoint(e, c, cb) && right;
    if (is_callback(cb, CALLBACK_CSVLogger))
        right = check_csv(e, cb) && right;
    return right;
}

bool callbacks_check(Elab *e, Command *c)
{
    const ArgValue *list = &c->settings[ARG_fit_callbacks];
    bool right = true;
    c->sets_rate = schedule_of(c->compile) != NULL;
    for (uint32_t i = 0; !list->none && i < list->n; i++) {
        right = check_one(e, c, list->calls[i]) && right;
        c->sets_rate = c->sets_rate || sets_rate(list->calls[i]);
    }
    return right;
}
