/* Stores and instances on the Linux host: imports, segments, growth, failures at every point,
 * nothing left behind. */
#include "base/test.h"
#include "wasm/rt/instance.h"
#include "wasm/test_module.h"
#include "wasm/tools/linux_host.h"

static struct linux_owner owner;
static struct test_module bytes[2];

/* The functions that modules import; `next` doubles. */
static int32_t host_next(struct wasm_instance *i UNUSED, int32_t x)
{
    return 2 * x;
}

static const wasm_valtype_t i32[] = {WASM_I32};
static const struct wasm_functype next_type = {1, 1, i32, i32};

/* Exports memory (1 to 3 pages), table (4 to 6), a mutable and an immutable global, and a function:
 * "mem", "tab", "var", "val", "f"; element 1 is f, the memory begins with "hello". */
static void build_exporter(struct test_module *t)
{
    tm_init(t);
    tm_section(t, 1);
    TM(t, 1);
    tm_functype(t, "i:i");
    tm_section_end(t);
    tm_section(t, 3);
    TM(t, 1, 0);
    tm_section_end(t);
    tm_section(t, 4);
    TM(t, 1, 0x70, 1, 4, 6);
    tm_section_end(t);
    tm_section(t, 5);
    TM(t, 1, 1, 1, 3);
    tm_section_end(t);
    tm_section(t, 6);
    TM(t, 2, 0x7f, 1, 0x41, 7, 0x0b, 0x7e, 0, 0x42, 1, 0x42, 2, 0x7c, 0x42, 3, 0x7e, 0x0b);
    tm_section_end(t);
    tm_section(t, 7);
    TM(t, 5, 3, 'm', 'e', 'm', 2, 0, 3, 't', 'a', 'b', 1, 0, 3, 'v', 'a', 'r', 3, 0);
    TM(t, 3, 'v', 'a', 'l', 3, 1, 1, 'f', 0, 0);
    tm_section_end(t);
    tm_section(t, 9);
    TM(t, 1, 0, 0x41, 1, 0x0b, 1, 0);
    tm_section_end(t);
    tm_section(t, 10);
    TM(t, 1, 7, 0, 0x20, 0, 0x41, 1, 0x6a, 0x0b);
    tm_section_end(t);
    tm_section(t, 11);
    TM(t, 1, 0, 0x41, 0, 0x0b, 5, 'h', 'e', 'l', 'l', 'o');
    tm_section_end(t);
}

enum { SEGMENT_OUTSIDE = 1 };

/* Imports everything of the exporter and a host function; puts its own function into element 2,
 * `data` at address 1. `mem` and `tab`: flags, minimum, maximum. */
static void build_importer(struct test_module *t, const uint8_t mem[3], const uint8_t tab[3],
                           unsigned what)
{
    tm_init(t);
    tm_section(t, 1);
    TM(t, 1);
    tm_functype(t, "i:i");
    tm_section_end(t);
    tm_section(t, 2);
    TM(t, 5, 1, 'e', 3, 'm', 'e', 'm', 2);
    tm_bytes(t, mem, 3);
    TM(t, 1, 'e', 3, 't', 'a', 'b', 1, 0x70);
    tm_bytes(t, tab, 3);
    TM(t, 1, 'e', 3, 'v', 'a', 'r', 3, 0x7f, 1, 1, 'e', 1, 'f', 0, 0, 1, 'h', 4, 'n', 'e', 'x', 't',
       0, 0);
    tm_section_end(t);
    tm_section(t, 3);
    TM(t, 1, 0);
    tm_section_end(t);
    tm_section(t, 6);
    TM(t, 1, 0x70, 1, 0xd2, 2, 0x0b); /* a funcref */
    tm_section_end(t);
    tm_section(t, 9);
    TM(t, 1, 0, 0x41, 2, 0x0b, 1, 2);
    tm_section_end(t);
    tm_section(t, 10);
    TM(t, 1, 4, 0, 0x20, 0, 0x0b);
    tm_section_end(t);
    tm_section(t, 11);
    TM(t, 2, 0, 0x41, 1, 0x0b, 2, 'A', 'B');
    if (what & SEGMENT_OUTSIDE)
        TM(t, 0, 0x41, 0x7f, 0x0b, 1, 'X');
    else
        TM(t, 1, 1, 'X');
    tm_section_end(t);
}

static int resolve(void *arg, const struct wasm_import_desc *import, uint32_t index UNUSED,
                   struct wasm_extern *out)
{
    struct wasm_instance *exporter = arg;

