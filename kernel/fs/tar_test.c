/* Archives: what is written can be read, and what makes no sense is refused without harm. */
#include "kernel/fs/tar.h"

#include "base/string.h"
#include "base/test.h"
#include "kernel/fs/ramfs.h"
#include "kernel/mm/heap.h"

enum { ARCHIVE_MAX = 24 * 1024 };

static uint8_t archive[ARCHIVE_MAX], mutated[ARCHIVE_MAX];
static size_t archive_len;

static void add(const char *name, enum vnode_type type, const char *content)
{
    static uint8_t header[TAR_HEADER_MAX];
    struct vnode_stat st = {.type = type, .mtime_ns = 5 * NSEC_PER_SEC, .size = strlen(content)};
    size_t n = tar_header(header, name, &st, type == VNODE_LINK ? content : NULL);
    memcpy(archive + archive_len, header, n);
    archive_len += n;
    if (type != VNODE_REG)
        return;
    memset(archive + archive_len, 0, align_up(st.size, TAR_BLOCK));
    memcpy(archive + archive_len, content, st.size);
    archive_len += align_up(st.size, TAR_BLOCK);
}

static void end_of_archive(void)
{
    memset(archive + archive_len, 0, 2 * TAR_BLOCK);
    archive_len += 2 * TAR_BLOCK;
}

static char long_name[300];

static void make_archive(void)
{
    archive_len = 0;
    memset(long_name, 'n', sizeof(long_name) - 1);
    for (size_t i = 60; i < sizeof(long_name) - 1; i += 60)
        long_name[i] = '/';
    add("dir", VNODE_DIR, "");
    add("dir/file", VNODE_REG, "hello");
    add("deep/er/than/this", VNODE_REG, "");
    add("link", VNODE_LINK, "dir/file");
    add(long_name, VNODE_REG, "long");
    end_of_archive();
    add("job/args", VNODE_REG, "second archive");
    end_of_archive();
}

static bool has_content(struct vnode *root, const char *path, const char *content)
{
    char buf[64];
    struct walk w;
    if (path_walk(root, path, strlen(path), 0, &w))
        return false;
    int64_t n = vnode_read(w.vnode, buf, sizeof(buf), 0);
    vnode_put(w.vnode);
    return n == (int64_t)strlen(content) && !memcmp(buf, content, (size_t)n);
}

TEST(tar_unpack)
{
    struct vnode *root, *job;
    struct walk w;
    struct vnode_stat st;
    uint64_t len;
    make_archive();
    CHECK(ramfs_create(&root) == 0);
    CHECK(ramfs_create(&job) == 0);
    CHECK(vfs_unpack_split(root, "job/", job, archive, archive_len) == 0);
    CHECK(has_content(root, "dir/file", "hello"));
    CHECK(has_content(root, "link", "hello"));
    CHECK(has_content(root, "deep/er/than/this", ""));
    CHECK(has_content(root, long_name, "long"));
    CHECK(has_content(job, "job/args", "second archive"));
    CHECK(!has_content(root, "job/args", "second archive"));
    CHECK(path_walk(root, "dir/file", 8, 0, &w) == 0);
    CHECK(vnode_stat(w.vnode, &st) == 0 && st.mtime_ns == 5 * NSEC_PER_SEC && st.size == 5);
    const uint8_t *at = vnode_in_place(w.vnode, &len);
    CHECK(at > archive && at < archive + archive_len && len == 5);
    vnode_put(w.vnode);
    CHECK(vfs_unpack(root, archive, archive_len) == 0); /* again: the later one counts */
    CHECK(has_content(root, "dir/file", "hello"));
}

static void checksum(uint8_t *h)
{
    unsigned sum = 0;
    memset(h + TAR_CHECKSUM_AT, ' ', 8);
    for (int i = 0; i < TAR_BLOCK; i++)
        sum += h[i];
    for (int i = 6; i-- > 0; sum >>= 3)
        h[TAR_CHECKSUM_AT + i] = (uint8_t)('0' + (sum & 7));
    h[TAR_CHECKSUM_AT + 6] = 0;
}

