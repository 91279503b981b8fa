/* fuzz-calls ITSELF FIRST-SEED SEEDS CALLS: calls every function of abi/ with random and absurd
 * arguments, each seed in a child of its own whose world is one folder; the same several times.
 * Then prints how much memory each round lost, and runs `fib 5`.
 *
 * All addresses it passes lie in the first bytes of memory, where nothing is, or in the arena above
 * all data of the program; so nothing else may change, which a pattern in between shows. Equal
 * arguments make equal calls. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wasmos.h>

#include "fuzz-arguments.h"
#include "fuzz-calls.h"

struct call {
    const char *module, *name, *kinds;
    int (*run)(const uint64_t *a);
};
#define ROW(module, name, kinds, types, arguments) {NAME_OF(module), #name, kinds, do_##name},
#define ROW_VOID(name, kinds)                      {"env", #name, kinds, do_##name},
static const struct call calls[] = {CALLS(ROW) VOID_CALLS(ROW_VOID)};
enum { NCALLS = sizeof calls / sizeof *calls };

#define WASI(name, types, text)   #name,
#define WASMOS(name, types, text) #name,
#define ENV(name, types, text)    #name,
static const char *const all_names[] = {
#include "../../abi/env.def"
#include "../../abi/wasi.def"
#include "../../abi/wasmos.def"
};
static const char *const left_out[] = {"proc_exit", "abort"};

static uint8_t guard[GUARD_BYTES];

/* ---- one seed, in the child ---- */

/* For the parent, in the folder: the child may have no other descriptor left. */
static void say(const char *text)
{
    int fd;

    sys_fd_close(WORK_FD + 1);
    if (sys_path_open(WORK_FD, 0, (uint32_t)(uintptr_t)REPORT, sizeof REPORT - 1, 1, 0x1fffffff, 0,
                      1, (uint32_t)(uintptr_t)&fd) == 0)
        write(fd, text, strlen(text));
}

static int complain(const struct call *c, const uint64_t *a, int result)
{
    char line[400];
    int n = snprintf(line, sizeof line, "%s.%s(", c->module, c->name);
    for (unsigned i = 0; i < ARGS_MAX; i++)
        n += snprintf(line + n, sizeof line - (size_t)n, " %llx", (unsigned long long)a[i]);
    snprintf(line + n, sizeof line - (size_t)n, ") is %d\n", result);
    say(line);
    return 1;
}

/* A descriptor for each kind of file; 0 to 2 read and write nothing. */
static void open_some(void)
{
    static const char *const files[] = {"/dev/null", "/dev/zero", "/dev/random", "/proc/meminfo",
                                        "/bin",      "/proc",     "/dev"};
    int work = open(WORK, O_RDONLY | O_DIRECTORY);

    if (work < 0)
        exit(2);
    for (uint32_t fd = 0; fd < 3; fd++)
        sys_fd_renumber((uint32_t)open("/dev/null", O_RDWR), fd);
    for (unsigned i = 0; i < sizeof files / sizeof *files; i++)
        if (open(files[i], O_RDWR) < 0)
            (void)open(files[i], O_RDONLY);
    sys_fd_renumber((uint32_t)work, WORK_FD);
    for (uint32_t fd = WORK_FD + 1; fd < (uint32_t)work && sys_fd_close(fd) == 0; fd++)
        ; /* other folders that were inherited */
}

static const struct call *find(const char *name)
{
    const struct call *c = calls;
    while (strcmp(c->name, name) != 0)
        c++;
    return c;
}

/* What takes long or takes away what others need. */
static bool is_rare(const struct call *c)
{
    return c->module[0] == 'e' || c->run == do_fd_close || c->run == do_fd_renumber ||
           c->run == do_fd_fdstat_set_rights || c->run == do_dup_to;
}

