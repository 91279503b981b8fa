/* Accesses whose address is a sum that may wrap (x64/fuse_address.c): every load and store of
 * ops.def, and the instructions that an access may be a part of, against the same access at an
 * address that comes as a parameter. */
#include "base/test.h"
#include "wasm/jit/code_int.h"
#include "wasm/ops.h"
#include "wasm/tools/test_world.h"

enum { MEMORY_BYTES = 65536, FORMS_MAX = 80 };

static struct linux_owner owner;
static struct test_module bytes;

/* The address is x << shift, plus addend; then a static offset. */
struct sum {
    uint32_t shift;
    int32_t addend;
    uint32_t offset;
};

static const struct sum sums[] = {
    {0, 8, 0},         {0, 1024, 4},  {0, 65528, 12}, {0, INT32_MAX, 0}, {0, INT32_MAX, 1},
    {0, -1, 0},        {0, -4096, 0}, {0, -4096, 16}, {0, -0x200000, 0}, {0, -0x200001, 0},
    {0, INT32_MIN, 0}, {1, 0, 8},     {1, 2048, 99},  {2, 0, 70000},     {2, 0x7fff0000, 0xffff},
    {3, 0, 0},         {3, 64, 0},    {3, -64, 0},
};

/* Parameters of every function: x, the address, and a value of each type. */
static const char params[] = "iiiIfFv";

enum use { PLAIN, ADD_X, LESS, BYTE_LESS, STORE_X, STORE_CONST, ADD_F64, ADD_I32X4 };
struct form {
    enum wasm_op op;
    enum use use;
};

static struct form forms[FORMS_MAX];
static uint32_t nforms;

static void add_form(enum wasm_op op, enum use use)
{
    assert(nforms < FORMS_MAX);
    forms[nforms++] = (struct form){op, use};
}

static void list_forms(void)
{
    nforms = 0;
    for (unsigned op = 1; op < WASM_OP_COUNT; op++) {
        const struct wasm_op_info *info = wasm_op_info(op);
        unsigned prefix = WASM_CODE_PREFIX(info->code);
        bool access = info->imm == WASM_IMM_MEM || info->imm == WASM_IMM_MEM_LANE;
        if (access && (prefix == 0 || prefix == WASM_PREFIX_FD))
            add_form((enum wasm_op)op, PLAIN);
    }
    add_form(WASM_OP_i32_load, ADD_X);
    add_form(WASM_OP_i32_load, LESS);
    add_form(WASM_OP_i32_load8_u, BYTE_LESS);
    add_form(WASM_OP_i32_store, STORE_X);
    add_form(WASM_OP_i32_store8, STORE_X);
    add_form(WASM_OP_i32_store, STORE_CONST);
    add_form(WASM_OP_i32_store16, STORE_CONST);
    add_form(WASM_OP_f64_load, ADD_F64);
    add_form(WASM_OP_v128_load, ADD_I32X4);
}

static void local(uint32_t n)
{
    TM(&bytes, 0x20, (uint8_t)n);
}

static void put_address(const struct sum *s, bool as_parameter)
{
    local(as_parameter);
    if (as_parameter)
        return;
    if (s->shift)
        TM(&bytes, 0x41, (uint8_t)s->shift, 0x74);
    if (s->addend) {
        tm_byte(&bytes, 0x41);
        tm_s64(&bytes, s->addend);
        tm_byte(&bytes, 0x6a);
    }
}

static void put_access(const struct form *form, uint32_t offset)
{
    const struct wasm_op_info *info = wasm_op_info(form->op);
    if (WASM_CODE_PREFIX(info->code))
        tm_byte(&bytes, WASM_CODE_PREFIX(info->code));
    tm_u32(&bytes, WASM_CODE_REST(info->code));
    tm_byte(&bytes, 0);
    tm_u32(&bytes, offset);
    if (info->imm == WASM_IMM_MEM_LANE)
        tm_byte(&bytes, info->nlanes - 1u);
}

