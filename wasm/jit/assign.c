/* Which register each value is in, while selection walks the nodes once and encodes them. The spill
 * pass has made sure that a register is free whenever one is needed here; only moves are added:
 * around fixed registers, at calls and on edges. */
#include "base/string.h"
#include "wasm/jit/check.h"
#include "wasm/jit/code_int.h"
#include "wasm/jit/watch.h"
#include "wasm/x64/simd.h"

/* Preference: no REX prefix for 32-bit operations first. */
#define GPRS_SHORT (1u << X64_RAX | 1u << X64_RCX | 1u << X64_RDX | 1u << X64_RSI | 1u << X64_RDI)
#define XMM_MASK   (ABI_XMMS << X64_XMM)
#define CACHE_LINE 64u
#define MEETING    3u   /* so many ways lead to a block that is worth a line of its own */
#define NODE_BYTES 256u /* more than any node emits, calls, returns, switches and edges apart */
#define MOVE_BYTES 48u  /* more than one parallel move emits */

bool cg__extend(struct cg *cg, uint32_t bytes)
{
    if (!cg->error)
        cg->error = code__extend(cg->lane, &cg->e, bytes);
    return !cg->error;
}

/* ---- registers ---- */

static unsigned lowest(uint32_t mask)
{
    return (unsigned)__builtin_ctz(mask);
}

uint32_t cg_unwanted(const struct cg *cg, uint32_t mask, unsigned hint)
{
    uint32_t rest = mask & ~cg->wanted;
    if (!rest || (hint != X64_NONE && mask >> hint & 1))
        return mask;
    return rest;
}

unsigned cg_prefer(uint32_t mask, bool crosses_call, unsigned hint)
{
    dassert(mask);
    if (hint != X64_NONE && mask >> hint & 1)
        return hint;
    uint32_t saved = mask & ABI_CALLEE_SAVED, other = mask & ~ABI_CALLEE_SAVED;
    if (crosses_call && saved)
        return lowest(saved);
    if (other & GPRS_SHORT)
        return lowest(other & GPRS_SHORT);
    return lowest(other ? other : mask);
}

/* Is v needed behind a call that comes behind the current node? */
static bool crosses_next_call(const struct cg *cg, ir_ref_t v)
{
    return cg->calls[cg->next_call] < cg->last[v];
}

static void set_reg(struct cg *cg, ir_ref_t v, unsigned reg)
{
    dassert(cg->free >> reg & 1 && !cg->holder[reg]);
    cg->free &= ~(1u << reg);
    cg->saved |= 1u << reg & ABI_CALLEE_SAVED;
    cg->holder[reg] = v;
    cg->reg[v] = (uint8_t)reg;
}

static void clear_reg(struct cg *cg, unsigned reg)
{
    ir_ref_t v = cg->holder[reg];
    if (v)
        cg->reg[v] = X64_NONE;
    cg->holder[reg] = 0;
    cg->free |= 1u << reg;
}

void cg_rename(struct cg *cg, unsigned from, unsigned to)
{
    ir_ref_t v = cg->holder[from];
    clear_reg(cg, from);
    set_reg(cg, v, to);
}

unsigned cg_temp(struct cg *cg, enum cg_class c)
{
    uint32_t mask = cg->free & cg_class_mask(c);
    assert(mask);
    unsigned reg = cg_prefer(mask, false, X64_NONE);
    cg->free &= ~(1u << reg);
    cg->saved |= 1u << reg & ABI_CALLEE_SAVED;
    cg->temps |= 1u << reg;
    check_event(cg, CHECK_CLOBBER, 0, reg);
    return reg;
}

