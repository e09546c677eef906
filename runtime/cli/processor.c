/* processor.c: features that the levels of x86-64 ask for; other architectures have what they need by
 * definition. CPUID is read here: a compiler's own functions for it would want its library when
 * a trainer is linked, and `nnlc` may find no more than a linker. */
#include "runtime/cli/processor.h"

#include <stddef.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>

/* Registers that the system saves between programs (XCR0, Intel's manual volume 1, 13.3). */
enum { XCR0_AVX = 0x06, XCR0_AVX512 = 0xe6 };

static unsigned saved_registers(void)
{
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE))
        return 0;
    __asm__("xgetbv" : "=a"(a), "=d"(d) : "c"(0));
    return a;
}

typedef struct Feature {
    int level;          /* the first level that has it */
    unsigned leaf, reg; /* of CPUID; reg: 0 EBX, 1 ECX */
    unsigned bit;
    unsigned saved; /* of XCR0 */
    const char *name;
} Feature;

static const Feature features[] = {
    {3, 1, 1, bit_AVX, XCR0_AVX, "AVX"},
    {3, 7, 0, bit_AVX2, XCR0_AVX, "AVX2"},
    {3, 1, 1, bit_FMA, XCR0_AVX, "FMA"},
    {3, 1, 1, bit_F16C, XCR0_AVX, "F16C"},
    {3, 1, 1, bit_MOVBE, 0, "MOVBE"},
    {3, 7, 0, bit_BMI, 0, "BMI1"},
    {3, 7, 0, bit_BMI2, 0, "BMI2"},
    {3, 0x80000001, 1, bit_LZCNT, 0, "LZCNT"},
    {4, 7, 0, bit_AVX512F, XCR0_AVX512, "AVX-512F"},
    {4, 7, 0, bit_AVX512DQ, XCR0_AVX512, "AVX-512DQ"},
    {4, 7, 0, bit_AVX512CD, XCR0_AVX512, "AVX-512CD"},
    {4, 7, 0, bit_AVX512BW, XCR0_AVX512, "AVX-512BW"},
    {4, 7, 0, bit_AVX512VL, XCR0_AVX512, "AVX-512VL"},
};

const char *rt_processor_lacks(const char *cpu)
{
    int level = !strcmp(cpu, "x86-64-v4") ? 4 : !strncmp(cpu, "x86-64-v", 8) ? 3 : 0;
    unsigned saved = saved_registers();
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        const Feature *f = &features[i];
        unsigned a, r[2], d;
        if (f->level > level)
            continue;
        if (!__get_cpuid_count(f->leaf, 0, &a, &r[0], &r[1], &d) || !(r[f->reg] & f->bit) ||
            (saved & f->saved) != f->saved)
            return f->name;
    }
    return NULL;
}
#else
const char *rt_processor_lacks(const char *cpu)
{
    (void)cpu;
    return NULL;
}
#endif
