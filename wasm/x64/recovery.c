/* What happens where a folded address (fuse_address.c) leaves its memory: the access is made again,
 * by the same instruction with another index register, into which the address was computed modulo
 * 2^32 less the displacement's part of it. Flags and registers are as they were; if all registers
 * hold something, that one's value waits in the context meanwhile. */
#include "base/string.h"
#include "wasm/jit/code_int.h"
#include "wasm/x64/fuse.h"
#include "wasm/x64/select.h"

#define RECOVERY_BYTES 64u

void cg__access_end(struct cg *cg)
{
    struct cg_folded *last = &cg->folded[cg->nfolded - 1];
    last->sib = cg->e.sib;
    last->end = cg->e.sib_insn_end;
    assert(last->sib > last->start && last->end > last->sib &&
           last->end - last->start < X64_INSN_MAX);
    cg->folded_open = false;
}

void cg_access_site(struct cg *cg, ir_ref_t n)
{
    struct cg_address parts;
    cg_access_end(cg);
    if (!cg_address_parts(cg, n, &parts)) {
        cg_site(cg, n, CODE_SITE_MEMORY);
        return;
    }
    cg_site(cg, n, CODE_SITE_FOLDED);
    if (!cg_grow(cg, &cg->folded, &cg->cap_folded, cg->nfolded, sizeof *cg->folded))
        return;
    cg->folded[cg->nfolded++] =
        (struct cg_folded){.start = cg->e.pos, .node = n, .free = cg->free & ABI_GPRS};
    cg->folded_open = true;
}

/* The index register of an access through memory 0's base, which always has a REX or long VEX
 * prefix. */
static unsigned index_of(const struct cg *cg, const struct cg_folded *a)
{
    enum { VEX3 = 0xc4, VEX_X = 0x40, REX_X = 2 };
    const uint8_t *at = cg->e.base + a->start;
    while (*at == 0x66 || *at == 0xf2 || *at == 0xf3)
        at++;
    dassert(*at == VEX3 || *at >> 4 == 4);
    bool x = *at == VEX3 ? !(at[1] & VEX_X) : (*at & REX_X) != 0;
    return (cg->e.base[a->sib] >> 3 & 7) | (unsigned)x << 3;
}

/* A register for the address that the instruction does not use otherwise, encoded with the same X
 * bit as the index: best, one that holds nothing. */
static unsigned spare_register(unsigned index, unsigned modrm, uint32_t free)
{
    static const uint8_t spare[2][3] = {{X64_RBX, X64_RSI, X64_RDI}, {X64_R9, X64_R10, X64_R11}};
    const uint8_t *of = spare[index >> 3];
    unsigned used = 1u << (index & 7) | 1u << (modrm >> 3 & 7);
    free &= index >> 3 ? ~(used << 8) & 0xff00 : ~used & 0xff;
    if (free)
        return (unsigned)__builtin_ctz(free);
    for (unsigned i = 0;; i++) {
        assert(i < ARRAY_LEN(spare[0]));
        if (!(used >> (of[i] & 7) & 1))
            return of[i];
    }
}

static struct x64_rm sum_of(unsigned index, const struct cg_address *parts)
{
    return parts->scale ? x64_mx(X64_NONE, index, parts->scale, parts->addend)
                        : x64_m(index, parts->addend);
}

static void emit_recovery(struct cg *cg, const struct cg_folded *a)
{
    enum { SIB_NO_SCALE = 0x3f, SIB_NO_INDEX = 0xc7 };
    struct x64_enc *e = &cg->e;
    struct cg_address parts;
    struct x64_rm scratch = x64_m(ABI_CTX, (int32_t)offsetof(struct wasm_ctx, scratch));
    bool folded = cg_address_parts(cg, a->node, &parts);
    uint32_t free = a->free & ~(ABI_CALLEE_SAVED & ~cg->saved);
    unsigned index = index_of(cg, a), t = spare_register(index, e->base[a->sib - 1], free);
    bool keep = !(free >> t & 1);
    dassert(folded);
    if (keep)
        x64_op(e, X64_MOV_STORE | X64_W, t, scratch);
    x64_op(e, X64_LEA, t, sum_of(index, &parts));
    if (parts.addend)
        x64_op(e, X64_LEA | X64_W, t, x64_m(t, -parts.addend));
    uint32_t at = e->pos;
    cg_site(cg, a->node, CODE_SITE_MEMORY);
    memcpy(e->base + at, e->base + a->start, a->end - a->start);
    uint8_t *sib = e->base + at + (a->sib - a->start);
    *sib = (uint8_t)((*sib & SIB_NO_SCALE & SIB_NO_INDEX) | (t & 7) << 3);
    e->pos += a->end - a->start;
    if (keep)
        x64_op(e, X64_MOV_LOAD | X64_W, t, scratch);
    x64_jmp_to(e, a->end);
}

void sel_recoveries(struct cg *cg)
{
    if (!cg->nfolded || cg->error)
        return;
    cg->recoveries = ARENA_ARRAY(cg->arena, struct code_recovery, cg->nfolded);
    if (!cg->recoveries) {
        cg->error = -ENOMEM;
        return;
    }
    for (uint32_t i = 0; i < cg->nfolded && cg_room(cg, RECOVERY_BYTES); i++) {
        cg->recoveries[i] = (struct code_recovery){cg->folded[i].start, cg->e.pos};
        emit_recovery(cg, &cg->folded[i]);
    }
}
