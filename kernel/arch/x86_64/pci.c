#include "kernel/arch/x86_64/pci.h"

#include "kernel/arch/x86_64/apic.h"
#include "kernel/arch/x86_64/paging.h"
#include "kernel/arch/x86_64/x86.h"

#define CONFIG_ADDRESS   0xcf8
#define CONFIG_DATA      0xcfc
#define CONFIG_ENABLE    0x80000000u
#define ECAM_BUS_BYTES   (1 * MIB)
#define SLOTS            32
#define HEADER_MULTI     0x80
#define HEADER_BRIDGE    1
#define CAPABILITIES_MAX 48
#define NO_FUNCTION      0xffff

static struct pci_function functions[PCI_FUNCTIONS_MAX];
static unsigned nfunctions;
static bool ports;
static uint64_t ecam_base;
static uint8_t ecam_first, ecam_last;
static volatile uint32_t *ecam_bus[256]; /* mapped when first used */

/* ---- configuration space ---- */

static uint32_t config_address(const struct pci_function *f, unsigned offset)
{
    return CONFIG_ENABLE | (uint32_t)f->bus << 16 | (uint32_t)f->slot << 11 |
           (uint32_t)f->function << 8 | (offset & 0xfc);
}

static volatile uint32_t *ecam_register(const struct pci_function *f, unsigned offset)
{
    if (!ecam_base || f->bus < ecam_first || f->bus > ecam_last)
        return NULL;
    if (!ecam_bus[f->bus])
        ecam_bus[f->bus] = device_map(ecam_base + (f->bus - ecam_first) * ECAM_BUS_BYTES,
                                      ECAM_BUS_BYTES, DEVICE_UNCACHED);
    if (!ecam_bus[f->bus])
        return NULL;
    return ecam_bus[f->bus] + ((f->slot << 15 | f->function << 12) + (offset & 0xfc)) / 4;
}

uint32_t pci_read32(const struct pci_function *f, unsigned offset)
{
    volatile uint32_t *r;
    if (ports) {
        outl(CONFIG_ADDRESS, config_address(f, offset));
        return inl(CONFIG_DATA);
    }
    r = ecam_register(f, offset);
    return r ? *r : UINT32_MAX;
}

void pci_write32(const struct pci_function *f, unsigned offset, uint32_t v)
{
    volatile uint32_t *r;
    if (ports) {
        outl(CONFIG_ADDRESS, config_address(f, offset));
        outl(CONFIG_DATA, v);
        return;
    }
    r = ecam_register(f, offset);
    if (r)
        *r = v;
}

uint16_t pci_read16(const struct pci_function *f, unsigned offset)
{
    return (uint16_t)(pci_read32(f, offset) >> (offset & 2) * 8);
}

uint8_t pci_read8(const struct pci_function *f, unsigned offset)
{
    return (uint8_t)(pci_read32(f, offset) >> (offset & 3) * 8);
}

/* Writes the other half of the word back as read: only for registers where that is harmless. */
void pci_write16(const struct pci_function *f, unsigned offset, uint16_t v)
{
    unsigned shift = (offset & 2) * 8;
    uint32_t old = pci_read32(f, offset);
    pci_write32(f, offset, (old & ~(0xffffu << shift)) | (uint32_t)v << shift);
}

void pci_enable(const struct pci_function *f, uint16_t command_bits)
{
    uint32_t command = pci_read16(f, PCI_COMMAND) | command_bits;
    pci_write32(f, PCI_COMMAND, command); /* zeros leave the status bits above alone */
}

/* ---- enumeration ---- */

static void mark_bus(uint64_t *todo, unsigned bus)
{
    todo[bus / 64] |= 1ull << bus % 64;
}

/* Records one function; false: nothing there. */
static bool probe(unsigned bus, unsigned slot, unsigned function, uint64_t *todo)
{
    struct pci_function f = {
        .bus = (uint8_t)bus, .slot = (uint8_t)slot, .function = (uint8_t)function};
    uint32_t id = pci_read32(&f, 0), class;
    if ((id & 0xffff) == NO_FUNCTION || nfunctions == PCI_FUNCTIONS_MAX)
        return false;
    class = pci_read32(&f, 8);
    f.vendor = (uint16_t)id;
    f.device = (uint16_t)(id >> 16);
    f.class = (uint8_t)(class >> 24);
    f.subclass = (uint8_t)(class >> 16);
    f.interface = (uint8_t)(class >> 8);
    f.header = pci_read8(&f, 0x0e);
    if ((f.header & 0x7f) == HEADER_BRIDGE) {
        unsigned secondary = pci_read8(&f, 0x19);
        if (secondary > bus) /* buses are numbered downwards: no circles */
            mark_bus(todo, secondary);
    }
    functions[nfunctions++] = f;
    return true;
}

