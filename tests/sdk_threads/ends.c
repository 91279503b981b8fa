/* How programs with threads end, and how threads come and go: the argument says which case. */
#include "tests/sdk_threads/check.h"
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <string.h>
#include <threads.h>
#include <unistd.h>

static sem_t for_ever, arrived;

static void *sleeps(void *argument)
{
    sem_post(&arrived);
    sem_wait(&for_ever);
    return argument;
}

static void start(void *(*run)(void *), void *argument)
{
    pthread_t t;
    CHECK(pthread_create(&t, NULL, run, argument) == 0);
}

static void says_at_exit(void)
{
    puts("at exit");
}

/* ---- the end of the program ---- */

static void *exits(void *status)
{
    printf("not flushed by itself");
    exit((int)(intptr_t)status);
}

static void *traps(void *argument)
{
    abort();
    return argument;
}

static void *holds_stdout(void *argument)
{
    flockfile(stdout);
    printf("lost");
    return sleeps(argument);
}

static void *reads_stdin(void *argument)
{
    sem_post(&arrived);
    getchar();
    return argument;
}

static void *says_late(void *argument)
{
    usleep(50000);
    puts("late, but said");
    return argument;
}

static void end_in(void *(*run)(void *), void *argument)
{
    atexit(says_at_exit);
    start(sleeps, NULL);
    start(run, argument);
    sem_wait(&for_ever);
}

static void exit_of_a_thread(void)
{
    end_in(exits, (void *)7);
}

static void trap_of_a_thread(void)
{
    end_in(traps, NULL);
}

static void return_from_main(void)
{
    start(sleeps, NULL);
    start(reads_stdin, NULL);
    sem_wait(&arrived);
    sem_wait(&arrived);
    printf("flushed");
}

static void exit_without_stdout(void)
{
    start(holds_stdout, NULL);
    sem_wait(&arrived);
}

static void many_exits(void)
{
    for (int i = 0; i < 8; i++)
        start(exits, (void *)3);
    exit(3);
}

static void first_thread_leaves(void)
{
    atexit(says_at_exit);
    start(says_late, NULL);
    thrd_exit(5);
}

/* ---- stacks ---- */

__attribute__((noinline)) static int use(char *bytes, int n)
{
    bytes[n % 100] = (char)n;
    return bytes[(n + 1) % 100];
}

static int deep(int n)
{
    char bytes[100] = {0};
    int below = use(bytes, n);
    return n == 0 ? below : deep(n - 1) + use(bytes, below + 1);
}

static void *goes_deep(void *depth)
{
    deep((int)(intptr_t)depth);
    return NULL;
}

/* Full to the last kilobytes, and printf still works there. */
static void *prints_deep(void *depth)
{
    int n = (int)(intptr_t)depth;
    if (n > 0)
        return deep(0) >= 0 ? prints_deep((void *)(intptr_t)(n - 1)) : NULL;
    printf("%.3f\n", 1.5);
    return NULL;
}

static void overflow_of_a_stack(void)
{
    pthread_t t;
    CHECK(pthread_create(&t, NULL, goes_deep, (void *)1000) == 0 && pthread_join(t, NULL) == 0);
    CHECK(pthread_create(&t, NULL, prints_deep, (void *)100) == 0 && pthread_join(t, NULL) == 0);
    fflush(stdout);
    start(goes_deep, (void *)1000000);
    sem_wait(&for_ever);
}

/* ---- as many as there may be ---- */

static void *waits(void *argument)
{
    sem_wait(&for_ever);
    return argument;
}

static void limit(void)
{
    static pthread_t t[PTHREAD_THREADS_MAX];
    for (int round = 0; round < 2; round++) {
        int n = 0, error;
        while ((error = pthread_create(&t[n], NULL, waits, NULL)) == 0)
            CHECK(++n < PTHREAD_THREADS_MAX);
        printf("%d threads, then %s\n", n + 1, error == EAGAIN ? "EAGAIN" : "another error");
        for (int i = 0; i < n; i++)
            sem_post(&for_ever);
        for (int i = 0; i < n; i++)
            CHECK(pthread_join(t[i], NULL) == 0);
    }
}

/* ---- threads that nobody joins ---- */

static void *posts(void *argument)
{
    char bytes[5000];
    memset(bytes, 1, sizeof bytes);
    sem_post(&arrived);
    return bytes[77] == 1 ? argument : NULL;
}

static void detached(void)
{
    enum { MANY = 400, AT_ONCE = 8 };
    pthread_attr_t a;
    pthread_attr_init(&a);
    pthread_attr_setdetachstate(&a, PTHREAD_CREATE_DETACHED);
    size_t pages = 0;
    for (int i = 0; i < MANY; i++) {
        pthread_t t;
        CHECK(pthread_create(&t, i % 2 ? &a : NULL, posts, NULL) == 0);
        if (i % 2 == 0)
            CHECK(pthread_detach(t) == 0);
        if (i % AT_ONCE == AT_ONCE - 1)
            for (int k = 0; k < AT_ONCE; k++)
                sem_wait(&arrived);
        if (i == MANY / 2)
            pages = __builtin_wasm_memory_size(0);
    }
    size_t more = __builtin_wasm_memory_size(0) - pages;
    printf("%d detached, %s\n", MANY,
           more < 2000000 / 65536 ? "their stacks freed" : "memory grows");
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } cases[] = {
        {"exit", exit_of_a_thread},
        {"trap", trap_of_a_thread},
        {"return", return_from_main},
        {"locked", exit_without_stdout},
        {"exits", many_exits},
        {"leaves", first_thread_leaves},
        {"overflow", overflow_of_a_stack},
        {"limit", limit},
        {"detached", detached},
    };
    sem_init(&for_ever, 0, 0);
    sem_init(&arrived, 0, 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (argc > 1 && strcmp(argv[1], cases[i].name) == 0)
            cases[i].run();
    return 0;
}
