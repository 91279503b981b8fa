/* From a file to a running program and back: everything a program is made of is acquired here, on
 * its own thread (its memory is in its own address space), and released here. */
#include "kernel/run/exec.h"

#include "base/string.h"
#include "kernel/mm/heap.h"

#define FILE_MAX (512 * MIB) /* of a module */
enum { ENTRY_VALUES_MAX = 8 };

/* Between the starting thread and the program's: who is last frees it. */
struct start {
    struct spinlock lock;
    struct waitq loaded_q;
    uint32_t refs;
    bool loaded;
    int result;
    struct process *process;
    struct vnode *file;
    exec_exit_fn on_exit;
};

static void start_put(struct start *s)
{
    if (__atomic_sub_fetch(&s->refs, 1, __ATOMIC_ACQ_REL))
        return;
    vnode_put(s->file);
    kfree(s, sizeof(*s));
}

static void start_report(struct start *s, int result)
{
    arch_irq_t irq = spin_lock(&s->lock);
    s->result = result;
    s->loaded = true;
    waitq_wake_all(&s->loaded_q);
    spin_unlock(&s->lock, irq);
}

static int start_wait(struct start *s)
{
    arch_irq_t irq = spin_lock(&s->lock);
    while (!s->loaded)
        waitq_wait_uninterruptible(&s->loaded_q, &s->lock, &irq);
    int result = s->result;
    spin_unlock(&s->lock, irq);
    return result;
}

/* ---- loading ---- */

/* The file's bytes: where they lie, or a copy in the process's address space. */
static int load_bytes(struct running *r, struct vnode *file, const uint8_t **out, uint64_t *out_len)
{
    struct space *space = r->program.process->space;
    struct vnode_stat st;
    *out = vnode_in_place(file, out_len);
    if (*out)
        return 0;
    int err = vnode_stat(file, &st);
    if (err)
        return err;
    if (st.size > FILE_MAX)
        return -EFBIG;
    uint64_t bytes = align_up(max_u64(st.size, 1), PAGE_SIZE);
    r->image = space_reserve(space, bytes);
    if (!r->image || space_commit(space, r->image, bytes))
        return -ENOMEM;
    uint64_t done = 0;
    while (done < st.size) {
        int64_t n = vnode_read(file, (char *)r->image + done, st.size - done, done);
        if (n < 0)
            return (int)n;
        if (n == 0)
            break;
        done += (uint64_t)n;
    }
    *out = (const uint8_t *)r->image;
    *out_len = done;
    return 0;
}

static bool is_called(const struct wasm_import_desc *import, const char *module, const char *name)
{
    return import->module_len == strlen(module) && import->name_len == strlen(name) &&
           !memcmp(import->module, module, import->module_len) &&
           !memcmp(import->name, name, import->name_len);
}

int run__resolve(void *arg, const struct wasm_import_desc *import, uint32_t index UNUSED,
                 struct wasm_extern *out)
{
    struct running *r = arg;
    int err = 0;
    if (import->kind != WASM_MEMORY || !import->shared || !is_called(import, "env", "memory"))
        return sys_resolve(import, out);
    if (!r->memory)
        err = wasm_shared_memory_create(&run__host, r, import->min, import->max, &r->memory);
    *out = (struct wasm_extern){.kind = WASM_MEMORY, .memory = r->memory};
    return err;
}

/* Module, store, instance and thread; what was made stays in r and the process for unload(). */
static int load(struct running *r, struct vnode *file, struct wasm_thread **out_thread,
                struct wasm_error *e)
{
    struct process *p = r->program.process;
    const uint8_t *bytes;
    uint64_t len;
    int err = load_bytes(r, file, &bytes, &len);
    if (!err)
        err = wasm_module_create(&run__host, r, bytes, len, &r->module, e);
    if (!err)
        err = wasm_store_create(&run__host, r, &p->store);
    if (!err)
        err = wasm_instance_create(p->store, r->module, run__resolve, r, &r->program, &p->instance,
                                   e);
    if (!err)
        err = wasm_thread_create(p->store, RUN_STACK_BYTES, out_thread);
    if (!err)
        program_attach(&r->program, p->instance);
    return err;
}

static void unload(struct running *r)
{
    struct process *p = r->program.process;
    program_fini(&r->program);
    if (p->store)
        wasm_store_destroy(p->store);
    p->store = NULL;
    p->instance = NULL;
    if (r->memory)
        wasm_shared_memory_put(r->memory);
    if (r->module)
        wasm_module_destroy(r->module);
    run__help_fini(r);
    if (r->image)
        space_release(p->space, r->image);
    kfree(r, sizeof(*r));
}

