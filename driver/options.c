/* options.c: the command line, from the rows of options.def. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver/help.h"
#include "driver/session.h"
#include "ir/defs/warnings.h"
#include "runtime/abi/formats.h"
#include "runtime/abi/shown.h"
#include "runtime/abi/suggest.h"
#include "runtime/data/memory.h"
#include "runtime/data/number.h"
#include "runtime/files/place.h"

const OptionRow option_rows[N_OPTIONS] = {
#define OPTION(id, spelling, value, doc) {spelling, value, doc},
#include "driver/options.def"
};

static const char *const emit_names[] = {"",     "tokens",   "ast",     "program", "dot",
                                         "ir",   "train-ir", "kernels", "plan",    "cost",
                                         "llvm", "asm",      "obj"};

static bool usage_error(const char *text, const char *word, const char *help)
{
    rt_print_short(stderr, "nnlc: error: %s '%s'%s%s\n", text, word, help ? ": " : "",
                   help ? help : "");
    return false;
}

static bool unknown_option(const Options *o, const char *word)
{
    char name[RT_SUGGEST_MAX];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
    RtSuggest s = rt_suggest_start(name);
    for (int i = 0; i < N_OPTIONS; i++)
        rt_suggest_offer_words(&s, option_rows[i].spelling, i == OPT_fast_math);
    const char *best = rt_suggest_best(&s);
    if (!strncmp(word, "-O", 2))
        rt_print_short(stderr, "nnlc: error: unknown option '%s'; it is one of -O0 -O1 -O2 -O3\n",
                       word);
    else
        rt_print_short(stderr,
                       best ? "nnlc: error: unknown option '%s'; did you mean '%s'?\n"
                            : "nnlc: error: unknown option '%s'; --help lists them\n",
                       word, best);
    if (o->mode == MODE_run && o->input)
        rt_print_short(stderr, "options of the program go after '--': nnlc run %s -- %s\n",
                       o->input, word);
    return false;
}

/* Finds the row of a word and its value: --x=V, --x V, -oV, -o V, -DV. */
static OptionId match(int *at, int argc, char **argv, const char **value, bool *bad)
{
    const char *word = argv[*at];
    if (!strcmp(word, "-h"))
        return OPT_help;
    for (int i = 0; i < N_OPTIONS; i++) {
        size_t n = strlen(option_rows[i].spelling);
        if (strncmp(word, option_rows[i].spelling, n))
            continue;
        const char *rest = word + n;
        bool is_long = word[1] == '-', glued = i == OPT_no_warning;
        if (!*option_rows[i].value) {
            if (!*rest)
                return (OptionId)i;
            continue;
        }
        if (is_long && *rest == '=')
            *value = rest + 1;
        else if (*rest && (!is_long || glued))
            *value = rest;
        else if (!*rest && *at + 1 < argc)
            *value = argv[++*at];
        else if (!*rest)
            *bad = true;
        else
            continue;
        return (OptionId)i;
    }
    return N_OPTIONS;
}

static bool set_emit(Options *o, const char *value)
{
    for (int i = 1; i <= EMIT_obj; i++)
        if (!strcmp(emit_names[i], value)) {
            o->emit = (Emit)i;
            return true;
        }
    return usage_error("unknown stage", value,
                       "one of tokens ast program dot ir train-ir kernels plan cost llvm asm obj");
}

static bool set_define(Arena *arena, Options *o, const char *value)
{
    const char *eq = strchr(value, '=');
    if (!eq || eq == value)
        return usage_error("-D needs NAME=VALUE, found", value, NULL);
    Define d = {arena_strndup(arena, value, (size_t)(eq - value)), eq + 1};
    vec_push(arena, &o->defines, d); /* of one param the last one counts */
    return true;
}

static bool set_color(Options *o, const char *value)
{
    const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE"), *term = getenv("TERM");
    if (!strcmp(value, "always"))
        o->color = DIAG_COLOR_ON;
    else if (!strcmp(value, "never"))
        o->color = DIAG_COLOR_OFF;
    else if (strcmp(value, "auto"))
        return usage_error("--color takes auto, always or never, not", value, NULL);
    else if (no && *no)
        o->color = DIAG_COLOR_OFF;
    else if (force && *force)
        o->color = DIAG_COLOR_ON;
    else
        o->color = isatty(2) && term && strcmp(term, "dumb") ? DIAG_COLOR_ON : DIAG_COLOR_OFF;
    return true;
}

