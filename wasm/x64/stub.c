/* The ways out of a module's code: to the runtime and to the compiler. Both run on the embedder's
 * stack. */
#include "base/string.h"
#include "wasm/jit/code_int.h"
#include "wasm/rt/entries.h"
#include "wasm/x64/abi.h"
#include "wasm/x64/stub.h"

static struct x64_rm of_ctx(size_t offset)
{
    return x64_m(ABI_CTX, (int32_t)offset);
}

static struct x64_rm of_thread(size_t offset)
{
    return x64_m(X64_R11, (int32_t)offset);
}

/* r11 = the running thread. */
static void load_thread(struct x64_enc *e)
{
    x64_op(e, X64_MOV_LOAD | X64_W, X64_R11, of_ctx(offsetof(struct wasm_ctx, thread)));
}

/* rsp leads to the return address into compiled code; it is remembered there for backtraces. */
static void leave_stack(struct x64_enc *e)
{
    load_thread(e);
    x64_op(e, X64_MOV_STORE | X64_W, X64_RSP, of_thread(offsetof(struct wasm_thread, wasm_sp)));
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RSP, of_thread(offsetof(struct wasm_thread, host_sp)));
}

/* rax = the C function; its arguments are in place but the first. Our rsp waits in r14, as in the
 * thunks of host functions. */
static uint32_t emit_runtime_call(struct x64_enc *e, bool narrow_result)
{
    uint32_t at = e->pos;
    x64_op(e, X64_MOV_LOAD | X64_W, ABI_MEM, x64_r(X64_RSP));
    leave_stack(e);
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RDI, of_ctx(offsetof(struct wasm_ctx, instance)));
    x64_op(e, X64_GROUP5, 2, x64_r(X64_RAX));
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RSP, x64_r(ABI_MEM));
    x64_op(e, X64_MOV_LOAD | X64_W, ABI_MEM, of_ctx(offsetof(struct wasm_ctx, mem0_base)));
    if (narrow_result)
        x64_op(e, X64_MOV_LOAD, X64_RAX, x64_r(X64_RAX));
    x64_ret(e, 0);
    return at;
}

/* What a call passes arguments in. */
static const uint8_t argument_gprs[] = {X64_RDI, X64_RSI, X64_RDX, X64_RCX,
                                        X64_R8,  X64_R9,  X64_RAX, X64_R10};
enum { ARGUMENT_XMMS = 8, XMMS_BYTES = 16 * (ARGUMENT_XMMS + 1) };

/* Saves all of them on the embedder's stack, and below [rsp + 16 * ARGUMENT_XMMS] what is in xmm15.
 */
static void save_arguments(struct x64_enc *e)
{
    for (unsigned i = 0; i < ARRAY_LEN(argument_gprs); i++)
        x64_push(e, argument_gprs[i]);
    x64_alu_imm(e, X64_SUB, X64_W, x64_r(X64_RSP), XMMS_BYTES);
    for (int i = 0; i <= ARGUMENT_XMMS; i++)
        x64_vex(e, X64_MOVUPS_STORE,
                i < ARGUMENT_XMMS ? X64_XMM + (unsigned)i : (unsigned)ABI_SCRATCH_XMM, X64_NONE,
                x64_m(X64_RSP, 16 * i));
}

static void restore_arguments(struct x64_enc *e)
{
    for (int i = 0; i < ARGUMENT_XMMS; i++)
        x64_vex(e, X64_MOVUPS_LOAD, X64_XMM + (unsigned)i, X64_NONE, x64_m(X64_RSP, 16 * i));
    x64_alu_imm(e, X64_ADD, X64_W, x64_r(X64_RSP), XMMS_BYTES);
    for (unsigned i = ARRAY_LEN(argument_gprs); i-- > 0;)
        x64_pop(e, argument_gprs[i]);
}

/* Reached by `call` from a slot: the return address on the stack says which. */
static void emit_lazy(struct wasm_code *c, struct x64_enc *e)
{
    c->lazy = e->pos;
    load_thread(e);
    x64_op(e, X64_POP_RM, 0, of_thread(offsetof(struct wasm_thread, lazy_pc)));
    leave_stack(e);
    save_arguments(e);
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RDI, x64_r(ABI_CTX));
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RSI, of_thread(offsetof(struct wasm_thread, lazy_pc)));
    x64_mov_imm(e, X64_RAX, (uint64_t)(uintptr_t)rt_entries.lazy);
    x64_op(e, X64_GROUP5, 2, x64_r(X64_RAX));
    load_thread(e);
    x64_op(e, X64_MOV_STORE | X64_W, X64_RAX, of_thread(offsetof(struct wasm_thread, lazy_pc)));
    restore_arguments(e);
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RSP, of_thread(offsetof(struct wasm_thread, wasm_sp)));
    x64_op(e, X64_GROUP5, 4, of_thread(offsetof(struct wasm_thread, lazy_pc)));
}

