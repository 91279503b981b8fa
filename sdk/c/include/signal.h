/* A program sends signals to itself only; the system's own (Ctrl-C, kill) end it without a handler.
 */
#pragma once

#include <bits/decls.h>

#define SIGHUP  1
#define SIGINT  2
#define SIGILL  4
#define SIGABRT 6
#define SIGFPE  8
#define SIGKILL 9
#define SIGSEGV 11
#define SIGPIPE 13
#define SIGALRM 14
#define SIGTERM 15

__BEGIN_DECLS

typedef int sig_atomic_t;

#define SIG_DFL ((void (*)(int))0)
#define SIG_IGN ((void (*)(int))1)
#define SIG_ERR ((void (*)(int)) - 1)

void (*signal(int number, void (*handler)(int)))(int);
int raise(int number);

__END_DECLS
