/* Per-CPU state, features, descriptor tables. */
#pragma once

#include "kernel/arch/arch.h"
#include "kernel/arch/x86_64/layout.h"

#define IST_STACK_SIZE (16 * KIB)

/* Interrupt stacks (1-based numbers of the IDT). Interrupts and faults may share a stack with no
 * other kind that can hit before it is left; page faults are alone so that a stack overflow inside
 * the entry code is seen. */
enum ist {
    IST_GENERAL = 1,
    IST_PAGE_FAULT,
    IST_DOUBLE_FAULT,
    IST_NMI,
    IST_MACHINE_CHECK,
    IST_COUNT = 5
};

/* One guarded run of stacks for a CPU; the guard pages are left unmapped. */
struct cpu_stacks {
    struct {
        uint8_t guard[PAGE_SIZE], stack[IST_STACK_SIZE];
    } ist[IST_COUNT];
    uint8_t boot_guard[PAGE_SIZE], boot[KSTACK_SIZE];
    uint8_t end_guard[PAGE_SIZE];
};

struct tss {
    uint32_t reserved0;
    uint64_t rsp[3], reserved1, ist[7], reserved2;
    uint16_t reserved3, iomap;
} __attribute__((packed));

struct arch_space;

struct cpu {
    struct cpu *self; /* gs:0; offsets of the first five in layout.h */
    uint64_t number;
    void *data;   /* the kernel's */
    void *kstack; /* where interrupts of compiled code go */
    void *thread; /* the one that runs */
    uint32_t apic_id;
    bool online;
    bool idle; /* halted: TLB flushes may wait until it wakes */
    bool flush_pending;
    bool shoot_pending; /* tlb.c: the request under way concerns this CPU */
    struct cpu_stacks *stacks;
    struct arch_space *space; /* whose page tables CR3 holds; NULL: the kernel's */
    uint64_t timer_deadline_ns;
    uint64_t gdt[5];
    struct tss tss;
};

extern struct cpu cpu_boot;
extern struct cpu *cpus[CPU_MAX]; /* NULL: not started */

static inline struct cpu *cpu_self(void)
{
    struct cpu *c;
    __asm__("movq %%gs:0, %0" : "=r"(c));
    return c;
}

enum cpu_feature_bit {
    CPU_SMEP = 1,
    CPU_SMAP = 2,
    CPU_UMIP = 4,
    CPU_GIB_PAGES = 8,
    CPU_RDRAND = 16,
    CPU_RDSEED = 32,
    CPU_X2APIC = 64,
    CPU_MCE = 128,
};
extern uint32_t cpu_features; /* set by cpu_check */

/* Fills cpu_features and writes the names of what the kernel needs but the CPU lacks, separated by
 * spaces. Returns how many are missing. */
unsigned cpu_check(char *missing, size_t size);
/* Control registers, extended state and page attributes of this CPU. */
void cpu_enable_features(void);
/* GDT, TSS, IDT and gs of this CPU; `stacks` as mapped. */
void cpu_load_tables(struct cpu *c, struct cpu_stacks *stacks);
