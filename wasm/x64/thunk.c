/* A store's own code: thunks from compiled code to host functions and into other instances. */
#include "base/string.h"
#include "wasm/jit/code_int.h"
#include "wasm/x64/abi.h"

#define RANGE_BYTES                                                                                \
    (256 * KIB) /* a range of thunks; a store starts with one and adds as needed                   \
                 */
#define PAGE           4096ull
#define WORD_MAX       40u  /* code bytes that copying a word takes */
#define THUNK_BASE     256u /* code bytes of a thunk besides */
#define KNOWN_PER_NODE 16
#define DIRECT         (1ull << 32) /* in a host thunk's key, beside the type */
#define BUCKETS_MIN    32u

/* `test eax, imm32`: stands behind the call of an instance thunk and tells those who walk the stack
 * the words of its frame (lower half) and of its parameters. */
#define FRAME_MARK 0xa9

struct thunk_range {
    struct thunk_range *next;
    struct wasm_code_range range;
    uint32_t pos, committed;
};

struct thunk {
    uint64_t key[2]; /* what it was made for; key[0] 0: free entry */
    const void *code;
};

/* Modules, in chunks that never move: a fault handler may be reading. */
struct known {
    struct known *next;
    struct wasm_code *code[KNOWN_PER_NODE];
};

struct code_store {
    const struct wasm_host *host;
    void *owner;
    struct thunk_range *ranges; /* newest first */
    struct thunk *thunks;       /* hash table, nbuckets a power of two */
    uint32_t nthunks, nbuckets;
    struct known known;
};

/* ---- bookkeeping ---- */

int code_store_create(const struct wasm_host *host, void *owner, struct code_store **out)
{
    struct code_store *cs = host->alloc(owner, sizeof *cs);
    if (!cs)
        return -ENOMEM;
    *cs = (struct code_store){.host = host, .owner = owner};
    *out = cs;
    return 0;
}

void code_store_destroy(struct code_store *cs)
{
    while (cs->ranges) {
        struct thunk_range *r = cs->ranges;
        cs->ranges = r->next;
        cs->host->code_release(cs->owner, &r->range);
        cs->host->free(cs->owner, r, sizeof *r);
    }
    while (cs->known.next) {
        struct known *k = cs->known.next;
        cs->known.next = k->next;
        cs->host->free(cs->owner, k, sizeof *k);
    }
    if (cs->thunks)
        cs->host->free(cs->owner, cs->thunks, cs->nbuckets * sizeof *cs->thunks);
    cs->host->free(cs->owner, cs, sizeof *cs);
}

int code_store_add(struct code_store *cs, struct wasm_module *m)
{
    if (!m->code)
        return 0;
    struct known *k = &cs->known;
    for (;; k = k->next) {
        for (int i = 0; i < KNOWN_PER_NODE; i++) {
            if (k->code[i] == m->code)
                return 0;
            if (!k->code[i]) {
                __atomic_store_n(&k->code[i], m->code, __ATOMIC_RELEASE);
                return 0;
            }
        }
        if (!k->next)
            break;
    }
    struct known *more = cs->host->alloc(cs->owner, sizeof *more);
    if (!more)
        return -ENOMEM;
    *more = (struct known){.code = {m->code}};
    __atomic_store_n(&k->next, more, __ATOMIC_RELEASE);
    return 0;
}

static bool in_thunks(const struct code_store *cs, uint64_t pc)
{
    const struct thunk_range *r = __atomic_load_n(&cs->ranges, __ATOMIC_ACQUIRE);
    for (; r; r = r->next)
        if (pc - (uint64_t)(uintptr_t)r->range.exec < r->committed)
            return true;
    return false;
}

bool code_store_find(const struct code_store *cs, uint64_t pc, struct code_where *out)
{
    for (const struct known *k = &cs->known; k; k = __atomic_load_n(&k->next, __ATOMIC_ACQUIRE)) {
        for (int i = 0; i < KNOWN_PER_NODE; i++) {
            const struct wasm_code *c = __atomic_load_n(&k->code[i], __ATOMIC_ACQUIRE);
            if (c && code__find(c, pc, out))
                return true;
        }
    }
    if (!in_thunks(cs, pc))
        return false;
    *out = (struct code_where){.func = UINT32_MAX};
    /* for a return address (pc is the byte before): the mark behind the call */
    const uint8_t *after = (const uint8_t *)(uintptr_t)(pc + 1);
    if (in_thunks(cs, pc + 5) && *after == FRAME_MARK) {
        uint32_t words;
        memcpy(&words, after + 1, 4);
        out->frame_bytes = 8 * (words & 0xffff);
        out->param_bytes = out->call_bytes = 8 * (words >> 16);
        out->thunk = true;
    }
    return true;
}

