/* br_table (x64/switch.c): tables of many shapes, with indices of many kinds, in functions of
 * several forms, against what they mean; by comparisons and by a table, masked and clamped. */
#include "base/test.h"
#include "wasm/jit/code.h"
#include "wasm/tools/test_world.h"

enum { X, INDEX, SUM, COUNT, STATE, LOCALS = 4 }; /* the parameter; locals */
enum { MEMORY_BYTES = 65536, ORIGIN = 4096, TURNS = 20, PRODUCTS = 5 };
enum { ORIGINS = 16 }; /* phis that a bound is known through (jit/bound.c) */

static struct linux_owner owner;
static struct test_module bytes;

/* ---- shapes ---- */

/* Where each entry leads: letters from a on, z being where the default leads. Each letter stands
 * for `each` entries, all of them `times` times. */
struct shape {
    const char *letters;
    unsigned each, times;
    bool few; /* comparisons are enough */
};

static const struct shape shapes[] = {
    {"a", 1, 1, true},         {"ab", 1, 1, true},
    {"abc", 1, 1, true},       {"abcd", 1, 1, false},
    {"aba", 1, 1, true},       {"abab", 1, 1, false},
    {"aab", 1, 1, true},       {"abb", 1, 1, true},
    {"abbc", 1, 1, true},      {"aabbcc", 1, 1, true},
    {"aabbccd", 1, 1, false},  {"aaz", 1, 1, true},
    {"abzz", 1, 1, true},      {"za", 1, 1, true},
    {"zaa", 1, 1, true},       {"zzab", 1, 1, true},
    {"zaab", 1, 1, true},      {"zabb", 1, 1, true},
    {"zaabb", 1, 1, true},     {"zaabbc", 1, 1, false},
    {"azbb", 1, 1, true},      {"aazb", 1, 1, true},
    {"aazbb", 1, 1, true},     {"zazb", 1, 1, true},
    {"zazbb", 1, 1, true},     {"zaazb", 1, 1, true},
    {"zaazbb", 1, 1, false},   {"azbzc", 1, 1, true},
    {"zazbzc", 1, 1, true},    {"azbzcc", 1, 1, false},
    {"aazbbz", 1, 1, true},    {"abcdef", 1, 1, false},
    {"abcdefgh", 1, 2, false}, {"abcdez", 1, 20, false},
    {"abc", 1, 37, false},   /* with the default, 112: 256 are twice that and 32 */
    {"abcde", 1, 22, false}, /* 111 */
    {"abcd", 1, 32, false},    {"abcde", 25, 1, false},
    {"zabc", 1, 60, false},    {"abcdefghijklmnopqrstuvwxy", 1, 12, false},
    {"a", 300, 1, true},       {"ab", 150, 1, true},
    {"zza", 100, 1, true},     {"zazb", 64, 1, false},
    {"abc", 43, 1, true},
};

static uint32_t entries_of(const struct shape *s)
{
    return (uint32_t)strlen(s->letters) * s->each * s->times;
}

/* Targets but for the default's, which is number `targets_of`. */
static uint32_t targets_of(const struct shape *s)
{
    uint32_t n = 0;

    for (const char *p = s->letters; *p; p++)
        if (*p != 'z' && (uint32_t)(*p - 'a') >= n)
            n = (uint32_t)(*p - 'a') + 1;
    return n;
}

static uint32_t target_of(const struct shape *s, uint32_t index)
{
    char letter = 'z';

    if (index < entries_of(s))
        letter = s->letters[index / s->each % strlen(s->letters)];
    return letter == 'z' ? targets_of(s) : (uint32_t)(letter - 'a');
}

/* ---- indices ---- */

enum kind {
    PARAM,
    BYTE,    /* at x */
    BYTE_AT, /* at x + ORIGIN, a sum that may wrap */
    MASKED,  /* x & n */
    ONES,    /* popcnt(x) & n */
    TWO,     /* (byte at x + byte at x + 1) & n */
    EITHER,  /* x is odd ? n : 2 */
    STATES,  /* state of a machine, below n; see put_states */
};
struct index {
    enum kind kind;
    uint32_t n;
};

