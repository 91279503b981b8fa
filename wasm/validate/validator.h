/* The state of validating function bodies; shared inside validate/. Appendix A.3 of the
 * specification with flat arrays: an operand stack of types and a stack of control frames. */
#pragma once

#include "wasm/validate/subtype.h"
#include "wasm/validate/validate.h"

struct ctrl_frame {
    uint16_t op;       /* enum wasm_op: block, loop, if, else, try, catch, catch_all, try_table */
    bool unreachable;  /* the rest of the block cannot be reached: its operands are polymorphic */
    bool has_type;     /* type is there; else only a result */
    uint32_t height;   /* of the operand stack at the entry, parameters not counted */
    uint32_t br_table; /* serial of the last br_table that checked this label */
    uint32_t inits;    /* of the log of initialised locals at the entry */
    union {
        const struct wasm_functype *type;
        wasm_valtype_t result; /* 0: none */
    };
};

struct validator {
    struct wasm_module *m;
    struct wasm_error *err;
    struct wasm_reader r;
    struct wasm_insn insn; /* the one being checked */
    uint32_t func;
    /* address types of the memory or table that insn names, and of the second: letters p and q of
     * ops.def */
    wasm_valtype_t addrtypes[2];

    wasm_valtype_t *locals, *stack;
    struct ctrl_frame *frames;
    struct ctrl_frame *top; /* frames[nframes - 1] */
    uint32_t nlocals, height, nframes;
    uint32_t cap_locals, cap_stack, cap_frames;
    /* Locals without a default value are unset at first (A.3). Those set since the function's begin
     * are in a log, which each block's end takes back to what it was at its begin. */
    uint8_t *unset;     /* per local */
    uint32_t *init_log; /* room for as many as there are locals */
    uint32_t ninits, cap_unset, cap_log;
    uint32_t max_height, nblocks, br_tables;
    bool may_inline; /* as in struct wasm_func */
};

/* "function 12 'foo' at 0x1a3: …" at the current instruction; returns -EINVAL. */
int validate__fail(struct validator *v, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The same for a complaint of the reader. */
int validate__reader_failed(struct validator *v, int err);
/* Room for n more operands. 0, -EINVAL (limit) or -ENOMEM. */
MUSTUSE int validate__reserve(struct validator *v, uint32_t n);
/* Reports an operand that does not fit: `found` or, with `empty`, nothing. */
int validate__mismatch(struct validator *v, wasm_valtype_t expected, bool empty,
                       wasm_valtype_t found);
/* The operand `found` is not the expected type by its number: 0 if it matches nevertheless. */
MUSTUSE int validate__pop_other(struct validator *v, wasm_valtype_t expected, wasm_valtype_t found);
/* Pops a reference; WASM_REF_BOTTOM in unreachable code. */
MUSTUSE int validate__pop_ref(struct validator *v, wasm_valtype_t *out);
/* Does what the type refers to exist? */
MUSTUSE int validate__type(struct validator *v, wasm_valtype_t type);
/* Pops any operand; WASM_BOTTOM in unreachable code. */
MUSTUSE int validate__pop_any(struct validator *v, wasm_valtype_t *out);
/* The whole sequence, last one on top. */
MUSTUSE int validate__pop_all(struct validator *v, const wasm_valtype_t *types, uint32_t n);
MUSTUSE int validate__push_all(struct validator *v, const wasm_valtype_t *types, uint32_t n);
/* Opens the frame of a block whose parameters have been popped already; pushes them again inside.
 * type: NULL if the block has only the result, 0 for none. */
MUSTUSE int validate__open(struct validator *v, unsigned op, const struct wasm_functype *type,
                           wasm_valtype_t result);
/* Locals set inside the block at hand are unset again. */
void validate__reset_locals(struct validator *v);
/* The frame that a label names. */
MUSTUSE int validate__label(struct validator *v, uint32_t depth, struct ctrl_frame **out);
/* What a branch to the frame carries: a loop's parameters, else the results (3.4.6: label types).
 */
const wasm_valtype_t *validate__label_types(const struct ctrl_frame *f, uint32_t *out_n);
/* The rest of the block cannot be reached. */
void validate__unreachable(struct validator *v);
/* The block's results must be on the stack, and nothing else. */
MUSTUSE int validate__close(struct validator *v);
/* The same, and leaves the block. */
MUSTUSE int validate__end(struct validator *v);
/* Instructions with signature "*". */
MUSTUSE int validate__control(struct validator *v);
/* Those of them that throw and catch (exception.c), blocks apart. */
MUSTUSE int validate__exception(struct validator *v);
/* The clauses of the try_table at hand. */
MUSTUSE int validate__clauses(struct validator *v);
/* Constant expressions (3.4.8), each against the type it must have; globals below `nglobals` may be
 * read. */
MUSTUSE int validate__const_expr(struct wasm_module *m, const struct wasm_expr *e,
                                 wasm_valtype_t type, uint32_t nglobals, const char *place,
                                 struct wasm_error *err);
/* All function bodies. */
MUSTUSE int validate__functions(struct wasm_module *m, struct wasm_error *err);

/* The operand stack always has room for one more: reserved before each instruction. */
static inline void validate__push(struct validator *v, wasm_valtype_t type)
{
    dassert(v->height < v->cap_stack);
    v->stack[v->height++] = type;
}

static inline int validate__pop(struct validator *v, wasm_valtype_t expected)
{
    if (LIKELY(v->height > v->top->height)) {
        wasm_valtype_t found = v->stack[--v->height];
        return LIKELY(found == expected) ? 0 : validate__pop_other(v, expected, found);
    }
    if (v->top->unreachable)
        return 0;
    return validate__mismatch(v, expected, true, WASM_BOTTOM);
}
