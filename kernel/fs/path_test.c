/* A tree with files, links and a mount, and a table of walks through it. */
#include "base/string.h"
#include "base/test.h"
#include "kernel/fs/fd.h"
#include "kernel/fs/ramfs.h"
#include "kernel/mm/heap.h"

/* In the order of making: directories end in a slash, links have a target. */
static const struct {
    const char *path, *target;
} tree[] = {
    {"a/", NULL},
    {"a/b/", NULL},
    {"a/b/file", NULL},
    {"a/up", ".."},
    {"a/here", "."},
    {"top", NULL},
    {"to_b", "a/b"},
    {"to_b_slash", "a/b/"},
    {"to_file", "a/b/file"},
    {"to_file_slash", "a/b/file/"},
    {"dangling", "nowhere"},
    {"dangling_deep", "a/b/new"},
    {"loop", "loop"},
    {"ping", "pong"},
    {"pong", "ping"},
    {"out", "../../outside"},
    {"absolute", "/etc"},
    {"a/b/back", "../../top"},
    {"m/", NULL},
};

enum { FULL, NOFOLLOW = WALK_NOFOLLOW, PARENT = WALK_PARENT };

static const struct {
    const char *path;
    unsigned flags;
    int err;
    const char *same_as; /* the node it must be; for PARENT: its directory */
    const char *name;    /* PARENT: the last component */
} walks[] = {
    {"top", FULL, 0, "top", NULL},
    {"./top", FULL, 0, "top", NULL},
    {"a//b///file", FULL, 0, "a/b/file", NULL},
    {"a/b/", FULL, 0, "a/b", NULL},
    {"a/b/.", FULL, 0, "a/b", NULL},
    {"a/b/..", FULL, 0, "a", NULL},
    {"a/b/../b/../../top", FULL, 0, "top", NULL},
    {".", FULL, 0, ".", NULL},
    {"a/..", FULL, 0, ".", NULL},
    {"", FULL, -ENOENT, NULL, NULL},
    {"nope", FULL, -ENOENT, NULL, NULL},
    {"nope/..", FULL, -ENOENT, NULL, NULL},
    {"top/", FULL, -ENOTDIR, NULL, NULL},
    {"top/.", FULL, -ENOTDIR, NULL, NULL},
    {"top/..", FULL, -ENOTDIR, NULL, NULL},
    {"top/x", FULL, -ENOTDIR, NULL, NULL},
    /* links */
    {"to_b", FULL, 0, "a/b", NULL},
    {"to_b/file", FULL, 0, "a/b/file", NULL},
    {"to_b/..", FULL, 0, "a", NULL},
    {"to_b_slash", FULL, 0, "a/b", NULL},
    {"to_b", NOFOLLOW, 0, NULL, NULL},
    {"to_b/", NOFOLLOW, 0, "a/b", NULL}, /* a slash follows */
    {"to_file", FULL, 0, "a/b/file", NULL},
    {"to_file/", FULL, -ENOTDIR, NULL, NULL},
    {"to_file_slash", FULL, -ENOTDIR, NULL, NULL},
    {"dangling", FULL, -ENOENT, NULL, NULL},
    {"dangling", NOFOLLOW, 0, NULL, NULL},
    {"loop", FULL, -ELOOP, NULL, NULL},
    {"loop/x", FULL, -ELOOP, NULL, NULL},
    {"ping", FULL, -ELOOP, NULL, NULL},
    {"a/up/a/up/top", FULL, 0, "top", NULL},
    {"a/here/here/b/back", FULL, 0, "top", NULL},
    /* the sandbox */
    {"..", FULL, -ENOTCAPABLE, NULL, NULL},
    {"a/../..", FULL, -ENOTCAPABLE, NULL, NULL},
    {"a/b/../../../top", FULL, -ENOTCAPABLE, NULL, NULL},
    {"/top", FULL, -ENOTCAPABLE, NULL, NULL},
    {"out", FULL, -ENOTCAPABLE, NULL, NULL},
    {"out", NOFOLLOW, 0, NULL, NULL},
    {"absolute", FULL, -ENOTCAPABLE, NULL, NULL},
    {"a/up/..", FULL, -ENOTCAPABLE, NULL, NULL},
    /* parents */
    {"a/b/new", PARENT, 0, "a/b", "new"},
    {"new", PARENT, 0, ".", "new"},
    {"new///", PARENT, 0, ".", "new"},
    {"to_b/new", PARENT, 0, "a/b", "new"},
    {"to_b", PARENT, 0, ".", "to_b"},
    {"a/.", PARENT, 0, "a", "."},
    {"a/b/..", PARENT, 0, "a/b", ".."},
    {"top/new", PARENT, -ENOTDIR, NULL, NULL},
    {"nope/new", PARENT, -ENOENT, NULL, NULL},
    /* the mount */
    {"m/inner", FULL, 0, "m/inner", NULL},
    {"m/..", FULL, 0, ".", NULL},
    {"m/inner/../../top", FULL, 0, "top", NULL},
};

