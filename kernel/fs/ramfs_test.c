/* The RAM file system against a simple model: flat arrays, random operations, all results compared.
 */
#include "base/format.h"
#include "base/string.h"
#include "base/test.h"
#include "kernel/fs/ramfs.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/heap.h"

static uint64_t rng_state;

static uint32_t rng(uint32_t n)
{
    rng_state = rng_state * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(rng_state >> 33) % n;
}

/* ---- data: one file against an array of bytes ---- */

enum { DATA_MAX = 5 * 4096 + 100, DATA_STEPS = 3000, PIECE_MAX = 6000 };

static uint8_t model[DATA_MAX], piece[PIECE_MAX], back[DATA_MAX];
static uint64_t model_size;

static void data_write(struct unit_test_state *test_state, struct vnode *f)
{
    uint64_t at = rng(DATA_MAX);
    size_t len = min_u64(rng(PIECE_MAX), DATA_MAX - at);
    for (size_t i = 0; i < len; i++)
        piece[i] = (uint8_t)rng(256);
    CHECK(vnode_write(f, piece, len, at) == (int64_t)len);
    if (!len)
        return;
    memcpy(model + at, piece, len);
    model_size = max_u64(model_size, at + len);
}

static void data_truncate(struct unit_test_state *test_state, struct vnode *f)
{
    uint64_t size = rng(DATA_MAX);
    CHECK(vnode_truncate(f, size) == 0);
    if (size < model_size)
        memset(model + size, 0, model_size - size);
    model_size = size;
}

static void data_compare(struct unit_test_state *test_state, struct vnode *f)
{
    struct vnode_stat st;
    CHECK(vnode_stat(f, &st) == 0 && st.size == model_size);
    CHECK(vnode_read(f, back, sizeof(back), 0) == (int64_t)model_size);
    CHECK(!memcmp(back, model, model_size));
    uint64_t at = rng(DATA_MAX);
    size_t len = rng(PIECE_MAX), have = at < model_size ? min_u64(len, model_size - at) : 0;
    CHECK(vnode_read(f, back, len, at) == (int64_t)have);
    CHECK(!memcmp(back, model + at, have));
}

static void data_run(struct unit_test_state *test_state, struct vnode *f)
{
    for (int step = 0; step < DATA_STEPS; step++) {
        switch (rng(4)) {
        case 0:
            data_truncate(test_state, f);
            break;
        case 1:
            data_compare(test_state, f);
            break;
        default:
            data_write(test_state, f);
        }
    }
    data_compare(test_state, f);
}

static struct vnode *new_file(struct unit_test_state *test_state, struct vnode *root,
                              const char *name)
{
    struct vnode *f = NULL;
    struct vfs_path p = {root, name, strlen(name), 0};
    CHECK(vfs_open(&p, OPEN_CREATE | OPEN_EXCLUSIVE, &f) == 0);
    return f;
}

static int remove_name(struct vnode *root, const char *name)
{
    struct vfs_path p = {root, name, strlen(name), 0};
    return vfs_unlink(&p, false);
}

TEST(ramfs_data)
{
    struct vnode *root;
    struct frame_stats before, after;
    CHECK(ramfs_create(&root) == 0);
    rng_state = 1;
    frame_stats(&before);
    struct vnode *f = new_file(test_state, root, "f");
    memset(model, 0, sizeof(model));
    model_size = 0;
    data_run(test_state, f);
    CHECK(remove_name(root, "f") == 0);
    data_compare(test_state, f); /* still there: it is open */
    vnode_put(f);
    frame_stats(&after);
    CHECK(after.free + 8 >= before.free); /* the pages came back; the heap may have taken some */
    vnode_put(root);
}

