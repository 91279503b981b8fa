/* Boot archives: POSIX ustar (IEEE 1003.1 pax, 4.18) with GNU long names and pax path records.
 * Contents stay where they lie in the archive. A hostile archive is refused at the first header
 * that makes no sense. */
#include "base/string.h"
#include "kernel/core/log.h"
#include "kernel/fs/ramfs.h"
#include "kernel/fs/tar.h"
#include "kernel/mm/heap.h"

/* ---- reading headers ---- */

static uint64_t header_checksum(const uint8_t *h)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < TAR_BLOCK; i++)
        sum += i >= TAR_CHECKSUM_AT && i < TAR_CHECKSUM_AT + 8 ? ' ' : h[i];
    return sum;
}

/* Octal digits between blanks, or GNU's base 256. */
static int field_number(const uint8_t *f, size_t len, uint64_t *out)
{
    uint64_t x = 0;
    size_t i = 0;
    if (f[0] == 0x80) {
        for (i = 1; i < len; i++) {
            if (x >> 55)
                return -EINVAL;
            x = x << 8 | f[i];
        }
        *out = x;
        return 0;
    }
    while (i < len && f[i] == ' ')
        i++;
    for (; i < len && f[i] >= '0' && f[i] <= '7'; i++)
        x = x << 3 | (uint64_t)(f[i] - '0');
    if (i < len && f[i] != ' ' && f[i] != 0)
        return -EINVAL;
    *out = x;
    return 0;
}

static bool is_zero(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i])
            return false;
    return true;
}

static int header_name(const uint8_t *h, struct tar_name *out)
{
    const char *name = (const char *)h, *prefix = (const char *)h + TAR_PREFIX_AT;
    size_t n = strnlen(name, TAR_NAME_LEN);
    bool ustar = !memcmp(h + TAR_MAGIC_AT, "ustar\0", 6);
    size_t p = ustar ? strnlen(prefix, TAR_PREFIX_LEN) : 0;
    memcpy(out->text, prefix, p);
    if (p)
        out->text[p++] = '/';
    memcpy(out->text + p, name, n);
    out->len = p + n;
    return 0;
}

static int name_set(struct tar_name *out, const uint8_t *text, uint64_t len)
{
    if (len > VFS_PATH_MAX)
        return -ENAMETOOLONG;
    memcpy(out->text, text, len);
    out->len = len;
    return 0;
}

/* A pax record: "LENGTH KEY=VALUE\n". Advances *at. */
static int pax_record(const uint8_t **at, const uint8_t *end, struct tar_entry *e, bool *had_path)
{
    const uint8_t *p = *at;
    uint64_t len = 0;
    while (p < end && *p >= '0' && *p <= '9' && len < TAR_PAX_MAX)
        len = len * 10 + (uint64_t)(*p++ - '0');
    size_t digits = (size_t)(p - *at);
    if (!digits || p == end || *p != ' ' || len < digits + 3 || len > (uint64_t)(end - *at))
        return -EINVAL;
    const uint8_t *key = p + 1, *last = *at + len - 1;
    const uint8_t *eq = key < last ? memchr(key, '=', (size_t)(last - key)) : NULL;
    if (*last != '\n' || !eq)
        return -EINVAL;
    size_t key_len = (size_t)(eq - key);
    uint64_t value_len = (uint64_t)(last - (eq + 1));
    *at += len;
    if (key_len == 4 && !memcmp(key, "path", 4)) {
        *had_path = true;
        return name_set(&e->name, eq + 1, value_len);
    }
    if (key_len == 8 && !memcmp(key, "linkpath", 8)) {
        e->long_link = true;
        return name_set(&e->link, eq + 1, value_len);
    }
    return 0;
}

static int pax_records(const uint8_t *at, uint64_t len, struct tar_entry *e, bool *had_path)
{
    const uint8_t *end = at + len;
    int err = 0;
    while (at < end && !err)
        err = pax_record(&at, end, e, had_path);
    return err;
}

/* GNU's long name or link: the data up to its NUL. */
static int gnu_name(struct tar_name *out, const uint8_t *data, uint64_t size)
{
    return name_set(out, data, strnlen((const char *)data, size));
}

