/* ustar archives: reading (unpack.c) and writing headers (tarwrite.c). */
#pragma once

#include "kernel/fs/vfs.h"

/* Offsets of fields in the 512-byte header (IEEE 1003.1 pax, table 4-14). */
enum {
    TAR_BLOCK = 512,
    TAR_NAME_LEN = 100,
    TAR_MODE_AT = 100,
    TAR_UID_AT = 108,
    TAR_GID_AT = 116,
    TAR_SIZE_AT = 124,
    TAR_MTIME_AT = 136,
    TAR_CHECKSUM_AT = 148,
    TAR_TYPE_AT = 156,
    TAR_LINK_AT = 157,
    TAR_MAGIC_AT = 257,
    TAR_PREFIX_AT = 345,
    TAR_PREFIX_LEN = 155,
    TAR_PAX_MAX = 1 << 20,
};

struct tar_name {
    size_t len;
    char text[VFS_PATH_MAX + 1]; /* not terminated */
};

struct tar_entry {
    const uint8_t *header, *data;
    uint64_t size, mtime_s;
    uint8_t type;
    bool long_link;
    struct tar_name name, link;
};

struct tar_reader {
    const uint8_t *at, *end;
};

/* The next entry: 1; 0 at the end; -EINVAL, -ENAMETOOLONG for an archive that makes no sense. */
MUSTUSE int tar_next(struct tar_reader *r, struct tar_entry *e);

/* Like vfs_unpack, but what begins with `prefix` goes under `other`. */
MUSTUSE int vfs_unpack_split(struct vnode *dir, const char *prefix, struct vnode *other,
                             const void *tar, size_t len);

/* Writes a header block; a name that does not fit the header is preceded by a GNU long-name entry.
 * Returns the bytes written (a multiple of TAR_BLOCK, at most TAR_HEADER_MAX). */
enum { TAR_HEADER_MAX = 3 * TAR_BLOCK + 2 * (VFS_PATH_MAX + TAR_BLOCK) };
size_t tar_header(uint8_t out[TAR_HEADER_MAX], const char *name, const struct vnode_stat *st,
                  const char *link);
