#include "kernel/arch/x86_64/power.h"

#include "kernel/arch/x86_64/link.h"
#include "kernel/arch/x86_64/paging.h"
#include "kernel/arch/x86_64/serial.h"
#include "kernel/arch/x86_64/time.h"
#include "kernel/arch/x86_64/trap.h"
#include "kernel/arch/x86_64/x86.h"

#define DEBUG_EXIT_PORT  0xf4
#define PANIC_CODE       0x33 /* docs/exec.md */
#define PM1_SCI_ENABLE   1u
#define PM1_SLEEP_ENABLE (1u << 13)
#define PM1_TYPE_SHIFT   10
#define SLEEP_ENABLE     (1u << 5) /* hardware-reduced sleep control register (4.8.3.7) */
#define SLEEP_TYPE_SHIFT 2
#define ENABLE_TRIES     3000
#define ENABLE_STEP_US   100
#define Q35_PM1_CONTROL  0x604
#define PC_PM1_CONTROL   0xb004
#define RESET_CONTROL    0xcf9
#define KEYBOARD_COMMAND 0x64
#define KEYBOARD_RESET   0xfe
#define SETTLE_US        20000

static const struct acpi_info *info;
static volatile uint8_t *reset_memory, *sleep_memory;

void power_init(const struct acpi_info *acpi)
{
    const struct acpi_fadt *f = &acpi->fadt;
    info = acpi;
    if (f->reset_present && f->reset.space == ACPI_MEMORY)
        reset_memory = device_map(f->reset.address, 1, DEVICE_UNCACHED);
    if (f->hardware_reduced && f->sleep_control.space == ACPI_MEMORY && f->sleep_control.address)
        sleep_memory = device_map(f->sleep_control.address, 1, DEVICE_UNCACHED);
}

void power_debug_exit(uint8_t code)
{
    outb(DEBUG_EXIT_PORT, code);
}

void power_halt(void)
{
    for (;;)
        __asm__ volatile("cli; hlt");
}

/* ACPI machines may start in legacy mode, where the sleep bits do nothing (4.8.2.5). */
static void enable_acpi(const struct acpi_fadt *f)
{
    if (!f->smi_command || !f->acpi_enable || (inw(f->pm1a_control) & PM1_SCI_ENABLE))
        return;
    outb(f->smi_command, f->acpi_enable);
    for (unsigned i = 0; i < ENABLE_TRIES && !(inw(f->pm1a_control) & PM1_SCI_ENABLE); i++)
        time_delay_us(ENABLE_STEP_US);
}

static void sleep_fixed(const struct acpi_fadt *f)
{
    uint16_t a = (uint16_t)(info->s5_type_a << PM1_TYPE_SHIFT | PM1_SLEEP_ENABLE);
    uint16_t b = (uint16_t)(info->s5_type_b << PM1_TYPE_SHIFT | PM1_SLEEP_ENABLE);
    enable_acpi(f);
    outw(f->pm1a_control, (uint16_t)(a | (inw(f->pm1a_control) & PM1_SCI_ENABLE)));
    if (f->pm1b_control)
        outw(f->pm1b_control, (uint16_t)(b | (inw(f->pm1b_control) & PM1_SCI_ENABLE)));
}

static void sleep_reduced(const struct acpi_fadt *f)
{
    uint8_t v = (uint8_t)(info->s5_type_a << SLEEP_TYPE_SHIFT | SLEEP_ENABLE);
    if (sleep_memory)
        *sleep_memory = v;
    else if (f->sleep_control.space == ACPI_IO)
        outb((uint16_t)f->sleep_control.address, v);
}

static void finish_output(void)
{
    link_device_flush();
    serial_flush();
}

/* No handler, no double fault handler: the CPU resets, which ends a machine without firmware. */
static void triple_fault(void)
{
    static const struct {
        uint16_t limit;
        uint64_t base;
    } __attribute__((packed)) no_table = {0, 0};
    __asm__ volatile("lidt %0; int3" ::"m"(no_table));
}

void arch_power_off(int status)
{
    const struct acpi_fadt *f = &info->fadt;
    finish_output();
    irq_off();
    trap_stop_others();
    if (status)
        power_debug_exit((uint8_t)status);
    if (f->present && info->s5_present && !f->hardware_reduced && f->pm1a_control)
        sleep_fixed(f);
    else if (f->present && info->s5_present)
        sleep_reduced(f);
    time_delay_us(SETTLE_US);
    if (!info->s5_present) { /* QEMU without ACPI tables */
        outw(Q35_PM1_CONTROL, PM1_SLEEP_ENABLE);
        outw(PC_PM1_CONTROL, PM1_SLEEP_ENABLE);
        outb(KEYBOARD_COMMAND, KEYBOARD_RESET); /* how small virtual machines end */
        outb(RESET_CONTROL, 6);
        triple_fault();
    }
    power_halt();
}

static void reset_by_fadt(const struct acpi_fadt *f)
{
    if (!f->reset_present)
        return;
    if (f->reset.space == ACPI_IO)
        outb((uint16_t)f->reset.address, f->reset_value);
    else if (reset_memory)
        *reset_memory = f->reset_value;
}

void arch_reboot(void)
{
    finish_output();
    irq_off();
    trap_stop_others();
    reset_by_fadt(&info->fadt);
    time_delay_us(SETTLE_US);
    outb(RESET_CONTROL, 2);
    outb(RESET_CONTROL, 6);
    time_delay_us(SETTLE_US);
    outb(KEYBOARD_COMMAND, KEYBOARD_RESET);
    time_delay_us(SETTLE_US);
    triple_fault();
    power_halt();
}

void arch_panic_begin(void)
{
    irq_off();
    serial_emergency();
    trap_stop_others();
}

void arch_panic_stop(void)
{
    arch_panic_begin();
    serial_flush();
    power_debug_exit(PANIC_CODE);
    power_halt();
}