/* Changes arguments so that the call can succeed, or ends soon. */
static void make_likely(const struct call *c, uint64_t *a)
{
    if (c->run == do_wait)
        a[1] = 1;
    if (c->run == do_kill)
        a[1] = one_in(2) ? 2 : 9;
    if (c->run == do_pipe)
        a[0] = below(2) * 4;
    if (c->run == do_dup)
        a[1] = below(64);
    if (c->run == do_fd_seek)
        a[2] = below(3);
    if (c->run == do_fd_fdstat_set_rights)
        a[1] = a[2] = UINT32_MAX >> 3 & ~(1ull << below(64));
    if (c->run == do_path_open) {
        a[1] = below(2);
        a[4] = one_in(2) ? 1 : below(4) | one_in(8) * 8;
        a[5] = a[6] = 0x1fffffff;
        if (one_in(3) || a[4] & 2)
            a[5] &= ~0x40ull; /* not to be written: may be a folder */
        a[7] = one_in(3) ? below(32) : 0;
        a[8] = inside(4);
    }
}

/* A pipe with both ends could be waited for without end. */
static void close_one_end(uint32_t at)
{
    uint32_t ends[2];
    memcpy(ends, bytes_at(at), sizeof ends);
    last_fd = ends[below(2)];
    sys_fd_close(ends[0] ^ ends[1] ^ last_fd);
}

static int fuzz(uint64_t seed, unsigned count)
{
    dice_state = seed * 0x9e3779b97f4a7c15ull + 1;
    for (unsigned i = 0; i < sizeof guard; i++)
        guard[i] = (uint8_t)(i * 7 + i / 251);
    open_some();
    arena = (uint32_t)__builtin_wasm_memory_grow(0, ARENA_PAGES) * PAGE;
    for (unsigned n = 0; n < count; n++) {
        const struct call *c = one_in(8) ? find("path_open") : &calls[below(NCALLS)];
        uint64_t a[ARGS_MAX] = {0};
        unsigned filled = 0;
        if (is_rare(c) && !one_in(4))
            continue;
        for (const char *k = c->kinds; *k; k++)
            filled += make(*k, a + filled);
        if (!one_in(4))
            make_likely(c, a);
        int result = c->run(a);
        if (c->module[0] != 'e' && (result < 0 || result > ERRNO_MAX))
            return complain(c, a, result);
        if (c->run == do_spawn && result == 0 && is_ours((uint32_t)a[10], 4))
            memcpy(&last_pid, bytes_at((uint32_t)a[10]), sizeof last_pid);
        if (c->run == do_pipe && result == 0)
            close_one_end((uint32_t)a[1]);
        if (c->run == do_path_open && result == 0 && is_ours((uint32_t)a[8], 4))
            memcpy(&last_fd, bytes_at((uint32_t)a[8]), sizeof last_fd);
    }
    for (unsigned i = 0; i < sizeof guard; i++)
        if (guard[i] != (uint8_t)(i * 7 + i / 251)) {
            say("memory changed that no call was given\n");
            return 1;
        }
    return 0;
}

/* ---- the parent ---- */

static int complete(void)
{
    int missing = 0;
    for (unsigned n = 0; n < sizeof all_names / sizeof *all_names; n++) {
        bool found = false;
        for (unsigned i = 0; i < sizeof left_out / sizeof *left_out; i++)
            found |= strcmp(all_names[n], left_out[i]) == 0;
        for (unsigned i = 0; i < NCALLS; i++)
            found |= strcmp(all_names[n], calls[i].name) == 0;
        if (!found)
            fprintf(stderr, "no row for %s\n", all_names[n]);
        missing += !found;
    }
    return missing;
}

/* Empties the folder `path` (PATH_MAX bytes of room) without recursion: from the deepest folder up.
 */
static void empty(const char *top)
{
    static char path[64 * 1024];
    size_t top_length = strlen(top);
    strcpy(path, top);
    for (;;) {
        DIR *d = opendir(path);
        struct dirent *e;
        size_t length = strlen(path);
        bool descended = false;
        while (d && !descended && (e = readdir(d))) {
            if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
                continue;
            snprintf(path + length, sizeof path - length, "/%s", e->d_name);
            if (unlink(path) != 0 && rmdir(path) != 0)
                descended = errno == ENOTEMPTY;
            if (!descended)
                path[length] = 0;
        }
        if (d)
            closedir(d);
        if (descended)
            continue;
        if (length <= top_length)
            return;
        rmdir(path);
        *strrchr(path, '/') = 0;
    }
}

