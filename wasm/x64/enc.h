/* The x86-64 encoder: bytes of single instructions, legacy and VEX (Intel SDM volume 2, chapter 2).
 * It knows registers, memory operands and forward jumps; it does not know WebAssembly. */
#pragma once

#include "base/base.h"

/* General registers by encoding, then vector registers at X64_XMM. */
enum x64_reg {
    X64_RAX,
    X64_RCX,
    X64_RDX,
    X64_RBX,
    X64_RSP,
    X64_RBP,
    X64_RSI,
    X64_RDI,
    X64_R8,
    X64_R9,
    X64_R10,
    X64_R11,
    X64_R12,
    X64_R13,
    X64_R14,
    X64_R15,
    X64_XMM, /* xmm0; xmm15 is X64_XMM + 15 */
    X64_NREGS = 32,
    X64_NONE = 0xff,
    X64_RIP = 0xfe, /* as a base: disp is a code offset */
};

/* An instruction: opcode byte, opcode map, mandatory prefix, operand size. */
typedef uint32_t x64_op_t;
enum {
    X64_0F = 1 << 8,
    X64_0F38 = 2 << 8,
    X64_0F3A = 3 << 8,
    X64_66 = 1 << 10,
    X64_F3 = 2 << 10,
    X64_F2 = 3 << 10,
    X64_W = 1 << 12,    /* 64-bit operands */
    X64_R8B = 1 << 13,  /* the reg operand is a byte register */
    X64_RM8B = 1 << 14, /* the r/m operand is, if it is a register */
    X64_YMM = 1 << 15,  /* VEX: 256 bits; in stubs, which end with vzeroupper */
};

enum {
    X64_MOV_LOAD = 0x8b,
    X64_MOV_STORE = 0x89,
    X64_MOV_STORE8 = 0x88 | X64_R8B,
    X64_MOV_STORE16 = 0x89 | X64_66,
    X64_MOVZX8 = 0xb6 | X64_0F | X64_RM8B,
    X64_MOVZX16 = 0xb7 | X64_0F,
    X64_MOVSX8 = 0xbe | X64_0F | X64_RM8B,
    X64_MOVSX16 = 0xbf | X64_0F,
    X64_MOVSXD = 0x63 | X64_W,
    X64_LEA = 0x8d,
    X64_TEST = 0x85,
    X64_TEST_IMM8 = 0xf6 | X64_RM8B, /* reg field 0 */
    X64_XCHG = 0x87,
    X64_XCHG8 = 0x86 | X64_R8B,
    X64_CMPXCHG8 = 0xb0 | X64_0F | X64_R8B, /* the wider ones: the next opcode */
    X64_XADD8 = 0xc0 | X64_0F | X64_R8B,
    X64_LOCK = 0xf0, /* a byte of its own, in front */
    X64_IMUL = 0xaf | X64_0F,
    X64_IMUL_IMM8 = 0x6b,
    X64_IMUL_IMM32 = 0x69,
    X64_CMOV = 0x40 | X64_0F, /* + condition */
    X64_SETCC = 0x90 | X64_0F | X64_RM8B,
    X64_LZCNT = 0xbd | X64_0F | X64_F3,
    X64_TZCNT = 0xbc | X64_0F | X64_F3,
    X64_POPCNT = 0xb8 | X64_0F | X64_F3,
    X64_GROUP3 = 0xf7, /* reg field: enum x64_group3 */
    X64_GROUP5 = 0xff, /* 2 call, 4 jmp, 6 push */
    X64_POP_RM = 0x8f, /* 0 */
    X64_SHIFT_CL = 0xd3,
    X64_SHIFT_IMM = 0xc1,
    X64_BT_IMM = 0xba | X64_0F, /* reg field 7: btc */
    /* VEX */
    X64_SHLX = 0xf7 | X64_0F38 | X64_66,
    X64_SARX = 0xf7 | X64_0F38 | X64_F3,
    X64_SHRX = 0xf7 | X64_0F38 | X64_F2,
    X64_MULX = 0xf6 | X64_0F38 | X64_F2, /* upper half, lower half = rdx * r/m */
    X64_RORX = 0xf0 | X64_0F3A | X64_F2,
    X64_MOVAPS = 0x28 | X64_0F,
    X64_MOVUPS_LOAD = 0x10 | X64_0F,
    X64_MOVUPS_STORE = 0x11 | X64_0F,
    X64_MOVSS_LOAD = 0x10 | X64_0F | X64_F3,
    X64_MOVSS_STORE = 0x11 | X64_0F | X64_F3,
    X64_MOVSD_LOAD = 0x10 | X64_0F | X64_F2,
    X64_MOVSD_STORE = 0x11 | X64_0F | X64_F2,
    X64_MOVD_TO_XMM = 0x6e | X64_0F | X64_66, /* | X64_W: movq */
    X64_MOVD_FROM_XMM = 0x7e | X64_0F | X64_66,
    X64_UCOMISS = 0x2e | X64_0F,
    X64_UCOMISD = 0x2e | X64_0F | X64_66,
    X64_ANDPS = 0x54 | X64_0F,
    X64_ANDNPS = 0x55 | X64_0F,
    X64_ORPS = 0x56 | X64_0F,
    X64_XORPS = 0x57 | X64_0F,
    /* scalar arithmetic: | X64_F3 single, | X64_F2 double */
    X64_SQRTS = 0x51 | X64_0F,
    X64_ADDS = 0x58 | X64_0F,
    X64_MULS = 0x59 | X64_0F,
    X64_CVTS2S = 0x5a | X64_0F, /* F3: single to double, F2: double to single */
    X64_SUBS = 0x5c | X64_0F,
    X64_MINS = 0x5d | X64_0F,
    X64_DIVS = 0x5e | X64_0F,
    X64_MAXS = 0x5f | X64_0F,
    X64_CVTSI2S = 0x2a | X64_0F,
    X64_CVTTS2SI = 0x2c | X64_0F,
    X64_CMPS = 0xc2 | X64_0F, /* + imm8: 7 ordered */
    X64_ROUNDSS = 0x0a | X64_0F3A | X64_66,
    X64_ROUNDSD = 0x0b | X64_0F3A | X64_66,
};

