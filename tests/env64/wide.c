/* A program with a 64-bit memory and nothing else: pointers of 8 bytes, calls through them, a list
 * on the system's heap, bytes written by WASI. System calls take addresses of 32 bits, which is
 * what their signatures say. The first argument: "far" reads at 2^40, "end" behind the memory. */
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long u64;
_Static_assert(sizeof(void *) == 8, "wasm64");

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))
IMPORT("env", "putchar") void env_putchar(int c);
IMPORT("env", "malloc") u32 env_malloc(u32 bytes);
IMPORT("env", "free") void env_free(u32 at);
IMPORT("env", "getargs") u32 env_getargs(void);
IMPORT("env", "memset") u32 env_memset(u32 dst, int c, u32 n);
IMPORT("wasi_snapshot_preview1", "fd_write")
u32 wasi_fd_write(u32 fd, u32 iovecs, u32 count, u32 out_written);

struct iovec {
    u32 at, len;
};

struct item {
    struct item *next;
    u64 value;
};

static void print(const char *text)
{
    while (*text)
        env_putchar(*text++);
}

static void report(const char *what, int good)
{
    print(what);
    print(good ? ": well\n" : ": WRONG\n");
}

static u64 twice(u64 x)
{
    return 2 * x;
}

static u64 square(u64 x)
{
    return x * x;
}

static u64 (*volatile functions[2])(u64);

static int calls(void)
{
    functions[0] = twice;
    functions[1] = square;
    return functions[0](21) == 42 && functions[1](1ul << 20) == 1ul << 40;
}

static int list(void)
{
    struct item *first = 0;
    u64 sum = 0;
    for (u64 i = 1; i <= 1000; i++) {
        struct item *new = (struct item *)(u64)env_malloc(sizeof(*new));
        if (!new)
            return 0;
        *new = (struct item){first, i};
        first = new;
    }
    while (first) {
        struct item *next = first->next;
        sum += first->value;
        env_free((u32)(u64)first);
        first = next;
    }
    return sum == 500500;
}

static int growth(void)
{
    u64 pages = __builtin_wasm_memory_size(0);
    u64 old = __builtin_wasm_memory_grow(0, 2);
    volatile u8 *last = (volatile u8 *)((pages + 2) * 65536 - 1);
    *last = 7;
    return old == pages && __builtin_wasm_memory_size(0) == pages + 2 && *last == 7 &&
           __builtin_wasm_memory_grow(0, 1ul << 32) == ~0ul &&
           __builtin_wasm_memory_grow(0, ~0ul) == ~0ul;
}

static int written(void)
{
    static const char text[] = "through WASI\n";
    static struct iovec v;
    static u32 n;
    v = (struct iovec){(u32)(u64)text, sizeof(text) - 1};
    return wasi_fd_write(1, (u32)(u64)&v, 1, (u32)(u64)&n) == 0 && n == sizeof(text) - 1;
}

static int filled(void)
{
    u8 *at = (u8 *)(u64)env_malloc(100);
    env_memset((u32)(u64)at, 9, 100);
    return at[0] == 9 && at[99] == 9;
}

__attribute__((export_name("_start"))) void start(void)
{
    const char *argument = (const char *)(u64)env_getargs();
    while (*argument) /* the program's name */
        argument++;
    argument++;
    volatile u64 far = 1ul << 40, end = __builtin_wasm_memory_size(0) * 65536;
    if (*argument == 'f')
        *(volatile u8 *)far = 1;
    if (*argument == 'e')
        *(volatile u64 *)(end - 7) = 1;
    report("calls", calls());
    report("list", list());
    report("growth", growth());
    report("written", written());
    report("filled", filled());
}
