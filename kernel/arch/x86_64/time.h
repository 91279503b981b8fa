/* Clocks and the timer. */
#pragma once

#include "kernel/arch/x86_64/acpi.h"

/* The clock's zero. */
void time_start(void);
/* First sample: as early as possible. Needs the local APIC. */
void time_calibrate_begin(const struct acpi_info *acpi);
/* Second sample: waits until the two are far enough apart; from here on arch_clock_ns runs. */
void time_calibrate_end(void);
/* For waits before the clock runs: about `us` microseconds, by the reference clock. */
void time_delay_us(unsigned us);
uint64_t time_tsc_hz(void);
/* Calls fn once at `ns` in a timer interrupt of the boot CPU, whatever the kernel's own timer does.
 * One call per user: a new one replaces the old. Only on the boot CPU with interrupts off. */
enum time_user { TIME_SERIAL, TIME_LINK, TIME_USERS };
void time_call_at(enum time_user user, uint64_t ns, void (*fn)(void));
