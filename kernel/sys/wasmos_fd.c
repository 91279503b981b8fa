/* Import module `wasmos`: pipes and copies of descriptors. */
#include "kernel/fs/pipe.h"
#include "kernel/sys/calls.h"

/* A descriptor for one end: its number, -EMFILE, -ENOMEM. */
static int install_end(struct fd_table *fds, struct vnode *v, uint16_t flags, uint64_t not_right)
{
    struct file *f;
    int fd = file_create(v, flags, rights_base(v) & ~not_right, 0, &f);
    if (fd)
        return fd;
    fd = fd_install(fds, f, 0);
    file_put(f);
    return fd;
}

static int install_pipe(struct fd_table *fds, uint16_t flags, uint32_t out_fds[2])
{
    struct vnode *from, *to;
    int write = -1, read = pipe_create(&from, &to);
    if (read)
        return read;
    read = install_end(fds, from, flags, RIGHT_FD_WRITE);
    if (read >= 0)
        write = install_end(fds, to, flags, RIGHT_FD_READ);
    vnode_put(from);
    vnode_put(to);
    int err = read < 0 ? read : write < 0 ? write : 0;
    if (read >= 0 && write < 0 && fd_close(fds, read))
        err = -EBADF; /* another thread was faster; nothing is left */
    out_fds[0] = (uint32_t)read;
    out_fds[1] = (uint32_t)write;
    return err;
}

int32_t wasmos_pipe(struct wasm_instance *i, uint32_t flags, guest_t out_fds)
{
    uint32_t fds[2];
    int err = flags & ~(uint32_t)FDFLAG_NONBLOCK ? -EINVAL : guest_check(i, out_fds, sizeof(fds));
    if (!err)
        err = install_pipe(program_of(i)->process->fds, (uint16_t)flags, fds);
    if (!err)
        err = guest_put(i, out_fds, fds, sizeof(fds));
    return sys_result(i, err);
}

int32_t wasmos_dup(struct wasm_instance *i, uint32_t fd, uint32_t min, guest_t out_fd)
{
    int to = guest_check(i, out_fd, sizeof(uint32_t));
    program_flush(program_of(i));
    if (!to)
        to = fd_dup(program_of(i)->process->fds, (int)fd, (int)min);
    return sys_result(i, to < 0 ? to : guest_put_u32(i, out_fd, (uint32_t)to));
}

int32_t wasmos_dup_to(struct wasm_instance *i, uint32_t fd, uint32_t to)
{
    program_flush(program_of(i));
    return sys_result(i, fd_dup_to(program_of(i)->process->fds, (int)fd, (int)to));
}
