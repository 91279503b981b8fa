/* What each instruction does to what is known. */
#include "wasm/verify/state.h"

enum { COND_B = 2, COND_AE, COND_E, COND_NE, COND_BE, COND_A };
enum { ALU_ADD = 0, ALU_OR = 1, ALU_AND = 4, ALU_SUB = 5, ALU_XOR = 6, ALU_CMP = 7 };
enum { SHIFT_LEFT = 4, SHIFT_RIGHT = 5, PAGE = 4096 };

/* Places in the frame that an operand names; NOWHERE for others. */
static int32_t place_of(const struct vstate *s, const struct vinsn *in)
{
    return in->flags & VI_MEM && in->base == V_RSP ? s->sp + in->disp : NOWHERE;
}

/* What the r/m operand holds. */
static struct vval operand(struct verifier *v, const struct vinsn *in)
{
    if (in->flags & VI_MEM)
        return v_read(v, in, in->bytes);
    return v->now.r[in->base];
}

/* Writes a register in `width` bytes: 4 clear the upper half, fewer leave the rest. */
static void put(struct verifier *v, const struct vinsn *in, unsigned reg, unsigned width,
                struct vval value)
{
    struct vstate *s = &v->now;
    if (reg == V_RSP || reg >= V_R14) {
        v_refuse(v, in->at, "a write to rsp, r14 or r15");
        return;
    }
    if (width < 4)
        value = val_is_short(&s->r[reg]) ? VAL_SHORT : VAL_ANY;
    else if (width == 4 && !val_is_short(&value))
        value = VAL_SHORT;
    state_set(s, reg, value);
}

static void put_operand(struct verifier *v, const struct vinsn *in, struct vval value)
{
    if (in->flags & VI_MEM)
        v_write(v, in, in->bytes, NULL);
    else
        put(v, in, in->base, in->width, value);
}

/* ---- arithmetic ---- */

static struct vval add(struct vval a, struct vval b)
{
    bool number = a.kind == VAL_RANGE && a.lo >= 0;
    if (number && b.kind == VAL_ENTRIES && a.shift >= 4 && a.hi <= (int64_t)UINT32_MAX << 4)
        return VAL_OF(VAL_ENTRY, b.n);
    if (number && b.kind == VAL_DESCS && a.shift >= 5 && a.hi <= (int64_t)UINT32_MAX << 5)
        return VAL_OF(VAL_DESC, 0);
    if (a.kind == VAL_DELTA && b.kind == VAL_CODE && a.n == b.n)
        return (struct vval){VAL_TARGET, 0, 0, a.n, a.lo, 0};
    return val_add(a, b);
}

static struct vval combine(unsigned op, struct vval a, struct vval b, unsigned width)
{
    bool both = val_is_short(&a) && val_is_short(&b);
    switch (op) {
    case ALU_ADD:
        return add(a, b);
    case ALU_SUB:
        return val_sub(a, b);
    case ALU_AND:
        if (b.kind == VAL_RANGE && b.lo >= 0)
            return VAL_UP_TO(val_is_short(&a) && a.hi < b.hi ? a.hi : b.hi);
        return val_is_short(&a) ? VAL_UP_TO(a.hi) : VAL_ANY;
    default: /* or, xor */
        return both && width == 8 ? VAL_SHORT : VAL_ANY;
    }
}

/* Wraps around in 32 bits: then nothing is known but that. */
static struct vval combine_in(unsigned op, struct vval a, struct vval b, unsigned width)
{
    if (width == 4 && op != ALU_AND)
        return VAL_SHORT;
    return combine(op, a, b, width);
}

static void compare(struct verifier *v, const struct vinsn *in, unsigned reg, struct vval with)
{
    struct vflags *f = &v->now.flags;
    *f = (struct vflags){.reg = (uint8_t)reg, .width = in->width};
    if (with.kind == VAL_LIMIT && in->width == 8) {
        f->kind = FLAG_LIMIT;
        f->k = with.n;
    } else if (val_is_const(&with) && val_is_short(&with) && in->width >= 4) {
        f->kind = FLAG_CONST;
        f->k = (uint32_t)with.lo;
    }
}

