/* SWITCH: comparisons where few are enough, or else a jump through a table. The table's index needs
 * no comparison with its end where it cannot be beyond: the table is made as long as that takes.
 * Tables lie behind the function. */
#include "wasm/jit/code_int.h"
#include "wasm/x64/select.h"

enum {
    COMPARISONS_MAX = 3, /* more than so many: a table */
    DETOUR_MOVES = 4,    /* behind the comparisons, about */
    TABLE_EXTRA = 32,    /* entries that a table may have more than twice its own, for want of a
                            comparison */
};

/* ---- ways out ---- */

/* Notes for each target which of the block's edges leads to it. */
static void number_edges(struct cg *cg, ir_block_t block)
{
    const struct cg_block *b = &cg->blocks[block];

    for (uint32_t i = 0; i < b->nedges; i++)
        cg->switch_edge[cg->edges[b->edges + i].target] = i;
}

static struct cg_way *find_ways(struct cg *cg)
{
    const struct cg_block *b = &cg->blocks[cg->block];
    struct cg_way *ways = ARENA_ARRAY(cg->arena, struct cg_way, b->nedges);

    if (!ways) {
        cg->error = -ENOMEM;
        return NULL;
    }
    number_edges(cg, cg->block);
    for (uint32_t i = 0; i < b->nedges; i++)
        ways[i].moves = cg_edge_moves(cg, b->edges + i) != 0;
    return ways;
}

static struct x64_label *label_of_way(struct cg *cg, struct cg_way *ways, ir_block_t to)
{
    struct cg_way *w = &ways[cg->switch_edge[to]];

    return w->moves ? &w->detour : &cg->blocks[to].label;
}

/* The moves of edge i, and on to its target; `last`: nothing is placed between here and the next
 * block. */
static void follow(struct cg *cg, struct cg_way *ways, uint32_t i, bool last)
{
    uint32_t edge = cg->blocks[cg->block].edges + i;
    ir_block_t to = cg->edges[edge].target;

    if (ways[i].moves) {
        x64_bind(&cg->e, &ways[i].detour);
        (void)cg_edge_moves(cg, edge);
        cg_moves_run(cg);
    }
    if (!last || to != cg->block + 1)
        cg_jump_to(cg, to);
}

/* Follows the edge to `first`, if not 0, then all others that have moves. */
static void follow_all(struct cg *cg, struct cg_way *ways, ir_block_t first)
{
    const struct cg_block *b = &cg->blocks[cg->block];
    uint32_t left = 0;

    for (uint32_t i = 0; i < b->nedges; i++)
        left += ways[i].moves && cg->edges[b->edges + i].target != first;
    if (first)
        follow(cg, ways, cg->switch_edge[first], !left);
    for (uint32_t i = 0; i < b->nedges && !cg->error; i++)
        if (ways[i].moves && cg->edges[b->edges + i].target != first)
            follow(cg, ways, i, !--left);
}

/* ---- comparisons ---- */

static ir_block_t target(const struct cg *cg, const struct ir_node *node, uint32_t i)
{
    return cg->f->pool[node->b + i];
}

/* Where the index compares with k like this, the way leads to `to`. */
struct comparison {
    uint32_t k;
    enum x64_cond cc;
    ir_block_t to;
};

/* The comparisons, one after the other, that find all but what goes where the last entry goes; how
 * many, or COMPARISONS_MAX + 1. Runs of equal entries are one. */
static unsigned comparisons(const struct cg *cg, const struct ir_node *node,
                            struct comparison out[COMPARISONS_MAX + 2])
{
    ir_block_t other = target(cg, node, node->c - 1);
    bool passed = false; /* may indices below come here? */
    unsigned n = 0;

    for (uint32_t i = 0, end; i < node->c && n <= COMPARISONS_MAX; i = end) {
        ir_block_t to = target(cg, node, i);
        for (end = i + 1; end < node->c && target(cg, node, end) == to; end++)
            ;
        bool single = end == i + 1;
        if (to == other) {
            passed = true;
            continue;
        }
        if (passed && !single)
            out[n++] = (struct comparison){i, X64_B, other};
        out[n++] = (struct comparison){end - 1, single ? X64_E : X64_BE, to};
        passed = passed && single;
    }
    return n > COMPARISONS_MAX ? COMPARISONS_MAX + 1 : n;
}

static void take_if(struct cg *cg, enum x64_cond cc, struct cg_way *ways, ir_block_t to)
{
    bool near = !ways[cg->switch_edge[to]].moves && cg_is_near(cg, to, DETOUR_MOVES);

    cg_jump_if(cg, (struct cg_cond){cc, CG_COND_PLAIN}, label_of_way(cg, ways, to), near);
}

