#include "wasm/x64/enc.h"

#include "base/string.h"

/* Freestanding, a plain memcpy is a call, whatever its size. */

void x64_byte(struct x64_enc *e, unsigned byte)
{
    dassert(e->pos < e->limit);
    e->base[e->pos++] = (uint8_t)byte;
}

void x64_u32(struct x64_enc *e, uint32_t v)
{
    dassert(e->limit - e->pos >= 4);
    __builtin_memcpy(e->base + e->pos, &v, 4);
    e->pos += 4;
}

void x64_u64(struct x64_enc *e, uint64_t v)
{
    dassert(e->limit - e->pos >= 8);
    __builtin_memcpy(e->base + e->pos, &v, 8);
    e->pos += 8;
}

void x64_nops(struct x64_enc *e, unsigned n)
{
    static const uint8_t nops[9][9] = {
        {0x90},
        {0x66, 0x90},
        {0x0f, 0x1f, 0x00},
        {0x0f, 0x1f, 0x40, 0x00},
        {0x0f, 0x1f, 0x44, 0x00, 0x00},
        {0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00},
        {0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00},
        {0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00},
        {0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00},
    };
    while (n) {
        unsigned last = n > ARRAY_LEN(nops) ? ARRAY_LEN(nops) - 1 : n - 1;
        dassert(e->limit - e->pos > last);
        memcpy(e->base + e->pos, nops[last], last + 1);
        e->pos += last + 1;
        n -= last + 1;
    }
}

static inline void put(struct x64_enc *e, unsigned byte)
{
    e->base[e->pos++] = (uint8_t)byte;
}

/* Low four bits of a register number of either class. */
static inline unsigned code_of(unsigned reg)
{
    return reg & 15;
}

/* Instructions are written through a pointer of their own, in pieces that may be longer than what
 * counts of them: there is room for X64_INSN_MAX bytes, and what follows overwrites the rest. */

static inline uint8_t *put_disp(uint8_t *p, uint32_t disp)
{
    __builtin_memcpy(p, &disp, 4);
    return p + 4;
}

/* Memory without a base: relative to rip, or at a displacement from an index at most. */
static uint8_t *put_baseless(const struct x64_enc *e, uint8_t *p, unsigned r, struct x64_rm rm,
                             unsigned trailing)
{
    uint32_t disp = (uint32_t)rm.disp;
    if (rm.base == X64_RIP) {
        *p++ = (uint8_t)(r | 5);
        return put_disp(p, disp - ((uint32_t)(p - e->base) + 4 + trailing));
    }
    *p++ = (uint8_t)(r | 4); /* SIB without base: always disp32 */
    *p++ = (uint8_t)((unsigned)rm.scale << 6 |
                     (rm.index != X64_NONE ? (rm.index & 7u) << 3 : 4 << 3) | 5);
    return put_disp(p, disp);
}

/* ModRM, SIB and displacement. `trailing`: bytes of immediate that follow. */
static inline uint8_t *put_rm(struct x64_enc *e, uint8_t *p, unsigned reg, struct x64_rm rm,
                              unsigned trailing)
{
    static const uint8_t disp_bytes[] = {0, 1, 4};
    unsigned r = (reg & 7) << 3, base = rm.base & 7;
    if (rm.reg != X64_NONE) {
        *p++ = (uint8_t)(0xc0 | r | (rm.reg & 7));
        return p;
    }
    if (UNLIKELY(rm.base >= X64_XMM))
        return put_baseless(e, p, r, rm, trailing);
    unsigned mod = rm.disp == (int8_t)rm.disp ? rm.disp != 0 || base == X64_RBP : 2;
    if (rm.index != X64_NONE) {
        *p++ = (uint8_t)(mod << 6 | r | 4);
        e->sib = (uint32_t)(p - e->base);
        e->sib_insn_end = e->sib + 1 + trailing + disp_bytes[mod];
        *p++ = (uint8_t)((unsigned)rm.scale << 6 | (rm.index & 7u) << 3 | base);
    } else {
        *p++ = (uint8_t)(mod << 6 | r | base);
        if (base == X64_RSP)
            *p++ = 4 << 3 | X64_RSP;
    }
    (void)put_disp(p, (uint32_t)rm.disp);
    return p + disp_bytes[mod];
}

