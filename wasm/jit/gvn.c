/* Nodes at birth: appended, or found again. A hash table of the nodes that dominate the current
 * place; a log undoes insertions when a scope of the dominator tree is left. */
#include "wasm/jit/build.h"

enum { GVN_HEADS_MIN = 64, GVN_HEADS_MAX = 1 << 16 };

ir_ref_t build__append(struct builder *b, struct ir_node n)
{
    struct ir_func *f = b->f;

    dassert(f->nnodes < f->cap_nodes);
    f->nodes[f->nnodes] = n;
    f->offsets[f->nnodes] = b->offset;
    return f->nnodes++;
}

bool build__gvn_init(struct builder *b)
{
    uint32_t heads = GVN_HEADS_MIN;

    while (heads < GVN_HEADS_MAX && heads < b->func->body.len / 4)
        heads *= 2;
    b->gvn_heads = ARENA_ARRAY(b->arena, uint32_t, heads);
    b->gvn_mask = heads - 1;
    return b->gvn_heads != NULL;
}

static uint32_t hash(const struct builder *b, const struct ir_node *n)
{
    uint64_t h = (n->op | (uint64_t)n->type << 16 | (uint64_t)n->aux << 24 | (uint64_t)n->c << 32) *
                 0x9e3779b97f4a7c15ull;

    h ^= h >> 29;
    h = (h ^ (n->a | (uint64_t)n->b << 32)) * 0xbf58476d1ce4e5b9ull;
    return (uint32_t)(h >> 32) & b->gvn_mask;
}

static bool same(const struct ir_node *x, const struct ir_node *y)
{
    return x->op == y->op && x->type == y->type && x->aux == y->aux && x->a == y->a &&
           x->b == y->b && x->c == y->c;
}

/* A node equal to n and not older than `since`, or a new one. */
static ir_ref_t number(struct builder *b, struct ir_node n, ir_ref_t since)
{
    uint32_t h = hash(b, &n), probes = BUILD_GVN_PROBES;
    ir_ref_t r;

    for (r = b->gvn_heads[h]; r && probes--; r = b->gvn_next[r])
        if (same(&b->f->nodes[r], &n)) {
            if (r >= since)
                return r;
            break;
        }
    r = build__append(b, n);
    b->gvn_next[r] = b->gvn_heads[h];
    b->gvn_heads[h] = r;
    b->gvn_log[b->gvn_log_len++] = r;
    return r;
}

ir_ref_t build__pure(struct builder *b, struct ir_node n)
{
    return number(b, n, 0);
}

ir_ref_t build__read(struct builder *b, struct ir_node n)
{
    return number(b, n, b->read_barrier);
}

void build__forget_reads(struct builder *b)
{
    b->read_barrier = b->f->nnodes;
}

void build__gvn_pop(struct builder *b, uint32_t log_len)
{
    while (b->gvn_log_len > log_len) {
        ir_ref_t r = b->gvn_log[--b->gvn_log_len];
        uint32_t h = hash(b, &b->f->nodes[r]);
        dassert(b->gvn_heads[h] == r);
        b->gvn_heads[h] = b->gvn_next[r];
    }
}

ir_ref_t build__const(struct builder *b, enum ir_type type, uint64_t bits)
{
    dassert(type == IR_I64 || type == IR_F64 || bits >> 32 == 0);
    return build__pure(b, (struct ir_node){.op = IR_CONST,
                                           .type = (uint8_t)type,
                                           .a = (uint32_t)bits,
                                           .b = (uint32_t)(bits >> 32)});
}