bool code_store_contains(const struct code_store *cs, uint64_t pc)
{
    struct code_where where;
    return code_store_find(cs, pc, &where);
}

/* ---- memory for thunks ---- */

static int add_range(struct code_store *cs)
{
    struct thunk_range *r = cs->host->alloc(cs->owner, sizeof *r);
    if (!r)
        return -ENOMEM;
    *r = (struct thunk_range){.next = cs->ranges};
    int err = cs->host->code_reserve(cs->owner, RANGE_BYTES, &r->range);
    if (err) {
        cs->host->free(cs->owner, r, sizeof *r);
        return err;
    }
    __atomic_store_n(&cs->ranges, r, __ATOMIC_RELEASE);
    return 0;
}

/* An encoder with room for `bytes`; false: out of memory. */
static bool begin_thunk(struct code_store *cs, uint32_t bytes, struct x64_enc *e)
{
    assert(bytes <= RANGE_BYTES);
    if (!cs->ranges || RANGE_BYTES - cs->ranges->pos < bytes)
        if (add_range(cs) != 0)
            return false;
    struct thunk_range *r = cs->ranges;
    uint64_t end = align_up(r->pos + bytes, PAGE);
    if (end > r->committed) {
        if (cs->host->code_commit(cs->owner, &r->range, r->committed, end - r->committed) != 0)
            return false;
        memset(r->range.write + r->committed, 0xcc, end - r->committed);
        r->committed = (uint32_t)end;
    }
    *e = (struct x64_enc){.base = r->range.write, .pos = r->pos, .limit = r->committed};
    return true;
}

static const void *end_thunk(struct code_store *cs, const struct x64_enc *e)
{
    struct thunk_range *r = cs->ranges;
    const void *code = r->range.exec + r->pos;
    r->pos = (uint32_t)align_up(e->pos, CODE_ALIGN);
    return code;
}

static struct thunk *bucket_of(struct thunk *table, uint32_t n, uint64_t a, uint64_t b)
{
    uint64_t h = (a * 0x9e3779b97f4a7c15 ^ b) * 0xd6e8feb86659fd93;
    uint32_t i = (uint32_t)(h >> 32) & (n - 1);
    while (table[i].key[0] && (table[i].key[0] != a || table[i].key[1] != b))
        i = (i + 1) & (n - 1);
    return &table[i];
}

/* The entry for a key, which is free if no thunk was made yet; NULL: out of memory. */
static struct thunk *thunk_entry(struct code_store *cs, uint64_t a, uint64_t b)
{
    if (2 * cs->nthunks >= cs->nbuckets) {
        uint32_t n = cs->nbuckets ? 2 * cs->nbuckets : BUCKETS_MIN;
        struct thunk *table = cs->host->alloc(cs->owner, n * sizeof *table);
        if (!table)
            return NULL;
        for (uint32_t i = 0; i < cs->nbuckets; i++)
            if (cs->thunks[i].key[0])
                *bucket_of(table, n, cs->thunks[i].key[0], cs->thunks[i].key[1]) = cs->thunks[i];
        if (cs->thunks)
            cs->host->free(cs->owner, cs->thunks, cs->nbuckets * sizeof *cs->thunks);
        cs->thunks = table;
        cs->nbuckets = n;
    }
    return bucket_of(cs->thunks, cs->nbuckets, a, b);
}

static const void *note_thunk(struct code_store *cs, struct thunk *t, uint64_t a, uint64_t b,
                              const void *code)
{
    *t = (struct thunk){{a, b}, code};
    cs->nthunks++;
    return code;
}

/* ---- host functions ---- */

static struct x64_rm of_ctx(size_t offset)
{
    return x64_m(ABI_CTX, (int32_t)offset);
}

static struct x64_rm of_thread(size_t offset)
{
    return x64_m(X64_R11, (int32_t)offset);
}

