/* sweep.h: the points of a sweep: what is varied, and the choices that are tried. */
#ifndef NNLC_IR_PROGRAM_SWEEP_H
#define NNLC_IR_PROGRAM_SWEEP_H

#include "ir/program/command_internal.h"

/* What a key of `over` names. */
typedef enum {
    OVER_model,   /* an argument of the model */
    OVER_rate,    /* learning_rate of the optimizer */
    OVER_compile, /* a setting of compile */
    OVER_fit      /* a setting of fit */
} OverKind;

/* A key of `over`. */
typedef struct Axis {
    const char *name; /* interned */
    OverKind kind;
    Range range;
    uint32_t n; /* its values; 0: numbers of `between` */
    const Value *values;
    bool whole, log; /* between: integers, equal ratios */
    double low, high;
} Axis;

typedef struct SweepPlan {
    uint32_t n_axes, n_points;
    const Axis *axes;
    const Value *values;  /* [n_points][n_axes] */
    Instance **instances; /* of each point */
    bool has_folds, refit;
} SweepPlan;

/* The points that `over` and `samples` ask for; false after errors. */
bool sweep_points(Run *r, SweepPlan *plan);
/* A value as tables show it. */
const char *sweep_text(Elab *e, const Value *v);
/* One point's commands behind the others; false after errors. */
bool sweep_point(Run *r, SweepPlan *plan, uint32_t point, EventLines *lines);
/* The fit or cross_validate of a point; NULL: there is none. */
const Command *sweep_training(const Elab *e, const EventLines *lines);

#endif
