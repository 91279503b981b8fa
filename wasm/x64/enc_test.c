/* Encodings against those of LLVM's assembler, made offline; the text is its own. */
#include "base/string.h"
#include "base/test.h"
#include "wasm/x64/enc.h"

static uint8_t buffer[512];

static struct x64_enc begin(void)
{
    memset(buffer, 0, sizeof buffer);
    return (struct x64_enc){.base = buffer, .limit = sizeof buffer};
}

static bool holds(const struct x64_enc *e, const uint8_t *want, size_t n)
{
    return e->pos == n && memcmp(buffer, want, n) == 0;
}

#define INSN(text, call, ...)                                                                      \
    do {                                                                                           \
        static const uint8_t want[] = {__VA_ARGS__};                                               \
        struct x64_enc enc = begin(), *e = &enc;                                                   \
        call;                                                                                      \
        CHECK(text[0] && holds(e, want, sizeof want));                                             \
    } while (0)

TEST(enc_addressing)
{
    INSN("addl %r9d, %eax", x64_op(e, X64_ALU_LOAD(X64_ADD), X64_RAX, x64_r(X64_R9)), 0x41, 0x03,
         0xc1);
    INSN("subq %rbx, %r12", x64_op(e, X64_ALU_LOAD(X64_SUB) | X64_W, X64_R12, x64_r(X64_RBX)), 0x4c,
         0x2b, 0xe3);
    INSN("cmpl (%rsp), %edi", x64_op(e, X64_ALU_LOAD(X64_CMP), X64_RDI, x64_m(X64_RSP, 0)), 0x3b,
         0x3c, 0x24);
    INSN("cmpl %ebx, 8(%r12)", x64_op(e, X64_ALU_STORE(X64_CMP), X64_RBX, x64_m(X64_R12, 8)), 0x41,
         0x39, 0x5c, 0x24, 0x08);
    INSN("movl (%rbp), %eax", x64_op(e, X64_MOV_LOAD, X64_RAX, x64_m(X64_RBP, 0)), 0x8b, 0x45,
         0x00);
    INSN("movl (%r13), %eax", x64_op(e, X64_MOV_LOAD, X64_RAX, x64_m(X64_R13, 0)), 0x41, 0x8b, 0x45,
         0x00);
    INSN("movq 127(%r15), %r8", x64_op(e, X64_MOV_LOAD | X64_W, X64_R8, x64_m(X64_R15, 127)), 0x4d,
         0x8b, 0x47, 0x7f);
    INSN("movq 128(%r15), %r8", x64_op(e, X64_MOV_LOAD | X64_W, X64_R8, x64_m(X64_R15, 128)), 0x4d,
         0x8b, 0x87, 0x80, 0x00, 0x00, 0x00);
    INSN("movq -128(%r15), %r8", x64_op(e, X64_MOV_LOAD | X64_W, X64_R8, x64_m(X64_R15, -128)),
         0x4d, 0x8b, 0x47, 0x80);
    INSN("movl (%r14,%rdi), %ecx", x64_op(e, X64_MOV_LOAD, X64_RCX, x64_mx(X64_R14, X64_RDI, 0, 0)),
         0x41, 0x8b, 0x0c, 0x3e);
    INSN("movl (%r13,%r12,8), %ecx",
         x64_op(e, X64_MOV_LOAD, X64_RCX, x64_mx(X64_R13, X64_R12, 3, 0)), 0x43, 0x8b, 0x4c, 0xe5,
         0x00);
    INSN("movl 2147483647(%r14,%r11), %ecx",
         x64_op(e, X64_MOV_LOAD, X64_RCX, x64_mx(X64_R14, X64_R11, 0, INT32_MAX)), 0x43, 0x8b, 0x8c,
         0x1e, 0xff, 0xff, 0xff, 0x7f);
    INSN("movl 16(,%rdx,4), %ecx",
         x64_op(e, X64_MOV_LOAD, X64_RCX, x64_mx(X64_NONE, X64_RDX, 2, 16)), 0x8b, 0x0c, 0x95, 0x10,
         0x00, 0x00, 0x00);
    INSN("movl 4096, %ecx", x64_op(e, X64_MOV_LOAD, X64_RCX, x64_m(X64_NONE, 4096)), 0x8b, 0x0c,
         0x25, 0x00, 0x10, 0x00, 0x00);
    INSN("movb %sil, 1(%r14,%rax)",
         x64_op(e, X64_MOV_STORE8, X64_RSI, x64_mx(X64_R14, X64_RAX, 0, 1)), 0x41, 0x88, 0x74, 0x06,
         0x01);
}

