/* memory.copy and memory.fill of lengths that the compiler does not know: every short one, and
 * around each step of x64/stub_memory.c; overlaps both ways; the memory's end, where a trap leaves
 * everything unwritten; memory 0, another one, and between the two; 32 and 64 bits. */
#include "base/test.h"
#include "wasm/tools/test_world.h"

enum { PAGE = 65536, LENGTH_MAX = 700, WINDOW = 4096, START = PAGE - WINDOW };

static struct linux_owner owner;
static struct test_module bytes;
static uint8_t wanted[2][WINDOW];

/* Functions 0 to 3 copy from memory f / 2 to memory f % 2, 4 and 5 fill memory f - 4. */
enum { FILLS = 4, FUNCS = 6 };

static void build(bool is64)
{
    tm_init(&bytes);
    tm_section(&bytes, 1);
    tm_u32(&bytes, 2);
    tm_functype(&bytes, is64 ? "III:" : "iii:");
    tm_functype(&bytes, is64 ? "IiI:" : "iii:");
    tm_section_end(&bytes);
    tm_section(&bytes, 3);
    TM(&bytes, FUNCS, 0, 0, 0, 0, 1, 1);
    tm_section_end(&bytes);
    tm_section(&bytes, 5);
    TM(&bytes, 2, is64 ? 4 : 0, 1, is64 ? 4 : 0, 1);
    tm_section_end(&bytes);
    tm_section(&bytes, 10);
    tm_u32(&bytes, FUNCS);
    for (unsigned f = 0; f < FUNCS; f++) {
        tm_body(&bytes);
        TM(&bytes, 0, 0x20, 0, 0x20, 1, 0x20, 2);
        if (f < FILLS)
            TM(&bytes, 0xfc, 0x0a, f % 2, f / 2, 0x0b);
        else
            TM(&bytes, 0xfc, 0x0b, f - FILLS, 0x0b);
        tm_body_end(&bytes);
    }
    tm_section_end(&bytes);
}

static uint8_t *window(struct world *w, unsigned memory)
{
    return wasm_memory_base(w->instance, memory) + START;
}

/* Both windows get bytes that tell every place from the next ones. */
static void reset(struct world *w)
{
    for (unsigned memory = 0; memory < 2; memory++) {
        for (unsigned i = 0; i < WINDOW; i++)
            wanted[memory][i] = (uint8_t)(i * 7 + i / 256 + 101 * memory);
        memcpy(window(w, memory), wanted[memory], WINDOW);
    }
}

static bool as_wanted(struct world *w)
{
    return !memcmp(window(w, 0), wanted[0], WINDOW) && !memcmp(window(w, 1), wanted[1], WINDOW);
}

static int call(struct world *w, unsigned f, uint64_t a, uint64_t b, uint64_t n)
{
    union wasm_value args[3] = {{.i64 = a}, {.i64 = b}, {.i64 = n}}, none = {0};
    return wasm_call(w->thread, w->instance, f, args, &none);
}

/* A copy inside the windows, at these places of them. */
static bool copies(struct world *w, unsigned f, unsigned dst, unsigned src, unsigned n)
{
    assert(dst + n <= WINDOW && src + n <= WINDOW);
    reset(w);
    memmove(wanted[f % 2] + dst, wanted[f / 2] + src, n);
    return call(w, f, START + dst, START + src, n) == 0 && as_wanted(w);
}

static bool fills(struct world *w, unsigned f, unsigned dst, unsigned byte, unsigned n)
{
    reset(w);
    memset(wanted[f - FILLS] + dst, (int)(byte & 0xff), n);
    return call(w, f, START + dst, byte, n) == 0 && as_wanted(w);
}

static void check_length(struct unit_test_state *test_state, struct world *w, unsigned n)
{
    const unsigned distances[] = {0,   1,    2,   3,   7,   8,   15,    16,
                                  17,  31,   32,  33,  63,  64,  65,    100,
                                  127, 128,  129, 200, 256, 300, n / 2, n > 0 ? n - 1 : 0,
                                  n,   n + 1};
    for (unsigned i = 0; i < ARRAY_LEN(distances); i++) {
        unsigned low = 37 + n % 61, high = low + distances[i];
        CHECK(copies(w, 0, low, high, n));
        CHECK(copies(w, 0, high, low, n));
    }
    for (unsigned f = 1; f < FILLS; f++)
        CHECK(copies(w, f, 100 + n % 33, 200 + n % 31, n));
    for (unsigned f = FILLS; f < FUNCS; f++)
        CHECK(fills(w, f, 70 + n % 35, 0xabcdef00 + n, n));
}

/* All that ends at the memory's end works, and a byte more changes nothing. */
static void check_end(struct unit_test_state *test_state, struct world *w, unsigned n)
{
    uint64_t last = PAGE - n;
    for (unsigned f = 0; f < FILLS; f++) {
        CHECK(copies(w, f, WINDOW - n, 5, n));
        CHECK(copies(w, f, 5, WINDOW - n, n));
        reset(w);
        CHECK(call(w, f, last + 1, START + 5, n) == WASM_TRAPPED);
        CHECK(call(w, f, START + 5, last + 1, n) == WASM_TRAPPED);
        CHECK(call(w, f, last - 3, last + 1, n) == WASM_TRAPPED);
        CHECK(as_wanted(w));
    }
    for (unsigned f = FILLS; f < FUNCS; f++) {
        CHECK(fills(w, f, WINDOW - n, 1, n));
        reset(w);
        CHECK(call(w, f, last + 1, 1, n) == WASM_TRAPPED);
        CHECK(as_wanted(w));
    }
    CHECK(wasm_thread_trap(w->thread)->kind == WASM_TRAP_MEMORY_BOUNDS);
}

static void check_absurd(struct unit_test_state *test_state, struct world *w, bool is64)
{
    const uint64_t most = is64 ? UINT64_MAX : UINT32_MAX, half = is64 ? 1ull << 63 : 1u << 31;
    const uint64_t values[] = {START, PAGE, PAGE + 1, most, most - 15, half, most - START + 1};
    reset(w);
    for (unsigned f = 0; f < FUNCS; f++)
        for (unsigned i = 1; i < ARRAY_LEN(values); i++) {
            CHECK(call(w, f, START, START, values[i]) == WASM_TRAPPED);
            for (uint64_t n = i < 2; n < 400; n += 57) {
                CHECK(call(w, f, values[i], START, n) == WASM_TRAPPED);
                CHECK(f >= FILLS || call(w, f, START, values[i], n) == WASM_TRAPPED);
            }
        }
    CHECK(as_wanted(w));
}

static void check_all(struct unit_test_state *test_state, bool is64)
{
    struct world w;
    build(is64);
    CHECK(world_create(&w, &owner, &bytes, 0, NULL) == 0);
    if (w.instance) {
        for (unsigned n = 0; n <= LENGTH_MAX; n += n < 320 ? 1 : 7)
            check_length(test_state, &w, n);
        for (unsigned n = 0; n <= 600; n += n < 300 ? 1 : 25)
            check_end(test_state, &w, n);
        check_absurd(test_state, &w, is64);
    }
    world_destroy(&w);
}

TEST(copies_and_fills_of_every_length)
{
    check_all(test_state, false);
}

TEST(copies_and_fills_of_64_bit_memories)
{
    check_all(test_state, true);
}
