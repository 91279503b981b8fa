/* The landing of wasm_call's entry: where traps resume. */
#pragma once

#include "base/base.h"

/* To be resumed with rsp = the thread's entry_sp and a status in eax; it returns from wasm_call's
 * entry. */
extern const char wasm__landing[];
/* The same as a call. */
NORETURN void wasm__leave(uint64_t entry_sp, int status);