/* How many of C's integer registers wasm parameters can have, after the instance. */
#define C_GPRS 5

/* One walk over the parameters: C's places beside ours. Emits the copies to C's stack (through
 * rax); returns C's stack bytes. `from_stack`: those that come from our stack, or those in
 * registers? */
static uint32_t copy_to_c_stack(struct x64_enc *e, const struct wasm_functype *type,
                                bool from_stack)
{
    struct abi_walk walk;
    abi_params_begin(&walk);
    uint32_t c_gprs = 0, c_xmms = 0, c_stack = 0;
    for (uint32_t i = 0; i < type->nparams; i++) {
        struct abi_place ours = abi_next_value(&walk, type->params[i]);
        bool is_float = type->params[i] == WASM_F32 || type->params[i] == WASM_F64;
        uint32_t *used = is_float ? &c_xmms : &c_gprs;
        if ((*used)++ < (is_float ? 8u : C_GPRS))
            continue;
        struct x64_rm to = x64_m(X64_RSP, (int32_t)c_stack);
        c_stack += 8;
        if (!e || from_stack != (ours.reg == X64_NONE))
            continue;
        unsigned reg = ours.reg;
        if (from_stack) { /* r14 = our rsp, the return address popped */
            reg = X64_RAX;
            x64_op(e, X64_MOV_LOAD | X64_W, reg, x64_m(ABI_MEM, (int32_t)ours.stack));
        }
        x64_op(e, X64_MOV_STORE | X64_W, reg, to);
    }
    return c_stack;
}

/* How many of C's integer registers, behind the instance's, parameters take. */
static unsigned c_gprs_used(const struct wasm_functype *type)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < type->nparams; i++)
        n += type->params[i] != WASM_F32 && type->params[i] != WASM_F64;
    return n < C_GPRS ? n : C_GPRS;
}

/* To the embedder's stack, with C's parameters in place. r14 = our rsp without the return address.
 */
static void enter_host(struct x64_enc *e, const struct wasm_functype *type)
{
    static const uint8_t c_gprs[] = {X64_RDI, X64_RSI, X64_RDX, X64_RCX, X64_R8, X64_R9};
    uint32_t params = abi_params_bytes(type);
    x64_op(e, X64_MOV_LOAD | X64_W, X64_R11, of_ctx(offsetof(struct wasm_ctx, thread)));
    x64_op(e, X64_MOV_STORE | X64_W, X64_RSP, of_thread(offsetof(struct wasm_thread, wasm_sp)));
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RSP, of_thread(offsetof(struct wasm_thread, host_sp)));
    if (params)
        x64_op_imm32(e, 0xc7, 0, of_thread(offsetof(struct wasm_thread, wasm_pops)), params);
    uint32_t c_stack = (uint32_t)align_up(copy_to_c_stack(NULL, type, false), 16);
    if (c_stack)
        x64_alu_imm(e, X64_SUB, X64_W, x64_r(X64_RSP), (int32_t)c_stack);
    (void)copy_to_c_stack(e, type, false);
    (void)copy_to_c_stack(e, type, true);
    for (unsigned i = c_gprs_used(type); i > 0; i--)
        x64_op(e, X64_MOV_LOAD | X64_W, c_gprs[i], x64_r(c_gprs[i - 1]));
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RDI, of_ctx(offsetof(struct wasm_ctx, instance)));
}

/* Behind the call of a host function with parameters on our stack. */
static void forget_pops(struct x64_enc *e)
{
    x64_op(e, X64_MOV_LOAD | X64_W, X64_R11, of_ctx(offsetof(struct wasm_ctx, thread)));
    x64_op_imm32(e, 0xc7, 0, of_thread(offsetof(struct wasm_thread, wasm_pops)), 0);
}

/* While the function runs the caller's rsp is in r14, which C preserves: coming back waits for no
 * memory. What the thread keeps is for those who walk the stack. */
