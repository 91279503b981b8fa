#pragma once

#include <bits/decls.h>
#include <bits/errno_values.h>

#define EWOULDBLOCK EAGAIN
#define EOPNOTSUPP  ENOTSUP

__BEGIN_DECLS
extern __thread int errno;
__END_DECLS
#define errno errno