static bool set_format(Options *o, const char *value)
{
    if (strcmp(value, "text") && strcmp(value, "json"))
        return usage_error("--error-format takes text or json, not", value, NULL);
    o->format = !strcmp(value, "json") ? DIAG_JSON : DIAG_TEXT;
    return true;
}

static bool set_with(Options *o, const char *value)
{
    bool gzip = !strcmp(value, "gzip"), hdf5 = !strcmp(value, "hdf5"), png = !strcmp(value, "png");
    o->gzip |= gzip;
    o->hdf5 |= hdf5;
    o->png |= png;
    return gzip || hdf5 || png || usage_error("--with knows gzip, hdf5 and png, not", value, NULL);
}

static bool set_no_warning(Arena *arena, Options *o, const char *value)
{
    const char *all = "one of";
    for (int i = 0; i < N_WARNINGS; i++) {
        if (!strcmp(value, warning_name((WarningId)i))) {
            vec_push(arena, &o->disabled_warnings, value);
            return true;
        }
        all = arena_printf(arena, "%s %s", all, warning_name((WarningId)i));
    }
    return usage_error("unknown warning", value, all);
}

/* Names with commas between them. */
static bool set_metrics(Arena *arena, Options *o, const char *value)
{
    for (const char *at = value;; at++) {
        size_t n = strcspn(at, ",");
        const char *name = arena_strndup(arena, at, n);
        if (!n)
            return usage_error("the name of a metric is missing in", value, NULL);
        vec_push(arena, &o->plot.metrics, name);
        at += n;
        if (!*at)
            return true;
    }
}

static bool set_smooth(Options *o, const char *value)
{
    bool is_int;
    if (!rt_parse_number(value, &o->plot.smooth, &is_int))
        return usage_error("--smooth takes a number, not", value, NULL);
    return (o->plot.smooth >= 0 && o->plot.smooth < 1) ||
           usage_error("--smooth takes a weight from 0 to below 1, not", value, NULL);
}

/* Of the process: of the compiler, and of the program that it runs. */
static bool set_max_memory(const char *value)
{
    uint64_t bytes;
    if (!rt_memory_parse(value, &bytes))
        return usage_error("--max-memory takes a size such as 512M or 4G, not", value, NULL);
    rt_memory_set_limit(bytes);
    return true;
}

static bool set_value(Arena *arena, Options *o, OptionId id, const char *value)
{
    switch (id) {
    case OPT_emit:
        return set_emit(o, value);
    case OPT_define:
        return set_define(arena, o, value);
    case OPT_color:
        return set_color(o, value);
    case OPT_error_format:
        return set_format(o, value);
    case OPT_with:
        return set_with(o, value);
    case OPT_no_warning:
        return set_no_warning(arena, o, value);
    case OPT_output:
        o->output = value;
        return *value || usage_error("a name is missing after", option_rows[id].spelling, NULL);
    case OPT_target:
        o->target = value;
        return true;
    case OPT_mcpu:
        o->mcpu = value;
        return true;
    case OPT_passes:
        return (o->passes = value) != NULL;
    case OPT_print_after:
        o->print_after = value;
        return true;
    case OPT_data_dir:
        o->data_dir = value;
        return true;
    case OPT_linker:
        o->linker = value;
        return true;
    case OPT_max_memory:
        return set_max_memory(value);
    case OPT_O0:
    case OPT_O1:
    case OPT_O2:
    case OPT_O3:
        o->level = (int)(id - OPT_O0);
        return true;
    case OPT_debug:
        return o->debug = true;
    case OPT_time_passes:
        return o->time_passes = true;
    case OPT_no_source_dir:
        return o->no_source_dir = true;
    case OPT_static_link:
        return o->is_static = true;
    case OPT_verbose:
        return o->verbose = true;
    case OPT_werror:
        return o->werror = true;
    case OPT_no_warnings:
        return o->no_warnings = true;
    case OPT_embed_weights:
        vec_push(arena, &o->embed, value);
        return *value || usage_error("a name is missing after", option_rows[id].spelling, NULL);
    case OPT_all:
        return o->doc_all = true;
    case OPT_title:
        o->plot.title = value;
        return true;
    case OPT_metric:
        return set_metrics(arena, o, value);
    case OPT_log:
        return o->plot.log = true;
    case OPT_smooth:
        return set_smooth(o, value);
    case OPT_example:
        o->example = value;
        return *value || usage_error("a name is missing after", option_rows[id].spelling, NULL);
    case OPT_fast_math:
        return usage_error("this option is not built yet:", option_rows[id].spelling, NULL);
    case OPT_help:
    case OPT_version:
    case N_OPTIONS:
        break;
    }
    return true;
}

