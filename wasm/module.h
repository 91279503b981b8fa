/* A decoded module (core spec 2.5): plain arrays in one arena. Written by decode/, checked by
 * validate/, read by jit/ and rt/. Internal to the engine. */
#pragma once

#include "base/arena.h"
#include "wasm/jit/options.h"
#include "wasm/wasm.h"

/* A slice of the module's bytes. */
struct wasm_bytes {
    const uint8_t *at;
    uint32_t len;
};

struct wasm_limits {
    uint64_t min, max; /* pages or elements; max = UINT64_MAX when absent */
    bool has_max, shared, is64;
};

/* The type of addresses and sizes (core spec 2.3.11). */
static inline wasm_valtype_t wasm_limits_addrtype(const struct wasm_limits *l)
{
    return l->is64 ? WASM_I64 : WASM_I32;
}

struct wasm_tabletype {
    wasm_valtype_t elem;
    struct wasm_limits limits;
};

struct wasm_globaltype {
    wasm_valtype_t type;
    bool mutable_;
};

/* A constant expression's code, `end` included; run by rt/constexpr.c. */
struct wasm_expr {
    struct wasm_bytes code;
};

struct wasm_import {
    struct wasm_bytes module, name;
    enum wasm_kind kind;
    uint32_t index; /* in the index space of its kind */
};

struct wasm_export {
    struct wasm_bytes name;
    enum wasm_kind kind;
    uint32_t index;
};

/* What a type definition says beside its composite type, which is a function type (2.3.10). */
struct wasm_subtype {
    uint32_t group;  /* the first type of its recursive group … */
    uint32_t ngroup; /* … and how many it has */
    uint32_t super;  /* WASM_NO_SUPER: none */
    uint8_t depth;   /* supertypes above it */
    bool final;
};
#define WASM_NO_SUPER UINT32_MAX

struct wasm_func {
    uint32_t type; /* index into types[] */
    bool imported;
    bool declared_ref;      /* may be the operand of ref.func (spec 3.4.10: C.refs) */
    struct wasm_bytes body; /* locals and code; empty for imports */
    struct wasm_bytes name; /* name section, else an export's name, else empty */
    uint32_t nlocals;       /* parameters included; set by validation */
    uint32_t max_stack;     /* operand stack height; set by validation */
    uint32_t nblocks;       /* number of block/loop/if; set by validation */
    bool may_inline; /* no loop, try or tail call: may be built into callers, and needs no scan; set
                        by validation */
};

struct wasm_global {
    struct wasm_globaltype type;
    bool imported;
    struct wasm_expr init;
    uint32_t ctx_offset; /* of its 16-byte slot (defined) or of the pointer to it (imported) in
                            wasm_ctx */
};

struct wasm_table {
    struct wasm_tabletype type;
    bool imported;
    struct wasm_expr init; /* empty: null */
};

struct wasm_memory {
    struct wasm_limits limits;
    bool imported;
};

/* A tag (2.5.6): its type's parameters are what an exception carries. */
struct wasm_tag {
    uint32_t type; /* index into types[] */
    bool imported;
};

enum wasm_segment_mode { WASM_SEGMENT_PASSIVE, WASM_SEGMENT_ACTIVE, WASM_SEGMENT_DECLARATIVE };

struct wasm_elem {
    enum wasm_segment_mode mode;
    wasm_valtype_t type;
    uint32_t table;
    struct wasm_expr offset;
    uint32_t count;
    uint32_t *funcs; /* function indices, or NULL: then exprs is set */
    struct wasm_expr *exprs;
};

struct wasm_data {
    enum wasm_segment_mode mode;
    uint32_t memory;
    struct wasm_expr offset;
    struct wasm_bytes bytes;
};

struct jit_watch;
struct wasm_type_group;
struct wasm_code; /* compiled functions: jit/code.h */

struct wasm_module {
    const struct wasm_host *host;
    void *owner;
    struct arena arena;
    const uint8_t *bytes;
    uint32_t len_bytes;

    struct wasm_functype *types;
    struct wasm_subtype *subtypes; /* beside types */
    uint32_t
        *type_ids; /* engine-wide canonical number (> 0) per type: equal types, equal numbers */
    struct wasm_type_group *type_groups; /* rt/types.c: one per recursive group, while numbered */
    struct wasm_import *imports;
    struct wasm_func *funcs; /* each index space: imports first */
    struct wasm_table *tables;
    struct wasm_memory *memories;
    struct wasm_global *globals;
    struct wasm_tag *tags;
    struct wasm_export *exports;
    struct wasm_elem *elems;
    struct wasm_data *datas;
    uint32_t ntypes, ngroups, ntype_groups, nimports, nfuncs, ntables, nmemories, nglobals, ntags,
        nexports, nelems, ndatas;
    uint32_t nimported_funcs, nimported_tables, nimported_memories, nimported_globals,
        nimported_tags;
    int64_t start; /* function index, or -1 */
    bool has_data_count;
    uint32_t data_count;
    uint32_t code_offset;   /* of the code section's contents in bytes */
    uint32_t nclauses;      /* of try_tables, in all functions; set by validation */
    struct wasm_bytes name; /* module name, from the name section */

    struct wasm_code *code;
    struct jit_options jit;        /* zero: no test is going on */
    const struct jit_watch *watch; /* a dump is being made (jit/watch.h); else NULL */
    uint32_t ninstances;
};
