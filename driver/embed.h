/* embed.h: --embed-weights: files of weights that become part of a trainer. What they say of their model
 * stands in for data files that are not there. */
#ifndef NNLC_DRIVER_EMBED_H
#define NNLC_DRIVER_EMBED_H

#include "driver/session.h"
#include "runtime/abi/image.h"

/* Reads the files that the command line names. False after errors, which were reported. */
bool embed_open(Session *s);
void embed_close(Session *s);
/* Is one of them an HDF5 file? */
bool embed_has_hdf5(const Session *s);
/* Fills in what a data set whose files are not there is known by; nothing where no file tells, or where they
 * tell different things. */
void embed_facts(const Session *s, DataFacts *facts);
/* Checks the files against the models of the program and puts them into its image. False after errors,
 * which were reported. */
bool embed_put(Session *s, ImgProgram *image);

#endif
