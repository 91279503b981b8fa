/* What the kernel needs of a CPU (x86-64-v3, as compiled code uses it), and switching it on. */
#include "kernel/arch/x86_64/cpu.h"

#include "base/format.h"
#include "kernel/arch/x86_64/x86.h"

uint32_t cpu_features;
uint32_t xstate_bytes; /* of an XSAVE area, read by entry.S; 0: not enabled yet */

enum cpuid_register { EAX, EBX, ECX, EDX };

struct feature_row {
    uint32_t leaf;
    uint8_t reg, bit;
    const char *name;  /* needed features only */
    uint32_t optional; /* enum cpu_feature_bit, else 0 */
};

static const struct feature_row feature_rows[] = {
    {1, EDX, 0, "FPU", 0},           {1, EDX, 4, "TSC", 0},
    {1, EDX, 5, "MSR", 0},           {1, EDX, 6, "PAE", 0},
    {1, EDX, 8, "CX8", 0},           {1, EDX, 9, "APIC", 0},
    {1, EDX, 13, "PGE", 0},          {1, EDX, 15, "CMOV", 0},
    {1, EDX, 16, "PAT", 0},          {1, EDX, 24, "FXSR", 0},
    {1, EDX, 25, "SSE", 0},          {1, EDX, 26, "SSE2", 0},
    {1, ECX, 0, "SSE3", 0},          {1, ECX, 9, "SSSE3", 0},
    {1, ECX, 12, "FMA", 0},          {1, ECX, 13, "CX16", 0},
    {1, ECX, 19, "SSE4.1", 0},       {1, ECX, 20, "SSE4.2", 0},
    {1, ECX, 22, "MOVBE", 0},        {1, ECX, 23, "POPCNT", 0},
    {1, ECX, 26, "XSAVE", 0},        {1, ECX, 28, "AVX", 0},
    {1, ECX, 29, "F16C", 0},         {7, EBX, 3, "BMI1", 0},
    {7, EBX, 5, "AVX2", 0},          {7, EBX, 8, "BMI2", 0},
    {0x80000001, ECX, 0, "LAHF", 0}, {0x80000001, ECX, 5, "LZCNT", 0},
    {0x80000001, EDX, 20, "NX", 0},  {0x80000001, EDX, 29, "LM", 0},
    {1, ECX, 21, NULL, CPU_X2APIC},  {1, ECX, 30, NULL, CPU_RDRAND},
    {1, EDX, 7, NULL, CPU_MCE},      {7, EBX, 7, NULL, CPU_SMEP},
    {7, EBX, 18, NULL, CPU_RDSEED},  {7, EBX, 20, NULL, CPU_SMAP},
    {7, ECX, 2, NULL, CPU_UMIP},     {0x80000001, EDX, 26, NULL, CPU_GIB_PAGES},
};

static uint32_t leaf_register(uint32_t leaf, unsigned reg)
{
    struct cpuid r;
    if (leaf > cpuid(leaf & 0x80000000, 0).eax)
        return 0;
    r = cpuid(leaf, 0);
    return reg == EAX ? r.eax : reg == EBX ? r.ebx : reg == ECX ? r.ecx : r.edx;
}

unsigned cpu_check(char *missing, size_t size)
{
    unsigned n = 0;
    size_t used = 0;
    uint32_t leaf = 0, reg = EAX, value = 0;
    missing[0] = 0;
    for (size_t i = 0; i < ARRAY_LEN(feature_rows); i++) {
        const struct feature_row *f = &feature_rows[i];
        if (f->leaf != leaf || f->reg != reg) {
            leaf = f->leaf;
            reg = f->reg;
            value = leaf_register(leaf, reg);
        }
        if (value >> f->bit & 1) {
            cpu_features |= f->optional;
        } else if (f->name) {
            n++;
            if (used < size)
                used += (size_t)fmt_snprintf(missing + used, size - used, " %s", f->name);
        }
    }
    return n;
}

/* PAT entry 1 (page attribute PWT alone) becomes write combining; the others stay as after reset.
 */
#define PAT_VALUE 0x0007040600070106ull

void cpu_enable_features(void)
{
    uint64_t cr4 = CR4_PAE | CR4_PGE | CR4_OSFXSR | CR4_OSXMMEXCPT | CR4_OSXSAVE;
    if (cpu_features & CPU_SMEP)
        cr4 |= CR4_SMEP;
    if (cpu_features & CPU_SMAP)
        cr4 |= CR4_SMAP;
    if (cpu_features & CPU_UMIP)
        cr4 |= CR4_UMIP;
    if (cpu_features & CPU_MCE)
        cr4 |= CR4_MCE;
    cr0_write((cr0_read() & ~(CR0_EM | CR0_TS | CR0_NW | CR0_CD)) | CR0_WP | CR0_NE | CR0_MP);
    cr4_write(cr4);
    msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_NXE);
    msr_write(MSR_PAT, PAT_VALUE);
    xcr0_write(XCR0_X87 | XCR0_SSE | XCR0_AVX);
    __asm__ volatile("fninit");
    __asm__ volatile("ldmxcsr %0" ::"m"((const uint32_t){0x1f80})); /* all exceptions masked */
    xstate_bytes =
        cpuid(0xd, 0).ebx; /* standard form; the compacted one is no longer with these three */
}
