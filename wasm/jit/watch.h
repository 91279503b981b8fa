/* Looking on while a function is compiled, for dumps. Set in wasm_module.watch; nothing else may
 * depend on it. */
#pragma once

#include "wasm/jit/ir.h"

struct cg;

struct jit_watch {
    void *arg;
    /* A pass has ended: "build", "clean" (cg is NULL), "back", "spill", "slots", "assign". */
    void (*pass)(void *arg, const char *name, const struct ir_func *f, const struct cg *cg);
    /* The code for node n, and for what has to happen before it, begins at this offset of the
     * module's code range; n = 0: what stands behind the last block. */
    void (*node)(void *arg, ir_ref_t n, uint32_t code_offset);
};

static inline void jit_watch_pass(const struct ir_func *f, const struct cg *cg, const char *name)
{
    const struct jit_watch *w = f->module->watch;
    if (UNLIKELY(w) && w->pass)
        w->pass(w->arg, name, f, cg);
}

static inline void jit_watch_node(const struct ir_func *f, ir_ref_t n, uint32_t code_offset)
{
    const struct jit_watch *w = f->module->watch;
    if (UNLIKELY(w) && w->node)
        w->node(w->arg, n, code_offset);
}
