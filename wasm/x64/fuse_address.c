/* Sums in addresses. Compilers write `i32.add(x, c)` where they cannot prove that the sum does not
 * wrap, so that c is no static offset. It is folded into the access all the same: the access is at
 * [base + x + c + offset] in 64 bits, and a memory's reservation is such that wherever the sum
 * wraps, this is outside of the memory and faults. There the fault handler goes on at a copy of the
 * access behind the function, which computes the address as WebAssembly does (recovery.c).
 *
 *   c > 0         x + c >= 2^32: above every memory
 *   c < 0         x + c < 0: below, if the static offset is 0
 *   x = y << k    y * 2^k >= 2^32: above, if c >= 0
 *
 * The displacement is never 0, so that the instruction has room for a jump (code_recover). A sum is
 * folded if every use of it is an address that can do so: then it need not be computed.
 *
 * An x that looks negative (a loop that counts up to zero) would wrap all the time. There the first
 * sum of a block is computed, and the others are folded as distances from it. */
#include "wasm/limits.h"
#include "wasm/x64/fuse.h"
#include "wasm/x64/select.h"

/* The least that a number with all bits set looks like once compilers have dropped those that a
 * multiplication by 8 does. */
#define ALL_BITS_SCALED (1 << 28)

/* What is known of a value as (a part of) an address. */
struct address_book {
    uint32_t accesses;   /* that have it as their address and could do without it … */
    uint32_t max_offset; /* … and the largest of their static offsets */
    uint32_t scaled;     /* of a shift: accesses and folded sums that could do without it */
    uint32_t more;       /* uses that it gains by folding */
    ir_ref_t base;       /* of an x: the sum that is computed in the current block */
    bool negative;       /* looks like a negative number */
};

struct addresses {
    struct cg *cg;
    struct address_book *books; /* per node */
};

static bool is_const32(const struct cg *cg, ir_ref_t v, int64_t *out)
{
    const struct ir_node *n = &cg->f->nodes[v];
    if (n->op != IR_CONST || n->type != IR_I32)
        return false;
    *out = (int32_t)ir_const_bits(n);
    return true;
}

static bool is_sum(const struct cg *cg, ir_ref_t v, int64_t *addend)
{
    const struct ir_node *n = &cg->f->nodes[v];
    return n->op == WASM_OP_i32_add && is_const32(cg, n->b, addend);
}

static bool is_scaled(const struct cg *cg, ir_ref_t v)
{
    int64_t k;
    const struct ir_node *n = &cg->f->nodes[v];
    return n->op == WASM_OP_i32_shl && is_const32(cg, n->b, &k) && k >= 1 && k <= 3;
}

static bool is_access(const struct cg *cg, ir_ref_t n)
{
    unsigned form = sel_row(cg, n)->form;
    return (form == SEL_LOAD || form == SEL_STORE) && cg->f->nodes[n].aux == 0;
}

/* May several threads run the module's code? Then none may change it (code_recover). */
static bool has_threads(const struct wasm_module *m)
{
    for (uint32_t i = 0; i < m->nmemories; i++)
        if (m->memories[i].limits.shared)
            return true;
    return false;
}

/* Is there anything to do? */
static bool any_sums(const struct cg *cg)
{
    int64_t c;
    if (jit_has(&cg->m->jit, JIT_NO_FUSE_SUM) || has_threads(cg->m))
        return false;
    for (ir_ref_t n = 1; n < cg->f->nnodes; n++)
        if (is_access(cg, n) &&
            (is_sum(cg, cg->f->nodes[n].a, &c) || is_scaled(cg, cg->f->nodes[n].a)))
            return true;
    return false;
}

static void count_access(struct addresses *a, ir_ref_t n)
{
    const struct ir_node *access = &a->cg->f->nodes[n];
    struct address_book *b = &a->books[access->a];
    bool scaled = is_scaled(a->cg, access->a) && access->c > 0 && access->c <= INT32_MAX;
    b->accesses++;
    b->scaled += scaled;
    if (b->max_offset < access->c)
        b->max_offset = access->c;
}

/* Does an addition of d before each of the accesses show by a fault when it wraps? */
static bool distance_fits(const struct address_book *b, int64_t d)
{
    if (d < 0)
        return b->max_offset == 0 && -d <= (int64_t)WASM_MEMORY_BELOW_BYTES;
    return d > 0 && d + b->max_offset <= INT32_MAX;
}

/* Is it a negative number, or a sum with one: where a loop starts that leaves out what is below 0?
 */
static bool starts_negative(const struct addresses *a, ir_ref_t v)
{
    int64_t c;
    return a->books[v].negative || (is_sum(a->cg, v, &c) && c < 0);
}

