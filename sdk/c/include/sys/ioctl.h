/* The terminal's size, and how much can be read. Everything else: ENOTTY. */
#pragma once

#include <bits/decls.h>

#define FIONREAD   0x541b
#define TIOCGWINSZ 0x5413

__BEGIN_DECLS

struct winsize {
    unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel;
};

int ioctl(int fd, unsigned long request, ...);

__END_DECLS