void cg_take(struct cg *cg, unsigned reg, uint32_t avoid)
{
    ir_ref_t v = cg->holder[reg];
    if (v) {
        uint32_t mask = cg->free & cg_class_mask(reg < X64_XMM ? CG_GPR : CG_XMM) & ~avoid;
        assert(mask);
        unsigned to = cg_prefer(mask, crosses_next_call(cg, v), X64_NONE);
        bool dies = cg->dying >> reg & 1;
        cg_copy(cg, to, reg, cg->f->nodes[v].type);
        check_move(cg, check_reg(to), check_reg(reg), cg->f->nodes[v].type);
        clear_reg(cg, reg);
        set_reg(cg, v, to);
        cg->dying &= ~(1u << reg);
        if (dies)
            cg->dying |= 1u << to;
    }
    assert(cg->free >> reg & 1);
    cg->free &= ~(1u << reg);
    cg->saved |= 1u << reg & ABI_CALLEE_SAVED;
    cg->temps |= 1u << reg;
    check_event(cg, CHECK_CLOBBER, 0, reg);
}

void cg_release(struct cg *cg)
{
    for (uint32_t m = cg->dying; m; m &= m - 1)
        clear_reg(cg, lowest(m));
    cg->dying = 0;
}

unsigned cg_def(struct cg *cg, ir_ref_t n, unsigned want)
{
    enum cg_class c = cg_class_of(cg->f->nodes[n].type);
    uint32_t mask = cg->free & cg_class_mask(c);
    assert(mask);
    unsigned hint = cg->hint[n];
    bool crosses = crosses_next_call(cg, n);
    if (hint == X64_NONE || !(mask >> hint & 1) || (crosses && !(ABI_CALLEE_SAVED >> hint & 1)))
        hint = want;
    unsigned reg = cg_prefer(cg_unwanted(cg, mask, hint), crosses, hint);
    set_reg(cg, n, reg);
    check_event(cg, CHECK_DEF, n, reg);
    return reg;
}

void cg_def_fixed(struct cg *cg, ir_ref_t n, unsigned reg)
{
    if (cg->temps >> reg & 1) {
        cg->temps &= ~(1u << reg);
        cg->free |= 1u << reg;
    }
    set_reg(cg, n, reg);
    check_event(cg, CHECK_DEF, n, reg);
}

static void store(struct cg *cg, ir_ref_t v)
{
    if (cg->slot[v] & CG_SLOT_INCOMING)
        return;
    bool flags_stay = cg->flags_pos == cg->e.pos;
    cg_store_mem(cg, cg_slot_rm(cg, cg->slot[v]), cg_reg(cg, v), cg->f->nodes[v].type);
    cg->flags_pos = flags_stay ? cg->e.pos : 0;
    check_move(cg, (struct pmove_place){PMOVE_SLOT, cg->slot[v]}, check_reg(cg->reg[v]),
               cg->f->nodes[v].type);
}

static inline void store_spilled(struct cg *cg, ir_ref_t v)
{
    if ((cg->mark[v] & (CG_SPILLED | CG_STORED_LATE)) == CG_SPILLED)
        store(cg, v);
}

/* ---- nodes ---- */

/* Does node n ask whether a value is zero that the flags tell of? */
static bool asks_flags(const struct cg *cg, ir_ref_t n)
{
    const struct ir_node *node = &cg->f->nodes[n];
    unsigned form = sel_row(cg, n)->form;
    if (cg->flags_pos != cg->e.pos || (form != SEL_SELECT && form != SEL_BRANCH))
        return false;
    ir_ref_t v = form == SEL_SELECT ? node->c : node->a;
    if (cg->mark[v] & CG_FUSED && sel_row(cg, v)->form == SEL_EQZ)
        v = cg->f->nodes[v].a;
    return cg->reg[v] == cg->flags_reg;
}

static inline bool has_action(const struct cg *cg, ir_ref_t n)
{
    return cg->next_action < cg->nactions && cg->actions[cg->next_action].pos == n;
}

