/* inputs.c: the names in the arguments of sources, and where their files may be. */
#include "runtime/train/inputs.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "runtime/files/place.h"

void rt_input_visit(RtRun *run, const char *beside, const char *name, RtInputVisit *visit, void *cx)
{
    const char *dir[RT_MOST_DIRS];
    char path[PATH_MAX], text[PATH_MAX];
    uint32_t n = rt_run_dirs(run, beside, dir);
    snprintf(text, sizeof text, "%s", name);
    if (strpbrk(text, "*?")) {
        text[strcspn(text, "*?")] = 0;
        char *slash = strrchr(text, '/');
        snprintf(slash ? slash + 1 : text, 2, ".");
    }
    if (*text == '/') {
        (void)visit(cx, text);
        return;
    }
    bool found = false;
    for (uint32_t i = 0; i < n && !found; i++)
        if (dir[i] && snprintf(path, sizeof path, "%s/%s", dir[i], text) < PATH_MAX)
            found = visit(cx, path);
    if (!found)
        (void)visit(cx, text);
}

static void visit_argument(RtRun *run, const char *beside, const ImgArg *a, RtInputVisit *visit,
                           void *cx)
{
    RtValue v = rt_value_none();
    if (a->expr != IMG_NONE && rt_run_value(run, a->expr, &v) == RT_OK && v.kind == VALUE_text &&
        v.text)
        rt_input_visit(run, beside, v.text, visit, cx);
    rt_value_free(&v);
    if (*a->text)
        rt_input_visit(run, beside, a->text, visit, cx);
    for (uint32_t i = 0; i < a->texts.n; i++)
        rt_input_visit(run, beside, a->texts.at[i], visit, cx);
}

void rt_inputs_visit(RtRun *run, RtInputVisit *visit, void *cx)
{
    const ImgProgram *p = run->image;
    for (uint32_t i = 0; i < p->data.n; i++)
        for (uint32_t k = 0; k < p->data.at[i].parts.n; k++) {
            const ImgPart *part = &p->data.at[i].parts.at[k];
            const ImgCall *source = part->source.n ? &part->source.at[0] : NULL;
            for (uint32_t n = 0; source && n < source->args.n; n++)
                visit_argument(run, source->dir, &source->args.at[n], visit, cx);
        }
}

typedef struct Sought {
    const char *path;
    bool is_read;
} Sought;

static bool compare(void *cx, const char *path)
{
    Sought *s = cx;
    struct stat st;
    if (stat(path, &st) != 0)
        return false;
    s->is_read = s->is_read || rt_same_file(path, s->path);
    return true;
}

bool rt_inputs_have(RtRun *run, const char *path)
{
    Sought s = {path, false};
    struct stat st;
    if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
        rt_inputs_visit(run, compare, &s);
    return s.is_read;
}
