/* Conditional moves that become branches (jit/chain.c): loops around a select whose condition comes
 * from what the turn before has left, against what they mean, with branches and without. */
#include "base/test.h"
#include "wasm/jit/code.h"
#include "wasm/tools/test_world.h"

enum { TURNS = 1000, STACK_BYTES = 64 * 1024 };
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

static void put_loop(const struct loop *l)
{
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

static void build(void)
{
    tm_init(&bytes);
    tm_section(&bytes, 1);
    tm_u32(&bytes, 1);
    tm_functype(&bytes, "i:i");
    tm_section_end(&bytes);
    tm_section(&bytes, 3);
    tm_u32(&bytes, ARRAY_LEN(loops));
    for (uint32_t i = 0; i < ARRAY_LEN(loops); i++)
        tm_u32(&bytes, 0);
    tm_section_end(&bytes);
    tm_section(&bytes, 10);
    tm_u32(&bytes, ARRAY_LEN(loops));
    for (uint32_t i = 0; i < ARRAY_LEN(loops); i++)
        put_loop(&loops[i]);
    tm_section_end(&bytes);
}

/* How many functions give something else; how long their code is. */
static uint32_t differences(uint64_t switches, uint32_t lengths[ARRAY_LEN(loops)])
{
    struct wasm_module *m;
    struct wasm_store *store;
    struct wasm_thread *thread;
    struct wasm_instance *instance;
    struct wasm_error err;
    uint32_t wrong = 0;

    int e = wasm_module_create(&linux_host, &owner, bytes.bytes, bytes.len, &m, &err);
    assert(!e);
    m->jit.set |= switches;
    e = wasm_store_create(&linux_host, &owner, &store);
    e = e ? e : wasm_thread_create(store, STACK_BYTES, &thread);
    e = e ? e : wasm_instance_create(store, m, NULL, NULL, NULL, &instance, &err);
    assert(!e);
    linux_host_set_thread(thread);
    for (uint32_t i = 0; i < ARRAY_LEN(loops); i++) {
        union wasm_value turns = {.i32 = TURNS}, result = {0};
        e = wasm_call(thread, instance, i, &turns, &result);
        wrong += e != 0 || result.i32 != meaning(&loops[i]);
        lengths[i] = code_body_of(m, i)->len_bytes;
    }
    linux_host_set_thread(NULL);
    wasm_store_destroy(store);
    wasm_module_destroy(m);
    return wrong;
}

TEST(chain_of_conditional_moves)
{
    uint32_t with[ARRAY_LEN(loops)], without[ARRAY_LEN(loops)];

    build();
    CHECK(differences(0, with) == 0);
    CHECK(differences(1ull << JIT_NO_BRANCHES, without) == 0);
    CHECK(linux_owner_clean(&owner));
    for (uint32_t i = 0; i < ARRAY_LEN(loops); i++)
        CHECK((with[i] != without[i]) == loops[i].branches);
}
