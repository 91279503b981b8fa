/* What a handler reads of a loop that a call leaves by an exception, in a register as the call is
 * made: the handler lies behind the loop, but the slot must have been written inside it. */
#include "base/test.h"
#include "wasm/tools/test_world.h"

enum { THROWS_FROM = 100 };
enum { THROW, LOOP }; /* functions */

static struct linux_owner owner;
static struct test_module bytes;

/* THROW(x): throws from 100 on, else x. */
static void put_throw(void)
{
    tm_body(&bytes);
    TM(&bytes, 0, 0x20, 0, 0x41);
    tm_s64(&bytes, THROWS_FROM);
    TM(&bytes, 0x4f, 0x04, 0x40, 0x08, 0, 0x0b, 0x20, 0, 0x0b);
    tm_body_end(&bytes);
}

/* LOOP(x): block { loop { v = n * n + x; try_table (catch_all: the block) { THROW(n) }; n = n + (v
 * & 1) + 1; again } }; v */
static void put_loop(void)
{
    tm_body(&bytes);
    TM(&bytes, 1, 2, 0x7f, 0x02, 0x40, 0x03, 0x40);
    TM(&bytes, 0x20, 2, 0x20, 2, 0x6c, 0x20, 0, 0x6a, 0x21, 1);
    TM(&bytes, 0x1f, 0x40, 1, 0x02, 1, 0x20, 2, 0x10, THROW, 0x1a, 0x0b);
    TM(&bytes, 0x20, 2, 0x20, 1, 0x41, 1, 0x71, 0x6a, 0x41, 1, 0x6a, 0x21, 2, 0x0c, 0);
    TM(&bytes, 0x0b, 0x0b, 0x20, 1, 0x0b);
    tm_body_end(&bytes);
}

static void build(void)
{
    tm_init(&bytes);
    tm_section(&bytes, 1);
    tm_u32(&bytes, 2);
    tm_functype(&bytes, "i:i");
    tm_functype(&bytes, ":");
    tm_section_end(&bytes);
    tm_section(&bytes, 3);
    TM(&bytes, 2, 0, 0);
    tm_section_end(&bytes);
    tm_section(&bytes, 13);
    TM(&bytes, 1, 0, 1);
    tm_section_end(&bytes);
    tm_section(&bytes, 10);
    tm_u32(&bytes, 2);
    put_throw();
    put_loop();
    tm_section_end(&bytes);
}

static uint32_t wanted(uint32_t x)
{
    uint32_t n = 0, v = 0;
    do {
        v = n * n + x;
        if (n >= THROWS_FROM)
            return v;
        n += (v & 1) + 1;
    } while (true);
}

TEST(a_landing_reads_what_its_loop_holds)
{
    struct world w;
    build();
    CHECK(world_create(&w, &owner, &bytes, 0, NULL) == 0);
    for (uint32_t x = 0; w.instance && x < 10; x++) {
        union wasm_value arg = {.i32 = x}, result = {0};
        CHECK(wasm_call(w.thread, w.instance, LOOP, &arg, &result) == 0);
        CHECK(result.i32 == wanted(x));
    }
    world_destroy(&w);
}
