/* Atomic accesses (threads proposal). All are sequentially consistent: loads are plain, since every
 * store is locked. An address that is not a multiple of the width traps before anything else. */
#include "wasm/jit/code_int.h"
#include "wasm/x64/select.h"

/* Of the access. */
static unsigned log2_of(const struct ir_node *node)
{
    return wasm_op_info(node->op)->align_log2;
}

/* An instruction given as its form for bytes, in the width of the access. */
static x64_op_t sized(x64_op_t op, unsigned log2)
{
    static const x64_op_t more[] = {0, X64_66, 0, X64_W};
    return log2 ? ((op & ~(x64_op_t)X64_R8B) + 1) | more[log2] : op;
}

/* 32-bit registers do for all widths but 64. */
static unsigned register_type(unsigned log2)
{
    return log2 == 3 ? IR_I64 : IR_I32;
}

static x64_op_t load_op(unsigned log2)
{
    static const x64_op_t ops[] = {X64_MOVZX8, X64_MOVZX16, X64_MOV_LOAD, X64_MOV_LOAD | X64_W};
    return ops[log2];
}

/* The static offset, if there is one, is aligned. */
static void check_alignment(struct cg *cg, ir_ref_t n, const struct ir_node *node)
{
    unsigned mask = (1u << log2_of(node)) - 1;
    bool constant = cg->mark[n] & CG_IMM_A;
    if (!mask || (constant && !(ir_const_bits(&cg->f->nodes[node->a]) & mask)))
        return;
    uint32_t cold = cg_cold_add(cg, CG_COLD_TRAP, n);
    if (cg->error)
        return;
    cg->cold[cold].x = WASM_TRAP_UNALIGNED_ATOMIC;
    if (constant) {
        x64_jmp(&cg->e, &cg->cold[cold].enter);
        return;
    }
    x64_op_imm8(&cg->e, 0xf6 | X64_RM8B, 0, x64_r(cg_reg(cg, node->a)), mask); /* test */
    x64_jcc(&cg->e, X64_NE, &cg->cold[cold].enter);
}

/* Checked; the very next instruction may be a locked one at this place. */
static struct x64_rm atomic_address(struct cg *cg, ir_ref_t n, const struct ir_node *node)
{
    check_alignment(cg, n, node);
    return cg_address(cg, n);
}

/* lock op [rm], reg */
static void locked(struct cg *cg, ir_ref_t n, x64_op_t op, unsigned reg, struct x64_rm rm)
{
    cg_site(cg, n, CODE_SITE_MEMORY);
    x64_byte(&cg->e, X64_LOCK);
    x64_op(&cg->e, op, reg, rm);
}

/* What an instruction has left in the low bits of `reg` is the result. */
static void define(struct cg *cg, ir_ref_t n, unsigned reg, unsigned log2)
{
    if (log2 < 2)
        x64_op(&cg->e, load_op(log2), reg, x64_r(reg));
    cg_release(cg);
    cg_def_fixed(cg, n, reg);
}

SEL_HANDLER(sel_atomic_load)
{
    (void)row;
    struct x64_rm rm = atomic_address(cg, n, node);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    cg_site(cg, n, CODE_SITE_MEMORY);
    x64_op(&cg->e, load_op(log2_of(node)), dst, rm);
}

/* A register with b in it, which the instruction may change. */
static unsigned copy_of_b(struct cg *cg, const struct ir_node *node, unsigned log2)
{
    unsigned copy = cg_temp(cg, CG_GPR);
    cg_copy(cg, copy, cg_reg(cg, node->b), register_type(log2));
    return copy;
}

/* xchg locks by itself. */
SEL_HANDLER(sel_atomic_store)
{
    (void)row;
    unsigned log2 = log2_of(node);
    struct x64_rm rm = atomic_address(cg, n, node);
    unsigned copy = copy_of_b(cg, node, log2);
    cg_site(cg, n, CODE_SITE_MEMORY);
    x64_op(&cg->e, sized(X64_XCHG8, log2), copy, rm);
}

