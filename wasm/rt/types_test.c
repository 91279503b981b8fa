#include "wasm/rt/instance.h"

#include "base/test.h"
#include "wasm/decode/decode.h"
#include "wasm/test_host.h"
#include "wasm/test_module.h"
#include "wasm/validate/subtype.h"

static const wasm_valtype_t all[] = {WASM_I32, WASM_I64, WASM_F32, WASM_F64};

/* A module of nothing but types. */
static void make(struct wasm_module *m, const struct wasm_functype *types, uint32_t n)
{
    *m = (struct wasm_module){.host = &test_host, .owner = &test_pool, .ntypes = n, .ngroups = n};
    arena_init(&m->arena, (struct arena_source){test_host_alloc, test_host_free, &test_pool},
               SIZE_MAX);
    m->types = ARENA_ARRAY(&m->arena, struct wasm_functype, n);
    m->subtypes = ARENA_ARRAY(&m->arena, struct wasm_subtype, n);
    for (uint32_t i = 0; i < n; i++) {
        m->types[i] = types[i];
        m->subtypes[i] =
            (struct wasm_subtype){.group = i, .ngroup = 1, .super = WASM_NO_SUPER, .final = true};
    }
}

static void drop(struct wasm_module *m)
{
    types_release(m);
    arena_fini(&m->arena);
}

TEST(types_equal_ones_share_a_number)
{
    const struct wasm_functype a[] = {{1, 1, all, all}, {1, 1, all + 1, all}, {1, 1, all, all}};
    const struct wasm_functype b[] = {{1, 1, all + 1, all}, {2, 0, all, all}};
    struct wasm_module m, n;

    make(&m, a, 3);
    make(&n, b, 2);
    CHECK(!types_intern(&m) && !types_intern(&n));
    CHECK(m.type_ids[0] && m.type_ids[0] == m.type_ids[2] && m.type_ids[0] != m.type_ids[1]);
    CHECK(m.type_ids[1] == n.type_ids[0]);
    CHECK(n.type_ids[1] != m.type_ids[0] && n.type_ids[1] != m.type_ids[1]);
    drop(&m);
    drop(&n);
    CHECK(!test_pool.live);
}

/* The number belongs to the type, not to the module that brought it first. */
TEST(types_keep_their_number_when_the_first_module_goes)
{
    const struct wasm_functype a[] = {{3, 1, all, all}};
    struct wasm_module m, n, o;
    uint32_t id;

    make(&m, a, 1);
    make(&n, a, 1);
    CHECK(!types_intern(&m) && !types_intern(&n));
    id = m.type_ids[0];
    drop(&m);
    make(&o, a, 1);
    CHECK(!types_intern(&o));
    CHECK(o.type_ids[0] == id && n.type_ids[0] == id);
    drop(&n);
    drop(&o);
}

TEST(types_many_of_them_all_differ)
{
    enum { COUNT = 256, PARAMS = 4 };
    static struct wasm_functype types[COUNT];
    static wasm_valtype_t params[COUNT][PARAMS];
    struct wasm_module m;
    bool differ = true;

    for (uint32_t i = 0; i < COUNT; i++) {
        for (uint32_t p = 0; p < PARAMS; p++)
            params[i][p] = all[i >> (2 * p) & 3];
        types[i] = (struct wasm_functype){PARAMS, 0, params[i], params[i]};
    }
    make(&m, types, COUNT);
    CHECK(!types_intern(&m));
    for (uint32_t i = 0; i < COUNT; i++)
        for (uint32_t k = 0; k < i; k++)
            differ &= m.type_ids[i] != m.type_ids[k];
    CHECK(differ);
    drop(&m);
    CHECK(!test_pool.live);
}

