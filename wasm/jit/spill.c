/* Which values are in registers at each point, not yet which registers: Belady's rule (evict what
 * is needed last) on SSA, with loops in mind (Braun and Hack, "Register Spilling and Live-Range
 * Splitting for SSA-Form Programs"). A spilled value is stored once, where it is defined; to evict
 * it later costs nothing.
 *
 * cg->reg[v] says whether v is in a register now. The result: marks, register sets at block ends,
 * the actions before each node, and a bit in each use after which the operand's register is free.
 */
#include "base/bitmap.h"
#include "base/string.h"
#include "wasm/jit/cg.h"
#include "wasm/x64/fuse.h"

#define FAR         (1u << 30) /* distance of a value with no further use in sight */
#define LOOP_EXIT   65536u     /* how much further away a use behind the current loop counts */
#define SOON        16u        /* a distance that is worth a reload on another edge */
#define OUTER_LOOPS 4          /* how many loops outwards the next use is looked for */
#define REGISTERS   (ABI_GPR_COUNT + ABI_XMM_COUNT)
#define SETS_MAX    4096u /* values in the sets that are allocated at once */

struct spill {
    struct cg *cg;
    ir_ref_t in[CG_NCLASSES][ABI_XMM_COUNT + 1];
    unsigned nin[CG_NCLASSES], capacity[CG_NCLASSES];
    ir_block_t block, loop; /* current block, innermost loop's header or 0 */
    bool goes_on;           /* what is in registers is what the block before has left there */
    uint32_t pos, block_end, loop_end; /* loop_end: its last position + 1, UINT32_MAX without one */
    ir_ref_t *sets; /* where the next block's set goes, and how many values still do */
    uint32_t sets_left;
    ir_ref_t *candidates; /* scratch of choose_for_merge */
    uint32_t cap_candidates;
    uint64_t *live_out; /* of the current block if it has more than two successors */
};

/* Registers that there are. A test may let fewer be held between nodes (spill.capacity); while a
 * node is at work it has all of them. */
static const unsigned registers[CG_NCLASSES] = {ABI_GPR_COUNT, ABI_XMM_COUNT};

static enum cg_class class_of(const struct spill *s, ir_ref_t v)
{
    return cg_class_of(s->cg->f->nodes[v].type);
}

static void insert(struct spill *s, ir_ref_t v)
{
    enum cg_class c = class_of(s, v);
    dassert(!s->cg->reg[v] && s->nin[c] < registers[c]);
    s->in[c][s->nin[c]++] = v;
    s->cg->reg[v] = 1;
}

static void take_out(struct spill *s, ir_ref_t v)
{
    enum cg_class c = class_of(s, v);
    for (unsigned i = 0; i < s->nin[c]; i++) {
        if (s->in[c][i] != v)
            continue;
        s->in[c][i] = s->in[c][--s->nin[c]];
        s->cg->reg[v] = 0;
        return;
    }
}

static void act(struct spill *s, ir_ref_t v, bool reload)
{
    struct cg *cg = s->cg;
    if (!cg_grow(cg, &cg->actions, &cg->cap_actions, cg->nactions, sizeof *cg->actions))
        return;
    cg->actions[cg->nactions++] = (struct cg_action){s->pos, v & 0x7fffffff, reload};
}

uint32_t cg_use_from(const struct cg *cg, ir_ref_t v, uint32_t from)
{
    uint32_t lo = cg->use_first[v], hi = cg->use_begin[v + 1];
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (cg->use_pos[mid] >> 1 >= from)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo < cg->use_begin[v + 1] ? cg->use_pos[lo] >> 1 : UINT32_MAX;
}

/* The same where the next use is not in the innermost loop. */
static uint32_t distance_outside(const struct spill *s, ir_ref_t v, uint32_t next)
{
    const struct cg *cg = s->cg;
    uint32_t penalty = 0;
    ir_block_t loop = s->loop;
    for (int level = 0; loop && level < OUTER_LOOPS; level++) {
        uint32_t end = cg_loop_end_pos(cg, loop);
        if (next < end)
            break;
        if (!cg->degraded && cg_live_in(cg, loop, v)) {
            uint32_t head = cg->f->blocks[loop].first, again = cg_use_from(cg, v, head);
            if (again < s->pos)
                return penalty + (end - s->pos) + (again - head);
        }
        penalty += LOOP_EXIT;
        loop = cg->blocks[loop].outer_loop;
    }
    return next == UINT32_MAX ? FAR : penalty + (next - s->pos);
}

