/* Checks a function's IR against everything that ir.h promises to the back end. For tests, fuzzing
 * and debug builds: it allocates from the function's arena, and shares no code with the builder. */
#include "wasm/jit/ir.h"

#include "base/format.h"
#include "wasm/rt/rt.h"

enum { TEXT_MAX = 200 };

struct verify {
    const struct ir_func *f;
    void (*say)(const char *line);
    bool failed;
    ir_block_t *idom;
    uint32_t *pre, *size,
        *next;            /* dominator tree: preorder number, nodes below, numbers given out */
    ir_block_t *block_of; /* per node */
    uint32_t *uses;
    ir_ref_t *check, *older_check; /* per index: its last MEMORY_CHECK; per check: the one before */
};

static void PRINTF_LIKE(2, 3) fail(struct verify *v, const char *fmt, ...)
{
    char text[TEXT_MAX];
    int n = fmt_snprintf(text, sizeof text, "func %u: ", v->f->func);
    va_list ap;

    if (v->failed)
        return;
    v->failed = true;
    va_start(ap, fmt);
    fmt_vsnprintf(text + n, sizeof text - (size_t)n, fmt, ap);
    va_end(ap);
    v->say(text);
}

/* ---- blocks ---- */

static void check_layout(struct verify *v)
{
    const struct ir_func *f = v->f;
    ir_ref_t at = 1;

    if (f->nblocks < 2 || f->nnodes < 2 || f->nodes[0].op != IR_NOP)
        fail(v, "no entry");
    for (ir_block_t b = 1; b < f->nblocks && !v->failed; b++) {
        const struct ir_block *blk = &f->blocks[b];
        bool phis = true;
        if (blk->first != at || blk->end <= at || blk->end > f->nnodes) {
            fail(v, "b%u: nodes [%u, %u) do not follow %u", b, blk->first, blk->end, at);
            return;
        }
        for (ir_ref_t r = at; r < blk->end; r++) {
            unsigned op = f->nodes[r].op;
            v->block_of[r] = b;
            if (op == WASM_OP_INVALID || op >= IR_OP_COUNT || op == IR_NOP)
                fail(v, "v%u: bad op %u", r, op);
            else if (ir_is_end(op) != (r == blk->end - 1))
                fail(v, "v%u: %s in the wrong place", r, ir_op_name(op));
            else if (op == IR_PHI && !phis)
                fail(v, "v%u: phi behind other nodes", r);
            phis = phis && op == IR_PHI;
        }
        at = blk->end;
    }
    if (at != f->nnodes)
        fail(v, "nodes behind the last block");
}

static uint32_t count_in_preds(const struct ir_func *f, ir_block_t b, ir_block_t pred)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < f->blocks[b].npreds; i++)
        n += f->pool[f->blocks[b].preds + i] == pred;
    return n;
}

/* One edge b -> to; returns 1. */
static uint32_t check_edge(struct verify *v, ir_block_t b, ir_block_t to)
{
    if (to == 0 || to >= v->f->nblocks)
        fail(v, "b%u: successor b%u does not exist", b, to);
    else if (to == 1)
        fail(v, "b%u: leads to the entry", b);
    else if (to <= b && !v->f->blocks[to].loop_end)
        fail(v, "b%u: back edge to b%u, which is no loop header", b, to);
    else
        v->next[to]++;
    return 1;
}

