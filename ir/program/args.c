/* args.c: the arguments of a call against the row that is called, or against the parameters of a fn,
 * block or model. */
#include <stdlib.h>
#include <string.h>

#include "ir/defs/warnings.h"
#include "ir/program/elaborate_internal.h"
#include "support/habits.h"

typedef struct Check {
    Elab *e;
    Scope *s;
    const Row *row;
    Range range;
    ArgValue *out;
    bool *seen;
    Range *where;
    bool right;
} Check;

/* Those that are built. */
static const char *args_text(Elab *e, const Row *row)
{
    const char *text = "";
    for (uint32_t i = 0; i < row->n_args; i++)
        if (!row->args[i].later)
            text = arena_printf(e->arena, "%s%s%s", text, *text ? ", " : "", row->args[i].name);
    return text;
}

static bool is_command(const Row *row)
{
    return row->vocab == VOCAB_command;
}

/* What Keras puts elsewhere or spells otherwise; NULL: nothing. */
static const HabitArgument *habit_of(const Row *row, const char *name)
{
    size_t n;
    const HabitArgument *habits = habit_arguments(&n);
    for (size_t i = 0; i < n; i++) {
        bool any = !*habits[i].row && row_arg(row, habits[i].instead) >= 0;
        if ((any || !strcmp(habits[i].row, row->name)) && !strcmp(habits[i].name, name))
            return &habits[i];
    }
    return NULL;
}

/* The argument of this name, or of the name that it had, with a warning; -1 if there is none. */
static int find_arg(Elab *e, const Row *row, AstName name)
{
    int at = row_arg(row, name.text);
    if (at >= 0 || (at = row_arg_renamed(row, name.text)) < 0)
        return at;
    const char *now = row->args[at].name;
    diag_warning(e->diags, name.range, warning_name(WARNING_renamed),
                 "'%s' of '%s' is called '%s' now", name.text, row->name, now);
    diag_fix(e->diags, name.range, now, "write '%s'", now);
    return at;
}

/* A setting of another command is told, too. */
static bool report_habit(Elab *e, const Row *row, AstName name, const char *what)
{
    const HabitArgument *habit = habit_of(row, name.text);
    if (habit) {
        diag_error(e->diags, name.range, "unknown %s '%s' of '%s'", what, name.text, row->name);
        if (*habit->instead)
            diag_fix(e->diags, name.range, habit->instead, "%s", habit->help);
        else
            diag_help(e->diags, "%s", habit->help);
        return true;
    }
    for (size_t i = 0; is_command(row) && i < vocab_count(VOCAB_command); i++) {
        const Row *other = vocab_row(VOCAB_command, i);
        if (row_arg(other, name.text) < 0 || other->later)
            continue;
        diag_error(e->diags, name.range, "unknown %s '%s' of '%s'", what, name.text, row->name);
        diag_help(e->diags, "'%s' is a setting of '%s'", name.text, other->name);
        return true;
    }
    return false;
}

void report_unknown_arg(Elab *e, const Row *row, AstName name)
{
    const char *what = is_command(row) ? "setting" : "argument";
    if (report_habit(e, row, name, what))
        return;
    RtSuggest best = rt_suggest_start(name.text);
    for (uint32_t i = 0; i < row->n_args; i++)
        rt_suggest_offer_words(&best, row->args[i].name, row->args[i].later);
    const char *near = rt_suggest_best(&best);
    if (near) {
        diag_error(e->diags, name.range, "unknown %s '%s' of '%s'; did you mean '%s'%s?", what,
                   name.text, row->name, near, rt_suggest_state(&best));
        offer_fix(e, name.range, &best);
        return;
    }
    diag_error(e->diags, name.range, "unknown %s '%s' of '%s'", what, name.text, row->name);
    if (*args_text(e, row))
        diag_help(e->diags, "'%s' takes: %s", row->name, args_text(e, row));
    else
        diag_help(e->diags, "'%s' takes none", row->name);
}

static bool is_bare_name(const Check *c, const Ast *a)
{
    return a->kind == AST_name && !scope_find(c->s, a->u.name.text);
}

/* Is it one of the words of a choice? */
static bool is_choice(const ArgRow *arg, const char *word)
{
    size_t n = strlen(word);
    const char *at = arg->kind == ARG_CHOICE ? strstr(arg->range, word) : NULL;
    while (at && ((at > arg->range && at[-1] != '|') || (at[n] && at[n] != '|')))
        at = strstr(at + 1, word);
    return at != NULL;
}

