/* Loops that count from a constant to a constant (jit/unroll.c): counters of all kinds, run with
 * unrolling and without, against what the loop means. */
#include "base/test.h"
#include "wasm/jit/code.h"
#include "wasm/tools/test_world.h"

enum { I, SUM }; /* locals */

static struct linux_owner owner;
static struct test_module bytes;

/* How the loop asks whether to go on: the sum is not the bound, in three ways; so is the counter
 * before the addition, or the counter when it is added to once more behind the question. */
enum form { NOT_EQUAL, EQUAL_ZERO, NOT_ZERO, BEFORE, TWICE };
struct counter {
    enum form form;
    uint32_t start, step, bound;
    bool unrolled;
};

static const struct counter counters[] = {
    {NOT_EQUAL, 0, 1, 100, true},
    {NOT_EQUAL, 0, 8, 8 * 99, true},
    {NOT_EQUAL, 5, 7, 5 + 7 * 98, true},
    {NOT_EQUAL, 0, 1, 97, false}, /* a prime number of turns */
    {NOT_EQUAL, 0, 1, 1, false},
    {NOT_EQUAL, 0, 1, 2, false}, /* two bodies would be all of it */
    {NOT_EQUAL, 0, 1, 4, true},
    {NOT_EQUAL, 100, (uint32_t)-1, 0, true},
    {NOT_EQUAL, 3, (uint32_t)-8, 3 - 8 * 64, true},
    {NOT_EQUAL, 0xfffffff0, 1, 0x10, true},        /* past 2^32 */
    {NOT_EQUAL, 0, 0x30000000, 0x10000000, false}, /* eleven turns, three times past 2^32 */
    {NOT_EQUAL, 0, 0x10000000, 0, false},
    {NOT_EQUAL, 0, 0x80000000, 0x80000000, false},
    {EQUAL_ZERO, 0, 1, 100, true},
    {EQUAL_ZERO, 7, (uint32_t)-2, (uint32_t)-9, true},
    {NOT_ZERO, 100, (uint32_t)-1, 0, true},
    {NOT_ZERO, (uint32_t)-800, 8, 0, true},
    {NOT_ZERO, 99, (uint32_t)-3, 0, true},
    {BEFORE, 0, 1, 100, false},
    {TWICE, 0, 1, 99, false},
};

static void constant(uint32_t c)
{
    tm_byte(&bytes, 0x41);
    tm_s64(&bytes, (int32_t)c);
}

static void add_step(uint32_t step)
{
    TM(&bytes, 0x20, I);
    constant(step);
    TM(&bytes, 0x6a, 0x21, I);
}

/* sum = (sum + i) * 3; i += step; again unless … */
static void put_loop(uint32_t n)
{
    const struct counter *c = &counters[n];

    tm_body(&bytes);
    TM(&bytes, 1, 2, 0x7f);
    constant(c->start);
    TM(&bytes, 0x21, I, 0x03, 0x40, 0x20, SUM, 0x20, I, 0x6a, 0x41, 3, 0x6c, 0x21, SUM);
    if (c->form != BEFORE)
        add_step(c->step);
    TM(&bytes, 0x20, I);
    if (c->form != NOT_ZERO) {
        constant(c->bound);
        tm_byte(&bytes, c->form == EQUAL_ZERO ? 0x46 : 0x47);
    }
    if (c->form == EQUAL_ZERO)
        tm_byte(&bytes, 0x45);
    if (c->form == BEFORE || c->form == TWICE)
        add_step(c->step);
    TM(&bytes, 0x0d, 0, 0x0b, 0x20, SUM, 0x0b);
    tm_body_end(&bytes);
}

static uint32_t meaning(const struct counter *c)
{
    uint32_t i = c->start, sum = 0;
    bool again;

    do {
        sum = (sum + i) * 3;
        again = i != c->bound;
        i += c->step;
        if (c->form != BEFORE)
            again = i != c->bound;
        if (c->form == TWICE)
            i += c->step;
    } while (again);
    return sum;
}

/* How many functions give something else; how long their code is. */
static uint32_t differences(uint64_t switches, uint32_t lengths[ARRAY_LEN(counters)])
{
    struct world w;
    uint32_t wrong = 0;

    world_functions(&bytes, ":i", ARRAY_LEN(counters), put_loop);
    int created = world_create(&w, &owner, &bytes, switches, NULL);
    assert(!created);
    for (uint32_t i = 0; i < ARRAY_LEN(counters); i++) {
        union wasm_value result = {0};
        int e = wasm_call(w.thread, w.instance, i, NULL, &result);
        wrong += e != 0 || result.i32 != meaning(&counters[i]);
        lengths[i] = code_body_of(w.module, i)->len_bytes;
    }
    world_destroy(&w);
    return wrong;
}

TEST(unroll_counting_loops)
{
    uint32_t with[ARRAY_LEN(counters)], without[ARRAY_LEN(counters)];

    CHECK(differences(1ull << JIT_NO_ALIGN, with) == 0);
    CHECK(differences(1ull << JIT_NO_ALIGN | 1ull << JIT_NO_UNROLL, without) == 0);
    CHECK(linux_owner_clean(&owner));
    for (uint32_t i = 0; i < ARRAY_LEN(counters); i++)
        CHECK((with[i] > without[i]) == counters[i].unrolled);
}
