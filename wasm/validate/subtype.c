#include "wasm/validate/subtype.h"

#include "base/string.h"

#define BIT(code) (1u << ((code) - WASM_EXNREF))

/* Abstract heap types above an abstract heap type, itself not counted (3.3.3). */
static const uint16_t abstract_supers[] = {
    [WASM_NOEXNREF - WASM_EXNREF] = BIT(WASM_EXNREF),
    [WASM_NOFUNCREF - WASM_EXNREF] = BIT(WASM_FUNCREF),
    [WASM_NOEXTERNREF - WASM_EXNREF] = BIT(WASM_EXTERNREF),
    [WASM_NONEREF - WASM_EXNREF] = BIT(WASM_I31REF) | BIT(WASM_STRUCTREF) | BIT(WASM_ARRAYREF) |
                                   BIT(WASM_EQREF) | BIT(WASM_ANYREF),
    [WASM_I31REF - WASM_EXNREF] = BIT(WASM_EQREF) | BIT(WASM_ANYREF),
    [WASM_STRUCTREF - WASM_EXNREF] = BIT(WASM_EQREF) | BIT(WASM_ANYREF),
    [WASM_ARRAYREF - WASM_EXNREF] = BIT(WASM_EQREF) | BIT(WASM_ANYREF),
    [WASM_EQREF - WASM_EXNREF] = BIT(WASM_ANYREF),
};

bool wasm_type_is_sub(const struct wasm_module *m, uint32_t index, uint32_t super_id)
{
    while (m->type_ids[index] != super_id) {
        index = m->subtypes[index].super;
        if (index == WASM_NO_SUPER)
            return false;
    }
    return true;
}

static bool heap_matches(const struct wasm_module *ms, wasm_valtype_t sub,
                         const struct wasm_module *m, wasm_valtype_t super)
{
    unsigned a = wasm_valtype_code(sub), b = wasm_valtype_code(super);

    if (a == (WASM_REF_BOTTOM & 0xff))
        return true;
    if (a == WASM_REF && b == WASM_REF)
        return wasm_type_is_sub(ms, wasm_valtype_index(sub),
                                m->type_ids[wasm_valtype_index(super)]);
    if (a == WASM_REF)
        return b == WASM_FUNCREF; /* all types that are defined are functions */
    if (b == WASM_REF)
        return a == WASM_NOFUNCREF;
    return a == b || (b >= WASM_EXNREF && abstract_supers[a - WASM_EXNREF] & BIT(b));
}

bool wasm_valtype_matches(const struct wasm_module *ms, wasm_valtype_t sub,
                          const struct wasm_module *m, wasm_valtype_t super)
{
    if (sub == WASM_BOTTOM)
        return true;
    if (!wasm_valtype_is_ref(sub) || !wasm_valtype_is_ref(super))
        return sub == super;
    if (wasm_valtype_has_default(sub) && !wasm_valtype_has_default(super))
        return false;
    return heap_matches(ms, sub, m, super);
}

bool wasm_valtypes_match(const struct wasm_module *m, const wasm_valtype_t *subs,
                         const wasm_valtype_t *supers, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (subs[i] != supers[i] && !wasm_valtype_matches(m, subs[i], m, supers[i]))
            return false;
    return true;
}

bool wasm_valtype_equal(const struct wasm_module *ma, wasm_valtype_t a,
                        const struct wasm_module *mb, wasm_valtype_t b)
{
    const wasm_valtype_t kind = (1u << WASM_REF_INDEX_SHIFT) - 1;

    if (!wasm_valtype_is_concrete(a) || !wasm_valtype_is_concrete(b))
        return a == b;
    return (a & kind) == (b & kind) &&
           ma->type_ids[wasm_valtype_index(a)] == mb->type_ids[wasm_valtype_index(b)];
}

bool wasm_functype_matches(const struct wasm_module *m, const struct wasm_functype *sub,
                           const struct wasm_functype *super)
{
    return sub->nparams == super->nparams && sub->nresults == super->nresults &&
           wasm_valtypes_match(m, super->params, sub->params, sub->nparams) &&
           wasm_valtypes_match(m, sub->results, super->results, sub->nresults);
}
