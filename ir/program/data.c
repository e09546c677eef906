/* data.c: data sets: their entries, and the figures of their files. */
#include <string.h>

#include "ir/defs/entries.h"
#include "ir/defs/warnings.h"
#include "ir/program/elaborate_internal.h"
#include "runtime/abi/split.h"
#include "support/habits.h"

typedef struct Build {
    Elab *e;
    Scope *s;
    DataSet *d;
    bool right;
} Build;

static const char *const part_names[N_PARTS] = {"train", "validation", "test"};

/* ---- parts ---- */

/* What a part could be, named without its arguments. */
static const Row *bare_source(const Value *v, bool may_split)
{
    const Row *row = v->kind == VAL_word ? vocab_find(VOCAB_source, v->text) : NULL;
    if (!row && v->kind == VAL_word && may_split && !strcmp(v->text, "split"))
        row = vocab_find(VOCAB_function, v->text);
    return row;
}

static void report_source(Elab *e, const char *entry, const Value *v)
{
    diag_error(e->diags, v->range, "'%s' must be a source%s, not %s", entry,
               strcmp(entry, "train") ? " or split(...)" : "", value_text(e, v));
    if (v->kind == VAL_string)
        diag_help(e->diags, "a path is an argument of a source: csv(\"%s\", target=\"name\")",
                  v->text);
    else if (v->kind == VAL_float && strcmp(entry, "train") != 0)
        diag_help(e->diags, "write split(%g)", v->f);
    else if (v->kind == VAL_list || v->kind == VAL_tuple)
        diag_help(e->diags, "one source reads inputs and targets: npy(\"x.npy\", \"y.npy\")");
}

static void wrong_source(Build *b, const char *entry, const Value *v)
{
    const Row *bare = bare_source(v, strcmp(entry, "train") != 0);
    if (bare && bare->later)
        diag_error(b->e->diags, v->range, "the source '%s' is not built yet", bare->name);
    else if (bare)
        diag_error(b->e->diags, v->range, "'%s' needs its arguments: write %s(...)", bare->name,
                   bare->name);
    else if (v->kind == VAL_word && !vocab_knows(v->text))
        report_unknown(b->e, b->s, VOCAB_source, v->text, v->range);
    else if (v->kind != VAL_error)
        report_source(b->e, entry, v);
    b->right = false;
}

bool data_split(Elab *e, const Call *call, DataPart *p)
{
    const ArgValue *a = call->args;
    double f = a[ARG_split_fraction].f;
    if (f <= 0 || f >= 1) {
        diag_error(e->diags, a[ARG_split_fraction].range,
                   "the fraction of a split must be more than 0 and less than 1, not %g", f);
        return false;
    }
    *p = (DataPart){.kind = PART_SPLIT,
                    .fraction = f,
                    .stratify = a[ARG_split_stratify].i != 0,
                    .from_end = !strcmp(a[ARG_split_from].text, "end"),
                    .seed = a[ARG_split_seed].seed,
                    .range = call->range};
    if (p->stratify && p->from_end) {
        diag_error(e->diags, call->range, "a split from the end cannot be stratified");
        return false;
    }
    return true;
}

static void set_part(Build *b, PartId part, const Ast *value)
{
    Value v = eval(b->e, b->s, value, VOCAB_source);
    DataPart *p = &b->d->part[part];
    if (v.kind == VAL_none && part != PART_TRAIN) {
        *p = (DataPart){.kind = PART_ABSENT};
        return;
    }
    const Row *row = v.kind == VAL_call ? v.call->row : NULL;
    if (row && row->vocab == VOCAB_source)
        *p = (DataPart){.kind = PART_SOURCE, .source = v.call, .range = v.range};
    else if (row && part != PART_TRAIN && row->vocab == VOCAB_function && row->id == FUNCTION_split)
        b->right = data_split(b->e, v.call, p) && b->right;
    else
        wrong_source(b, part_names[part], &v);
}

/* ---- transforms ---- */

