/* model.c: models and blocks become lists of layers. A layer value is a recipe: every insertion makes
 * new weights. An instance is an object: put into another model it shares its weights. */
#include <stdlib.h>
#include <string.h>

#include "ir/program/elaborate_internal.h"
#include "runtime/abi/layer_names.h"

typedef struct Body {
    Elab *e;
    Instance *m;
    bool right;
} Body;

InstanceState *instance_state(Elab *e, const Instance *m)
{
    InstanceState *state = m->serial < e->instances.n ? &e->instances.at[m->serial] : NULL;
    return state && state->instance == m ? state : NULL;
}

static Instance *instance_new(Elab *e, const char *title, Range range, Range model_range)
{
    Instance *m = ARENA_NEW(e->arena, Instance);
    m->name = m->title = title;
    m->range = range;
    m->model_range = model_range;
    m->position = "";
    m->serial = (uint32_t)e->instances.n;
    vec_push(e->arena, &e->instances, (InstanceState){.instance = m});
    return m;
}

/* ---- inserting ---- */

static void insert(Body *b, Scope *s, const Value *v);
static void run_body(Body *b, Scope *s, const AstList *body);

static const ArgValue *layer_arg(const Layer *l, const char *name)
{
    int at = l->call ? row_arg(l->call->row, name) : -1;
    return at >= 0 ? &l->call->args[at] : NULL;
}

static void declare_input(Body *b, uint32_t rank, const int64_t *dims, Range range)
{
    Instance *m = b->m;
    if (m->has_input) {
        diag_error(b->e->diags, range, "the input of the model is declared twice");
        diag_note(b->e->diags, m->input_range, "the first declaration is here");
        b->right = false;
        return;
    }
    m->has_input = true;
    m->input_rank = rank;
    memcpy(m->input_dims, dims, rank * sizeof *dims);
    m->input_dtype = RT_f32;
    m->input_range = range;
}

/* Input(…) belongs to the first layer; input_shape= of another one must fit what reaches it, which only the graph
 * tells. */
static void input_of(Body *b, const Layer *l)
{
    bool first = b->m->layers.n == 0;
    bool is_input = l->call->row->id == LAYER_Input;
    const ArgValue *shape = layer_arg(l, is_input ? "shape" : "input_shape");
    const ArgValue *dim = is_input ? NULL : layer_arg(l, "input_dim");
    if (is_input && !first && !b->m->has_input) {
        diag_error(b->e->diags, l->range, "'Input' must be the first layer");
        b->right = false;
    } else if (is_input) {
        declare_input(b, shape->n, shape->ints, l->range);
    } else if (first && shape && shape->given && !shape->none) {
        declare_input(b, shape->n, shape->ints, shape->range);
    } else if (first && dim && dim->given && !dim->none) {
        declare_input(b, 1, &dim->i, dim->range);
    }
}

/* What nested instances hold counts wherever they stand: graphs are made of all of it. */
static bool count_layer(Body *b, const Layer *l)
{
    Instance *m = b->m;
    b->e->layers++;
    m->size += 1 + (l->nested ? l->nested->size : 0);
    if (l->nested && l->nested->depth >= m->depth)
        m->depth = l->nested->depth + 1;
    if (b->e->layers > LAYER_LIMIT || m->size > LAYER_LIMIT)
        diag_error(b->e->diags, l->range, "the program has more than %d layers", LAYER_LIMIT);
    else if (m->depth > DEPTH_LIMIT)
        diag_error(b->e->diags, l->range, "models nested deeper than %d levels", DEPTH_LIMIT);
    else
        return true;
    return false;
}

static void push_layer(Body *b, Layer l)
{
    if (b->m->size > LAYER_LIMIT || !count_layer(b, &l)) {
        b->right = false;
        return;
    }
    if (l.call)
        input_of(b, &l);
    vec_push(b->e->arena, &b->m->layers, l);
}

