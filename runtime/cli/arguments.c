/* arguments.c: argv -> settings, subcommand, values of the program's options. */
#include "runtime/cli/arguments.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/abi/name_index.h"
#include "runtime/abi/range.h"
#include "runtime/abi/shown.h"
#include "runtime/abi/suggest.h"
#include "runtime/data/memory.h"

typedef struct OptionRow {
    const char *short_name, *name, *value, *doc;
    bool later;
} OptionRow;

typedef enum {
#define OPTION(id, short, name, value, state, doc) OPT_##id,
#include "runtime/abi/trainer_options.def"
    N_OPTIONS
} OptionId;

#define BUILT false
#define LATER true
static const OptionRow rows[] = {
#define OPTION(id, short, name, value, state, doc) {short, name, value, doc, state},
#include "runtime/abi/trainer_options.def"
};

static const char *const subcommands[] = {"", "fit", "evaluate", "predict", "summary", "info"};
static const char *const later_subcommands[] = {"export", "time"};

typedef struct Parse {
    const ImgProgram *p;
    RtArguments *out;
    RtError *error;
    int argc, at;
    char **argv;
    RtNameIndex options; /* of the program */
} Parse;

/* The value after `=`, or the next word. NULL: there is none. */
static const char *value_of(Parse *a, const char *rest)
{
    if (*rest == '=')
        return rest + 1;
    return a->at + 1 < a->argc ? a->argv[++a->at] : NULL;
}

/* A whole text that is an integer of 64 bits. */
static bool read_int(const char *text, int64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return *text && !*end && errno == 0;
}

static RtStatus take_int(Parse *a, const char *name, const char *text, int64_t least, int64_t *out)
{
    if (read_int(text, out) && *out >= least)
        return RT_OK;
    return rt_fail(a->error, "%s takes an integer >= %lld, not '%s'", name, (long long)least, text);
}

static RtStatus take_size(Parse *a, const char *text, uint64_t *bytes)
{
    if (rt_memory_parse(text, bytes))
        return RT_OK;
    return rt_fail(a->error, "--max-memory takes a size such as 512M or 4G, not '%s'", text);
}

static RtStatus take_threads(Parse *a, const char *value, int *threads)
{
    int64_t n = 0;
    RtStatus status = take_int(a, "--threads", value, 1, &n);
    if (status == RT_OK && n > 1024)
        status = rt_fail(a->error, "--threads takes at most 1024, not %lld", (long long)n);
    *threads = (int)n;
    return status;
}

static RtStatus set_value(Parse *a, OptionId id, const char *value)
{
    RtSettings *s = &a->out->settings;
    RtStatus status = RT_OK;
    switch (id) {
    case OPT_data_dir:
        s->data_dir = value;
        break;
    case OPT_out_dir:
        s->out_dir = value;
        break;
    case OPT_epochs:
        status = take_int(a, "--epochs", value, 0, &s->epochs);
        s->has_epochs = true;
        break;
    case OPT_threads:
        status = take_threads(a, value, &s->threads);
        break;
    case OPT_max_memory:
        status = take_size(a, value, &s->max_memory);
        break;
    case OPT_seed:
        if (!read_int(value, &s->seed))
            status = rt_fail(a->error, "--seed takes an integer, not '%s'", value);
        s->has_seed = true;
        break;
    case OPT_hash:
        s->hash = true;
        break;
    case OPT_quiet:
        s->quiet = true;
        break;
    case OPT_model:
        s->model = value;
        break;
    case OPT_weights:
        s->weights = value;
        break;
    case OPT_output:
        a->out->output = value;
        break;
    case OPT_keep:
        a->out->keep[a->out->n_keep++] = value;
        break;
    case OPT_header:
        a->out->header = true;
        break;
    case OPT_no_header:
        a->out->no_header = true;
        break;
    case OPT_delimiter:
        a->out->delimiter = strcmp(value, "\\t") ? value : "\t";
        break;
    case OPT_sandbox:
        a->out->sandbox = true;
        break;
    case OPT_help:
        a->out->help = true;
        break;
    case OPT_version:
        a->out->version = true;
        break;
    case OPT_resume:
        s->resume = value;
        if (!*value)
            status = rt_fail(a->error, "--resume needs a value: FILE");
        break;
    case OPT_checkpoint:
        s->checkpoint = value;
        break;
    case OPT_checkpoint_every:
        status = take_int(a, "--checkpoint-every", value, 1, &s->checkpoint_every);
        break;
    case OPT_log:
        s->log = value;
        break;
    case N_OPTIONS:
        break;
    }
    return status;
}