/* The value that a store or a lane instruction takes besides the address. */
static void put_value(const struct form *form)
{
    const struct wasm_op_info *info = wasm_op_info(form->op);
    if (info->npops < 2)
        return;
    if (form->use == STORE_CONST)
        TM(&bytes, 0x41, 0x85, 0x7f);
    else if (form->use == STORE_X)
        local(0);
    else
        local((uint32_t)(strchr(params + 2, info->pops[1]) - params));
}

static void put_function(const struct form *form, const struct sum *s, bool as_parameter)
{
    static const uint8_t constants[] = {0x41, 1, 0x41, 2}; /* what a select chooses from */
    tm_body(&bytes);
    tm_byte(&bytes, 0);
    if (form->use == ADD_X)
        local(0);
    else if (form->use == ADD_F64)
        local(5);
    else if (form->use == ADD_I32X4)
        local(6);
    else if (form->use == LESS || form->use == BYTE_LESS)
        tm_bytes(&bytes, constants, sizeof constants);
    put_address(s, as_parameter);
    put_value(form);
    put_access(form, s->offset);
    if (form->use == ADD_X)
        tm_byte(&bytes, 0x6a);
    else if (form->use == ADD_F64)
        tm_byte(&bytes, 0xa0);
    else if (form->use == ADD_I32X4)
        TM(&bytes, 0xfd, 0xae, 0x01);
    else if (form->use == LESS)
        TM(&bytes, 0x20, 2, 0x49, 0x1b);
    else if (form->use == BYTE_LESS)
        TM(&bytes, 0x41, 0x29, 0x49, 0x1b);
    tm_byte(&bytes, 0x0b);
    tm_body_end(&bytes);
}

/* Two functions a form: the address computed, and as a parameter. */
static void build(const struct sum *s)
{
    tm_init(&bytes);
    tm_section(&bytes, 1);
    tm_u32(&bytes, nforms);
    for (uint32_t f = 0; f < nforms; f++) {
        char sig[sizeof params + 2] = {0};
        memcpy(sig, params, sizeof params - 1);
        sig[sizeof params - 1] = ':';
        sig[sizeof params] = wasm_op_info(forms[f].op)->pushes;
        tm_functype(&bytes, sig);
    }
    tm_section_end(&bytes);
    tm_section(&bytes, 3);
    tm_u32(&bytes, 2 * nforms);
    for (uint32_t f = 0; f < 2 * nforms; f++)
        tm_u32(&bytes, f / 2);
    tm_section_end(&bytes);
    tm_section(&bytes, 5);
    TM(&bytes, 1, 0, 1);
    tm_section_end(&bytes);
    tm_section(&bytes, 10);
    tm_u32(&bytes, 2 * nforms);
    for (uint32_t f = 0; f < 2 * nforms; f++)
        put_function(&forms[f / 2], s, f & 1);
    tm_section_end(&bytes);
}

static uint8_t pattern[MEMORY_BYTES];

/* What a call leaves behind. */
struct outcome {
    int status;
    union wasm_value result;
    uint8_t memory[MEMORY_BYTES];
};

static void call(struct world *w, uint32_t func, uint32_t x, uint32_t address, struct outcome *out)
{
    const union wasm_value args[] = {
        {.i32 = x},
        {.i32 = address},
        {.i32 = 0x8899aabb},
        {.i64 = 0x123456789abcdef0},
        {.f32_bits = 0x40490fdb},
        {.f64_bits = 0x400921fb54442d18},
        {.v128 = {0x0706050403020100, 0x0f0e0d0c0b0a0908}},
    };
    uint8_t *memory = wasm_memory_base(w->instance, 0);
    memcpy(memory, pattern, MEMORY_BYTES);
    out->result = (union wasm_value){.v128 = {0, 0}};
    out->status = wasm_call(w->thread, w->instance, func, args, &out->result);
    if (out->status == WASM_TRAPPED) {
        out->result.v128[0] = wasm_thread_trap(w->thread)->kind;
        out->result.v128[1] = wasm_thread_trap(w->thread)->frames[0].func & ~1u;
    }
    memcpy(out->memory, memory, MEMORY_BYTES);
}

