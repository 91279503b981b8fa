/* The only door into the engine. WebAssembly core specification 3.0 but for what is refused as not
 * supported yet, compiled to x86-64.
 *
 * module: decoded, validated bytes; holds the compiled code; shared by its instances.
 * store: a set of instances that may call each other, with one owner. In the kernel: one per
 * process. instance: memories, tables, globals. thread: a stack that wasm code runs on.
 *
 * Errors are negative errno values; a program's own fault is a trap and comes back as WASM_TRAPPED.
 */
#pragma once

#include "base/base.h"
#include "wasm/host.h"

struct wasm_module;
struct wasm_store;
struct wasm_instance;
struct wasm_thread;

/* Why a module was refused. The first error wins. */
struct wasm_error {
    char what[192];  /* whole sentence: "function 12 'foo' at 0x1a3: i32 expected, f64 found" */
    uint32_t offset; /* in the module's bytes */
    int op;          /* opcode (prefix << 8 | code), -1 if none */
};

enum wasm_kind { WASM_FUNC, WASM_TABLE, WASM_MEMORY, WASM_GLOBAL, WASM_TAG };

/* A value type (core spec 2.3.5), one number. Low byte: the specification's code (5.3) of a number
 * or vector type or of an abstract heap type, whose reference is nullable; or WASM_REF for a
 * reference to a type of the module's type section, whose index stands above. Numbers are equal if
 * the types are written equally; whether they are equal, or one is a subtype, says
 * validate/subtype.h. */
typedef uint32_t wasm_valtype_t;
enum {
    WASM_I32 = 0x7f,
    WASM_I64 = 0x7e,
    WASM_F32 = 0x7d,
    WASM_F64 = 0x7c,
    WASM_V128 = 0x7b,
    WASM_NOEXNREF = 0x74,
    WASM_NOFUNCREF = 0x73,
    WASM_NOEXTERNREF = 0x72,
    WASM_NONEREF = 0x71,
    WASM_FUNCREF = 0x70,
    WASM_EXTERNREF = 0x6f,
    WASM_ANYREF = 0x6e,
    WASM_EQREF = 0x6d,
    WASM_I31REF = 0x6c,
    WASM_STRUCTREF = 0x6b,
    WASM_ARRAYREF = 0x6a,
    WASM_EXNREF = 0x69,
    WASM_REF = 0x64,

    WASM_REF_NONNULL = 1 << 8,
    WASM_REF_INDEX_SHIFT = 9,
};

/* The code: a number or vector type, an abstract heap type, or WASM_REF. */
static inline unsigned wasm_valtype_code(wasm_valtype_t t)
{
    return t & 0xff;
}
static inline bool wasm_valtype_is_ref(wasm_valtype_t t)
{
    return wasm_valtype_code(t) <= WASM_NOEXNREF && t;
}
/* Has it a default value (2.3.5)? */
static inline bool wasm_valtype_has_default(wasm_valtype_t t)
{
    return !(t & WASM_REF_NONNULL);
}
/* Does it refer to a type of the type section? */
static inline bool wasm_valtype_is_concrete(wasm_valtype_t t)
{
    return wasm_valtype_code(t) == WASM_REF;
}
static inline uint32_t wasm_valtype_index(wasm_valtype_t t)
{
    return t >> WASM_REF_INDEX_SHIFT;
}
/* The nullable reference to a type of the type section. */
static inline wasm_valtype_t wasm_valtype_ref(uint32_t index)
{
    return WASM_REF | index << WASM_REF_INDEX_SHIFT;
}
/* Is it a reference to functions? */
static inline bool wasm_valtype_is_func(wasm_valtype_t t)
{
    unsigned code = wasm_valtype_code(t);
    return code == WASM_FUNCREF || code == WASM_NOFUNCREF || code == WASM_REF;
}

struct wasm_functype {
    uint32_t nparams, nresults;
    const wasm_valtype_t *params, *results;
};

/* One slot per value everywhere a value crosses the engine's door. References are 32-bit handles: 0
 * is null, a reference to a function is its store-wide number, an externref whatever the embedder
 * put in (not 0). Who passes references in answers for their types: no null where the type has
 * none, and as functions only what this store gave out as being of that type. */
union wasm_value {
    uint32_t i32;
    uint64_t i64;
    uint32_t f32_bits;
    uint64_t f64_bits;
    uint32_t ref;
    uint64_t v128[2];
};

enum wasm_trap {
#define TRAP(id, message) WASM_TRAP_##id,
#include "wasm/traps.def"
#undef TRAP
    WASM_TRAP_COUNT
};
const char *wasm_trap_message(enum wasm_trap kind); /* the specification's own words */

/* ---- modules ---- */

/* Decodes and validates. Copies nothing: `bytes` must outlive the module. Nothing is compiled yet.
 * 0; -EINVAL malformed or invalid (err filled); -ENOTSUP a later proposal (err filled); -ENOMEM. */
MUSTUSE int wasm_module_create(const struct wasm_host *host, void *owner, const uint8_t *bytes,
                               size_t len_bytes, struct wasm_module **out, struct wasm_error *err);
