/* Threads of the hosted tools: what linux_host.c takes from linux_thread.c, and the other way
 * round. */
#pragma once

#include "wasm/wasm.h"

/* wasm_host.wait and .notify */
int linux__wait(void *owner, const void *address, uint64_t expected, unsigned bytes,
                int64_t timeout_ns);
uint32_t linux__notify(void *owner, const void *address, uint32_t count);
/* How often linux_host_interrupt_after has struck, and what kind it is. */
unsigned linux__interrupts(enum wasm_trap *out_kind);
