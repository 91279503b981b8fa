/* wasi_snapshot_preview1: fd_*. Every call checks its descriptor, its rights and all addresses
 * before it acts. */
#include "base/string.h"
#include "kernel/sys/wasi.h"

enum { WASI_ADVICE_MAX = 5, WASI_WHENCE_MAX = 2 };

static struct fd_table *fds_of(struct wasm_instance *i)
{
    return program_of(i)->process->fds;
}

int wasi__file(struct wasm_instance *i, uint32_t fd, uint64_t rights, struct file **out)
{
    return fd > INT32_MAX ? -EBADF : fd_get_rights(fds_of(i), (int)fd, rights, out);
}

/* A descriptor that must be for data, not for a directory. */
static int data_file(struct wasm_instance *i, uint32_t fd, uint64_t rights, struct file **out)
{
    struct file *f;
    int err = wasi__file(i, fd, 0, &f);
    if (err)
        return err;
    bool directory = f->vnode->type == VNODE_DIR;
    file_put(f);
    return directory ? -EBADF : wasi__file(i, fd, rights, out);
}

/* ---- reading and writing ---- */

enum transfer { READ, WRITE, PREAD, PWRITE };

static int64_t run_transfer(enum transfer kind, struct file *f, struct guest_iovecs *v,
                            uint64_t offset)
{
    switch (kind) {
    case READ:
        return file_readv(f, v->at, v->count);
    case WRITE:
        return file_writev(f, v->at, v->count);
    case PREAD:
        return file_preadv(f, v->at, v->count, offset);
    default:
        return file_pwritev(f, v->at, v->count, offset);
    }
}

static int32_t transfer(struct wasm_instance *i, enum transfer kind, uint32_t fd, guest_t iovs,
                        uint32_t count, uint64_t offset, guest_t out_len)
{
    static const uint64_t needs[] = {[READ] = RIGHT_FD_READ,
                                     [WRITE] = RIGHT_FD_WRITE,
                                     [PREAD] = RIGHT_FD_READ | RIGHT_FD_SEEK,
                                     [PWRITE] = RIGHT_FD_WRITE | RIGHT_FD_SEEK};
    struct file *f;
    struct guest_iovecs v;
    program_flush(program_of(i));
    int64_t n = data_file(i, fd, needs[kind], &f);
    if (n)
        return sys_result(i, n);
    n = guest_check(i, out_len, sizeof(uint32_t));
    if (!n)
        n = guest_iovecs_get(i, iovs, count, &v);
    if (!n) {
        n = run_transfer(kind, f, &v, offset);
        guest_iovecs_free(&v);
    }
    if (n >= 0)
        n = guest_put_u32(i, out_len, (uint32_t)n);
    file_put(f);
    return sys_result(i, n);
}

int32_t wasi_fd_read(struct wasm_instance *i, u32 fd, guest_t iovs, u32 count, guest_t out_len)
{
    return transfer(i, READ, fd, iovs, count, 0, out_len);
}

int32_t wasi_fd_write(struct wasm_instance *i, u32 fd, guest_t iovs, u32 count, guest_t out_len)
{
    return transfer(i, WRITE, fd, iovs, count, 0, out_len);
}

int32_t wasi_fd_pread(struct wasm_instance *i, u32 fd, guest_t iovs, u32 count, u64 offset,
                      guest_t out_len)
{
    return transfer(i, PREAD, fd, iovs, count, offset, out_len);
}

int32_t wasi_fd_pwrite(struct wasm_instance *i, u32 fd, guest_t iovs, u32 count, u64 offset,
                       guest_t out_len)
{
    return transfer(i, PWRITE, fd, iovs, count, offset, out_len);
}

/* ---- offsets ---- */