static void alu_to_register(struct verifier *v, const struct vinsn *in)
{
    struct vstate *s = &v->now;
    bool memory = in->flags & VI_MEM;
    if (in->aux == ALU_CMP && memory && in->reg == V_R15 && in->base < V_GPRS &&
        s->r[in->base].kind == VAL_DESC && in->disp == offsetof(struct wasm_funcdesc, ctx) &&
        in->index == V_NO_REG && in->width == 8) {
        s->flags = (struct vflags){FLAG_CTX, in->base, 8, 0};
        return;
    }
    struct vval b = operand(v, in);
    if (in->aux == ALU_CMP && !memory && in->width == 8 && b.kind == VAL_RANGE && b.lo != b.hi)
        s->flags = (struct vflags){FLAG_SAME, in->reg, 8, in->base};
    else if (in->aux == ALU_CMP)
        compare(v, in, in->reg, b);
    else if (in->aux == ALU_XOR && !memory && in->reg == in->base)
        put(v, in, in->reg, in->width, VAL_CONST(0));
    else
        put(v, in, in->reg, in->width, combine_in(in->aux, s->r[in->reg], b, in->width));
}

static void alu_to_operand(struct verifier *v, const struct vinsn *in)
{
    struct vstate *s = &v->now;
    struct vval b = s->r[in->reg];
    if (in->aux == ALU_CMP) {
        (void)operand(v, in);
        if (!(in->flags & VI_MEM))
            compare(v, in, in->base, b);
        else
            s->flags.kind = FLAG_NONE;
    } else if (in->aux == ALU_XOR && !(in->flags & VI_MEM) && in->reg == in->base) {
        put(v, in, in->base, in->width, VAL_CONST(0));
    } else {
        struct vval a = in->flags & VI_MEM ? VAL_ANY : s->r[in->base];
        put_operand(v, in, combine_in(in->aux, a, b, in->width));
    }
}

/* rsp moves by a constant. */
static void move_stack(struct verifier *v, const struct vinsn *in, int64_t by)
{
    struct vstate *s = &v->now;
    int64_t to = s->sp + by;
    if (in->width != 8 || by % 8 || by < INT32_MIN / 2 || by > INT32_MAX / 2 ||
        to < INT32_MIN / 4 || to > (int64_t)v->own->param_bytes) {
        v_refuse(v, in->at, "rsp moves by too much, or above what is the function's");
        return;
    }
    if (to < s->probed - PAGE)
        v_refuse(v, in->at, "a frame of more than a page that was not touched before");
    if (by > 0)
        state_stored(s, s->sp, (int32_t)by, v->v->wide);
    s->sp = (int32_t)to;
}

static void alu_immediate(struct verifier *v, const struct vinsn *in)
{
    struct vstate *s = &v->now;
    struct vval k = VAL_CONST(in->width == 4 && in->aux != ALU_CMP ? (uint32_t)in->imm : in->imm);
    bool memory = in->flags & VI_MEM;
    if (!memory && in->base == V_RSP && (in->aux == ALU_ADD || in->aux == ALU_SUB)) {
        s->flags.kind = FLAG_NONE;
        move_stack(v, in, in->aux == ALU_ADD ? in->imm : -in->imm);
    } else if (in->aux == ALU_CMP && memory && in->base < V_GPRS && in->width == 4 &&
               in->index == V_NO_REG && s->r[in->base].kind == VAL_ENTRY &&
               in->disp == offsetof(struct ctx_table_entry, type_id)) {
        (void)operand(v, in);
        s->flags = (struct vflags){FLAG_TYPE, in->base, 4, (uint32_t)in->imm};
    } else if (in->aux == ALU_CMP) {
        (void)operand(v, in);
        s->flags.kind = FLAG_NONE;
        if (!memory)
            compare(v, in, in->base, k);
    } else if (in->aux == ALU_OR && in->imm == 0 && memory) {
        (void)operand(v, in); /* a fence: changes nothing */
    } else {
        struct vval a = memory ? VAL_ANY : s->r[in->base];
        put_operand(v, in, combine_in(in->aux, a, k, in->width));
    }
}

static void shift(struct verifier *v, const struct vinsn *in)
{
    struct vval a = v->now.r[in->base], to = VAL_ANY;
    unsigned k = (unsigned)in->imm;
    if (in->aux == SHIFT_LEFT && in->width == 8)
        to = val_shl(a, k);
    else if (in->aux == SHIFT_RIGHT && a.kind == VAL_RANGE && a.lo >= 0 &&
             (in->width == 8 || val_is_short(&a)))
        to = VAL_UP_TO(a.hi >> k);
    else if (in->aux == SHIFT_RIGHT && k)
        to = VAL_UP_TO((int64_t)((in->width == 8 ? UINT64_MAX : UINT32_MAX) >> k));
    put(v, in, in->base, in->width, to);
}