/* How far away the next use of v is, back edges considered. */
static inline uint32_t distance(const struct spill *s, ir_ref_t v)
{
    uint32_t next = cg_next_use(s->cg, v);
    return next < s->loop_end ? next - s->pos : distance_outside(s, v, next);
}

/* Was v read by the node at the current position? (Its cursor has passed that use.) */
static bool was_read(const struct spill *s, ir_ref_t v)
{
    const struct cg *cg = s->cg;
    uint32_t at = cg->cursor[v];
    return at > cg->use_first[v] && cg->use_pos[at - 1] >> 1 == s->pos;
}

void cg_need_slot(struct cg *cg, ir_ref_t v, uint32_t pos)
{
    if (!(cg->mark[v] & CG_SPILLED) || pos < cg->need[v])
        cg->need[v] = pos;
    cg->mark[v] |= CG_SPILLED;
}

static void evict(struct spill *s, ir_ref_t v)
{
    struct cg *cg = s->cg;
    take_out(s, v);
    if (!cg_is_const(cg, v))
        cg_need_slot(cg, v, s->pos);
    if (was_read(s, v))
        cg->use_pos[cg->cursor[v] - 1] |= 1; /* its register is free for the node's result */
    else
        act(s, v, false);
}

static bool is_one_of(ir_ref_t v, const ir_ref_t *values, unsigned n)
{
    for (unsigned k = 0; k < n; k++)
        if (values[k] == v)
            return true;
    return false;
}

/* Evicts until `n` more values of class c may be held, but none of the `keep` values. */
static void evict_for(struct spill *s, enum cg_class c, unsigned n, const ir_ref_t *keep,
                      unsigned nkeep)
{
    enum { KEPT = 0 }; /* 1 + the distance, which is less than FAR + OUTER_LOOPS * LOOP_EXIT */
    uint32_t far[ABI_XMM_COUNT + 1];
    for (unsigned i = 0; i < s->nin[c]; i++)
        far[i] = is_one_of(s->in[c][i], keep, nkeep) ? KEPT : 1 + distance(s, s->in[c][i]);
    while (s->nin[c] + n > s->capacity[c]) {
        unsigned worst = 0;
        for (unsigned i = 1; i < s->nin[c]; i++)
            if (far[i] > far[worst] || (far[i] == far[worst] && cg_is_const(s->cg, s->in[c][i])))
                worst = i;
        if (!s->nin[c] || far[worst] == KEPT) { /* never where as many may be held as there are */
            assert(s->nin[c] + n <= registers[c]);
            return;
        }
        ir_ref_t v = s->in[c][worst];
        far[worst] = far[s->nin[c] - 1]; /* as evict moves the values */
        evict(s, v);
    }
}

static inline void make_room(struct spill *s, enum cg_class c, unsigned n, const ir_ref_t *keep,
                             unsigned nkeep)
{
    if (s->nin[c] + n > s->capacity[c])
        evict_for(s, c, n, keep, nkeep);
}

/* Is v, number g of those that live across blocks, alive at the end of the current block? */
static bool lives_on(const struct spill *s, ir_ref_t v, uint32_t g)
{
    const struct cg *cg = s->cg;
    const struct cg_block *b = &cg->blocks[s->block];
    const struct cg_edge *e = &cg->edges[b->edges];
    if (b->nedges > 2)
        return bitmap_get(s->live_out, g);
    return (b->nedges > 0 && cg_live_in(cg, e[0].target, v)) ||
           (b->nedges > 1 && cg_live_in(cg, e[1].target, v));
}

/* Moves v's cursor past a use here. Is it the last one for which its register is needed? */
static bool pass_use(struct spill *s, ir_ref_t v)
{
    struct cg *cg = s->cg;
    dassert(cg_next_use(cg, v) == s->pos);
    cg->cursor[v]++;
    if (cg_next_use(cg, v) < s->block_end)
        return false;
    uint32_t g = cg->global[v];
    bool stays = g && !cg->degraded && lives_on(s, v, g);
    if (!stays)
        cg->use_pos[cg->cursor[v] - 1] |= 1;
    return !stays;
}

