/* The specification's scripts through the engine in the kernel. A boot archive brings them:
 * spec/list names the scripts, one a line; spec/skip is the list of what is left out. */
#include "base/format.h"
#include "base/string.h"
#include "kernel/mm/heap.h"
#include "kernel/run/stage_test.h"
#include "wasm/spec/script.h"

enum { LINE_BYTES = 256 };

/* Files of an archive lie in memory and stay there. */
static const uint8_t *read_file(const char *path, size_t *out_len)
{
    struct vnode *v;
    const void *bytes;
    uint64_t len;
    if (vfs_lookup(path, &v))
        return NULL;
    bytes = vnode_in_place(v, &len);
    vnode_put(v);
    *out_len = len;
    return bytes;
}

static void release(const uint8_t *bytes UNUSED, size_t len UNUSED) {}

static void say(const char *line)
{
    arch_console_write(line, strlen(line));
    arch_console_write("\r\n", 2);
}

static void set_thread(struct wasm_thread *t)
{
    thread_current()->wasm = t;
}

/* The whole run has a limit outside. */
static void limit(unsigned ms UNUSED) {}

/* A thread of the process that runs the scripts. */
struct helper {
    void (*fn)(void *);
    void *arg;
    struct spinlock lock;
    struct waitq done_q;
    bool done;
};

static void helper_main(void *arg)
{
    struct helper *h = arg;
    h->fn(h->arg);
    arch_irq_t irq = spin_lock(&h->lock);
    h->done = true;
    waitq_wake_all(&h->done_q);
    spin_unlock(&h->lock, irq);
    thread_exit();
}

static void *helper_start(void (*fn)(void *), void *arg)
{
    struct helper *h = KNEW(struct helper);
    if (!h)
        return NULL;
    *h = (struct helper){.fn = fn, .arg = arg};
    waitq_init(&h->done_q);
    if (thread_create(process_current(), "helper", helper_main, h))
        return h;
    kfree(h, sizeof(*h));
    return NULL;
}

static void helper_join(void *handle)
{
    struct helper *h = handle;
    arch_irq_t irq = spin_lock(&h->lock);
    while (!h->done)
        waitq_wait_uninterruptible(&h->done_q, &h->lock, &irq);
    spin_unlock(&h->lock, irq);
    kfree(h, sizeof(*h));
}

static void run_all(struct unit_test_state *test_state, const struct spec_env *env,
                    const char *list)
{
    struct spec_counts total = {0};
    char line[LINE_BYTES];
    while (*list) {
        const char *end = strchr(list, '\n');
        size_t len = end ? (size_t)(end - list) : strlen(list);
        fmt_snprintf(line, sizeof(line), "%.*s", (int)len, list);
        struct spec_counts c = spec_run_script(env, line);
        spec_counts_add(&total, &c);
        list += len + (end != NULL);
    }
    spec_counts_format(&total, line, sizeof(line));
    say(line);
    CHECK(total.passed && !total.failed);
}

/* A copy with a NUL at its end; to be freed with its length + 1. */
static char *text_of(const char *path)
{
    size_t len;
    const uint8_t *bytes = read_file(path, &len);
    char *text = bytes ? kalloc(len + 1) : NULL;
    return text ? memcpy(text, bytes, len) : NULL;
}

static void run_scripts(struct unit_test_state *test_state, struct running *r, void *arg UNUSED)
{
    char *list = text_of("/spec/list"), *skip = text_of("/spec/skip");
    struct spec_env env = {.host = &run__host,
                           .owner = r,
                           .skip_list = skip,
                           .read = read_file,
                           .release = release,
                           .say = say,
                           .set_thread = set_thread,
                           .limit = limit,
                           .thread_start = helper_start,
                           .thread_join = helper_join};
    CHECK(list && skip);
    if (list && skip)
        run_all(test_state, &env, list);
    if (list)
        kfree(list, strlen(list) + 1);
    if (skip)
        kfree(skip, strlen(skip) + 1);
}

TEST_BY_NAME(specification)
{
    CHECK(arch_boot.nmodules == 1);
    if (arch_boot.nmodules != 1)
        return;
    CHECK(vfs_unpack(vfs_root(), arch_boot.modules[0].data, arch_boot.modules[0].len) == 0);
    stage_run(test_state, "specification", run_scripts, NULL);
}
