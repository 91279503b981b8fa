/* Draws one cell on the hardware. */
#pragma once

#include "kernel/arch/arch.h"
#include "kernel/drv/vt.h"

/* Size in characters. */
void draw_size(const struct arch_screen *s, unsigned *out_columns, unsigned *out_rows);
void draw_cell(const struct arch_screen *s, unsigned column, unsigned row, struct vt_cell cell);
