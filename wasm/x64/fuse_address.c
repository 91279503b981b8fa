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
 * An x that looks negative (a loop that counts up to zero, or down from little in large steps)
 * would wrap all the time. There the first sum of a block is computed, and the others are folded as
 * distances from it. */
#include "wasm/limits.h"
#include "wasm/x64/fuse.h"
#include "wasm/x64/select.h"

/* The least that a number with all bits set looks like once compilers have dropped those that a
 * multiplication by 8 does. */
#define ALL_BITS_SCALED (1 << 28)

#define FEW_TURNS 8

/* What is known of a sum or a shift as (a part of) an address. */
struct address_book {
    ir_ref_t node;
    uint32_t accesses;   /* that have it as their address and could do without it … */
    uint32_t max_offset; /* … and the largest of their static offsets */
    uint32_t scaled;     /* of a shift: accesses and folded sums that could do without it */
    ir_ref_t base;       /* of an x: the sum that is computed in the current block */
};

/* Uses that a value gains by folding: they count when everything is decided. */
struct gain {
    ir_ref_t value;
    uint32_t uses;
};

struct addresses {
    struct cg *cg;
    uint32_t *number;  /* per node: its book, 0: it has none */
    uint8_t *negative; /* per node: does it look like a negative number? */
    struct address_book *books;
    uint32_t nbooks, cap_books;
    struct gain *gains;
    uint32_t ngains, cap_gains;
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

/* Makes a book for v; NULL: no memory. */
static struct address_book *open_book(struct addresses *a, ir_ref_t v)
{
    if (!cg_grow(a->cg, &a->books, &a->cap_books, a->nbooks + 1, sizeof *a->books))
        return NULL;
    a->number[v] = ++a->nbooks;
    a->books[a->nbooks] = (struct address_book){.node = v};
    return &a->books[a->nbooks];
}

static void gain(struct addresses *a, ir_ref_t value, uint32_t uses)
{
    if (uses && cg_grow(a->cg, &a->gains, &a->cap_gains, a->ngains, sizeof *a->gains))
        a->gains[a->ngains++] = (struct gain){value, uses};
}

static void count_access(struct addresses *a, ir_ref_t n)
{
    const struct ir_node *access = &a->cg->f->nodes[n];
    uint32_t number = a->number[access->a];
    if (!number)
        return;
    struct address_book *b = &a->books[number];
    b->accesses++;
    b->scaled += is_scaled(a->cg, access->a) && access->c > 0 && access->c <= INT32_MAX;
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
    return a->negative[v] || (is_sum(a->cg, v, &c) && c < 0);
}

static bool any_negative(const struct addresses *a, const struct ir_node *phi, ir_ref_t before)
{
    const uint32_t *args = a->cg->f->pool + phi->b;
    for (uint32_t i = 0; i < phi->c; i++)
        if (args[i] < before && starts_negative(a, args[i]))
            return true;
    return false;
}

/* Does the phi begin as a constant and fall, by another constant a turn, below 0 after few turns?
 * So an array is walked downwards whose address is added last. */
static bool falls_below_zero(const struct addresses *a, ir_ref_t phi)
{
    const struct ir_node *n = &a->cg->f->nodes[phi];
    const uint32_t *args = a->cg->f->pool + n->b;
    int64_t start = INT64_MAX, step = 0, c;
    for (uint32_t i = 0; i < n->c; i++) {
        if (is_const32(a->cg, args[i], &c) && c < start)
            start = c;
        else if (is_sum(a->cg, args[i], &c) && a->cg->f->nodes[args[i]].a == phi && c < step)
            step = c;
    }
    return start < -step * FEW_TURNS;
}

/* Is node n a sum, a shift or an access? Does it look negative? That is judged by what the operands
 * look like, loops apart, whose starting values tell. */
static void look_at(struct addresses *a, ir_ref_t n)
{
    const struct ir_node *node = &a->cg->f->nodes[n];
    int64_t c;
    switch (node->op) {
    case IR_CONST:
        a->negative[n] = node->type == IR_I32 && (int32_t)node->a < 0;
        break;
    case WASM_OP_i32_add:
        a->negative[n] = a->negative[node->a];
        if (is_const32(a->cg, node->b, &c))
            (void)open_book(a, n);
        else
            a->negative[n] |= a->negative[node->b];
        break;
    case WASM_OP_i32_sub:
        a->negative[n] = is_const32(a->cg, node->a, &c) && c == 0;
        break;
    case WASM_OP_i32_xor: /* -1 - x, in the bits that a shift or an access of 8 bytes leaves */
        a->negative[n] = is_const32(a->cg, node->b, &c) && (c < 0 || c >= ALL_BITS_SCALED);
        break;
    case WASM_OP_i32_mul:
        a->negative[n] = a->negative[node->a] | a->negative[node->b];
        break;
    case WASM_OP_i32_shl:
        a->negative[n] = a->negative[node->a];
        if (is_scaled(a->cg, n))
            (void)open_book(a, n);
        break;
    case IR_PHI:
        a->negative[n] = any_negative(a, node, n) || falls_below_zero(a, n);
        break;
    default:
        if (is_access(a->cg, n))
            count_access(a, n);
        break;
    }
}

/* Keeps the block's first sum of this x and folds the others as distances from it. */
static void fold_to_base(struct addresses *a, const struct address_book *b, ir_ref_t first,
                         int64_t c)
{
    struct cg *cg = a->cg;
    struct ir_node *sum = &cg->f->nodes[b->node];
    uint32_t number = a->number[sum->a];
    int64_t of_base = 0;
    ir_ref_t base = number ? a->books[number].base : 0;
    if (base < first || !is_sum(cg, base, &of_base) || !distance_fits(b, c - of_base)) {
        ir_ref_t n = b->node;
        struct address_book *x = number ? &a->books[number] : open_book(a, sum->a);
        if (x)
            x->base = n;
        return;
    }
    cg->mark[b->node] |= CG_FUSED | CG_IMM_B;
    sum->a = sum->c = base;
    gain(a, base, b->accesses);
}

static void fold_sum(struct addresses *a, const struct address_book *b, ir_ref_t first)
{
    struct cg *cg = a->cg;
    ir_ref_t x = cg->f->nodes[b->node].a;
    int64_t c;
    if (!b->accesses || b->accesses != cg->f->uses[b->node] || !is_sum(cg, b->node, &c))
        return;
    if (a->negative[x] && !jit_has(&cg->m->jit, JIT_FUSE_ANY_SUM)) {
        fold_to_base(a, b, first, c);
        return;
    }
    if (!distance_fits(b, c))
        return;
    cg->mark[b->node] |= CG_FUSED | CG_IMM_B;
    gain(a, x, b->accesses - 1);
    if (c > 0 && is_scaled(cg, x)) {
        a->books[a->number[x]].scaled++;
        a->books[a->number[x]].accesses += b->accesses;
    }
}

static void fold_scale(struct addresses *a, const struct address_book *b)
{
    struct cg *cg = a->cg;
    if (!b->scaled || b->scaled != cg->f->uses[b->node] || !is_scaled(cg, b->node))
        return;
    cg->mark[b->node] |= CG_FUSED | CG_IMM_B;
    gain(a, cg->f->nodes[b->node].a, b->accesses - 1);
}

void cg_fuse_addresses(struct cg *cg)
{
    const struct ir_func *f = cg->f;
    struct addresses a = {.cg = cg};
    if (!any_sums(cg))
        return;
    a.number = ARENA_ARRAY(cg->arena, uint32_t, f->nnodes);
    a.negative = ARENA_ARRAY(cg->arena, uint8_t, f->nnodes);
    if (!a.number || !a.negative) {
        cg->error = -ENOMEM;
        return;
    }
    for (ir_ref_t n = 1; n < f->nnodes; n++)
        look_at(&a, n);
    uint32_t found = a.nbooks; /* in program order */
    ir_block_t block = 1;
    for (uint32_t i = 1; i <= found && !cg->error; i++) {
        while (a.books[i].node >= f->blocks[block].end)
            block++;
        fold_sum(&a, &a.books[i], f->blocks[block].first);
    }
    for (uint32_t i = 1; i <= found; i++)
        fold_scale(&a, &a.books[i]);
    for (uint32_t i = 0; i < a.ngains; i++)
        f->uses[a.gains[i].value] += a.gains[i].uses;
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
