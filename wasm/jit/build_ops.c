/* Instructions that touch state: memory, tables, globals, calls. */
#include "wasm/jit/build.h"

#include "base/string.h"
#include "wasm/rt/rt.h"

enum { RT_ARGS_MAX = 5 };

/* ---- memory ---- */

ir_ref_t build__checked(struct builder *b, uint32_t memory, ir_ref_t index)
{
    struct ir_node check = {.op = IR_MEMORY_CHECK, .a = index, .c = memory};
    uint64_t k;

    if (ir_index_is_short(b->f, index))
        return index;
    /* The verifier of machine code knows of a register below which memory's limit it is: of the one
     * that was compared last, and of none where a constant is made anew. */
    if (b->limits_differ || fold__const(b, index, &k))
        build__append(b, check);
    else
        build__pure(b, check);
    return index;
}

/* The same for a 64-bit memory. No memory's limit is above WASM_MEMORY64_LIMIT_MAX: once the index
 * is below the limit, adding an offset below that cannot wrap. */
static ir_ref_t address64(struct builder *b, uint32_t memory, uint64_t offset, ir_ref_t index,
                          uint32_t *out_offset)
{
    uint64_t k;

    if (!jit_has(&b->m->jit, JIT_NO_FOLD_ADDRESS) && fold__const(b, index, &k)) {
        offset = k <= UINT64_MAX - offset ? offset + k : UINT64_MAX;
        index = build__const(b, IR_I64, 0);
    }
    if (offset >= WASM_MEMORY64_LIMIT_MAX) { /* always outside */
        index = build__const(b, IR_I64, UINT64_MAX);
        offset = 0;
    } else if (offset > UINT32_MAX) {
        index = fold__op(b, WASM_OP_i64_add, build__checked(b, memory, index),
                         build__const(b, IR_I64, offset), 0);
        offset = 0;
    }
    *out_offset = (uint32_t)offset;
    return build__checked(b, memory, index);
}

ir_ref_t build__address(struct builder *b, uint32_t memory, uint64_t offset, ir_ref_t index,
                        uint32_t *out_offset)
{
    if (b->m->memories[memory].limits.is64)
        return address64(b, memory, offset, index, out_offset);
    *out_offset = (uint32_t)offset;
    fold__address(b, &index, out_offset);
    return index;
}

ir_ref_t build__plus_offset(struct builder *b, ir_ref_t addr, uint64_t offset)
{
    if (!offset)
        return addr;
    if (fold__at(b, addr)->type == IR_I32)
        addr = fold__op(b, WASM_OP_i64_extend_i32_u, addr, 0, 0);
    return fold__op(b, WASM_OP_i64_add, addr, build__const(b, IR_I64, offset), 0);
}

enum ir_type build__type_of_letter(char letter)
{
    switch (letter) {
    case 'i':
        return IR_I32;
    case 'I':
        return IR_I64;
    case 'f':
        return IR_F32;
    case 'F':
        return IR_F64;
    case 'v':
        return IR_V128;
    default:
        return IR_REF;
    }
}

static void load(struct builder *b, const struct wasm_insn *in)
{
    struct ir_node n = {.op = in->op, .aux = (uint8_t)in->a};

    n.type = (uint8_t)build__type_of_letter(wasm_op_info(in->op)->pushes);
    n.a = build__address(b, in->a, in->value, build__pop(b), &n.c);
    build__push(b, build__read(b, n));
}

static void store(struct builder *b, const struct wasm_insn *in)
{
    struct ir_node n = {.op = in->op, .aux = (uint8_t)in->a};

    n.b = build__pop(b);
    n.a = build__address(b, in->a, in->value, build__pop(b), &n.c);
    n.b = fold__stored(b, &n.op, n.b);
    build__append(b, n);
    build__forget_reads(b);
}

/* ---- calls ---- */

/* Moves the top n operands into the pool, behind `extra` free entries. 0 on failure. */
static uint32_t pop_args(struct builder *b, uint32_t n, uint32_t extra)
{
    uint32_t at = build__pool(b, n + extra);

    if (!at)
        return 0;
    b->height -= n;
    for (uint32_t i = 0; i < n; i++)
        b->f->pool[at + extra + i] = b->stack[b->height + i];
    return at;
}

