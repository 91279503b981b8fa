#include "wasm/x64/fuse.h"

#include "wasm/x64/select.h"

struct fuse {
    struct cg *cg;
    ir_ref_t n, first, barrier;
};

/* Pushes the operands of n that are not immediates. */
static unsigned push_operands(const struct cg *cg, ir_ref_t n, ir_ref_t *stack, unsigned top)
{
    const struct ir_node *node = &cg->f->nodes[n];
    unsigned count = cg_operand_counts[node->op], mark = cg->mark[n];
    if (count > 2 && !(mark & CG_IMM_C))
        stack[top++] = node->c;
    if (count > 1 && !(mark & CG_IMM_B))
        stack[top++] = node->b;
    if (count > 0 && !(mark & CG_IMM_A))
        stack[top++] = node->a;
    return top;
}

/* The operands of n, and in place of those that are folded into it, theirs. */
static unsigned expand(const struct cg *cg, ir_ref_t n, ir_ref_t out[CG_OPERANDS_MAX])
{
    ir_ref_t stack[CG_OPERANDS_MAX + 4];
    unsigned top = push_operands(cg, n, stack, 0), count = 0;
    while (top) {
        ir_ref_t v = stack[--top];
        if (cg->mark[v] & CG_FUSED) {
            top = push_operands(cg, v, stack, top);
        } else {
            assert(count < CG_OPERANDS_MAX);
            out[count++] = v;
        }
    }
    return count;
}

/* Registers that an address needs beyond its index. */
static unsigned address_temps(const struct ir_node *node)
{
    return (node->aux != 0) + (node->c > INT32_MAX);
}

static bool is_atomic(const struct sel_row *row)
{
    return row->form >= SEL_ATOMIC_LOAD && row->form <= SEL_ATOMIC_FENCE;
}

static bool is_vector_shift(const struct sel_row *row)
{
    return row->form == SEL_VSHIFT || row->form == SEL_VSHIFT8 || row->form == SEL_VSAR64;
}

void cg_temps(const struct cg *cg, ir_ref_t n, unsigned out[CG_NCLASSES])
{
    const struct sel_row *row = sel_row(cg, n);
    out[CG_GPR] = row->gprs;
    out[CG_XMM] = row->xmms;
    if ((row->form == SEL_ROTATE || is_vector_shift(row)) && cg->mark[n] & CG_IMM_B)
        out[CG_GPR] = 0;
    if (row->form == SEL_ATOMIC_COMPARE) /* c is no offset */
        out[CG_GPR] += cg->f->nodes[n].aux != 0;
    else if (row->form == SEL_LOAD || row->form == SEL_STORE || is_atomic(row))
        out[CG_GPR] += address_temps(&cg->f->nodes[n]);
    ir_ref_t stack[CG_OPERANDS_MAX + 4];
    unsigned top = push_operands(cg, n, stack, 0);
    while (top) {
        ir_ref_t v = stack[--top];
        if (!(cg->mark[v] & CG_FUSED))
            continue;
        /* the result may not take the registers of a folded address: one more is needed; in a
         * store it is the store's address */
        if (sel_row(cg, v)->form == SEL_LOAD && row->form != SEL_STORE)
            out[CG_GPR] += 1 + address_temps(&cg->f->nodes[v]);
        top = push_operands(cg, v, stack, top);
    }
}

/* Is v used by n only, computed in the same block, and not part of something else? */
static bool is_mine(const struct fuse *f, ir_ref_t v)
{
    return f->cg->f->uses[v] == 1 && v >= f->first && !(f->cg->mark[v] & CG_FUSED);
}

/* May the loads folded into v (or v itself) be made at n? */
static bool loads_may_wait(const struct fuse *f, ir_ref_t v)
{
    ir_ref_t stack[CG_OPERANDS_MAX + 4];
    unsigned top = 0;
    stack[top++] = v;
    while (top) {
        v = stack[--top];
        if (sel_row(f->cg, v)->form == SEL_LOAD && v < f->barrier)
            return false;
        ir_ref_t ops[CG_OPERANDS_MAX];
        unsigned count = push_operands(f->cg, v, ops, 0);
        for (unsigned i = 0; i < count; i++)
            if (f->cg->mark[ops[i]] & CG_FUSED)
                stack[top++] = ops[i];
    }
    return true;
}