/* Says what is wrong with the file; what the starter gets. */
static int refuse(struct process *p, int err, const struct wasm_error *e)
{
    if (err == WASM_TRAPPED) {
        run__complain(p, "%s: %s\n", p->name, e->what[0] ? e->what : "trap in a segment");
        return -ENOEXEC;
    }
    if (e->what[0]) {
        run__complain(p, "%s: %s\n", p->name, e->what);
        return err == -ENOMEM ? err : -ENOEXEC;
    }
    run__complain(p, "%s: %s\n", p->name, errno_message(-err));
    return err == -ENOMEM ? err : -ENOEXEC;
}

/* ---- running ---- */

static int call(struct running *run, struct wasm_thread *t, uint32_t func, int *out_status)
{
    struct process *p = run->program.process;
    union wasm_value args[ENTRY_VALUES_MAX] = {0}, results[ENTRY_VALUES_MAX] = {0};
    const struct wasm_functype *type = wasm_instance_func_type(p->instance, func);
    if (type->nparams > ENTRY_VALUES_MAX || type->nresults > ENTRY_VALUES_MAX) {
        run__complain(p, "%s: too many values go into or out of the entry function\n", p->name);
        *out_status = STATUS_CANNOT_EXECUTE;
        return WASM_EXITED;
    }
    int r = wasm_call(t, p->instance, func, args, results);
    run__call_ended(run, t, r);
    if (!r && type->nresults == 1 && type->results[0] == WASM_I32)
        *out_status = (int)(results[0].i32 & 0xff);
    return r;
}

/* The start function, which belongs to instantiation; then `_start`. A module with neither is run
 * by its `main` (after a reactor's `_initialize`). The exit status. */
static int run_entries(struct running *r, struct wasm_thread *t)
{
    struct process *p = r->program.process;
    uint32_t func;
    int status = 0, start = wasm_instance_start(p->instance);
    if (start >= 0 && call(r, t, (uint32_t)start, &status))
        return status;
    if (wasm_instance_export(p->instance, "_start", 6, WASM_FUNC, &func) == 0) {
        call(r, t, func, &status);
        return status;
    }
    if (start >= 0)
        return status;
    if (wasm_instance_export(p->instance, "_initialize", 11, WASM_FUNC, &func) == 0 &&
        call(r, t, func, &status))
        return status;
    if (wasm_instance_export(p->instance, "main", 4, WASM_FUNC, &func) == 0) {
        call(r, t, func, &status);
        return status;
    }
    run__complain(p, "%s: no function to start with (start section, _start or main)\n", p->name);
    return STATUS_CANNOT_EXECUTE;
}

void run__enter(struct wasm_thread *t)
{
    struct thread *self = thread_current();
    /* Interrupts of compiled code use the lower half of this stack (arch_thread_set). */
    assert((char *)__builtin_frame_address(0) > (char *)self->kstack + KSTACK_SIZE / 2 + KIB);
    self->wasm = t;
}

void run__leave(void)
{
    thread_current()->wasm = NULL;
}

/* The program is over when its first thread is done, or when any of them has ended it. */
static int run(struct running *r, struct wasm_thread *t)
{
    run__enter(t);
    int status = run_entries(r, t);
    run__leave();
    run__end(r, status, false);
    return run__threads_wait(r);
}

/* Lets go of what hangs on the process. Its descriptors stay if the starter shall have them back.
 */
static void strip(struct process *p, bool keep_fds)
{
    if (!keep_fds)
        fd_table_destroy(p->fds);
    p->fds = NULL;
    vnode_put(p->cwd);
    p->cwd = NULL;
    strings_free(&p->args);
    strings_free(&p->env);
}

static int program_main(struct start *s)
{
    struct process *p = s->process;
    struct wasm_error *e = KNEW(struct wasm_error);
    struct running *r = KNEW(struct running);
    struct wasm_thread *t;
    int status = STATUS_CANNOT_EXECUTE, err = -ENOMEM;
    if (e && r) {
        program_init(&r->program, p);
        mutex_init(&r->compile);
        run__threads_init(r);
        run__help_init(r);
        err = load(r, s->file, &t, e);
    }
    if (err)
        err = e ? refuse(p, err, e) : -ENOMEM;
    kfree(e, sizeof(*e));
    if (!err) {
        start_report(s, 0);
        status = run(r, t);
    }
    if (r)
        unload(r);
    strip(p, err != 0);
    if (err)
        start_report(s, err);
    return status;
}

/* A process that was ended from outside takes along the children it runs in the foreground: nobody
 * would wait for them, and they would keep the terminal. */
