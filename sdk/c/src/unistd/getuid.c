/* WasmOS has one user: root, number 0. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

static char name[] = "root";

uid_t getuid(void)
{
    return 0;
}

uid_t geteuid(void)
{
    return 0;
}

gid_t getgid(void)
{
    return 0;
}

gid_t getegid(void)
{
    return 0;
}

char *getlogin(void)
{
    return name;
}

int getlogin_r(char *to, size_t n)
{
    if (n < sizeof name)
        return ERANGE;
    memcpy(to, name, sizeof name);
    return 0;
}