/* X and B bits of REX or VEX (not inverted): bit 1 and bit 0. */
static inline unsigned xb_bits(struct x64_rm rm)
{
    if (rm.reg != X64_NONE)
        return code_of(rm.reg) >> 3;
    unsigned bits = 0;
    if (rm.base < X64_XMM)
        bits |= rm.base >> 3;
    if (rm.index != X64_NONE)
        bits |= (rm.index >> 3) << 1;
    return bits;
}

/* Do the byte registers among the operands need a REX prefix? */
static bool needs_rex(x64_op_t op, unsigned reg, struct x64_rm rm)
{
    return (op & X64_R8B && reg >= X64_RSP && reg <= X64_RDI) ||
           (op & X64_RM8B && rm.reg >= X64_RSP && rm.reg <= X64_RDI);
}

/* Everything but the immediate. */
static inline uint8_t *put_legacy(struct x64_enc *e, x64_op_t op, unsigned reg, struct x64_rm rm,
                                  unsigned trailing)
{
    static const uint8_t prefixes[4] = {0, 0x66, 0xf3, 0xf2};
    dassert(e->limit - e->pos >= X64_INSN_MAX);
    dassert(rm.index != X64_RSP);
    unsigned pp = op >> 10 & 3, map = op >> 8 & 3;
    uint8_t *p = e->base + e->pos;
    if (UNLIKELY(pp))
        *p++ = prefixes[pp];
    unsigned rex = (op & X64_W ? 8 : 0) | (code_of(reg) >> 3) << 2 | xb_bits(rm);
    *p = (uint8_t)(0x40 | rex);
    if (rex || (op & (X64_R8B | X64_RM8B) && needs_rex(op, reg, rm)))
        p++;
    if (map) {
        *p++ = 0x0f;
        if (map > 1)
            *p++ = map == 2 ? 0x38 : 0x3a;
    }
    *p++ = op & 0xff;
    return put_rm(e, p, reg, rm, trailing);
}

static inline void end_insn(struct x64_enc *e, const uint8_t *p)
{
    e->pos = (uint32_t)(p - e->base);
}

void x64_op(struct x64_enc *e, x64_op_t op, unsigned reg, struct x64_rm rm)
{
    end_insn(e, put_legacy(e, op, reg, rm, 0));
}

void x64_op_imm8(struct x64_enc *e, x64_op_t op, unsigned reg, struct x64_rm rm, unsigned imm)
{
    uint8_t *p = put_legacy(e, op, reg, rm, 1);
    *p++ = (uint8_t)imm;
    end_insn(e, p);
}

void x64_op_imm16(struct x64_enc *e, x64_op_t op, unsigned reg, struct x64_rm rm, unsigned imm)
{
    uint8_t *p = put_legacy(e, op, reg, rm, 2);
    *p++ = (uint8_t)imm;
    *p++ = (uint8_t)(imm >> 8);
    end_insn(e, p);
}

void x64_op_imm32(struct x64_enc *e, x64_op_t op, unsigned reg, struct x64_rm rm, uint32_t imm)
{
    end_insn(e, put_disp(put_legacy(e, op, reg, rm, 4), imm));
}

static inline uint8_t *put_vex(struct x64_enc *e, x64_op_t op, unsigned reg, unsigned v,
                               struct x64_rm rm, unsigned trailing)
{
    dassert(e->limit - e->pos >= X64_INSN_MAX);
    dassert(rm.index != X64_RSP);
    unsigned map = op >> 8 & 3, pp = op >> 10 & 3, xb = xb_bits(rm);
    unsigned r = code_of(reg) >> 3, vvvv = (v == X64_NONE ? 0 : code_of(v)) ^ 15;
    bool w = op & X64_W;
    pp |= op & X64_YMM ? 4 : 0;
    uint8_t *p = e->base + e->pos;
    if (map == 1 && !w && !xb) {
        *p++ = 0xc5;
        *p++ = (uint8_t)((r ^ 1) << 7 | vvvv << 3 | pp);
    } else {
        *p++ = 0xc4;
        *p++ = (uint8_t)((r ^ 1) << 7 | (xb ^ 3) << 5 | map);
        *p++ = (uint8_t)((unsigned)w << 7 | vvvv << 3 | pp);
    }
    *p++ = op & 0xff;
    return put_rm(e, p, code_of(reg), rm, trailing);
}

