#include "wasm/jit/check.h"

#include "base/string.h"

enum {
    CELLS_MAX = 1u << 20, /* slots × blocks that are remembered */
    PASSES_MAX = 200,
    HIGH = 1u << 31,   /* | value: the upper half of a vector in a slot */
    RESULT = 1u << 30, /* | number: a call's result that no node has taken over yet */
    COMPUTED_REG = X64_R11,
};

/* What each location holds: a node's value, or 0. */
struct state {
    ir_ref_t regs[X64_NREGS];
    ir_ref_t *slots, *out; /* the frame's slots, the outgoing area; 8 bytes each */
};

struct check {
    const struct cg *cg;
    const struct check_log *log;
    struct state now, at_edge;
    ir_ref_t *entry; /* per block: its slots at entry, as far as all ways agree */
    uint8_t *reached;
    uint32_t *edge_events; /* per edge: 1 + its first event */
    uint32_t nslots, nout;
    uint32_t written; /* registers */
    ir_ref_t node;
    ir_block_t block;
    bool changed;
    const char *wrong;
};

struct check_log *check_begin(struct cg *cg)
{
    return ARENA_NEW(cg->arena, struct check_log);
}

void check__note(const struct cg *cg, struct check_event e)
{
    struct check_log *log = cg->log;
    if (log->full)
        return;
    if (log->n == log->cap) {
        uint32_t cap = log->cap ? log->cap * 2 : 256;
        struct check_event *events =
            cap < UINT32_MAX / 4 ? ARENA_ARRAY(cg->arena, struct check_event, cap) : NULL;
        if (!events) {
            log->full = true;
            return;
        }
        if (log->n)
            memcpy(events, log->events, log->n * sizeof *events);
        log->events = events;
        log->cap = cap;
    }
    if (e.kind == CHECK_NODE || e.kind == CHECK_BLOCK)
        log->edge = 0;
    e.edge = log->edge;
    log->events[log->n++] = e;
}

static void fail(struct check *c, const char *what)
{
    if (!c->wrong)
        c->wrong = what;
}

/* ---- locations ---- */

static const struct ir_node *node_of(const struct check *c, ir_ref_t v)
{
    return ir_at(c->cg->f, v);
}

static unsigned width(unsigned type)
{
    return type == IR_V128 ? 16 : type == IR_I64 || type == IR_F64 ? 8 : 4;
}

/* Where the convention puts the parameter that node n is; *param: the first not yet walked. */
static struct abi_place param_place(const struct ir_func *f, ir_ref_t n, struct abi_walk *walk,
                                    uint32_t *param)
{
    struct abi_place place = {0};
    for (; *param <= f->nodes[n].c; ++*param)
        place = abi_next_value(walk, f->type->params[*param]);
    return place;
}

/* The parameter that comes in at this offset of the caller's area. */
static ir_ref_t incoming(const struct check *c, uint32_t offset)
{
    const struct ir_func *f = c->cg->f;
    struct abi_walk walk;
    uint32_t param = 0;
    abi_params_begin(&walk);
    for (ir_ref_t n = f->blocks[1].first; f->nodes[n].op == IR_PARAM; n++) {
        struct abi_place place = param_place(f, n, &walk, &param);
        if (place.reg == X64_NONE && place.stack == offset)
            return n;
    }
    return 0;
}

/* The cell of a location with many; NULL (and a complaint) if it lies outside. */
static ir_ref_t *cell(struct check *c, struct state *s, struct pmove_place p, unsigned type)
{
    uint32_t at = p.kind == PMOVE_OUT ? p.at / 8 : p.at;
    uint32_t limit = p.kind == PMOVE_OUT ? c->nout : c->nslots;
    if (at + (type == IR_V128) < limit)
        return (p.kind == PMOVE_OUT ? s->out : s->slots) + at;
    fail(c, "a place outside the frame");
    return NULL;
}

static ir_ref_t read(struct check *c, struct state *s, struct pmove_place p, unsigned type)
{
    switch (p.kind) {
    case PMOVE_REG:
        return s->regs[p.at];
    case PMOVE_CONST:
        return p.at;
    case PMOVE_INCOMING:
        return incoming(c, p.at);
    default: {
        const ir_ref_t *at = cell(c, s, p, type);
        if (!at || at[0] & HIGH || (type == IR_V128 && at[1] != (at[0] | HIGH)))
            return 0;
        return at[0];
    }
    }
}

