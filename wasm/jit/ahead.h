/* Compiling functions before they are called, on a thread that the embedder has to spare
 * (wasm_host.help). A hint and no more: nothing waits for it, and whatever it fails at happens
 * again, where it counts, when the function is called. */
#pragma once

#include "wasm/jit/code_int.h"

/* Sets c->ahead if somebody helps and the module is worth it; failing is not an error. */
void ahead__create(struct wasm_code *c);
/* Returns when nobody helps any more; harmless without. */
void ahead__destroy(struct wasm_code *c);
/* A function has been compiled because it was called: its callees are at hand. No lock is held. */
void ahead__wake(struct wasm_code *c, uint32_t func);
/* code__target for a call in a function being compiled: what is not compiled yet is likely to be
 * called next. */
uint32_t ahead__target(struct code_lane *l, uint32_t func);
/* Is what this lane compiles wanted no more? Asked between passes. */
bool ahead__stopped(const struct code_lane *l);
/* Of all function bodies. */
uint64_t ahead__body_bytes(const struct wasm_module *m);
