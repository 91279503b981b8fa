#pragma once

#include <bits/decls.h>
#include <stddef.h>

#define GLOB_ERR      1
#define GLOB_MARK     2
#define GLOB_NOSORT   4
#define GLOB_DOOFFS   8
#define GLOB_NOCHECK  16
#define GLOB_APPEND   32
#define GLOB_NOESCAPE 64
#define GLOB_PERIOD   128  /* GNU: wildcards match leading periods */
#define GLOB_TILDE    4096 /* GNU: "~" at the beginning is $HOME */

#define GLOB_NOSPACE 1
#define GLOB_ABORTED 2
#define GLOB_NOMATCH 3

__BEGIN_DECLS

typedef struct {
    size_t gl_pathc;
    char **gl_pathv;
    size_t gl_offs;
} glob_t;

int glob(const char *__restrict pattern, int flags, int (*on_error)(const char *path, int error),
         glob_t *__restrict out);
void globfree(glob_t *g);

__END_DECLS
