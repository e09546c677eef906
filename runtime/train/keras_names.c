/* keras_names.c: states of a model by the places of Keras's files. */
#include "runtime/train/keras_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/layer_names.h"
#include "runtime/abi/shown.h"
#include "runtime/files/keras/legacy.h"
#include "runtime/train/keras_front.h"
#include "runtime/train/keras_order.h"
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

/* ---- files ---- */

static bool begins(const char *text, const char *with)
{
    return !strncmp(text, with, strlen(with));
}

/* Also a model without weights. */
bool rt_keras_is(const RtTensorFile *file)
{
    if (!rt_tensors_meta(file, RT_HDF5_KEY))
        return false;
    if (rt_keras_legacy_is(file) || rt_tensors_meta(file, "vars@name"))
        return true;
    for (uint32_t i = 0; i < file->n; i++)
        if (begins(file->tensors[i].name, "layers/") ||
            begins(file->tensors[i].name, "_layer_checkpoint_dependencies/"))
            return true;
    return false;
}

/* ---- names of layers ---- */

/* dense, dense_12 */
static bool is_numbered(const char *name, const char *word)
{
    size_t n = strlen(word);
    return !strncmp(name, word, n) &&
           (!name[n] || (name[n] == '_' && name[n + 1 + strspn(name + n + 1, "0123456789")] == 0));
}

/* Keras's own name for a layer of a class. Nested models have three; Keras 2 called functional ones model. */
static bool is_automatic(const char *name, const char *type)
{
    char class_name[MOST_CLASS];
    bool nested = !strcmp(type, "Sequential");
    return is_numbered(name, rt_snake_name(type, class_name, sizeof class_name)) ||
           (nested && (is_numbered(name, "functional") || is_numbered(name, "model")));
}

/* Names that somebody gave tell which layer is meant. */
void rt_keras_others_add(RtKerasOthers *others, const char *own, const char *type, const char *file)
{
    if (!strcmp(own, file) || is_automatic(file, type) || is_automatic(own, type))
        return;
    if (others->n++ < MOST_SHOWN && others->at < sizeof others->table)
        others->at += rt_show(others->table + others->at, sizeof others->table - others->at,
                              "  %-24.40s %.40s\n", own, file);
}

void rt_keras_others_tell(const RtKerasOthers *others, RtRun *run, const RtModel *m,
                          const char *path)
{
    if (!others->n)
        return;
    rt_warn(run, "'%s' calls layers otherwise than '%s'; they are matched by position:", path,
            m->image->name);
    rt_warn_lines(run, "  model                    file\n");
    rt_warn_lines(run, others->table);
    if (others->n > MOST_SHOWN)
        rt_warn_lines(run, "  ...\n");
}

/* ---- a view by places ---- */

typedef struct Viewing {
    const RtTensorFile *file;
    RtTensor *tensors;
    uint32_t *order; /* of the file's tensors, by name */
    RtKerasOthers *others;
    const char *before[RT_KERAS_MOST_FRONT];
} Viewing;

/* The same place with words replaced, cut to what fits: what other classes and versions call it. */
static void replace(char path[RT_KERAS_PATH + 64], const char *from, const char *to)
{
    char out[RT_KERAS_PATH + 64];
    size_t n = 0, n_from = strlen(from), n_to = strlen(to);
    for (const char *at = path; *at && n + n_to + 1 < sizeof out;) {
        bool found = (at == path || at[-1] == '/') && !strncmp(at, from, n_from) &&
                     (at[n_from] == '/' || at[n_from] == '_');
        memcpy(out + n, found ? to : at, found ? n_to : 1);
        n += found ? n_to : 1;
        at += found ? n_from : 1;
    }
    out[n] = 0;
    memcpy(path, out, n + 1);
}

