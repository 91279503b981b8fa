/* An interpreter's dispatch, repeated behind each of its instructions (x64/dispatch.c): an
 * interpreter for programs in its memory, with the repetition and without. Its loop begins with a
 * load at a sum that may wrap; one of its parameters is in the caller's area. */
#include "base/test.h"
#include "wasm/jit/code.h"
#include "wasm/tools/test_world.h"

enum { MEMORY_BYTES = 65536, PARAMS = 16 };
/* Locals: parameters 0 to 15, of which 0 is the place of the next instruction less ORIGIN, and 15 a
 * summand. */
enum { PC, BIAS = PARAMS - 1, SUM, ORIGIN = 4096 };
/* What the interpreter knows: add 1 to the sum, double it, add the last parameter, skip an
 * instruction if the sum is odd, go on as far away as the next byte says, halt. All others halt. */
enum { INCREMENT, DOUBLE, BIASED, SKIP, GOTO, HALT };

static struct linux_owner owner;
static struct test_module bytes;
static uint32_t load_offset; /* of the load of an instruction */

static void local_get(uint32_t n)
{
    TM(&bytes, 0x20, (uint8_t)n);
}

static void local_set(uint32_t n)
{
    TM(&bytes, 0x21, (uint8_t)n);
}

/* The value on the stack, and a constant: an i32 operation. */
static void constant_op(int32_t c, unsigned op)
{
    tm_byte(&bytes, 0x41);
    tm_s64(&bytes, c);
    tm_byte(&bytes, op);
}

static void put_effect(unsigned opcode)
{
    uint32_t to = opcode == SKIP || opcode == GOTO ? PC : SUM;

    local_get(to);
    if (opcode == INCREMENT) {
        constant_op(1, 0x6a);
    } else if (opcode == DOUBLE) {
        constant_op(1, 0x74);
    } else {
        local_get(opcode == BIASED ? BIAS : opcode == SKIP ? SUM : PC);
        if (opcode == SKIP)
            constant_op(1, 0x71);
        if (opcode == GOTO) {
            constant_op(ORIGIN, 0x6a);
            TM(&bytes, 0x2c, 0, 1); /* the byte behind, with its sign */
        }
        tm_byte(&bytes, 0x6a);
    }
    local_set(to);
    local_get(PC);
    constant_op(1, 0x6a);
    local_set(PC);
}

static void put_body(void)
{
    tm_body(&bytes);
    TM(&bytes, 1, 1, 0x7f); /* one local */
    TM(&bytes, 0x03, 0x7f);
    for (unsigned i = 0; i <= HALT; i++)
        TM(&bytes, 0x02, 0x40);
    local_get(PC);
    constant_op(ORIGIN, 0x6a);
    load_offset = bytes.len;
    TM(&bytes, 0x2d, 0, 0, 0x0e, HALT);
    for (unsigned i = 0; i <= HALT; i++)
        tm_byte(&bytes, i);
    for (unsigned i = 0; i < HALT; i++) {
        tm_byte(&bytes, 0x0b);
        put_effect(i);
        TM(&bytes, 0x0c, (uint8_t)(HALT - i));
    }
    tm_byte(&bytes, 0x0b);
    local_get(SUM);
    TM(&bytes, 0x0b, 0x0b);
    tm_body_end(&bytes);
}

static void build(void)
{
    char sig[PARAMS + 3] = {0};

    memset(sig, 'i', PARAMS);
    memcpy(sig + PARAMS, ":i", 2);
    tm_init(&bytes);
    tm_section(&bytes, 1);
    tm_u32(&bytes, 1);
    tm_functype(&bytes, sig);
    tm_section_end(&bytes);
    tm_section(&bytes, 3);
    TM(&bytes, 1, 0);
    tm_section_end(&bytes);
    tm_section(&bytes, 5);
    TM(&bytes, 1, 0, 1);
    tm_section_end(&bytes);
    tm_section(&bytes, 10);
    tm_u32(&bytes, 1);
    put_body();
    tm_section_end(&bytes);
}

static int run(struct world *w, uint32_t pc, uint32_t bias, uint32_t *sum)
{
    union wasm_value args[PARAMS] = {[PC] = {.i32 = pc}, [BIAS] = {.i32 = bias}}, result = {0};
    int status = wasm_call(w->thread, w->instance, 0, args, &result);

    *sum = result.i32;
    return status;
}

static bool gives(struct world *w, uint32_t pc, uint32_t bias, uint32_t want)
{
    uint32_t sum;

    return run(w, pc, bias, &sum) == 0 && sum == want;
}

/* The load of an instruction is outside the memory. */
static bool traps(struct world *w, uint32_t pc)
{
    uint32_t sum;

    return run(w, pc, 0, &sum) == WASM_TRAPPED &&
           wasm_thread_trap(w->thread)->kind == WASM_TRAP_MEMORY_BOUNDS &&
           wasm_thread_trap(w->thread)->frames[0].offset == load_offset;
}

/* With 100: 3, 6, 106, 107 (even: not skipped), 214 (odd: skipped), and back to a halt. */
static const uint8_t program[] = {INCREMENT, INCREMENT, INCREMENT, DOUBLE,        BIASED, SKIP,
                                  INCREMENT, SKIP,      HALT,      DOUBLE,        GOTO,   3,
                                  HALT,      HALT,      GOTO,      (uint8_t)(-3), HALT};

static bool programs_run(struct world *w)
{
    uint8_t *memory = wasm_memory_base(w->instance, 0);

    memset(memory, INCREMENT, MEMORY_BYTES);
    memcpy(memory + ORIGIN, program, sizeof program);
    memcpy(memory, program, sizeof program); /* there, every address is a sum that wraps */
    memory[ORIGIN + 20] = HALT + 1;
    return gives(w, 0, 100, 214) && gives(w, (uint32_t)-ORIGIN, 100, 214) &&
           gives(w, (uint32_t)-ORIGIN, 98, 210) && gives(w, (uint32_t)-ORIGIN, 101, 214) &&
           gives(w, (uint32_t)-ORIGIN + 9, 0, 0) && gives(w, 17, 0, 3) && traps(w, 21) &&
           traps(w, (uint32_t)-ORIGIN - 1);
}

TEST(dispatch_of_an_interpreter)
{
    uint32_t len[2], sites[2], recoveries[2];

    build();
    for (unsigned i = 0; i < 2; i++) {
        struct world w;
        CHECK(!world_create(&w, &owner, &bytes, i ? 1ull << JIT_NO_DISPATCH : 0, NULL));
        CHECK(programs_run(&w));
        const struct code_body *b = code_body_of(w.module, 0);
        len[i] = b->len_bytes;
        sites[i] = b->nsites;
        recoveries[i] = b->nrecoveries;
        world_destroy(&w);
        CHECK(linux_owner_clean(&owner));
    }
    CHECK(len[0] > len[1]);
    CHECK(recoveries[0] == recoveries[1] + HALT); /* one in each copy */
    CHECK(sites[0] == sites[1] + 2 * HALT);       /* and one in what it resumes at */
}
