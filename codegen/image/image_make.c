/* image_make.c: Program -> ImgProgram: what the runtime needs, without a pointer to the compiler's
 * structures. Expressions are flattened, arguments before their uses. */
#include "codegen/image/image_make.h"

#include <string.h>

#include "codegen/image/plans.h"
#include "codegen/image/slots.h"
#include "ir/keras/config_write.h"
#include "ir/program/outputs.h"
#include "runtime/abi/formats.h"
#include "ir/program/prelude.h"
#include "support/bug.h"

typedef struct Make {
    Arena *arena;
    const ImageInput *in;
    ImgProgram *p;
    Vec(ImgExpr) exprs;
    Vec(ImgCall) calls;
    Vec(uint32_t) seeds;
    Vec(ImgPlace) places;
    Vec(Range) ranges; /* of the places */
    Vec(ImgPlan) plans;
    Vec(const Plan *) planned; /* what these are made of */
} Make;

/* Rounds of a loop have the same places: those made last are looked at. */
static uint32_t put_place(Make *mk, Range r)
{
    enum { LOOKED_AT = 64 };
    StrBuf text = {0};
    if (!r.begin)
        return IMG_NONE;
    for (size_t i = mk->ranges.n; i-- > 0 && mk->ranges.n - i <= LOOKED_AT;)
        if (mk->ranges.at[i].begin == r.begin && mk->ranges.at[i].end == r.end)
            return (uint32_t)i;
    Place at = source_place(mk->in->sources, r.begin);
    diag_show_line(&text, mk->in->sources, r);
    ImgPlace place = {at.source->name, at.line, at.column, arena_strdup(mk->arena, text.text)};
    strbuf_close(&text);
    vec_push(mk->arena, &mk->ranges, r);
    vec_push(mk->arena, &mk->places, place);
    return (uint32_t)mk->places.n - 1;
}

/* What stands there is nothing that the person wrote: a command that uses it is the place. */
static bool in_prelude(const Make *mk, Range r)
{
    const Source *source = source_of(mk->in->sources, r.begin);
    return source && !strcmp(source->name, PRELUDE_NAME);
}

static Img_LIST_I64 ints(Make *mk, uint32_t n, const int64_t *at)
{
    Img_LIST_I64 l = {n, ARENA_ARRAY(mk->arena, int64_t, n + 1)};
    if (n)
        memcpy(l.at, at, n * sizeof *at);
    return l;
}

static Img_LIST_F64 floats(Make *mk, uint32_t n, const double *at)
{
    Img_LIST_F64 l = {n, ARENA_ARRAY(mk->arena, double, n + 1)};
    if (n)
        memcpy(l.at, at, n * sizeof *at);
    return l;
}

static Img_LIST_STR texts(Make *mk, uint32_t n, const char *const *at)
{
    Img_LIST_STR l = {n, ARENA_ARRAY(mk->arena, const char *, n + 1)};
    for (uint32_t i = 0; i < n; i++)
        l.at[i] = at[i];
    return l;
}

static uint32_t put_expr(Make *mk, const Expr *e)
{
    ImgExpr x;
    if (!e)
        return IMG_NONE;
    memset(&x, 0, sizeof x);
    x.op = e->op;
    x.type = e->type;
    x.is_int = e->is_int;
    x.value = e->value;
    x.text = e->text ? e->text : "";
    x.index = e->index;
    x.axes = (Img_LIST_I64){e->n_axes, (int64_t *)(uintptr_t)e->axes};
    x.args.n = e->n_args;
    x.args.at = ARENA_ARRAY(mk->arena, uint32_t, e->n_args + 1);
    for (uint32_t i = 0; i < e->n_args; i++)
        x.args.at[i] = put_expr(mk, e->args[i]);
    vec_push(mk->arena, &mk->exprs, x);
    return (uint32_t)mk->exprs.n - 1;
}

static ImgCall put_call(Make *mk, const Call *c);

static Img_LIST_U32 put_calls(Make *mk, VocabKind kind, uint32_t n, const Call *const *calls)
{
    Img_LIST_U32 out = {0, ARENA_ARRAY(mk->arena, uint32_t, n + 1)};
    for (uint32_t i = 0; calls && i < n; i++) {
        if (calls[i]->kind != kind)
            continue;
        ImgCall call = put_call(mk, calls[i]);
        vec_push(mk->arena, &mk->calls, call);
        out.at[out.n++] = (uint32_t)mk->calls.n - 1;
    }
    return out;
}

