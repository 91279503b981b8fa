/* Floating point. Everything is VEX; xmm15 is scratch. */
#include "wasm/jit/code_int.h"
#include "wasm/x64/select.h"

#define SCRATCH ABI_SCRATCH_XMM

SEL_HANDLER(sel_farith)
{
    unsigned ra = cg_reg(cg, node->a);
    struct cg_opnd b = cg_operand(cg, node->b);
    cg_release(cg);
    cg_vex(cg, row->op, cg_def(cg, n, X64_NONE), ra, b);
}

/* Zeros of both signs and NaNs go out of line (core spec 4.3.3: fmin, fmax). */
SEL_HANDLER(sel_fminmax)
{
    unsigned ra = cg_reg(cg, node->a), rb = cg_reg(cg, node->b);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    uint32_t cold = cg_cold_add(cg, CG_COLD_MINMAX, n);
    if (cg->error)
        return;
    struct cg_cold *c = &cg->cold[cold];
    c->dst = (uint8_t)dst;
    c->x = (uint8_t)ra;
    c->y = (uint8_t)rb;
    x64_vex(&cg->e, row->wide ? X64_UCOMISD : X64_UCOMISS, ra, X64_NONE, x64_r(rb));
    x64_jcc(&cg->e, X64_E, &c->enter);
    x64_vex(&cg->e, row->op, dst, ra, x64_r(rb));
    x64_bind(&cg->e, &c->back);
}

void sel_cold_minmax(struct cg *cg, struct cg_cold *c)
{
    const struct sel_row *row = sel_row(cg, c->node);
    struct x64_label nan = {0};
    x64_jcc(&cg->e, X64_P, &nan);
    x64_vex(&cg->e, row->cc ? X64_ANDPS : X64_ORPS, c->dst, c->x, x64_r(c->y));
    x64_jmp(&cg->e, &c->back);
    x64_bind(&cg->e, &nan);
    x64_vex(&cg->e, X64_ADDS | (row->wide ? X64_F2 : X64_F3), c->dst, c->x, x64_r(c->y));
    x64_jmp(&cg->e, &c->back);
}

SEL_HANDLER(sel_fsign)
{
    unsigned ra = cg_reg(cg, node->a), want = cg_dies(cg, ra) ? ra : X64_NONE;
    cg_release(cg);
    x64_vex(&cg->e, row->op, cg_def(cg, n, want), ra, cg_module_const(cg, row->cc));
}

SEL_HANDLER(sel_copysign)
{
    unsigned ra = cg_reg(cg, node->a), rb = cg_reg(cg, node->b);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_vex(&cg->e, X64_ANDPS, SCRATCH, rb,
            cg_module_const(cg, row->wide ? CODE_CONST_SIGN64 : CODE_CONST_SIGN32));
    x64_vex(&cg->e, X64_ANDPS, dst, ra,
            cg_module_const(cg, row->wide ? CODE_CONST_ABS64 : CODE_CONST_ABS32));
    x64_vex(&cg->e, X64_ORPS, dst, dst, x64_r(SCRATCH));
}

SEL_HANDLER(sel_round)
{
    unsigned ra = cg_reg(cg, node->a);
    cg_release(cg);
    x64_vex_imm8(&cg->e, row->op, cg_def(cg, n, X64_NONE), ra, x64_r(ra), row->cc);
}

/* Square root and conversion between precisions: the unused upper part comes from the operand
 * itself. */
SEL_HANDLER(sel_sqrt)
{
    unsigned ra = cg_reg(cg, node->a);
    cg_release(cg);
    x64_vex(&cg->e, row->op, cg_def(cg, n, X64_NONE), ra, x64_r(ra));
}

SEL_HANDLER(sel_move)
{
    unsigned ra = cg_reg(cg, node->a);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    if (row->cc)
        x64_vex(&cg->e, row->op, dst, X64_NONE, x64_r(ra));
    else
        x64_vex(&cg->e, row->op, ra, X64_NONE, x64_r(dst));
}

/* ---- from integers ---- */

SEL_HANDLER(sel_from_int)
{
    unsigned ra = cg_reg(cg, node->a);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_vex(&cg->e, X64_XORPS, dst, dst, x64_r(dst)); /* no wait for its old value */
    x64_vex(&cg->e, row->op | sel_w(row->wide), dst, dst, x64_r(ra));
}