/* The same over content that lies elsewhere and must stay as it is. */
TEST(ramfs_data_in_place)
{
    static uint8_t base[3 * 4096 + 77], copy[sizeof(base)];
    struct vnode *root;
    uint64_t len;
    CHECK(ramfs_create(&root) == 0);
    rng_state = 2;
    for (size_t i = 0; i < sizeof(base); i++)
        base[i] = copy[i] = (uint8_t)rng(256);
    struct vnode *f = new_file(test_state, root, "f");
    ramfs_content_set(f, base, sizeof(base));
    ramfs_origin_set(f, base);
    CHECK(vnode_in_place(f, &len) == base && len == sizeof(base));
    CHECK(ramfs_origin(f) == base);
    memset(model, 0, sizeof(model));
    memcpy(model, base, sizeof(base));
    model_size = sizeof(base);
    data_compare(test_state, f);
    CHECK(ramfs_origin(f) == base); /* reading changes nothing */
    data_run(test_state, f);
    CHECK(!ramfs_origin(f) && !vnode_in_place(f, &len));
    CHECK(!memcmp(base, copy, sizeof(base)));
    CHECK(remove_name(root, "f") == 0);
    vnode_put(f);
    vnode_put(root);
}

TEST(ramfs_sparse)
{
    struct vnode *root;
    struct frame_stats before, after;
    uint8_t byte = 7;
    CHECK(ramfs_create(&root) == 0);
    struct vnode *f = new_file(test_state, root, "f");
    frame_stats(&before);
    CHECK(vnode_write(f, &byte, 1, 1ull << 40) == 1);
    frame_stats(&after);
    CHECK(before.free - after.free < 32); /* holes cost nothing */
    CHECK(vnode_read(f, back, 16, (1ull << 40) - 8) == 9 && back[8] == 7 && back[0] == 0);
    CHECK(vnode_read(f, back, 1, 12345678) == 1 && back[0] == 0);
    CHECK(vnode_write(f, &byte, 1, 1ull << 50) == -EFBIG);
    CHECK(vnode_write(f, &byte, 1, UINT64_MAX) == -EFBIG);
    CHECK(vnode_truncate(f, 10) == 0);
    CHECK(vnode_read(f, back, 100, 0) == 10);
    CHECK(vnode_allocate(f, 4090, 10) == 0);
    CHECK(vnode_read(f, back, 5000, 0) == 4100);
    CHECK(remove_name(root, "f") == 0);
    vnode_put(f);
    vnode_put(root);
}

/* Memory runs out: a clean error, everything written before stays, and removing gives it back. */
TEST(ramfs_full)
{
    struct vnode *root;
    struct vnode_stat st;
    CHECK(ramfs_create(&root) == 0);
    struct vnode *f = new_file(test_state, root, "f");
    int err = vnode_allocate(f, 0, 1ull << 40);
    CHECK(err == -ENOSPC);
    CHECK(vnode_stat(f, &st) == 0 && st.size == 0);
    CHECK(vnode_write(f, "x", 1, 0) == 1);
    CHECK(remove_name(root, "f") == 0);
    vnode_put(f);
    vnode_put(root);
}

/* ---- names: a few directories against a table of who is where ---- */

enum { NODES = 40, NAMES = 6, NAME_STEPS = 6000, ROOT = 0, NOWHERE = -1 };

static struct {
    bool used, directory;
    int parent, name;
} node[NODES];

static void name_text(int name, char out[8])
{
    fmt_snprintf(out, 8, "n%d", name);
}

static int child(int dir, int name)
{
    for (int i = 1; i < NODES; i++)
        if (node[i].used && node[i].parent == dir && node[i].name == name)
            return i;
    return NOWHERE;
}

static bool has_children(int dir)
{
    for (int i = 1; i < NODES; i++)
        if (node[i].used && node[i].parent == dir)
            return true;
    return false;
}

static bool within(int n, int top)
{
    while (n != ROOT && n != top)
        n = node[n].parent;
    return n == top;
}

/* Path of a node, from the root. */
static size_t path_of(int n, char *out, size_t size)
{
    int chain[NODES], depth = 0;
    for (; n != ROOT; n = node[n].parent)
        chain[depth++] = node[n].name;
    size_t len = 0;
    len += str_copy(out, ".", size);
    while (depth) {
        char name[8];
        name_text(chain[--depth], name);
        len += (size_t)fmt_snprintf(out + len, size - len, "/%s", name);
    }
    return len;
}