static const struct index indices[] = {{PARAM, 0},    {BYTE, 0},      {BYTE_AT, 0},  {MASKED, 3},
                                       {MASKED, 15},  {MASKED, 0x7f}, {MASKED, 255}, {MASKED, 511},
                                       {MASKED, 100}, {ONES, 0xfe},   {TWO, 0x2f0},  {EITHER, 1},
                                       {EITHER, 290}, {STATES, 3},    {STATES, 40},  {STATES, 300}};

static uint32_t index_of(const struct index *i, uint32_t x)
{
    switch (i->kind) {
    case BYTE:
    case BYTE_AT:
        return (uint8_t)x;
    case MASKED:
        return x & i->n;
    case ONES:
        return (uint32_t)__builtin_popcount(x) & i->n;
    case TWO:
        return ((uint8_t)x + (uint32_t)(uint8_t)(x + 1)) & i->n;
    case EITHER:
        return x & 1 ? i->n : 2;
    default:
        return x;
    }
}

static void get(uint32_t local)
{
    TM(&bytes, 0x20, (uint8_t)local);
}

static void set(uint32_t local)
{
    TM(&bytes, 0x21, (uint8_t)local);
}

static void constant(uint32_t c)
{
    tm_byte(&bytes, 0x41);
    tm_s64(&bytes, (int32_t)c);
}

/* The value on the stack, and a constant: an i32 operation. */
static void constant_op(uint32_t c, unsigned op)
{
    constant(c);
    tm_byte(&bytes, op);
}

static void put_index(const struct index *i)
{
    if (i->kind == EITHER) {
        constant(i->n);
        constant(2);
    }
    get(i->kind == STATES ? STATE : X);
    if (i->kind == BYTE_AT)
        constant_op(ORIGIN, 0x6a);
    if (i->kind == BYTE || i->kind == BYTE_AT || i->kind == TWO)
        TM(&bytes, 0x2d, 0, 0);
    if (i->kind == TWO)
        TM(&bytes, 0x20, X, 0x2d, 0, 1, 0x6a);
    if (i->kind == ONES)
        TM(&bytes, 0x69);
    if (i->kind == EITHER) {
        constant_op(1, 0x71);
        TM(&bytes, 0x1b);
    }
    if (i->kind == MASKED || i->kind == ONES || i->kind == TWO)
        constant_op(i->n, 0x71);
}

/* ---- functions ---- */

/* What is done at a target, each of which has a number:
 * LEAVE    returns it
 * FALL     a sum, begun between index and switch, is three times what it was and that number; on to
 *          the next target; the end adds the index
 * CARRY    the same, but the sum is x first, and carried to the labels as the result of blocks
 * BACK     as LEAVE, times the turns, but target 0 is the header of a loop that halves x
 * DEFAULT  the same, but the default's target is
 * RUN      the sum as in FALL; x is one more; back to the switch, TURNS times
 * MACHINE  the sum as in FALL; the next state is one of two, by a bit of x; back to the switch
 *          until x is 0 */
enum form { LEAVE, FALL, CARRY, BACK, DEFAULT, RUN, MACHINE, FORMS };

static struct {
    const struct index *index;
    enum form form;
} now; /* what put_body makes, and what is meant */

static bool is_loop(enum form f)
{
    return f >= BACK;
}

static bool is_header(enum form f, uint32_t target, uint32_t n)
{
    return (f == BACK && target == 0) || (f == DEFAULT && target == n);
}

static uint32_t next_state(uint32_t target, bool bit, uint32_t n)
{
    return (bit ? target * 11 + 5 : target * 7 + 1) % n;
}

/* sum = x * 3 ^ x * 5 …, all of which are there at once */
static void put_products(void)
{
    for (uint32_t i = 1; i <= PRODUCTS; i++) {
        get(X);
        constant_op(2 * i + 1, 0x6c);
    }
    for (uint32_t i = 1; i < PRODUCTS; i++)
        TM(&bytes, 0x73);
    set(SUM);
}

static uint32_t products(uint32_t x)
{
    uint32_t sum = 0;

    for (uint32_t i = 1; i <= PRODUCTS; i++)
        sum ^= x * (2 * i + 1);
    return sum;
}

