/* command.c: what each command checks and how it becomes part of the program. */
#include <string.h>

#include "ir/program/command_internal.h"
#include "runtime/abi/formats.h"
#include "runtime/abi/picture_formats.h"

/* ---- the commands ---- */

/* Keys that metrics have, and for each the number that is tried next. */
typedef struct Keys {
    Elab *e;
    Places taken;
} Keys;

static bool key_taken(const Keys *k, const char *key)
{
    return places_get(&k->taken, key) != NO_PLACE;
}

/* base, base_1, base_2, …: the first that is free. */
static const char *key_new(Keys *k, const char *base)
{
    size_t next = places_get(&k->taken, base);
    const char *key = base;
    for (; key_taken(k, key); next++)
        key = intern(k->e->names, arena_printf(k->e->arena, "%s_%zu", base, next));
    if (key != base)
        places_set(k->e->arena, &k->taken, base, next);
    places_set(k->e->arena, &k->taken, key, 1);
    return key;
}

/* Keys in the logs: name= or as typed; taken ones get _1, _2, …; those of weighted_metrics, behind the first
 * n_plain, begin with weighted_ then. */
static const char *const *metric_keys(Elab *e, uint32_t n_plain, uint32_t n,
                                      const Call *const *metrics)
{
    const char **keys = ARENA_ARRAY(e->arena, const char *, n + 1);
    Keys k = {.e = e};
    (void)key_new(&k, intern(e->names, "loss"));
    for (uint32_t i = 0; i < n; i++) {
        const Call *m = metrics[i];
        int at = m->row ? row_arg(m->row, "name") : -1;
        const char *base = at >= 0 && !m->args[at].none ? m->args[at].text : m->name;
        if (!strncmp(base, "val_", 4))
            diag_error(e->diags, m->range,
                       "the key '%s' of a metric must not begin with 'val_': these are the keys of "
                       "the validation",
                       base);
        base = intern(e->names, base);
        if (i >= n_plain && key_taken(&k, base))
            base = intern(e->names, arena_printf(e->arena, "weighted_%s", base));
        keys[i] = key_new(&k, base);
    }
    return keys;
}

static void set_metrics(Elab *e, Compile *c, const ArgValue *plain, const ArgValue *weighted)
{
    uint32_t n = weighted->none ? 0 : weighted->n;
    c->n_plain = plain->none ? 0 : plain->n;
    c->n_metrics = c->n_plain + n;
    const Call **all = ARENA_ARRAY(e->arena, const Call *, c->n_metrics + 1);
    for (uint32_t i = 0; i < c->n_metrics; i++)
        all[i] = i < c->n_plain ? plain->calls[i] : weighted->calls[i - c->n_plain];
    c->metrics = all;
    c->keys = metric_keys(e, c->n_plain, c->n_metrics, all);
}

static void run_compile(Run *r)
{
    const ArgValue *a = r->c.settings;
    Compile *c = ARENA_NEW(r->e->arena, Compile);
    c->instance = r->c.instance;
    c->optimizer = a[ARG_compile_optimizer].calls[0];
    c->loss = a[ARG_compile_loss].calls[0];
    c->loss_range = a[ARG_compile_loss].range;
    c->loss_weight = a[ARG_compile_loss_weights].none ? 1 : a[ARG_compile_loss_weights].f;
    c->metrics_range = a[ARG_compile_metrics].range;
    set_metrics(r->e, c, &a[ARG_compile_metrics], &a[ARG_compile_weighted_metrics]);
    c->range = r->a->range;
    c->id = (uint32_t)r->e->p->compiles.n;
    vec_push(r->e->arena, &r->e->p->compiles, c);
    InstanceState *state = instance_state(r->e, r->c.instance);
    state->compile = c;
    state->other = NULL;
    state->split = (Range){0, 0};
    state->compile_text = r->a;
    state->compile_scope = r->s;
    r->c.instance->compile = c;
    r->c.compile = c;
}

static bool one_compile(Run *r)
{
    bool one = branch_one_compile(r->e, r->c.instance, r->row->name, r->a->u.command.name.range);
    if (!one)
        command_fail(r);
    return one;
}