static void scan_bus(unsigned bus, uint64_t *todo)
{
    for (unsigned slot = 0; slot < SLOTS; slot++) {
        if (!probe(bus, slot, 0, todo))
            continue;
        if (!(functions[nfunctions - 1].header & HEADER_MULTI))
            continue;
        for (unsigned function = 1; function < 8; function++)
            probe(bus, slot, function, todo);
    }
}

void pci_init(const struct acpi_info *acpi)
{
    uint64_t todo[4] = {1, 0, 0, 0};
    ecam_base = acpi->ecam;
    ecam_first = acpi->ecam_first_bus;
    ecam_last = acpi->ecam_last_bus;
    outl(CONFIG_ADDRESS, CONFIG_ENABLE);
    ports = inl(CONFIG_ADDRESS) == CONFIG_ENABLE;
    if (!ports && !ecam_base)
        return;
    for (unsigned bus = 0; bus < 256; bus++)
        if (todo[bus / 64] >> bus % 64 & 1)
            scan_bus(bus, todo);
}

unsigned pci_count(void)
{
    return nfunctions;
}

const struct pci_function *pci_get(unsigned i)
{
    assert(i < nfunctions);
    return &functions[i];
}

const struct pci_function *pci_find_class(uint8_t class, uint8_t subclass, unsigned *at)
{
    while (*at < nfunctions) {
        const struct pci_function *f = &functions[(*at)++];
        if (f->class == class && f->subclass == subclass)
            return f;
    }
    return NULL;
}

const struct pci_function *pci_find_device(uint16_t vendor, uint16_t device, unsigned *at)
{
    while (*at < nfunctions) {
        const struct pci_function *f = &functions[(*at)++];
        if (f->vendor == vendor && f->device == device)
            return f;
    }
    return NULL;
}

/* ---- capabilities, BARs, MSI-X ---- */

unsigned pci_capability(const struct pci_function *f, uint8_t id, unsigned after)
{
    unsigned at;
    if (!(pci_read16(f, 0x06) & 0x10)) /* status: capability list */
        return 0;
    at = pci_read8(f, after ? after + 1 : PCI_CAPABILITIES) & 0xfc;
    for (unsigned i = 0; i < CAPABILITIES_MAX && at >= 0x40; i++) {
        if (pci_read8(f, at) == id)
            return at;
        at = pci_read8(f, at + 1) & 0xfc;
    }
    return 0;
}

uint64_t pci_bar(const struct pci_function *f, unsigned n)
{
    uint32_t low, high = 0;
    if (n > 5 || (f->header & 0x7f) != 0)
        return 0;
    low = pci_read32(f, PCI_BAR0 + 4 * n);
    if (low & 1)
        return 0;
    if ((low & 6) == 4 && n < 5)
        high = pci_read32(f, PCI_BAR0 + 4 * n + 4);
    return (uint64_t)high << 32 | (low & ~15u);
}

int pci_msix_enable(const struct pci_function *f, unsigned entry, unsigned vector)
{
    unsigned cap = pci_capability(f, PCI_CAP_MSIX, 0);
    uint32_t table, data;
    uint64_t bar, address;
    volatile uint32_t *row;
    if (!cap || entry > (pci_read16(f, cap + 2) & 0x7ffu))
        return -ENOTSUP;
    table = pci_read32(f, cap + 4);
    bar = pci_bar(f, table & 7);
    if (!bar)
        return -ENOTSUP;
    row = device_map(bar + (table & ~7u) + entry * 16, 16, DEVICE_UNCACHED);
    if (!row)
        return -ENOTSUP;
    irq_msi_message(vector, &address, &data);
    row[0] = (uint32_t)address;
    row[1] = (uint32_t)(address >> 32);
    row[2] = data;
    row[3] = 0; /* not masked */
    pci_write16(f, cap + 2, (uint16_t)((pci_read16(f, cap + 2) & 0x3fff) | 0x8000));
    return 0;
}