/* ---- moves ---- */

/* In a function with 64-bit memories: the register and the place hold the same. */
static void note_copy(struct verifier *v, const struct vinsn *in, unsigned reg)
{
    int32_t at = place_of(&v->now, in);
    if (v->v->wide && in->width == 8 && at != NOWHERE)
        v->now.copy_of[reg] = at;
}

/* Around the call of an import, rsp waits in r14. */
static bool move_pinned(struct verifier *v, const struct vinsn *in)
{
    struct vstate *s = &v->now;
    bool memory = in->flags & VI_MEM;
    if (in->width != 8 || (in->reg != V_R14 && in->reg != V_RSP))
        return false;
    if (in->reg == V_R14 && !memory && in->base == V_RSP) {
        state_set(s, V_R14, (struct vval){.kind = VAL_STACK, .lo = s->sp});
        return true;
    }
    if (in->reg == V_R14 && memory) {
        struct vval value = operand(v, in);
        if (value.kind != VAL_MEMORY || value.n != 0)
            return false;
        state_set(s, V_R14, value);
        return true;
    }
    return in->reg == V_RSP && !memory && s->r[in->base].kind == VAL_STACK &&
           s->r[in->base].lo == s->sp;
}

static void load(struct verifier *v, const struct vinsn *in)
{
    if (UNLIKELY(in->reg == V_R14 || in->reg == V_RSP) && move_pinned(v, in))
        return;
    struct vval value = operand(v, in);
    int32_t copy = v->v->wide && !(in->flags & VI_MEM) ? v->now.copy_of[in->base] : NOWHERE;
    put(v, in, in->reg, in->width, value);
    if (in->flags & VI_MEM)
        note_copy(v, in, in->reg);
    else if (in->width == 8)
        v->now.copy_of[in->reg] = copy;
}

static void store(struct verifier *v, const struct vinsn *in)
{
    struct vval value = v->now.r[in->reg];
    if (!(in->flags & VI_MEM)) {
        put(v, in, in->base, in->width, value);
        return;
    }
    v_write(v, in, in->bytes, in->width == 8 ? &value : NULL);
    note_copy(v, in, in->reg);
}

static void address(struct verifier *v, const struct vinsn *in)
{
    struct vstate *s = &v->now;
    if (in->base == V_RIP) {
        if (in->width != 8 || (uint32_t)in->disp >= v->end)
            v_refuse(v, in->at, "an address outside of the module's code");
        put(v, in, in->reg, 8, VAL_OF(VAL_CODE, (uint32_t)in->disp));
        return;
    }
    if (in->base == V_RSP) {
        v_refuse(v, in->at, "the address of a place on the stack");
        return;
    }
    struct vval sum = in->base == V_NO_REG ? VAL_CONST(0) : s->r[in->base];
    if (in->index != V_NO_REG) {
        struct vval i = s->r[in->index];
        sum = val_add(sum, in->scale ? val_shl(i, in->scale) : i);
    }
    sum = val_add(sum, VAL_CONST(in->disp));
    put(v, in, in->reg, in->width, in->width == 4 ? VAL_SHORT : sum);
}

/* Sign-extended. An entry of a jump table is the one thing that is read from code by an index. */
static void extend_sign(struct verifier *v, const struct vinsn *in)
{
    const struct vstate *s = &v->now;
    int64_t top = in->bytes == 4 ? INT32_MAX : in->bytes == 2 ? INT16_MAX : INT8_MAX;
    struct vval to = {VAL_RANGE, 0, 0, 0, -top - 1, top};
    if (in->flags & VI_MEM && in->base < V_GPRS && s->r[in->base].kind == VAL_CODE) {
        struct vval base = s->r[in->base], i = VAL_CONST(0);
        if (in->index != V_NO_REG)
            i = s->r[in->index];
        if (!val_is_short(&i) || in->scale != 2 || in->disp || in->width != 8 || in->bytes != 4 ||
            base.n < v->start || (uint64_t)base.n + 4 * ((uint64_t)i.hi + 1) > v->end)
            v_refuse(v, in->at, "a jump table that does not lie in the function");
        to = (struct vval){VAL_DELTA, 0, 0, base.n, i.hi + 1, 0};
    } else {
        (void)operand(v, in);
    }
    put(v, in, in->reg, in->width, to);
}

