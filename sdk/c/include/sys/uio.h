/* Several pieces of memory in one call. */
#pragma once

#include <bits/decls.h>
#include <bits/types.h>
#include <limits.h>

#define UIO_MAXIOV IOV_MAX

__BEGIN_DECLS

struct iovec {
    void *iov_base;
    size_t iov_len;
};

ssize_t readv(int fd, const struct iovec *pieces, int count);
ssize_t writev(int fd, const struct iovec *pieces, int count);
ssize_t preadv(int fd, const struct iovec *pieces, int count, off_t offset);
ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t offset);

__END_DECLS
