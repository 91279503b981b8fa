#include "wasm/rt/instance.h"

#include "base/test.h"
#include "wasm/test_host.h"

static void *pool_alloc(void *arg, size_t bytes)
{
    return test_host_alloc(arg, bytes);
}

static void pool_free(void *arg, void *p, size_t bytes)
{
    test_host_free(arg, p, bytes);
}

static const wasm_valtype_t all[] = {WASM_I32, WASM_I64, WASM_F32, WASM_F64};

/* A module of nothing but types. */
static void make(struct wasm_module *m, const struct wasm_functype *types, uint32_t n)
{
    *m = (struct wasm_module){.host = &test_host, .owner = &test_pool, .ntypes = n};
    arena_init(&m->arena, (struct arena_source){pool_alloc, pool_free, &test_pool}, SIZE_MAX);
    m->types = ARENA_ARRAY(&m->arena, struct wasm_functype, n);
    for (uint32_t i = 0; i < n; i++)
        m->types[i] = types[i];
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
