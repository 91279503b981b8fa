/* Preopened directories and path resolution. */
#include "internal/path.h"
#include "internal/wasi.h"
#include <stdlib.h>
#include <string.h>

struct preopen {
    int fd;
    size_t len; /* without a trailing slash: "/" has length 0 */
    char *name;
};

static struct preopen *preopens;
static size_t preopen_count;
static int preopens_loaded;
struct owned_lock __paths_lock;

static int load_one(int fd)
{
    struct wasi_prestat s;
    int error = __wasi_fd_prestat_get(fd, &s);
    if (error || s.kind != 0)
        return error ? error : EBADF;
    struct preopen *larger = realloc(preopens, (preopen_count + 1) * sizeof *larger);
    if (!larger)
        return ENOMEM;
    preopens = larger;
    char *name = malloc(s.name_len + 1);
    if (!name)
        return ENOMEM;
    error = __wasi_fd_prestat_dir_name(fd, name, s.name_len);
    if (error) {
        free(name);
        return error;
    }
    size_t len = s.name_len;
    while (len > 0 && (name[len - 1] == '/' || name[len - 1] == '\0'))
        len--;
    name[len] = '\0';
    preopens[preopen_count++] = (struct preopen){fd, len, name};
    return 0;
}

static void load_preopens(void)
{
    if (preopens_loaded)
        return;
    preopens_loaded = 1;
    for (int fd = WASI_FIRST_PREOPEN; load_one(fd) == 0; fd++)
        ;
}

/* Whether following the components of `path` one by one ever leaves the directory it starts in. */
static int escapes(const char *path)
{
    int depth = 0;
    while (*path) {
        size_t n = strcspn(path, "/");
        if (n == 2 && path[0] == '.' && path[1] == '.')
            depth--;
        else if (n > 0 && !(n == 1 && path[0] == '.'))
            depth++;
        if (depth < 0)
            return 1;
        path += n + (path[n] == '/');
    }
    return 0;
}

static const char *below(const struct preopen *p, const char *path)
{
    if (strncmp(path, p->name, p->len) || (path[p->len] != '/' && path[p->len] != '\0'))
        return NULL;
    path += p->len;
    while (*path == '/')
        path++;
    return path;
}

static int resolve(const char *path, struct path_at *out)
{
    size_t len = strlen(path), base = 0;
    if (len == 0)
        return wasi_result(ENOENT);
    if (path[0] != '/') {
        __current_directory_init();
        base = strlen(__current_directory);
        if (__current_directory[base - 1] == '/')
            base--;
    }
    if (base + 1 + len >= sizeof out->buffer)
        return wasi_result(ENAMETOOLONG);
    memcpy(out->buffer, __current_directory, base);
    if (path[0] != '/')
        out->buffer[base++] = '/';
    memcpy(out->buffer + base, path, len + 1);

    load_preopens();
    const struct preopen *best = NULL;
    for (const struct preopen *p = preopens; p < preopens + preopen_count; p++) {
        const char *rest = below(p, out->buffer);
        if (!rest || (best && p->len < best->len) || (p->len > 0 && escapes(rest)))
            continue;
        best = p;
        out->path = rest;
    }
    if (!best)
        return wasi_result(ENOTCAPABLE);
    if (!*out->path)
        out->path = ".";
    out->fd = best->fd;
    out->len = strlen(out->path);
    return 0;
}

int __path_resolve(const char *path, struct path_at *out)
{
    owned_take(&__paths_lock);
    int result = resolve(path, out);
    owned_release(&__paths_lock);
    return result;
}
