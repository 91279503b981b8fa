/* Spans over a set of bytes, kept as a bit map. */
#include <stdint.h>
#include <string.h>

struct byte_set {
    uint32_t bits[8];
};

static void set_from(struct byte_set *set, const char *bytes)
{
    memset(set, 0, sizeof *set);
    for (const unsigned char *p = (const unsigned char *)bytes; *p; p++)
        set->bits[*p / 32] |= 1u << (*p % 32);
}

static int set_has(const struct byte_set *set, unsigned char c)
{
    return set->bits[c / 32] >> (c % 32) & 1;
}

size_t strspn(const char *s, const char *accept)
{
    struct byte_set set;
    set_from(&set, accept);
    const char *p = s;
    while (set_has(&set, (unsigned char)*p)) /* never holds NUL */
        p++;
    return (size_t)(p - s);
}

size_t strcspn(const char *s, const char *reject)
{
    if (reject[0] == '\0' || reject[1] == '\0')
        return (size_t)(strchrnul(s, reject[0]) - s);
    struct byte_set set;
    set_from(&set, reject);
    set.bits[0] |= 1; /* NUL ends it */
    const char *p = s;
    while (!set_has(&set, (unsigned char)*p))
        p++;
    return (size_t)(p - s);
}

char *strpbrk(const char *s, const char *accept)
{
    s += strcspn(s, accept);
    return *s ? (char *)s : NULL;
}
