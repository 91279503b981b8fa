/* Parallel moves on a model of registers and slots: every step is carried out on an array, and at
 * the end each target holds what its source held at the start. */
#include "base/string.h"
#include "base/test.h"
#include "wasm/jit/pmove.h"

enum { SLOTS = 12, PLACES = X64_NREGS + SLOTS, MOVES_MAX = PLACES, SCRATCH = X64_XMM + 15 };

static uint32_t now[PLACES]; /* what each place holds: at the start, its own number */
static struct pmove_slot books[SLOTS];
static unsigned steps, swaps;

static uint32_t *cell(struct pmove_place p)
{
    return &now[p.kind == PMOVE_REG ? p.at : X64_NREGS + p.at];
}

static struct pmove_place place(uint32_t number)
{
    if (number < X64_NREGS)
        return (struct pmove_place){PMOVE_REG, number};
    return (struct pmove_place){PMOVE_SLOT, number - X64_NREGS};
}

static void step(void *arg, struct pmove_place to, struct pmove_place from, unsigned type,
                 bool swap)
{
    (void)arg;
    (void)type;
    uint32_t value = *cell(from);
    steps++;
    if (swap) {
        assert(to.kind == PMOVE_REG && to.at < X64_XMM && from.kind == PMOVE_REG &&
               from.at < X64_XMM);
        *cell(from) = *cell(to);
        swaps++;
    }
    *cell(to) = value;
}

/* Runs the moves to[i] <- from[i]; are all targets right, and the books clean? */
static bool right(const uint32_t *to, const uint32_t *from, uint32_t n)
{
    static struct pmove moves[MOVES_MAX];
    static uint32_t ready[MOVES_MAX];
    steps = swaps = 0;
    for (uint32_t i = 0; i < PLACES; i++)
        now[i] = i;
    for (uint32_t i = 0; i < n; i++)
        moves[i] = (struct pmove){place(to[i]), place(from[i]), 0, false};
    pmove_run(moves, n, books, ready, SCRATCH, step, NULL);
    for (uint32_t i = 0; i < n; i++)
        if (now[to[i]] != from[i])
            return false;
    for (uint32_t i = 0; i < SLOTS; i++)
        if (books[i].writer || books[i].readers)
            return false;
    return true;
}

TEST(pmove_chains_need_no_help)
{
    static const uint32_t to[] = {1, 2, 3, 4}, from[] = {0, 1, 2, 3};
    CHECK(right(to, from, 4));
    CHECK(steps == 4 && swaps == 0);
}

TEST(pmove_fan_out_reads_one_source_often)
{
    static const uint32_t to[] = {1, 2, 40, 20, 0}, from[] = {0, 0, 0, 0, 3};
    CHECK(right(to, from, 5));
    CHECK(steps == 5);
}

TEST(pmove_register_cycles_are_exchanged)
{
    static const uint32_t to[] = {0, 1, 2, 7}, from[] = {1, 2, 0, 0};
    CHECK(right(to, from, 4));
    CHECK(swaps == 2 && steps == 3);
}

TEST(pmove_slot_and_vector_cycles_use_the_scratch_register)
{
    static const uint32_t to[] = {33, 34, 35, 16, 17}, from[] = {34, 35, 33, 17, 16};
    CHECK(right(to, from, 5));
    CHECK(swaps == 0 && steps == 7);
    static const uint32_t mixed_to[] = {3, 36}, mixed_from[] = {36, 3};
    CHECK(right(mixed_to, mixed_from, 2));
}

TEST(pmove_to_itself_is_nothing)
{
    static const uint32_t to[] = {5, 40}, from[] = {5, 40};
    CHECK(right(to, from, 2));
    CHECK(steps == 0);
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

TEST(pmove_random_sets)
{
    uint32_t state = 1, to[MOVES_MAX], from[MOVES_MAX];
    for (unsigned round = 0; round < 20000; round++) {
        bool used[PLACES] = {[SCRATCH] = true};
        uint32_t n = 0, want = next_random(&state) % 30,
                 span = 2 + next_random(&state) % (PLACES - 2);
        for (uint32_t i = 0; i < want; i++) {
            uint32_t t = next_random(&state) % span, f = next_random(&state) % span;
            if (used[t] || f == SCRATCH)
                continue;
            used[t] = true;
            to[n] = t;
            from[n++] = f;
        }
        CHECK(right(to, from, n));
        CHECK(steps <= 2 * n);
    }
}
