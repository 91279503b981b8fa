#include <unistd.h>
#include <wasmos.h>

pid_t getpid(void)
{
    static pid_t pid; /* it never changes */
    struct wasmos_sys_info info;
    if (pid == 0 && wasmos_sys_info(&info) == 0)
        pid = (pid_t)info.pid;
    return pid;
}

pid_t getppid(void)
{
    struct wasmos_sys_info info;
    return wasmos_sys_info(&info) ? 0 : (pid_t)info.parent;
}
