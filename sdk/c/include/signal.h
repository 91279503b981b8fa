/* A program sends signals to itself only, and to its children two of them: SIGINT and SIGKILL. The
 * system's own (Ctrl-C, kill) end a program without a handler. Handlers run at once, inside raise.
 */
#pragma once

#include <bits/decls.h>

#define SIGHUP    1
#define SIGINT    2
#define SIGQUIT   3
#define SIGILL    4
#define SIGTRAP   5
#define SIGABRT   6
#define SIGBUS    7
#define SIGFPE    8
#define SIGKILL   9
#define SIGUSR1   10
#define SIGSEGV   11
#define SIGUSR2   12
#define SIGPIPE   13
#define SIGALRM   14
#define SIGTERM   15
#define SIGCHLD   16
#define SIGCONT   17
#define SIGSTOP   18
#define SIGTSTP   19
#define SIGTTIN   20
#define SIGTTOU   21
#define SIGURG    22
#define SIGXCPU   23
#define SIGXFSZ   24
#define SIGVTALRM 25
#define SIGPROF   26
#define SIGWINCH  27
#define SIGPOLL   28
#define SIGSYS    30

__BEGIN_DECLS

typedef int sig_atomic_t;

#define SIG_DFL ((void (*)(int))0)
#define SIG_IGN ((void (*)(int)) - 2) /* 1 is a function's number */
#define SIG_ERR ((void (*)(int)) - 1)

void (*signal(int number, void (*handler)(int)))(int);
int raise(int number);

#if __MORE_THAN_C
#include <bits/types.h>

#define NSIG   32
#define SIGIOT SIGABRT
#define SIGIO  SIGPOLL

#define SA_NOCLDSTOP 1u
#define SA_NOCLDWAIT 2u
#define SA_SIGINFO   4u
#define SA_RESTART   0x10000000u
#define SA_NODEFER   0x40000000u
#define SA_RESETHAND 0x80000000u

#define SIG_BLOCK   0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2

#define SI_USER 0

typedef unsigned sigset_t;
typedef void (*sighandler_t)(int);

union sigval {
    int sival_int;
    void *sival_ptr;
};

typedef struct {
    int si_signo, si_code, si_errno;
    pid_t si_pid;
    uid_t si_uid;
    int si_status;
    void *si_addr;
    union sigval si_value;
} siginfo_t;

struct sigaction {
    union {
        void (*sa_handler)(int);
        void (*sa_sigaction)(int, siginfo_t *, void *);
    } __handler;
    sigset_t sa_mask;
    unsigned sa_flags;
};
#define sa_handler   __handler.sa_handler
#define sa_sigaction __handler.sa_sigaction

int sigaction(int number, const struct sigaction *__restrict action,
              struct sigaction *__restrict previous);
int sigprocmask(int how, const sigset_t *__restrict set, sigset_t *__restrict previous);
int sigpending(sigset_t *out);
int sigemptyset(sigset_t *set);
int sigfillset(sigset_t *set);
int sigaddset(sigset_t *set, int number);
int sigdelset(sigset_t *set, int number);
int sigismember(const sigset_t *set, int number);
/* This program: raise(). A child: SIGINT interrupts it, SIGTERM and SIGKILL kill it. ENOSYS for the
 * others and for groups. */
int kill(pid_t pid, int number);
int killpg(pid_t group, int number);
void psignal(int number, const char *prefix);
#endif

__END_DECLS