static const Call *transform_of(Build *b, const Value *v, bool targets)
{
    const Call *call = v->kind == VAL_call ? v->call : NULL;
    if (v->kind == VAL_word) {
        const Row *row = vocab_find(VOCAB_transform, v->text);
        if (row && !row->later)
            call = call_default(b->e, row, v->text, v->range);
        else if (row)
            diag_error(b->e->diags, v->range, "the transform '%s' is not built yet", row->name);
        else if (!vocab_knows(v->text))
            report_unknown(b->e, b->s, VOCAB_transform, v->text, v->range);
        if (!call && (row || !vocab_knows(v->text)))
            return NULL;
    }
    if (!call || call->row->vocab != VOCAB_transform) {
        if (v->kind != VAL_error)
            diag_error(b->e->diags, v->range, "a transform is expected here, not %s",
                       value_text(b->e, v));
        return NULL;
    }
    const char *family = call->row->kind_name;
    if (!strcmp(family, "column")) {
        diag_error(b->e->diags, call->range,
                   "'%s' is a transform of single columns: write columns([\"NAME\": %s(...)])",
                   call->row->name, call->row->name);
        return NULL;
    }
    if (strncmp(family, "both", 4) && strncmp(family, targets ? "targets" : "inputs", 6)) {
        diag_error(b->e->diags, call->range, "'%s' is a transform of %s", call->row->name,
                   targets ? "inputs, not of targets" : "targets, not of inputs");
        return NULL;
    }
    return call;
}

bool data_range_is_right(Elab *e, const Call *call)
{
    bool clip = call->row->id == TRANSFORM_clip;
    if (!clip && call->row->id != TRANSFORM_min_max)
        return true;
    double low = call->args[clip ? ARG_clip_low : ARG_min_max_low].f,
           high = call->args[clip ? ARG_clip_high : ARG_min_max_high].f;
    if (clip ? low <= high : low < high)
        return true;
    diag_error(e->diags, call->range, "'low' of '%s' must be %s 'high', but they are %g and %g",
               call->row->name, clip ? "at most" : "below", low, high);
    return false;
}

static void set_labels(Build *b, const Call *call)
{
    const ArgValue *names = &call->args[ARG_labels_names];
    if (!names->n) {
        diag_error(b->e->diags, call->range, "labels(...) names no class");
        b->right = false;
    }
    Places seen = {0};
    for (uint32_t i = 0; i < names->n; i++)
        if (places_add(b->e->arena, &seen, intern(b->e->names, names->texts[i]), i) != NO_PLACE) {
            diag_error(b->e->diags, names->range, "the class name \"%s\" is given twice",
                       names->texts[i]);
            b->right = false;
            return;
        }
    b->d->n_labels = names->n;
    b->d->labels = names->texts;
}

static void set_transforms(Build *b, const Ast *value, bool targets)
{
    Value v = eval(b->e, b->s, value, VOCAB_transform);
    bool many = v.kind == VAL_list || v.kind == VAL_tuple;
    uint32_t n = v.kind == VAL_none ? 0 : many ? v.n : 1, kept = 0;
    const Value *items = many ? v.items : &v;
    const Call **out = ARENA_ARRAY(b->e->arena, const Call *, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        const Call *call = transform_of(b, &items[i], targets);
        if (!call || !data_range_is_right(b->e, call))
            b->right = false;
        else if (call->row->id == TRANSFORM_labels)
            set_labels(b, call);
        else if (call->row->id == TRANSFORM_classes)
            b->d->numbers_classes = true;
        else
            out[kept++] = call;
    }
    if (targets && b->d->numbers_classes && (b->d->n_labels || kept)) {
        diag_error(
            b->e->diags, v.range,
            "classes() numbers the classes by itself: no other transform of targets goes with it");
        b->right = false;
    }
    if (targets) {
        b->d->n_targets = kept;
        b->d->targets = out;
    } else {
        b->d->n_inputs = kept;
        b->d->inputs = out;
    }
}

static void set_targets(Build *b, const Ast *value)
{
    b->d->numbers_classes = false;
    bool same = value->kind == AST_name && !strcmp(value->u.name.text, "inputs") &&
                !scope_find(b->s, value->u.name.text);
    b->d->targets_are_inputs = same;
    if (!same)
        set_transforms(b, value, true);
}

static void set_shuffle(Build *b, const Ast *value)
{
    Value v = eval(b->e, b->s, value, N_VOCABS);
    if (v.kind == VAL_bool) {
        b->d->shuffle = v.i;
        return;
    }
    if (v.kind == VAL_expr)
        report_runtime(b->e, v.expr, "'shuffle' of a data set");
    else if (v.kind != VAL_error)
        diag_error(b->e->diags, v.range, "'shuffle' must be true or false, not %s",
                   value_text(b->e, &v));
    b->right = false;
}

