/* The current directory: WASI has none, so it is a string that path resolution prepends. */
#include "internal/path.h"
#include "internal/wasi.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[] = "/";
char *__current_directory;

void __current_directory_init(void)
{
    if (__current_directory)
        return;
    const char *pwd = getenv("PWD");
    char *copy = pwd && pwd[0] == '/' ? strdup(pwd) : NULL;
    __current_directory = copy ? copy : root;
}

/* Joins and removes ".", ".." and double slashes. `out` holds PATH_MAX bytes. */
static int normalize(const char *base, const char *path, char *out)
{
    size_t len = 0;
    for (int part = 0; part < 2; part++) {
        const char *p = part == 0 ? (path[0] == '/' ? "" : base) : path;
        while (*p) {
            size_t n = strcspn(p, "/");
            if (n == 2 && p[0] == '.' && p[1] == '.') {
                while (len > 0 && out[--len] != '/')
                    ;
            } else if (n > 0 && !(n == 1 && p[0] == '.')) {
                if (len + 1 + n >= PATH_MAX)
                    return ENAMETOOLONG;
                out[len++] = '/';
                memcpy(out + len, p, n);
                len += n;
            }
            p += n + (p[n] == '/');
        }
    }
    if (len == 0)
        out[len++] = '/';
    out[len] = '\0';
    return 0;
}

/* 0 or an errno value. */
static int move_to(const char *path)
{
    char joined[PATH_MAX];
    __current_directory_init();
    int error = normalize(__current_directory, path, joined);
    char *copy = error ? NULL : strdup(joined);
    if (!copy)
        return error ? error : ENOMEM;
    if (__current_directory != root)
        free(__current_directory);
    __current_directory = copy;
    return 0;
}

int chdir(const char *path)
{
    struct stat s;
    if (stat(path, &s))
        return -1;
    if (!S_ISDIR(s.st_mode))
        return wasi_result(ENOTDIR);
    owned_take(&__paths_lock);
    int error = move_to(path);
    owned_release(&__paths_lock);
    return wasi_result(error);
}

static char *copy_to(char *to, size_t n)
{
    __current_directory_init();
    size_t needed = strlen(__current_directory) + 1;
    if (!to)
        return strdup(__current_directory);
    if (n < needed) {
        errno = n == 0 ? EINVAL : ERANGE;
        return NULL;
    }
    return memcpy(to, __current_directory, needed);
}

char *getcwd(char *to, size_t n)
{
    owned_take(&__paths_lock);
    char *result = copy_to(to, n);
    owned_release(&__paths_lock);
    return result;
}