/* Modules come and go; at any time equal types have equal numbers and others have others. */
TEST(types_come_and_go)
{
    enum { MODULES = 6, TYPES = 24, ROUNDS = 300 };
    static struct wasm_functype types[TYPES];
    static struct wasm_module modules[MODULES];
    static uint32_t which[MODULES][TYPES];
    bool alive[MODULES] = {0}, right = true;
    uint32_t random = 1;

    for (uint32_t i = 0; i < TYPES; i++)
        types[i] = (struct wasm_functype){i % 4, i / 4 % 4, all + i / 16, all};
    for (unsigned round = 0; round < ROUNDS; round++) {
        uint32_t k = (random = random * 1664525 + 1013904223) >> 16 & 0xff, m = k % MODULES;
        struct wasm_functype some[TYPES];
        if (alive[m]) {
            drop(&modules[m]);
        } else {
            for (uint32_t i = 0; i < TYPES; i++) {
                random = random * 1664525 + 1013904223;
                which[m][i] = (random >> 16) % TYPES;
                some[i] = types[which[m][i]];
            }
            make(&modules[m], some, TYPES);
            CHECK(!types_intern(&modules[m]));
        }
        alive[m] = !alive[m];
        for (uint32_t a = 0; a < MODULES; a++)
            for (uint32_t b = 0; b < MODULES; b++)
                for (uint32_t i = 0; alive[a] && alive[b] && i < TYPES; i++) {
                    uint32_t j = (i * 7 + round) % TYPES;
                    right &= (modules[a].type_ids[i] == modules[b].type_ids[j]) ==
                             types_equal(&types[which[a][i]], &types[which[b][j]]);
                }
    }
    CHECK(right);
    for (uint32_t m = 0; m < MODULES; m++)
        if (alive[m])
            drop(&modules[m]);
    CHECK(!test_pool.live);
}

/* ---- groups ---- */

static struct test_module bytes[2];