static void help_entry(Elab *e, AstName name, const RtSuggest *best)
{
    offer_fix(e, name.range, best);
    for (size_t i = 0; !rt_suggest_best(best) && i < vocab_count(VOCAB_command); i++)
        if (row_arg(vocab_row(VOCAB_command, i), name.text) >= 0) {
            diag_help(e->diags, "'%s' is a setting of '%s'", name.text,
                      vocab_row(VOCAB_command, i)->name);
            return;
        }
}

static void set_entry(Build *b, AstName name, const Ast *value)
{
    for (int part = 0; part < N_PARTS; part++)
        if (!strcmp(name.text, part_names[part])) {
            set_part(b, (PartId)part, value);
            return;
        }
    if (!strcmp(name.text, "inputs")) {
        set_transforms(b, value, false);
    } else if (!strcmp(name.text, "targets")) {
        set_targets(b, value);
    } else if (!strcmp(name.text, "shuffle")) {
        set_shuffle(b, value);
    } else {
        RtSuggest best = rt_suggest_start(name.text);
        decl_entry_offer("data", &best);
        const char *habit = habit_word(HABIT_entry, name.text);
        const char *near = habit ? NULL : rt_suggest_best(&best);
        diag_error(b->e->diags, name.range,
                   near ? "unknown entry '%s' of a data set; did you mean '%s'%s?"
                        : "unknown entry '%s' of a data set",
                   name.text, near, rt_suggest_state(&best));
        if (habit)
            diag_help(b->e->diags, "%s", habit);
        else
            help_entry(b->e, name, &best);
        b->right = false;
    }
}

static void set_entries(Build *b, const AstList *settings)
{
    b->right = check_twice(b->e, settings, true) && b->right;
    for (uint32_t i = 0; i < settings->n; i++) {
        if (settings->at[i]->kind == AST_error) {
            b->right = false;
            continue;
        }
        AstName name = settings->at[i]->u.bind.name;
        set_entry(b, name, settings->at[i]->u.bind.value);
    }
}

/* ---- the figures of the files ---- */

static bool probe(Build *b, PartId part, DataFacts *facts)
{
    const Call *source = b->d->part[part].source;
    const Probe *look = &b->e->options->probe;
    ProbeFault fault = {NULL, ""};
    *facts = (DataFacts){0};
    if (!look->look)
        return true;
    if (look->look(look->cx, source, part, facts, &fault)) {
        Absent absent = {b->d, source, facts->missing, false};
        if (facts->missing)
            vec_push(b->e->arena, &b->e->absent, absent);
        return true;
    }
    diag_error(b->e->diags, source->range, "%s", fault.text);
    if (*fault.help)
        diag_help(b->e->diags, "%s", fault.help);
    b->right = false;
    return false;
}

/* Does what a part's own file holds go with the training part? */
static bool part_fits(Build *b, PartId part, const char **message)
{
    const Probe *look = &b->e->options->probe;
    const DataFacts *facts = &b->d->facts;
    return !look->part || !facts->from[PART_TRAIN] || !facts->from[part] ||
           look->part(look->cx, b->d, facts->from[PART_TRAIN], facts->from[part], message);
}

/* Parts with files of their own must look like the training part. */
static void probe_part(Build *b, PartId part)
{
    DataFacts other, *facts = &b->d->facts;
    const char *message = NULL;
    const DataPart *p = &b->d->part[part];
    if (p->kind != PART_SOURCE || !probe(b, part, &other) || !other.have)
        return;
    facts->rows[part] = other.rows[PART_TRAIN];
    facts->from[part] = other.from[PART_TRAIN];
    if (!facts->have)
        return;
    if (!b->d->numbers_classes)
        rt_numbers_merge(&facts->numbers, &other.numbers);
    const char *who = arena_printf(b->e->arena, "'%s'", b->d->name);
    if (!columns_check(b->e, b->d, who, b->d, part, false, p->range)) {
        b->right = false;
    } else if (!part_fits(b, part, &message)) {
        diag_error(b->e->diags, p->range, "%s", message);
        diag_note(b->e->diags, b->d->part[PART_TRAIN].range, "the training part is here");
        b->right = false;
    } else if (!b->d->numbers_classes && facts->y_dtype == RT_i32 && other.y_dtype == RT_f32) {
        facts->y_dtype = RT_f32; /* whole numbers beside others */
        facts->classes = 0;
    } else if (!b->d->numbers_classes && facts->classes && other.classes > facts->classes) {
        facts->classes = other.classes;
    }
}

