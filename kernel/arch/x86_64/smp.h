/* Other CPUs. */
#pragma once

#include "kernel/arch/x86_64/acpi.h"

/* Remembers which there are; `page`: below 1 MiB, for their start code (PADDR_NONE: none can be
 * started). Returns how many CPUs there are in all. */
unsigned smp_init(const struct acpi_madt *m, paddr_t page);
