/* layer_names.c: from names of classes to names of layers. */
#include "runtime/abi/layer_names.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>

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

char *rt_input_name_of(const char *class_name, uint32_t number, char *buf, size_t size)
{
    char snake[64];
    rt_snake_name(class_name, snake, sizeof snake);
    if (number)
        snprintf(buf, size, "input_%s_%u", snake, number);
    else
        snprintf(buf, size, "input_%s", snake);
    return buf;
}
