/* Vector instructions: those that are one machine instruction, and those whose shape depends on an
 * immediate. The rest is in simd_sequences.c and simd_shuffle.c. */
#include "wasm/jit/code_int.h"
#include "wasm/x64/simd.h"

#define SCRATCH ABI_SCRATCH_XMM

SEL_HANDLER(sel_vbin)
{
    bool swap = row->cc & SEL_SWAPPED;
    unsigned x = cg_reg(cg, swap ? node->b : node->a);
    struct cg_opnd y = cg_operand(cg, swap ? node->a : node->b);
    cg_release(cg);
    cg_vex(cg, row->op, cg_def(cg, n, X64_NONE), x, y);
}

SEL_HANDLER(sel_vun)
{
    struct cg_opnd x = cg_operand(cg, node->a);
    cg_release(cg);
    cg_vex(cg, row->op, cg_def(cg, n, X64_NONE), X64_NONE, x);
}

SEL_HANDLER(sel_vround)
{
    unsigned ra = cg_reg(cg, node->a);
    cg_release(cg);
    x64_vex_imm8(&cg->e, row->op, cg_def(cg, n, X64_NONE), X64_NONE, x64_r(ra), row->cc);
}

SEL_HANDLER(sel_vfcompare)
{
    unsigned ra = cg_reg(cg, node->a), rb = cg_reg(cg, node->b);
    cg_release(cg);
    x64_vex_imm8(&cg->e, row->op, cg_def(cg, n, X64_NONE), ra, x64_r(rb), row->cc);
}

/* The operand `memory` goes where op(acc, other, memory) has it; the result takes acc's register if
 * acc dies, else a copy. */
static void fma_memory(struct cg *cg, ir_ref_t n, x64_op_t op, unsigned acc, unsigned other,
                       ir_ref_t memory)
{
    if (cg_dies(cg, acc)) {
        struct cg_opnd z = cg_operand(cg, memory);
        cg_release(cg);
        cg_def_fixed(cg, n, acc);
        cg_vex(cg, op, acc, other, z);
    } else {
        unsigned dst = cg_def(cg, n, X64_NONE);
        cg_copy(cg, dst, acc, IR_V128);
        cg_vex(cg, op, dst, other, cg_operand(cg, memory));
    }
}

/* a * b + c onto an operand that dies, else onto a copy of c; b or c may be memory. */
SEL_HANDLER(sel_vfma)
{
    unsigned ra = cg_reg(cg, node->a);
    if (cg_in_memory(cg, node->c)) {
        unsigned rb = cg_reg(cg, node->b);
        bool onto_b = cg_dies(cg, rb) && !cg_dies(cg, ra);
        fma_memory(cg, n, row->op + V_FMA213, onto_b ? rb : ra, onto_b ? ra : rb, node->c);
        return;
    }
    unsigned rc = cg_reg(cg, node->c);
    if (cg_in_memory(cg, node->b)) {
        bool onto_a = cg_dies(cg, ra) && !cg_dies(cg, rc);
        if (onto_a)
            fma_memory(cg, n, row->op, ra, rc, node->b);
        else
            fma_memory(cg, n, row->op + V_FMA231, rc, ra, node->b);
        return;
    }
    unsigned rb = cg_reg(cg, node->b);
    unsigned want = cg_dies(cg, rc) ? rc : cg_dies(cg, ra) ? ra : cg_dies(cg, rb) ? rb : X64_NONE;
    cg_release(cg);
    unsigned dst = cg_def(cg, n, want);
    if (dst != rc && (dst == ra || dst == rb)) {
        x64_vex(&cg->e, row->op + V_FMA213, dst, dst == ra ? rb : ra, x64_r(rc));
        return;
    }
    cg_copy(cg, dst, rc, IR_V128);
    x64_vex(&cg->e, row->op + V_FMA231, dst, ra, x64_r(rb));
}

SEL_HANDLER(sel_vblend)
{
    unsigned ra = cg_reg(cg, node->a), rb = cg_reg(cg, node->b), mask = cg_reg(cg, node->c);
    cg_release(cg);
    x64_vex_imm8(&cg->e, row->op, cg_def(cg, n, X64_NONE), rb, x64_r(ra), (mask - X64_XMM) << 4);
}

/* ---- shifts; cc: the mask of the count ---- */

