/* 64-bit memories and tables on the Linux host: every form of access at the ends of the memory, of
 * its reservation and of the address space; growth, imports, and address space that is scarce. */
#include "base/test.h"
#include "wasm/rt/instance.h"
#include "wasm/test_module.h"
#include "wasm/tools/linux_host.h"

enum { STACK_BYTES = 256 * 1024, PAGE = 65536 };

static struct linux_owner owner;
static struct test_module bytes;

static void leb64(uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        tm_byte(&bytes, (v & 0x7f) | 0x80);
    tm_byte(&bytes, (unsigned)v);
}

/* ---- one module with one function ---- */

/* Types: 0 is `sig`, 1 is [] -> [i32]. Memory 0 is 64 bits wide with 1 to 3 pages, memory 1 is a
 * 32-bit one; tables 0 and 1 are 64 and 32 bits wide, element 1 of each is function 1, which
 * returns 7. Data segment 0 (passive) has 16 bytes, element segment 2 (passive) 2 functions. */
enum { LIMITED = 1, LIMITED_64 = 5 }; /* a memory's flags */

static void begin_with(const char *sig, unsigned memory1_flags)
{
    tm_init(&bytes);
    tm_section(&bytes, 1);
    tm_u32(&bytes, 2);
    tm_functype(&bytes, sig);
    tm_functype(&bytes, ":i");
    tm_section_end(&bytes);
    tm_section(&bytes, 3);
    TM(&bytes, 2, 0, 1);
    tm_section_end(&bytes);
    tm_section(&bytes, 4);
    TM(&bytes, 2, 0x70, 5, 4, 20, 0x70, 1, 4, 20);
    tm_section_end(&bytes);
    tm_section(&bytes, 5);
    TM(&bytes, 2, LIMITED_64, 1, 3, memory1_flags, 1, 3);
    tm_section_end(&bytes);
    tm_section(&bytes, 9);
    TM(&bytes, 3, 0, 0x42, 1, 0x0b, 1, 1);    /* i64.const 1 */
    TM(&bytes, 2, 1, 0x41, 1, 0x0b, 0, 1, 1); /* table 1 */
    TM(&bytes, 1, 0, 2, 1, 1);                /* passive */
    tm_section_end(&bytes);
    tm_section(&bytes, 12);
    TM(&bytes, 1);
    tm_section_end(&bytes);
    tm_section(&bytes, 10);
    TM(&bytes, 2);
    tm_body(&bytes);
    TM(&bytes, 0); /* no locals */
}

static void begin(const char *sig)
{
    begin_with(sig, LIMITED);
}

static void end(void)
{
    TM(&bytes, 0x0b);
    tm_body_end(&bytes);
    tm_body(&bytes);
    TM(&bytes, 0, 0x41, 7, 0x0b);
    tm_body_end(&bytes);
    tm_section_end(&bytes);
    tm_section(&bytes, 11);
    TM(&bytes, 1, 1, 16);
    tm_bytes(&bytes, "0123456789abcdef", 16);
    tm_section_end(&bytes);
}

struct world {
    struct wasm_module *module;
    struct wasm_store *store;
    struct wasm_thread *thread;
    struct wasm_instance *instance;
    struct wasm_error err;
};

static int world_create(struct world *w, const struct wasm_host *host)
{
    int e;

    *w = (struct world){0};
    linux_host_catch_faults();
    e = wasm_module_create(host, &owner, bytes.bytes, bytes.len, &w->module, &w->err);
    e = e ? e : wasm_store_create(host, &owner, &w->store);
    e = e ? e : wasm_thread_create(w->store, STACK_BYTES, &w->thread);
    e = e ? e : wasm_instance_create(w->store, w->module, NULL, NULL, NULL, &w->instance, &w->err);
    linux_host_set_thread(w->thread);
    return e;
}

/* Is nothing left of it? */
static bool world_destroy(struct world *w)
{
    linux_host_set_thread(NULL);
    wasm_store_destroy(w->store);
    wasm_module_destroy(w->module);
    return linux_owner_clean(&owner);
}