/* Above 2^63: half of it, with the lost bit kept sticky, and then twice. */
SEL_HANDLER(sel_from_u64)
{
    struct x64_enc *e = &cg->e;
    struct x64_label high = {0}, done = {0};
    unsigned ra = cg_reg(cg, node->a), half = cg_temp(cg, CG_GPR), bit = cg_temp(cg, CG_GPR);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_op_t convert = X64_CVTSI2S | row->op | X64_W;
    x64_vex(e, X64_XORPS, dst, dst, x64_r(dst));
    x64_op(e, X64_TEST | X64_W, ra, x64_r(ra));
    x64_jcc(e, X64_S, &high);
    x64_vex(e, convert, dst, dst, x64_r(ra));
    x64_jmp(e, &done);
    x64_bind(e, &high);
    x64_op(e, X64_MOV_LOAD | X64_W, half, x64_r(ra));
    x64_op(e, X64_MOV_LOAD, bit, x64_r(ra));
    x64_shift_imm(e, X64_SHR, X64_W, x64_r(half), 1);
    x64_alu_imm(e, X64_AND, 0, x64_r(bit), 1);
    x64_op(e, X64_ALU_LOAD(X64_OR) | X64_W, half, x64_r(bit));
    x64_vex(e, convert, dst, dst, x64_r(half));
    x64_vex(e, X64_ADDS | row->op, dst, dst, x64_r(dst));
    x64_bind(e, &done);
}

/* ---- to integers ---- */

static void trap_here(struct cg *cg, ir_ref_t n, enum wasm_trap kind)
{
    cg_site(cg, n, CODE_SITE_UD2 + kind);
    x64_ud2(&cg->e);
}

static void compare_floats(struct cg *cg, bool is_double, unsigned a, struct x64_rm b)
{
    x64_vex(&cg->e, is_double ? X64_UCOMISD : X64_UCOMISS, a, X64_NONE, b);
}

/* Trapping truncation (4.3.3: trunc). The instruction answers the lowest integer for what does not
 * fit. A 32-bit result is made with 64 bits, so that a look at the upper half tells. */
SEL_HANDLER(sel_to_int)
{
    struct x64_enc *e = &cg->e;
    unsigned x = cg_reg(cg, node->a), temp = cg_temp(cg, CG_GPR);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    uint32_t cold = cg_cold_add(cg, row->wide ? CG_COLD_TO_I64 : CG_COLD_TO_INT, n);
    if (cg->error)
        return;
    struct cg_cold *c = &cg->cold[cold];
    c->dst = (uint8_t)dst;
    c->x = (uint8_t)x;
    x64_vex(e, X64_CVTTS2SI | row->op | X64_W, dst, X64_NONE, x64_r(x));
    if (!row->wide) {
        x64_op(e, row->cc & SEL_SIGNED ? X64_MOVSXD : X64_MOV_LOAD, temp, x64_r(dst));
        x64_op(e, X64_ALU_LOAD(X64_CMP) | X64_W, temp, x64_r(dst));
        x64_jcc(e, X64_NE, &c->enter);
        if (row->cc & SEL_SIGNED)
            x64_op(e, X64_MOV_LOAD, dst, x64_r(dst));
    } else if (row->cc & SEL_SIGNED) {
        x64_alu_imm(e, X64_CMP, X64_W, x64_r(dst), 1);
        x64_jcc(e, X64_O, &c->enter);
    } else {
        x64_op(e, X64_TEST | X64_W, dst, x64_r(dst));
        x64_jcc(e, X64_S, &c->enter);
    }
    x64_bind(e, &c->back);
}

void sel_cold_to_int(struct cg *cg, struct cg_cold *c)
{
    struct x64_label nan = {0};
    bool is_double = sel_row(cg, c->node)->op == X64_F2;
    compare_floats(cg, is_double, c->x, x64_r(c->x));
    x64_jcc(&cg->e, X64_P, &nan);
    trap_here(cg, c->node, WASM_TRAP_INTEGER_OVERFLOW);
    x64_bind(&cg->e, &nan);
    trap_here(cg, c->node, WASM_TRAP_INVALID_CONVERSION);
}

void sel_cold_to_i64(struct cg *cg, struct cg_cold *c)
{
    const struct sel_row *row = sel_row(cg, c->node);
    bool is_double = row->op == X64_F2;
    struct x64_enc *e = &cg->e;
    struct x64_label trap = {0};
    if (row->cc & SEL_SIGNED) { /* -2^63 is the one operand that really has this result */
        compare_floats(cg, is_double, c->x, cg_module_const(cg, CODE_CONST_F32_M2P63 + is_double));
        x64_jcc(e, X64_NE, &trap);
        x64_jcc(e, X64_P, &trap);
    } else { /* from 2^63: without that bit, which is put back */
        x64_vex(e, X64_SUBS | row->op, SCRATCH, c->x,
                cg_module_const(cg, CODE_CONST_F32_2P63 + is_double));
        x64_vex(e, X64_CVTTS2SI | row->op | X64_W, c->dst, X64_NONE, x64_r(SCRATCH));
        x64_op(e, X64_TEST | X64_W, c->dst, x64_r(c->dst));
        x64_jcc(e, X64_S, &trap);
        x64_op_imm8(e, X64_BT_IMM | X64_W, 7, x64_r(c->dst), 63);
    }
    x64_jmp(e, &c->back);
    x64_bind(e, &trap);
    sel_cold_to_int(cg, c);
}

