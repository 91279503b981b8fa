/* Inside of a module's code; for jit/ and x64/ only. */
#pragma once

#include "wasm/jit/code.h"
#include "wasm/rt/ctx.h"
#include "wasm/rt/rt.h"
#include "wasm/x64/enc.h"

/* 16-byte constants of every module. */
enum code_const {
    CODE_CONST_ZERO,
    CODE_CONST_ABS32, /* all bits but the sign, four times */
    CODE_CONST_ABS64,
    CODE_CONST_SIGN32,
    CODE_CONST_SIGN64,
    CODE_CONST_F32_2P63, /* 2^63 */
    CODE_CONST_F64_2P63,
    CODE_CONST_F32_M2P63, /* -2^63 */
    CODE_CONST_F64_M2P63,
    CODE_CONST_F64_U32_MAX, /* 2^32 - 1 */
    CODE_CONST_BYTES_01,    /* vectors from here on */
    CODE_CONST_BYTES_0F,
    CODE_CONST_BYTES_70,
    CODE_CONST_BITS_OF_4, /* bytes: how many bits each number below 16 has */
    CODE_CONST_WORDS_0001,
    CODE_CONST_WORDS_8000,
    CODE_CONST_F32S_2P31,
    CODE_CONST_F32S_2P16,
    CODE_CONST_F64_I32_MAX,
    CODE_CONST_F64_2P52,
    CODE_CONST_F64_2P52_HIGH, /* its upper dword, four times */
    CODE_CONST_COUNT,
};

#define CODE_SLOT_BYTES   8u
#define CODE_CHUNK_BODIES 64u
#define CODE_ALIGN        16u
#define CODE_JUMP_BYTES   5u

struct cg;
struct ir_func;
struct jit_guard;

/* Code that the verifier has refused: what it breaks, at which offset of the function's code. */
struct code_refused {
    const char *rule; /* NULL: none was */
    uint32_t func, offset;
};

/* Where functions are compiled and their bodies put. Each lane is one thread's at a time and has a
 * part of the range of its own: the first is for what is called, under the lock; the second for
 * what is compiled ahead (jit/ahead.c). */
enum { CODE_LANE_CALLED, CODE_LANE_AHEAD, CODE_LANES };
struct code_lane {
    struct wasm_code *code;
    struct arena arena;        /* of the function being compiled */
    uint32_t start, end;       /* its part of the range */
    uint32_t pos, committed;   /* next free byte; end of the usable ones */
    struct code_body **chunks; /* bodies by number, in ascending order of their code */
    uint32_t nbodies;          /* published last: readers may be in a fault handler */
    struct jit_guard *guard;   /* what the verifier knows (guard.c); NULL before the first body */
    struct code_refused refused;
};

struct code_ahead;

struct wasm_code {
    struct wasm_module *m;
    struct wasm_code_range range;
    struct ctx_layout layout;
    struct code_lane lanes[CODE_LANES];
    uint32_t ndefined;        /* functions; the jump table starts at offset 0 */
    uint32_t lazy, constants; /* offsets of the lazy stub and of the constants */
    uint32_t check_indirect;  /* offset of that stub: see x64/stub.c */
    uint32_t stubs[RT_COUNT];
    /* Per defined function: 1 + number of its body * CODE_LANES + lane; 0: not compiled. Atomic:
     * whoever is first settles it. */
    uint32_t *compiled;
    uint32_t twice;           /* atomic: functions that have come to a body in both lanes */
    struct code_ahead *ahead; /* NULL: nothing is compiled ahead */
};

static inline uint32_t code__const_offset(const struct wasm_code *c, unsigned id)
{
    return c->constants + 16 * id;
}
static inline struct code_body *code__body(const struct code_lane *l, uint32_t number)
{
    return &l->chunks[number / CODE_CHUNK_BODIES][number % CODE_CHUNK_BODIES];
}
/* The body of a defined function, by its number among those; NULL: not compiled. */
static inline struct code_body *code__compiled(const struct wasm_code *c, uint32_t defined)
{
    uint32_t n = __atomic_load_n(&c->compiled[defined], __ATOMIC_ACQUIRE);
    return n ? code__body(&c->lanes[(n - 1) % CODE_LANES], (n - 1) / CODE_LANES) : NULL;
}
/* Makes at least `bytes` more writable at e->pos. 0 or -ENOMEM. */
MUSTUSE int code__extend(struct code_lane *l, struct x64_enc *e, uint32_t bytes);
/* An encoder at the next free byte. */
struct x64_enc code__encoder(struct code_lane *l);
/* Where a call to a defined function goes: its entry if compiled, else its slot. */
uint32_t code__target(const struct wasm_code *c, uint32_t func);
/* Takes over a compiled body (sites are copied) and points the slot at it, unless the function has
 * been compiled in the other lane meanwhile: then nobody gets to this one. 0 or -ENOMEM. */
MUSTUSE int code__publish(struct code_lane *l, const struct code_body *body, uint32_t end);
/* Compiles a function unless it is; the lane is this thread's. 0 or an error. */
MUSTUSE int code__compile(struct code_lane *l, uint32_t func);
/* The back half of it, for a function just built in the lane's arena; its state, which lies there
 * too, to *out. -EAGAIN: near_bytes (struct cg) was too much for it, with 0 it will do. */
MUSTUSE int code__compile_ir(struct code_lane *l, struct ir_func *f, uint32_t near_bytes,
                             struct cg **out);
/* Stubs (x64/stub.c). */
void code__emit_stubs(struct wasm_code *c, struct x64_enc *e);
#define CODE_STUBS_MAX 4096u /* bytes of them at most, constants included */
/* Patches a slot by one store. */
void code__set_slot(struct wasm_code *c, uint32_t defined, uint64_t bytes);
/* Finds pc in this module's range. */
bool code__find(const struct wasm_code *c, uint64_t pc, struct code_where *out);
