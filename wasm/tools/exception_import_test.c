/* Exceptions out of functions of another instance with parameters on the stack, called directly and
 * by reference: they are caught, and the catching function's frame is where it was. */
#include "base/test.h"
#include "wasm/rt/instance.h"
#include "wasm/test_module.h"
#include "wasm/tools/linux_host.h"

enum { STACK_BYTES = 64 << 10, WIDE = 10, IMPORTED = 0, DIRECT = 1, BY_REFERENCE = 2 };

static struct linux_owner owner;

static void types(struct test_module *t)
{
    tm_init(t);
    tm_section(t, 1);
    TM(t, 3);
    tm_functype(t, "iiiiiiiiii:i");
    tm_functype(t, "i:");
    tm_functype(t, "i:i");
    tm_section_end(t);
}

/* f throws its last parameter with the tag t. */
static void build_thrower(struct test_module *t)
{
    types(t);
    tm_section(t, 3);
    TM(t, 1, 0);
    tm_section_end(t);
    tm_section(t, 13);
    TM(t, 1, 0, 1);
    tm_section_end(t);
    tm_section(t, 7);
    TM(t, 2, 1, 'f', 0, 0, 1, 't', 4, 0);
    tm_section_end(t);
    tm_section(t, 10);
    TM(t, 1);
    tm_body(t);
    TM(t, 0, 0x20, WIDE - 1, 0x08, 0, 0x0b);
    tm_body_end(t);
    tm_section_end(t);
}

/* What f throws, and four times the parameter, of which three times have waited in a local. */
static void catching(struct test_module *t, bool by_reference)
{
    tm_body(t);
    TM(t, 1, 1, 0x7f, 0x20, 0, 0x41, 3, 0x6c, 0x21, 1);
    TM(t, 0x02, 0x7f, 0x1f, 0x7f, 1, 0, 0, 0);
    for (unsigned i = 1; i <= WIDE; i++)
        TM(t, 0x41, i);
    if (by_reference)
        TM(t, 0xd2, IMPORTED, 0x14, 0);
    else
        TM(t, 0x10, IMPORTED);
    TM(t, 0x0b, 0x0b, 0x20, 1, 0x6a, 0x20, 0, 0x6a, 0x0b);
    tm_body_end(t);
}

static void build_catcher(struct test_module *t)
{
    types(t);
    tm_section(t, 2);
    TM(t, 2, 1, 'a', 1, 'f', 0, 0, 1, 'a', 1, 't', 4, 0, 1);
    tm_section_end(t);
    tm_section(t, 3);
    TM(t, 2, 2, 2);
    tm_section_end(t);
    tm_section(t, 9);
    TM(t, 1, 3, 0, 1, IMPORTED);
    tm_section_end(t);
    tm_section(t, 10);
    TM(t, 2);
    catching(t, false);
    catching(t, true);
    tm_section_end(t);
}

static int resolve(void *arg, const struct wasm_import_desc *d, uint32_t index UNUSED,
                   struct wasm_extern *out)
{
    struct wasm_instance *thrower = arg;
    *out = (struct wasm_extern){.kind = d->kind, .host_type = d->type, .instance = thrower};
    return wasm_instance_export(thrower, d->name, d->name_len, d->kind, &out->index);
}

static uint32_t call(struct wasm_thread *t, struct wasm_instance *i, uint32_t func)
{
    union wasm_value arg = {.i32 = 5}, out = {0};
    return wasm_call(t, i, func, &arg, &out) ? UINT32_MAX : out.i32;
}

TEST(exception_leaves_imports_with_stack_parameters)
{
    static struct test_module bytes[2];
    struct wasm_module *m[2];
    struct wasm_instance *i[2] = {0};
    struct wasm_thread *t;
    struct wasm_store *s;
    struct wasm_error err;

    build_thrower(&bytes[0]);
    build_catcher(&bytes[1]);
    linux_host_catch_faults();
    CHECK(!wasm_store_create(&linux_host, &owner, &s));
    CHECK(!wasm_thread_create(s, STACK_BYTES, &t));
    for (unsigned k = 0; k < ARRAY_LEN(m); k++) {
        int e = wasm_module_create(&linux_host, &owner, bytes[k].bytes, bytes[k].len, &m[k], &err);
        e = e ? e : wasm_instance_create(s, m[k], resolve, i[0], NULL, &i[k], &err);
        CHECK(!e);
        if (e)
            return;
    }
    linux_host_set_thread(t);
    CHECK(call(t, i[1], DIRECT) == WIDE + 4 * 5);
    CHECK(call(t, i[1], BY_REFERENCE) == WIDE + 4 * 5);
    linux_host_set_thread(NULL);
    wasm_store_destroy(s);
    wasm_module_destroy(m[1]);
    wasm_module_destroy(m[0]);
    CHECK(linux_owner_clean(&owner));
}
