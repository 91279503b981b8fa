/* Import module `env`: the small interface for freestanding programs. */
#include "base/format.h"
#include "base/string.h"
#include "base/utf8.h"
#include "kernel/mm/heap.h"
#include "kernel/sys/calls.h"
#include "kernel/sys/envheap.h"

enum { POSITIVE_MASK = 0x7fffffff, COMMAND_LINE_MAX = 4096 };

/* ---- characters ---- */

void env_putchar(struct wasm_instance *i, uint32_t byte)
{
    putchar_byte(program_of(i), (uint8_t)byte);
    sys_kill_check(i);
}

void env_s_putchar(struct wasm_instance *i, uint32_t byte)
{
    uint8_t b = (uint8_t)byte;
    struct vnode *v = device_vnode("serial0");
    if (v) {
        vnode_write(v, &b, 1, 0);
        vnode_put(v);
    }
    sys_kill_check(i);
}

int32_t env_getchar(struct wasm_instance *i)
{
    struct file *f;
    uint8_t byte = 0;
    int64_t n = -1;
    program_flush(program_of(i));
    if (fd_get_rights(program_of(i)->process->fds, 0, RIGHT_FD_READ, &f) == 0) {
        bool ready = vnode_poll(f->vnode, POLL_READ) & (POLL_READ | POLL_HANGUP);
        n = ready ? file_readv(f, &(struct iovec){&byte, 1}, 1) : 1;
        file_put(f);
    }
    sys_kill_check(i);
    return n == 1 ? byte : n == -EAGAIN ? 0 : -1;
}

/* ---- abort ---- */

enum { ABORT_UNITS_MAX = 512, ABORT_TEXT_MAX = 4 * 1024 };

/* Appends an AssemblyScript string: UTF-16 units, their length in bytes just before them. */
static size_t as_string(struct wasm_instance *i, guest_t addr, char *out, size_t size)
{
    uint32_t bytes;
    if (addr < sizeof(bytes) || guest_get(i, addr - (uint32_t)sizeof(bytes), &bytes, sizeof(bytes)))
        return 0;
    const uint8_t *at = guest_at(i, addr, bytes);
    uint32_t units = at ? (uint32_t)min_u64(bytes / 2, ABORT_UNITS_MAX) : 0;
    size_t used = 0;
    for (uint32_t n = 0; n < units && used + 4 <= size; n++) {
        uint32_t c = at[2 * n] | (uint32_t)at[2 * n + 1] << 8;
        uint32_t low = n + 1 < units ? at[2 * n + 2] | (uint32_t)at[2 * n + 3] << 8 : 0;
        if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
            n++;
        } else if (c >= 0xd800 && c < 0xe000) {
            c = 0xfffd;
        }
        used += utf8_encode(c, out + used);
    }
    return used;
}

void env_abort(struct wasm_instance *i, guest_t message, guest_t file, uint32_t line,
               uint32_t column)
{
    char *text = kalloc(ABORT_TEXT_MAX);
    struct file *f;
    program_flush(program_of(i));
    if (text && fd_get_rights(program_of(i)->process->fds, 2, RIGHT_FD_WRITE, &f) == 0) {
        size_t room = ABORT_TEXT_MAX / 3, n = 0;
        n += (size_t)fmt_snprintf(text, room, "abort: ");
        n += as_string(i, message, text + n, room);
        n += (size_t)fmt_snprintf(text + n, 8, " in ");
        n += as_string(i, file, text + n, room);
        n += (size_t)fmt_snprintf(text + n, 32, "(%u:%u)\n", line, column);
        file_write(f, text, n);
        file_put(f);
    }
    kfree(text, ABORT_TEXT_MAX);
    sys_kill_check(i);
    wasm_trap(i, WASM_TRAP_ABORT);
}

/* ---- programs ---- */

/* Splits a command line into NUL-terminated words: blanks part them, '…' keeps everything, "…"
 * everything but \" and
 * \\, and \ keeps the character after it. Returns the bytes written; out has room for len + 1. */
static size_t split_words(const char *line, size_t len, char *out)
{
    size_t used = 0;
    bool in_word = false;
    char quote = 0;
    for (size_t n = 0; n < len; n++) {
        char c = line[n];
        bool escapable =
            quote == '"' ? n + 1 < len && (line[n + 1] == '"' || line[n + 1] == '\\') : n + 1 < len;
        if (c == '\\' && quote != '\'' && escapable) {
            out[used++] = line[++n];
            in_word = true;
        } else if (quote ? c == quote : c == '\'' || c == '"') {
            quote = quote ? 0 : c;
            in_word = true;
        } else if (!quote && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
            if (in_word)
                out[used++] = 0;
            in_word = false;
        } else {
            out[used++] = c;
            in_word = true;
        }
    }
    if (in_word)
        out[used++] = 0;
    return used;
}

/* Runs the words as a child with our descriptors and environment: its pid. */
static int64_t spawn_words(struct process *p, const char *words, size_t len)
{
    struct spawn s = {.path = words, .env = p->env, .cwd = p->cwd, .foreground = p->foreground};
    if (!len)
        return -ENOENT;
    int err = strings_copy(words, len, &s.args);
    if (err)
        return err;
    err = fd_table_inherit(p->fds, NULL, &s.fds);
    int pid = err ? err : process_spawn(p, &s);
    if (pid < 0 && !err)
        fd_table_destroy(s.fds);
    strings_free(&s.args);
    return pid;
}

