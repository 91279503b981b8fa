#include "kernel/run/stage_test.h"

#include "kernel/mm/heap.h"

struct stage {
    struct process *process;
    struct unit_test_state *state;
    stage_fn body;
    void *arg;
    struct spinlock lock;
    struct waitq done_q;
    bool done;
};

static void stage_main(void *arg)
{
    struct stage *s = arg;
    struct process *p = s->process;
    struct running *r = KNEW(struct running);
    assert(r);
    program_init(&r->program, p);
    mutex_init(&r->compile);
    run__help_init(r);
    s->body(s->state, r, s->arg);
    run__help_fini(r);
    kfree(r, sizeof(*r));
    arch_irq_t irq = spin_lock(&s->lock);
    s->done = true;
    waitq_wake_all(&s->done_q);
    spin_unlock(&s->lock, irq);
    process_exited(p, 0);
    thread_exit();
}

void stage_run(struct unit_test_state *test_state, const char *name, stage_fn body, void *arg)
{
    struct stage s = {.state = test_state, .body = body, .arg = arg};
    waitq_init(&s.done_q);
    if (process_create(NULL, name, &s.process)) {
        unit_test_failed(test_state, "process_create", __FILE__, __LINE__);
        return;
    }
    s.process->cwd = vfs_root();
    if (!thread_create(s.process, name, stage_main, &s)) {
        unit_test_failed(test_state, "thread_create", __FILE__, __LINE__);
        return;
    }
    arch_irq_t irq = spin_lock(&s.lock);
    while (!s.done)
        waitq_wait_uninterruptible(&s.done_q, &s.lock, &irq);
    spin_unlock(&s.lock, irq);
}
