/* sandbox.h: a process that can open no files but those it names first (Landlock of Linux). It holds for the thread that
 * enters it, and for all threads and processes that this one starts later. */
#ifndef NNLC_RUNTIME_FILES_SANDBOX_H
#define NNLC_RUNTIME_FILES_SANDBOX_H

#include <stdint.h>

#include "runtime/abi/status.h"

typedef struct RtSandbox {
    int rules;
    uint64_t handled;
} RtSandbox;

/* Without rules: nothing can be opened. An error where the kernel has no Landlock. */
RtStatus rt_sandbox_open(RtSandbox *s, RtError *error) RT_MUST_USE;
/* The file, or the folder with all that lies in it; nothing if there is none. */
void rt_sandbox_reads(RtSandbox *s, const char *path);
/* As rt_sandbox_reads, and programs there may be started. */
void rt_sandbox_runs(RtSandbox *s, const char *path);
/* Files beside this one, too: it is written under another name first. Of a folder that is still to be made, the nearest
 * one above it. */
void rt_sandbox_writes(RtSandbox *s, const char *path);
/* From now on. Closes the rules, also after an error. */
RtStatus rt_sandbox_enter(RtSandbox *s, RtError *error) RT_MUST_USE;

#endif