static void split_rows(Build *b)
{
    DataFacts *facts = &b->d->facts;
    int64_t all = facts->rows[PART_TRAIN], left = all;
    static const PartId drawn[] = {PART_TEST, PART_VALIDATION};
    for (size_t i = 0; i < 2; i++) {
        const DataPart *p = &b->d->part[drawn[i]];
        if (p->kind != PART_SPLIT)
            continue;
        facts->rows[drawn[i]] = rt_split_rows(all, p->fraction);
        left -= facts->rows[drawn[i]];
        if (facts->rows[drawn[i]] < 1) {
            diag_error(b->e->diags, p->range, "this split takes none of %lld rows", (long long)all);
            b->right = false;
        }
    }
    if (left < 1 && all >= 1) {
        diag_error(b->e->diags, b->d->range, "the splits leave none of %lld rows for training",
                   (long long)all);
        b->right = false;
    }
    facts->rows[PART_TRAIN] = left;
}

/* labels([…]) says how many classes there are. */
static void check_labels(Build *b)
{
    DataFacts *facts = &b->d->facts;
    const char *message = NULL;
    RtTargetFault fault;
    RtTargets t;
    if (!b->d->n_labels || facts->y_dtype == RT_N_DTYPES)
        return;
    t = rt_targets_stored(b->d->name, rt_dtype(facts->y_dtype)->is_float, facts->y_rank,
                          facts->y_dims);
    rt_targets_know(&t, facts->n_class_names, b->d->n_labels, facts->numbers);
    if (!rt_labels_check(&t, &fault)) {
        diag_error(b->e->diags, b->d->range, "%s", fault.text);
        b->right = false;
    } else if (!part_fits(b, PART_TRAIN, &message)) {
        diag_error(b->e->diags, b->d->range, "%s", message);
        b->right = false;
    }
    if (facts->classes)
        facts->classes = b->d->n_labels;
}

static RowShape row_of(uint32_t rank, const int64_t *dims)
{
    RowShape row = {.rank = rank};
    memcpy(row.dims, dims, rank * sizeof *dims);
    return row;
}

RowShape data_row(const DataSet *d)
{
    RowShape row = row_of(d->facts.x_rank, d->facts.x_dims);
    row.plan = d->plan;
    return row;
}

/* Do the lists of transforms fit each other, and the rows as far as they are known? */
static void check_transforms(Build *b)
{
    DataSet *d = b->d;
    RtTargetFault fault;
    const Call *at;
    RowShape x = data_row(d), y = row_of(d->facts.y_rank, d->facts.y_dims);
    if (d->facts.have)
        b->right = row_behind(b->e->arena, b->e->diags, d->inputs, d->n_inputs, &x);
    (void)data_targets(d, &fault, &at);
    if (at) {
        diag_error(b->e->diags, at->range, "%s", fault.text);
        if (*fault.help)
            diag_help(b->e->diags, "%s", fault.help);
        b->right = false;
    } else if (d->facts.have && d->facts.y_dtype < RT_N_DTYPES) {
        b->right = row_behind(b->e->arena, b->e->diags, d->targets, d->n_targets, &y) && b->right;
    }
}

/* classes(): the targets become 0 ... n - 1. Texts are numbered anyway. */
static void number_classes(Build *b)
{
    DataFacts *facts = &b->d->facts;
    const Probe *look = &b->e->options->probe;
    ProbeFault fault;
    if (!b->d->numbers_classes || !facts->have || facts->from_weights || facts->n_class_names)
        return;
    if (!look->classes)
        return;
    if (!look->classes(look->cx, facts->from[PART_TRAIN], &facts->n_class_names,
                       &facts->class_names, &fault)) {
        diag_error(b->e->diags, b->d->range, "%s", fault.text);
        if (*fault.help)
            diag_help(b->e->diags, "%s", fault.help);
        b->right = false;
        return;
    }
    facts->classes = facts->n_class_names;
    facts->y_dtype = RT_i32;
    facts->numbers = rt_numbers_none();
    rt_numbers_add(&facts->numbers, 0);
    rt_numbers_add(&facts->numbers, (double)facts->classes - 1);
}