/* The place of a tensor, or the number of tensors. */
static uint32_t find(const Viewing *v, const char *path)
{
    uint32_t low = 0, high = v->file->n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (strcmp(v->file->tensors[v->order[mid]].name, path) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    bool found = low < v->file->n && !strcmp(v->file->tensors[v->order[low]].name, path);
    return found ? v->order[low] : v->file->n;
}

/* What else a place may be called: nested models may be functional ones; Keras 2.13 had another word for layers. */
static const struct {
    const char *own, *other;
} words[] = {{"sequential", "functional"}, {"layers", "_layer_checkpoint_dependencies"}};
enum { N_WORDS = sizeof words / sizeof *words };

static bool compare_names(void *cx, const ImgLayerRow *row, const char *group)
{
    Viewing *v = cx;
    char key[RT_KERAS_PATH + 64];
    const char *name = NULL;
    snprintf(key, sizeof key, "%s/vars@name", group);
    for (int i = 0; row->params && !name && i <= N_WORDS; i++) {
        name = rt_tensors_meta(v->file, key);
        if (i < N_WORDS)
            replace(key, words[i].own, words[i].other);
    }
    if (name)
        rt_keras_others_add(v->others, row->name, row->type, name);
    return true;
}

/* The tensor at the place of a state takes the state's name. */
static bool name_weight(void *cx, const ImgState *s, const char *path)
{
    const Viewing *v = cx;
    char other[RT_KERAS_PATH + 64];
    snprintf(other, sizeof other, "%s", path);
    uint32_t at = find(v, other);
    for (int i = 0; i < N_WORDS && at == v->file->n; i++) {
        replace(other, words[i].own, words[i].other);
        at = find(v, other);
    }
    if (at < v->file->n)
        v->tensors[at].name = s->name;
    return true;
}

/* The layers that transforms became, class by class. Their weights leave the view. */
static void take_front(Viewing *v, const ImgInstance *m, RtKerasView *out, RtKerasVisitor *visitor)
{
    static const char *const types[] = {"Rescaling", "Normalization", "Reshape"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        for (uint32_t k = 0; visitor->n_before < RT_KERAS_MOST_FRONT; k++) {
            char snake[MOST_CLASS], group[MOST_CLASS + 32], key[MOST_CLASS + 64];
            rt_snake_name(types[i], snake, sizeof snake);
            snprintf(group, sizeof group, k ? "layers/%s_%u" : "layers/%s", snake, k);
            snprintf(key, sizeof key, "%s/vars@name", group);
            const char *name = rt_tensors_meta(v->file, key);
            if (!name || !rt_keras_is_front(m, name))
                break;
            v->before[visitor->n_before++] = types[i];
            for (uint32_t place = 0; place < 3; place++) {
                snprintf(key, sizeof key, "%s/vars/%u", group, place);
                uint32_t at = find(v, key);
                if (at == v->file->n)
                    continue;
                rt_keras_front_note(&out->front, name, place, &v->file->tensors[at]);
                v->tensors[at].name = ""; /* no weight of the model: see split */
            }
        }
    visitor->before = v->before;
}

/* Variables of the optimizer are no weights. */
static void split(const RtTensorFile *file, RtKerasView *out)
{
    static const char own[] = "optimizer/vars/";
    uint32_t n = 0;
    for (uint32_t i = 0; i < file->n; i++) {
        const char *name = file->tensors[i].name;
        size_t place = begins(name, own) ? strtoul(name + strlen(own), NULL, 10) : file->n;
        if (place < file->n)
            out->optimizer[place] = &file->tensors[i];
        if (!begins(name, "optimizer/") && *out->tensors[i].name)
            out->tensors[n++] = out->tensors[i];
    }
    out->file.n = n;
    while (out->n_optimizer < file->n && out->optimizer[out->n_optimizer])
        out->n_optimizer++;
}

static RtStatus place_view(RtRun *run, const RtModel *m, const RtTensorFile *file, const char *path,
                           RtKerasView *out)
{
    Viewing v = {.file = file,
                 .tensors = out->tensors,
                 .order = rt_tensors_order(file),
                 .others = &out->others};
    RtKerasVisitor visitor = {.layer = compare_names, .weight = name_weight, .cx = &v};
    memcpy(out->tensors, file->tensors, file->n * sizeof *out->tensors);
    if (v.order)
        take_front(&v, m->image, out, &visitor);
    bool fine = v.order && rt_keras_visit(m->image, &visitor);
    free(v.order);
    if (!fine)
        return rt_fail(&run->error, "not enough memory to load '%s'", path);
    split(file, out);
    return RT_OK;
}

RtStatus rt_keras_view(RtRun *run, const RtModel *m, const RtTensorFile *file, const char *path,
                       RtKerasView *out)
{
    memset(out, 0, sizeof *out);
    size_t room = (size_t)file->n + m->image->states.n + 1;
    out->tensors = calloc(room, sizeof *out->tensors);
    out->optimizer = calloc(file->n + (size_t)1, sizeof *out->optimizer);
    if (!out->tensors || !out->optimizer)
        return rt_fail(&run->error, "not enough memory to load '%s'", path);
    out->file = *file;
    out->file.store = NULL;
    out->file.tensors = out->tensors;
    out->file.index = (RtNameIndex){.n = 0}; /* that of the file knows other names */
    RtStatus status = rt_keras_legacy_is(file) ? rt_keras_order_view(run, m, file, path, out)
                                               : place_view(run, m, file, path, out);
    if (status == RT_OK)
        status = rt_keras_front_fitted(run, m, path, out);
    return status == RT_OK ? rt_tensors_sort(&out->file, &out->room, &run->error) : status;
}

void rt_keras_view_free(RtKerasView *view)
{
    free(view->tensors);
    rt_tensor_list_free(&view->made);
    free(view->optimizer);
    free(view->room);
    memset(view, 0, sizeof *view);
}
