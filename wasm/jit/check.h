/* A check of register allocation: what assign.c and selection did with values (a log of moves,
 * uses, definitions) is run on an abstract machine whose locations hold values, not bits. It shares
 * nothing with spill.c and assign.c but the log and the registers that they promise at each block's
 * entry, and takes the places of parameters, arguments and results from the calling convention
 * itself. Every function is checked in debug builds, or with the switch JIT_CHECK. */
#pragma once

#include "wasm/jit/cg.h"

enum check_kind {
    CHECK_BLOCK,   /* value: a block begins */
    CHECK_NODE,    /* value: a node begins */
    CHECK_MOVE,    /* to ← from, as `type` */
    CHECK_SWAP,    /* two registers are exchanged */
    CHECK_USE,     /* `value` is read from `from` */
    CHECK_DEF,     /* node `value` puts its result into `to` */
    CHECK_CLOBBER, /* `to` holds nothing any more */
    CHECK_CALL,    /* call `value` happens: its arguments are in place */
    CHECK_LEAVE,   /* return or tail call `value` happens */
};

struct check_event {
    uint8_t kind, type;
    uint32_t edge; /* 1 + the edge on whose way it happens, 0: on all */
    ir_ref_t value;
    struct pmove_place to, from;
};

struct check_log {
    struct check_event *events;
    uint32_t n, cap;
    uint32_t edge; /* of the events to come */
    bool full;     /* no memory: there is nothing to be checked */
};

/* A log for cg->log, or NULL: no memory. */
struct check_log *check_begin(struct cg *cg);
/* NULL if every value is where it is read from, on every way through the function; else what is
 * wrong, with the node in *out_at. Functions with too many slots and blocks are not looked at. */
const char *check_run(const struct cg *cg, const struct check_log *log, ir_ref_t *out_at);

void check__note(const struct cg *cg, struct check_event e);

static inline struct pmove_place check_reg(unsigned reg)
{
    return (struct pmove_place){PMOVE_REG, reg};
}
static inline void check_move(const struct cg *cg, struct pmove_place to, struct pmove_place from,
                              unsigned type)
{
    if (UNLIKELY(cg->log))
        check__note(cg, (struct check_event){
                            .kind = CHECK_MOVE, .type = (uint8_t)type, .to = to, .from = from});
}
static inline void check_use(const struct cg *cg, ir_ref_t v, struct pmove_place from)
{
    if (UNLIKELY(cg->log))
        check__note(cg, (struct check_event){.kind = CHECK_USE, .value = v, .from = from});
}
/* An event that concerns a node or block, and perhaps a register (X64_NONE: none). */
static inline void check_event(const struct cg *cg, enum check_kind kind, ir_ref_t v, unsigned reg)
{
    if (UNLIKELY(cg->log))
        check__note(cg,
                    (struct check_event){.kind = (uint8_t)kind, .value = v, .to = check_reg(reg)});
}
