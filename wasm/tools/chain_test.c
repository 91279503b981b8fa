/* Conditional moves that become branches (jit/chain.c): loops around a select whose condition comes
 * from what the turn before has left, against what they mean, with branches and without. */
#include "base/test.h"
#include "wasm/jit/code.h"
#include "wasm/tools/test_world.h"

enum { TURNS = 1000 };
enum { I, SUM }; /* the parameter, a local */

static struct linux_owner owner;
static struct test_module bytes;

/* sum += condition(sum * sum …) ? 5 : 1, with `products` multiplications */
enum condition { EQUAL, NOT_EQUAL, LESS, ODD, ODD_IS_ZERO };
struct loop {
    enum condition condition;
    unsigned products;
    bool branches;
};

static const struct loop loops[] = {
    {EQUAL, 1, true}, {NOT_EQUAL, 1, true}, {EQUAL, 0, false},
    {LESS, 1, false}, /* a short chain, and who knows what it says */
    {LESS, 5, true},  {ODD, 5, false},      {ODD_IS_ZERO, 5, false},
};

static void put_loop(uint32_t n)
{
    const struct loop *l = &loops[n];

    tm_body(&bytes);
    TM(&bytes, 1, 1, 0x7f, 0x03, 0x40, 0x20, SUM, 0x41, 5, 0x41, 1, 0x20, SUM);
    for (unsigned i = 0; i < l->products; i++)
        TM(&bytes, 0x20, SUM, 0x6c);
    switch (l->condition) {
    case EQUAL:
        TM(&bytes, 0x41, 36, 0x46);
        break;
    case NOT_EQUAL:
        TM(&bytes, 0x41, 36, 0x47);
        break;
    case LESS:
        TM(&bytes, 0x41, 36, 0x49);
        break;
    case ODD:
        TM(&bytes, 0x41, 1, 0x71);
        break;
    default:
        TM(&bytes, 0x41, 1, 0x71, 0x45);
        break;
    }
    TM(&bytes, 0x1b, 0x6a, 0x21, SUM, 0x20, I, 0x41, 0x7f, 0x6a, 0x22, I, 0x0d, 0, 0x0b);
    TM(&bytes, 0x20, SUM, 0x0b);
    tm_body_end(&bytes);
}

static uint32_t meaning(const struct loop *l)
{
    uint32_t sum = 0;

    for (unsigned turn = 0; turn < TURNS; turn++) {
        uint32_t x = sum;
        for (unsigned i = 0; i < l->products; i++)
            x *= sum;
        bool holds = l->condition == EQUAL       ? x == 36
                     : l->condition == NOT_EQUAL ? x != 36
                     : l->condition == LESS      ? x < 36
                     : l->condition == ODD       ? x & 1
                                                 : !(x & 1);
        sum += holds ? 5 : 1;
    }
    return sum;
}

/* How many functions give something else; how long their code is. */
static uint32_t differences(uint64_t switches, uint32_t lengths[ARRAY_LEN(loops)])
{
    struct world w;
    uint32_t wrong = 0;

    world_functions(&bytes, "i:i", ARRAY_LEN(loops), put_loop);
    int created = world_create(&w, &owner, &bytes, switches, NULL);
    assert(!created);
    for (uint32_t i = 0; i < ARRAY_LEN(loops); i++) {
        union wasm_value turns = {.i32 = TURNS}, result = {0};
        int e = wasm_call(w.thread, w.instance, i, &turns, &result);
        wrong += e != 0 || result.i32 != meaning(&loops[i]);
        lengths[i] = code_body_of(w.module, i)->len_bytes;
    }
    world_destroy(&w);
    return wrong;
}

TEST(chain_of_conditional_moves)
{
    uint32_t with[ARRAY_LEN(loops)], without[ARRAY_LEN(loops)];

    CHECK(differences(0, with) == 0);
    CHECK(differences(1ull << JIT_NO_BRANCHES, without) == 0);
    CHECK(linux_owner_clean(&owner));
    for (uint32_t i = 0; i < ARRAY_LEN(loops); i++)
        CHECK((with[i] != without[i]) == loops[i].branches);
}
