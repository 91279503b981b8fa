/* Block ends, prologue and epilogue. */
#include "base/string.h"
#include "wasm/jit/check.h"
#include "wasm/jit/code_int.h"
#include "wasm/x64/select.h"

#define MOVE_BYTES 48u
#define PROBE_PAGE                                                                                 \
    4096u /* a frame up to this size needs no probe: the call itself has touched the stack */
#define LEAVE_BYTES      128u           /* restored registers, the return address, rsp */
#define MOVE_BYTES_ABOUT 5u             /* one move on an edge, for a guess */
#define NEAR_MOVES       6u             /* take less than 127 bytes */
#define RETURN_XMM       (X64_XMM + 14) /* no argument */
#define PROLOGUE_PLAIN   16u            /* pushes and the subtraction */
#define PROLOGUE_PROBED  64u

/* Pushed in this order. */
static const uint8_t callee_saved[ABI_CALLEE_COUNT] = {X64_RBX, X64_RBP, X64_R12, X64_R13};

bool cg_is_near(const struct cg *cg, ir_block_t to, uint32_t nmoves)
{
    return cg->near_bytes && to > cg->block &&
           cg->bytes_before[to] - cg->bytes_before[cg->block + 1] + MOVE_BYTES_ABOUT * nmoves <=
               cg->near_bytes;
}

static void jump(struct cg *cg, struct x64_label *to, bool near)
{
    if (!cg_room(cg, X64_INSN_MAX))
        return;
    if (near)
        x64_jmp_near(&cg->e, to);
    else
        x64_jmp(&cg->e, to);
}

void cg_jump_to(struct cg *cg, ir_block_t to)
{
    if (!cg_dispatch_copy(cg, to))
        jump(cg, &cg->blocks[to].label, cg_is_near(cg, to, 0));
}

/* Past as many moves. */
static void branch_to(struct cg *cg, struct cg_cond c, ir_block_t to, uint32_t nmoves)
{
    cg_jump_if(cg, c, &cg->blocks[to].label, cg_is_near(cg, to, nmoves));
}

static void go_to(struct cg *cg, ir_block_t to)
{
    if (to != cg->block + 1)
        cg_jump_to(cg, to);
}

static void run_edge(struct cg *cg, uint32_t edge)
{
    (void)cg_edge_moves(cg, edge);
    cg_moves_run(cg);
}

SEL_HANDLER(sel_jump)
{
    (void)n;
    (void)node;
    (void)row;
    uint32_t edge = cg->blocks[cg->block].edges;
    run_edge(cg, edge);
    go_to(cg, cg->edges[edge].target);
}

/* Behind a call: nothing on the usual way; the last site is the call's. */
SEL_HANDLER(sel_try)
{
    (void)n;
    (void)node;
    (void)row;
    uint32_t usual = cg->blocks[cg->block].edges, thrown = usual + 1;
    assert(cg->nsites && (cg->sites[cg->nsites - 1].offset_kind & 0xff) == CODE_SITE_CALL);
    if (!cg_grow(cg, &cg->landings, &cg->cap_landings, cg->nlandings, sizeof *cg->landings))
        return;
    cg->landings[cg->nlandings++] =
        (struct cg_landing){.site = cg->sites[cg->nsites - 1].code_offset, .edge = thrown};
    (void)cg_edge_moves(cg, thrown); /* nothing but the pad's (empty) set of registers is chosen */
    run_edge(cg, usual);
    go_to(cg, cg->edges[usual].target);
}

/* A branch back whose moves may be made in any case: makes them, and branches. */
static inline bool branch_back(struct cg *cg, struct cg_cond c, uint32_t back, uint32_t other)
{
    if (LIKELY(cg->edges[back].target > cg->block) || !cg_edge_early(cg, back, other))
        return false;
    cg->flags_live = true;
    cg_moves_run(cg);
    cg->flags_live = false;
    branch_to(cg, c, cg->edges[back].target, 0);
    run_edge(cg, other);
    go_to(cg, cg->edges[other].target);
    return true;
}

/* Are the moves of this edge and the jump behind them less than 127 bytes? */
static bool is_short_edge(const struct cg *cg, uint32_t edge, uint32_t nmoves)
{
    return cg->near_bytes && nmoves <= NEAR_MOVES && cg->edges[edge].target != cg->dispatch.block;
}

SEL_HANDLER(sel_branch)
{
    (void)n;
    (void)row;
    uint32_t yes = cg->blocks[cg->block].edges, no = yes + 1;
    ir_block_t if_yes = cg->edges[yes].target, if_no = cg->edges[no].target;
    struct cg_cond c = cg_flags(cg, node->a);
    cg_release(cg);
    if (branch_back(cg, c, yes, no) || branch_back(cg, cg_cond_not(c), no, yes))
        return;
    uint32_t yes_moves = cg_edge_moves(cg, yes), no_moves = cg_edge_moves(cg, no);
    if (!yes_moves && !no_moves && if_yes == cg->block + 1) {
        branch_to(cg, cg_cond_not(c), if_no, 0);
    } else if (!yes_moves) {
        branch_to(cg, c, if_yes, no_moves);
        cg_moves_run(cg);
        go_to(cg, if_no);
    } else {
        struct x64_label over = {0};
        if (no_moves)
            cg_jump_if(cg, cg_cond_not(c), &over, is_short_edge(cg, yes, yes_moves));
        else
            branch_to(cg, cg_cond_not(c), if_no, yes_moves);
        run_edge(cg, yes);
        if (no_moves || if_yes != cg->block + 1)
            cg_jump_to(cg, if_yes);
        if (no_moves && !cg->error) {
            x64_bind(&cg->e, &over);
            run_edge(cg, no);
            go_to(cg, if_no);
        }
    }
}

