/* The first process: the shell, or the one program of a job archive (docs/exec.md). */
#include "base/format.h"
#include "base/string.h"
#include "kernel/core/log.h"
#include "kernel/fs/ramfs.h"
#include "kernel/fs/tar.h"
#include "kernel/mm/heap.h"
#include "kernel/run/exec.h"
#include "kernel/run/run.h"

enum { JOB_TEXT_MAX = STRINGS_MAX_BYTES, JOB_DIRS_MAX = 64 };

static const char shell_name[] = "cli-cpp";
static const char shell_env[] = "HOME=/\0PATH=/bin\0TERM=linux";

/* The running job, for its end. */
static struct {
    bool present, on_link;
    struct vnode *root; /* of the file system that job/ was unpacked into; not mounted */
} job;

/* ---- the end ---- */

static void device_write(const char *name, const void *data, size_t len)
{
    struct vnode *v = device_vnode(name);
    if (!v)
        return;
    if (vnode_write(v, data, len, 0) < 0)
        log_error("job: no room on %s", name);
    vnode_put(v);
}

NORETURN static void finish(int status)
{
    if (job.on_link) {
        uint32_t wire = (uint32_t)status;
        run__sync_dirs(job.root);
        device_write("link_status", &wire, sizeof(wire));
        arch_power_off(0);
    }
    arch_power_off(job.present ? status : 0);
}

static void first_exited(int status)
{
    finish(status);
}

/* ---- what the job archive says ---- */

/* A small file of the job; NULL if there is none. Terminated; free with *out_len + 1 bytes. */
static char *job_text(const char *path, size_t *out_len)
{
    struct walk w;
    struct vnode_stat st;
    char *text = NULL;
    *out_len = 0;
    if (!job.root || path_walk(job.root, path, strlen(path), 0, &w))
        return NULL;
    if (vnode_stat(w.vnode, &st) == 0 && st.size <= JOB_TEXT_MAX)
        text = kalloc(st.size + 1);
    int64_t n = text ? vnode_read(w.vnode, text, st.size, 0) : -1;
    vnode_put(w.vnode);
    if (text && n != (int64_t)st.size) {
        kfree(text, st.size + 1);
        return NULL;
    }
    *out_len = text ? st.size : 0;
    return text;
}

/* A list of NUL-terminated strings out of a file of the job. */
static struct string_list job_strings(const char *path)
{
    struct string_list l = {0};
    size_t len;
    char *text = job_text(path, &len);
    if (!text)
        return l;
    if (strings_copy(text, len, &l))
        log_error("job: %s is not a list of strings", path);
    kfree(text, len + 1);
    return l;
}

static uint64_t job_time_limit_ns(void)
{
    size_t len;
    uint64_t ms = 0;
    char *text = job_text("job/timeout_ms", &len);
    for (size_t n = 0;
         n < len && text[n] >= '0' && text[n] <= '9' && ms < UINT64_MAX / NSEC_PER_SEC; n++)
        ms = ms * 10 + (uint64_t)(text[n] - '0');
    kfree(text, len + 1);
    return min_u64(ms, UINT64_MAX / NSEC_PER_SEC) * NSEC_PER_MSEC;
}

/* ---- descriptors ---- */

static int open_as(struct fd_table *t, struct vnode *v, uint64_t rights, const char *preopen)
{
    struct file *f;
    int err = file_create(v, 0, rights, rights_inheriting(v), &f);
    if (err)
        return err;
    if (preopen)
        err = file_preopen(f, preopen);
    if (!err)
        err = fd_install(t, f, 0);
    file_put(f);
    return err < 0 ? err : 0;
}

static int open_device(struct fd_table *t, const char *name, uint64_t without)
{
    struct vnode *v = device_vnode(name);
    if (!v)
        return -ENODEV;
    int err = open_as(t, v, rights_base(v) & ~without, NULL);
    vnode_put(v);
    return err;
}

/* mkdir -p from the root; the directory is the caller's. */
static int make_dirs(const char *path, struct vnode **out)
{
    struct walk w;
    for (const char *p = path; p; p = strchr(p + 1, '/')) {
        const char *end = strchr(p + 1, '/');
        size_t len = end ? (size_t)(end - path) : strlen(path);
        struct vfs_path at = {vfs_root(), path, len, 0};
        int err = len ? vfs_mkdir(&at) : 0;
        if (err && err != -EEXIST)
            return err;
    }
    int err = path_walk(vfs_root(), path, strlen(path), 0, &w);
    if (!err)
        *out = w.vnode;
    return err;
}

/* Makes the content of job/dir/N appear at the guest path, if that can name a place of its own. */
static void mount_dir(const char *guest, struct vnode *dir)
{
    struct vnode *at;
    int err = make_dirs(guest, &at);
    if (err) {
        log_warn("job: %s: %s", guest, errno_message(-err));
        return;
    }
    if (at != vfs_root() && at != dir)
        err = vfs_mount(at, dir);
    if (err)
        log_warn("job: %s: %s", guest, errno_message(-err));
    vnode_put(at);
}

