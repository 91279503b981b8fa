/* Vector instructions that take several machine instructions, as a table. The result's register may
 * be that of an operand which is used here last, so a sequence writes it only with, or behind, the
 * last instruction that reads the operands; before, it has the scratch register and, if its row
 * asks for one, a temporary. */
#include "wasm/jit/code_int.h"
#include "wasm/x64/simd.h"

/* Operands of a step; numbers below 8 are the reg field itself. */
enum { A = 8, B, C, D, S, T, NO, K };

struct step {
    x64_op_t op;
    uint8_t reg, v, rm; /* K + n: the module's constant n */
    bool has_imm;
    uint8_t imm;
};
#define STEPS_MAX 9
#define FIRST     WASM_OP_v128_load

#define OP(...)                {__VA_ARGS__, false, 0}
#define OPI(op, d, v, rm, imm) {op, d, v, rm, true, imm}
#define CONST(name)            (K + CODE_CONST_##name)
#define ONES(r)                OP(VPCMPEQD, r, r, r)
#define ZERO(r)                OP(VPXOR, r, r, r)
#define INVERT                 ONES(S), OP(VPXOR, D, D, S)
#define SEQUENCE(name)         [WASM_OP_##name - FIRST] =

/* min or max equals a: an order that includes equality */
#define NOT_STRICT(op, eq) {OP(op, S, A, B), OP(eq, D, A, S)}
#define STRICT(op, eq)     {OP(op, S, A, B), OP(eq, D, A, S), INVERT}
#define NOT_EQUAL(eq)      {OP(eq, D, A, B), INVERT}
#define NEGATE(sub)        {ZERO(S), OP(sub, D, S, A)}
#define UPPER(d, a)        OPI(VPSHUFD, d, NO, a, 0xee)
#define EXTEND_HIGH(op)    {UPPER(S, A), OP(op, D, NO, S)}
#define EXTMUL8_LOW(op)    {OP(op, S, NO, A), OP(op, D, NO, B), OP(VPMULLW, D, D, S)}
#define EXTMUL8_HIGH(op)                                                                           \
    {UPPER(S, A), OP(op, S, NO, S), UPPER(D, B), OP(op, D, NO, D), OP(VPMULLW, D, D, S)}
#define EXTMUL16(high, unpack) {OP(VPMULLW, S, A, B), OP(high, D, A, B), OP(unpack, D, S, D)}
#define EXTMUL32(mul, order)                                                                       \
    {OPI(VPSHUFD, S, NO, A, order), OPI(VPSHUFD, D, NO, B, order), OP(mul, D, S, D)}
/* A NaN is left in S if there is one among the operands: its payload is shifted out. */
#define CANONICAL(cmp, width, bits)                                                                \
    OPI(cmp, T, S, S, V_UNORD), OPI(V_IMM(width), V_SRL, T, T, bits), OP(VPANDN, D, T, S)
/* Both orders: the results differ for zeros of two signs, and by the place of a NaN. */
#define FMIN(p, cmp, width, bits)                                                                  \
    {OP(p(0x5d), S, A, B),       OP(p(0x5d), T, B, A), OP(VPOR, S, S, T),                          \
     OPI(cmp, T, S, T, V_UNORD), OP(VPOR, S, S, T),    OPI(V_IMM(width), V_SRL, T, T, bits),       \
     OP(VPANDN, D, T, S)}
#define FMAX(p, cmp, width, bits)                                                                  \
    {OP(p(0x5f), S, A, B), OP(p(0x5f), T, B, A), OP(VPXOR, T, T, S),                               \
     OP(VPOR, S, S, T),    OP(p(0x5c), S, S, T), CANONICAL(cmp, width, bits)}
/* What reaches 2^31 is converted in two parts: 0x80000000 and the rest, kept in its bounds. */
#define TRUNC_F32_U                                                                                \
    {OP(V_NP(0x5f), T, A, CONST(ZERO)),                                                            \
     OP(V_NP(0x5c), S, T, CONST(F32S_2P31)),                                                       \
     OPI(VCMPPS, D, S, CONST(F32S_2P31), V_GE),                                                    \
     OP(VCVTTPS2DQ, S, NO, S),                                                                     \
     OP(VPXOR, S, S, D),                                                                           \
     OP(VPMAXSD, S, S, CONST(ZERO)),                                                               \
     OP(VCVTTPS2DQ, T, NO, T),                                                                     \
     OP(VPADDD, D, T, S)}
