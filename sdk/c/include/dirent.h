#pragma once

#include <bits/decls.h>
#include <bits/types.h>

#define DT_UNKNOWN 0
#define DT_FIFO    1
#define DT_CHR     2
#define DT_DIR     4
#define DT_BLK     6
#define DT_REG     8
#define DT_LNK     10
#define DT_SOCK    12

#define IFTODT(mode) ((mode) >> 12 & 15)
#define DTTOIF(type) ((type) << 12)

__BEGIN_DECLS

typedef struct __directory DIR;

struct dirent {
    ino_t d_ino;
    unsigned char d_type;
    char d_name[256]; /* NAME_MAX and a NUL */
};

DIR *opendir(const char *path);
DIR *fdopendir(int fd);
struct dirent *readdir(DIR *d);
void rewinddir(DIR *d);
int closedir(DIR *d);
int dirfd(DIR *d);
long telldir(DIR *d);
void seekdir(DIR *d, long position);
int scandir(const char *path, struct dirent ***out, int (*select)(const struct dirent *),
            int (*compare)(const struct dirent **, const struct dirent **));
int alphasort(const struct dirent **a, const struct dirent **b);
int versionsort(const struct dirent **a, const struct dirent **b);

__END_DECLS