static int some_directory(void)
{
    int n = (int)rng(NODES);
    while (!(node[n].used && node[n].directory))
        n = (n + 1) % NODES;
    return n;
}

struct place {
    int dir, name, child;
    char text[512];
    struct vfs_path path;
};

static void some_place(struct vnode *root, struct place *p)
{
    char name[8];
    p->dir = some_directory();
    p->name = (int)rng(NAMES);
    p->child = child(p->dir, p->name);
    size_t len = path_of(p->dir, p->text, sizeof(p->text));
    name_text(p->name, name);
    len += (size_t)fmt_snprintf(p->text + len, sizeof(p->text) - len, "/%s", name);
    p->path = (struct vfs_path){root, p->text, len, WALK_BENEATH | WALK_NOFOLLOW};
}

static void step_make(struct unit_test_state *test_state, struct vnode *root, bool directory)
{
    struct place p;
    struct vnode *v;
    int slot = 1;
    some_place(root, &p);
    while (slot < NODES && node[slot].used)
        slot++;
    if (slot == NODES)
        return;
    int err;
    if (directory)
        err = vfs_mkdir(&p.path);
    else if (!(err = vfs_open(&p.path, OPEN_CREATE | OPEN_EXCLUSIVE, &v)))
        vnode_put(v);
    CHECK(err == (p.child == NOWHERE ? 0 : -EEXIST));
    if (!err) {
        node[slot].used = true;
        node[slot].directory = directory;
        node[slot].parent = p.dir;
        node[slot].name = p.name;
    }
}

static void step_remove(struct unit_test_state *test_state, struct vnode *root, bool directory)
{
    struct place p;
    some_place(root, &p);
    int c = p.child, expected = 0;
    if (c == NOWHERE)
        expected = -ENOENT;
    else if (node[c].directory != directory)
        expected = directory ? -ENOTDIR : -EISDIR;
    else if (directory && has_children(c))
        expected = -ENOTEMPTY;
    CHECK(vfs_unlink(&p.path, directory) == expected);
    if (!expected)
        node[c].used = false;
}

static int expected_rename(const struct place *a, const struct place *b)
{
    if (a->child == NOWHERE)
        return -ENOENT;
    if (a->child == b->child)
        return 0;
    if (node[a->child].directory && within(b->dir, a->child))
        return -EINVAL;
    if (b->child == NOWHERE)
        return 0;
    if (node[a->child].directory != node[b->child].directory)
        return node[a->child].directory ? -ENOTDIR : -EISDIR;
    return node[b->child].directory && has_children(b->child) ? -ENOTEMPTY : 0;
}

static void step_rename(struct unit_test_state *test_state, struct vnode *root)
{
    struct place a, b;
    some_place(root, &a);
    some_place(root, &b);
    int expected = expected_rename(&a, &b);
    CHECK(vfs_rename(&a.path, &b.path) == expected);
    if (expected || a.child == b.child)
        return;
    if (b.child != NOWHERE)
        node[b.child].used = false;
    node[a.child].parent = b.dir;
    node[a.child].name = b.name;
}

/* Lists a directory and compares: every child once, nothing else, link counts right. */
static void check_listing(struct unit_test_state *test_state, struct vnode *root, int n)
{
    char text[512];
    struct walk w;
    struct dirent d;
    struct vnode_stat st;
    int seen = 0, expected = 2, directories = 2;
    size_t len = path_of(n, text, sizeof(text));
    CHECK(path_walk(root, text, len, WALK_BENEATH, &w) == 0);
    for (uint64_t cookie = 0; vnode_readdir(w.vnode, cookie, &d) == 1; cookie = d.next) {
        CHECK(d.next > cookie);
        seen++;
    }
    for (int i = 1; i < NODES; i++) {
        if (node[i].used && node[i].parent == n) {
            expected++;
            directories += node[i].directory;
        }
    }
    CHECK(seen == expected);
    CHECK(vnode_stat(w.vnode, &st) == 0 && st.nlink == (uint64_t)directories);
    vnode_put(w.vnode);
}

