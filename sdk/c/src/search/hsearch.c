/* A hash table with linear probing, at most three quarters full. */
#include <errno.h>
#include <search.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static struct hsearch_data table; /* the program's own */

static size_t hash(const char *key)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (; *key; key++)
        h = (h ^ (unsigned char)*key) * 16777619u;
    return h;
}

/* The entry with the key, or the free one where it belongs. */
static ENTRY *place(const struct hsearch_data *t, const char *key)
{
    size_t mask = t->__capacity - 1, i = hash(key) & mask;
    while (t->__entries[i].key && strcmp(t->__entries[i].key, key))
        i = (i + 1) & mask;
    return &t->__entries[i];
}

static int resize(struct hsearch_data *t, size_t capacity)
{
    struct hsearch_data larger = {calloc(capacity, sizeof(ENTRY)), capacity, t->__count};
    if (!larger.__entries) {
        errno = ENOMEM;
        return 0;
    }
    for (size_t i = 0; i < t->__capacity; i++)
        if (t->__entries[i].key)
            *place(&larger, t->__entries[i].key) = t->__entries[i];
    free(t->__entries);
    *t = larger;
    return 1;
}

int hcreate_r(size_t expected, struct hsearch_data *t)
{
    size_t capacity = 8;
    while (capacity / 4 * 3 < expected && capacity < SIZE_MAX / 2 / sizeof(ENTRY))
        capacity *= 2;
    *t = (struct hsearch_data){0};
    return resize(t, capacity);
}

void hdestroy_r(struct hsearch_data *t)
{
    free(t->__entries);
    *t = (struct hsearch_data){0};
}

int hsearch_r(ENTRY item, ACTION action, ENTRY **out, struct hsearch_data *t)
{
    *out = NULL;
    if (!t->__entries) {
        errno = EINVAL;
        return 0;
    }
    ENTRY *e = place(t, item.key);
    if (!e->key && action == FIND) {
        errno = ESRCH;
        return 0;
    }
    if (!e->key) {
        if (t->__count + 1 > t->__capacity / 4 * 3) {
            if (!resize(t, t->__capacity * 2))
                return 0;
            e = place(t, item.key);
        }
        *e = item;
        t->__count++;
    }
    *out = e;
    return 1;
}

int hcreate(size_t expected)
{
    return hcreate_r(expected, &table);
}

void hdestroy(void)
{
    hdestroy_r(&table);
}

ENTRY *hsearch(ENTRY item, ACTION action)
{
    ENTRY *found;
    hsearch_r(item, action, &found, &table);
    return found;
}
