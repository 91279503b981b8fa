/* Atomics (threads proposal): nothing is read again behind them, and nothing that they read is
 * known. */
#include "wasm/jit/build.h"

#include "wasm/rt/rt.h"

enum { ARGS_MAX = 4 }; /* memory, address, up to two operands */

/* An access of 2^align_log2 bytes. The static offset keeps its alignment, so that selection need
 * only look at the address; with three operands there is none. */
static void atomic_access(struct builder *b, const struct wasm_insn *in)
{
    const struct wasm_op_info *info = wasm_op_info(in->op);
    struct ir_node n = {.op = in->op, .aux = (uint8_t)in->a};
    uint32_t offset;

    n.type = (uint8_t)(info->pushes ? build__type_of_letter(info->pushes) : IR_VOID);
    if (info->npops == 3)
        n.c = build__pop(b);
    if (info->npops > 1)
        n.b = build__pop(b);
    n.a = build__address(b, in->a, in->value, build__pop(b), &offset);
    if (info->npops == 3 || offset & ((1u << info->align_log2) - 1)) {
        n.a = build__plus_offset(b, n.a, offset);
        if (b->m->memories[in->a].limits.is64)
            n.a = build__checked(b, in->a, n.a);
        offset = 0;
    }
    if (info->npops < 3)
        n.c = offset;
    n.a = build__append(b, n);
    build__forget_reads(b);
    if (info->pushes)
        build__push(b, n.a);
}

static void atomic_call(struct builder *b, const struct wasm_insn *in, enum rt_id id)
{
    ir_ref_t args[ARGS_MAX] = {build__const(b, IR_I32, in->a)};
    uint32_t offset;

    for (unsigned i = wasm_op_info(in->op)->npops; i > 0; i--)
        args[i] = build__pop(b);
    args[1] = build__address(b, in->a, in->value, args[1], &offset);
    args[1] = build__plus_offset(b, args[1], offset);
    build__push(b, build__call_rt(b, id, args, IR_I32));
}

bool build__atomic_op(struct builder *b, const struct wasm_insn *in)
{
    switch (in->op) {
    case WASM_OP_memory_atomic_notify:
        atomic_call(b, in, RT_atomic_notify);
        return true;
    case WASM_OP_memory_atomic_wait32:
        atomic_call(b, in, RT_atomic_wait32);
        return true;
    case WASM_OP_memory_atomic_wait64:
        atomic_call(b, in, RT_atomic_wait64);
        return true;
    case WASM_OP_atomic_fence:
        build__append(b, (struct ir_node){.op = WASM_OP_atomic_fence});
        build__forget_reads(b);
        return true;
    default:
        if (wasm_op_info(in->op)->imm != WASM_IMM_ATOMIC)
            return false;
        atomic_access(b, in);
        return true;
    }
}
