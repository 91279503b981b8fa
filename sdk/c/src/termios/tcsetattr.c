#include "internal/wasi.h"
#include <poll.h>
#include <termios.h>
#include <unistd.h>
#include <wasmos.h>

enum { COOKED = ICANON | ECHO | ISIG, TIME_UNIT_MS = 100 };

/* What the program asked for last; the mode itself is the system's. */
static struct termios wanted = {
    .c_iflag = ICRNL | IUTF8,
    .c_oflag = OPOST | ONLCR,
    .c_cflag = CS8 | CREAD | CLOCAL,
    .c_lflag = COOKED | ECHOE | ECHOK | IEXTEN,
    .c_cc = {[VINTR] = 3, [VERASE] = 127, [VKILL] = 21, [VEOF] = 4, [VMIN] = 1, [VWERASE] = 23},
    .c_ispeed = B38400,
    .c_ospeed = B38400,
};

int tcgetattr(int fd, struct termios *out)
{
    enum wasmos_tty_mode mode, ignored;
    if (!isatty(fd) || wasmos_tty_mode(WASMOS_TTY_COOKED, &mode))
        return -1;
    if (mode != WASMOS_TTY_COOKED && wasmos_tty_mode(mode, &ignored))
        return -1;
    *out = wanted;
    out->c_lflag &= ~(tcflag_t)COOKED;
    out->c_lflag |= mode == WASMOS_TTY_COOKED ? COOKED : 0;
    return 0;
}

int tcsetattr(int fd, int when, const struct termios *t)
{
    if ((unsigned)when > TCSAFLUSH)
        return wasi_result(EINVAL);
    if (!isatty(fd))
        return -1;
    if (when == TCSAFLUSH && tcflush(fd, TCIFLUSH))
        return -1;
    wanted = *t;
    return wasmos_tty_mode(t->c_lflag & ICANON ? WASMOS_TTY_COOKED : WASMOS_TTY_RAW, NULL);
}

/* read() asks this first: with VMIN 0 it waits for VTIME tenths of a second at most. */
int __tty_wait(int fd)
{
    if (wanted.c_lflag & ICANON || wanted.c_cc[VMIN] > 0 || !isatty(fd))
        return 1;
    struct pollfd p = {.fd = fd, .events = POLLIN};
    return poll(&p, 1, wanted.c_cc[VTIME] * TIME_UNIT_MS) != 0;
}

int tcflush(int fd, int queue)
{
    char typed[64];
    struct pollfd p = {.fd = fd, .events = POLLIN};
    if ((unsigned)queue > TCIOFLUSH)
        return wasi_result(EINVAL);
    if (!isatty(fd))
        return -1;
    while (queue != TCOFLUSH && poll(&p, 1, 0) > 0)
        if (read(fd, typed, sizeof typed) <= 0)
            break;
    return 0;
}

/* A write comes back when everything has been shown. */
int tcdrain(int fd)
{
    return isatty(fd) ? 0 : -1;
}
