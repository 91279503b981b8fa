/* Opening and closing streams. */
#include "internal/wasi.h"
#include "stdio/file.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int __file_mode(const char *mode, unsigned *out_flags)
{
    int update = strchr(mode, '+') != NULL, flags;
    switch (mode[0]) {
    case 'r':
        flags = 0;
        break;
    case 'w':
        flags = O_CREAT | O_TRUNC;
        break;
    case 'a':
        flags = O_CREAT | O_APPEND;
        break;
    default:
        errno = EINVAL;
        return -1;
    }
    if (strchr(mode, 'x'))
        flags |= O_EXCL;
    *out_flags = update ? FILE_READ | FILE_WRITE : mode[0] == 'r' ? FILE_READ : FILE_WRITE;
    return flags | (update ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY);
}

FILE *__file_create(int fd, unsigned flags)
{
    FILE *f = malloc(sizeof *f + UNGET_MAX + BUFSIZ);
    if (!f)
        return NULL;
    unsigned char *buffer = (unsigned char *)(f + 1) + UNGET_MAX;
    *f = (FILE){
        .next = buffer,
        .end = buffer,
        .buffer = buffer,
        .capacity = BUFSIZ,
        .flags = flags | FILE_UNDECIDED,
        .fd = fd,
    };
    lock_take(&__files_lock);
    f->next_open = __files_open;
    __files_open = f;
    lock_release(&__files_lock);
    return f;
}

/* POSIX: a stream that appends makes its descriptor append. */
FILE *fdopen(int fd, const char *mode)
{
    unsigned flags;
    int wanted = __file_mode(mode, &flags);
    int now = wanted < 0 ? -1 : fcntl(fd, F_GETFL);
    if (now < 0 || (wanted & O_APPEND && fcntl(fd, F_SETFL, now | O_APPEND) < 0))
        return NULL;
    if (wanted & O_APPEND)
        lseek(fd, 0, SEEK_END); /* where writing begins; what cannot seek has no such place */
    return __file_create(fd, flags);
}

FILE *fopen(const char *restrict path, const char *restrict mode)
{
    unsigned flags;
    int wanted = __file_mode(mode, &flags);
    int fd = wanted < 0 ? -1 : open(path, wanted, 0666);
    if (fd < 0)
        return NULL;
    FILE *f = __file_create(fd, flags);
    if (!f)
        close(fd);
    return f;
}

static void forget(FILE *f)
{
    lock_take(&__files_lock);
    FILE **p = &__files_open;
    while (*p && *p != f)
        p = &(*p)->next_open;
    if (*p) {
        *p = f->next_open;
        free(f);
    }
    lock_release(&__files_lock);
}

static int shut(FILE *f)
{
    int failed = fflush(f);
    if (f->ops ? f->ops->close(f->cookie) : close(f->fd))
        failed = EOF;
    if (f->flags & FILE_OWN_BUFFER)
        free(f->buffer - UNGET_MAX);
    return failed;
}

int fclose(FILE *f)
{
    owned_take(&f->lock);
    int failed = shut(f);
    f->flags = 0; /* one of the three standard streams: nothing works on it any more */
    owned_release(&f->lock);
    forget(f);
    return failed;
}

/* A new file under the same descriptor number, so that freopen of stdout reaches children as well.
 */
static int replace(FILE *f, const char *path, int wanted, unsigned flags)
{
    fflush(f);
    int fd = open(path, wanted, 0666);
    if (fd < 0 || wasi_result(__wasi_fd_renumber(fd, f->fd)))
        return -1;
    f->flags = flags | FILE_UNDECIDED | (f->flags & FILE_OWN_BUFFER);
    f->next = f->end = f->buffer;
    f->room = NULL;
    return 0;
}

FILE *freopen(const char *restrict path, const char *restrict mode, FILE *restrict f)
{
    unsigned flags;
    int wanted = __file_mode(mode, &flags);
    if (!path || wanted < 0) {
        fflush(f);
        errno = path ? EINVAL : EBADF;
        return NULL;
    }
    owned_take(&f->lock);
    int failed = replace(f, path, wanted, flags);
    owned_release(&f->lock);
    if (failed)
        fclose(f);
    return failed ? NULL : f;
}
