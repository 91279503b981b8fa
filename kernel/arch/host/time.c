/* Clocks, and one timer a CPU. The POSIX timer is left running when the deadline moves away: it
 * then fires early, which is cheaper than a system call at every thread switch. */
#include "kernel/arch/host/host.h"

#include <pthread.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { DELAY_MIN_NS = 1000 };

/* Of this CPU: only functions that are called with interrupts off touch them. */
static __thread timer_t timer;
static __thread uint64_t deadline = UINT64_MAX, armed = UINT64_MAX;

static uint64_t boot_ns;
static clockid_t cpu_clocks[CPU_MAX]; /* written once, before the CPU is online */

static uint64_t read_clock(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (uint64_t)t.tv_sec * NSEC_PER_SEC + (uint64_t)t.tv_nsec;
}

void host_time_init(void)
{
    boot_ns = read_clock(CLOCK_MONOTONIC);
}

uint64_t arch_clock_ns(void)
{
    arch_irq_t irq = arch_irq_disable();
    uint64_t now = read_clock(CLOCK_MONOTONIC) - boot_ns;

    arch_irq_restore(irq);
    return now;
}

/* A CPU is a thread of Linux, which tells its CPU time: busy hosts stop it for long. */
uint64_t arch_cpu_ns(unsigned cpu)
{
    arch_irq_t irq = arch_irq_disable();
    uint64_t now = read_clock(__atomic_load_n(&cpu_clocks[cpu], __ATOMIC_ACQUIRE));

    arch_irq_restore(irq);
    return now;
}

uint64_t arch_wall_ns(void)
{
    arch_irq_t irq = arch_irq_disable();
    uint64_t now = read_clock(CLOCK_REALTIME);

    arch_irq_restore(irq);
    return now;
}

void host_timer_cpu_init(void)
{
    struct sigevent e = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGALRM};

    clockid_t clock;

    if (pthread_getcpuclockid(pthread_self(), &clock))
        host_fatal("no clock of this thread's CPU time");
    __atomic_store_n(&cpu_clocks[arch_cpu()], clock, __ATOMIC_RELEASE);
    e._sigev_un._tid = (pid_t)syscall(SYS_gettid);
    if (timer_create(CLOCK_MONOTONIC, &e, &timer))
        host_fatal("no timer");
}

static void arm(uint64_t at)
{
    uint64_t absolute = boot_ns + at;
    struct itimerspec t = {.it_value = {.tv_sec = (time_t)(absolute / NSEC_PER_SEC),
                                        .tv_nsec = (long)(absolute % NSEC_PER_SEC)}};

    armed = at;
    timer_settime(timer, TIMER_ABSTIME, &t, NULL);
}

void arch_timer_set(uint64_t deadline_ns)
{
    assert(!arch_irq_enabled());
    deadline = deadline_ns;
    if (deadline < armed)
        arm(deadline);
}

uint64_t host_timer_deadline(void)
{
    return deadline;
}

void host_timer_check(void)
{
    uint64_t now = arch_clock_ns();

    if (armed <= now)
        armed = UINT64_MAX; /* it has fired, or is about to: once too often does no harm */
    if (deadline <= now) {
        deadline = UINT64_MAX;
        kernel_timer();
    } else if (deadline < armed) {
        arm(deadline);
    }
}

/* `buf` may be guest memory that has no page yet: Linux would not fault it in. */
bool arch_entropy(void *buf, size_t len)
{
    unsigned char block[256];
    bool ok = true;

    for (size_t done = 0; done < len;) {
        size_t n = min_u64(len - done, sizeof block);
        arch_irq_t irq = arch_irq_disable();
        ok = getrandom(block, n, 0) == (ssize_t)n && ok;
        arch_irq_restore(irq);
        __builtin_memcpy((char *)buf + done, block, n);
        done += n;
    }
    return ok;
}
