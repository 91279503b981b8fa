/* Memory, globals, and the rest of what the ctx holds. */
#include "wasm/jit/code_int.h"
#include "wasm/x64/select.h"

SEL_HANDLER(sel_load)
{
    struct x64_rm rm = cg_address(cg, n);
    cg_release(cg);
    unsigned dst = cg_def(cg, n, X64_NONE);
    cg_access_site(cg, n);
    if (cg_class_of(node->type) == CG_XMM)
        x64_vex(&cg->e, row->op, dst, X64_NONE, rm);
    else
        x64_op(&cg->e, row->op, dst, rm);
}

/* mov r/m, imm in the width of the store. */
static void store_imm(struct cg *cg, const struct ir_node *node, const struct sel_row *row,
                      struct x64_rm rm)
{
    uint32_t bits = (uint32_t)ir_const_bits(&cg->f->nodes[node->b]);
    bool wide = node->op == WASM_OP_i64_store || node->op == WASM_OP_f64_store;
    if (row->op == X64_MOV_STORE8) {
        x64_op_imm8(&cg->e, 0xc6, 0, rm, bits & 0xff);
    } else if (row->op == X64_MOV_STORE16) {
        x64_op_imm16(&cg->e, 0xc7 | X64_66, 0, rm, bits & 0xffff);
    } else {
        x64_op_imm32(&cg->e, 0xc7 | sel_w(wide), 0, rm, bits);
    }
}

/* op m, r or op m, imm; it reads first, so it is the load that faults. */
static void update(struct cg *cg, ir_ref_t v, struct x64_rm rm)
{
    const struct ir_node *node = &cg->f->nodes[v];
    const struct sel_row *row = sel_row(cg, v);
    bool load_is_b = cg->mark[node->b] & CG_FUSED;
    cg_access_site(cg, load_is_b ? node->b : node->a);
    if (cg->mark[v] & CG_IMM_B)
        x64_alu_imm(&cg->e, (enum x64_alu)row->op, sel_w(row->wide), rm,
                    (int32_t)ir_const_bits(&cg->f->nodes[node->b]));
    else
        x64_op(&cg->e, X64_ALU_STORE(row->op) | sel_w(row->wide),
               cg_reg(cg, load_is_b ? node->a : node->b), rm);
}

SEL_HANDLER(sel_store)
{
    struct x64_rm rm = cg_address(cg, n);
    if (cg->mark[node->b] & CG_FUSED) {
        update(cg, node->b, rm);
        return;
    }
    cg_access_site(cg, n);
    if (cg->mark[n] & CG_IMM_B)
        store_imm(cg, node, row, rm);
    else if (cg_reg(cg, node->b) >= X64_XMM)
        x64_vex(&cg->e, row->op, cg_reg(cg, node->b), X64_NONE, rm);
    else
        x64_op(&cg->e, row->op, cg_reg(cg, node->b), rm);
}

/* A global's slot; an imported one is behind a pointer, which `temp` takes. */
static struct x64_rm global_at(struct cg *cg, uint32_t global, unsigned temp)
{
    const struct wasm_global *g = &cg->m->globals[global];
    struct x64_rm at = x64_m(ABI_CTX, (int32_t)g->ctx_offset);
    if (!g->imported)
        return at;
    x64_op(&cg->e, X64_MOV_LOAD | X64_W, temp, at);
    return x64_m(temp, 0);
}

SEL_HANDLER(sel_global_get)
{
    (void)row;
    unsigned temp = cg_temp(cg, CG_GPR), dst = cg_def(cg, n, X64_NONE);
    cg_load_mem(cg, dst, global_at(cg, node->c, temp), node->type);
}

/* Stores operand a of a set. */
static void store_operand(struct cg *cg, ir_ref_t n, const struct ir_node *node, struct x64_rm rm)
{
    const struct ir_node *value = &cg->f->nodes[node->a];
    if (!(cg->mark[n] & CG_IMM_A)) {
        cg_store_mem(cg, rm, cg_reg(cg, node->a), value->type);
        return;
    }
    bool wide = value->type == IR_I64 || value->type == IR_F64;
    x64_op_imm32(&cg->e, 0xc7 | sel_w(wide), 0, rm, (uint32_t)ir_const_bits(value));
}

SEL_HANDLER(sel_global_set)
{
    (void)row;
    unsigned temp = cg_temp(cg, CG_GPR);
    store_operand(cg, n, node, global_at(cg, node->c, temp));
}

static struct x64_rm local_at(const struct cg *cg, uint32_t slot)
{
    return x64_m(X64_RSP, (int32_t)(cg->locals_offset + 16 * slot));
}