/* Embedded weights tell only of data sets that the program uses. */
static void find_facts(Build *b)
{
    if (!probe(b, PART_TRAIN, &b->d->facts))
        return;
    if (b->e->only_checks && b->d->facts.from_weights)
        return;
    number_classes(b);
    if (!b->right)
        return;
    b->right = columns_plan(b->e, b->d) &&
               (!b->d->plan || columns_check(b->e, b->d, "", b->d, PART_TRAIN, true,
                                             b->d->part[PART_TRAIN].range));
    if (!b->right)
        return;
    probe_part(b, PART_VALIDATION);
    probe_part(b, PART_TEST);
    if (b->d->facts.have && b->right) {
        if (!b->d->facts.from_weights)
            split_rows(b);
        check_labels(b);
    }
    if (b->right)
        check_transforms(b);
}

/* Does the model get this column? */
static bool takes_column(const DataSet *d, const char *name)
{
    for (uint32_t i = 0; d->plan && i < d->plan->n; i++)
        if (!strcmp(d->plan->at[i].name, name))
            return true;
    return !d->plan;
}

static void warn_of_index(Build *b)
{
    const DataFacts *f = &b->d->facts;
    const Call *source = b->d->part[PART_TRAIN].source;
    if (!f->index || !takes_column(b->d, f->index))
        return;
    if (f->index_unnamed)
        diag_warning(
            b->e->diags, source->range, warning_name(WARNING_index_column),
            "column %s of '%s' has no name in the header: such a column often numbers the rows",
            f->index, f->path);
    else
        diag_warning(
            b->e->diags, source->range, warning_name(WARNING_index_column),
            "the column \"%s\" of '%s' numbers the rows: a model that takes it learns their order",
            f->index, f->path);
    diag_help(b->e->diags, "leave it out: inputs = columns([\"%s\": drop()])", f->index);
}

/* ---- data sets ---- */

/* What is declared of d, not what is known of it. */
static void copy_declared(DataSet *own, const DataSet *d)
{
    const char *name = own->name;
    Range range = own->range;
    *own = *d;
    own->name = name;
    own->range = range;
    own->facts = (DataFacts){0};
    own->facts_used = own->own_columns = own->used = false;
    own->columns_like = own->held_out_of = NULL;
    own->plan = NULL;
}

static bool copy_from(Build *b, const Ast *from)
{
    Value v = eval(b->e, b->s, from, N_VOCABS);
    if (v.kind == VAL_data) {
        copy_declared(b->d, v.data);
        return true;
    }
    if (v.kind == VAL_word && !vocab_knows(v.text))
        report_unknown(b->e, b->s, (Want)WANT_data, v.text, v.range);
    else if (v.kind != VAL_error)
        diag_error(b->e->diags, v.range, "'from' takes a data set, not %s", value_text(b->e, &v));
    return false;
}

/* NULL after errors. */
static DataSet *build(Elab *e, Decl *decl)
{
    const Ast *a = decl->ast;
    Build b = {.e = e, .s = decl->scope, .d = ARENA_NEW(e->arena, DataSet), .right = true};
    b.d->name = *decl->name ? decl->name : "data";
    b.d->range = a->u.data.name.text ? a->u.data.name.range : a->range;
    b.d->shuffle = true;
    if (a->u.data.from)
        b.right = copy_from(&b, a->u.data.from);
    if (b.right)
        set_entries(&b, &a->u.data.settings);
    if (b.right && b.d->part[PART_TRAIN].kind == PART_ABSENT) {
        diag_error(e->diags, b.d->range, "the data set '%s' has no 'train'", b.d->name);
        b.right = false;
    }
    if (b.right)
        find_facts(&b);
    if (b.right && !a->u.data.from)
        warn_of_index(&b);
    return b.right ? b.d : NULL;
}

