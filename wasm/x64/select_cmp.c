/* Comparisons, conditions, select. */
#include "wasm/x64/simd.h"

/* A byte, in memory or the lowest of a register, that is compared with a constant of its range. */
static bool is_byte(const struct cg *cg, ir_ref_t v)
{
    unsigned op = cg->f->nodes[v].op;
    return cg->mark[v] & CG_FUSED &&
           (op == WASM_OP_i32_load8_u || op == WASM_OP_i32_and || op == WASM_OP_i32_extend8_s);
}

static void compare_byte(struct cg *cg, ir_ref_t v, int32_t imm)
{
    const struct ir_node *n = &cg->f->nodes[v];
    struct x64_rm rm =
        n->op == WASM_OP_i32_load8_u ? cg_operand(cg, v).rm : x64_r(cg_reg(cg, n->a));
    x64_op_imm8(&cg->e, 0x80 | X64_RM8B, X64_CMP, rm, (uint8_t)imm);
}

/* As unsigned bytes they compare like the non-negative numbers that they are. */
static uint8_t unsigned_cond(uint8_t cc)
{
    switch (cc) {
    case X64_L:
        return X64_B;
    case X64_LE:
        return X64_BE;
    case X64_G:
        return X64_A;
    case X64_GE:
        return X64_AE;
    default:
        return cc;
    }
}

struct cg_cond cg_cond_not(struct cg_cond c)
{
    c.cc ^= 1;
    if (c.parity != CG_COND_PLAIN)
        c.parity = c.parity == CG_COND_AND_NP ? CG_COND_OR_P : CG_COND_AND_NP;
    return c;
}

void cg_flags_set(struct cg *cg, unsigned reg, x64_op_t w, unsigned cc)
{
    cg->flags_reg = (uint8_t)reg;
    cg->flags_op = w;
    cg->flags_cc = (uint8_t)cc;
    cg->flags_pos = cg->e.pos;
}

bool cg_flags_know(const struct cg *cg, unsigned reg, x64_op_t w)
{
    return cg->flags_pos == cg->e.pos && cg->flags_reg == reg && cg->flags_op == w;
}

/* The condition "reg is not 0", which the instruction before may have answered already. */
static struct cg_cond test_register(struct cg *cg, unsigned reg, x64_op_t w)
{
    if (cg_flags_know(cg, reg, w))
        return (struct cg_cond){cg->flags_cc, CG_COND_PLAIN};
    x64_op(&cg->e, X64_TEST | w, reg, x64_r(reg));
    return (struct cg_cond){X64_NE, CG_COND_PLAIN};
}

static struct cg_cond flags_of_compare(struct cg *cg, ir_ref_t v, const struct ir_node *node,
                                       const struct sel_row *row)
{
    bool a_in_memory = cg->mark[node->a] & CG_FUSED;
    x64_op_t w = sel_w(row->wide);
    struct cg_cond c = {row->cc, CG_COND_PLAIN};
    if (cg->mark[v] & CG_IMM_B) {
        int32_t imm = (int32_t)ir_const_bits(&cg->f->nodes[node->b]);
        if (is_byte(cg, node->a)) {
            compare_byte(cg, node->a, imm);
            if (cg->f->nodes[node->a].op != WASM_OP_i32_extend8_s)
                c.cc = unsigned_cond(c.cc);
        } else if (imm != 0 || a_in_memory) {
            x64_alu_imm(&cg->e, X64_CMP, w, cg_operand(cg, node->a).rm, imm);
        } else if (c.cc == X64_NE) {
            return test_register(cg, cg_reg(cg, node->a), w);
        } else if (c.cc == X64_E) {
            return cg_cond_not(test_register(cg, cg_reg(cg, node->a), w));
        } else {
            unsigned ra = cg_reg(cg, node->a);
            x64_op(&cg->e, X64_TEST | w, ra, x64_r(ra));
        }
        return c;
    }
    if (a_in_memory) { /* cmp r/m, r */
        unsigned rb = cg_reg(cg, node->b);
        cg_op(cg, X64_ALU_STORE(X64_CMP) | w, rb, cg_operand(cg, node->a));
        return c;
    }
    unsigned ra = cg_reg(cg, node->a);
    cg_op(cg, X64_ALU_LOAD(X64_CMP) | w, ra, cg_operand(cg, node->b));
    return c;
}

static void flags_of_and(struct cg *cg, ir_ref_t v, const struct ir_node *node, x64_op_t w)
{
    unsigned ra = cg_reg(cg, node->a);
    if (!(cg->mark[v] & CG_IMM_B)) {
        cg_op(cg, X64_TEST | w, ra, cg_operand(cg, node->b));
        return;
    }
    uint64_t imm = ir_const_bits(&cg->f->nodes[node->b]);
    if (imm <= UINT8_MAX)
        x64_op_imm8(&cg->e, X64_TEST_IMM8, 0, x64_r(ra), (unsigned)imm);
    else
        x64_op_imm32(&cg->e, X64_GROUP3 | w, 0, x64_r(ra), (uint32_t)imm);
}

