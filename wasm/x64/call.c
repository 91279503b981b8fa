/* Calls: arguments and the values that survive go to their places by one parallel move. */
#include "wasm/jit/ahead.h"
#include "wasm/jit/check.h"
#include "wasm/jit/code_int.h"
#include "wasm/x64/select.h"

#define TAIL_BYTES (8 * X64_INSN_MAX) /* the jumps at the end of a tail call */
/* call_indirect's table entry, call_ref's descriptor: no argument register. */
#define ENTRY X64_R11

const struct wasm_functype *cg_call_type(const struct cg *cg, ir_ref_t call)
{
    const struct ir_node *n = &cg->f->nodes[call];
    const struct wasm_module *m = cg->m;
    if (ir_is_indirect(n->op))
        return &m->types[cg->f->pool[n->a + 1]];
    return &m->types[ir_is_call_ref(n->op) ? n->a : m->funcs[n->a].type];
}

static void add_arguments(struct cg *cg, const struct ir_node *node)
{
    struct abi_walk walk;
    if (node->op == IR_CALL_RT)
        abi_runtime_begin(&walk);
    else
        abi_params_begin(&walk);
    for (uint32_t i = 0; i < node->c; i++) {
        ir_ref_t v = cg->f->pool[node->b + i];
        unsigned type = cg->f->nodes[v].type;
        struct pmove_place to = {PMOVE_REG, ENTRY};
        if (!ir_is_computed_call(node->op) || i > 0) {
            struct abi_place place =
                abi_next(&walk, cg_class_of(type) == CG_XMM, type == IR_V128 ? 16 : 8);
            to.at = place.reg;
            if (place.reg == X64_NONE)
                to = (struct pmove_place){PMOVE_OUT, place.stack};
        }
        cg_move_add(cg, to, cg_place(cg, v), type);
        if (!cg_is_const(cg, v))
            (void)cg_consume(cg, v);
    }
}

/* Values that outlive the call move to registers that do; the spill pass has left no more than
 * there are. Returns which registers they move from. */
static uint32_t add_survivors(struct cg *cg, uint8_t new_reg[X64_XMM])
{
    uint32_t room = (cg->free | cg->dying) & ABI_CALLEE_SAVED;
    uint32_t survivors = ABI_GPRS & ~(cg->free | cg->dying | ABI_CALLEE_SAVED);
    for (uint32_t m = survivors; m; m &= m - 1) {
        unsigned r = (unsigned)__builtin_ctz(m);
        assert(room);
        new_reg[r] = (uint8_t)__builtin_ctz(room);
        room &= room - 1;
        cg_move_add(cg, (struct pmove_place){PMOVE_REG, new_reg[r]},
                    (struct pmove_place){PMOVE_REG, r}, cg->f->nodes[cg->holder[r]].type);
    }
    return survivors;
}

static void settle_survivors(struct cg *cg, uint32_t survivors, const uint8_t new_reg[X64_XMM])
{
    uint32_t all = ABI_GPRS | cg_class_mask(CG_XMM);
    cg_release(cg);
    for (; survivors; survivors &= survivors - 1) {
        unsigned r = (unsigned)__builtin_ctz(survivors);
        cg_rename(cg, r, new_reg[r]);
    }
    assert((all & ~cg->free & ~ABI_CALLEE_SAVED) == 0);
}

/* ENTRY: from the index into the table to the entry, whose type is right. An open type may have sub
 * types: the cold piece comes back if it was one. */
static void emit_entry(struct cg *cg, ir_ref_t n, const struct ir_node *node)
{
    struct x64_enc *e = &cg->e;
    uint32_t table = cg->f->pool[node->a], type = cg->f->pool[node->a + 1];
    uint32_t at = cg->code->layout.tables + table * (uint32_t)sizeof(struct ctx_table_ref);
    uint32_t cold = cg_cold_add(cg, CG_COLD_INDIRECT, n);
    if (cg->error)
        return;
    x64_shift_imm(e, X64_SHL, X64_W, x64_r(ENTRY), 4);
    x64_op(e, X64_ALU_LOAD(X64_ADD) | X64_W, ENTRY, x64_m(ABI_CTX, (int32_t)at));
    cg_site(cg, n, CODE_SITE_TABLE);
    x64_alu_imm(e, X64_CMP, 0, x64_m(ENTRY, offsetof(struct ctx_table_entry, type_id)),
                (int32_t)cg->m->type_ids[type]);
    x64_jcc(e, X64_NE, &cg->cold[cold].enter);
    if (!cg->m->subtypes[type].final)
        x64_bind(e, &cg->cold[cold].back);
}

static struct x64_rm of_descriptor(size_t offset)
{
    return x64_m(ENTRY, (int32_t)offset);
}

