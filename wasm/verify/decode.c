/* From bytes to struct vinsn. */
#include "wasm/verify/insn.h"

#include "base/string.h"

enum { GROUPS = 13, MAPS = 3, PREFIXES = 4, OPCODES = 256 };

#define FORM(op_, aux_, bytes_, flags_)                                                            \
    {.op = (op_),                                                                                  \
     .aux = (op_) == VOP_GROUP ? 0 : (aux_),                                                       \
     .group = (op_) == VOP_GROUP ? (aux_) : 0,                                                     \
     .bytes = (bytes_),                                                                            \
     .flags = (flags_)}

static const struct vform one[OPCODES] = {
#define ONE(first, last, op, aux, bytes, flags) [(first)...(last)] = FORM(op, aux, bytes, flags),
#define TWO(prefix, first, last, op, aux, bytes, flags)
#define EXT(group, reg, op, aux, bytes, flags)
#define VEX(map, prefix, first, last, op, bytes, flags)
#define VEXA(map, prefix, opcode, op, aux, bytes, flags)
#include "wasm/verify/forms.def"
#undef ONE
#undef TWO
};
static const struct vform two[PREFIXES][OPCODES] = {
#define ONE(first, last, op, aux, bytes, flags)
#define TWO(prefix, first, last, op, aux, bytes, flags)                                            \
    [prefix][(first)...(last)] = FORM(op, aux, bytes, flags),
#include "wasm/verify/forms.def"
#undef TWO
#undef EXT
};
static const struct vform groups[GROUPS][8] = {
#define TWO(prefix, first, last, op, aux, bytes, flags)
#define EXT(group, reg, op, aux, bytes, flags) [group][reg] = FORM(op, aux, bytes, flags),
#include "wasm/verify/forms.def"
#undef EXT
#undef VEX
#undef VEXA
};
static const struct vform vex[MAPS][PREFIXES][OPCODES] = {
#define EXT(group, reg, op, aux, bytes, flags)
#define VEX(map, prefix, first, last, op, bytes, flags)                                            \
    [(map) - 1][prefix][(first)...(last)] = FORM(op, 0, bytes, flags),
#define VEXA(map, prefix, opcode, op, aux, bytes, flags)                                           \
    [(map) - 1][prefix][opcode] = FORM(op, aux, bytes, flags),
#include "wasm/verify/forms.def"
#undef ONE
#undef TWO
#undef EXT
#undef VEX
#undef VEXA
};

/* At `at` there are INSN_ROOM bytes to read, more than any instruction has. */
enum { INSN_ROOM = 32 };

struct reader {
    const uint8_t *at;
    uint8_t prefix; /* 0 none, 1 66, 2 F3, 3 F2 */
    bool lock, rex_seen, vex;
    uint8_t w, r, x, b; /* r, x, b: 0 or 8 */
    uint8_t v, map;
};

/* In their only order: lock, one of 66 F3 F2, REX. */
static inline void read_prefixes(struct reader *d)
{
    if (*d->at == 0xf0) {
        d->lock = true;
        d->at++;
    }
    if (*d->at == 0x66 || *d->at == 0xf2 || *d->at == 0xf3) {
        d->prefix = *d->at == 0x66 ? 1 : *d->at == 0xf3 ? 2 : 3;
        d->at++;
    }
    if (*d->at >> 4 == 4) {
        uint8_t rex = *d->at++;
        d->rex_seen = true;
        d->w = rex >> 3 & 1;
        d->r = (rex & 4) << 1;
        d->x = (rex & 2) << 2;
        d->b = (uint8_t)((rex & 1) << 3);
    }
}

static bool read_vex(struct reader *d, bool three)
{
    if (d->lock || d->prefix || d->rex_seen)
        return false;
    uint8_t first = *d->at++, last = first;
    d->r = first & 0x80 ? 0 : 8;
    d->map = 1;
    if (three) {
        d->x = first & 0x40 ? 0 : 8;
        d->b = first & 0x20 ? 0 : 8;
        d->map = first & 0x1f;
        last = *d->at++;
        d->w = last >> 7;
    }
    d->v = (last >> 3 & 15) ^ 15;
    d->prefix = last & 3;
    d->vex = true;
    return !(last & 4) && d->map >= 1 && d->map <= MAPS;
}

