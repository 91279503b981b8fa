/* Switches that tests and hosted tools set in a module before its first function is compiled
 * (wasm_module.jit). All zero is the compiler as it is meant to be; the kernel never changes it. */
#pragma once

#include "base/base.h"

enum jit_switch {
#define JIT_SWITCH(id, text, what) JIT_##id,
#include "wasm/jit/options.def"
    JIT_SWITCH_COUNT
};
_Static_assert(JIT_SWITCH_COUNT <= 64, "the set is one word");

struct jit_options {
    uint64_t set; /* bit per enum jit_switch */
#define JIT_NUMBER(id, text, test, what) uint8_t id;
#include "wasm/jit/options.def"
};

static inline bool jit_has(const struct jit_options *o, enum jit_switch s)
{
    return UNLIKELY(o->set >> s & 1);
}
