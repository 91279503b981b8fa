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

struct spill {
    struct cg *cg;
    ir_ref_t in[CG_NCLASSES][ABI_XMM_COUNT + 1];
    unsigned nin[CG_NCLASSES], capacity[CG_NCLASSES];
    ir_block_t block, loop; /* current block, innermost loop's header or 0 */
    uint32_t pos, block_end;
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

/* How far away the next use of v is, back edges considered. */
static uint32_t distance(const struct spill *s, ir_ref_t v)
{
    const struct cg *cg = s->cg;
    uint32_t next = cg_next_use(cg, v), penalty = 0;
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

/* Evicts until `n` more values of class c may be held, but none of the `keep` values. */
static void evict_for(struct spill *s, enum cg_class c, unsigned n, const ir_ref_t *keep,
                      unsigned nkeep)
{
    while (s->nin[c] + n > s->capacity[c]) {
        ir_ref_t worst = 0;
        uint32_t worst_distance = 0;
        for (unsigned i = 0; i < s->nin[c]; i++) {
            ir_ref_t v = s->in[c][i];
            bool kept = false;
            for (unsigned k = 0; k < nkeep; k++)
                kept = kept || keep[k] == v;
            if (kept)
                continue;
            uint32_t d = distance(s, v);
            if (!worst || d > worst_distance || (d == worst_distance && cg_is_const(s->cg, v))) {
                worst = v;
                worst_distance = d;
            }
        }
        if (!worst) { /* never where as many may be held as there are */
            assert(s->nin[c] + n <= registers[c]);
            return;
        }
        evict(s, worst);
    }
}

static inline void make_room(struct spill *s, enum cg_class c, unsigned n, const ir_ref_t *keep,
                             unsigned nkeep)
{
    if (s->nin[c] + n > s->capacity[c])
        evict_for(s, c, n, keep, nkeep);
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
    bool stays = g && !cg->degraded && bitmap_get(cg->live_out, g);
    if (!stays)
        cg->use_pos[cg->cursor[v] - 1] |= 1;
    return !stays;
}

static void define(struct spill *s, ir_ref_t n)
{
    struct cg *cg = s->cg;
    if (cg->f->nodes[n].type == IR_VOID || !cg_has_uses(cg, n))
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
    for (uint32_t i = 0; i < node->c; i++) {
        ir_ref_t v = cg->f->pool[node->b + i];
        if (!cg_is_const(cg, v) && pass_use(s, v) && cg->reg[v])
            take_out(s, v);
    }
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
    ir_ref_t ops[CG_OPERANDS_MAX];
    unsigned count = cg_uses(cg, n, ops), temps[CG_NCLASSES] = {0, 0};
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

static bool is_candidate(const struct best *b, enum cg_class c, ir_ref_t v)
{
    for (unsigned i = 0; i < b->n[c]; i++)
        if (b->v[c][i] == v)
            return true;
    return false;
}

static void offer(struct best *b, enum cg_class c, ir_ref_t v, uint32_t d, unsigned limit)
{
    if (is_candidate(b, c, v))
        return;
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
static bool lost_to_call(const struct spill *s, ir_ref_t v, uint32_t call)
{
    const struct cg *cg = s->cg;
    if (class_of(s, v) != CG_XMM || cg_next_use(cg, v) <= call)
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
            if (class_of(s, v) == c && lives_through(s, v, loop_end) && !lost_to_call(s, v, call))
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

static void choose_for_merge(struct spill *s, struct best *b)
{
    struct cg *cg = s->cg;
    const struct ir_block *block = &cg->f->blocks[s->block];
    uint32_t call = cg_first_call(cg, block->first);
    for (ir_ref_t phi = block->first; cg->f->nodes[phi].op == IR_PHI; phi++)
        offer_if_used(s, b, phi, UINT32_MAX, call);
    for (uint32_t i = 0; i < block->npreds; i++) { /* cg->reg counts, up to 255 */
        const struct cg_block *pred = &cg->blocks[cg->f->pool[block->preds + i]];
        for (unsigned k = 0; k < pred->nout; k++)
            cg->reg[pred->out[k]] += cg->reg[pred->out[k]] < UINT8_MAX;
    }
    for (uint32_t i = 0; i < block->npreds; i++) {
        const struct cg_block *pred = &cg->blocks[cg->f->pool[block->preds + i]];
        for (unsigned k = 0; k < pred->nout; k++) {
            ir_ref_t v = pred->out[k];
            bool everywhere = cg->reg[v] == min_u64(block->npreds, UINT8_MAX);
            if (cg->reg[v] && cg_live_in(cg, s->block, v))
                offer_at_merge(s, b, v, everywhere, call);
            cg->reg[v] = 0;
        }
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
    for (ir_ref_t phi = block->first; cg->f->nodes[phi].op == IR_PHI; phi++)
        if (!cg->reg[phi]) {
            cg_need_slot(cg, phi, phi);
            cg->mark[phi] |= CG_MEMORY_PHI;
        }
}

static bool save_set(struct spill *s, ir_ref_t **out, uint8_t *out_count)
{
    ir_ref_t set[REGISTERS + 1];
    unsigned n = 0;
    for (unsigned c = 0; c < CG_NCLASSES; c++)
        for (unsigned i = 0; i < s->nin[c]; i++)
            if (!cg_is_const(s->cg, s->in[c][i]))
                set[n++] = s->in[c][i];
    *out = n ? ARENA_ARRAY(s->cg->arena, ir_ref_t, n) : NULL;
    if (n && !*out) {
        s->cg->error = -ENOMEM;
        return false;
    }
    if (n)
        memcpy(*out, set, n * sizeof *set);
    *out_count = (uint8_t)n;
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

static void begin_block(struct spill *s, ir_block_t b)
{
    struct cg *cg = s->cg;
    const struct ir_block *block = &cg->f->blocks[b];
    for (unsigned c = 0; c < CG_NCLASSES; c++) {
        for (unsigned i = 0; i < s->nin[c]; i++)
            cg->reg[s->in[c][i]] = 0;
        s->nin[c] = 0;
    }
    s->block = b;
    s->loop = block->loop_header;
    s->pos = block->first;
    s->block_end = block->end;
    if (!cg->degraded)
        cg_live_out(cg, b);
    if (b == 1) {
        enter_params(s);
    } else if (cg->degraded || cg->blocks[b].pad) {
        mark_losers(s);
    } else if (block->npreds == 1) {
        const struct cg_block *pred = &cg->blocks[cg->f->pool[block->preds]];
        for (unsigned i = 0; i < pred->nout; i++)
            if (cg_live_in(cg, b, pred->out[i]))
                insert(s, pred->out[i]);
    } else {
        struct best best = {0};
        if (block->loop_end)
            choose_for_loop(s, &best);
        else
            choose_for_merge(s, &best);
        for (unsigned c = 0; c < CG_NCLASSES; c++)
            for (unsigned i = 0; i < best.n[c]; i++)
                insert(s, best.v[c][i]);
        mark_losers(s);
    }
    (void)save_set(s, &cg->blocks[b].in, &cg->blocks[b].nin);
}

void cg_pass_phi_arguments(struct cg *cg, ir_block_t b)
{
    for (uint32_t i = 0; i < cg->blocks[b].nedges; i++) {
        const struct cg_edge *e = &cg->edges[cg->blocks[b].edges + i];
        for (ir_ref_t phi = cg->f->blocks[e->target].first; cg->f->nodes[phi].op == IR_PHI; phi++) {
            ir_ref_t v = cg_phi_arg(cg, phi, e->pred);
            if (!cg_is_const(cg, v))
                cg->cursor[v]++;
        }
    }
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
        for (ir_block_t h = f->blocks[b].loop_header; h && f->blocks[h].loop_end == b + 1;
             h = cg->blocks[h].outer_loop)
            cg_spill_loop_end(cg, h);
    }
}