static DataSet *make(Elab *e, Decl *decl, Range range)
{
    if (decl->made)
        return decl->value.data;
    if (!decl_enter(e, decl, range))
        return NULL;
    ModelBody *body = e->body; /* a model may name it first: its own words mean nothing here */
    e->body = NULL;
    DataSet *d = build(e, decl);
    e->body = body;
    decl_leave(e, decl);
    decl->made = true;
    decl->value = (Value){.kind = VAL_data, .data = d};
    return d;
}

static void use(Elab *e, DataSet *d)
{
    if (d->used || e->only_checks)
        return;
    d->used = true;
    d->id = (uint32_t)e->p->data.n;
    vec_push(e->arena, &e->p->data, d);
}

DataSet *data_get(Elab *e, Decl *decl, Range range)
{
    DataSet *d = make(e, decl, range);
    if (d)
        use(e, d);
    return d;
}

static bool same_split(const DataPart *a, const DataPart *b)
{
    return a->fraction == b->fraction && a->stratify == b->stratify && a->from_end == b->from_end &&
           a->seed == b->seed;
}

DataSet *data_held_out(Elab *e, const DataSet *d, const DataPart *split)
{
    for (size_t i = 0; i < e->p->data.n; i++) {
        DataSet *known = e->p->data.at[i];
        if (known->held_out_of == d && same_split(&known->part[PART_VALIDATION], split))
            return known;
    }
    Build b = {.e = e, .d = ARENA_NEW(e->arena, DataSet), .right = true};
    b.d->name = d->name;
    b.d->range = d->range;
    copy_declared(b.d, d);
    b.d->held_out_of = d;
    b.d->part[PART_VALIDATION] = *split;
    find_facts(&b);
    if (!b.right)
        return NULL;
    use(e, b.d);
    return b.d;
}

void data_check(Elab *e, Scope *s)
{
    bool outer = e->only_checks;
    e->only_checks = true;
    for (size_t i = 0; i < s->decls.n; i++)
        if (s->decls.at[i]->kind == DECL_data)
            (void)data_get(e, s->decls.at[i], s->decls.at[i]->range);
    e->only_checks = outer;
}

/* With the file's name and the folders, whatever is asked. */
static bool no_facts(Elab *e, const DataSet *d, PartId part, Range range, const char *what)
{
    const char *why = data_absence(d);
    for (size_t i = 0; i < e->absent.n; i++) {
        Absent *a = &e->absent.at[i];
        if (a->source == d->part[part].source) {
            why = a->text;
            a->told = true;
        }
    }
    diag_error(e->diags, range, "%s of '%s' is not known: %s", what, d->name, why);
    diag_note(e->diags, d->part[part].range, "the file is named here");
    diag_help(e->diags,
              "name its folder by --data-dir, or write the number itself, as in Input(784) "
              "or Dense(10)");
    return false;
}

bool data_need_facts(Elab *e, DataSet *d, Range range, const char *what)
{
    d->facts_used = true;
    return d->facts.have || no_facts(e, d, PART_TRAIN, range, what);
}

const char *const *data_class_names(const DataSet *d, uint32_t *n)
{
    *n = d->n_labels ? d->n_labels : d->facts.have ? d->facts.n_class_names : 0;
    return d->n_labels ? d->labels : d->facts.class_names;
}

/* Has the part a file of its own? */
static bool has_source(const DataSet *d, PartId part)
{
    return d->part[part].kind == PART_SOURCE;
}

bool data_knows_rows(const DataSet *d, PartId part)
{
    return d->facts.have && !d->facts.from_weights && (!has_source(d, part) || d->facts.from[part]);
}

bool data_need_rows(Elab *e, DataSet *d, PartId part, Range range)
{
    d->facts_used = true;
    return data_knows_rows(d, part) ||
           no_facts(e, d, has_source(d, part) ? part : PART_TRAIN, range, "the number of rows");
}

/* What nothing else tells of, since nothing is taken from the file, or errors come first. */
void data_warn_absent(Elab *e, bool errors)
{
    for (size_t i = 0; i < e->absent.n; i++) {
        const Absent *a = &e->absent.at[i];
        bool taken = a->data->facts_used && a->source == a->data->part[PART_TRAIN].source;
        if (!a->told && (!taken || errors)) /* else the graph will tell */
            diag_warning(e->diags, a->source->range, warning_name(WARNING_missing_file), "%s",
                         a->text);
    }
}