/* Of a block with many successors, once for all values. */
static void find_live_out(struct spill *s, ir_block_t b)
{
    struct cg *cg = s->cg;
    const struct cg_edge *e = &cg->edges[cg->blocks[b].edges];
    if (!s->live_out)
        s->live_out = ARENA_ARRAY_UNSET(cg->arena, uint64_t, cg->live_words);
    if (!s->live_out) {
        cg->error = -ENOMEM;
        return;
    }
    memset(s->live_out, 0, cg->live_words * sizeof *s->live_out);
    for (uint32_t i = 0; i < cg->blocks[b].nedges; i++) {
        const uint64_t *in = cg->live_in + (size_t)e[i].target * cg->live_words;
        for (uint32_t k = 0; k < cg->live_words; k++)
            s->live_out[k] |= in[k];
    }
}

/* n's result is there, and has a type. */
static void define(struct spill *s, ir_ref_t n)
{
    struct cg *cg = s->cg;
    if (!cg_has_uses(cg, n))
        return;
    if (cg->degraded && cg->global[n])
        cg_need_slot(cg, n, n);
    if (!cg_is_kept(cg, n, s->block_end))
        return;
    make_room(s, class_of(s, n), 1, NULL, 0);
    insert(s, n);
}

/* At a call that may throw into a pad: what the pad reads is in its slot from here on, wherever the
 * order of blocks puts the pad; what only the pad reads leaves its register. */
static void evict_for_pad(struct spill *s)
{
    struct cg *cg = s->cg;
    const struct ir_block *block = &cg->f->blocks[s->block];
    if (cg->f->nodes[block->end - 1].op != IR_TRY || cg->degraded)
        return;
    ir_block_t pad = cg->edges[cg->blocks[s->block].edges + 1].target;
    for (unsigned c = 0; c < CG_NCLASSES; c++)
        for (unsigned i = s->nin[c]; i-- > 0;) {
            ir_ref_t v = s->in[c][i];
            if (!cg_live_in(cg, block->succ[0], v) && cg_next_use(cg, v) >= s->block_end - 1)
                evict(s, v);
            else if (!cg_is_const(cg, v) && cg_live_in(cg, pad, v))
                cg_need_slot(cg, v, s->pos);
        }
}

/* Behind it: what the pad's phis take is in its slot, too. */
static void visit_try(struct spill *s)
{
    struct cg *cg = s->cg;
    const struct cg_edge *e = &cg->edges[cg->blocks[s->block].edges + 1];
    for (ir_ref_t phi = cg->f->blocks[e->target].first; cg->f->nodes[phi].op == IR_PHI; phi++) {
        ir_ref_t v = cg_phi_arg(cg, phi, e->pred);
        if (!cg_is_const(cg, v))
            cg_need_slot(cg, v, s->pos);
    }
}

static void visit_call(struct spill *s, ir_ref_t n)
{
    struct cg *cg = s->cg;
    const struct ir_node *node = &cg->f->nodes[n];
    const ir_ref_t *ops;
    unsigned count = cg_operands(cg, n, &ops);
    for (unsigned i = 0; i < count; i++)
        if (pass_use(s, ops[i]) && cg->reg[ops[i]])
            take_out(s, ops[i]);
    if (ir_is_end(node->op))
        return;
    evict_for_pad(s);
    for (unsigned c = 0; c < CG_NCLASSES; c++)
        for (unsigned i = s->nin[c]; i-- > 0;)
            if (cg_is_const(cg, s->in[c][i]))
                evict(s, s->in[c][i]);
    make_room(s, CG_XMM, s->capacity[CG_XMM], NULL, 0);
    unsigned gprs = s->capacity[CG_GPR];
    make_room(s, CG_GPR, gprs > ABI_CALLEE_COUNT ? gprs - ABI_CALLEE_COUNT : 0, NULL, 0);
    if (node->type != IR_VOID)
        define(s, n);
}

/* Is it better to read v, which is in its slot only, from there? Not if it is wanted again soon. */
static bool read_from_slot(const struct spill *s, ir_ref_t n, ir_ref_t v)
{
    const struct cg *cg = s->cg;
    uint32_t after = cg->cursor[v] + 1;
    if (cg_is_const(cg, v) || cg_slot_operand(cg, n) != v)
        return false;
    return after >= cg->use_begin[v + 1] || cg->use_pos[after] >> 1 >= s->pos + SOON;
}

