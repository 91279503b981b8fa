/* Threads of the hosted tools: what linux_host.c takes from linux_thread.c, and the other way
 * round. */
#pragma once

#include "wasm/wasm.h"

/* wasm_host.wait and .notify */
int linux__wait(void *owner, const void *address, uint64_t expected, unsigned bytes,
                int64_t timeout_ns);
uint32_t linux__notify(void *owner, const void *address, uint32_t count);
/* wasm_host.help */
bool linux__help(void *owner, bool (*step)(void *arg), void *arg);
struct linux_owner;
/* Is this thread the owner's helper? */
bool linux__is_helper(const struct linux_owner *o);
/* How often linux_host_interrupt_after has struck, and what kind it is. */
unsigned linux__interrupts(enum wasm_trap *out_kind);
