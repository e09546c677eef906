/* turns.h: more jobs than threads may run. A job has a thread of its own, but goes on only while it has one of the seats. Where
 * another waits that is further behind, it gives the seat away now and then: so all end at about the same time, and no seat is
 * empty while there is work left. */
#ifndef NNLC_RUNTIME_EXEC_TURNS_H
#define NNLC_RUNTIME_EXEC_TURNS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct RtTurns RtTurns;

/* Of one job. Functions take NULL for a job that never waits. */
typedef struct RtTurn {
    RtTurns *of;
    struct RtTurn *next; /* of those that wait */
    pthread_t thread;
    pthread_cond_t given;
    bool has_seat;
    double done;        /* of its work, from 0 to 1 */
    double begin, span; /* what it does now: this part of its work */
    double since;       /* it has the seat, in seconds */
    double waited;      /* for a seat, all in all */
} RtTurn;

struct RtTurns {
    pthread_mutex_t lock;
    uint32_t empty; /* seats */
    RtTurn *waiting;
};

void rt_turns_open(RtTurns *turns, uint32_t seats);
void rt_turns_close(RtTurns *turns);

/* Waits for a seat; none of the work is done. */
void rt_turn_begin(RtTurn *turn, RtTurns *turns);
void rt_turn_end(RtTurn *turn);
/* What comes now is this part of its work. */
void rt_turn_part(RtTurn *turn, double begin, double span);
/* `done`: of the part, from 0 to 1. */
void rt_turn_reach(RtTurn *turn, double done);
/* Another job may go on here. */
void rt_turn_offer(RtTurn *turn, double now);
/* The clock of a job: it stands still while the job waits. */
double rt_turn_now(const RtTurn *turn);

#endif
