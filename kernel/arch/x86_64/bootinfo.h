/* What the boot loader says, in one form for both protocols. All of it is copied: nothing points
 * into loader memory but module addresses. Damaged structures give -EINVAL, surplus entries are
 * ignored. */
#pragma once

#include "kernel/arch/x86_64/memmap.h"

enum boot_protocol { BOOT_PVH = 1, BOOT_MULTIBOOT2 = 2 };

#define BOOT_COMMAND_LINE_MAX 4096
#define BOOT_MEMORY_MAX       256
#define BOOT_MODULE_MAX       8
#define BOOT_RSDP_MAX         36

/* Values of the BIOS E820 call, PVH and Multiboot2 alike. */
enum boot_memory_type {
    BOOT_RAM = 1,
    BOOT_RESERVED = 2,
    BOOT_ACPI = 3,
    BOOT_ACPI_NVS = 4,
    BOOT_BAD = 5
};

struct boot_memory {
    uint64_t base, len;
    uint32_t type;
};

struct boot_framebuffer {
    uint64_t base;
    uint32_t pitch, width, height; /* pitch in bytes */
    uint8_t bits, type;            /* type 1: RGB pixels, 2: text cells */
    uint8_t red, green, blue;      /* bit positions of 8-bit channels */
    bool present;
};

struct boot_info {
    enum boot_protocol protocol;
    char command_line[BOOT_COMMAND_LINE_MAX];
    struct boot_memory memory[BOOT_MEMORY_MAX];
    unsigned nmemory;
    struct arch_memory modules[BOOT_MODULE_MAX];
    unsigned nmodules;
    uint64_t rsdp;                    /* physical address (PVH), 0 unknown */
    uint8_t rsdp_copy[BOOT_RSDP_MAX]; /* Multiboot2 hands over a copy */
    unsigned rsdp_copy_len;
    struct boot_framebuffer framebuffer;
};

/* Readable view of physical memory [p, p + len), or NULL. */
typedef const uint8_t *(*boot_phys_fn)(uint64_t p, uint64_t len);

/* PVH: `p` is the struct hvm_start_info (Xen's public header arch-x86/hvm/start_info.h). */
MUSTUSE int boot_parse_pvh(uint64_t p, boot_phys_fn phys, struct boot_info *out);
/* Multiboot2 specification, section 3.4 and on: `p` is the boot information. */
MUSTUSE int boot_parse_multiboot2(uint64_t p, boot_phys_fn phys, struct boot_info *out);
