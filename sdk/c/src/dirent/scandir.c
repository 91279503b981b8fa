#include <dirent.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct entries {
    struct dirent **list;
    size_t count, capacity;
};

static void entries_free(struct entries *e)
{
    while (e->count > 0)
        free(e->list[--e->count]);
    free(e->list);
}

static int add(struct entries *e, const struct dirent *entry)
{
    if (e->count == e->capacity) {
        size_t larger = e->capacity * 2 + 16;
        struct dirent **list = reallocarray(e->list, larger, sizeof *list);
        if (!list)
            return -1;
        e->list = list;
        e->capacity = larger;
    }
    size_t size = offsetof(struct dirent, d_name) + strlen(entry->d_name) + 1;
    struct dirent *copy = malloc(size);
    if (!copy)
        return -1;
    e->list[e->count++] = memcpy(copy, entry, size);
    return 0;
}

int scandir(const char *path, struct dirent ***out, int (*select)(const struct dirent *),
            int (*compare)(const struct dirent **, const struct dirent **))
{
    struct entries e = {0};
    int before = errno, failed = 0;
    DIR *d = opendir(path);
    if (!d)
        return -1;
    errno = 0;
    for (struct dirent *entry; !failed && (entry = readdir(d)); errno = 0)
        if (!select || select(entry))
            failed = add(&e, entry);
    failed |= errno != 0;
    int error = errno;
    closedir(d);
    if (failed) {
        entries_free(&e);
        errno = error;
        return -1;
    }
    errno = before;
    if (compare && e.count > 1)
        qsort(e.list, e.count, sizeof *e.list, (int (*)(const void *, const void *))compare);
    *out = e.list;
    return (int)e.count;
}