static void visit_node(struct spill *s, ir_ref_t n)
{
    struct cg *cg = s->cg;
    const ir_ref_t *ops;
    unsigned count = cg_operands(cg, n, &ops), temps[CG_NCLASSES] = {0, 0};
    for (unsigned i = 0; i < count; i++) {
        if (cg->reg[ops[i]] || read_from_slot(s, n, ops[i]))
            continue;
        make_room(s, class_of(s, ops[i]), 1, ops, count);
        insert(s, ops[i]);
        act(s, ops[i], true);
    }
    if (cg->mark[n] & CG_SPECIAL) {
        cg_temps(cg, n, temps);
        make_room(s, CG_GPR, temps[CG_GPR], ops, count);
        make_room(s, CG_XMM, temps[CG_XMM], ops, count);
    }
    for (unsigned i = 0; i < count; i++)
        if (pass_use(s, ops[i]))
            take_out(s, ops[i]);
    unsigned type = cg->f->nodes[n].type;
    if (type == IR_VOID)
        return;
    enum cg_class c = cg_class_of(type);
    make_room(s, c, 1 + temps[c], NULL, 0);
    define(s, n);
}

/* ---- block boundaries ---- */

/* Candidates for the registers at a block's entry: the nearest k of a class. */
struct best {
    ir_ref_t v[CG_NCLASSES][ABI_XMM_COUNT];
    uint32_t d[CG_NCLASSES][ABI_XMM_COUNT];
    unsigned n[CG_NCLASSES];
};

/* v has not been offered yet. */
static void offer(struct best *b, enum cg_class c, ir_ref_t v, uint32_t d, unsigned limit)
{
    unsigned i = b->n[c];
    if (i >= limit) {
        if (limit == 0 || d >= b->d[c][limit - 1])
            return;
        i = limit - 1;
    } else {
        b->n[c]++;
    }
    for (; i > 0 && b->d[c][i - 1] > d; i--) {
        b->v[c][i] = b->v[c][i - 1];
        b->d[c][i] = b->d[c][i - 1];
    }
    b->v[c][i] = v;
    b->d[c][i] = d;
}

uint32_t cg_first_call(const struct cg *cg, uint32_t pos)
{
    uint32_t lo = 0, hi = cg->ncalls;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (cg->calls[mid] >= pos)
            hi = mid;
        else
            lo = mid + 1;
    }
    return cg->calls[lo]; /* the sentinel if none */
}

/* Would the register be lost to a call before v is read? (Vector registers are, at any call.)
 * `call`: the next in program order; it does not count where a loop leads back to a use before it.
 */
static bool vector_lost(const struct spill *s, ir_ref_t v, uint32_t call)
{
    const struct cg *cg = s->cg;
    if (cg_next_use(cg, v) <= call)
        return false;
    ir_block_t loop = s->loop;
    for (int level = 0; loop && level < OUTER_LOOPS; level++) {
        uint32_t head = cg->f->blocks[loop].first;
        if (call >= cg_loop_end_pos(cg, loop) && cg_live_in(cg, loop, v)) {
            uint32_t again = cg_use_from(cg, v, head);
            if (again < s->pos && again <= cg_first_call(cg, head))
                return false;
        }
        loop = cg->blocks[loop].outer_loop;
    }
    return true;
}

static inline bool lost_to_call(const struct spill *s, ir_ref_t v, uint32_t call)
{
    return class_of(s, v) == CG_XMM && vector_lost(s, v, call);
}

static void offer_if_used(struct spill *s, struct best *b, ir_ref_t v, uint32_t limit_pos,
                          uint32_t call)
{
    uint32_t next = cg_next_use(s->cg, v);
    if (next < limit_pos && !lost_to_call(s, v, call))
        offer(b, class_of(s, v), v, distance(s, v), s->capacity[class_of(s, v)]);
}

/* Is v alive in the loop at whose header we are, and not used there? */
static bool lives_through(const struct spill *s, ir_ref_t v, uint32_t loop_end)
{
    return cg_live_in(s->cg, s->block, v) && cg_next_use(s->cg, v) >= loop_end;
}

/* Values that live through the loop but are not used in it may stay if the loop never needs their
 * registers. `through`: how many there are, in registers or not, since the pressure counts them
 * all.
 */
