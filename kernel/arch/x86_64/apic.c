#include "kernel/arch/x86_64/apic.h"

#include "kernel/arch/x86_64/cpu.h"
#include "kernel/arch/x86_64/paging.h"
#include "kernel/arch/x86_64/trap.h"
#include "kernel/arch/x86_64/x86.h"

/* ---- local APIC (SDM volume 3, chapter 11) ---- */

enum lapic_register {
    LAPIC_ID = 0x20,
    LAPIC_TPR = 0x80,
    LAPIC_EOI = 0xb0,
    LAPIC_SPURIOUS = 0xf0,
    LAPIC_ICR_LOW = 0x300,
    LAPIC_ICR_HIGH = 0x310,
    LAPIC_LVT_TIMER = 0x320,
    LAPIC_LVT_LINT0 = 0x350,
    LAPIC_LVT_LINT1 = 0x360,
    LAPIC_LVT_ERROR = 0x370,
    LAPIC_INITIAL_COUNT = 0x380,
    LAPIC_CURRENT_COUNT = 0x390,
    LAPIC_DIVIDE = 0x3e0,
};

#define APIC_BASE_X2APIC (1ull << 10)
#define APIC_BASE_ENABLE (1ull << 11)
#define LAPIC_BYTES      4096
#define SPURIOUS_ENABLE  0x100u
#define LVT_MASKED       0x10000u
#define LVT_NMI          0x400u
#define LVT_EXTINT       0x700u
#define ICR_NMI          0x400u
#define ICR_INIT         0x500u
#define ICR_STARTUP      0x600u
#define ICR_ASSERT       0x4000u
#define ICR_PENDING      0x1000u
#define DIVIDE_BY_1      0xbu

static volatile uint32_t *lapic; /* NULL: x2APIC, by MSRs */

static uint32_t lapic_read(enum lapic_register r)
{
    return lapic ? lapic[r / 4] : (uint32_t)msr_read(MSR_X2APIC + r / 16);
}

static void lapic_write(enum lapic_register r, uint32_t v)
{
    if (lapic)
        lapic[r / 4] = v;
    else
        msr_write(MSR_X2APIC + r / 16, v);
}

uint32_t apic_id(void)
{
    uint32_t id = lapic_read(LAPIC_ID);
    return lapic ? id >> 24 : id;
}

/* Also called in NMI handlers' callers with interrupts off only, so the two halves stay together.
 */
static void send(uint32_t id, uint32_t command)
{
    arch_irq_t irq;
    if (!lapic) {
        msr_write(MSR_X2APIC + LAPIC_ICR_LOW / 16, (uint64_t)id << 32 | command);
        return;
    }
    irq = arch_irq_disable();
    while (lapic_read(LAPIC_ICR_LOW) & ICR_PENDING)
        cpu_pause();
    lapic_write(LAPIC_ICR_HIGH, id << 24);
    lapic_write(LAPIC_ICR_LOW, command);
    arch_irq_restore(irq);
}

void apic_send_nmi(uint32_t id)
{
    send(id, ICR_NMI | ICR_ASSERT);
}
void apic_send_fixed(uint32_t id, unsigned vector)
{
    send(id, vector | ICR_ASSERT);
}
void apic_send_init(uint32_t id)
{
    send(id, ICR_INIT | ICR_ASSERT);
}

void apic_send_startup(uint32_t id, paddr_t page)
{
    send(id, ICR_STARTUP | ICR_ASSERT | (uint32_t)(page >> PAGE_SHIFT));
}

void apic_timer_start(uint32_t count)
{
    lapic_write(LAPIC_INITIAL_COUNT, count);
}
uint32_t apic_timer_now(void)
{
    return lapic_read(LAPIC_CURRENT_COUNT);
}

/* ---- PIC (8259A), remapped so that stray interrupts do not look like exceptions ---- */

#define PIC1         0x20
#define PIC2         0xa0
#define PIC_EOI      0x20
#define PIC_READ_ISR 0x0b
#define PIC_CASCADE  2

static uint16_t pic_mask = 0xffff;
static bool pic_used;

static void pic_write_mask(void)
{
    outb(PIC1 + 1, (uint8_t)pic_mask);
    outb(PIC2 + 1, (uint8_t)(pic_mask >> 8));
}

static void pic_init(void)
{
    outb(PIC1, 0x11); /* ICW1: edge, cascade, ICW4 follows */
    outb(PIC2, 0x11);
    outb(PIC1 + 1, VECTOR_ISA);
    outb(PIC2 + 1, VECTOR_ISA + 8);
    outb(PIC1 + 1, 1 << PIC_CASCADE);
    outb(PIC2 + 1, PIC_CASCADE);
    outb(PIC1 + 1, 1); /* ICW4: 8086 mode */
    outb(PIC2 + 1, 1);
    pic_write_mask();
}

static bool pic_in_service(unsigned line)
{
    uint16_t port = line < 8 ? PIC1 : PIC2;
    outb(port, PIC_READ_ISR);
    return inb(port) >> (line & 7) & 1;
}

/* ---- I/O APIC (82093AA data sheet) ---- */

