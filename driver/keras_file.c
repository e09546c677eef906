/* keras_file.c: opens a file that Keras saved and finds the JSON in it: config.json of an archive, two attributes of
 * an HDF5 file. What the JSON means is in ir/keras. */
#include "driver/keras_file.h"

#include <stdlib.h>
#include <string.h>

#include "ir/defs/warnings.h"
#include "ir/keras/json.h"
#include "lexer/lexer.h"
#include "parser/parser.h"
#include "runtime/data/find.h"
#include "runtime/data/input.h"
#include "runtime/data/zip.h"
#include "runtime/files/hdf5/hdf5.h"

typedef struct Opened {
    Session *s;
    const char *path;
    unsigned char *bytes;
    size_t size;
    KerasConfig config; /* in the arena */
    RtError error;
} Opened;

static bool starts(const unsigned char *bytes, size_t n)
{
    return rt_zip_is(bytes, n) || rt_hdf5_is(bytes, n);
}

static RtStatus read_all(Opened *o)
{
    RtInput *in;
    RtStatus status = rt_input_open(o->path, &in, &o->error);
    if (status != RT_OK)
        return status;
    status = rt_input_all(in, starts, &o->bytes, &o->size, &o->error);
    rt_input_close(in);
    return status;
}

/* ---- .keras ---- */

static RtStatus take_member(Opened *o, const RtZip *zip, const RtZipMember *member)
{
    const unsigned char *bytes;
    unsigned char *owned = NULL;
    if (member->size > JSON_MOST_BYTES)
        return rt_fail(&o->error, "'%s' has a config.json of more than 16 MB", o->path);
    RtStatus status = rt_zip_unpack(zip, member, &bytes, &owned, &o->error);
    if (status != RT_OK)
        return status;
    o->config.model = arena_strndup(o->s->arena, (const char *)bytes, (size_t)member->size);
    o->config.model_size = (size_t)member->size;
    free(owned);
    return RT_OK;
}

static RtStatus read_archive(Opened *o)
{
    RtZip zip;
    const RtZipMember *member = NULL;
    RtStatus status = rt_zip_open(o->bytes, o->size, o->path, &zip, &o->error);
    if (status != RT_OK)
        return status;
    for (uint32_t i = 0; i < zip.n && !member; i++)
        if (!strcmp(zip.at[i].name, "config.json"))
            member = &zip.at[i];
    status = member
                 ? take_member(o, &zip, member)
                 : rt_fail(&o->error, "'%s' has no config.json: it is not a model that Keras saved",
                           o->path);
    rt_zip_close(&zip);
    return status;
}

/* ---- .h5 ---- */

static const char *root_text(const Opened *o, const RtH5File *file, const char *name)
{
    for (uint32_t i = 0; i < file->n; i++) {
        const RtH5Item *item = &file->items[i];
        if (item->kind == RT_H5_TEXT && !*item->path && !strcmp(item->name, name))
            return arena_strdup(o->s->arena, item->texts[0]);
    }
    return NULL;
}

static RtStatus read_hdf5(Opened *o)
{
    RtH5File *file;
    if (!rt_hdf5_is_there())
        return rt_fail(&o->error, "this nnlc was built without HDF5, which reads '%s'", o->path);
    RtStatus status = rt_hdf5_parse(o->bytes, o->size, o->path, &file, &o->error);
    if (status != RT_OK)
        return status;
    o->config.model = root_text(o, file, "model_config");
    o->config.training = root_text(o, file, "training_config");
    rt_hdf5_close(file);
    if (!o->config.model)
        return rt_fail(&o->error, "'%s' has no model_config: it holds weights, but no model",
                       o->path);
    o->config.model_size = strlen(o->config.model);
    o->config.training_size = o->config.training ? strlen(o->config.training) : 0;
    return RT_OK;
}

static RtStatus read_config(Opened *o)
{
    RtStatus status = read_all(o);
    if (status != RT_OK)
        return status;
    if (starts(o->bytes, o->size))
        return rt_zip_is(o->bytes, o->size) ? read_archive(o) : read_hdf5(o);
    return rt_fail(&o->error, "'%s' is neither a .keras archive nor an HDF5 file", o->path);
}

/* ---- texts ---- */

static ProbeFault fault_of(const Session *s, const RtError *error)
{
    return (ProbeFault){arena_strdup(s->arena, error->text), arena_strdup(s->arena, error->help)};
}

const Source *keras_file_source(Session *s, const char *path, KerasWarnings *warnings,
                                ProbeFault *fault)
{
    Opened o = {.s = s, .path = path};
    const Source *source = NULL;
    const char *wrong = NULL;
    StrBuf text = {0};
    if (read_config(&o) != RT_OK) {
        *fault = fault_of(s, &o.error);
    } else if (!keras_text(s->arena, &o.config, &text, warnings, &wrong)) {
        *fault = (ProbeFault){arena_shown(s->arena, "'%s': %s", path, wrong), ""};
    } else {
        source = source_add(s->sources, path, text.text, text.n);
        if (!source)
            *fault = (ProbeFault){
                arena_shown(s->arena, "'%s' makes the program larger than 64 MB", path), ""};
    }
    strbuf_close(&text);
    free(o.bytes);
    return source;
}

static const char *find(const Session *s, const char *path, Range from, ProbeFault *fault)
{
    const char *dir[MOST_DIRS];
    const RtDirs dirs = {search_dirs(s, source_of(s->sources, from.begin), dir), dir};
    char *found = NULL;
    RtError error;
    RtStatus status = rt_find_file(&dirs, path, &found, &error);
    if (status == RT_END)
        status = rt_fail_missing(&dirs, path, &error);
    const char *kept = status == RT_OK ? arena_strdup(s->arena, found) : NULL;
    if (!kept)
        *fault = fault_of(s, &error);
    free(found);
    return kept;
}

const struct Ast *keras_file_read(void *session, const char *path, Range from, ProbeFault *fault)
{
    Session *s = session;
    KerasWarnings warnings = {0};
    const char *found = find(s, path, from, fault);
    if (!found)
        return NULL;
    for (size_t i = 0; i < s->models.n; i++)
        if (!strcmp(s->models.at[i].path, found))
            return s->models.at[i].ast;
    const Source *source = keras_file_source(s, found, &warnings, fault);
    if (!source)
        return NULL;
    for (size_t i = 0; i < warnings.n; i++)
        diag_warning(s->diags, from, warning_name(WARNING_keras_file), "'%s': %s", found,
                     warnings.at[i]);
    LexCx lexer = session_lexer(s);
    const struct Ast *ast = parse(&lexer, lex(&lexer, source));
    vec_push(s->arena, &s->models, (ModelFile){found, ast});
    return ast;
}
