/* Streams. */
#pragma once

#include "internal/lock.h"
#include <stdio.h>

enum file_flags {
    FILE_READ = 1,  /* may be read */
    FILE_WRITE = 2, /* may be written */
    FILE_EOF = 4,
    FILE_ERROR = 8,
    FILE_LINE = 16, /* flushed at each newline */
    FILE_UNBUFFERED = 32,
    FILE_WRITING = 64,     /* the buffer holds bytes to write */
    FILE_UNDECIDED = 128,  /* line or full buffering: decided at the first byte, terminal or not */
    FILE_OWN_BUFFER = 256, /* the buffer came from malloc */
    FILE_BYTES = 512,      /* fwide's */
    FILE_WIDE = 1024
};

enum { UNGET_MAX = 8 }; /* room for ungetc in front of the buffer */

/* Where a stream's bytes go that has no descriptor. Numbers of bytes, or -1 with errno. */
struct file_ops {
    ssize_t (*read)(void *cookie, char *to, size_t n);
    ssize_t (*write)(void *cookie, const char *from, size_t n);
    off_t (*seek)(void *cookie, off_t offset, int whence);
    int (*close)(void *cookie);
};

/* Functions whose names begin with __file expect that the caller has the lock; those of <stdio.h>
 * take it.
 *
 * Reading: next .. end are the bytes read ahead. Writing: buffer .. next are the bytes to write,
 * and putc may simply store while next < room. So that one comparison tells, end is not behind next
 * while the stream is written to, and room is NULL else, and where putc may not. */
struct __file {
    unsigned char *next, *end, *room;
    unsigned char *buffer; /* behind UNGET_MAX spare bytes */
    size_t capacity;
    unsigned flags;
    int fd;
    struct owned_lock lock;     /* of all the above */
    struct __file *next_open;   /* list of what fopen opened */
    const struct file_ops *ops; /* NULL: the stream has a descriptor */
    void *cookie;
    int pid; /* popen: the child */
};

extern struct lock __files_lock; /* of the list; a stream's own lock comes behind it */
extern struct __file *__files_open;
extern struct __file __stdin_file, __stdout_file, __stderr_file;

/* Writes `n` bytes behind what is buffered; returns how many were taken, fewer only after an error.
 */
size_t __file_write(FILE *f, const void *from, size_t n);
/* Empties the write buffer. 0 or EOF. */
int __file_flush(FILE *f);
/* Reads ahead; the number of bytes in the buffer, 0 at the end or after an error. */
size_t __file_fill(FILE *f);
/* Parses fopen's mode; open()'s flags, or -1 with EINVAL. */
int __file_mode(const char *mode, unsigned *out_flags);
/* A stream with a buffer of its own, on a descriptor or (fd -1) on what the caller puts into `ops`.
 * NULL with errno. */
FILE *__file_create(int fd, unsigned flags);
/* Moves the place that the next byte read or written has; the new one, or -1 with errno. */
off_t __file_seek(FILE *f, off_t offset, int whence);
