/* picture.h: what the commands plot and show have in common: texts that the run gives, and where pictures go. */
#ifndef NNLC_RUNTIME_COMMANDS_PICTURE_H
#define NNLC_RUNTIME_COMMANDS_PICTURE_H

#include "runtime/plot/figure.h"
#include "runtime/train/run.h"

/* Texts of a picture; NULL and empty lists: none. */
typedef struct RtCaptions {
    char *title, *x_label, *y_label;
    RtNames labels, names;
} RtCaptions;

/* The settings of the command that are texts. Free them in any case. */
RtStatus rt_captions_take(RtRun *run, const ImgCommand *c, RtCaptions *out);
void rt_captions_free(RtCaptions *t);
/* A list of texts or numbers as names, added to `out`. */
RtStatus rt_names_of(RtRun *run, const RtValue *v, RtNames *out);
/* The word of a setting that is a choice; "": none. */
const char *rt_setting_word(const ImgCommand *c, const char *name);
/* Is the axis ("x", "y") to be logarithmic? How much are lines smoothed? */
bool rt_plot_has_log(const ImgCommand *c, const char *axis);
double rt_plot_smooth(const ImgCommand *c);
/* To the file of the command, or to the terminal. */
RtStatus rt_picture_put(RtRun *run, const ImgCommand *c, const RtFigure *figure);

/* ---- plot_runs.c ---- */
/* Panels of the metrics of whole runs. */
RtStatus rt_plot_runs(RtRun *run, const ImgCommand *c, const RtCaptions *t);
/* ---- plot_network.c ---- */
/* The layers of a model. */
RtStatus rt_plot_network(RtRun *run, const ImgCommand *c, const RtCaptions *t);

#endif
