/* Masks of what has no more bits than they have (bound.c, needless_masks in clean.c): which go, and
 * which must not. */
#include "wasm/jit/ir_test.h"

/* Opcodes used below. */
enum {
    BLOCK = 0x02,
    LOOP = 0x03,
    IF = 0x04,
    ELSE = 0x05,
    END = 0x0b,
    BR_IF = 0x0d,
    DROP = 0x1a,
    SELECT = 0x1b,
    GET = 0x20,
    SET = 0x21,
    TEE = 0x22,
    LOAD8 = 0x2d,
    LOAD16 = 0x2f,
    LOAD8_64 = 0x31,
    CONST = 0x41,
    CONST64 = 0x42,
    ADD = 0x6a,
    AND = 0x71,
    SHR = 0x76,
    ADD64 = 0x7c,
    AND64 = 0x83,
    SHR64 = 0x88,
    VOID = 0x40,
    I32 = 0x7f,
    I64 = 0x7e,
    ORIGINS = 16,     /* phis and selects that a bound is known through, */
    ARGUMENTS = 1024, /* and all that these may have for arguments */
};

/* Pieces of code; local 0 is an address, 1 and 2 are values. */
#define BYTE       GET, 0, LOAD8, 0, 0
#define BYTE64     GET, 0, LOAD8_64, 0, 0
#define IS_BYTE    CONST, 0xff, 1, AND
#define IS_BYTE64  CONST64, 0xff, 1, AND64
#define BITS_40    0xff, 0xff, 0xff, 0xff, 0xff, 0x1f /* 2^40 - 1 */
#define BITS_50    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 3
#define BIT_45     0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 8 /* 2^45 */
#define SOME(type) 1, 2, type                            /* locals 1 and 2 */

/* The same loop around what the value begins as, the mask, and what it is the next turn. */
#define PUT(...) __VA_ARGS__
#define TURNS(begin, mask, next)                                                                   \
    PUT begin, SET, 1, LOOP, VOID, GET, 1, PUT mask, SET, 2, PUT next, SET, 1, BYTE, BR_IF, 0,     \
        END, GET, 2, END

static unsigned masks(void)
{
    unsigned n = 0;

    for (ir_ref_t r = 1; r < ir.nnodes; r++)
        n += ir.nodes[r].op == WASM_OP_i32_and || ir.nodes[r].op == WASM_OP_i64_and;
    return n;
}

/* So many masks are left of the function. */
#define CHECK_MASKS(want, sig, ...)                                                                \
    do {                                                                                           \
        CHECK(IR_BUILD(sig, __VA_ARGS__) == 0);                                                    \
        CHECK(masks() == (want));                                                                  \
        ir_done();                                                                                 \
    } while (0)
#define CHECK_TURNS(want, begin, next)                                                             \
    CHECK_MASKS(want, "i:i", SOME(I32), TURNS(begin, (IS_BYTE), next))
#define CHECK_TURNS64(want, begin, mask, next)                                                     \
    CHECK_MASKS(want, "i:I", SOME(I64), TURNS(begin, mask, next))

TEST(bound_of_loop_phis)
{
    CHECK_SHAPE("param 5 jump | phi i32.load8_u i32.load8_u branch | return", "i:i", SOME(I32),
                CONST, 5, SET, 1, LOOP, VOID, GET, 1, IS_BYTE, SET, 2, GET, 0, LOAD8, 0, 1, SET, 1,
                BYTE, BR_IF, 0, END, GET, 2, END);
    CHECK_TURNS(0, (CONST, 5), (BYTE));
    CHECK_TURNS(0, (BYTE), (CONST, 0xff, 1));
    CHECK_TURNS(0, (BYTE), (GET, 1)); /* no phi at all */
    CHECK_TURNS(0, (CONST, 0xff, 1), (BYTE, CONST, 1, SHR, CONST, 0x80, 1, ADD));
    CHECK_TURNS(1, (GET, 0), (BYTE));
    CHECK_TURNS(1, (BYTE), (GET, 0));
    CHECK_TURNS(1, (CONST, 0x80, 2), (BYTE)); /* 256 */
    CHECK_TURNS(1, (CONST, 0x7f), (BYTE));    /* 2^32 - 1 */
    CHECK_TURNS(1, (BYTE), (GET, 0, LOAD16, 0, 0));
    CHECK_TURNS(1, (CONST, 0xff, 1), (BYTE, CONST, 1, ADD));
    /* around the loop: what grows has no bound, what is masked has that */
    CHECK_TURNS(1, (CONST, 0), (GET, 1, CONST, 1, ADD));
    CHECK_TURNS(0, (CONST, 0), (GET, 2));
    CHECK_TURNS(1, (GET, 0), (GET, 2));
    CHECK_TURNS(1, (CONST, 0), (GET, 2, CONST, 1, ADD));
}