static bool fuse_load(const struct fuse *f, ir_ref_t v, unsigned op)
{
    if (f->cg->f->nodes[v].op != op || !is_mine(f, v) || !loads_may_wait(f, v) ||
        jit_has(&f->cg->m->jit, JIT_NO_FUSE_LOAD))
        return false;
    f->cg->mark[v] |= CG_FUSED;
    return true;
}

/* A condition whose flags the user consumes directly. */
static bool fuse_condition(const struct fuse *f, ir_ref_t v, bool eqz_too)
{
    const struct sel_row *row = sel_row(f->cg, v);
    bool fits = row->form == SEL_COMPARE || row->form == SEL_FCOMPARE || row->form == SEL_VTEST ||
                (row->form == SEL_ALU && row->op == X64_AND) || (row->form == SEL_EQZ && eqz_too);
    if (!fits || !is_mine(f, v) || !loads_may_wait(f, v) ||
        jit_has(&f->cg->m->jit, JIT_NO_FUSE_CONDITION))
        return false;
    f->cg->mark[v] |= CG_FUSED;
    return true;
}

/* A constant that may stand inside an instruction, or behind the function. */
static bool is_const(const struct cg *cg, ir_ref_t v)
{
    return cg->f->nodes[v].op == IR_CONST && !jit_has(&cg->m->jit, JIT_NO_FUSE_IMM);
}

static bool is_int_const(const struct cg *cg, ir_ref_t v)
{
    return is_const(cg, v) && cg_class_of(cg->f->nodes[v].type) == CG_GPR;
}

static bool fits_s32(uint64_t bits)
{
    return (uint64_t)(int64_t)(int32_t)bits == bits;
}

/* An integer constant that an instruction can hold. */
static bool is_imm(const struct cg *cg, ir_ref_t v, bool wide)
{
    return is_int_const(cg, v) && (!wide || fits_s32(ir_const_bits(&cg->f->nodes[v])));
}

static void swap_operands(struct ir_node *n)
{
    uint32_t a = n->a;
    n->a = n->b;
    n->b = a;
}

/* A shift left by 1 to 3 that lea can do. */
static bool fuse_scale(const struct fuse *f, ir_ref_t v, bool wide)
{
    const struct ir_node *n = &f->cg->f->nodes[v];
    if (n->op != (wide ? WASM_OP_i64_shl : WASM_OP_i32_shl) || !is_mine(f, v) ||
        !(f->cg->mark[v] & CG_IMM_B) || jit_has(&f->cg->m->jit, JIT_NO_FUSE_SCALE))
        return false;
    uint64_t count = ir_const_bits(&f->cg->f->nodes[n->b]);
    if (count < 1 || count > 3)
        return false;
    f->cg->mark[v] |= CG_FUSED;
    return true;
}

static void fuse_int(const struct fuse *f, struct ir_node *node, const struct sel_row *row)
{
    struct cg *cg = f->cg;
    unsigned load = row->wide ? WASM_OP_i64_load : WASM_OP_i32_load;
    bool commutes = wasm_op_info(node->op)->flags & WASM_OPF_COMMUTATIVE;
    if (is_imm(cg, node->b, row->wide)) {
        cg->mark[f->n] |= CG_IMM_B;
        return;
    }
    if (row->form == SEL_ALU && row->op == X64_SUB && is_imm(cg, node->a, row->wide))
        cg->mark[f->n] |= CG_IMM_A;
    if (row->form == SEL_ALU && row->op == X64_ADD) {
        if (fuse_scale(f, node->b, row->wide))
            return;
        if (fuse_scale(f, node->a, row->wide)) {
            swap_operands(node);
            return;
        }
    }
    if (fuse_load(f, node->b, load))
        return;
    if (commutes && node->a != node->b && fuse_load(f, node->a, load))
        swap_operands(node);
}

/* The lowest byte of a register, compared with a constant. */
static void fuse_byte(const struct fuse *f, ir_ref_t v, int32_t imm)
{
    const struct ir_node *n = &f->cg->f->nodes[v];
    bool is_unsigned = n->op == WASM_OP_i32_and && f->cg->mark[v] & CG_IMM_B &&
                       ir_const_bits(&f->cg->f->nodes[n->b]) == UINT8_MAX && imm >= 0 &&
                       imm <= (int32_t)UINT8_MAX;
    bool is_signed = n->op == WASM_OP_i32_extend8_s && imm >= INT8_MIN && imm <= INT8_MAX;
    if ((is_unsigned || is_signed) && is_mine(f, v) && !jit_has(&f->cg->m->jit, JIT_NO_FUSE_BYTE))
        f->cg->mark[v] |= CG_FUSED;
}

