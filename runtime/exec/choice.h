/* choice.h: whether the steps of an entry run with all threads of the pool or with one, by how long they
 * took. No clock and no threads here: the caller times the steps. */
#ifndef NNLC_RUNTIME_EXEC_CHOICE_H
#define NNLC_RUNTIME_EXEC_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

enum { RT_TRIAL = 7 };

/* Zeros at the start. Kinds: 0 with one thread, 1 with all of them. */
typedef struct RtChoice {
    bool all;             /* the kind that was chosen */
    bool trying;          /* the other kind is tried */
    unsigned n;           /* steps of the window or the trial ... */
    int64_t ns[RT_TRIAL]; /* ... and what they took */
    int64_t usual[2];     /* median of the last window of each kind; 0: not known */
    unsigned steps;       /* since the last trial ... */
    int64_t spent;        /* ... and what they took */
    int64_t lost;         /* by the last trial, against steps of the kind that was chosen */
} RtChoice;

/* The kind of the next step: with all threads? */
bool rt_choice_all(const RtChoice *c);
/* The next step took so long. */
void rt_choice_took(RtChoice *c, int64_t ns);

#endif