/* Function 0 on three values; the result, or UINT64_MAX - the trap's kind. */
static uint64_t run(struct world *w, uint64_t a, uint64_t b, uint64_t c)
{
    const union wasm_value args[] = {{.i64 = a}, {.i64 = b}, {.i64 = c}};
    union wasm_value out[2] = {{.v128 = {0, 0}}};
    int r = wasm_call(w->thread, w->instance, 0, args, out);

    return r == WASM_TRAPPED ? UINT64_MAX - wasm_thread_trap(w->thread)->kind : out[0].i64;
}

#define OUTSIDE (UINT64_MAX - WASM_TRAP_MEMORY_BOUNDS)

/* ---- accesses ---- */

/* Instructions that access `width` bytes; `before` stands behind the address. */
static const struct access {
    uint8_t width, nbefore, before[4], nop, op[3];
    bool store;
    int8_t lane; /* -1: no immediate of this kind */
} accesses[] = {
    {.width = 1, .nop = 1, .op = {0x2d}, .lane = -1},        /* i32.load8_u */
    {.width = 2, .nop = 1, .op = {0x32}, .lane = -1},        /* i64.load16_s */
    {.width = 4, .nop = 1, .op = {0x28}, .lane = -1},        /* i32.load */
    {.width = 8, .nop = 1, .op = {0x2b}, .lane = -1},        /* f64.load */
    {.width = 16, .nop = 2, .op = {0xfd, 0x00}, .lane = -1}, /* v128.load */
    {.width = 8, .nop = 2, .op = {0xfd, 0x01}, .lane = -1},  /* load8x8_s */
    {.width = 4, .nop = 2, .op = {0xfd, 0x5c}, .lane = -1},  /* load32_zero */
    {.width = 2, .nop = 2, .op = {0xfd, 0x08}, .lane = -1},  /* load16_splat */
    {.width = 1, .nbefore = 2, .before = {0x20, 1}, .nop = 2, .op = {0xfd, 0x54}, .lane = 15},
    {.width = 8, .nbefore = 2, .before = {0x20, 1}, .nop = 2, .op = {0xfd, 0x57}, .lane = 1},
    {.width = 1,
     .nbefore = 2,
     .before = {0x41, 5},
     .nop = 1,
     .op = {0x3a},
     .store = true,
     .lane = -1},
    {.width = 8,
     .nbefore = 2,
     .before = {0x42, 5},
     .nop = 1,
     .op = {0x37},
     .store = true,
     .lane = -1},
    {.width = 16,
     .nbefore = 2,
     .before = {0x20, 1},
     .nop = 2,
     .op = {0xfd, 0x0b},
     .store = true,
     .lane = -1},
    {.width = 2,
     .nbefore = 2,
     .before = {0x20, 1},
     .nop = 2,
     .op = {0xfd, 0x59},
     .store = true,
     .lane = 3},
    {.width = 4,
     .nbefore = 2,
     .before = {0x20, 1},
     .nop = 2,
     .op = {0xfd, 0x5a},
     .store = true,
     .lane = 3},
};

static const uint64_t offsets[] = {
    0,          1,          8,          0x7fffffff,       0x80000000,
    0xfffffff0, 0xffffffff, 1ull << 32, (1ull << 32) + 8, (1ull << 38) - 1,
    1ull << 38, 1ull << 48, INT64_MAX,  1ull << 63,       UINT64_MAX - 7,
    UINT64_MAX};
static const uint64_t places[] = {
    0,          1,          PAGE - 16,  PAGE - 8,   PAGE - 1,         PAGE,
    0x7fffffff, 0xfffffff8, 0xffffffff, 1ull << 32, (1ull << 38) - 1, 1ull << 38,
    1ull << 47, 1ull << 48, INT64_MAX,  1ull << 63, UINT64_MAX - 15,  UINT64_MAX};

/* Is [at + offset, + width) inside of one page, without wrapping? */
static bool inside(uint64_t at, uint64_t offset, unsigned width)
{
    unsigned __int128 begin = (unsigned __int128)at + offset;

    return begin + width <= PAGE;
}

