/* Interrupt controllers: local APIC, I/O APIC, and the PIC where there is none. */
#pragma once

#include "kernel/arch/x86_64/acpi.h"

/* Maps and enables this CPU's local APIC; the first call (boot CPU) also sets up the others. */
void apic_init(const struct acpi_madt *m);
void apic_cpu_init(void);
uint32_t apic_id(void);
void apic_send_nmi(uint32_t id);
void apic_send_fixed(uint32_t id, unsigned vector);
void apic_send_init(uint32_t id);
void apic_send_startup(uint32_t id, paddr_t page);

/* Timer: counts down from `count` once; 0 stops. Interrupt VECTOR_TIMER. */
void apic_timer_start(uint32_t count);
uint32_t apic_timer_now(void);

/* Routes ISA line n (edge, or as the MADT says) to VECTOR_ISA + n on the boot CPU and unmasks it.
 */
void irq_enable_isa(unsigned line);
void irq_end(unsigned vector);
bool irq_is_spurious(unsigned vector);
/* Address and data of a message-signalled interrupt to the boot CPU. */
void irq_msi_message(unsigned vector, uint64_t *out_address, uint32_t *out_data);
