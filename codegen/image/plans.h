/* plans.h: what columns(...) makes of a table, for the image. */
#ifndef NNLC_CODEGEN_IMAGE_PLANS_H
#define NNLC_CODEGEN_IMAGE_PLANS_H

#include "ir/program/program.h"
#include "runtime/abi/image.h"

/* All but the transforms of the columns. */
ImgPlan plan_image(Arena *arena, const Plan *plan);

#endif
