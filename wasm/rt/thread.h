/* The landing of wasm_call's entry: where traps resume. */
#pragma once

#include "wasm/rt/instance.h"

/* To be resumed with rsp = the thread's entry_sp and a status in eax; it returns from wasm_call's
 * entry. */
extern const char wasm__landing[];
/* The same as a call. */
NORETURN void wasm__leave(uint64_t entry_sp, int status);
/* Goes on in compiled code: in the frame at `sp`, at `pc`, as an instance with this ctx and memory
 * 0. */
NORETURN void wasm__resume(uint64_t sp, uint64_t pc, uint64_t ctx, uint64_t mem0_base);
/* Fills t->trap with a trap of this kind and the calls that have led out of compiled code. */
void trap_record(struct wasm_thread *t, enum wasm_trap kind);
