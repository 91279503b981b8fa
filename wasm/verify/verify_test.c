/* Bodies written by hand (rows.def): what breaks a rule is refused, and for that reason. */
#include "wasm/verify/state.h"

#include "base/string.h"
#include "base/test.h"
#include "wasm/test_host.h"

enum { CODE_MAX = 256, START = 16 };

static const wasm_valtype_t params[] = {WASM_I32, WASM_I32}, results[] = {WASM_I32};
static struct wasm_functype type = {
    .nparams = 2, .nresults = 1, .params = params, .results = results};
static uint32_t type_id = 7;
static struct wasm_func func;
static struct wasm_memory memory;
static struct wasm_module module = {.types = &type,
                                    .type_ids = &type_id,
                                    .ntypes = 1,
                                    .funcs = &func,
                                    .nfuncs = 1,
                                    .memories = &memory,
                                    .nmemories = 1};

static uint32_t no_function(void *arg UNUSED, uint32_t at UNUSED)
{
    return UINT32_MAX;
}

static void *test_alloc(void *arg UNUSED, size_t bytes)
{
    return test_host_alloc(&test_pool, bytes);
}

static void test_free(void *arg UNUSED, void *p, size_t bytes)
{
    test_host_free(&test_pool, p, bytes);
}

/* The rule that a body breaks, or NULL. Every byte may trap. */
static const char *verify(const uint8_t *bytes, uint32_t len)
{
    static struct code_site sites[CODE_MAX];
    static uint8_t code[CODE_MAX];
    static struct verify_sig sig;
    static uint32_t by_id[4];
    static const struct ctx_layout layout = {.memories = sizeof(struct wasm_ctx),
                                             .tables = sizeof(struct wasm_ctx) + 32,
                                             .globals = sizeof(struct wasm_ctx) + 32,
                                             .imports = sizeof(struct wasm_ctx) + 32,
                                             .tags = sizeof(struct wasm_ctx) + 32,
                                             .size_bytes = sizeof(struct wasm_ctx) + 32};
    struct verify_module vm = {
        .m = &module, .layout = &layout, .sigs = &sig, .by_id = by_id, .nbuckets = 4};
    struct code_body body = {.start = START, .len_bytes = len, .nsites = len, .sites = sites};
    struct verify_func f = {.code = code, .body = &body, .func_at = no_function};
    struct verify_error e = {0};
    struct arena arena;

    assert(START + len <= CODE_MAX);
    memcpy(code + START, bytes, len);
    for (uint32_t i = 0; i < len; i++)
        sites[i] = (struct code_site){START + i, CODE_SITE_MEMORY};
    memset(by_id, 0, sizeof by_id);
    verify_prepare(&vm);
    arena_init(&arena, (struct arena_source){.alloc = test_alloc, .free = test_free}, SIZE_MAX);
    int err = verify_run(&vm, &f, &arena, &e);
    arena_fini(&arena);
    assert(err == 0 || err == -EFAULT);
    return err ? e.rule : NULL;
}

static bool contains(const char *text, const char *part)
{
    size_t n = strlen(part);
    for (; *text; text++)
        if (strncmp(text, part, n) == 0)
            return true;
    return false;
}

TEST(verify_rows)
{
    static const struct {
        const char *text, *rule;
        uint32_t len;
        const char *code;
    } rows[] = {
#define ROW(text, rule, len, code) {text, rule, len, code},
#include "wasm/verify/rows.def"
#undef ROW
    };
    for (unsigned i = 0; i < ARRAY_LEN(rows); i++) {
        const char *rule = verify((const uint8_t *)rows[i].code, rows[i].len);
        bool right = rows[i].rule ? rule && contains(rule, rows[i].rule) : !rule;
        if (!right)
            unit_test_failed(test_state, rows[i].text, rule ? rule : "accepted", 0);
    }
}

/* Cut off anywhere, a body is refused and nothing behind it is read. */
TEST(verify_cut_off)
{
    static const uint8_t code[] = {0x41, 0x8b, 0x84, 0x3e, 0x00, 0x00, 0xe0, 0xff, 0xc3};
    for (uint32_t n = 0; n < sizeof code; n++)
        CHECK(verify(code, n) || n == 0);
    CHECK(!verify(code, sizeof code));
}