SEL_HANDLER(sel_return)
{
    (void)row;
    struct abi_walk walk;
    abi_results_begin(&walk);
    uint32_t area = abi_params_bytes(cg->f->type);
    cg->nmoves = 0;
    for (uint32_t i = 0; i < node->c; i++) {
        ir_ref_t v = cg->f->pool[node->b + i];
        unsigned type = cg->f->nodes[v].type;
        struct abi_place place = abi_next_value(&walk, cg->f->type->results[i]);
        struct pmove_place to = {PMOVE_REG, place.reg};
        if (place.reg == X64_NONE)
            to = (struct pmove_place){PMOVE_INCOMING, area + place.stack};
        cg_move_add(cg, to, cg_place(cg, v), type);
        if (!cg_is_const(cg, v))
            (void)cg_consume(cg, v);
    }
    cg_moves_run(cg);
    check_event(cg, CHECK_LEAVE, n, X64_NONE);
    cg->returns = true;
    if (cg->block + 1 < cg->f->nblocks)
        jump(cg, &cg->epilogue, cg_is_near(cg, cg->f->nblocks, 0));
}

SEL_HANDLER(sel_trap)
{
    (void)row;
    cg_site(cg, n, CODE_SITE_UD2 + node->c);
    x64_ud2(&cg->e);
}

void sel_epilogue(struct cg *cg)
{
    if (!cg->returns)
        return;
    struct x64_enc *e = &cg->e;
    x64_bind(e, &cg->epilogue);
    if (cg->frame_bytes)
        x64_alu_imm(e, X64_ADD, X64_W, x64_r(X64_RSP), (int32_t)cg->frame_bytes);
    for (unsigned i = ABI_CALLEE_COUNT; i-- > 0;)
        if (cg->saved >> callee_saved[i] & 1)
            x64_pop(e, callee_saved[i]);
    x64_ret(e, abi_params_bytes(cg->f->type));
}

/* The callee pops its parameters: their upper end, and so the results, must stay where they are,
 * and the return address moves if it has more or fewer than this function. The arguments move
 * upwards, the uppermost first; they may overwrite what has been restored before. */
void sel_leave(struct cg *cg, uint32_t params)
{
    struct x64_enc *e = &cg->e;
    uint32_t frame = cg->frame_bytes + 8 * sel_saved_count(cg), saved_at = cg->frame_bytes;
    uint32_t up = frame + abi_params_bytes(cg->f->type) - params;
    assert(cg->frame_bytes >= params);
    if (!cg_room(cg, LEAVE_BYTES + MOVE_BYTES * (params / 8)))
        return;
    if (up != frame)
        x64_vex(e, X64_MOVSD_LOAD, RETURN_XMM, X64_NONE, x64_m(X64_RSP, (int32_t)frame));
    for (unsigned i = ABI_CALLEE_COUNT; i-- > 0;) {
        if (!(cg->saved >> callee_saved[i] & 1))
            continue;
        x64_op(e, X64_MOV_LOAD | X64_W, callee_saved[i], x64_m(X64_RSP, (int32_t)saved_at));
        saved_at += 8;
    }
    for (uint32_t at = params; at > 0; at -= 8) {
        x64_vex(e, X64_MOVSD_LOAD, ABI_SCRATCH_XMM, X64_NONE, x64_m(X64_RSP, (int32_t)at - 8));
        x64_vex(e, X64_MOVSD_STORE, ABI_SCRATCH_XMM, X64_NONE, x64_m(X64_RSP, (int32_t)(up + at)));
    }
    if (up != frame)
        x64_vex(e, X64_MOVSD_STORE, RETURN_XMM, X64_NONE, x64_m(X64_RSP, (int32_t)up));
    if (up)
        x64_alu_imm(e, X64_ADD, X64_W, x64_r(X64_RSP), (int32_t)up);
}

uint32_t sel_prologue_max(const struct cg *cg)
{
    return cg->frame_bytes > PROBE_PAGE ? PROLOGUE_PROBED : PROLOGUE_PLAIN;
}

/* Reads a word of each page of the frame, from the top, so that an overflow hits the guard. r11 is
 * no argument. */
static void probe(struct x64_enc *e, uint32_t frame_bytes)
{
    struct x64_label loop = {0};
    x64_mov_imm(e, X64_R11, (uint64_t)-(int64_t)PROBE_PAGE);
    x64_bind(e, &loop);
    x64_op(e, X64_TEST, X64_RSP, x64_mx(X64_RSP, X64_R11, 0, 0));
    x64_alu_imm(e, X64_SUB, X64_W, x64_r(X64_R11), (int32_t)PROBE_PAGE);
    x64_alu_imm(e, X64_CMP, X64_W, x64_r(X64_R11), -(int32_t)frame_bytes);
    x64_jcc(e, X64_GE, &loop);
}

uint32_t sel_saved_count(const struct cg *cg)
{
    return (uint32_t)__builtin_popcount(cg->saved);
}

void sel_prologue(struct cg *cg)
{
    uint8_t bytes[PROLOGUE_PROBED];
    struct x64_enc e = {.base = bytes, .limit = sizeof bytes};
    for (unsigned i = 0; i < ABI_CALLEE_COUNT; i++)
        if (cg->saved >> callee_saved[i] & 1)
            x64_push(&e, callee_saved[i]);
    if (cg->frame_bytes > PROBE_PAGE)
        probe(&e, cg->frame_bytes);
    if (cg->frame_bytes)
        x64_alu_imm(&e, X64_SUB, X64_W, x64_r(X64_RSP), (int32_t)cg->frame_bytes);
    assert(e.pos <= sel_prologue_max(cg));
    cg->e.pos = cg->body_start - e.pos;
    memcpy(cg->e.base + cg->e.pos, bytes, e.pos);
}
