/* Parallel moves: a set of copies that all read before any writes, put into an order. */
#pragma once

#include "wasm/x64/enc.h"

enum pmove_kind {
    PMOVE_REG,      /* at: enum x64_reg */
    PMOVE_SLOT,     /* at: 8-byte slot of the frame; may be a source and a target at once */
    PMOVE_OUT,      /* at: byte offset in the outgoing area; a target only */
    PMOVE_INCOMING, /* at: byte offset in the caller's area; never source and target at once */
    PMOVE_CONST,    /* at: node of a constant; a source only */
};

struct pmove_place {
    uint32_t kind, at;
};

struct pmove {
    struct pmove_place to, from;
    uint8_t type; /* enum ir_type */
    bool done;
};

/* Emits one step; `swap`: exchange two general registers. */
typedef void (*pmove_emit_fn)(void *arg, struct pmove_place to, struct pmove_place from,
                              unsigned type, bool swap);

/* One entry a frame slot: 1 + move that writes it, and how many moves yet to be made read it. All
 * zero between runs. */
struct pmove_slot {
    uint32_t writer, readers;
};

/* Targets must be distinct. A cycle among vector registers or slots goes through `scratch` (a
 * vector register outside all moves). `slots` may be NULL if no slot is moved. `ready` has room for
 * n numbers. Linear in n. */
void pmove_run(struct pmove *moves, uint32_t n, struct pmove_slot *slots, uint32_t *ready,
               unsigned scratch, pmove_emit_fn emit, void *arg);
