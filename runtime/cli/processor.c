/* processor.c: features that the levels of x86-64 ask for; other architectures have what they need by
 * definition. */
#include "runtime/cli/processor.h"

#include <stddef.h>
#include <string.h>

#if defined(__x86_64__)
static const char *lacks_v3(void)
{
    return !__builtin_cpu_supports("avx2")   ? "AVX2"
           : !__builtin_cpu_supports("fma")  ? "FMA"
           : !__builtin_cpu_supports("bmi2") ? "BMI2"
                                             : NULL;
}

static const char *lacks_v4(void)
{
    return !__builtin_cpu_supports("avx512f")    ? "AVX-512F"
           : !__builtin_cpu_supports("avx512dq") ? "AVX-512DQ"
           : !__builtin_cpu_supports("avx512bw") ? "AVX-512BW"
           : !__builtin_cpu_supports("avx512vl") ? "AVX-512VL"
                                                 : NULL;
}

const char *rt_processor_lacks(const char *cpu)
{
    const char *missing = !strncmp(cpu, "x86-64-v", 8) ? lacks_v3() : NULL;
    if (!missing && !strcmp(cpu, "x86-64-v4"))
        missing = lacks_v4();
    return missing;
}
#else
const char *rt_processor_lacks(const char *cpu)
{
    (void)cpu;
    return NULL;
}
#endif