SEL_HANDLER(sel_atomic_exchange)
{
    (void)row;
    unsigned log2 = log2_of(node);
    struct x64_rm rm = atomic_address(cg, n, node);
    unsigned copy = copy_of_b(cg, node, log2);
    cg_site(cg, n, CODE_SITE_MEMORY);
    x64_op(&cg->e, sized(X64_XCHG8, log2), copy, rm);
    define(cg, n, copy, log2);
}

/* Nobody reads the old value: one locked instruction. */
static void unread(struct cg *cg, ir_ref_t n, const struct ir_node *node, unsigned alu)
{
    struct x64_rm rm = atomic_address(cg, n, node);
    locked(cg, n, sized(8 * alu | X64_R8B, log2_of(node)), cg_reg(cg, node->b), rm);
}

SEL_HANDLER(sel_atomic_add)
{
    unsigned log2 = log2_of(node);
    if (!cg_has_uses(cg, n)) {
        unread(cg, n, node, row->cc);
        return;
    }
    struct x64_rm rm = atomic_address(cg, n, node);
    unsigned copy = copy_of_b(cg, node, log2);
    if (row->cc == X64_SUB)
        x64_op(&cg->e, X64_GROUP3 | sel_w(log2 == 3), X64_NEG, x64_r(copy));
    locked(cg, n, sized(X64_XADD8, log2), copy, rm);
    define(cg, n, copy, log2);
}

/* Tries until nobody came in between. rax holds what was seen, extended. */
SEL_HANDLER(sel_atomic_loop)
{
    unsigned log2 = log2_of(node), type = register_type(log2);
    struct x64_label again = {0};
    if (!cg_has_uses(cg, n)) {
        unread(cg, n, node, row->cc);
        return;
    }
    cg_take(cg, X64_RAX, 0);
    struct x64_rm rm = atomic_address(cg, n, node);
    unsigned changed = cg_temp(cg, CG_GPR);
    cg_site(cg, n, CODE_SITE_MEMORY);
    x64_op(&cg->e, load_op(log2), X64_RAX, rm);
    x64_bind(&cg->e, &again);
    cg_copy(cg, changed, X64_RAX, type);
    x64_op(&cg->e, X64_ALU_LOAD(row->cc) | sel_w(log2 == 3), changed, x64_r(cg_reg(cg, node->b)));
    locked(cg, n, sized(X64_CMPXCHG8, log2), changed, rm);
    x64_jcc(&cg->e, X64_NE, &again);
    cg_release(cg);
    cg_def_fixed(cg, n, X64_RAX);
}

/* The address has no static offset: c is the replacement. */
static struct x64_rm compare_address(struct cg *cg, ir_ref_t n, const struct ir_node *node)
{
    unsigned base = ABI_MEM;
    check_alignment(cg, n, node);
    if (node->aux) {
        base = cg_temp(cg, CG_GPR);
        uint32_t at =
            cg->code->layout.memories + node->aux * (uint32_t)sizeof(struct ctx_memory_ref);
        x64_op(&cg->e, X64_MOV_LOAD | X64_W, base, x64_m(ABI_CTX, (int32_t)at));
    }
    return x64_mx(base, cg_reg(cg, node->a), 0, 0);
}

SEL_HANDLER(sel_atomic_compare)
{
    (void)row;
    unsigned log2 = log2_of(node);
    cg_take(cg, X64_RAX, 0);
    struct x64_rm rm = compare_address(cg, n, node);
    cg_copy(cg, X64_RAX, cg_reg(cg, node->b), register_type(log2));
    locked(cg, n, sized(X64_CMPXCHG8, log2), cg_reg(cg, node->c), rm);
    define(cg, n, X64_RAX, log2);
}

/* A locked instruction that changes nothing is a fence, and a faster one than mfence. */
SEL_HANDLER(sel_atomic_fence)
{
    (void)n;
    (void)node;
    (void)row;
    x64_byte(&cg->e, X64_LOCK);
    x64_op_imm8(&cg->e, 0x83, X64_OR, x64_m(X64_RSP, 0), 0);
}