TEST(enc_integer)
{
    INSN("movb %bl, (%rcx)", x64_op(e, X64_MOV_STORE8, X64_RBX, x64_m(X64_RCX, 0)), 0x88, 0x19);
    INSN("movw %r10w, (%rcx)", x64_op(e, X64_MOV_STORE16, X64_R10, x64_m(X64_RCX, 0)), 0x66, 0x44,
         0x89, 0x11);
    INSN("movzbl %dil, %eax", x64_op(e, X64_MOVZX8, X64_RAX, x64_r(X64_RDI)), 0x40, 0x0f, 0xb6,
         0xc7);
    INSN("movsbq (%r14,%rcx), %r9",
         x64_op(e, X64_MOVSX8 | X64_W, X64_R9, x64_mx(X64_R14, X64_RCX, 0, 0)), 0x4d, 0x0f, 0xbe,
         0x0c, 0x0e);
    INSN("movzwl %cx, %edx", x64_op(e, X64_MOVZX16, X64_RDX, x64_r(X64_RCX)), 0x0f, 0xb7, 0xd1);
    INSN("movswl (%rsi), %edx", x64_op(e, X64_MOVSX16, X64_RDX, x64_m(X64_RSI, 0)), 0x0f, 0xbf,
         0x16);
    INSN("movslq %r8d, %rax", x64_op(e, X64_MOVSXD, X64_RAX, x64_r(X64_R8)), 0x49, 0x63, 0xc0);
    INSN("leal 3(%rcx,%rdx,2), %eax", x64_op(e, X64_LEA, X64_RAX, x64_mx(X64_RCX, X64_RDX, 1, 3)),
         0x8d, 0x44, 0x51, 0x03);
    INSN("leaq (%r13,%r8), %rax",
         x64_op(e, X64_LEA | X64_W, X64_RAX, x64_mx(X64_R13, X64_R8, 0, 0)), 0x4b, 0x8d, 0x44, 0x05,
         0x00);
    INSN("testl %eax, %r15d", x64_op(e, X64_TEST, X64_RAX, x64_r(X64_R15)), 0x41, 0x85, 0xc7);
    INSN("xchgq %rdi, %rcx", x64_op(e, X64_XCHG | X64_W, X64_RDI, x64_r(X64_RCX)), 0x48, 0x87,
         0xf9);
    INSN("imulq (%r14,%rax), %rbx",
         x64_op(e, X64_IMUL | X64_W, X64_RBX, x64_mx(X64_R14, X64_RAX, 0, 0)), 0x49, 0x0f, 0xaf,
         0x1c, 0x06);
    INSN("imull $7, %r9d, %eax", x64_op_imm8(e, X64_IMUL_IMM8, X64_RAX, x64_r(X64_R9), 7), 0x41,
         0x6b, 0xc1, 0x07);
    INSN("imulq $1000, %r9, %rax",
         x64_op_imm32(e, X64_IMUL_IMM32 | X64_W, X64_RAX, x64_r(X64_R9), 1000), 0x49, 0x69, 0xc1,
         0xe8, 0x03, 0x00, 0x00);
    INSN("cmovael %r12d, %ebp", x64_op(e, X64_CMOV + X64_AE, X64_RBP, x64_r(X64_R12)), 0x41, 0x0f,
         0x43, 0xec);
    INSN("cmovneq %rax, %r8", x64_op(e, (X64_CMOV + X64_NE) | X64_W, X64_R8, x64_r(X64_RAX)), 0x4c,
         0x0f, 0x45, 0xc0);
    INSN("setg %sil", x64_op(e, X64_SETCC + X64_G, 0, x64_r(X64_RSI)), 0x40, 0x0f, 0x9f, 0xc6);
    INSN("setb %r11b", x64_op(e, X64_SETCC + X64_B, 0, x64_r(X64_R11)), 0x41, 0x0f, 0x92, 0xc3);
    INSN("lzcntl %edi, %eax", x64_op(e, X64_LZCNT, X64_RAX, x64_r(X64_RDI)), 0xf3, 0x0f, 0xbd,
         0xc7);
    INSN("tzcntq %r9, %rax", x64_op(e, X64_TZCNT | X64_W, X64_RAX, x64_r(X64_R9)), 0xf3, 0x49, 0x0f,
         0xbc, 0xc1);
    INSN("popcntq %rax, %r9", x64_op(e, X64_POPCNT | X64_W, X64_R9, x64_r(X64_RAX)), 0xf3, 0x4c,
         0x0f, 0xb8, 0xc8);
    INSN("negl %r10d", x64_op(e, X64_GROUP3, X64_NEG, x64_r(X64_R10)), 0x41, 0xf7, 0xda);
    INSN("idivq %rcx", x64_op(e, X64_GROUP3 | X64_W, X64_IDIV, x64_r(X64_RCX)), 0x48, 0xf7, 0xf9);
    INSN("divl %r8d", x64_op(e, X64_GROUP3, X64_DIV, x64_r(X64_R8)), 0x41, 0xf7, 0xf0);
    INSN("callq *8(%r15)", x64_op(e, X64_GROUP5, 2, x64_m(X64_R15, 8)), 0x41, 0xff, 0x57, 0x08);
    INSN("jmpq *%r11", x64_op(e, X64_GROUP5, 4, x64_r(X64_R11)), 0x41, 0xff, 0xe3);
    INSN("pushq 24(%rsp)", x64_op(e, X64_GROUP5, 6, x64_m(X64_RSP, 24)), 0xff, 0x74, 0x24, 0x18);
    INSN("popq 32(%rsp)", x64_op(e, X64_POP_RM, 0, x64_m(X64_RSP, 32)), 0x8f, 0x44, 0x24, 0x20);
    INSN("roll %cl, %r9d", x64_op(e, X64_SHIFT_CL, X64_ROL, x64_r(X64_R9)), 0x41, 0xd3, 0xc1);
    INSN("btcq $63, %rdx", x64_op_imm8(e, X64_BT_IMM | X64_W, 7, x64_r(X64_RDX), 63), 0x48, 0x0f,
         0xba, 0xfa, 0x3f);
    INSN("mulxq %r9, %rax, %rbx", x64_vex(e, X64_MULX | X64_W, X64_RBX, X64_RAX, x64_r(X64_R9)),
         0xc4, 0xc2, 0xfb, 0xf6, 0xd9);
    INSN("shlxl %ecx, %edx, %eax", x64_vex(e, X64_SHLX, X64_RAX, X64_RCX, x64_r(X64_RDX)), 0xc4,
         0xe2, 0x71, 0xf7, 0xc2);
}