static int32_t seek(struct wasm_instance *i, uint32_t fd, int64_t delta, uint32_t whence,
                    uint64_t rights, guest_t out_offset)
{
    struct file *f;
    int err = data_file(i, fd, 0, &f);
    if (err)
        return sys_result(i, err);
    int64_t at = f->vnode->seekable ? 0 : -ESPIPE;
    file_put(f);
    if (!at)
        at = wasi__file(i, fd, rights, &f);
    if (at)
        return sys_result(i, at);
    at = guest_check(i, out_offset, sizeof(uint64_t));
    if (!at)
        at = file_seek(f, delta, whence);
    if (at >= 0)
        at = guest_put_u64(i, out_offset, (uint64_t)at);
    file_put(f);
    return sys_result(i, at);
}

int32_t wasi_fd_seek(struct wasm_instance *i, u32 fd, u64 delta, u32 whence, guest_t out_offset)
{
    if (whence > WASI_WHENCE_MAX)
        return sys_result(i, -EINVAL);
    /* WASI: fd_tell is what a seek by 0 from the current offset needs. */
    uint64_t rights = whence == 1 && delta == 0 ? RIGHT_FD_TELL : RIGHT_FD_SEEK;
    struct file *f;
    if (rights == RIGHT_FD_TELL && wasi__file(i, fd, RIGHT_FD_SEEK, &f) == 0) {
        file_put(f);
        rights = RIGHT_FD_SEEK; /* implies fd_tell */
    }
    return seek(i, fd, (int64_t)delta, whence, rights, out_offset);
}

int32_t wasi_fd_tell(struct wasm_instance *i, u32 fd, guest_t out_offset)
{
    return seek(i, fd, 0, 1, RIGHT_FD_TELL, out_offset);
}

/* ---- size, space, times ---- */

int32_t wasi_fd_advise(struct wasm_instance *i, u32 fd, u64 offset, u64 len, u32 advice)
{
    struct file *f;
    int err = data_file(i, fd, RIGHT_FD_ADVISE, &f);
    if (err)
        return sys_result(i, err);
    if (advice > WASI_ADVICE_MAX || offset > INT64_MAX || len > INT64_MAX - offset)
        err = -EINVAL;
    else if (!f->vnode->seekable)
        err = -ESPIPE;
    file_put(f);
    return sys_result(i, err);
}

int32_t wasi_fd_allocate(struct wasm_instance *i, u32 fd, u64 offset, u64 len)
{
    struct file *f;
    int err = data_file(i, fd, RIGHT_FD_ALLOCATE, &f);
    if (err)
        return sys_result(i, err);
    err = vnode_allocate(f->vnode, offset, len);
    file_put(f);
    return sys_result(i, err);
}

static int32_t sync_file(struct wasm_instance *i, uint32_t fd, uint64_t rights)
{
    struct file *f;
    int err = wasi__file(i, fd, rights, &f);
    if (!err) {
        if (!f->vnode->seekable && f->vnode->type != VNODE_DIR)
            err = -EINVAL; /* nothing that could be synchronised */
        file_put(f);
    }
    return sys_result(i, err);
}

int32_t wasi_fd_datasync(struct wasm_instance *i, u32 fd)
{
    return sync_file(i, fd, RIGHT_FD_DATASYNC);
}
int32_t wasi_fd_sync(struct wasm_instance *i, u32 fd)
{
    return sync_file(i, fd, RIGHT_FD_SYNC);
}

int32_t wasi_fd_filestat_set_size(struct wasm_instance *i, u32 fd, u64 size)
{
    struct file *f;
    int err = data_file(i, fd, RIGHT_FD_FILESTAT_SET_SIZE, &f);
    if (err)
        return sys_result(i, err);
    err = size > INT64_MAX ? -EINVAL : vnode_truncate(f->vnode, size);
    file_put(f);
    return sys_result(i, err);
}