/* A name that the program gives something else, such as y in `log = y`, is a word where that cannot be meant. */
static Value eval_arg(Check *c, const ArgRow *arg, const Ast *a)
{
    bool bare = arg_takes_words(arg->kind) && is_bare_name(c, a);
    Value v = bare ? value_none(a->range) : eval(c->e, c->s, a, arg_want(arg->kind));
    bool meant = v.kind == VAL_string || v.kind == VAL_word || v.kind == VAL_error;
    bool word = bare || (a->kind == AST_name && !meant && is_choice(arg, a->u.name.text));
    return word ? (Value){.kind = VAL_word, .range = a->range, .text = a->u.name.text} : v;
}

/* The default of a row, in nn notation. */
static Value fallback_value(Elab *e, const char *text, Range range)
{
    size_t n = strlen(text);
    if (!strcmp(text, "none"))
        return value_none(range);
    if (!strcmp(text, "()"))
        return value_list(e, range, VAL_tuple, 0, NULL);
    if (!strcmp(text, "true") || !strcmp(text, "false"))
        return value_bool(range, *text == 't');
    if (*text == '"')
        return value_string(range, arena_strndup(e->arena, text + 1, n - 2));
    if (*text == '-' || (*text >= '0' && *text <= '9')) {
        bool whole = !strpbrk(text, ".e");
        return whole ? value_int(range, strtoll(text, NULL, 10))
                     : value_float(range, strtod(text, NULL));
    }
    return (Value){.kind = VAL_word, .range = range, .text = intern(e->names, text)};
}

/* Is it the default, or none of the words of a choice (which is told)? */
static bool is_default(Check *c, const ArgRow *arg, const Value *v)
{
    Diags *loud = c->e->diags;
    ArgValue usual = {0}, given = {0};
    Value fallback = fallback_value(c->e, arg->fallback ? arg->fallback : "none", v->range);
    bool choice = arg->kind == ARG_CHOICE || arg->kind == ARG_DTYPE;
    bool is_word = v->kind == VAL_word || v->kind == VAL_string;
    c->e->diags = c->e->quiet;
    bool converts = arg_convert(c->e, c->s, c->row, arg, v, &given);
    bool same = converts && arg_convert(c->e, c->s, c->row, arg, &fallback, &usual) &&
                usual.none == given.none && usual.i == given.i && usual.f == given.f &&
                usual.n == given.n;
    c->e->diags = loud;
    if (converts && arg->kind == ARG_DTYPE && !given.none && given.i == RT_f32)
        return true; /* all is computed in f32 */
    return same || (choice && is_word && !converts);
}

/* A word that is not built itself, as in kernel_regularizer=l2, is told by its own name. */
static bool is_later_word(const ArgRow *arg, const Value *v)
{
    Want want = arg_want(arg->kind);
    bool is_word = v->kind == VAL_word || v->kind == VAL_string;
    const Row *row = is_word && want < N_VOCABS ? vocab_find(want, v->text) : NULL;
    return row && row->later;
}

/* An argument that is known but waits for a later version: only its default is built, and that is said before
 * anything else about its value. */
static bool refuse_later(Check *c, const ArgRow *arg, const Value *v)
{
    if (!arg->later || is_later_word(arg, v) || is_default(c, arg, v))
        return false;
    diag_error(c->e->diags, v->range, "'%s' of '%s' is not built yet", arg->name, c->row->name);
    const HabitArgument *habit = habit_of(c->row, arg->name);
    if (habit)
        diag_help(c->e->diags, "%s", habit->help);
    c->right = false;
    return true;
}

static void take(Check *c, int at, Range name_range, const Ast *value)
{
    const ArgRow *arg = &c->row->args[at];
    if (c->seen[at]) {
        diag_error(c->e->diags, name_range, "'%s' of '%s' is given twice", arg->name, c->row->name);
        diag_note(c->e->diags, c->where[at], "the first one is here");
        c->right = false;
        return;
    }
    c->seen[at] = true;
    c->where[at] = name_range;
    Value v = eval_arg(c, arg, value);
    ArgValue *out = &c->out[at];
    if (v.kind != VAL_error && refuse_later(c, arg, &v))
        return;
    if (v.kind == VAL_error || !arg_convert(c->e, c->s, c->row, arg, &v, out)) {
        c->right = false;
        return;
    }
    out->given = true;
    out->range = value->range;
}