TEST(enc_vex)
{
    INSN("sarxq %r9, %rdx, %r10", x64_vex(e, X64_SARX | X64_W, X64_R10, X64_R9, x64_r(X64_RDX)),
         0xc4, 0x62, 0xb2, 0xf7, 0xd2);
    INSN("shrxl %r15d, %r8d, %edi", x64_vex(e, X64_SHRX, X64_RDI, X64_R15, x64_r(X64_R8)), 0xc4,
         0xc2, 0x03, 0xf7, 0xf8);
    INSN("rorxl $7, %edi, %eax", x64_vex_imm8(e, X64_RORX, X64_RAX, X64_NONE, x64_r(X64_RDI), 7),
         0xc4, 0xe3, 0x7b, 0xf0, 0xc7, 0x07);
    INSN("rorxq $33, %r12, %r13",
         x64_vex_imm8(e, X64_RORX | X64_W, X64_R13, X64_NONE, x64_r(X64_R12), 33), 0xc4, 0x43, 0xfb,
         0xf0, 0xec, 0x21);
    INSN("vmovaps %xmm9, %xmm1", x64_vex(e, X64_MOVAPS, X64_XMM + 1, X64_NONE, x64_r(X64_XMM + 9)),
         0xc4, 0xc1, 0x78, 0x28, 0xc9);
    INSN("vmovsd (%r14,%rdi), %xmm3",
         x64_vex(e, X64_MOVSD_LOAD, X64_XMM + 3, X64_NONE, x64_mx(X64_R14, X64_RDI, 0, 0)), 0xc4,
         0xc1, 0x7b, 0x10, 0x1c, 0x3e);
    INSN("vmovss %xmm12, 8(%rsp)",
         x64_vex(e, X64_MOVSS_STORE, X64_XMM + 12, X64_NONE, x64_m(X64_RSP, 8)), 0xc5, 0x7a, 0x11,
         0x64, 0x24, 0x08);
    INSN("vmovups 16(%rsp), %xmm8",
         x64_vex(e, X64_MOVUPS_LOAD, X64_XMM + 8, X64_NONE, x64_m(X64_RSP, 16)), 0xc5, 0x78, 0x10,
         0x44, 0x24, 0x10);
    INSN("vmovups -32(%r8,%r9), %ymm3",
         x64_vex(e, X64_MOVUPS_LOAD | X64_YMM, X64_XMM + 3, X64_NONE,
                 x64_mx(X64_R8, X64_R9, 0, -32)),
         0xc4, 0x81, 0x7c, 0x10, 0x5c, 0x08, 0xe0);
    INSN("vmovups %ymm0, 96(%rcx)",
         x64_vex(e, X64_MOVUPS_STORE | X64_YMM, X64_XMM, X64_NONE, x64_m(X64_RCX, 96)), 0xc5, 0xfc,
         0x11, 0x41, 0x60);
    INSN("vzeroupper", x64_vzeroupper(e), 0xc5, 0xf8, 0x77);
    INSN("vmovd %r8d, %xmm2", x64_vex(e, X64_MOVD_TO_XMM, X64_XMM + 2, X64_NONE, x64_r(X64_R8)),
         0xc4, 0xc1, 0x79, 0x6e, 0xd0);
    INSN("vmovq %xmm15, %rax",
         x64_vex(e, X64_MOVD_FROM_XMM | X64_W, X64_XMM + 15, X64_NONE, x64_r(X64_RAX)), 0xc4, 0x61,
         0xf9, 0x7e, 0xf8);
    INSN("vaddsd %xmm2, %xmm1, %xmm0",
         x64_vex(e, X64_ADDS | X64_F2, X64_XMM, X64_XMM + 1, x64_r(X64_XMM + 2)), 0xc5, 0xf3, 0x58,
         0xc2);
    INSN("vmulss 4(%r14,%r9), %xmm11, %xmm10",
         x64_vex(e, X64_MULS | X64_F3, X64_XMM + 10, X64_XMM + 11, x64_mx(X64_R14, X64_R9, 0, 4)),
         0xc4, 0x01, 0x22, 0x59, 0x54, 0x0e, 0x04);
    INSN("vucomisd %xmm10, %xmm3",
         x64_vex(e, X64_UCOMISD, X64_XMM + 3, X64_NONE, x64_r(X64_XMM + 10)), 0xc4, 0xc1, 0x79,
         0x2e, 0xda);
    INSN("vcvtsi2sd %r11, %xmm0, %xmm5",
         x64_vex(e, X64_CVTSI2S | X64_F2 | X64_W, X64_XMM + 5, X64_XMM, x64_r(X64_R11)), 0xc4, 0xc1,
         0xfb, 0x2a, 0xeb);
    INSN("vcvttss2si %xmm9, %rdx",
         x64_vex(e, X64_CVTTS2SI | X64_F3 | X64_W, X64_RDX, X64_NONE, x64_r(X64_XMM + 9)), 0xc4,
         0xc1, 0xfa, 0x2c, 0xd1);
    INSN("vroundsd $9, %xmm7, %xmm7, %xmm1",
         x64_vex_imm8(e, X64_ROUNDSD, X64_XMM + 1, X64_XMM + 7, x64_r(X64_XMM + 7), 9), 0xc4, 0xe3,
         0x41, 0x0b, 0xcf, 0x09);
    INSN("vroundss $11, %xmm2, %xmm1, %xmm0",
         x64_vex_imm8(e, X64_ROUNDSS, X64_XMM, X64_XMM + 1, x64_r(X64_XMM + 2), 11), 0xc4, 0xe3,
         0x71, 0x0a, 0xc2, 0x0b);
    INSN("vcmpunordsd %xmm2, %xmm1, %xmm15",
         x64_vex_imm8(e, X64_CMPS | X64_F2, X64_XMM + 15, X64_XMM + 1, x64_r(X64_XMM + 2), 3), 0xc5,
         0x73, 0xc2, 0xfa, 0x03);
    INSN("vandnps %xmm2, %xmm14, %xmm0",
         x64_vex(e, X64_ANDNPS, X64_XMM, X64_XMM + 14, x64_r(X64_XMM + 2)), 0xc5, 0x88, 0x55, 0xc2);
}

