#include "internal/wasi.h"
#include <stdarg.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wasmos.h>

static int window_size(int fd, struct winsize *out)
{
    int columns, rows;
    if (!isatty(fd) || wasmos_tty_size(&columns, &rows))
        return -1;
    *out = (struct winsize){.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    return 0;
}

/* What can be read without waiting: the system says it when it is asked to wait no time at all. */
static int bytes_waiting(int fd, int *out)
{
    struct wasi_subscription s[2] = {{.kind = WASI_EVENT_FD_READ}, {.kind = WASI_EVENT_CLOCK}};
    struct wasi_event events[2];
    size_t happened;
    s[0].descriptor.fd = fd;
    s[1].clock.id = WASI_CLOCK_MONOTONIC;
    int error = __wasi_poll_oneoff(s, events, 2, &happened);
    *out = 0;
    for (size_t i = 0; !error && i < happened; i++) {
        if (events[i].kind != WASI_EVENT_FD_READ)
            continue;
        error = events[i].error;
        *out = events[i].nbytes > INT32_MAX ? INT32_MAX : (int)events[i].nbytes;
    }
    return wasi_result(error);
}

int ioctl(int fd, unsigned long request, ...)
{
    struct wasi_fdstat s;
    va_list args;
    va_start(args, request);
    void *argument = request == TIOCGWINSZ || request == FIONREAD ? va_arg(args, void *) : NULL;
    va_end(args);
    if (wasi_result(__wasi_fd_fdstat_get(fd, &s)))
        return -1;
    switch (request) {
    case TIOCGWINSZ:
        return window_size(fd, argument);
    case FIONREAD:
        return bytes_waiting(fd, argument);
    default:
        return wasi_result(ENOTTY);
    }
}