SEL_HANDLER(sel_local_get)
{
    (void)row;
    unsigned dst = cg_def(cg, n, X64_NONE);
    cg_load_mem(cg, dst, local_at(cg, node->c), node->type);
}

SEL_HANDLER(sel_local_set)
{
    (void)row;
    store_operand(cg, n, node, local_at(cg, node->c));
}

SEL_HANDLER(sel_table_size)
{
    (void)row;
    uint32_t at = cg->code->layout.tables + node->c * (uint32_t)sizeof(struct ctx_table_ref) +
                  (uint32_t)offsetof(struct ctx_table_ref, table);
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_op(&cg->e, X64_MOV_LOAD | X64_W, dst, x64_m(ABI_CTX, (int32_t)at));
    x64_op(&cg->e, X64_MOV_LOAD, dst, x64_m(dst, offsetof(struct ctx_table, size)));
}

SEL_HANDLER(sel_memory_size)
{
    (void)row;
    uint32_t at = (uint32_t)offsetof(struct wasm_ctx, mem0);
    if (node->c)
        at = cg->code->layout.memories + node->c * (uint32_t)sizeof(struct ctx_memory_ref) +
             (uint32_t)offsetof(struct ctx_memory_ref, memory);
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_op(&cg->e, X64_MOV_LOAD | X64_W, dst, x64_m(ABI_CTX, (int32_t)at));
    x64_op(&cg->e, X64_MOV_LOAD | X64_W, dst, x64_m(dst, offsetof(struct ctx_memory, size_bytes)));
    x64_shift_imm(&cg->e, X64_SHR, X64_W, x64_r(dst), 16);
}

/* Against the limit in the context; the trap is out of the way. */
SEL_HANDLER(sel_memory_check)
{
    (void)row;
    uint32_t at = cg->code->layout.memories + node->c * (uint32_t)sizeof(struct ctx_memory_ref) +
                  (uint32_t)offsetof(struct ctx_memory_ref, limit);
    uint32_t cold = cg_cold_add(cg, CG_COLD_TRAP, n);
    if (cg->error)
        return;
    cg->cold[cold].x = WASM_TRAP_MEMORY_BOUNDS;
    x64_op(&cg->e, X64_ALU_LOAD(X64_CMP) | X64_W, cg_reg(cg, node->a), x64_m(ABI_CTX, (int32_t)at));
    x64_jcc(&cg->e, X64_AE, &cg->cold[cold].enter);
}

void sel_cold_trap(struct cg *cg, struct cg_cold *c)
{
    cg_site(cg, c->node, CODE_SITE_UD2 + c->x);
    x64_ud2(&cg->e);
}

SEL_HANDLER(sel_func_ref)
{
    (void)row;
    unsigned dst = cg_def(cg, n, X64_NONE);
    x64_op(&cg->e, X64_MOV_LOAD, dst,
           x64_m(ABI_CTX, (int32_t)offsetof(struct wasm_ctx, first_funcref)));
    x64_alu_imm(&cg->e, X64_ADD, 0, x64_r(dst), (int32_t)node->c);
}

/* ---- exceptions: what the unwinder leaves in the context ---- */

SEL_HANDLER(sel_caught)
{
    size_t at = row->cc ? offsetof(struct wasm_ctx, caught_tag) : offsetof(struct wasm_ctx, caught);
    cg_load_mem(cg, cg_def(cg, n, X64_NONE), x64_m(ABI_CTX, (int32_t)at), node->type);
}

SEL_HANDLER(sel_tag)
{
    (void)row;
    uint32_t at = cg->code->layout.tags + node->c * (uint32_t)sizeof(uint32_t);
    cg_load_mem(cg, cg_def(cg, n, X64_NONE), x64_m(ABI_CTX, (int32_t)at), node->type);
}

/* Value number i of the exception at hand; `temp` takes the address. */
static struct x64_rm payload_at(struct cg *cg, uint32_t i, unsigned temp)
{
    x64_op(&cg->e, X64_MOV_LOAD | X64_W, temp,
           x64_m(ABI_CTX, (int32_t)offsetof(struct wasm_ctx, payload)));
    return x64_m(temp, (int32_t)(i * sizeof(union wasm_value)));
}

SEL_HANDLER(sel_payload_get)
{
    (void)row;
    unsigned temp = cg_temp(cg, CG_GPR), dst = cg_def(cg, n, X64_NONE);
    cg_load_mem(cg, dst, payload_at(cg, node->c, temp), node->type);
}

SEL_HANDLER(sel_payload_set)
{
    (void)row;
    unsigned temp = cg_temp(cg, CG_GPR);
    store_operand(cg, n, node, payload_at(cg, node->c, temp));
}