/* ENTRY: from a reference to its descriptor; is that of a function of this instance? */
static void emit_descriptor(struct cg *cg)
{
    struct x64_enc *e = &cg->e;
    x64_shift_imm(e, X64_SHL, X64_W, x64_r(ENTRY), 5);
    x64_op(e, X64_ALU_LOAD(X64_ADD) | X64_W, ENTRY,
           x64_m(ABI_CTX, offsetof(struct wasm_ctx, funcdescs)));
    x64_op(e, X64_ALU_LOAD(X64_CMP) | X64_W, ABI_CTX,
           of_descriptor(offsetof(struct wasm_funcdesc, ctx)));
}

/* The site of a call is its last byte: the address behind may be a site of its own. */
static void note_call(struct cg *cg, ir_ref_t n)
{
    cg->e.pos--;
    cg_site(cg, n, CODE_SITE_CALL);
    cg->e.pos++;
}

void sel_cold_indirect(struct cg *cg, struct cg_cold *c)
{
    struct x64_enc *e = &cg->e;
    const struct ir_node *node = &cg->f->nodes[c->node];
    uint32_t table = cg->f->pool[node->a], type = cg->f->pool[node->a + 1];
    uint32_t at = cg->code->layout.tables + table * (uint32_t)sizeof(struct ctx_table_ref);
    if (!cg->m->subtypes[type].final) {
        x64_mov_imm(e, ABI_MEM, (uint64_t)table << 32 | cg->m->type_ids[type]);
        x64_call_to(e, cg->code->check_indirect);
        note_call(cg, c->node);
        x64_jmp(e, &c->back);
        return;
    }
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RDX, x64_r(ENTRY));
    x64_op(e, X64_ALU_LOAD(X64_SUB) | X64_W, X64_RDX, x64_m(ABI_CTX, (int32_t)at));
    x64_shift_imm(e, X64_SHR, X64_W, x64_r(X64_RDX), 4);
    x64_mov_imm(e, X64_RSI, table);
    x64_mov_imm(e, X64_RCX, cg->m->type_ids[type]);
    x64_call_to(e, cg->code->stubs[RT_indirect_fail]);
    note_call(cg, c->node);
    x64_ud2(e);
}

/* The call itself. Whatever is not of this instance, null too, goes by the descriptor's own code.
 */
static void emit_call_ref(struct cg *cg, ir_ref_t n)
{
    uint32_t cold = cg_cold_add(cg, CG_COLD_CALL_REF, n);
    if (cg->error)
        return;
    cg->cold[cold].op = cg->block;
    emit_descriptor(cg);
    x64_jcc(&cg->e, X64_NE, &cg->cold[cold].enter);
    x64_op(&cg->e, X64_GROUP5, 2, of_descriptor(offsetof(struct wasm_funcdesc, entry)));
    x64_bind(&cg->e, &cg->cold[cold].back);
}

/* The call just noted, which ends a block, may throw into the same pad as the one in the block. */
static void note_landing(struct cg *cg, ir_block_t block)
{
    const struct ir_block *b = &cg->f->blocks[block];
    if (cg->f->nodes[b->end - 1].op != IR_TRY || cg->error ||
        !cg_grow(cg, &cg->landings, &cg->cap_landings, cg->nlandings, sizeof *cg->landings))
        return;
    cg->landings[cg->nlandings++] = (struct cg_landing){
        .site = cg->sites[cg->nsites - 1].code_offset, .edge = cg->blocks[block].edges + 1};
}

void sel_cold_call_ref(struct cg *cg, struct cg_cold *c)
{
    x64_op(&cg->e, X64_GROUP5, 2, of_descriptor(offsetof(struct wasm_funcdesc, call)));
    note_call(cg, c->node);
    note_landing(cg, c->op);
    x64_jmp(&cg->e, &c->back);
}

/* A field of an imported function's struct ctx_import. */
static struct x64_rm of_import(const struct cg *cg, uint32_t func, size_t offset)
{
    uint32_t at = cg->code->layout.imports + func * (uint32_t)sizeof(struct ctx_import);
    return x64_m(ABI_CTX, (int32_t)(at + offset));
}

static void emit_import_call(struct cg *cg, ir_ref_t n, uint32_t func)
{
    struct x64_enc *e = &cg->e;
    unsigned type = cg->f->nodes[n].type;
    x64_op(e, X64_MOV_LOAD | X64_W, ABI_MEM, x64_r(X64_RSP));
    x64_op(e, X64_GROUP5, 2, of_import(cg, func, offsetof(struct ctx_import, direct)));
    note_call(cg, n);
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RSP, x64_r(ABI_MEM));
    x64_op(e, X64_MOV_LOAD | X64_W, ABI_MEM, x64_m(ABI_CTX, offsetof(struct wasm_ctx, mem0_base)));
    if ((type == IR_I32 || type == IR_REF) && cg_has_uses(cg, n))
        x64_op(e, X64_MOV_LOAD, X64_RAX, x64_r(X64_RAX));
}

