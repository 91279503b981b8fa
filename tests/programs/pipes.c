/* pipes [PATH]: runs itself (PATH) as children between pipes, and prints a line for each thing that
 * holds. pipes produce N: writes N bytes of a pattern; 3 if nobody reads them. pipes pass: copies
 * input to output. */
#include <bits/imports.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wasmos.h>

enum { CHUNK = 5000, NONBLOCK = 4, INHERIT = -1, PREOPENED = 3, MANY = 300000 };

static const char *self;

static void check(bool holds, const char *what)
{
    printf("%s: %s\n", what, holds ? "yes" : "NO");
}

/* ---- the children ---- */

static unsigned char pattern(unsigned long at)
{
    return (unsigned char)(at * 131 + at / 251);
}

static int produce(unsigned long n)
{
    static unsigned char chunk[CHUNK];
    for (unsigned long at = 0; at < n;) {
        size_t len = n - at < CHUNK ? n - at : CHUNK;
        for (size_t i = 0; i < len; i++)
            chunk[i] = pattern(at + i);
        ssize_t written = write(1, chunk, len); /* less if the reader goes meanwhile */
        if (written < 0)
            return errno == EPIPE ? 3 : 2;
        at += (unsigned long)written;
    }
    return 0;
}

static int pass(void)
{
    static unsigned char chunk[777];
    ssize_t n;
    while ((n = read(0, chunk, sizeof chunk)) > 0)
        if (write(1, chunk, (size_t)n) != n)
            return 2;
    return n < 0;
}

/* How many bytes come, -1 if they are not the pattern's. */
static long count(int fd)
{
    static unsigned char chunk[4000];
    long at = 0;
    ssize_t n;
    while ((n = read(fd, chunk, sizeof chunk)) > 0)
        for (ssize_t i = 0; i < n; i++)
            if (chunk[i] != pattern((unsigned long)at++))
                return -1;
    return n < 0 ? -1 : at;
}

/* ---- the parent ---- */

struct ends {
    int from, to;
};

static struct ends make_pipe(void)
{
    struct ends p;
    if (__wasmos_pipe(0, &p))
        exit(9);
    return p;
}

/* Starts `pipes WORDS` with input and output; its pid, or -errno. */
static int start(const char *words, size_t len, int in, int out)
{
    char args[40] = "pipes";
    int fds[][2] = {{in, 0}, {out, 1}, {2, 2}}, pid;
    memcpy(args + sizeof "pipes", words, len);
    int error = __wasmos_spawn(self, strlen(self), args, sizeof "pipes" + len, NULL, INHERIT, fds,
                               3, 0, 0, &pid);
    return error ? -error : pid;
}
#define START(words, in, out) start(words, sizeof words, in, out)

static int status_of(int pid)
{
    int found, status;
    return wasmos_wait(pid, &found, &status) ? -1 : status;
}

static void pipeline(void)
{
    struct ends a = make_pipe(), b = make_pipe();
    int producer = START("produce\0"
                         "300000",
                         0, a.to),
        passer = START("pass", a.from, b.to);
    close(a.from);
    close(a.to);
    close(b.to);
    check(count(b.from) == MANY, "all comes through two pipes");
    check(status_of(producer) == 0 && status_of(passer) == 0, "both end by themselves");
    close(b.from);
}

static void nobody_reads(void)
{
    struct ends a = make_pipe();
    int pid = START("produce\0"
                    "300000",
                    0, a.to);
    close(a.from);
    check(status_of(pid) == 3, "who writes for nobody is told");
    check(write(a.to, "x", 1) < 0 && errno == EPIPE, "so are we");
    close(a.to);
}

static void killed_while_waiting(void)
{
    struct ends a = make_pipe(), b = make_pipe();
    int reader = START("pass", a.from, b.to), writer = START("produce\0"
                                                             "300000",
                                                             0, b.to);
    usleep(50000);
    check(wasmos_kill(reader, 9) == 0 && status_of(reader) == 137, "a reader that waits is killed");
    check(wasmos_kill(writer, 2) == 0 && status_of(writer) == 130,
          "a writer that waits is interrupted");
    close(a.from), close(a.to), close(b.from), close(b.to);
}

/* A subscription to reading `fd`, or to a time, of poll_oneoff. */
struct subscription {
    unsigned long long userdata;
    unsigned tag, pad;
    unsigned long long fd_or_clock, timeout, precision, flags;
};
struct event {
    unsigned long long userdata;
    unsigned short error;
    unsigned char tag;
    unsigned long long nbytes;
    unsigned short flags;
};

static void polling(void)
{
    struct ends a = make_pipe();
    struct subscription s[] = {{.userdata = 1, .tag = 1, .fd_or_clock = (unsigned)a.from},
                               {.userdata = 2, .fd_or_clock = 1, .timeout = 1000000}};
    struct event e[2] = {0};
    unsigned n = 0;
    check(!__wasi_poll_oneoff(s, e, 2, &n) && n == 1 && e[0].userdata == 2, "time passes first");
    int pid = START("produce\0"
                    "10",
                    0, a.to);
    close(a.to);
    s[1].timeout = 20000000000;
    check(!__wasi_poll_oneoff(s, e, 2, &n) && n == 1 && e[0].userdata == 1, "bytes wake a poll");
    check(count(a.from) == 10 && status_of(pid) == 0, "ten bytes");
    check(!__wasi_poll_oneoff(s, e, 1, &n) && e[0].flags == 1, "the end is a hangup");
    close(a.from);
}

static void descriptors(void)
{
    struct ends a, b = make_pipe();
    int fd, pid;
    check(!__wasmos_pipe(NONBLOCK, &a) && read(a.from, &fd, 1) < 0 && errno == EAGAIN, "nonblock");
    check(__wasmos_pipe(1, &a) == EINVAL && __wasmos_pipe(0, (void *)-4) == EFAULT,
          "bad arguments");
    check(write(b.from, "x", 1) < 0 && read(b.to, &fd, 1) < 0, "an end has one direction");
    check(!__wasmos_dup(b.to, 20, &fd) && fd == 20 && !__wasmos_dup_to(b.to, 30), "copies");
    close(b.to);
    close(20);
    check(write(30, "abc", 3) == 3 && !__wasmos_dup_to(b.from, 30), "the last copy still writes");
    check(read(30, &pid, 3) == 3 && read(b.from, &pid, 1) == 0, "closing it was the end");
    check(START("pass", 99, 1) == -EBADF, "a child gets what is open");
    int busy[][2] = {{1, 5}, {1, 5}}, taken[][2] = {{1, PREOPENED}};
    check(__wasmos_spawn(self, strlen(self), "pipes", 6, NULL, INHERIT, busy, 2, 0, 0, &pid) ==
                  EBUSY &&
              __wasmos_spawn(self, strlen(self), "pipes", 6, NULL, INHERIT, taken, 1, 0, 0, &pid) ==
                  EBUSY,
          "and no number twice");
    close(a.from), close(a.to), close(b.from), close(30);
}

int main(int argc, char **argv)
{
    self = argv[0];
    if (argc > 2 && strcmp(argv[1], "produce") == 0)
        return produce(strtoul(argv[2], NULL, 10));
    if (argc > 1 && strcmp(argv[1], "pass") == 0)
        return pass();
    if (argc > 1)
        self = argv[1];
    pipeline();
    nobody_reads();
    killed_while_waiting();
    polling();
    descriptors();
    return 0;
}