/* br_table from within a block for each target, and a loop around these. */
static void put_switch(const struct shape *s)
{
    uint32_t n = targets_of(s), entries = entries_of(s);

    put_index(now.index);
    set(INDEX);
    if (now.form == FALL)
        put_products();
    TM(&bytes, 0x20, INDEX, 0x0e);
    tm_u32(&bytes, entries);
    for (uint32_t i = 0; i <= entries; i++) {
        uint32_t t = target_of(s, i);
        tm_u32(&bytes, is_header(now.form, t, n) ? n + 1 : t);
    }
}

/* sum = sum * 3 + target */
static void put_sum(uint32_t target)
{
    get(SUM);
    constant_op(3, 0x6c);
    constant_op(target, 0x6a);
    set(SUM);
}

/* Leaves if what is on the stack is not 0. */
static void put_leave_if(uint32_t local)
{
    TM(&bytes, 0x04, 0x40, 0x20, (uint8_t)local, 0x0f, 0x0b);
}

static void put_next_state(uint32_t target)
{
    get(X);
    TM(&bytes, 0x45);
    put_leave_if(SUM);
    get(X);
    constant_op(1, 0x71);
    TM(&bytes, 0x04, 0x40);
    constant(next_state(target, true, now.index->n));
    set(STATE);
    TM(&bytes, 0x05);
    constant(next_state(target, false, now.index->n));
    set(STATE);
    TM(&bytes, 0x0b);
    get(X);
    constant_op(1, 0x76);
    set(X);
}

static void put_target(uint32_t target, uint32_t n)
{
    switch (now.form) {
    case FALL:
        put_sum(target);
        return;
    case CARRY:
        constant_op(3, 0x6c);
        constant_op(target, 0x6a);
        return;
    case RUN:
    case MACHINE:
        put_sum(target);
        if (now.form == RUN) {
            get(X);
            constant_op(1, 0x6a);
            set(X);
            get(COUNT);
            constant_op(1, 0x6a);
            TM(&bytes, 0x22, COUNT);
            constant_op(TURNS, 0x46);
            put_leave_if(SUM);
        } else {
            put_next_state(target);
        }
        TM(&bytes, 0x0c, (uint8_t)(n - target));
        return;
    default:
        constant(1000 + target);
        if (now.form != LEAVE)
            TM(&bytes, 0x20, COUNT, 0x6c);
        TM(&bytes, 0x0f);
    }
}

static void put_turn(void)
{
    get(COUNT);
    constant_op(1, 0x6a);
    TM(&bytes, 0x22, COUNT);
    constant_op(TURNS, 0x46);
    put_leave_if(COUNT);
    get(X);
    constant_op(1, 0x76);
    set(X);
}

/* The functions of a module: those of all shapes of one form, then the next form; machines alone,
 * or all but them. */
static uint32_t count_of(void)
{
    return ARRAY_LEN(shapes) * (now.index->kind == STATES ? 1 : MACHINE);
}

static const struct shape *choose(uint32_t which)
{
    now.form = now.index->kind == STATES ? MACHINE : which / ARRAY_LEN(shapes);
    return &shapes[which % ARRAY_LEN(shapes)];
}

static void put_body(uint32_t which)
{
    const struct shape *s = choose(which);
    uint32_t n = targets_of(s);

    tm_body(&bytes);
    TM(&bytes, 1, LOCALS, 0x7f);
    if (now.form == MACHINE) {
        constant(now.index->n - 1);
        set(STATE);
    }
    if (is_loop(now.form))
        TM(&bytes, 0x03, 0x40);
    if (now.form == BACK || now.form == DEFAULT)
        put_turn();
    for (uint32_t t = 0; t <= n; t++)
        TM(&bytes, 0x02, now.form == CARRY ? 0x7f : 0x40);
    if (now.form == CARRY)
        get(X);
    put_switch(s);
    for (uint32_t t = 0; t <= n; t++) {
        TM(&bytes, 0x0b);
        put_target(t, n);
    }
    if (is_loop(now.form))
        TM(&bytes, 0x0b, 0x00);
    if (now.form == FALL)
        get(SUM);
    if (now.form == FALL || now.form == CARRY)
        TM(&bytes, 0x20, INDEX, 0x6a);
    TM(&bytes, 0x0b);
    tm_body_end(&bytes);
}