/* An archive of one entry with another type and the given data. */
static size_t one_entry(const char *name, char type, const char *data)
{
    archive_len = 0;
    add(name, VNODE_REG, data);
    archive[TAR_TYPE_AT] = (uint8_t)type;
    checksum(archive);
    return archive_len;
}

TEST(tar_pax_and_links)
{
    struct vnode *root;
    struct vnode_stat st;
    struct walk w;
    CHECK(ramfs_create(&root) == 0);
    one_entry("PaxHeaders/x", 'x', "21 path=from/pax/rec\n");
    add("short", VNODE_REG, "pax");
    add("hard", VNODE_REG, "");
    uint8_t *h = archive + archive_len - TAR_BLOCK;
    h[TAR_TYPE_AT] = '1';
    memcpy(h + TAR_LINK_AT, "from/pax/rec", 13);
    checksum(h);
    end_of_archive();
    CHECK(vfs_unpack(root, archive, archive_len) == 0);
    CHECK(has_content(root, "from/pax/rec", "pax"));
    CHECK(has_content(root, "hard", "pax"));
    CHECK(path_walk(root, "hard", 4, 0, &w) == 0 && vnode_stat(w.vnode, &st) == 0 && st.nlink == 2);
    vnode_put(w.vnode);
}

TEST(tar_refuses)
{
    static const struct {
        const char *name;
        char type;
        const char *data;
    } bad[] = {
        {"../escape", '0', ""},
        {"a/../../escape", '0', ""},
        {"..", '5', ""},
        {"x", 'x', "99 path=too long\n"},
        {"x", 'x', "path=no length\n"},
        {"x", 'x', "9 path=x"},
        {"x", 'x', "0 path=x\n"},
        {"x", 'L', "name without the entry it is for"},
        {"hard", '1', ""},
    };
    struct vnode *root;
    CHECK(ramfs_create(&root) == 0);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        size_t len = one_entry(bad[i].name, bad[i].type, bad[i].data);
        if (vfs_unpack(root, archive, len) == 0 && bad[i].type != 'L')
            unit_test_failed(test_state, bad[i].data, __FILE__, __LINE__);
    }
    /* Through a link out of where we unpack. */
    archive_len = 0;
    add("gate", VNODE_LINK, "/");
    add("gate/escape", VNODE_REG, "x");
    CHECK(vfs_unpack(root, archive, archive_len) < 0);
    /* A size beyond the end. */
    archive_len = 0;
    add("f", VNODE_REG, "hello");
    CHECK(vfs_unpack(root, archive, TAR_BLOCK) == -EINVAL);
    CHECK(vfs_unpack(root, archive, TAR_BLOCK - 1) == -EINVAL);
    CHECK(vfs_unpack(root, archive, 0) == 0);
}

/* Flipped bytes, with checksums made right again: any result, but no harm (run under sanitizers).
 */
TEST(tar_mutations)
{
    enum { ROUNDS = 2000 };
    uint64_t state = 9;
    struct tar_entry *e = KNEW(struct tar_entry);
    make_archive();
    for (int round = 0; round < ROUNDS && e; round++) {
        size_t len = archive_len - round % TAR_BLOCK;
        memcpy(mutated, archive, archive_len);
        for (int flips = 1 + round % 4; flips; flips--) {
            state = state * 6364136223846793005ull + 1;
            mutated[(state >> 33) % archive_len] = (uint8_t)(state >> 24);
        }
        for (size_t at = 0; at + TAR_BLOCK <= archive_len && round % 2; at += TAR_BLOCK)
            checksum(mutated + at);
        struct tar_reader r = {mutated, mutated + len};
        int entries = 0, more;
        while ((more = tar_next(&r, e)) > 0) {
            CHECK(e->name.len <= VFS_PATH_MAX && e->link.len <= VFS_PATH_MAX);
            CHECK(e->data >= mutated && e->data + e->size <= mutated + len);
            CHECK(++entries <= ARCHIVE_MAX / TAR_BLOCK);
        }
    }
    kfree(e, sizeof(*e));
}