/* 2^52 added, the integer stands in the low bits. */
#define TRUNC_F64_U                                                                                \
    {OP(V_66(0x5f), S, A, CONST(ZERO)),                                                            \
     OP(V_66(0x5d), S, S, CONST(F64_U32_MAX)),                                                     \
     OPI(VROUNDPD, S, NO, S, 11),                                                                  \
     OP(V_66(0x58), S, S, CONST(F64_2P52)),                                                        \
     ZERO(D),                                                                                      \
     OPI(VSHUFPS, D, S, D, 0x88)}

static const struct step sequences[][STEPS_MAX] = {
    SEQUENCE(i8x16_ne) NOT_EQUAL(VPCMPEQB),
    SEQUENCE(i16x8_ne) NOT_EQUAL(VPCMPEQW),
    SEQUENCE(i32x4_ne) NOT_EQUAL(VPCMPEQD),
    SEQUENCE(i64x2_ne) NOT_EQUAL(VPCMPEQQ),
    SEQUENCE(i8x16_le_s) NOT_STRICT(VPMINSB, VPCMPEQB),
    SEQUENCE(i16x8_le_s) NOT_STRICT(VPMINSW, VPCMPEQW),
    SEQUENCE(i32x4_le_s) NOT_STRICT(VPMINSD, VPCMPEQD),
    SEQUENCE(i64x2_le_s) NOT_EQUAL(VPCMPGTQ),
    SEQUENCE(i8x16_le_u) NOT_STRICT(VPMINUB, VPCMPEQB),
    SEQUENCE(i16x8_le_u) NOT_STRICT(VPMINUW, VPCMPEQW),
    SEQUENCE(i32x4_le_u) NOT_STRICT(VPMINUD, VPCMPEQD),
    SEQUENCE(i8x16_ge_s) NOT_STRICT(VPMAXSB, VPCMPEQB),
    SEQUENCE(i16x8_ge_s) NOT_STRICT(VPMAXSW, VPCMPEQW),
    SEQUENCE(i32x4_ge_s) NOT_STRICT(VPMAXSD, VPCMPEQD),
    SEQUENCE(i64x2_ge_s){OP(VPCMPGTQ, D, B, A), INVERT},
    SEQUENCE(i8x16_ge_u) NOT_STRICT(VPMAXUB, VPCMPEQB),
    SEQUENCE(i16x8_ge_u) NOT_STRICT(VPMAXUW, VPCMPEQW),
    SEQUENCE(i32x4_ge_u) NOT_STRICT(VPMAXUD, VPCMPEQD),
    SEQUENCE(i8x16_lt_u) STRICT(VPMAXUB, VPCMPEQB),
    SEQUENCE(i16x8_lt_u) STRICT(VPMAXUW, VPCMPEQW),
    SEQUENCE(i32x4_lt_u) STRICT(VPMAXUD, VPCMPEQD),
    SEQUENCE(i8x16_gt_u) STRICT(VPMINUB, VPCMPEQB),
    SEQUENCE(i16x8_gt_u) STRICT(VPMINUW, VPCMPEQW),
    SEQUENCE(i32x4_gt_u) STRICT(VPMINUD, VPCMPEQD),

    SEQUENCE(v128_not){ONES(S), OP(VPXOR, D, A, S)},
    SEQUENCE(v128_bitselect){OP(VPAND, S, A, C), OP(VPANDN, D, C, B), OP(VPOR, D, D, S)},
    SEQUENCE(i8x16_bitmask){OP(VPMOVMSKB, D, NO, A)},
    SEQUENCE(i16x8_bitmask){ZERO(S), OP(VPACKSSWB, S, A, S), OP(VPMOVMSKB, D, NO, S)},
    SEQUENCE(i32x4_bitmask){OP(VMOVMSKPS, D, NO, A)},
    SEQUENCE(i64x2_bitmask){OP(VMOVMSKPD, D, NO, A)},
    /* what is above 15 gets its highest bit set, which makes pshufb answer 0 */
    SEQUENCE(i8x16_swizzle){OP(VPADDUSB, S, B, CONST(BYTES_70)), OP(VPSHUFB, D, A, S)},
    /* each half byte by a table */
    SEQUENCE(i8x16_popcnt){OPI(V_IMM(1), V_SRL, T, A, 4), OP(VPAND, T, T, CONST(BYTES_0F)),
                           OP(VPAND, D, A, CONST(BYTES_0F)),
                           OP(X64_MOVUPS_LOAD, S, NO, CONST(BITS_OF_4)), OP(VPSHUFB, T, S, T),
                           OP(VPSHUFB, D, S, D), OP(VPADDB, D, D, T)},

    SEQUENCE(i8x16_neg) NEGATE(VPSUBB),
    SEQUENCE(i16x8_neg) NEGATE(VPSUBW),
    SEQUENCE(i32x4_neg) NEGATE(VPSUBD),
    SEQUENCE(i64x2_neg) NEGATE(VPSUBQ),
    SEQUENCE(i64x2_abs){ZERO(S), OP(VPCMPGTQ, S, S, A), OP(VPXOR, D, A, S), OP(VPSUBQ, D, D, S)},
    /* the two mixed products, added and moved up */
    SEQUENCE(i64x2_mul){OPI(VPSHUFD, S, NO, B, 0xb1), OP(VPMULLD, S, S, A),
                        OPI(V_IMM(3), V_SRL, T, S, 32), OP(VPADDD, S, S, T),
                        OPI(V_IMM(3), V_SLL, S, S, 32), OP(VPMULUDQ, D, A, B), OP(VPADDQ, D, D, S)},
    /* -1 times -1 is the one that does not fit */
    SEQUENCE(i16x8_q15mulr_sat_s){OP(VPMULHRSW, S, A, B), OP(VPCMPEQW, D, S, CONST(WORDS_8000)),
                                  OP(VPXOR, D, D, S)},

    SEQUENCE(i16x8_extend_high_i8x16_s) EXTEND_HIGH(VPMOVSXBW),
    SEQUENCE(i16x8_extend_high_i8x16_u) EXTEND_HIGH(VPMOVZXBW),
    SEQUENCE(i32x4_extend_high_i16x8_s) EXTEND_HIGH(VPMOVSXWD),
    SEQUENCE(i32x4_extend_high_i16x8_u) EXTEND_HIGH(VPMOVZXWD),
    SEQUENCE(i64x2_extend_high_i32x4_s) EXTEND_HIGH(VPMOVSXDQ),
    SEQUENCE(i64x2_extend_high_i32x4_u) EXTEND_HIGH(VPMOVZXDQ),
    SEQUENCE(i16x8_extmul_low_i8x16_s) EXTMUL8_LOW(VPMOVSXBW),
    SEQUENCE(i16x8_extmul_high_i8x16_s) EXTMUL8_HIGH(VPMOVSXBW),
    SEQUENCE(i16x8_extmul_low_i8x16_u) EXTMUL8_LOW(VPMOVZXBW),
    SEQUENCE(i16x8_extmul_high_i8x16_u) EXTMUL8_HIGH(VPMOVZXBW),
    SEQUENCE(i32x4_extmul_low_i16x8_s) EXTMUL16(VPMULHW, VPUNPCKLWD),
    SEQUENCE(i32x4_extmul_high_i16x8_s) EXTMUL16(VPMULHW, VPUNPCKHWD),
    SEQUENCE(i32x4_extmul_low_i16x8_u) EXTMUL16(VPMULHUW, VPUNPCKLWD),
    SEQUENCE(i32x4_extmul_high_i16x8_u) EXTMUL16(VPMULHUW, VPUNPCKHWD),
    SEQUENCE(i64x2_extmul_low_i32x4_s) EXTMUL32(VPMULDQ, 0x50),
    SEQUENCE(i64x2_extmul_high_i32x4_s) EXTMUL32(VPMULDQ, 0xfa),
    SEQUENCE(i64x2_extmul_low_i32x4_u) EXTMUL32(VPMULUDQ, 0x50),
    SEQUENCE(i64x2_extmul_high_i32x4_u) EXTMUL32(VPMULUDQ, 0xfa),
    /* pmaddubsw takes its first operand for unsigned, its second for signed */
    SEQUENCE(i16x8_extadd_pairwise_i8x16_s){OP(X64_MOVUPS_LOAD, S, NO, CONST(BYTES_01)),
                                            OP(VPMADDUBSW, D, S, A)},
    SEQUENCE(i16x8_extadd_pairwise_i8x16_u){OP(VPMADDUBSW, D, A, CONST(BYTES_01))},
    SEQUENCE(i32x4_extadd_pairwise_i16x8_s){OP(VPMADDWD, D, A, CONST(WORDS_0001))},
    SEQUENCE(i32x4_extadd_pairwise_i16x8_u){OPI(V_IMM(2), V_SRL, S, A, 16),
                                            OPI(V_IMM(2), V_SLL, D, A, 16),
                                            OPI(V_IMM(2), V_SRL, D, D, 16), OP(VPADDD, D, D, S)},

    SEQUENCE(i32x4_relaxed_dot_i8x16_i7x16_add_s){
        OP(VPMADDUBSW, S, B, A), OP(VPMADDWD, S, S, CONST(WORDS_0001)), OP(VPADDD, D, S, C)},

    SEQUENCE(f32x4_min) FMIN(V_NP, VCMPPS, 2, 10),
    SEQUENCE(f64x2_min) FMIN(V_66, VCMPPD, 3, 13),
    SEQUENCE(f32x4_max) FMAX(V_NP, VCMPPS, 2, 10),
    SEQUENCE(f64x2_max) FMAX(V_66, VCMPPD, 3, 13),

    /* NaN to 0; the instruction answers 0x80000000 for what does not fit, which is right below and
     * inverted above */
    SEQUENCE(i32x4_trunc_sat_f32x4_s){
        OPI(VCMPPS, T, A, A, V_EQ), OP(VPAND, T, T, A), OP(VCVTTPS2DQ, S, NO, T),
        OPI(VCMPPS, T, T, CONST(F32S_2P31), V_GE), OP(VPXOR, D, S, T)},
    SEQUENCE(i32x4_trunc_sat_f32x4_u) TRUNC_F32_U,
    SEQUENCE(i32x4_relaxed_trunc_f32x4_u) TRUNC_F32_U,
    SEQUENCE(i32x4_trunc_sat_f64x2_s_zero){OPI(VCMPPD, S, A, A, V_EQ),
                                           OP(VPAND, S, S, CONST(F64_I32_MAX)),
                                           OP(V_66(0x5d), S, A, S), OP(VCVTTPD2DQ, D, NO, S)},
    SEQUENCE(i32x4_trunc_sat_f64x2_u_zero) TRUNC_F64_U,
    SEQUENCE(i32x4_relaxed_trunc_f64x2_u_zero) TRUNC_F64_U,
    /* both halves exactly, one rounding when they are added */
    SEQUENCE(f32x4_convert_i32x4_u){OPI(V_IMM(2), V_SRL, S, A, 16), OPI(V_IMM(2), V_SLL, D, A, 16),
                                    OPI(V_IMM(2), V_SRL, D, D, 16), OP(VCVTDQ2PS, S, NO, S),
                                    OP(VCVTDQ2PS, D, NO, D), OP(V_NP(0x59), S, S, CONST(F32S_2P16)),
                                    OP(V_NP(0x58), D, D, S)},
    SEQUENCE(f64x2_convert_low_i32x4_u){OP(VPUNPCKLDQ, S, A, CONST(F64_2P52_HIGH)),
                                        OP(V_66(0x5c), D, S, CONST(F64_2P52))},
};

