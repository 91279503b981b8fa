/* Integer arithmetic. Registers of operands are read before cg_release gives up the dying ones, so
 * that the result may take one of them. */
#include "wasm/jit/code.h"
#include "wasm/x64/select.h"

static uint64_t const_bits(const struct cg *cg, ir_ref_t v)
{
    return ir_const_bits(&cg->f->nodes[v]);
}

/* n = a op b for the two-operand form `op`; b in a register or in memory. */
static void two_operand(struct cg *cg, ir_ref_t n, const struct ir_node *node, x64_op_t op,
                        bool commutes)
{
    unsigned type = node->type, ra = cg_reg(cg, node->a);
    if (cg_in_memory(cg, node->b)) {
        if (cg_dies(cg, ra)) {
            struct cg_opnd o = cg_operand(cg, node->b);
            cg_release(cg);
            cg_def_fixed(cg, n, ra);
            cg_op(cg, op, ra, o);
        } else {
            unsigned dst = cg_def(cg, n, X64_NONE);
            cg_copy(cg, dst, ra, type);
            cg_op(cg, op, dst, cg_operand(cg, node->b));
        }
        return;
    }
    unsigned rb = cg_reg(cg, node->b);
    if (!commutes && !cg_dies(cg, ra) && cg->hint[n] != rb && cg->free & ABI_GPRS) {
        unsigned dst = cg_def(cg, n, X64_NONE);
        cg_copy(cg, dst, ra, type);
        x64_op(&cg->e, op, dst, x64_r(rb));
        return;
    }
    unsigned want = cg_dies(cg, ra) ? ra : commutes && cg_dies(cg, rb) ? rb : X64_NONE;
    cg_release(cg);
    unsigned dst = cg_def(cg, n, want);
    if (dst == rb && dst != ra && !commutes) { /* a - b = -b + a */
        x64_op_t w = op & X64_W;
        dassert((op & 0xff) == X64_ALU_LOAD(X64_SUB));
        x64_op(&cg->e, X64_GROUP3 | w, X64_NEG, x64_r(dst));
        x64_op(&cg->e, X64_ALU_LOAD(X64_ADD) | w, dst, x64_r(ra));
        return;
    }
    if (dst == rb) {
        x64_op(&cg->e, op, dst, x64_r(ra));
        return;
    }
    cg_copy(cg, dst, ra, type);
    x64_op(&cg->e, op, dst, x64_r(rb));
}

/* a + (b << 1…3) */
static void add_scaled(struct cg *cg, ir_ref_t n, const struct ir_node *node, x64_op_t w)
{
    const struct ir_node *shift = &cg->f->nodes[node->b];
    unsigned ra = cg_reg(cg, node->a), rb = cg_reg(cg, shift->a);
    unsigned scale = (unsigned)const_bits(cg, shift->b);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_op(&cg->e, X64_LEA | w, dst, x64_mx(ra, rb, scale, 0));
}

static void add(struct cg *cg, ir_ref_t n, const struct ir_node *node, x64_op_t w)
{
    unsigned ra = cg_reg(cg, node->a);
    if (cg->mark[n] & CG_IMM_B) {
        int32_t imm = (int32_t)const_bits(cg, node->b);
        unsigned want = cg_dies(cg, ra) ? ra : X64_NONE;
        cg_release(cg);
        unsigned dst = cg_def(cg, n, want);
        if (dst == ra) {
            x64_alu_imm(&cg->e, X64_ADD, w, x64_r(dst), imm);
            cg_flags_set(cg, dst, w, X64_NE);
        } else {
            x64_op(&cg->e, X64_LEA | w, dst, x64_m(ra, imm));
        }
        return;
    }
    if (cg->mark[node->b] & CG_FUSED && sel_row(cg, node->b)->form == SEL_SHIFT) {
        add_scaled(cg, n, node, w);
        return;
    }
    if (cg_in_memory(cg, node->b)) {
        two_operand(cg, n, node, X64_ALU_LOAD(X64_ADD) | w, true);
        cg_flags_set(cg, cg_reg(cg, n), w, X64_NE);
        return;
    }
    unsigned rb = cg_reg(cg, node->b);
    unsigned want = cg_dies(cg, ra) ? ra : cg_dies(cg, rb) ? rb : X64_NONE;
    cg_release(cg);
    unsigned dst = cg_def(cg, n, want);
    if (dst == ra || dst == rb) {
        x64_op(&cg->e, X64_ALU_LOAD(X64_ADD) | w, dst, x64_r(dst == ra ? rb : ra));
        cg_flags_set(cg, dst, w, X64_NE);
    } else {
        x64_op(&cg->e, X64_LEA | w, dst, x64_mx(ra, rb, 0, 0));
    }
}