TEST(enc_immediates)
{
    INSN("addl $127, %ecx", x64_alu_imm(e, X64_ADD, 0, x64_r(X64_RCX), 127), 0x83, 0xc1, 0x7f);
    INSN("andq $-129, %r9", x64_alu_imm(e, X64_AND, X64_W, x64_r(X64_R9), -129), 0x49, 0x81, 0xe1,
         0x7f, 0xff, 0xff, 0xff);
    INSN("cmpl $305419896, 8(%r11)", x64_alu_imm(e, X64_CMP, 0, x64_m(X64_R11, 8), 0x12345678),
         0x41, 0x81, 0x7b, 0x08, 0x78, 0x56, 0x34, 0x12);
    INSN("shll %edx", x64_shift_imm(e, X64_SHL, 0, x64_r(X64_RDX), 1), 0xd1, 0xe2);
    INSN("sarq $17, %r13", x64_shift_imm(e, X64_SAR, X64_W, x64_r(X64_R13), 17), 0x49, 0xc1, 0xfd,
         0x11);
    INSN("movl $4294967295, %r9d", x64_mov_imm(e, X64_R9, UINT32_MAX), 0x41, 0xb9, 0xff, 0xff, 0xff,
         0xff);
    INSN("movq $-2, %rax", x64_mov_imm(e, X64_RAX, (uint64_t)-2), 0x48, 0xc7, 0xc0, 0xfe, 0xff,
         0xff, 0xff);
    INSN("movabsq $81985529216486895, %rcx", x64_mov_imm(e, X64_RCX, 0x123456789abcdef), 0x48, 0xb9,
         0xef, 0xcd, 0xab, 0x89, 0x67, 0x45, 0x23, 0x01);
    INSN("pushq %r12", x64_push(e, X64_R12), 0x41, 0x54);
    INSN("popq %rbp", x64_pop(e, X64_RBP), 0x5d);
    INSN("retq", x64_ret(e, 0), 0xc3);
    INSN("retq $24", x64_ret(e, 24), 0xc2, 0x18, 0x00);
    INSN("ud2", x64_ud2(e), 0x0f, 0x0b);
    INSN("cltd", x64_cdq(e, 0), 0x99);
    INSN("cqto", x64_cdq(e, X64_W), 0x48, 0x99);
}

