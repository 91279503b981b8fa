/* Stores and instances as the runtime's own files see them (core spec 4.2). Nothing of a store is
 * freed before the store: an instance whose segments trapped stays too, because a shared table may
 * name its functions. */
#pragma once

#include "base/bitmap.h"
#include "wasm/jit/code.h"
#include "wasm/limits.h"
#include "wasm/module.h"
#include "wasm/rt/ctx.h"

/* An exception (4.2.15: exception instances). */
struct exception {
    const struct wasm_functype *type; /* of its tag: what it carries */
    uint32_t tag, ref;                /* the tag's number; its own */
    bool escaped;                     /* somebody may have a reference: only collection frees it */
    bool marked;                      /* while collecting: reached */
    struct exception *next;           /* in a list of those marked, or spare */
    union wasm_value payload[];
};

#define EXCEPTION_CLASSES 9

/* A store's exceptions by number (exception.c). */
struct exception_heap {
    struct exception **at; /* [0] unused; a free one holds the number of the next << 1 | 1 */
    uint32_t count, cap, free;
    uint32_t live, collect_at; /* how many there are; with how many to look for garbage */
    uint8_t *base;             /* of the objects: a reservation, NULL before the first */
    size_t used, committed;
    struct exception *spare[EXCEPTION_CLASSES]; /* freed ones, by size */
};

struct wasm_store {
    const struct wasm_host *host;
    void *owner;
    struct code_store *code;
    struct wasm_thread *threads;     /* linked by wasm_thread.next */
    struct wasm_instance *instances; /* linked by wasm_instance.next */
    struct wasm_funcdesc *funcdescs; /* [0] unused */
    uint32_t nfuncdescs, cap_funcdescs;
    uint32_t ntags; /* numbers given to tags so far */
    struct exception_heap exceptions;
    struct wasm_trap_info trap; /* of the last instantiation that trapped */
};

struct wasm_instance {
    struct wasm_store *store;
    struct wasm_module *module;
    struct wasm_instance *next;
    void *user;
    struct wasm_ctx *ctx;
    struct ctx_layout layout;
    struct instance_func *imports;           /* who stands behind each imported function */
    struct instance_global *global_imports;  /* and each imported global */
    uint64_t *dropped_elems, *dropped_datas; /* bit maps */
};

/* A function wherever it comes from. */
struct instance_func {
    struct wasm_instance *instance; /* that defines it, or imported it from the host */
    uint32_t func;                  /* there */
    void (*host_func)(void);        /* NULL: not of the host */
    const void *code;               /* enterable from any instance of the store */
};

/* A global where it is defined. */
struct instance_global {
    const struct wasm_instance *instance;
    uint32_t global;
};

static inline void *store_alloc(struct wasm_store *s, size_t bytes)
{
    return s->host->alloc(s->owner, bytes);
}

static inline void store_free(struct wasm_store *s, void *p, size_t bytes)
{
    if (p)
        s->host->free(s->owner, p, bytes);
}

static inline struct ctx_memory_ref *instance_memory(const struct wasm_instance *i, uint32_t index)
{
    dassert(index < i->module->nmemories);
    return (struct ctx_memory_ref *)((char *)i->ctx + i->layout.memories) + index;
}

static inline struct ctx_table_ref *instance_table(const struct wasm_instance *i, uint32_t index)
{
    dassert(index < i->module->ntables);
    return (struct ctx_table_ref *)((char *)i->ctx + i->layout.tables) + index;
}

static inline struct ctx_import *instance_import(const struct wasm_instance *i, uint32_t func)
{
    dassert(func < i->module->nimported_funcs);
    return (struct ctx_import *)((char *)i->ctx + i->layout.imports) + func;
}

/* Where a global's value lives: here, or in the instance it was imported from. */
static inline union wasm_value *instance_global(const struct wasm_instance *i, uint32_t index)
{
    const struct wasm_global *g = &i->module->globals[index];
    void *slot = (char *)i->ctx + g->ctx_offset;

    dassert(index < i->module->nglobals);
    return g->imported ? *(union wasm_value **)slot : slot;
}

static inline uint32_t *instance_tag(const struct wasm_instance *i, uint32_t index)
{
    dassert(index < i->module->ntags);
    return (uint32_t *)((char *)i->ctx + i->layout.tags) + index;
}

