/* npz.c: the source npz, and the members of archives as arrays. */
#include "runtime/data/npz.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/npy.h"
#include "runtime/data/source_internal.h"

/* The header is looked at before memory is taken: the packed bytes may be few. */
RtStatus rt_npz_member(const RtZip *zip, const RtZipMember *member, bool facts_only, RtArray **out,
                       RtError *error)
{
    RtZipLabel label = rt_zip_label(zip, member);
    RtInput *in = NULL;
    RtStatus status = rt_zip_input(member, label.text, &in, error);
    if (status == RT_OK)
        status = rt_npy_parse(in, facts_only, out, error);
    rt_input_close(in);
    return status;
}

/* Without ".npy". */
static RtStatus array_names(const RtZip *zip, RtNames *names, RtError *error)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < zip->n; i++) {
        status = rt_names_add(names, zip->at[i].name, error);
        if (status != RT_OK)
            break;
        char *name = names->at[i];
        if (rt_text_ends(name, ".npy"))
            name[strlen(name) - 4] = 0;
    }
    return status;
}

static RtStatus read_array(const RtReader *r, const RtZip *zip, const RtNames *names,
                           const char *name, bool facts_only, RtArray **out)
{
    int64_t found = rt_names_find(names, name);
    if (found < 0)
        return rt_fail_no_array(zip->path, names, name, r->error);
    for (uint32_t i = (uint32_t)found + 1; i < names->n; i++)
        if (!strcmp(names->at[i], name))
            return rt_fail(r->error, "'%s' is there twice in '%s'", name, zip->path);
    return rt_npz_member(zip, &zip->at[found], facts_only, out, r->error);
}

static RtStatus read_zip(RtReader *r, const unsigned char *bytes, size_t size)
{
    RtZip zip;
    RtNames names = {0, NULL};
    const char *y = rt_source_text(r->source, "y", NULL);
    const char *weights = rt_source_text(r->source, "weights", NULL);
    if (!rt_zip_is(bytes, size))
        return rt_fail(r->error, "'%s' is not an NPZ file", r->out->path);
    RtStatus status = rt_zip_open(bytes, size, r->out->path, &zip, r->error);
    if (status != RT_OK)
        return status;
    status = array_names(&zip, &names, r->error);
    if (status == RT_OK)
        status = read_array(r, &zip, &names, rt_source_text(r->source, "x", "x"), r->facts_only,
                            &r->out->x);
    if (status == RT_OK && y)
        status = read_array(r, &zip, &names, y, false, &r->out->y);
    if (status == RT_OK && weights)
        status = read_array(r, &zip, &names, weights, false, &r->out->weights);
    rt_names_free(&names);
    rt_zip_close(&zip);
    return status;
}

RtStatus rt_read_npz(RtReader *r)
{
    RtInput *in = NULL;
    unsigned char *bytes = NULL;
    size_t size = 0;
    RtStatus status = rt_reader_bytes(r, "path", &in, rt_zip_is, &bytes, &size);
    rt_input_close(in);
    if (status == RT_OK)
        status = read_zip(r, bytes, size);
    free(bytes);
    return status;
}
