/* commas.c: groups of three digits. */
#include "runtime/abi/commas.h"

#include <stdio.h>

const char *rt_commas(int64_t n, char *text)
{
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n), at = 0;
    for (int i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0 && digits[i - 1] != '-')
            text[at++] = ',';
        text[at++] = digits[i];
    }
    text[at] = 0;
    return text;
}