void wasi__filestat_fill(struct wasi_filestat *out, const struct vnode_stat *st)
{
    *out = (struct wasi_filestat){
        .dev = st->dev,
        .ino = st->ino,
        .filetype = (uint8_t)st->type,
        .nlink = st->nlink,
        .size = st->size,
        .atim = st->atime_ns,
        .mtim = st->mtime_ns,
        .ctim = st->ctime_ns,
    };
}

int32_t wasi_fd_filestat_get(struct wasm_instance *i, u32 fd, guest_t out)
{
    struct file *f;
    int err = wasi__file(i, fd, RIGHT_FD_FILESTAT_GET, &f);
    if (err)
        return sys_result(i, err);
    struct vnode_stat st;
    struct wasi_filestat wire;
    err = vnode_stat(f->vnode, &st);
    file_put(f);
    if (!err) {
        wasi__filestat_fill(&wire, &st);
        err = guest_put(i, out, &wire, sizeof(wire));
    }
    return sys_result(i, err);
}

int wasi__times(uint64_t *atime_ns, uint64_t *mtime_ns, uint32_t flags)
{
    uint64_t now = arch_wall_ns();
    if (flags & ~(uint32_t)WASI_FST_ALL)
        return -EINVAL;
    if ((flags & WASI_FST_ATIM) && (flags & WASI_FST_ATIM_NOW))
        return -EINVAL;
    if ((flags & WASI_FST_MTIM) && (flags & WASI_FST_MTIM_NOW))
        return -EINVAL;
    if (!(flags & WASI_FST_ATIM))
        *atime_ns = flags & WASI_FST_ATIM_NOW ? now : UINT64_MAX;
    if (!(flags & WASI_FST_MTIM))
        *mtime_ns = flags & WASI_FST_MTIM_NOW ? now : UINT64_MAX;
    return 0;
}

int32_t wasi_fd_filestat_set_times(struct wasm_instance *i, u32 fd, u64 atime_ns, u64 mtime_ns,
                                   u32 flags)
{
    struct file *f;
    int err = wasi__file(i, fd, RIGHT_FD_FILESTAT_SET_TIMES, &f);
    if (err)
        return sys_result(i, err);
    err = wasi__times(&atime_ns, &mtime_ns, flags);
    if (!err)
        err = vnode_set_times(f->vnode, atime_ns, mtime_ns);
    file_put(f);
    return sys_result(i, err);
}

/* ---- the descriptor itself ---- */

int32_t wasi_fd_close(struct wasm_instance *i, u32 fd)
{
    program_flush(program_of(i));
    return sys_result(i, fd > INT32_MAX ? -EBADF : fd_close(fds_of(i), (int)fd));
}

int32_t wasi_fd_renumber(struct wasm_instance *i, u32 from, u32 to)
{
    program_flush(program_of(i));
    if (from > INT32_MAX || to > INT32_MAX)
        return sys_result(i, -EBADF);
    return sys_result(i, fd_renumber(fds_of(i), (int)from, (int)to));
}

int32_t wasi_fd_fdstat_get(struct wasm_instance *i, u32 fd, guest_t out)
{
    struct file *f;
    struct wasi_fdstat wire = {0};
    int err = wasi__file(i, fd, 0, &f);
    if (err)
        return sys_result(i, err);
    err = fd_rights(fds_of(i), (int)fd, &wire.rights_base, &wire.rights_inheriting);
    wire.filetype = (uint8_t)f->vnode->type;
    wire.flags = f->flags;
    file_put(f);
    if (!err)
        err = guest_put(i, out, &wire, sizeof(wire));
    return sys_result(i, err);
}

int32_t wasi_fd_fdstat_set_flags(struct wasm_instance *i, u32 fd, u32 flags)
{
    struct file *f;
    int err = wasi__file(i, fd, RIGHT_FDSTAT_SET_FLAGS, &f);
    if (err)
        return sys_result(i, err);
    if (flags & ~(uint32_t)FDFLAGS_ALL)
        err = -EINVAL;
    else
        __atomic_store_n(&f->flags, (uint16_t)flags, __ATOMIC_RELAXED);
    file_put(f);
    return sys_result(i, err);
}

