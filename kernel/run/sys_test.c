/* System calls, called as compiled code calls them, with an instance that has a memory and nothing
 * else: addresses at and beyond the edges, hostile arguments, the heap of env against a model. */
#include "base/string.h"
#include "base/test.h"
#include "kernel/mm/heap.h"
#include "kernel/run/stage_test.h"
#include "kernel/sys/calls.h"
#include "kernel/sys/envheap.h"
#include "kernel/sys/wasi.h"

/* One page of memory, at most 16, exported; __heap_base = 0x8000. */
static const uint8_t module_bytes[] = {
    0,  'a', 's', 'm',  1,   0,    0,    0,                                 /* */
    5,  4,   1,   1,    1,   16,                                            /* memory 1 16 */
    6,  8,   1,   0x7f, 0,   0x41, 0x80, 0x80, 0x02, 0x0b,                  /* global i32 0x8000 */
    7,  24,  2,   6,    'm', 'e',  'm',  'o',  'r',  'y',  2,   0,          /* export memory */
    11, '_', '_', 'h',  'e', 'a',  'p',  '_',  'b',  'a',  's', 'e', 3, 0}; /* export global */

enum { PAGE = 64 * 1024, HEAP_BASE = 0x8000 };

typedef void (*body_fn)(struct unit_test_state *test_state, struct wasm_instance *i);

static int open_descriptors(struct process *p)
{
    struct file *f;
    struct vnode *null;
    int err = fd_table_create(&p->fds);
    if (err || vfs_lookup("/dev/null", &null))
        return -ENOMEM;
    for (int fd = 0; fd < 3 && !err; fd++) {
        err = file_create(null, 0, rights_base(null), 0, &f);
        if (!err) {
            err = fd_install(p->fds, f, 0) == fd ? 0 : -EMFILE;
            file_put(f);
        }
    }
    vnode_put(null);
    if (!err)
        err = file_create(vfs_root(), 0, rights_base(vfs_root()), RIGHTS_ALL, &f);
    if (err)
        return err;
    err = file_preopen(f, "/");
    if (!err)
        err = fd_install(p->fds, f, 3) == 3 ? 0 : -EMFILE;
    file_put(f);
    return err;
}

/* The program around a body: descriptors, and an instance of the module. */
static void with_instance(struct unit_test_state *test_state, struct running *r, void *arg)
{
    const body_fn *body = arg;
    struct process *p = r->program.process;
    struct wasm_error e = {0};
    CHECK(open_descriptors(p) == 0);
    CHECK(wasm_module_create(&run__host, r, module_bytes, sizeof(module_bytes), &r->module, &e) ==
          0);
    CHECK(wasm_store_create(&run__host, r, &p->store) == 0);
    if (r->module && p->store)
        CHECK(wasm_instance_create(p->store, r->module, NULL, NULL, &r->program, &p->instance,
                                   &e) == 0);
    if (p->instance) {
        program_attach(&r->program, p->instance);
        (*body)(test_state, p->instance);
    }
    program_fini(&r->program);
    if (p->store)
        wasm_store_destroy(p->store);
    if (r->module)
        wasm_module_destroy(r->module);
    fd_table_destroy(p->fds);
    p->fds = NULL;
    p->store = NULL;
    p->instance = NULL;
}

static void on_stage(struct unit_test_state *test_state, body_fn body)
{
    stage_run(test_state, "sys_test", with_instance, &body);
}

/* ---- addresses ---- */

static void put_iovec(struct wasm_instance *i, guest_t at, guest_t buf, uint32_t len)
{
    uint32_t wire[2] = {buf, len};
    int bad = guest_put(i, at, wire, sizeof(wire));
    assert(!bad);
}