    out->kind = import->kind;
    if (import->module[0] == 'h') {
        out->host_func = (void (*)(void))host_next;
        out->host_type = &next_type;
        return 0;
    }
    if (!exporter)
        return -ENOENT;
    out->instance = exporter;
    return wasm_instance_export(exporter, import->name, import->name_len, import->kind,
                                &out->index);
}

struct pair {
    struct wasm_store *store;
    struct wasm_module *modules[2];
    struct wasm_instance *exporter, *importer;
    struct wasm_error err;
};

/* Both modules, instantiated in one store; the first error, else 0. */
static int pair_create(struct pair *p)
{
    int e = 0;

    *p = (struct pair){0};
    for (int i = 0; i < 2 && !e; i++)
        e = wasm_module_create(&linux_host, &owner, bytes[i].bytes, bytes[i].len, &p->modules[i],
                               &p->err);
    e = e ? e : wasm_store_create(&linux_host, &owner, &p->store);
    e = e ? e
          : wasm_instance_create(p->store, p->modules[0], resolve, NULL, NULL, &p->exporter,
                                 &p->err);
    return e ? e
             : wasm_instance_create(p->store, p->modules[1], resolve, p->exporter, p, &p->importer,
                                    &p->err);
}

static void pair_destroy(struct pair *p)
{
    wasm_store_destroy(p->store);
    for (int i = 0; i < 2; i++)
        wasm_module_destroy(p->modules[i]);
}

static const uint8_t any_memory[3] = {1, 1, 3}, any_table[3] = {1, 4, 6};

TEST(instance_shares_what_it_imports)
{
    union wasm_value v;
    struct pair p;

    build_exporter(&bytes[0]);
    build_importer(&bytes[1], any_memory, any_table, 0);
    CHECK(!pair_create(&p));
    CHECK(wasm_instance_user(p.importer) == &p && wasm_instance_module(p.importer) == p.modules[1]);
    CHECK(wasm_memory_base(p.exporter, 0) == wasm_memory_base(p.importer, 0));
    CHECK(!memcmp(wasm_memory_base(p.exporter, 0), "hABlo", 5)); /* both segments, in order */
    CHECK(!wasm_global_get(p.exporter, 1, &v) && v.i64 == 9);    /* (1 + 2) * 3 */
    CHECK(instance_global(p.importer, 0) == instance_global(p.exporter, 0));
    CHECK(instance_global(p.importer, 0)->i32 == 7);
    CHECK(wasm_global_get(p.importer, 2, &v) == -ENOENT);
    pair_destroy(&p);
    CHECK(linux_owner_clean(&owner));
}

TEST(instance_table_entries_are_enterable_by_all_who_see_them)
{
    struct ctx_table *t;
    struct pair p;

    build_exporter(&bytes[0]);
    build_importer(&bytes[1], any_memory, any_table, 0);
    CHECK(!pair_create(&p));
    t = instance_table(p.exporter, 0)->table;
    CHECK(t == instance_table(p.importer, 0)->table && t->shared && t->refs == 2);
    CHECK(!t->entries[0].type_id && !t->entries[0].code);
    CHECK(t->entries[1].type_id == instance_type_id(p.exporter, 0));
    CHECK(t->entries[1].type_id == t->entries[2].type_id); /* equal types of two modules */
    CHECK(t->entries[1].ref && t->entries[2].ref && t->entries[1].ref != t->entries[2].ref);
    CHECK(t->entries[1].code == funcref_code(p.store, t->entries[1].ref));
    CHECK(t->entries[2].code == funcref_code(p.store, t->entries[2].ref));
    pair_destroy(&p);
    CHECK(linux_owner_clean(&owner));
}

/* Sizes and maxima of imports: have memory 1 of 3, table 4 of 6. */
TEST(instance_import_limits)
{
    static const struct {
        uint8_t mem[3], tab[3];
        int want;
    } cases[] = {
        {{1, 1, 3}, {1, 4, 6}, 0},       {{1, 1, 4}, {1, 4, 7}, 0},
        {{1, 0, 3}, {1, 0, 6}, 0},       {{1, 2, 3}, {1, 4, 6}, -EINVAL},
        {{1, 1, 2}, {1, 4, 6}, -EINVAL}, {{1, 1, 3}, {1, 5, 6}, -EINVAL},
        {{1, 1, 3}, {1, 4, 5}, -EINVAL},
    };
    struct pair p;

    build_exporter(&bytes[0]);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        build_importer(&bytes[1], cases[i].mem, cases[i].tab, 0);
        CHECK(pair_create(&p) == cases[i].want);
        CHECK(!cases[i].want == !p.err.what[0] && !cases[i].want == !!p.importer);
        pair_destroy(&p);
        CHECK(linux_owner_clean(&owner));
    }
}

