/* How each IR op is selected. */
#include "wasm/jit/code_int.h"
#include "wasm/x64/simd.h"

#define O(id)                [WASM_OP_##id]
#define I2(name, wide_, ...) O(name) = {.wide = (wide_), __VA_ARGS__}
/* i32 and i64 variants of an op */
#define INT(name, ...) I2(i32_##name, 0, __VA_ARGS__), I2(i64_##name, 1, __VA_ARGS__)
/* f32 and f64 variants; the mandatory prefix tells the precision */
#define FLT(name, form_, op_)                                                                      \
    I2(f32_##name, 0, .form = (form_), .op = (op_) | X64_F3),                                      \
        I2(f64_##name, 1, .form = (form_), .op = (op_) | X64_F2)
#define CMP(name, cond) INT(name, .form = SEL_COMPARE, .cc = (cond))
#define FCMP(name, cond)                                                                           \
    I2(f32_##name, 0, .form = SEL_FCOMPARE, .cc = (cond), .op = X64_UCOMISS),                      \
        I2(f64_##name, 1, .form = SEL_FCOMPARE, .cc = (cond), .op = X64_UCOMISD)
#define LOAD(name, op_)  O(name) = {.form = SEL_LOAD, .op = (op_)}
#define STORE(name, op_) O(name) = {.form = SEL_STORE, .op = (op_)}
#define ROUND(name, mode)                                                                          \
    I2(f32_##name, 0, .form = SEL_ROUND, .op = X64_ROUNDSS, .cc = (mode)),                         \
        I2(f64_##name, 1, .form = SEL_ROUND, .op = X64_ROUNDSD, .cc = (mode))
/* int from float: all four type pairs and both signs; op holds the source's precision */
#define TO_INT(name, form_)                                                                        \
    I2(i32_##name##_f32_s, 0, .form = (form_), .gprs = 1, .cc = SEL_SIGNED, .op = X64_F3),         \
        I2(i32_##name##_f32_u, 0, .form = (form_), .gprs = 1, .op = X64_F3),                       \
        I2(i32_##name##_f64_s, 0, .form = (form_), .gprs = 1, .cc = SEL_SIGNED, .op = X64_F2),     \
        I2(i32_##name##_f64_u, 0, .form = (form_), .gprs = 1, .op = X64_F2),                       \
        I2(i64_##name##_f32_s, 1, .form = (form_), .gprs = 1, .cc = SEL_SIGNED, .op = X64_F3),     \
        I2(i64_##name##_f32_u, 1, .form = (form_), .gprs = 1, .op = X64_F3),                       \
        I2(i64_##name##_f64_s, 1, .form = (form_), .gprs = 1, .cc = SEL_SIGNED, .op = X64_F2),     \
        I2(i64_##name##_f64_u, 1, .form = (form_), .gprs = 1, .op = X64_F2)

const struct sel_row sel_rows[IR_OP_COUNT] = {
    INT(add, .form = SEL_ALU, .op = X64_ADD),
    INT(sub, .form = SEL_ALU, .op = X64_SUB),
    INT(and, .form = SEL_ALU, .op = X64_AND),
    INT(or, .form = SEL_ALU, .op = X64_OR),
    INT(xor, .form = SEL_ALU, .op = X64_XOR),
    INT(mul, .form = SEL_MUL),
    INT(shl, .form = SEL_SHIFT, .op = X64_SHLX, .cc = X64_SHL),
    INT(shr_s, .form = SEL_SHIFT, .op = X64_SARX, .cc = X64_SAR),
    INT(shr_u, .form = SEL_SHIFT, .op = X64_SHRX, .cc = X64_SHR),
    INT(rotl, .form = SEL_ROTATE, .gprs = 2, .cc = X64_ROL),
    INT(rotr, .form = SEL_ROTATE, .gprs = 2, .cc = X64_ROR),
    INT(div_s, .form = SEL_DIVIDE, .gprs = 3, .cc = SEL_SIGNED),
    INT(div_u, .form = SEL_DIVIDE, .gprs = 3),
    INT(rem_s, .form = SEL_DIVIDE, .gprs = 3, .cc = SEL_SIGNED | SEL_REMAINDER),
    INT(rem_u, .form = SEL_DIVIDE, .gprs = 3, .cc = SEL_REMAINDER),
    INT(clz, .form = SEL_COUNT, .op = X64_LZCNT),
    INT(ctz, .form = SEL_COUNT, .op = X64_TZCNT),
    INT(popcnt, .form = SEL_COUNT, .op = X64_POPCNT),
    INT(eqz, .form = SEL_EQZ, .cc = X64_E),
    CMP(eq, X64_E),
    CMP(ne, X64_NE),
    CMP(lt_s, X64_L),
    CMP(lt_u, X64_B),
    CMP(gt_s, X64_G),
    CMP(gt_u, X64_A),
    CMP(le_s, X64_LE),
    CMP(le_u, X64_BE),
    CMP(ge_s, X64_GE),
    CMP(ge_u, X64_AE),
    FCMP(eq, SEL_FEQ),
    FCMP(ne, SEL_FNE),
    FCMP(lt, SEL_FLT),
    FCMP(gt, SEL_FGT),
    FCMP(le, SEL_FLE),
    FCMP(ge, SEL_FGE),

    O(i32_wrap_i64) = {.form = SEL_WRAP},
    O(i64_extend_i32_u) = {.form = SEL_WRAP},
    O(i64_extend_i32_s) = {.form = SEL_EXTEND, .op = X64_MOVSXD},
    O(i64_extend32_s) = {.form = SEL_EXTEND, .op = X64_MOVSXD},
    O(i32_extend8_s) = {.form = SEL_EXTEND, .op = X64_MOVSX8},
    O(i32_extend16_s) = {.form = SEL_EXTEND, .op = X64_MOVSX16},
    O(i64_extend8_s) = {.form = SEL_EXTEND, .op = X64_MOVSX8 | X64_W},
    O(i64_extend16_s) = {.form = SEL_EXTEND, .op = X64_MOVSX16 | X64_W},

    LOAD(i32_load, X64_MOV_LOAD),
    LOAD(i64_load, X64_MOV_LOAD | X64_W),
    LOAD(i32_load8_s, X64_MOVSX8),
    LOAD(i32_load8_u, X64_MOVZX8),
    LOAD(i32_load16_s, X64_MOVSX16),
    LOAD(i32_load16_u, X64_MOVZX16),
    LOAD(i64_load8_s, X64_MOVSX8 | X64_W),
    LOAD(i64_load8_u, X64_MOVZX8),
    LOAD(i64_load16_s, X64_MOVSX16 | X64_W),
    LOAD(i64_load16_u, X64_MOVZX16),
    LOAD(i64_load32_s, X64_MOVSXD),
    LOAD(i64_load32_u, X64_MOV_LOAD),
    LOAD(f32_load, X64_MOVSS_LOAD),
    LOAD(f64_load, X64_MOVSD_LOAD),
    STORE(i32_store, X64_MOV_STORE),
    STORE(i64_store, X64_MOV_STORE | X64_W),
    STORE(i32_store8, X64_MOV_STORE8),
    STORE(i32_store16, X64_MOV_STORE16),
    STORE(i64_store8, X64_MOV_STORE8),
    STORE(i64_store16, X64_MOV_STORE16),
    STORE(i64_store32, X64_MOV_STORE),
    STORE(f32_store, X64_MOVSS_STORE),
    STORE(f64_store, X64_MOVSD_STORE),

    FLT(add, SEL_FARITH, X64_ADDS),
    FLT(sub, SEL_FARITH, X64_SUBS),
    FLT(mul, SEL_FARITH, X64_MULS),
    FLT(div, SEL_FARITH, X64_DIVS),
    FLT(sqrt, SEL_SQRT, X64_SQRTS),
    I2(f32_min, 0, .form = SEL_FMINMAX, .op = X64_MINS | X64_F3),
    I2(f64_min, 1, .form = SEL_FMINMAX, .op = X64_MINS | X64_F2),
    I2(f32_max, 0, .form = SEL_FMINMAX, .op = X64_MAXS | X64_F3, .cc = 1),
    I2(f64_max, 1, .form = SEL_FMINMAX, .op = X64_MAXS | X64_F2, .cc = 1),
    I2(f32_abs, 0, .form = SEL_FSIGN, .op = X64_ANDPS, .cc = CODE_CONST_ABS32),
    I2(f64_abs, 1, .form = SEL_FSIGN, .op = X64_ANDPS, .cc = CODE_CONST_ABS64),
    I2(f32_neg, 0, .form = SEL_FSIGN, .op = X64_XORPS, .cc = CODE_CONST_SIGN32),
    I2(f64_neg, 1, .form = SEL_FSIGN, .op = X64_XORPS, .cc = CODE_CONST_SIGN64),
    I2(f32_copysign, 0, .form = SEL_COPYSIGN),
    I2(f64_copysign, 1, .form = SEL_COPYSIGN),
    ROUND(nearest, 8),
    ROUND(floor, 9),
    ROUND(ceil, 10),
    ROUND(trunc, 11),

    I2(f32_convert_i32_s, 0, .form = SEL_FROM_INT, .op = X64_CVTSI2S | X64_F3),
    I2(f32_convert_i32_u, 1, .form = SEL_FROM_INT, .op = X64_CVTSI2S | X64_F3),
    I2(f32_convert_i64_s, 1, .form = SEL_FROM_INT, .op = X64_CVTSI2S | X64_F3),
    I2(f32_convert_i64_u, 1, .form = SEL_FROM_U64, .gprs = 2, .op = X64_F3),
    I2(f64_convert_i32_s, 0, .form = SEL_FROM_INT, .op = X64_CVTSI2S | X64_F2),
    I2(f64_convert_i32_u, 1, .form = SEL_FROM_INT, .op = X64_CVTSI2S | X64_F2),
    I2(f64_convert_i64_s, 1, .form = SEL_FROM_INT, .op = X64_CVTSI2S | X64_F2),
    I2(f64_convert_i64_u, 1, .form = SEL_FROM_U64, .gprs = 2, .op = X64_F2),
    O(f32_demote_f64) = {.form = SEL_FCONVERT, .op = X64_CVTS2S | X64_F2},
    O(f64_promote_f32) = {.form = SEL_FCONVERT, .op = X64_CVTS2S | X64_F3},
    TO_INT(trunc, SEL_TO_INT),
    TO_INT(trunc_sat, SEL_TO_INT_SAT),
    O(i32_reinterpret_f32) = {.form = SEL_MOVE, .op = X64_MOVD_FROM_XMM},
    O(i64_reinterpret_f64) = {.form = SEL_MOVE, .op = X64_MOVD_FROM_XMM | X64_W},
    O(f32_reinterpret_i32) = {.form = SEL_MOVE, .op = X64_MOVD_TO_XMM, .cc = 1},
    O(f64_reinterpret_i64) = {.form = SEL_MOVE, .op = X64_MOVD_TO_XMM | X64_W, .cc = 1},
    O(select) = {.form = SEL_SELECT, .gprs = 1},

#include "wasm/x64/rows_simd.def"

#include "wasm/x64/rows_atomic.def"

    [IR_GLOBAL_GET] = {.form = SEL_GLOBAL_GET, .gprs = 1},
    [IR_GLOBAL_SET] = {.form = SEL_GLOBAL_SET, .gprs = 1},
    [IR_LOCAL_GET] = {.form = SEL_LOCAL_GET},
    [IR_LOCAL_SET] = {.form = SEL_LOCAL_SET},
    [IR_TABLE_SIZE] = {.form = SEL_TABLE_SIZE},
    [IR_MEMORY_SIZE] = {.form = SEL_MEMORY_SIZE},
    [IR_MEMORY_CHECK] = {.form = SEL_MEMORY_CHECK},
    [IR_FUNC_REF] = {.form = SEL_FUNC_REF},
    [IR_I64_MULH_S] = {.form = SEL_MULH_S, .wide = 1, .gprs = 3},
    [IR_I64_MULH_U] = {.form = SEL_MULH_U, .wide = 1, .gprs = 1},
    [IR_CALL] = {.form = SEL_CALL},
    [IR_CALL_INDIRECT] = {.form = SEL_CALL},
    [IR_CALL_REF] = {.form = SEL_CALL},
    [IR_CALL_RT] = {.form = SEL_CALL},
    [IR_RESULT] = {.form = SEL_RESULT},
    [IR_RETURN] = {.form = SEL_RETURN},
    [IR_RETURN_CALL] = {.form = SEL_RETURN_CALL},
    [IR_RETURN_CALL_INDIRECT] = {.form = SEL_RETURN_CALL},
    [IR_RETURN_CALL_REF] = {.form = SEL_RETURN_CALL},
    [IR_JUMP] = {.form = SEL_JUMP},
    [IR_BRANCH] = {.form = SEL_BRANCH},
    [IR_SWITCH] = {.form = SEL_SWITCH, .gprs = 2},
    [IR_TRAP] = {.form = SEL_TRAP},
    [IR_TRY] = {.form = SEL_TRY},
    [IR_CAUGHT] = {.form = SEL_CAUGHT},
    [IR_CAUGHT_TAG] = {.form = SEL_CAUGHT, .cc = 1},
    [IR_TAG] = {.form = SEL_TAG},
    [IR_PAYLOAD_GET] = {.form = SEL_PAYLOAD_GET, .gprs = 1},
    [IR_PAYLOAD_SET] = {.form = SEL_PAYLOAD_SET, .gprs = 1},
};

/* The operands of WebAssembly's instructions are those that ops.def says they pop. */
#define SIG_CHAR(sig, i) ((sig "\0\0\0\0")[i])
#define IS_END(c)        ((c) == ':' || (c) == '*' || (c) == 0)
#define POPS(sig)                                                                                  \
    (IS_END(SIG_CHAR(sig, 0)) ? 0 : IS_END(SIG_CHAR(sig, 1)) ? 1 : IS_END(SIG_CHAR(sig, 2)) ? 2 : 3)

const uint8_t cg_operand_counts[IR_OP_COUNT] = {
#define OP(code, id, text, imm, sig, flags) [WASM_OP_##id] = POPS(sig),
#include "wasm/ops.def"
#undef OP
    [IR_GLOBAL_SET] = 1, [IR_LOCAL_SET] = 1, [IR_MEMORY_CHECK] = 1, [IR_I64_MULH_S] = 2,
    [IR_I64_MULH_U] = 2, [IR_BRANCH] = 1,    [IR_SWITCH] = 1,       [IR_PAYLOAD_SET] = 1,
};
