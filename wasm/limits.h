/* What the engine accepts at most. The first part is what every engine with a JavaScript API agreed
 * on (WebAssembly JavaScript interface, "Implementation-defined limits"); the second is this
 * engine's own. */
#pragma once

enum {
    WASM_MODULE_BYTES_MAX = 1 << 30,
    WASM_TYPES_MAX = 1000000,
    WASM_SUBTYPE_DEPTH_MAX = 63, /* supertypes above a type */
    WASM_FUNCS_MAX = 1000000,    /* imported ones included, as in every index space */
    WASM_IMPORTS_MAX = 1000000,
    WASM_EXPORTS_MAX = 1000000,
    WASM_GLOBALS_MAX = 1000000,
    WASM_TAGS_MAX = 1000000,
    WASM_DATAS_MAX = 100000,
    WASM_TABLES_MAX = 100000,
    WASM_ELEMS_MAX = 10000000,         /* segments */
    WASM_ELEM_ENTRIES_MAX = 10000000,  /* entries of all segments together */
    WASM_TABLE_ENTRIES_MAX = 10000000, /* of one table while it runs */
    WASM_PARAMS_MAX = 1000,
    WASM_RESULTS_MAX = 1000,
    WASM_LOCALS_MAX = 50000, /* parameters included */
    WASM_BODY_BYTES_MAX = 7654321,
    WASM_NAME_BYTES_MAX = 100000,

    WASM_MEMORIES_MAX = 100,              /* the compiler keeps the index in a byte */
    WASM_BLOCK_DEPTH_MAX = 100000,        /* nested blocks in a function */
    WASM_STACK_VALUES_MAX = 1000000,      /* operand stack of a function */
    WASM_EXCEPTIONS_MAX = 1 << 20,        /* alive at once in a store … */
    WASM_EXCEPTION_BYTES_MAX = 256 << 20, /* … and what they may take */
    WASM_CONST_DEPTH_MAX = 128,           /* operand stack of a constant expression */
    WASM_SIMD_SUPPORTED = 1,              /* 1: the compiler has vectors, so modules may use them */
};

#define WASM_PAGE_BYTES         65536ull
#define WASM_MEMORY_PAGES_MAX   65536ull
#define WASM_MEMORY64_PAGES_MAX (1ull << 48)
/* A memory reserves its limit, a guard behind it, and a little below. An index below the limit
 * needs no further check, then, and every 32-bit index is: the limit is never below 4 GiB. The
 * guard takes a 32-bit offset and a 16-byte access; and, behind 4 GiB, every 32-bit index times
 * eight plus a displacement (x64/fuse_address.c). The limit of a 64-bit memory depends on its
 * maximum and on what address space there is. Below: how far a negative addend may reach; a large
 * page, so that the base is aligned as the reservation is. */
#define WASM_MEMORY_LIMIT_MIN   (4ull << 30)
#define WASM_MEMORY64_LIMIT_MAX (1ull << 38)
#define WASM_MEMORY_GUARD_BYTES ((30ull << 30) + WASM_PAGE_BYTES)
#define WASM_MEMORY_BELOW_BYTES (2ull << 20)
/* Every 32-bit index into a table of 16-byte entries. */
#define WASM_TABLE_RESERVE_BYTES (1ull << 36)