static void body_edges(struct unit_test_state *test_state, struct wasm_instance *i)
{
    uint8_t *base = wasm_memory_base(i, 0);
    uint32_t x = 7;
    CHECK(guest_at(i, 0, PAGE) == base);
    CHECK(guest_at(i, PAGE - 1, 1) == base + PAGE - 1);
    CHECK(guest_at(i, PAGE, 0) == base + PAGE); /* empty, at the end */
    CHECK(!guest_at(i, PAGE + 1, 0) && !guest_at(i, PAGE, 1) && !guest_at(i, 0, PAGE + 1));
    CHECK(!guest_at(i, 0xffffffff, 1) && !guest_at(i, 0xffffffff, 0xffffffff));
    CHECK(!guest_at(i, 8, UINT64_MAX) && !guest_at(i, 8, UINT64_MAX - 7));
    CHECK(guest_put_u32(i, PAGE - 4, 5) == 0 && guest_get(i, PAGE - 4, &x, 4) == 0 && x == 5);
    CHECK(guest_put_u32(i, PAGE - 3, 5) == -EFAULT && guest_put_u64(i, PAGE - 7, 5) == -EFAULT);
    CHECK(wasm_memory_grow(i, 0, 1) == 1);
    CHECK(guest_at(i, PAGE, PAGE) == base + PAGE && !guest_at(i, PAGE, PAGE + 1));
}

TEST(guest_edges)
{
    on_stage(test_state, body_edges);
}

static void body_texts(struct unit_test_state *test_state, struct wasm_instance *i)
{
    char *text, *base = (char *)wasm_memory_base(i, 0);
    memcpy(base + PAGE - 5, "hello", 5);
    CHECK(guest_text(i, PAGE - 5, 5, &text) == 0 && !strcmp(text, "hello"));
    guest_text_free(text, 5);
    CHECK(guest_text(i, PAGE - 5, 6, &text) == -EFAULT);
    CHECK(guest_text(i, 0, 1, &text) == -EINVAL); /* NUL */
    base[0] = (char)0xff;
    CHECK(guest_text(i, 0, 1, &text) == -EILSEQ);
    memset(base, 'x', VFS_PATH_MAX + 1);
    CHECK(guest_text(i, 0, VFS_PATH_MAX + 1, &text) == -ENAMETOOLONG);
    CHECK(guest_strlen(i, PAGE - 5, 100) == -EFAULT); /* runs out of the memory */
    CHECK(guest_strlen(i, PAGE - 5, 3) == -ENAMETOOLONG);
    base[PAGE - 1] = 0;
    CHECK(guest_strlen(i, PAGE - 5, 100) == 4 && guest_strlen(i, PAGE, 100) == -EFAULT);
}

TEST(guest_texts)
{
    on_stage(test_state, body_texts);
}

static void body_iovecs(struct unit_test_state *test_state, struct wasm_instance *i)
{
    struct guest_iovecs v;
    put_iovec(i, 0, PAGE - 8, 8);
    CHECK(guest_iovecs_get(i, 0, 1, &v) == 0 && v.total == 8);
    guest_iovecs_free(&v);
    put_iovec(i, 0, PAGE - 8, 9);
    CHECK(guest_iovecs_get(i, 0, 1, &v) == -EFAULT);
    CHECK(guest_iovecs_get(i, PAGE - 8, 1, &v) == 0); /* an array that ends with the memory */
    guest_iovecs_free(&v);
    CHECK(guest_iovecs_get(i, PAGE - 4, 1, &v) == -EFAULT);
    CHECK(guest_iovecs_get(i, 16, GUEST_IOV_MAX, &v) == 0);
    guest_iovecs_free(&v);
    CHECK(guest_iovecs_get(i, 16, GUEST_IOV_MAX + 1, &v) == -EINVAL);
    CHECK(guest_iovecs_get(i, 16, 0x20000001, &v) == -EINVAL); /* times 8 wraps to 8 */
    put_iovec(i, 0, 0xfffffff8, 0xfffffff8);
    CHECK(guest_iovecs_get(i, 0, 1, &v) == -EFAULT);
}