static void fuse_compare(const struct fuse *f, struct ir_node *node, const struct sel_row *row)
{
    unsigned load = row->wide ? WASM_OP_i64_load : WASM_OP_i32_load;
    bool to_byte = row->form == SEL_EQZ && !row->wide;
    if (row->form == SEL_COMPARE && is_imm(f->cg, node->b, row->wide)) {
        f->cg->mark[f->n] |= CG_IMM_B;
        to_byte = !row->wide && ir_const_bits(&f->cg->f->nodes[node->b]) <= UINT8_MAX;
    } else if (row->form == SEL_COMPARE && fuse_load(f, node->b, load)) {
        return;
    }
    if (fuse_load(f, node->a, load) || (to_byte && fuse_load(f, node->a, WASM_OP_i32_load8_u)))
        return;
    if (row->form == SEL_COMPARE && f->cg->mark[f->n] & CG_IMM_B)
        fuse_byte(f, node->a, (int32_t)ir_const_bits(&f->cg->f->nodes[node->b]));
}

static void fuse_float(const struct fuse *f, struct ir_node *node, const struct sel_row *row)
{
    struct cg *cg = f->cg;
    unsigned load = row->wide ? WASM_OP_f64_load : WASM_OP_f32_load;
    bool commutes = wasm_op_info(node->op)->flags & WASM_OPF_COMMUTATIVE;
    if (is_const(cg, node->b))
        cg->mark[f->n] |= CG_IMM_B;
    else if (row->form == SEL_FARITH && !fuse_load(f, node->b, load) && commutes &&
             node->a != node->b && fuse_load(f, node->a, load))
        swap_operands(node);
}

/* The operand that an instruction of three can have in memory: a constant or a load of 16 bytes. */
static void fuse_vector(const struct fuse *f, struct ir_node *node, const struct sel_row *row)
{
    struct cg *cg = f->cg;
    bool swapped = row->cc & SEL_SWAPPED;
    bool commutes = wasm_op_info(node->op)->flags & WASM_OPF_COMMUTATIVE;
    ir_ref_t y = swapped ? node->a : node->b;
    if (is_const(cg, y))
        cg->mark[f->n] |= swapped ? CG_IMM_A : CG_IMM_B;
    else if (!fuse_load(f, y, WASM_OP_v128_load) && commutes && node->a != node->b &&
             fuse_load(f, node->a, WASM_OP_v128_load))
        swap_operands(node);
}

/* a * b + c: the sum or a factor from memory. */
static void fuse_vfma(const struct fuse *f, struct ir_node *node)
{
    struct cg *cg = f->cg;
    if (cg->f->nodes[node->c].op == IR_CONST)
        cg->mark[f->n] |= CG_IMM_C;
    else if (cg->f->nodes[node->b].op == IR_CONST)
        cg->mark[f->n] |= CG_IMM_B;
    else if (!fuse_load(f, node->c, WASM_OP_v128_load) &&
             !fuse_load(f, node->b, WASM_OP_v128_load) && node->a != node->b &&
             fuse_load(f, node->a, WASM_OP_v128_load))
        swap_operands(node);
}

/* A lane from memory. */
static void fuse_lane(const struct fuse *f, const struct ir_node *node)
{
    switch (node->op) {
    case WASM_OP_i8x16_replace_lane:
        (void)fuse_load(f, node->b, WASM_OP_i32_load8_u);
        break;
    case WASM_OP_i16x8_replace_lane:
        (void)fuse_load(f, node->b, WASM_OP_i32_load16_u);
        break;
    case WASM_OP_i32x4_replace_lane:
        (void)fuse_load(f, node->b, WASM_OP_i32_load);
        break;
    case WASM_OP_i64x2_replace_lane:
        (void)fuse_load(f, node->b, WASM_OP_i64_load);
        break;
    default:
        break;
    }
}

static void fuse_splat(const struct fuse *f, const struct ir_node *node)
{
    switch (node->op) {
    case WASM_OP_i8x16_splat:
        (void)fuse_load(f, node->a, WASM_OP_i32_load8_u);
        break;
    case WASM_OP_i16x8_splat:
        (void)fuse_load(f, node->a, WASM_OP_i32_load16_u);
        break;
    case WASM_OP_i32x4_splat:
        (void)fuse_load(f, node->a, WASM_OP_i32_load);
        break;
    case WASM_OP_i64x2_splat:
        (void)fuse_load(f, node->a, WASM_OP_i64_load);
        break;
    case WASM_OP_f32x4_splat:
        (void)fuse_load(f, node->a, WASM_OP_f32_load);
        break;
    default:
        (void)fuse_load(f, node->a, WASM_OP_f64_load);
        break;
    }
}

