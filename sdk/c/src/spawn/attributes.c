#include <errno.h>
#include <spawn.h>

int posix_spawnattr_init(posix_spawnattr_t *attributes)
{
    *attributes = (posix_spawnattr_t){0};
    return 0;
}

int posix_spawnattr_destroy(posix_spawnattr_t *attributes)
{
    (void)attributes;
    return 0;
}

int posix_spawnattr_setflags(posix_spawnattr_t *attributes, short flags)
{
    enum {
        KNOWN = POSIX_SPAWN_RESETIDS | POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
                POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_FOREGROUND_NP
    };
    if (flags & ~KNOWN)
        return EINVAL;
    attributes->__flags = flags;
    return 0;
}

int posix_spawnattr_getflags(const posix_spawnattr_t *restrict attributes, short *restrict out)
{
    *out = attributes->__flags;
    return 0;
}
