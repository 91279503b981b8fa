/* Every call of the import module `env`, from a program without any library. Prints a line for each
 * group and "well" or what is wrong. The first argument chooses what happens besides: abort, trap.
 */
typedef unsigned char u8;
typedef unsigned int u32;

#define ENV(name) __attribute__((import_module("env"), import_name(#name)))
ENV(putchar) void env_putchar(int c);
ENV(s_putchar) void env_s_putchar(int c);
ENV(getchar) int env_getchar(void);
ENV(abort) void env_abort(const void *message, const void *file, int line, int column);
ENV(runapp) int env_runapp(const char *command_line);
ENV(getargs) const char *env_getargs(void);
ENV(timesinceboot) int env_timesinceboot(void);
ENV(cputime) int env_cputime(void);
ENV(malloc) void *env_malloc(u32 bytes);
ENV(free) void env_free(void *p);
ENV(ptrsize) int env_ptrsize(const void *p);
ENV(memmove) void *env_memmove(void *dst, const void *src, u32 n);
ENV(memcpy) void *env_memcpy(void *dst, const void *src, u32 n);
ENV(memset) void *env_memset(void *dst, int c, u32 n);
ENV(seedrng) int env_seedrng(const unsigned long long *seed);
ENV(rng) int env_rng(void);

enum { BLOCKS = 64 };

static void print(const char *text)
{
    while (*text)
        env_putchar(*text++);
}

static void verdict(const char *what, int ok)
{
    print(what);
    print(ok ? ": well\n" : ": WRONG\n");
}

static int equal(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

static const char *argument(int n)
{
    const char *p = env_getargs();

    while (n-- && *p) {
        while (*p)
            p++;
        p++;
    }
    return p;
}

/* Blocks of many sizes: aligned, apart from each other, and holding what was put there. */
static int heap_works(void)
{
    static u8 *blocks[BLOCKS];
    u8 local = 0;

    for (u32 i = 0; i < BLOCKS; i++) {
        u32 size = 1 + i * 613;
        blocks[i] = env_malloc(size);
        if (!blocks[i] || (u32)blocks[i] % 16 || env_ptrsize(blocks[i]) < (int)size ||
            blocks[i] == &local)
            return 0;
        env_memset(blocks[i], (int)i, size);
    }
    for (u32 i = 0; i < BLOCKS; i++)
        for (u32 k = 0; k < 1 + i * 613; k++)
            if (blocks[i][k] != i)
                return 0;
    for (u32 i = 0; i < BLOCKS; i++)
        env_free(blocks[i]);
    return env_ptrsize(&local) == -1 && env_malloc(0xf0000000u) == (void *)0;
}

static int memory_works(void)
{
    static char a[] = "0123456789", b[16];

    if (env_memcpy(b, a, 11) != b || !equal(b, "0123456789"))
        return 0;
    if (env_memmove(b + 2, b, 8) != b + 2 || !equal(b, "0101234567"))
        return 0;
    if (env_memmove(b, b + 2, 8) != b || !equal(b, "0123456767"))
        return 0;
    return env_memset(b, 'x', 3) == b && equal(b, "xxx3456767");
}

static int time_works(void)
{
    int since = env_timesinceboot(), cpu = env_cputime();

    for (volatile int i = 0; i < 3000000; i++)
        ;
    return since > 0 && cpu >= 0 && env_timesinceboot() > since && env_cputime() > cpu;
}

static int random_works(void)
{
    unsigned long long seed = 42;
    int first[8], same = 1, different = 0;

    if (env_seedrng(&seed) != 0)
        return 0;
    for (int i = 0; i < 8; i++)
        first[i] = env_rng();
    (void)env_seedrng(&seed);
    for (int i = 0; i < 8; i++) {
        same &= env_rng() == first[i];
        different |= first[i] != first[0];
        if (first[i] < 0)
            return 0;
    }
    return same && different;
}

/* All of standard input, back on standard output. */
static void echo(void)
{
    for (;;) {
        int c = env_getchar();
        if (c == -1)
            return;
        if (c)
            env_putchar(c);
    }
}

__attribute__((export_name("_start"))) void start(void)
{
    /* an AssemblyScript string: UTF-16, its length in bytes in front of it */
    static const struct {
        u32 len_bytes;
        unsigned short text[8];
    } message = {8, {'l', 'o', 's', 't'}}, file = {8, {'x', '.', 't', 's'}};

    if (equal(argument(1), "abort"))
        env_abort(message.text, file.text, 12, 34);
    if (equal(argument(1), "trap"))
        __builtin_trap();
    echo();
    verdict("arguments",
            equal(argument(1), "one") && equal(argument(2), "two words") && !*argument(3));
    verdict("memory", memory_works());
    verdict("heap", heap_works());
    verdict("time", time_works());
    verdict("random", random_works());
    verdict("run", env_runapp("fib 2") == 0);
    verdict("unknown", env_runapp("no-such-app") == -1);
    env_s_putchar('s');
    env_s_putchar('\n');
}