/* call_indirect has found another type than the open one it wants. r11: the table's entry; r14: the
 * table's number << 32 | number of the type. Comes back, r14 as ever and everything else as it was,
 * if the function's type is a sub type. */
static void emit_check_indirect(struct wasm_code *c, struct x64_enc *e)
{
    struct x64_rm entry = x64_m(X64_RSP, 16 * ARGUMENT_XMMS);
    c->check_indirect = e->pos;
    x64_vex(e, X64_MOVD_TO_XMM | X64_W, ABI_SCRATCH_XMM, X64_NONE, x64_r(X64_R11));
    leave_stack(e);
    save_arguments(e);
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RDI, of_ctx(offsetof(struct wasm_ctx, instance)));
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RSI, entry);
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RDX, x64_r(ABI_MEM));
    x64_mov_imm(e, X64_RAX, (uint64_t)(uintptr_t)rt_entries.check_indirect);
    x64_op(e, X64_GROUP5, 2, x64_r(X64_RAX));
    x64_op(e, X64_MOV_LOAD | X64_W, X64_R11, entry);
    restore_arguments(e);
    x64_op(e, X64_MOV_LOAD | X64_W, ABI_MEM, of_ctx(offsetof(struct wasm_ctx, thread)));
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RSP, x64_m(ABI_MEM, offsetof(struct wasm_thread, wasm_sp)));
    x64_op(e, X64_MOV_LOAD | X64_W, ABI_MEM, of_ctx(offsetof(struct wasm_ctx, mem0_base)));
    x64_ret(e, 0);
}

static void emit_constants(struct wasm_code *c, struct x64_enc *e)
{
    static const uint64_t low[CODE_CONST_COUNT] = {
        [CODE_CONST_ABS32] = 0x7fffffff7fffffff,
        [CODE_CONST_ABS64] = 0x7fffffffffffffff,
        [CODE_CONST_SIGN32] = 0x8000000080000000,
        [CODE_CONST_SIGN64] = 0x8000000000000000,
        [CODE_CONST_F32_2P63] = 0x5f000000,
        [CODE_CONST_F64_2P63] = 0x43e0000000000000,
        [CODE_CONST_F32_M2P63] = 0xdf000000,
        [CODE_CONST_F64_M2P63] = 0xc3e0000000000000,
        [CODE_CONST_F64_U32_MAX] = 0x41efffffffe00000,
        [CODE_CONST_BYTES_01] = 0x0101010101010101,
        [CODE_CONST_BYTES_0F] = 0x0f0f0f0f0f0f0f0f,
        [CODE_CONST_BYTES_70] = 0x7070707070707070,
        [CODE_CONST_BITS_OF_4] = 0x0302020102010100,
        [CODE_CONST_WORDS_0001] = 0x0001000100010001,
        [CODE_CONST_WORDS_8000] = 0x8000800080008000,
        [CODE_CONST_F32S_2P31] = 0x4f0000004f000000,
        [CODE_CONST_F32S_2P16] = 0x4780000047800000,
        [CODE_CONST_F64_I32_MAX] = 0x41dfffffffc00000,
        [CODE_CONST_F64_2P52] = 0x4330000000000000,
        [CODE_CONST_F64_2P52_HIGH] = 0x4330000043300000,
    };
    while (e->pos % 16)
        x64_byte(e, 0xcc);
    c->constants = e->pos;
    for (unsigned i = 0; i < CODE_CONST_COUNT; i++) {
        x64_u64(e, low[i]);
        /* the masks need both halves, the numbers only the first; upper numbers have one bit more
         */
        x64_u64(e, low[i] + (i == CODE_CONST_BITS_OF_4 ? 0x0101010101010101 : 0));
    }
}

void code__emit_stubs(struct wasm_code *c, struct x64_enc *e)
{
    uint32_t start = e->pos;
    emit_constants(c, e);
    uint32_t plain = emit_runtime_call(e, false), narrow = emit_runtime_call(e, true);
    for (unsigned i = 0; i < RT_COUNT; i++) {
        char result = strchr(rt_calls[i].sig, ':')[1];
        struct x64_label slow = {0};
        if (i == RT_memory_copy || i == RT_memory_fill)
            x64_nops(e, -e->pos % CODE_ALIGN);
        c->stubs[i] = e->pos;
        if (i == RT_memory_copy)
            stub_memory_copy(e, &slow);
        if (i == RT_memory_fill)
            stub_memory_fill(e, &slow);
        x64_bind(e, &slow);
        x64_mov_imm(e, X64_RAX, (uint64_t)(uintptr_t)rt_entries.calls[i]);
        x64_jmp_to(e, result == 'i' || result == 'r' ? narrow : plain);
    }
    emit_lazy(c, e);
    emit_check_indirect(c, e);
    assert(e->pos - start <= CODE_STUBS_MAX);
}
