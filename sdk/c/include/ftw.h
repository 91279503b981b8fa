/* Walking directory trees. */
#pragma once

#include <bits/decls.h>
#include <sys/stat.h>

#define FTW_F   1 /* a file */
#define FTW_D   2 /* a directory, before what is in it */
#define FTW_DNR 3 /* a directory that cannot be read */
#define FTW_NS  4 /* its attributes cannot be read */
#define FTW_SL  5 /* a symbolic link */
#define FTW_DP  6 /* a directory, after what is in it */
#define FTW_SLN 7 /* a symbolic link to nothing */

#define FTW_PHYS  1 /* do not follow links */
#define FTW_MOUNT 2 /* stay on one file system */
#define FTW_CHDIR 4 /* not supported: EINVAL */
#define FTW_DEPTH 8 /* directories after what is in them */

__BEGIN_DECLS

struct FTW {
    int base; /* where the name starts in the path */
    int level;
};

/* Calls `visit` for everything below `path` and for itself until it returns something else than 0,
 * which is the result then; -1 with errno on failure. */
int ftw(const char *path, int (*visit)(const char *, const struct stat *, int), int descriptors);
int nftw(const char *path, int (*visit)(const char *, const struct stat *, int, struct FTW *),
         int descriptors, int flags);

__END_DECLS
