/* POSIX's integer types. */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef long ssize_t;
typedef int64_t off_t;
typedef unsigned mode_t;
typedef int pid_t;
typedef unsigned uid_t;
typedef unsigned gid_t;
typedef uint64_t dev_t;
typedef uint64_t ino_t;
typedef uint64_t nlink_t;
typedef int64_t blkcnt_t;
typedef int blksize_t;
typedef int64_t time_t;
typedef int64_t suseconds_t;
typedef unsigned useconds_t;
typedef int64_t clock_t;
typedef int clockid_t;
typedef int id_t;
typedef uint64_t fsblkcnt_t;
typedef uint64_t fsfilcnt_t;