/* ---- what they mean ---- */

/* Are all bytes that are read in memory? */
static bool in_memory(uint32_t x)
{
    bool halved = now.form == BACK || now.form == DEFAULT;

    if (now.index->kind == BYTE_AT && !halved)
        x += ORIGIN;
    return (now.index->kind != BYTE && now.index->kind != BYTE_AT && now.index->kind != TWO) ||
           x < MEMORY_BYTES - ORIGIN;
}

static uint32_t sum_from(const struct shape *s, uint32_t x, uint32_t sum)
{
    uint32_t index = index_of(now.index, x);

    for (uint32_t t = target_of(s, index); t <= targets_of(s); t++)
        sum = sum * 3 + t;
    return sum + index;
}

static uint32_t back_to_header(const struct shape *s, uint32_t x)
{
    for (uint32_t count = 1; count < TURNS; count++) {
        x >>= 1;
        uint32_t t = target_of(s, index_of(now.index, x));
        if (!is_header(now.form, t, targets_of(s)))
            return (1000 + t) * count;
    }
    return TURNS;
}

static uint32_t run(const struct shape *s, uint32_t x)
{
    uint32_t sum = 0;

    for (uint32_t count = 0; count < TURNS; count++)
        sum = sum * 3 + target_of(s, index_of(now.index, x + count));
    return sum;
}

static uint32_t machine(const struct shape *s, uint32_t x)
{
    uint32_t state = now.index->n - 1, sum = 0;

    for (;; x >>= 1) {
        uint32_t t = target_of(s, state);
        sum = sum * 3 + t;
        if (!x)
            return sum;
        state = next_state(t, x & 1, now.index->n);
    }
}

static uint32_t meaning(const struct shape *s, uint32_t x)
{
    switch (now.form) {
    case LEAVE:
        return 1000 + target_of(s, index_of(now.index, x));
    case FALL:
        return sum_from(s, x, products(x));
    case CARRY:
        return sum_from(s, x, x);
    case RUN:
        return run(s, x);
    case MACHINE:
        return machine(s, x);
    default:
        return back_to_header(s, x);
    }
}

/* ---- tests ---- */

struct options {
    uint64_t set;
    uint8_t near_bytes, gprs;
};

#define BIT(option) (1ull << JIT_##option)
static const struct options options[] = {
    {0},
    {.set = BIT(NO_BOUNDS)},
    {.set = BIT(NO_COMPARISONS)},
    {.set = BIT(NO_BOUNDS) | BIT(NO_COMPARISONS)},
    {.near_bytes = 250},
    {.set = BIT(NO_NEAR)},
    {.set = BIT(NO_ALIGN)},
    {.set = BIT(NO_DISPATCH)},
    {.set = BIT(DEGRADED)},
    {.set = BIT(GUARD) | BIT(CHECK), .gprs = 3},
};

static void start(struct world *w, const struct options *o)
{
    world_functions(&bytes, "i:i", count_of(), put_body);
    int created = world_create(w, &owner, &bytes, o->set, NULL);
    assert(!created);
    w->module->jit.near_bytes = o->near_bytes;
    w->module->jit.gprs = o->gprs;
    uint8_t *memory = wasm_memory_base(w->instance, 0);
    for (uint32_t i = 0; i < MEMORY_BYTES; i++)
        memory[i] = (uint8_t)i;
}

static bool is_right(struct world *w, uint32_t which, uint32_t x)
{
    union wasm_value arg = {.i32 = x}, result = {0};
    const struct shape *s = choose(which);

    return !in_memory(x) || (wasm_call(w->thread, w->instance, which, &arg, &result) == 0 &&
                             result.i32 == meaning(s, x));
}

/* Of all indices in the table and some beyond, or numbers to make indices of. */
static bool all_are_right(struct world *w, uint32_t which)
{
    static const uint32_t more[] = {0x1ff,      0x2f0,      0x7fff,     0xfff0,     0x7fffffff,
                                    0x80000000, 0x80000001, 0xfffff000, 0xfffffffe, 0xffffffff};
    uint32_t few = entries_of(choose(which)) + 4;
    bool right = true;

    for (uint32_t x = 0; x < few && right; x++)
        right = is_right(w, which, now.index->kind == BYTE_AT ? x - ORIGIN : x);
    for (uint32_t i = 0; i < ARRAY_LEN(more) && right; i++)
        right = is_right(w, which, more[i]);
    return right;
}

