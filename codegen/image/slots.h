/* slots.h: what the image says of the slots of a compile. */
#ifndef NNLC_CODEGEN_IMAGE_SLOTS_H
#define NNLC_CODEGEN_IMAGE_SLOTS_H

#include "codegen/image/image_make.h"

/* Fills starts and averages of the command. `plan`: of its instance. */
void image_slots(Arena *arena, const ImageInput *in, const Compile *compile, const StatePlan *plan,
                 ImgCommand *out);

#endif
