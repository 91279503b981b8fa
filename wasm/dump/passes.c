/* What the compiler makes of a function, pass by pass. */
#include "base/string.h"
#include "wasm/dump/dump.h"
#include "wasm/jit/cg.h"
#include "wasm/jit/driver.h"
#include "wasm/jit/watch.h"

#define ARENA_LIMIT_BYTES (1ull << 30)

static void arena_of(struct arena *a, const struct wasm_module *m)
{
    arena_init(a, (struct arena_source){m->host->alloc, m->host->free, m->owner},
               ARENA_LIMIT_BYTES);
}

int dump_ir(struct wasm_module *m, uint32_t func, dump_say_fn say)
{
    struct arena arena;
    struct ir_func f;
    int err;

    arena_of(&arena, m);
    err = ir_build(m, func, &arena, &f);
    if (!err) {
        dump_ir_func(&f, say);
        err = ir_verify(&f, say) ? 0 : -EINVAL;
    }
    arena_fini(&arena);
    return err;
}

int dump_check(struct wasm_module *m, dump_say_fn say)
{
    struct arena arena;
    struct ir_func f;
    int bad = 0;

    arena_of(&arena, m);
    for (uint32_t i = m->nimported_funcs; i < m->nfuncs; i++) {
        arena_reset(&arena);
        int err = ir_build(m, i, &arena, &f);
        if (err)
            dump_say(say, "func %u: %s", i, errno_name(-err));
        if (err || !ir_verify(&f, say))
            bad = -EINVAL;
    }
    arena_fini(&arena);
    return bad;
}

/* ---- the back half's state ---- */

static void put_marks(struct dump_line *l, const struct cg *cg, ir_ref_t n)
{
    static const struct {
        uint8_t bit;
        const char *name;
    } marks[] = {{CG_FUSED, "part of its user"},     {CG_IMM_A, "a immediate"},
                 {CG_IMM_B, "b immediate"},          {CG_IMM_C, "c immediate"},
                 {CG_MEMORY_PHI, "in memory"},       {CG_SPILLED, "spilled"},
                 {CG_STORED_LATE, "behind its loop"}};

    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        if (cg->mark[n] & marks[i].bit)
            dump_put(l, "  [%s]", marks[i].name);
}

/* Reloads and drops that happen before node n; *next goes on. */
static void actions_before(const struct cg *cg, ir_ref_t n, uint32_t *next, dump_say_fn say)
{
    for (; *next < cg->nactions && cg->actions[*next].pos <= n; ++*next)
        dump_say(say, "         %s v%u", cg->actions[*next].reload ? "reload" : "drop",
                 (unsigned)cg->actions[*next].value);
}

static void put_registers_in(struct dump_line *l, const struct cg *cg, ir_block_t b)
{
    const struct cg_block *block = &cg->blocks[b];

    if (block->in)
        dump_put(l, "  in registers:");
    for (unsigned i = 0; block->in && i < block->nin; i++)
        dump_put(l, " v%u", block->in[i]);
}

static void back_half(const struct ir_func *f, const struct cg *cg, dump_say_fn say)
{
    struct dump_line l = {.len = 0};
    uint32_t action = 0;

    for (ir_block_t b = 1; b < f->nblocks; b++) {
        dump_block(&l, f, b);
        put_registers_in(&l, cg, b);
        dump_end(&l, say);
        for (ir_ref_t r = f->blocks[b].first; r < f->blocks[b].end; r++) {
            actions_before(cg, r, &action, say);
            dump_put(&l, "  %6x ", dump_offset(f, r));
            dump_node(&l, f, r, &f->blocks[b]);
            put_marks(&l, cg, r);
            if ((cg->mark[r] & CG_SPILLED) && cg->nslots)
                dump_put(&l, "  slot %u", cg->slot[r]);
            dump_end(&l, say);
        }
    }
    if (cg->frame_bytes)
        dump_say(say, "frame of %u bytes", cg->frame_bytes);
}

/* ---- watching ---- */

static void on_pass(void *arg, const char *name, const struct ir_func *f, const struct cg *cg)
{
    dump_say_fn say = *(dump_say_fn *)arg;

    if (!strcmp(name, "begin") || !strcmp(name, "assign"))
        return; /* machine code is dump_code's */
    dump_say(say, "---- after %s", name);
    if (cg)
        back_half(f, cg, say);
    else
        dump_ir_func(f, say);
}

int dump_passes(struct wasm_module *m, uint32_t func, dump_say_fn say)
{
    const struct jit_watch watch = {.arg = &say, .pass = on_pass};
    int err;

    m->watch = &watch;
    err = code_compile(m, func);
    m->watch = NULL;
    return err;
}
