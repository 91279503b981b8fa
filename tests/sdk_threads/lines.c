/* Streams that many threads use: lines stay whole, no byte is lost, none is read twice. */
#include "tests/sdk_threads/check.h"
#include <pthread.h>
#include <stdint.h>
#include <string.h>

enum { WRITERS = 8, LINES = 400, READERS = 4 };

static FILE *out;

static void *writes(void *argument)
{
    int n = (int)(intptr_t)argument;
    char letters[60];
    memset(letters, 'a' + n, sizeof letters);
    for (int i = 0; i < LINES; i++) {
        switch (i % 3) {
        case 0:
            fprintf(out, "%d %d %.*s\n", n, i, 10 + i % 50, letters);
            break;
        case 1: {
            char line[80];
            int len = snprintf(line, sizeof line, "%d %d %.*s\n", n, i, 10 + i % 50, letters);
            CHECK(fwrite(line, 1, (size_t)len, out) == (size_t)len);
            break;
        }
        default: /* several calls, one line */
            flockfile(out);
            fprintf(out, "%d %d ", n, i);
            for (int k = 0; k < 10 + i % 50; k++)
                putc_unlocked('a' + n, out);
            fputc('\n', out);
            funlockfile(out);
        }
    }
    return NULL;
}

static void check_line(const char *line, int *next)
{
    int n, i;
    char letters[64];
    CHECK(sscanf(line, "%d %d %63s\n", &n, &i, letters) == 3);
    CHECK(n >= 0 && n < WRITERS && i == next[n]); /* each writer's lines in its order */
    next[n]++;
    CHECK((int)strlen(letters) == 10 + i % 50 &&
          strspn(letters, (char[]){(char)('a' + n), 0}) == strlen(letters));
}

static int seen[WRITERS][LINES];

static void *reads(void *argument)
{
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, argument) > 0) {
        int n, i;
        CHECK(sscanf(line, "%d %d ", &n, &i) == 2);
        __atomic_add_fetch(&seen[n][i], 1, __ATOMIC_SEQ_CST);
    }
    free(line);
    return NULL;
}

static void run(void *(*what)(void *), int count, void *argument)
{
    pthread_t t[WRITERS];
    for (int i = 0; i < count; i++)
        CHECK(pthread_create(&t[i], NULL, what, argument ? argument : (void *)(intptr_t)i) == 0);
    for (int i = 0; i < count; i++)
        CHECK(pthread_join(t[i], NULL) == 0);
}

int main(void)
{
    char line[100];
    int next[WRITERS] = {0}, total = 0;
    out = tmpfile();
    CHECK(out);
    run(writes, WRITERS, NULL);
    rewind(out);
    while (fgets(line, sizeof line, out)) {
        check_line(line, next);
        total++;
    }
    CHECK(total == WRITERS * LINES);
    rewind(out);
    run(reads, READERS, out);
    for (int n = 0; n < WRITERS; n++)
        for (int i = 0; i < LINES; i++)
            CHECK(seen[n][i] == 1);
    fclose(out);
    printf("%d lines\n", total);
}
