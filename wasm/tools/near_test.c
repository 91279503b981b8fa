/* Jumps forward with one byte of displacement (jit/size.c), where the guess holds and where it
 * fails: functions that jump over straight code of all lengths, against what they mean. */
#include "base/test.h"
#include "wasm/jit/code.h"
#include "wasm/tools/test_world.h"

enum { X, SUM }; /* the parameter, a local */
/* Straight code is made of pieces of 12 bytes, of which 8 are guessed. */
enum {
    LENGTHS = 15, /* 0, 2, 4 … pieces */
    FEW = 5,      /* take less than 60 bytes by the guess, and less than 127 */
    MANY = 16,    /* take more than 127, but by the guess less than 250 */
};

/* An arm that is jumped over; two arms; three ways to one label, with an arm between each; arms
 * that leave; a comparison of floats, which takes two jumps; a br_table over arms. */
enum form { ARM, ARMS, WAYS, LEAVING, FLOATS, TABLE, FORMS };

static struct linux_owner owner;
static struct test_module bytes;

/* In function `which`. */
static uint32_t pieces_of(uint32_t which)
{
    return which % LENGTHS * 2;
}

static void constant(uint32_t c)
{
    tm_byte(&bytes, 0x41);
    tm_s64(&bytes, (int32_t)c);
}

/* sum = (sum ^ …) + …, n times */
static void put_pieces(uint32_t n)
{
    TM(&bytes, 0x20, SUM);
    for (uint32_t i = 0; i < n; i++) {
        constant(0x12345678 + i);
        tm_byte(&bytes, 0x73);
        constant(0x23456789 + i);
        tm_byte(&bytes, 0x6a);
    }
    TM(&bytes, 0x21, SUM);
}

static uint32_t pieces(uint32_t sum, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        sum = (sum ^ (0x12345678 + i)) + (0x23456789 + i);
    return sum;
}

/* A bit of the parameter. */
static void put_bit(uint8_t bit)
{
    TM(&bytes, 0x20, X, 0x41, bit, 0x71);
}

static void put_arms(enum form form, uint32_t n)
{
    put_bit(1);
    TM(&bytes, 0x04, 0x40);
    put_pieces(n);
    if (form == LEAVING)
        TM(&bytes, 0x20, SUM, 0x0f);
    if (form != ARM) {
        tm_byte(&bytes, 0x05);
        put_pieces(n + 1);
    }
    tm_byte(&bytes, 0x0b);
}

static void put_ways(uint32_t n)
{
    TM(&bytes, 0x02, 0x40);
    for (uint8_t bit = 1; bit <= 4; bit *= 2) {
        put_bit(bit);
        TM(&bytes, 0x0d, 0);
        put_pieces(n);
    }
    tm_byte(&bytes, 0x0b);
}

/* if (x as a float == 3) */
static void put_floats(uint32_t n)
{
    TM(&bytes, 0x20, X, 0xb3, 0x43, 0, 0, 0x40, 0x40, 0x5b, 0x04, 0x40);
    put_pieces(n);
    tm_byte(&bytes, 0x0b);
}

static void put_table(uint32_t n)
{
    TM(&bytes, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x20, X, 0x0e, 2, 0, 1, 2, 0x0b);
    put_pieces(n);
    tm_byte(&bytes, 0x0b);
    put_pieces(n);
    tm_byte(&bytes, 0x0b);
}

static void put_body(uint32_t which)
{
    enum form form = which / LENGTHS;
    uint32_t n = pieces_of(which);

    tm_body(&bytes);
    TM(&bytes, 1, 1, 0x7f, 0x20, X, 0x21, SUM);
    if (form == WAYS)
        put_ways(n);
    else if (form == FLOATS)
        put_floats(n);
    else if (form == TABLE)
        put_table(n);
    else
        put_arms(form, n);
    TM(&bytes, 0x20, SUM, 0x41, 1, 0x6a, 0x0b);
    tm_body_end(&bytes);
}

static uint32_t ways(uint32_t n, uint32_t x)
{
    uint32_t sum = x;

    for (uint32_t bit = 1; bit <= 4 && !(x & bit); bit *= 2)
        sum = pieces(sum, n);
    return sum + 1;
}

static uint32_t meaning(uint32_t which, uint32_t x)
{
    uint32_t n = pieces_of(which);

    switch (which / LENGTHS) {
    case ARM:
        return pieces(x, x & 1 ? n : 0) + 1;
    case ARMS:
        return pieces(x, x & 1 ? n : n + 1) + 1;
    case LEAVING:
        return x & 1 ? pieces(x, n) : pieces(x, n + 1) + 1;
    case FLOATS:
        return pieces(x, x == 3 ? n : 0) + 1;
    case TABLE:
        return (x == 0 ? pieces(pieces(x, n), n) : pieces(x, x == 1 ? n : 0)) + 1;
    default:
        return ways(n, x);
    }
}

/* How many functions give something else; how long their code is. */
static uint32_t differences(uint64_t switches, uint8_t near_bytes,
                            uint32_t lengths[FORMS * LENGTHS])
{
    struct world w;
    uint32_t wrong = 0;

    world_functions(&bytes, "i:i", FORMS * LENGTHS, put_body);
    int created = world_create(&w, &owner, &bytes, switches, NULL);
    assert(!created);
    w.module->jit.near_bytes = near_bytes;
    for (uint32_t i = 0; i < FORMS * LENGTHS; i++) {
        for (uint32_t x = 0; x < 9; x++) {
            union wasm_value arg = {.i32 = x}, result = {0};
            int e = wasm_call(w.thread, w.instance, i, &arg, &result);
            wrong += e != 0 || result.i32 != meaning(i, x);
        }
        lengths[i] = code_body_of(w.module, i)->len_bytes;
    }
    world_destroy(&w);
    return wrong;
}

TEST(near_jumps)
{
    static uint32_t near[FORMS * LENGTHS], wrong[FORMS * LENGTHS], far[FORMS * LENGTHS];

    CHECK(differences(0, 0, near) == 0);
    CHECK(differences(0, 250, wrong) == 0);
    CHECK(differences(1ull << JIT_NO_NEAR, 0, far) == 0);
    CHECK(linux_owner_clean(&owner));
    for (uint32_t i = 0; i < FORMS * LENGTHS; i++) {
        uint32_t n = pieces_of(i);
        CHECK(near[i] <= far[i] && (n == 0 || n > FEW || near[i] < far[i]));
        CHECK(n < MANY || wrong[i] == far[i]); /* made again */
    }
}