static struct vval either(struct vval a, struct vval b)
{
    if (val_equal(&a, &b))
        return a;
    if (!val_is_short(&a) || !val_is_short(&b))
        return VAL_ANY;
    return (struct vval){VAL_RANGE, 0, 0, 0, a.lo < b.lo ? a.lo : b.lo, a.hi > b.hi ? a.hi : b.hi};
}

/* A number in a register that compares with f->k like this, unsigned. */
static void narrow(const struct vflags *f, struct vval *r, unsigned cond)
{
    int64_t most = cond == COND_B && f->k ? (int64_t)f->k - 1 : f->k;
    bool upper = cond == COND_B || cond == COND_BE || cond == COND_E;
    if (!upper || r->kind != VAL_RANGE || (f->width != 8 && !val_is_short(r)))
        return;
    r->hi = r->lo >= 0 && r->hi < most ? r->hi : most;
    r->lo = r->lo >= 0 && r->lo <= r->hi ? r->lo : 0;
    r->shift = 0;
}

static void move_if(struct verifier *v, const struct vinsn *in)
{
    struct vstate *s = &v->now;
    struct vval from = operand(v, in), to = s->r[in->reg];
    struct vflags flags = s->flags;
    if (in->width == 4 && !val_is_short(&to))
        to = VAL_SHORT;
    if (flags.kind == FLAG_CONST && flags.reg == in->reg && (in->width == 4 || flags.width == 8))
        narrow(&flags, &to, in->aux ^ 1);
    if (flags.kind == FLAG_CONST && flags.reg == in->base && !(in->flags & VI_MEM) &&
        (in->width == 4 || flags.width == 8))
        narrow(&flags, &from, in->aux);
    put(v, in, in->reg, in->width, either(to, from));
    if (flags.reg != in->reg)
        s->flags = flags;
}

static void exchange(struct verifier *v, const struct vinsn *in)
{
    struct vstate *s = &v->now;
    if (in->flags & VI_MEM) {
        v_write(v, in, in->bytes, NULL);
        put(v, in, in->reg, in->width, VAL_ANY);
        return;
    }
    struct vval a = s->r[in->reg], b = s->r[in->base];
    int32_t copy_a = s->copy_of[in->reg], copy_b = s->copy_of[in->base];
    put(v, in, in->reg, in->width, b);
    put(v, in, in->base, in->width, a);
    if (v->v->wide && in->width == 8) {
        s->copy_of[in->reg] = copy_b;
        s->copy_of[in->base] = copy_a;
    }
}

static void push(struct verifier *v, const struct vinsn *in)
{
    struct vstate *s = &v->now;
    struct vval value = operand(v, in);
    struct vinsn top = {.at = in->at, .base = V_RSP, .index = V_NO_REG, .flags = VI_MEM};
    move_stack(v, in, -8);
    v_write(v, &top, 8, &value);
    if (s->sp < s->probed)
        s->probed = s->sp;
}

static void pop(struct verifier *v, const struct vinsn *in)
{
    struct vinsn top = {.at = in->at, .base = V_RSP, .index = V_NO_REG, .flags = VI_MEM};
    struct vval value = v_read(v, &top, 8);
    move_stack(v, in, 8);
    if (in->flags & VI_MEM)
        v_write(v, in, 8, &value);
    else
        put(v, in, in->base, 8, value);
}

/* test esp, [rsp + r]: touches the stack below. The register counts pages from -1 down to a bound
 * that the loop behind compares it with; the pages in between are all touched then. */
bool v_is_probe(const struct verifier *v, const struct vinsn *in)
{
    const struct vinsn *sub = in + 1, *cmp = in + 2, *jump = in + 3;
    unsigned r = in->index;
    return in->op == VOP_TEST && in->flags & VI_MEM && in->base == V_RSP && r < V_GPRS &&
           in->reg == V_RSP && in->scale == 0 && in->disp == 0 &&
           (uint64_t)(in - v->insns) + 3 < v->ninsns && sub->op == VOP_ALU_MI &&
           sub->aux == ALU_SUB && sub->base == r && sub->width == 8 && sub->imm == PAGE &&
           cmp->op == VOP_ALU_MI && cmp->aux == ALU_CMP && cmp->base == r && cmp->width == 8 &&
           cmp->imm < 0 && cmp->imm > INT32_MIN / 4 && jump->op == VOP_JCC && jump->aux == 13 &&
           jump->imm == in->at && !((sub->flags | cmp->flags) & (VI_MEM | VI_LEADER));
}