static void write(struct check *c, struct state *s, struct pmove_place p, unsigned type, ir_ref_t v)
{
    if (p.kind == PMOVE_REG) {
        s->regs[p.at] = v;
        c->written |= 1u << p.at;
    } else if (p.kind == PMOVE_SLOT || p.kind == PMOVE_OUT) {
        ir_ref_t *at = cell(c, s, p, type);
        if (at)
            at[0] = v;
        if (at && type == IR_V128)
            at[1] = v | HIGH;
    }
}

/* ---- calls ---- */

/* The list of n is in the places that `walk` hands out; those without a register at `kind` + base.
 */
static void expect_list(struct check *c, const struct ir_node *n, struct abi_walk *walk,
                        enum pmove_kind kind)
{
    const struct cg *cg = c->cg;
    for (uint32_t i = 0; i < n->c; i++) {
        ir_ref_t v = cg->f->pool[n->b + i];
        unsigned type = node_of(c, v)->type;
        struct pmove_place p = check_reg(COMPUTED_REG);
        if (!ir_is_computed_call(n->op) || i > 0) {
            struct abi_place place =
                abi_next(walk, cg_class_of(type) == CG_XMM, type == IR_V128 ? 16 : 8);
            p = check_reg(place.reg);
            if (place.reg == X64_NONE)
                p = (struct pmove_place){kind, place.stack};
        }
        if (p.kind != PMOVE_INCOMING && read(c, &c->now, p, type) != v)
            fail(c, "an argument or result is not in its place");
    }
}

static void call(struct check *c, ir_ref_t n)
{
    const struct cg *cg = c->cg;
    const struct ir_node *node = node_of(c, n);
    struct abi_walk walk;
    if (node->op == IR_CALL_RT)
        abi_runtime_begin(&walk);
    else
        abi_params_begin(&walk);
    expect_list(c, node, &walk, PMOVE_OUT);
    for (unsigned r = 0; r < X64_NREGS; r++)
        if (r >= X64_XMM || !(ABI_CALLEE_SAVED >> r & 1))
            c->now.regs[r] = 0;
    memset(c->now.out, 0, c->nout * sizeof *c->now.out);
    abi_results_begin(&walk);
    if (node->op == IR_CALL_RT) {
        struct abi_place p = abi_next(&walk, cg_class_of(node->type) == CG_XMM, 8);
        if (node->type != IR_VOID)
            c->now.regs[p.reg] = RESULT;
        return;
    }
    const struct wasm_functype *type = cg_call_type(cg, n);
    for (uint32_t i = 0; i < type->nresults; i++) {
        struct abi_place p = abi_next_value(&walk, type->results[i]);
        if (p.reg != X64_NONE)
            c->now.regs[p.reg] = RESULT | i;
    }
}

static void leave(struct check *c, ir_ref_t n)
{
    const struct ir_node *node = node_of(c, n);
    struct abi_walk walk;
    if (node->op == IR_RETURN)
        abi_results_begin(&walk);
    else
        abi_params_begin(&walk);
    expect_list(c, node, &walk, node->op == IR_RETURN ? PMOVE_INCOMING : PMOVE_OUT);
}

/* Does result number `i` of the call come in a register? */
static bool in_register(const struct check *c, ir_ref_t n, uint32_t i)
{
    struct abi_walk walk;
    struct abi_place place = {0};
    if (node_of(c, n)->op == IR_CALL_RT)
        return true;
    const struct wasm_functype *type = cg_call_type(c->cg, n);
    abi_results_begin(&walk);
    for (uint32_t k = 0; k <= i; k++)
        place = abi_next_value(&walk, type->results[k]);
    return place.reg != X64_NONE;
}

static void define(struct check *c, ir_ref_t n, struct pmove_place to)
{
    const struct ir_node *node = node_of(c, n);
    bool result = ir_is_call(node->op) || node->op == IR_RESULT;
    uint32_t number = node->op == IR_RESULT ? node->c : 0;
    if ((to.at >= X64_XMM) != (cg_class_of(node->type) == CG_XMM))
        fail(c, "a result in a register of the other class");
    if (result && in_register(c, node->op == IR_RESULT ? node->a : n, number) &&
        c->now.regs[to.at] != (RESULT | number))
        fail(c, "a call's result is taken from where it is not");
    write(c, &c->now, to, node->type, n);
}