/* job/dir/N, made if the archive has no entry for it (an empty directory). */
static int find_job_dir(unsigned n, struct vnode **out)
{
    char path[32];
    struct walk w;
    int len = fmt_snprintf(path, sizeof(path), "job/dir/%u", n);
    static const size_t lens[] = {3, 7, 0}; /* "job", "job/dir", all */
    for (size_t k = 0; k < ARRAY_LEN(lens); k++) {
        struct vfs_path at = {job.root, path, lens[k] ? lens[k] : (size_t)len, 0};
        int err = vfs_mkdir(&at);
        if (err && err != -EEXIST)
            return err;
    }
    int err = path_walk(job.root, path, (size_t)len, 0, &w);
    if (!err)
        *out = w.vnode;
    return err;
}

static int preopen_job_dirs(struct fd_table *t)
{
    struct string_list dirs = job_strings("job/dirs");
    const char *guest = dirs.bytes;
    int err = 0;
    for (uint32_t n = 0; n < min_u64(dirs.count, JOB_DIRS_MAX) && !err; n++) {
        struct vnode *dir;
        err = find_job_dir(n, &dir);
        if (err)
            break;
        mount_dir(guest, dir);
        err = open_as(t, dir, rights_base(dir), guest);
        vnode_put(dir);
        guest += strlen(guest) + 1;
    }
    strings_free(&dirs);
    return err;
}

/* 0–2 on the link or the console, then the preopened directories. */
static int make_descriptors(struct fd_table **out)
{
    static const char *const console[] = {"console", "console", "console"};
    static const char *const link[] = {"link_in", "link_out", "link_err"};
    const char *const *names = job.on_link ? link : console;
    struct fd_table *t;
    int err = fd_table_create(&t);
    if (err)
        return err;
    err = open_device(t, names[0], job.on_link ? RIGHT_FD_WRITE : 0);
    for (int n = 1; n < 3 && !err; n++)
        err = open_device(t, names[n], job.on_link ? RIGHT_FD_READ : 0);
    if (!err)
        err = open_as(t, vfs_root(), rights_base(vfs_root()), "/");
    if (!err && job.present)
        err = preopen_job_dirs(t);
    if (err)
        fd_table_destroy(t);
    else
        *out = t;
    return err;
}

/* ---- the beginning ---- */

static void unpack_modules(void)
{
    if (ramfs_create(&job.root))
        log_error("boot: no memory for the job");
    for (unsigned n = 0; n < arch_boot.nmodules; n++) {
        int err = vfs_unpack_split(vfs_root(), "job/", job.root, arch_boot.modules[n].data,
                                   arch_boot.modules[n].len);
        if (err)
            log_error("boot: archive %u: %s", n, errno_message(-err));
    }
}

/* The program of the job: its own file, or what its first argument names. */
static int find_program(const char *name, struct vnode **out)
{
    static const char own[] = "job/program.wasm";
    struct walk w;
    if (job.present && path_walk(job.root, own, sizeof(own) - 1, 0, &w) == 0) {
        *out = w.vnode;
        return 0;
    }
    return exec_find(vfs_root(), name, out);
}

static int start_first(struct spawn *s)
{
    struct vnode *file;
    int err = make_descriptors(&s->fds);
    if (err)
        return err;
    err = find_program(s->path, &file);
    if (!err) {
        err = exec_start(NULL, file, s, first_exited);
        vnode_put(file);
    } else {
        struct process nobody = {.fds = s->fds};
        run__complain(&nobody, "%s: %s\n", s->path,
                      err == -ENOENT ? "not found" : errno_message(-err));
    }
    if (err < 0)
        fd_table_destroy(s->fds);
    return err;
}

static int status_of_error(int err)
{
    switch (-err) {
    case ENOENT:
    case ENOTDIR:
    case ELOOP:
    case ENAMETOOLONG:
    case EINVAL:
        return STATUS_NOT_FOUND;
    case ENOEXEC:
    case EACCES:
        return STATUS_CANNOT_EXECUTE;
    default:
        return STATUS_SYSTEM;
    }
}

static void boot_main(void *arg UNUSED)
{
    struct spawn s = {.cwd = vfs_root(), .foreground = true};
    unpack_modules();
    s.args = job_strings("job/args");
    job.present = s.args.count > 0;
    job.on_link = job.present && arch_link_present();
    int err = 0;
    if (job.present) {
        s.env = job_strings("job/env");
        s.time_limit_ns = job_time_limit_ns();
    } else {
        err = strings_copy(shell_name, sizeof(shell_name), &s.args);
        if (!err)
            err = strings_copy(shell_env, sizeof(shell_env), &s.env);
    }
    s.path = err ? shell_name : s.args.bytes;
    log_info("boot: starting %s", s.path);
    if (!err)
        err = start_first(&s);
    if (err < 0) /* what is wrong with a program, its standard error has been told */
        log_write(status_of_error(err) == STATUS_SYSTEM ? LOG_ERROR : LOG_INFO, "boot: %s: %s",
                  s.path, errno_message(-err));
    strings_free(&s.args);
    strings_free(&s.env);
    if (err < 0)
        finish(status_of_error(err));
    thread_exit();
}

void run_boot(void)
{
    process_spawn = exec_spawn;
    sys_thread_spawn = run__thread_spawn;
    putchar_init();
    if (!thread_create(NULL, "boot", boot_main, NULL))
        panic("no memory for the first thread");
}