static const char *const modes[] = {"", "run", "check", "doc", "import", "info", "plot", "new"};
enum { N_MODES = sizeof modes / sizeof *modes };

/* By its ending a program, or a file of a model. */
static bool is_input_name(const char *path)
{
    const char *dot = strrchr(path, '.');
    return (dot && (!strcmp(dot, ".nn") || !strcmp(dot, ".nnir"))) ||
           rt_format_of(path) < RT_N_FORMATS;
}

/* Two words where one file is expected: the first may be a misspelt command, the second a command. */
static bool second_operand(const Options *o, const char *first, const char *word)
{
    RtSuggest best = rt_suggest_start(first);
    for (int i = 1; i < N_MODES; i++) {
        rt_suggest_offer(&best, modes[i]);
        if (!strcmp(word, modes[i]) && o->mode == MODE_compile)
            return usage_error("the command goes before the file: found", word, NULL);
    }
    const char *near = rt_suggest_best(&best);
    if (o->mode == MODE_compile && !is_input_name(first) && (near || is_input_name(word))) {
        rt_print_short(
            stderr,
            near ? "nnlc: error: unknown command '%s'; did you mean '%s'?\n"
                 : "nnlc: error: unknown command '%s'; it is one of run, check, doc, import, "
                   "info, plot, new\n",
            first, near);
        return false;
    }
    return usage_error(o->mode == MODE_doc ? "one word at a time: found another one,"
                                           : "one file at a time: found another one,",
                       word, NULL);
}

static bool set_operand(Arena *arena, Options *o, const char *word, bool *has_mode)
{
    for (int i = 1; i < N_MODES && !*has_mode && !o->input; i++)
        if (!strcmp(word, modes[i])) {
            o->mode = (Mode)i;
            *has_mode = true;
            return true;
        }
    if (!strcmp(word, "fmt") && !*has_mode && !o->input)
        return usage_error("this command is not built yet:", word, NULL);
    if (o->mode == MODE_plot)
        vec_push(arena, &o->plot.inputs, word);
    if (o->mode == MODE_plot && o->input)
        return true;
    const char **slot = o->mode == MODE_doc ? &o->doc_name : &o->input;
    if (*slot && o->mode == MODE_run)
        return usage_error("one file at a time: found", word,
                           "arguments of the program go after '--'");
    if (*slot)
        return second_operand(o, *slot, word);
    *slot = word;
    return true;
}

/* The files a trainer will read are those to look at now: its --data-dir counts here, too. */
static void take_data_dir(Options *o)
{
    static const char name[] = "--data-dir";
    size_t n = strlen(name);
    for (int i = 0; i < o->n_trainer_args; i++) {
        const char *word = o->trainer_args[i];
        if (!strncmp(word, name, n) && word[n] == '=')
            o->data_dir = word + n + 1;
        else if (!strcmp(word, name) && i + 1 < o->n_trainer_args)
            o->data_dir = o->trainer_args[i + 1];
    }
}

static bool is_nnir(const char *path)
{
    size_t n = strlen(path);
    return n > 5 && !strcmp(path + n - 5, ".nnir");
}

/* No log may be replaced by its picture. */
static bool check_plot_output(const Options *o)
{
    for (size_t i = 0; i < o->plot.inputs.n; i++)
        if (rt_same_file(o->plot.inputs.at[i], o->output))
            return usage_error("the picture would replace the log itself:", o->output, NULL);
    return true;
}

/* Options of nnlc plot stand with it only. */
static bool check_plot(const Options *o)
{
    const char *alone = o->plot.title       ? "--title"
                        : o->plot.metrics.n ? "--metric"
                        : o->plot.log       ? "--log"
                        : o->plot.smooth    ? "--smooth"
                                            : NULL;
    if (o->mode == MODE_plot && (o->emit || o->passes || o->embed.n))
        return usage_error("plot draws logs, nothing else; what it is given:", o->input, NULL);
    return o->mode == MODE_plot || !alone ||
           usage_error("this option belongs to 'nnlc plot':", alone,
                       o->mode == MODE_run ? "options of the program go after '--'" : NULL);
}

