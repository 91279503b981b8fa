#include "wasm/jit/code_int.h"

#include "base/string.h"
#include "wasm/jit/ahead.h"
#include "wasm/jit/guard.h"
#include "wasm/jit/ir.h"
#include "wasm/x64/abi.h"

#define CODE_PAGE   4096ull
#define CODE_COMMIT (16 * KIB) /* committed at a time, so that small modules stay small */
/* Machine code reserved: per byte of WebAssembly (twice what is usual), per clause of a try_table
 * (three bytes, compared one after the other), per function (alignment and prologue), and on top.
 */
#define CODE_PER_BYTE       8ull
#define CODE_PER_CLAUSE     32ull
#define CODE_AHEAD_PER_BYTE 2ull /* and for what is compiled ahead */
#define CODE_PER_FUNC       64ull
#define CODE_RESERVE        (128 * KIB)
#define CODE_MAX            (1 * GIB) /* rel32 reaches everything */

static void *arena_source_alloc(void *arg, size_t bytes)
{
    const struct wasm_module *m = arg;
    return m->host->alloc(m->owner, bytes);
}

static void arena_source_free(void *arg, void *p, size_t bytes)
{
    const struct wasm_module *m = arg;
    m->host->free(m->owner, p, bytes);
}

static size_t chunk_count(const struct wasm_code *c)
{
    return (c->ndefined + CODE_CHUNK_BODIES - 1) / CODE_CHUNK_BODIES;
}

static void release_tables(struct wasm_module *m, struct code_body *b)
{
    if (b->sites)
        m->host->free(m->owner, b->sites, b->nsites * sizeof *b->sites);
    if (b->landings)
        m->host->free(m->owner, b->landings, b->nlandings * sizeof *b->landings);
    if (b->inlines)
        m->host->free(m->owner, b->inlines, b->ninlines * sizeof *b->inlines);
    if (b->recoveries)
        m->host->free(m->owner, b->recoveries, b->nrecoveries * sizeof *b->recoveries);
}

static void release_lane(struct wasm_module *m, struct code_lane *l)
{
    size_t n = chunk_count(l->code);
    for (uint32_t i = 0; i < l->nbodies; i++)
        release_tables(m, code__body(l, i));
    for (size_t i = 0; l->chunks && i < n; i++)
        if (l->chunks[i])
            m->host->free(m->owner, l->chunks[i], CODE_CHUNK_BODIES * sizeof **l->chunks);
    if (l->chunks)
        m->host->free(m->owner, l->chunks, n * sizeof *l->chunks);
    guard_release(l);
    arena_fini(&l->arena);
}

static void release(struct wasm_code *c)
{
    struct wasm_module *m = c->m;
    ahead__destroy(c);
    for (unsigned i = 0; i < CODE_LANES; i++)
        release_lane(m, &c->lanes[i]);
    if (c->compiled)
        m->host->free(m->owner, c->compiled, c->ndefined * sizeof *c->compiled);
    if (c->range.exec)
        m->host->code_release(m->owner, &c->range);
    m->host->free(m->owner, c, sizeof *c);
}

/* Reserves the range and gives each lane its part. */
static int reserve(struct wasm_code *c)
{
    struct wasm_module *m = c->m;
    uint64_t body_bytes = ahead__body_bytes(m);
    uint64_t called = (CODE_SLOT_BYTES + CODE_PER_FUNC) * (uint64_t)c->ndefined + CODE_STUBS_MAX +
                      CODE_RESERVE + CODE_PER_BYTE * body_bytes + CODE_PER_CLAUSE * m->nclauses;
    called = min_u64(align_up(called, CODE_PAGE), CODE_MAX);
    uint64_t ahead = c->ahead ? align_up(CODE_AHEAD_PER_BYTE * body_bytes, CODE_PAGE) : 0;
    uint64_t end = min_u64(called + ahead, CODE_MAX);
    c->lanes[CODE_LANE_CALLED].end = (uint32_t)called;
    c->lanes[CODE_LANE_AHEAD] = (struct code_lane){.start = (uint32_t)called,
                                                   .pos = (uint32_t)called,
                                                   .committed = (uint32_t)called,
                                                   .end = (uint32_t)end};
    return m->host->code_reserve(m->owner, (size_t)end, &c->range);
}