static void check_successors(struct verify *v, ir_block_t b)
{
    const struct ir_func *f = v->f;
    const struct ir_block *blk = &f->blocks[b];
    const struct ir_node *end = &f->nodes[blk->end - 1];
    unsigned want = end->op == IR_BRANCH || end->op == IR_TRY ? 2 : end->op == IR_JUMP;

    if (end->op == IR_SWITCH) {
        if (end->c < 2)
            fail(v, "b%u: switch with one target", b);
        for (uint32_t i = 0; i < end->c; i++) {
            ir_block_t to = f->pool[end->b + i];
            bool seen = false;
            for (uint32_t k = 0; k < i && k < 64 && !seen; k++)
                seen = f->pool[end->b + k] == to;
            if (to == 0 || to >= f->nblocks || count_in_preds(f, to, b) != 1)
                fail(v, "b%u: switch target b%u does not know it", b, to);
        }
        return;
    }
    for (unsigned i = 0; i < 2; i++)
        if ((blk->succ[i] != 0) != (i < want))
            fail(v, "b%u: successors do not fit %s", b, ir_op_name(end->op));
        else if (i < want && (check_edge(v, b, blk->succ[i]), !v->failed) &&
                 count_in_preds(f, blk->succ[i], b) != 1)
            fail(v, "b%u: not once among the predecessors of b%u", b, blk->succ[i]);
    if (want == 2 && blk->succ[0] == blk->succ[1])
        fail(v, "b%u: both sides of the branch are the same", b);
}

static bool leads_to(const struct ir_func *f, ir_block_t from, ir_block_t to)
{
    const struct ir_block *blk = &f->blocks[from];
    const struct ir_node *end = &f->nodes[blk->end - 1];

    if (end->op == IR_SWITCH) {
        for (uint32_t i = 0; i < end->c; i++)
            if (f->pool[end->b + i] == to)
                return true;
        return false;
    }
    return blk->succ[0] == to || blk->succ[1] == to;
}

static void check_preds(struct verify *v, ir_block_t b)
{
    const struct ir_func *f = v->f;
    const struct ir_block *blk = &f->blocks[b];
    ir_block_t last = 0;

    if ((b == 1) != (blk->npreds == 0))
        fail(v, "b%u: %u predecessors", b, blk->npreds);
    for (uint32_t i = 0; i < blk->npreds; i++) {
        ir_block_t p = f->pool[blk->preds + i];
        if (p == 0 || p >= f->nblocks || !leads_to(f, p, b)) {
            fail(v, "b%u: predecessor b%u does not lead there", b, p);
            return;
        }
        if (blk->loop_end && (i == 0) != (p < b))
            fail(v, "b%u: loop header entered from b%u", b, p);
        if (p >= b && p >= last)
            last = p + 1;
    }
    if (last ? blk->loop_end < last : blk->loop_end != 0)
        fail(v, "b%u: loop ends at b%u, not b%u", b, blk->loop_end, last);
}

static void check_loops(struct verify *v)
{
    const struct ir_func *f = v->f;
    ir_block_t *open = v->next;
    uint32_t n = 0;

    for (ir_block_t b = 1; b < f->nblocks; b++) {
        const struct ir_block *blk = &f->blocks[b];
        while (n && f->blocks[open[n - 1]].loop_end <= b)
            n--;
        if (blk->loop_end) {
            if (n && blk->loop_end > f->blocks[open[n - 1]].loop_end)
                fail(v, "b%u: loop reaches out of the loop around it", b);
            open[n++] = b;
        }
        if (blk->loop_depth != n || blk->loop_header != (n ? open[n - 1] : 0))
            fail(v, "b%u: loop depth %u, header b%u", b, blk->loop_depth, blk->loop_header);
    }
}

/* ---- dominators (Cooper, Harvey, Kennedy: "A simple, fast dominance algorithm", 2001) ---- */

static ir_block_t common(const struct verify *v, ir_block_t x, ir_block_t y)
{
    while (x != y) {
        while (x > y)
            x = v->idom[x];
        while (y > x)
            y = v->idom[y];
    }
    return x;
}

static void find_dominators(struct verify *v)
{
    const struct ir_func *f = v->f;
    bool changed = true;

    v->idom[1] = 1;
    while (changed) {
        changed = false;
        for (ir_block_t b = 2; b < f->nblocks; b++) {
            ir_block_t d = 0;
            for (uint32_t i = 0; i < f->blocks[b].npreds; i++) {
                ir_block_t p = f->pool[f->blocks[b].preds + i];
                if (v->idom[p])
                    d = d ? common(v, d, p) : p;
            }
            if (!d)
                fail(v, "b%u: not reachable in order", b);
            changed = changed || d != v->idom[b];
            v->idom[b] = d;
        }
        if (v->failed)
            return;
    }
    for (ir_block_t b = 1; b < f->nblocks; b++)
        v->size[b] = 1;
    for (ir_block_t b = f->nblocks - 1; b > 1; b--)
        v->size[v->idom[b]] += v->size[b];
    v->pre[1] = 1;
    v->next[1] = 2;
    for (ir_block_t b = 2; b < f->nblocks; b++) {
        v->pre[b] = v->next[v->idom[b]];
        v->next[v->idom[b]] += v->size[b];
        v->next[b] = v->pre[b] + 1;
    }
}