static inline void read_displacement(struct reader *d, struct vinsn *out, unsigned bytes)
{
    if (bytes == 1)
        out->disp = (int8_t)*d->at;
    else
        memcpy(&out->disp, d->at, 4);
    d->at += bytes;
}

/* A memory operand, which mod < 3 announces. */
static inline void read_memory(struct reader *d, struct vinsn *out, unsigned mod, unsigned rm)
{
    out->flags |= VI_MEM;
    out->index = V_NO_REG;
    out->scale = 0;
    if (rm == 4) {
        unsigned sib = *d->at++, index = (sib >> 3 & 7) | d->x;
        out->scale = (uint8_t)(sib >> 6);
        out->index = index == V_RSP ? V_NO_REG : (uint8_t)index;
        rm = sib & 7;
        if (rm == 5 && mod == 0) { /* no base */
            out->base = V_NO_REG;
            read_displacement(d, out, 4);
            return;
        }
    } else if (rm == 5 && mod == 0) {
        out->base = V_RIP;
        read_displacement(d, out, 4);
        return;
    }
    out->base = (uint8_t)(rm | d->b);
    if (mod)
        read_displacement(d, out, mod == 1 ? 1 : 4);
}

static inline void read_modrm(struct reader *d, struct vinsn *out)
{
    unsigned modrm = *d->at++, mod = modrm >> 6;
    out->reg = (modrm >> 3 & 7) | d->r;
    if (mod < 3)
        read_memory(d, out, mod, modrm & 7);
    else
        out->base = (modrm & 7) | d->b;
}

static inline void read_immediate(struct reader *d, struct vinsn *out, unsigned bytes)
{
    int16_t half;
    int32_t word;
    switch (bytes) {
    case 1:
        out->imm = (int8_t)*d->at;
        break;
    case 2:
        memcpy(&half, d->at, 2);
        out->imm = half;
        break;
    case 4:
        memcpy(&word, d->at, 4);
        out->imm = word;
        break;
    default:
        memcpy(&out->imm, d->at, 8);
        break;
    }
    d->at += bytes;
}

static inline unsigned immediate_bytes(const struct vform *f, const struct vinsn *out,
                                       unsigned opcode)
{
    if (f->flags & VF_I8)
        return 1;
    if (f->op == VOP_MOV_RI)
        return out->width == 8 ? 8 : 4;
    if (f->op == VOP_RET)
        return opcode == 0xc2 ? 2 : 0;
    if (f->flags & VF_I32)
        return out->width == 2 ? 2 : 4;
    return 0;
}

/* The forms whose operands are in the opcode byte, and those that stand apart otherwise. */
static inline bool settle(struct reader *d, struct vinsn *out, const struct vform *f,
                          unsigned opcode)
{
    switch (f->op) {
    case VOP_PUSH:
    case VOP_POP:
    case VOP_MOV_RI:
    case VOP_M:
        if (!(out->flags & VI_MEM) && out->base == V_NO_REG)
            out->base = (opcode & 7) | d->b;
        return true;
    case VOP_NOP:
    case VOP_CDQ:
        return !d->b && !(d->w && f->op == VOP_NOP);
    case VOP_JCC:
    case VOP_CMOV:
    case VOP_SETCC:
        out->aux = opcode & 15;
        return true;
    case VOP_RET:
        out->imm &= 0xffff;
        return true;
    case VOP_SHIFT:
        if (!(f->flags & VF_I8))
            out->imm = 1;
        out->imm &= out->width == 8 ? 63 : 31;
        return true;
    default:
        return true;
    }
}

/* AH, CH, DH and BH are not used. */
static inline bool byte_registers(const struct reader *d, const struct vinsn *out,
                                  const struct vform *f)
{
    if (d->rex_seen || !(f->flags & VF_BYTE))
        return f->bytes != 1 || d->rex_seen || d->vex || (out->flags & VI_MEM) || out->base < 4;
    bool reg_is_register = !(f->flags & (VF_I8 | VF_REG));
    return (!reg_is_register || out->reg < 4) && ((out->flags & VI_MEM) || out->base < 4);
}