/* The eight two-operand integer operations: `op r, r/m` is 3 + 8n, `op r/m, r` 1 + 8n, `op r/m,
 * imm` group n. */
enum x64_alu { X64_ADD, X64_OR, X64_ADC, X64_SBB, X64_AND, X64_SUB, X64_XOR, X64_CMP };
#define X64_ALU_LOAD(n)  (3u + 8u * (n))
#define X64_ALU_STORE(n) (1u + 8u * (n))

enum x64_shift { X64_ROL, X64_ROR, X64_SHL = 4, X64_SHR, X64_SAR = 7 };
enum x64_group3 { X64_NOT = 2, X64_NEG, X64_MUL, X64_IMUL1, X64_DIV, X64_IDIV };

/* Conditions by encoding; flipping the lowest bit negates. */
enum x64_cond {
    X64_O,
    X64_NO,
    X64_B,
    X64_AE,
    X64_E,
    X64_NE,
    X64_BE,
    X64_A,
    X64_S,
    X64_NS,
    X64_P,
    X64_NP,
    X64_L,
    X64_GE,
    X64_LE,
    X64_G
};

/* A register (reg != NONE) or memory: [base + index << scale + disp], each part optional. */
struct x64_rm {
    uint8_t reg, base, index, scale;
    int32_t disp;
};

static inline struct x64_rm x64_r(unsigned reg)
{
    return (struct x64_rm){(uint8_t)reg, X64_NONE, X64_NONE, 0, 0};
}
static inline struct x64_rm x64_m(unsigned base, int32_t disp)
{
    return (struct x64_rm){X64_NONE, (uint8_t)base, X64_NONE, 0, disp};
}
static inline struct x64_rm x64_mx(unsigned base, unsigned index, unsigned scale, int32_t disp)
{
    return (struct x64_rm){X64_NONE, (uint8_t)base, (uint8_t)index, (uint8_t)scale, disp};
}

/* The longest instruction, rounded up: what x64_room must have promised per instruction. */
#define X64_INSN_MAX 16

/* Writes at base + pos, where base is the start of a code range (write view). The caller ensures
 * room. */