/* Dense(28, 28)-like lists of sizes where the first argument is a shape. */
static uint32_t take_sizes(Check *c, const AstList *args)
{
    uint32_t n = 0;
    Vec(Value) sizes = {0};
    if (!c->row->n_args || !arg_is_shape(c->row->args[0].kind))
        return 0;
    while (n < args->n && !args->at[n]->u.bind.name.text)
        n++;
    if (n < 2)
        return 0;
    for (uint32_t i = 0; i < n; i++)
        vec_push(c->e->arena, &sizes, eval(c->e, c->s, args->at[i]->u.bind.value, N_VOCABS));
    Range r = range_join(args->at[0]->range, args->at[n - 1]->range);
    Value list = value_list(c->e, r, VAL_tuple, n, sizes.at);
    for (uint32_t i = 0; i < n; i++)
        if (sizes.at[i].kind == VAL_error)
            c->right = false;
    c->seen[0] = true;
    c->where[0] = r;
    if (c->right)
        c->right = arg_convert(c->e, c->s, c->row, &c->row->args[0], &list, &c->out[0]);
    c->out[0].given = true;
    c->out[0].range = r;
    return n;
}

static void take_all(Check *c, const AstList *args)
{
    uint32_t first = take_sizes(c, args);
    bool named = false;
    for (uint32_t i = first; i < args->n; i++) {
        const Ast *a = args->at[i];
        if (a->kind == AST_error) {
            c->right = false;
            continue;
        }
        if (a->kind == AST_event) { /* command.c */
            continue;
        }
        AstName name = a->u.bind.name;
        if (name.text) {
            int at = find_arg(c->e, c->row, name);
            named = true;
            if (at >= 0) {
                take(c, at, name.range, a->u.bind.value);
            } else {
                report_unknown_arg(c->e, c->row, name);
                c->right = false;
            }
        } else if (named) {
            diag_error(c->e->diags, a->range, "a positional argument cannot follow a named one");
            c->right = false;
        } else if (i >= c->row->n_args) {
            if (!c->row->n_args)
                diag_error(c->e->diags, a->range, "'%s' takes no arguments", c->row->name);
            else
                diag_error(c->e->diags, a->range, "'%s' takes at most %u argument%s", c->row->name,
                           c->row->n_args, c->row->n_args == 1 ? "" : "s");
            c->right = false;
            return;
        } else {
            take(c, (int)i, a->range, a->u.bind.value);
        }
    }
}

static void fill_defaults(Check *c)
{
    for (uint32_t i = 0; i < c->row->n_args; i++) {
        const ArgRow *arg = &c->row->args[i];
        if (c->seen[i])
            continue;
        if (!arg->fallback) {
            diag_error(c->e->diags, c->range, "'%s' needs the %s '%s': %s", c->row->name,
                       is_command(c->row) ? "setting" : "argument", arg->name, arg->doc);
            c->right = false;
            continue;
        }
        Value v = fallback_value(c->e, arg->fallback, c->range);
        c->out[i].range = c->range;
        if (!arg_convert(c->e, c->s, c->row, arg, &v, &c->out[i]))
            c->right = false;
    }
}

const ArgValue *args_check(Elab *e, Scope *s, const Row *row, const AstList *args, Range range)
{
    Check c = {.e = e, .s = s, .row = row, .range = range, .right = true};
    c.out = ARENA_ARRAY(e->arena, ArgValue, row->n_args + 1);
    c.seen = ARENA_ARRAY(e->arena, bool, row->n_args + 1);
    c.where = ARENA_ARRAY(e->arena, Range, row->n_args + 1);
    take_all(&c, args);
    if (c.right)
        fill_defaults(&c);
    return c.right ? c.out : NULL;
}

const Call *call_default(Elab *e, const Row *row, const char *name, Range range)
{
    Call *call = ARENA_NEW(e->arena, Call);
    call->kind = row->vocab;
    call->row = row;
    call->name = name;
    call->range = range;
    call->args = args_check(e, scope_new(e, NULL), row, &(AstList){NULL, 0}, range);
    return call->args ? call : NULL;
}

/* ---- parameters of fn, block, model ---- */