static ImgArg put_arg(Make *mk, const char *name, const ArgValue *v)
{
    ImgArg a;
    memset(&a, 0, sizeof a);
    a.name = name;
    a.given = v->given;
    a.none = v->none;
    a.i = v->i;
    a.f = v->f;
    a.text = v->text ? v->text : "";
    if (v->ints)
        a.ints = ints(mk, v->n, v->ints);
    if (v->floats) {
        a.floats.n = v->n;
        a.floats.at = arena_copy(mk->arena, v->floats, v->n * sizeof *v->floats);
    }
    if (v->texts)
        a.texts = texts(mk, v->n, v->texts);
    /* other words are part of a graph or of a plan, and no argument of a run */
    a.calls = put_calls(mk, VOCAB_callback, v->n, v->calls);
    a.expr = put_expr(mk, v->seed ? v->seed->value : v->expr);
    return a;
}

static ImgCall put_call(Make *mk, const Call *c)
{
    ImgCall out;
    memset(&out, 0, sizeof out);
    out.name = c->row ? c->row->name : "";
    out.dir = "";
    out.place = in_prelude(mk, c->range) ? IMG_NONE : put_place(mk, c->range);
    out.args.n = c->row ? c->row->n_args : 0;
    out.args.at = ARENA_ARRAY(mk->arena, ImgArg, out.args.n + 1);
    for (uint32_t i = 0; i < out.args.n; i++)
        out.args.at[i] = put_arg(mk, c->row->args[i].name, &c->args[i]);
    return out;
}

static const char *folder(const Make *mk, const Source *source)
{
    return mk->in->folder(mk->in->folder_cx, source);
}

static ImgPart put_part(Make *mk, const DataPart *p)
{
    ImgPart out;
    memset(&out, 0, sizeof out);
    out.kind = (uint32_t)p->kind;
    out.fraction = p->fraction;
    out.stratify = p->stratify;
    out.from_end = p->from_end;
    out.seed = p->seed ? p->seed->id : IMG_NONE;
    out.source.at = ARENA_ARRAY(mk->arena, ImgCall, 1);
    if (p->kind == PART_SOURCE) {
        const Source *text = source_of(mk->in->sources, p->source->range.begin);
        out.source.at[0] = put_call(mk, p->source);
        out.source.at[0].dir = text == mk->in->main ? "" : folder(mk, text);
        out.source.n = 1;
    }
    return out;
}

/* Its number. Columns that are not listed have the same transforms. */
static uint32_t put_plan(Make *mk, const Plan *plan)
{
    for (size_t i = 0; i < mk->planned.n; i++)
        if (mk->planned.at[i] == plan)
            return (uint32_t)i;
    if (!plan)
        return IMG_NONE;
    ImgPlan out = plan_image(mk->arena, plan);
    for (uint32_t i = 0; i < plan->n; i++) {
        const PlanColumn *c = &plan->at[i];
        ImgColumn *to = &out.columns.at[i];
        bool same = i && c->calls == c[-1].calls && c->n_calls == c[-1].n_calls;
        to->calls = same ? to[-1].calls : put_calls(mk, VOCAB_transform, c->n_calls, c->calls);
    }
    vec_push(mk->arena, &mk->planned, plan);
    vec_push(mk->arena, &mk->plans, out);
    return (uint32_t)mk->plans.n - 1;
}

