/* layer_names.c: from names of classes to names of layers. */
#include "runtime/abi/layer_names.h"

#include <ctype.h>
#include <stdbool.h>

char *rt_snake_name(const char *class_name, char *buf, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; class_name[i] && n + 2 < size; i++) {
        unsigned char c = (unsigned char)class_name[i], next = (unsigned char)class_name[i + 1];
        bool after_lower = i && islower((unsigned char)class_name[i - 1]);
        if (isupper(c) && i && (islower(next) || after_lower))
            buf[n++] = '_';
        buf[n++] = (char)tolower(c);
    }
    buf[n] = 0;
    return buf;
}