static void run_actions(struct cg *cg, ir_ref_t n)
{
    bool flags_stay = asks_flags(cg, n);
    cg->flags_live = flags_stay;
    for (; has_action(cg, n); cg->next_action++) {
        ir_ref_t v = cg->actions[cg->next_action].value;
        if (!cg->actions[cg->next_action].reload) {
            clear_reg(cg, cg_reg(cg, v));
            continue;
        }
        enum cg_class c = cg_class_of(cg->f->nodes[v].type);
        uint32_t mask = cg->free & cg_class_mask(c);
        assert(mask && cg_room(cg, NODE_BYTES));
        unsigned reg =
            cg_prefer(mask, !cg_is_const(cg, v) && crosses_next_call(cg, v), cg->hint[v]);
        check_move(cg, check_reg(reg), cg_place(cg, v), cg->f->nodes[v].type);
        set_reg(cg, v, reg);
        cg_load_place(cg, reg, v);
        if (flags_stay && reg != cg->flags_reg)
            cg->flags_pos = cg->e.pos;
    }
    cg->flags_live = false;
}

bool cg_consume(struct cg *cg, ir_ref_t v)
{
    dassert(cg_next_use(cg, v) == cg->pos);
    bool last = cg->use_pos[cg->cursor[v]++] & 1;
    if (last && cg->reg[v] != X64_NONE)
        cg->dying |= 1u << cg->reg[v];
    return last;
}

static const sel_fn handlers[SEL_NFORMS] = {
    [SEL_ALU] = sel_alu,
    [SEL_MUL] = sel_mul,
    [SEL_SHIFT] = sel_shift,
    [SEL_ROTATE] = sel_rotate,
    [SEL_DIVIDE] = sel_divide,
    [SEL_MULH_S] = sel_mulh_s,
    [SEL_MULH_U] = sel_mulh_u,
    [SEL_COMPARE] = sel_compare,
    [SEL_EQZ] = sel_compare,
    [SEL_FCOMPARE] = sel_fcompare,
    [SEL_COUNT] = sel_count,
    [SEL_EXTEND] = sel_count,
    [SEL_WRAP] = sel_wrap,
    [SEL_LOAD] = sel_load,
    [SEL_STORE] = sel_store,
    [SEL_FARITH] = sel_farith,
    [SEL_FMINMAX] = sel_fminmax,
    [SEL_FSIGN] = sel_fsign,
    [SEL_COPYSIGN] = sel_copysign,
    [SEL_ROUND] = sel_round,
    [SEL_SQRT] = sel_sqrt,
    [SEL_FROM_INT] = sel_from_int,
    [SEL_FROM_U64] = sel_from_u64,
    [SEL_FCONVERT] = sel_sqrt,
    [SEL_TO_INT] = sel_to_int,
    [SEL_TO_INT_SAT] = sel_to_int_sat,
    [SEL_MOVE] = sel_move,
    [SEL_SELECT] = sel_select,
    [SEL_VBIN] = sel_vbin,
    [SEL_VUN] = sel_vun,
    [SEL_VROUND] = sel_vround,
    [SEL_VFCOMPARE] = sel_vfcompare,
    [SEL_VSHIFT] = sel_vshift,
    [SEL_VSHIFT8] = sel_vshift8,
    [SEL_VSAR64] = sel_vsar64,
    [SEL_VSPLAT] = sel_vsplat,
    [SEL_VEXTRACT] = sel_vextract,
    [SEL_VEXTRACT_FLOAT] = sel_vextract_float,
    [SEL_VREPLACE] = sel_vreplace,
    [SEL_VREPLACE_FLOAT] = sel_vreplace_float,
    [SEL_VTEST] = sel_compare,
    [SEL_VSHUFFLE] = sel_vshuffle,
    [SEL_VSEQUENCE] = sel_vsequence,
    [SEL_VFMA] = sel_vfma,
    [SEL_VBLEND] = sel_vblend,
    [SEL_ATOMIC_LOAD] = sel_atomic_load,
    [SEL_ATOMIC_STORE] = sel_atomic_store,
    [SEL_ATOMIC_ADD] = sel_atomic_add,
    [SEL_ATOMIC_LOOP] = sel_atomic_loop,
    [SEL_ATOMIC_EXCHANGE] = sel_atomic_exchange,
    [SEL_ATOMIC_COMPARE] = sel_atomic_compare,
    [SEL_ATOMIC_FENCE] = sel_atomic_fence,
    [SEL_GLOBAL_GET] = sel_global_get,
    [SEL_GLOBAL_SET] = sel_global_set,
    [SEL_LOCAL_GET] = sel_local_get,
    [SEL_LOCAL_SET] = sel_local_set,
    [SEL_TABLE_SIZE] = sel_table_size,
    [SEL_MEMORY_SIZE] = sel_memory_size,
    [SEL_MEMORY_CHECK] = sel_memory_check,
    [SEL_FUNC_REF] = sel_func_ref,
    [SEL_CALL] = sel_call,
    [SEL_RESULT] = sel_result,
    [SEL_RETURN] = sel_return,
    [SEL_RETURN_CALL] = sel_return_call,
    [SEL_JUMP] = sel_jump,
    [SEL_BRANCH] = sel_branch,
    [SEL_SWITCH] = sel_switch,
    [SEL_TRY] = sel_try,
    [SEL_CAUGHT] = sel_caught,
    [SEL_TAG] = sel_tag,
    [SEL_PAYLOAD_GET] = sel_payload_get,
    [SEL_PAYLOAD_SET] = sel_payload_set,
    [SEL_TRAP] = sel_trap,
};

