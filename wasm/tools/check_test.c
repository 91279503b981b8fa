/* The checker of register allocation must accept what the compiler does, and notice whatever is
 * changed about it: a function under pressure is compiled, then its log is falsified in one place
 * after the other. */
#include "wasm/jit/check.h"

#include "base/test.h"
#include "wasm/jit/code_int.h"
#include "wasm/test_module.h"
#include "wasm/tools/linux_host.h"

enum { LOCALS = 8, FIRST = 2 }; /* behind the two parameters */

static struct linux_owner owner;
static struct test_module bytes;

/* local[FIRST + k] = p0 op_k p1 for the integer operations from add on. */
static void write_values(struct test_module *t)
{
    static const uint8_t ops[LOCALS] = {0x6a, 0x6b, 0x6c, 0x71, 0x72, 0x73, 0x77, 0x78};
    for (unsigned k = 0; k < LOCALS; k++)
        TM(t, 0x20, 0, 0x20, 1, ops[k], 0x21, FIRST + k);
}

/* Function 0: many values through a loop with a call, a division and an if; function 1 is called.
 */
static void write_module(struct test_module *t)
{
    tm_init(t);
    tm_section(t, 1);
    tm_u32(t, 1);
    tm_functype(t, "ii:i");
    tm_section_end(t);
    tm_section(t, 3);
    TM(t, 2, 0, 0);
    tm_section_end(t);
    tm_section(t, 10);
    tm_u32(t, 2);
    tm_body(t);
    TM(t, 1, LOCALS, 0x7f);
    write_values(t);
    TM(t, 0x03, 0x40);
    TM(t, 0x20, 2, 0x20, 3, 0x10, 1, 0x21, 2);             /* l2 = f1(l2, l3) */
    TM(t, 0x20, 4, 0x20, 2, 0x41, 1, 0x72, 0x6e, 0x21, 5); /* l5 = l4 / (l2 | 1) */
    TM(t, 0x20, 5, 0x04, 0x40, 0x20, 6, 0x20, 7, 0x6a, 0x21, 6, 0x05, 0x20, 3, 0x21, 8, 0x0b);
    TM(t, 0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b);
    TM(t, 0x20, FIRST);
    for (unsigned k = 1; k < LOCALS; k++)
        TM(t, 0x20, FIRST + k, 0x41, 31, 0x6c, 0x6a);
    TM(t, 0x0b);
    tm_body_end(t);
    tm_body(t);
    TM(t, 0, 0x20, 0, 0x20, 1, 0x6c, 0x0b);
    tm_body_end(t);
    tm_section_end(t);
}

/* Compiles function 0 with the options; the caller destroys *out. */
static struct cg *compile(struct jit_options options, struct wasm_module **out)
{
    struct wasm_error err;
    struct ir_func *f;
    struct cg *cg;

    write_module(&bytes);
    if (wasm_module_create(&linux_host, &owner, bytes.bytes, bytes.len, out, &err))
        return NULL;
    (*out)->jit = options;
    (*out)->jit.set |= 1ull << JIT_NO_INLINE; /* the call is to stay one */
    struct wasm_code *c = (*out)->code;
    struct code_lane *l = &c->lanes[CODE_LANE_CALLED];
    l->arena.limit_bytes = 16 * MIB;
    static struct ir_func built;
    f = &built;
    linux_host.lock(&owner, true);
    int e = ir_build(*out, 0, &l->arena, f);
    e = e ? e : code__compile_ir(l, f, 0, &cg);
    linux_host.lock(&owner, false);
    return e ? NULL : cg;
}

static bool rejects(const struct cg *cg)
{
    ir_ref_t at;
    return check_run(cg, cg->log, &at) != NULL;
}

/* How many of the changes that `falsify` makes to events of a kind there are, and how many are
 * noticed. */
