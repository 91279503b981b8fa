/* When functions are compiled: at their first call, or all at once. */
#pragma once

#include "wasm/module.h"

/* Compiles one defined function unless it is compiled. 0, -ENOMEM, -ENOTSUP. Takes the host's lock.
 */
MUSTUSE int code_compile(struct wasm_module *m, uint32_t func);