static bool probe(struct verifier *v, const struct vinsn *in)
{
    struct vstate *s = &v->now;
    unsigned r = in->index;
    if (!(in->flags & VI_MEM) || in->base != V_RSP || r == V_NO_REG)
        return false;
    if (!v_is_probe(v, in) || s->r[r].kind != VAL_RANGE || s->r[r].hi > -1 || s->r[r].lo < -PAGE)
        v_refuse(v, in->at, "an access below the stack that is not its probe");
    else
        s->probed = s->sp + (int32_t)in[2].imm;
    put(v, in, r, 8, VAL_ANY);
    return true;
}

/* ---- vectors ---- */

static struct vval *known_vector(struct vstate *s, unsigned reg)
{
    return reg >= FIRST_KNOWN && reg < FIRST_KNOWN + VECTORS_KNOWN ? &s->x[reg - FIRST_KNOWN]
                                                                   : NULL;
}

static void put_vector(struct vstate *s, unsigned reg, struct vval value)
{
    struct vval *x = known_vector(s, reg);
    if (x)
        *x = value;
}

static void vector(struct verifier *v, const struct vinsn *in)
{
    struct vstate *s = &v->now;
    struct vval value = VAL_ANY, *known = known_vector(s, in->reg);
    bool memory = in->flags & VI_MEM;
    switch (in->op) {
    case VOP_V_STORE:
        if (memory)
            v_write(v, in, in->bytes, in->aux && known ? known : NULL);
        else
            put_vector(s, in->base, VAL_ANY);
        return;
    case VOP_V_TO_M:
        if (memory)
            v_write(v, in, in->bytes, NULL);
        else
            put(v, in, in->base, in->width, in->aux == 1 && known ? *known : VAL_ANY);
        return;
    case VOP_V_TO_R:
        if (memory)
            (void)v_read(v, in, in->bytes);
        put(v, in, in->reg, in->width, VAL_ANY);
        return;
    case VOP_V_FROM:
        if (memory)
            (void)v_read(v, in, in->bytes);
        else if (in->aux == 1 && in->width == 8)
            value = s->r[in->base];
        break;
    default:
        if (memory)
            value = v_read(v, in, in->bytes);
        if (in->op != VOP_V_LOAD8)
            value = VAL_ANY;
        break;
    }
    if (in->op != VOP_V_LOOK)
        put_vector(s, in->reg, value);
}

/* ---- all of them ---- */

/* Those that read their operand and leave something unknown. */
static void other(struct verifier *v, const struct vinsn *in)
{
    struct vstate *s = &v->now;
    switch (in->op) {
    case VOP_TEST:
        if (!probe(v, in))
            (void)operand(v, in);
        return;
    case VOP_RM:
        (void)operand(v, in);
        put(v, in, in->reg, in->width, VAL_ANY);
        return;
    case VOP_M:
    case VOP_SETCC:
        put_operand(v, in, VAL_ANY);
        return;
    case VOP_PAIR:
        (void)operand(v, in);
        put(v, in, V_RAX, in->width, VAL_ANY);
        put(v, in, V_RDX, in->width, VAL_ANY);
        if (in->aux && in->site != (in->width == 8 ? CODE_SITE_DIV64 : CODE_SITE_DIV32) + in->base)
            v_refuse(v, in->at, "a division that is not listed as one that may trap");
        return;
    case VOP_XADD:
        v_write(v, in, in->bytes, NULL);
        put(v, in, in->reg, in->width, VAL_ANY);
        return;
    case VOP_CMPXCHG: /* rax stays if it was equal */
        v_write(v, in, in->bytes, NULL);
        put(v, in, V_RAX, val_is_short(&s->r[V_RAX]) ? in->width : 8, VAL_ANY);
        return;
    default:
        v_refuse(v, in->at, "an instruction that is not on the list");
        return;
    }
}