SEL_HANDLER(sel_vsequence)
{
    (void)row;
    uint8_t regs[K] = {0, 1, 2, 3, 4, 5, 6, 7};
    const ir_ref_t operands[] = {node->a, node->b, node->c};
    for (unsigned i = 0; i < cg_operand_counts[node->op]; i++)
        regs[A + i] = (uint8_t)cg_reg(cg, operands[i]);
    regs[S] = ABI_SCRATCH_XMM;
    regs[T] = row->xmms ? (uint8_t)cg_temp(cg, CG_XMM) : X64_NONE;
    regs[NO] = X64_NONE;
    cg_release(cg);
    regs[D] = (uint8_t)cg_def(cg, n, X64_NONE);
    dassert(node->op - FIRST < ARRAY_LEN(sequences) && sequences[node->op - FIRST][0].op);
    for (const struct step *s = sequences[node->op - FIRST]; s->op; s++) {
        struct x64_rm rm = s->rm >= K ? cg_module_const(cg, s->rm - K) : x64_r(regs[s->rm]);
        if (s->has_imm)
            x64_vex_imm8(&cg->e, s->op, regs[s->reg], regs[s->v], rm, s->imm);
        else
            x64_vex(&cg->e, s->op, regs[s->reg], regs[s->v], rm);
    }
}