/* All instances must be gone. */
void wasm_module_destroy(struct wasm_module *m);
/* Compiles every function now; otherwise each is compiled at its first call. 0 or -ENOMEM. */
MUSTUSE int wasm_module_compile_all(struct wasm_module *m);

/* What has been compiled so far; may be asked while a function is being compiled. */
struct wasm_code_stats {
    uint32_t functions, compiled; /* defined in the module; of them compiled */
    uint64_t code_bytes;          /* of machine code of these, alignment included */
};
void wasm_module_code_stats(const struct wasm_module *m, struct wasm_code_stats *out);

/* The next function that `seen`, zero at first, has not been told of; false: there is none yet.
 * What is called is told in the order of compilation, and so is what is compiled ahead. */
struct wasm_compiled {
    uint32_t func;
    uint32_t len_bytes;
    const void *code;
};
struct wasm_compiled_seen {
    uint32_t n[2];
};
bool wasm_module_compiled(const struct wasm_module *m, struct wasm_compiled_seen *seen,
                          struct wasm_compiled *out);

struct wasm_import_desc {
    const char *module, *name; /* not NUL-terminated: bytes of the file */
    uint32_t module_len, name_len;
    enum wasm_kind kind;
    const struct wasm_functype *type; /* WASM_FUNC */
    bool shared;                      /* WASM_MEMORY: shared, of min to max pages */
    uint64_t min, max;
};
uint32_t wasm_module_import_count(const struct wasm_module *m);
void wasm_module_import(const struct wasm_module *m, uint32_t index, struct wasm_import_desc *out);
/* Name section or export name of a function, "" if it has none; not NUL-terminated. */
const char *wasm_module_func_name(const struct wasm_module *m, uint32_t func, uint32_t *out_len);

/* ---- stores and instances ---- */

MUSTUSE int wasm_store_create(const struct wasm_host *host, void *owner, struct wasm_store **out);
/* Destroys its threads and instances, not the modules. */
void wasm_store_destroy(struct wasm_store *s);

/* A host function takes the calling instance, then the wasm parameters as C integers and floats of
 * the same width, and returns at most one result: int32_t fd_read(struct wasm_instance *, int32_t,
 * uint32_t…). It runs on the embedder's stack, may block, and may end the program with wasm_trap or
 * wasm_exit. */
struct wasm_extern {
    enum wasm_kind kind;
    void (*host_func)(void);               /* WASM_FUNC of the host, or NULL … */
    const struct wasm_functype *host_type; /* … its type, in terms of the importing module */
    struct ctx_memory *memory;             /* WASM_MEMORY: a shared one, or NULL */
    struct wasm_instance *instance;        /* otherwise: an export of this instance … */
    uint32_t index;                        /* … in its index space */
};

/* A shared memory (threads proposal) is the one thing that instances of several stores, and so
 * several threads, may have at once; each store is used by one thread at a time, and so is an
 * instance. Modules may be shared as well. `owner` is charged for all of it, and must outlive it.
 * 0 or -ENOMEM. */
struct ctx_memory;
MUSTUSE int wasm_shared_memory_create(const struct wasm_host *host, void *owner, uint64_t min_pages,
                                      uint64_t max_pages, struct ctx_memory **out);
/* Gives up the creator's reference; instances have their own. */
void wasm_shared_memory_put(struct ctx_memory *memory);
/* Memory `index` of an instance as an import for another store; no reference. NULL: not shared. */
struct ctx_memory *wasm_instance_shared_memory(const struct wasm_instance *i, uint32_t index);

/* What the last instantiation that returned WASM_TRAPPED ran into; no frames. */
const struct wasm_trap_info *wasm_store_trap(const struct wasm_store *s);

/* Finds what satisfies import number `index`; 0 or -ENOENT. */
typedef int (*wasm_resolve_fn)(void *arg, const struct wasm_import_desc *import, uint32_t index,
                               struct wasm_extern *out);

/* Allocates, initialises (segments) but does not run the start function.
 * 0; -ENOENT / -EINVAL unknown or incompatible import (err filled); -ENOMEM; WASM_TRAPPED if a
 * segment is out of bounds (store->trap filled). `user` is for the embedder: wasm_instance_user. */
MUSTUSE int wasm_instance_create(struct wasm_store *s, struct wasm_module *m,
                                 wasm_resolve_fn resolve, void *resolve_arg, void *user,
                                 struct wasm_instance **out, struct wasm_error *err);
void *wasm_instance_user(const struct wasm_instance *i);
struct wasm_module *wasm_instance_module(const struct wasm_instance *i);
/* 0 or -ENOENT. */
MUSTUSE int wasm_instance_export(const struct wasm_instance *i, const char *name, size_t name_len,
                                 enum wasm_kind kind, uint32_t *out_index);
/* The start function's index, or -ENOENT. */
int wasm_instance_start(const struct wasm_instance *i);
const struct wasm_functype *wasm_instance_func_type(const struct wasm_instance *i, uint32_t func);

/* Memory `index` as bytes; the base never moves, the size only grows. NULL/0 if there is no such
 * memory. */
