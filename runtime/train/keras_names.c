/* keras_names.c: states of a model by the places of Keras's files. */
#include "runtime/train/keras_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/layer_names.h"
#include "runtime/train/state.h"

enum { MOST_CLASSES = 256, MOST_DEPTH = 64, MOST_CLASS = 64, MOST_SHOWN = 8 };

/* ---- layers ---- */

/* How often each class was met in one model. */
typedef struct Level {
    struct {
        const char *type;
        uint32_t n;
    } classes[MOST_CLASSES];
    uint32_t n;
    size_t n_group, n_prefix; /* where group and prefix of this model end */
} Level;

typedef struct Names {
    Level *levels;
    char group[RT_KERAS_PATH], prefix[RT_KERAS_PATH];
} Names;

/* The number of this layer among those of its class, from 0. */
static uint32_t number_of(Level *level, const char *type)
{
    uint32_t i = 0;
    while (i < level->n && strcmp(level->classes[i].type, type) != 0)
        i++;
    if (i == MOST_CLASSES)
        return 0;
    if (i == level->n)
        level->classes[level->n++].type = type;
    return level->classes[i].n++;
}

static void set_names(Names *names, const ImgLayerRow *row)
{
    char class_name[MOST_CLASS];
    Level *level = &names->levels[row->depth];
    uint32_t n = number_of(level, row->type);
    char *group = names->group + level->n_group, *prefix = names->prefix + level->n_prefix;
    rt_snake_name(row->type, class_name, sizeof class_name);
    if (n)
        snprintf(group, RT_KERAS_PATH - level->n_group, "layers/%s_%u", class_name, n);
    else
        snprintf(group, RT_KERAS_PATH - level->n_group, "layers/%s", class_name);
    snprintf(prefix, RT_KERAS_PATH - level->n_prefix, "%s.", row->name);
}

/* The model inside the layer that has just been named. */
static void enter(Names *names, uint32_t depth)
{
    Level *level = &names->levels[depth];
    size_t n = strlen(names->group);
    level->n = 0;
    if (n + 2 < sizeof names->group)
        memcpy(names->group + n, "/", 2);
    level->n_group = strlen(names->group);
    level->n_prefix = strlen(names->prefix);
    memset(level->classes, 0, sizeof level->classes);
}

/* ---- weights ---- */

/* The saved states, in the order of their layers. */
typedef struct Saved {
    const ImgState **at;
    uint32_t n, next;
} Saved;

static bool open_saved(const ImgInstance *m, Saved *s)
{
    *s = (Saved){calloc(m->states.n + (size_t)1, sizeof *s->at), 0, 0};
    for (uint32_t i = 0; s->at && i < m->states.n; i++)
        if (rt_state_role(&m->states.at[i])->saved == SAVED_whole)
            s->at[s->n++] = &m->states.at[i];
    return s->at != NULL;
}

/* Those of the layer at hand: a nested model that stands here a second time has none. */
static bool visit_weights(const RtKerasVisitor *v, const Names *names, Saved *s)
{
    char path[RT_KERAS_PATH + 32];
    size_t n = strlen(names->prefix);
    bool fine = true;
    for (int place = 0; fine && s->next < s->n; place++) {
        const ImgState *state = s->at[s->next];
        if (strncmp(state->name, names->prefix, n) != 0 || strchr(state->name + n, '.'))
            break;
        snprintf(path, sizeof path, "%s/vars/%d", names->group, place);
        fine = v->weight(v->cx, state, path);
        s->next++;
    }
    return fine;
}

bool rt_keras_visit(const ImgInstance *m, const RtKerasVisitor *v)
{
    Saved saved;
    Names names = {calloc(MOST_DEPTH, sizeof *names.levels), "", ""};
    bool fine = open_saved(m, &saved) && names.levels;
    for (uint32_t i = 0; i < v->n_before && fine; i++)
        number_of(&names.levels[0], v->before[i]);
    for (uint32_t i = 0; i < m->layers.n && fine; i++) {
        const ImgLayerRow *row = &m->layers.at[i];
        if (row->depth >= MOST_DEPTH)
            continue;
        if (i && row->depth > m->layers.at[i - 1].depth)
            enter(&names, row->depth);
        set_names(&names, row);
        fine = v->layer(v->cx, row, names.group) && visit_weights(v, &names, &saved);
    }
    free(saved.at);
    free(names.levels);
    return fine;
}

