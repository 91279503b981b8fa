/* Threads, and the way from the embedder's stack into wasm and back. */
#include "base/string.h"
#include "wasm/rt/instance.h"
#include "wasm/rt/thread.h"
#include "wasm/x64/abi.h"

#define GUARD_BYTES   (1 * MIB)
#define PAGE          4096ull
#define STACK_MIN     (16 * KIB)
#define STACK_SPARE   512u /* below the first frame's arguments: for the calls that get it going */
#define MXCSR_DEFAULT 0x1f80u

/* What goes through the door. The assembly below knows the offsets. */
struct entry {
    uint64_t gpr[8];            /* rdi rsi rdx rcx r8 r9 rax r10 */
    uint64_t xmm[8][2];         /* 64 */
    struct wasm_ctx *ctx;       /* 192 */
    const void *code;           /* 200 */
    uint64_t sp;                /* 208 */
    struct wasm_thread *thread; /* 216 */
    uint64_t result_gpr[4];     /* 224: rax rdx rcx rsi */
    uint64_t result_xmm[4][2];  /* 256 */
    uint32_t mxcsr;             /* 320 */
};
_Static_assert(offsetof(struct entry, xmm) == 64, "as in the assembly");
_Static_assert(offsetof(struct entry, ctx) == 192, "as in the assembly");
_Static_assert(offsetof(struct entry, thread) == 216, "as in the assembly");
_Static_assert(offsetof(struct entry, result_gpr) == 224, "as in the assembly");
_Static_assert(offsetof(struct entry, result_xmm) == 256, "as in the assembly");
_Static_assert(offsetof(struct entry, mxcsr) == 320, "as in the assembly");
_Static_assert(offsetof(struct wasm_ctx, mem0_base) == 0, "as in the assembly");
_Static_assert(offsetof(struct wasm_ctx, thread) == 16, "as in the assembly");
_Static_assert(offsetof(struct wasm_thread, host_sp) == 40, "as in the assembly");
_Static_assert(offsetof(struct wasm_thread, entry_sp) == 56, "as in the assembly");

/* Saves what C wants preserved, remembers the stack for host calls and for the landing, loads the
 * argument registers and calls. Results come back in *e. A trap resumes at wasm__landing with rsp =
 * entry_sp and the status in eax. */