static uint32_t u32_at(uint32_t at)
{
    uint32_t v;
    memcpy(&v, buffer + at, 4);
    return v;
}

TEST(enc_forward_jumps_are_patched)
{
    struct x64_enc e = begin();
    struct x64_label l = {0};
    x64_nops(&e, 3);
    x64_jmp(&e, &l);
    x64_jcc(&e, X64_NE, &l);
    x64_call(&e, &l);
    x64_lea_label(&e, X64_RAX, &l);
    uint32_t end = e.pos;
    CHECK(end == 3 + 5 + 6 + 5 + 7);
    x64_bind(&e, &l);
    CHECK(l.at == end + 1 && l.chain == 0);
    CHECK(u32_at(4) == end - 8 && u32_at(10) == end - 14 && u32_at(15) == end - 19);
    CHECK(u32_at(22) == end - 26);
}

TEST(enc_near_jumps_are_patched)
{
    struct x64_enc e = begin();
    struct x64_label l = {0};
    x64_nops(&e, 3);
    x64_jmp_near(&e, &l);
    x64_jmp(&e, &l);
    x64_jcc_near(&e, X64_NE, &l);
    x64_jcc(&e, X64_B, &l);
    x64_nops(&e, 9);
    x64_jcc_near(&e, X64_G, &l);
    uint32_t end = e.pos;
    CHECK(end == 3 + 2 + 5 + 2 + 6 + 9 + 2);
    CHECK(buffer[3] == 0xeb && buffer[5] == 0xe9 && buffer[10] == 0x75 && buffer[27] == 0x7f);
    x64_bind(&e, &l);
    CHECK(!e.too_far && e.pos == end && l.at == end + 1 && l.chain == 0 && l.near == 0);
    CHECK(buffer[4] == end - 5 && buffer[11] == end - 12 && buffer[28] == 0);
    CHECK(u32_at(6) == end - 10 && u32_at(14) == end - 18);
    /* what is bound is jumped to as ever */
    x64_jmp_near(&e, &l);
    x64_jcc_near(&e, X64_LE, &l);
    CHECK(e.pos == end + 4 && !e.too_far && buffer[end] == 0xeb && buffer[end + 1] == 0xfe);
    CHECK(buffer[end + 2] == 0x7e && buffer[end + 3] == 0xfc);
    x64_nops(&e, 200);
    x64_jmp_near(&e, &l);
    x64_jcc_near(&e, X64_LE, &l);
    CHECK(!e.too_far && buffer[end + 204] == 0xe9 && u32_at(end + 205) == (uint32_t)-209);
    CHECK(buffer[end + 209] == 0x0f && u32_at(end + 211) == (uint32_t)-215);
}

