#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

enum { ATTEMPTS = 100 };

FILE *tmpfile(void)
{
    for (int i = 0; i < ATTEMPTS; i++) {
        uint64_t number;
        char path[40];
        if (getentropy(&number, sizeof number))
            return NULL;
        snprintf(path, sizeof path, "/tmp/tmp.%016llx", (unsigned long long)number);
        int fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
        if (fd < 0)
            continue;
        unlink(path); /* the file lives as long as the descriptor */
        FILE *f = fdopen(fd, "w+");
        if (!f)
            close(fd);
        return f;
    }
    return NULL;
}