/* The line compile { } of the body of a model stands in front of the first command that needs it. */
static void compile_by_default(Run *r)
{
    ModelDefaults own = instance_state(r->e, r->c.instance)->defaults;
    if (!own.compile || instance_state(r->e, r->c.instance)->compile)
        return;
    Run c = {.e = r->e, .s = own.compile_scope, .a = own.compile, .right = true};
    c.c = (Command){.row = vocab_row(VOCAB_command, COMMAND_compile),
                    .range = own.compile->range,
                    .instance = r->c.instance};
    c.row = c.c.row;
    c.c.settings =
        defaults_settings(r->e, c.s, c.row, c.a, &c.a->u.command.settings, r->c.instance);
    if (c.c.settings)
        command_check(&c);
    if (c.right && c.c.settings)
        command_add(&c);
    else
        instance_state(r->e, r->c.instance)->misread = true;
}

static void need_compile(Run *r)
{
    compile_by_default(r);
    InstanceState *state = instance_state(r->e, r->c.instance);
    r->c.compile = state->compile;
    if (!one_compile(r) || r->c.compile)
        return;
    if (state->misread) {
        command_fail(r);
        return;
    }
    diag_error(r->e->diags, r->a->u.command.name.range, "'%s' must be compiled before '%s'",
               r->c.instance->name, r->row->name);
    diag_note(r->e->diags, r->c.instance->range, "the model is made here");
    diag_help(r->e->diags, "write compile %s { loss = ... } before this line", r->c.instance->name);
    command_fail(r);
}

/* The model is used with rows of the data set: it takes its shape from the first one, and goes by one list of
 * transforms. */
static void use_data(Run *r, DataSet *d, PartId part)
{
    if (!r->right || !d)
        return;
    if (!inputs_use(r->e, r->c.instance, d, part, r->a->u.command.name.range))
        command_fail(r);
    bool targets = r->row->id == COMMAND_fit || r->row->id == COMMAND_evaluate ||
                   r->row->id == COMMAND_cross_validate;
    if (targets && r->right && !classes_known(r->e, r->c.instance, d, r->a->u.command.name.range))
        command_fail(r);
    if (r->right && r->row->id != COMMAND_adapt &&
        !layers_have_values(r->e, r->c.instance, r->row->name, r->a->u.command.name.range))
        command_fail(r);
    if (!r->c.instance->has_input)
        r->c.instance->first_data->facts_used = true;
    if (d->facts.have)
        d->facts_used = true;
}

static void use_fitted(Run *r)
{
    if (r->right)
        inputs_need_fitted(r->e, r->c.instance, r->c.data, r->a->u.command.name.range);
}

static void run_adapt(Run *r)
{
    use_data(r, r->c.data, PART_TRAIN);
    if (r->right && !inputs_adapt(r->e, r->c.instance, r->c.data, r->a->u.command.name.range))
        command_fail(r);
    if (r->right)
        inputs_fitted(r->e, r->c.instance, true);
}

/* The classes of a model are those of the data that it was first trained with. */
static void set_taught(Run *r)
{
    if (r->right && !r->c.instance->taught)
        r->c.instance->taught = r->c.data;
}

/* What the outputs mean: by the compile in force, and the data that the model was trained with. */
static void set_meaning(Run *r)
{
    compile_by_default(r);
    if (!one_compile(r))
        return;
    r->c.compile = instance_state(r->e, r->c.instance)->compile;
    r->c.taught = r->c.instance->taught ? r->c.instance->taught : r->c.data;
}

/* evaluate: a report compares outputs with targets. */
static void check_report(Run *r)
{
    if (!r->right || !r->c.settings[ARG_evaluate_report].i)
        return;
    set_meaning(r);
    if (r->c.data->targets_are_inputs) {
        diag_error(r->e->diags, r->c.settings[ARG_evaluate_report].range,
                   "a report needs targets, but those of '%s' are its inputs", r->c.data->name);
        command_fail(r);
    }
}

static bool part_named(const char *name, PartId *part)
{
    static const char *const names[] = {"train", "validation", "test"};
    for (int i = 0; i < N_PARTS; i++)
        if (!strcmp(names[i], name)) {
            *part = (PartId)i;
            return true;
        }
    return false;
}

/* Is the setting written here, or in the body of the model? */
static bool writes_setting(const Run *r, const char *name)
{
    const AstList *settings = &r->a->u.command.settings;
    for (uint32_t i = 0; i < settings->n; i++)
        if (settings->at[i]->kind == AST_setting &&
            !strcmp(settings->at[i]->u.bind.name.text, name))
            return true;
    return false;
}

