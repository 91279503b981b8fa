/* The module "spectest" that the specification's scripts import from. */
#pragma once

#include "wasm/test_module.h"
#include "wasm/wasm.h"

/* A module that imports the print functions, exports them again, and adds globals, a table and a
 * memory. */
void spectest_build(struct test_module *t);
/* Resolves its imports: functions that do nothing. */
int spectest_resolve(void *arg, const struct wasm_import_desc *import, uint32_t index,
                     struct wasm_extern *out);
