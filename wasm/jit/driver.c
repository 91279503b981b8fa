/* Compiling a function: the pipeline, and when it runs. */
#include "wasm/jit/driver.h"

#include "base/format.h"
#include "base/string.h"
#include "wasm/jit/ahead.h"
#include "wasm/jit/check.h"
#include "wasm/jit/code_int.h"
#include "wasm/jit/guard.h"
#include "wasm/jit/watch.h"
#include "wasm/x64/select.h"

/* Memory that compiling may take: this much per byte of the body, and on top. */
#define ARENA_PER_BYTE 1024ull
#define ARENA_BASE     (16 * MIB)
#define ARENA_MAX      (512 * MIB)

/* Jumps are near if the code between is thought to be no longer; in fact it may be 127 bytes. */
#define NEAR_BYTES 60u

static bool alloc_node_arrays(struct cg *cg)
{
    struct arena *a = cg->arena;
    uint32_t n = cg->f->nnodes;
    cg->mark = ARENA_ARRAY(a, uint8_t, n);
    cg->hint = ARENA_ARRAY_UNSET(a, uint8_t, n);
    cg->reg = ARENA_ARRAY(a, uint8_t, n);
    cg->last = ARENA_ARRAY(a, uint32_t, n);
    cg->global = ARENA_ARRAY(a, uint32_t, n);
    cg->slot = ARENA_ARRAY(a, uint32_t, n);
    cg->need = ARENA_ARRAY_UNSET(a, uint32_t, n);
    cg->use_begin = ARENA_ARRAY_UNSET(a, uint32_t, n + 1ull);
    cg->use_first = ARENA_ARRAY_UNSET(a, uint32_t, n);
    cg->cursor = ARENA_ARRAY(a, uint32_t, n);
    cg->blocks = ARENA_ARRAY(a, struct cg_block, cg->f->nblocks);
    cg->switch_edge = ARENA_ARRAY(a, uint32_t, cg->f->nblocks);
    if (!cg->mark || !cg->hint || !cg->reg || !cg->last || !cg->global || !cg->slot || !cg->need ||
        !cg->use_begin || !cg->use_first || !cg->cursor || !cg->blocks || !cg->switch_edge)
        return false;
    memset(cg->hint, X64_NONE, n);
    return true;
}

/* Reserves room for the prologue in front of the body, which is aligned. */
static void begin_code(struct cg *cg)
{
    cg->e = code__encoder(cg->lane);
    uint32_t room = sel_prologue_max(cg) + CODE_ALIGN;
    if (!x64_room(&cg->e, room))
        cg->error = code__extend(cg->lane, &cg->e, room);
    if (!cg->error)
        cg->e.pos = (uint32_t)align_up(cg->e.pos + sel_prologue_max(cg), CODE_ALIGN);
}

/* Nothing runs that the verifier refuses. Where tests run, that is a failure of the compiler. */
static int guard(struct code_lane *l, const struct code_body *body)
{
    char text[200];
    if (!DEBUG_BUILD && !jit_has(&l->code->m->jit, JIT_GUARD))
        return 0;
    int err = guard_check(l, l->code->range.write, body);
    if (err != -EFAULT || !DEBUG_BUILD)
        return err;
    fmt_snprintf(text, sizeof text, "refused by the verifier: %s (function %u, code offset %u)",
                 l->refused.rule, l->refused.func, l->refused.offset);
    base_assert_fail(text, __FILE__, __LINE__);
}