/* k - b = -b + k */
static void subtract_from(struct cg *cg, ir_ref_t n, const struct ir_node *node, x64_op_t w)
{
    uint64_t k = const_bits(cg, node->a);
    if (cg_in_memory(cg, node->b)) {
        unsigned dst = cg_def(cg, n, X64_NONE);
        x64_mov_imm(&cg->e, dst, k);
        cg_op(cg, X64_ALU_LOAD(X64_SUB) | w, dst, cg_operand(cg, node->b));
        return;
    }
    unsigned rb = cg_reg(cg, node->b), want = cg_dies(cg, rb) ? rb : X64_NONE;
    cg_release(cg);
    unsigned dst = cg_def(cg, n, want);
    if (k && dst != rb) {
        x64_mov_imm(&cg->e, dst, k);
        x64_op(&cg->e, X64_ALU_LOAD(X64_SUB) | w, dst, x64_r(rb));
        return;
    }
    cg_copy(cg, dst, rb, node->type);
    x64_op(&cg->e, X64_GROUP3 | w, X64_NEG, x64_r(dst));
    if (k)
        x64_alu_imm(&cg->e, X64_ADD, w, x64_r(dst), (int32_t)k);
}

SEL_HANDLER(sel_alu)
{
    x64_op_t w = sel_w(row->wide);
    if (cg->mark[n] & CG_IMM_A) {
        subtract_from(cg, n, node, w);
        cg_flags_set(cg, cg_reg(cg, n), w, X64_NE);
        return;
    }
    if (row->op == X64_ADD) {
        add(cg, n, node, w);
        return;
    }
    if (!(cg->mark[n] & CG_IMM_B)) {
        two_operand(cg, n, node, X64_ALU_LOAD(row->op) | w, row->op != X64_SUB);
        cg_flags_set(cg, cg_reg(cg, n), w, X64_NE);
        return;
    }
    unsigned ra = cg_reg(cg, node->a), want = cg_dies(cg, ra) ? ra : X64_NONE;
    cg_release(cg);
    unsigned dst = cg_def(cg, n, want);
    cg_copy(cg, dst, ra, node->type);
    x64_alu_imm(&cg->e, (enum x64_alu)row->op, w, x64_r(dst), (int32_t)const_bits(cg, node->b));
    cg_flags_set(cg, dst, w, X64_NE);
}

SEL_HANDLER(sel_mul)
{
    x64_op_t w = sel_w(row->wide);
    if (!(cg->mark[n] & CG_IMM_B)) {
        two_operand(cg, n, node, X64_IMUL | w, true);
        return;
    }
    int32_t imm = (int32_t)const_bits(cg, node->b);
    unsigned ra = cg_reg(cg, node->a), want = cg_dies(cg, ra) ? ra : X64_NONE;
    cg_release(cg);
    unsigned dst = cg_def(cg, n, want);
    if (imm >= INT8_MIN && imm <= INT8_MAX)
        x64_op_imm8(&cg->e, X64_IMUL_IMM8 | w, dst, x64_r(ra), (uint8_t)imm);
    else
        x64_op_imm32(&cg->e, X64_IMUL_IMM32 | w, dst, x64_r(ra), (uint32_t)imm);
}

SEL_HANDLER(sel_shift)
{
    x64_op_t w = sel_w(row->wide);
    unsigned ra = cg_reg(cg, node->a);
    if (cg->mark[n] & CG_IMM_B) {
        unsigned count = (unsigned)const_bits(cg, node->b) & (row->wide ? 63 : 31);
        unsigned want = cg_dies(cg, ra) ? ra : X64_NONE;
        cg_release(cg);
        unsigned dst = cg_def(cg, n, want);
        cg_copy(cg, dst, ra, node->type);
        if (count) {
            x64_shift_imm(&cg->e, (enum x64_shift)row->cc, w, x64_r(dst), count);
            cg_flags_set(cg, dst, w, X64_NE);
        }
        return;
    }
    unsigned rb = cg_reg(cg, node->b);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_vex(&cg->e, row->op | w, dst, rb, x64_r(ra));
}

SEL_HANDLER(sel_rotate)
{
    x64_op_t w = sel_w(row->wide);
    if (cg->mark[n] & CG_IMM_B) {
        unsigned bits = row->wide ? 64 : 32, ra = cg_reg(cg, node->a);
        unsigned count = (unsigned)const_bits(cg, node->b) & (bits - 1);
        if (row->cc == X64_ROL)
            count = (bits - count) & (bits - 1);
        cg_release(cg);
        unsigned dst = cg_def(cg, n, X64_NONE);
        x64_vex_imm8(&cg->e, X64_RORX | w, dst, X64_NONE, x64_r(ra), count);
        return;
    }
    if (cg_reg(cg, node->b) != X64_RCX) {
        cg_take(cg, X64_RCX, 0);
        cg_copy(cg, X64_RCX, cg_reg(cg, node->b), IR_I32);
    }
    unsigned ra = cg_reg(cg, node->a), dst = ra;
    if (cg_dies(cg, ra) && ra != X64_RCX) {
        cg_release(cg);
        cg_def_fixed(cg, n, ra);
    } else {
        dst = cg_def(cg, n, X64_NONE);
        cg_copy(cg, dst, ra, node->type);
    }
    x64_op(&cg->e, X64_SHIFT_CL | w, row->cc, x64_r(dst));
}

