/* Calls of small functions, built into their callers. The builder goes on with the callee's body:
 * its locals are a tree of their own, whose parameters are the arguments; its function label is a
 * block whose results are the call's; a return is a branch to it. Behind the body the caller's
 * state comes back, of which the locals cannot have changed. Places of the nodes inside lie behind
 * those of the caller, so that a backtrace names both. */
#include "wasm/jit/build.h"

enum { PLACES_MAX = 1u << 24 }; /* a site keeps the place within the function in 24 bits */

/* Functions that call themselves stay calls, and so do calls whose exceptions are caught here: that
 * needs the locals as they were at the call. */
static bool is_worth_it(const struct builder *b, uint32_t func)
{
    const struct wasm_func *callee = &b->m->funcs[func];
    uint32_t total = b->inlined_bytes + callee->body.len;
    uint32_t most = b->m->jit.inline_bytes ? b->m->jit.inline_bytes : BUILD_INLINE_BYTES;

    if (b->npads || !callee->may_inline || callee->body.len > most || b->in_slots ||
        build__has(b, JIT_NO_INLINE))
        return false;
    if (b->ninlined == BUILD_INLINE_DEPTH || func == b->f->func ||
        total > BUILD_INLINE_FREE + b->func->body.len || b->func->body.len + total >= PLACES_MAX)
        return false;
    for (uint32_t i = 0; i < b->ninlined; i++)
        if (b->inlined[i].func == func)
            return false;
    return true;
}

/* Notes the call, and shifts places to behind everything there is. */
static bool note_places(struct builder *b, uint32_t func)
{
    struct ir_func *f = b->f;
    const struct wasm_func *callee = &b->m->funcs[func];
    uint32_t own = (uint32_t)(b->func->body.at - b->m->bytes) + b->func->body.len;

    if (!build__grow(b, &f->inlines, &f->cap_inlines, f->ninlines + 1ull, sizeof *f->inlines))
        return false;
    f->inlines[f->ninlines++] = (struct ir_inline){own + b->inlined_bytes, func, b->offset};
    b->place_shift = own + b->inlined_bytes - (uint32_t)(callee->body.at - b->m->bytes);
    b->inlined_bytes += callee->body.len;
    return true;
}

bool build__inline_enter(struct builder *b, uint32_t func)
{
    const struct wasm_func *callee = &b->m->funcs[func];
    const struct wasm_functype *type = &b->m->types[callee->type];

    if (!is_worth_it(b, func))
        return false;
    b->inlined[b->ninlined++] = (struct build_inline){.reader = b->reader,
                                                      .local_types = b->local_types,
                                                      .nlocals = b->nlocals,
                                                      .levels = b->levels,
                                                      .label_base = b->label_base,
                                                      .place_shift = b->place_shift,
                                                      .func = func,
                                                      .locals = b->locals};
    b->reader = wasm_reader_init(b->m->bytes, callee->body.at, callee->body.len);
    if (!build__read_locals(b, callee) || !note_places(b, func) ||
        !build__grow(b, &b->stack, &b->stack_cap, b->height + callee->max_stack + 4ull,
                     sizeof *b->stack))
        return true; /* b->err says what is wrong */
    b->height -= type->nparams;
    if (!build__locals_init(b, type, b->stack + b->height)) {
        b->err = b->err ? b->err : -ENOMEM;
        return true;
    }
    b->label_base = b->nlabels;
    build__label_push(b, BUILD_BLOCK, 0, type->nresults);
    return true;
}

bool build__inline_leave(struct builder *b)
{
    const struct build_inline *outer;

    if (!b->ninlined)
        return false;
    outer = &b->inlined[--b->ninlined];
    b->reader = outer->reader;
    b->local_types = outer->local_types;
    b->nlocals = outer->nlocals;
    b->levels = outer->levels;
    b->label_base = outer->label_base;
    b->place_shift = outer->place_shift;
    b->locals = outer->locals;
    b->frozen = b->nchunks;
    assert(b->reader.p < b->reader.end); /* a call is never the last */
    return true;
}
