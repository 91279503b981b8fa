/* PCI: finding functions, their registers and capabilities (PCI Local Bus 3.0, PCI Express base).
 */
#pragma once

#include "kernel/arch/x86_64/acpi.h"

struct pci_function {
    uint16_t vendor, device;
    uint8_t bus, slot, function;
    uint8_t class, subclass, interface, header;
};

#define PCI_FUNCTIONS_MAX 256

enum {
    PCI_COMMAND = 0x04,
    PCI_BAR0 = 0x10,
    PCI_CAPABILITIES = 0x34,
    PCI_COMMAND_IO = 1,
    PCI_COMMAND_MEMORY = 2,
    PCI_COMMAND_MASTER = 4,
    PCI_CAP_VENDOR = 0x09,
    PCI_CAP_MSIX = 0x11,
};

/* Walks all buses once. */
void pci_init(const struct acpi_info *acpi);
unsigned pci_count(void);
const struct pci_function *pci_get(unsigned i);
/* First function of the class, or with the vendor and device, from index *at on (then advanced);
 * NULL: no more. */
const struct pci_function *pci_find_class(uint8_t class, uint8_t subclass, unsigned *at);
const struct pci_function *pci_find_device(uint16_t vendor, uint16_t device, unsigned *at);

uint32_t pci_read32(const struct pci_function *f, unsigned offset);
uint16_t pci_read16(const struct pci_function *f, unsigned offset);
uint8_t pci_read8(const struct pci_function *f, unsigned offset);
void pci_write32(const struct pci_function *f, unsigned offset, uint32_t v);
void pci_write16(const struct pci_function *f, unsigned offset, uint16_t v);
void pci_enable(const struct pci_function *f, uint16_t command_bits);

/* Offset of the first capability with `id` behind `after` (0: from the start); 0: none. */
unsigned pci_capability(const struct pci_function *f, uint8_t id, unsigned after);
/* Physical address of a memory BAR (0 … 5); 0 when it is absent, an I/O BAR or not assigned. */
uint64_t pci_bar(const struct pci_function *f, unsigned n);
/* Routes MSI-X table entry `entry` to `vector` and switches MSI-X on; -ENOTSUP without it. */
MUSTUSE int pci_msix_enable(const struct pci_function *f, unsigned entry, unsigned vector);