static void end_children(struct process *p)
{
    enum { BATCH = 32 };
    int pids[BATCH], n = 0;
    arch_irq_t irq = spin_lock(&process_lock);
    LIST_EACH(it, &p->children)
    {
        struct process *child = LIST_ENTRY(it, struct process, sibling);
        if (child->foreground && !child->exited && n < BATCH)
            pids[n++] = child->pid;
    }
    spin_unlock(&process_lock, irq);
    while (n) {
        int err = process_kill(pids[--n], WASM_TRAP_KILLED);
        (void)err; /* -ESRCH: it has ended by itself */
    }
}

static void thread_main(void *arg)
{
    struct start *s = arg;
    struct process *p = s->process;
    exec_exit_fn on_exit = s->on_exit;
    int status = program_main(s);
    bool ran = s->result == 0;
    start_put(s);
    if (thread_dying())
        end_children(p);
    if (ran && on_exit)
        on_exit(status);
    process_exited(p, status);
    thread_exit();
}

/* ---- starting ---- */

static int fill_process(struct process *p, const struct spawn *s)
{
    int err = strings_copy(s->args.bytes, s->args.len_bytes, &p->args);
    if (!err)
        err = strings_copy(s->env.bytes, s->env.len_bytes, &p->env);
    p->cwd = vnode_get(s->cwd);
    p->fds = s->fds;
    p->foreground = s->foreground;
    return err;
}

/* Without directories and without `.wasm`. */
static void program_name(const char *path, char *out, size_t size)
{
    const char *slash = strrchr(path, '/');
    size_t len = str_copy(out, slash ? slash + 1 : path, size);
    static const char suffix[] = ".wasm";
    size_t n = sizeof(suffix) - 1;
    if (len < size && len > n && !strcmp(out + len - n, suffix))
        out[len - n] = 0;
}

int exec_start(struct process *parent, struct vnode *file, const struct spawn *s,
               exec_exit_fn on_exit)
{
    struct process *p;
    char name[sizeof(p->name)];
    program_name(s->path, name, sizeof(name));
    struct start *start = KNEW(struct start);
    if (!start)
        return -ENOMEM;
    int err = process_create(parent, name, &p);
    if (err) {
        kfree(start, sizeof(*start));
        return err;
    }
    *start = (struct start){.refs = 2, .process = p, .file = vnode_get(file), .on_exit = on_exit};
    waitq_init(&start->loaded_q);
    int pid = p->pid;
    err = fill_process(p, s);
    if (!err && s->time_limit_ns)
        process_limit_time(p, s->time_limit_ns, WASM_TRAP_TIME_LIMIT);
    if (!err && !thread_create(p, name, thread_main, start))
        err = -ENOMEM;
    if (err) {
        strip(p, true);
        process_discard(p);
        start_put(start);
        start_put(start);
        return err;
    }
    err = start_wait(start);
    start_put(start);
    if (err && parent) {
        int status;
        int reaped = process_wait(parent, pid, false, &status);
        (void)reaped; /* -EINTR: the parent is being killed, its children go to pid 1 */
    }
    return err ? err : pid;
}

static int find_in_bin(const char *name, struct vnode **out)
{
    static const char *const forms[] = {"", ".wasm"};
    struct vnode *bin;
    char file[VFS_NAME_MAX + 1];
    int err = vfs_lookup("/bin", &bin);
    if (err)
        return err;
    err = -ENOENT;
    for (size_t n = 0; n < ARRAY_LEN(forms) && err == -ENOENT; n++) {
        size_t len = str_copy(file, name, sizeof(file));
        if (len + strlen(forms[n]) >= sizeof(file))
            break;
        str_copy(file + len, forms[n], sizeof(file) - len);
        struct vfs_path p = {bin, file, len + strlen(forms[n]), 0};
        err = vfs_open(&p, 0, out);
    }
    vnode_put(bin);
    return err;
}

int exec_find(struct vnode *cwd, const char *path, struct vnode **out)
{
    struct vfs_path p = {cwd, path, strlen(path), 0};
    int err = !p.len ? -ENOENT : strchr(path, '/') ? vfs_open(&p, 0, out) : find_in_bin(path, out);
    if (err)
        return err;
    if ((*out)->type == VNODE_REG)
        return 0;
    vnode_put(*out);
    return -EACCES;
}

int exec_spawn(struct process *parent, const struct spawn *s)
{
    struct vnode *file;
    int r = exec_find(s->cwd, s->path, &file);
    if (r)
        return r;
    r = exec_start(parent, file, s, NULL);
    vnode_put(file);
    return r;
}
