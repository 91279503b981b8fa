/* A first walk over a body: which blocks catch what, which loops are branched to at all, and which
 * locals each assigns, so that a loop header gets phis for these and no others. A loop's list is
 * the union of its own assignments and its inner loops' lists; the work is the length of all lists
 * together, which the budget limits. */
#include "wasm/jit/build.h"

#define TRY (1u << 31)

/* An assignment noted for the innermost open loop; prev: the loop that had noted this local before.
 */
struct noted {
    uint32_t local, prev;
};

struct scan {
    struct builder *b;
    uint32_t *open; /* per open block: its loop's number + 1, TRY | its try's number, or 0 */
    uint32_t nopen, cap_open;
    uint32_t *outer; /* per loop: the loop around it, + 1 */
    uint32_t *start; /* per loop: where its entries in noted[] begin */
    uint32_t cap_outer, cap_start;
    struct noted *noted;
    uint32_t nnoted, cap_noted;
    uint32_t *mark;     /* per local: innermost open loop (+ 1) that has noted it */
    uint32_t innermost; /* open loop, + 1 */
};

static bool open_block(struct scan *s, bool is_loop)
{
    struct builder *b = s->b;
    uint32_t loop = 0;

    if (!build__grow(b, &s->open, &s->cap_open, s->nopen + 1ull, sizeof *s->open))
        return false;
    if (is_loop) {
        if (!build__grow(b, &b->loops, &b->cap_loops, b->nloops + 1ull, sizeof *b->loops) ||
            !build__grow(b, &s->outer, &s->cap_outer, b->nloops + 1ull, sizeof *s->outer) ||
            !build__grow(b, &s->start, &s->cap_start, b->nloops + 1ull, sizeof *s->start))
            return false;
        b->loops[b->nloops] = (struct build_loop){0};
        s->outer[b->nloops] = s->innermost;
        s->start[b->nloops] = s->nnoted;
        loop = ++b->nloops;
        s->innermost = loop;
    }
    s->open[s->nopen++] = loop;
    return true;
}

static bool open_try(struct scan *s)
{
    struct builder *b = s->b;

    if (!open_block(s, false) ||
        !build__grow(b, &b->tries, &b->cap_tries, b->ntries + 1ull, sizeof *b->tries))
        return false;
    b->tries[b->ntries] = (struct build_try){.delegate = 1}; /* unless a handler follows */
    s->open[s->nopen - 1] = TRY | b->ntries++;
    return true;
}

/* The try that a label names, or NULL. */
static struct build_try *try_at(struct scan *s, uint32_t depth)
{
    uint32_t open = depth < s->nopen ? s->open[s->nopen - 1 - depth] : 0;

    return open & TRY ? &s->b->tries[open & ~TRY] : NULL;
}

static void note(struct scan *s, uint32_t local)
{
    struct builder *b = s->b;

    if (!s->innermost || b->in_slots || s->mark[local] == s->innermost ||
        !build__grow(b, &s->noted, &s->cap_noted, s->nnoted + 1ull, sizeof *s->noted))
        return;
    s->noted[s->nnoted++] = (struct noted){local, s->mark[local]};
    s->mark[local] = s->innermost;
}

/* Keeps the loop's list and hands the entries that are news to the loop around it down to that. */
static bool close_loop(struct scan *s, uint32_t loop)
{
    struct builder *b = s->b;
    uint32_t first = s->start[loop - 1], count = s->nnoted - first, keep = first;
    uint32_t outer = s->outer[loop - 1];

    b->loops[loop - 1].first = b->nloop_locals;
    b->loops[loop - 1].nlocals = count;
    if (b->loops[loop - 1].repeats && !build__charge_phis(b, count))
        return false;
    if (!build__grow(b, &b->loop_locals, &b->cap_loop_locals, (uint64_t)b->nloop_locals + count,
                     sizeof *b->loop_locals))
        return false;
    for (uint32_t i = first; i < s->nnoted; i++) {
        struct noted n = s->noted[i];
        b->loop_locals[b->nloop_locals + i - first] = n.local;
        s->mark[n.local] = n.prev;
        if (outer && n.prev != outer) {
            s->mark[n.local] = outer;
            s->noted[keep++] = n;
        }
    }
    if (b->loops[loop - 1].repeats)
        b->nloop_locals += count;
    s->nnoted = keep;
    s->innermost = outer;
    return true;
}

static void branch(struct scan *s, uint32_t depth)
{
    uint32_t open = depth < s->nopen ? s->open[s->nopen - 1 - depth] : 0;

    if (open && !(open & TRY))
        s->b->loops[open - 1].repeats = true;
}