uint8_t *wasm_memory_base(const struct wasm_instance *i, uint32_t index);
uint64_t wasm_memory_size(const struct wasm_instance *i, uint32_t index);
/* The bytes [at, at + n) of it; NULL if any of them is not there. */
void *wasm_memory_at(const struct wasm_instance *i, uint32_t index, uint64_t at, uint64_t n);
/* Are its addresses 64 bits wide? */
bool wasm_memory_is64(const struct wasm_instance *i, uint32_t index);
/* Grows by pages of 64 KiB; the old size in pages, or -ENOMEM. */
MUSTUSE int64_t wasm_memory_grow(struct wasm_instance *i, uint32_t index, uint64_t pages);
int wasm_global_get(const struct wasm_instance *i, uint32_t index, union wasm_value *out);

/* ---- running ---- */

/* Outside the errno range. */
enum { WASM_TRAPPED = -1000, WASM_EXITED = -1001, WASM_THROWN = -1002 };

#define WASM_BACKTRACE_MAX 16
struct wasm_frame {
    uint32_t func;   /* index in the module */
    uint32_t offset; /* of the instruction, in the module's bytes; 0 if unknown */
    const struct wasm_module *module;
};
struct wasm_trap_info {
    enum wasm_trap kind;
    uint32_t nframes; /* frames[0] is where it happened */
    struct wasm_frame frames[WASM_BACKTRACE_MAX];
};

/* A stack of `stack_bytes` with a guard below. 0 or -ENOMEM. */
MUSTUSE int wasm_thread_create(struct wasm_store *s, size_t stack_bytes, struct wasm_thread **out);
void wasm_thread_destroy(struct wasm_thread *t);
const struct wasm_trap_info *wasm_thread_trap(const struct wasm_thread *t);
int wasm_thread_exit_status(const struct wasm_thread *t);

/* Calls function `func` of `i` on `t`. args/results: one slot per parameter and result.
 * 0; WASM_TRAPPED (wasm_thread_trap tells); WASM_EXITED (wasm_exit was called); WASM_THROWN: an
 * exception that nobody has caught (wasm_thread_exception; wasm_thread_trap tells where it was
 * thrown). */
MUSTUSE int wasm_call(struct wasm_thread *t, struct wasm_instance *i, uint32_t func,
                      const union wasm_value *args, union wasm_value *results);

/* From within a host function only. None returns. No lock may be held. */
NORETURN void wasm_trap(struct wasm_instance *i, enum wasm_trap kind);
NORETURN void wasm_exit(struct wasm_instance *i, int status);
/* Throws an exception (not 0) out of the host function into its caller; also one that a wasm_call
 * made there has returned. */
NORETURN void wasm_throw(struct wasm_instance *i, uint32_t exception);

/* ---- exceptions: references as in union wasm_value ---- */

/* A new one with a tag of the instance; `values`: one slot per parameter of the tag's type. It is
 * alive while compiled code can name it, and until the next call of this function or wasm_call on
 * the store by the embedder. 0 or -ENOMEM. */
MUSTUSE int wasm_exception_create(struct wasm_instance *i, uint32_t tag,
                                  const union wasm_value *values, uint32_t *out);
/* What the last outermost wasm_call on `t`, or the last within the running host function, that
 * returned WASM_THROWN ended with; 0 if none has. */
uint32_t wasm_thread_exception(const struct wasm_thread *t);
/* Is it one of this tag? */
bool wasm_exception_has_tag(const struct wasm_instance *i, uint32_t exception, uint32_t tag);
/* The values it carries, and their types. */
const union wasm_value *wasm_exception_values(const struct wasm_store *s, uint32_t exception,
                                              const struct wasm_functype **out_type);

/* ---- faults and interrupts: called by the embedder's fault handler with the interrupted registers
 * ---- */

struct wasm_regs {
    uint64_t gpr[16]; /* rax rcx rdx rbx rsp rbp rsi rdi r8 … r15: encoding order */
    uint64_t pc, flags;
};
enum wasm_fault {
    WASM_FAULT_PAGE,
    WASM_FAULT_DIVIDE,
    WASM_FAULT_INVALID_OPCODE,
    WASM_FAULT_PROTECTION
};

/* Is pc in code compiled for this thread's store? Safe at any moment on the CPU that runs `t`. */
bool wasm_pc_is_code(const struct wasm_thread *t, uint64_t pc);
/* A hardware fault at regs->pc (address: of the access, page faults only; the embedder has already
 * ruled out demand paging). If it is a trap of compiled code, records it, redirects *regs so that
 * resuming them makes wasm_call return WASM_TRAPPED, and returns true. It may also be an access
 * whose address has to be computed in full: then the registers are redirected to where compiled
 * code does that. */
bool wasm_fault_to_trap(struct wasm_thread *t, enum wasm_fault fault, uint64_t address,
                        struct wasm_regs *regs);
/* The same for a reason from outside (Ctrl-C, kill, limits) when an interrupt hit compiled code. */
void wasm_interrupt_to_trap(struct wasm_thread *t, enum wasm_trap kind, struct wasm_regs *regs);