typedef struct Bind {
    Elab *e;
    Scope *s;
    const char *what, *name;
    const AstList *params;
    Value *values;
    bool *seen;
    Range range;
    Places places; /* of params, if an argument has a name */
} Bind;

enum { FEW_PARAMS = 16 };

/* The first named argument makes an index where there are many. */
static int param_index(Bind *b, const char *name)
{
    if (b->params->n <= FEW_PARAMS) {
        for (uint32_t i = 0; i < b->params->n; i++)
            if (b->params->at[i]->u.bind.name.text == name)
                return (int)i;
        return -1;
    }
    bool indexed = b->places.n > 0;
    for (uint32_t i = 0; !indexed && i < b->params->n; i++)
        places_add(b->e->arena, &b->places, b->params->at[i]->u.bind.name.text, i);
    size_t place = places_get(&b->places, name);
    return place == NO_PLACE ? -1 : (int)place;
}

static bool bind_unknown(Bind *b, AstName name)
{
    RtSuggest best = rt_suggest_start(name.text);
    for (uint32_t i = 0; i < b->params->n; i++)
        rt_suggest_offer(&best, b->params->at[i]->u.bind.name.text);
    const char *near = rt_suggest_best(&best);
    diag_error(b->e->diags, name.range,
               near ? "%s '%s' has no parameter '%s'; did you mean '%s'?"
                    : "%s '%s' has no parameter '%s'",
               b->what, b->name, name.text, near);
    for (size_t i = 0; !near && i < vocab_count(VOCAB_command); i++) {
        const Row *row = vocab_row(VOCAB_command, i);
        if (row_arg(row, name.text) < 0)
            continue;
        diag_help(b->e->diags, "settings go between '{' and '}': %s %s { %s = ... }", row->name,
                  b->name, name.text);
        break;
    }
    return false;
}

static bool bind_arg(Bind *b, const Ast *arg, uint32_t i, bool *named, const Seed **seed)
{
    AstName name = arg->u.bind.name;
    int at = (int)i;
    *named = *named || name.text;
    if (name.text) {
        at = param_index(b, name.text);
        if (at < 0 && seed && !strcmp(name.text, "seed"))
            return seed_eval(b->e, b->s, arg->u.bind.value, seed);
        if (at < 0)
            return bind_unknown(b, name);
    } else if (*named) {
        diag_error(b->e->diags, arg->range, "a positional argument cannot follow a named one");
        return false;
    }
    if ((uint32_t)at >= b->params->n) {
        diag_error(b->e->diags, arg->range, "%s '%s' takes %u argument%s, not %u", b->what, b->name,
                   b->params->n, b->params->n == 1 ? "" : "s", i + 1);
        return false;
    }
    if (b->seen[at]) {
        diag_error(b->e->diags, arg->range, "'%s' of '%s' is given twice",
                   b->params->at[at]->u.bind.name.text, b->name);
        return false;
    }
    b->seen[at] = true;
    b->values[at] = eval(b->e, b->s, arg->u.bind.value, N_VOCABS);
    return b->values[at].kind != VAL_error;
}

/* Parameters of a fn hide silently, those of blocks and models are said to. */
bool params_bind(Elab *e, Scope *s, Scope *into, const char *what, const char *name,
                 const AstList *params, const AstList *args, Range range, const Seed **seed)
{
    Bind b = {.e = e, .s = s, .what = what, .name = name, .params = params, .range = range};
    bool named = false, right = true, silent = !strcmp(what, "fn");
    b.values = ARENA_ARRAY(e->arena, Value, params->n + 1);
    b.seen = ARENA_ARRAY(e->arena, bool, params->n + 1);
    for (uint32_t i = 0; i < args->n && right; i++)
        right = bind_arg(&b, args->at[i], i, &named, seed);
    for (uint32_t i = 0; i < params->n && right; i++) {
        const Ast *param = params->at[i];
        if (!b.seen[i] && !param->u.bind.value) {
            diag_error(e->diags, range, "%s '%s' needs the argument '%s'", what, name,
                       param->u.bind.name.text);
            diag_note(e->diags, param->range, "it is declared here");
            return false;
        }
        if (!b.seen[i])
            b.values[i] = eval(e, into, param->u.bind.value, N_VOCABS);
        scope_value(e, into, param->u.bind.name, b.values[i], silent);
    }
    return right;
}