/* nnlc new takes a table, or a folder and an example. */
static bool check_new(const Options *o)
{
    if (o->mode != MODE_new)
        return !o->example ||
               usage_error("this option belongs to 'nnlc new':", "--example",
                           o->mode == MODE_run ? "options of the program go after '--'" : NULL);
    if (!o->input) {
        rt_print_short(stderr,
                       "nnlc: error: no table to make a program for\n"
                       "usage: nnlc new FILE.csv --target=NAME [-o FILE.nn]; nnlc new --help says "
                       "more\n");
        return false;
    }
    if (o->emit || o->passes || o->embed.n || o->defines.n)
        return usage_error(
            "new writes the text of a program, nothing else; what it is given:", o->input, NULL);
    if (o->example && (o->target || o->output))
        return usage_error("an example has its table and its name; left over is",
                           o->target ? o->target : o->output, NULL);
    return true;
}

/* Words that contradict each other, or that would do harm. */
static bool check_output(const Options *o)
{
    bool makes_trainer = o->mode == MODE_compile && !o->emit && !o->is_nnir;
    bool to_stdout = !o->output || !strcmp(o->output, "-");
    if (o->emit == EMIT_obj && to_stdout && isatty(1))
        return usage_error("a terminal cannot show what this stage gives:", "obj",
                           "name a file with -o");
    if (!o->output)
        return true;
    if (o->mode == MODE_plot)
        return check_plot_output(o);
    if (o->mode == MODE_new)
        return true;
    if (o->mode == MODE_doc || (o->mode != MODE_compile && o->mode != MODE_import && !o->emit))
        return usage_error("this command writes no file, but was given -o", o->output, NULL);
    if (makes_trainer && !strcmp(o->output, "-"))
        return usage_error("a trainer is a file of its own; give it a name instead of", "-", NULL);
    if (rt_same_file(o->input, o->output))
        return usage_error("the result would replace the program itself:", o->output, NULL);
    return true;
}

static bool check(Options *o)
{
    o->is_nnir = o->input && is_nnir(o->input);
    if (o->doc_all && (o->mode != MODE_doc || o->doc_name))
        return usage_error("--all stands alone behind 'nnlc doc', not with",
                           o->doc_name ? o->doc_name
                           : o->input  ? o->input
                                       : "",
                           NULL);
    if (!check_plot(o) || !check_new(o))
        return false;
    if (o->mode == MODE_doc)
        return check_output(o);
    if (!o->input && o->mode == MODE_plot) {
        rt_print_short(stderr, "nnlc: error: no log to plot\n"
                               "usage: nnlc plot LOG... [-o FILE]; nnlc plot --help says more\n");
        return false;
    }
    if (!o->input) {
        rt_print_short(
            stderr, "nnlc: error: no input file\n"
                    "usage: nnlc FILE.nn -o TRAINER, or nnlc run FILE.nn; nnlc --help says more\n");
        return false;
    }
    if (o->passes && !o->is_nnir)
        return usage_error("--passes takes a .nnir file, not", o->input, NULL);
    if (o->embed.n && (o->mode == MODE_run || o->is_nnir))
        return usage_error(
            "--embed-weights makes a trainer; with run, name the weights after '--':", "--weights",
            NULL);
    if (o->mode == MODE_import && (o->emit || o->embed.n || o->is_nnir))
        return usage_error(
            "import writes the text of a model, nothing else; what it is given:", o->input, NULL);
    if (o->mode == MODE_run && o->is_nnir)
        return usage_error("a .nnir file cannot run:", o->input, NULL);
    if (o->mode == MODE_compile && !o->output && !o->emit && !o->passes)
        return usage_error("nothing to do with", o->input,
                           "name the result with -o, or use nnlc run, or --emit=STAGE");
    return check_output(o);
}

bool options_parse(Arena *arena, int argc, char **argv, Options *o, bool *done)
{
    bool has_mode = false, only_operands = false;
    memset(o, 0, sizeof *o);
    o->level = 2;
    o->self = argv[0];
    set_color(o, "auto");
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i], *value = NULL;
        bool bad = false;
        if (!strcmp(word, "--") && !only_operands) {
            if (o->mode == MODE_run && o->input) {
                o->n_trainer_args = argc - i - 1;
                o->trainer_args = argv + i + 1;
                break;
            }
            only_operands = true;
            continue;
        }
        if (only_operands || word[0] != '-' || !word[1]) {
            if (!set_operand(arena, o, word, &has_mode))
                return false;
            continue;
        }
        OptionId id = match(&i, argc, argv, &value, &bad);
        if (id == N_OPTIONS)
            return unknown_option(o, word);
        if (bad)
            return usage_error("a value is missing after", word, NULL);
        if (id == OPT_help || id == OPT_version) {
            *done = true;
            id == OPT_version ? help_version() : help_print(o->mode);
            return true;
        }
        if (!set_value(arena, o, id, value))
            return false;
    }
    take_data_dir(o);
    return check(o);
}