static int finish_code(struct cg *cg)
{
    const struct wasm_module *m = cg->m;
    uint32_t end = cg->e.pos, start = cg->lane->pos;
    uint32_t frame = cg->frame_bytes + 8 * sel_saved_count(cg);
    cg_patch_incoming(cg, frame + 8);
    sel_prologue(cg);
    uint32_t entry = cg->e.pos;
    x64_bind(&cg->e, &cg->self);
    memset(cg->e.base + start, 0xcc, entry - start);
    struct code_body body = {
        .func = cg->f->func,
        .start = entry,
        .len_bytes = end - entry,
        .frame_bytes = frame,
        .prologue_bytes = cg->body_start - entry,
        .saved_mask = cg->saved,
        .wasm_offset = (uint32_t)(m->funcs[cg->f->func].body.at - m->bytes),
        .param_bytes = abi_params_bytes(cg->f->type),
        .nsites = cg->nsites,
        .sites = cg->sites,
        .nlandings = cg->nlandings,
        .ninlines = cg->f->ninlines,
        .inlines = cg->f->inlines,
        .nrecoveries = cg->nfolded,
        .recoveries = cg->recoveries,
    };
    if (cg->nlandings) {
        body.landings = ARENA_ARRAY(cg->arena, struct code_landing, cg->nlandings);
        if (!body.landings)
            return -ENOMEM;
    }
    for (uint32_t i = 0; i < cg->nlandings; i++)
        body.landings[i] = (struct code_landing){cg->landings[i].site, cg->landings[i].at};
    int err = guard(cg->lane, &body);
    return err ? err : code__publish(cg->lane, &body, end);
}

/* Ends the program if the function's values are not where they are read from. */
static void check(const struct cg *cg)
{
    ir_ref_t at = 0;
    const char *wrong = cg->log ? check_run(cg, cg->log, &at) : NULL;
    if (!wrong)
        return;
    char text[160];
    fmt_snprintf(text, sizeof text, "%s (function %u, node %u)", wrong, cg->f->func, at);
    base_assert_fail(text, __FILE__, __LINE__);
}

int code__compile_ir(struct code_lane *l, struct ir_func *f, uint32_t near_bytes, struct cg **out)
{
    struct wasm_code *c = l->code;
    struct cg *cg = *out = ARENA_NEW(&l->arena, struct cg);
    if (!cg)
        return -ENOMEM;
    cg->f = f;
    cg->m = c->m;
    cg->code = c;
    cg->lane = l;
    cg->arena = &l->arena;
    cg->near_bytes = near_bytes;
    if (!alloc_node_arrays(cg))
        return -ENOMEM;
    if (DEBUG_BUILD || jit_has(&c->m->jit, JIT_CHECK))
        cg->log = check_begin(cg);
    static const struct {
        const char *name;
        void (*run)(struct cg *);
    } passes[] = {{"chains", cg_chains}, {"back", cg_back},   {"spill", cg_spill},
                  {"slots", cg_slots},   {"sizes", cg_sizes}, {"begin", begin_code},
                  {"assign", cg_assign}};
    for (unsigned i = 0; i < ARRAY_LEN(passes); i++) {
        passes[i].run(cg);
        if (cg->error)
            return cg->error;
        if (ahead__stopped(l))
            return -EINTR;
        jit_watch_pass(f, cg, passes[i].name);
    }
    if (cg->e.too_far)
        return -EAGAIN;
    check(cg);
    return finish_code(cg);
}

static int compile(struct code_lane *l, uint32_t func, uint32_t near_bytes)
{
    struct wasm_module *m = l->code->m;
    struct ir_func f = {0};
    struct cg *cg;
    arena_reset(&l->arena);
    l->arena.limit_bytes =
        min_u64(ARENA_PER_BYTE * m->funcs[func].body.len + ARENA_BASE, ARENA_MAX);
    int err = ir_build(m, func, &l->arena, &f);
    return err ? err : code__compile_ir(l, &f, near_bytes, &cg);
}

int code__compile(struct code_lane *l, uint32_t func)
{
    if (code__compiled(l->code, func - l->code->m->nimported_funcs))
        return 0;
    const struct jit_options *jit = &l->code->m->jit;
    uint32_t near_bytes = jit->near_bytes ? jit->near_bytes : NEAR_BYTES;
    int err = compile(l, func, jit_has(jit, JIT_NO_NEAR) ? 0 : near_bytes);
    if (err == -EAGAIN)
        err = compile(l, func, 0);
    assert(err != -EAGAIN);
    return err;
}

int code_compile(struct wasm_module *m, uint32_t func)
{
    m->host->lock(m->owner, true);
    int err = code__compile(&m->code->lanes[CODE_LANE_CALLED], func);
    m->host->lock(m->owner, false);
    if (!err)
        ahead__wake(m->code, func);
    return err;
}

int wasm_module_compile_all(struct wasm_module *m)
{
    int err = 0;
    for (uint32_t i = m->nimported_funcs; i < m->nfuncs && !err; i++)
        err = code_compile(m, i);
    return err;
}