int wasm__enter(struct entry *e);
__asm__(".text\n"
        ".p2align 4\n"
        ".globl wasm__enter\n"
        ".hidden wasm__enter\n"
        ".type wasm__enter, @function\n"
        "wasm__enter:\n"
        "    pushq %rbp\n"
        "    pushq %rbx\n"
        "    pushq %r12\n"
        "    pushq %r13\n"
        "    pushq %r14\n"
        "    pushq %r15\n"
        "    pushq %rdi\n"
        "    movq 216(%rdi), %rax\n"
        "    movq %rsp, 40(%rax)\n"
        "    movq %rsp, 56(%rax)\n"
        "    ldmxcsr 320(%rdi)\n"
        "    cld\n"
        "    movq 192(%rdi), %r15\n"
        "    movq 0(%r15), %r14\n"
        "    movups 64(%rdi), %xmm0\n"
        "    movups 80(%rdi), %xmm1\n"
        "    movups 96(%rdi), %xmm2\n"
        "    movups 112(%rdi), %xmm3\n"
        "    movups 128(%rdi), %xmm4\n"
        "    movups 144(%rdi), %xmm5\n"
        "    movups 160(%rdi), %xmm6\n"
        "    movups 176(%rdi), %xmm7\n"
        "    movq 200(%rdi), %r11\n"
        "    movq 208(%rdi), %rsp\n"
        "    movq 8(%rdi), %rsi\n"
        "    movq 16(%rdi), %rdx\n"
        "    movq 24(%rdi), %rcx\n"
        "    movq 32(%rdi), %r8\n"
        "    movq 40(%rdi), %r9\n"
        "    movq 48(%rdi), %rax\n"
        "    movq 56(%rdi), %r10\n"
        "    movq 0(%rdi), %rdi\n"
        "    callq *%r11\n"
        "    movq 16(%r15), %r11\n"
        "    movq 56(%r11), %rsp\n"
        "    movq (%rsp), %rdi\n"
        "    movq %rax, 224(%rdi)\n"
        "    movq %rdx, 232(%rdi)\n"
        "    movq %rcx, 240(%rdi)\n"
        "    movq %rsi, 248(%rdi)\n"
        "    movups %xmm0, 256(%rdi)\n"
        "    movups %xmm1, 272(%rdi)\n"
        "    movups %xmm2, 288(%rdi)\n"
        "    movups %xmm3, 304(%rdi)\n"
        "    xorl %eax, %eax\n"
        ".globl wasm__landing\n"
        ".hidden wasm__landing\n"
        "wasm__landing:\n"
        "    cld\n"
        "    popq %rdi\n"
        "    popq %r15\n"
        "    popq %r14\n"
        "    popq %r13\n"
        "    popq %r12\n"
        "    popq %rbx\n"
        "    popq %rbp\n"
        "    retq\n"
        ".size wasm__enter, . - wasm__enter\n"
        ".globl wasm__leave\n"
        ".hidden wasm__leave\n"
        ".type wasm__leave, @function\n"
        "wasm__leave:\n"
        "    movq %rdi, %rsp\n"
        "    movl %esi, %eax\n"
        "    jmp wasm__landing\n"
        ".size wasm__leave, . - wasm__leave\n"
        ".globl wasm__resume\n"
        ".hidden wasm__resume\n"
        ".type wasm__resume, @function\n"
        "wasm__resume:\n"
        "    movq %rdi, %rsp\n"
        "    movq %rdx, %r15\n"
        "    movq %rcx, %r14\n"
        "    jmp *%rsi\n"
        ".size wasm__resume, . - wasm__resume\n");

int wasm_thread_create(struct wasm_store *s, size_t stack_bytes, struct wasm_thread **out)
{
    struct wasm_thread *t = store_alloc(s, sizeof *t);
    if (!t)
        return -ENOMEM;
    size_t stack = (size_t)align_up(max_u64(stack_bytes, STACK_MIN), PAGE);
    *t = (struct wasm_thread){
        .store = s, .stack_reserved_bytes = stack + GUARD_BYTES, .guard_bytes = GUARD_BYTES};
    int err = -ENOMEM;
    if (stack >= stack_bytes && stack < SIZE_MAX / 2)
        t->stack_base = s->host->reserve(s->owner, t->stack_reserved_bytes);
    if (t->stack_base)
        err = s->host->commit(s->owner, t->stack_base + GUARD_BYTES, stack);
    if (err) {
        if (t->stack_base)
            s->host->release(s->owner, t->stack_base, t->stack_reserved_bytes);
        store_free(s, t, sizeof *t);
        return err;
    }
    t->next = s->threads;
    s->threads = t;
    *out = t;
    return 0;
}

void wasm_thread_destroy(struct wasm_thread *t)
{
    struct wasm_store *s = t->store;
    assert(!t->entry_sp);
    struct wasm_thread **link = &s->threads;
    while (*link && *link != t)
        link = &(*link)->next;
    if (*link)
        *link = t->next;
    s->host->release(s->owner, t->stack_base, t->stack_reserved_bytes);
    store_free(s, t, sizeof *t);
}

const struct wasm_trap_info *wasm_thread_trap(const struct wasm_thread *t)
{
    return &t->trap;
}

int wasm_thread_exit_status(const struct wasm_thread *t)
{
    return t->exit_status;
}