static ImgDataSet put_data(Make *mk, const DataSet *d)
{
    ImgDataSet out;
    memset(&out, 0, sizeof out);
    out.name = *d->name ? d->name : "data";
    out.place = put_place(mk, d->range);
    out.parts.n = N_PARTS;
    out.parts.at = ARENA_ARRAY(mk->arena, ImgPart, N_PARTS);
    for (int i = 0; i < N_PARTS; i++)
        out.parts.at[i] = put_part(mk, &d->part[i]);
    out.inputs.n = d->n_inputs;
    out.inputs.at = ARENA_ARRAY(mk->arena, ImgCall, d->n_inputs + 1);
    for (uint32_t i = 0; i < d->n_inputs; i++)
        out.inputs.at[i] = put_call(mk, d->inputs[i]);
    out.targets.n = d->n_targets;
    out.targets.at = ARENA_ARRAY(mk->arena, ImgCall, d->n_targets + 1);
    for (uint32_t i = 0; i < d->n_targets; i++)
        out.targets.at[i] = put_call(mk, d->targets[i]);
    out.targets_are_inputs = d->targets_are_inputs;
    out.shuffle = d->shuffle;
    out.labels = texts(mk, d->n_labels, d->labels);
    out.numbers_classes = d->numbers_classes;
    out.checked = d->facts_used && d->facts.have;
    out.x_dtype = d->facts.x_dtype;
    out.x_dims = ints(mk, d->facts.x_rank, d->facts.x_dims);
    out.y_dtype = d->facts.y_dtype;
    out.y_dims = ints(mk, d->facts.y_rank, d->facts.y_dims);
    const DataFacts *columns = d->columns_like ? &d->columns_like->facts : &d->facts;
    out.columns = texts(mk, columns->n_columns, columns->columns);
    uint32_t n_targets;
    const char *const *targets = data_target_names(d, &n_targets);
    out.y_columns = texts(mk, n_targets, targets);
    out.plan = put_plan(mk, d->columns_like ? d->columns_like->plan : d->plan);
    out.class_names = texts(mk, d->n_labels ? 0 : d->facts.n_class_names, d->facts.class_names);
    return out;
}

/* A number gets a place of its own among the seeds. */
static uint32_t put_init_seed(Make *mk, const StateInit *init)
{
    if (init->from == INIT_SEED_program)
        return IMG_NONE;
    if (init->from == INIT_SEED_given)
        return (uint32_t)init->seed;
    Expr number = {.op = EX_number,
                   .type = EXT_number,
                   .is_int = true,
                   .index = init->seed,
                   .value = (double)init->seed};
    vec_push(mk->arena, &mk->seeds, put_expr(mk, &number));
    return (uint32_t)mk->seeds.n - 1;
}

static ImgState put_state(Make *mk, const StatePlace *place)
{
    const State *s = &place->state;
    const Storage *st = &place->storage;
    int64_t dims[MAX_RANK];
    ImgState out;
    memset(&out, 0, sizeof out);
    for (int d = 0; d < s->shape.rank; d++)
        dims[d] = s->shape.dim[d].n;
    out.name = s->name;
    out.dtype = s->dtype;
    out.role = s->role;
    out.trainable = s->role == ROLE_weight && s->trainable;
    out.dims = ints(mk, s->shape.rank, dims);
    out.offset = place->offset;
    out.bytes = place->bytes;
    out.storage = st->kind;
    out.rows = st->rows;
    out.cols = st->cols;
    out.vector = (uint32_t)st->vector;
    out.wide = (uint32_t)st->wide;
    out.n_wide = (uint32_t)st->n_wide;
    out.narrow = (uint32_t)st->narrow;
    out.n_narrow = (uint32_t)st->n_narrow;
    /* a slot starts as the compile in force says: put_starts */
    static const StateInit zeros = {0};
    const StateInit *init = s->role == ROLE_slot ? &zeros : &s->init;
    out.init = init->name ? init->name : "";
    out.init_names = texts(mk, init->n_args, init->arg_name);
    out.init_values.n = init->n_args;
    out.init_values.at = arena_copy(mk->arena, init->arg, sizeof init->arg);
    out.seed = put_init_seed(mk, init);
    out.shared = place->first != NULL;
    out.stage = s->stage;
    out.kind = s->kind;
    out.fitted = s->fitted ? s->fitted : "";
    return out;
}

static Img_LIST_I64 put_shape(Make *mk, const Shape *s)
{
    int64_t dims[MAX_RANK];
    for (int d = 0; d < s->rank; d++)
        dims[d] = s->dim[d].batch ? -1 : s->dim[d].n;
    return ints(mk, s->rank, dims);
}

static ImgLayerRow put_layer(Make *mk, const LayerShape *l)
{
    ImgLayerRow out;
    memset(&out, 0, sizeof out);
    out.name = l->name;
    out.type = l->type;
    out.activation = l->activation;
    out.input = put_shape(mk, &l->input);
    out.dims = put_shape(mk, &l->output);
    out.dtype = (uint32_t)l->dtype;
    out.first = l->first;
    out.params = l->params;
    out.depth = l->depth;
    out.trainable = l->trainable;
    return out;
}