/* ---- a file by the names of a model ---- */

bool rt_keras_is(const RtTensorFile *file)
{
    for (uint32_t i = 0; i < file->n; i++)
        if (!strncmp(file->tensors[i].name, "layers/", 7))
            return rt_tensors_meta(file, RT_HDF5_KEY) != NULL;
    return false;
}

typedef struct Viewing {
    const RtTensorFile *file;
    RtTensor *tensors;
    uint32_t *order; /* of the file's tensors, by name */
    char table[800]; /* layers with other names */
    size_t n_table;
    uint32_t n_other;
} Viewing;

/* Keras's own name for a layer of a class: dense, dense_12. */
static bool is_automatic(const char *name, const char *type)
{
    char class_name[MOST_CLASS];
    size_t n = strlen(rt_snake_name(type, class_name, sizeof class_name));
    return !strncmp(name, class_name, n) &&
           (!name[n] || (name[n] == '_' && name[n + 1 + strspn(name + n + 1, "0123456789")] == 0));
}

/* Names that somebody gave tell which layer is meant. */
static bool compare_names(void *cx, const ImgLayerRow *row, const char *group)
{
    Viewing *v = cx;
    char key[RT_KERAS_PATH + 16];
    snprintf(key, sizeof key, "%s/vars@name", group);
    const char *name = row->params ? rt_tensors_meta(v->file, key) : NULL;
    if (!name || !strcmp(name, row->name) || is_automatic(name, row->type) ||
        is_automatic(row->name, row->type))
        return true;
    if (v->n_other++ < MOST_SHOWN && v->n_table < sizeof v->table)
        v->n_table += (size_t)snprintf(v->table + v->n_table, sizeof v->table - v->n_table,
                                       "\n  %-24.40s %.40s", row->name, name);
    return true;
}

/* The tensor at the place of a state takes the state's name. */
static bool name_weight(void *cx, const ImgState *s, const char *path)
{
    const Viewing *v = cx;
    uint32_t low = 0, high = v->file->n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (strcmp(v->file->tensors[v->order[mid]].name, path) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (low < v->file->n && !strcmp(v->file->tensors[v->order[low]].name, path))
        v->tensors[v->order[low]].name = s->name;
    return true;
}

/* What goes on with the training of Keras is no weight. */
static bool is_optimizer(const RtTensor *t)
{
    return !strncmp(t->name, "optimizer/", 10);
}

RtStatus rt_keras_view(RtRun *run, const RtModel *m, const RtTensorFile *file, const char *path,
                       RtKerasView *out)
{
    memset(out, 0, sizeof *out);
    out->tensors = calloc(file->n + (size_t)1, sizeof *out->tensors);
    Viewing v = {.file = file, .tensors = out->tensors, .order = rt_tensors_order(file)};
    RtKerasVisitor visitor = {.layer = compare_names, .weight = name_weight, .cx = &v};
    bool fine = out->tensors && v.order;
    if (fine)
        memcpy(out->tensors, file->tensors, file->n * sizeof *out->tensors);
    fine = fine && rt_keras_visit(m->image, &visitor);
    free(v.order);
    if (!fine)
        return rt_fail(&run->error, "not enough memory to load '%s'", path);
    if (v.n_other)
        rt_warn(run,
                "'%s' calls layers otherwise than '%s'; they are matched by position:\n  %-24s "
                "%s%s%s",
                path, m->image->name, "model", "file", v.table,
                v.n_other > MOST_SHOWN ? "\n  ..." : "");
    uint32_t n = 0;
    for (uint32_t i = 0; i < file->n; i++)
        if (!is_optimizer(&file->tensors[i]))
            out->tensors[n++] = out->tensors[i];
    out->file = *file;
    out->file.store = NULL;
    out->file.tensors = out->tensors;
    out->file.n = n;
    return RT_OK;
}

void rt_keras_view_free(RtKerasView *view)
{
    free(view->tensors);
    memset(view, 0, sizeof *view);
}
