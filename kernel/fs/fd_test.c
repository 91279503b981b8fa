#include "kernel/fs/fd.h"

#include "base/string.h"
#include "base/test.h"
#include "kernel/fs/ramfs.h"
#include "kernel/mm/heap.h"

static struct file *open_file(struct unit_test_state *test_state, struct vnode *root,
                              const char *name, uint16_t flags)
{
    struct vfs_path p = {root, name, strlen(name), 0};
    struct vnode *v;
    struct file *f = NULL;
    CHECK(vfs_open(&p, OPEN_CREATE, &v) == 0);
    CHECK(file_create(v, flags, rights_base(v), 0, &f) == 0);
    vnode_put(v);
    return f;
}

TEST(fd_table)
{
    struct vnode *root;
    struct fd_table *t;
    struct file *f, *g;
    struct heap_stats before, after;
    heap_stats(&before);
    CHECK(ramfs_create(&root) == 0);
    CHECK(fd_table_create(&t) == 0);
    f = open_file(test_state, root, "f", 0);
    for (int i = 0; i < FD_MAX; i++)
        CHECK(fd_install(t, f, 0) == i);
    CHECK(fd_install(t, f, 0) == -EMFILE && fd_available(t) == -EMFILE);
    CHECK(fd_close(t, 5) == 0 && fd_close(t, 5) == -EBADF && fd_close(t, -1) == -EBADF);
    CHECK(fd_available(t) == 0 && fd_install(t, f, 0) == 5);
    CHECK(fd_get(t, FD_MAX, &g) == -EBADF && fd_get(t, INT_MAX, &g) == -EBADF);
    CHECK(fd_renumber(t, 7, 8) == 0 && fd_get(t, 7, &g) == -EBADF);
    CHECK(fd_renumber(t, 7, 9) == -EBADF && fd_renumber(t, 9, 7) == -EBADF);
    CHECK(fd_renumber(t, 9, 9) == 0);
    uint64_t rights, inheriting;
    CHECK(fd_rights_set(t, 3, RIGHT_FD_READ, 0) == 0);
    CHECK(fd_rights_set(t, 3, RIGHT_FD_READ | RIGHT_FD_WRITE, 0) == -ENOTCAPABLE);
    CHECK(fd_rights(t, 3, &rights, &inheriting) == 0 && rights == RIGHT_FD_READ);
    CHECK(fd_get_rights(t, 3, RIGHT_FD_WRITE, &g) == -ENOTCAPABLE);
    CHECK(fd_get_rights(t, 4, RIGHT_FD_WRITE, &g) == 0); /* rights are a descriptor's own */
    file_put(g);
    fd_table_destroy(t);
    file_put(f);
    struct vfs_path p = {root, "f", 1, 0};
    CHECK(vfs_unlink(&p, false) == 0);
    vnode_put(root);
    heap_stats(&after);
    CHECK(after.bytes == before.bytes);
}

TEST(fd_inherit)
{
    struct vnode *root;
    struct fd_table *t, *child;
    struct file *f, *dir, *got;
    CHECK(ramfs_create(&root) == 0);
    CHECK(fd_table_create(&t) == 0);
    f = open_file(test_state, root, "f", 0);
    CHECK(file_create(root, 0, rights_base(root), RIGHTS_ALL, &dir) == 0);
    CHECK(file_preopen(dir, "/guest") == 0);
    CHECK(fd_install(t, f, 0) == 0 && fd_install(t, f, 1) == 1); /* 2 is closed */
    CHECK(fd_install(t, f, 3) == 3 && fd_install(t, dir, 4) == 4 && fd_install(t, dir, 9) == 9);
    CHECK(fd_table_inherit(t, NULL, &child) == 0);
    CHECK(fd_get(child, 0, &got) == 0 && got == f); /* the description, with its offset */
    file_put(got);
    CHECK(fd_get(child, 2, &got) == -EBADF);
    for (int fd = 3; fd <= 4; fd++) {
        CHECK(fd_get(child, fd, &got) == 0 && got->preopen && !strcmp(got->preopen, "/guest"));
        file_put(got);
    }
    CHECK(fd_get(child, 5, &got) == -EBADF);
    fd_table_destroy(child);
    fd_table_destroy(t);
    file_put(dir);
    file_put(f);
}