/* The fit trains on the other rows. A split in the body of the model is for data sets without a validation part. */
static void hold_out(Run *r, const Call *call)
{
    DataPart split;
    DataSet *d = r->c.data;
    if (!writes_setting(r, "validation") && d->part[PART_VALIDATION].kind != PART_ABSENT)
        return;
    d = data_split(r->e, call, &split) ? data_held_out(r->e, d, &split) : NULL;
    if (d)
        r->c.data = d;
    else
        command_fail(r);
}

static void set_validation(Run *r)
{
    const ArgValue *v = &r->c.settings[ARG_fit_validation];
    if (!v->given)
        return;
    r->c.no_validation = v->none;
    if (v->none)
        return;
    const Value *part = v->value;
    PartId id = PART_VALIDATION;
    if (value_is_split(part)) {
        hold_out(r, part->call);
        return;
    }
    if (part->kind != VAL_part && !strcmp(part->text, "auto"))
        return;
    r->c.has_part = true;
    r->c.data2 = part->kind == VAL_part ? part->data : r->c.data;
    if (part->kind == VAL_part) {
        r->c.part2 = part->part;
    } else if (!part_named(part->text, &id) || r->c.data->part[id].kind == PART_ABSENT) {
        diag_error(r->e->diags, v->range, "the data set '%s' has no part '%s'", r->c.data->name,
                   part->text);
        command_fail(r);
    } else {
        r->c.part2 = id;
    }
}

/* Settings of a validation that there is not. */
static void check_validation(Run *r)
{
    static const int of_validation[] = {ARG_fit_validation_steps, ARG_fit_validation_batch_size,
                                        ARG_fit_validation_freq};
    for (size_t i = 0; r->right && i < sizeof of_validation / sizeof *of_validation; i++) {
        const ArgValue *v = &r->c.settings[of_validation[i]];
        if (!v->given || v->none || command_validates(&r->c))
            continue;
        diag_error(r->e->diags, v->range, "'%s' is given, but this fit has no validation part",
                   r->row->args[of_validation[i]].name);
        command_fail(r);
    }
}

/* Without a batch_size steps_per_epoch gives it: one epoch is one pass over the rows. */
static void set_batch(Run *r)
{
    const ArgValue *steps = &r->c.settings[ARG_fit_steps_per_epoch];
    const DataSet *d = r->c.data;
    if (!r->right || steps->none || r->c.settings[ARG_fit_batch_size].given)
        return;
    bool known =
        d->facts.have && !d->facts.from_weights && steps->expr->op == EX_number && !r->c.beside;
    if (!known) {
        diag_error(r->e->diags, steps->range,
                   "'steps_per_epoch' needs 'batch_size' here: %s is not known when compiling",
                   steps->expr->op == EX_number ? "the number of rows" : "what an option gives");
        command_fail(r);
        return;
    }
    int64_t rows = d->facts.rows[PART_TRAIN], batch = rows / steps->i + (rows % steps->i != 0);
    ArgValue *settings = arena_copy(r->e->arena, r->c.settings, r->row->n_args * sizeof *settings);
    settings[ARG_fit_batch_size].i = batch > 0 ? batch : 1;
    settings[ARG_fit_batch_size].f = (double)settings[ARG_fit_batch_size].i;
    r->c.settings = settings;
    r->c.data->facts_used = true;
}

static void need_targets(Run *r)
{
    const DataSet *d = r->c.data;
    if (d->facts.have && !d->facts.y_rank && !d->facts.classes && !d->targets_are_inputs &&
        d->facts.y_dtype == RT_N_DTYPES) {
        diag_error(r->e->diags, r->a->u.command.name.range, "the data set '%s' has no targets",
                   d->name);
        diag_note(r->e->diags, d->part[PART_TRAIN].range, "its source is here");
        command_fail(r);
    }
}

static void check_extension(Run *r, const char *built, const char *later)
{
    const char *path = command_known_path(r);
    if (path && !output_extension(r->e, r->row->name, path, r->path_range, built, later))
        command_fail(r);
}

static void check_format(Run *r)
{
    const char *path = command_known_path(r);
    if (path && !output_format(r->e, r->row->name, path, r->path_range))
        command_fail(r);
}

static void check_picture(Run *r)
{
    char all[64];
    const char *built = rt_picture_formats_text(all, sizeof all);
    check_extension(r, arena_strdup(r->e->arena, built), "");
}

static void check_keras(Run *r)
{
    const char *path = command_known_path(r);
    if (path && r->c.weights_only && rt_format_holds_model(rt_format_of(path))) {
        diag_error(r->e->diags, r->path_range, "'%s' files hold a whole model",
                   path_extension(path));
        diag_help(r->e->diags, "weights alone go to .weights.h5, .safetensors or .npz");
        command_fail(r);
    }
    if (path && r->c.instance && r->right && !keras_check(r->e, path, r->path_range, r->c.instance))
        command_fail(r);
}

