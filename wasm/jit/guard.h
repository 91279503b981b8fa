/* What the verifier of machine code (wasm/verify) is told about a module and a function. */
#pragma once

#include "wasm/jit/code_int.h"

/* Is the body, as it lies at its place in `code` (the module's code range, or a copy), inside the
 * sandbox? 0, -ENOMEM, or -EFAULT: no; the
 * module remembers why (wasm_code.refused). */
MUSTUSE int guard_check(struct wasm_code *c, const uint8_t *code, const struct code_body *body);
/* Frees what guard_check has allocated for the module. */
void guard_release(struct wasm_code *c);
