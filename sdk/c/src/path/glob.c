/* Finding paths by pattern: one component of the pattern after the other, for all the paths that
 * matched so far. */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct paths {
    char **list;
    size_t count, capacity;
};

struct search {
    int flags;
    int (*on_error)(const char *, int);
    struct paths found, next;
};

static void paths_free(struct paths *p)
{
    for (size_t i = 0; i < p->count; i++)
        free(p->list[i]);
    free(p->list);
    *p = (struct paths){0};
}

/* Adds prefix + name + suffix. 0 or GLOB_NOSPACE. Longer than a path may be: nothing has it. */
static int paths_add(struct paths *p, const char *prefix, const char *name, const char *suffix)
{
    size_t prefix_len = strlen(prefix), name_len = strlen(name), suffix_len = strlen(suffix);
    if (prefix_len + name_len + suffix_len >= PATH_MAX)
        return 0;
    if (p->count == p->capacity) {
        size_t larger = p->capacity * 2 + 16;
        char **list = reallocarray(p->list, larger, sizeof *list);
        if (!list)
            return GLOB_NOSPACE;
        p->list = list;
        p->capacity = larger;
    }
    char *path = malloc(prefix_len + name_len + suffix_len + 1);
    if (!path)
        return GLOB_NOSPACE;
    p->list[p->count++] = path;
    memcpy(path, prefix, prefix_len);
    memcpy(path + prefix_len, name, name_len);
    memcpy(path + prefix_len + name_len, suffix, suffix_len + 1);
    return 0;
}

static int has_wildcard(const char *component, int flags)
{
    for (const char *c = component; *c; c++) {
        if (*c == '\\' && !(flags & GLOB_NOESCAPE) && c[1])
            c++;
        else if (strchr("*?[", *c))
            return 1;
    }
    return 0;
}

static void unescape(char *component, int flags)
{
    char *to = component;
    for (const char *c = component; *c; c++) {
        if (*c == '\\' && !(flags & GLOB_NOESCAPE) && c[1])
            c++;
        *to++ = *c;
    }
    *to = '\0';
}

/* Whether the search ends because of a directory that cannot be read. */
static int report(struct search *s, const char *path, int error)
{
    if (error == ENOENT || error == ENOTDIR)
        return 0;
    int stop = s->on_error && s->on_error(path, error);
    return stop || s->flags & GLOB_ERR ? GLOB_ABORTED : 0;
}

/* The entries of one directory that match. */
static int expand_directory(struct search *s, const char *prefix, const char *component,
                            const char *slashes)
{
    DIR *d = opendir(*prefix ? prefix : ".");
    if (!d)
        return report(s, *prefix ? prefix : ".", errno);
    int result = 0, match_flags = (s->flags & GLOB_PERIOD ? 0 : FNM_PERIOD) |
                                  (s->flags & GLOB_NOESCAPE ? FNM_NOESCAPE : 0);
    errno = 0;
    for (struct dirent *e; !result && (e = readdir(d)); errno = 0) {
        if (*slashes && e->d_type != DT_DIR && e->d_type != DT_LNK && e->d_type != DT_UNKNOWN)
            continue;
        if (fnmatch(component, e->d_name, match_flags) == 0)
            result = paths_add(&s->next, prefix, e->d_name, slashes);
    }
    if (!result && errno)
        result = report(s, prefix, errno);
    closedir(d);
    return result;
}

/* Puts one component of the pattern behind every path found so far. */
static int expand_component(struct search *s, char *component, const char *slashes)
{
    int wild = has_wildcard(component, s->flags), result = 0;
    if (!wild)
        unescape(component, s->flags);
    for (size_t i = 0; i < s->found.count && !result; i++)
        result = wild ? expand_directory(s, s->found.list[i], component, slashes)
                      : paths_add(&s->next, s->found.list[i], component, slashes);
    paths_free(&s->found);
    s->found = s->next;
    s->next = (struct paths){0};
    return result;
}