static bool matches(const char *word, const char *name, const char **rest)
{
    size_t n = strlen(name);
    *rest = word + n;
    return n && !strncmp(word, name, n) && (word[n] == 0 || word[n] == '=');
}

/* What the arguments that the option is given to allow. */
static RtStatus check_limits(Parse *a, const ImgOption *o, double x, const char *text)
{
    for (uint32_t i = 0; i < o->ranges.n; i++)
        if (!rt_in_range(o->ranges.at[i], x))
            return rt_fail(a->error, "--%s must %s %s, since it is %s, not %s", o->name,
                           rt_range_has_ends(o->ranges.at[i]) ? "lie in" : "be", o->ranges.at[i],
                           o->places.at[i], text);
    return RT_OK;
}

static RtStatus set_option_value(Parse *a, uint32_t i, const char *text)
{
    const ImgOption *o = &a->p->options.at[i];
    RtValue *v = &a->out->options[i];
    char *end;
    int64_t whole;
    double x;
    switch ((RtValueKind)o->type) {
    case VALUE_text:
        *v = rt_value_text(text);
        a->out->lost = v->lost;
        return v->lost ? rt_fail(a->error, "not enough memory for --%s", o->name) : RT_OK;
    case VALUE_bool:
        if (strcmp(text, "true") && strcmp(text, "false"))
            return rt_fail(a->error, "--%s takes true or false, not '%s'", o->name, text);
        *v = rt_value_bool(!strcmp(text, "true"));
        return RT_OK;
    default: /* numbers */
        x = strtod(text, &end);
        if (!*text || *end || !isfinite(x) || (o->is_int && !read_int(text, &whole)))
            return rt_fail(a->error, "--%s takes %s, not '%s'", o->name,
                           o->is_int ? "an integer" : "a number", text);
        *v = rt_value_number(x, o->is_int);
        return check_limits(a, o, x, text);
    }
}

/* The option of the program that the word names, in which `_` may be written `-`; -1: none. */
static RtStatus find_option(const Parse *a, const char *word, int64_t *option)
{
    size_t n = strcspn(word, "=");
    char *name = malloc(n + 1);
    a->out->lost = !name;
    if (!name)
        return rt_fail(a->error, "not enough memory to start");
    for (size_t i = 0; i < n; i++)
        name[i] = (char)(word[i] == '-' ? '_' : word[i]);
    name[n] = 0;
    *option = rt_name_index_find(&a->options, name);
    free(name);
    return RT_OK;
}

/* --NAME=value for an option of the program. */
static RtStatus program_option(Parse *a, bool *found)
{
    const char *word = a->argv[a->at];
    int64_t i = -1;
    RtStatus status = find_option(a, word + 2, &i);
    *found = status == RT_OK && i >= 0;
    if (!*found)
        return status;
    const char *value = value_of(a, word + 2 + strcspn(word + 2, "="));
    if (!value)
        return rt_fail(a->error, "--%s needs a value", a->p->options.at[i].name);
    rt_value_free(&a->out->options[i]);
    return set_option_value(a, (uint32_t)i, value);
}

static RtStatus unknown_option(Parse *a)
{
    const char *word = a->argv[a->at];
    char bare[RT_SUGGEST_MAX + 1], name[RT_SUGGEST_MAX + 1];
    snprintf(bare, sizeof bare, "%.*s", (int)strcspn(word, "="), word);
    RtSuggest best = rt_suggest_start(bare);
    for (int i = 0; i < N_OPTIONS; i++)
        rt_suggest_offer_words(&best, rows[i].name, rows[i].later);
    for (uint32_t i = 0; i < a->p->options.n; i++) {
        snprintf(name, sizeof name, "--%s", a->p->options.at[i].name);
        rt_suggest_offer(&best, name);
    }
    const char *near = rt_suggest_best(&best);
    return near ? rt_fail(a->error, "unknown option '%s'; did you mean '%s'%s?", bare, near,
                          rt_suggest_state(&best))
                : rt_fail(a->error, "unknown option '%s'; --help lists them", bare);
}

static RtStatus take_option(Parse *a)
{
    const char *word = a->argv[a->at], *rest;
    bool found = false;
    for (int i = 0; i < N_OPTIONS; i++) {
        if (!matches(word, rows[i].name, &rest) && !matches(word, rows[i].short_name, &rest))
            continue;
        if (rows[i].later)
            return rt_fail(a->error, "%s is not built yet", rows[i].name);
        const char *value = *rows[i].value ? value_of(a, rest) : "";
        if (!value)
            return rt_fail(a->error, "%s needs a value: %s", rows[i].name, rows[i].value);
        if (!*rows[i].value && *rest)
            return rt_fail(a->error, "%s takes no value", rows[i].name);
        return set_value(a, (OptionId)i, value);
    }
    if (word[1] == '-') {
        RtStatus status = program_option(a, &found);
        if (found || status != RT_OK)
            return status;
    }
    return unknown_option(a);
}