static void offer_live_through(struct spill *s, struct best *b, const struct cg_block *entry,
                               const unsigned through[CG_NCLASSES], uint32_t call)
{
    struct cg *cg = s->cg;
    uint32_t loop_end = cg_loop_end_pos(cg, s->block);
    if (call < loop_end)
        return;
    for (unsigned c = 0; c < CG_NCLASSES; c++) {
        unsigned pressure = 0;
        for (ir_block_t k = s->block; k < cg->f->blocks[s->block].loop_end; k++)
            pressure = cg->blocks[k].pressure[c] > pressure ? cg->blocks[k].pressure[c] : pressure;
        unsigned needed = pressure + 1 > through[c] ? pressure + 1 - through[c] : 0;
        unsigned room = needed < s->capacity[c] ? s->capacity[c] - needed : 0;
        unsigned limit = b->n[c] + room < s->capacity[c] ? b->n[c] + room : s->capacity[c];
        for (unsigned i = 0; i < entry->nout; i++) {
            ir_ref_t v = entry->out[i];
            if (class_of(s, v) == c && lives_through(s, v, loop_end) && !lost_to_call(s, v, call) &&
                !is_one_of(v, b->v[c], b->n[c]))
                offer(b, (enum cg_class)c, v, distance(s, v), limit);
        }
    }
}

static void choose_for_loop(struct spill *s, struct best *b)
{
    struct cg *cg = s->cg;
    const struct ir_block *block = &cg->f->blocks[s->block];
    const struct cg_block *entry = &cg->blocks[cg->f->pool[block->preds]];
    uint32_t end = cg_loop_end_pos(cg, s->block), call = cg_first_call(cg, block->first);
    const uint64_t *live = cg->live_in + (size_t)s->block * cg->live_words;
    unsigned through[CG_NCLASSES] = {0, 0};
    for (ir_ref_t phi = block->first; cg->f->nodes[phi].op == IR_PHI; phi++)
        offer_if_used(s, b, phi, end, call);
    for (uint32_t k = 0; k < cg->live_words; k++)
        for (uint64_t bits = live[k]; bits; bits &= bits - 1) {
            ir_ref_t v = cg->globals[k * 64 + (unsigned)__builtin_ctzll(bits)];
            through[class_of(s, v)] += cg_next_use(cg, v) >= end;
            offer_if_used(s, b, v, end, call);
        }
    offer_live_through(s, b, entry, through, call);
}

/* What the predecessors have in registers, each once, into s->candidates; returns how many, or
 * UINT32_MAX. cg->reg counts, up to 255, how many have it. */
static uint32_t collect_candidates(struct spill *s)
{
    struct cg *cg = s->cg;
    const struct ir_block *block = &cg->f->blocks[s->block];
    const uint32_t *preds = cg->f->pool + block->preds;
    uint32_t most = 0, n = 0;
    for (uint32_t i = 0; i < block->npreds; i++)
        most += cg->blocks[preds[i]].nout;
    if (!cg_grow(cg, &s->candidates, &s->cap_candidates, most, sizeof *s->candidates))
        return 0;
    for (uint32_t i = 0; i < block->npreds; i++) {
        const struct cg_block *pred = &cg->blocks[preds[i]];
        for (unsigned k = 0; k < pred->nout; k++) {
            unsigned count = cg->reg[pred->out[k]];
            if (!count)
                s->candidates[n++] = pred->out[k];
            cg->reg[pred->out[k]] = (uint8_t)(count + (count < UINT8_MAX));
        }
    }
    return n;
}

/* A value that some predecessors lack costs those a reload. That is worth it in a loop (where the
 * way without the call, say, is the one that matters) and for a use close by. */
static void offer_at_merge(struct spill *s, struct best *b, ir_ref_t v, bool everywhere,
                           uint32_t call)
{
    if (lost_to_call(s, v, call))
        return;
    uint32_t d = distance(s, v);
    if (everywhere || d < SOON || (s->loop && d < LOOP_EXIT))
        offer(b, class_of(s, v), v, d, s->capacity[class_of(s, v)]);
}

