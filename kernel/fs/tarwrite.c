/* Headers of ustar archives. */
#include "base/format.h"
#include "base/string.h"
#include "kernel/fs/tar.h"

static void octal(uint8_t *field, size_t len, uint64_t x)
{
    for (size_t i = len - 1; i-- > 0; x >>= 3)
        field[i] = (uint8_t)('0' + (x & 7));
    field[len - 1] = 0;
}

/* Sizes from 8 GiB on need GNU's base 256. */
static void number(uint8_t *field, size_t len, uint64_t x)
{
    if (x >> (3 * (len - 1)) == 0) {
        octal(field, len, x);
        return;
    }
    for (size_t i = len - 1; i > 0; i--, x >>= 8)
        field[i] = (uint8_t)x;
    field[0] = 0x80;
}

static void block(uint8_t *h, const char *name, size_t name_len, uint8_t type, uint64_t size,
                  uint64_t mtime_ns)
{
    memset(h, 0, TAR_BLOCK);
    memcpy(h, name, min_u64(name_len, TAR_NAME_LEN));
    octal(h + TAR_MODE_AT, 8, type == '5' ? 0755 : 0644);
    octal(h + TAR_UID_AT, 8, 0);
    octal(h + TAR_GID_AT, 8, 0);
    number(h + TAR_SIZE_AT, 12, size);
    number(h + TAR_MTIME_AT, 12, mtime_ns / NSEC_PER_SEC);
    h[TAR_TYPE_AT] = type;
    memcpy(h + TAR_MAGIC_AT, "ustar\00000", 8);
}

static void seal(uint8_t *h)
{
    uint64_t sum = 0;
    memset(h + TAR_CHECKSUM_AT, ' ', 8);
    for (size_t i = 0; i < TAR_BLOCK; i++)
        sum += h[i];
    octal(h + TAR_CHECKSUM_AT, 7, sum);
}

/* A GNU entry of type L (name) or K (link) that carries `text`. */
static size_t long_text(uint8_t *out, uint8_t type, const char *text, size_t len)
{
    static const char name[] = "././@LongLink";
    size_t padded = align_up(len + 1, TAR_BLOCK);
    block(out, name, sizeof(name) - 1, type, len + 1, 0);
    seal(out);
    memset(out + TAR_BLOCK, 0, padded);
    memcpy(out + TAR_BLOCK, text, len);
    return TAR_BLOCK + padded;
}

size_t tar_header(uint8_t out[TAR_HEADER_MAX], const char *name, const struct vnode_stat *st,
                  const char *link)
{
    size_t at = 0, name_len = strlen(name), link_len = link ? strlen(link) : 0;
    uint8_t type = st->type == VNODE_DIR ? '5' : st->type == VNODE_LINK ? '2' : '0';
    assert(name_len <= VFS_PATH_MAX && link_len <= VFS_PATH_MAX);
    if (name_len > TAR_NAME_LEN)
        at += long_text(out + at, 'L', name, name_len);
    if (link_len > TAR_NAME_LEN)
        at += long_text(out + at, 'K', link, link_len);
    uint8_t *h = out + at;
    block(h, name, name_len, type, type == '0' ? st->size : 0, st->mtime_ns);
    memcpy(h + TAR_LINK_AT, link ? link : "", min_u64(link_len, TAR_NAME_LEN));
    seal(h);
    return at + TAR_BLOCK;
}
