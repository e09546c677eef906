/* status.h: how the runtime's functions say that a run goes wrong.
 *
 * A function that can fail returns an RtStatus, which must be looked at, and puts what happened into
 * an RtError of the caller: path, row, epoch, found and expected. RT_END closes a sequence and is no
 * failure. Only rt_main prints errors and picks exit codes. */
#ifndef NNLC_RUNTIME_ABI_STATUS_H
#define NNLC_RUNTIME_ABI_STATUS_H

#if defined(__GNUC__)
#define RT_MUST_USE __attribute__((warn_unused_result))
#define RT_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#else
#define RT_MUST_USE
#define RT_PRINTF(fmt, first)
#endif

typedef enum { RT_OK, RT_END, RT_ERROR } RtStatus;

typedef struct RtError {
    char text[1024], help[1024]; /* help: what to do about it; "" for none */
} RtError;

/* Writes the message, without help (of long texts in it the middle is left out, so that it fits), and returns RT_ERROR. Texts in it are as shown (shown.h). */
RtStatus rt_fail(RtError *error, const char *format, ...) RT_PRINTF(2, 3);
/* Goes on with the message that was just written. */
void rt_fail_more(RtError *error, const char *format, ...) RT_PRINTF(2, 3);
/* Adds the help to the message that was just written. */
void rt_fail_help(RtError *error, const char *format, ...) RT_PRINTF(2, 3);
#ifdef __clang_analyzer__ /* shows it that a failure is never RT_OK */
#define rt_fail(...) RT_ERROR
#endif

#endif