TEST(guest_iovecs)
{
    on_stage(test_state, body_iovecs);
}

/* ---- calls ---- */

/* Nothing has happened when an out-parameter is bad: no file made, no byte written. */
static void body_check_first(struct unit_test_state *test_state, struct wasm_instance *i)
{
    char *base = (char *)wasm_memory_base(i, 0);
    enum { PATH = 100, LEN = 11, BAD = PAGE - 3 };
    struct vnode *v;
    memcpy(base + PATH, "tmp/touched", LEN);
    CHECK(wasi_path_open(i, 3, 0, PATH, LEN, OPEN_CREATE, RIGHTS_ALL, 0, 0, BAD) == EFAULT);
    CHECK(vfs_lookup("/tmp/touched", &v) == -ENOENT);
    CHECK(wasi_path_open(i, 3, 0, PATH, LEN, OPEN_CREATE, RIGHTS_ALL, 0, 0, 0) == 0);
    uint32_t fd = *(uint32_t *)base;
    put_iovec(i, 16, PATH, LEN);
    CHECK(wasi_fd_write(i, fd, 16, 1, BAD) == EFAULT);
    CHECK(wasi_fd_write(i, fd, 16, 1, 0) == 0 && *(uint32_t *)base == LEN);
    CHECK(wasi_fd_tell(i, fd, 8) == 0 && *(uint64_t *)(base + 8) == LEN);
    CHECK(wasi_fd_seek(i, fd, 0, 0, PAGE - 7) == EFAULT);
    CHECK(wasi_fd_tell(i, fd, 8) == 0 && *(uint64_t *)(base + 8) == LEN);
    CHECK(wasi_fd_seek(i, fd, 0, 0, PAGE - 8) == 0);
    put_iovec(i, 16, PAGE - LEN, LEN);
    CHECK(wasi_fd_read(i, fd, 16, 1, 0) == 0 && !memcmp(base + PAGE - LEN, "tmp/touched", LEN));
    CHECK(wasi_fd_filestat_get(i, fd, PAGE - 64) == 0 &&
          wasi_fd_filestat_get(i, fd, PAGE - 63) == EFAULT);
    CHECK(wasi_fd_close(i, fd) == 0 && wasi_fd_close(i, fd) == EBADF);
    CHECK(wasi_path_unlink_file(i, 3, PATH, LEN) == 0);
}

TEST(wasi_check_first)
{
    on_stage(test_state, body_check_first);
}

static void body_rights(struct unit_test_state *test_state, struct wasm_instance *i)
{
    char *base = (char *)wasm_memory_base(i, 0);
    enum { PATH = 100, LEN = 10 };
    memcpy(base + PATH, "tmp/rights", LEN);
    CHECK(wasi_path_open(i, 3, 0, PATH, LEN, OPEN_CREATE, RIGHT_FD_READ, 0, 0, 0) == 0);
    uint32_t fd = *(uint32_t *)base;
    CHECK(wasi_fd_write(i, fd, 16, 0, 0) == ENOTCAPABLE);
    CHECK(wasi_fd_seek(i, fd, 0, 1, 0) == ENOTCAPABLE);
    CHECK(wasi_fd_fdstat_set_rights(i, fd, RIGHT_FD_READ | RIGHT_FD_WRITE, 0) == ENOTCAPABLE);
    CHECK(wasi_fd_close(i, fd) == 0);
    CHECK(wasi_path_unlink_file(i, 3, PATH, LEN) == 0);
    CHECK(wasi_fd_read(i, 3, 16, 0, 0) == EBADF); /* a directory is not for data */
    CHECK(wasi_path_open(i, 0, 0, PATH, LEN, 0, 0, 0, 0, 0) == ENOTDIR);
    CHECK(wasi_path_open(i, 3, 0, PATH, LEN, 16, 0, 0, 0, 0) == EINVAL);
    /* What is taken from the directory cannot be had through it. */
    CHECK(wasi_fd_fdstat_set_rights(i, 3, RIGHT_PATH_OPEN, RIGHT_FD_READ) == 0);
    CHECK(wasi_path_unlink_file(i, 3, PATH, LEN) == ENOTCAPABLE);
    CHECK(wasi_path_open(i, 3, 0, PATH, LEN, OPEN_CREATE, RIGHT_FD_READ, 0, 0, 0) == ENOTCAPABLE);
    memcpy(base + PATH, "dev/zero", 8);
    CHECK(wasi_path_open(i, 3, 0, PATH, 8, 0, RIGHT_FD_WRITE, 0, 0, 0) == ENOTCAPABLE);
    CHECK(wasi_path_open(i, 3, 0, PATH, 8, 0, RIGHT_FD_READ, 0, 0, 0) == 0);
    CHECK(wasi_sock_shutdown(i, 0, 3) == ENOTSOCK && wasi_sock_shutdown(i, 99, 3) == EBADF);
}