TEST(bound_of_other_masks)
{
    /* of bits that are not the lowest, and by one bit too few or as many */
    CHECK_MASKS(1, "i:i", SOME(I32), TURNS((BYTE), (CONST, 0xfe, 1, AND), (CONST, 1)));
    CHECK_MASKS(1, "i:i", SOME(I32), TURNS((CONST, 1), (CONST, 0xff, 0, AND), (BYTE)));
    CHECK_MASKS(0, "i:i", SOME(I32), TURNS((CONST, 1), (CONST, 0xff, 3, AND), (BYTE)));
    CHECK_MASKS(0, "i:i", SOME(I32), TURNS((CONST, 0), (CONST, 1, AND), (CONST, 1)));
    CHECK_MASKS(1, "i:i", SOME(I32), TURNS((CONST, 0), (CONST, 1, AND), (CONST, 2)));
    CHECK_MASKS(1, "i:i", SOME(I32), TURNS((CONST, 1), (CONST, 0x81, 2, AND), (BYTE))); /* 257 */
    /* two of one value: each by itself */
    CHECK_MASKS(1, "i:i", SOME(I32),
                TURNS((CONST, 0), (CONST, 1, AND, GET, 1, IS_BYTE, ADD), (BYTE)));
}

TEST(bound_of_selects)
{
    /* what the loop begins with is known only by the select, or only what it ends with */
    CHECK_TURNS(0, (CONST, 7), (BYTE, CONST, 0xff, 1, GET, 0, SELECT));
    CHECK_TURNS(0, (CONST, 7), (CONST, 0xff, 1, BYTE, GET, 0, SELECT));
    CHECK_TURNS(0, (CONST, 7), (BYTE, GET, 1, GET, 0, SELECT));
    CHECK_TURNS(0, (CONST, 7), (GET, 1, BYTE, GET, 0, SELECT));
    CHECK_TURNS(1, (CONST, 7), (GET, 0, GET, 1, BYTE, SELECT));
    CHECK_TURNS(1, (CONST, 7), (GET, 1, GET, 0, BYTE, SELECT));
    CHECK_TURNS(1, (GET, 0), (GET, 1, CONST, 5, BYTE, SELECT));
    /* the condition does not count */
    CHECK_TURNS(0, (CONST, 7), (BYTE, CONST, 9, GET, 0, CONST, 3, ADD, SELECT));
    /* without a loop */
    CHECK_MASKS(0, "i:i", 0, BYTE, CONST, 0xff, 1, GET, 0, SELECT, IS_BYTE, END);
    CHECK_MASKS(1, "i:i", 0, GET, 0, CONST, 0xff, 1, BYTE, SELECT, IS_BYTE, END);
    CHECK_MASKS(1, "i:i", 0, CONST, 0xff, 1, GET, 0, BYTE, SELECT, IS_BYTE, END);
}

TEST(bound_of_nested_phis)
{
    /* both arms inside of a loop, one of them around it */
    CHECK_TURNS(0, (CONST, 7), (BYTE, IF, I32, BYTE, ELSE, GET, 1, END));
    CHECK_TURNS(1, (CONST, 7), (BYTE, IF, I32, GET, 0, ELSE, GET, 1, END));
    CHECK_TURNS(1, (CONST, 7), (BYTE, IF, I32, GET, 1, ELSE, GET, 0, END));
    /* an inner loop that changes it, and one that does not */
    CHECK_TURNS(0, (CONST, 7), (LOOP, VOID, BYTE, SET, 1, BYTE, BR_IF, 0, END, GET, 1));
    CHECK_TURNS(0, (CONST, 7),
                (LOOP, VOID, GET, 1, CONST, 9, BYTE, SELECT, SET, 1, BYTE, BR_IF, 0, END, GET, 1));
    CHECK_TURNS(1, (CONST, 7),
                (LOOP, VOID, GET, 1, GET, 0, BYTE, SELECT, SET, 1, BYTE, BR_IF, 0, END, GET, 1));
    CHECK_TURNS(
        0, (CONST, 7),
        (GET, 0, LOAD8, 0, 1, SET, 1, LOOP, VOID, GET, 1, SET, 1, BYTE, BR_IF, 0, END, GET, 1));
}