static bool dominates(const struct verify *v, ir_block_t x, ir_block_t y)
{
    return v->pre[x] <= v->pre[y] && v->pre[y] < v->pre[x] + v->size[x];
}

/* ---- exceptions ---- */

/* The call that a block's TRY belongs to, or 0. */
static ir_ref_t tried_call(const struct ir_func *f, ir_block_t b)
{
    ir_ref_t r = f->blocks[b].end - 1;

    if (f->nodes[r].op != IR_TRY)
        return 0;
    do
        r--;
    while (r > f->blocks[b].first && f->nodes[r].op == IR_RESULT);
    return r;
}

static void check_try(struct verify *v, ir_block_t b)
{
    const struct ir_func *f = v->f;
    ir_ref_t call = tried_call(f, b);

    if (!call)
        return;
    if (call < f->blocks[b].first || !ir_is_call(f->nodes[call].op))
        fail(v, "b%u: try without a call", b);
    if (f->blocks[f->blocks[b].succ[0]].npreds != 1 || f->blocks[f->blocks[b].succ[1]].loop_end)
        fail(v, "b%u: try leads to the wrong kind of block", b);
}

/* The block at whose beginning a value is there; a call that may throw has its values where it
 * has not. */
static ir_block_t defined_in(const struct verify *v, ir_ref_t r)
{
    ir_block_t b = v->block_of[r];
    ir_ref_t call = tried_call(v->f, b);

    return call && r >= call ? v->f->blocks[b].succ[0] : b;
}

/* ---- nodes ---- */

static void want_type(struct verify *v, ir_ref_t r, ir_ref_t operand, enum ir_type type)
{
    unsigned have = v->f->nodes[operand].type;

    if (have != type)
        fail(v, "v%u: %s: operand v%u has type %u, not %u", r, ir_op_name(v->f->nodes[r].op),
             operand, have, type);
}

static enum ir_type type_of(wasm_valtype_t t)
{
    switch (t & 0xff) {
    case WASM_I32:
        return IR_I32;
    case WASM_I64:
        return IR_I64;
    case WASM_F32:
        return IR_F32;
    case WASM_F64:
        return IR_F64;
    case WASM_V128:
        return IR_V128;
    default:
        return IR_REF;
    }
}

static enum ir_type type_of_letter(char letter)
{
    static const char letters[] = " iIfFvr";

    for (unsigned i = 1; i < sizeof letters - 1; i++)
        if (letters[i] == letter)
            return (enum ir_type)i;
    return IR_VOID;
}

/* Is this index of the memory known to be inside its reservation? */
static bool is_checked(const struct verify *v, ir_ref_t index, uint32_t memory, ir_block_t where)
{
    ir_ref_t c = v->check[index];

    while (c && (v->f->nodes[c].c != memory || !dominates(v, v->block_of[c], where)))
        c = v->older_check[c];
    return c || ir_index_is_short(v->f, index);
}

static void check_address(struct verify *v, ir_ref_t r)
{
    const struct ir_node *n = &v->f->nodes[r];
    bool is64 = v->f->module->memories[n->aux].limits.is64;

    if (is64 || wasm_op_info(n->op)->imm != WASM_IMM_ATOMIC || v->f->nodes[n->a].type != IR_I64)
        want_type(v, r, n->a, is64 ? IR_I64 : IR_I32); /* an atomic's may be a sum */
    if (is64 && !is_checked(v, n->a, n->aux, v->block_of[r]))
        fail(v, "v%u: %s: nobody has checked v%u", r, ir_op_name(n->op), n->a);
}

