/* The verifier of machine code: what the compiler has made of a function is read again, byte by
 * byte, and accepted only if every way through it stays inside the sandbox. It knows the Intel
 * manual, the calling convention (docs/engine.md) and what the engine promises about its own data;
 * of the compiler it knows nothing. docs/verifier.md has the rules and what stays trusted. */
#pragma once

#include "wasm/jit/code.h"
#include "wasm/module.h"
#include "wasm/rt/ctx.h"

/* A stub of the runtime, which compiled code may call. */
struct verify_stub {
    uint32_t at; /* in the module's code range */
    /* What its parameters number, in rsi rdx rcx r8 r9: m memory, t table, e element segment, d
     * data segment, g tag; - anything */
    char args[6];
    bool narrow; /* rax holds a zero-extended i32 or reference afterwards */
    bool ends;   /* never comes back */
    bool throws; /* makes the exception whose values are stored next: args is "g" */
};

/* What a function's code may rely on. */
struct verify_sig {
    uint32_t param_bytes, result_bytes; /* of the caller's area */
    uint16_t param_short, result_short; /* registers with zero-extended i32 and references */
};

/* Of a module, the same for all its functions. */
struct verify_module {
    const struct wasm_module *m;
    const struct ctx_layout *layout;
    const struct verify_stub *stubs; /* ascending */
    uint32_t nstubs;
    uint32_t check_indirect; /* the stub that looks for sub types */
    struct verify_sig *sigs; /* per type */
    uint32_t *by_id;         /* hash: 1 + a type with that number; 0: free */
    uint32_t nbuckets;       /* a power of two */
    uint32_t payload_bytes;  /* the most that an exception of its tags carries */
    bool wide;               /* has a 64-bit memory */
};

/* A call_ref, with the type that validation gave it. */
struct verify_ref {
    uint32_t at; /* the call's last byte */
    uint32_t type;
};

/* A function's code as it lies in code memory, before anything runs it. */
struct verify_func {
    const uint8_t *code; /* start of the module's code range */
    const struct code_body *body;
    const struct verify_ref *refs; /* ascending */
    uint32_t nrefs;
    /* The function whose slot or body starts there; UINT32_MAX: none. */
    uint32_t (*func_at)(void *arg, uint32_t at);
    void *arg;
};

struct verify_error {
    const char *rule; /* what it breaks */
    uint32_t at;      /* offset in the module's code range */
};

/* Fills sigs and by_id, which the caller has allocated: ntypes entries, and zeroed nbuckets, at
 * least 2 * ntypes. */
void verify_prepare(struct verify_module *v);
/* 0; -EFAULT and *out if the code is refused; -ENOMEM. Scratch memory comes from the arena. Time
 * and memory are linear in the code's length. */
MUSTUSE int verify_run(const struct verify_module *v, const struct verify_func *f, struct arena *a,
                       struct verify_error *out);
