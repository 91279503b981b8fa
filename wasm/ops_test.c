#include "wasm/ops.h"

#include "base/string.h"
#include "base/test.h"

/* Where a code stands in the table. */
static unsigned order(uint32_t code)
{
    return WASM_CODE_PREFIX(code) << 16 | WASM_CODE_REST(code);
}

TEST(ops_rows_are_found_by_their_code)
{
    for (unsigned op = 1; op < WASM_OP_COUNT; op++) {
        const struct wasm_op_info *info = wasm_op_info(op);
        if (info->code < 0x100)
            CHECK(wasm_op_of_byte((uint8_t)info->code) == op);
        else
            CHECK(wasm_op_of_prefixed((uint8_t)WASM_CODE_PREFIX(info->code),
                                      WASM_CODE_REST(info->code)) == op);
        CHECK(op == 1 || order(info->code) > order(wasm_op_info(op - 1)->code));
    }
}

TEST(ops_unknown_ones_have_no_row)
{
    unsigned one = 0, fc = 0, fd = 0, fe = 0;

    for (unsigned c = 0; c < 0x1000; c++) {
        one += c < 0x100 && wasm_op_of_byte((uint8_t)c) != WASM_OP_INVALID;
        fc += wasm_op_of_prefixed(WASM_PREFIX_FC, c) != WASM_OP_INVALID;
        fd += wasm_op_of_prefixed(WASM_PREFIX_FD, c) != WASM_OP_INVALID;
        fe += wasm_op_of_prefixed(WASM_PREFIX_FE, c) != WASM_OP_INVALID;
    }
    CHECK(one + fc + fd + fe == WASM_OP_COUNT - 1);
    CHECK(fc == 18);
    CHECK(fd == 236 + 20);
    CHECK(wasm_op_of_prefixed(WASM_PREFIX_FD, 0x114) == WASM_OP_INVALID);
    CHECK(fe == 67);
    CHECK(wasm_op_of_prefixed(WASM_PREFIX_FE, 4) == WASM_OP_INVALID);
    CHECK(wasm_op_of_prefixed(WASM_PREFIX_FE, 0x4f) == WASM_OP_INVALID);
    CHECK(wasm_op_of_byte(0xfb) == WASM_OP_INVALID);
    CHECK(!strcmp(wasm_op_proposal(0, 0xfb), "garbage collection"));
    CHECK(!wasm_op_proposal(0, 0x27));
}

TEST(ops_signatures_are_taken_apart)
{
    const struct wasm_op_info *store = wasm_op_info(WASM_OP_i64_store32);
    const struct wasm_op_info *select = wasm_op_info(WASM_OP_select);
    const struct wasm_op_info *drop = wasm_op_info(WASM_OP_data_drop);

    CHECK(store->npops == 2 && store->pops[0] == 'p' && store->pops[1] == 'I' && !store->pushes);
    CHECK(store->align_log2 == 2 && store->imm == WASM_IMM_MEM);
    CHECK(store->flags == (WASM_OPF_TRAP | WASM_OPF_WRITE));
    CHECK(select->npops == 3 && select->pops[2] == 'i' && select->pushes == 'a');
    CHECK(!drop->npops && !drop->pushes);
    CHECK(wasm_op_info(WASM_OP_br_if)->flags & WASM_OPF_CONTROL);
    CHECK(wasm_op_info(WASM_OP_v128_load16_lane)->nlanes == 8);
    CHECK(wasm_op_info(WASM_OP_i32_add)->flags & WASM_OPF_COMMUTATIVE);
    CHECK(!(wasm_op_info(WASM_OP_i32_sub)->flags & WASM_OPF_COMMUTATIVE));
}

/* What the flags say must follow from what the rows say. */
TEST(ops_flags_agree_with_each_other)
{
    for (unsigned op = 1; op < WASM_OP_COUNT; op++) {
        const struct wasm_op_info *info = wasm_op_info(op);
        bool pure = info->flags & WASM_OPF_PURE;
        CHECK(!pure || !(info->flags & (WASM_OPF_TRAP | WASM_OPF_READ | WASM_OPF_WRITE)));
        CHECK(!pure || info->pushes);
        if (info->flags & WASM_OPF_COMMUTATIVE)
            CHECK(info->npops == 2 && info->pops[0] == info->pops[1]);
        if (info->imm == WASM_IMM_MEM || info->imm == WASM_IMM_MEM_LANE ||
            info->imm == WASM_IMM_ATOMIC)
            CHECK(info->flags & WASM_OPF_TRAP && info->align_log2 <= 4);
        CHECK(!(info->flags & WASM_OPF_VECTOR) == (WASM_CODE_PREFIX(info->code) != WASM_PREFIX_FD));
    }
}