static void check_memory_check(struct verify *v, ir_ref_t r)
{
    const struct ir_node *n = &v->f->nodes[r];

    want_type(v, r, n->a, IR_I64);
    if (!v->f->module->memories[n->c].limits.is64)
        fail(v, "v%u: check for memory %u, which is 32 bits wide", r, n->c);
    v->older_check[r] = v->check[n->a];
    v->check[n->a] = r;
}

static void want_types(struct verify *v, ir_ref_t r, const ir_ref_t *list, uint32_t n,
                       const wasm_valtype_t *types, uint32_t ntypes)
{
    if (n != ntypes) {
        fail(v, "v%u: %u operands, not %u", r, n, ntypes);
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        want_type(v, r, list[i], type_of(types[i]));
}

static bool built_away(unsigned op)
{
    const struct wasm_op_info *info = wasm_op_info(op);

    return (info->flags & WASM_OPF_CONTROL) || op == WASM_OP_drop || op == WASM_OP_select_t ||
           (info->imm != WASM_IMM_NONE && info->imm != WASM_IMM_MEM &&
            op < WASM_OP_i32_trunc_sat_f32_s) ||
           info->imm == WASM_IMM_V128 || info->imm == WASM_IMM_MEM_LANE ||
           (op >= WASM_OP_i32_const && op <= WASM_OP_f64_const) ||
           (op >= WASM_OP_ref_null && op <= WASM_OP_ref_as_non_null) ||
           (op >= WASM_OP_memory_init && op <= WASM_OP_table_fill) ||
           (op >= WASM_OP_memory_atomic_notify && op <= WASM_OP_memory_atomic_wait64);
}

static void check_wasm_op(struct verify *v, ir_ref_t r)
{
    const struct ir_func *f = v->f;
    const struct ir_node *n = &f->nodes[r];
    const struct wasm_op_info *info = wasm_op_info(n->op);
    ir_ref_t operands[3] = {n->a, n->b, n->c};
    bool any = n->op == WASM_OP_i32_eqz || n->op == WASM_OP_i32_eq || n->op == WASM_OP_i32_ne;

    if (built_away(n->op)) {
        fail(v, "v%u: %s", r, info->name);
        return;
    }
    if (n->op == WASM_OP_select) {
        want_type(v, r, n->a, (enum ir_type)n->type);
        want_type(v, r, n->b, (enum ir_type)n->type);
        if (f->nodes[n->c].type != IR_REF)
            want_type(v, r, n->c, IR_I32);
        return;
    }
    for (unsigned i = 0; i < info->npops; i++) {
        unsigned type = f->nodes[operands[i]].type;
        if (info->pops[i] == 'p')
            check_address(v, r);
        else if (!(any && type == IR_REF))
            want_type(v, r, operands[i], type_of_letter(info->pops[i]));
    }
    if (n->type != (info->pushes ? type_of_letter(info->pushes) : IR_VOID))
        fail(v, "v%u: %s has type %u", r, info->name, n->type);
}

static void check_call(struct verify *v, ir_ref_t r)
{
    const struct ir_func *f = v->f;
    const struct wasm_module *m = f->module;
    const struct ir_node *n = &f->nodes[r];
    uint32_t skip = ir_is_computed_call(n->op);
    const struct wasm_functype *t = &m->types[ir_is_indirect(n->op)   ? f->pool[n->a + 1]
                                              : ir_is_call_ref(n->op) ? n->a
                                                                      : m->funcs[n->a].type];

    if (skip)
        want_type(v, r, f->pool[n->b], ir_is_call_ref(n->op) ? IR_REF : IR_I32);
    want_types(v, r, f->pool + n->b + skip, n->c - skip, t->params, t->nparams);
    if (ir_is_tail_call(n->op)) {
        if (t->nresults != f->type->nresults || n->type != IR_VOID)
            fail(v, "v%u: tail call of another type", r);
        for (uint32_t i = 0; i < t->nresults && !v->failed; i++)
            if (type_of(t->results[i]) != type_of(f->type->results[i]))
                fail(v, "v%u: tail call with another result %u", r, i);
        return;
    }
    if (n->type != (t->nresults ? type_of(t->results[0]) : IR_VOID))
        fail(v, "v%u: call has type %u", r, n->type);
    if (!f->makes_calls)
        fail(v, "v%u: call in a function without calls", r);
}

static void check_rt(struct verify *v, ir_ref_t r)
{
    const struct ir_node *n = &v->f->nodes[r];
    const char *sig;
    uint32_t i = 0;

    if (n->a >= RT_COUNT) {
        fail(v, "v%u: runtime call %u", r, n->a);
        return;
    }
    sig = rt_calls[n->a].sig;
    for (; i < n->c && sig[i] && sig[i] != ':'; i++)
        want_type(v, r, v->f->pool[n->b + i], type_of_letter(sig[i]));
    if (i != n->c || sig[i] != ':' ||
        n->type != (sig[i + 1] ? type_of_letter(sig[i + 1]) : IR_VOID))
        fail(v, "v%u: %s does not fit its signature", r, rt_calls[n->a].name);
}

static void check_result(struct verify *v, ir_ref_t r)
{
    const struct ir_node *n = &v->f->nodes[r], *before = &v->f->nodes[r - 1];

    if (!ir_is_call(v->f->nodes[n->a].op) || n->c < 1 ||
        !(r - 1 == n->a || (before->op == IR_RESULT && before->a == n->a && before->c < n->c)))
        fail(v, "v%u: result is not right behind its call", r);
}

static void check_phi(struct verify *v, ir_ref_t r)
{
    const struct ir_func *f = v->f;
    const struct ir_node *n = &f->nodes[r];
    const struct ir_block *blk = &f->blocks[v->block_of[r]];

    if (n->c != blk->npreds || n->c < 2) {
        fail(v, "v%u: phi of %u arguments, %u predecessors", r, n->c, blk->npreds);
        return;
    }
    for (uint32_t i = 0; i < n->c; i++)
        want_type(v, r, f->pool[n->b + i], (enum ir_type)n->type);
}

static void check_ir_op(struct verify *v, ir_ref_t r)
{
    const struct ir_func *f = v->f;
    const struct wasm_module *m = f->module;
    const struct ir_node *n = &f->nodes[r];

    switch (n->op) {
    case IR_PARAM:
        if (v->block_of[r] != 1 || n->c >= f->type->nparams ||
            (r > 1 && (f->nodes[r - 1].op != IR_PARAM || f->nodes[r - 1].c >= n->c)))
            fail(v, "v%u: parameter out of place", r);
        break;
    case IR_PHI:
        check_phi(v, r);
        break;
    case IR_CALL:
    case IR_CALL_INDIRECT:
    case IR_RETURN_CALL:
    case IR_RETURN_CALL_INDIRECT:
    case IR_CALL_REF:
    case IR_RETURN_CALL_REF:
        check_call(v, r);
        break;
    case IR_CALL_RT:
        check_rt(v, r);
        break;
    case IR_RESULT:
        check_result(v, r);
        break;
    case IR_MEMORY_CHECK:
        check_memory_check(v, r);
        break;
    case IR_GLOBAL_SET:
        want_type(v, r, n->a, type_of(m->globals[n->c].type.type));
        break;
    case IR_GLOBAL_GET:
        if (n->type != type_of(m->globals[n->c].type.type))
            fail(v, "v%u: global of type %u", r, n->type);
        break;
    case IR_LOCAL_GET:
    case IR_LOCAL_SET:
        if (n->c >= f->nslots)
            fail(v, "v%u: slot %u of %u", r, n->c, f->nslots);
        break;
    case IR_TAG:
        if (n->c >= m->ntags)
            fail(v, "v%u: tag %u of %u", r, n->c, m->ntags);
        break;
    case IR_BRANCH:
        if (f->nodes[n->a].type != IR_REF)
            want_type(v, r, n->a, IR_I32);
        break;
    case IR_SWITCH:
        want_type(v, r, n->a, IR_I32);
        break;
    case IR_RETURN:
        want_types(v, r, f->pool + n->b, n->c, f->type->results, f->type->nresults);
        break;
    default:
        break;
    }
}

static void check_operands(struct verify *v, ir_ref_t r)
{
    const struct ir_func *f = v->f;
    ir_ref_t scratch[3];
    const ir_ref_t *list;
    uint32_t n = ir_operands(f, r, &list, scratch);
    ir_block_t b = v->block_of[r];

    for (uint32_t i = 0; i < n; i++) {
        ir_ref_t o = list[i];
        if (o == 0 || o >= f->nnodes || f->nodes[o].type == IR_VOID) {
            fail(v, "v%u: %s: operand %u is no value", r, ir_op_name(f->nodes[r].op), i);
            return;
        }
        v->uses[o]++;
        if (f->nodes[r].op == IR_PHI) {
            if (i < f->blocks[b].npreds &&
                !dominates(v, defined_in(v, o), f->pool[f->blocks[b].preds + i]))
                fail(v, "v%u: argument v%u does not reach the end of its predecessor", r, o);
        } else if (v->block_of[o] == b ? o >= r : !dominates(v, defined_in(v, o), b)) {
            fail(v, "v%u: used by v%u, which it does not dominate", o, r);
        }
    }
}

static void check_nodes(struct verify *v)
{
    const struct ir_func *f = v->f;

    for (ir_ref_t r = 1; r < f->nnodes && !v->failed; r++) {
        check_operands(v, r);
        if (v->failed)
            return;
        if (f->nodes[r].op < WASM_OP_COUNT)
            check_wasm_op(v, r);
        else
            check_ir_op(v, r);
    }
    for (ir_ref_t r = 1; r < f->nnodes && !v->failed; r++) {
        if (f->uses[r] != v->uses[r])
            fail(v, "v%u: %u uses, noted are %u", r, v->uses[r], f->uses[r]);
        else if (!v->uses[r] && !ir_is_pinned(f, r) &&
                 !(f->nodes[r].op < WASM_OP_COUNT &&
                   wasm_ops[f->nodes[r].op].flags & WASM_OPF_TRAP))
            fail(v, "v%u: %s is dead", r, ir_op_name(f->nodes[r].op));
    }
}

static bool allocate(struct verify *v)
{
    const struct ir_func *f = v->f;

    v->idom = ARENA_ARRAY(f->arena, ir_block_t, f->nblocks);
    v->pre = ARENA_ARRAY(f->arena, uint32_t, f->nblocks);
    v->size = ARENA_ARRAY(f->arena, uint32_t, f->nblocks);
    v->next = ARENA_ARRAY(f->arena, uint32_t, f->nblocks);
    v->block_of = ARENA_ARRAY(f->arena, ir_block_t, f->nnodes);
    v->uses = ARENA_ARRAY(f->arena, uint32_t, f->nnodes);
    v->check = ARENA_ARRAY(f->arena, ir_ref_t, f->nnodes);
    v->older_check = ARENA_ARRAY(f->arena, ir_ref_t, f->nnodes);
    return v->idom && v->pre && v->size && v->next && v->block_of && v->uses && v->check &&
           v->older_check;
}

bool ir_verify(const struct ir_func *f, void (*say)(const char *line))
{
    struct verify v = {.f = f, .say = say};

    if (!allocate(&v)) {
        fail(&v, "out of memory");
        return false;
    }
    check_layout(&v);
    for (ir_block_t b = 1; b < f->nblocks && !v.failed; b++)
        check_successors(&v, b);
    for (ir_block_t b = 1; b < f->nblocks && !v.failed; b++)
        check_preds(&v, b);
    for (ir_block_t b = 1; b < f->nblocks && !v.failed; b++)
        check_try(&v, b);
    if (!v.failed)
        check_loops(&v);
    if (!v.failed)
        find_dominators(&v);
    if (!v.failed)
        check_nodes(&v);
    return !v.failed;
}