static void insert_call(Body *b, const Value *v)
{
    const Row *row = v->call->row;
    if (row->vocab == VOCAB_layer) {
        push_layer(b, (Layer){.call = v->call, .range = v->range});
        return;
    }
    b->right = false;
    diag_error(b->e->diags, v->range, "%s is not a layer", value_text(b->e, v));
    if (row->vocab == VOCAB_activation)
        diag_help(b->e->diags, "write Activation(%s)", row->name);
}

static void insert_word(Body *b, Scope *s, const Value *v)
{
    const Row *row = vocab_find(VOCAB_layer, v->text), *other = vocab_any(v->text, N_VOCABS);
    const Call *call = NULL;
    if (row && row->later)
        diag_error(b->e->diags, v->range, "the layer '%s' is not built yet", row->name);
    else if (row)
        call = call_default(b->e, row, v->text, v->range);
    else if (other && other->vocab == VOCAB_activation)
        insert_call(b, &(Value){.kind = VAL_call,
                                .range = v->range,
                                .call = &(Call){.row = other, .range = v->range}});
    else if (other)
        diag_error(b->e->diags, v->range, "%s is not a layer", value_text(b->e, v));
    else
        report_unknown(b->e, s, VOCAB_layer, v->text, v->range);
    if (call)
        push_layer(b, (Layer){.call = call, .range = v->range});
    b->right = b->right && call;
}

static void insert_nested(Body *b, Instance *m, Range range)
{
    if (m && model_inside(b->e, m, range))
        push_layer(b, (Layer){.nested = m, .range = range});
    else
        b->right = false;
}

static void insert_block(Body *b, const Value *v)
{
    Value call = *v;
    if (!call.scope)
        call = block_call(b->e, v->decl, &(AstList){NULL, 0}, v->decl->scope, v->range);
    if (call.kind == VAL_error || !count_steps(b->e, v->range, 1) ||
        !decl_enter(b->e, call.decl, v->range)) {
        b->right = false;
        return;
    }
    run_body(b, scope_new(b->e, call.scope), &call.decl->ast->u.model.body);
    decl_leave(b->e, call.decl);
}

static void insert_list(Body *b, Scope *s, const Value *v)
{
    if (!nest_enter(b->e, v->range)) {
        b->right = false;
        return;
    }
    for (uint32_t i = 0; i < v->n && count_steps(b->e, v->range, 1); i++)
        insert(b, s, &v->items[i]);
    b->e->nesting--;
}

static void insert(Body *b, Scope *s, const Value *v)
{
    switch (v->kind) {
    case VAL_none:
        return;
    case VAL_error:
        b->right = false;
        return;
    case VAL_list:
    case VAL_tuple:
        insert_list(b, s, v);
        return;
    case VAL_call:
        insert_call(b, v);
        return;
    case VAL_word:
        insert_word(b, s, v);
        return;
    case VAL_block:
        insert_block(b, v);
        return;
    case VAL_model:
        insert_nested(b, model_implicit(b->e, v->decl, v->range), v->range);
        return;
    case VAL_instance:
        insert_nested(b, v->instance, v->range);
        return;
    case VAL_expr:
        report_runtime(b->e, v->expr, "a layer");
        b->right = false;
        return;
    default: /* numbers, strings, data … */
        diag_error(b->e->diags, v->range, "a layer is expected here, not %s", value_text(b->e, v));
        b->right = false;
        return;
    }
}

/* ---- bodies ---- */

static void run_let(Body *b, Scope *s, const Ast *a)
{
    Value v = eval(b->e, s, a->u.bind.value, VOCAB_layer);
    if (!check_word(b->e, s, &v))
        v = value_error(v.range);
    b->right = b->right && v.kind != VAL_error;
    scope_value(b->e, s, a->u.bind.name, v, false);
}

static void run_if(Body *b, Scope *s, const Ast *a)
{
    bool yes;
    if (!eval_condition(b->e, s, a->u.branch.condition, &yes)) {
        b->right = false;
        return;
    }
    const AstList *taken = yes ? &a->u.branch.body : &a->u.branch.else_body;
    names_check_list(b->e, scope_new(b->e, s), yes ? &a->u.branch.else_body : &a->u.branch.body);
    run_body(b, scope_new(b->e, s), taken);
}

