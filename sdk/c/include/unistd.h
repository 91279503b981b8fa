#pragma once

#include <bits/decls.h>
#include <bits/types.h>

#define _POSIX_VERSION  200809L
#define _POSIX2_VERSION 200809L

#define STDIN_FILENO  0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2

#define R_OK 4
#define W_OK 2
#define X_OK 1
#define F_OK 0

#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif

/* sysconf */
#define _SC_ARG_MAX          0
#define _SC_CHILD_MAX        1
#define _SC_CLK_TCK          2
#define _SC_OPEN_MAX         4
#define _SC_TZNAME_MAX       6
#define _SC_JOB_CONTROL      7
#define _SC_VERSION          29
#define _SC_PAGESIZE         30
#define _SC_PAGE_SIZE        _SC_PAGESIZE
#define _SC_LINE_MAX         43
#define _SC_IOV_MAX          60
#define _SC_GETPW_R_SIZE_MAX 70
#define _SC_LOGIN_NAME_MAX   71
#define _SC_TTY_NAME_MAX     72
#define _SC_NPROCESSORS_CONF 83
#define _SC_NPROCESSORS_ONLN 84
#define _SC_PHYS_PAGES       85
#define _SC_AVPHYS_PAGES     86
#define _SC_ATEXIT_MAX       87
#define _SC_SYMLOOP_MAX      173
#define _SC_HOST_NAME_MAX    180

/* pathconf */
#define _PC_LINK_MAX         0
#define _PC_MAX_CANON        1
#define _PC_MAX_INPUT        2
#define _PC_NAME_MAX         3
#define _PC_PATH_MAX         4
#define _PC_PIPE_BUF         5
#define _PC_CHOWN_RESTRICTED 6
#define _PC_NO_TRUNC         7
#define _PC_VDISABLE         8
#define _PC_SYNC_IO          9
#define _PC_FILESIZEBITS     13
#define _PC_SYMLINK_MAX      19
#define _PC_2_SYMLINKS       20

__BEGIN_DECLS

extern char **environ;

ssize_t read(int fd, void *to, size_t n);
ssize_t write(int fd, const void *from, size_t n);
ssize_t pread(int fd, void *to, size_t n, off_t offset);
ssize_t pwrite(int fd, const void *from, size_t n, off_t offset);
off_t lseek(int fd, off_t offset, int whence);
int close(int fd);
int dup(int fd);
int dup2(int fd, int to);
int dup3(int fd, int to, int flags);
int pipe(int fds[2]);
int pipe2(int fds[2], int flags);
int isatty(int fd);
char *ttyname(int fd);
int ttyname_r(int fd, char *to, size_t n);
int fsync(int fd);
int fdatasync(int fd);
void sync(void);
int ftruncate(int fd, off_t length);
int truncate(const char *path, off_t length);

int access(const char *path, int mode);
int faccessat(int directory, const char *path, int mode, int flags);
int unlink(const char *path);
int unlinkat(int directory, const char *path, int flags);
int rmdir(const char *path);
int link(const char *from, const char *to);
int linkat(int from_directory, const char *from, int to_directory, const char *to, int flags);
int symlink(const char *target, const char *path);
int symlinkat(const char *target, int directory, const char *path);
ssize_t readlink(const char *__restrict path, char *__restrict to, size_t n);
ssize_t readlinkat(int directory, const char *__restrict path, char *__restrict to, size_t n);
int chdir(const char *path);
char *getcwd(char *to, size_t n);

/* There is one user, who has number 0. */
pid_t getpid(void);
pid_t getppid(void);
uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);
char *getlogin(void);
int getlogin_r(char *to, size_t n);

unsigned sleep(unsigned seconds);
int usleep(useconds_t microseconds);
__NORETURN void _exit(int status);
long sysconf(int name);
long pathconf(const char *path, int name);
long fpathconf(int fd, int name);
int getpagesize(void);
int getdtablesize(void);
int getentropy(void *to, size_t n);
int gethostname(char *to, size_t n);
void swab(const void *__restrict from, void *__restrict to, ssize_t n);

extern char *optarg;
extern int optind, opterr, optopt;
int getopt(int argc, char *const argv[], const char *options);

__END_DECLS
