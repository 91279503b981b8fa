#pragma once

#include <bits/decls.h>
#include <bits/types.h>

__BEGIN_DECLS

struct utimbuf {
    time_t actime, modtime;
};

int utime(const char *path, const struct utimbuf *times);

__END_DECLS
