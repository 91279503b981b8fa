/* cat [FILE...]: copies the files to standard output, one after the other; - or no file at all:
 * standard input. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

static void report(const char *name)
{
    fprintf(stderr, "cat: %s: %s\n", name, strerror(errno));
}

static bool write_all(const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, len);
        if (written < 0)
            return false;
        bytes += written;
        len -= (size_t)written;
    }
    return true;
}

/* False if it could not be read to its end. What cannot be written ends the program. */
static bool copy(int fd, const char *name)
{
    static char chunk[CHUNK];
    ssize_t n;
    while ((n = read(fd, chunk, sizeof chunk)) > 0) {
        if (!write_all(chunk, (size_t)n)) {
            if (errno != EPIPE) /* who reads has seen enough: nothing to report */
                report("standard output");
            exit(EXIT_FAILURE);
        }
    }
    if (n < 0)
        report(name);
    return n == 0;
}

static bool copy_file(const char *name)
{
    if (strcmp(name, "-") == 0)
        return copy(STDIN_FILENO, "standard input");
    int fd = open(name, O_RDONLY);
    if (fd < 0) {
        report(name);
        return false;
    }
    bool copied = copy(fd, name);
    close(fd);
    return copied;
}

int main(int argc, char **argv)
{
    bool copied = true;
    if (argc == 1)
        copied = copy_file("-");
    for (int i = 1; i < argc; i++)
        copied &= copy_file(argv[i]);
    return copied ? EXIT_SUCCESS : EXIT_FAILURE;
}
