#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

FILE *tmpfile(void)
{
    char path[] = P_tmpdir "/tmp.XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0)
        return NULL;
    unlink(path); /* the file lives as long as the descriptor */
    FILE *f = fdopen(fd, "w+");
    if (!f)
        close(fd);
    return f;
}