/* Instances whose rows go to one layer share a signature: that of the first of them. */
static uint32_t signature_of(Make *mk, Instance *m)
{
    const Program *p = mk->in->program;
    const Instance *owner = instance_inputs(m);
    for (uint32_t i = 0; i < p->instances.n; i++)
        if (instance_inputs(p->instances.at[i]) == owner)
            return i;
    nnl_bug("nobody has the inputs of '%s'", m->name);
}

/* What the compiler saw of the files. */
static ImgSignature put_signature(Make *mk, Instance *m)
{
    char delimiter[2] = {0, 0};
    ImgSignature out;
    const DataSet *d = instance_inputs(m)->input_data;
    bool have = d && d->facts.have;
    memset(&out, 0, sizeof out);
    out.known = have;
    out.by_name = have && d->facts.by_name;
    delimiter[0] = have ? d->facts.delimiter : 0;
    out.delimiter = arena_strdup(mk->arena, delimiter);
    out.columns = texts(mk, have ? d->facts.n_columns : 0, have ? d->facts.columns : NULL);
    out.dims = ints(mk, have ? d->facts.x_rank : 0, have ? d->facts.x_dims : NULL);
    out.dtype = have ? d->facts.x_dtype : RT_f32;
    out.data = d ? d->id : IMG_NONE;
    out.transforms = d ? transforms_text(mk->arena, d) : "[]";
    out.plan = put_plan(mk, d ? d->plan : NULL);
    return out;
}

/* What the outputs of a predict entry mean. `d`: the data set whose classes or targets they are, or NULL. */
static ImgOutputs *put_outputs(Make *mk, const ProgramEntry *e, const Compile *c, const DataSet *d)
{
    const Shape *s = &e->built.output_shape;
    int64_t dims[MAX_RANK];
    for (int i = 1; i < s->rank; i++)
        dims[i - 1] = s->dim[i].n;
    OutputMeaning meaning = output_meaning(e->request.instance, c, d, s->rank - 1, dims);
    ImgOutputs *out = ARENA_NEW(mk->arena, ImgOutputs);
    out->kind = meaning.kind;
    out->threshold = meaning.threshold;
    out->undone = outputs_undone(e->request.instance, c, d, s->rank - 1, dims);
    out->data = d ? d->id : IMG_NONE;
    return out;
}

/* As far as the compiler knows them. */
static Img_LIST_STR put_class_names(Make *mk, const DataSet *d)
{
    if (d && d->n_labels)
        return texts(mk, d->n_labels, d->labels);
    bool have = d && d->facts.have;
    return texts(mk, have ? d->facts.n_class_names : 0, have ? d->facts.class_names : NULL);
}

/* Of load_model: where the weights are when the program starts. */
static void put_file(Make *mk, const Instance *m, ImgInstance *out)
{
    out->file = m->file ? m->file : "";
    out->file_dir = "";
    out->file_place = m->file ? put_place(mk, m->file_range) : IMG_NONE;
    if (!m->file)
        return;
    const Source *text = source_of(mk->in->sources, m->file_range.begin);
    if (text != mk->in->main)
        out->file_dir = folder(mk, text);
}

/* ---- for Keras's files ---- */

static uint32_t keras_expr(void *cx, const Expr *e)
{
    return put_expr(cx, e);
}

static bool holds_model(void *cx, const char *path, bool is_default)
{
    (void)cx;
    return is_default || rt_format_holds_model(rt_format_of(path));
}

static const char *keras_text(Make *mk, KerasWriter *w)
{
    const char *kept = arena_strndup(mk->arena, w->out.text, w->out.n);
    strbuf_close(&w->out);
    return kept;
}

/* An entry whose graph holds the transforms of the instance's own data, which are no table; or NULL. */
static const BuildResult *entry_with_transforms(Make *mk, Instance *m, const DataSet *d)
{
    for (size_t i = 0; d && d->n_inputs && i < mk->in->n_entries; i++) {
        const ProgramEntry *e = &mk->in->entries[i];
        if (e->request.instance == m && e->request.data == d && !e->built.prepared)
            return keras_transforms_fit(d) ? &e->built : NULL;
    }
    return NULL;
}