TEST(bound_of_i64)
{
    CHECK_TURNS64(0, (CONST64, 5), (IS_BYTE64), (BYTE64));
    CHECK_TURNS64(0, (BYTE, 0xad), (IS_BYTE64), (BYTE64));
    CHECK_TURNS64(1, (GET, 0, 0xad), (IS_BYTE64), (BYTE64));
    CHECK_TURNS64(1, (CONST64, 5), (IS_BYTE64), (GET, 1, CONST64, 1, ADD64));
    CHECK_TURNS64(1, (CONST64, 0x7f), (IS_BYTE64), (BYTE64)); /* 2^64 - 1 */
    CHECK_TURNS64(0, (CONST64, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f), (CONST64, BITS_40, AND64),
                  (GET, 0, 0xad));
    CHECK_TURNS64(1, (CONST64, BIT_45), (CONST64, BITS_40, AND64), (BYTE64));
    CHECK_TURNS64(0, (CONST64, BIT_45), (CONST64, BITS_50, AND64), (BYTE64));
}

/* What was a phi or a mask, and has been replaced already, is no bound of 32 bits. */
TEST(bound_of_what_was_replaced)
{
    /* p, around a loop that does not change it */
    CHECK_MASKS(1, "iI:I", 0, LOOP, VOID, GET, 1, SET, 1, BYTE, BR_IF, 0, END, CONST64, 5, GET, 1,
                BYTE, SELECT, CONST64, BITS_40, AND64, END);
    /* half of that */
    CHECK_MASKS(1, "iI:I", 0, LOOP, VOID, GET, 1, SET, 1, BYTE, BR_IF, 0, END, CONST64, 5, GET, 1,
                CONST64, 1, SHR64, BYTE, SELECT, CONST64, BITS_40, AND64, END);
    /* 2^45, masked in vain before it is masked */
    CHECK_MASKS(1, "i:I", SOME(I64),
                TURNS((CONST64, BIT_45),
                      (CONST64, BITS_50, AND64, CONST64, 3, BYTE, SELECT, CONST64, BITS_40, AND64),
                      (BYTE64)));
}

/* Selects between a value and the byte before, n of them. */
static uint32_t selects(uint8_t *code, uint32_t n)
{
    uint32_t len = 0;
    const uint8_t byte[] = {GET, 0, LOAD8, 0, 0};

    code[len++] = 0;
    memcpy(code + len, byte, sizeof byte);
    len += sizeof byte;
    for (uint32_t i = 1; i <= n; i++) {
        const uint8_t select[] = {CONST, (uint8_t)i, GET, 0, LOAD8, 0, (uint8_t)i, SELECT};
        memcpy(code + len, select, sizeof select);
        len += sizeof select;
    }
    const uint8_t mask[] = {IS_BYTE, END};
    memcpy(code + len, mask, sizeof mask);
    return len + sizeof mask;
}

/* A phi of as many constants. */
static uint32_t arguments(uint8_t *code, uint32_t n)
{
    uint32_t len = 0;
    const uint8_t begin[] = {0, BLOCK, I32}, end[] = {CONST, 9, END, IS_BYTE, END};

    memcpy(code, begin, sizeof begin);
    len += sizeof begin;
    for (uint32_t i = 1; i < n; i++) {
        const uint8_t way[] = {CONST, (uint8_t)(i % 64), BYTE, BR_IF, 0, DROP};
        memcpy(code + len, way, sizeof way);
        len += sizeof way;
    }
    memcpy(code + len, end, sizeof end);
    return len + sizeof end;
}

TEST(bound_within_limits)
{
    static uint8_t code[16 * ARGUMENTS];

    for (uint32_t n = 1; n < 3 * ORIGINS; n++) {
        CHECK(ir_build_bytes("i:i", code, selects(code, n)) == 0);
        CHECK(masks() == (n > ORIGINS));
        ir_done();
    }
    for (uint32_t n = ARGUMENTS - 1; n <= ARGUMENTS + 1; n++) {
        CHECK(ir_build_bytes("i:i", code, arguments(code, n)) == 0);
        CHECK(masks() == (n > ARGUMENTS));
        ir_done();
    }
}