/* Behind a slot's instruction stands `ret`. An emulator may read a slot's opcode before it is
 * changed and the displacement after that: it then calls the body, which comes back to here. (The
 * machine fetches eight aligned bytes at once.) */
#define SLOT_PADDING (0xc3c3c3ull << 40)

/* `call lazy`: the return address tells which slot it was. */
static uint64_t lazy_slot(const struct wasm_code *c, uint32_t defined)
{
    uint32_t at = defined * CODE_SLOT_BYTES, disp = c->lazy - (at + 5);
    return 0xe8ull | (uint64_t)disp << 8 | SLOT_PADDING;
}

static uint64_t jump_slot(uint32_t defined, uint32_t entry)
{
    uint32_t at = defined * CODE_SLOT_BYTES, disp = entry - (at + 5);
    return 0xe9ull | (uint64_t)disp << 8 | SLOT_PADDING;
}

void code__set_slot(struct wasm_code *c, uint32_t defined, uint64_t bytes)
{
    uint64_t *slot = (uint64_t *)(void *)(c->range.write + (size_t)defined * CODE_SLOT_BYTES);
    __atomic_store_n(slot, bytes, __ATOMIC_RELEASE);
}

struct x64_enc code__encoder(struct code_lane *l)
{
    return (struct x64_enc){.base = l->code->range.write, .pos = l->pos, .limit = l->committed};
}

int code__extend(struct code_lane *l, struct x64_enc *e, uint32_t bytes)
{
    struct wasm_module *m = l->code->m;
    uint64_t end = align_up((uint64_t)e->pos + bytes, CODE_COMMIT);
    if (end > l->end)
        end = align_up((uint64_t)e->pos + bytes, CODE_PAGE);
    if (end > l->end)
        return -ENOMEM;
    if (end > l->committed) {
        int err = m->host->code_commit(m->owner, &l->code->range, l->committed,
                                       (size_t)(end - l->committed));
        if (err)
            return err;
        l->committed = (uint32_t)end;
    }
    e->limit = l->committed;
    return 0;
}

static int fill(struct wasm_code *c)
{
    struct code_lane *l = &c->lanes[CODE_LANE_CALLED];
    struct x64_enc e = code__encoder(l);
    uint32_t table = c->ndefined * CODE_SLOT_BYTES;
    int err = code__extend(l, &e, table + CODE_STUBS_MAX);
    if (err)
        return err;
    e.pos = table;
    code__emit_stubs(c, &e);
    l->pos = e.pos;
    for (uint32_t i = 0; i < c->ndefined; i++)
        code__set_slot(c, i, lazy_slot(c, i));
    return 0;
}

static int init_lane(struct wasm_code *c, struct code_lane *l)
{
    struct wasm_module *m = c->m;
    l->code = c;
    arena_init(
        &l->arena,
        (struct arena_source){.alloc = arena_source_alloc, .free = arena_source_free, .arg = m},
        SIZE_MAX);
    if (l == &c->lanes[CODE_LANE_AHEAD] && !c->ahead)
        return 0;
    l->chunks = m->host->alloc(m->owner, chunk_count(c) * sizeof *l->chunks);
    return l->chunks ? 0 : -ENOMEM;
}

int code_create(struct wasm_module *m)
{
    uint32_t ndefined = m->nfuncs - m->nimported_funcs;
    m->code = NULL;
    if (ndefined == 0)
        return 0;
    struct wasm_code *c = m->host->alloc(m->owner, sizeof *c);
    if (!c)
        return -ENOMEM;
    *c = (struct wasm_code){.m = m, .ndefined = ndefined};
    ctx_layout(m, &c->layout);
    ahead__create(c);
    int err = reserve(c);
    for (unsigned i = 0; i < CODE_LANES; i++) {
        int e = init_lane(c, &c->lanes[i]);
        err = err ? err : e;
    }
    c->compiled = m->host->alloc(m->owner, ndefined * sizeof *c->compiled);
    err = err || c->compiled ? err : -ENOMEM;
    if (!err)
        err = fill(c);
    if (err) {
        release(c);
        return err;
    }
    m->code = c;
    return 0;
}

void code_destroy(struct wasm_module *m)
{
    if (m->code)
        release(m->code);
    m->code = NULL;
}