void x64_vex(struct x64_enc *e, x64_op_t op, unsigned reg, unsigned v, struct x64_rm rm)
{
    end_insn(e, put_vex(e, op, reg, v, rm, 0));
}

void x64_vex_imm8(struct x64_enc *e, x64_op_t op, unsigned reg, unsigned v, struct x64_rm rm,
                  unsigned imm)
{
    uint8_t *p = put_vex(e, op, reg, v, rm, 1);
    *p++ = (uint8_t)imm;
    end_insn(e, p);
}

void x64_alu_imm(struct x64_enc *e, enum x64_alu n, x64_op_t w, struct x64_rm rm, int32_t imm)
{
    if (imm >= INT8_MIN && imm <= INT8_MAX)
        x64_op_imm8(e, 0x83 | w, n, rm, (uint8_t)imm);
    else
        x64_op_imm32(e, 0x81 | w, n, rm, (uint32_t)imm);
}

void x64_shift_imm(struct x64_enc *e, enum x64_shift n, x64_op_t w, struct x64_rm rm,
                   unsigned count)
{
    if (count == 1)
        x64_op(e, 0xd1 | w, n, rm);
    else
        x64_op_imm8(e, X64_SHIFT_IMM | w, n, rm, count);
}

void x64_mov_imm(struct x64_enc *e, unsigned reg, uint64_t value)
{
    dassert(e->limit - e->pos >= X64_INSN_MAX);
    if (value > UINT32_MAX && (uint64_t)(int64_t)(int32_t)value == value) {
        x64_op_imm32(e, 0xc7 | X64_W, 0, x64_r(reg), (uint32_t)value);
        return;
    }
    unsigned rex = (value > UINT32_MAX ? 8 : 0) | reg >> 3;
    if (rex)
        put(e, 0x40 | rex);
    put(e, 0xb8 | (reg & 7));
    if (value > UINT32_MAX)
        x64_u64(e, value);
    else
        x64_u32(e, (uint32_t)value);
}

void x64_push(struct x64_enc *e, unsigned reg)
{
    dassert(e->limit - e->pos >= X64_INSN_MAX);
    if (reg >= X64_R8)
        put(e, 0x41);
    put(e, 0x50 | (reg & 7));
}

void x64_pop(struct x64_enc *e, unsigned reg)
{
    dassert(e->limit - e->pos >= X64_INSN_MAX);
    if (reg >= X64_R8)
        put(e, 0x41);
    put(e, 0x58 | (reg & 7));
}

void x64_ret(struct x64_enc *e, unsigned n)
{
    dassert(e->limit - e->pos >= X64_INSN_MAX && n <= UINT16_MAX);
    if (n == 0) {
        put(e, 0xc3);
        return;
    }
    put(e, 0xc2);
    put(e, n & 0xff);
    put(e, n >> 8);
}

void x64_ud2(struct x64_enc *e)
{
    x64_byte(e, 0x0f);
    x64_byte(e, 0x0b);
}

void x64_vzeroupper(struct x64_enc *e)
{
    x64_byte(e, 0xc5);
    x64_byte(e, 0xf8);
    x64_byte(e, 0x77);
}

void x64_cdq(struct x64_enc *e, x64_op_t w)
{
    if (w)
        x64_byte(e, 0x48);
    x64_byte(e, 0x99);
}