TEST(wasi_rights)
{
    on_stage(test_state, body_rights);
}

static void body_poll(struct unit_test_state *test_state, struct wasm_instance *i)
{
    char *base = (char *)wasm_memory_base(i, 0);
    struct wasi_subscription s[3] = {{.userdata = 1, .tag = WASI_EVENT_CLOCK},
                                     {.userdata = 2, .tag = WASI_EVENT_FD_READ},
                                     {.userdata = 3, .tag = WASI_EVENT_FD_WRITE}};
    struct wasi_event e[3];
    s[0].clock.id = WASI_CLOCK_MONOTONIC;
    s[0].clock.timeout = 3 * NSEC_PER_MSEC;
    memcpy(base, s, sizeof(s));
    uint64_t before = arch_clock_ns();
    CHECK(wasi_poll_oneoff(i, 0, 0, 1, 1000) == 0); /* in and out may overlap */
    CHECK(arch_clock_ns() - before >= 3 * NSEC_PER_MSEC && *(uint32_t *)(base + 1000) == 1);
    s[1].fd = 0;
    s[2].fd = 77;
    memcpy(base, s, sizeof(s));
    CHECK(wasi_poll_oneoff(i, 0, 2000, 3, 1000) == 0 && *(uint32_t *)(base + 1000) == 2);
    memcpy(e, base + 2000, sizeof(e));
    CHECK(e[0].userdata == 2 && e[0].error == 0 && e[1].userdata == 3 && e[1].error == EBADF);
    CHECK(wasi_poll_oneoff(i, 0, 2000, 0, 1000) == EINVAL);
    CHECK(wasi_poll_oneoff(i, 0, 2000, 0x10000001, 1000) == EINVAL);
    CHECK(wasi_poll_oneoff(i, 0, PAGE - 64, 3, 1000) == EFAULT);
    s[0].tag = 9;
    memcpy(base, s, sizeof(s));
    CHECK(wasi_poll_oneoff(i, 0, 2000, 1, 1000) == EINVAL);
}

TEST(wasi_poll)
{
    on_stage(test_state, body_poll);
}

/* ---- any arguments ---- */

static uint64_t rng_state;

static uint32_t rng(void)
{
    rng_state = rng_state * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(rng_state >> 33);
}

/* Numbers that are likely to hurt: small, around the end of memory, wrapping. */
static uint32_t any(void)
{
    static const uint32_t special[] = {
        0,        1,          3,          PAGE - 64,  PAGE - 8,       PAGE - 1,      PAGE,
        PAGE + 1, 0x7fffffff, 0x80000000, UINT32_MAX, UINT32_MAX - 7, 64 * 1024 * 16};
    uint32_t r = rng();
    return r % 4 == 0   ? special[(r >> 4) % ARRAY_LEN(special)]
           : r % 4 == 1 ? (r >> 4) % 64
                        : (r >> 4) % PAGE;
}