static int64_t run_line(struct wasm_instance *i, guest_t line, uint32_t len)
{
    struct process *p = program_of(i)->process;
    int status = 0;
    char *words = kalloc((size_t)len + 1);
    if (!words)
        return -ENOMEM;
    size_t used = split_words(guest_at(i, line, len), len, words);
    int64_t pid = spawn_words(p, words, used);
    kfree(words, (size_t)len + 1);
    if (pid >= 0)
        pid = process_wait(p, (int)pid, false, &status);
    return pid < 0 ? pid : status;
}

int32_t env_runapp(struct wasm_instance *i, guest_t line)
{
    program_flush(program_of(i));
    int64_t r = guest_strlen(i, line, COMMAND_LINE_MAX);
    if (r == -EFAULT)
        wasm_trap(i, WASM_TRAP_MEMORY_BOUNDS);
    if (r >= 0)
        r = run_line(i, line, (uint32_t)r);
    sys_kill_check(i);
    if (r == -ENOENT)
        return -1;
    return r < 0 || r == STATUS_TRAPPED ? -2 : (int32_t)r;
}

static int32_t arguments(struct wasm_instance *i, struct program *p)
{
    const struct string_list *args = &p->process->args;
    if (p->args_block && env_heap_block_size(p->heap, p->args_block) > (int64_t)args->len_bytes)
        return (int32_t)p->args_block;
    p->args_block = env_heap_alloc(p, args->len_bytes + 1);
    if (!p->args_block)
        return -1;
    int err = guest_put(i, p->args_block, args->bytes, args->len_bytes);
    if (!err)
        err = guest_put(i, p->args_block + args->len_bytes, "", 1);
    return err ? -1 : (int32_t)p->args_block;
}

int32_t env_getargs(struct wasm_instance *i)
{
    struct program *p = program_of(i);
    mutex_lock(&p->heap_lock);
    int32_t at = arguments(i, p);
    mutex_unlock(&p->heap_lock);
    return at;
}

/* ---- time, random numbers ---- */

int32_t env_timesinceboot(struct wasm_instance *i UNUSED)
{
    return (int32_t)(arch_clock_ns() / NSEC_PER_USEC & POSITIVE_MASK);
}

int32_t env_cputime(struct wasm_instance *i)
{
    sched_account(thread_current());
    uint64_t ns = __atomic_load_n(&program_of(i)->process->cpu_ns, __ATOMIC_RELAXED);
    return (int32_t)(ns / NSEC_PER_USEC & POSITIVE_MASK);
}

int32_t env_seedrng(struct wasm_instance *i, guest_t seed)
{
    if (guest_get(i, seed, &program_of(i)->process->rng_state, sizeof(uint64_t)))
        wasm_trap(i, WASM_TRAP_MEMORY_BOUNDS);
    return 0;
}

/* SplitMix64: a counter through a mixing function. */
int32_t env_rng(struct wasm_instance *i)
{
    uint64_t x = program_of(i)->process->rng_state += 0x9e3779b97f4a7c15ull;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ x >> 27) * 0x94d049bb133111ebull;
    return (int32_t)((x ^ x >> 31) >> 33);
}

/* ---- memory ---- */

int32_t env_malloc(struct wasm_instance *i, uint32_t size)
{
    struct program *p = program_of(i);
    mutex_lock(&p->heap_lock);
    guest_t at = env_heap_alloc(p, size);
    mutex_unlock(&p->heap_lock);
    return (int32_t)at;
}

void env_free(struct wasm_instance *i, guest_t addr)
{
    struct program *p = program_of(i);
    mutex_lock(&p->heap_lock);
    env_heap_free(p->heap, addr); /* not a block, or freed already: nothing happens */
    mutex_unlock(&p->heap_lock);
}

int32_t env_ptrsize(struct wasm_instance *i, guest_t addr)
{
    struct program *p = program_of(i);
    mutex_lock(&p->heap_lock);
    int64_t size = env_heap_block_size(p->heap, addr);
    mutex_unlock(&p->heap_lock);
    return (int32_t)size;
}

static void *at_or_trap(struct wasm_instance *i, guest_t addr, uint32_t n)
{
    void *p = guest_at(i, addr, n);
    if (!p)
        wasm_trap(i, WASM_TRAP_MEMORY_BOUNDS);
    return p;
}

int32_t env_memmove(struct wasm_instance *i, guest_t dst, guest_t src, uint32_t n)
{
    void *to = at_or_trap(i, dst, n);
    memmove(to, at_or_trap(i, src, n), n);
    return (int32_t)dst;
}

int32_t env_memcpy(struct wasm_instance *i, guest_t dst, guest_t src, uint32_t n)
{
    return env_memmove(i, dst, src,
                       n); /* overlapping regions are undefined in C, not in a kernel */
}

int32_t env_memset(struct wasm_instance *i, guest_t dst, uint32_t byte, uint32_t n)
{
    memset(at_or_trap(i, dst, n), (int)(byte & 0xff), n);
    return (int32_t)dst;
}