/* A map says exactly what the child gets, besides the preopened directories. */
TEST(fd_inherit_map)
{
    struct vnode *root;
    struct fd_table *t, *child;
    struct file *f, *dir, *got;
    static struct {
        unsigned count;
        int at[3][2];
    } m;
    const struct fd_map *map = (const void *)&m;
    CHECK(ramfs_create(&root) == 0);
    CHECK(fd_table_create(&t) == 0);
    f = open_file(test_state, root, "f", 0);
    CHECK(file_create(root, 0, rights_base(root), RIGHTS_ALL, &dir) == 0);
    CHECK(file_preopen(dir, "/") == 0);
    CHECK(fd_install(t, f, 0) == 0 && fd_install(t, dir, 3) == 3 && fd_install(t, f, 7) == 7);
    m.count = 2;
    memcpy(m.at, (int[2][2]){{7, 1}, {7, 40}}, sizeof(int[2][2]));
    CHECK(fd_table_inherit(t, map, &child) == 0);
    CHECK(fd_get(child, 0, &got) == -EBADF && fd_get(child, 7, &got) == -EBADF);
    static const int present[] = {1, 3, 40};
    for (unsigned i = 0; i < ARRAY_LEN(present); i++) {
        CHECK(fd_get(child, present[i], &got) == 0 && got->vnode == (i == 1 ? root : f->vnode));
        file_put(got);
    }
    fd_table_destroy(child);
    static const int bad[][3] = {{8, 1, -EBADF},       {-1, 1, -EBADF}, {7, FD_MAX, -EBADF},
                                 {7, INT_MIN, -EBADF}, {7, 40, -EBUSY}, {7, 3, -EBUSY}};
    for (unsigned i = 0; i < ARRAY_LEN(bad); i++) {
        memcpy(m.at[0], bad[i], sizeof(m.at[0]));
        CHECK(fd_table_inherit(t, map, &child) == bad[i][2]);
    }
    m.count = 0;
    CHECK(fd_table_inherit(t, map, &child) == 0 && fd_get(child, 0, &got) == -EBADF);
    fd_table_destroy(child);
    fd_table_destroy(t);
    CHECK(f->refs == 1 && dir->refs == 1);
    file_put(dir);
    file_put(f);
}

TEST(fd_dup)
{
    struct vnode *root;
    struct fd_table *t;
    uint64_t rights, inheriting;
    CHECK(ramfs_create(&root) == 0);
    CHECK(fd_table_create(&t) == 0);
    struct file *f = open_file(test_state, root, "f", 0), *g = open_file(test_state, root, "g", 0);
    CHECK(fd_install(t, f, 0) == 0 && fd_install(t, g, 1) == 1);
    CHECK(fd_rights_set(t, 0, RIGHT_FD_READ, 0) == 0);
    CHECK(fd_dup(t, 0, 0) == 2 && fd_dup(t, 0, 100) == 100 && fd_dup(t, 0, 100) == 101);
    CHECK(fd_rights(t, 101, &rights, &inheriting) == 0 && rights == RIGHT_FD_READ);
    CHECK(fd_dup(t, 99, 0) == -EBADF && fd_dup(t, -1, 0) == -EBADF && fd_dup(t, 0, -1) == -EINVAL);
    CHECK(fd_dup(t, 0, FD_MAX) == -EINVAL && fd_dup(t, 0, FD_MAX - 1) == FD_MAX - 1);
    CHECK(fd_dup(t, 0, FD_MAX - 1) == -EMFILE);
    CHECK(fd_dup_to(t, 0, 1) == 0 && g->refs == 1); /* the only other reference is ours */
    CHECK(fd_dup_to(t, 0, 0) == 0 && fd_dup_to(t, 50, 0) == -EBADF &&
          fd_dup_to(t, 50, 50) == -EBADF);
    CHECK(fd_dup_to(t, 0, FD_MAX) == -EBADF && fd_dup_to(t, 0, -1) == -EBADF);
    CHECK(fd_dup_to(t, 0, 200) == 0 && f->refs == 8);
    fd_table_destroy(t);
    CHECK(f->refs == 1);
    file_put(f);
    file_put(g);
    vnode_put(root);
}

TEST(file_offsets)
{
    struct vnode *root;
    char buf[16];
    CHECK(ramfs_create(&root) == 0);
    struct file *f = open_file(test_state, root, "f", 0),
                *a = open_file(test_state, root, "f", FDFLAG_APPEND);
    struct iovec iov[] = {{"hello ", 6}, {"", 0}, {"world", 5}};
    CHECK(file_writev(f, iov, 3) == 11 && f->offset == 11);
    CHECK(file_seek(f, -5, 2) == 6 && file_seek(f, -7, 1) == -EINVAL && f->offset == 6);
    CHECK(file_seek(f, INT64_MAX, 1) == -EOVERFLOW && file_seek(f, 0, 3) == -EINVAL);
    CHECK(file_readv(f, &(struct iovec){buf, 16}, 1) == 5 && !memcmp(buf, "world", 5));
    CHECK(file_readv(f, &(struct iovec){buf, 16}, 1) == 0);
    CHECK(file_write(a, "!", 1) == 1 && a->offset == 12);
    CHECK(file_preadv(f, &(struct iovec){buf, 2}, 1, 11) == 1 && buf[0] == '!' && f->offset == 11);
    CHECK(file_pwritev(f, &(struct iovec){"J", 1}, 1, 0) == 1 && f->offset == 11);
    CHECK(file_preadv(f, &(struct iovec){buf, 2}, 1, 0) == 2 && buf[0] == 'J');
    file_put(f);
    file_put(a);
}