static void visit(struct cg *cg, ir_ref_t n)
{
    const struct ir_node *node = &cg->f->nodes[n];
    const struct sel_row *row = sel_row(cg, n);
    cg->pos = n;
    check_event(cg, CHECK_NODE, n, X64_NONE);
    while (cg->calls[cg->next_call] <= n)
        cg->next_call++;
    if (has_action(cg, n))
        run_actions(cg, n);
    if (!cg_room(cg, NODE_BYTES))
        return;
    if (!cg_is_list(node->op)) {
        const ir_ref_t *ops;
        unsigned count = cg_operands(cg, n, &ops);
        for (unsigned i = 0; i < count; i++)
            (void)cg_consume(cg, ops[i]);
    }
    handlers[row->form](cg, n, node, row);
    cg_access_end(cg);
    cg_release(cg);
    cg->free |= cg->temps;
    cg->temps = 0;
    if (node->type == IR_VOID || cg->reg[n] == X64_NONE)
        return;
    store_spilled(cg, n);
    if (!cg_is_kept(cg, n, cg->block_end))
        clear_reg(cg, cg->reg[n]);
}

/* ---- blocks ---- */

static void enter_params(struct cg *cg)
{
    struct abi_walk walk;
    uint32_t param = 0;
    abi_params_begin(&walk);
    for (ir_ref_t n = cg->f->blocks[1].first; cg->f->nodes[n].op == IR_PARAM; n++) {
        struct abi_place place = {0};
        for (; param <= cg->f->nodes[n].c; param++)
            place = abi_next_value(&walk, cg->f->type->params[param]);
        if (place.reg == X64_NONE || !cg_has_uses(cg, n))
            continue;
        set_reg(cg, n, place.reg);
        store_spilled(cg, n);
    }
}

/* The registers that block b finds as the block before it, its only predecessor, has left them: all
 * of its entry set. */
static uint32_t staying(const struct cg *cg, ir_block_t b)
{
    const struct ir_block *ir = &cg->f->blocks[b];
    const struct cg_block *block = &cg->blocks[b];
    uint32_t stay = 0;
    if (ir->npreds != 1 || cg->f->pool[ir->preds] != b - 1)
        return 0;
    for (unsigned i = 0; i < block->nin; i++) {
        dassert(cg->holder[block->in_regs[i]] == block->in[i]);
        stay |= 1u << block->in_regs[i];
    }
    return stay;
}

/* How long the code from block b to where it is left for good will be, about: of the block alone if
 * that is more than a line of the cache. */