/* to = from shifted by an immediate. `op`: the form with the count in a register. */
static void shift_imm(struct cg *cg, x64_op_t op, unsigned to, unsigned from, unsigned count)
{
    unsigned kind = (op & 0xf0) == 0xd0 ? V_SRL : (op & 0xf0) == 0xe0 ? V_SRA : V_SLL;
    x64_vex_imm8(&cg->e, V_IMM(op & 3), kind, to, x64_r(from), count);
}

static unsigned const_count(const struct cg *cg, const struct ir_node *node,
                            const struct sel_row *row)
{
    return cg->f->nodes[node->b].a & row->cc;
}

/* SCRATCH = the masked count, plus `more`. */
static void count_to_scratch(struct cg *cg, const struct ir_node *node, const struct sel_row *row,
                             unsigned more)
{
    unsigned count = cg_temp(cg, CG_GPR);
    x64_op(&cg->e, X64_MOV_LOAD, count, x64_r(cg_reg(cg, node->b)));
    x64_alu_imm(&cg->e, X64_AND, 0, x64_r(count), row->cc);
    if (more)
        x64_alu_imm(&cg->e, X64_ADD, 0, x64_r(count), (int32_t)more);
    x64_vex(&cg->e, X64_MOVD_TO_XMM, SCRATCH, X64_NONE, x64_r(count));
}

SEL_HANDLER(sel_vshift)
{
    unsigned ra = cg_reg(cg, node->a);
    bool constant = cg->mark[n] & CG_IMM_B;
    if (!constant)
        count_to_scratch(cg, node, row, 0);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    if (constant)
        shift_imm(cg, row->op, dst, ra, const_count(cg, node, row));
    else
        x64_vex(&cg->e, row->op, dst, ra, x64_r(SCRATCH));
}

/* Bytes to the right with their signs: as the upper halves of words, which are packed again. */
static void shift_bytes_signed(struct cg *cg, ir_ref_t n, const struct ir_node *node,
                               const struct sel_row *row)
{
    struct x64_enc *e = &cg->e;
    unsigned ra = cg_reg(cg, node->a), high = cg_temp(cg, CG_XMM);
    bool constant = cg->mark[n] & CG_IMM_B;
    if (!constant)
        count_to_scratch(cg, node, row, 8);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_vex(e, VPUNPCKHBW, high, ra, x64_r(ra));
    x64_vex(e, VPUNPCKLBW, dst, ra, x64_r(ra));
    if (constant) {
        shift_imm(cg, VPSRAW, high, high, const_count(cg, node, row) + 8);
        shift_imm(cg, VPSRAW, dst, dst, const_count(cg, node, row) + 8);
    } else {
        x64_vex(e, VPSRAW, high, high, x64_r(SCRATCH));
        x64_vex(e, VPSRAW, dst, dst, x64_r(SCRATCH));
    }
    x64_vex(e, VPACKSSWB, dst, dst, x64_r(high));
}

static void shift_bytes_const(struct cg *cg, const struct sel_row *row, unsigned dst, unsigned ra,
                              unsigned count)
{
    unsigned byte = row->op == VPSLLW ? 0xff << count & 0xff : 0xff >> count;
    uint64_t mask = byte * 0x0101010101010101ull;
    shift_imm(cg, row->op, dst, ra, count);
    cg_vex(cg, VPAND, dst, dst, cg_vector_constant(cg, mask, mask));
}

/* Bytes: shifted as words, less what came over from the neighbour. The mask is made by shifting
 * ones. */
SEL_HANDLER(sel_vshift8)
{
    struct x64_enc *e = &cg->e;
    if (row->op == VPSRAW) {
        shift_bytes_signed(cg, n, node, row);
        return;
    }
    unsigned ra = cg_reg(cg, node->a), mask = cg_temp(cg, CG_XMM);
    bool constant = cg->mark[n] & CG_IMM_B;
    if (!constant)
        count_to_scratch(cg, node, row, 0);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    if (constant) {
        shift_bytes_const(cg, row, dst, ra, const_count(cg, node, row));
        return;
    }
    x64_vex(e, VPCMPEQD, mask, mask, x64_r(mask));
    x64_vex(e, row->op, mask, mask, x64_r(SCRATCH));
    if (row->op == VPSRLW)
        shift_imm(cg, VPSRLW, mask, mask, 8);
    x64_vex(e, VPBROADCASTB, mask, X64_NONE, x64_r(mask));
    x64_vex(e, row->op, dst, ra, x64_r(SCRATCH));
    x64_vex(e, VPAND, dst, dst, x64_r(mask));
}

