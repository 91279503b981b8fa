#include "wasm/spec/spectest.h"

static void ignore(struct wasm_instance *i UNUSED) {}

static const struct {
    const char *name, *sig;
} spectest_funcs[] = {
    {"print", ":"},      {"print_i32", "i:"},      {"print_i64", "I:"},      {"print_f32", "f:"},
    {"print_f64", "F:"}, {"print_i32_f32", "if:"}, {"print_f64_f64", "FF:"},
};

static void spectest_imports(struct test_module *t)
{
    tm_section(t, 1);
    tm_u32(t, ARRAY_LEN(spectest_funcs));
    for (size_t i = 0; i < ARRAY_LEN(spectest_funcs); i++)
        tm_functype(t, spectest_funcs[i].sig);
    tm_section_end(t);
    tm_section(t, 2);
    tm_u32(t, ARRAY_LEN(spectest_funcs));
    for (size_t i = 0; i < ARRAY_LEN(spectest_funcs); i++) {
        tm_name(t, "host");
        tm_name(t, spectest_funcs[i].name);
        tm_byte(t, WASM_FUNC);
        tm_u32(t, (uint32_t)i);
    }
    tm_section_end(t);
}

static void spectest_exports(struct test_module *t)
{
    static const char *const globals[] = {"global_i32", "global_i64", "global_f32", "global_f64"};

    tm_section(t, 7);
    tm_u32(t, ARRAY_LEN(spectest_funcs) + ARRAY_LEN(globals) + 4);
    for (size_t i = 0; i < ARRAY_LEN(spectest_funcs); i++) {
        tm_name(t, spectest_funcs[i].name);
        tm_byte(t, WASM_FUNC);
        tm_u32(t, (uint32_t)i);
    }
    for (size_t i = 0; i < ARRAY_LEN(globals); i++) {
        tm_name(t, globals[i]);
        tm_byte(t, WASM_GLOBAL);
        tm_u32(t, (uint32_t)i);
    }
    tm_name(t, "table");
    TM(t, WASM_TABLE, 0);
    tm_name(t, "table64");
    TM(t, WASM_TABLE, 1);
    tm_name(t, "memory");
    TM(t, WASM_MEMORY, 0);
    tm_name(t, "shared_memory");
    TM(t, WASM_MEMORY, 1);
    tm_section_end(t);
}

void spectest_build(struct test_module *t)
{
    const float f32 = 666.6f;
    const double f64 = 666.6;

    tm_init(t);
    spectest_imports(t);
    tm_section(t, 4);
    TM(t, 2, WASM_FUNCREF, 1, 10, 20, WASM_FUNCREF, 5, 10, 20);
    tm_section_end(t);
    tm_section(t, 5);
    TM(t, 2, 1, 1, 2, 3, 1, 2);
    tm_section_end(t);
    tm_section(t, 6);
    TM(t, 4, WASM_I32, 0, 0x41);
    tm_s64(t, 666);
    TM(t, 0x0b, WASM_I64, 0, 0x42);
    tm_s64(t, 666);
    TM(t, 0x0b, WASM_F32, 0, 0x43);
    tm_bytes(t, &f32, sizeof f32);
    TM(t, 0x0b, WASM_F64, 0, 0x44);
    tm_bytes(t, &f64, sizeof f64);
    TM(t, 0x0b);
    tm_section_end(t);
    spectest_exports(t);
}

int spectest_resolve(void *arg UNUSED, const struct wasm_import_desc *import, uint32_t index UNUSED,
                     struct wasm_extern *out)
{
    *out = (struct wasm_extern){
        .kind = WASM_FUNC, .host_func = (void (*)(void))ignore, .host_type = import->type};
    return 0;
}
