/* Switching off, starting again. */
#pragma once

#include "kernel/arch/x86_64/acpi.h"

/* Maps the registers that the way out needs. */
void power_init(const struct acpi_info *acpi);
/* Tells QEMU's isa-debug-exit device, if there is one: QEMU ends with (code << 1) | 1. */
void power_debug_exit(uint8_t code);
NORETURN void power_halt(void);
