/* A function's IR as text: one block head or node a line. */
#include "wasm/dump/dump.h"

#include "wasm/rt/rt.h"

static const char *const type_names[IR_TYPE_COUNT] = {"",    "i32",  "i64", "f32",
                                                      "f64", "v128", "ref"};

static void put_successors(struct dump_line *l, const struct ir_func *f, const struct ir_node *n,
                           const struct ir_block *b)
{
    if (n->op == IR_SWITCH)
        for (uint32_t i = 0; i < n->c; i++)
            dump_put(l, " b%u", f->pool[n->b + i]);
    else
        for (unsigned i = 0; i < 2 && b->succ[i]; i++)
            dump_put(l, " b%u", b->succ[i]);
}

static void put_immediate(struct dump_line *l, const struct ir_func *f, const struct ir_node *n,
                          const struct ir_block *b)
{
    if (n->op < WASM_OP_COUNT) {
        if (wasm_ops[n->op].imm == WASM_IMM_MEM ||
            (wasm_ops[n->op].imm == WASM_IMM_ATOMIC && wasm_ops[n->op].npops < 3))
            dump_put(l, " +%u", n->c);
        if (n->aux)
            dump_put(l, " aux %u", n->aux);
        return;
    }
    switch (ir_ops[n->op - WASM_OP_COUNT].imm) {
    case IR_IMM_C:
        dump_put(l, " #%u", n->c);
        break;
    case IR_IMM_BITS:
        if (n->type == IR_I32)
            dump_put(l, " %d", (int)n->a);
        else if (n->type == IR_V128)
            dump_put(l, " 0x%08x%08x%08x%08x", f->pool[n->a + 3], f->pool[n->a + 2],
                     f->pool[n->a + 1], f->pool[n->a]);
        else if (n->type == IR_I64)
            dump_put(l, " %lld", (long long)ir_const_bits(n));
        else
            dump_put(l, " 0x%llx", (unsigned long long)ir_const_bits(n));
        break;
    case IR_IMM_SUCC:
        put_successors(l, f, n, b);
        break;
    case IR_IMM_FUNC:
        dump_put(l, " func %u", n->a);
        break;
    case IR_IMM_TYPE:
        dump_put(l, " type %u", n->a);
        break;
    case IR_IMM_RT:
        dump_put(l, " %s", n->a < RT_COUNT ? rt_calls[n->a].name : "?");
        break;
    case IR_IMM_INDIRECT:
        dump_put(l, " table %u type %u", f->pool[n->a], f->pool[n->a + 1]);
        break;
    default:
        break;
    }
}

uint32_t dump_offset(const struct ir_func *f, ir_ref_t r)
{
    return ir_place(f->module, f->func, f->inlines, f->ninlines, f->offsets[r]).offset;
}

void dump_node(struct dump_line *l, const struct ir_func *f, ir_ref_t r, const struct ir_block *b)
{
    const struct ir_node *n = ir_at(f, r);
    ir_ref_t scratch[3];
    const ir_ref_t *list;
    uint32_t count = ir_operands(f, r, &list, scratch);

    if (n->type)
        dump_put(l, "v%u = %s %s", r, ir_op_name(n->op), type_names[n->type]);
    else
        dump_put(l, "%s", ir_op_name(n->op));
    for (uint32_t i = 0; i < count; i++)
        dump_put(l, " v%u", list[i]);
    put_immediate(l, f, n, b);
}

void dump_block(struct dump_line *l, const struct ir_func *f, ir_block_t number)
{
    const struct ir_block *b = &f->blocks[number];

    dump_put(l, "b%u:", number);
    for (uint32_t k = 0; k < b->npreds; k++)
        dump_put(l, "%s b%u", k ? "," : "  from", f->pool[b->preds + k]);
    if (b->loop_end)
        dump_put(l, "  loop to b%u", b->loop_end - 1);
    if (b->loop_depth)
        dump_put(l, "  depth %u in b%u", b->loop_depth, b->loop_header);
}

void dump_ir_func(const struct ir_func *f, dump_say_fn say)
{
    struct dump_line l = {.len = 0};

    dump_say(say, "func %u: %u nodes, %u blocks, %u slots", f->func, f->nnodes, f->nblocks,
             f->nslots);
    for (ir_block_t b = 1; b < f->nblocks; b++) {
        dump_block(&l, f, b);
        dump_end(&l, say);
        for (ir_ref_t r = f->blocks[b].first; r < f->blocks[b].end; r++) {
            dump_put(&l, "  %6x ", dump_offset(f, r));
            dump_node(&l, f, r, &f->blocks[b]);
            if (f->nodes[r].type && f->uses)
                dump_put(&l, "  (%u)", f->uses[r]);
            dump_end(&l, say);
        }
    }
}
