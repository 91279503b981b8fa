/* Runtime calls of which most are done in machine code (x64/stub_memory.c). */
#pragma once

#include "wasm/x64/enc.h"

/* In the place of a stub to rt_memory_copy or rt_memory_fill, with its arguments: does the work and
 * returns, or jumps to `slow` with everything as it was. */
void stub_memory_copy(struct x64_enc *e, struct x64_label *slow);
void stub_memory_fill(struct x64_enc *e, struct x64_label *slow);
