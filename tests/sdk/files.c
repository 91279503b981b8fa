/* Streams and descriptors on files, directories, errors. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The result of a call; one call a line, because arguments are evaluated in any order. */
static void show(int result)
{
    printf("%d ", result);
    if (result < 0)
        printf("(%s) ", strerror(errno));
}

static void writing_and_reading(void)
{
    FILE *f = fopen("/tmp/lines", "w");
    for (int i = 0; i < 2000; i++)
        fprintf(f, "line %d\n", i);
    printf("at %ld,", ftell(f));
    printf(" close %d\n", fclose(f));

    char line[40];
    int count = 0;
    f = fopen("/tmp/lines", "r");
    while (fgets(line, sizeof line, f))
        count++;
    printf("%d lines, the last: %s", count, line);
    printf("end %d, error %d\n", feof(f) != 0, ferror(f));

    fseek(f, 5, SEEK_SET);
    printf("%c", getc(f));
    ungetc('!', f);
    printf("%c", getc(f));
    printf(" at %ld\n", ftell(f));
    fseek(f, -10, SEEK_END);
    size_t n = fread(line, 1, sizeof line, f);
    printf("%zu bytes: %.*s", n, (int)n, line);
    rewind(f);
    int first, items = fscanf(f, "line %d\nline %*d\n", &first);
    printf("%d %d\n", items, first);
    fclose(f);
}

static void updating(void)
{
    char text[40] = {0};
    FILE *f = fopen("/tmp/update", "w+");
    fputs("Hello, there", f);
    rewind(f);
    fgets(text, 6, f);
    fseek(f, 0, SEEK_CUR);
    fputs("! T", f);
    fflush(f);
    rewind(f);
    fread(text, 1, sizeof text - 1, f);
    printf("%s\n", text);
    fclose(f);

    f = fopen("/tmp/update", "a");
    fputs(" More", f);
    fclose(f);
    f = fopen("/tmp/update", "rb");
    memset(text, 0, sizeof text);
    show((int)fread(text, 1, sizeof text - 1, f));
    puts(text);
    fclose(f);

    char *line = NULL;
    size_t capacity = 0;
    f = fopen("/tmp/lines", "r");
    for (int i = 0; i < 3; i++)
        printf("%zd ", getline(&line, &capacity, f));
    printf("%s", line);
    free(line);
    fclose(f);
}

static void descriptors(void)
{
    char text[20] = {0};
    int fd = open("/tmp/raw", O_RDWR | O_CREAT | O_TRUNC, 0644);
    show((int)write(fd, "0123456789", 10));
    show((int)pwrite(fd, "abc", 3, 4));
    show((int)lseek(fd, 2, SEEK_SET));
    show((int)read(fd, text, 6));
    puts(text);
    struct stat s;
    fstat(fd, &s);
    printf("%lld bytes, regular %d\n", (long long)s.st_size, S_ISREG(s.st_mode));
    printf("%d ", ftruncate(fd, 4));
    stat("/tmp/raw", &s);
    printf("%lld, terminal %d\n", (long long)s.st_size, isatty(fd));
    close(fd);
}

static void devices(void)
{
    static const char *const names[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random"};
    char bytes[16];
    for (int i = 0; i < 4; i++) {
        int fd = open(names[i], O_RDWR);
        errno = 0;
        printf("%s: terminal %d %d, read %d, ", names[i], isatty(fd), errno == ENOTTY,
               (int)read(fd, bytes, sizeof bytes));
        printf("at %d, written %d\n", (int)lseek(fd, 7, SEEK_SET) >= 0, (int)write(fd, "x", 1));
        close(fd);
    }
}

static void directories(void)
{
    show(mkdir("/tmp/folder", 0755));
    show(chdir("/tmp/folder"));
    char where[100];
    printf("%s\n", getcwd(where, sizeof where));
    FILE *f = fopen("inside", "w");
    show(fclose(f));
    show(access("/tmp/folder/inside", F_OK));
    show(access("../lines", R_OK));
    show(rename("inside", "../outside"));
    show(access("inside", F_OK));
    show(symlink("/tmp/outside", "link"));
    show(access("link", F_OK));
    DIR *d = opendir(".");
    for (struct dirent *e; (e = readdir(d));)
        if (e->d_name[0] != '.')
            printf("entry %s, link %d ", e->d_name, e->d_type == DT_LNK);
    closedir(d);
    show(remove("link"));
    show(remove("../outside"));
    show(chdir("/"));
    show(rmdir("/tmp/folder"));
    show(access("/tmp/folder", F_OK));
}

static void errors(void)
{
    FILE *f = fopen("/no/such/file", "r");
    show(f ? 0 : -1);
    f = fopen("/tmp", "w");
    show(f ? 0 : -1);
    f = fopen("/tmp/x", "q");
    show(f ? 0 : -1);
    show(close(99));
    show(open("/tmp/lines", O_CREAT | O_EXCL | O_WRONLY, 0644));
    f = fopen("/tmp/lines", "r");
    show(fputc('x', f));
    printf("%d\n", ferror(f) != 0);
    fclose(f);
    f = tmpfile();
    show(fputs("temporary", f));
    rewind(f);
    printf("%c\n", fgetc(f));
    fclose(f);
}

int main(void)
{
    writing_and_reading();
    updating();
    descriptors();
    devices();
    directories();
    errors();
    return 0;
}
