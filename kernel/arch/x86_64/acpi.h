/* ACPI tables (ACPI specification 6.4, chapter 5). The tables come from firmware and are believed
 * in nothing: signatures, checksums and lengths are checked, and every field is read within its
 * table. */
#pragma once

#include "kernel/arch/arch.h"

#define ACPI_TABLE_MAX  (1 * MIB) /* longer tables are ignored */
#define ACPI_TABLES_MAX 64
#define ACPI_IOAPIC_MAX 8
#define ACPI_ISA_LINES  16

struct acpi_isa_route {
    uint32_t gsi;
    bool level, low;
};

struct acpi_madt {
    uint32_t cpu_apic_ids[CPU_MAX];
    unsigned ncpus;
    struct {
        uint64_t address;
        uint32_t gsi;
    } ioapics[ACPI_IOAPIC_MAX];
    unsigned nioapics;
    struct acpi_isa_route isa[ACPI_ISA_LINES];
    bool present;
};

struct acpi_register {
    uint8_t space, width;
    uint64_t address;
}; /* space: enum acpi_space */
enum acpi_space { ACPI_MEMORY = 0, ACPI_IO = 1, ACPI_PCI = 2 };

struct acpi_fadt {
    uint64_t dsdt;
    uint16_t pm1a_control, pm1b_control; /* ports, 0: none */
    uint16_t pm_timer;                   /* port, 0: none */
    bool pm_timer_32;
    uint16_t smi_command;
    uint8_t acpi_enable;
    uint8_t century; /* RTC register, 0: none */
    bool reset_present, hardware_reduced;
    struct acpi_register reset;
    uint8_t reset_value;
    struct acpi_register sleep_control; /* hardware-reduced machines */
    bool present;
};

struct acpi_info {
    struct acpi_madt madt;
    struct acpi_fadt fadt;
    uint64_t hpet; /* physical address, 0: none */
    uint64_t ecam; /* PCI configuration space of segment 0, 0: none */
    uint8_t ecam_first_bus, ecam_last_bus;
    bool s5_present;
    uint8_t s5_type_a, s5_type_b; /* SLP_TYP values of the off state */
};

bool acpi_checksum(const uint8_t *p, size_t len);
/* rsdp[0..len): the root's address and whether it is an XSDT; -EINVAL. */
MUSTUSE int acpi_parse_rsdp(const uint8_t *rsdp, size_t len, uint64_t *out_root, bool *out_xsdt);
/* A whole table, header included, whose header length is `len`. */
void acpi_parse_madt(const uint8_t *t, size_t len, struct acpi_madt *out);
void acpi_parse_fadt(const uint8_t *t, size_t len, struct acpi_fadt *out);
void acpi_parse_hpet(const uint8_t *t, size_t len, struct acpi_info *out);
void acpi_parse_mcfg(const uint8_t *t, size_t len, struct acpi_info *out);
/* Looks for `Name (_S5, Package {a, b, …})` in a definition block. */
void acpi_find_s5(const uint8_t *t, size_t len, struct acpi_info *out);

/* Readable view of physical memory, or NULL. */
typedef const uint8_t *(*acpi_phys_fn)(uint64_t p, uint64_t len);
/* Reads all tables. rsdp (may be NULL): a copy; else rsdp_paddr, else the BIOS areas are searched.
 */
void acpi_read(const uint8_t *rsdp, size_t rsdp_len, uint64_t rsdp_paddr, acpi_phys_fn phys,
               struct acpi_info *out);
