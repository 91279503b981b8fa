/* What compiled code sees of an instance: r15 points at a wasm_ctx, r14 holds mem0_base. Layout is
 * ABI between x64/ and rt/. After the fixed part come, at offsets computed by ctx_layout():
 *   memories[nmemories]  struct ctx_memory_ref      tables[ntables]     struct ctx_table_ref
 *   globals: 16 bytes each; an imported global is a pointer to the exporter's slot
 *   imported functions[nimported_funcs]  struct ctx_import
 *   tags[ntags]  uint32_t: the tag's number in the store */
#pragma once

#include "wasm/module.h"

/* Pointers take 8 bytes wherever the engine is compiled, in a program for wasm32 as well: machine
 * code is the same there. */
#define CTX_PTR _Alignas(8)

struct ctx_memory {
    CTX_PTR uint8_t *base; /* never moves */
    uint64_t size_bytes;   /* committed; only grows; atomic if shared */
    uint64_t max_pages;    /* as declared; UINT64_MAX: not declared */
    uint64_t limit; /* bytes reserved, the guard behind them not counted: it never outgrows them */
    uint32_t refs;  /* instances that have it, and the creator of a shared one; atomic */
    bool is64;
    bool shared; /* by several stores: grows under the owner's lock */
    const struct wasm_host *host;
    void *owner;
};

/* What compiled code sees of a memory without another load: the base is a copy (it never moves). */
struct ctx_memory_ref {
    CTX_PTR uint8_t *base;
    CTX_PTR struct ctx_memory *memory;
    uint64_t limit; /* a copy as well: an index of a 64-bit memory is compared with it */
    uint64_t reserved;
};
_Static_assert(sizeof(struct ctx_memory_ref) % 16 == 0, "what follows stays aligned");

/* 16 bytes so that an index is scaled by a shift. type_id 0: null. */
struct ctx_table_entry {
    CTX_PTR const void *code;
    uint32_t type_id;
    uint32_t ref; /* the reference itself: funcref number or externref handle */
};

struct ctx_table {
    /* Never moves; 2^32 entries reserved, `size` committed. */
    CTX_PTR struct ctx_table_entry *entries;
    uint64_t size, max;
    wasm_valtype_t type;
    uint32_t refs;
    bool has_max, is64;
    /* While only its definer has the table, entries of its functions hold its own code; once it is
     * shared, and from then on, all code is enterable from anywhere. */
    CTX_PTR struct wasm_instance *definer;
    bool shared;
};

/* As ctx_memory_ref: a call_indirect adds index * 16 to `entries`, compares and calls. */
struct ctx_table_ref {
    CTX_PTR struct ctx_table_entry *entries;
    CTX_PTR struct ctx_table *table;
};

/* How to call an imported function: `code` has the wasm calling convention and may be entered with
 * the caller's r15 (a thunk switches it when the function belongs to another instance). `direct` is
 * for calls that keep rsp in r14 and restore both, see x64/abi.h. */
struct ctx_import {
    CTX_PTR const void *code;
    CTX_PTR const void *direct;
};
_Static_assert(sizeof(struct ctx_import) % 16 == 0, "what follows stays aligned");

/* One per function that a reference can name, store-wide; index = the reference's value. [0] stands
 * for null: its code traps. 32 bytes so that an index is scaled by a shift. */
struct wasm_funcdesc {
    /* call_ref enters it, from any instance, with r11 = this descriptor. */
    CTX_PTR const void *call;
    /* Of the instance that defines it, or imported it from the host. */
    CTX_PTR struct wasm_ctx *ctx;
    /* With r15 = ctx it is entered here; a host function: as `call`. */
    CTX_PTR const void *entry;
    uint32_t type_id;
    uint32_t func; /* index there */
};

struct wasm_ctx {
    CTX_PTR uint8_t *mem0_base;
    CTX_PTR struct ctx_memory *mem0; /* NULL without memory */
    /* Running now; set by wasm_call and by cross-instance thunks. */
    CTX_PTR struct wasm_thread *thread;
    CTX_PTR struct wasm_instance *instance;
    CTX_PTR struct wasm_funcdesc *funcdescs; /* the store's array (may move when the store grows) */
    uint32_t first_funcref;                  /* ref.func f = first_funcref + f */
    /* the exception that has just been caught in, or created by, this instance */
    uint32_t caught;     /* its reference */
    uint32_t caught_tag; /* its tag's number in the store */
    uint32_t reserved;
    CTX_PTR union wasm_value *payload;
    uint64_t scratch; /* a register's value while an access that wrapped is made again */
};

/* Where compiled code leaves the embedder's stack and comes back to it. */
struct wasm_thread {
    CTX_PTR struct wasm_store *store;
    CTX_PTR struct wasm_thread *next; /* in store->threads */
    CTX_PTR uint8_t *stack_base;      /* reservation: guard, then stack */
    uint64_t stack_reserved_bytes, guard_bytes;
    uint64_t host_sp;  /* embedder's rsp at the entry into wasm: host calls run there */
    uint64_t wasm_sp;  /* wasm rsp at the last call out of wasm: start of a backtrace */
    uint64_t entry_sp; /* landing frame of the innermost wasm_call; 0: none is running */
    uint64_t lazy_pc;  /* scratch of the lazy stub */
    uint64_t outer_sp; /* host_sp of the outermost wasm_call */
    uint32_t
        wasm_pops; /* parameters above the return address at wasm_sp, which a host function pops */
    uint32_t exception; /* what the last wasm_call that returned WASM_THROWN ended with */
    struct wasm_trap_info trap;
    int exit_status;
};

/* Offsets in bytes from the start of wasm_ctx. */
struct ctx_layout {
    uint32_t memories, tables, globals, imports, tags, size_bytes;
};
/* Also fills globals[].ctx_offset. */
void ctx_layout(const struct wasm_module *m, struct ctx_layout *out);