/* Near jumps to one label, each so many bytes of padding behind the one before: do all of them lead
 * there, or is it too far? Neither: -1. The padding is made of bytes that no chain may go through.
 */
static int is_near(const uint32_t *gaps, unsigned n, bool conditional)
{
    struct x64_enc e = begin();
    struct x64_label l = {0};
    uint32_t at[8];

    for (unsigned i = 0; i < n; i++) {
        if (conditional)
            x64_jcc_near(&e, X64_E, &l);
        else
            x64_jmp_near(&e, &l);
        at[i] = e.pos;
        for (uint32_t k = 0; k < gaps[i]; k++)
            x64_byte(&e, 0xfe);
    }
    x64_bind(&e, &l);
    for (unsigned i = 0; i < n && !e.too_far; i++)
        if (buffer[at[i] - 1] != e.pos - at[i])
            return -1;
    return !e.too_far;
}

#define IS_NEAR(conditional, ...)                                                                  \
    is_near((const uint32_t[]){__VA_ARGS__}, ARRAY_LEN(((const uint32_t[]){__VA_ARGS__})),         \
            conditional)

TEST(enc_near_jumps_reach_127_bytes)
{
    for (unsigned conditional = 0; conditional < 2; conditional++) {
        CHECK(IS_NEAR(conditional, 0) == 1 && IS_NEAR(conditional, 127) == 1);
        CHECK(!IS_NEAR(conditional, 128) && !IS_NEAR(conditional, 255));
        CHECK(!IS_NEAR(conditional, 256) && !IS_NEAR(conditional, 400));
        CHECK(IS_NEAR(conditional, 40, 0, 3, 78) == 1); /* 127, two bytes for each of the others */
        CHECK(!IS_NEAR(conditional, 40, 0, 3, 79));     /* 128 */
        CHECK(!IS_NEAR(conditional, 129, 0));           /* only the second is near */
        CHECK(!IS_NEAR(conditional, 253, 0));           /* 255 from one to the next */
        CHECK(!IS_NEAR(conditional, 254, 0));           /* 256, which a byte holds as 0 … */
        CHECK(!IS_NEAR(conditional, 0, 255, 0));        /* … and 257, as 1: nowhere to go on from */
        CHECK(!IS_NEAR(conditional, 300, 10, 10));
        CHECK(!IS_NEAR(conditional, 10, 300, 10));
    }
}

TEST(enc_backward_jumps_are_short_where_they_can)
{
    struct x64_enc e = begin();
    struct x64_label l = {0};
    x64_nops(&e, 1);
    x64_bind(&e, &l);
    x64_jcc(&e, X64_E, &l);
    CHECK(e.pos == 3 && buffer[1] == 0x74 && buffer[2] == 0xfe);
    x64_nops(&e, 124);
    x64_jmp(&e, &l); /* -128 exactly */
    CHECK(e.pos == 129 && buffer[127] == 0xeb && buffer[128] == 0x80);
    x64_jcc(&e, X64_E, &l);
    CHECK(e.pos == 135 && buffer[129] == 0x0f && u32_at(131) == (uint32_t)(1 - 135));
}

TEST(enc_rip_relative_counts_from_the_end)
{
    struct x64_enc e = begin();
    x64_vex(&e, X64_ANDPS, X64_XMM, X64_XMM, x64_m(X64_RIP, 100));
    CHECK(u32_at(e.pos - 4) == 100 - e.pos);
    x64_alu_imm(&e, X64_CMP, 0, x64_m(X64_RIP, 100), 1);
    CHECK(u32_at(e.pos - 5) == 100 - e.pos && buffer[e.pos - 1] == 1);
}

TEST(enc_nops_have_the_length_asked_for)
{
    for (unsigned n = 0; n < 40; n++) {
        struct x64_enc e = begin();
        x64_nops(&e, n);
        CHECK(e.pos == n);
    }
}
