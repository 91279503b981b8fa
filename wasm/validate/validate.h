/* Validation (core spec 3 and appendix A.3): types, indices, everything that makes compiled code
 * safe. */
#pragma once

#include "wasm/decode/error.h"
#include "wasm/module.h"

/* Checks a decoded module, whose types have been numbered; sets nlocals, max_stack and nblocks of
 * every function. 0; -EINVAL; -ENOTSUP; -ENOMEM. */
MUSTUSE int wasm_validate(struct wasm_module *m, struct wasm_error *err);
