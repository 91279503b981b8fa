#include "wasm/jit/pmove.h"

struct run {
    struct pmove *moves;
    struct pmove_slot *slots;
    struct pmove_slot regs[X64_NREGS]; /* the same for registers; of those that are moved */
    uint32_t *ready;
    uint32_t nready;
    unsigned scratch;
    pmove_emit_fn emit;
    void *arg;
};

/* The books of a place that can be both source and target; NULL for others. */
static struct pmove_slot *book_of(struct run *r, struct pmove_place p)
{
    if (p.kind == PMOVE_REG)
        return &r->regs[p.at];
    return p.kind == PMOVE_SLOT ? &r->slots[p.at] : NULL;
}

static bool same_place(struct pmove_place a, struct pmove_place b)
{
    return a.kind == b.kind && a.at == b.at;
}

/* Makes the moves that nothing waits for, and those that they set free. */
static void drain(struct run *r)
{
    while (r->nready) {
        struct pmove *m = &r->moves[r->ready[--r->nready]];
        r->emit(r->arg, m->to, m->from, m->type, false);
        m->done = true;
        struct pmove_slot *to = book_of(r, m->to), *from = book_of(r, m->from);
        if (to)
            to->writer = 0;
        if (from && --from->readers == 0 && from->writer)
            r->ready[r->nready++] = from->writer - 1;
    }
}

/* All that is left are cycles in which each place is written once and read once. Makes the moves of
 * the cycle on which move `first` lies: exchanges if it consists of general registers, else by way
 * of the scratch register. */
static void turn_cycle(struct run *r, uint32_t first)
{
    struct pmove *start = &r->moves[first], *last = start;
    bool gprs = true;
    for (;;) {
        gprs = gprs && last->to.kind == PMOVE_REG && last->to.at < X64_XMM;
        if (same_place(last->from, start->to))
            break;
        last = &r->moves[book_of(r, last->from)->writer - 1];
    }
    struct pmove_place scratch = {PMOVE_REG, r->scratch};
    if (!gprs)
        r->emit(r->arg, scratch, start->to, last->type, false);
    for (struct pmove *m = start;; m = &r->moves[book_of(r, m->from)->writer - 1]) {
        if (m != last)
            r->emit(r->arg, m->to, m->from, m->type, gprs);
        else if (!gprs)
            r->emit(r->arg, m->to, scratch, m->type, false);
        m->done = true;
        if (m == last)
            break;
    }
    for (struct pmove *m = start;;) {
        struct pmove *next = m == last ? NULL : &r->moves[book_of(r, m->from)->writer - 1];
        *book_of(r, m->from) = (struct pmove_slot){0};
        if (!next)
            break;
        m = next;
    }
}

static void clear_reg(struct run *r, struct pmove_place p)
{
    if (p.kind == PMOVE_REG)
        r->regs[p.at] = (struct pmove_slot){0, 0};
}

static void begin(struct run *r, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        clear_reg(r, r->moves[i].to);
        clear_reg(r, r->moves[i].from);
    }
    for (uint32_t i = 0; i < n; i++) {
        struct pmove *m = &r->moves[i];
        m->done = same_place(m->to, m->from);
        if (m->done)
            continue;
        struct pmove_slot *to = book_of(r, m->to), *from = book_of(r, m->from);
        if (to) {
            dassert(!to->writer);
            to->writer = i + 1;
        }
        if (from)
            from->readers++;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct pmove *m = &r->moves[i];
        struct pmove_slot *to = book_of(r, m->to);
        if (!m->done && (!to || to->readers == 0))
            r->ready[r->nready++] = i;
    }
}

void pmove_run(struct pmove *moves, uint32_t n, struct pmove_slot *slots, uint32_t *ready,
               unsigned scratch, pmove_emit_fn emit, void *arg)
{
    if (n == 1) { /* there is nothing to wait for */
        if (!same_place(moves->to, moves->from))
            emit(arg, moves->to, moves->from, moves->type, false);
        moves->done = true;
        return;
    }
    struct run r; /* not the whole of it is cleared */
    r.moves = moves;
    r.slots = slots;
    r.ready = ready;
    r.nready = 0;
    r.scratch = scratch;
    r.emit = emit;
    r.arg = arg;
    begin(&r, n);
    drain(&r);
    for (uint32_t i = 0; i < n; i++)
        if (!moves[i].done)
            turn_cycle(&r, i);
}