/* `any`: what was built of the instance, or NULL. */
static void put_keras_model(Make *mk, Instance *m, const BuildResult *any, ImgInstance *out)
{
    const DataSet *d = instance_inputs(m)->input_data;
    const BuildResult *with = entry_with_transforms(mk, m, d);
    const char *why = keras_model_obstacle(mk->arena, m);
    out->keras_model = out->h5_model = out->keras_why = "";
    if (!program_names_path(mk->in->program, holds_model, NULL))
        return;
    if (why || !any) {
        out->keras_why = why ? why : "it has no shape";
        return;
    }
    out->keras_input = with != NULL;
    for (int style = KERAS_modern; style <= KERAS_legacy; style++) {
        KerasWriter w = {.style = (KerasStyle)style, .expr = keras_expr, .cx = mk};
        keras_write_model(&w, m, with ? d : NULL, with ? &with->x_row : NULL, &any->input_row,
                          any->layers.at, any->layers.n);
        *(style == KERAS_modern ? &out->keras_model : &out->h5_model) = keras_text(mk, &w);
    }
}

static void put_keras_compile(Make *mk, const Compile *c, ImgCommand *out)
{
    bool fits = program_names_path(mk->in->program, holds_model, NULL) &&
                !keras_compile_obstacle(mk->arena, c);
    const ArgValue *rate = call_given(c->optimizer, "learning_rate");
    if (rate && !rate->calls && !expr_find(rate->expr, EX_argument))
        out->rate = put_expr(mk, rate->expr);
    out->optimizer = c->optimizer->row->name;
    for (int style = KERAS_modern; fits && style <= KERAS_legacy; style++) {
        KerasWriter w = {.style = (KerasStyle)style, .expr = keras_expr, .cx = mk};
        keras_write_compile(&w, c);
        *(style == KERAS_modern ? &out->keras_compile : &out->h5_compile) = keras_text(mk, &w);
    }
}

/* Any entry of the instance knows its layers; a predict entry serves the trainer's own command. */
static ImgInstance put_instance(Make *mk, Instance *m)
{
    const ImageInput *in = mk->in;
    ImgInstance out;
    const BuildResult *any = NULL;
    memset(&out, 0, sizeof out);
    out.name = m->name;
    out.title = m->title;
    out.seed = m->seed ? m->seed->id : IMG_NONE;
    out.signature = signature_of(mk, m);
    out.weights_name = "";
    put_file(mk, m, &out);
    out.digest = architecture_digest(mk->arena, m);
    out.predict_entry = IMG_NONE;
    for (size_t i = 0; i < in->n_entries; i++) {
        const ProgramEntry *e = &in->entries[i];
        if (e->request.instance != m)
            continue;
        any = &e->built;
        if (e->request.use == USE_predict)
            out.predict_entry = (uint32_t)i;
    }
    bool classifies = false;
    if (out.predict_entry != IMG_NONE) {
        out.outputs.n = 1;
        out.outputs.at = put_outputs(mk, &in->entries[out.predict_entry], m->compile,
                                     m->taught ? m->taught : m->first_data);
        classifies = out.outputs.at[0].kind != RT_OUTPUT_values;
    }
    out.class_names = put_class_names(mk, classifies ? m->taught : NULL);
    const StatePlan *plan = in->states[m->id];
    out.block = plan ? plan->block : m->id;
    out.of_sweep = m->of_sweep;
    out.block_bytes = plan ? plan->block_bytes : 0;
    out.states.n = plan ? (uint32_t)plan->states.n : 0;
    out.states.at = ARENA_ARRAY(mk->arena, ImgState, out.states.n + 1);
    for (uint32_t i = 0; i < out.states.n; i++)
        out.states.at[i] = put_state(mk, &plan->states.at[i]);
    out.layers.n = any ? (uint32_t)any->layers.n : 0;
    out.layers.at = ARENA_ARRAY(mk->arena, ImgLayerRow, out.layers.n + 1);
    for (uint32_t i = 0; i < out.layers.n; i++)
        out.layers.at[i] = put_layer(mk, &any->layers.at[i]);
    int64_t dims[MAX_RANK];
    uint32_t rank = any ? any->input_row.rank : 0;
    for (uint32_t d = 0; d < rank; d++)
        dims[d] = any->input_row.dim[d].n;
    out.input_dims = ints(mk, rank, dims);
    put_keras_model(mk, m, any, &out);
    return out;
}