/* Checkpoints may have any ending. */
static void check_loaded(Run *r)
{
    const char *path = command_known_path(r);
    RtFormat format = path ? rt_format_of(path) : RT_N_FORMATS;
    if (path && (!*path_extension(path) || (format < RT_N_FORMATS && rt_format_is_later(format))))
        check_format(r);
}

static void check_output(Run *r)
{
    const char *path = command_known_path(r);
    if (path && !output_claim(r->e, path, r->path_range, r->a->range))
        command_fail(r);
}

static void run_expect(Run *r)
{
    const AstList *o = command_operand_list(r);
    if (r->c.n_exprs == 2 && r->c.exprs[1]->op != EX_text) {
        diag_error(r->e->diags, o->at[1]->range, "the message of 'expect' must be a string");
        command_fail(r);
    } else if (r->right && r->c.n_exprs && !expr_is_condition(r->e, r->c.exprs[0], "expect")) {
        command_fail(r);
    }
    if (r->right && r->c.n_exprs == 2)
        r->c.text = r->c.exprs[1]->text;
    r->c.n_exprs = r->c.n_exprs ? 1 : 0;
}

static void set_class_weights(Run *r)
{
    const ArgValue *v = &r->c.settings[row_arg(r->row, "class_weight")];
    if (v->none)
        return;
    r->c.class_weights = class_weights(r->e, v->value, r->c.data);
    if (!r->c.class_weights)
        command_fail(r);
}

/* Columns that predictions carry along must be there, and the file must be able to hold texts. */
static void check_keep(Run *r)
{
    const ArgValue *keep = &r->c.settings[ARG_predict_keep];
    const char *path = command_known_path(r), *ext = path ? path_extension(path) : "";
    if (keep->none || !r->right)
        return;
    if (!strcmp(ext, ".npy")) {
        diag_error(r->e->diags, keep->range,
                   "'keep' of 'predict' writes texts: name a .csv or .jsonl file");
        command_fail(r);
    } else if (!inputs_keep(r->e, r->c.data, r->c.part, "'keep'", keep)) {
        command_fail(r);
    }
}

void fit_check(Run *r)
{
    set_batch(r);
    set_class_weights(r);
    if (r->right && !callbacks_check(r->e, &r->c))
        command_fail(r);
    need_targets(r);
}

static void run_fit(Run *r)
{
    need_compile(r);
    set_validation(r);
    check_validation(r);
    fit_check(r);
    use_data(r, r->c.data, PART_TRAIN);
    if (r->c.has_part)
        use_data(r, r->c.data2, r->c.part2);
    if (r->right)
        inputs_fitted(r->e, r->c.instance, true);
    set_taught(r);
}

/* The model itself is not trained. */
static void run_cross_validate(Run *r)
{
    need_compile(r);
    folds_check(r);
    use_data(r, r->c.data, r->c.part);
    set_meaning(r);
}

void command_check(Run *r)
{
    switch ((CommandId)r->row->id) {
    case COMMAND_compile:
        if (optimizer_check(r->e, r->c.settings[ARG_compile_optimizer].calls[0]))
            run_compile(r);
        else
            command_fail(r);
        break;
    case COMMAND_fit:
        run_fit(r);
        break;
    case COMMAND_cross_validate:
        run_cross_validate(r);
        break;
    case COMMAND_sweep:
        sweep_check(r);
        break;
    case COMMAND_adapt:
        run_adapt(r);
        break;
    case COMMAND_reset:
        inputs_fitted(r->e, r->c.instance, false);
        layers_loaded(r->e, r->c.instance, false);
        break;
    case COMMAND_evaluate:
        need_compile(r);
        need_targets(r);
        use_data(r, r->c.data, r->c.part);
        use_fitted(r);
        check_report(r);
        break;
    case COMMAND_predict:
        use_data(r, r->c.data, r->c.part);
        use_fitted(r);
        set_meaning(r);
        check_extension(r, ".npy .csv .jsonl", "");
        check_keep(r);
        check_output(r);
        break;
    case COMMAND_save:
        check_format(r);
        check_keras(r);
        check_output(r);
        break;
    case COMMAND_load:
        check_loaded(r);
        inputs_fitted(r->e, r->c.instance, true);
        layers_loaded(r->e, r->c.instance, true);
        break;
    case COMMAND_show:
        show_check(r);
        check_picture(r);
        check_output(r);
        break;
    case COMMAND_plot:
        plot_check(r);
        check_picture(r);
        check_output(r);
        break;
    case COMMAND_expect:
        run_expect(r);
        break;
    case COMMAND_stop:
        if (r->e->event)
            break;
        diag_error(r->e->diags, r->a->u.command.name.range,
                   "'stop' ends a training: it belongs into the lines of an event");
        diag_help(r->e->diags, "for example, in the settings of fit: on epoch_end { stop }");
        command_fail(r);
        break;
    default: /* nothing more to check */
        break;
    }
}