SEL_HANDLER(sel_call)
{
    (void)row;
    uint8_t new_reg[X64_XMM];
    cg->nmoves = 0;
    add_arguments(cg, node);
    uint32_t survivors = add_survivors(cg, new_reg);
    cg_moves_run(cg);
    check_event(cg, CHECK_CALL, n, X64_NONE);
    settle_survivors(cg, survivors, new_reg);
    if (!cg_room(cg, 256))
        return;
    bool imported = node->op == IR_CALL && cg->m->funcs[node->a].imported;
    if (node->op == IR_CALL_INDIRECT)
        emit_entry(cg, n, node);
    if (node->op == IR_CALL_RT)
        x64_call_to(&cg->e, cg->code->stubs[node->a]);
    else if (node->op == IR_CALL_INDIRECT)
        x64_op(&cg->e, X64_GROUP5, 2, x64_m(ENTRY, offsetof(struct ctx_table_entry, code)));
    else if (node->op == IR_CALL_REF)
        emit_call_ref(cg, n);
    else if (imported)
        emit_import_call(cg, n, node->a);
    else if (node->a == cg->f->func)
        x64_call(&cg->e, &cg->self);
    else
        x64_call_to(&cg->e, ahead__target(cg->lane, node->a));
    if (!imported)
        note_call(cg, n);
    uint32_t popped = node->op == IR_CALL_RT ? 0 : abi_params_bytes(cg_call_type(cg, n));
    if (popped && !imported)
        x64_alu_imm(&cg->e, X64_SUB, X64_W, x64_r(X64_RSP), (int32_t)popped);
    abi_results_begin(&cg->result_walk);
    cg->result_next = 0;
    cg->result_area = popped;
    if (node->type != IR_VOID && cg_has_uses(cg, n))
        cg_def_fixed(cg, n, cg_class_of(node->type) == CG_XMM ? X64_XMM : X64_RAX);
}

/* Null is noticed while this function can still be seen in a backtrace. */
static void emit_null_check(struct cg *cg, ir_ref_t n)
{
    uint32_t cold = cg_cold_add(cg, CG_COLD_TRAP, n);
    if (cg->error)
        return;
    cg->cold[cold].x = WASM_TRAP_NULL_FUNCTION;
    x64_op(&cg->e, X64_TEST, ENTRY, x64_r(ENTRY));
    x64_jcc(&cg->e, X64_E, &cg->cold[cold].enter);
}

/* The arguments in registers are in place at once, the others wait in the outgoing area: they may
 * belong where this function's saved registers are. How large its frame is shows at its end. */
SEL_HANDLER(sel_return_call)
{
    (void)row;
    cg->nmoves = 0;
    add_arguments(cg, node);
    cg_moves_run(cg);
    check_event(cg, CHECK_LEAVE, n, X64_NONE);
    if (!cg_room(cg, 256))
        return;
    if (ir_is_indirect(node->op)) {
        emit_entry(cg, n, node);
        x64_op(&cg->e, X64_MOV_LOAD | X64_W, ENTRY,
               x64_m(ENTRY, offsetof(struct ctx_table_entry, code)));
    }
    if (ir_is_call_ref(node->op))
        emit_null_check(cg, n);
    uint32_t cold = cg_cold_add(cg, CG_COLD_TAIL, n);
    if (!cg->error)
        x64_jmp(&cg->e, &cg->cold[cold].enter);
}

static void emit_jump_ref(struct cg *cg)
{
    struct x64_label other = {0};
    emit_descriptor(cg);
    x64_jcc(&cg->e, X64_NE, &other);
    x64_op(&cg->e, X64_GROUP5, 4, of_descriptor(offsetof(struct wasm_funcdesc, entry)));
    x64_bind(&cg->e, &other);
    x64_op(&cg->e, X64_GROUP5, 4, of_descriptor(offsetof(struct wasm_funcdesc, call)));
}

void sel_cold_tail(struct cg *cg, struct cg_cold *c)
{
    const struct ir_node *node = &cg->f->nodes[c->node];
    sel_leave(cg, abi_params_bytes(cg_call_type(cg, c->node)));
    if (!cg_room(cg, TAIL_BYTES))
        return;
    if (ir_is_indirect(node->op))
        x64_op(&cg->e, X64_GROUP5, 4, x64_r(ENTRY));
    else if (ir_is_call_ref(node->op))
        emit_jump_ref(cg);
    else if (cg->m->funcs[node->a].imported)
        x64_op(&cg->e, X64_GROUP5, 4, of_import(cg, node->a, offsetof(struct ctx_import, code)));
    else if (node->a == cg->f->func)
        x64_jmp(&cg->e, &cg->self);
    else
        x64_jmp_to(&cg->e, ahead__target(cg->lane, node->a));
}

SEL_HANDLER(sel_result)
{
    (void)row;
    const struct wasm_functype *type = cg_call_type(cg, node->a);
    struct abi_place place = {0};
    for (; cg->result_next <= node->c; cg->result_next++)
        place = abi_next_value(&cg->result_walk, type->results[cg->result_next]);
    if (place.reg != X64_NONE) {
        cg_def_fixed(cg, n, place.reg);
        return;
    }
    unsigned dst = cg_def(cg, n, X64_NONE);
    cg_load_mem(cg, dst, x64_m(X64_RSP, (int32_t)(cg->result_area + place.stack)), node->type);
}
