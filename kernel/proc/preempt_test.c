/* Code on a stack of its own in a process's memory, as compiled programs run: page faults and
 * preemption must leave every register as it was, the wide vector registers included. */
#include "kernel/proc/process.h"

#include "base/test.h"
#include "kernel/core/log.h"

enum { MS = 1000 * 1000, STACK_BYTES = 256 * 1024 };

/* Fills the registers from `seed` and looks at them, and at what it pushes, until *stop is not 0.
 * How often something was wrong. Runs on `stack_top`. */
uint64_t preempt_test_spin(void *stack_top, const volatile uint32_t *stop, uint64_t seed);

__asm__(".text\n"
        "preempt_test_spin:\n"
        "    push %rbp; push %rbx; push %r12; push %r13; push %r14; push %r15\n"
        "    mov %rsp, %r15\n"
        "    mov %rdi, %rsp\n"
        "    xor %eax, %eax\n" /* mistakes */
        "    mov %rdx, %r8; mov %rdx, %r9; not %r9\n"
        "    lea 10(%rdx), %r10; lea 11(%rdx), %r11; lea 12(%rdx), %r12\n"
        "    lea 13(%rdx), %r13; lea 14(%rdx), %rbp; lea 15(%rdx), %rbx\n"
        "    vmovq %rdx, %xmm0\n"
        "    vpbroadcastq %xmm0, %ymm0\n"
        "    vpaddq %ymm0, %ymm0, %ymm7\n"
        "    vpaddq %ymm7, %ymm0, %ymm15\n"
        "1:  push %rbx; push %rbp\n"
        "    mov $200, %r14\n"
        "2:  dec %r14; jnz 2b\n"
        "    pop %rcx; cmp %rcx, %rbp; jne 9f\n"
        "    pop %rcx; cmp %rcx, %rbx; jne 9f\n"
        "    cmp %r8, %rdx; jne 9f\n"
        "    mov %r9, %rcx; not %rcx; cmp %rcx, %rdx; jne 9f\n"
        "    lea 10(%rdx), %rcx; cmp %rcx, %r10; jne 9f\n"
        "    lea 11(%rdx), %rcx; cmp %rcx, %r11; jne 9f\n"
        "    lea 12(%rdx), %rcx; cmp %rcx, %r12; jne 9f\n"
        "    lea 13(%rdx), %rcx; cmp %rcx, %r13; jne 9f\n"
        "    vpaddq %ymm0, %ymm7, %ymm3\n" /* 3 * seed in all four */
        "    vpcmpeqq %ymm3, %ymm15, %ymm3\n"
        "    vpmovmskb %ymm3, %ecx; cmp $-1, %ecx; jne 9f\n"
        "    mov -4096*20(%rsp), %rcx\n" /* faults in the stack further down */
        "3:  cmpl $0, (%rsi); je 1b\n"
        "    mov %r15, %rsp\n"
        "    vzeroupper\n"
        "    pop %r15; pop %r14; pop %r13; pop %r12; pop %rbx; pop %rbp\n"
        "    ret\n"
        "9:  inc %rax; mov $1, %ecx; jmp 3b\n");

struct spinner {
    uint64_t seed, mistakes;
};

static volatile uint32_t stop;

static void spin(void *arg)
{
    struct spinner *s = arg;
    struct process *p = process_current();
    uintptr_t va = space_reserve(p->space, STACK_BYTES);

    s->mistakes = UINT64_MAX;
    if (va && !space_commit(p->space, va, STACK_BYTES))
        s->mistakes = preempt_test_spin((void *)(va + STACK_BYTES), &stop, s->seed);
    process_exited(p, 0);
}

enum { SPINNERS_MAX = 12 };

TEST(preemption_keeps_all_registers)
{
    static struct spinner spinners[SPINNERS_MAX];
    unsigned n = arch_boot.ncpus * 2 + 1;
    struct process *root, *p;
    int status;

    if (n > SPINNERS_MAX)
        n = SPINNERS_MAX;
    stop = 0;
    CHECK(!process_create(NULL, "root", &root));
    for (unsigned i = 0; i < n; i++) {
        spinners[i] = (struct spinner){0x0123456789abcdefull * (i + 1), 0};
        if (process_create(root, "spinner", &p) || !thread_create(p, "spinner", spin, &spinners[i]))
            panic("no memory for the test");
    }
    thread_sleep_until(arch_clock_ns() + 200 * MS);
    stop = 1;
    for (unsigned i = 0; i < n; i++)
        CHECK(process_wait(root, -1, false, &status) > 0);
    for (unsigned i = 0; i < n; i++)
        CHECK(!spinners[i].mistakes);
    process_discard(root);
}