static void fuse_address(const struct fuse *f, const struct ir_node *node)
{
    if (!is_int_const(f->cg, node->a))
        return;
    uint64_t at = ir_const_bits(&f->cg->f->nodes[node->a]);
    if (at <= INT32_MAX && at + node->c <= INT32_MAX)
        f->cg->mark[f->n] |= CG_IMM_A;
}

/* A load from where `store` writes to, as wide. */
static bool loads_same(const struct cg *cg, ir_ref_t v, const struct ir_node *store)
{
    const struct ir_node *n = &cg->f->nodes[v];
    unsigned load = store->op == WASM_OP_i64_store ? WASM_OP_i64_load : WASM_OP_i32_load;
    return n->op == load && n->a == store->a && n->c == store->c && n->aux == store->aux;
}

/* Arithmetic with what is in memory, whose result goes back there: one instruction, which is the
 * load's access, too. */
static bool fuse_update(const struct fuse *f, const struct ir_node *store)
{
    struct cg *cg = f->cg;
    ir_ref_t v = store->b;
    const struct ir_node *n = &cg->f->nodes[v];
    bool is_int = store->op == WASM_OP_i32_store || store->op == WASM_OP_i64_store;
    if (!is_int || sel_row(cg, v)->form != SEL_ALU || !is_mine(f, v) || cg->mark[v] & CG_IMM_A ||
        jit_has(&cg->m->jit, JIT_NO_FUSE_UPDATE))
        return false;
    bool commutes = wasm_op_info(n->op)->flags & WASM_OPF_COMMUTATIVE;
    if (commutes && cg->mark[n->b] & CG_FUSED && loads_same(cg, n->b, store)) {
        if (n->b < f->barrier)
            return false;
    } else if (cg->mark[n->b] & CG_FUSED || !loads_same(cg, n->a, store) ||
               !fuse_load(f, n->a, cg->f->nodes[n->a].op)) {
        return false;
    }
    cg->mark[v] |= CG_FUSED;
    return true;
}

static void fuse_store(const struct fuse *f, const struct ir_node *node)
{
    fuse_address(f, node);
    if (fuse_update(f, node))
        return;
    const struct ir_node *value = &f->cg->f->nodes[node->b];
    bool wide = node->op == WASM_OP_i64_store || node->op == WASM_OP_f64_store;
    if (is_const(f->cg, node->b) && value->type != IR_V128 &&
        (!wide || fits_s32(ir_const_bits(value))))
        f->cg->mark[f->n] |= CG_IMM_B;
}

/* Constants for global.set and local.set: written as 4 or 8 bytes of immediate. */
static void fuse_set(const struct fuse *f, const struct ir_node *node)
{
    const struct ir_node *value = &f->cg->f->nodes[node->a];
    bool wide = value->type == IR_I64 || value->type == IR_F64;
    if (is_const(f->cg, node->a) && value->type != IR_V128 &&
        (!wide || fits_s32(ir_const_bits(value))))
        f->cg->mark[f->n] |= CG_IMM_A;
}

static void fuse_operands(const struct fuse *f, struct ir_node *node, const struct sel_row *row)
{
    switch (row->form) {
    case SEL_ALU:
    case SEL_MUL:
        fuse_int(f, node, row);
        break;
    case SEL_SHIFT:
    case SEL_ROTATE:
    case SEL_VSHIFT:
    case SEL_VSHIFT8:
    case SEL_VSAR64:
        if (is_int_const(f->cg, node->b))
            f->cg->mark[f->n] |= CG_IMM_B;
        break;
    case SEL_COMPARE:
        fuse_compare(f, node, row);
        break;
    case SEL_EQZ:
        if (!fuse_condition(f, node->a, false))
            fuse_compare(f, node, row);
        break;
    case SEL_FCOMPARE:
    case SEL_FARITH:
        fuse_float(f, node, row);
        break;
    case SEL_LOAD:
    case SEL_ATOMIC_LOAD:
    case SEL_ATOMIC_STORE:
    case SEL_ATOMIC_ADD:
    case SEL_ATOMIC_LOOP:
    case SEL_ATOMIC_EXCHANGE:
        fuse_address(f, node);
        break;
    case SEL_STORE:
        fuse_store(f, node);
        break;
    case SEL_VBIN:
        fuse_vector(f, node, row);
        break;
    case SEL_VFMA:
        fuse_vfma(f, node);
        break;
    case SEL_VUN:
        if (row->wide)
            (void)fuse_load(f, node->a, WASM_OP_v128_load);
        break;
    case SEL_VREPLACE:
        fuse_lane(f, node);
        break;
    case SEL_VSPLAT:
        fuse_splat(f, node);
        break;
    case SEL_GLOBAL_SET:
    case SEL_LOCAL_SET:
    case SEL_PAYLOAD_SET:
        fuse_set(f, node);
        break;
    case SEL_SELECT:
        (void)fuse_condition(f, node->c, true);
        break;
    case SEL_BRANCH:
        (void)fuse_condition(f, node->a, true);
        break;
    default:
        break;
    }
}