/* Every form of access by this sum, where it stays inside, leaves the memory, or wraps; how many
 * outcomes are not those of the address as a parameter. */
static uint32_t differences(struct world *w, const struct sum *s)
{
    static const int32_t wanted[] = {0, 1, 40, 65528, 65535, 65536, -1, -64, INT32_MIN, INT32_MAX};
    static struct outcome computed, given;
    uint32_t wrong = 0;
    for (uint32_t f = 0; f < nforms; f++) {
        for (uint32_t k = 0; k < 2 * ARRAY_LEN(wanted); k++) { /* also as an x */
            uint32_t goal = (uint32_t)wanted[k / 2], x = goal;
            if (k & 1)
                x = (goal - (uint32_t)s->addend - s->offset) >> s->shift;
            uint32_t address = (x << s->shift) + (uint32_t)s->addend;
            call(w, 2 * f, x, address, &computed);
            call(w, 2 * f + 1, x, address, &given);
            wrong += computed.status != given.status ||
                     memcmp(&computed.result, &given.result, sizeof given.result) != 0 ||
                     memcmp(computed.memory, given.memory, MEMORY_BYTES) != 0;
        }
    }
    return wrong;
}

TEST(address_sums_that_wrap)
{
    list_forms();
    for (uint32_t i = 0; i < MEMORY_BYTES; i++)
        pattern[i] = (uint8_t)(i * 37 + (i >> 8));
    for (uint32_t i = 0; i < ARRAY_LEN(sums); i++) {
        struct world w;
        build(&sums[i]);
        CHECK(!world_create(&w, &owner, &bytes, 1ull << JIT_FUSE_ANY_SUM, NULL));
        CHECK(differences(&w, &sums[i]) == 0);
        world_destroy(&w);
        CHECK(linux_owner_clean(&owner));
    }
}

/* Loops that walk an array downwards: x falls from `start` by `step`, and the array is added last.
 */
static const struct fall {
    int32_t start, step, end;
    bool folded; /* the sum is a part of the access */
} falls[] = {
    {4000, -4, 0, true},
    {800, -100, -200, true},
    {799, -100, -201, false}, /* below 0 after eight turns */
    {100, -1000, -49900, false},
};

static void put_constant(int32_t k)
{
    tm_byte(&bytes, 0x41);
    tm_s64(&bytes, k);
}

static void put_fall(uint32_t n)
{
    enum { X, SUM, ARRAY = 60000 };
    tm_body(&bytes);
    TM(&bytes, 1, 2, 0x7f);
    put_constant(falls[n].start);
    TM(&bytes, 0x21, X, 0x03, 0x40, 0x20, SUM, 0x20, X);
    put_constant(ARRAY);
    TM(&bytes, 0x6a, 0x2d, 0, 0, 0x6a, 0x21, SUM, 0x20, X);
    put_constant(falls[n].step);
    TM(&bytes, 0x6a, 0x22, X);
    put_constant(falls[n].end);
    TM(&bytes, 0x47, 0x0d, 0, 0x0b, 0x20, SUM, 0x0b);
    tm_body_end(&bytes);
}

/* Folded, a sum that falls below zero would fault, and take its way around from then on. */
TEST(address_sums_that_fall_below_zero)
{
    struct world w;
    world_functions(&bytes, ":i", ARRAY_LEN(falls), put_fall);
    CHECK(!world_create(&w, &owner, &bytes, 1ull << JIT_NO_UNROLL, NULL));
    memset(wasm_memory_base(w.instance, 0), 1, MEMORY_BYTES);
    for (uint32_t n = 0; n < ARRAY_LEN(falls); n++) {
        union wasm_value sum = {0};
        CHECK(!wasm_call(w.thread, w.instance, n, NULL, &sum));
        CHECK(sum.i32 == (uint32_t)((falls[n].start - falls[n].end) / -falls[n].step));
        CHECK((code_body_of(w.module, n)->nrecoveries > 0) == falls[n].folded);
    }
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}