static struct vfs_path path_of(struct vnode *base, const char *text)
{
    return (struct vfs_path){base, text, strlen(text), WALK_BENEATH | WALK_NOFOLLOW};
}

static void make_tree(struct unit_test_state *test_state, struct vnode *root)
{
    struct vnode *v;
    for (size_t i = 0; i < ARRAY_LEN(tree); i++) {
        struct vfs_path p = path_of(root, tree[i].path);
        int err;
        if (tree[i].target)
            err = vfs_symlink(tree[i].target, &p);
        else if (tree[i].path[p.len - 1] == '/')
            err = vfs_mkdir(&p);
        else if (!(err = vfs_open(&p, OPEN_CREATE, &v)))
            vnode_put(v);
        CHECK(err == 0);
    }
}

/* The node at a path without links. */
static struct vnode *node_at(struct vnode *root, const char *path)
{
    struct walk w;
    if (path_walk(root, path, strlen(path), WALK_BENEATH | WALK_NOFOLLOW, &w))
        return NULL;
    vnode_put(w.vnode);
    return w.vnode;
}

static void check_walk(struct unit_test_state *test_state, struct vnode *root, size_t i)
{
    struct walk w;
    size_t len = strlen(walks[i].path);
    int err = path_walk(root, walks[i].path, len, walks[i].flags | WALK_BENEATH, &w);
    if (err != walks[i].err)
        unit_test_failed(test_state, walks[i].path, __FILE__, __LINE__);
    if (err)
        return;
    if (walks[i].same_as && w.vnode != node_at(root, walks[i].same_as))
        unit_test_failed(test_state, walks[i].path, __FILE__, __LINE__);
    if (!walks[i].same_as && w.vnode->type != VNODE_LINK)
        unit_test_failed(test_state, walks[i].path, __FILE__, __LINE__);
    if (walks[i].name)
        CHECK(w.len == strlen(walks[i].name) && !memcmp(w.name, walks[i].name, w.len));
    vnode_put(w.vnode);
}

static struct vnode *tree_with_mount(struct unit_test_state *test_state)
{
    struct vnode *root, *other, *v;
    CHECK(ramfs_create(&root) == 0);
    CHECK(ramfs_create(&other) == 0);
    make_tree(test_state, root);
    struct vfs_path inner = path_of(other, "inner");
    CHECK(vfs_mkdir(&inner) == 0);
    struct vfs_path at = path_of(root, "m");
    CHECK(vfs_open(&at, 0, &v) == 0);
    CHECK(vfs_mount(v, other) == 0);
    CHECK(vfs_mount(v, other) == -EBUSY);
    vnode_put(v);
    vnode_put(other);
    return root; /* mounts stay for ever, and so does this tree */
}

TEST(path_walks)
{
    struct vnode *root = tree_with_mount(test_state);
    for (size_t i = 0; i < ARRAY_LEN(walks); i++)
        check_walk(test_state, root, i);

    struct vfs_path m = path_of(root, "m"), other = path_of(root, "other");
    CHECK(vfs_unlink(&m, true) == -EBUSY);
    CHECK(vfs_rename(&m, &other) == -EBUSY);
}

TEST(path_limits)
{
    static char text[VFS_PATH_MAX + 2];
    struct vnode *root;
    struct walk w;
    CHECK(ramfs_create(&root) == 0);
    memset(text, 'x', sizeof(text));
    CHECK(path_walk(root, text, VFS_NAME_MAX, 0, &w) == -ENOENT);
    CHECK(path_walk(root, text, VFS_NAME_MAX + 1, 0, &w) == -ENAMETOOLONG);
    CHECK(path_walk(root, text, VFS_NAME_MAX + 1, WALK_PARENT, &w) == -ENAMETOOLONG);
    CHECK(path_walk(root, text, VFS_PATH_MAX + 1, 0, &w) == -ENAMETOOLONG);
    CHECK(path_walk(root, "a\0b", 3, 0, &w) == -EINVAL);
    for (size_t i = 0; i < VFS_PATH_MAX; i++)
        text[i] = i & 1 ? '/' : '.';
    CHECK(path_walk(root, text, VFS_PATH_MAX, WALK_BENEATH, &w) == 0);
    vnode_put(w.vnode);
    vnode_put(root);
}