#define IOAPIC_BYTES       4096
#define IOAPIC_VERSION     1
#define IOAPIC_REDIRECTION 0x10
#define IOAPIC_MASKED      0x10000u
#define IOAPIC_LEVEL       0x8000u
#define IOAPIC_LOW         0x2000u

static struct {
    volatile uint32_t *base;
    uint32_t gsi, lines;
} ioapics[ACPI_IOAPIC_MAX];
static unsigned nioapics;
static struct acpi_isa_route routes[ACPI_ISA_LINES];

static void ioapic_write(unsigned n, uint32_t reg, uint32_t v)
{
    ioapics[n].base[0] = reg;
    ioapics[n].base[4] = v;
}

static uint32_t ioapic_read(unsigned n, uint32_t reg)
{
    ioapics[n].base[0] = reg;
    return ioapics[n].base[4];
}

static void ioapic_init(const struct acpi_madt *m)
{
    for (unsigned i = 0; i < m->nioapics; i++) {
        volatile uint32_t *base = device_map(m->ioapics[i].address, IOAPIC_BYTES, DEVICE_UNCACHED);
        unsigned n = nioapics;
        if (!base)
            continue;
        ioapics[n].base = base;
        ioapics[n].gsi = m->ioapics[i].gsi;
        ioapics[n].lines = (ioapic_read(n, IOAPIC_VERSION) >> 16 & 0xff) + 1;
        nioapics++;
        for (unsigned line = 0; line < ioapics[n].lines; line++)
            ioapic_write(n, IOAPIC_REDIRECTION + 2 * line, IOAPIC_MASKED);
    }
    for (unsigned i = 0; i < ACPI_ISA_LINES; i++)
        routes[i] = m->isa[i];
}

static bool ioapic_route(uint32_t gsi, uint32_t low)
{
    for (unsigned n = 0; n < nioapics; n++) {
        uint32_t line = gsi - ioapics[n].gsi;
        if (gsi < ioapics[n].gsi || line >= ioapics[n].lines)
            continue;
        ioapic_write(n, IOAPIC_REDIRECTION + 2 * line + 1, cpu_boot.apic_id << 24);
        ioapic_write(n, IOAPIC_REDIRECTION + 2 * line, low);
        return true;
    }
    return false;
}

/* ---- all together ---- */

void irq_enable_isa(unsigned line)
{
    const struct acpi_isa_route *r = &routes[line];
    assert(line < ACPI_ISA_LINES);
    if (!pic_used) {
        ioapic_route(r->gsi, (VECTOR_ISA + line) | (r->level ? IOAPIC_LEVEL : 0) |
                                 (r->low ? IOAPIC_LOW : 0));
        return;
    }
    pic_mask &= (uint16_t)~(1u << line);
    if (line >= 8)
        pic_mask &= (uint16_t)~(1u << PIC_CASCADE);
    pic_write_mask();
}

static bool from_pic(unsigned vector)
{
    return pic_used && vector >= VECTOR_ISA && vector < VECTOR_ISA + ACPI_ISA_LINES;
}

void irq_end(unsigned vector)
{
    if (!from_pic(vector)) {
        lapic_write(LAPIC_EOI, 0);
        return;
    }
    if (vector >= VECTOR_ISA + 8)
        outb(PIC2, PIC_EOI);
    outb(PIC1, PIC_EOI);
}

bool irq_is_spurious(unsigned vector)
{
    unsigned line = vector - VECTOR_ISA;
    if (!from_pic(vector) || (line != 7 && line != 15) || pic_in_service(line))
        return false;
    if (line == 15)
        outb(PIC1, PIC_EOI); /* the cascade was real */
    return true;
}

void irq_msi_message(unsigned vector, uint64_t *out_address, uint32_t *out_data)
{
    *out_address = 0xfee00000u | (uint64_t)(cpu_boot.apic_id & 0xff) << 12;
    *out_data = vector;
}

void apic_cpu_init(void)
{
    uint64_t base = msr_read(MSR_APIC_BASE);
    msr_write(MSR_APIC_BASE, base | APIC_BASE_ENABLE | (lapic ? 0 : APIC_BASE_X2APIC));
    lapic_write(LAPIC_TPR, 0);
    lapic_write(LAPIC_LVT_LINT0, pic_used && cpu_self() == &cpu_boot ? LVT_EXTINT : LVT_MASKED);
    lapic_write(LAPIC_LVT_LINT1, LVT_NMI);
    lapic_write(LAPIC_LVT_ERROR, LVT_MASKED);
    lapic_write(LAPIC_LVT_TIMER, VECTOR_TIMER);
    lapic_write(LAPIC_DIVIDE, DIVIDE_BY_1);
    lapic_write(LAPIC_SPURIOUS, SPURIOUS_ENABLE | VECTOR_SPURIOUS);
    cpu_self()->apic_id = apic_id();
}

void apic_init(const struct acpi_madt *m)
{
    uint64_t base = msr_read(MSR_APIC_BASE);
    if (!(base & APIC_BASE_X2APIC))
        lapic = device_map(base & PTE_ADDRESS, LAPIC_BYTES, DEVICE_UNCACHED);
    pic_init();
    ioapic_init(m);
    pic_used = nioapics == 0;
    apic_cpu_init();
}