/* ---- putting it into the program ---- */

static int32_t add_result(Run *r)
{
    if (!strstr(r->row->kind_name, "[as]"))
        return -1;
    Program *p = r->e->p;
    const char *name =
        r->has_key ? results_name(r->e, r->result_name, &r->key) : r->result_name.text;
    const char *title = r->has_key && r->key.kind == VAL_string ? r->key.text : name;
    Result result = {name, title, r->result_name.range, (uint32_t)p->commands.n};
    vec_push(r->e->arena, &p->results, result);
    return (int32_t)p->results.n - 1;
}

void command_add(Run *r)
{
    Elab *e = r->e;
    if (r->c.instance)
        instance_top_level(e, r->c.instance);
    r->c.result = add_result(r);
    vec_push(e->arena, &e->p->commands, r->c);
    if (r->result_name.text) {
        Value v = {.kind = VAL_result,
                   .range = r->result_name.range,
                   .result = (uint32_t)r->c.result,
                   .text = e->p->results.at[r->c.result].name};
        if (r->has_key)
            results_add(e, r->result_name, &r->key, v);
        else
            scope_value(e, r->s, r->result_name, v, false);
        if (!r->has_key && e->branch)
            vec_push(e->arena, &e->local_results, r->result_name);
    }
}

/* After an error the name of the result stays known, so that its uses are silent. */
static void poison_result(Run *r)
{
    const AstList *clauses = &r->a->u.command.clauses;
    for (uint32_t i = 0; i < clauses->n; i++) {
        const Ast *clause = clauses->at[i];
        if (clause->kind != AST_clause || !clause->u.clause.name.text)
            continue;
        if (clause->u.clause.value)
            results_poison(r->e, clause->u.clause.name);
        else
            scope_value(r->e, r->s, clause->u.clause.name, value_error(clause->range), false);
    }
}

static const Row *find_row(Elab *e, Scope *s, const Ast *a)
{
    AstName name = a->u.command.name;
    const Row *row = vocab_find(VOCAB_command, name.text);
    if (row && !row->later)
        return row;
    if (row)
        diag_error(e->diags, name.range, "the command '%s' is not built yet", row->name);
    else
        report_unknown(e, s, VOCAB_command, name.text, name.range);
    return NULL;
}

void command_run(Elab *e, Scope *s, const Ast *a)
{
    Run r = {.e = e, .s = s, .a = a, .right = true};
    if (sweep_command(e, s, a))
        return;
    r.row = find_row(e, s, a);
    if (!r.row) {
        poison_result(&r);
        names_check_list(e, s, &a->u.command.operands);
        return;
    }
    r.c.row = r.row;
    r.c.range = a->range;
    command_operands(&r);
    command_clauses(&r);
    if (r.right && r.c.instance && r.c.data &&
        !model_complete(e, r.c.instance, r.c.data, a->u.command.name.range))
        command_fail(&r);
    const AstList *operands = &a->u.command.operands;
    bool called = operands->n && operands->at[0]->kind == AST_call; /* compile net(loss=mse) */
    if (r.right || a->u.command.settings.n || !called)
        r.c.settings = defaults_settings(e, s, r.row, a, &a->u.command.settings, r.c.instance);
    if (r.right && r.c.settings)
        command_check(&r);
    if (r.row->id != COMMAND_fit && events_refuse(e, r.row, a))
        command_fail(&r);
    if (r.right && r.c.settings) {
        command_add(&r);
        if (r.row->id == COMMAND_fit)
            (void)event_lines(e, s, a);
        if (r.row->id == COMMAND_cross_validate)
            folds_add(&r);
        if (r.row->id == COMMAND_sweep)
            sweep_add(&r);
    } else {
        poison_result(&r);
    }
    if (r.row->id == COMMAND_compile && r.c.instance && !r.c.settings)
        instance_state(e, r.c.instance)->misread = true;
}
