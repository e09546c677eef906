/* template.h: texts with fields, "{:.4f} after {} epochs", with Python's rules for numbers and texts.
 *
 * A template is read piece by piece: stretches of text, and fields {NAME:SPEC} with
 *     SPEC = [[fill]align][sign][0][width][,][.precision][type]
 * `{{` and `}}` are braces. What names mean is the caller's: "" and positions in format(), "epoch" in the
 * pattern of a file. Nothing here allocates. */
#ifndef NNLC_RUNTIME_ABI_TEMPLATE_H
#define NNLC_RUNTIME_ABI_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/abi/status.h"

enum { RT_SPEC_MOST = 1000 }; /* the largest width and precision */

typedef struct RtSpec {
    char fill[5];     /* one character in UTF-8; "": a space */
    char align, sign; /* < > ^ = and + - space; 0: not given */
    char type;        /* d e f g % s E F G; 0: not given */
    bool zero;        /* 0 before the width: zeros between sign and digits */
    bool comma;       /* between thousands */
    int width;        /* 0: not given */
    int precision;    /* -1: not given */
} RtSpec;

typedef struct RtPiece {
    bool is_field;
    const char *text; /* of the template; of a field its name */
    size_t n;
    size_t begin, end; /* its bytes in the template, a field's braces included */
    RtSpec spec;
} RtPiece;

/* Where a template is wrong, in bytes, and why. */
typedef struct RtTemplateFault {
    size_t begin, end;
    RtError error;
} RtTemplateFault;

/* The piece that begins at *at, which moves behind it; start at 0. RT_END: there is none. */
RtStatus rt_template_next(const char *text, size_t *at, RtPiece *out, RtTemplateFault *fault);
/* Which value a field of format() takes: its number, or that behind the field before, counted in *next. False: it
 * has another name. */
bool rt_piece_position(const RtPiece *field, uint32_t *next, uint32_t *out);
/* A spec by itself, without the colon. */
RtStatus rt_spec_parse(const char *text, size_t n, RtSpec *out, RtTemplateFault *fault);

/* What a field shows, as far as it is known. */
typedef enum { RT_SHOWS_integer, RT_SHOWS_float, RT_SHOWS_number, RT_SHOWS_text } RtShows;

/* Can the spec show it? If not, the error says why. */
RtStatus rt_spec_check(const RtSpec *spec, RtShows what, RtError *error);

/* A value by a spec that fits it, cut to `size` bytes with its NUL; how many bytes all of it has without that.
 * The text is UTF-8. */
size_t rt_spec_float(const RtSpec *spec, double x, char *out, size_t size);
size_t rt_spec_integer(const RtSpec *spec, int64_t x, char *out, size_t size);
size_t rt_spec_text(const RtSpec *spec, const char *text, char *out, size_t size);

#endif