static void call_node(struct builder *b, struct ir_node n, const struct wasm_functype *t)
{
    ir_ref_t r;

    if (!build__reserve_nodes(b, t->nresults + BUILD_INSN_NODES))
        return;
    n.type = (uint8_t)(t->nresults ? build__type(t->results[0]) : IR_VOID);
    r = build__append(b, n);
    if (t->nresults)
        build__push(b, r);
    for (uint32_t i = 1; i < t->nresults; i++)
        build__push(b,
                    build__append(b, (struct ir_node){.op = IR_RESULT,
                                                      .type = (uint8_t)build__type(t->results[i]),
                                                      .a = r,
                                                      .c = i}));
    b->f->makes_calls = true;
    build__forget_reads(b);
    build__may_throw(b);
}

void build__call(struct builder *b, uint32_t func, bool tail)
{
    const struct wasm_functype *t = &b->m->types[b->m->funcs[func].type];
    struct ir_node n = {.a = func, .c = t->nparams};

    if (!tail && build__inline_enter(b, func))
        return;
    n.op = tail ? IR_RETURN_CALL : IR_CALL;
    n.b = pop_args(b, t->nparams, 0);
    if (!n.b)
        return;
    if (tail)
        build__block_close(b, n);
    else
        call_node(b, n, t);
}

/* The index of a 64-bit table in 32 bits: one that does not fit becomes one that no table has. */
static ir_ref_t short_index(struct builder *b, ir_ref_t index)
{
    ir_ref_t low = fold__op(b, WASM_OP_i32_wrap_i64, index, 0, 0), high;

    _Static_assert(WASM_TABLE_ENTRIES_MAX < UINT32_MAX, "no table has the largest index");
    if (ir_bound(b->f, index) <= UINT32_MAX)
        return low;
    high = fold__op(b, WASM_OP_i64_shr_u, index, build__const(b, IR_I64, 32), 0);
    return fold__op(b, WASM_OP_select, low, build__const(b, IR_I32, UINT32_MAX),
                    fold__op(b, WASM_OP_i64_eqz, high, 0, 0));
}

void build__call_indirect(struct builder *b, uint32_t type, uint32_t table, bool tail)
{
    const struct wasm_functype *t = &b->m->types[type];
    struct ir_node n = {.c = t->nparams + 1};
    ir_ref_t index = build__pop(b);

    if (b->m->tables[table].type.limits.is64)
        index = short_index(b, index);
    n.op = tail ? IR_RETURN_CALL_INDIRECT : IR_CALL_INDIRECT;
    n.b = pop_args(b, t->nparams, 1);
    n.a = build__pool(b, 2);
    if (!n.a || !n.b)
        return;
    b->f->pool[n.b] = index;
    b->f->pool[n.a] = table;
    b->f->pool[n.a + 1] = type;
    if (tail)
        build__block_close(b, n);
    else
        call_node(b, n, t);
}

void build__call_ref(struct builder *b, uint32_t type, bool tail)
{
    const struct wasm_functype *t = &b->m->types[type];
    struct ir_node n = {.a = type, .c = t->nparams + 1};
    ir_ref_t ref = build__pop(b);

    n.op = tail ? IR_RETURN_CALL_REF : IR_CALL_REF;
    n.b = pop_args(b, t->nparams, 1);
    if (!n.b)
        return;
    b->f->pool[n.b] = ref;
    if (tail)
        build__block_close(b, n);
    else
        call_node(b, n, t);
}