/* ucomis sets: unordered ZF PF CF, less CF, equal ZF. "Above" is the condition that unordered
 * operands fail. */
static struct cg_cond flags_of_floats(struct cg *cg, const struct ir_node *node,
                                      const struct sel_row *row)
{
    static const struct cg_cond conds[] = {
        [SEL_FEQ] = {X64_E, CG_COND_AND_NP}, [SEL_FNE] = {X64_NE, CG_COND_OR_P},
        [SEL_FLT] = {X64_A, CG_COND_PLAIN},  [SEL_FGT] = {X64_A, CG_COND_PLAIN},
        [SEL_FLE] = {X64_AE, CG_COND_PLAIN}, [SEL_FGE] = {X64_AE, CG_COND_PLAIN},
    };
    struct cg_opnd b = cg_operand(cg, node->b);
    unsigned ra = cg_reg(cg, node->a);
    if (row->cc == SEL_FLT || row->cc == SEL_FLE) { /* the other way round */
        unsigned rb = b.rm.reg;
        if (b.constant) {
            rb = ABI_SCRATCH_XMM;
            cg_load_const(cg, rb, node->b);
        }
        x64_vex(&cg->e, row->op, rb, X64_NONE, x64_r(ra));
    } else {
        cg_vex(cg, row->op, ra, X64_NONE, b);
    }
    return conds[row->cc];
}

/* Flags of the comparison v itself. */
static struct cg_cond flags_of(struct cg *cg, ir_ref_t v)
{
    bool negate = false;
    const struct ir_node *node = &cg->f->nodes[v];
    const struct sel_row *row = sel_row(cg, v);
    while (row->form == SEL_EQZ && cg->mark[node->a] & CG_FUSED &&
           sel_row(cg, node->a)->form != SEL_LOAD) {
        negate = !negate;
        v = node->a;
        node = &cg->f->nodes[v];
        row = sel_row(cg, v);
    }
    struct cg_cond c = {row->cc, CG_COND_PLAIN};
    x64_op_t w = sel_w(row->wide);
    switch (row->form) {
    case SEL_COMPARE:
        c = flags_of_compare(cg, v, node, row);
        break;
    case SEL_EQZ:
        if (is_byte(cg, node->a))
            compare_byte(cg, node->a, 0);
        else if (cg->mark[node->a] & CG_FUSED)
            x64_alu_imm(&cg->e, X64_CMP, w, cg_operand(cg, node->a).rm, 0);
        else
            c = cg_cond_not(test_register(cg, cg_reg(cg, node->a), w));
        break;
    case SEL_FCOMPARE:
        c = flags_of_floats(cg, node, row);
        break;
    case SEL_VTEST:
        c = sel_vector_flags(cg, node, row);
        break;
    default:
        dassert(row->form == SEL_ALU && row->op == X64_AND);
        flags_of_and(cg, v, node, w);
        c.cc = X64_NE;
        break;
    }
    return negate ? cg_cond_not(c) : c;
}

struct cg_cond cg_flags(struct cg *cg, ir_ref_t v)
{
    if (cg->mark[v] & CG_FUSED)
        return flags_of(cg, v);
    return test_register(cg, cg_reg(cg, v), 0);
}

static void jump_if(struct cg *cg, unsigned cc, struct x64_label *to, bool near)
{
    if (near)
        x64_jcc_near(&cg->e, cc, to);
    else
        x64_jcc(&cg->e, cc, to);
}

void cg_jump_if(struct cg *cg, struct cg_cond c, struct x64_label *to, bool near)
{
    struct x64_label over = {0};
    if (c.parity == CG_COND_AND_NP)
        x64_jcc_near(&cg->e, X64_P, &over);
    else if (c.parity == CG_COND_OR_P)
        jump_if(cg, X64_P, to, near);
    jump_if(cg, c.cc, to, near);
    if (c.parity == CG_COND_AND_NP)
        x64_bind(&cg->e, &over);
}

/* Is it asked of a value whether it is zero, which the flags tell already? */
static bool is_known(const struct cg *cg, ir_ref_t n, const struct ir_node *node)
{
    bool with_zero = sel_row(cg, n)->form == SEL_EQZ ||
                     (cg->mark[n] & CG_IMM_B && ir_const_bits(&cg->f->nodes[node->b]) == 0);
    return cg->flags_pos == cg->e.pos && with_zero && cg->reg[node->a] == cg->flags_reg;
}

/* Before the comparison n: takes a register for its result and clears it, so that nothing but a
 * byte remains to be set; not if the one that is wanted is an operand's. */
static bool clear_result(struct cg *cg, ir_ref_t n, const struct ir_node *node)
{
    unsigned temps[CG_NCLASSES] = {0, 0}, hint = cg->hint[n];
    uint32_t mask = cg->free & ABI_GPRS;
    if (cg->mark[n] & CG_SPECIAL)
        cg_temps(cg, n, temps);
    if ((unsigned)__builtin_popcount(mask) <= temps[CG_GPR] || is_known(cg, n, node) ||
        (hint != X64_NONE && cg->dying >> hint & 1))
        return false;
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_op(&cg->e, X64_ALU_LOAD(X64_XOR), dst, x64_r(dst));
    return true;
}