/* How many functions are wrong for some x; how long each is. */
static uint32_t differences(const struct options *o, uint32_t *lengths)
{
    struct world w;
    uint32_t wrong = 0;

    start(&w, o);
    for (uint32_t i = 0; i < count_of(); i++) {
        wrong += !all_are_right(&w, i);
        lengths[i] = code_body_of(w.module, i)->len_bytes;
    }
    world_destroy(&w);
    return wrong;
}

static uint32_t lengths[2][MACHINE * ARRAY_LEN(shapes)];

/* All indices as always, then half of them with each set of options: it takes its time. */
TEST(switch_means_the_same)
{
    for (uint32_t o = 0; o < ARRAY_LEN(options); o++)
        for (uint32_t i = o % 2; i < ARRAY_LEN(indices); i += o ? 2 : 1) {
            now.index = &indices[i];
            CHECK(differences(&options[o], lengths[0]) == 0);
        }
    CHECK(linux_owner_clean(&owner));
}

/* Where comparisons are enough, code is shorter than with a table; elsewhere there is one always.
 */
TEST(switch_by_comparisons)
{
    now.index = &indices[0];
    CHECK(differences(&(struct options){.set = BIT(NO_ALIGN)}, lengths[0]) == 0);
    CHECK(differences(&(struct options){.set = BIT(NO_ALIGN) | BIT(NO_COMPARISONS)}, lengths[1]) ==
          0);
    for (uint32_t i = 0; i < count_of(); i++) {
        const struct shape *s = choose(i);
        if (now.form == LEAVE || now.form == FALL)
            CHECK(s->few ? lengths[0][i] < lengths[1][i] : lengths[0][i] == lengths[1][i]);
    }
    CHECK(linux_owner_clean(&owner));
}

/* The most that an index can be, if that is known; whether the verifier sees so in the same block,
 * so that it need not be masked. A state comes through a phi at the header and one from each
 * target. */
static uint64_t most_of(const struct index *i, const struct shape *s, bool *out_plain)
{
    *out_plain = i->kind != TWO && i->kind != EITHER && i->kind != STATES;
    switch (i->kind) {
    case PARAM:
        return UINT32_MAX;
    case BYTE:
    case BYTE_AT:
        return 0xff;
    case ONES:
        *out_plain = false; /* n is more than 64, and than the table has */
        return 64;
    case TWO:
        return 2 * 0xff;
    case EITHER:
        return i->n > 2 ? i->n : 2;
    case STATES:
        return targets_of(s) + 2 > ORIGINS ? UINT32_MAX : i->n - 1;
    default:
        return i->n;
    }
}

/* What the code of a switch is longer by with a comparison with its table's end, given the same
 * table: one of three instructions if the index must be masked instead; padding may take three. */
static bool is_saved(const struct shape *s, uint32_t without, uint32_t with)
{
    bool plain;
    uint64_t own = entries_of(s) + 1ull, all = 2, most = most_of(now.index, s, &plain);

    while (all <= most)
        all *= 2;
    if (s->few || all > 2 * own + 32)
        return with == without;
    int64_t saved = (int64_t)with - without + 4 * ((int64_t)all - (int64_t)own);
    return plain ? saved >= 7 && saved <= 15 : saved >= -2 && saved <= 10;
}

TEST(switch_without_bounds)
{
    for (uint32_t i = 0; i < ARRAY_LEN(indices); i++) {
        now.index = &indices[i];
        CHECK(differences(&(struct options){.set = BIT(NO_ALIGN)}, lengths[0]) == 0);
        CHECK(differences(&(struct options){.set = BIT(NO_ALIGN) | BIT(NO_BOUNDS)}, lengths[1]) ==
              0);
        for (uint32_t f = 0; f < count_of(); f++) {
            const struct shape *s = choose(f);
            if (now.form == LEAVE || now.form == FALL || now.form == MACHINE)
                CHECK(is_saved(s, lengths[0][f], lengths[1][f]));
        }
    }
    CHECK(linux_owner_clean(&owner));
}