static int check_header(const uint8_t *h, const uint8_t *end, uint64_t *out_size)
{
    uint64_t sum;
    if (field_number(h + TAR_CHECKSUM_AT, 8, &sum) || sum != header_checksum(h))
        return -EINVAL;
    if (field_number(h + TAR_SIZE_AT, 12, out_size))
        return -EINVAL;
    return *out_size > (uint64_t)(end - (h + TAR_BLOCK)) ? -EINVAL : 0;
}

/* Types whose size field says nothing about data. */
static bool has_data(uint8_t type)
{
    return type == 0 || type == '0' || type == '7';
}

int tar_next(struct tar_reader *r, struct tar_entry *e)
{
    bool long_name = false;
    e->long_link = false;
    for (;;) {
        const uint8_t *h = r->at, *data = h + TAR_BLOCK;
        size_t left = (size_t)(r->end - h);
        if (left < TAR_BLOCK)
            return long_name || !is_zero(h, left) ? -EINVAL : 0;
        if (is_zero(h, TAR_BLOCK) && !long_name) {
            r->at += TAR_BLOCK; /* end of one archive; another may follow */
            continue;
        }
        uint64_t size;
        int err = check_header(h, r->end, &size);
        if (err)
            return err;
        uint64_t room = (uint64_t)(r->end - data);
        r->at = data + min_u64(align_up(size, TAR_BLOCK), room);
        uint8_t type = h[TAR_TYPE_AT];
        if (type == 'L') {
            err = gnu_name(&e->name, data, size);
            long_name = true;
        } else if (type == 'K') {
            err = gnu_name(&e->link, data, size);
            e->long_link = true;
        } else if (type == 'x') {
            err = pax_records(data, size, e, &long_name);
        } else if (type != 'g') {
            e->header = h;
            e->type = type;
            e->data = data;
            e->size = has_data(type) ? size : 0;
            if (!has_data(type) && type >= '1' && type <= '6')
                r->at = data; /* links and directories have no data, whatever the field says */
            err = long_name ? 0 : header_name(h, &e->name);
            if (!err && !e->long_link)
                err = name_set(&e->link, h + TAR_LINK_AT,
                               strnlen((const char *)h + TAR_LINK_AT, TAR_NAME_LEN));
            if (!err)
                err = field_number(h + TAR_MTIME_AT, 12, &e->mtime_s);
            return err ? err : 1;
        }
        if (err)
            return err;
    }
}

/* ---- making the files ---- */

/* mkdir -p for the directories above the last component; the parent is the caller's. */
static int make_parents(struct vnode *root, const struct tar_name *name, struct vnode **out_dir,
                        const char **out_last, size_t *out_len)
{
    const char *at = name->text, *end = at + name->len;
    struct vnode *dir = vnode_get(root);
    for (;;) {
        const char *slash = memchr(at, '/', (size_t)(end - at));
        size_t len = (size_t)((slash ? slash : end) - at);
        int err = len > VFS_NAME_MAX                 ? -ENAMETOOLONG
                  : len == 2 && !memcmp(at, "..", 2) ? -EINVAL
                                                     : 0;
        if (!err && !slash) {
            *out_dir = dir;
            *out_last = at;
            *out_len = len;
            return 0;
        }
        if (!err && len && !(len == 1 && *at == '.')) {
            struct vnode *next;
            err = dir->ops->lookup(dir, at, len, &next);
            if (err == -ENOENT)
                err = dir->ops->create(dir, at, len, VNODE_DIR, NULL, &next);
            if (!err) {
                vnode_put(dir);
                dir = next;
                if (dir->mounted || dir->type != VNODE_DIR)
                    err = -ENOTDIR; /* never through a link or into another file system */
            }
        }
        if (err) {
            vnode_put(dir);
            return err;
        }
        at = slash + 1;
    }
}

/* Cuts slashes at the end, and says whether this is the root itself. */
static bool trim(struct tar_name *name)
{
    while (name->len && name->text[name->len - 1] == '/')
        name->len--;
    return name->len == 0 || (name->len == 1 && name->text[0] == '.');
}