static uint64_t any64(void)
{
    return rng() % 3 ? any() : (uint64_t)any() << 32 | any();
}
static uint32_t few(void)
{
    return rng() % 8 ? rng() % 12 : any();
}

static void call_some_fd(struct wasm_instance *i)
{
    switch (rng() % 16) {
    case 0:
        wasi_fd_read(i, few(), any(), few(), any());
        break;
    case 1:
        wasi_fd_write(i, few(), any(), few(), any());
        break;
    case 2:
        wasi_fd_pread(i, few(), any(), few(), any64(), any());
        break;
    case 3:
        wasi_fd_pwrite(i, few(), any(), few(), any() % (1 << 20), any());
        break;
    case 4:
        wasi_fd_seek(i, few(), any64(), few() % 4, any());
        break;
    case 5:
        wasi_fd_readdir(i, few(), any(), any(), any64(), any());
        break;
    case 6:
        wasi_fd_filestat_set_size(i, few(), any64());
        break;
    case 7:
        wasi_fd_allocate(i, few(), any() % (1 << 20), any() % (1 << 20));
        break;
    case 8:
        wasi_fd_renumber(i, few(), 4 + few());
        break;
    case 9:
        if (rng() % 4 == 0)
            wasi_fd_close(i, 4 + few());
        break;
    case 10:
        wasi_fd_fdstat_get(i, few(), any());
        break;
    case 11:
        wasi_fd_filestat_set_times(i, few(), any64(), any64(), few());
        break;
    case 12:
        wasi_fd_prestat_dir_name(i, few(), any(), any());
        break;
    case 13:
        wasi_random_get(i, any(), any());
        break;
    case 14:
        wasi_args_get(i, any(), any());
        break;
    default:
        wasi_fd_fdstat_set_flags(i, few(), few());
    }
}

static const char *const fuzz_paths[] = {
    "tmp/fz", "tmp/fz/a", "tmp/fz/b",      "tmp/fz/d",   "tmp/fz/d/x", "tmp/fz/..", "tmp/fz/a/",
    ".",      "../..",    "tmp/fz/d/../a", "dev/random", "tmp/fz/l",   "",          "tmp/fz/d/./x"};

static guest_t put_path(struct wasm_instance *i, uint32_t *len)
{
    const char *text = fuzz_paths[rng() % ARRAY_LEN(fuzz_paths)];
    guest_t at = rng() % 2 ? PAGE - 64 : 200 + rng() % 100;
    *len = (uint32_t)strlen(text) + (rng() % 16 == 0);
    memcpy((char *)wasm_memory_base(i, 0) + at, text, strlen(text));
    return at;
}

static void call_some_path(struct wasm_instance *i)
{
    uint32_t len, len2;
    guest_t path = put_path(i, &len), path2 = put_path(i, &len2);
    switch (rng() % 10) {
    case 0:
        wasi_path_create_directory(i, 3, path, len);
        break;
    case 1:
        wasi_path_filestat_get(i, 3, few(), path, len, any());
        break;
    case 2:
        wasi_path_link(i, 3, rng() % 2, path, len, 3, path2, len2);
        break;
    case 3:
        wasi_path_rename(i, 3, path, len, 3, path2, len2);
        break;
    case 4:
        wasi_path_symlink(i, path, len, 3, path2, len2);
        break;
    case 5:
        wasi_path_unlink_file(i, 3, path, len);
        break;
    case 6:
        wasi_path_remove_directory(i, 3, path, len);
        break;
    case 7:
        wasi_path_readlink(i, 3, path, len, any(), any(), any());
        break;
    default:
        wasi_path_open(i, 3, rng() % 2, path, len, rng() % 16, RIGHTS_ALL, RIGHTS_ALL, rng() % 32,
                       any());
    }
}