/* Brings a to rax and frees rdx, for the instructions that work on the pair. b is elsewhere then.
 */
static void take_pair(struct cg *cg, const struct ir_node *node)
{
    const uint32_t pair = 1u << X64_RAX | 1u << X64_RDX;
    cg_take(cg, X64_RDX, pair);
    unsigned ra = cg_reg(cg, node->a);
    if (ra == X64_RAX && cg_dies(cg, ra))
        return;
    cg_take(cg, X64_RAX, pair);
    cg_copy(cg, X64_RAX, cg_reg(cg, node->a), node->type);
}

SEL_HANDLER(sel_divide)
{
    x64_op_t w = sel_w(row->wide);
    bool is_signed = row->cc & SEL_SIGNED, remainder = row->cc & SEL_REMAINDER;
    take_pair(cg, node);
    unsigned rb = cg_reg(cg, node->b);
    struct x64_label divide = {0}, done = {0};
    bool minus_one = is_signed && remainder;
    if (cg_is_const(cg, node->b))
        minus_one = minus_one && (int32_t)const_bits(cg, node->b) == -1;
    if (minus_one) { /* the remainder is 0 where the quotient may overflow */
        x64_alu_imm(&cg->e, X64_CMP, w, x64_r(rb), -1);
        x64_jcc(&cg->e, X64_NE, &divide);
        x64_op(&cg->e, X64_ALU_LOAD(X64_XOR), X64_RDX, x64_r(X64_RDX));
        x64_jmp(&cg->e, &done);
        x64_bind(&cg->e, &divide);
    }
    if (is_signed)
        x64_cdq(&cg->e, w);
    else
        x64_op(&cg->e, X64_ALU_LOAD(X64_XOR), X64_RDX, x64_r(X64_RDX));
    cg_site(cg, n, (row->wide ? CODE_SITE_DIV64 : CODE_SITE_DIV32) + rb);
    x64_op(&cg->e, X64_GROUP3 | w, is_signed ? X64_IDIV : X64_DIV, x64_r(rb));
    if (minus_one)
        x64_bind(&cg->e, &done);
    cg_release(cg);
    cg_def_fixed(cg, n, remainder ? X64_RDX : X64_RAX);
}

SEL_HANDLER(sel_mulh_s)
{
    (void)row;
    take_pair(cg, node);
    unsigned rb = cg_reg(cg, node->b);
    x64_op(&cg->e, X64_GROUP3 | X64_W, X64_IMUL1, x64_r(rb));
    cg_release(cg);
    cg_def_fixed(cg, n, X64_RDX);
}

/* mulx reads rdx and changes nothing but the result. */
SEL_HANDLER(sel_mulh_u)
{
    (void)row;
    ir_ref_t other = cg_reg(cg, node->b) == X64_RDX ? node->a : node->b;
    if (cg_reg(cg, node->a) != X64_RDX && cg_reg(cg, node->b) != X64_RDX) {
        cg_take(cg, X64_RDX, 0);
        cg_copy(cg, X64_RDX, cg_reg(cg, node->a), IR_I64);
    }
    unsigned by = cg_reg(cg, other);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_vex(&cg->e, X64_MULX | X64_W, dst, dst, x64_r(by));
}

SEL_HANDLER(sel_count)
{
    unsigned ra = cg_reg(cg, node->a);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_op(&cg->e, row->op | sel_w(row->wide), dst, x64_r(ra));
}

/* Is the upper half of v's register clear by the instruction itself? (What a constant in a register
 * does to it, the verifier of machine code does not see.) */
static bool upper_is_clear(const struct cg *cg, ir_ref_t v)
{
    return cg->f->nodes[v].op == WASM_OP_i64_shr_u && cg->mark[v] & CG_IMM_B &&
           ir_index_is_short(cg->f, v);
}

/* i32.wrap_i64 and i64.extend_i32_u: a 32-bit move clears the upper half, where it is not clear. */
SEL_HANDLER(sel_wrap)
{
    (void)row;
    unsigned ra = cg_reg(cg, node->a), want = cg_dies(cg, ra) ? ra : X64_NONE;
    cg_release(cg);
    unsigned dst = cg_def(cg, n, want);
    if (dst != ra || (node->op == WASM_OP_i32_wrap_i64 && !upper_is_clear(cg, node->a)))
        x64_op(&cg->e, X64_MOV_LOAD, dst, x64_r(ra));
}