static void run_for(Body *b, Scope *s, const Ast *a)
{
    Value over = eval(b->e, s, a->u.loop.over, N_VOCABS);
    Items items;
    if (!items_of(b->e, s, &over, &items)) {
        b->right = false;
        return;
    }
    if (!items.n)
        names_check(b->e, s, a);
    for (uint32_t i = 0; i < items.n && b->right; i++) {
        Scope *inner = scope_new(b->e, s);
        if (!count_steps(b->e, a->range, 1)) {
            b->right = false;
            return;
        }
        scope_value(b->e, inner, a->u.loop.name, items_at(&items, i), i > 0);
        run_body(b, inner, &a->u.loop.body);
    }
}

static void run_statement(Body *b, Scope *s, const Ast *a)
{
    if (a->kind == AST_let) {
        run_let(b, s, a);
    } else if (a->kind == AST_if) {
        run_if(b, s, a);
    } else if (a->kind == AST_for) {
        run_for(b, s, a);
    } else if (a->kind == AST_command) {
        b->right = defaults_add(b->e, b->m, s, a) && b->right;
    } else {
        Value v = eval(b->e, s, a, VOCAB_layer);
        insert(b, s, &v);
    }
}

static void run_body(Body *b, Scope *s, const AstList *body)
{
    s->text = body;
    for (uint32_t i = 0; i < body->n && b->e->layers <= LAYER_LIMIT; i++) {
        if (!nest_enter(b->e, body->at[i]->range)) {
            b->right = false;
            return;
        }
        run_statement(b, s, body->at[i]);
        b->e->nesting--;
    }
}

/* ---- names of layers ---- */

static const char *snake_name(Elab *e, const char *type)
{
    char buf[64];
    return intern(e->names, rt_snake_name(type, buf, sizeof buf));
}

/* A dot stands between the names of nested models and layers: "encoder.dense.kernel". */
static bool has_no_dot(Elab *e, const ArgValue *name)
{
    char *better = arena_strdup(e->arena, name->text);
    if (!strchr(better, '.'))
        return true;
    diag_error(e->diags, name->range, "the name '%s' must not hold '.', which joins nested names",
               name->text);
    for (char *c = strchr(better, '.'); c; c = strchr(c, '.'))
        *c = '_';
    diag_help(e->diags, "write '%s'", better);
    return false;
}

static bool name_is_right(Elab *e, const ArgValue *name)
{
    bool plain = *name->text != 0;
    for (const char *c = name->text; *c; c++)
        plain = plain && *c != '/' && (unsigned char)*c >= 0x20 && *c != 0x7f;
    if (!plain)
        diag_error(e->diags, name->range,
                   "a name must not be empty or hold '/' or control characters");
    return plain && has_no_dot(e, name);
}

typedef struct NamedLayer {
    const char *name;
    size_t at;
} NamedLayer;