const void *code_entry(const struct wasm_module *m, uint32_t func)
{
    assert(func >= m->nimported_funcs && func < m->nfuncs);
    return m->code->range.exec + (size_t)(func - m->nimported_funcs) * CODE_SLOT_BYTES;
}

uint32_t code__target(const struct wasm_code *c, uint32_t func)
{
    uint32_t defined = func - c->m->nimported_funcs;
    const struct code_body *body = code__compiled(c, defined);
    return body ? body->start : defined * CODE_SLOT_BYTES;
}

static void *copy_table(struct wasm_module *m, const void *table, size_t bytes)
{
    void *copy = bytes ? m->host->alloc(m->owner, bytes) : NULL;
    if (copy)
        memcpy(copy, table, bytes);
    return copy;
}

/* The tables out of the arena into memory of their own. */
static bool copy_tables(struct wasm_module *m, struct code_body *b, const struct code_body *body)
{
    b->sites = copy_table(m, body->sites, body->nsites * sizeof *b->sites);
    b->landings = copy_table(m, body->landings, body->nlandings * sizeof *b->landings);
    b->inlines = copy_table(m, body->inlines, body->ninlines * sizeof *b->inlines);
    b->recoveries = copy_table(m, body->recoveries, body->nrecoveries * sizeof *b->recoveries);
    if ((!body->nsites || b->sites) && (!body->nlandings || b->landings) &&
        (!body->ninlines || b->inlines) && (!body->nrecoveries || b->recoveries))
        return true;
    release_tables(m, b);
    return false;
}