static int expand(struct search *s, char *pattern)
{
    int result = paths_add(&s->found, "", "", "");
    while (*pattern && !result) {
        char component[PATH_MAX], slashes[PATH_MAX];
        size_t len = strcspn(pattern, "/"), gap = strspn(pattern + len, "/");
        memcpy(component, pattern, len);
        component[len] = '\0';
        memcpy(slashes, pattern + len, gap);
        slashes[gap] = '\0';
        pattern += len + gap;
        result = expand_component(s, component, slashes);
    }
    return result;
}

/* Keeps what exists; marks directories. */
static int check_found(struct search *s)
{
    for (size_t i = 0; i < s->found.count; i++) {
        struct stat status;
        const char *path = s->found.list[i];
        if (lstat(path, &status))
            continue;
        size_t len = strlen(path);
        int mark = s->flags & GLOB_MARK && len > 0 && path[len - 1] != '/' &&
                   stat(path, &status) == 0 && S_ISDIR(status.st_mode);
        if (paths_add(&s->next, path, "", mark ? "/" : ""))
            return GLOB_NOSPACE;
    }
    paths_free(&s->found);
    s->found = s->next;
    s->next = (struct paths){0};
    return 0;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Moves the paths into the caller's list. */
static int deliver(struct search *s, glob_t *out)
{
    size_t offset = s->flags & GLOB_DOOFFS ? out->gl_offs : 0, old = offset + out->gl_pathc, total;
    if (__builtin_add_overflow(old, s->found.count + 1, &total))
        return GLOB_NOSPACE;
    char **list = reallocarray(out->gl_pathv, total, sizeof *list);
    if (!list)
        return GLOB_NOSPACE;
    if (!out->gl_pathv)
        memset(list, 0, old * sizeof *list);
    if (s->found.count > 0)
        memcpy(list + old, s->found.list, s->found.count * sizeof *list);
    if (!(s->flags & GLOB_NOSORT))
        qsort(list + old, s->found.count, sizeof *list, compare_paths);
    list[old + s->found.count] = NULL;
    out->gl_pathv = list;
    out->gl_pathc += s->found.count;
    s->found.count = 0; /* they have moved */
    return 0;
}

/* The pattern with $HOME for a "~" in front. */
static int copy_pattern(char to[PATH_MAX], const char *pattern, int flags)
{
    const char *home = "";
    if (flags & GLOB_TILDE && pattern[0] == '~' && (pattern[1] == '/' || !pattern[1])) {
        home = getenv("HOME");
        pattern += home != NULL;
        home = home ? home : "";
    }
    size_t home_len = strlen(home), len = strlen(pattern);
    if (home_len + len >= PATH_MAX)
        return GLOB_NOMATCH; /* no path is that long */
    memcpy(to, home, home_len);
    memcpy(to + home_len, pattern, len + 1);
    return 0;
}

/* GLOB_NOCHECK: what matches nothing stands for itself. */
static int keep_pattern(struct search *s, const char *pattern)
{
    char *name = strdup(pattern), **list = malloc(sizeof *list);
    if (!name || !list) {
        free(name);
        free(list);
        return GLOB_NOSPACE;
    }
    list[0] = name;
    s->found = (struct paths){list, 1, 1};
    return 0;
}

int glob(const char *restrict pattern, int flags, int (*on_error)(const char *, int),
         glob_t *restrict out)
{
    struct search s = {.flags = flags, .on_error = on_error};
    char copy[PATH_MAX];
    if (!(flags & GLOB_APPEND)) {
        out->gl_pathc = 0;
        out->gl_pathv = NULL;
        out->gl_offs = flags & GLOB_DOOFFS ? out->gl_offs : 0;
    }
    int result = copy_pattern(copy, pattern, flags);
    if (!result)
        result = expand(&s, copy);
    if (!result)
        result = check_found(&s);
    if (!result && s.found.count == 0)
        result = GLOB_NOMATCH;
    if (result == GLOB_NOMATCH && flags & GLOB_NOCHECK)
        result = keep_pattern(&s, pattern);
    if (!result)
        result = deliver(&s, out);
    paths_free(&s.found);
    paths_free(&s.next);
    return result;
}

void globfree(glob_t *g)
{
    for (size_t i = 0; i < g->gl_pathc; i++)
        free(g->gl_pathv[g->gl_offs + i]);
    free(g->gl_pathv);
    g->gl_pathv = NULL;
    g->gl_pathc = 0;
}
