/* From the entry code to kernel_main (docs/boot.md). */
#include "base/format.h"
#include "base/string.h"
#include "kernel/arch/x86_64/apic.h"
#include "kernel/arch/x86_64/bootinfo.h"
#include "kernel/arch/x86_64/cpu.h"
#include "kernel/arch/x86_64/display.h"
#include "kernel/arch/x86_64/keyboard.h"
#include "kernel/arch/x86_64/link.h"
#include "kernel/arch/x86_64/ram.h"
#include "kernel/arch/x86_64/paging.h"
#include "kernel/arch/x86_64/pci.h"
#include "kernel/arch/x86_64/power.h"
#include "kernel/arch/x86_64/rtc.h"
#include "kernel/arch/x86_64/serial.h"
#include "kernel/arch/x86_64/smp.h"
#include "kernel/arch/x86_64/space.h"
#include "kernel/arch/x86_64/time.h"
#include "kernel/core/log.h"

#define BOOT_TABLES_LIMIT (4 * GIB)
#define VGA_TEXT          0xb8000
#define VGA_COLUMNS       80
#define VGA_WHITE_ON_RED  0x4f00

struct arch_boot arch_boot;
extern struct cpu_stacks boot_stacks;
static struct boot_info boot_info;
static struct acpi_info acpi_info;

_Static_assert(offsetof(struct cpu_stacks, boot) + KSTACK_SIZE == BOOT_STACK_OFFSET, "boot.S");

/* A line on the serial port and, in case there is one, at the top of the VGA text screen. */
static void say_early(const char *text)
{
    uint16_t *cells = arch_direct(VGA_TEXT);
    size_t len = strlen(text);
    arch_console_write(text, len);
    arch_console_write("\r\n", 2);
    for (size_t i = 0; i < 4 * VGA_COLUMNS; i++)
        cells[i] = (uint16_t)(VGA_WHITE_ON_RED | (uint8_t)(i < len ? text[i] : ' '));
}

static void require_cpu(void)
{
    static char message[320];
    char missing[200];
    if (cpu_check(missing, sizeof(missing)) == 0)
        return;
    fmt_snprintf(message, sizeof(message),
                 "WasmOS needs an x86-64-v3 CPU (about 2013 or later). This one lacks:%s. "
                 "In QEMU, use -cpu max.",
                 missing);
    say_early(message);
    serial_flush();
    power_debug_exit(0x33);
    power_halt();
}

/* Before the kernel's own page tables: what the boot tables map. */
static const uint8_t *phys_early(uint64_t p, uint64_t len)
{
    return p < BOOT_TABLES_LIMIT && len <= BOOT_TABLES_LIMIT - p ? arch_direct(p) : NULL;
}

/* Afterwards: the direct map, or a mapping made for it. */
static const uint8_t *phys_late(uint64_t p, uint64_t len)
{
    if (memmap_contains(ram_map(), p, len))
        return arch_direct(p);
    return device_map(p, len, DEVICE_CACHED_READ_ONLY);
}

static void read_boot_info(unsigned protocol, uint64_t p)
{
    int err = protocol == BOOT_PVH ? boot_parse_pvh(p, phys_early, &boot_info)
                                   : boot_parse_multiboot2(p, phys_early, &boot_info);
    if (err)
        panic("the boot loader's information at %#lx is damaged", p);
    arch_boot.command_line = boot_info.command_line;
    arch_boot.machine = protocol == BOOT_PVH ? "x86_64 (PVH)" : "x86_64 (Multiboot2)";
}

static void take_modules(void)
{
    for (unsigned i = 0; i < boot_info.nmodules; i++) {
        const struct arch_memory *m = &boot_info.modules[i];
        if (!memmap_contains(ram_map(), m->base, m->len)) {
            log_warn("boot module %u at %#lx is outside of memory: ignored", i, m->base);
            continue;
        }
        arch_boot.modules[arch_boot.nmodules++] =
            (struct arch_module){arch_direct(m->base), m->len};
    }
}

static void read_acpi(void)
{
    const uint8_t *copy = boot_info.rsdp_copy_len ? boot_info.rsdp_copy : NULL;
    acpi_read(copy, boot_info.rsdp_copy_len, boot_info.rsdp, phys_late, &acpi_info);
    power_init(&acpi_info);
    rtc_set_century(acpi_info.fadt.century);
}

/* First C code, on the boot stack, with the boot page tables; interrupts are off. */
NORETURN void arch_start(unsigned protocol, uint64_t info)
{
    time_start();
    serial_init();
    require_cpu();
    cpu_load_tables(&cpu_boot, &boot_stacks);
    cpu_boot.stacks = &boot_stacks;
    cpu_boot.timer_deadline_ns = UINT64_MAX;
    cpu_boot.online = true;
    cpu_enable_features();

    read_boot_info(protocol, info);
    ram_init(&boot_info);
    paging_init();
    space_init();
    take_modules();

    read_acpi();
    apic_init(&acpi_info.madt);
    time_calibrate_begin(&acpi_info);
    pci_init(&acpi_info);
    display_init(&boot_info.framebuffer);
    keyboard_init();
    arch_boot.ncpus = smp_init(&acpi_info.madt, ram_low_page(&boot_info));
    time_calibrate_end();
    serial_enable_interrupts();
    link_device_init();
    ram_finish();
    log_info("machine: %s, %u CPUs, %u PCI functions, ready after %llu us", arch_boot.machine,
             arch_boot.ncpus, pci_count(), arch_clock_ns() / NSEC_PER_USEC);
    kernel_main();
}