ir_ref_t build__call_rt(struct builder *b, enum rt_id id, const ir_ref_t *args, enum ir_type type)
{
    const char *sig = rt_calls[id].sig;
    ir_ref_t list[RT_ARGS_MAX];
    uint32_t n = 0, at;

    for (; sig[n] != ':'; n++) {
        dassert(n < RT_ARGS_MAX);
        list[n] = args[n];
        if (sig[n] == 'I' && fold__at(b, args[n])->type == IR_I32)
            list[n] = fold__op(b, WASM_OP_i64_extend_i32_u, args[n], 0, 0);
    }
    at = build__pool(b, n);
    if (!at)
        return 0;
    for (uint32_t i = 0; i < n; i++)
        b->f->pool[at + i] = list[i];
    b->f->makes_calls = true;
    at = build__append(
        b, (struct ir_node){.op = IR_CALL_RT, .type = (uint8_t)type, .a = id, .b = at, .c = n});
    build__forget_reads(b);
    return at;
}

static ir_ref_t number(struct builder *b, uint32_t n)
{
    return build__const(b, IR_I32, n);
}

/* Bulk operations: up to two indices, then the three operands d, s, n. */
static void bulk(struct builder *b, enum rt_id id, const uint32_t *indices, uint32_t nindices)
{
    ir_ref_t args[RT_ARGS_MAX];

    for (uint32_t i = 0; i < nindices; i++)
        args[i] = number(b, indices[i]);
    for (uint32_t i = 3; i-- > 0;)
        args[nindices + i] = build__pop(b);
    build__call_rt(b, id, args, IR_VOID);
}

/* ---- small copies and fills of constant length, without a call ---- */

enum { INLINE_BYTES_MAX = 64, PIECES_MAX = INLINE_BYTES_MAX / 16 };

/* What is loaded and stored at once, the largest first. */
static const struct piece_kind {
    uint8_t size, type;
    uint16_t load, store;
} piece_kinds[] = {
    {16, IR_V128, WASM_OP_v128_load, WASM_OP_v128_store},
    {8, IR_I64, WASM_OP_i64_load, WASM_OP_i64_store},
    {4, IR_I32, WASM_OP_i32_load, WASM_OP_i32_store},
    {2, IR_I32, WASM_OP_i32_load16_u, WASM_OP_i32_store16},
    {1, IR_I32, WASM_OP_i32_load8_u, WASM_OP_i32_store8},
};

struct piece {
    const struct piece_kind *kind;
    uint32_t at;
};

/* Takes n > 0 bytes apart into the largest pieces that fit, the last of which may overlap the one
 * before. */
static uint32_t pieces(uint32_t n, struct piece out[PIECES_MAX])
{
    const struct piece_kind *k = piece_kinds;
    uint32_t count = 0, at = 0;

    while (k->size > n)
        k++;
    for (; at + k->size <= n; at += k->size)
        out[count++] = (struct piece){k, at};
    if (at < n) {
        k += n == 3; /* 2 and 1 */
        out[count++] = (struct piece){k, n - k->size};
    }
    return count;
}

static ir_ref_t load_piece(struct builder *b, const struct piece *p, uint8_t memory, ir_ref_t addr)
{
    struct ir_node n = {.op = p->kind->load, .type = p->kind->type, .aux = memory};

    n.a = build__address(b, memory, p->at, addr, &n.c);
    return build__read(b, n);
}

static void store_piece(struct builder *b, const struct piece *p, uint8_t memory, ir_ref_t addr,
                        ir_ref_t value)
{
    struct ir_node n = {.op = p->kind->store, .b = value, .aux = memory};

    n.a = build__address(b, memory, p->at, addr, &n.c);
    build__append(b, n);
}

/* The piece's bytes, all of them `byte`. */
static ir_ref_t filled_piece(struct builder *b, const struct piece *p, uint8_t byte)
{
    uint64_t pattern = byte * 0x0101010101010101ull;
    uint8_t bytes[16];

    if (p->kind->type == IR_I32)
        return build__const(b, IR_I32, (uint32_t)pattern);
    if (p->kind->type == IR_I64)
        return build__const(b, IR_I64, pattern);
    memset(bytes, byte, sizeof bytes);
    return build__vector_const(b, bytes);
}

/* The operands d, s, n are on the stack. Either everything is written or nothing: the loads come
 * first, and of the stores the one that reaches furthest. */
