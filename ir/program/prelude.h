/* prelude.h: ir/program/prelude.nn, as CMake puts it into the compiler. */
#ifndef NNLC_IR_PROGRAM_PRELUDE_H
#define NNLC_IR_PROGRAM_PRELUDE_H

/* What it is called in messages. */
#define PRELUDE_NAME "prelude.nn"
extern const char prelude_text[];

#endif