/* The expression that gives a scalar; IMG_NONE: the runtime knows it. */
static uint32_t scalar_expr(Make *mk, const ProgramEntry *e, RunScalar kind, uint32_t id)
{
    Expr option = {.op = EX_option, .type = EXT_number, .index = id};
    if (kind == SCALAR_rate && e->request.compile) {
        const Call *opt = e->request.compile->optimizer;
        int at = row_arg(opt->row, "learning_rate");
        if (at >= 0 && opt->args[at].expr)
            return put_expr(mk, opt->args[at].expr);
    }
    return kind == SCALAR_option ? put_expr(mk, &option) : IMG_NONE;
}

static void put_needs(Make *mk, const ProgramEntry *e, ImgEntry *out)
{
    const ClassWeights *weights = e->request.class_weights;
    out->needs.n = (uint32_t)e->built.needs.n;
    out->needs.at = ARENA_ARRAY(mk->arena, ImgNeed, out->needs.n + 1);
    for (uint32_t i = 0; i < out->needs.n; i++) {
        const RtTargetNeed *need = &e->built.needs.at[i];
        out->needs.at[i] = (ImgNeed){need->kind,
                                     need->is_metric,
                                     need->name,
                                     need->last,
                                     ints(mk, need->rank, need->dims),
                                     need->axis,
                                     ints(mk, need->ignores, &need->ignored)};
    }
    out->weighted =
        ints(mk, weights && !weights->balanced ? weights->n : 0, weights ? weights->classes : NULL);
}

static bool has_scalar(const ImgEntry *e, RunScalar kind, uint32_t id)
{
    for (uint32_t i = 0; i < e->scalars.n; i++)
        if (e->scalars.at[i].kind == (uint32_t)kind && e->scalars.at[i].id == id)
            return true;
    return false;
}

/* The scalars of the graph that expressions give. */
static void put_scalars(Make *mk, const ProgramEntry *e, ImgEntry *out)
{
    const Graph *g = e->built.graph;
    Vec(ImgScalar) scalars = {0};
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *n = g->nodes.at[i];
        RunScalar kind = n->op == OP_scalar ? (RunScalar)n->attr[0].i : SCALAR_n;
        if (n->op != OP_scalar || has_scalar(out, kind, (uint32_t)n->attr[1].i))
            continue;
        uint32_t id = (uint32_t)n->attr[1].i, expr = scalar_expr(mk, e, kind, id);
        if (expr != IMG_NONE)
            vec_push(mk->arena, &scalars, (ImgScalar){(uint32_t)kind, id, expr});
        out->scalars.at = scalars.at;
        out->scalars.n = (uint32_t)scalars.n;
    }
}

static ImgEntry put_entry(Make *mk, const ProgramEntry *e)
{
    ImgEntry out;
    memset(&out, 0, sizeof out);
    out.instance = e->request.instance->id;
    out.use = e->request.use;
    out.data = e->request.data ? e->request.data->id : IMG_NONE;
    out.prepared = e->built.prepared;
    out.batch = e->request.batch;
    put_needs(mk, e, &out);
    out.metrics.n = (uint32_t)e->built.metrics.n;
    out.metrics.at = ARENA_ARRAY(mk->arena, ImgMetric, out.metrics.n + 1);
    for (uint32_t i = 0; i < out.metrics.n; i++) {
        const MetricUse *m = &e->built.metrics.at[i];
        out.metrics.at[i] = (ImgMetric){.name = m->name,
                                        .list = m->list ? m->list : "",
                                        .rule = m->rule,
                                        .params = floats(mk, m->n_params, m->params),
                                        .sums = texts(mk, m->n_sums, m->sums),
                                        .up = m->up};
    }
    put_scalars(mk, e, &out);
    return out;
}

static void put_entries(Make *mk, const Command *c, ImgCommand *out)
{
    CommandGraphs graphs = command_graphs(mk->in->program, c);
    uint32_t *of[N_USES] = {&out->train_entry, &out->eval_entry, &out->predict_entry};
    for (int use = 0; use < N_USES; use++)
        *of[use] = IMG_NONE;
    for (uint32_t i = 0; i < graphs.n; i++)
        *of[graphs.at[i].use] = entry_find(mk->in->entries, mk->in->n_entries, &graphs.at[i]);
}

