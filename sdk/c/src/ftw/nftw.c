/* A walk with a stack of open directories instead of recursion. The path is one buffer that grows
 * and shrinks. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct level {
    DIR *directory;
    size_t path_len;
    struct stat status;
};

struct walk {
    char path[PATH_MAX];
    size_t len;
    int flags;
    int (*visit)(const char *, const struct stat *, int, struct FTW *);
    struct level *levels;
    int depth, capacity;
};

static int call(struct walk *w, const struct stat *s, int type)
{
    const char *slash = w->len > 1 ? memrchr(w->path, '/', w->len - 1) : NULL;
    struct FTW info = {.base = slash ? (int)(slash + 1 - w->path) : 0, .level = w->depth};
    return w->visit(w->path, s, type, &info);
}

static int classify(const struct walk *w, struct stat *s)
{
    int failed = w->flags & FTW_PHYS ? lstat(w->path, s) : stat(w->path, s);
    if (failed && !(w->flags & FTW_PHYS) && lstat(w->path, s) == 0)
        return FTW_SLN;
    if (failed) {
        memset(s, 0, sizeof *s);
        return FTW_NS;
    }
    return S_ISDIR(s->st_mode) ? FTW_D : S_ISLNK(s->st_mode) ? FTW_SL : FTW_F;
}

/* A directory that is open already, reached through a link: following it would never end. */
static int is_loop(const struct walk *w, const struct stat *s)
{
    for (int i = 0; i < w->depth; i++)
        if (w->levels[i].status.st_ino == s->st_ino && w->levels[i].status.st_dev == s->st_dev)
            return 1;
    return 0;
}

static int enter(struct walk *w, const struct stat *s)
{
    if (w->depth == w->capacity) {
        int larger = w->capacity * 2 + 8;
        struct level *levels = reallocarray(w->levels, (size_t)larger, sizeof *levels);
        if (!levels)
            return -1;
        w->levels = levels;
        w->capacity = larger;
    }
    DIR *d = opendir(w->path);
    if (!d)
        return errno == EMFILE || errno == ENOMEM ? -1 : call(w, s, FTW_DNR);
    if (!(w->flags & FTW_DEPTH)) {
        int result = call(w, s, FTW_D);
        if (result) {
            closedir(d);
            return result;
        }
    }
    w->levels[w->depth++] = (struct level){d, w->len, *s};
    return 0;
}

static int leave(struct walk *w)
{
    struct level *l = &w->levels[--w->depth];
    closedir(l->directory);
    w->len = l->path_len;
    w->path[w->len] = '\0';
    return w->flags & FTW_DEPTH ? call(w, &l->status, FTW_DP) : 0;
}

/* What the path names now. */
static int visit_path(struct walk *w)
{
    struct stat s;
    int type = classify(w, &s);
    if (w->depth > 0 && w->flags & FTW_MOUNT && s.st_dev != w->levels[0].status.st_dev &&
        type != FTW_NS)
        return 0;
    if (type == FTW_D && !is_loop(w, &s))
        return enter(w, &s);
    return type == FTW_D ? 0 : call(w, &s, type);
}

/* The next entry of the directory on top, or leaving it. */
static int step(struct walk *w)
{
    struct level *l = &w->levels[w->depth - 1];
    errno = 0;
    struct dirent *e = readdir(l->directory);
    if (!e)
        return errno ? -1 : leave(w);
    if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
        return 0;
    size_t len = strlen(e->d_name), at = l->path_len;
    if (at + 1 + len >= sizeof w->path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    if (w->path[at - 1] != '/')
        w->path[at++] = '/';
    memcpy(w->path + at, e->d_name, len + 1);
    w->len = at + len;
    return visit_path(w);
}

int nftw(const char *path, int (*visit)(const char *, const struct stat *, int, struct FTW *),
         int descriptors, int flags)
{
    struct stat s;
    size_t len = strlen(path);
    if (descriptors < 1 || flags & FTW_CHDIR) {
        errno = EINVAL;
        return -1;
    }
    if (lstat(path, &s)) /* also for what is empty or too long */
        return -1;
    struct walk *w = calloc(1, sizeof *w);
    if (!w)
        return -1;
    memcpy(w->path, path, len + 1);
    w->len = len;
    w->flags = flags;
    w->visit = visit;
    int result = visit_path(w);
    while (!result && w->depth > 0)
        result = step(w);
    int error = errno;
    while (w->depth > 0)
        closedir(w->levels[--w->depth].directory);
    free(w->levels);
    free(w);
    errno = error;
    return result;
}