int code__publish(struct code_lane *l, const struct code_body *body, uint32_t end)
{
    struct wasm_code *c = l->code;
    struct wasm_module *m = c->m;
    uint32_t number = l->nbodies, defined = body->func - m->nimported_funcs, none = 0;
    assert(number < c->ndefined);
    struct code_body **chunk = &l->chunks[number / CODE_CHUNK_BODIES];
    if (!*chunk)
        *chunk = m->host->alloc(m->owner, CODE_CHUNK_BODIES * sizeof **chunk);
    if (!*chunk)
        return -ENOMEM;
    struct code_body *b = code__body(l, number);
    *b = *body;
    if (!copy_tables(m, b, body))
        return -ENOMEM;
    l->pos = end;
    /* Before anybody can get there, since it may trap there. */
    __atomic_store_n(&l->nbodies, number + 1, __ATOMIC_RELEASE);
    if (__atomic_compare_exchange_n(&c->compiled[defined], &none,
                                    1 + number * CODE_LANES + (uint32_t)(l - c->lanes), false,
                                    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        code__set_slot(c, defined, jump_slot(defined, body->start));
    else
        __atomic_fetch_add(&c->twice, 1, __ATOMIC_RELAXED);
    return 0;
}

const struct code_body *code_body_of(const struct wasm_module *m, uint32_t func)
{
    if (!m->code || func < m->nimported_funcs || func >= m->nfuncs)
        return NULL;
    return code__compiled(m->code, func - m->nimported_funcs);
}

const uint8_t *code_bytes(const struct wasm_module *m, uint32_t code_offset)
{
    return m->code->range.exec + code_offset;
}

/* ---- addresses ---- */

/* The last site at or before an offset, or NULL. */
static const struct code_site *site_before(const struct code_body *b, uint32_t offset)
{
    uint32_t lo = 0, hi = b->nsites;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (b->sites[mid].code_offset <= offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo ? &b->sites[lo - 1] : NULL;
}

static uint64_t landing_of(const struct wasm_code *c, const struct code_body *b, uint32_t site)
{
    uint32_t lo = 0, hi = b->nlandings;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (b->landings[mid].site < site)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == b->nlandings || b->landings[lo].site != site)
        return 0;
    return (uint64_t)(uintptr_t)c->range.exec + b->landings[lo].at;
}

/* Bytes of the parameters of the imported function that the `call` at an offset names. */
static uint32_t import_bytes(const struct wasm_module *m, uint32_t offset)
{
    enum { OPCODE_CALL = 0x10 };
    const uint8_t *at = m->bytes + offset;
    uint32_t func = 0;
    assert(*at == OPCODE_CALL);
    for (unsigned shift = 0; *at & 0x80 || shift == 0; shift += 7)
        func |= (uint32_t)(*++at & 0x7f) << shift;
    assert(func < m->nimported_funcs);
    return abi_params_bytes(&m->types[m->funcs[func].type]);
}

/* The callee pops its parameters, and the caller takes the room back at once: by `sub rsp, n`, in
 * either encoding, directly behind the call or where a cold piece jumps back to; or, if it was a
 * call of an import, by `mov rsp, r14`. Nothing else moves rsp in a body. */
static uint32_t call_bytes_at(const struct code_where *w, const uint8_t *code)
{
    static const uint8_t from_r14[] = {0x49, 0x8b, 0xe6};
    uint32_t n;
    int32_t far;
    if (code[0] == 0xeb) {
        code += 2 + (int8_t)code[1];
    } else if (code[0] == 0xe9) {
        memcpy(&far, code + 1, sizeof far);
        code += 5 + far;
    }
    if (memcmp(code, from_r14, sizeof from_r14) == 0)
        return import_bytes(w->module, w->offset);
    if (code[0] != 0x48 || code[2] != 0xec)
        return 0;
    if (code[1] == 0x83)
        return code[3];
    if (code[1] != 0x81)
        return 0;
    memcpy(&n, code + 3, sizeof n);
    return n;
}

/* How far the return address is from rsp at an offset: in the prologue it depends on the pushes
 * made. */
static uint32_t frame_at(const struct code_body *b, uint32_t offset)
{
    static const uint8_t pushed[] = {X64_RBX, X64_RBP, X64_R12, X64_R13};
    uint32_t at = b->start, bytes = 0;
    if (offset >= b->start + b->prologue_bytes)
        return b->frame_bytes;
    for (unsigned i = 0; i < ARRAY_LEN(pushed); i++) {
        if (!(b->saved_mask >> pushed[i] & 1))
            continue;
        at += pushed[i] >= X64_R8 ? 2 : 1;
        if (offset < at)
            break;
        bytes += 8;
    }
    return bytes;
}

static void where_place(struct code_where *w, uint32_t place)
{
    const struct code_body *b = w->body;
    struct ir_place p = ir_place(w->module, b->func, b->inlines, b->ninlines, place);
    w->func = p.func;
    w->offset = p.offset;
    w->call = p.call;
}

bool code__find(const struct wasm_code *c, uint64_t pc, struct code_where *out)
{
    uint64_t start = (uint64_t)(uintptr_t)c->range.exec;
    if (pc < start || pc - start >= c->range.len_bytes)
        return false;
    uint32_t offset = (uint32_t)(pc - start);
    const struct code_lane *l = &c->lanes[offset >= c->lanes[CODE_LANE_AHEAD].start];
    uint32_t lo = 0, hi = __atomic_load_n(&l->nbodies, __ATOMIC_ACQUIRE);
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (code__body(l, mid)->start <= offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    *out = (struct code_where){.module = c->m, .func = UINT32_MAX};
    if (!lo)
        return true;
    const struct code_body *b = code__body(l, lo - 1);
    if (offset - b->start >= b->len_bytes)
        return true;
    out->body = b;
    out->frame_bytes = frame_at(b, offset);
    const struct code_site *s = site_before(b, offset);
    where_place(out, s ? b->wasm_offset + (s->offset_kind >> 8) : b->wasm_offset);
    if (s && s->code_offset == offset)
        out->kind = s->offset_kind & 0xff;
    out->param_bytes = b->param_bytes;
    if (out->kind == CODE_SITE_CALL) {
        out->call_bytes = call_bytes_at(out, c->range.exec + offset + 1);
        out->landing = landing_of(c, b, offset);
    }
    return true;
}

bool code_where_outer(struct code_where *w)
{
    if (!w->call)
        return false;
    where_place(w, w->call);
    return true;
}

uint64_t code_recover(const struct code_where *w, uint64_t pc)
{
    const struct wasm_code *c = w->module->code;
    const struct code_body *b = w->body;
    uint64_t start = (uint64_t)(uintptr_t)c->range.exec;
    uint32_t at = (uint32_t)(pc - start), lo = 0, hi = b->nrecoveries;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (b->recoveries[mid].at < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    assert(lo < b->nrecoveries && b->recoveries[lo].at == at);
    uint32_t resume = b->recoveries[lo].resume;
    struct x64_enc e = {.base = c->range.write, .pos = at, .limit = at + CODE_JUMP_BYTES};
    x64_jmp_to(&e, resume);
    return start + resume;
}
