/* layer_names.h: names of layers that nobody named. */
#ifndef NNLC_RUNTIME_ABI_LAYER_NAMES_H
#define NNLC_RUNTIME_ABI_LAYER_NAMES_H

#include <stddef.h>
#include <stdint.h>

/* Keras's name of a class, cut to what fits: LeakyReLU gives leaky_re_lu, Conv2D conv2d. Returns buf. */
char *rt_snake_name(const char *class_name, char *buf, size_t size);
/* The name of a layer that stands for a transform, `number` of its class being in front of it: "input_rescaling",
 * "input_rescaling_1". Returns buf. */
char *rt_input_name_of(const char *class_name, uint32_t number, char *buf, size_t size);

#endif
