/* Nodes at birth: appended, or found again. A hash table (open addressing) holds the nodes that
 * dominate the current place; a log undoes insertions when a scope of the dominator tree is left.
 * Because they are undone in the opposite order, a slot can simply be emptied: whatever had to
 * probe past it is gone already. */
#include "wasm/jit/build.h"

enum { GVN_SLOTS_MIN = 64, GVN_SLOTS_FIRST_MAX = 8192 };

bool build__gvn_init(struct builder *b)
{
    uint32_t slots = GVN_SLOTS_MIN;

    while (slots < GVN_SLOTS_FIRST_MAX && slots < b->func->body.len / 3)
        slots *= 2;
    b->gvn_slots = ARENA_ARRAY(b->arena, struct build_gvn_slot, slots);
    b->gvn_mask = slots - 1;
    return b->gvn_slots != NULL;
}

/* A node in two words: op, type, aux and a; b and c. */
struct words {
    uint64_t low, high;
};
_Static_assert(sizeof(struct words) == sizeof(struct ir_node), "a node has no other bytes");

static inline struct words words_of(const struct ir_node *n)
{
    struct words w;

    __builtin_memcpy(&w, n, sizeof w);
    return w;
}

static inline uint64_t hash(struct words w)
{
    uint64_t h = ((uint32_t)w.low | w.high >> 32 << 32) * 0x9e3779b97f4a7c15ull;

    h = (h ^ h >> 29 ^ (w.low >> 32 | w.high << 32)) * 0xbf58476d1ce4e5b9ull;
    return h ^ h >> 32;
}

static inline bool same(struct words x, struct words y)
{
    return x.low == y.low && x.high == y.high;
}

/* The slot of a node equal to n, or the free one where it would go; NULL if too many others are in
 * the way. */
static inline struct build_gvn_slot *find(struct builder *b, struct words n, uint64_t h)
{
    for (uint32_t i = 0; i < BUILD_GVN_PROBES; i++) {
        struct build_gvn_slot *s = &b->gvn_slots[(h + i) & b->gvn_mask];
        if (!s->ref || (s->tag == h >> 32 && same(words_of(&b->f->nodes[s->ref]), n)))
            return s;
    }
    return NULL;
}

static void fill(struct builder *b, struct build_gvn_slot *s, uint64_t h,
                 struct build_gvn_undo *undo)
{
    undo->slot = (uint32_t)(s - b->gvn_slots);
    undo->old = s->ref;
    if (!s->ref)
        b->gvn_used++;
    *s = (struct build_gvn_slot){undo->ref, (uint32_t)(h >> 32)};
}

/* Everything in the log again, in its order, into a larger table. */
static void enlarge(struct builder *b)
{
    uint64_t size = (b->gvn_mask + 1ull) * 2;

    b->gvn_slots = ARENA_ARRAY(b->arena, struct build_gvn_slot, size);
    if (!b->gvn_slots) {
        b->err = -ENOMEM;
        b->gvn_full = true;
        return;
    }
    b->gvn_mask = (uint32_t)(size - 1);
    b->gvn_used = 0;
    for (uint32_t i = 0; i < b->gvn_log_len; i++) {
        struct build_gvn_undo *undo = &b->gvn_log[i];
        struct words n = words_of(&b->f->nodes[undo->ref]);
        uint64_t h = hash(n);
        struct build_gvn_slot *s = find(b, n, h);
        undo->slot = UINT32_MAX;
        if (s)
            fill(b, s, h, undo);
    }
}

/* A node equal to n and not older than `since`, or a new one. */
static ir_ref_t number(struct builder *b, struct ir_node n, ir_ref_t since)
{
    struct words w = words_of(&n);
    uint64_t h = hash(w);
    struct build_gvn_slot *s = b->gvn_full || build__has(b, JIT_NO_GVN) ? NULL : find(b, w, h);
    ir_ref_t r;

    if (s && s->ref && s->ref >= since)
        return s->ref;
    r = build__append(b, n);
    if (!s ||
        !build__grow(b, &b->gvn_log, &b->cap_gvn_log, b->gvn_log_len + 1ull, sizeof *b->gvn_log))
        return r;
    b->gvn_log[b->gvn_log_len].ref = r;
    fill(b, s, h, &b->gvn_log[b->gvn_log_len++]);
    if (UNLIKELY(b->gvn_used > b->gvn_mask / 4 * 3))
        enlarge(b);
    return r;
}

ir_ref_t build__pure(struct builder *b, struct ir_node n)
{
    return number(b, n, 0);
}

ir_ref_t build__read(struct builder *b, struct ir_node n)
{
    return number(b, n, build__has(b, JIT_NO_GVN_READS) ? b->f->nnodes : b->read_barrier);
}

void build__forget_reads(struct builder *b)
{
    b->read_barrier = b->f->nnodes;
}

void build__gvn_pop(struct builder *b, uint32_t log_len)
{
    while (b->gvn_log_len > log_len) {
        const struct build_gvn_undo *undo = &b->gvn_log[--b->gvn_log_len];
        if (undo->slot == UINT32_MAX || b->gvn_full)
            continue;
        b->gvn_slots[undo->slot].ref = undo->old;
        if (!undo->old)
            b->gvn_used--;
    }
}

ir_ref_t build__const(struct builder *b, enum ir_type type, uint64_t bits)
{
    if (type == IR_V128) {
        static const uint8_t zero[16];
        dassert(bits == 0);
        return build__vector_const(b, zero);
    }
    dassert(type == IR_I64 || type == IR_F64 || bits >> 32 == 0);
    return build__pure(b, (struct ir_node){.op = IR_CONST,
                                           .type = (uint8_t)type,
                                           .a = (uint32_t)bits,
                                           .b = (uint32_t)(bits >> 32)});
}
