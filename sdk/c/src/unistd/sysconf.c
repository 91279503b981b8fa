#include "internal/wasi.h"
#include <limits.h>
#include <unistd.h>
#include <wasmos.h>

enum { OPEN_MAX = 1024, TICKS = 100 };

/* One of the system's numbers; -1 if it does not tell. */
static long from_system(int name)
{
    struct wasmos_sys_info info;
    if (wasmos_sys_info(&info))
        return -1;
    switch (name) {
    case _SC_PHYS_PAGES:
        return (long)(info.memory_total / PAGESIZE);
    case _SC_AVPHYS_PAGES:
        return (long)(info.memory_free / PAGESIZE);
    default:
        return (long)info.cpus;
    }
}

long sysconf(int name)
{
    switch (name) {
    case _SC_ARG_MAX:
        return ARG_MAX;
    case _SC_CLK_TCK:
        return TICKS;
    case _SC_OPEN_MAX:
        return OPEN_MAX;
    case _SC_VERSION:
        return _POSIX_VERSION;
    case _SC_PAGESIZE:
        return PAGESIZE;
    case _SC_LINE_MAX:
        return LINE_MAX;
    case _SC_IOV_MAX:
        return IOV_MAX;
    case _SC_TZNAME_MAX:
        return 6;
    case _SC_LOGIN_NAME_MAX:
        return LOGIN_NAME_MAX;
    case _SC_TTY_NAME_MAX:
        return TTY_NAME_MAX;
    case _SC_HOST_NAME_MAX:
        return HOST_NAME_MAX;
    case _SC_SYMLOOP_MAX:
        return SYMLOOP_MAX;
    case _SC_GETPW_R_SIZE_MAX:
        return 256;
    case _SC_NPROCESSORS_CONF:
    case _SC_NPROCESSORS_ONLN:
    case _SC_PHYS_PAGES:
    case _SC_AVPHYS_PAGES:
        return from_system(name);
    case _SC_CHILD_MAX: /* no limits of their own */
    case _SC_ATEXIT_MAX:
    case _SC_JOB_CONTROL: /* not there */
        return -1;
    default:
        return wasi_result(EINVAL);
    }
}

int getdtablesize(void)
{
    return OPEN_MAX;
}
