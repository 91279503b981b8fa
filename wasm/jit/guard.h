/* What the verifier of machine code (wasm/verify) is told about a module and a function. */
#pragma once

#include "wasm/jit/code_int.h"

/* Is the body, as it lies at its place in `code` (the module's code range, or a copy), inside the
 * sandbox? 0, -ENOMEM, or -EFAULT: no; the lane remembers why. */
MUSTUSE int guard_check(struct code_lane *l, const uint8_t *code, const struct code_body *body);
/* Frees what guard_check has allocated for the lane. */
void guard_release(struct code_lane *l);
