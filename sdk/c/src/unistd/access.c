#include <sys/stat.h>
#include <unistd.h>

/* There are no permission bits: what exists may be read, written and run. */
int access(const char *path, int mode)
{
    struct stat s;
    (void)mode;
    return stat(path, &s);
}
