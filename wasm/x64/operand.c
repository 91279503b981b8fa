/* Operands of machine instructions, constants, trap sites. */
#include "wasm/jit/check.h"
#include "wasm/jit/code_int.h"
#include "wasm/rt/ctx.h"
#include "wasm/x64/fuse.h"
#include "wasm/x64/select.h"

void cg_site(struct cg *cg, ir_ref_t n, unsigned kind)
{
    if (!cg_grow(cg, &cg->sites, &cg->cap_sites, cg->nsites, sizeof *cg->sites))
        return;
    uint32_t body = (uint32_t)(cg->m->funcs[cg->f->func].body.at - cg->m->bytes);
    cg->sites[cg->nsites++] = (struct code_site){cg->e.pos, (cg->f->offsets[n] - body) << 8 | kind};
}

uint32_t cg_cold_add(struct cg *cg, enum cg_cold_kind kind, ir_ref_t node)
{
    if (!cg_grow(cg, &cg->cold, &cg->cap_cold, cg->ncold, sizeof *cg->cold))
        return 0; /* the error is noted; nothing more is emitted */
    cg->cold[cg->ncold] = (struct cg_cold){.kind = (uint8_t)kind, .node = node};
    return cg->ncold++;
}

struct cg_opnd cg_vector_constant(struct cg *cg, uint64_t low, uint64_t high)
{
    struct cg_opnd o = {x64_m(X64_RIP, 0), 0};
    if (!cg_grow(cg, &cg->constants, &cg->cap_constants, cg->nconstants, sizeof *cg->constants))
        return o;
    cg->constants[cg->nconstants++] = (struct cg_constant){.bits = {low, high}, .bytes = 16};
    o.constant = cg->nconstants;
    return o;
}

struct cg_opnd cg_constant(struct cg *cg, ir_ref_t v)
{
    const struct ir_node *n = &cg->f->nodes[v];
    struct cg_opnd o = {x64_m(X64_RIP, 0), 0};
    if (!cg->slot[v]) {
        if (!cg_grow(cg, &cg->constants, &cg->cap_constants, cg->nconstants, sizeof *cg->constants))
            return o;
        struct cg_constant *c = &cg->constants[cg->nconstants++];
        *c = (struct cg_constant){.bits = {ir_const_bits(n)}, .bytes = 8};
        if (n->type == IR_F32 || n->type == IR_I32)
            c->bytes = 4;
        if (n->type == IR_V128) {
            c->bits[0] = ir_vector_half(cg->f, n->a, 0);
            c->bits[1] = ir_vector_half(cg->f, n->a, 1);
            c->bytes = 16;
        }
        cg->slot[v] = cg->nconstants;
    }
    o.constant = cg->slot[v];
    return o;
}

struct x64_rm cg_module_const(const struct cg *cg, unsigned id)
{
    return x64_m(X64_RIP, (int32_t)code__const_offset(cg->code, id));
}

struct x64_rm cg_address(struct cg *cg, ir_ref_t n)
{
    const struct ir_node *node = &cg->f->nodes[n];
    unsigned base = ABI_MEM;
    if (node->aux) {
        base = cg_temp(cg, CG_GPR);
        uint32_t at =
            cg->code->layout.memories + node->aux * (uint32_t)sizeof(struct ctx_memory_ref);
        x64_op(&cg->e, X64_MOV_LOAD | X64_W, base, x64_m(ABI_CTX, (int32_t)at));
    }
    if (cg->mark[n] & CG_IMM_A) {
        uint32_t at = (uint32_t)ir_const_bits(&cg->f->nodes[node->a]);
        return x64_m(base, (int32_t)(at + node->c));
    }
    struct cg_address parts;
    if (cg_address_parts(cg, n, &parts))
        return x64_mx(base, cg_reg(cg, parts.index), parts.scale,
                      (int32_t)(parts.addend + node->c));
    unsigned index = cg_reg(cg, node->a);
    if (node->c <= INT32_MAX)
        return x64_mx(base, index, 0, (int32_t)node->c);
    unsigned sum = cg_temp(cg, CG_GPR);
    x64_mov_imm(&cg->e, sum, node->c);
    x64_op(&cg->e, X64_ALU_LOAD(X64_ADD) | X64_W, sum, x64_r(index));
    return x64_mx(base, sum, 0, 0);
}

struct cg_opnd cg_operand(struct cg *cg, ir_ref_t v)
{
    if (cg->mark[v] & CG_FUSED) {
        dassert(sel_row(cg, v)->form == SEL_LOAD);
        struct cg_opnd o = {cg_address(cg, v), 0};
        cg_access_site(cg, v);
        return o;
    }
    if (cg_is_const(cg, v) && cg->reg[v] == X64_NONE)
        return cg_constant(cg, v);
    if (cg->reg[v] == X64_NONE) {
        check_use(cg, v, cg_place(cg, v));
        return (struct cg_opnd){cg_slot_rm(cg, cg->slot[v]), 0};
    }
    return (struct cg_opnd){x64_r(cg_reg(cg, v)), 0};
}

/* Notes what waits for the displacement just written. */
static void note_operand(struct cg *cg, struct cg_opnd o)
{
    cg_note_incoming(cg, o.rm);
    if (o.constant)
        x64_note_rip(&cg->e, &cg->constants[o.constant - 1].label);
}

void cg_op(struct cg *cg, x64_op_t op, unsigned reg, struct cg_opnd o)
{
    x64_op(&cg->e, op, reg, o.rm);
    note_operand(cg, o);
}

void cg_vex(struct cg *cg, x64_op_t op, unsigned reg, unsigned v, struct cg_opnd o)
{
    x64_vex(&cg->e, op, reg, v, o.rm);
    note_operand(cg, o);
}
