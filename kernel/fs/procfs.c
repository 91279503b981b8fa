/* /proc/PID: texts about a process, made at the moment of reading (docs/vfs.md). A vnode holds no
 * process, only its pid and start: once the process is gone, reading is -ESRCH, also when the pid
 * has been given out again. */
#include "kernel/fs/procfs.h"

#include "base/format.h"
#include "base/string.h"
#include "kernel/fs/staticdir.h"
#include "kernel/mm/heap.h"
#include "kernel/proc/process.h"

enum {
    TEXT_MAX = 512,
    COOKIE_SELF = 0, /* then 1 + pid - 1: cookies are the pids to go on at */
    FILES_FIRST = 2, /* cookie in a process's directory, behind `.` and `..` */
    INO_SELF = 0x10000,
    INO_FIRST = 0x10001, /* a process has INO_STEP numbers, of its directory and its files */
    INO_STEP = 8,
};

struct proc_node {
    struct vnode v;
    int pid;
    uint64_t start_ns;
    unsigned file; /* 0: the directory, else 1 + index in `files` */
};

/* Both write at most TEXT_MAX bytes and return how many. */
static size_t status_text(const struct process_info *p, char *text);
static size_t code_text(const struct process_info *p, char *text);

static const struct proc_file {
    const char *name;
    size_t (*text)(const struct process_info *p, char *text);
} files[] = {{"status", status_text}, {"code", code_text}};
_Static_assert(ARRAY_LEN(files) < INO_STEP, "each file has a number");

static const struct vnode_ops dir_ops, file_ops;

static struct proc_node *node_of(struct vnode *v)
{
    return CONTAINER_OF(v, struct proc_node, v);
}

static uint64_t ino_of(int pid, unsigned file)
{
    return INO_FIRST + (uint64_t)pid * INO_STEP + file;
}

/* ---- texts ---- */

static size_t print(char *text, const char *fmt, ...) PRINTF_LIKE(2, 3);
static size_t print(char *text, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = fmt_vsnprintf(text, TEXT_MAX, fmt, args);
    va_end(args);
    return min_u64((uint64_t)n, TEXT_MAX - 1);
}

static size_t status_text(const struct process_info *p, char *text)
{
    char name[sizeof(p->name)];
    size_t len = str_copy(name, p->name, sizeof(name));
    for (size_t i = 0; i < len; i++) /* a file's name may be anything: it must not make lines */
        if ((unsigned char)name[i] < ' ' || name[i] == 0x7f)
            name[i] = '?';
    return print(text,
                 "Name: %s\nPid: %d\nParent: %d\nState: %s\nThreads: %u\nMemory: %llu B\n"
                 "CpuTime: %llu ns\n",
                 name, p->pid, p->parent, p->exited ? "exited" : "running", p->threads,
                 (unsigned long long)p->memory_bytes, (unsigned long long)p->cpu_ns);
}

static size_t code_text(const struct process_info *p, char *text)
{
    const struct process_code *c = &p->code;
    return print(text, "Functions: %llu\nCompiled: %llu\nCode: %llu B\nCompileTime: %llu ns\n",
                 (unsigned long long)c->functions, (unsigned long long)c->compiled,
                 (unsigned long long)c->bytes, (unsigned long long)c->compile_ns);
}

static int info_of(const struct proc_node *n, struct process_info *out)
{
    int err = process_info(n->pid, out);
    return !err && out->start_ns != n->start_ns ? -ESRCH : err;
}

static int64_t file_read(struct vnode *v, void *buf, size_t len, uint64_t offset)
{
    const struct proc_node *n = node_of(v);
    struct process_info p;
    char text[TEXT_MAX];
    const struct process *self_process = process_current();
    if (self_process && self_process->pid == n->pid)
        sched_account(thread_current());
    int err = info_of(n, &p);
    if (err)
        return err;
    size_t size = files[n->file - 1].text(&p, text);
    if (offset >= size)
        return 0;
    len = min_u64(len, size - offset);
    memcpy(buf, text + offset, len);
    return (int64_t)len;
}

/* ---- nodes ---- */

static int node_create(int pid, uint64_t start_ns, unsigned file, struct vnode **out)
{
    struct proc_node *n = KNEW(struct proc_node);
    if (!n)
        return -ENOMEM;
    vnode_init(&n->v, file ? &file_ops : &dir_ops, file ? VNODE_REG : VNODE_DIR, true);
    n->pid = pid;
    n->start_ns = start_ns;
    n->file = file;
    *out = &n->v;
    return 0;
}

