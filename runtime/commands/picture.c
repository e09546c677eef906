/* picture.c: texts of pictures as values of the run, and where pictures go. */
#include "runtime/commands/picture.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/store.h"

static RtStatus no_room(RtRun *run)
{
    return rt_fail(&run->error, "not enough memory for a picture");
}

/* Takes the text, which may be NULL. */
static RtStatus add_name(RtRun *run, RtNames *list, char *text)
{
    RtStatus status = text ? rt_names_add(list, text, &run->error) : no_room(run);
    free(text);
    return status;
}

RtStatus rt_names_of(RtRun *run, const RtValue *v, RtNames *out)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < v->n_items && status == RT_OK; i++)
        status = add_name(run, out, rt_value_show(&v->items[i]));
    for (int64_t i = 0; v->data && i < rt_value_count(v) && status == RT_OK; i++) {
        RtValue one = rt_value_number(v->data[i], v->is_int);
        status = add_name(run, out, rt_value_show(&one));
    }
    return status;
}

/* The value of a setting; none where it is not given. */
static RtStatus take(RtRun *run, const ImgCommand *c, const char *name, RtValue *out)
{
    const ImgArg *a = rt_setting(c, name);
    *out = rt_value_none();
    return a && a->expr != IMG_NONE ? rt_run_value(run, a->expr, out) : RT_OK;
}

static RtStatus take_text(RtRun *run, const ImgCommand *c, const char *name, char **out)
{
    RtValue v;
    RtStatus status = take(run, c, name, &v);
    if (status != RT_OK || v.kind == VALUE_none)
        return status;
    *out = rt_value_show(&v);
    rt_value_free(&v);
    return *out ? RT_OK : no_room(run);
}

static RtStatus take_names(RtRun *run, const ImgCommand *c, const char *name, RtNames *out)
{
    RtValue v;
    RtStatus status = take(run, c, name, &v);
    if (status != RT_OK || v.kind == VALUE_none)
        return status;
    status = rt_names_of(run, &v, out);
    rt_value_free(&v);
    return status;
}

RtStatus rt_captions_take(RtRun *run, const ImgCommand *c, RtCaptions *out)
{
    RtStatus status = take_text(run, c, "title", &out->title);
    if (status == RT_OK)
        status = take_text(run, c, "x_label", &out->x_label);
    if (status == RT_OK)
        status = take_text(run, c, "y_label", &out->y_label);
    if (status == RT_OK)
        status = take_names(run, c, "labels", &out->labels);
    return status == RT_OK ? take_names(run, c, "names", &out->names) : status;
}

void rt_captions_free(RtCaptions *t)
{
    free(t->title);
    free(t->x_label);
    free(t->y_label);
    rt_names_free(&t->labels);
    rt_names_free(&t->names);
}

const char *rt_setting_word(const ImgCommand *c, const char *name)
{
    const ImgArg *a = rt_setting(c, name);
    return a && !a->none ? a->text : "";
}

bool rt_plot_has_log(const ImgCommand *c, const char *axis)
{
    const char *log = rt_setting_word(c, "log");
    return !strcmp(log, axis) || !strcmp(log, "both");
}

double rt_plot_smooth(const ImgCommand *c)
{
    const ImgArg *a = rt_setting(c, "smooth");
    return a ? a->f : 0;
}

RtStatus rt_picture_put(RtRun *run, const ImgCommand *c, const RtFigure *figure)
{
    if (!*c->path && c->path_expr == IMG_NONE)
        return rt_figure_print(figure, run->out, &run->error);
    char *path = rt_run_path(run, c), *full = path ? rt_run_out_path(run, path) : NULL;
    RtStatus status = full ? rt_figure_write(figure, full, &run->error) : RT_ERROR;
    free(path);
    free(full);
    return status;
}
