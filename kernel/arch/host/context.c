/* Thread switches, with AddressSanitizer told about each: it wants to know the bounds of the stack
 * in use. */
#include "kernel/arch/host/host.h"

#include <pthread.h>

void host_switch(uint64_t *save_sp, uint64_t load_sp);
void host_thread_entry(void);
NORETURN void host_thread_main(void (*fn)(void *), void *arg);

#ifdef SANITIZE_ADDRESS
void __sanitizer_start_switch_fiber(void **fake_stack_save, const void *bottom, size_t size);
void __sanitizer_finish_switch_fiber(void *fake_stack_save, const void **bottom_old,
                                     size_t *size_old);

/* Of the Linux thread that is this CPU: its idle thread runs there. */
static __thread char *own_stack;
static __thread size_t own_stack_bytes;

static void find_own_stack(void)
{
    pthread_attr_t attr;
    void *bottom;

    pthread_getattr_np(pthread_self(), &attr);
    pthread_attr_getstack(&attr, &bottom, &own_stack_bytes);
    pthread_attr_destroy(&attr);
    own_stack = bottom;
}

static void start_switch(struct arch_context *to)
{
    void *fake; /* use-after-return detection is off: nothing to keep */

    if (!own_stack)
        find_own_stack(); /* the first switch is away from the idle thread */
    if (to->port)
        __sanitizer_start_switch_fiber(&fake, to->port, KSTACK_SIZE);
    else
        __sanitizer_start_switch_fiber(&fake, own_stack, own_stack_bytes);
}

static void finish_switch(void)
{
    __sanitizer_finish_switch_fiber(NULL, NULL, NULL);
}

#elif defined(HOST_THREAD_SANITIZER)
void *__tsan_create_fiber(unsigned flags);
void __tsan_switch_to_fiber(void *fiber, unsigned flags);
void *__tsan_get_current_fiber(void);

static __thread void *own_fiber;

/* Fibers are never destroyed: the sanitizer has room for 8,000. */
static void start_switch(struct arch_context *to)
{
    if (!own_fiber)
        own_fiber = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(to->port ? to->port : own_fiber, 0);
}

static void finish_switch(void) {}

#else
static void start_switch(struct arch_context *to UNUSED) {}
static void finish_switch(void) {}
#endif

void arch_context_init(struct arch_context *c, void *stack, size_t bytes, void (*fn)(void *),
                       void *arg)
{
    uint64_t *sp = (uint64_t *)((char *)stack + bytes) - 2;

    assert(bytes == KSTACK_SIZE);
    *--sp = (uint64_t)host_thread_entry; /* what host_switch pops, last first */
    *--sp = 0;                           /* rbp */
    *--sp = 0;                           /* rbx */
    *--sp = (uint64_t)fn;                /* r12 */
    *--sp = (uint64_t)arg;               /* r13 */
    *--sp = 0;                           /* r14 */
    *--sp = 0;                           /* r15 */
    *c = (struct arch_context){.sp = (uint64_t)sp, .port = stack};
#ifdef HOST_THREAD_SANITIZER
    c->port = __tsan_create_fiber(0);
#endif
}

void arch_context_switch(struct arch_context *from, struct arch_context *to)
{
    start_switch(to);
    host_switch(&from->sp, to->sp);
    finish_switch();
}

void host_thread_main(void (*fn)(void *), void *arg)
{
    finish_switch();
    fn(arg);
    __builtin_unreachable();
}
