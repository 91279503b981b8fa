#include "kernel/proc/process.h"

#include "base/bitmap.h"
#include "base/string.h"
#include "kernel/core/log.h"
#include "kernel/mm/heap.h"
#include "kernel/proc/sched.h"

struct spinlock process_lock;
int (*process_spawn)(struct process *parent, const struct spawn *s);

/* All guarded by process_lock. */
static struct process *table[PROCESS_MAX + 1]; /* by pid; [0] unused */
static unsigned nprocesses;                    /* also read without the lock */
static int last_pid;
static struct list all_processes = LIST_INIT(all_processes);
static struct waitq watchdog_wait;

/* The next free pid after the last one given out, so that a pid is not used again soon; 0: none. */
static int pid_find(void)
{
    for (int i = 1; i <= PROCESS_MAX; i++) {
        int pid = (last_pid + i - 1) % PROCESS_MAX + 1;
        if (!table[pid])
            return pid;
    }
    return 0;
}

static int process_register(struct process *p, struct process *parent)
{
    arch_irq_t irq = spin_lock(&process_lock);
    int pid = pid_find();

    if (pid) {
        p->pid = last_pid = pid;
        p->parent = parent;
        table[pid] = p;
        __atomic_store_n(&nprocesses, nprocesses + 1, __ATOMIC_RELAXED);
        list_push_back(&all_processes, &p->all_link);
        if (parent)
            list_push_back(&parent->children, &p->sibling);
    }
    spin_unlock(&process_lock, irq);
    return pid ? 0 : -EAGAIN;
}

int process_create(struct process *parent, const char *name, struct process **out)
{
    struct process *p = KNEW(struct process);
    int err;

    if (!p)
        return -ENOMEM;
    err = space_create(&p->space);
    if (err)
        goto fail;
    list_init(&p->children);
    list_init(&p->sibling);
    list_init(&p->all_link);
    list_init(&p->threads);
    waitq_init(&p->child_exit);
    str_copy(p->name, name, sizeof p->name);
    p->start_ns = arch_clock_ns();
    (void)!arch_entropy(&p->rng_state, sizeof p->rng_state); /* best effort will do */
    err = process_register(p, parent);
    if (err) {
        space_destroy(p->space);
        goto fail;
    }
    *out = p;
    return 0;
fail:
    kfree(p, sizeof *p);
    return err;
}

/* Takes it out of every list; process_lock is held. */
static void process_unlink(struct process *p)
{
    assert(table[p->pid] == p && list_empty(&p->children) && list_empty(&p->threads));
    table[p->pid] = NULL;
    __atomic_store_n(&nprocesses, nprocesses - 1, __ATOMIC_RELAXED);
    list_remove(&p->all_link);
    list_remove(&p->sibling);
}

static void process_free(struct process *p)
{
    if (p->space)
        space_destroy(p->space);
    kfree(p, sizeof *p);
}

void process_discard(struct process *p)
{
    arch_irq_t irq = spin_lock(&process_lock);

    process_unlink(p);
    spin_unlock(&process_lock, irq);
    process_free(p);
}

/* ---- the end of a process ---- */

/* Children go to pid 1, which can kill but need not wait for them; those of pid 1 itself belong to
 * nobody. process_lock is held; zombies among them are put in `orphans`, unlinked. */
static void children_pass_on(struct process *p, struct list *orphans)
{
    struct process *heir = table[1] != p && table[1] && !table[1]->exited ? table[1] : NULL;
    struct list *it;

    while ((it = list_pop_front(&p->children))) {
        struct process *child = LIST_ENTRY(it, struct process, sibling);
        child->parent = heir;
        child->foreground = false;
        child->reaped = true;
        if (child->exited && list_empty(&child->threads)) {
            process_unlink(child);
            list_push_back(orphans, it);
        } else if (heir) {
            list_push_front(&heir->children, it); /* the newest are its own */
        }
    }
}

static void free_all(struct list *orphans)
{
    struct list *it;

    while ((it = list_pop_front(orphans)))
        process_free(LIST_ENTRY(it, struct process, sibling));
}

/* Exited and without threads: tells the parent, or true if nobody waits and the caller is to free
 * it. */
static bool complete(struct process *p)
{
    if (!p->exited || !list_empty(&p->threads))
        return false;
    if (p->parent && !p->reaped) {
        waitq_wake_all(&p->parent->child_exit);
        return false;
    }
    process_unlink(p);
    return true;
}

