/* machine.c: which processors we know: vector width, registers, and what LLVM calls them. */
#include <llvm-c/ErrorHandling.h>
#include <llvm-c/TargetMachine.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codegen/target/level.h"
#include "codegen/target/target.h"
#include "runtime/abi/shown.h"
#include "support/bug.h"

typedef struct Cpu {
    const char *arch; /* prefix of the triple */
    const char *name; /* as --mcpu takes it */
    const char *llvm;
    const char *features;
    int32_t vector_bits, registers;
} Cpu;

static const Cpu cpus[] = {
    {"x86_64", "x86-64-v3", "x86-64-v3", "", 256, 16},
    {"x86_64", "x86-64-v4", "x86-64-v4", "", 512, 32},
    {"aarch64", "generic", "generic", "+neon", 128, 32},
    {"aarch64", "cortex-a72", "cortex-a72", "", 128, 32},
};
enum { N_CPUS = sizeof cpus / sizeof *cpus };

static bool arch_matches(const char *triple, const char *arch)
{
    size_t n = strlen(arch);
    return !strncmp(triple, arch, n) && (triple[n] == '-' || !triple[n]);
}

const char *machine_cpus(const char *triple)
{
    if (arch_matches(triple, "x86_64"))
        return "native, x86-64-v3, x86-64-v4, or a name that LLVM knows, such as skylake or znver3";
    return arch_matches(triple, "aarch64") ? "native, generic, cortex-a72" : "";
}

static void on_fatal(const char *reason)
{
    fflush(stdout);
    rt_print(stderr, "nnlc: error: LLVM: %s\n", reason);
    exit(1);
}

void llvm_guard(void)
{
    LLVMInstallFatalErrorHandler(on_fatal);
}

/* LLVM gives NULL where memory is short. */
static char *checked(char *text)
{
    if (!text)
        nnl_no_memory(0);
    return text;
}

static const char *host_triple(Arena *arena)
{
    char *t = checked(LLVMGetDefaultTargetTriple());
    const char *kept = arena_strdup(arena, t);
    LLVMDisposeMessage(t);
    return kept;
}

static bool has_feature(const char *features, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = features; (p = strstr(p, name)); p += n)
        if ((p == features || p[-1] == ',') && (!p[n] || p[n] == ','))
            return true;
    return false;
}

/* The widest of our rows that this machine can run. */
static const Cpu *host_cpu(const char *triple)
{
    char *features = checked(LLVMGetHostCPUFeatures());
    const Cpu *found = NULL;
    bool avx2 = has_feature(features, "+avx2") && has_feature(features, "+fma");
    bool avx512 = avx2 && has_feature(features, "+avx512f") && has_feature(features, "+avx512bw") &&
                  has_feature(features, "+avx512dq") && has_feature(features, "+avx512vl");
    LLVMDisposeMessage(features);
    for (size_t i = 0; i < N_CPUS && !found; i++) {
        if (!arch_matches(triple, cpus[i].arch))
            continue;
        bool is_x86 = arch_matches(triple, "x86_64");
        if (!is_x86 || (cpus[i].vector_bits == 512 ? avx512 : avx2 && !avx512))
            found = &cpus[i];
    }
    return found;
}

static void set_machine(Machine *m, const Cpu *cpu, const char *triple, int level)
{
    m->target = (Target){cpu->name, cpu->vector_bits, cpu->registers};
    m->triple = triple;
    m->cpu = cpu->llvm;
    m->features = cpu->features;
    m->needs = cpu->name;
    m->level = level;
}

/* A processor that LLVM knows: code for its level of x86-64, so that the check when a trainer starts holds,
 * in the order that suits the processor. */
static bool set_named(Arena *arena, Machine *m, const char *cpu, const char *triple, int level,
                      const char **message)
{
    CpuLevel found = *cpu ? cpu_level(arena, triple, cpu) : LEVEL_unknown;
    if (found == LEVEL_unknown) {
        *message = arena_shown(arena, "unknown processor '%s' for '%s': one of %s", cpu, triple,
                               machine_cpus(triple));
        return false;
    }
    if (found == LEVEL_low) {
        *message =
            arena_shown(arena, "the processor '%s' has no AVX2 and FMA, which nnlc needs", cpu);
        return false;
    }
    set_machine(m, &cpus[found == LEVEL_v4 ? 1 : 0], triple, level); /* the first two rows */
    m->target.name = m->tune = cpu;
    return true;
}

const Machine *machine_find(Arena *arena, const char *triple, const char *cpu, int level,
                            const char **message)
{
    Machine *m = ARENA_NEW(arena, Machine);
    const char *host = host_triple(arena);
    if (!triple)
        triple = host;
    if (!*machine_cpus(triple)) {
        *message = arena_shown(arena, "unknown target '%s': nnlc knows x86_64 and aarch64", triple);
        return NULL;
    }
    if (cpu && !strcmp(cpu, "native")) {
        const Cpu *c = arch_matches(host, arch_matches(triple, "x86_64") ? "x86_64" : "aarch64")
                           ? host_cpu(triple)
                           : NULL;
        if (!c) {
            *message = arena_shown(arena,
                                   "--mcpu=native: this machine has no fused multiply-add "
                                   "vectors that nnlc knows for '%s'",
                                   triple);
            return NULL;
        }
        set_machine(m, c, triple, level);
        return m;
    }
    for (size_t i = 0; i < N_CPUS; i++)
        if (arch_matches(triple, cpus[i].arch) && (!cpu || !strcmp(cpus[i].name, cpu))) {
            set_machine(m, &cpus[i], triple, level);
            return m;
        }
    if (arch_matches(triple, "x86_64"))
        return set_named(arena, m, cpu, triple, level, message) ? m : NULL;
    *message = arena_shown(arena, "unknown processor '%s' for '%s': one of %s", cpu, triple,
                           machine_cpus(triple));
    return NULL;
}

/* Is part `n` of two triples ARCH-VENDOR-SYSTEM-ENVIRONMENT the same? */
static bool same_part(const char *a, const char *b, int n)
{
    for (; n > 0; n--) {
        a += strcspn(a, "-") + (a[strcspn(a, "-")] == '-');
        b += strcspn(b, "-") + (b[strcspn(b, "-")] == '-');
    }
    size_t length = strcspn(a, "-");
    return length == strcspn(b, "-") && !strncmp(a, b, length);
}

bool machine_is_host(const Machine *m)
{
    char *t = checked(LLVMGetDefaultTargetTriple());
    char *host = checked(LLVMNormalizeTargetTriple(t)),
         *other = checked(LLVMNormalizeTargetTriple(m->triple));
    bool same = same_part(host, other, 0) && same_part(host, other, 2);
    LLVMDisposeMessage(other);
    LLVMDisposeMessage(host);
    LLVMDisposeMessage(t);
    return same;
}

const char *llvm_version(char *buf, size_t size)
{
    unsigned major, minor, patch;
    LLVMGetVersion(&major, &minor, &patch);
    snprintf(buf, size, "%u.%u.%u", major, minor, patch);
    return buf;
}
