/* /proc/PID: listing, texts, and what is left of it when the process has gone. */
#include "base/format.h"
#include "base/string.h"
#include "base/test.h"
#include "kernel/fs/vfs.h"
#include "kernel/proc/process.h"

enum { TEXT_MAX = 512 };

static bool starts(const char *text, const char *with)
{
    return !strncmp(text, with, strlen(with));
}

/* What `file` of a process says, NUL-terminated; the vnode is the caller's. */
static struct vnode *read_file(struct unit_test_state *test_state, int pid, const char *file,
                               char text[TEXT_MAX])
{
    struct vnode *v = NULL;
    char path[64];
    fmt_snprintf(path, sizeof(path), "/proc/%d/%s", pid, file);
    CHECK(vfs_lookup(path, &v) == 0);
    int64_t n = v ? vnode_read(v, text, TEXT_MAX - 1, 0) : 0;
    CHECK(n > 0);
    text[n > 0 ? n : 0] = 0;
    return v;
}

/* How often the directory lists the name; every entry must be found by its name, too. */
static unsigned listed(struct unit_test_state *test_state, struct vnode *dir, const char *name)
{
    struct dirent d = {0};
    unsigned n = 0;
    while (vnode_readdir(dir, d.next, &d) == 1) {
        n += !strcmp(d.name, name);
        struct vnode *v;
        if (!strcmp(d.name, ".") || !strcmp(d.name, ".."))
            continue;
        CHECK(dir->ops->lookup(dir, d.name, d.name_len, &v) == 0 && v->type == d.type);
        vnode_put(v);
    }
    return n;
}

TEST(procfs_texts)
{
    struct process *p;
    char text[TEXT_MAX], name[16];
    struct vnode *proc, *status, *code, *dir;
    CHECK(process_create(NULL, "a\nPid: 9", &p) == 0);
    p->code = (struct process_code){12, 3, 4567, 89};
    int pid = p->pid;
    fmt_snprintf(name, sizeof(name), "%d", pid);
    status = read_file(test_state, pid, "status", text);
    CHECK(starts(text, "Name: a?Pid: 9\nPid: "));
    size_t len = strlen(text);
    static const char end[] = "Memory: 0 B\nCpuTime: 0 ns\n";
    CHECK(len > sizeof(end) && starts(text + len - (sizeof(end) - 1), end));
    code = read_file(test_state, pid, "code", text);
    CHECK(!strcmp(text, "Functions: 12\nCompiled: 3\nCode: 4567 B\nCompileTime: 89 ns\n"));
    CHECK(vnode_read(code, text, 4, 11) == 4 && !memcmp(text, "12\nC", 4));
    CHECK(vnode_read(code, text, 4, 1000) == 0);
    CHECK(vnode_write(code, text, 4, 0) < 0 && vnode_truncate(code, 0) < 0);

    CHECK(vfs_lookup("/proc", &proc) == 0);
    CHECK(listed(test_state, proc, name) == 1 && listed(test_state, proc, "version") == 1);
    CHECK(proc->ops->lookup(proc, name, strlen(name), &dir) == 0);
    CHECK(listed(test_state, dir, "status") == 1 && listed(test_state, dir, "..") == 1);

    process_discard(p);
    CHECK(vnode_read(status, text, TEXT_MAX, 0) == -ESRCH);
    CHECK(listed(test_state, proc, name) == 0);
    struct vnode *none;
    CHECK(dir->ops->lookup(dir, "code", 4, &none) == -ENOENT);
    vnode_put(dir);
    vnode_put(status);
    vnode_put(code);
    vnode_put(proc);
}

/* A pid is given out again: what was opened stays with the process that has gone. */
TEST(procfs_pid_used_again)
{
    struct process *p, *q;
    char text[TEXT_MAX];
    CHECK(process_create(NULL, "old", &p) == 0);
    int pid = p->pid;
    struct vnode *v = read_file(test_state, pid, "status", text);
    process_discard(p);
    for (int i = 0; i < PROCESS_MAX; i++) {
        CHECK(process_create(NULL, "new", &q) == 0);
        if (q->pid == pid)
            break;
        process_discard(q);
    }
    CHECK(q->pid == pid);
    CHECK(vnode_read(v, text, TEXT_MAX, 0) == -ESRCH);
    vnode_put(v);
    vnode_put(read_file(test_state, pid, "status", text));
    CHECK(starts(text, "Name: new\n"));
    process_discard(q);
}

TEST(procfs_names)
{
    static const char *const no[] = {
        "/proc/0",  "/proc/01", "/proc/4097",   "/proc/99999999999999999",
        "/proc/1x", "/proc/-1", "/proc/selfish"};
    struct vnode *v;
    for (size_t i = 0; i < ARRAY_LEN(no); i++)
        CHECK(vfs_lookup(no[i], &v) == -ENOENT);
    CHECK(vfs_lookup("/proc/self", &v) == -ENOENT); /* a thread of the kernel has no process */
}
