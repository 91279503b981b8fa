/* When a value of one type may stand where another is wanted (core spec 3.3). Types of different
 * modules are compared by their numbers, so they must have been numbered (rt/types.c). */
#pragma once

#include "wasm/module.h"

enum {
    WASM_BOTTOM = 0,                        /* what unreachable code pops: matches everything */
    WASM_REF_BOTTOM = 1 | WASM_REF_NONNULL, /* a reference from there: matches every reference */
};

/* Is type `index` of m, or one of its supertypes, the type with this number? */
bool wasm_type_is_sub(const struct wasm_module *m, uint32_t index, uint32_t super_id);
/* Does `sub`, of module ms, match `super`, of module m? */
bool wasm_valtype_matches(const struct wasm_module *ms, wasm_valtype_t sub,
                          const struct wasm_module *m, wasm_valtype_t super);
/* The same for n of them, and both of one module. */
bool wasm_valtypes_match(const struct wasm_module *m, const wasm_valtype_t *subs,
                         const wasm_valtype_t *supers, uint32_t n);
/* Are they the same type? */
bool wasm_valtype_equal(const struct wasm_module *ma, wasm_valtype_t a,
                        const struct wasm_module *mb, wasm_valtype_t b);
/* Does function type `sub` match `super`? Both of one module. */
bool wasm_functype_matches(const struct wasm_module *m, const struct wasm_functype *sub,
                           const struct wasm_functype *super);
