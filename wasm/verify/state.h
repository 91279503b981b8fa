/* What the verifier knows at a point of the code, and the walk's own data. */
#pragma once

#include "wasm/verify/insn.h"
#include "wasm/verify/verify.h"

/* What a register holds. */
enum vkind {
    VAL_RANGE,       /* a number from lo to hi, a multiple of 2^shift */
    VAL_BELOW,       /* a number below the limit of memory n, plus lo … hi */
    VAL_MEMORY,      /* base of memory n */
    VAL_LIMIT,       /* limit of memory n */
    VAL_MEMORY_INFO, /* a struct ctx_memory */
    VAL_TABLE_INFO,  /* a struct ctx_table */
    VAL_GLOBAL,      /* where imported global n is */
    VAL_PAYLOAD,     /* values of the exception at hand */
    VAL_ENTRIES,     /* first entry of table n */
    VAL_ENTRY,       /* an entry of table n … */
    VAL_TYPED_ENTRY, /* … of the type numbered n */
    VAL_ENTRY_CODE,  /* its code */
    VAL_DESCS,       /* the descriptors */
    VAL_DESC,        /* one … */
    VAL_OWN_DESC,    /* … of this instance */
    VAL_CODE,        /* address of code offset n */
    VAL_DELTA,       /* read from the first lo entries of the jump table at code offset n */
    VAL_TARGET,      /* where it leads */
    VAL_RETURN,      /* the return address */
    VAL_STACK,       /* rsp as it was at place lo */
    VAL_SAVED,       /* what register n held at the entry */
};

struct vval {
    uint8_t kind, shift;
    uint16_t zero; /* so that equal values are equal bytes */
    uint32_t n;
    int64_t lo, hi;
};

/* What the last comparison has told. */
enum vflag_kind {
    FLAG_NONE,
    FLAG_CONST, /* register reg, seen in `width` bytes, against k, unsigned */
    FLAG_SAME,  /* reg against register k, in full */
    FLAG_LIMIT, /* reg against the limit of memory k */
    FLAG_TYPE,  /* the type of the entry at reg against k */
    FLAG_CTX,   /* r15 against the context of the descriptor at reg */
};
struct vflags {
    uint8_t kind, reg, width;
    uint32_t k;
};

enum { SAVED_REGS = 4, SLOTS_MAX = 48, VECTORS_KNOWN = 2, FIRST_KNOWN = 14, NOWHERE = INT32_MIN };

/* A value in the frame. */
struct vslot {
    int32_t at;
    struct vval v;
};

/* Places on the stack are bytes from where rsp points at the entry: the return address is at 0, the
 * frame below, the caller's area from 8 on. */
struct vstate {
    struct vval r[V_GPRS];        /* rsp and r15 unused */
    struct vval x[VECTORS_KNOWN]; /* of xmm14 and xmm15: the low half */
    struct vval scratch;          /* in the context */
    int32_t sp;
    int32_t ret;               /* where the return address is; NOWHERE */
    int32_t saved[SAVED_REGS]; /* where rbx rbp r12 r13 are; NOWHERE */
    int32_t probed;            /* down to here the stack has been touched */
    uint32_t payload_bytes;    /* that may be stored to VAL_PAYLOAD */
    struct vflags flags;
    /* only with 64-bit memories: */
    uint32_t nslots;
    int32_t copy_of[V_GPRS]; /* the register holds what is in the frame there; NOWHERE */
    struct vslot slots[SLOTS_MAX];
};

/* A leader's: what holds whenever execution comes there. */
struct ventry {
    uint32_t at;
    struct vstate s;
};

struct verifier {
    const struct verify_module *v;
    const struct verify_func *f;
    const struct wasm_module *m;
    const struct verify_sig *own;
    struct arena *arena;
    struct verify_error *error;
    int err;
    uint32_t start, end;
    size_t state_bytes; /* as much of a struct vstate as is used */
    struct vinsn *insns;
    uint32_t ninsns, cap_insns;
    uint32_t *map;     /* per byte from start: 1 + instruction that begins there; V_INSIDE; 0 */
    uint64_t *waiting; /* bit per byte: a leader that waits */
    struct ventry **entries;
    uint32_t nentries, cap_entries;
    uint32_t *todo; /* offsets still to be decoded */
    uint32_t ntodo, cap_todo;
    uint32_t next_site, next_landing, next_ref;
    uint64_t steps, steps_max;
    struct vstate now;
};
#define V_INSIDE 0xffffffffu