static void body_fuzz(struct unit_test_state *test_state, struct wasm_instance *i)
{
    rng_state = 11;
    for (int n = 0; n < 20000; n++) {
        if (rng() % 2)
            call_some_fd(i);
        else
            call_some_path(i);
        if (n % 512 == 0)
            for (uint32_t fd = 4; fd < 100; fd++)
                CHECK(wasi_fd_close(i, fd) >= 0);
    }
    struct vnode *v;
    CHECK(vfs_lookup("/", &v) == 0);
    vnode_put(v);
}

TEST(wasi_any_arguments)
{
    on_stage(test_state, body_fuzz);
}

/* ---- env's heap ---- */

enum { BLOCKS = 200, HEAP_STEPS = 20000 };

static struct {
    guest_t at;
    uint32_t size;
    uint8_t fill;
} block[BLOCKS];

static bool block_intact(struct wasm_instance *i, int n)
{
    const uint8_t *p = guest_at(i, block[n].at, block[n].size);
    for (uint32_t k = 0; p && k < block[n].size; k++)
        if (p[k] != block[n].fill)
            return false;
    return p != NULL;
}

static void heap_step(struct unit_test_state *test_state, struct wasm_instance *i, int n)
{
    if (block[n].at) {
        CHECK(block_intact(i, n));
        CHECK((uint32_t)env_ptrsize(i, block[n].at) >= block[n].size);
        env_free(i, block[n].at);
        CHECK(env_ptrsize(i, block[n].at) == -1);
        block[n].at = 0;
        return;
    }
    block[n].size = rng() % 8 ? rng() % 300 : rng() % 20000;
    block[n].at = (guest_t)env_malloc(i, block[n].size);
    block[n].fill = (uint8_t)rng();
    if (!block[n].at)
        return;
    CHECK(block[n].at % ENV_HEAP_ALIGN == 0 && block[n].at >= HEAP_BASE);
    memset(guest_at(i, block[n].at, block[n].size), block[n].fill, block[n].size);
}

static void body_heap(struct unit_test_state *test_state, struct wasm_instance *i)
{
    rng_state = 5;
    memset(block, 0, sizeof(block));
    for (int step = 0; step < HEAP_STEPS; step++)
        heap_step(test_state, i, (int)(rng() % BLOCKS));
    for (int n = 0; n < BLOCKS; n++)
        if (block[n].at)
            heap_step(test_state, i, n);
    /* All free again and in one piece: the whole memory behind the data, and not a byte more. */
    uint64_t all = wasm_memory_size(i, 0) - HEAP_BASE;
    guest_t whole = (guest_t)env_malloc(i, (uint32_t)all);
    CHECK(whole == HEAP_BASE);
    env_free(i, whole);
    CHECK(env_malloc(i, 16 * PAGE) == 0 && env_malloc(i, UINT32_MAX) == 0);
    env_free(i, 0);
    env_free(i, HEAP_BASE + 8);
    env_free(i, whole); /* twice */
    CHECK(env_ptrsize(i, 3) == -1 && env_ptrsize(i, 0xfffffff0) == -1);
    guest_t a = (guest_t)env_malloc(i, 0), b = (guest_t)env_malloc(i, 0);
    CHECK(a && b && a != b);
}

TEST(env_heap)
{
    on_stage(test_state, body_heap);
}

/* The program grows its memory itself: what it got is not the heap's. */
static void body_heap_foreign(struct unit_test_state *test_state, struct wasm_instance *i)
{
    guest_t a = (guest_t)env_malloc(i, PAGE / 2);
    CHECK(a == HEAP_BASE);
    int64_t old = wasm_memory_grow(i, 0, 1);
    CHECK(old == 1);
    guest_t b = (guest_t)env_malloc(i, PAGE / 2);
    CHECK(b >= 2 * PAGE);
    env_free(i, a);
    env_free(i, b);
    CHECK(env_malloc(i, PAGE + PAGE / 2) >= 2 * PAGE); /* the two pieces do not touch */
}

TEST(env_heap_foreign_growth)
{
    on_stage(test_state, body_heap_foreign);
}