/* Number of the type of a function of the instance, as the instance declares it. */
static inline uint32_t instance_type_id(const struct wasm_instance *i, uint32_t func)
{
    return i->module->type_ids[i->module->funcs[func].type];
}

/* ---- types.c ---- */

/* Numbers a decoded module's types (type_ids), which validation wants. 0 or -ENOMEM. */
MUSTUSE int types_intern(struct wasm_module *m);
/* Forgets them; harmless if types_intern failed or never ran. */
void types_release(struct wasm_module *m);
/* Are they written equally? */
bool types_equal(const struct wasm_functype *a, const struct wasm_functype *b);
extern uint32_t types__next_id; /* the next number to try; for tests */

/* ---- memory.c ---- */

MUSTUSE int memory_create(const struct wasm_host *host, void *owner,
                          const struct wasm_limits *limits, struct ctx_memory **out);
struct ctx_memory *memory_get(struct ctx_memory *mem);
void memory_put(struct ctx_memory *mem);
/* Old size in pages, or -ENOMEM and nothing has changed. */
MUSTUSE int64_t memory_grow(struct ctx_memory *mem, uint64_t pages);
static inline uint64_t memory_size(const struct ctx_memory *mem)
{
    return __atomic_load_n(&mem->size_bytes, __ATOMIC_ACQUIRE);
}
/* Is [at, at + n) inside? Without overflow. */
static inline bool memory_has(const struct ctx_memory *mem, uint64_t at, uint64_t n)
{
    uint64_t size = memory_size(mem);
    return at <= size && n <= size - at;
}

/* ---- table.c ---- */

MUSTUSE int table_create(struct wasm_store *s, struct wasm_instance *definer,
                         const struct wasm_tabletype *type, struct ctx_table **out);
void table_put(struct wasm_store *s, struct ctx_table *t);
/* Another instance gets the table: its entries must become enterable from anywhere. 0 or -ENOMEM.
 */
MUSTUSE int table_share(struct wasm_store *s, struct ctx_table *t);
/* The entry for a reference of the table's type; 0 is null. 0 or -ENOMEM. */
MUSTUSE int table_entry(struct wasm_store *s, const struct ctx_table *t, uint32_t ref,
                        struct ctx_table_entry *out);
/* Grows by n entries equal to *fill; old size, or -ENOMEM and nothing has changed. */
MUSTUSE int64_t table_grow(struct wasm_store *s, struct ctx_table *t, uint64_t n,
                           const struct ctx_table_entry *fill);
static inline bool table_has(const struct ctx_table *t, uint64_t at, uint64_t n)
{
    return at <= t->size && n <= t->size - at;
}
/* table.init (4.4.6): 0, WASM_TRAPPED when out of bounds (nothing written), -ENOMEM. */
MUSTUSE int table_init(struct wasm_instance *i, uint32_t table, uint32_t segment, uint64_t dst,
                       uint64_t src, uint64_t n);
/* memory.init: 0 or WASM_TRAPPED. */
MUSTUSE int memory_init(struct wasm_instance *i, uint32_t memory, uint32_t segment, uint64_t dst,
                        uint64_t src, uint64_t n);

/* ---- exception.c ---- */

/* When the store goes. */
void exceptions_destroy(struct wasm_store *s);

/* ---- constexpr.c ---- */

/* A validated constant expression's value; its type follows from where it stands. */
union wasm_value constexpr_eval(const struct wasm_instance *i, const struct wasm_expr *e);

/* ---- funcref.c ---- */

/* Numbers for the functions of `i` that references may name; sets ctx->first_funcref. 0 or -ENOMEM.
 */
MUSTUSE int funcrefs_create(struct wasm_instance *i);
/* Gives the latest instance's numbers back. */
void funcrefs_undo(struct wasm_instance *i, uint32_t old_count);
/* The code to enter a funcref's function from anywhere; NULL: out of memory. ref is not 0. */
const void *funcref_code(struct wasm_store *s, uint32_t ref);
/* The function behind an index of an instance. */
struct instance_func instance_func(const struct wasm_instance *i, uint32_t func);
/* Is the function, not null, of the type with this number, or of a sub type of it? */
bool funcref_has_type(const struct wasm_store *s, uint32_t ref, uint32_t type_id);
/* Code that enters it from any instance, made on demand; NULL: out of memory. */
const void *instance_func_code(struct wasm_store *s, const struct instance_func *f,
                               const struct wasm_functype *type);
