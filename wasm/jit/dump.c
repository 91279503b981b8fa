/* A function's IR as text: one block head or node a line. */
#include "wasm/jit/ir.h"

#include "base/format.h"
#include "wasm/rt/rt.h"

enum { DUMP_LINE_MAX = 400 };

struct line {
    char text[DUMP_LINE_MAX];
    size_t len;
};

static const char *const type_names[IR_TYPE_COUNT] = {"",    "i32",  "i64", "f32",
                                                      "f64", "v128", "ref"};

static void PRINTF_LIKE(2, 3) put(struct line *l, const char *fmt, ...)
{
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = fmt_vsnprintf(l->text + l->len, DUMP_LINE_MAX - l->len, fmt, ap);
    va_end(ap);
    l->len += (size_t)n;
    if (l->len > DUMP_LINE_MAX - 1)
        l->len = DUMP_LINE_MAX - 1;
}

static void put_successors(struct line *l, const struct ir_func *f, const struct ir_node *n,
                           const struct ir_block *b)
{
    if (n->op == IR_SWITCH)
        for (uint32_t i = 0; i < n->c; i++)
            put(l, " b%u", f->pool[n->b + i]);
    else
        for (unsigned i = 0; i < 2 && b->succ[i]; i++)
            put(l, " b%u", b->succ[i]);
}

static void put_immediate(struct line *l, const struct ir_func *f, const struct ir_node *n,
                          const struct ir_block *b)
{
    if (n->op < WASM_OP_COUNT) {
        if (wasm_ops[n->op].imm == WASM_IMM_MEM)
            put(l, " +%u", n->c);
        if (n->aux)
            put(l, " aux %u", n->aux);
        return;
    }
    switch (ir_ops[n->op - WASM_OP_COUNT].imm) {
    case IR_IMM_C:
        put(l, " #%u", n->c);
        break;
    case IR_IMM_BITS:
        if (n->type == IR_I32)
            put(l, " %d", (int)n->a);
        else if (n->type == IR_V128)
            put(l, " 0x%08x%08x%08x%08x", f->pool[n->a + 3], f->pool[n->a + 2], f->pool[n->a + 1],
                f->pool[n->a]);
        else if (n->type == IR_I64)
            put(l, " %lld", (long long)ir_const_bits(n));
        else
            put(l, " 0x%llx", (unsigned long long)ir_const_bits(n));
        break;
    case IR_IMM_SUCC:
        put_successors(l, f, n, b);
        break;
    case IR_IMM_FUNC:
        put(l, " func %u", n->a);
        break;
    case IR_IMM_TYPE:
        put(l, " type %u", n->a);
        break;
    case IR_IMM_RT:
        put(l, " %s", n->a < RT_COUNT ? rt_calls[n->a].name : "?");
        break;
    case IR_IMM_INDIRECT:
        put(l, " table %u type %u", f->pool[n->a], f->pool[n->a + 1]);
        break;
    default:
        break;
    }
}

static void dump_node(const struct ir_func *f, ir_ref_t r, const struct ir_block *b,
                      void (*say)(const char *line))
{
    const struct ir_node *n = ir_at(f, r);
    struct line l = {.len = 0};
    ir_ref_t scratch[3];
    const ir_ref_t *list;
    uint32_t count = ir_operands(f, r, &list, scratch);

    put(&l, "  %6x ", ir_place(f->module, f->func, f->inlines, f->ninlines, f->offsets[r]).offset);
    if (n->type)
        put(&l, "v%u = %s %s", r, ir_op_name(n->op), type_names[n->type]);
    else
        put(&l, "%s", ir_op_name(n->op));
    for (uint32_t i = 0; i < count; i++)
        put(&l, " v%u", list[i]);
    put_immediate(&l, f, n, b);
    if (n->type && f->uses)
        put(&l, "  (%u)", f->uses[r]);
    say(l.text);
}

void ir_dump(const struct ir_func *f, void (*say)(const char *line))
{
    struct line l = {.len = 0};

    put(&l, "func %u: %u nodes, %u blocks, %u slots", f->func, f->nnodes, f->nblocks, f->nslots);
    say(l.text);
    for (ir_block_t i = 1; i < f->nblocks; i++) {
        const struct ir_block *b = &f->blocks[i];
        l.len = 0;
        put(&l, "b%u:", i);
        for (uint32_t k = 0; k < b->npreds; k++)
            put(&l, "%s b%u", k ? "," : "  from", f->pool[b->preds + k]);
        if (b->loop_end)
            put(&l, "  loop to b%u", b->loop_end - 1);
        if (b->loop_depth)
            put(&l, "  depth %u in b%u", b->loop_depth, b->loop_header);
        say(l.text);
        for (ir_ref_t r = b->first; r < b->end; r++)
            dump_node(f, r, b, say);
    }
}
