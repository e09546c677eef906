/* facts.h: what is known of the values of a graph before it runs. A missing fact costs a guard in a
 * gradient (rules.c), never a wrong result. A NaN contradicts no fact but FACT_tame. */
#ifndef NNLC_IR_GRAD_FACTS_H
#define NNLC_IR_GRAD_FACTS_H

#include "ir/graph/graph.h"

typedef enum {
    FACT_not_negative = 1, /* x >= 0 */
    FACT_away = 2,         /* |x| >= a number that is not tiny */
    FACT_bounded = 4,      /* x <= a number */
    FACT_tame = 8          /* a finite number, as long as inputs and states are of ordinary size */
} Fact;

/* The facts of every node, by id. */
uint8_t *facts_of(Arena *arena, const Graph *g);
/* The number that a constant holds everywhere; false if it is no such constant of floats. */
bool const_number(const Node *n, double *value);

#endif
