#pragma once

#include <bits/decls.h>
#include <bits/errno_values.h>

#define EWOULDBLOCK EAGAIN
#define EOPNOTSUPP  ENOTSUP
#define EDEADLOCK   EDEADLK

__BEGIN_DECLS
extern __thread int errno;
#if __MORE_THAN_C
extern char *program_invocation_name, *program_invocation_short_name;
#endif
__END_DECLS
#define errno errno
