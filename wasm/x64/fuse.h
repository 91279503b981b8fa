/* Which nodes become part of their user's instruction. */
#pragma once

#include "wasm/jit/cg.h"

/* Decides it for node n, which is no list; called in program order. `first`: of n's block.
 * *barrier: the last node before n that a load may not be moved across (0: none in the block); it
 * becomes n if n is such a node. May swap operands of commutative ops. Returns how many registers n
 * reads, and which (cg_operands). */
unsigned cg_fuse(struct cg *cg, ir_ref_t n, ir_ref_t first, ir_ref_t *barrier,
                 ir_ref_t out[CG_OPERANDS_MAX]);
/* The operand of n that may as well be read from its frame slot; 0: none. */
ir_ref_t cg_slot_operand(const struct cg *cg, ir_ref_t n);
/* Decides which sums become part of the accesses that use them; before everything else. */
void cg_fuse_addresses(struct cg *cg);
/* An address is index << scale, plus addend, modulo 2^32. */
struct cg_address {
    ir_ref_t index;
    uint8_t scale;
    int32_t addend;
};
/* false: the address is not a folded sum. */
bool cg_address_parts(const struct cg *cg, ir_ref_t access, struct cg_address *out);