static void move(struct verifier *v, const struct vinsn *in)
{
    struct vval value;
    switch (in->op) {
    case VOP_MOV_MI:
        put_operand(v, in, VAL_CONST(in->imm));
        return;
    case VOP_MOV_RI: /* the stub that looks for sub types finds its arguments in r14 */
        value = VAL_CONST(in->width == 4 ? (uint32_t)in->imm : in->imm);
        if (in->base == V_R14)
            state_set(&v->now, V_R14, value);
        else
            put(v, in, in->base, in->width, value);
        return;
    case VOP_MOVZX:
        (void)operand(v, in);
        put(v, in, in->reg, in->width < 4 ? 4 : in->width,
            VAL_UP_TO(in->bytes == 1 ? UINT8_MAX : UINT16_MAX));
        return;
    case VOP_CDQ:
        put(v, in, V_RDX, in->width, VAL_ANY);
        return;
    default:
        other(v, in);
        return;
    }
}

void v_step(struct verifier *v, const struct vinsn *in)
{
    switch (in->op) {
    case VOP_NOP:
        return;
    case VOP_MOV_RM:
        load(v, in);
        return;
    case VOP_MOV_MR:
        store(v, in);
        return;
    case VOP_LEA:
        address(v, in);
        return;
    case VOP_MOVSX:
        extend_sign(v, in);
        return;
    case VOP_CMOV:
        move_if(v, in);
        return;
    case VOP_XCHG:
        exchange(v, in);
        return;
    case VOP_PUSH:
        push(v, in);
        return;
    case VOP_POP:
        pop(v, in);
        return;
    case VOP_ALU_RM:
        alu_to_register(v, in);
        break;
    case VOP_ALU_MR:
        alu_to_operand(v, in);
        break;
    case VOP_ALU_MI:
        alu_immediate(v, in);
        break;
    case VOP_SHIFT:
        shift(v, in);
        break;
    case VOP_V:
    case VOP_V_STORE:
    case VOP_V_LOAD8:
    case VOP_V_LOOK:
    case VOP_V_FROM:
    case VOP_V_TO_M:
    case VOP_V_TO_R:
        vector(v, in);
        break;
    default:
        move(v, in);
        break;
    }
    bool compares = (in->op == VOP_ALU_RM || in->op == VOP_ALU_MR || in->op == VOP_ALU_MI) &&
                    in->aux == ALU_CMP;
    if (in->flags & VI_FLAGS && !compares)
        v->now.flags.kind = FLAG_NONE;
}

/* A register, and what holds the same, is below the limit of a memory. */
static void assume_below(struct vstate *s, unsigned reg, uint32_t memory, bool wide)
{
    struct vval below = VAL_OF(VAL_BELOW, memory);
    int32_t at = wide ? s->copy_of[reg] : NOWHERE;
    s->r[reg] = below;
    if (at == NOWHERE)
        return;
    for (unsigned r = 0; r < V_R14; r++)
        if (s->copy_of[r] == at)
            s->r[r] = below;
    uint32_t i = 0;
    while (i < s->nslots && s->slots[i].at != at)
        i++;
    if (i < SLOTS_MAX) {
        s->slots[i] = (struct vslot){at, below};
        s->nslots = i < s->nslots ? s->nslots : i + 1;
    }
}

void v_assume(struct vstate *s, unsigned cond, bool holds, bool wide)
{
    const struct vflags *f = &s->flags;
    struct vval *r = &s->r[f->reg];
    if (!holds)
        cond ^= 1;
    if (f->kind == FLAG_CONST)
        narrow(f, r, cond);
    else if (f->kind == FLAG_SAME && cond == COND_E && val_is_short(&s->r[f->k]))
        *r = s->r[f->k];
    else if (f->kind == FLAG_SAME && cond == COND_E && val_is_short(r))
        s->r[f->k] = *r;
    else if (f->kind == FLAG_LIMIT && cond == COND_B)
        assume_below(s, f->reg, f->k, wide);
    else if (f->kind == FLAG_TYPE && cond == COND_E && r->kind == VAL_ENTRY)
        *r = VAL_OF(VAL_TYPED_ENTRY, f->k);
    else if (f->kind == FLAG_CTX && cond == COND_E && r->kind == VAL_DESC)
        *r = VAL_OF(VAL_OWN_DESC, 0);
}
