/* turns.c: seats for jobs; who has one, and who gets the next. */
#define _GNU_SOURCE /* affinity */
#include "runtime/exec/turns.h"

#include <sched.h>
#include <stddef.h>

#include "runtime/exec/clock.h"

/* Seconds with a seat before another job may have it: a change costs some 0.1 ms, as the caches hold another model then. */
static const double slice = 0.02;

void rt_turns_open(RtTurns *turns, uint32_t seats)
{
    *turns = (RtTurns){.empty = seats};
    pthread_mutex_init(&turns->lock, NULL);
}

void rt_turns_close(RtTurns *turns)
{
    pthread_mutex_destroy(&turns->lock);
}

/* The place in the list of the one that is furthest behind, of equal ones the first that came; NULL: nobody waits. */
static RtTurn **furthest_behind(RtTurns *turns)
{
    RtTurn **best = NULL;
    for (RtTurn **at = &turns->waiting; *at; at = &(*at)->next)
        if (!best || (*at)->done < (*best)->done)
            best = at;
    return best;
}

/* Who gives its seat away will wait at once, so its processor becomes free: the other one wakes up there. Left to the kernel, it
 * would often be put behind a thread that goes on, for milliseconds, with this processor idle. */
static void wake_here(pthread_t thread)
{
    cpu_set_t here;
    int cpu = sched_getcpu();
    if (cpu < 0 || cpu >= CPU_SETSIZE)
        return;
    CPU_ZERO(&here);
    CPU_SET(cpu, &here);
    (void)pthread_setaffinity_np(thread, sizeof here, &here);
}

static void give_seat(RtTurn **to)
{
    RtTurn *t = *to;
    *to = t->next;
    t->has_seat = true;
    wake_here(t->thread);
    pthread_cond_signal(&t->given);
}

/* The lock is held. */
static void wait_seat(RtTurn *turn)
{
    RtTurns *turns = turn->of;
    double start = rt_now();
    cpu_set_t processors;
    bool known = pthread_getaffinity_np(turn->thread, sizeof processors, &processors) == 0;
    RtTurn **last = &turns->waiting;
    while (*last)
        last = &(*last)->next;
    *last = turn;
    turn->next = NULL;
    turn->has_seat = false;
    while (!turn->has_seat)
        pthread_cond_wait(&turn->given, &turns->lock);
    if (known)
        (void)pthread_setaffinity_np(turn->thread, sizeof processors, &processors);
    turn->since = rt_now();
    turn->waited += turn->since - start;
}

void rt_turn_begin(RtTurn *turn, RtTurns *turns)
{
    if (!turn)
        return;
    *turn = (RtTurn){.of = turns, .thread = pthread_self(), .span = 1};
    pthread_cond_init(&turn->given, NULL);
    pthread_mutex_lock(&turns->lock);
    if (turns->empty) {
        turns->empty--;
        turn->since = rt_now();
    } else {
        wait_seat(turn);
    }
    pthread_mutex_unlock(&turns->lock);
}

void rt_turn_end(RtTurn *turn)
{
    RtTurns *turns = turn ? turn->of : NULL;
    if (!turn)
        return;
    pthread_mutex_lock(&turns->lock);
    if (turns->waiting)
        give_seat(furthest_behind(turns));
    else
        turns->empty++;
    pthread_mutex_unlock(&turns->lock);
    pthread_cond_destroy(&turn->given);
}

void rt_turn_part(RtTurn *turn, double begin, double span)
{
    if (!turn)
        return;
    turn->begin = begin;
    turn->span = span;
}

void rt_turn_reach(RtTurn *turn, double done)
{
    if (turn)
        turn->done = turn->begin + turn->span * done;
}

void rt_turn_offer(RtTurn *turn, double now)
{
    if (!turn || now - turn->since < slice)
        return;
    pthread_mutex_lock(&turn->of->lock);
    RtTurn **other = furthest_behind(turn->of);
    if (other && (*other)->done < turn->done) {
        give_seat(other);
        wait_seat(turn);
    } else {
        turn->since = now;
    }
    pthread_mutex_unlock(&turn->of->lock);
}

double rt_turn_now(const RtTurn *turn)
{
    return rt_now() - (turn ? turn->waited : 0);
}
