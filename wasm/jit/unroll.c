/* A small loop that is known to be run through a multiple of some number of times is built as that
 * many bodies, with one test at the end: the builder reads the body again. Nothing is copied or
 * renumbered; what a body knows of the one before it (counters, addresses) folds.
 *
 * The loop is one block, entered at its header and left where its last instruction, `br_if 0`, is
 * not taken. It counts: a local starts at a constant, one constant is added to it in each turn, and
 * the loop goes on while the sum is not a third one. */
#include "wasm/jit/build.h"

enum {
    NODES_MAX = 96, /* of all bodies together */
    TIMES_MAX = 4,
    BYTES_FREE = 256, /* bodies read again: as many bytes as the function has, and these */
};

/* The loop goes on while `counter` is not `bound`; false: it has another condition. */
static bool condition(struct builder *b, ir_ref_t cond, ir_ref_t *counter, uint32_t *bound)
{
    bool invert = false;
    uint64_t k;

    cond = fold__condition(b, cond, &invert);
    const struct ir_node *n = fold__at(b, cond);
    *counter = cond;
    *bound = 0;
    if (n->op != WASM_OP_i32_eq && n->op != WASM_OP_i32_ne)
        return !invert;
    *counter = n->a;
    if (!fold__const(b, n->b, &k))
        return false;
    *bound = (uint32_t)k;
    return (n->op == WASM_OP_i32_eq) == invert;
}

/* How often the loop is run through; 0: who knows. */
static uint32_t turns(struct builder *b, const struct build_label *l, ir_ref_t cond)
{
    const struct build_loop *loop = &b->loops[l->loop];
    uint32_t bound, distance;
    ir_ref_t counter;
    uint64_t step, start;

    if (!condition(b, cond, &counter, &bound))
        return 0;
    const struct ir_node *sum = fold__at(b, counter);
    ir_ref_t phi = sum->a;
    if (sum->op != WASM_OP_i32_add || !fold__const(b, sum->b, &step) || phi < l->first_phi ||
        phi - l->first_phi >= l->nphis || !fold__const(b, fold__at(b, phi)->a, &start) ||
        build__local_get(b, b->loop_locals[loop->first + phi - l->first_phi]) != counter)
        return 0;
    distance = bound - (uint32_t)start;
    if (step >> 31) { /* downwards */
        distance = -distance;
        step = -(uint32_t)step;
    }
    return step && distance % step == 0 ? distance / (uint32_t)step : 0;
}

static uint32_t bodies(struct builder *b, const struct build_label *l, ir_ref_t cond)
{
    uint32_t n = turns(b, l, cond), nodes = b->f->nnodes - l->first_phi, times = TIMES_MAX;

    while (times > 1 && (n % times || n <= times || nodes * times > NODES_MAX))
        times--;
    return n ? times : 1;
}

bool build__unroll(struct builder *b, struct build_label *l, ir_ref_t cond)
{
    enum { END = 0x0b };

    if (l->kind != BUILD_LOOP || l->nparams || b->height != l->height || b->cur != l->header ||
        l->nedges || b->in_slots || *b->reader.p != END || b->next_loop != l->loop + 1 ||
        b->next_try != l->next_try || build__has(b, JIT_NO_UNROLL))
        return false;
    if (!l->bodies) {
        uint32_t bytes = (uint32_t)(b->reader.p - l->body);
        l->bodies = bodies(b, l, cond);
        if (b->unrolled_bytes + (uint64_t)bytes * (l->bodies - 1) >
            (uint64_t)b->func->body.len + BYTES_FREE)
            l->bodies = 1;
        b->unrolled_bytes += bytes * (l->bodies - 1);
    }
    if (l->bodies == 1)
        return false;
    l->bodies--;
    b->reader.p = l->body;
    return true;
}
