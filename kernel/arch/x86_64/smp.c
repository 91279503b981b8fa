/* Starting other CPUs (SDM volume 3, 9.4.4): they come out of reset in real mode at the trampoline
 * page and arrive, one at a time, in ap_main. */
#include "kernel/arch/x86_64/smp.h"

#include "base/string.h"
#include "kernel/arch/x86_64/apic.h"
#include "kernel/arch/x86_64/cpu.h"
#include "kernel/arch/x86_64/paging.h"
#include "kernel/arch/x86_64/time.h"
#include "kernel/arch/x86_64/trap.h"
#include "kernel/arch/x86_64/x86.h"
#include "kernel/core/log.h"
#include "kernel/core/spinlock.h"
#include "kernel/mm/frame.h"

#define STARTUP_GAP_US 200
#define ONLINE_NS      (2 * NSEC_PER_SEC) /* an emulated CPU may wait long for its turn */
#define SECOND_TRY_NS  (10 * NSEC_PER_MSEC)

struct trampoline_fields {
    uint64_t stack, argument, entry;
    uint32_t cr3, far32;
    uint16_t far32_selector, reserved0;
    uint32_t far64;
    uint16_t far64_selector, reserved1, reserved2, gdt_limit;
    uint32_t gdt_base;
} __attribute__((packed));

extern const uint8_t trampoline_begin[], trampoline_end[], trampoline_fields[];
extern uint64_t boot_pml4[PT_ENTRIES], boot_pdpt_low[PT_ENTRIES], boot_pd[4 * PT_ENTRIES];

static uint32_t apic_ids[CPU_MAX];
static unsigned ncpus = 1;
static paddr_t trampoline = PADDR_NONE;

static void kick_interrupt(void *arg UNUSED)
{
    kernel_kick();
}

unsigned smp_init(const struct acpi_madt *m, paddr_t page)
{
    apic_ids[0] = cpu_boot.apic_id;
    trampoline = page;
    irq_handle(VECTOR_KICK, kick_interrupt, NULL);
    if (page == PADDR_NONE)
        return ncpus;
    for (unsigned i = 0; i < m->ncpus && ncpus < CPU_MAX; i++)
        if (m->cpu_apic_ids[i] != cpu_boot.apic_id)
            apic_ids[ncpus++] = m->cpu_apic_ids[i];
    return ncpus;
}

NORETURN static void ap_main(struct cpu *c)
{
    cpu_enable_features();
    cpu_load_tables(c, c->stacks);
    cr3_write(image_paddr(kernel_pml4));
    apic_cpu_init();
    __atomic_store_n(&c->online, true, __ATOMIC_SEQ_CST);
    kernel_cpu_main((unsigned)c->number);
}

/* The kernel's tables plus the trampoline page, executable, where it is. Uses the boot tables'
 * memory. */
static uint32_t trampoline_root(void)
{
    memcpy(boot_pml4, kernel_pml4, PAGE_SIZE);
    memset(boot_pdpt_low, 0, PAGE_SIZE);
    memset(boot_pd, 0, 2 * PAGE_SIZE);
    boot_pml4[0] = image_paddr(boot_pdpt_low) | PTE_PRESENT | PTE_WRITE;
    boot_pdpt_low[0] = image_paddr(boot_pd) | PTE_PRESENT | PTE_WRITE;
    boot_pd[0] = image_paddr(boot_pd + PT_ENTRIES) | PTE_PRESENT | PTE_WRITE;
    boot_pd[PT_ENTRIES + (trampoline >> PAGE_SHIFT)] = trampoline | PTE_PRESENT;
    return (uint32_t)image_paddr(boot_pml4);
}

static void fill_trampoline(struct cpu *c)
{
    uint8_t *page = arch_direct(trampoline);
    struct trampoline_fields *f = (struct trampoline_fields *)(page + ((uint64_t)trampoline_fields -
                                                                       (uint64_t)trampoline_begin));
    memcpy(page, trampoline_begin, (uint64_t)trampoline_end - (uint64_t)trampoline_begin);
    f->stack = (uint64_t)c->stacks->boot + KSTACK_SIZE;
    f->argument = (uint64_t)c;
    f->entry = (uint64_t)ap_main;
    f->cr3 = trampoline_root();
    f->far32 += (uint32_t)trampoline;
    f->far64 += (uint32_t)trampoline;
    f->gdt_base += (uint32_t)trampoline;
}

static bool wait_online(struct cpu *c, uint64_t ns)
{
    uint64_t end = arch_clock_ns() + ns;
    while (!__atomic_load_n(&c->online, __ATOMIC_ACQUIRE) && arch_clock_ns() < end)
        cpu_pause();
    return c->online;
}

static bool map_stacks(struct cpu_stacks *s, paddr_t p)
{
    const enum arch_prot prot = ARCH_READ | ARCH_WRITE;
    for (unsigned i = 0; i < IST_COUNT; i++, p += IST_STACK_SIZE)
        if (arch_map(NULL, (uintptr_t)s->ist[i].stack, p, IST_STACK_SIZE, prot))
            return false;
    return arch_map(NULL, (uintptr_t)s->boot, p, KSTACK_SIZE, prot) == 0;
}

static unsigned order_for(uint64_t bytes)
{
    unsigned order = 0;
    while ((PAGE_SIZE << order) < bytes)
        order++;
    return order;
}

/* Memory of a CPU; kept for ever. */
static struct cpu *cpu_create(unsigned n)
{
    uint64_t bytes = IST_COUNT * IST_STACK_SIZE + KSTACK_SIZE;
    paddr_t frame = frame_alloc(order_for(sizeof(struct cpu))),
            stacks = frame_alloc(order_for(bytes));
    struct cpu *c;
    if (frame == PADDR_NONE || stacks == PADDR_NONE)
        return NULL;
    c = arch_direct(frame);
    memset(c, 0, sizeof(*c));
    c->stacks = (struct cpu_stacks *)arch_reserve(NULL, sizeof(struct cpu_stacks));
    if (!c->stacks || !map_stacks(c->stacks, stacks))
        return NULL;
    c->number = n;
    c->apic_id = apic_ids[n];
    c->timer_deadline_ns = UINT64_MAX;
    return c;
}

int arch_cpu_start(unsigned n)
{
    struct cpu *c;
    assert(n > 0 && n < CPU_MAX && !cpus[n]);
    if (n >= ncpus || (c = cpu_create(n)) == NULL)
        return -EIO;
    fill_trampoline(c);
    __atomic_store_n(&cpus[n], c, __ATOMIC_SEQ_CST);
    apic_send_init(c->apic_id);
    time_delay_us(STARTUP_GAP_US);
    apic_send_startup(c->apic_id, trampoline);
    if (wait_online(c, SECOND_TRY_NS))
        return 0;
    apic_send_startup(c->apic_id, trampoline);
    if (wait_online(c, ONLINE_NS))
        return 0;
    log_warn("CPU %u (APIC %u) does not start", n, c->apic_id);
    return -EIO;
}

void arch_cpu_kick(unsigned n)
{
    apic_send_fixed(cpus[n]->apic_id, VECTOR_KICK);
}