static void emit_host_thunk(struct x64_enc *e, void (*fn)(void), const struct wasm_functype *type)
{
    uint32_t params = abi_params_bytes(type);
    x64_op(e, X64_LEA | X64_W, ABI_MEM, x64_m(X64_RSP, 8));
    enter_host(e, type);
    x64_mov_imm(e, X64_RAX, (uint64_t)(uintptr_t)fn);
    x64_op(e, X64_GROUP5, 2, x64_r(X64_RAX));
    x64_op(e, X64_LEA | X64_W, X64_RSP, x64_m(ABI_MEM, -8));
    x64_op(e, X64_MOV_LOAD | X64_W, ABI_MEM, of_ctx(offsetof(struct wasm_ctx, mem0_base)));
    if (params)
        forget_pops(e);
    wasm_valtype_t result = type->nresults ? type->results[0] : WASM_I64;
    if (result != WASM_I64 && result != WASM_F32 && result != WASM_F64)
        x64_op(e, X64_MOV_LOAD, X64_RAX, x64_r(X64_RAX));
    x64_ret(e, params);
}

/* Without parameters on our stack the function goes back to the caller itself: one return less. */
static void emit_host_direct(struct x64_enc *e, void (*fn)(void), const struct wasm_functype *type)
{
    uint32_t params = abi_params_bytes(type);
    enter_host(e, type);
    if (!params)
        x64_op(e, X64_GROUP5, 6, x64_m(ABI_MEM, -8));
    x64_mov_imm(e, X64_RAX, (uint64_t)(uintptr_t)fn);
    x64_op(e, X64_GROUP5, params ? 2 : 4, x64_r(X64_RAX));
    if (!params)
        return;
    x64_op(e, X64_LEA | X64_W, X64_RSP, x64_m(ABI_MEM, -8));
    forget_pops(e);
    x64_ret(e, params);
}

static const void *
host_thunk(struct code_store *cs, void (*fn)(void), const struct wasm_functype *type, uint64_t key,
           void (*emit)(struct x64_enc *e, void (*fn)(void), const struct wasm_functype *type))
{
    uint64_t a = (uint64_t)(uintptr_t)fn;
    struct x64_enc e;
    assert(fn && type->nresults <= 1);
    struct thunk *t = thunk_entry(cs, a, key);
    if (!t || t->key[0])
        return t ? t->code : NULL;
    if (!begin_thunk(cs, THUNK_BASE + WORD_MAX * type->nparams, &e))
        return NULL;
    emit(&e, fn, type);
    return note_thunk(cs, t, a, key, end_thunk(cs, &e));
}

const void *code_host_thunk(struct code_store *cs, void (*fn)(void),
                            const struct wasm_functype *type, uint32_t type_id)
{
    return host_thunk(cs, fn, type, type_id, emit_host_thunk);
}

const void *code_host_direct(struct code_store *cs, void (*fn)(void),
                             const struct wasm_functype *type, uint32_t type_id)
{
    return host_thunk(cs, fn, type, type_id | DIRECT, emit_host_direct);
}

/* ---- other instances ---- */

/* Copies through a register. */
static void copy_words(struct x64_enc *e, unsigned reg, uint32_t bytes, uint32_t to, uint32_t from)
{
    for (uint32_t i = 0; i < bytes; i += 8) {
        x64_op(e, X64_MOV_LOAD | X64_W, reg, x64_m(X64_RSP, (int32_t)(from + i)));
        x64_op(e, X64_MOV_STORE | X64_W, reg, x64_m(X64_RSP, (int32_t)(to + i)));
    }
}

enum { SAVED_BYTES = 16 }; /* the other instance's r15 and r14 */

/* A frame for a call into another instance, parameters copied; leaves the thread in r14. The lowest
 * word is touched first: an overflow of the stack shows before anything is half done. */
static void open_frame(struct x64_enc *e, uint32_t params, uint32_t results)
{
    uint32_t area = params + results;
    x64_push(e, ABI_CTX);
    x64_push(e, ABI_MEM);
    if (area)
        x64_alu_imm(e, X64_SUB, X64_W, x64_r(X64_RSP), (int32_t)area);
    copy_words(e, ABI_MEM, params, 0, area + SAVED_BYTES + 8);
    x64_op(e, X64_MOV_LOAD | X64_W, ABI_MEM, of_ctx(offsetof(struct wasm_ctx, thread)));
}

/* r15 is the other instance's: the thread and memory 0 go with it. */
static void settle_ctx(struct x64_enc *e)
{
    x64_op(e, X64_MOV_STORE | X64_W, ABI_MEM, of_ctx(offsetof(struct wasm_ctx, thread)));
    x64_op(e, X64_MOV_LOAD | X64_W, ABI_MEM, of_ctx(offsetof(struct wasm_ctx, mem0_base)));
}