int32_t wasi_fd_fdstat_set_rights(struct wasm_instance *i, u32 fd, u64 rights, u64 inheriting)
{
    return sys_result(i, fd > INT32_MAX ? -EBADF
                                        : fd_rights_set(fds_of(i), (int)fd, rights, inheriting));
}

/* ---- preopened directories ---- */

static int preopen_get(struct wasm_instance *i, uint32_t fd, struct file **out)
{
    int err = wasi__file(i, fd, 0, out);
    if (err || (*out)->preopen)
        return err;
    file_put(*out);
    return -EBADF; /* WASI: how a program finds the end of its preopened descriptors */
}

int32_t wasi_fd_prestat_get(struct wasm_instance *i, u32 fd, guest_t out)
{
    struct file *f;
    int err = preopen_get(i, fd, &f);
    if (err)
        return sys_result(i, err);
    struct wasi_prestat wire = {.name_len = (uint32_t)strlen(f->preopen)};
    file_put(f);
    return sys_result(i, guest_put(i, out, &wire, sizeof(wire)));
}

int32_t wasi_fd_prestat_dir_name(struct wasm_instance *i, u32 fd, guest_t path, u32 path_len)
{
    struct file *f;
    int err = preopen_get(i, fd, &f);
    if (err)
        return sys_result(i, err);
    size_t len = strlen(f->preopen);
    if (path_len < len)
        err = -ENAMETOOLONG;
    else
        err = guest_put(i, path, f->preopen, len);
    file_put(f);
    return sys_result(i, err);
}

/* ---- listing ---- */

/* Puts as much of the piece as fits; returns whether all of it did. */
static bool put_piece(uint8_t *buf, uint32_t buf_len, uint32_t *used, const void *piece,
                      uint32_t len)
{
    uint32_t n = (uint32_t)min_u64(len, buf_len - *used);
    memcpy(buf + *used, piece, n);
    *used += n;
    return n == len;
}

/* Fills the buffer with whole entries but for the last, which is cut off where the buffer ends: so
 * the program knows from a full buffer that there is more (witx: fd_readdir). */
static int64_t fill_entries(struct vnode *dir, uint64_t cookie, uint8_t *buf, uint32_t buf_len)
{
    uint32_t used = 0;
    struct dirent d;
    while (used < buf_len) {
        int more = vnode_readdir(dir, cookie, &d);
        if (more < 0)
            return more;
        if (!more)
            break;
        struct wasi_dirent wire = {
            .next = d.next, .ino = d.ino, .name_len = d.name_len, .type = (uint8_t)d.type};
        if (!put_piece(buf, buf_len, &used, &wire, sizeof(wire)) ||
            !put_piece(buf, buf_len, &used, d.name, d.name_len))
            break;
        cookie = d.next;
    }
    return used;
}

int32_t wasi_fd_readdir(struct wasm_instance *i, u32 fd, guest_t buf, u32 buf_len, u64 cookie,
                        guest_t out_len)
{
    struct file *f;
    int64_t n = wasi__file(i, fd, 0, &f);
    if (n)
        return sys_result(i, n);
    n = f->vnode->type == VNODE_DIR ? 0 : -ENOTDIR;
    file_put(f);
    if (!n)
        n = wasi__file(i, fd, RIGHT_FD_READDIR, &f);
    if (n)
        return sys_result(i, n);
    uint8_t *at = guest_at(i, buf, buf_len);
    n = at ? guest_check(i, out_len, sizeof(uint32_t)) : -EFAULT;
    if (!n)
        n = fill_entries(f->vnode, cookie, at, buf_len);
    if (n >= 0)
        n = guest_put_u32(i, out_len, (uint32_t)n);
    file_put(f);
    return sys_result(i, n);
}