struct x64_enc {
    uint8_t *base;
    uint32_t pos, limit; /* limit: end of the committed bytes */
    /* Of the last instruction with an index register in its memory operand: where its SIB byte is,
     * where it ends. */
    uint32_t sib, sib_insn_end;
    bool too_far; /* a near jump's label was not near: the code is of no use */
};

/* A place in the code: unbound, jumps to it form chains through their own displacement fields. */
struct x64_label {
    uint32_t at;    /* 1 + offset once bound */
    uint32_t chain; /* offset of the last displacement to patch, 0: none */
    uint32_t near;  /* the same of displacements of one byte */
};

static inline bool x64_room(const struct x64_enc *e, uint32_t bytes)
{
    return bytes <= e->limit - e->pos;
}

void x64_byte(struct x64_enc *e, unsigned byte);
void x64_u32(struct x64_enc *e, uint32_t v);
void x64_u64(struct x64_enc *e, uint64_t v);
/* n bytes of padding, one multi-byte nop where possible. */
void x64_nops(struct x64_enc *e, unsigned n);

/* Legacy encoding: op reg, r/m. `reg` may be an opcode extension. */
void x64_op(struct x64_enc *e, x64_op_t op, unsigned reg, struct x64_rm rm);
/* The same with an immediate behind it, which matters to a RIP-relative operand. */
void x64_op_imm8(struct x64_enc *e, x64_op_t op, unsigned reg, struct x64_rm rm, unsigned imm);
void x64_op_imm16(struct x64_enc *e, x64_op_t op, unsigned reg, struct x64_rm rm, unsigned imm);
void x64_op_imm32(struct x64_enc *e, x64_op_t op, unsigned reg, struct x64_rm rm, uint32_t imm);
/* VEX encoding, 128 bits, 256 with X64_YMM, or scalar: op reg, v, r/m; v = X64_NONE where the
 * instruction has two operands. */
void x64_vex(struct x64_enc *e, x64_op_t op, unsigned reg, unsigned v, struct x64_rm rm);
void x64_vex_imm8(struct x64_enc *e, x64_op_t op, unsigned reg, unsigned v, struct x64_rm rm,
                  unsigned imm);

/* op r/m, imm with the short form where it fits; w: X64_W or 0. */
void x64_alu_imm(struct x64_enc *e, enum x64_alu n, x64_op_t w, struct x64_rm rm, int32_t imm);
void x64_shift_imm(struct x64_enc *e, enum x64_shift n, x64_op_t w, struct x64_rm rm,
                   unsigned count);
/* reg = value, flags untouched, shortest of the three forms. */
void x64_mov_imm(struct x64_enc *e, unsigned reg, uint64_t value);
void x64_push(struct x64_enc *e, unsigned reg);
void x64_pop(struct x64_enc *e, unsigned reg);
/* Pops n bytes of arguments. */
void x64_ret(struct x64_enc *e, unsigned n);
void x64_ud2(struct x64_enc *e);
void x64_vzeroupper(struct x64_enc *e);
void x64_cdq(struct x64_enc *e, x64_op_t w);

void x64_jmp(struct x64_enc *e, struct x64_label *to);
void x64_jcc(struct x64_enc *e, enum x64_cond cc, struct x64_label *to);
/* The same with a displacement of one byte: the label, if not bound yet, must turn out to be within
 * 127 bytes. */
void x64_jmp_near(struct x64_enc *e, struct x64_label *to);
void x64_jcc_near(struct x64_enc *e, enum x64_cond cc, struct x64_label *to);
void x64_call(struct x64_enc *e, struct x64_label *to);
void x64_lea_label(struct x64_enc *e, unsigned reg, struct x64_label *to);
/* Jump and call to a known code offset. */
void x64_jmp_to(struct x64_enc *e, uint32_t to);
void x64_call_to(struct x64_enc *e, uint32_t to);
/* The label is here; patches what waits for it. */
void x64_bind(struct x64_enc *e, struct x64_label *l);
/* The instruction just written ends in the displacement of a rip-relative operand: it means the
 * label. (So no instruction with an immediate can refer to a label.) */
void x64_note_rip(struct x64_enc *e, struct x64_label *l);
/* The same of an instruction that ends in the four bytes at `at`. */
void x64_note_rip_at(struct x64_enc *e, uint32_t at, struct x64_label *l);
