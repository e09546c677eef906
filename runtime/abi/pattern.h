/* pattern.h: the path of files that a training writes: a template with the fields epoch, batch and figures. */
#ifndef NNLC_RUNTIME_ABI_PATTERN_H
#define NNLC_RUNTIME_ABI_PATTERN_H

#include "runtime/abi/template.h"

enum { RT_PATTERN_NAME = 256 }; /* bytes of the longest name of a field */

typedef struct RtPatternFields {
    bool has_batch; /* beside epoch, which always is one */
    uint32_t n;
    const char *const *figures;
} RtPatternFields;

/* Are all fields known, and can their specs show the values? *has_field: there is one. */
RtStatus rt_pattern_check(const char *pattern, const RtPatternFields *fields, bool *has_field,
                          RtTemplateFault *fault) RT_MUST_USE;

#endif
