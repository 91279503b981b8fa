/* Descriptor tables of a CPU: flat segments, a TSS for the interrupt stacks, one IDT for all. */
#include "kernel/arch/x86_64/cpu.h"
#include "kernel/arch/x86_64/x86.h"

_Static_assert(offsetof(struct cpu, self) == CPU_OFFSET_SELF, "entry.S");
_Static_assert(offsetof(struct cpu, number) == CPU_OFFSET_NUMBER, "entry.S");
_Static_assert(offsetof(struct cpu, data) == CPU_OFFSET_DATA, "entry.S");
_Static_assert(offsetof(struct cpu, kstack) == CPU_OFFSET_KSTACK, "entry.S");
_Static_assert(offsetof(struct cpu, thread) == CPU_OFFSET_THREAD, "machine.c");
_Static_assert(sizeof(struct tss) == 104, "SDM volume 3, figure 9-11");

struct cpu cpu_boot;
struct cpu *cpus[CPU_MAX] = {&cpu_boot};

struct gate {
    uint16_t offset_low, selector;
    uint8_t ist, type;
    uint16_t offset_middle;
    uint32_t offset_high, reserved;
};

struct table_pointer {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

#define GATE_INTERRUPT 0x8e /* present, 64-bit interrupt gate: IF is cleared */
#define STUB_SIZE      16

static struct gate idt[256];
extern const uint8_t trap_stubs[];

static unsigned vector_ist(unsigned vector)
{
    switch (vector) {
    case 2:
        return IST_NMI;
    case 8:
        return IST_DOUBLE_FAULT;
    case 14:
        return IST_PAGE_FAULT;
    case 18:
        return IST_MACHINE_CHECK;
    default:
        return IST_GENERAL;
    }
}

static void idt_fill(void)
{
    for (unsigned v = 0; v < 256; v++) {
        uint64_t stub = (uint64_t)(trap_stubs + v * STUB_SIZE);
        idt[v] = (struct gate){(uint16_t)stub,
                               SELECTOR_CODE,
                               (uint8_t)vector_ist(v),
                               GATE_INTERRUPT,
                               (uint16_t)(stub >> 16),
                               (uint32_t)(stub >> 32),
                               0};
    }
}

static void tss_descriptor(uint64_t *gdt, const struct tss *t)
{
    uint64_t base = (uint64_t)t, limit = sizeof(*t) - 1;
    gdt[0] = limit | (base & 0xffffff) << 16 | 0x89ull << 40 | (base >> 24 & 0xff) << 56;
    gdt[1] = base >> 32;
}

void cpu_load_tables(struct cpu *c, struct cpu_stacks *stacks)
{
    struct table_pointer gdt = {sizeof(c->gdt) - 1, (uint64_t)c->gdt};
    struct table_pointer idt_pointer = {sizeof(idt) - 1, (uint64_t)idt};
    if (c == &cpu_boot)
        idt_fill();
    c->self = c;
    c->gdt[SELECTOR_CODE / 8] = 0x00af9b000000ffff;
    c->gdt[SELECTOR_DATA / 8] = 0x00cf93000000ffff;
    c->tss.iomap = sizeof(c->tss);
    for (unsigned i = 0; i < IST_COUNT; i++)
        c->tss.ist[i] = (uint64_t)stacks->ist[i].stack + IST_STACK_SIZE;
    tss_descriptor(&c->gdt[SELECTOR_TSS / 8], &c->tss);
    __asm__ volatile("lgdt %0" ::"m"(gdt));
    __asm__ volatile(
        "pushq %0\n\tleaq 1f(%%rip), %%rax\n\tpushq %%rax\n\tlretq\n1:" ::"i"(SELECTOR_CODE)
        : "rax", "memory");
    __asm__ volatile("mov %0, %%ds\n\tmov %0, %%es\n\tmov %0, %%ss" ::"r"(SELECTOR_DATA));
    __asm__ volatile("mov %0, %%fs\n\tmov %0, %%gs" ::"r"(0));
    msr_write(MSR_GS_BASE, (uint64_t)c);
    __asm__ volatile("ltr %w0" ::"r"(SELECTOR_TSS));
    __asm__ volatile("lidt %0" ::"m"(idt_pointer));
}