static void try_all(const struct cg *cg, enum check_kind kind,
                    bool (*falsify)(struct check_event *e), unsigned *tried, unsigned *noticed)
{
    *tried = *noticed = 0;
    for (uint32_t i = 0; i < cg->log->n; i++) {
        struct check_event *e = &cg->log->events[i], kept = *e;
        if (e->kind != kind || !falsify(e))
            continue;
        ++*tried;
        *noticed += rejects(cg);
        *e = kept;
    }
}

static bool drop(struct check_event *e)
{
    e->kind = CHECK_NODE;
    e->value = 1;
    return true;
}

/* (To drop a move may be harmless: a phi can share the slot that its argument is in.) */
static bool lose(struct check_event *e)
{
    e->kind = CHECK_CLOBBER;
    return true;
}

static bool other_source(struct check_event *e)
{
    if (e->from.kind != PMOVE_REG && e->from.kind != PMOVE_SLOT)
        return false;
    e->from.at ^= 1;
    return true;
}

static bool other_target(struct check_event *e)
{
    e->to.at ^= 1;
    return true;
}

static bool other_width(struct check_event *e)
{
    e->type = e->type == IR_I64 ? IR_I32 : IR_I64;
    return e->from.kind != PMOVE_CONST;
}

static bool other_class(struct check_event *e)
{
    e->to.at ^= X64_XMM;
    return true;
}

static const struct jit_options variants[] = {
    {.set = 1ull << JIT_CHECK},
    {.set = 1ull << JIT_CHECK, .gprs = 3, .xmms = 3},
    {.set = 1ull << JIT_CHECK | 1ull << JIT_DEGRADED},
};

TEST(check_accepts_what_the_compiler_does)
{
    for (unsigned i = 0; i < ARRAY_LEN(variants); i++) {
        struct wasm_module *m = NULL;
        struct cg *cg = compile(variants[i], &m);
        CHECK(cg && cg->log && cg->log->n > 50 && !cg->log->full);
        CHECK(cg && !rejects(cg));
        wasm_module_destroy(m);
    }
    CHECK(linux_owner_clean(&owner));
}

TEST(check_notices_every_falsified_move_use_and_definition)
{
    static const struct {
        enum check_kind kind;
        bool (*falsify)(struct check_event *e);
    } cases[] = {
        {CHECK_MOVE, lose},        {CHECK_MOVE, other_source}, {CHECK_MOVE, other_width},
        {CHECK_USE, other_source}, {CHECK_DEF, drop},          {CHECK_DEF, other_target},
        {CHECK_DEF, other_class},
    };
    for (unsigned i = 0; i < ARRAY_LEN(variants); i++) {
        struct wasm_module *m = NULL;
        struct cg *cg = compile(variants[i], &m);
        for (unsigned k = 0; cg && k < ARRAY_LEN(cases); k++) {
            unsigned tried, noticed;
            try_all(cg, cases[k].kind, cases[k].falsify, &tried, &noticed);
            CHECK(tried > 0 && noticed == tried);
        }
        CHECK(cg && !rejects(cg));
        wasm_module_destroy(m);
    }
}

TEST(check_notices_a_register_that_is_not_saved)
{
    struct wasm_module *m = NULL;
    struct cg *cg = compile(variants[0], &m);
    CHECK(cg && cg->saved);
    if (cg) {
        cg->saved &= cg->saved - 1;
        CHECK(rejects(cg));
    }
    wasm_module_destroy(m);
}

TEST(check_notices_a_call_that_destroys_registers)
{
    struct wasm_module *m = NULL;
    struct cg *cg = compile(variants[0], &m);
    unsigned calls = 0;
    for (uint32_t i = 0; cg && i < cg->log->n; i++) {
        struct check_event *e = &cg->log->events[i];
        if (e->kind != CHECK_CALL)
            continue;
        struct check_event kept = *e;
        drop(e);
        CHECK(rejects(cg)); /* its result comes from nowhere */
        *e = kept;
        calls++;
    }
    CHECK(calls == 1);
    wasm_module_destroy(m);
}