static void remove_all(struct unit_test_state *test_state, struct vnode *root)
{
    char text[512];
    for (bool any = true; any;) {
        any = false;
        for (int i = 1; i < NODES; i++) {
            if (!node[i].used || has_children(i))
                continue;
            size_t len = path_of(i, text, sizeof(text));
            struct vfs_path p = {root, text, len, 0};
            CHECK(vfs_unlink(&p, node[i].directory) == 0);
            node[i].used = false;
            any = true;
        }
    }
}

TEST(ramfs_names)
{
    struct vnode *root;
    struct heap_stats before, after;
    heap_stats(&before);
    CHECK(ramfs_create(&root) == 0);
    rng_state = 3;
    memset(node, 0, sizeof(node));
    node[ROOT].used = node[ROOT].directory = true;
    for (int step = 0; step < NAME_STEPS; step++) {
        uint32_t what = rng(10);
        if (what < 3)
            step_make(test_state, root, what == 0);
        else if (what < 5)
            step_remove(test_state, root, what == 3);
        else if (what < 8)
            step_rename(test_state, root);
        else
            check_listing(test_state, root, some_directory());
    }
    remove_all(test_state, root);
    vnode_put(root);
    heap_stats(&after);
    CHECK(after.bytes == before.bytes);
}

TEST(ramfs_hard_links)
{
    struct vnode *root;
    struct vnode_stat st;
    CHECK(ramfs_create(&root) == 0);
    struct vnode *f = new_file(test_state, root, "f");
    struct vfs_path from = {root, "f", 1, WALK_NOFOLLOW}, to = {root, "g", 1, 0};
    CHECK(vfs_link(&from, &to) == 0);
    CHECK(vfs_link(&from, &to) == -EEXIST);
    CHECK(vnode_stat(f, &st) == 0 && st.nlink == 2);
    CHECK(vfs_rename(&from, &to) == 0); /* the same file: both names stay */
    CHECK(vnode_stat(f, &st) == 0 && st.nlink == 2);
    CHECK(vfs_unlink(&from, false) == 0);
    CHECK(vnode_write(f, "hello", 5, 0) == 5);
    struct vnode *g;
    CHECK(vfs_open(&to, 0, &g) == 0 && g == f);
    vnode_put(g);
    CHECK(vfs_unlink(&to, false) == 0);
    CHECK(vnode_stat(f, &st) == 0 && st.nlink == 0);
    vnode_put(f);
    vnode_put(root);
}

/* A listing that is interrupted by changes shows every entry that stayed exactly once. */
TEST(ramfs_listing_during_changes)
{
    enum { FILES = 300 };
    static uint8_t seen[FILES];
    struct vnode *root;
    struct dirent d;
    char name[16];
    CHECK(ramfs_create(&root) == 0);
    memset(seen, 0, sizeof(seen));
    for (int i = 0; i < FILES; i++) {
        fmt_snprintf(name, sizeof(name), "k%d", i);
        vnode_put(new_file(test_state, root, name));
    }
    uint64_t cookie = 0;
    for (int step = 0; vnode_readdir(root, cookie, &d) == 1; step++, cookie = d.next) {
        int n = 0;
        for (uint32_t i = 1; i < d.name_len && d.name[0] == 'k'; i++)
            n = n * 10 + d.name[i] - '0';
        if (d.name[0] == 'k')
            seen[n]++;
        fmt_snprintf(name, sizeof(name), "k%d",
                     step); /* odd ones go away, behind us or before us */
        if (step % 2 && step < FILES)
            CHECK(remove_name(root, name) == 0);
    }
    for (int i = 0; i < FILES; i += 2)
        CHECK(seen[i] == 1);
    for (int i = 0; i < FILES; i += 2) {
        fmt_snprintf(name, sizeof(name), "k%d", i);
        CHECK(remove_name(root, name) == 0);
    }
    CHECK(vnode_readdir(root, 2, &d) == 0);
    vnode_put(root);
}
