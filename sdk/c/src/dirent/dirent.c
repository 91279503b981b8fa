/* Directories: fd_readdir fills a buffer with entries, each a header and a name; the last may be
 * cut off and is read again from its cookie. */
#include <dirent.h>
#include "internal/wasi.h"
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER = 4096 };

struct entry_header {
    uint64_t next; /* cookie of the entry behind */
    uint64_t ino;
    uint32_t name_len;
    uint8_t filetype;
};
_Static_assert(sizeof(struct entry_header) == 24, "WASI layout");

struct __directory {
    int fd;
    uint64_t cookie;     /* of the next entry */
    size_t next, filled; /* in buffer */
    struct dirent entry;
    char buffer[BUFFER];
};

DIR *fdopendir(int fd)
{
    struct wasi_fdstat s;
    int error = __wasi_fd_fdstat_get(fd, &s);
    if (error || s.filetype != WASI_FILETYPE_DIRECTORY) {
        errno = error ? error : ENOTDIR;
        return NULL;
    }
    DIR *d = calloc(1, sizeof *d);
    if (d)
        d->fd = fd;
    return d;
}

DIR *opendir(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    if (fd >= 0 && !d)
        close(fd);
    return d;
}

static unsigned char type_of(int filetype)
{
    static const unsigned char types[] = {
        [WASI_FILETYPE_BLOCK_DEVICE] = DT_BLK,  [WASI_FILETYPE_CHARACTER_DEVICE] = DT_CHR,
        [WASI_FILETYPE_DIRECTORY] = DT_DIR,     [WASI_FILETYPE_REGULAR_FILE] = DT_REG,
        [WASI_FILETYPE_SOCKET_DGRAM] = DT_SOCK, [WASI_FILETYPE_SOCKET_STREAM] = DT_SOCK,
        [WASI_FILETYPE_SYMBOLIC_LINK] = DT_LNK,
    };
    return filetype <= WASI_FILETYPE_SYMBOLIC_LINK ? types[filetype] : DT_UNKNOWN;
}

/* Whether a whole entry stands at `next`. */
static int complete(const DIR *d, struct entry_header *header)
{
    size_t left = d->filled - d->next;
    if (left < sizeof *header)
        return 0;
    memcpy(header, d->buffer + d->next, sizeof *header);
    return left - sizeof *header >= header->name_len;
}

struct dirent *readdir(DIR *d)
{
    struct entry_header header;
    if (!complete(d, &header)) {
        d->next = d->filled = 0;
        int error = __wasi_fd_readdir(d->fd, d->buffer, BUFFER, (int64_t)d->cookie, &d->filled);
        if (wasi_result(error) || !complete(d, &header))
            return NULL;
    }
    size_t len = header.name_len < NAME_MAX ? header.name_len : NAME_MAX;
    memcpy(d->entry.d_name, d->buffer + d->next + sizeof header, len);
    d->entry.d_name[len] = '\0';
    d->entry.d_ino = header.ino;
    d->entry.d_type = type_of(header.filetype);
    d->next += sizeof header + header.name_len;
    d->cookie = header.next;
    return &d->entry;
}

void rewinddir(DIR *d)
{
    d->cookie = 0;
    d->next = d->filled = 0;
}

int closedir(DIR *d)
{
    int result = close(d->fd);
    free(d);
    return result;
}

int dirfd(DIR *d)
{
    return d->fd;
}

/* Positions are cookies; the system's fit. */
long telldir(DIR *d)
{
    return (long)d->cookie;
}

void seekdir(DIR *d, long position)
{
    d->cookie = (unsigned long)position;
    d->next = d->filled = 0;
}