/* Returns how many of s->candidates are alive in the block; they stand first. */
static uint32_t choose_for_merge(struct spill *s, struct best *b)
{
    struct cg *cg = s->cg;
    const struct ir_block *block = &cg->f->blocks[s->block];
    uint32_t call = cg_first_call(cg, block->first);
    for (ir_ref_t phi = block->first; cg->f->nodes[phi].op == IR_PHI; phi++)
        offer_if_used(s, b, phi, UINT32_MAX, call);
    uint32_t n = collect_candidates(s), live = 0;
    for (uint32_t i = 0; i < n; i++) {
        ir_ref_t v = s->candidates[i];
        bool everywhere = cg->reg[v] == min_u64(block->npreds, UINT8_MAX);
        cg->reg[v] = 0;
        if (!cg_live_in(cg, s->block, v))
            continue;
        offer_at_merge(s, b, v, everywhere, call);
        s->candidates[live++] = v;
    }
    return live;
}

static void enter_chosen(struct spill *s, const struct best *best)
{
    for (unsigned c = 0; c < CG_NCLASSES; c++)
        for (unsigned i = 0; i < best->n[c]; i++)
            insert(s, best->v[c][i]);
}

static void mark_memory_phis(struct spill *s)
{
    struct cg *cg = s->cg;
    for (ir_ref_t phi = cg->f->blocks[s->block].first; cg->f->nodes[phi].op == IR_PHI; phi++)
        if (!cg->reg[phi]) {
            cg_need_slot(cg, phi, phi);
            cg->mark[phi] |= CG_MEMORY_PHI;
        }
}

/* What had a register at a predecessor's end and has none here needs its slot from now on. */
static void mark_losers(struct spill *s)
{
    struct cg *cg = s->cg;
    const struct ir_block *block = &cg->f->blocks[s->block];
    for (uint32_t i = 0; i < block->npreds; i++) {
        ir_block_t p = cg->f->pool[block->preds + i];
        for (unsigned k = 0; p < s->block && k < cg->blocks[p].nout; k++) {
            ir_ref_t v = cg->blocks[p].out[k];
            if (!cg->reg[v] && cg_live_in(cg, s->block, v))
                cg_need_slot(cg, v, s->pos);
        }
    }
    mark_memory_phis(s);
}

/* At a merge, the candidates are all that had one. */
static void merge(struct spill *s)
{
    struct cg *cg = s->cg;
    struct best best;
    best.n[CG_GPR] = best.n[CG_XMM] = 0;
    uint32_t n = choose_for_merge(s, &best);
    enter_chosen(s, &best);
    for (uint32_t i = 0; i < n; i++)
        if (!cg->reg[s->candidates[i]])
            cg_need_slot(cg, s->candidates[i], s->pos);
    mark_memory_phis(s);
}

/* The values in registers now, constants apart, for assign.c. */
static bool save_set(struct spill *s, ir_ref_t **out, uint8_t *out_count)
{
    struct cg *cg = s->cg;
    unsigned n = 0;
    if (s->sets_left < REGISTERS) {
        s->sets_left = (uint32_t)min_u64(REGISTERS + 8ull * cg->f->nblocks, SETS_MAX);
        s->sets = ARENA_ARRAY_UNSET(cg->arena, ir_ref_t, s->sets_left);
        if (!s->sets) {
            cg->error = -ENOMEM;
            return false;
        }
    }
    for (unsigned c = 0; c < CG_NCLASSES; c++)
        for (unsigned i = 0; i < s->nin[c]; i++) {
            s->sets[n] = s->in[c][i];
            n += !cg_is_const(cg, s->in[c][i]);
        }
    *out = s->sets;
    *out_count = (uint8_t)n;
    s->sets += n;
    s->sets_left -= n;
    return true;
}

static void enter_params(struct spill *s)
{
    struct cg *cg = s->cg;
    struct abi_walk walk;
    abi_params_begin(&walk);
    uint32_t param = 0;
    for (ir_ref_t n = cg->f->blocks[1].first; cg->f->nodes[n].op == IR_PARAM; n++) {
        struct abi_place place = {0};
        for (; param <= cg->f->nodes[n].c; param++)
            place = abi_next_value(&walk, cg->f->type->params[param]);
        if (place.reg == X64_NONE) {
            cg_need_slot(cg, n, n);
            cg->slot[n] = CG_SLOT_INCOMING | place.stack;
        } else if (cg_has_uses(cg, n)) {
            insert(s, n);
            if (cg->degraded && cg->global[n])
                cg_need_slot(cg, n, n);
        }
    }
}