static uint32_t run_bytes(const struct cg *cg, ir_block_t b)
{
    const struct ir_block *blocks = cg->f->blocks;
    uint32_t start = cg->bytes_before[b];
    ir_block_t end = b + 1;
    while (end < cg->f->nblocks && cg->bytes_before[end] - start <= CACHE_LINE &&
           (blocks[end - 1].succ[0] == end || blocks[end - 1].succ[1] == end))
        end++;
    uint32_t bytes = cg->bytes_before[end] - start;
    return bytes <= CACHE_LINE ? bytes : cg->bytes_before[b + 1] - start;
}

/* Is the block in a loop, and a place that much comes to: its header, where several ways meet, or
 * the arm of a switch, which no other code runs into? */
static bool is_busy(const struct cg *cg, ir_block_t b)
{
    const struct ir_block *blocks = cg->f->blocks, *ir = &blocks[b];
    if (!ir->loop_depth)
        return false;
    if (ir->loop_end || ir->npreds >= MEETING)
        return true;
    const struct ir_block *from = &blocks[cg->f->pool[ir->preds]];
    return cg->f->nodes[from->end - 1].op == IR_SWITCH && blocks[b - 1].succ[0] != b &&
           blocks[b - 1].succ[1] != b;
}

/* Short code that lies in one line of the cache is fetched at once. */
static void align_block(struct cg *cg, ir_block_t b)
{
    if (!is_busy(cg, b) || jit_has(&cg->m->jit, JIT_NO_ALIGN))
        return;
    uint32_t used = cg->e.pos % CACHE_LINE, bytes = run_bytes(cg, b);
    if (bytes <= CACHE_LINE && used + bytes > CACHE_LINE)
        x64_nops(&cg->e, CACHE_LINE - used);
}

/* The registers of a loop's phis. */
static void note_wanted(struct cg *cg, ir_block_t header)
{
    struct cg_block *block = &cg->blocks[header];
    if (jit_has(&cg->m->jit, JIT_NO_WANTED))
        return;
    for (unsigned i = 0; i < block->nin; i++)
        if (block->in[i] >= cg->f->blocks[header].first)
            block->wanted |= 1u << block->in_regs[i];
}

static void begin_block(struct cg *cg, ir_block_t b)
{
    struct cg_block *block = &cg->blocks[b];
    const struct ir_block *ir = &cg->f->blocks[b];
    cg->block = b;
    cg->block_end = ir->end;
    if (ir->loop_end)
        note_wanted(cg, b);
    cg->wanted = cg->blocks[ir->loop_header].wanted;
    check_event(cg, CHECK_BLOCK, b, X64_NONE);
    uint32_t stay = staying(cg, b);
    for (uint32_t used = (ABI_GPRS | XMM_MASK) & ~cg->free & ~stay; used; used &= used - 1)
        clear_reg(cg, lowest(used));
    if (!cg_room(cg, CACHE_LINE + NODE_BYTES + MOVE_BYTES * X64_NREGS))
        return;
    align_block(cg, b);
    x64_bind(&cg->e, &block->label);
    cg->flags_pos = 0;
    if (b == 1) {
        enter_params(cg);
        return;
    }
    assert(block->entered || !block->nin);
    if (stay)
        return;
    for (unsigned i = 0; i < block->nin; i++) {
        ir_ref_t v = block->in[i];
        set_reg(cg, v, block->in_regs[i]);
        if (v >= ir->first) /* a phi */
            store_spilled(cg, v);
    }
}

static void alloc_state(struct cg *cg)
{
    cg->entry_regs = ARENA_ARRAY_UNSET(cg->arena, uint8_t, cg->nentries);
    if (!cg->entry_regs)
        cg->error = -ENOMEM;
    memcpy(cg->cursor, cg->use_first, cg->f->nnodes * sizeof *cg->cursor);
    memset(cg->reg, X64_NONE, cg->f->nnodes);
    memset(cg->switch_edge, 0, cg->f->nblocks * sizeof *cg->switch_edge);
    cg->free = ABI_GPRS | XMM_MASK;
}