/* NAME=VALUE, unless a file is called so. */
static bool is_cell(const char *word)
{
    const char *equal = strchr(word, '=');
    return equal && equal > word && access(word, F_OK) != 0;
}

static RtStatus take_word(Parse *a)
{
    const char *word = a->argv[a->at];
    if (a->out->sub == SUB_predict && is_cell(word)) {
        a->out->cells[a->out->n_cells++] = word;
        return RT_OK;
    }
    if (a->out->sub == SUB_predict && !a->out->input) {
        a->out->input = word;
        return RT_OK;
    }
    if (a->out->sub != SUB_all)
        return rt_fail(a->error, "'%s' is not expected here", word);
    for (int i = 1; i <= SUB_info; i++)
        if (!strcmp(word, subcommands[i])) {
            a->out->sub = (RtSubcommand)i;
            return RT_OK;
        }
    for (size_t i = 0; i < sizeof later_subcommands / sizeof *later_subcommands; i++)
        if (!strcmp(word, later_subcommands[i]))
            return rt_fail(a->error, "the command '%s' is not built yet", word);
    return rt_fail(
        a->error, "unknown command '%s'; it is one of fit, evaluate, predict, summary, info", word);
}

/* ---- what fits together ---- */

static RtStatus unknown_model(Parse *a, const char *name)
{
    RtNames names = {0};
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < a->p->instances.n && status == RT_OK; i++)
        status = rt_names_add(&names, a->p->instances.at[i].name, a->error);
    const char *near = rt_names_suggest(&names, name);
    if (status == RT_OK)
        status = near ? rt_fail(a->error, "there is no model '%s'; did you mean '%s'?", name, near)
                      : rt_fail(a->error, "there is no model '%s'; summary lists the models", name);
    rt_names_free(&names);
    return status;
}

/* --model names a model; predict needs exactly one. */
static RtStatus check_model(Parse *a)
{
    uint32_t n = a->p->instances.n;
    const char *name = a->out->settings.model;
    for (uint32_t i = 0; name && i < n; i++)
        if (!strcmp(a->p->instances.at[i].name, name))
            return RT_OK;
    if (name)
        return unknown_model(a, name);
    if (a->out->sub != SUB_predict || n == 1)
        return RT_OK;
    return n ? rt_fail(a->error, "this program has %u models: name one with --model", n)
             : rt_fail(a->error, "this program has no model");
}

/* An option that would have no effect is a mistake. */
static RtStatus check_use(Parse *a)
{
    const RtArguments *out = a->out;
    bool computes = out->sub == SUB_evaluate || out->sub == SUB_predict;
    if (out->sub == SUB_predict && !out->input && !out->n_cells)
        return rt_fail(a->error, "predict needs a file, '-' for standard input, or NAME=VALUE for "
                                 "each column");
    if (out->input && out->n_cells)
        return rt_fail(a->error, "predict takes a file or cells, not both: '%s' and '%s'",
                       out->input, out->cells[0]);
    if (out->header && out->no_header)
        return rt_fail(a->error, "--header and --no-header contradict each other");
    if (out->sub != SUB_predict && (out->n_keep || out->header || out->no_header || out->delimiter))
        return rt_fail(a->error,
                       "--keep, --header, --no-header and --delimiter go with the command predict");
    bool whole = out->sub == SUB_all || out->sub == SUB_info;
    if (out->settings.resume && !whole)
        return rt_fail(a->error, "--resume goes with the whole program, and with info");
    if ((out->settings.checkpoint || out->settings.log) && out->sub != SUB_all)
        return rt_fail(a->error, "--checkpoint and --log go with the whole program");
    if (out->settings.checkpoint_every && !out->settings.checkpoint)
        return rt_fail(a->error, "--checkpoint-every goes with --checkpoint=FILE");
    if (out->output && out->sub != SUB_predict)
        return rt_fail(a->error, "--output goes with the command predict");
    if (out->settings.weights && !computes)
        return rt_fail(a->error, "--weights goes with the commands evaluate and predict");
    if (out->settings.model && (out->sub == SUB_all || out->sub == SUB_info))
        return rt_fail(a->error,
                       "--model goes with the commands fit, evaluate, predict and summary");
    return check_model(a);
}