static bool small_copy(struct builder *b, const struct wasm_insn *in)
{
    const ir_ref_t *top = b->stack + b->height;
    struct piece p[PIECES_MAX];
    ir_ref_t values[PIECES_MAX];
    uint64_t n;
    uint32_t count;

    if (!fold__const(b, top[-1], &n) || n == 0 || n > INLINE_BYTES_MAX ||
        build__has(b, JIT_NO_SMALL_BULK))
        return false;
    count = pieces((uint32_t)n, p);
    for (uint32_t i = 0; i < count; i++)
        values[i] = load_piece(b, &p[i], (uint8_t)in->b, top[-2]);
    for (uint32_t i = count; i-- > 0;)
        store_piece(b, &p[i], (uint8_t)in->a, top[-3], values[i]);
    build__forget_reads(b);
    b->height -= 3;
    return true;
}

static bool small_fill(struct builder *b, const struct wasm_insn *in)
{
    const ir_ref_t *top = b->stack + b->height;
    struct piece p[PIECES_MAX];
    uint64_t n, byte;
    uint32_t count;

    if (!fold__const(b, top[-1], &n) || n == 0 || n > INLINE_BYTES_MAX ||
        !fold__const(b, top[-2], &byte) || build__has(b, JIT_NO_SMALL_BULK))
        return false;
    count = pieces((uint32_t)n, p);
    for (uint32_t i = count; i-- > 0;)
        store_piece(b, &p[i], (uint8_t)in->a, top[-3], filled_piece(b, &p[i], (uint8_t)byte));
    build__forget_reads(b);
    b->height -= 3;
    return true;
}

/* ---- growing and single elements ---- */

static void memory_grow(struct builder *b, uint32_t memory)
{
    ir_ref_t args[2] = {number(b, memory), build__pop(b)}, old;

    old = build__call_rt(b, RT_memory_grow, args, IR_I64);
    if (!b->m->memories[memory].limits.is64)
        old = fold__op(b, WASM_OP_i32_wrap_i64, old, 0, 0);
    build__push(b, old);
}

static void table_grow(struct builder *b, uint32_t table)
{
    ir_ref_t args[3] = {number(b, table)}, old;

    args[1] = build__pop(b);
    args[2] = build__pop(b);
    old = build__call_rt(b, RT_table_grow, args, IR_I64);
    if (!b->m->tables[table].type.limits.is64)
        old = fold__op(b, WASM_OP_i32_wrap_i64, old, 0, 0);
    build__push(b, old);
}

static void table_get(struct builder *b, uint32_t table)
{
    ir_ref_t args[2] = {number(b, table), build__pop(b)};

    build__push(b, build__call_rt(b, RT_table_get, args, IR_REF));
}

static void table_set(struct builder *b, uint32_t table)
{
    ir_ref_t args[3] = {number(b, table)};

    args[2] = build__pop(b);
    args[1] = build__pop(b);
    build__call_rt(b, RT_table_set, args, IR_VOID);
}

static void drop_segment(struct builder *b, enum rt_id id, uint32_t segment)
{
    ir_ref_t arg = number(b, segment);

    build__call_rt(b, id, &arg, IR_VOID);
}

static void memory_size(struct builder *b, uint32_t memory)
{
    enum ir_type type = b->m->memories[memory].limits.is64 ? IR_I64 : IR_I32;

    build__push(b, build__read(b, (struct ir_node){
                                      .op = IR_MEMORY_SIZE, .type = (uint8_t)type, .c = memory}));
}

static void table_size(struct builder *b, uint32_t table)
{
    ir_ref_t n = build__read(b, (struct ir_node){.op = IR_TABLE_SIZE, .type = IR_I32, .c = table});

    if (b->m->tables[table].type.limits.is64)
        n = fold__op(b, WASM_OP_i64_extend_i32_u, n, 0, 0);
    build__push(b, n);
}

/* ---- globals ---- */

