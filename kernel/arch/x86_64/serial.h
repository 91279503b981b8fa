/* The first serial port (16550, 115200 8N1). */
#pragma once

#include "base/base.h"

/* Polled output works from here on. */
void serial_init(void);
/* Interrupt-driven in both directions; once the clock runs. */
void serial_enable_interrupts(void);
/* Waits until everything is out. */
void serial_flush(void);
/* From now on output is polled and takes no lock (panic). */
void serial_emergency(void);