static RtStatus take_all(Parse *a)
{
    for (a->at = 1; a->at < a->argc; a->at++) {
        const char *word = a->argv[a->at];
        RtStatus status = word[0] == '-' && word[1] ? take_option(a) : take_word(a);
        if (status != RT_OK)
            return status;
    }
    return a->out->help || a->out->version ? RT_OK : check_use(a);
}

RtStatus rt_arguments_parse(const ImgProgram *p, int argc, char **argv, RtArguments *out,
                            RtError *error)
{
    Parse a = {.p = p, .out = out, .error = error, .argc = argc, .argv = argv};
    RtNamePlace *room = malloc((p->options.n + (size_t)1) * sizeof *room);
    const char **names = malloc((p->options.n + (size_t)1) * sizeof *names);
    memset(out, 0, sizeof *out);
    out->options = calloc(p->options.n + 1, sizeof *out->options);
    out->cells = calloc((size_t)argc + 1, sizeof *out->cells);
    out->keep = calloc((size_t)argc + 1, sizeof *out->keep);
    out->lost = !out->options || !out->cells || !out->keep || !room || !names;
    RtStatus status = out->lost ? rt_fail(error, "not enough memory to start") : RT_OK;
    for (uint32_t i = 0; i < p->options.n && status == RT_OK; i++) {
        out->options[i] = rt_value_none();
        names[i] = p->options.at[i].name;
    }
    if (status == RT_OK) {
        a.options = rt_name_index(room, p->options.n, names);
        status = take_all(&a);
    }
    free(room);
    free(names);
    if (out->output && !strcmp(out->output, "-"))
        out->output = NULL; /* standard output, as without the option */
    return status;
}

void rt_arguments_free(const ImgProgram *p, RtArguments *a)
{
    for (uint32_t i = 0; a->options && i < p->options.n; i++)
        rt_value_free(&a->options[i]);
    free(a->options);
    free(a->cells);
    free(a->keep);
}

/* What predict reads, and where the weights are, as far as the compiler knew. */
static void help_inputs(const ImgProgram *p)
{
    enum { NAME = 40 };
    char shape[128], name[8 * NAME];
    for (uint32_t i = 0; i < p->instances.n; i++) {
        const ImgInstance *m = &p->instances.at[i];
        const ImgSignature *s = &p->signatures.at[m->signature];
        if (!s->known)
            continue;
        rt_print(stdout, "\n%s reads ", m->name);
        for (uint32_t k = 0; k < s->columns.n; k++)
            rt_print(stdout, "%s%s",
                     k            ? ", "
                     : s->by_name ? "a table (.csv) with the columns "
                                  : "the columns ",
                     rt_shown_cut(s->columns.at[k], NAME, name, sizeof name));
        if (!s->columns.n)
            rt_print(stdout, "rows of shape (%s) (.npy, or .csv with as many columns)",
                     rt_dims_text(shape, sizeof shape, s->dims.n, s->dims.at));
        rt_print(stdout, s->columns.n && s->by_name ? "; other columns are ignored\n" : "\n");
        if (m->weights.n)
            rt_print(stdout, "%s has the weights of %s in it\n", m->name, m->weights_name);
    }
}

void rt_arguments_help(const ImgProgram *p, const char *name)
{
    rt_print(
        stdout,
        "usage: %s [options]                 run the commands of %s\n"
        "       %s fit | evaluate [options]  run only these, and what they need\n"
        "       %s predict INPUT -o OUTPUT   outputs for the rows of a file; -: standard input\n"
        "       %s predict NAME=VALUE ...    the same for one row, a value for each column\n"
        "       %s summary | info            the models; what this program is\n",
        name, p->source, name, name, name, name);
    help_inputs(p);
    rt_print(stdout, "\noptions:\n");
    for (int i = 0; i < N_OPTIONS; i++) {
        char left[64];
        snprintf(left, sizeof left, "%s%s%s%s%s", rows[i].short_name,
                 *rows[i].short_name ? ", " : "", rows[i].name, *rows[i].value ? "=" : "",
                 rows[i].value);
        if (!rows[i].later)
            rt_print(stdout, "  %-24s %s\n", left, rows[i].doc);
    }
    for (uint32_t i = 0; i < p->options.n; i++) {
        char left[128];
        snprintf(left, sizeof left, "--%s=VALUE", p->options.at[i].name);
        rt_print(stdout, "  %-24s an option of %s\n", left, p->source);
    }
}