/* A module of a type section, decoded and numbered; t keeps its bytes. */
static void make_section(struct wasm_module *m, struct test_module *t, const uint8_t *types,
                         size_t n)
{
    struct wasm_error error = {.op = -1};
    int err;

    tm_init(t);
    tm_section(t, 1);
    tm_bytes(t, types, n);
    tm_section_end(t);
    *m = (struct wasm_module){
        .host = &test_host, .owner = &test_pool, .bytes = t->bytes, .len_bytes = t->len};
    arena_init(&m->arena, (struct arena_source){test_host_alloc, test_host_free, &test_pool},
               SIZE_MAX);
    err = wasm_decode(m, &error);
    err = err ? err : types_intern(m);
    assert(!err);
}
#define SECTION(m, t, ...)                                                                         \
    make_section(m, t, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

/* Groups are equal if they are written equally, what is outside of them named by what it is. */
TEST(types_groups_are_equal_as_a_whole)
{
    struct wasm_module m, n;

    SECTION(&m, &bytes[0], 6,                                  /* groups */
            0x60, 0, 0,                                        /* 0 */
            0x4e, 2, 0x60, 1, 0x64, 2, 0, 0x60, 1, 0x64, 1, 0, /* 1 2: name each other */
            0x4e, 2, 0x60, 1, 0x64, 4, 0, 0x60, 1, 0x64, 3, 0, /* 3 4: the same */
            0x4e, 2, 0x60, 1, 0x64, 6, 0, 0x60, 1, 0x64, 0, 0, /* 5 6: another inside */
            0x60, 1, 0x64, 1, 0,                               /* 7: like 2, but outside */
            0x4e, 1, 0x60, 1, 0x64, 3, 0);                     /* 8: like 7 */
    CHECK(m.type_ids[1] == m.type_ids[3] && m.type_ids[2] == m.type_ids[4]);
    CHECK(m.type_ids[2] == m.type_ids[1] + 1);
    CHECK(m.type_ids[5] != m.type_ids[1] && m.type_ids[6] != m.type_ids[2]);
    CHECK(m.type_ids[7] == m.type_ids[8] && m.type_ids[7] != m.type_ids[2]);
    SECTION(&n, &bytes[1], 5, 0x60, 1, 0x7f, 0,                /* 0 */
            0x4e, 2, 0x60, 1, 0x64, 2, 0, 0x60, 1, 0x64, 1, 0, /* 1 2 */
            0x60, 1, 0x64, 1, 0,                               /* 3 */
            0x60, 1, 0x63, 1, 0,                               /* 4: nullable */
            0x4e, 1, 0x60, 1, 0x64, 5, 0);                     /* 5: itself */
    CHECK(n.type_ids[1] == m.type_ids[1] && n.type_ids[3] == m.type_ids[7]);
    CHECK(n.type_ids[0] != m.type_ids[0] && n.type_ids[4] != n.type_ids[3]);
    for (unsigned i = 0; i < m.ntypes; i++)
        CHECK(n.type_ids[5] != m.type_ids[i]);
    drop(&m);
    drop(&n);
    CHECK(!test_pool.live);
}

TEST(types_open_final_and_sub_types_differ)
{
    struct wasm_module m;

    SECTION(&m, &bytes[0], 8, 0x60, 0, 0, /* 0 */
            0x4f, 0, 0x60, 0, 0,          /* 1: final said at length */
            0x50, 0, 0x60, 0, 0,          /* 2: open */
            0x50, 1, 2, 0x60, 0, 0,       /* 3: below 2 */
            0x4f, 1, 2, 0x60, 0, 0,       /* 4: the same, final */
            0x50, 0, 0x60, 0, 0,          /* 5: like 2 */
            0x50, 1, 5, 0x60, 0, 0,       /* 6: like 3 */
            0x50, 1, 3, 0x60, 0, 0);      /* 7: below 3 */
    CHECK(m.type_ids[0] == m.type_ids[1] && m.type_ids[0] != m.type_ids[2]);
    CHECK(m.type_ids[2] == m.type_ids[5] && m.type_ids[3] == m.type_ids[6]);
    CHECK(m.type_ids[3] != m.type_ids[4] && m.type_ids[3] != m.type_ids[2]);
    CHECK(m.type_ids[7] != m.type_ids[3]);
    CHECK(wasm_type_is_sub(&m, 7, m.type_ids[5]) && wasm_type_is_sub(&m, 4, m.type_ids[2]));
    CHECK(!wasm_type_is_sub(&m, 2, m.type_ids[3]) && !wasm_type_is_sub(&m, 4, m.type_ids[3]));
    CHECK(!wasm_type_is_sub(&m, 0, m.type_ids[2]));
    drop(&m);
    CHECK(!test_pool.live);
}

/* Numbers go round after 2^32 of them, and never into those of a living type. */
TEST(types_numbers_go_round)
{
    const struct wasm_functype a[] = {{1, 0, all, all}, {2, 0, all, all}, {3, 0, all, all}};
    const struct wasm_functype b[] = {{4, 0, all, all}, {0, 1, all, all}};
    uint32_t before = types__next_id;
    struct wasm_module m, n, o;

    types__next_id = 1;
    make(&m, a, 3);
    CHECK(!types_intern(&m) && m.type_ids[2] == 3);
    types__next_id = UINT32_MAX - 1;
    make(&n, b, 2);
    CHECK(!types_intern(&n));
    CHECK(n.type_ids[0] == UINT32_MAX - 1 && n.type_ids[1] == 4);
    types__next_id = 2;
    SECTION(&o, &bytes[0], 1, 0x4e, 3, 0x60, 0, 0, 0x60, 0, 0, 0x60, 0, 0);
    CHECK(o.type_ids[0] == 5 && o.type_ids[2] == 7);
    drop(&m);
    drop(&n);
    drop(&o);
    types__next_id = before;
    CHECK(!test_pool.live);
}

/* Types that differ in their last word only: as long a common beginning as there can be. */
TEST(types_with_long_common_beginnings)
{
    enum { COUNT = 24, PARAMS = 200 };
    static struct wasm_functype types[COUNT];
    static wasm_valtype_t params[COUNT][PARAMS];
    struct wasm_module m, n;
    bool right = true;

    for (uint32_t i = 0; i < COUNT; i++) {
        for (uint32_t p = 0; p < PARAMS; p++)
            params[i][p] = WASM_I32;
        params[i][PARAMS - 1 - i / 4] = all[i % 4];
        types[i] = (struct wasm_functype){PARAMS, 0, params[i], params[i]};
    }
    make(&m, types, COUNT);
    make(&n, types, COUNT);
    CHECK(!types_intern(&m) && !types_intern(&n));
    for (uint32_t i = 0; i < COUNT; i++)
        for (uint32_t k = 0; k < COUNT; k++) {
            bool equal = types_equal(&types[i], &types[k]);
            right &= (m.type_ids[i] == n.type_ids[k]) == equal;
        }
    CHECK(right);
    drop(&m);
    for (uint32_t i = 0; i < COUNT; i++)
        right &= (n.type_ids[i] == n.type_ids[0]) == (i % 4 == 0);
    CHECK(right);
    drop(&n);
    CHECK(!test_pool.live);
}