TEST(instance_import_missing)
{
    struct wasm_instance *i;
    struct pair p;

    build_exporter(&bytes[0]);
    build_importer(&bytes[1], any_memory, any_table, 0);
    CHECK(!pair_create(&p));
    CHECK(wasm_instance_create(p.store, p.modules[1], resolve, NULL, NULL, &i, &p.err) == -ENOENT);
    CHECK(!strcmp(p.err.what, "import 'e' 'mem': unknown import"));
    pair_destroy(&p);
    CHECK(linux_owner_clean(&owner));
}

/* A segment that does not fit traps; what came before it stays done. */
TEST(instance_segment_out_of_bounds)
{
    struct pair p;

    build_exporter(&bytes[0]);
    build_importer(&bytes[1], any_memory, any_table, SEGMENT_OUTSIDE);
    CHECK(pair_create(&p) == WASM_TRAPPED);
    CHECK(wasm_store_trap(p.store)->kind == WASM_TRAP_MEMORY_BOUNDS && !p.importer);
    CHECK(!memcmp(wasm_memory_base(p.exporter, 0), "hABlo", 5));
    CHECK(instance_table(p.exporter, 0)->table->entries[2].ref);
    pair_destroy(&p);
    CHECK(linux_owner_clean(&owner));
}

TEST(instance_memory_grows_in_place_or_not_at_all)
{
    uint8_t *base;
    struct pair p;

    build_exporter(&bytes[0]);
    build_importer(&bytes[1], any_memory, any_table, 0);
    CHECK(!pair_create(&p));
    base = wasm_memory_base(p.exporter, 0);
    CHECK(wasm_memory_grow(p.exporter, 0, 3) == -ENOMEM &&
          wasm_memory_size(p.exporter, 0) == 65536);
    CHECK(wasm_memory_grow(p.exporter, 0, UINT64_MAX) == -ENOMEM);
    CHECK(wasm_memory_grow(p.exporter, 0, 1) == 1);
    CHECK(wasm_memory_base(p.importer, 0) == base && wasm_memory_size(p.importer, 0) == 131072);
    CHECK(base[131071] == 0);
    owner.fail_after = 1;
    CHECK(wasm_memory_grow(p.exporter, 0, 1) == -ENOMEM &&
          wasm_memory_size(p.exporter, 0) == 131072);
    owner.fail_after = 0;
    CHECK(wasm_memory_grow(p.exporter, 0, 1) == 2);
    CHECK(wasm_memory_grow(p.exporter, 0, 0) == 3);
    CHECK(wasm_memory_grow(p.exporter, 1, 0) == -ENOMEM);
    pair_destroy(&p);
    CHECK(linux_owner_clean(&owner));
}

TEST(instance_table_grows_or_not_at_all)
{
    struct ctx_table_entry fill = {0};
    struct ctx_table *t;
    struct pair p;

    build_exporter(&bytes[0]);
    build_importer(&bytes[1], any_memory, any_table, 0);
    CHECK(!pair_create(&p));
    t = instance_table(p.exporter, 0)->table;
    CHECK(!table_entry(p.store, t, t->entries[1].ref, &fill));
    CHECK(table_grow(p.store, t, 3, &fill) == -ENOMEM && t->size == 4);
    CHECK(table_grow(p.store, t, 2, &fill) == 4 && t->size == 6);
    CHECK(t->entries[5].ref == fill.ref && t->entries[5].type_id && !t->entries[6].type_id);
    CHECK(table_grow(p.store, t, 0, &fill) == 6);
    pair_destroy(&p);
    CHECK(linux_owner_clean(&owner));
}

/* Every request to the host fails once: always an error, never a leak. */
TEST(instance_survives_every_failure)
{
    struct pair p;
    unsigned n = 0;
    int e;

    build_exporter(&bytes[0]);
    build_importer(&bytes[1], any_memory, any_table, 0);
    do {
        owner.fail_after = ++n;
        e = pair_create(&p);
        owner.fail_after = 0;
        CHECK(e == 0 || e == -ENOMEM);
        pair_destroy(&p);
        CHECK(linux_owner_clean(&owner));
    } while (e && n < 500);
    CHECK(!e && n > 20);
}