static long long meminfo(const char *key)
{
    char line[128];
    long long value = -1;
    size_t length = strlen(key);
    FILE *f = fopen("/proc/meminfo", "r");

    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, key, length) == 0 && line[length] == ':')
            value = atoll(line + length + 1);
    if (f)
        fclose(f);
    return value;
}

struct usage {
    long long free_frames, heap, processes;
};

static struct usage measure(void)
{
    struct wasmos_sys_info info;
    struct usage u = {.heap = meminfo("KernelHeap")};

    wasmos_sys_info(&info);
    u.free_frames = (long long)info.memory_free / 4096;
    u.processes = (long long)info.processes;
    return u;
}

static void show(const char *path)
{
    char line[512];
    FILE *f = fopen(path, "r");

    while (f && fgets(line, sizeof line, f))
        fputs(line, stderr);
    if (f)
        fclose(f);
}

static void one_child(char **argv, unsigned long seed)
{
    char number[24];
    char *child[] = {argv[1], "child", number, argv[4], NULL};
    int pid, status = -1, fd;
    DIR *d;
    struct dirent *e;

    snprintf(number, sizeof number, "%lu", seed);
    mkdir(TOP, 0777);
    mkdir(WORK, 0777);
    fd = open(TOP "/canary", O_CREAT | O_WRONLY, 0666);
    close(fd);
    if (wasmos_spawn(child, 0, 0, &pid) != 0 || wasmos_wait(pid, &pid, &status) != 0 ||
        status != 0) {
        fprintf(stderr, "seed %lu: status %d\n", seed, status);
        show(WORK "/" REPORT);
        exit(1);
    }
    while (measure().processes > 1) /* the child's children go on a little */
        usleep(1000);
    d = opendir(TOP);
    while ((e = readdir(d)))
        if (e->d_name[0] != '.' && strcmp(e->d_name, "canary") != 0 &&
            strcmp(e->d_name, "inside") != 0) {
            fprintf(stderr, "seed %lu: %s is outside of the child's folder\n", seed, e->d_name);
            exit(1);
        }
    closedir(d);
    if (access(TOP "/canary", F_OK) != 0) {
        fprintf(stderr, "seed %lu: a file outside of the child's folder has gone\n", seed);
        exit(1);
    }
    empty(TOP);
    if (rmdir(TOP) != 0) {
        perror(TOP);
        exit(1);
    }
}

static long long least(long long x, long long y)
{
    return x < y ? x : y;
}

/* The same rounds again and again. The first fills caches, and which process runs when may differ
 * later; what is lost really is lost in each. */
static void all_rounds(char **argv, unsigned long first, unsigned long seeds)
{
    long long frames = INT64_MAX, heap = INT64_MAX, processes = INT64_MAX;

    for (int round = 0; round < ROUNDS; round++) {
        struct usage before = measure(), after;

        for (unsigned long i = 0; i < seeds; i++)
            one_child(argv, first + i);
        after = measure();
        if (round == 0)
            continue;
        frames = least(frames, before.free_frames - after.free_frames);
        heap = least(heap, after.heap - before.heap);
        processes = least(processes, after.processes - before.processes);
    }
    printf("frames lost %lld\nheap bytes lost %lld\nprocesses left %lld\n", frames, heap,
           processes);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    char *last[] = {"fib", "5", NULL};
    int pid, status;

    if (argc == 4 && strcmp(argv[1], "child") == 0)
        return fuzz(strtoul(argv[2], NULL, 10), (unsigned)strtoul(argv[3], NULL, 10));
    if (argc != 5 || complete() != 0)
        return 2;
    all_rounds(argv, strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10));
    if (wasmos_spawn(last, 0, 0, &pid) != 0 || wasmos_wait(pid, &pid, &status) != 0)
        return 1;
    return status;
}
