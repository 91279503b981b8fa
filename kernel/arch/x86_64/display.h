/* Where the machine shows pictures: the boot loader's frame buffer, VGA text, or a Bochs display
 * set up here. */
#pragma once

#include "kernel/arch/x86_64/bootinfo.h"

void display_init(const struct boot_framebuffer *f);