/* Quadwords to the right with their signs: shift the sign bit along and extend it from there. */
SEL_HANDLER(sel_vsar64)
{
    struct x64_enc *e = &cg->e;
    unsigned ra = cg_reg(cg, node->a), sign = cg_temp(cg, CG_XMM);
    bool constant = cg->mark[n] & CG_IMM_B;
    if (!constant)
        count_to_scratch(cg, node, row, 0);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_vex(e, X64_MOVUPS_LOAD, sign, X64_NONE, cg_module_const(cg, CODE_CONST_SIGN64));
    if (constant) {
        shift_imm(cg, VPSRLQ, sign, sign, const_count(cg, node, row));
        shift_imm(cg, VPSRLQ, dst, ra, const_count(cg, node, row));
    } else {
        x64_vex(e, VPSRLQ, sign, sign, x64_r(SCRATCH));
        x64_vex(e, VPSRLQ, dst, ra, x64_r(SCRATCH));
    }
    x64_vex(e, VPXOR, dst, dst, x64_r(sign));
    x64_vex(e, VPSUBQ, dst, dst, x64_r(sign));
}

/* ---- lanes ---- */

/* From a vector register or memory at once, from a general register by way of the scratch one. */
SEL_HANDLER(sel_vsplat)
{
    struct cg_opnd x = cg_operand(cg, node->a);
    if (x.rm.reg < X64_XMM) {
        bool wide = row->op == VPBROADCASTQ;
        x64_vex(&cg->e, X64_MOVD_TO_XMM | sel_w(wide), SCRATCH, X64_NONE, x.rm);
        x.rm = x64_r(SCRATCH);
    }
    cg_release(cg);
    cg_vex(cg, row->op, cg_def(cg, n, X64_NONE), X64_NONE, x);
}

/* cc: bits to extend the sign from, or 0. */
SEL_HANDLER(sel_vextract)
{
    unsigned ra = cg_reg(cg, node->a);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    if ((row->op & ~(unsigned)X64_W) == VPEXTRD && node->aux == 0)
        x64_vex(&cg->e, X64_MOVD_FROM_XMM | (row->op & X64_W), ra, X64_NONE, x64_r(dst));
    else
        x64_vex_imm8(&cg->e, row->op, ra, X64_NONE, x64_r(dst), node->aux);
    if (row->cc)
        x64_op(&cg->e, row->cc == 8 ? X64_MOVSX8 : X64_MOVSX16, dst, x64_r(dst));
}

/* What is above the lane in the register does not matter. */
SEL_HANDLER(sel_vextract_float)
{
    unsigned ra = cg_reg(cg, node->a), want = cg_dies(cg, ra) ? ra : X64_NONE;
    cg_release(cg);
    unsigned dst = cg_def(cg, n, want);
    if (node->aux == 0)
        cg_copy(cg, dst, ra, node->type);
    else if (row->wide)
        x64_vex(&cg->e, VUNPCKHPD, dst, ra, x64_r(ra));
    else
        x64_vex_imm8(&cg->e, VPSHUFD, dst, X64_NONE, x64_r(ra), node->aux);
}

SEL_HANDLER(sel_vreplace)
{
    unsigned ra = cg_reg(cg, node->a);
    struct x64_rm y = cg_operand(cg, node->b).rm;
    cg_release(cg);
    x64_vex_imm8(&cg->e, row->op, cg_def(cg, n, X64_NONE), ra, y, node->aux);
}

SEL_HANDLER(sel_vreplace_float)
{
    unsigned ra = cg_reg(cg, node->a), rb = cg_reg(cg, node->b);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    if (!row->wide)
        x64_vex_imm8(&cg->e, VINSERTPS, dst, ra, x64_r(rb), node->aux << 4);
    else
        x64_vex(&cg->e, node->aux ? VMOVLHPS : VMOVSD, dst, ra, x64_r(rb));
}

/* ---- conditions ---- */

/* cc: every lane must differ from 0, lanes as op compares them; else any bit. */
struct cg_cond sel_vector_flags(struct cg *cg, const struct ir_node *node,
                                const struct sel_row *row)
{
    struct x64_enc *e = &cg->e;
    unsigned ra = cg_reg(cg, node->a), tested = ra;
    if (row->cc) {
        tested = SCRATCH;
        x64_vex(e, VPXOR, SCRATCH, SCRATCH, x64_r(SCRATCH));
        x64_vex(e, row->op, SCRATCH, SCRATCH, x64_r(ra));
    }
    x64_vex(e, VPTEST, tested, X64_NONE, x64_r(tested));
    return (struct cg_cond){row->cc ? X64_E : X64_NE, CG_COND_PLAIN};
}
