/* A status is the number that a shell would show, as system() returns it: 0 to 255; a program that
 * a signal has ended has 128 and the signal's number. */
#pragma once

#include <bits/decls.h>
#include <bits/types.h>

#define WNOHANG 1

#define WIFSIGNALED(status)  ((status) > 128 && (status) < 128 + 32)
#define WIFEXITED(status)    (!WIFSIGNALED(status))
#define WEXITSTATUS(status)  ((status) & 0xff)
#define WTERMSIG(status)     ((status) & 0x7f)
#define WIFSTOPPED(status)   0
#define WSTOPSIG(status)     0
#define WIFCONTINUED(status) 0
#define WCOREDUMP(status)    0

__BEGIN_DECLS

pid_t wait(int *out_status);
/* pid -1: any child. ENOSYS for process groups. */
pid_t waitpid(pid_t pid, int *out_status, int flags);

__END_DECLS