/* The text of the condition, as the person wrote it. */
static const char *source_text(Make *mk, Range r)
{
    const Source *s = source_of(mk->in->sources, r.begin);
    if (!s || r.end < r.begin || r.end - s->base > s->size)
        return "";
    return arena_strndup(mk->arena, s->text + (r.begin - s->base), r.end - r.begin);
}

static void put_curves(Make *mk, const Command *c, ImgCommand *out)
{
    out->curves.n = c->curves ? c->n_exprs : 0;
    out->curves.at = ARENA_ARRAY(mk->arena, ImgCurve, out->curves.n + 1);
    for (uint32_t i = 0; i < out->curves.n; i++) {
        const PlotCurve *curve = &c->curves[i];
        out->curves.at[i] =
            (ImgCurve){.name = curve->name ? curve->name : source_text(mk, c->exprs[i]->range),
                       .key = curve->key,
                       .run = curve->run < 0 ? IMG_NONE : (uint32_t)curve->run,
                       .first = curve->first,
                       .whole = curve->whole};
    }
}

static ImgCommand put_command(Make *mk, const Command *c)
{
    ImgCommand out;
    memset(&out, 0, sizeof out);
    out.name = c->row->name;
    out.place = put_place(mk, c->range);
    out.instance = c->instance ? c->instance->id : IMG_NONE;
    out.compile = c->compile ? c->compile->id : IMG_NONE;
    out.data = c->data ? c->data->id : IMG_NONE;
    out.part = c->part;
    out.data2 = c->has_part && c->data2 ? c->data2->id : IMG_NONE;
    out.part2 = c->part2;
    out.no_validation = c->no_validation;
    out.split.at = ARENA_ARRAY(mk->arena, ImgPart, 1);
    if (c->split)
        out.split.at[out.split.n++] = put_part(mk, c->split);
    out.has_rate = c->sets_rate;
    put_entries(mk, c, &out);
    out.rate = IMG_NONE;
    out.optimizer = out.keras_compile = out.h5_compile = "";
    if (c->row->id == COMMAND_compile)
        put_keras_compile(mk, c->compile, &out);
    if (c->row->id == COMMAND_compile && mk->in->states[c->instance->id])
        image_slots(mk->arena, mk->in, c->compile, mk->in->states[c->instance->id], &out);
    if (out.predict_entry != IMG_NONE) {
        out.outputs.n = 1;
        out.outputs.at =
            put_outputs(mk, &mk->in->entries[out.predict_entry], c->compile, c->taught);
    }
    out.path = c->path ? c->path : "";
    out.path_expr = put_expr(mk, c->path_expr);
    out.to_terminal = c->to_terminal;
    out.weights_only = c->weights_only;
    out.of_file = c->of_file;
    out.result = c->result < 0 ? IMG_NONE : (uint32_t)c->result;
    out.settings.n = c->settings ? c->row->n_args : 0;
    out.settings.at = ARENA_ARRAY(mk->arena, ImgArg, out.settings.n + 1);
    for (uint32_t i = 0; i < out.settings.n; i++)
        out.settings.at[i] = put_arg(mk, c->row->args[i].name, &c->settings[i]);
    out.exprs.n = c->n_exprs;
    out.exprs.at = ARENA_ARRAY(mk->arena, uint32_t, c->n_exprs + 1);
    for (uint32_t i = 0; i < c->n_exprs; i++)
        out.exprs.at[i] = put_expr(mk, c->exprs[i]);
    put_curves(mk, c, &out);
    out.has_rows = c->has_rows;
    out.first_row = c->first_row;
    out.end_row = c->end_row;
    out.source_text = c->n_exprs ? source_text(mk, c->exprs[0]->range) : "";
    out.text = c->text ? c->text : "";
    out.target = c->target;
    out.events.n = c->n_lines;
    out.events.at = ARENA_ARRAY(mk->arena, ImgEvent, c->n_lines + 1);
    for (uint32_t i = 0; i < c->n_lines; i++)
        out.events.at[i] = (ImgEvent){c->lines[i].event, c->lines[i].begin, c->lines[i].end};
    return out;
}

