/* A program that knows nothing of WasmOS: built with the distribution's clang and wasi-libc. The
 * first argument chooses what it does. */
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static int die(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    return 1;
}

static int show(int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        printf("argv[%d]=%s\n", i, argv[i]);
    for (char **e = environ; *e; e++)
        printf("env %s\n", *e);
    return 0;
}

static int count(void)
{
    unsigned long lines = 0, bytes = 0, sum = 0;
    int c;

    while ((c = getchar()) != EOF) {
        bytes++;
        lines += c == '\n';
        sum = sum * 31 + (unsigned)c;
    }
    printf("%lu lines, %lu bytes, sum %08lx\n", lines, bytes, sum & 0xffffffff);
    return ferror(stdin) ? die("stdin") : 0;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorted names with kinds and sizes, below `path`. */
static int list(const char *path)
{
    char *names[100];
    int n = 0;
    struct dirent *entry;
    DIR *dir = opendir(path);

    if (!dir)
        return die(path);
    while ((entry = readdir(dir)) && n < 100)
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
            names[n++] = strdup(entry->d_name);
    closedir(dir);
    qsort(names, (size_t)n, sizeof *names, by_text);
    for (int i = 0; i < n; i++) {
        char full[300];
        struct stat st;
        snprintf(full, sizeof full, "%s/%s", path, names[i]);
        if (stat(full, &st) != 0)
            return die(full);
        if (S_ISDIR(st.st_mode))
            printf("%s/\n", names[i]);
        else
            printf("%s %lld\n", names[i], (long long)st.st_size);
    }
    return 0;
}

static int files(const char *folder)
{
    char path[300], other[300], text[200];
    FILE *f;

    snprintf(path, sizeof path, "%s/in.txt", folder);
    if (!(f = fopen(path, "r")) || !fgets(text, sizeof text, f))
        return die(path);
    fclose(f);
    snprintf(path, sizeof path, "%s/out.txt", folder);
    if (!(f = fopen(path, "w+")))
        return die(path);
    fprintf(f, "copy: %s", text);
    if (fseek(f, 0, SEEK_SET) || !fgets(text, sizeof text, f) || fclose(f))
        return die(path);
    printf("%s", text);
    snprintf(path, sizeof path, "%s/made", folder);
    if (mkdir(path, 0777))
        return die(path);
    snprintf(path, sizeof path, "%s/made/a", folder);
    snprintf(other, sizeof other, "%s/made/b", folder);
    if (!(f = fopen(path, "wb")) || fwrite("\0\1\2\377", 1, 4, f) != 4 || fclose(f))
        return die(path);
    if (rename(path, other))
        return die("rename");
    if (access(path, F_OK) == 0)
        return die("still there");
    snprintf(path, sizeof path, "%s/old.txt", folder);
    if (unlink(path))
        return die(path);
    return list(folder);
}

static int numbers(void)
{
    struct timespec start, now;
    unsigned char random[16] = {0};
    unsigned bits = 0;
    void *blocks[200];

    printf("%.3f %g %e %a\n", 3.14159265, 1e-7, 123456.789, 1.0 / 3);
    printf("%.6f %.6f %.6f\n", sin(1.0), sqrt(2.0), pow(2.0, 0.5));
    printf("%" PRId64 " %" PRIu64 "\n", INT64_MIN, UINT64_MAX);
    printf("%ld %f\n", strtol("-0x7f", NULL, 16), strtod("2.5e3", NULL));
    clock_gettime(CLOCK_MONOTONIC, &start);
    usleep(20000);
    clock_gettime(CLOCK_MONOTONIC, &now);
    long long ns = (now.tv_sec - start.tv_sec) * 1000000000ll + now.tv_nsec - start.tv_nsec;
    printf("slept %s\n", ns >= 20000000 && ns < 20000000000ll ? "well" : "badly");
    printf("year %s\n", time(NULL) > 1704067200 ? "plausible" : "wrong");
    if (getentropy(random, sizeof random))
        return die("getentropy");
    for (unsigned i = 0; i < sizeof random; i++)
        bits += random[i] != 0;
    printf("random %s\n", bits > 8 ? "plausible" : "wrong");
    for (unsigned i = 0; i < 200; i++) {
        blocks[i] = malloc(1 + i * 997);
        if (!blocks[i])
            return die("malloc");
        memset(blocks[i], (int)i, 1 + i * 997);
    }
    for (unsigned i = 0; i < 200; i++) {
        if (*((unsigned char *)blocks[i] + i * 997) != i)
            return die("overlap");
        free(blocks[i]);
    }
    printf("memory well\n");
    return 0;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";

    if (!strcmp(what, "show"))
        return show(argc, argv);
    if (!strcmp(what, "count"))
        return count();
    if (!strcmp(what, "list"))
        return list(argc > 2 ? argv[2] : "/");
    if (!strcmp(what, "files"))
        return files(argc > 2 ? argv[2] : "/data");
    if (!strcmp(what, "numbers"))
        return numbers();
    if (!strcmp(what, "exit"))
        return argc > 2 ? atoi(argv[2]) : 0;
    if (!strcmp(what, "abort"))
        abort();
    fprintf(stderr, "Usage: stock show|count|list|files|numbers|exit|abort [ARGUMENT]\n");
    return 2;
}