/* From what the operands look like, loops apart, whose starting values tell. */
static bool looks_negative(const struct addresses *a, ir_ref_t v)
{
    const struct ir_func *f = a->cg->f;
    const struct ir_node *n = &f->nodes[v];
    int64_t c;
    switch (n->op) {
    case IR_CONST:
        return n->type == IR_I32 && (int32_t)n->a < 0;
    case WASM_OP_i32_add:
        return a->books[n->a].negative || (!is_const32(a->cg, n->b, &c) && a->books[n->b].negative);
    case WASM_OP_i32_sub:
        return is_const32(a->cg, n->a, &c) && c == 0;
    case WASM_OP_i32_xor: /* -1 - x, in the bits that a shift or an access of 8 bytes leaves */
        return is_const32(a->cg, n->b, &c) && (c < 0 || c >= ALL_BITS_SCALED);
    case WASM_OP_i32_mul:
        return a->books[n->a].negative || a->books[n->b].negative;
    case WASM_OP_i32_shl:
        return a->books[n->a].negative;
    case IR_PHI:
        for (uint32_t i = 0; i < n->c; i++)
            if (f->pool[n->b + i] < v && starts_negative(a, f->pool[n->b + i]))
                return true;
        return false;
    default:
        return false;
    }
}

/* Keeps the block's first sum of this x and folds the others as distances from it. */
static void fold_to_base(struct addresses *a, ir_ref_t n, ir_ref_t first, int64_t c)
{
    struct cg *cg = a->cg;
    struct ir_node *sum = &cg->f->nodes[n];
    struct address_book *x = &a->books[sum->a];
    int64_t of_base = 0;
    if (x->base < first || !is_sum(cg, x->base, &of_base) ||
        !distance_fits(&a->books[n], c - of_base)) {
        x->base = n;
        return;
    }
    cg->mark[n] |= CG_FUSED | CG_IMM_B;
    sum->a = sum->c = x->base;
    a->books[sum->a].more += a->books[n].accesses;
}

static void fold_sum(struct addresses *a, ir_ref_t n, ir_ref_t first)
{
    struct cg *cg = a->cg;
    struct address_book *b = &a->books[n];
    ir_ref_t x = cg->f->nodes[n].a;
    int64_t c;
    if (!b->accesses || b->accesses != cg->f->uses[n] || !is_sum(cg, n, &c))
        return;
    if (a->books[x].negative && !jit_has(&cg->m->jit, JIT_FUSE_ANY_SUM)) {
        fold_to_base(a, n, first, c);
        return;
    }
    if (!distance_fits(b, c))
        return;
    cg->mark[n] |= CG_FUSED | CG_IMM_B;
    a->books[x].more += b->accesses - 1;
    if (c > 0 && is_scaled(cg, x)) {
        a->books[x].scaled++;
        a->books[x].accesses += b->accesses;
    }
}

static void fold_scale(struct addresses *a, ir_ref_t n)
{
    struct cg *cg = a->cg;
    const struct address_book *b = &a->books[n];
    if (!b->scaled || b->scaled != cg->f->uses[n] || !is_scaled(cg, n))
        return;
    cg->mark[n] |= CG_FUSED | CG_IMM_B;
    a->books[cg->f->nodes[n].a].more += b->accesses - 1;
}

void cg_fuse_addresses(struct cg *cg)
{
    const struct ir_func *f = cg->f;
    struct addresses a = {.cg = cg};
    ir_ref_t n;
    if (!any_sums(cg))
        return;
    a.books = ARENA_ARRAY(cg->arena, struct address_book, f->nnodes);
    if (!a.books) {
        cg->error = -ENOMEM;
        return;
    }
    for (n = 1; n < f->nnodes; n++) {
        a.books[n].negative = looks_negative(&a, n);
        if (is_access(cg, n))
            count_access(&a, n);
    }
    for (ir_block_t b = 1; b < f->nblocks; b++)
        for (n = f->blocks[b].first; n < f->blocks[b].end; n++)
            fold_sum(&a, n, f->blocks[b].first);
    for (n = 1; n < f->nnodes; n++)
        fold_scale(&a, n);
    for (n = 1; n < f->nnodes; n++)
        f->uses[n] += a.books[n].more;
}

bool cg_address_parts(const struct cg *cg, ir_ref_t access, struct cg_address *out)
{
    const struct ir_node *nodes = cg->f->nodes, *sum = &nodes[nodes[access].a];
    ir_ref_t v = nodes[access].a;
    *out = (struct cg_address){.index = v};
    if (!(cg->mark[v] & CG_FUSED))
        return false;
    if (sum->op == WASM_OP_i32_add) {
        out->addend = (int32_t)ir_const_bits(&nodes[sum->b]);
        if (sum->c) /* from a base */
            out->addend -= (int32_t)ir_const_bits(&nodes[nodes[sum->c].b]);
        out->index = v = sum->a;
    }
    if (cg->mark[v] & CG_FUSED) {
        out->scale = (uint8_t)ir_const_bits(&nodes[nodes[v].b]);
        out->index = nodes[v].a;
    }
    return true;
}