static inline bool finish(struct reader *d, struct vinsn *out, const struct vform *f,
                          const uint8_t *start, unsigned opcode)
{
    bool memory = out->flags & VI_MEM;
    unsigned imm = immediate_bytes(f, out, opcode);
    if (((f->flags & VF_MEM) && !memory) || ((f->flags & VF_REG) && memory))
        return false;
    if (imm)
        read_immediate(d, out, imm);
    out->len = (uint8_t)(d->at - start);
    out->bytes = f->bytes ? f->bytes : out->width;
    if (f->flags & VF_FLAGS)
        out->flags |= VI_FLAGS;
    if (memory && out->base == V_RIP)
        out->disp = (int32_t)((uint32_t)out->disp + out->at + out->len);
    if (f->op == VOP_JMP || f->op == VOP_JCC || f->op == VOP_CALL)
        out->imm = (uint32_t)out->imm + out->at + out->len;
    return byte_registers(d, out, f) && settle(d, out, f, opcode);
}

/* psrl, psra, psll by a constant: the result is in vvvv. */
static bool vector_shift(struct vinsn *out, unsigned opcode, unsigned v)
{
    static const uint8_t allowed[3] = {1 << 2 | 1 << 4 | 1 << 6, 1 << 2 | 1 << 4 | 1 << 6,
                                       1 << 2 | 1 << 3 | 1 << 6 | 1 << 7};
    if (!(allowed[opcode - 0x71] >> (out->reg & 7) & 1))
        return false;
    out->reg = (uint8_t)v;
    return true;
}

static bool decode_vex(struct reader *d, struct vinsn *out, const uint8_t *start)
{
    unsigned opcode = *d->at++;
    struct vform f = vex[d->map - 1][d->prefix][opcode];
    if (f.op == VOP_BAD)
        return false;
    read_modrm(d, out);
    if (f.op == VOP_GROUP) {
        if (!vector_shift(out, opcode, d->v))
            return false;
        f = (struct vform){.op = VOP_V, .bytes = 16, .flags = VF_MODRM | VF_I8 | VF_REG | VF_VVVV};
    }
    /* the two-operand form of movss and movsd, by way of memory */
    bool two = (opcode == 0x10 || opcode == 0x11) && d->prefix >= 2 && out->flags & VI_MEM;
    if ((!(f.flags & VF_VVVV) || two) && d->v)
        return false;
    if ((d->w && f.flags & VF_W0) || (f.flags & VF_SAME && d->v != out->reg))
        return false;
    out->op = f.op;
    out->aux = f.aux;
    out->width = d->w ? 8 : 4;
    return finish(d, out, &f, start, opcode);
}

static bool decode_legacy(struct reader *d, struct vinsn *out, const uint8_t *start)
{
    unsigned opcode = *d->at++;
    bool is_two = opcode == 0x0f;
    if (is_two)
        opcode = *d->at++;
    const struct vform *f = is_two ? &two[d->prefix][opcode] : &one[opcode];
    if (f->op == VOP_BAD)
        return false;
    if (f->flags & VF_MODRM)
        read_modrm(d, out);
    if (f->op == VOP_GROUP)
        f = &groups[f->group][out->reg & 7];
    if (f->op == VOP_BAD || (d->prefix == 1 && !(f->flags & VF_66)) || (d->prefix > 1 && !is_two) ||
        (d->prefix == 1 && d->w))
        return false;
    if (d->lock && !((f->flags & VF_LOCK) && out->flags & VI_MEM))
        return false;
    out->op = f->op;
    out->aux = f->aux;
    out->width = f->flags & VF_BYTE ? 1 : d->w || f->flags & VF_WIDE ? 8 : d->prefix == 1 ? 2 : 4;
    return finish(d, out, f, start, opcode);
}

static bool decode(const uint8_t *start, struct vinsn *out)
{
    struct reader d = {.at = start};
    read_prefixes(&d);
    if (*d.at == 0xc5 || *d.at == 0xc4) {
        bool three = *d.at++ == 0xc4;
        return read_vex(&d, three) && decode_vex(&d, out, start);
    }
    return decode_legacy(&d, out, start);
}

bool vinsn_decode(const uint8_t *code, uint32_t at, uint32_t end, struct vinsn *out)
{
    uint8_t last[INSN_ROOM];
    uint32_t left = end - at;
    *out = (struct vinsn){.at = at, .base = V_NO_REG, .index = V_NO_REG, .reg = V_NO_REG};
    if (LIKELY(left >= INSN_ROOM))
        return decode(code + at, out);
    memset(last, 0, sizeof last);
    memcpy(last, code + at, left);
    return decode(last, out) && out->len <= left;
}