static void emit_cold(struct cg *cg)
{
    for (uint32_t i = 0; i < cg->ncold && !cg->error; i++) {
        static void (*const pieces[])(struct cg *, struct cg_cold *) = {
            [CG_COLD_TRAP] = sel_cold_trap,
            [CG_COLD_MINMAX] = sel_cold_minmax,
            [CG_COLD_TO_INT] = sel_cold_to_int,
            [CG_COLD_TO_I64] = sel_cold_to_i64,
            [CG_COLD_TO_I64_SAT] = sel_cold_to_i64_sat,
            [CG_COLD_INDIRECT] = sel_cold_indirect,
            [CG_COLD_CALL_REF] = sel_cold_call_ref,
            [CG_COLD_TAIL] = sel_cold_tail,
        };
        if (!cg_room(cg, NODE_BYTES))
            return;
        x64_bind(&cg->e, &cg->cold[i].enter);
        pieces[cg->cold[i].kind](cg, &cg->cold[i]);
    }
}

static void emit_constants(struct cg *cg)
{
    static const uint8_t sizes[] = {16, 8, 4};
    for (unsigned s = 0; s < ARRAY_LEN(sizes); s++) {
        bool first = true;
        for (uint32_t i = 0; i < cg->nconstants; i++) {
            struct cg_constant *c = &cg->constants[i];
            if (c->bytes != sizes[s])
                continue;
            if (!cg_room(cg, 32))
                return;
            while (first && cg->e.pos % sizes[s])
                x64_byte(&cg->e, 0xcc);
            first = false;
            x64_bind(&cg->e, &c->label);
            for (unsigned k = 0; k < c->bytes; k += 4)
                x64_u32(&cg->e, (uint32_t)(c->bits[k / 8] >> (k % 8 * 8)));
        }
    }
}

/* The first n landings are of calls in blocks, in the order of their edges; behind them are those
 * of cold pieces, for the same edges. */
static const struct cg_landing *landing_of_edge(const struct cg *cg, uint32_t n, uint32_t edge)
{
    uint32_t lo = 0, hi = n;
    while (lo + 1 < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        *(cg->landings[mid].edge <= edge ? &lo : &hi) = mid;
    }
    assert(cg->landings[lo].edge == edge);
    return &cg->landings[lo];
}

/* Where exceptions arrive: at the pad, or at moves into its phis' slots. */
static void emit_landings(struct cg *cg)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < cg->nlandings && !cg->error; i++) {
        struct cg_landing *l = &cg->landings[i];
        if (i > n || (i && l->edge <= cg->landings[i - 1].edge)) {
            l->at = landing_of_edge(cg, n, l->edge)->at;
            continue;
        }
        n = i + 1;
        struct x64_label *pad = &cg->blocks[cg->edges[l->edge].target].label;
        l->at = pad->at - 1;
        if (!cg_landing_moves(cg, l->edge))
            continue;
        l->at = cg->e.pos;
        cg_moves_run(cg);
        if (cg_room(cg, X64_INSN_MAX))
            x64_jmp(&cg->e, pad);
    }
}

void cg_assign(struct cg *cg)
{
    const struct ir_func *f = cg->f;
    alloc_state(cg);
    cg->body_start = cg->e.pos;
    for (ir_block_t b = 1; b < f->nblocks && !cg->error; b++) {
        begin_block(cg, b);
        for (ir_ref_t n = f->blocks[b].first; n < f->blocks[b].end && !cg->error; n++) {
            unsigned op = f->nodes[n].op;
            if ((cg->mark[n] & CG_FUSED) || op == IR_PHI || op == IR_PARAM || op == IR_CONST)
                continue;
            jit_watch_node(f, n, cg->e.pos);
            visit(cg, n);
        }
        cg_pass_phi_arguments(cg, b);
    }
    if (cg->error || !cg_room(cg, NODE_BYTES))
        return;
    jit_watch_node(f, 0, cg->e.pos);
    sel_epilogue(cg);
    emit_cold(cg);
    emit_landings(cg);
    sel_recoveries(cg);
    emit_constants(cg);
    sel_tables(cg);
}
