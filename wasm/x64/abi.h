/* The calling convention of compiled code.
 *
 * r15 = wasm_ctx, r14 = memory 0's base (PIN addressing). Integers and references in rdi rsi rdx
 * rcx r8 r9 rax r10, floats in xmm0-7, the rest in the caller's area: 8 bytes each (v128: 16), in
 * parameter order, the first directly above the return address. The callee pops them. Results in
 * rax rdx rcx rsi / xmm0-3, the rest in the caller's area above the stack parameters. 32-bit
 * integers are zero-extended everywhere. rbx rbp r12 r13 r14 r15 are preserved (as in the C
 * convention), everything else is not.
 *
 * A call of an imported function keeps rsp in r14, which every callee preserves, and afterwards
 * takes rsp from there, loads r14 again, and clears the upper half of a 32-bit integer result. So a
 * host function may return to it directly, on the embedder's stack. */
#pragma once

#include "wasm/module.h"
#include "wasm/x64/enc.h"

enum { ABI_CTX = X64_R15, ABI_MEM = X64_R14 };

/* Registers that values may live in: not rsp, r14, r15; xmm15 is scratch. */
#define ABI_GPRS         0x3fefu
#define ABI_XMMS         0x7fffu
#define ABI_GPR_COUNT    13
#define ABI_XMM_COUNT    15
#define ABI_CALLEE_SAVED (1u << X64_RBX | 1u << X64_RBP | 1u << X64_R12 | 1u << X64_R13)
#define ABI_CALLEE_COUNT 4
#define ABI_SCRATCH_XMM  (X64_XMM + 15)

/* Hands out the places of parameters or results, one after the other. */
struct abi_walk {
    const uint8_t *gprs;
    uint8_t ngprs, nxmms, gpr, xmm; /* how many there are, how many are taken */
    uint32_t stack;                 /* bytes taken of the caller's area */
};

struct abi_place {
    uint8_t reg;    /* enum x64_reg, X64_NONE: in the caller's area */
    uint32_t stack; /* offset there */
};

void abi_params_begin(struct abi_walk *w);
void abi_results_begin(struct abi_walk *w);
/* Runtime calls: rsi rdx rcx r8 r9; the stub fills in rdi. */
void abi_runtime_begin(struct abi_walk *w);
struct abi_place abi_next(struct abi_walk *w, bool is_xmm, unsigned bytes);
struct abi_place abi_next_value(struct abi_walk *w, wasm_valtype_t type);

/* Bytes of the caller's area that parameters and results take. */
uint32_t abi_params_bytes(const struct wasm_functype *type);
uint32_t abi_results_bytes(const struct wasm_functype *type);