/* May no load be moved across it? Calls, which are lists, are not asked about. */
static bool is_barrier(const struct sel_row *row)
{
    static const bool barriers[SEL_NFORMS] = {
        [SEL_STORE] = true,           [SEL_DIVIDE] = true,         [SEL_TO_INT] = true,
        [SEL_GLOBAL_SET] = true,      [SEL_TRAP] = true,           [SEL_ATOMIC_LOAD] = true,
        [SEL_ATOMIC_STORE] = true,    [SEL_ATOMIC_ADD] = true,     [SEL_ATOMIC_LOOP] = true,
        [SEL_ATOMIC_EXCHANGE] = true, [SEL_ATOMIC_COMPARE] = true, [SEL_ATOMIC_FENCE] = true,
    };
    return barriers[row->form];
}

/* What n reads, when it is known what is folded. Nodes that have neither temporaries nor folded
 * operands are the rule, and passes treat them faster. */
static unsigned list_operands(struct cg *cg, ir_ref_t n, const struct ir_node *node,
                              const struct sel_row *row, ir_ref_t *out)
{
    unsigned operands = cg_operand_counts[node->op], mark = cg->mark[n], fused = 0, count = 0;
    if (operands > 0 && !(mark & CG_IMM_A)) {
        fused = cg->mark[node->a];
        out[count++] = node->a;
    }
    if (operands > 1 && !(mark & CG_IMM_B)) {
        fused |= cg->mark[node->b];
        out[count++] = node->b;
    }
    if (operands > 2 && !(mark & CG_IMM_C)) {
        fused |= cg->mark[node->c];
        out[count++] = node->c;
    }
    bool special = row->gprs | row->xmms;
    if (row->form == SEL_LOAD || row->form == SEL_STORE)
        special = special || address_temps(node);
    if (fused & CG_FUSED) {
        count = expand(cg, n, out);
        special = true;
    }
    if (special)
        cg->mark[n] |= CG_SPECIAL;
    return count;
}

unsigned cg_fuse(struct cg *cg, ir_ref_t n, ir_ref_t first, ir_ref_t *barrier,
                 ir_ref_t out[CG_OPERANDS_MAX])
{
    struct fuse f = {cg, n, first, *barrier};
    struct ir_node *node = &cg->f->nodes[n];
    const struct sel_row *row = sel_row(cg, n);
    if (!jit_has(&cg->m->jit, JIT_NO_FUSE))
        fuse_operands(&f, node, row);
    if (row->form == SEL_MULH_U)
        cg->hint[node->b] = X64_RDX;
    if (is_barrier(row))
        *barrier = n;
    return list_operands(cg, n, node, row, out);
}

ir_ref_t cg_slot_operand(const struct cg *cg, ir_ref_t n)
{
    const struct ir_node *node = &cg->f->nodes[n];
    unsigned form = sel_row(cg, n)->form;
    if (jit_has(&cg->m->jit, JIT_NO_SLOT_OPERANDS))
        return 0;
    if (form == SEL_BRANCH || form == SEL_SELECT) { /* of the comparison in it */
        n = form == SEL_BRANCH ? node->a : node->c;
        node = &cg->f->nodes[n];
        form = cg->mark[n] & CG_FUSED ? sel_row(cg, n)->form : SEL_NONE;
        if (form != SEL_COMPARE)
            return 0;
    }
    bool has_form = form == SEL_ALU || form == SEL_MUL || form == SEL_COMPARE || form == SEL_FARITH;
    if (!has_form || cg->mark[n] & (CG_IMM_A | CG_IMM_B) || node->a == node->b ||
        (cg->mark[node->a] | cg->mark[node->b]) & CG_FUSED)
        return 0;
    return node->b;
}