SEL_HANDLER(sel_compare)
{
    (void)row;
    bool cleared = clear_result(cg, n, node);
    struct cg_cond c = flags_of(cg, n);
    cg_release(cg);
    unsigned dst = cleared ? cg->reg[n] : cg_def(cg, n, X64_NONE);
    if (c.parity == CG_COND_PLAIN) {
        x64_op(&cg->e, X64_SETCC + c.cc, 0, x64_r(dst));
        if (!cleared)
            x64_op(&cg->e, X64_MOVZX8, dst, x64_r(dst));
        cg_flags_set(cg, dst, 0, c.cc);
        return;
    }
    struct x64_label done = {0};
    x64_mov_imm(&cg->e, dst, c.parity == CG_COND_OR_P);
    x64_jcc_near(&cg->e, X64_NE, &done);
    x64_jcc_near(&cg->e, X64_P, &done);
    x64_mov_imm(&cg->e, dst, c.parity != CG_COND_OR_P);
    x64_bind(&cg->e, &done);
}

/* A mask by vcmp, of which one bit is kept. */
SEL_HANDLER(sel_fcompare)
{
    enum { EQ_OQ = 0, LT_OQ = 0x11, LE_OQ = 0x12, NEQ_UQ = 4 };
    static const struct {
        uint8_t predicate, swap;
    } how[] = {
        [SEL_FEQ] = {EQ_OQ, 0}, [SEL_FNE] = {NEQ_UQ, 0}, [SEL_FLT] = {LT_OQ, 0},
        [SEL_FGT] = {LT_OQ, 1}, [SEL_FLE] = {LE_OQ, 0},  [SEL_FGE] = {LE_OQ, 1},
    };
    unsigned ra = cg_reg(cg, node->a), rb = ABI_SCRATCH_XMM;
    if (cg->mark[n] & CG_IMM_B)
        cg_load_const(cg, rb, node->b);
    else
        rb = cg_reg(cg, node->b);
    unsigned x = how[row->cc].swap ? rb : ra, y = how[row->cc].swap ? ra : rb;
    x64_op_t precision = row->wide ? X64_F2 : X64_F3;
    x64_vex_imm8(&cg->e, X64_CMPS | precision, ABI_SCRATCH_XMM, x, x64_r(y),
                 how[row->cc].predicate);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_vex(&cg->e, X64_MOVD_FROM_XMM, ABI_SCRATCH_XMM, X64_NONE, x64_r(dst));
    x64_alu_imm(&cg->e, X64_AND, 0, x64_r(dst), 1);
}

/* dst = unordered or cc ? x : y, by two conditional moves over y. */
static void select_parity(struct cg *cg, ir_ref_t n, ir_ref_t vx, ir_ref_t vy, x64_op_t w)
{
    unsigned x = cg_reg(cg, vx), y = cg_reg(cg, vy), dst = y;
    if (cg_dies(cg, y)) {
        cg_release(cg);
        cg_def_fixed(cg, n, y);
    } else {
        dst = cg_def(cg, n, X64_NONE);
        cg_copy(cg, dst, y, IR_I64);
    }
    x64_op(&cg->e, (X64_CMOV + X64_NE) | w, dst, x64_r(x));
    x64_op(&cg->e, (X64_CMOV + X64_P) | w, dst, x64_r(x));
}

SEL_HANDLER(sel_select)
{
    (void)row;
    struct cg_cond c = cg_flags(cg, node->c);
    unsigned ra = cg_reg(cg, node->a), rb = cg_reg(cg, node->b);
    bool is_xmm = cg_class_of(node->type) == CG_XMM;
    x64_op_t w = sel_w(node->type == IR_I64);
    if (!is_xmm && c.parity == CG_COND_OR_P) {
        select_parity(cg, n, node->a, node->b, w);
        return;
    }
    if (!is_xmm && c.parity == CG_COND_AND_NP) {
        select_parity(cg, n, node->b, node->a, w);
        return;
    }
    unsigned want = cg_dies(cg, rb) ? rb : cg_dies(cg, ra) ? ra : X64_NONE;
    cg_release(cg);
    unsigned dst = cg_def(cg, n, want);
    bool from_a = dst == ra && ra != rb; /* a is there already: b comes if the condition fails */
    if (from_a)
        c = cg_cond_not(c);
    else
        cg_copy(cg, dst, rb, node->type);
    unsigned other = from_a ? rb : ra;
    if (!is_xmm && node->aux != CG_SELECT_BRANCH) {
        x64_op(&cg->e, (X64_CMOV + c.cc) | w, dst, x64_r(other));
        return;
    }
    struct x64_label over = {0};
    cg_jump_if(cg, cg_cond_not(c), &over, true);
    cg_copy(cg, dst, other, node->type);
    x64_bind(&cg->e, &over);
}
