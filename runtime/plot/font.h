/* font.h: characters of a text, and how wide they are in the font of the pictures, DejaVu Sans. */
#ifndef NNLC_RUNTIME_PLOT_FONT_H
#define NNLC_RUNTIME_PLOT_FONT_H

#include <stddef.h>
#include <stdint.h>

/* The next character of a UTF-8 text, and moves on; 0: its end. What is no UTF-8, and control characters, which no
 * format shows, are U+FFFD. */
uint32_t rt_font_next(const char **text);
/* Width of a text in a font of size 1. */
double rt_font_width(const char *text);
/* Writes a character as UTF-8 and returns how many bytes that are, at most 4. */
size_t rt_font_put(uint32_t character, char *out);
/* A text that is valid UTF-8, in malloc memory; NULL: there is none. */
char *rt_font_valid(const char *text);

#endif