/* Directly behind the call; the parameters are popped. */
static void close_frame(struct x64_enc *e, uint32_t params, uint32_t results)
{
    x64_byte(e, FRAME_MARK);
    uint32_t words = (params + results + SAVED_BYTES) / 8;
    assert(words <= 0xffff);
    x64_u32(e, words | params / 8 << 16);
    copy_words(e, X64_R11, results, results + SAVED_BYTES + 8 + params, 0);
    if (results)
        x64_alu_imm(e, X64_ADD, X64_W, x64_r(X64_RSP), (int32_t)results);
    x64_pop(e, ABI_MEM);
    x64_pop(e, ABI_CTX);
    x64_ret(e, params);
}

/* An instance that calls itself through a table that it shares needs no frame, and so its tail
 * calls use no stack. */
static void emit_instance_thunk(struct x64_enc *e, const struct wasm_ctx *ctx, const void *entry,
                                uint32_t params, uint32_t results)
{
    struct x64_label other = {0};
    x64_mov_imm(e, X64_R11, (uint64_t)(uintptr_t)ctx);
    x64_op(e, X64_ALU_LOAD(X64_CMP) | X64_W, ABI_CTX, x64_r(X64_R11));
    x64_jcc(e, X64_NE, &other);
    x64_mov_imm(e, X64_R11, (uint64_t)(uintptr_t)entry);
    x64_op(e, X64_GROUP5, 4, x64_r(X64_R11));
    x64_bind(e, &other);
    open_frame(e, params, results);
    x64_mov_imm(e, ABI_CTX, (uint64_t)(uintptr_t)ctx);
    settle_ctx(e);
    x64_mov_imm(e, X64_R11, (uint64_t)(uintptr_t)entry);
    x64_op(e, X64_GROUP5, 2, x64_r(X64_R11));
    close_frame(e, params, results);
}

static struct x64_rm of_desc(size_t offset)
{
    return x64_m(X64_R11, (int32_t)offset);
}

static void emit_ref_thunk(struct x64_enc *e, uint32_t params, uint32_t results)
{
    struct x64_rm ctx = of_desc(offsetof(struct wasm_funcdesc, ctx));
    struct x64_rm entry = of_desc(offsetof(struct wasm_funcdesc, entry));
    struct x64_label other = {0};
    x64_op(e, X64_ALU_LOAD(X64_CMP) | X64_W, ABI_CTX, ctx);
    x64_jcc(e, X64_NE, &other);
    x64_op(e, X64_GROUP5, 4, entry);
    x64_bind(e, &other);
    open_frame(e, params, results);
    x64_op(e, X64_MOV_LOAD | X64_W, ABI_CTX, ctx);
    settle_ctx(e);
    x64_op(e, X64_GROUP5, 2, entry);
    close_frame(e, params, results);
}

const void *code_instance_thunk(struct code_store *cs, struct wasm_ctx *ctx, const void *entry,
                                const struct wasm_functype *type)
{
    uint64_t a = (uint64_t)(uintptr_t)ctx, b = (uint64_t)(uintptr_t)entry;
    uint32_t params = abi_params_bytes(type), results = abi_results_bytes(type);
    struct x64_enc e;
    struct thunk *t = thunk_entry(cs, a, b);
    if (!t || t->key[0])
        return t ? t->code : NULL;
    if (!begin_thunk(cs, THUNK_BASE + WORD_MAX / 8 * (params + results), &e))
        return NULL;
    emit_instance_thunk(&e, ctx, entry, params, results);
    return note_thunk(cs, t, a, b, end_thunk(cs, &e));
}

const void *code_ref_thunk(struct code_store *cs, const struct wasm_functype *type)
{
    uint32_t params = abi_params_bytes(type), results = abi_results_bytes(type);
    uint64_t a = params + 1ull, b = results; /* no address is so small */
    struct x64_enc e;
    struct thunk *t = thunk_entry(cs, a, b);
    if (!t || t->key[0])
        return t ? t->code : NULL;
    if (!begin_thunk(cs, THUNK_BASE + WORD_MAX / 8 * (params + results), &e))
        return NULL;
    emit_ref_thunk(&e, params, results);
    return note_thunk(cs, t, a, b, end_thunk(cs, &e));
}