void process_exited(struct process *p, int status)
{
    struct list orphans = LIST_INIT(orphans);
    arch_irq_t irq = spin_lock(&process_lock);
    bool gone;

    assert(!p->exited && status >= 0 && status <= 255);
    p->exited = true;
    p->status = status;
    p->time_limit_ns = 0;
    children_pass_on(p, &orphans);
    gone = complete(p);
    spin_unlock(&process_lock, irq);
    free_all(&orphans);
    if (gone)
        process_free(p);
}

void process__thread_add(struct process *p, struct thread *t)
{
    arch_irq_t irq = spin_lock(&process_lock);

    assert(!p->exited);
    list_push_back(&p->threads, &t->process_link);
    spin_unlock(&process_lock, irq);
}

/* Memory goes before the parent hears of it, so that who has waited sees nothing of the child left.
 */
void process__thread_gone(struct process *p, struct thread *t)
{
    arch_irq_t irq = spin_lock(&process_lock);
    struct space *space = NULL;
    bool gone;

    assert(!list_empty(&p->threads));
    if (p->exited && p->threads.next == p->threads.prev) { /* the last one */
        space = p->space;
        p->space = NULL;
    }
    if (space) {
        spin_unlock(&process_lock, irq);
        space_destroy(space);
        irq = spin_lock(&process_lock);
    }
    list_remove(&t->process_link); /* thread_kill cannot reach it any more */
    kfree(t, sizeof *t);
    gone = complete(p);
    spin_unlock(&process_lock, irq);
    if (gone)
        process_free(p);
}

/* A child that can be reaped; *out_any: one that matches at all. process_lock is held. */
static struct process *find_zombie(struct process *parent, int pid, bool *out_any)
{
    *out_any = false;
    LIST_EACH(it, &parent->children)
    {
        struct process *p = LIST_ENTRY(it, struct process, sibling);
        if (p->reaped || (pid != -1 && p->pid != pid))
            continue;
        *out_any = true;
        if (p->exited && list_empty(&p->threads))
            return p;
    }
    return NULL;
}

int process_wait(struct process *parent, int pid, bool nohang, int *out_status)
{
    arch_irq_t irq = spin_lock(&process_lock);
    struct process *child;
    bool any;
    int err;

    while (!(child = find_zombie(parent, pid, &any))) {
        err = !any ? -ECHILD : nohang ? -EAGAIN : 0;
        if (!err)
            err = waitq_wait(&parent->child_exit, &process_lock, &irq, UINT64_MAX);
        if (err) {
            spin_unlock(&process_lock, irq);
            return err;
        }
    }
    process_unlink(child);
    spin_unlock(&process_lock, irq);
    pid = child->pid;
    *out_status = child->status;
    process_free(child);
    return pid;
}

/* ---- signals and time limits ---- */

static void kill_threads(struct process *p, int kind)
{
    if (!p->killed)
        p->killed = kind + 1;
    LIST_EACH(it, &p->threads)
    thread_kill(LIST_ENTRY(it, struct thread, process_link), kind);
}

void process_kill_others(int kind)
{
    struct thread *self = thread_current();
    arch_irq_t irq = spin_lock(&process_lock);

    LIST_EACH(it, &self->process->threads)
    {
        struct thread *t = LIST_ENTRY(it, struct thread, process_link);
        if (t != self)
            thread_kill(t, kind);
    }
    spin_unlock(&process_lock, irq);
}

void process_revive(void)
{
    struct thread *self = thread_current();
    arch_irq_t irq = spin_lock(&process_lock);

    __atomic_store_n(&self->kill_pending, self->process->killed, __ATOMIC_RELAXED);
    spin_unlock(&process_lock, irq);
}

int process_kill(int pid, int kind)
{
    arch_irq_t irq;
    struct process *p;

    if (pid < 1 || pid > PROCESS_MAX)
        return -ESRCH;
    irq = spin_lock(&process_lock);
    p = table[pid];
    if (p && p->exited)
        p = NULL;
    if (p)
        kill_threads(p, kind);
    spin_unlock(&process_lock, irq);
    return p ? 0 : -ESRCH;
}