static void node_release(struct vnode *v)
{
    struct proc_node *n = node_of(v);
    kfree(n, sizeof(*n));
}

static int node_stat(struct vnode *v, struct vnode_stat *out)
{
    const struct proc_node *n = node_of(v);
    out->dev = PROCFS_DEV;
    out->ino = ino_of(n->pid, n->file);
    out->nlink = n->file ? 1 : 2;
    return 0;
}

static int dir_lookup(struct vnode *v, const char *name, size_t len, struct vnode **out)
{
    const struct proc_node *n = node_of(v);
    struct process_info p;
    if (len == 2 && !memcmp(name, "..", 2)) {
        *out = vnode_get(procfs_root());
        return 0;
    }
    int err = info_of(n, &p);
    if (err)
        return err == -ESRCH ? -ENOENT : err;
    for (unsigned i = 0; i < ARRAY_LEN(files); i++)
        if (strlen(files[i].name) == len && !memcmp(files[i].name, name, len))
            return node_create(n->pid, n->start_ns, i + 1, out);
    return -ENOENT;
}

static void dirent_fill(struct dirent *out, uint64_t next, enum vnode_type type, const char *name)
{
    *out = (struct dirent){.next = next, .type = type};
    out->name_len = (uint32_t)str_copy(out->name, name, sizeof(out->name));
}

static int dir_readdir(struct vnode *v, uint64_t cookie, struct dirent *out)
{
    const struct proc_node *n = node_of(v);
    if (cookie < FILES_FIRST) {
        dirent_fill(out, cookie + 1, VNODE_DIR, cookie ? ".." : ".");
        out->ino = cookie ? 1 : ino_of(n->pid, 0);
        return 1;
    }
    if (cookie - FILES_FIRST >= ARRAY_LEN(files))
        return 0;
    unsigned i = (unsigned)(cookie - FILES_FIRST);
    dirent_fill(out, cookie + 1, VNODE_REG, files[i].name);
    out->ino = ino_of(n->pid, i + 1);
    return 1;
}

static const struct vnode_ops dir_ops = {
    .lookup = dir_lookup, .readdir = dir_readdir, .stat = node_stat, .release = node_release};
static const struct vnode_ops file_ops = {
    .read = file_read, .stat = node_stat, .release = node_release};

/* ---- self: a link to the directory of whoever reads it ---- */

static int64_t self_readlink(struct vnode *v UNUSED, char *buf, size_t size)
{
    char text[16];
    const struct process *p = process_current();
    if (!p)
        return -ENOENT;
    size_t len = (size_t)fmt_snprintf(text, sizeof(text), "%d", p->pid);
    len = min_u64(len, size);
    memcpy(buf, text, len);
    return (int64_t)len;
}

static int self_stat(struct vnode *v UNUSED, struct vnode_stat *out)
{
    out->dev = PROCFS_DEV;
    out->ino = INO_SELF;
    return 0;
}

static const struct vnode_ops self_ops = {.readlink = self_readlink, .stat = self_stat};
static struct vnode self = {.ops = &self_ops, .type = VNODE_LINK, .refs = 1};

/* ---- what staticdir.c asks ---- */

/* A pid as it is printed: no zero in front; 0: no pid. */
static int parse_pid(const char *name, size_t len)
{
    int pid = 0;
    if (len == 0 || name[0] == '0')
        return 0;
    for (size_t i = 0; i < len; i++) {
        if (name[i] < '0' || name[i] > '9')
            return 0;
        pid = pid * 10 + (name[i] - '0');
        if (pid > PROCESS_MAX)
            return 0;
    }
    return pid;
}

int procfs__lookup(const char *name, size_t len, struct vnode **out)
{
    struct process_info p;
    if (len == 4 && !memcmp(name, "self", 4)) {
        *out = vnode_get(&self);
        return 0;
    }
    int pid = parse_pid(name, len);
    if (!pid || process_info(pid, &p))
        return -ENOENT;
    return node_create(pid, p.start_ns, 0, out);
}

int procfs__readdir(uint64_t cookie, struct dirent *out)
{
    char name[16];
    if (cookie == COOKIE_SELF) {
        dirent_fill(out, 1, VNODE_LINK, "self");
        out->ino = INO_SELF;
        return 1;
    }
    int pid = cookie <= PROCESS_MAX ? process_next_pid((int)cookie) : 0;
    if (!pid)
        return 0;
    fmt_snprintf(name, sizeof(name), "%d", pid);
    dirent_fill(out, (uint64_t)pid + 1, VNODE_DIR, name);
    out->ino = ino_of(pid, 0);
    return 1;
}
