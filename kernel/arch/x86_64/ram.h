/* Physical memory at boot. */
#pragma once

#include "kernel/arch/x86_64/bootinfo.h"

void ram_init(const struct boot_info *b);
const struct memmap *ram_map(void);
/* A page below 1 MiB for the start code of other CPUs; PADDR_NONE: none. */
paddr_t ram_low_page(const struct boot_info *b);
/* Hands what is left to arch_boot; early_alloc must not be called any more. */
void ram_finish(void);
