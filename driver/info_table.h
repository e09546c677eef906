/* info_table.h: what nnlc info shows: lines about the file, and a table of layers and the tensors in them. */
#ifndef NNLC_DRIVER_INFO_TABLE_H
#define NNLC_DRIVER_INFO_TABLE_H

#include "runtime/files/tensors.h"
#include "support/arena.h"
#include "support/vec.h"

typedef struct InfoRow {
    uint32_t depth;
    const char *label;
    const RtTensor *tensor; /* NULL: a layer, or another part of the file */
} InfoRow;

typedef struct InfoLine {
    const char *key, *text;
} InfoLine;

typedef struct InfoTable {
    Arena *arena; /* of all texts */
    Vec(InfoLine) lines;
    Vec(InfoRow) rows;
} InfoTable;

void info_add_line(InfoTable *t, const char *key, const char *text);

void info_add(InfoTable *t, uint32_t depth, const char *label, const RtTensor *tensor);
/* "NAME (CLASS)" */
void info_add_layer(InfoTable *t, uint32_t depth, const char *name, const char *class_name);
/* `width`: of the terminal; 0: nothing is cut or broken. */
void info_show(InfoTable *t, int width);

#endif
