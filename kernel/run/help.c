/* The thread that a program has to spare (wasm_host.help): made when the engine first offers work,
 * in the background, so it runs on CPUs that would be idle and on no machine with a single one. It
 * takes no mutex: being stopped anywhere keeps nobody waiting but who withdraws the work, and that
 * one makes it an ordinary thread first. */
#include "kernel/mm/frame.h"
#include "kernel/run/exec.h"
#include "kernel/run/run.h"

enum { MEMORY_SHARE = 4 }; /* one of so many parts of the memory is left alone */

bool run_background = true;

static bool is_helper(const struct help *h)
{
    return thread_current() == __atomic_load_n(&h->thread, __ATOMIC_RELAXED);
}

bool run__help_may_take(struct running *r, uint64_t bytes)
{
    struct frame_stats s;
    if (!is_helper(&r->help))
        return true;
    frame_stats(&s);
    return s.committed + bytes / PAGE_SIZE + s.total / MEMORY_SHARE < s.total;
}

/* One call of step, with the lock given back meanwhile. */
static void work(struct running *r, arch_irq_t *irq)
{
    struct help *h = &r->help;
    bool (*step)(void *) = h->step;
    void *arg = h->arg;
    h->due = false;
    h->under_way = true;
    spin_unlock(&h->lock, *irq);
    uint64_t since_ns = thread_cpu_ns();
    bool more = step(arg);
    run__code_count(r, since_ns);
    *irq = spin_lock(&h->lock);
    h->under_way = false;
    h->due = h->step && (h->due || more);
    if (!h->step)
        waitq_wake_all(&h->quiet_q);
}

static void helper_main(void *arg)
{
    struct running *r = arg;
    struct help *h = &r->help;
    arch_irq_t irq = spin_lock(&h->lock);
    __atomic_store_n(&h->thread, thread_current(), __ATOMIC_RELAXED);
    while (!h->ended) {
        if (h->due) {
            thread_background_set(h->thread, true);
            work(r, &irq);
        } else {
            waitq_wait_uninterruptible(&h->work_q, &h->lock, &irq);
        }
    }
    h->present = false;
    __atomic_store_n(&h->thread, NULL, __ATOMIC_RELAXED);
    waitq_wake_all(&h->quiet_q); /* r may be freed as soon as the lock is given back */
    spin_unlock(&h->lock, irq);
    thread_exit();
}

/* No mutex is held. */
static void hurry(struct help *h)
{
    if (h->thread)
        thread_background_set(h->thread, false);
}

static void withdraw(struct help *h, const void *arg)
{
    arch_irq_t irq = spin_lock(&h->lock);
    if (h->step && h->arg == arg) {
        h->step = NULL;
        h->due = false;
        while (h->under_way) {
            hurry(h);
            waitq_wait_uninterruptible(&h->quiet_q, &h->lock, &irq);
        }
    }
    spin_unlock(&h->lock, irq);
}

bool run__help(void *owner, bool (*step)(void *arg), void *arg)
{
    struct running *r = owner;
    struct help *h = &r->help;
    if (!step)
        withdraw(h, arg);
    if (!step || !run_background || arch_boot.ncpus == 1)
        return run_background && arch_boot.ncpus > 1;
    arch_irq_t irq = spin_lock(&h->lock);
    bool taken = !h->step || h->arg == arg, is_new = taken && !h->present;
    if (taken) {
        h->step = step;
        h->arg = arg;
        h->due = h->present = true;
        waitq_wake_one(&h->work_q);
    }
    spin_unlock(&h->lock, irq);
    if (!is_new || thread_create(r->program.process, "helper", helper_main, r))
        return taken;
    irq = spin_lock(&h->lock);
    h->step = NULL;
    h->due = h->present = false;
    spin_unlock(&h->lock, irq);
    return false;
}

void run__help_init(struct running *r)
{
    waitq_init(&r->help.work_q);
    waitq_init(&r->help.quiet_q);
}

void run__help_fini(struct running *r)
{
    struct help *h = &r->help;
    arch_irq_t irq = spin_lock(&h->lock);
    assert(!h->step);
    h->ended = true;
    while (h->present) {
        hurry(h);
        waitq_wake_one(&h->work_q);
        waitq_wait_uninterruptible(&h->quiet_q, &h->lock, &irq);
    }
    spin_unlock(&h->lock, irq);
}
