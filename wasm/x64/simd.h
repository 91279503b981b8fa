/* Opcodes of the 128-bit instructions (all VEX), and what the files of vector selection share. */
#pragma once

#include "wasm/x64/select.h"

#define V_66(code)   ((code) | X64_0F | X64_66)
#define V_NP(code)   ((code) | X64_0F)
#define V_F3(code)   ((code) | X64_0F | X64_F3)
#define V_F2(code)   ((code) | X64_0F | X64_F2)
#define V_38(code)   ((code) | X64_0F38 | X64_66)
#define V_3A(code)   ((code) | X64_0F3A | X64_66)
#define V_IMM(width) V_66(0x70 + (width)) /* shifts by an immediate; width 1 w, 2 d, 3 q */
enum { V_SRL = 2, V_SRA = 4, V_SLL = 6 }; /* their reg field */

enum {
    VPSHUFB = V_38(0x00),
    VPMADDUBSW = V_38(0x04),
    VPMULHRSW = V_38(0x0b),
    VPTEST = V_38(0x17),
    VBROADCASTSS = V_38(0x18),
    VPMOVSXBW = V_38(0x20),
    VPMOVSXWD = V_38(0x23),
    VPMOVSXDQ = V_38(0x25),
    VPMULDQ = V_38(0x28),
    VPCMPEQQ = V_38(0x29),
    VPMOVZXBW = V_38(0x30),
    VPMOVZXWD = V_38(0x33),
    VPMOVZXDQ = V_38(0x35),
    VPCMPGTQ = V_38(0x37),
    VPMINSB = V_38(0x38),
    VPMINSD = V_38(0x39),
    VPMINUW = V_38(0x3a),
    VPMINUD = V_38(0x3b),
    VPMAXSB = V_38(0x3c),
    VPMAXSD = V_38(0x3d),
    VPMAXUW = V_38(0x3e),
    VPMAXUD = V_38(0x3f),
    VPMULLD = V_38(0x40),
    VPBROADCASTD = V_38(0x58),
    VPBROADCASTQ = V_38(0x59),
    VPBROADCASTB = V_38(0x78),
    VPBROADCASTW = V_38(0x79),
    VFMADD132PS = V_38(0x98),
    VFMADD132PD = V_38(0x98) | X64_W,
    VFNMADD132PS = V_38(0x9c),
    VFNMADD132PD = V_38(0x9c) | X64_W,
    VBLENDVPS = V_3A(0x4a),
    VBLENDVPD = V_3A(0x4b),
    VPBLENDVB = V_3A(0x4c),
    VROUNDPS = V_3A(0x08),
    VROUNDPD = V_3A(0x09),
    VPBLENDW = V_3A(0x0e),
    VPALIGNR = V_3A(0x0f),
    VPEXTRB = V_3A(0x14),
    VPEXTRW = V_3A(0x15),
    VPEXTRD = V_3A(0x16),
    VPINSRB = V_3A(0x20),
    VINSERTPS = V_3A(0x21),
    VPINSRD = V_3A(0x22),
    VPINSRW = V_66(0xc4),
    VMOVLHPS = V_NP(0x16),
    VMOVDDUP = V_F2(0x12),
    VMOVSD = V_F2(0x10),
    VUNPCKHPD = V_66(0x15),
    VPUNPCKLBW = V_66(0x60),
    VPUNPCKLWD = V_66(0x61),
    VPUNPCKLDQ = V_66(0x62),
    VPUNPCKHBW = V_66(0x68),
    VPUNPCKHWD = V_66(0x69),
    VPUNPCKHDQ = V_66(0x6a),
    VPUNPCKLQDQ = V_66(0x6c),
    VPUNPCKHQDQ = V_66(0x6d),
    VPACKSSWB = V_66(0x63),
    VPACKUSWB = V_66(0x67),
    VPACKSSDW = V_66(0x6b),
    VPACKUSDW = V_38(0x2b),
    VPCMPGTB = V_66(0x64),
    VPCMPGTW = V_66(0x65),
    VPCMPGTD = V_66(0x66),
    VPSHUFD = V_66(0x70),
    VPSHUFHW = V_F3(0x70),
    VPSHUFLW = V_F2(0x70),
    VPCMPEQB = V_66(0x74),
    VPCMPEQW = V_66(0x75),
    VPCMPEQD = V_66(0x76),
    VMOVMSKPS = V_NP(0x50),
    VMOVMSKPD = V_66(0x50),
    VPMOVMSKB = V_66(0xd7),
    VSHUFPS = V_NP(0xc6),
    VCMPPS = V_NP(0xc2),
    VCMPPD = V_66(0xc2),
    VPSRLW = V_66(0xd1),
    VPSRLD = V_66(0xd2),
    VPSRLQ = V_66(0xd3),
    VPSRAW = V_66(0xe1),
    VPSRAD = V_66(0xe2),
    VPSLLW = V_66(0xf1),
    VPSLLD = V_66(0xf2),
    VPSLLQ = V_66(0xf3),
    VPADDB = V_66(0xfc),
    VPADDD = V_66(0xfe),
    VPADDQ = V_66(0xd4),
    VPSUBB = V_66(0xf8),
    VPSUBW = V_66(0xf9),
    VPSUBD = V_66(0xfa),
    VPSUBQ = V_66(0xfb),
    VPMULLW = V_66(0xd5),
    VPMULHW = V_66(0xe5),
    VPMULHUW = V_66(0xe4),
    VPMULUDQ = V_66(0xf4),
    VPMADDWD = V_66(0xf5),
    VPADDUSB = V_66(0xdc),
    VPMINUB = V_66(0xda),
    VPMAXUB = V_66(0xde),
    VPMINSW = V_66(0xea),
    VPMAXSW = V_66(0xee),
    VPAND = V_66(0xdb),
    VPANDN = V_66(0xdf),
    VPOR = V_66(0xeb),
    VPXOR = V_66(0xef),
    VCVTDQ2PS = V_NP(0x5b),
    VCVTTPS2DQ = V_F3(0x5b),
    VCVTTPD2DQ = V_66(0xe6),
    VCVTDQ2PD = V_F3(0xe6),
    VCVTPS2PD = V_NP(0x5a),
    VCVTPD2PS = V_66(0x5a),
};

/* The orders of op(x, y, z) with a sum: x = x * z + y; added to the opcode, the two others. */
enum { V_FMA213 = 0x10 /* x = y * x + z */, V_FMA231 = 0x20 /* x = y * z + x */ };

/* Comparison predicates of VCMPPS and VCMPPD, none of which signals. */
enum { V_EQ = 0, V_UNORD = 3, V_NE = 4, V_LT = 0x11, V_LE = 0x12, V_GE = 0x1d, V_GT = 0x1e };

/* Sets the flags for any_true and all_true. */
struct cg_cond sel_vector_flags(struct cg *cg, const struct ir_node *node,
                                const struct sel_row *row);
SEL_HANDLER(sel_vbin);
SEL_HANDLER(sel_vun);
SEL_HANDLER(sel_vround);
SEL_HANDLER(sel_vfcompare);
SEL_HANDLER(sel_vshift);
SEL_HANDLER(sel_vshift8);
SEL_HANDLER(sel_vsar64);
SEL_HANDLER(sel_vsplat);
SEL_HANDLER(sel_vextract);
SEL_HANDLER(sel_vextract_float);
SEL_HANDLER(sel_vreplace);
SEL_HANDLER(sel_vreplace_float);
SEL_HANDLER(sel_vshuffle);
SEL_HANDLER(sel_vsequence);
SEL_HANDLER(sel_vfma);
SEL_HANDLER(sel_vblend);
