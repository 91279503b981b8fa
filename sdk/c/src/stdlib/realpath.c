/* The absolute path without ".", "..", double slashes and symbolic links. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINKS_MAX = SYMLOOP_MAX };

struct walk {
    char rest[PATH_MAX]; /* what is still to be followed, from `at` on */
    size_t at;
    char done[PATH_MAX]; /* absolute, without links; "" is the root */
    size_t done_len;
    int links;
};

/* Puts the target of a link in front of what is left. 0 or an errno value. */
static int follow_link(struct walk *w, size_t parent_len)
{
    char target[PATH_MAX];
    ssize_t n = readlink(w->done, target, sizeof target);
    if (n < 0)
        return errno;
    size_t len = (size_t)n, rest_len = strlen(w->rest + w->at);
    if (++w->links > LINKS_MAX)
        return ELOOP;
    if (len == 0)
        return ENOENT;
    if (len + 1 + rest_len >= PATH_MAX)
        return ENAMETOOLONG;
    memmove(w->rest + len + 1, w->rest + w->at, rest_len + 1);
    memcpy(w->rest, target, len);
    w->rest[len] = '/';
    w->at = 0;
    w->done_len = target[0] == '/' ? 0 : parent_len;
    w->done[w->done_len] = '\0';
    return 0;
}

/* One component that is not "." or "..". */
static int step(struct walk *w, const char *name, size_t len)
{
    size_t parent_len = w->done_len;
    struct stat s;
    if (parent_len + 1 + len >= PATH_MAX)
        return ENAMETOOLONG;
    w->done[parent_len] = '/';
    memcpy(w->done + parent_len + 1, name, len);
    w->done_len += 1 + len;
    w->done[w->done_len] = '\0';
    if (lstat(w->done, &s))
        return errno;
    if (S_ISLNK(s.st_mode))
        return follow_link(w, parent_len);
    return w->rest[w->at] && !S_ISDIR(s.st_mode) ? ENOTDIR : 0;
}

static void step_up(struct walk *w)
{
    while (w->done_len > 0 && w->done[--w->done_len] != '/')
        ;
    w->done[w->done_len] = '\0';
}

static int walk(struct walk *w)
{
    int error = 0;
    while (w->rest[w->at] && !error) {
        const char *name = w->rest + w->at;
        size_t len = strcspn(name, "/");
        w->at += len;
        if (len == 2 && name[0] == '.' && name[1] == '.')
            step_up(w);
        else if (len > 0 && !(len == 1 && name[0] == '.'))
            error = step(w, name, len);
        w->at += w->rest[w->at] == '/';
    }
    return error;
}

char *realpath(const char *restrict path, char *restrict out)
{
    struct walk *w = malloc(sizeof *w);
    char *result = NULL;
    int error = !w ? ENOMEM : !path ? EINVAL : !*path ? ENOENT : 0;
    if (!error && strlen(path) >= PATH_MAX)
        error = ENAMETOOLONG;
    if (!error) {
        strcpy(w->rest, path);
        w->at = w->done_len = 0;
        w->done[0] = '\0';
        w->links = 0;
        if (path[0] != '/' && getcwd(w->done, PATH_MAX))
            w->done_len = strcmp(w->done, "/") ? strlen(w->done) : 0;
        error = walk(w);
    }
    if (!error) {
        const char *real = w->done_len ? w->done : "/";
        result = out ? strcpy(out, real) : strdup(real);
    } else {
        errno = error;
    }
    free(w);
    return result;
}
