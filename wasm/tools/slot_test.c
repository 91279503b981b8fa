/* The slots of a module's jump table, as another CPU may see them while they change. */
#include "base/test.h"
#include "wasm/jit/code_int.h"
#include "wasm/tools/test_world.h"

static struct linux_owner owner;
static struct test_module bytes;

static void put_increment(uint32_t n UNUSED)
{
    tm_body(&bytes);
    TM(&bytes, 0, 0x20, 0, 0x41, 1, 0x6a, 0x0b);
    tm_body_end(&bytes);
}

/* `call lazy`, read before the function was compiled, with the displacement of the `jmp` to its
 * body, read after that. */
TEST(slot_seen_by_halves)
{
    enum { CALL = 0xe8, JUMP = 0xe9, TURNS = 3 };
    struct world w;
    world_functions(&bytes, "i:i", 1, put_increment);
    CHECK(!world_create(&w, &owner, &bytes, 0, NULL));
    for (uint32_t i = 0; i < TURNS; i++) {
        union wasm_value arg = {.i32 = 41 + i}, result = {0};
        CHECK(!wasm_call(w.thread, w.instance, 0, &arg, &result));
        CHECK(result.i32 == 42 + i);
        CHECK(w.module->code->range.write[0] == (i ? CALL : JUMP));
        w.module->code->range.write[0] = CALL;
    }
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}