static int make_hard_link(struct vnode *root, struct vnode *dir, const char *last, size_t len,
                          struct tar_name *link)
{
    struct vnode *from, *target;
    const char *name;
    size_t name_len;
    if (trim(link))
        return -EINVAL;
    int err = make_parents(root, link, &from, &name, &name_len);
    if (err)
        return err;
    err = name_len ? from->ops->lookup(from, name, name_len, &target) : -EINVAL;
    vnode_put(from);
    if (err)
        return err;
    err = dir->ops->link(dir, last, len, target);
    vnode_put(target);
    return err;
}

static enum vnode_type type_of(const struct tar_entry *e)
{
    switch (e->type) {
    case 0:
    case '0':
    case '7':
        return VNODE_REG;
    case '2':
        return VNODE_LINK;
    case '5':
        return VNODE_DIR;
    default:
        return VNODE_UNKNOWN;
    }
}

static int make_node(struct vnode *dir, const char *last, size_t len, struct tar_entry *e)
{
    struct vnode *v;
    enum vnode_type type = type_of(e);
    if (type == VNODE_UNKNOWN)
        return 0; /* devices and the like do not come from archives */
    e->link.text[e->link.len] = 0;
    if (type == VNODE_LINK && !e->link.len)
        return -EINVAL;
    int err = dir->ops->create(dir, last, len, type, e->link.text, &v);
    if (err == -EEXIST && type == VNODE_DIR) {
        err = dir->ops->lookup(dir, last, len, &v);
        if (!err && v->type != VNODE_DIR) {
            vnode_put(v);
            err = -ENOTDIR;
        }
    } else if (err == -EEXIST) { /* the later one counts */
        err = dir->ops->unlink(dir, last, len, false);
        if (!err)
            err = dir->ops->create(dir, last, len, type, e->link.text, &v);
    }
    if (err)
        return err;
    if (type == VNODE_REG)
        ramfs_content_set(v, e->data, e->size);
    uint64_t ns = e->mtime_s < UINT64_MAX / NSEC_PER_SEC ? e->mtime_s * NSEC_PER_SEC : 0;
    err = vnode_set_times(v, ns, ns);
    ramfs_origin_set(v, e->header);
    vnode_put(v);
    return err;
}

static int unpack_entry(struct vnode *root, struct tar_entry *e)
{
    struct vnode *dir;
    const char *last;
    size_t len;
    if (memchr(e->name.text, 0, e->name.len) || memchr(e->link.text, 0, e->link.len))
        return -EINVAL;
    if (trim(&e->name))
        return e->type == '5' ? 0 : -EINVAL;
    int err = make_parents(root, &e->name, &dir, &last, &len);
    if (err)
        return err;
    if (len == 0 || (len == 1 && *last == '.'))
        err = -EINVAL;
    else if (e->type == '1')
        err = make_hard_link(root, dir, last, len, &e->link);
    else
        err = make_node(dir, last, len, e);
    vnode_put(dir);
    return err;
}

int vfs_unpack_split(struct vnode *dir, const char *prefix, struct vnode *other, const void *tar,
                     size_t len)
{
    struct tar_reader r = {tar, (const uint8_t *)tar + len};
    struct tar_entry *e = KNEW(struct tar_entry);
    size_t plen = strlen(prefix);
    int err = e ? 1 : -ENOMEM;
    while (err > 0) {
        err = tar_next(&r, e);
        if (err <= 0)
            break;
        bool to_other = other && e->name.len >= plen && !memcmp(e->name.text, prefix, plen);
        int failed = unpack_entry(to_other ? other : dir, e);
        if (failed)
            err = failed;
    }
    if (err)
        log_warn("boot archive: %s at offset %zu", errno_message(-err),
                 (size_t)(r.at - (const uint8_t *)tar));
    kfree(e, sizeof(*e));
    return err;
}

int vfs_unpack(struct vnode *dir, const void *tar, size_t len)
{
    return vfs_unpack_split(dir, "", NULL, tar, len);
}