void process_limit_time(struct process *p, uint64_t limit_ns, int kind)
{
    arch_irq_t irq = spin_lock(&process_lock);

    p->time_limit_ns = limit_ns;
    p->time_limit_kind = kind;
    waitq_wake_one(&watchdog_wait);
    spin_unlock(&process_lock, irq);
}

/* Kills whose time is up; when to look again. process_lock is held. */
static uint64_t check_limits(uint64_t now)
{
    uint64_t next = UINT64_MAX;

    LIST_EACH(it, &all_processes)
    {
        struct process *p = LIST_ENTRY(it, struct process, all_link);
        uint64_t end;
        if (!p->time_limit_ns || __builtin_add_overflow(p->start_ns, p->time_limit_ns, &end))
            continue;
        if (end > now) {
            next = min_u64(next, end);
            continue;
        }
        p->time_limit_ns = 0;
        kill_threads(p, p->time_limit_kind);
    }
    return next;
}

static void watchdog(void *arg UNUSED)
{
    arch_irq_t irq;

    thread_priority_set(PRIORITY_COUNT - 1);
    irq = spin_lock(&process_lock);
    for (;;) {
        uint64_t next = check_limits(arch_clock_ns());
        int err = waitq_wait(&watchdog_wait, &process_lock, &irq, next);
        (void)err; /* woken or timed out: both mean to look */
    }
}

void process_init(void)
{
    waitq_init(&watchdog_wait);
    if (!thread_create(NULL, "watchdog", watchdog, NULL))
        panic("no memory for the watchdog");
}

/* ---- looking ---- */

/* The newest living child in the foreground. */
static struct process *foreground_child(struct process *p)
{
    for (struct list *it = p->children.prev; it != &p->children; it = it->prev) {
        struct process *child = LIST_ENTRY(it, struct process, sibling);
        if (child->foreground && !child->exited)
            return child;
    }
    return NULL;
}

int process_foreground(unsigned *out_tty_mode)
{
    arch_irq_t irq = spin_lock(&process_lock);
    struct process *p = table[1], *child = p;
    int pid = 0;

    for (int depth = 0; child && depth < PROCESS_MAX; depth++) {
        p = child;
        child = foreground_child(p);
    }
    if (p) {
        pid = p->pid;
        *out_tty_mode = p->tty_mode;
    }
    spin_unlock(&process_lock, irq);
    return pid;
}

struct process *process_current(void)
{
    struct thread *t = thread_current();

    return t ? t->process : NULL;
}

unsigned process_count(void)
{
    return __atomic_load_n(&nprocesses, __ATOMIC_RELAXED);
}

static struct process_code code_read(const struct process_code *c)
{
    return (struct process_code){
        .functions = __atomic_load_n(&c->functions, __ATOMIC_RELAXED),
        .compiled = __atomic_load_n(&c->compiled, __ATOMIC_RELAXED),
        .bytes = __atomic_load_n(&c->bytes, __ATOMIC_RELAXED),
        .compile_ns = __atomic_load_n(&c->compile_ns, __ATOMIC_RELAXED),
    };
}

/* process_lock is held. */
static void info_fill(const struct process *p, struct process_info *out)
{
    *out = (struct process_info){
        .pid = p->pid,
        .parent = p->parent ? p->parent->pid : 0,
        .start_ns = p->start_ns,
        .exited = p->exited,
        .memory_bytes = p->space ? space_committed(p->space) : 0,
        .cpu_ns = __atomic_load_n(&p->cpu_ns, __ATOMIC_RELAXED),
        .code = code_read(&p->code),
    };
    str_copy(out->name, p->name, sizeof(out->name));
    LIST_EACH(it, &p->threads)
    out->threads++;
}

int process_info(int pid, struct process_info *out)
{
    const struct process *p;
    arch_irq_t irq;

    if (pid < 1 || pid > PROCESS_MAX)
        return -ESRCH;
    irq = spin_lock(&process_lock);
    p = table[pid];
    if (p)
        info_fill(p, out);
    spin_unlock(&process_lock, irq);
    return p ? 0 : -ESRCH;
}

int process_next_pid(int pid)
{
    arch_irq_t irq = spin_lock(&process_lock);

    while (pid <= PROCESS_MAX && (pid < 1 || !table[pid]))
        pid++;
    spin_unlock(&process_lock, irq);
    return pid <= PROCESS_MAX ? pid : 0;
}
