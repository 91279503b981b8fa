/* The small functions of arch.h: this CPU, interrupts, contexts, entropy. */
#include "base/string.h"
#include "kernel/arch/x86_64/cpu.h"
#include "kernel/arch/x86_64/space.h"
#include "kernel/arch/x86_64/x86.h"

unsigned arch_cpu(void)
{
    uint64_t n;
    __asm__ volatile("movq %%gs:%c1, %0" : "=r"(n) : "i"(CPU_OFFSET_NUMBER));
    return (unsigned)n;
}

void *arch_cpu_data(void)
{
    void *p;
    __asm__ volatile("movq %%gs:%c1, %0" : "=r"(p) : "i"(CPU_OFFSET_DATA));
    return p;
}

void arch_cpu_data_set(void *p)
{
    __asm__ volatile("movq %0, %%gs:%c1" ::"r"(p), "i"(CPU_OFFSET_DATA) : "memory");
}

void *arch_thread(void)
{
    void *thread;
    __asm__ volatile("movq %%gs:%c1, %0" : "=r"(thread) : "i"(CPU_OFFSET_THREAD));
    return thread;
}

void arch_thread_set(void *thread, void *top)
{
    __asm__ volatile("movq %0, %%gs:%c1" ::"r"(thread), "i"(CPU_OFFSET_THREAD) : "memory");
    __asm__ volatile("movq %0, %%gs:%c1" ::"r"(top), "i"(CPU_OFFSET_KSTACK) : "memory");
}

arch_irq_t arch_irq_disable(void)
{
    arch_irq_t state = flags_read() & FLAGS_IF;
    irq_off();
    return state;
}

void arch_irq_restore(arch_irq_t state)
{
    if (state)
        irq_on();
}

void arch_irq_enable(void)
{
    irq_on();
}
bool arch_irq_enabled(void)
{
    return flags_read() & FLAGS_IF;
}
void arch_pause(void)
{
    cpu_pause();
}

/* STI takes effect after HLT has begun: no interrupt can slip in between. */
void arch_idle(void)
{
    struct cpu *c = cpu_self();
    dassert(!arch_irq_enabled());
    __atomic_store_n(&c->idle, true, __ATOMIC_SEQ_CST);
    __asm__ volatile("sti; hlt; cli" ::: "memory");
    tlb_wake(); /* an NMI may have been what woke us */
}

extern void context_entry(void);

void arch_context_init(struct arch_context *c, void *stack, size_t bytes, void (*fn)(void *),
                       void *arg)
{
    uint64_t *sp = (uint64_t *)align_down((uint64_t)stack + bytes, 16);
    *--sp = 0; /* keeps context_entry's stack aligned; ends backtraces */
    *--sp = 0;
    *--sp = (uint64_t)context_entry; /* where arch_context_switch returns to */
    *--sp = 0;                       /* rbp */
    *--sp = 0;                       /* rbx */
    *--sp = (uint64_t)fn;            /* r12 */
    *--sp = (uint64_t)arg;           /* r13 */
    *--sp = 0;                       /* r14 */
    *--sp = 0;                       /* r15 */
    c->sp = (uint64_t)sp;
    c->port = NULL;
}

/* ---- entropy ---- */

#define RANDOM_TRIES 64

static bool random_word(uint64_t *out)
{
    uint8_t ok = 0;
    for (unsigned i = 0; i < RANDOM_TRIES && !ok; i++) {
        if (cpu_features & CPU_RDSEED)
            __asm__ volatile("rdseed %0; setc %1" : "=r"(*out), "=qm"(ok)::"cc");
        if (!ok && (cpu_features & CPU_RDRAND))
            __asm__ volatile("rdrand %0; setc %1" : "=r"(*out), "=qm"(ok)::"cc");
    }
    return ok;
}

/* Stirs the low bits of the time-stamp counter; a last resort. */
static uint64_t jitter_word(void)
{
    static uint64_t state = 0x9e3779b97f4a7c15ull;
    for (unsigned i = 0; i < 64; i++) {
        state ^= tsc_read();
        state = (state << 13 | state >> 51) * 0xbf58476d1ce4e5b9ull;
        cpu_pause();
    }
    return state ^ state >> 31;
}

bool arch_entropy(void *buf, size_t len)
{
    uint8_t *p = buf;
    bool good = true;
    while (len) {
        uint64_t word = 0;
        size_t n = min_u64(len, sizeof(word));
        if (!random_word(&word)) {
            good = false;
            word = jitter_word();
        }
        memcpy(p, &word, n);
        p += n;
        len -= n;
    }
    return good;
}

/* Nobody looks on from outside: arch_boot.code_notes stays false. */
void arch_code_note(const void *code UNUSED, size_t len UNUSED, const char *name UNUSED,
                    size_t name_len UNUSED)
{
}