/* ---- blocks ---- */

static ir_ref_t *entry_of(const struct check *c, ir_block_t b)
{
    return c->entry + (size_t)b * c->nslots;
}

static struct pmove_place slot_of(const struct check *c, ir_ref_t v)
{
    return (struct pmove_place){PMOVE_SLOT, c->cg->slot[v]};
}

static bool is_memory_phi(const struct check *c, ir_ref_t v)
{
    return node_of(c, v)->op == IR_PHI && c->cg->mark[v] & CG_MEMORY_PHI;
}

/* Parameters are where the convention says. */
static void enter_function(struct check *c)
{
    const struct ir_func *f = c->cg->f;
    struct abi_walk walk;
    uint32_t param = 0;
    abi_params_begin(&walk);
    for (ir_ref_t n = f->blocks[1].first; f->nodes[n].op == IR_PARAM; n++) {
        struct abi_place place = param_place(f, n, &walk, &param);
        if (place.reg != X64_NONE)
            c->now.regs[place.reg] = n;
    }
}

/* The registers are those promised, the slots those that all ways in agree about. A value that the
 * block itself defines is one of an earlier round: it is nowhere. */
static void begin_block(struct check *c, ir_block_t b)
{
    const struct cg_block *block = &c->cg->blocks[b];
    const struct ir_block *ir = &c->cg->f->blocks[b];
    c->block = b;
    memset(c->now.regs, 0, sizeof c->now.regs);
    memset(c->now.out, 0, c->nout * sizeof *c->now.out);
    memcpy(c->now.slots, entry_of(c, b), c->nslots * sizeof *c->now.slots);
    for (uint32_t i = 0; i < c->nslots; i++) {
        ir_ref_t v = c->now.slots[i] & ~(ir_ref_t)HIGH;
        if (v >= ir->first && v < ir->end)
            c->now.slots[i] = 0;
    }
    for (ir_ref_t phi = ir->first; node_of(c, phi)->op == IR_PHI; phi++)
        if (is_memory_phi(c, phi))
            write(c, &c->now, slot_of(c, phi), node_of(c, phi)->type, phi);
    if (b == 1)
        enter_function(c);
    else
        for (unsigned i = 0; i < block->nin; i++)
            c->now.regs[block->in_regs[i]] = block->in[i];
}

/* What the target calls v, at the end of the edge. */
static ir_ref_t at_source(const struct check *c, const struct cg_edge *e, ir_ref_t v)
{
    const struct ir_block *to = &c->cg->f->blocks[e->target];
    bool phi = v >= to->first && v < to->end && node_of(c, v)->op == IR_PHI;
    return phi ? cg_phi_arg(c->cg, v, e->pred) : v;
}

/* The state at the end of an edge keeps what its target promises, and its slots count there. */
static void end_edge(struct check *c, const struct cg_edge *e, struct state *s)
{
    const struct cg_block *block = &c->cg->blocks[e->target];
    const struct ir_block *ir = &c->cg->f->blocks[e->target];
    ir_ref_t *entry = entry_of(c, e->target);
    for (unsigned i = 0; i < block->nin; i++)
        if (s->regs[block->in_regs[i]] != at_source(c, e, block->in[i]))
            fail(c, "an edge does not bring a value into its register");
    for (ir_ref_t phi = ir->first; node_of(c, phi)->op == IR_PHI; phi++)
        if (is_memory_phi(c, phi) &&
            read(c, s, slot_of(c, phi), node_of(c, phi)->type) != at_source(c, e, phi))
            fail(c, "an edge does not bring a phi's value into its slot");
    if (!c->reached[e->target]) {
        c->reached[e->target] = true;
        memcpy(entry, s->slots, c->nslots * sizeof *entry);
        return;
    }
    for (uint32_t i = 0; i < c->nslots; i++)
        if (entry[i] && entry[i] != s->slots[i]) {
            entry[i] = 0;
            c->changed = true;
        }
}

