#include <search.h>
#include <string.h>

void *lfind(const void *key, const void *base, size_t *count, size_t size,
            int (*compare)(const void *, const void *))
{
    const char *p = base;
    for (size_t i = 0; i < *count; i++, p += size)
        if (compare(key, p) == 0)
            return (void *)p;
    return NULL;
}

void *lsearch(const void *key, void *base, size_t *count, size_t size,
              int (*compare)(const void *, const void *))
{
    void *found = lfind(key, base, count, size, compare);
    return found ? found : memcpy((char *)base + size * (*count)++, key, size);
}
