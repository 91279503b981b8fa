/* Where the stubs of compiled code lead: the only thing of the runtime that machine code is made
 * with. A program that compiles without ever running the code brings an empty table of its own. */
#pragma once

#include "wasm/rt/ctx.h"
#include "wasm/rt/rt.h"

struct rt_entries {
    /* Compiles the function whose slot was called; on the embedder's stack. The address to go on
     * at. Does not return on failure. */
    const void *(*lazy)(struct wasm_ctx *ctx, uint64_t return_address);
    /* A call through a table has found another type than its open one; returns if that is a sub
     * type. table_and_type: number of the table << 32 | of the type. */
    void (*check_indirect)(struct wasm_instance *i, const struct ctx_table_entry *entry,
                           uint64_t table_and_type);
    void (*calls[RT_COUNT])(void); /* the rows of rt.def, with their own types */
};
extern const struct rt_entries rt_entries;