/* The access at local 0, or at a constant; locals: 0 i64, 1 v128. */
static void build_access(const struct access *a, uint64_t offset, const uint64_t *constant)
{
    begin("Iv:");
    if (constant) {
        TM(&bytes, 0x42);
        tm_s64(&bytes, (int64_t)*constant);
    } else {
        TM(&bytes, 0x20, 0);
    }
    tm_bytes(&bytes, a->before, a->nbefore);
    tm_bytes(&bytes, a->op, a->nop);
    TM(&bytes, 0);
    leb64(offset);
    if (a->lane >= 0)
        TM(&bytes, (unsigned)a->lane);
    if (!a->store)
        TM(&bytes, 0x1a);
    end();
}

static bool access_is_right(struct world *w, const struct access *a, uint64_t offset, uint64_t at)
{
    uint64_t got = run(w, at, 0, 0);

    return got == (inside(at, offset, a->width) ? 0 : OUTSIDE);
}

TEST(memory64_accesses_end_where_the_memory_does)
{
    for (size_t i = 0; i < ARRAY_LEN(accesses); i++)
        for (size_t k = 0; k < ARRAY_LEN(offsets); k++) {
            struct world w;
            uint64_t last = PAGE - accesses[i].width - offsets[k]; /* wraps: then it is outside */
            build_access(&accesses[i], offsets[k], NULL);
            CHECK(!world_create(&w, &linux_host));
            for (size_t n = 0; n < ARRAY_LEN(places); n++)
                CHECK(access_is_right(&w, &accesses[i], offsets[k], places[n]));
            for (uint64_t at = last - 1; at != last + 2; at++)
                CHECK(access_is_right(&w, &accesses[i], offsets[k], at));
            CHECK(world_destroy(&w));
        }
}

TEST(memory64_constant_addresses)
{
    for (size_t i = 0; i < ARRAY_LEN(accesses); i += 3)
        for (size_t k = 0; k < ARRAY_LEN(offsets); k++)
            for (size_t n = 0; n < ARRAY_LEN(places); n++) {
                struct world w;
                build_access(&accesses[i], offsets[k], &places[n]);
                CHECK(!world_create(&w, &linux_host));
                CHECK(access_is_right(&w, &accesses[i], offsets[k], places[n]));
                CHECK(world_destroy(&w));
            }
}

/* The same index, or the same constant, in one memory, in another, and in the first again. */
TEST(memory64_indices_of_two_memories)
{
    static const uint8_t index[2][2] = {{0x20, 0}, {0x42, 0x7f}}; /* local 0, -1 */

    for (unsigned i = 0; i < ARRAY_LEN(index); i++) {
        struct world w;
        begin_with("II:", LIMITED_64);
        TM(&bytes, 0x20, 1, 0x50, 0x04, 0x40, 0x05); /* unless local 1 is zero */
        for (unsigned memory = 3; memory-- > 0;) {
            tm_bytes(&bytes, index[i], 2);
            TM(&bytes, 0x29, 0x43, memory & 1, 0, 0x1a); /* i64.load */
            TM(&bytes, 0x42, 0, 0x40, 0, 0x1a);          /* memory.grow */
        }
        TM(&bytes, 0x0b);
        end();
        CHECK(!world_create(&w, &linux_host));
        CHECK(run(&w, 0, 0, 0) == 0);
        CHECK(run(&w, PAGE - 8, 1, 0) == (i ? OUTSIDE : 0));
        CHECK(run(&w, PAGE - 7, 1, 0) == OUTSIDE);
        CHECK(world_destroy(&w));
    }
}

/* ---- instructions on whole memories and tables: locals 0, 1, 2 are their operands ---- */

/* `n` operands of local.get, the instruction, its immediates. */
static void build_bulk(const char *sig, unsigned nlocals, const uint8_t *op, size_t n)
{
    begin(sig);
    for (unsigned i = 0; i < nlocals; i++)
        TM(&bytes, 0x20, i);
    tm_bytes(&bytes, op, n);
    end();
}