static void drop_all(struct spill *s)
{
    for (unsigned c = 0; c < CG_NCLASSES; c++) {
        for (unsigned i = 0; i < s->nin[c]; i++)
            s->cg->reg[s->in[c][i]] = 0;
        s->nin[c] = 0;
    }
}

/* Behind its only predecessor: what is in registers stays there if it lives. */
static void keep_living(struct spill *s, ir_block_t b)
{
    struct cg *cg = s->cg;
    for (unsigned c = 0; c < CG_NCLASSES; c++) {
        unsigned kept = 0;
        for (unsigned i = 0; i < s->nin[c]; i++) {
            ir_ref_t v = s->in[c][i];
            bool lives = cg_live_in(cg, b, v); /* no constant does */
            s->in[c][kept] = v;
            kept += lives;
            cg->reg[v] = lives;
        }
        s->nin[c] = kept;
    }
}

/* What is in registers at the beginning of a block with predecessors. */
static void enter_block(struct spill *s, const struct ir_block *block)
{
    struct cg *cg = s->cg;
    const struct cg_block *pred = &cg->blocks[cg->f->pool[block->preds]];
    if (block->npreds == 1 && !cg->degraded && !cg->blocks[s->block].pad) {
        if (s->goes_on && pred == &cg->blocks[s->block - 1]) {
            keep_living(s, s->block);
            return;
        }
        drop_all(s);
        for (unsigned i = 0; i < pred->nout; i++)
            if (cg_live_in(cg, s->block, pred->out[i]))
                insert(s, pred->out[i]);
        return;
    }
    drop_all(s);
    if (cg->degraded || cg->blocks[s->block].pad) {
        mark_losers(s);
    } else if (block->loop_end) {
        struct best best;
        best.n[CG_GPR] = best.n[CG_XMM] = 0;
        choose_for_loop(s, &best);
        enter_chosen(s, &best);
        mark_losers(s);
    } else {
        merge(s);
    }
}

static void begin_block(struct spill *s, ir_block_t b)
{
    struct cg *cg = s->cg;
    const struct ir_block *block = &cg->f->blocks[b];
    s->block = b;
    s->loop = block->loop_header;
    s->loop_end = s->loop ? cg_loop_end_pos(cg, s->loop) : UINT32_MAX;
    s->pos = block->first;
    s->block_end = block->end;
    if (!cg->degraded && cg->blocks[b].nedges > 2)
        find_live_out(s, b);
    if (b == 1)
        enter_params(s);
    else
        enter_block(s, block);
    if (save_set(s, &cg->blocks[b].in, &cg->blocks[b].nin))
        cg->nentries += cg->blocks[b].nin;
}

void cg_spill(struct cg *cg)
{
    const struct ir_func *f = cg->f;
    const struct jit_options *jit = &cg->m->jit;
    struct spill s = {.cg = cg};
    for (unsigned c = 0; c < CG_NCLASSES; c++) {
        unsigned few = c == CG_GPR ? jit->gprs : jit->xmms;
        s.capacity[c] = few && few < registers[c] ? few : registers[c];
    }
    memcpy(cg->cursor, cg->use_first, f->nnodes * sizeof *cg->cursor);
    for (ir_block_t b = 1; b < f->nblocks && !cg->error; b++) {
        begin_block(&s, b);
        for (ir_ref_t n = f->blocks[b].first; n < f->blocks[b].end && !cg->error; n++) {
            unsigned op = f->nodes[n].op;
            s.pos = n;
            if (cg->mark[n] & CG_FUSED || op == IR_PHI || op == IR_PARAM || op == IR_CONST)
                continue;
            if (cg_is_list(op))
                visit_call(&s, n);
            else if (op == IR_TRY)
                visit_try(&s);
            else
                visit_node(&s, n);
        }
        cg_pass_phi_arguments(cg, b);
        if (cg->degraded || !save_set(&s, &cg->blocks[b].out, &cg->blocks[b].nout))
            continue;
        s.goes_on = true;
        for (ir_block_t h = f->blocks[b].loop_header; h && f->blocks[h].loop_end == b + 1;
             h = cg->blocks[h].outer_loop) {
            cg_spill_loop_end(cg, h);
            s.goes_on = false;
        }
    }
}
