/* image_make.h: Program + entries + plans -> the command image (runtime/abi/image.def). */
#ifndef NNLC_CODEGEN_IMAGE_IMAGE_MAKE_H
#define NNLC_CODEGEN_IMAGE_IMAGE_MAKE_H

#include "codegen/plan/plan.h"
#include "ir/layers/build.h"
#include "runtime/abi/image.h"

/* One graph of the program and what it became; the index in the list is the entry's number. */
typedef struct ProgramEntry {
    BuildRequest request;
    BuildResult built;
    const char *name;                   /* "net.train.32" */
    int64_t arena_bytes, scratch_bytes; /* of its plan */
} ProgramEntry;

typedef struct ImageInput {
    const Program *program;
    const ProgramEntry *entries;
    size_t n_entries;
    StatePlan *const *states; /* per instance of the program */
    const char *compiler;     /* "nnlc 0.1.0" */
    const SourceMap *sources; /* for lines */
    const Source *main;
    /* The absolute folder of a text, where its data files are looked for; "": not recorded. */
    const char *(*folder)(void *cx, const Source *source);
    void *folder_cx;
} ImageInput;

/* The graphs that a command needs, at most one for each use. */
typedef struct CommandGraphs {
    uint32_t n;
    BuildRequest at[N_USES];
} CommandGraphs;

CommandGraphs command_graphs(const Program *p, const Command *c);
/* The entry that was made for it, or IMG_NONE. */
uint32_t entry_find(const ProgramEntry *entries, size_t n, const BuildRequest *want);

ImgProgram *image_make(Arena *arena, const ImageInput *in);

#endif
