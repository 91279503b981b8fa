/* leak COUNT PROGRAM [ARG…]: runs the program COUNT times, one after another, and prints how much
 * memory the system has less than before. The first runs are not counted: caches of fixed size fill
 * in them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wasmos.h>

enum { WARM_UP = 50 };

static void run(char **argv)
{
    int pid, status;

    if (wasmos_spawn(argv, 0, 0, &pid) != 0 || wasmos_wait(pid, &pid, &status) != 0) {
        perror(argv[0]);
        exit(1);
    }
}

/* A number of /proc/meminfo in bytes, -1 if it is not there. */
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
    long long free_frames, heap;
    unsigned long long processes;
};

static struct usage measure(void)
{
    struct wasmos_sys_info info;
    struct usage u;

    if (wasmos_sys_info(&info) != 0) {
        perror("sys_info");
        exit(1);
    }
    u.heap = meminfo("KernelHeap");
    u.processes = info.processes;
    u.free_frames = (long long)info.memory_free / 4096;
    return u;
}

int main(int argc, char **argv)
{
    long count = argc > 2 ? atol(argv[1]) : 0;
    struct usage before, after;

    if (count <= 0) {
        fprintf(stderr, "Usage: leak COUNT PROGRAM [ARG...]\n");
        return 2;
    }
    measure();
    for (long i = 0; i < WARM_UP; i++)
        run(argv + 2);
    before = measure();
    for (long i = 0; i < count; i++)
        run(argv + 2);
    after = measure();
    fprintf(stderr, "programs %ld\nframes lost %lld\nheap bytes lost %lld\nprocesses left %lld\n",
            count, before.free_frames - after.free_frames, after.heap - before.heap,
            (long long)(after.processes - before.processes));
    return 0;
}
