/* Traps: from hardware faults, from the runtime, from outside. Each records what happened and
 * where, and resumes at the landing of the innermost wasm_call. */
#include "base/string.h"
#include "wasm/rt/instance.h"
#include "wasm/rt/thread.h"
#include "wasm/rt/unwind.h"
#include "wasm/x64/abi.h"

#define FLAG_DIRECTION (1u << 10)

/* A frame of compiled code, and those of the calls that were built into it: the innermost first. */
static void add_frame(struct wasm_trap_info *info, struct code_where *w)
{
    do {
        if (info->nframes < WASM_BACKTRACE_MAX)
            info->frames[info->nframes++] =
                (struct wasm_frame){.func = w->func, .offset = w->offset, .module = w->module};
    } while (code_where_outer(w));
}

static void walk_stack(const struct wasm_thread *t, struct unwind u, struct wasm_trap_info *info)
{
    struct code_where where;
    while (info->nframes < WASM_BACKTRACE_MAX && unwind_step(t, &u, &where))
        if (where.func != UINT32_MAX)
            add_frame(info, &where);
}

void trap_record(struct wasm_thread *t, enum wasm_trap kind)
{
    t->trap = (struct wasm_trap_info){.kind = kind};
    walk_stack(t, unwind_start(t), &t->trap);
}

/* Interrupted at regs: the first frame is the one running. */
static void record_at(struct wasm_thread *t, enum wasm_trap kind, const struct wasm_regs *regs)
{
    struct code_where where;
    struct unwind u = {.sp = regs->gpr[X64_RSP]};
    t->trap = (struct wasm_trap_info){.kind = kind};
    if (!code_store_find(t->store->code, regs->pc, &where))
        return;
    if (where.func != UINT32_MAX) {
        u.sp += where.frame_bytes;
        u.popped = where.param_bytes;
        add_frame(&t->trap, &where);
    }
    /* in a stub that has left the stack already, the way back is remembered */
    uint64_t base = (uint64_t)(uintptr_t)t->stack_base;
    bool left = u.sp < base || u.sp >= base + t->stack_reserved_bytes;
    walk_stack(t, left ? unwind_start(t) : u, &t->trap);
}

static void redirect(struct wasm_thread *t, struct wasm_regs *regs, int status)
{
    regs->pc = (uint64_t)(uintptr_t)wasm__landing;
    regs->gpr[X64_RSP] = t->entry_sp;
    regs->gpr[X64_RAX] = (uint32_t)status;
    regs->flags &= ~(uint64_t)FLAG_DIRECTION;
}

void wasm_trap(struct wasm_instance *i, enum wasm_trap kind)
{
    struct wasm_thread *t = i->ctx->thread;
    assert(t && t->entry_sp);
    trap_record(t, kind);
    wasm__leave(t->entry_sp, WASM_TRAPPED);
}

void wasm_exit(struct wasm_instance *i, int status)
{
    struct wasm_thread *t = i->ctx->thread;
    assert(t && t->entry_sp);
    t->exit_status = status;
    wasm__leave(t->entry_sp, WASM_EXITED);
}

bool wasm_pc_is_code(const struct wasm_thread *t, uint64_t pc)
{
    return code_store_contains(t->store->code, pc);
}

/* #DE: the divisor tells a division by zero from the one quotient that does not fit. */
static enum wasm_trap division_trap(uint32_t kind, const struct wasm_regs *regs)
{
    uint64_t divisor = regs->gpr[kind & 15];
    if (kind < CODE_SITE_DIV64)
        divisor = (uint32_t)divisor;
    return divisor ? WASM_TRAP_INTEGER_OVERFLOW : WASM_TRAP_DIVIDE_BY_ZERO;
}

/* What a fault at a place means; false: nothing that compiled code may do. */
static bool classify(const struct wasm_thread *t, enum wasm_fault fault, uint64_t address,
                     const struct code_where *where, const struct wasm_regs *regs,
                     enum wasm_trap *out)
{
    uint64_t base = (uint64_t)(uintptr_t)t->stack_base;
    uint32_t kind = where->kind;
    if (fault == WASM_FAULT_PAGE && address >= base && address - base < t->guard_bytes) {
        *out = WASM_TRAP_STACK_OVERFLOW;
        return true;
    }
    bool access = fault == WASM_FAULT_PAGE || fault == WASM_FAULT_PROTECTION;
    if (access && kind == CODE_SITE_MEMORY)
        *out = WASM_TRAP_MEMORY_BOUNDS;
    else if (access && kind == CODE_SITE_TABLE)
        *out = WASM_TRAP_UNDEFINED_ELEMENT;
    else if (fault == WASM_FAULT_DIVIDE && kind >= CODE_SITE_DIV32)
        *out = division_trap(kind, regs);
    else if (fault == WASM_FAULT_INVALID_OPCODE && kind >= CODE_SITE_UD2 &&
             kind < CODE_SITE_UD2 + WASM_TRAP_COUNT)
        *out = (enum wasm_trap)(kind - CODE_SITE_UD2);
    else
        return false;
    return true;
}

bool wasm_fault_to_trap(struct wasm_thread *t, enum wasm_fault fault, uint64_t address,
                        struct wasm_regs *regs)
{
    struct code_where where;
    enum wasm_trap kind;
    if (!t->entry_sp || !code_store_find(t->store->code, regs->pc, &where))
        return false;
    if (where.kind == CODE_SITE_FOLDED &&
        (fault == WASM_FAULT_PAGE || fault == WASM_FAULT_PROTECTION)) {
        regs->pc = code_recover(&where, regs->pc);
        return true;
    }
    if (!classify(t, fault, address, &where, regs, &kind))
        return false;
    record_at(t, kind, regs);
    redirect(t, regs, WASM_TRAPPED);
    return true;
}

void wasm_interrupt_to_trap(struct wasm_thread *t, enum wasm_trap kind, struct wasm_regs *regs)
{
    assert(t->entry_sp);
    record_at(t, kind, regs);
    redirect(t, regs, WASM_TRAPPED);
}
