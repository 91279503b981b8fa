/* Walking the frames of compiled code outwards, for backtraces and for exceptions. */
#pragma once

#include "wasm/rt/instance.h"

struct unwind {
    uint64_t sp;     /* where the return address into the next frame lies */
    uint32_t popped; /* bytes of parameters above it, which the function that returns pops */
    uint64_t frame;  /* after a step: rsp in that frame */
};

/* From the last call out of compiled code. */
static inline struct unwind unwind_start(const struct wasm_thread *t)
{
    return (struct unwind){.sp = t->wasm_sp, .popped = t->wasm_pops};
}

/* One frame outwards. *where: the call that is returned to. false: there the frames end, at the
 * entry (nothing is read but the thread's own stack: safe in a fault handler). A function that was
 * entered by a tail call may have other parameters than the call it returns to has room for; the
 * return address lies accordingly. */
static inline bool unwind_step(const struct wasm_thread *t, struct unwind *u,
                               struct code_where *where)
{
    uint64_t base = (uint64_t)(uintptr_t)t->stack_base;
    if (u->sp % 8 || u->sp < base + t->guard_bytes || u->sp > base + t->stack_reserved_bytes - 8)
        return false;
    uint64_t return_address = *(const uint64_t *)(uintptr_t)u->sp;
    if (!code_store_find(t->store->code, return_address - 1, where))
        return false;
    u->frame = u->sp + 8 + u->popped - where->call_bytes;
    u->sp = u->frame + where->frame_bytes;
    u->popped = where->param_bytes;
    return true;
}
