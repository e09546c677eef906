/* layer_names.h: names of layers that nobody named. */
#ifndef NNLC_RUNTIME_ABI_LAYER_NAMES_H
#define NNLC_RUNTIME_ABI_LAYER_NAMES_H

#include <stddef.h>

/* Keras's name of a class, cut to what fits: LeakyReLU gives leaky_re_lu, Conv2D conv2d. Returns buf. */
char *rt_snake_name(const char *class_name, char *buf, size_t size);

#endif