/* What a value takes of its slot: 32-bit integers are zero-extended in registers. */
static uint64_t low_word(const union wasm_value *v, wasm_valtype_t type)
{
    bool wide = type == WASM_I64 || type == WASM_F64 || type == WASM_V128;
    return wide ? v->v128[0] : v->i32;
}

static unsigned gpr_index(const struct abi_walk *w)
{
    return w->gpr - 1u;
}

static void pass_arguments(struct entry *e, const struct wasm_functype *type,
                           const union wasm_value *args)
{
    struct abi_walk w;
    abi_params_begin(&w);
    for (uint32_t i = 0; i < type->nparams; i++) {
        struct abi_place p = abi_next_value(&w, type->params[i]);
        uint64_t word = low_word(&args[i], type->params[i]);
        uint64_t *to = (uint64_t *)(uintptr_t)(e->sp + p.stack);
        if (p.reg != X64_NONE)
            to = p.reg >= X64_XMM ? e->xmm[p.reg - X64_XMM] : &e->gpr[gpr_index(&w)];
        to[0] = word;
        if (type->params[i] == WASM_V128)
            to[1] = args[i].v128[1];
    }
}

static void fetch_results(const struct entry *e, const struct wasm_functype *type,
                          union wasm_value *results)
{
    struct abi_walk w;
    abi_results_begin(&w);
    const char *area = (const char *)(uintptr_t)(e->sp + abi_params_bytes(type));
    for (uint32_t i = 0; i < type->nresults; i++) {
        struct abi_place p = abi_next_value(&w, type->results[i]);
        const uint64_t *from = (const uint64_t *)(const void *)(area + p.stack);
        if (p.reg != X64_NONE)
            from =
                p.reg >= X64_XMM ? e->result_xmm[p.reg - X64_XMM] : &e->result_gpr[gpr_index(&w)];
        results[i] = (union wasm_value){.v128 = {from[0], 0}};
        if (type->results[i] == WASM_V128)
            results[i].v128[1] = from[1];
    }
}

int wasm_call(struct wasm_thread *t, struct wasm_instance *i, uint32_t func,
              const union wasm_value *args, union wasm_value *results)
{
    const struct wasm_module *m = i->module;
    const struct wasm_functype *type = wasm_instance_func_type(i, func);
    uint64_t bottom = (uint64_t)(uintptr_t)t->stack_base + t->guard_bytes;
    uint64_t top = (uint64_t)(uintptr_t)t->stack_base + t->stack_reserved_bytes;
    if (t->entry_sp) /* called by a host function: go on below the frames that are there */
        top = align_down(t->wasm_sp, 16);
    uint64_t area = align_up(abi_params_bytes(type) + abi_results_bytes(type), 16);
    assert(top > bottom);
    if (top - bottom < area + STACK_SPARE) {
        t->trap = (struct wasm_trap_info){.kind = WASM_TRAP_STACK_OVERFLOW};
        return WASM_TRAPPED;
    }
    struct entry e = {.ctx = i->ctx, .sp = top - area, .thread = t, .mxcsr = MXCSR_DEFAULT};
    e.code = func < m->nimported_funcs ? instance_import(i, func)->code : code_entry(m, func);
    pass_arguments(&e, type, args);

    uint64_t host_sp = t->host_sp, wasm_sp = t->wasm_sp, entry_sp = t->entry_sp;
    uint32_t wasm_pops = t->wasm_pops;
    struct wasm_thread *outer = i->ctx->thread;
    i->ctx->thread = t;
    t->wasm_pops = 0;
    if (!entry_sp) {
        t->outer_sp = (uint64_t)(uintptr_t)__builtin_frame_address(0);
        t->exception = 0;
    }
    int status = wasm__enter(&e);
    i->ctx->thread = outer;
    t->host_sp = host_sp;
    t->wasm_sp = wasm_sp;
    t->wasm_pops = wasm_pops;
    t->entry_sp = entry_sp;
    if (status == 0)
        fetch_results(&e, type, results);
    return status;
}