/* A directory that leaves the sandbox during a walk must not take the walk with it: `..` is checked
 * by where the directory is, not by where it was. */
TEST(path_moved_directory)
{
    struct vnode *root, *box, *inside;
    struct walk w;
    CHECK(ramfs_create(&root) == 0);
    static const char *const dirs[] = {"box", "box/in", "outside"};
    for (size_t i = 0; i < ARRAY_LEN(dirs); i++) {
        struct vfs_path p = path_of(root, dirs[i]);
        CHECK(vfs_mkdir(&p) == 0);
    }
    struct vfs_path pbox = path_of(root, "box"), pin = path_of(root, "box/in");
    CHECK(vfs_open(&pbox, 0, &box) == 0);
    CHECK(vfs_open(&pin, 0, &inside) == 0);
    struct vfs_path to = path_of(root, "outside/in");
    CHECK(vfs_rename(&pin, &to) == 0);
    CHECK(path_walk(inside, "..", 2, WALK_BENEATH, &w) == -ENOTCAPABLE);
    CHECK(path_walk(box, "in/..", 5, WALK_BENEATH, &w) == -ENOENT);
    CHECK(path_walk(inside, "..", 2, 0, &w) == 0); /* without a sandbox it is simply its parent */
    vnode_put(w.vnode);
    struct vfs_path out = path_of(root, "outside/in"), gone = path_of(root, "outside");
    CHECK(vfs_unlink(&gone, true) == -ENOTEMPTY);
    CHECK(vfs_unlink(&out, true) == 0);
    CHECK(path_walk(inside, "..", 2, 0, &w) == -ENOENT); /* removed while open */
    vnode_put(inside);
    CHECK(vfs_unlink(&gone, true) == 0);
    CHECK(vfs_unlink(&pbox, true) == 0);
    vnode_put(box);
    vnode_put(root);
}

TEST(vfs_open_flags)
{
    struct vnode *root = tree_with_mount(test_state), *v;
    static const struct {
        const char *path;
        unsigned flags;
        bool follow;
        int err;
    } opens[] = {
        {"top", OPEN_CREATE, false, 0},
        {"top", OPEN_CREATE | OPEN_EXCLUSIVE, false, -EEXIST},
        {"top", OPEN_DIRECTORY, false, -ENOTDIR},
        {"a", OPEN_DIRECTORY, false, 0},
        {"a", OPEN_CREATE, false, 0},
        {"a", OPEN_TRUNCATE, false, -EISDIR},
        {"a", OPEN_CREATE | OPEN_DIRECTORY, false, -EINVAL},
        {"to_b", 0, false, -ELOOP},
        {"to_b", OPEN_DIRECTORY, true, 0},
        {"dangling", OPEN_CREATE | OPEN_EXCLUSIVE, true, -EEXIST},
        {"dangling", 0, true, -ENOENT},
        {"to_file", OPEN_CREATE, true, 0}, /* the link's text is gone when the walk ends */
        {"dangling_deep", OPEN_CREATE, true, 0},
        {"a/b/new", 0, false, 0}, /* made through the link */
        {"fresh/", OPEN_CREATE, false, -EISDIR},
        {"nope/fresh", OPEN_CREATE, false, -ENOENT},
        {"out", OPEN_CREATE, true, -ENOTCAPABLE},
        {"fresh", OPEN_CREATE | OPEN_EXCLUSIVE, false, 0},
        {"loop", OPEN_CREATE, true, -ELOOP},
    };
    for (size_t i = 0; i < ARRAY_LEN(opens); i++) {
        struct vfs_path p = path_of(root, opens[i].path);
        if (opens[i].follow)
            p.walk_flags = WALK_BENEATH;
        int err = vfs_open(&p, opens[i].flags, &v);
        if (err != opens[i].err)
            unit_test_failed(test_state, opens[i].path, __FILE__, __LINE__);
        if (!err)
            vnode_put(v);
    }
}
