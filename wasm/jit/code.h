/* Machine code: where it lives, how functions are entered, and what a program counter means.
 *
 * A module's code is one range of address space (struct wasm_code, W^X through host->code_*):
 *
 *   jump table    8 bytes a defined function: `call lazy` until it is compiled, then `jmp body`
 *   stubs         ways out to the runtime: lazy compilation and one stub per row of rt.def
 *   bodies        in the order of compilation
 *
 * A jump table slot is always callable, from the first moment on, and never moves: that is what
 * code_entry returns and what tables, funcdescs and exports hold. Only slots are ever patched, each
 * by one aligned 8-byte store. The module's shared lock (host->lock) is held while a function is
 * compiled.
 *
 * A store's own code (struct code_store) are thunks: from compiled code to a host function, and
 * from any instance into another one. They live as long as the store. It also knows the code of all
 * its modules. */
#pragma once

#include "wasm/module.h"

struct wasm_ctx;
struct code_store;
struct ir_inline;

/* ---- a module's code ---- */

/* Reserves the range, writes jump table and stubs, sets m->code. Call after validation, before the
 * first instance; owner charged: m->owner. 0 or -ENOMEM. */
MUSTUSE int code_create(struct wasm_module *m);
/* Releases everything; m->code may be NULL. No thread may be inside. */
void code_destroy(struct wasm_module *m);
/* Where a defined (not imported) function is entered by the wasm calling convention with r15 = its
 * own instance's ctx and r14 = memory 0's base. Never NULL, never changes. */
const void *code_entry(const struct wasm_module *m, uint32_t func);

/* ---- a store's code ---- */

/* Making thunks and adding modules is for one thread of the store at a time; looking up is always
 * safe. */

/* host and owner: the store's. 0 or -ENOMEM. */
MUSTUSE int code_store_create(const struct wasm_host *host, void *owner, struct code_store **out);
void code_store_destroy(struct code_store *cs);
/* Makes the module's code known to this store, for faults and backtraces; once per instance
 * created, before its code can run. Adding a module again is harmless. 0 or -ENOMEM. */
MUSTUSE int code_store_add(struct code_store *cs, struct wasm_module *m);

/* Code with the wasm calling convention, enterable from any instance, that switches to the
 * embedder's stack and calls fn(instance of the caller, parameters…) with the C convention. The
 * same thunk is returned for the same fn and type_id (struct wasm_module.type_ids numbering). NULL:
 * out of memory. */
const void *code_host_thunk(struct code_store *cs, void (*fn)(void),
                            const struct wasm_functype *type, uint32_t type_id);
/* The same for a call that keeps its rsp in r14 and restores both (x64/abi.h); i32 results may have
 * an upper half. */
const void *code_host_direct(struct code_store *cs, void (*fn)(void),
                             const struct wasm_functype *type, uint32_t type_id);
/* Code enterable from any instance that switches r15/r14 to `ctx` (mem0_base must be final: it
 * never moves), copies the caller's ctx->thread, calls `entry` (a code_entry of ctx's module) and
 * switches back. The same thunk is returned for the same ctx and entry. NULL: out of memory. */
const void *code_instance_thunk(struct code_store *cs, struct wasm_ctx *ctx, const void *entry,
                                const struct wasm_functype *type);

/* Code that call_ref enters with r11 = a struct wasm_funcdesc: it goes to the descriptor's entry,
 * like an instance thunk for its ctx and entry. The same for all types whose values take equally
 * much of the stack. NULL: out of memory. */
const void *code_ref_thunk(struct code_store *cs, const struct wasm_functype *type);

/* ---- looking up ---- */

/* What a compiled instruction that may trap, or the one before a return address, is. */
enum code_site_kind {
    CODE_SITE_NONE,
    CODE_SITE_CALL,       /* the address is a return address */
    CODE_SITE_MEMORY,     /* a page fault here: WASM_TRAP_MEMORY_BOUNDS */
    CODE_SITE_FOLDED,     /* a page fault here: go on at code_recover */
    CODE_SITE_TABLE,      /* a page fault here: WASM_TRAP_UNDEFINED_ELEMENT */
    CODE_SITE_UD2 = 0x40, /* + enum wasm_trap */
    CODE_SITE_DIV32 =
        0x80, /* + register of the divisor: #DE is a division by zero or an overflow */
    CODE_SITE_DIV64 = 0x90,
};

/* What lies at an address. */
struct code_where {
    const struct wasm_module *module; /* NULL in a store's thunk */
    uint32_t func;        /* index in the module; UINT32_MAX in jump table, stub or thunk. Where a
                             call was built in: the callee */
    uint32_t offset;      /* of the instruction in the module's bytes; the body's when unknown */
    uint32_t kind;        /* enum code_site_kind; NONE if the address is no site */
    uint32_t frame_bytes; /* rsp + frame_bytes is where the return address lies */
    uint32_t param_bytes; /* of parameters above it, which the function pops */
    uint32_t call_bytes;  /* a call: of parameters that its callee is expected to pop */
    bool thunk;       /* a thunk into another instance: the caller's r14 and r15 are the uppermost
                         words of its frame */
    uint64_t landing; /* a call: where an exception goes on in this function; 0: nowhere */
    const struct code_body *body; /* NULL in jump table, stub or thunk */
    uint32_t call;                /* place of the call that was built in; 0: none */
};
/* false: not code of this store. Takes no lock, allocates nothing: safe in a fault handler. */
bool code_store_find(const struct code_store *cs, uint64_t pc, struct code_where *out);
/* Goes on to the function into which this one was built; false if it was not. As safe. */
bool code_where_outer(struct code_where *w);
bool code_store_contains(const struct code_store *cs, uint64_t pc);

/* Where to go on after a page fault at a CODE_SITE_FOLDED. That instruction is a jump there from
 * now on: what has wrapped once wraps again. Safe in a fault handler; one thread of the module at a
 * time. */
uint64_t code_recover(const struct code_where *w, uint64_t pc);

/* A compiled function as bytes, for dumps; NULL if it is not compiled. `sites` in ascending order.
 */
struct code_site {
    uint32_t code_offset; /* in the module's code range */
    uint32_t offset_kind; /* place in the function (struct ir_inline) << 8 | enum code_site_kind */
};
/* A call whose exceptions are dealt with in the same function. */
struct code_landing {
    uint32_t site, at; /* in the module's code range: the call's last byte; where to go on */
};
/* The access at `at` is made again, with its address computed in full, at `resume`. Ascending. */
struct code_recovery {
    uint32_t at, resume; /* offsets in the module's code range */
};
struct code_body {
    uint32_t func, start, len_bytes, frame_bytes, prologue_bytes, saved_mask;
    uint32_t wasm_offset; /* of the body in the module's bytes */
    uint32_t param_bytes; /* popped on return */
    uint32_t nsites, nlandings, ninlines, nrecoveries;
    struct code_site *sites;
    struct code_landing *landings;    /* ascending */
    struct ir_inline *inlines;        /* calls built in */
    struct code_recovery *recoveries; /* ascending */
};
const struct code_body *code_body_of(const struct wasm_module *m, uint32_t func);
const uint8_t *code_bytes(const struct wasm_module *m, uint32_t code_offset);