static int by_name(const void *a, const void *b)
{
    const NamedLayer *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

typedef struct Naming {
    Elab *e;
    Instance *m;
    NamedLayer *given;
    size_t n_given;
    NameCounts counts;
} Naming;

static bool given_names(Naming *n)
{
    bool right = true;
    for (size_t i = 0; i < n->m->layers.n; i++) {
        Layer *l = &n->m->layers.at[i];
        const ArgValue *name = layer_arg(l, "name");
        if (!name || name->none || !name->text)
            continue;
        right = name_is_right(n->e, name) && right;
        l->name = intern(n->e->names, name->text);
        n->given[n->n_given++] = (NamedLayer){l->name, i};
    }
    qsort(n->given, n->n_given, sizeof *n->given, by_name);
    for (size_t i = 1; i < n->n_given; i++)
        if (n->given[i].name == n->given[i - 1].name) {
            const Layer *l = &n->m->layers.at[n->given[i].at];
            diag_error(n->e->diags, layer_arg(l, "name")->range,
                       "two layers of '%s' are named '%s'", n->m->name, l->name);
            diag_note(n->e->diags, layer_arg(&n->m->layers.at[n->given[i - 1].at], "name")->range,
                      "the first one is here");
            right = false;
        }
    return right;
}

static bool is_given(const Naming *n, const char *name)
{
    NamedLayer key = {name, 0};
    for (size_t low = 0, high = n->n_given; low < high;) {
        size_t mid = low + (high - low) / 2;
        int order = strcmp(n->given[mid].name, key.name);
        if (!order)
            return true;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}

/* base, base_1, base_2, …: the next one of these; interned. */
static const char *next_name(Elab *e, NameCounts *counts, const char *base)
{
    size_t k = places_add(e->arena, &counts->places, base, counts->list.n);
    if (k == NO_PLACE) {
        k = counts->list.n;
        vec_push(e->arena, &counts->list, (NameCount){base, 0});
    }
    uint32_t i = counts->list.at[k].next++;
    return intern(e->names, i ? arena_printf(e->arena, "%s_%u", base, i) : base);
}

static const char *auto_name(Naming *n, const char *base)
{
    for (;;) {
        const char *name = next_name(n->e, &n->counts, base);
        if (!is_given(n, name))
            return name;
    }
}

static bool name_layers(Elab *e, Instance *m)
{
    Naming n = {.e = e, .m = m};
    n.given = ARENA_ARRAY(e->arena, NamedLayer, m->layers.n + 1);
    bool right = given_names(&n);
    for (size_t i = 0; i < m->layers.n; i++) {
        Layer *l = &m->layers.at[i];
        if (!l->name)
            l->name =
                auto_name(&n, l->nested ? l->nested->title : snake_name(e, l->call->row->name));
    }
    return right;
}

/* ---- instances ---- */

/* A nested first model declares the input of the outer one. */
static void inherit_input(Instance *m)
{
    const Instance *first = m->layers.n ? m->layers.at[0].nested : NULL;
    if (m->has_input || !first || !first->has_input)
        return;
    m->has_input = true;
    m->input_rank = first->input_rank;
    memcpy(m->input_dims, first->input_dims, sizeof m->input_dims);
    m->input_dtype = first->input_dtype;
    m->input_range = first->input_range;
}

static Instance *finish(Body *b)
{
    if (instance_state(b->e, b->m)->waits.begin)
        return b->m;
    if (b->right)
        b->right = name_layers(b->e, b->m);
    inherit_input(b->m);
    return b->right ? b->m : NULL;
}

/* A body that needs `classes` before a data set tells them is only checked: its layers come later. */
static void run_model(Body *b, Decl *model, Scope *params)
{
    Elab *e = b->e;
    Instance *m = b->m;
    ModelBody here = {.classes = instance_state(e, m)->classes}, *outer = e->body;
    size_t errors = diag_errors(e->diags);
    e->body = &here;
    run_body(b, scope_new(e, params), &model->ast->u.model.body);
    e->body = outer;
    if (!here.asked.begin || diag_errors(e->diags) > errors)
        return;
    InstanceState *state = instance_state(e, m);
    state->waits = here.asked;
    state->params = params;
    m->layers.n = 0;
    m->size = m->depth = 0;
    m->has_input = false;
}

bool model_again(Elab *e, Instance *m, int64_t classes)
{
    InstanceState *state = instance_state(e, m);
    Body b = {.e = e, .m = m, .right = true};
    state->waits = (Range){0, 0};
    state->classes = classes;
    size_t errors = diag_errors(e->diags);
    const Decl *model = state->model;
    run_model(&b, state->model, state->params);
    bool right = finish(&b) != NULL;
    prelude_note(e, model, errors, m->range);
    instance_state(e, m)->broken = !right;
    return right;
}

Instance *model_instance(Elab *e, Decl *model, const AstList *args, Scope *s, Range range)
{
    const Ast *a = model->ast;
    const char *name = *model->name ? model->name : intern(e->names, "model");
    Scope *inner = scope_new(e, model->scope);
    const Seed *seed = NULL;
    size_t errors = diag_errors(e->diags);
    if (!decl_enter(e, model, range))
        return NULL;
    Body b = {.e = e, .right = true};
    if (params_bind(e, s, inner, "model", name, &a->u.model.params, args, range, &seed)) {
        b.m = instance_new(e, name, range, model->range);
        b.m->seed = seed;
        instance_state(e, b.m)->model = model;
        run_model(&b, model, inner);
    } else {
        b.right = false;
    }
    decl_leave(e, model);
    model->made = model->made || b.m;
    Instance *made = b.m ? finish(&b) : NULL;
    prelude_note(e, model, errors, range);
    return made;
}

static bool all_defaults(const Decl *model)
{
    const AstList *params = &model->ast->u.model.params;
    for (uint32_t i = 0; i < params->n; i++)
        if (!params->at[i]->u.bind.value)
            return false;
    return true;
}

Instance *model_implicit(Elab *e, Decl *model, Range range)
{
    if (model->value.kind == VAL_instance)
        return model->value.instance;
    if (model->made && model->value.kind == VAL_none)
        return NULL; /* failed before, reported */
    if (!all_defaults(model)) {
        diag_error(e->diags, range, "the model '%s' needs arguments: write %s(...)", model->name,
                   model->name);
        diag_note(e->diags, model->range, "it is declared here");
        return NULL;
    }
    if (model->busy) {
        decl_enter(e, model, range); /* which reports the cycle where it closes */
        return NULL;
    }
    Instance *m = model_instance(e, model, &(AstList){NULL, 0}, model->scope, model->range);
    model->made = true;
    model->value = (Value){.kind = m ? VAL_instance : VAL_none, .instance = m};
    return m;
}

Instance *sequential_instance(Elab *e, Scope *s, const ArgValue *name, const Value *layers,
                              Range range)
{
    const char *title = intern(e->names, name->none ? "sequential" : name->text);
    Body b = {.e = e, .m = instance_new(e, title, range, range), .right = true};
    b.right = name->none || name_is_right(e, name);
    insert(&b, s, layers);
    return finish(&b);
}

Value block_call(Elab *e, Decl *block, const AstList *args, Scope *s, Range range)
{
    Scope *inner = scope_new(e, block->scope);
    block->made = true;
    if (!params_bind(e, s, inner, "block", block->name, &block->ast->u.model.params, args, range,
                     NULL))
        return value_error(range);
    return (Value){.kind = VAL_block, .range = range, .decl = block, .scope = inner};
}

Instance *value_instance(Elab *e, const Scope *s, const Value *v)
{
    switch (v->kind) {
    case VAL_error:
        return NULL;
    case VAL_instance:
        file_compile(e, v->instance);
        return v->instance;
    case VAL_model:
        return model_implicit(e, v->decl, v->range);
    default: /* no model */
        break;
    }
    if (v->kind == VAL_word && !vocab_knows(v->text))
        report_unknown(e, s, (Want)WANT_model, v->text, v->range);
    else
        diag_error(e->diags, v->range, "a model is expected here, not %s", value_text(e, v));
    return NULL;
}

void models_check(Elab *e, Scope *s)
{
    for (size_t i = 0; i < s->decls.n; i++) {
        Decl *d = s->decls.at[i];
        if (d->kind == DECL_model && !d->made && all_defaults(d))
            model_implicit(e, d, d->range);
        else if ((d->kind == DECL_model || d->kind == DECL_block) && !d->made)
            names_check_model(e, s, d->ast);
    }
}

void instance_top_level(Elab *e, Instance *m)
{
    const char *base = intern(e->names, m->name);
    if (m->top_level)
        return;
    do
        m->name = next_name(e, &e->instance_names, base);
    while (places_get(&e->instances_named, m->name) != NO_PLACE);
    places_set(e->arena, &e->instances_named, m->name, e->p->instances.n);
    m->top_level = true;
    m->id = (uint32_t)e->p->instances.n;
    vec_push(e->arena, &e->p->instances, m);
}