/* The value of an immutable global whose initializer is a constant. */
static ir_ref_t constant_global(struct builder *b, const struct wasm_global *g)
{
    struct wasm_reader r;
    struct wasm_insn first, second;

    if (g->type.mutable_ || g->imported)
        return 0;
    r = wasm_reader_init(b->m->bytes, g->init.code.at, g->init.code.len);
    if (wasm_read_insn(&r, &first) || wasm_read_insn(&r, &second) || second.op != WASM_OP_end)
        return 0;
    switch (first.op) {
    case WASM_OP_i32_const:
        return build__const(b, IR_I32, (uint32_t)first.value);
    case WASM_OP_i64_const:
        return build__const(b, IR_I64, first.value);
    case WASM_OP_f32_const:
        return build__const(b, IR_F32, (uint32_t)first.value);
    case WASM_OP_f64_const:
        return build__const(b, IR_F64, first.value);
    case WASM_OP_v128_const:
        return build__vector_const(b, first.bytes);
    default:
        return 0;
    }
}

static void global_get(struct builder *b, uint32_t index)
{
    const struct wasm_global *g = &b->m->globals[index];
    struct ir_node n = {
        .op = IR_GLOBAL_GET, .type = (uint8_t)build__type(g->type.type), .c = index};
    ir_ref_t r = constant_global(b, g);

    if (!r)
        r = g->type.mutable_ ? build__read(b, n) : build__pure(b, n);
    build__push(b, r);
}

static void global_set(struct builder *b, uint32_t index)
{
    build__append(b, (struct ir_node){.op = IR_GLOBAL_SET, .a = build__pop(b), .c = index});
    build__forget_reads(b);
}

/* ---- all of them ---- */

static bool bulk_op(struct builder *b, const struct wasm_insn *in)
{
    uint32_t ab[2] = {in->a, in->b}, ba[2] = {in->b, in->a};

    switch (in->op) {
    case WASM_OP_memory_copy:
        if (!small_copy(b, in))
            bulk(b, RT_memory_copy, ab, 2);
        return true;
    case WASM_OP_memory_fill:
        if (!small_fill(b, in))
            bulk(b, RT_memory_fill, ab, 1);
        return true;
    case WASM_OP_memory_init:
        bulk(b, RT_memory_init, ba, 2);
        return true;
    case WASM_OP_table_copy:
        bulk(b, RT_table_copy, ab, 2);
        return true;
    case WASM_OP_table_fill:
        bulk(b, RT_table_fill, ab, 1);
        return true;
    case WASM_OP_table_init:
        bulk(b, RT_table_init, ba, 2);
        return true;
    case WASM_OP_data_drop:
        drop_segment(b, RT_data_drop, in->a);
        return true;
    case WASM_OP_elem_drop:
        drop_segment(b, RT_elem_drop, in->a);
        return true;
    default:
        return false;
    }
}

static bool table_op(struct builder *b, const struct wasm_insn *in)
{
    switch (in->op) {
    case WASM_OP_table_get:
        table_get(b, in->a);
        return true;
    case WASM_OP_table_set:
        table_set(b, in->a);
        return true;
    case WASM_OP_table_grow:
        table_grow(b, in->a);
        return true;
    case WASM_OP_table_size:
        table_size(b, in->a);
        return true;
    case WASM_OP_ref_func:
        build__push(
            b, build__pure(b, (struct ir_node){.op = IR_FUNC_REF, .type = IR_REF, .c = in->a}));
        return true;
    default:
        return false;
    }
}

void build__memory_op(struct builder *b, const struct wasm_insn *in)
{
    if (wasm_op_info(in->op)->flags & WASM_OPF_WRITE)
        store(b, in);
    else
        load(b, in);
}

bool build__state_op(struct builder *b, const struct wasm_insn *in)
{
    switch (in->op) {
    case WASM_OP_global_get:
        global_get(b, in->a);
        return true;
    case WASM_OP_global_set:
        global_set(b, in->a);
        return true;
    case WASM_OP_memory_size:
        memory_size(b, in->a);
        return true;
    case WASM_OP_memory_grow:
        memory_grow(b, in->a);
        return true;
    default:
        return bulk_op(b, in) || table_op(b, in) || build__atomic_op(b, in);
    }
}
