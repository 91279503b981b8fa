/* Signals that a program sends itself: handlers, masks, and what ends it. */
#include "check.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int seen[NSIG], depth, deepest;

static void note(int number)
{
    seen[number]++;
    depth++;
    if (depth > deepest)
        deepest = depth;
    if (seen[number] < 3)
        raise(number); /* held back until this one is done, unless SA_NODEFER */
    depth--;
}

static void note_info(int number, siginfo_t *info, void *context)
{
    seen[number] += info->si_signo == number && !context;
}

static void handlers(void)
{
    CHECK(signal(SIGUSR1, note) == SIG_DFL && signal(SIGUSR1, note) == note);
    CHECK(raise(SIGUSR1) == 0 && seen[SIGUSR1] == 3 && deepest == 1);
    struct sigaction a = {.sa_flags = SA_NODEFER | SA_RESETHAND}, before;
    a.sa_handler = note;
    seen[SIGUSR1] = 2;
    CHECK(sigaction(SIGUSR1, &a, &before) == 0 && before.sa_handler == note);
    raise(SIGUSR1);
    CHECK(seen[SIGUSR1] == 3 && sigaction(SIGUSR1, NULL, &before) == 0 &&
          before.sa_handler == SIG_DFL);
    a.sa_flags = SA_SIGINFO;
    a.sa_sigaction = note_info;
    seen[SIGUSR2] = 0;
    CHECK(sigaction(SIGUSR2, &a, NULL) == 0 && kill(getpid(), SIGUSR2) == 0 && seen[SIGUSR2] == 1);
    CHECK(signal(SIGTERM, SIG_IGN) == SIG_DFL && raise(SIGTERM) == 0);
    CHECK(raise(SIGCHLD) == 0); /* ignored by default */
}

static void masks(void)
{
    sigset_t set, before;
    sigemptyset(&set);
    CHECK(sigaddset(&set, SIGUSR1) == 0 && sigismember(&set, SIGUSR1) == 1);
    CHECK(sigismember(&set, SIGUSR2) == 0 && sigaddset(&set, 0) == -1 && errno == EINVAL);
    signal(SIGUSR1, note);
    seen[SIGUSR1] = 10;
    CHECK(sigprocmask(SIG_BLOCK, &set, &before) == 0 && before == 0);
    raise(SIGUSR1);
    raise(SIGUSR1);
    CHECK(seen[SIGUSR1] == 10 && sigpending(&before) == 0 && sigismember(&before, SIGUSR1));
    CHECK(sigprocmask(SIG_UNBLOCK, &set, NULL) == 0 && seen[SIGUSR1] == 11);
    CHECK(sigpending(&before) == 0 && before == 0);
    CHECK(sigprocmask(7, &set, NULL) == -1 && errno == EINVAL);
    sigfillset(&set);
    CHECK(sigdelset(&set, SIGINT) == 0 && !sigismember(&set, SIGINT) && sigismember(&set, SIGSYS));
}

static void mistakes(void)
{
    CHECK(signal(SIGKILL, note) == SIG_ERR && errno == EINVAL);
    CHECK(signal(0, note) == SIG_ERR && signal(NSIG, note) == SIG_ERR);
    CHECK(raise(-1) == -1 && raise(NSIG) == -1 && errno == EINVAL);
    CHECK(kill(getpid(), 99) == -1 && errno == EINVAL);
    CHECK(kill(12345678, SIGKILL) == -1 && errno == ESRCH);
    CHECK(kill(-1, SIGTERM) == -1 && errno == ENOSYS);
    CHECK(kill(12345678, SIGUSR1) == -1 && errno == ENOSYS);
    CHECK(raise(SIGSTOP) == -1); /* there is no stopping */
}

static void last(int number)
{
    printf("aborting with %d\n", number);
    exit(check_report());
}

int main(void)
{
    handlers();
    masks();
    mistakes();
    signal(SIGABRT, last);
    abort();
}