static ImgOption put_option(Make *mk, const Option *o)
{
    ImgOption out;
    memset(&out, 0, sizeof out);
    out.name = o->name;
    out.type = o->type;
    out.is_int = o->is_int;
    out.value = put_expr(mk, o->value);
    out.ranges = (Img_LIST_STR){0, ARENA_ARRAY(mk->arena, const char *, o->limits.n + 1)};
    out.places = (Img_LIST_STR){0, ARENA_ARRAY(mk->arena, const char *, o->limits.n + 1)};
    for (size_t i = 0; i < o->limits.n; i++) {
        out.ranges.at[out.ranges.n++] = o->limits.at[i].range;
        out.places.at[out.places.n++] = o->limits.at[i].place;
    }
    return out;
}

static void put_all(Make *mk)
{
    const Program *p = mk->in->program;
    ImgProgram *o = mk->p;
    for (size_t i = 0; i < p->seeds.n; i++)
        vec_push(mk->arena, &mk->seeds, put_expr(mk, p->seeds.at[i]->value));
    o->options.at = ARENA_ARRAY(mk->arena, ImgOption, p->options.n + 1);
    for (; o->options.n < p->options.n; o->options.n++)
        o->options.at[o->options.n] = put_option(mk, &p->options.at[o->options.n]);
    o->data.at = ARENA_ARRAY(mk->arena, ImgDataSet, p->data.n + 1);
    for (; o->data.n < p->data.n; o->data.n++)
        o->data.at[o->data.n] = put_data(mk, p->data.at[o->data.n]);
    o->signatures.at = ARENA_ARRAY(mk->arena, ImgSignature, p->instances.n + 1);
    for (; o->signatures.n < p->instances.n; o->signatures.n++)
        o->signatures.at[o->signatures.n] = put_signature(mk, p->instances.at[o->signatures.n]);
    o->instances.at = ARENA_ARRAY(mk->arena, ImgInstance, p->instances.n + 1);
    for (; o->instances.n < p->instances.n; o->instances.n++)
        o->instances.at[o->instances.n] = put_instance(mk, p->instances.at[o->instances.n]);
    o->entries.at = ARENA_ARRAY(mk->arena, ImgEntry, mk->in->n_entries + 1);
    for (; o->entries.n < mk->in->n_entries; o->entries.n++)
        o->entries.at[o->entries.n] = put_entry(mk, &mk->in->entries[o->entries.n]);
    o->commands.at = ARENA_ARRAY(mk->arena, ImgCommand, p->commands.n + 1);
    for (; o->commands.n < p->commands.n; o->commands.n++)
        o->commands.at[o->commands.n] = put_command(mk, &p->commands.at[o->commands.n]);
    o->results.at = ARENA_ARRAY(mk->arena, const char *, p->results.n + 1);
    for (; o->results.n < p->results.n; o->results.n++) {
        const char *name = p->results.at[o->results.n].name;
        o->results.at[o->results.n] = name ? name : "";
    }
}

ImgProgram *image_make(Arena *arena, const ImageInput *in)
{
    Make mk = {.arena = arena, .in = in, .p = ARENA_NEW(arena, ImgProgram)};
    mk.p->name = in->program->name;
    mk.p->source = in->program->source_name;
    mk.p->source_dir = folder(&mk, in->main);
    mk.p->compiler = in->compiler;
    mk.p->mode = "fma";
    mk.p->digest = program_digest(in->program);
    mk.p->seed = in->program->seed ? in->program->seed->id : IMG_NONE;
    put_all(&mk);
    mk.p->exprs.n = (uint32_t)mk.exprs.n;
    mk.p->exprs.at = mk.exprs.at;
    mk.p->calls.n = (uint32_t)mk.calls.n;
    mk.p->calls.at = mk.calls.at;
    mk.p->plans.n = (uint32_t)mk.plans.n;
    mk.p->plans.at = mk.plans.at;
    mk.p->places.n = (uint32_t)mk.places.n;
    mk.p->places.at = mk.places.at;
    mk.p->seeds.n = (uint32_t)mk.seeds.n;
    mk.p->seeds.at = mk.seeds.at;
    return mk.p;
}
