/* Exceptions and interrupts. */
#pragma once

#include "kernel/arch/arch.h"

/* Built by entry.S on the stack that the handler runs on; offsets in layout.h. */
struct trap_frame {
    struct arch_regs regs;
    uint64_t vector, error, address /* CR2 */, stack /* STACK_… */;
    uint64_t iret_pc, cs, iret_flags, iret_sp, ss; /* only cs and ss are read back from here */
    uint64_t reserved;
};

/* Vectors of device interrupts. ISA line n has VECTOR_ISA + n, with the I/O APIC as well as with
 * the PIC. */
enum {
    VECTOR_ISA = 0x20,
    VECTOR_MSI = 0x60, /* message-signalled: VECTOR_MSI … VECTOR_MSI + MSI_VECTORS - 1 */
    VECTOR_TIMER = 0xf0,
    VECTOR_KICK = 0xf1,
    VECTOR_SPURIOUS = 0xff,
};
#define MSI_VECTORS 16

/* Interrupts are off, the interrupt is acknowledged afterwards. */
typedef void (*irq_fn)(void *arg);
void irq_handle(unsigned vector, irq_fn fn, void *arg);
/* A free message-signalled vector bound to fn; 0 when all are taken. */
unsigned irq_alloc_msi(irq_fn fn, void *arg);

/* Called by entry.S. */
void trap_dispatch(struct trap_frame *f);

/* Other CPUs stop in their NMI handlers from now on (panic). */
void trap_stop_others(void);