static void step(struct check *c, struct state *s, const struct check_event *e)
{
    switch ((enum check_kind)e->kind) {
    case CHECK_MOVE: {
        ir_ref_t v = read(c, s, e->from, e->type);
        if (v && v < RESULT && width(node_of(c, v)->type) != width(e->type))
            fail(c, "a value is moved in another width than its own");
        write(c, s, e->to, e->type, v);
        return;
    }
    case CHECK_SWAP: {
        ir_ref_t v = s->regs[e->to.at];
        write(c, s, e->to, e->type, s->regs[e->from.at]);
        write(c, s, e->from, e->type, v);
        return;
    }
    case CHECK_USE:
        if (read(c, s, e->from, node_of(c, e->value)->type) != e->value)
            fail(c, "an operand is not where it is read from");
        return;
    case CHECK_DEF:
        define(c, e->value, e->to);
        return;
    case CHECK_CLOBBER:
        write(c, s, e->to, IR_I64, 0);
        return;
    case CHECK_CALL:
        call(c, e->value);
        return;
    case CHECK_LEAVE:
        leave(c, e->value);
        return;
    default:
        return;
    }
}

/* The edges of the current block, each with its own events. */
static void end_block(struct check *c)
{
    const struct cg_block *block = &c->cg->blocks[c->block];
    const struct check_log *log = c->log;
    for (uint32_t e = block->edges; e < block->edges + block->nedges; e++) {
        uint32_t at = c->edge_events[e];
        memcpy(c->at_edge.regs, c->now.regs, sizeof c->now.regs);
        memcpy(c->at_edge.slots, c->now.slots, c->nslots * sizeof *c->now.slots);
        for (; at && at <= log->n && log->events[at - 1].edge == e + 1; at++)
            step(c, &c->at_edge, &log->events[at - 1]);
        end_edge(c, &c->cg->edges[e], &c->at_edge);
    }
}

/* All events once. */
static void pass(struct check *c)
{
    c->changed = false;
    c->block = 0;
    for (uint32_t i = 0; i < c->log->n && !c->wrong; i++) {
        const struct check_event *e = &c->log->events[i];
        if (e->kind == CHECK_BLOCK) {
            if (c->block)
                end_block(c);
            begin_block(c, e->value);
        } else if (e->kind == CHECK_NODE) {
            c->node = e->value;
        } else if (!e->edge) {
            step(c, &c->now, e);
        }
    }
    if (c->block && !c->wrong)
        end_block(c);
}

static bool allocate(struct check *c)
{
    const struct cg *cg = c->cg;
    struct arena *a = cg->arena;
    c->nslots = cg->nslots + 1;
    c->nout = cg->out_bytes / 8 + 2;
    if ((uint64_t)c->nslots * cg->f->nblocks > CELLS_MAX)
        return false;
    c->now.slots = ARENA_ARRAY(a, ir_ref_t, c->nslots);
    c->now.out = ARENA_ARRAY(a, ir_ref_t, c->nout);
    c->at_edge.slots = ARENA_ARRAY(a, ir_ref_t, c->nslots);
    c->at_edge.out = ARENA_ARRAY(a, ir_ref_t, c->nout);
    c->entry = ARENA_ARRAY(a, ir_ref_t, (size_t)c->nslots * cg->f->nblocks);
    c->reached = ARENA_ARRAY(a, uint8_t, cg->f->nblocks);
    c->edge_events = ARENA_ARRAY(a, uint32_t, cg->nedges + 1);
    return c->now.slots && c->now.out && c->at_edge.slots && c->at_edge.out && c->entry &&
           c->reached && c->edge_events;
}

const char *check_run(const struct cg *cg, const struct check_log *log, ir_ref_t *out_at)
{
    struct check c = {.cg = cg, .log = log};
    if (log->full || !allocate(&c))
        return NULL;
    for (uint32_t i = log->n; i-- > 0;)
        if (log->events[i].edge)
            c.edge_events[log->events[i].edge - 1] = i + 1;
    for (unsigned n = 0; n < PASSES_MAX && !c.wrong; n++) {
        pass(&c);
        if (!c.changed)
            break;
    }
    if (!c.wrong && c.written & ABI_CALLEE_SAVED & ~cg->saved)
        fail(&c, "a register that belongs to the caller is not saved");
    *out_at = c.node;
    return c.wrong;
}