/* Saturating truncation. Signed: as above, and out of line where the lowest integer is not the
 * answer. */
static void to_signed_sat(struct cg *cg, ir_ref_t n, const struct sel_row *row, unsigned x,
                          unsigned dst)
{
    uint32_t cold = cg_cold_add(cg, CG_COLD_TO_I64_SAT, n);
    if (cg->error)
        return;
    struct cg_cold *c = &cg->cold[cold];
    c->dst = (uint8_t)dst;
    c->x = (uint8_t)x;
    x64_op_t w = sel_w(row->wide);
    x64_vex(&cg->e, X64_CVTTS2SI | row->op | w, dst, X64_NONE, x64_r(x));
    x64_alu_imm(&cg->e, X64_CMP, w, x64_r(dst), 1);
    x64_jcc(&cg->e, X64_O, &c->enter);
    x64_bind(&cg->e, &c->back);
}

void sel_cold_to_i64_sat(struct cg *cg, struct cg_cold *c)
{
    const struct sel_row *row = sel_row(cg, c->node);
    bool is_double = row->op == X64_F2;
    struct x64_enc *e = &cg->e;
    struct x64_label nan = {0};
    compare_floats(cg, is_double, c->x, cg_module_const(cg, CODE_CONST_ZERO));
    x64_jcc(e, X64_P, &nan);
    x64_jcc(e, X64_B, &c->back);
    x64_mov_imm(e, c->dst, row->wide ? INT64_MAX : INT32_MAX);
    x64_jmp(e, &c->back);
    x64_bind(e, &nan);
    x64_mov_imm(e, c->dst, 0);
    x64_jmp(e, &c->back);
}

/* Unsigned: the vector maximum with 0 as its second operand makes NaN 0. */
static void to_u32_sat(struct cg *cg, const struct sel_row *row, unsigned x, unsigned dst)
{
    struct x64_enc *e = &cg->e;
    if (row->op == X64_F3) {
        x64_vex(e, X64_CVTS2S | X64_F3, SCRATCH, x, x64_r(x));
        x = SCRATCH;
    }
    x64_vex(e, X64_MAXS | X64_F2, SCRATCH, x, cg_module_const(cg, CODE_CONST_ZERO));
    x64_vex(e, X64_MINS | X64_F2, SCRATCH, SCRATCH, cg_module_const(cg, CODE_CONST_F64_U32_MAX));
    x64_vex(e, X64_CVTTS2SI | X64_F2 | X64_W, dst, X64_NONE, x64_r(SCRATCH));
    x64_op(e, X64_MOV_LOAD, dst, x64_r(dst)); /* changes nothing, but the verifier cannot know */
}

static void to_u64_sat(struct cg *cg, const struct sel_row *row, unsigned x, unsigned dst)
{
    struct x64_enc *e = &cg->e;
    struct x64_label done = {0}, most = {0};
    bool is_double = row->op == X64_F2;
    x64_op_t convert = X64_CVTTS2SI | row->op | X64_W;
    x64_vex(e, X64_MAXS | row->op, SCRATCH, x, cg_module_const(cg, CODE_CONST_ZERO));
    x64_vex(e, convert, dst, X64_NONE, x64_r(SCRATCH));
    x64_op(e, X64_TEST | X64_W, dst, x64_r(dst));
    x64_jcc(e, X64_NS, &done);
    x64_vex(e, X64_SUBS | row->op, SCRATCH, SCRATCH,
            cg_module_const(cg, CODE_CONST_F32_2P63 + is_double));
    x64_vex(e, convert, dst, X64_NONE, x64_r(SCRATCH));
    x64_op(e, X64_TEST | X64_W, dst, x64_r(dst));
    x64_jcc(e, X64_S, &most);
    x64_op_imm8(e, X64_BT_IMM | X64_W, 7, x64_r(dst), 63);
    x64_jmp(e, &done);
    x64_bind(e, &most);
    x64_mov_imm(e, dst, UINT64_MAX);
    x64_bind(e, &done);
}

SEL_HANDLER(sel_to_int_sat)
{
    unsigned x = cg_reg(cg, node->a);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    if (row->cc & SEL_SIGNED)
        to_signed_sat(cg, n, row, x, dst);
    else if (row->wide)
        to_u64_sat(cg, row, x, dst);
    else
        to_u32_sat(cg, row, x, dst);
}