/* A 32-bit displacement to a label: final if the label is bound, else a link of its chain. */
static void put_label(struct x64_enc *e, struct x64_label *to)
{
    if (to->at) {
        x64_u32(e, to->at - 1 - (e->pos + 4));
        return;
    }
    uint32_t at = e->pos;
    x64_u32(e, to->chain);
    to->chain = at;
}

void x64_jmp(struct x64_enc *e, struct x64_label *to)
{
    if (to->at) {
        x64_jmp_to(e, to->at - 1);
        return;
    }
    x64_byte(e, 0xe9);
    put_label(e, to);
}

void x64_jcc(struct x64_enc *e, enum x64_cond cc, struct x64_label *to)
{
    if (to->at && e->pos + 2 - (to->at - 1) <= 128) {
        x64_byte(e, 0x70 | cc);
        x64_byte(e, (uint8_t)(to->at - 1 - (e->pos + 1)));
        return;
    }
    x64_byte(e, 0x0f);
    x64_byte(e, 0x80 | cc);
    put_label(e, to);
}

/* A displacement of one byte to an unbound label; it holds the distance to the one before, which
 * cannot be near any more if that is too much for a byte. */
static void put_near(struct x64_enc *e, struct x64_label *to)
{
    uint32_t back = to->near ? e->pos - to->near : 0;
    if (back > UINT8_MAX) {
        e->too_far = true;
        back = 0;
    }
    to->near = e->pos;
    x64_byte(e, (uint8_t)back);
}

void x64_jmp_near(struct x64_enc *e, struct x64_label *to)
{
    if (to->at) {
        x64_jmp(e, to);
        return;
    }
    x64_byte(e, 0xeb);
    put_near(e, to);
}

void x64_jcc_near(struct x64_enc *e, enum x64_cond cc, struct x64_label *to)
{
    if (to->at) {
        x64_jcc(e, cc, to);
        return;
    }
    x64_byte(e, 0x70 | cc);
    put_near(e, to);
}

void x64_call(struct x64_enc *e, struct x64_label *to)
{
    x64_byte(e, 0xe8);
    put_label(e, to);
}

void x64_lea_label(struct x64_enc *e, unsigned reg, struct x64_label *to)
{
    dassert(!to->at);
    x64_op(e, X64_LEA | X64_W, reg, x64_m(X64_RIP, 0));
    x64_note_rip(e, to);
}

void x64_jmp_to(struct x64_enc *e, uint32_t to)
{
    if (to <= e->pos && e->pos + 2 - to <= 128) {
        x64_byte(e, 0xeb);
        x64_byte(e, (uint8_t)(to - (e->pos + 1)));
        return;
    }
    x64_byte(e, 0xe9);
    x64_u32(e, to - (e->pos + 4));
}

void x64_call_to(struct x64_enc *e, uint32_t to)
{
    x64_byte(e, 0xe8);
    x64_u32(e, to - (e->pos + 4));
}

void x64_bind(struct x64_enc *e, struct x64_label *l)
{
    dassert(!l->at);
    uint32_t at = l->chain;
    while (at) {
        uint32_t next, disp = e->pos - (at + 4);
        __builtin_memcpy(&next, e->base + at, 4);
        __builtin_memcpy(e->base + at, &disp, 4);
        at = next;
    }
    at = l->near;
    while (at) {
        uint32_t back = e->base[at], disp = e->pos - (at + 1);
        e->too_far = e->too_far || disp > INT8_MAX;
        e->base[at] = (uint8_t)disp;
        at = back ? at - back : 0;
    }
    l->at = e->pos + 1;
    l->chain = l->near = 0;
}

void x64_note_rip(struct x64_enc *e, struct x64_label *l)
{
    x64_note_rip_at(e, e->pos - 4, l);
}

void x64_note_rip_at(struct x64_enc *e, uint32_t at, struct x64_label *l)
{
    if (l->at) {
        uint32_t disp = l->at - 1 - (at + 4);
        __builtin_memcpy(e->base + at, &disp, 4);
        return;
    }
    __builtin_memcpy(e->base + at, &l->chain, 4);
    l->chain = at;
}