static void branch_table(struct scan *s, const struct wasm_insn *in)
{
    struct wasm_reader r = {.p = in->bytes, .end = s->b->reader.end};
    uint32_t depth;

    for (uint64_t i = 0; i <= in->a && wasm_read_u32(&r, &depth) == 0; i++)
        branch(s, depth);
}

static void branch_clauses(struct scan *s, const struct wasm_insn *in)
{
    struct wasm_reader r = {.p = in->bytes, .end = s->b->reader.end};
    struct wasm_catch c;

    for (uint32_t i = 0; i < in->b && wasm_read_catch(&r, &c) == 0; i++)
        branch(s, c.label);
}

static bool close_block(struct scan *s)
{
    uint32_t open;

    if (!s->nopen)
        return true; /* of the function */
    open = s->open[--s->nopen];
    return !open || open & TRY || close_loop(s, open);
}

/* What scan_fast has left. */
static bool scan_insn(struct scan *s, const struct wasm_insn *in)
{
    switch (in->op) {
    case WASM_OP_try:
        return open_try(s);
    case WASM_OP_try_table:
        branch_clauses(s, in);
        return open_block(s, false);
    case WASM_OP_catch:
    case WASM_OP_catch_all:
        try_at(s, 0)->delegate = 0;
        return true;
    case WASM_OP_rethrow:
        try_at(s, in->a)->rethrown = true;
        return true;
    case WASM_OP_delegate:
        try_at(s, 0)->delegate = in->a + 1;
        return close_block(s);
    case WASM_OP_block:
    case WASM_OP_if:
    case WASM_OP_loop:
        return open_block(s, in->op == WASM_OP_loop);
    case WASM_OP_end:
        return close_block(s);
    case WASM_OP_br_table:
        branch_table(s, in);
        return true;
    default:
        return true;
    }
}

static const uint8_t *skip_leb(const uint8_t *p)
{
    while (*p++ & 0x80)
        ;
    return p;
}

static const uint8_t *read_leb(const uint8_t *p, uint32_t *out)
{
    uint32_t v = *p & 0x7f;

    for (unsigned shift = 7; *p++ & 0x80; shift += 7)
        v |= (uint32_t)(*p & 0x7f) << (shift & 31);
    *out = v;
    return p;
}

/* Behind the instruction at p if it is one of the frequent ones, which are dealt with here; else p;
 * NULL on failure.
 * The code is valid, and its last byte is an `end`: so nothing is read beyond it. */
static inline const uint8_t *scan_fast(struct scan *s, const uint8_t *p)
{
    enum wasm_op op = wasm_op_of_byte(*p);
    uint32_t index;

    switch ((enum wasm_imm)wasm_ops[op].imm) {
    case WASM_IMM_NONE:
        if (op == WASM_OP_catch_all || op == WASM_OP_INVALID)
            return p;
        return op != WASM_OP_end || close_block(s) ? p + 1 : NULL;
    case WASM_IMM_BLOCK: /* with a type of one byte, or none */
        if (p[1] >= 0x80 || p[1] == WASM_FORM_REF || p[1] == WASM_FORM_REF_NULL ||
            op == WASM_OP_try)
            return p;
        return open_block(s, op == WASM_OP_loop) ? p + 2 : NULL;
    case WASM_IMM_LOCAL:
        if (op == WASM_OP_local_get)
            return skip_leb(p + 1);
        p = read_leb(p + 1, &index);
        note(s, index);
        return p;
    case WASM_IMM_LABEL:
        if (op == WASM_OP_rethrow || op == WASM_OP_delegate)
            return p;
        p = read_leb(p + 1, &index);
        branch(s, index);
        return p;
    case WASM_IMM_FUNC:
    case WASM_IMM_GLOBAL:
    case WASM_IMM_I32:
    case WASM_IMM_I64:
        return skip_leb(p + 1);
    case WASM_IMM_MEM:
        return p[1] < 0x40 ? skip_leb(p + 2) : p;
    default:
        return p;
    }
}

bool build__scan(struct builder *b)
{
    struct scan s = {.b = b};
    struct wasm_reader r = b->reader;
    struct wasm_insn in;

    s.mark = ARENA_ARRAY(b->arena, uint32_t, b->nlocals + 1ull);
    if (!s.mark) {
        b->err = -ENOMEM;
        return false;
    }
    while (r.p < r.end) {
        const uint8_t *next = scan_fast(&s, r.p);
        b->ninsns++;
        if (UNLIKELY(!next))
            return false;
        if (LIKELY(next != r.p)) {
            r.p = next;
            continue;
        }
        b->err = wasm_read_insn(&r, &in);
        if (b->err || !scan_insn(&s, &in))
            return false;
    }
    assert(s.nopen == 0 && (s.nnoted == 0 || b->err));
    return !b->err;
}
