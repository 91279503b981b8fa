/* What the programs of tests/threads need of a C library: threads by the convention of
 * wasi-threads, mutexes and conditions by memory.atomic.wait and notify, a few lines of output. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))
IMPORT("wasi", "thread-spawn") int thread_spawn(void *arg);
IMPORT("wasi_snapshot_preview1", "fd_write")
int fd_write(int fd, const void *iovs, int count, uint32_t *out_written);
IMPORT("wasi_snapshot_preview1", "fd_read")
int fd_read(int fd, const void *iovs, int count, uint32_t *out_read);
IMPORT("wasi_snapshot_preview1", "proc_exit") _Noreturn void proc_exit(int status);
IMPORT("wasi_snapshot_preview1", "args_sizes_get")
int args_sizes_get(uint32_t *out_count, uint32_t *out_bytes);
IMPORT("wasi_snapshot_preview1", "args_get") int args_get(char **argv, char *bytes);

enum { STACK_BYTES = 16 * 1024, THREADS = 160, FOR_EVER = -1 };

/* The first field is read by the entry below. */
struct thread {
    char *stack_top;
    void (*fn)(struct thread *);
    uint32_t number;
    int32_t done;
    int tid;
    bool used;
    _Alignas(16) char stack[STACK_BYTES];
};

static struct thread threads[THREADS];

/* Every instance has a stack pointer of its own, and begins with that of the first thread. */
__asm__(".globaltype __stack_pointer, i32\n"
        ".functype thread_main (i32, i32) -> ()\n"
        ".globl wasi_thread_start\n"
        ".export_name wasi_thread_start, wasi_thread_start\n"
        ".type wasi_thread_start,@function\n"
        "wasi_thread_start:\n"
        ".functype wasi_thread_start (i32, i32) -> ()\n"
        "    local.get 1\n"
        "    i32.load 0\n"
        "    global.set __stack_pointer\n"
        "    local.get 0\n"
        "    local.get 1\n"
        "    call thread_main\n"
        "    end_function\n");

static inline int wait32(int32_t *at, int32_t expected, int64_t timeout_ns)
{
    return __builtin_wasm_memory_atomic_wait32(at, expected, timeout_ns);
}

static inline unsigned notify(int32_t *at, unsigned count)
{
    return __builtin_wasm_memory_atomic_notify(at, count);
}

__attribute__((used)) void thread_main(int tid, struct thread *t)
{
    (void)tid;
    t->fn(t);
    __atomic_store_n(&t->done, 1, __ATOMIC_SEQ_CST);
    notify(&t->done, 1);
}

/* NULL: no more threads. */
static inline struct thread *start(void (*fn)(struct thread *), uint32_t number)
{
    for (unsigned i = 0; i < THREADS; i++) {
        struct thread *t = &threads[i];
        if (t->used)
            continue;
        t->stack_top = t->stack + STACK_BYTES;
        t->fn = fn;
        t->number = number;
        t->done = 0;
        t->tid = thread_spawn(t);
        t->used = t->tid > 0;
        return t->used ? t : NULL;
    }
    return NULL;
}

static inline void join(struct thread *t)
{
    while (!__atomic_load_n(&t->done, __ATOMIC_SEQ_CST))
        wait32(&t->done, 0, FOR_EVER);
    t->used = false;
}

/* 0 free, 1 taken, 2 taken and somebody waits (Drepper, "Futexes Are Tricky"). */
static inline void lock(int32_t *m)
{
    int32_t was = 0;

    if (__atomic_compare_exchange_n(m, &was, 1, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
        return;
    if (was != 2)
        was = __atomic_exchange_n(m, 2, __ATOMIC_SEQ_CST);
    while (was) {
        wait32(m, 2, FOR_EVER);
        was = __atomic_exchange_n(m, 2, __ATOMIC_SEQ_CST);
    }
}

static inline void unlock(int32_t *m)
{
    if (__atomic_exchange_n(m, 0, __ATOMIC_SEQ_CST) == 2)
        notify(m, 1);
}

/* A condition is a counter of its wakes. */
static inline void condition_wait(int32_t *c, int32_t *m)
{
    int32_t seen = __atomic_load_n(c, __ATOMIC_SEQ_CST);

    unlock(m);
    wait32(c, seen, FOR_EVER);
    lock(m);
}

static inline void condition_wake(int32_t *c)
{
    __atomic_fetch_add(c, 1, __ATOMIC_SEQ_CST);
    notify(c, UINT32_MAX);
}

/* ---- output ---- */

static inline void say(const char *text)
{
    struct {
        const char *at;
        uint32_t len;
    } v = {text, 0};
    uint32_t written;

    while (text[v.len])
        v.len++;
    fd_write(1, &v, 1, &written);
}

static inline void say_number(const char *what, uint64_t n)
{
    char digits[24];
    unsigned at = sizeof digits;

    digits[--at] = 0;
    digits[--at] = '\n';
    do
        digits[--at] = (char)('0' + n % 10);
    while (n /= 10);
    say(what);
    say(" ");
    say(digits + at);
}

/* The first argument, "" if there is none. */
static inline const char *argument(void)
{
    static char bytes[512], *argv[8];
    uint32_t count, len;

    if (args_sizes_get(&count, &len) || count < 2 || count > 8 || len > sizeof bytes ||
        args_get(argv, bytes))
        return "";
    return argv[1];
}

static inline bool is(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}
