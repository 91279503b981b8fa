/* A decoded machine instruction, as far as the rules care. Written by decode.c out of forms.def
 * after the Intel SDM, volume 2: chapter 2 (formats), appendix A (opcode maps). */
#pragma once

#include "base/base.h"

/* Registers by number; beyond them: */
enum { V_RAX, V_RCX, V_RDX, V_RBX, V_RSP, V_RBP, V_RSI, V_RDI, V_R8, V_R9, V_R10, V_R11 };
enum { V_R12 = 12, V_R13, V_R14, V_R15, V_GPRS, V_NO_REG = 16, V_RIP = 17 };

/* What an instruction does. r: the register in the reg field, m: register or memory in the r/m
 * field, i: immediate. */
enum vop {
    VOP_BAD,
    VOP_GROUP, /* in the tables only: the reg field says which */
    VOP_NOP,
    VOP_UD2,
    VOP_GOTO,    /* made up: execution goes on at another instruction */
    VOP_ALU_MR,  /* m = m op r; aux: 0 add 1 or 4 and 5 sub 6 xor 7 cmp */
    VOP_ALU_RM,  /* r = r op m */
    VOP_ALU_MI,  /* m = m op i */
    VOP_TEST,    /* looks at m and r, or m and i */
    VOP_MOV_RM,  /* r = m */
    VOP_MOV_MR,  /* m = r */
    VOP_MOV_MI,  /* m = i */
    VOP_MOV_RI,  /* r = i */
    VOP_LEA,     /* r = address of m */
    VOP_MOVZX,   /* r = m zero-extended from the access's width */
    VOP_MOVSX,   /* r = m sign-extended */
    VOP_RM,      /* r = some function of m (and r) */
    VOP_CMOV,    /* r = condition aux ? m : r */
    VOP_M,       /* m = some function of m */
    VOP_SHIFT,   /* m = m shifted by i; aux: 4 shl 5 shr, others whatever */
    VOP_PAIR,    /* rax and rdx = some function of both and m; aux: may fault */
    VOP_CDQ,     /* rdx = the sign of rax */
    VOP_SETCC,   /* low byte of m */
    VOP_XCHG,    /* r and m change places */
    VOP_XADD,    /* the same, and m = m + r */
    VOP_CMPXCHG, /* m = r or rax = m */
    VOP_PUSH,    /* m (a register or memory) */
    VOP_POP,     /* to m */
    VOP_JMP,     /* to i, a code offset */
    VOP_JCC,     /* to i, condition aux */
    VOP_CALL,    /* i */
    VOP_JMP_M,   /* to where m says */
    VOP_CALL_M,
    VOP_RET,     /* pops i bytes */
    VOP_V,       /* vector register r = some function of vector or memory m */
    VOP_V_STORE, /* vector or memory m = vector register r; aux: as it is, 8 bytes */
    VOP_V_LOAD8, /* vector register r = 8 bytes of memory m */
    VOP_V_LOOK,  /* flags of vectors r and m */
    VOP_V_FROM,  /* vector register r = some function of general or memory m; aux: movq */
    VOP_V_TO_M,  /* general or memory m = some function of vector register r; aux: movq */
    VOP_V_TO_R,  /* general register r = some function of vector or memory m */
};

/* Of a row of forms.def. */
enum {
    VF_MODRM = 1,
    VF_I8 = 2,      /* an immediate byte, sign-extended */
    VF_I32 = 4,     /* four bytes, two with 66h */
    VF_FLAGS = 8,   /* changes the flags */
    VF_BYTE = 16,   /* byte operands */
    VF_66 = 32,     /* may have an operand size prefix */
    VF_WIDE = 64,   /* operands have 64 bits without REX.W */
    VF_LOCK = 128,  /* may be locked, with a memory operand */
    VF_MEM = 256,   /* only with a memory operand */
    VF_REG = 512,   /* only without one */
    VF_W0 = 1024,   /* W must be 0 */
    VF_VVVV = 2048, /* has a register in VEX.vvvv; else that must be 1111b */
    VF_SAME = 4096, /* … and it is the one in the reg field */
};

struct vform {
    uint8_t op, aux, bytes; /* bytes: of a memory operand; 0: the operand size */
    uint8_t group;          /* of VOP_GROUP */
    uint16_t flags;
};

/* Of an instruction. */
enum { VI_MEM = 1, VI_FLAGS = 2, VI_LEADER = 4 };

struct vinsn {
    uint32_t at; /* in the code range */
    int32_t disp;
    int64_t imm;    /* of a jump or call: its target in the code range */
    uint32_t state; /* flow.c: of a leader: 1 + its state, 0: not reached yet */
    uint8_t len, op, aux;
    uint8_t width; /* of operands, in bytes */
    uint8_t bytes; /* of the memory operand */
    uint8_t reg;
    uint8_t base; /* the register, if there is no memory operand; V_RIP: disp is a code offset */
    uint8_t index, scale;
    uint8_t flags;
    uint8_t site; /* enum code_site_kind: what a fault here means */
};

/* Reads the instruction at `at`, which ends before `end`; false if it is not on the list. */
bool vinsn_decode(const uint8_t *code, uint32_t at, uint32_t end, struct vinsn *out);