/* The code breaks a rule; the first one is reported. */
void v_refuse(struct verifier *v, uint32_t at, const char *rule);

/* ---- state.c ---- */

#define VAL_ANY       ((struct vval){VAL_RANGE, 0, 0, 0, INT64_MIN, INT64_MAX})
#define VAL_SHORT     ((struct vval){VAL_RANGE, 0, 0, 0, 0, UINT32_MAX})
#define VAL_UP_TO(n)  ((struct vval){VAL_RANGE, 0, 0, 0, 0, (n)})
#define VAL_CONST(k)  ((struct vval){VAL_RANGE, 0, 0, 0, (k), (k)})
#define VAL_OF(k, n_) ((struct vval){.kind = (k), .n = (n_)})

/* States are compared by the word. */
typedef uint64_t __attribute__((may_alias)) vword;
_Static_assert(sizeof(struct vval) == 3 * sizeof(vword), "a value is three words");

static inline bool val_equal(const struct vval *a, const struct vval *b)
{
    const vword *x = (const vword *)(const void *)a, *y = (const vword *)(const void *)b;
    return ((x[0] ^ y[0]) | (x[1] ^ y[1]) | (x[2] ^ y[2])) == 0;
}
static inline bool val_is_short(const struct vval *a)
{
    return a->kind == VAL_RANGE && a->lo >= 0 && a->hi <= UINT32_MAX;
}
static inline bool val_is_const(const struct vval *a)
{
    return a->kind == VAL_RANGE && a->lo == a->hi;
}
/* a + b, a - b, a << k in 64 bits; a shifted number keeps that it is a multiple. */
struct vval val_add(struct vval a, struct vval b);
struct vval val_sub(struct vval a, struct vval b);
struct vval val_shl(struct vval a, unsigned k);
/* The state at a function's entry. */
void state_init(struct vstate *s, const struct verify_sig *own);
/* Weakens *to so that it holds wherever `from` does; *changed if it did not. NULL or the rule
 * broken. */
const char *state_join(struct vstate *to, const struct vstate *from, bool wide, bool *changed);
/* After a call: what the callee may have changed. */
void state_forget(struct vstate *s);
/* A register gets a new value. */
void state_set(struct vstate *s, unsigned reg, struct vval v);
/* Something is written to bytes of the stack: what was known of them is so no longer. */
void state_stored(struct vstate *s, int32_t at, int32_t bytes, bool wide);
/* What 8 bytes of the stack hold. */
struct vval state_loaded(const struct vstate *s, int32_t at, bool wide);
/* The number `saved` goes by, or -1. */
int state_saved_index(unsigned reg);

/* ---- memory.c: memory operands; each refuses what is not allowed ---- */

/* bytes are read at the operand; what 8 bytes hold. */
struct vval v_read(struct verifier *v, const struct vinsn *in, unsigned bytes);
/* bytes are written there. `value`: what, if it is a register's 8 bytes, else NULL. */
void v_write(struct verifier *v, const struct vinsn *in, unsigned bytes, const struct vval *value);

/* ---- step.c ---- */

/* One instruction, calls and jumps apart: changes v->now. */
void v_step(struct verifier *v, const struct vinsn *in);
/* The condition holds, or does not, from here on. */
void v_assume(struct vstate *s, unsigned cond, bool holds, bool wide);

/* Does the loop that touches the stack below begin here? */
bool v_is_probe(const struct verifier *v, const struct vinsn *in);

/* ---- call.c ---- */

void v_call(struct verifier *v, const struct vinsn *in);
/* Is that the call of a stub that never comes back? */
bool v_ends_here(const struct verifier *v, const struct vinsn *in);
void v_return(struct verifier *v, const struct vinsn *in);
/* A jump that leaves the function. */
void v_leave(struct verifier *v, const struct vinsn *in);

/* ---- flow.c ---- */

/* v->now may go on at a code offset. */
void v_edge(struct verifier *v, uint32_t from, uint32_t to);
