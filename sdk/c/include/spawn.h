/* Starting programs, POSIX's way. A child gets descriptors 0 to 2, what the file actions put
 * elsewhere, and the preopened directories from 3 on: those numbers are taken (EBUSY). What else is
 * open can be the source of dup2, but is not inherited. It starts in the current directory. */
#pragma once

#include <bits/decls.h>
#include <bits/types.h>
#include <stddef.h>

/* These have no effect: there are no process groups, and signals are a program's own. */
#define POSIX_SPAWN_RESETIDS   1
#define POSIX_SPAWN_SETPGROUP  2
#define POSIX_SPAWN_SETSIGDEF  4
#define POSIX_SPAWN_SETSIGMASK 8
/* WasmOS's own: Ctrl-C goes to the child, as to one of system(). */
#define POSIX_SPAWN_FOREGROUND_NP 16

__BEGIN_DECLS

typedef struct {
    short __flags;
} posix_spawnattr_t;

typedef struct {
    struct __spawn_action *__actions;
    size_t __count;
} posix_spawn_file_actions_t;

/* 0 or an errno value, as all functions of this header. A program without a slash in its name is
 * one of /bin for both. */
int posix_spawn(pid_t *__restrict out_pid, const char *__restrict path,
                const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *__restrict attributes, char *const argv[],
                char *const envp[]);
int posix_spawnp(pid_t *__restrict out_pid, const char *__restrict name,
                 const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *__restrict attributes, char *const argv[],
                 char *const envp[]);

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions);
int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions);
int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *__restrict actions, int fd,
                                     const char *__restrict path, int flags, mode_t mode);
int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd);
int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int fd, int to);

int posix_spawnattr_init(posix_spawnattr_t *attributes);
int posix_spawnattr_destroy(posix_spawnattr_t *attributes);
int posix_spawnattr_setflags(posix_spawnattr_t *attributes, short flags);
int posix_spawnattr_getflags(const posix_spawnattr_t *__restrict attributes, short *__restrict out);

__END_DECLS
