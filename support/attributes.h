/* attributes.h: compiler attributes behind macros, and the check for our own mistakes. */
#ifndef NNLC_SUPPORT_ATTRIBUTES_H
#define NNLC_SUPPORT_ATTRIBUTES_H

#if defined(__GNUC__)
#define NNLC_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define NNLC_NORETURN __attribute__((noreturn))
#define NNLC_UNUSED __attribute__((unused))
#define NNLC_MUST_USE __attribute__((warn_unused_result))
#define NNLC_PACKED __attribute__((packed))
#else
#define NNLC_PRINTF(fmt, first)
#define NNLC_NORETURN
#define NNLC_UNUSED
#define NNLC_MUST_USE
#endif

#endif