#define BULK(sig, nlocals, ...)                                                                    \
    build_bulk(sig, nlocals, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

/* Operand values around the ends; what a 32-bit memory gets is cut. Was every trap right? */
static bool bulk_is_right(const bool is64[3], const uint64_t limits[3], uint64_t outside)
{
    struct world w;
    bool right = !world_create(&w, &linux_host);

    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        for (size_t k = 0; k < ARRAY_LEN(places); k++)
            for (unsigned len = 0; len < 3; len++) {
                uint64_t v[3] = {places[i], places[k], len ? places[len] : 0};
                bool fits = true;
                for (unsigned n = 0; n < 3; n++)
                    v[n] = is64[n] ? v[n] : (uint32_t)v[n];
                for (unsigned n = 0; n < 2; n++)
                    fits = fits && (unsigned __int128)v[n] + v[2] <= limits[n];
                right = right && run(&w, v[0], v[1], v[2]) == (fits ? 0 : outside);
            }
    return world_destroy(&w) && right;
}

TEST(memory64_bulk_instructions_end_where_the_memory_does)
{
    uint64_t page2[] = {PAGE, PAGE, 0}, page_any[] = {PAGE, UINT64_MAX, 0},
             page_16[] = {PAGE, 16, 0};
    bool all[] = {true, true, true}, to64[] = {true, false, false}, to32[] = {false, true, false};
    bool none[] = {false, false, false};

    BULK("III:", 3, 0xfc, 10, 0, 0); /* memory.copy */
    CHECK(bulk_is_right(all, page2, OUTSIDE));
    BULK("Iii:", 3, 0xfc, 10, 0, 1);
    CHECK(bulk_is_right(to64, page2, OUTSIDE));
    BULK("iIi:", 3, 0xfc, 10, 1, 0);
    CHECK(bulk_is_right(to32, page2, OUTSIDE));
    BULK("iii:", 3, 0xfc, 10, 1, 1);
    CHECK(bulk_is_right(none, page2, OUTSIDE));
    BULK("IiI:", 3, 0xfc, 11, 0); /* memory.fill */
    CHECK(bulk_is_right((bool[]){true, false, true}, page_any, OUTSIDE));
    BULK("Iii:", 3, 0xfc, 8, 0, 0); /* memory.init */
    CHECK(bulk_is_right(to64, page_16, OUTSIDE));
}

TEST(memory64_tables_end_where_they_do)
{
    const uint64_t outside = UINT64_MAX - WASM_TRAP_TABLE_BOUNDS;
    uint64_t four[] = {4, 4, 0}, two[] = {4, 2, 0};
    bool all[] = {true, true, true}, to64[] = {true, false, false}, to32[] = {false, true, false};
    struct world w;

    BULK("III:", 3, 0xfc, 14, 0, 0); /* table.copy */
    CHECK(bulk_is_right(all, four, outside));
    BULK("Iii:", 3, 0xfc, 14, 0, 1);
    CHECK(bulk_is_right(to64, four, outside));
    BULK("iIi:", 3, 0xfc, 14, 1, 0);
    CHECK(bulk_is_right(to32, four, outside));
    BULK("Iii:", 3, 0xfc, 12, 2, 0); /* table.init */
    CHECK(bulk_is_right(to64, two, outside));
    BULK("I:i", 1, 0x25, 0, 0xd1); /* table.get, ref.is_null */
    CHECK(!world_create(&w, &linux_host));
    CHECK(run(&w, 0, 0, 0) == 1 && run(&w, 1, 0, 0) == 0);
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        CHECK(places[i] < 4 || run(&w, places[i], 0, 0) == outside);
    CHECK(run(&w, (1ull << 32) + 1, 0, 0) == outside);
    CHECK(world_destroy(&w));
    BULK("I:", 1, 0xd0, 0x70, 0x26, 0); /* table.set */
    CHECK(!world_create(&w, &linux_host));
    CHECK(run(&w, 3, 0, 0) == 0 && run(&w, 4, 0, 0) == outside);
    CHECK(run(&w, (1ull << 32) + 1, 0, 0) == outside && run(&w, UINT64_MAX, 0, 0) == outside);
    CHECK(world_destroy(&w));
    BULK("II:", 1, 0xd0, 0x70, 0x20, 1, 0xfc, 17, 0); /* table.fill */
    CHECK(!world_create(&w, &linux_host));
    CHECK(run(&w, 1, 3, 0) == 0 && run(&w, 1, 4, 0) == outside && run(&w, 4, 0, 0) == 0);
    CHECK(run(&w, 1ull << 32, 0, 0) == outside && run(&w, 1, UINT64_MAX, 0) == outside);
    CHECK(world_destroy(&w));
}

TEST(memory64_call_indirect)
{
    static const uint8_t tail[] = {0x11, 0x13};

    for (unsigned i = 0; i < ARRAY_LEN(tail); i++) {
        struct world w;
        BULK("I:i", 1, tail[i], 1, 0);
        CHECK(!world_create(&w, &linux_host));
        CHECK(run(&w, 1, 0, 0) == 7);
        CHECK(run(&w, 0, 0, 0) == UINT64_MAX - WASM_TRAP_UNINITIALIZED_ELEMENT);
        CHECK(run(&w, 4, 0, 0) == UINT64_MAX - WASM_TRAP_UNDEFINED_ELEMENT);
        for (unsigned bit = 2; bit < 64; bit++)
            CHECK(run(&w, (1ull << bit) + 1, 0, 0) == UINT64_MAX - WASM_TRAP_UNDEFINED_ELEMENT);
        CHECK(run(&w, UINT64_MAX, 0, 0) == UINT64_MAX - WASM_TRAP_UNDEFINED_ELEMENT);
        CHECK(world_destroy(&w));
    }
}

/* ---- growth, and how far the reservation lets it ---- */

TEST(memory64_grows_or_not_at_all)
{
    struct world w;

    BULK("I:I", 1, 0x40, 0); /* memory.grow */
    CHECK(!world_create(&w, &linux_host));
    CHECK(wasm_memory_is64(w.instance, 0) && !wasm_memory_is64(w.instance, 1));
    CHECK(run(&w, 3, 0, 0) == UINT64_MAX && run(&w, UINT64_MAX, 0, 0) == UINT64_MAX);
    CHECK(run(&w, 1ull << 48, 0, 0) == UINT64_MAX && run(&w, 1ull << 32, 0, 0) == UINT64_MAX);
    CHECK(run(&w, 2, 0, 0) == 1 && run(&w, 0, 0, 0) == 3 && run(&w, 1, 0, 0) == UINT64_MAX);
    CHECK(wasm_memory_size(w.instance, 0) == 3 * PAGE);
    CHECK(world_destroy(&w));
    BULK(":I", 0, 0x3f, 0); /* memory.size */
    CHECK(!world_create(&w, &linux_host));
    CHECK(run(&w, 0, 0, 0) == 1);
    CHECK(world_destroy(&w));
    BULK("I:I", 0, 0xd0, 0x70, 0x20, 0, 0xfc, 15, 0); /* table.grow */
    CHECK(!world_create(&w, &linux_host));
    CHECK(run(&w, 17, 0, 0) == UINT64_MAX && run(&w, 1ull << 32, 0, 0) == UINT64_MAX);
    CHECK(run(&w, 16, 0, 0) == 4 && run(&w, UINT64_MAX - 19, 0, 0) == UINT64_MAX);
    CHECK(world_destroy(&w));
    BULK(":I", 0, 0xfc, 16, 0); /* table.size */
    CHECK(!world_create(&w, &linux_host));
    CHECK(run(&w, 0, 0, 0) == 4);
    CHECK(world_destroy(&w));
}

/* `count` memories, each with these limits. */
static void build_memories(unsigned count, unsigned flags, uint64_t min, uint64_t max)
{
    tm_init(&bytes);
    tm_section(&bytes, 5);
    tm_u32(&bytes, count);
    for (unsigned i = 0; i < count; i++) {
        TM(&bytes, flags);
        leb64(min);
        if (flags & 1)
            leb64(max);
    }
    tm_section_end(&bytes);
}

static uint64_t largest; /* what the host below reserves at once */

static void *reserve_little(void *o, size_t n)
{
    return n > largest ? NULL : linux_host.reserve(o, n);
}

static struct wasm_host scarce(uint64_t bytes_at_once)
{
    struct wasm_host h = linux_host;

    h.reserve = reserve_little;
    largest = bytes_at_once;
    return h;
}

TEST(memory64_takes_the_address_space_there_is)
{
    const uint64_t gib = 1ull << 30;
    struct wasm_host host = scarce(100 * gib);
    struct world w;

    build_memories(1, 4, 0, 0);
    CHECK(!world_create(&w, &host));
    CHECK(instance_memory(w.instance, 0)->limit == 64 * gib);
    CHECK(wasm_memory_grow(w.instance, 0, 64 * gib / PAGE + 1) == -ENOMEM);
    CHECK(world_destroy(&w));
    host = scarce(34 * gib); /* the guards want a little more */
    CHECK(world_create(&w, &host) == -ENOMEM);
    CHECK(world_destroy(&w));
    host = scarce(35 * gib);
    CHECK(!world_create(&w, &host));
    CHECK(instance_memory(w.instance, 0)->limit == 4 * gib);
    CHECK(world_destroy(&w));
    build_memories(1, 5, 0, 6 * gib / PAGE);
    CHECK(!world_create(&w, &host)); /* less than its maximum */
    CHECK(instance_memory(w.instance, 0)->limit == 4 * gib);
    CHECK(world_destroy(&w));
    CHECK(!world_create(&w, &linux_host));
    CHECK(instance_memory(w.instance, 0)->limit == 6 * gib);
    CHECK(world_destroy(&w));
}

TEST(memory64_too_large_or_too_many)
{
    struct world w;

    build_memories(1, 5, 1ull << 48, 1ull << 48);
    CHECK(world_create(&w, &linux_host) == -ENOMEM);
    CHECK(world_destroy(&w));
    build_memories(1, 4, (1ull << 22) + 1, 0);
    CHECK(world_create(&w, &linux_host) == -ENOMEM);
    CHECK(world_destroy(&w));
    build_memories(1, 4, (1ull << 48) + 1, 0);
    CHECK(world_create(&w, &linux_host) == -EINVAL);
    CHECK(world_destroy(&w));
    build_memories(WASM_MEMORIES_MAX, 4, 0, 0);
    for (unsigned n = 1; n < 200; n += 33) { /* the n-th request is the first to fail */
        int e;
        owner.fail_after = n;
        e = world_create(&w, &linux_host);
        owner.fail_after = 0;
        CHECK(!e || e == -ENOMEM);
        CHECK(world_destroy(&w));
    }
    CHECK(!world_create(&w, &linux_host));
    CHECK(world_destroy(&w));
}

/* ---- imports ---- */

static void build_two(bool import, unsigned mem_flags, unsigned table_flags)
{
    tm_init(&bytes);
    if (import) {
        tm_section(&bytes, 2);
        TM(&bytes, 2, 1, 'e', 1, 'm', 2, mem_flags, 1, 1, 'e', 1, 't', 1, 0x70, table_flags, 1);
        tm_section_end(&bytes);
        return;
    }
    tm_section(&bytes, 4);
    TM(&bytes, 1, 0x70, table_flags, 1);
    tm_section_end(&bytes);
    tm_section(&bytes, 5);
    TM(&bytes, 1, mem_flags, 1);
    tm_section_end(&bytes);
}

static int resolve(void *arg, const struct wasm_import_desc *d, uint32_t index UNUSED,
                   struct wasm_extern *out)
{
    *out = (struct wasm_extern){.kind = d->kind, .instance = arg};
    return 0;
}

TEST(memory64_imports_match_by_address_type)
{
    for (unsigned have = 0; have < 4; have++)
        for (unsigned want = 0; want < 4; want++) {
            struct wasm_module *m;
            struct wasm_instance *i;
            struct world w = {0};
            static struct test_module exporter; /* outlives its module */
            build_two(false, have & 1 ? 4 : 0, have & 2 ? 4 : 0);
            exporter = bytes;
            CHECK(!wasm_module_create(&linux_host, &owner, exporter.bytes, exporter.len, &w.module,
                                      &w.err));
            CHECK(!wasm_store_create(&linux_host, &owner, &w.store));
            CHECK(!wasm_instance_create(w.store, w.module, NULL, NULL, NULL, &w.instance, &w.err));
            build_two(true, want & 1 ? 4 : 0, want & 2 ? 4 : 0);
            CHECK(!wasm_module_create(&linux_host, &owner, bytes.bytes, bytes.len, &m, &w.err));
            CHECK(wasm_instance_create(w.store, m, resolve, w.instance, NULL, &i, &w.err) ==
                  (have == want ? 0 : -EINVAL));
            wasm_store_destroy(w.store);
            wasm_module_destroy(w.module);
            wasm_module_destroy(m);
            CHECK(linux_owner_clean(&owner));
        }
}