static void jump_by_comparisons(struct cg *cg, const struct ir_node *node, unsigned index,
                                const struct comparison *all, unsigned n)
{
    ir_block_t other = target(cg, node, node->c - 1), first = other;
    struct cg_way *ways = find_ways(cg);

    if (!ways)
        return;
    for (unsigned i = 0; i < n; i++) {
        if (all[i].k)
            x64_alu_imm(&cg->e, X64_CMP, 0, x64_r(index), (int32_t)all[i].k);
        else
            x64_op(&cg->e, X64_TEST, index, x64_r(index));
        if (i + 1 < n || !ways[cg->switch_edge[all[i].to]].moves) {
            take_if(cg, all[i].cc, ways, all[i].to);
            continue;
        }
        take_if(cg, all[i].cc ^ 1, ways, other);
        first = all[i].to; /* its moves stand here */
    }
    follow_all(cg, ways, first);
}

/* ---- a table ---- */

/* Has the register of a value of this block held it ever since? */
static bool stayed(const struct cg *cg, ir_ref_t v)
{
    for (uint32_t i = cg->next_action; i-- > 0 && cg->actions[i].pos > v;)
        if (cg->actions[i].value == v)
            return false;
    return true;
}

/* Is it plain from an instruction of this block that the index is below n? The verifier looks no
 * further. */
static bool is_plain(const struct cg *cg, ir_ref_t index, uint32_t n)
{
    const struct ir_node *nodes = cg->f->nodes, *node = &nodes[index];

    if (index < cg->f->blocks[cg->block].first || !stayed(cg, index))
        return false;
    if (node->op == WASM_OP_i32_and)
        return cg_is_const(cg, node->b) && nodes[node->b].a < n;
    return node->op == WASM_OP_i32_load8_u && n > UINT8_MAX;
}

/* Leaves a number below the table's length in the register that it returns; `at` is free. A
 * conditional move clamps it to the last entry: nothing to mispredict past the table. */
static unsigned limit_index(struct cg *cg, const struct ir_node *node, unsigned index, unsigned at,
                            uint32_t *entries)
{
    struct x64_enc *e = &cg->e;
    uint64_t most = 2ull * node->c + TABLE_EXTRA, bound = ir_bound_through(cg->f, node->a, most);
    uint32_t all = 2;

    while (all <= bound && all <= most)
        all *= 2;
    if (all <= most && !jit_has(&cg->m->jit, JIT_NO_BOUNDS)) {
        *entries = all;
        if (is_plain(cg, node->a, all))
            return index;
        x64_op(e, X64_MOV_LOAD, at, x64_r(index));
        x64_alu_imm(e, X64_AND, 0, x64_r(at), (int32_t)all - 1);
        return at;
    }
    *entries = node->c;
    x64_mov_imm(e, at, node->c - 1);
    x64_op(e, X64_ALU_LOAD(X64_CMP), index, x64_r(at));
    x64_op(e, X64_CMOV + X64_B, at, x64_r(index));
    return at;
}

static void jump_by_table(struct cg *cg, ir_ref_t n, const struct ir_node *node, unsigned index)
{
    struct x64_enc *e = &cg->e;
    unsigned at = cg_temp(cg, CG_GPR), base = cg_temp(cg, CG_GPR);

    if (!cg_grow(cg, &cg->tables, &cg->cap_tables, cg->ntables, sizeof *cg->tables))
        return;
    struct cg_table *table = &cg->tables[cg->ntables++];
    *table = (struct cg_table){.node = n, .block = cg->block};
    index = limit_index(cg, node, index, at, &table->entries);
    x64_lea_label(e, base, &table->label);
    x64_op(e, X64_MOVSXD, at, x64_mx(base, index, 2, 0));
    x64_op(e, X64_ALU_LOAD(X64_ADD) | X64_W, at, x64_r(base));
    x64_op(e, X64_GROUP5, 4, x64_r(at));
    cg_dispatch_note(cg);
    cg_release(cg);
    table->ways = find_ways(cg);
    if (table->ways)
        follow_all(cg, table->ways, 0);
}

static void emit_table(struct cg *cg, struct cg_table *table)
{
    const struct ir_node *node = &cg->f->nodes[table->node];
    struct x64_enc *e = &cg->e;

    if (table->entries > CG_FRAME_MAX / 4 || !cg_room(cg, 4 * table->entries + X64_INSN_MAX)) {
        cg->error = cg->error ? cg->error : -ENOMEM;
        return;
    }
    while (e->pos % 4)
        x64_byte(e, 0xcc);
    uint32_t start = e->pos;
    x64_bind(e, &table->label);
    number_edges(cg, table->block);
    for (uint32_t i = 0; i < table->entries; i++) {
        ir_block_t to = target(cg, node, i < node->c ? i : node->c - 1);
        x64_u32(e, label_of_way(cg, table->ways, to)->at - 1 - start);
    }
}

void sel_tables(struct cg *cg)
{
    for (uint32_t i = 0; i < cg->ntables && !cg->error; i++)
        emit_table(cg, &cg->tables[i]);
}

SEL_HANDLER(sel_switch)
{
    (void)row;
    struct comparison few[COMPARISONS_MAX + 2];
    unsigned count = comparisons(cg, node, few), index = cg_reg(cg, node->a);

    if (count > COMPARISONS_MAX || jit_has(&cg->m->jit, JIT_NO_COMPARISONS)) {
        jump_by_table(cg, n, node, index);
        return;
    }
    cg_release(cg);
    jump_by_comparisons(cg, node, index, few, count);
}
