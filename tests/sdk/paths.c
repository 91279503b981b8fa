/* glob, realpath, basename, nftw, scandir and names of temporary files, in a small tree. */
#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void touch(const char *path)
{
    close(open(path, O_WRONLY | O_CREAT, 0644));
}

static void plant(void)
{
    static const char *const files[] = {"a1",      "a2",      "a10",     "b",
                                        ".hidden", "sub/x.c", "sub/y.c", "sub/deep/z.c"};
    mkdir("tree", 0755);
    chdir("tree");
    mkdir("sub", 0755);
    mkdir("sub/deep", 0755);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        touch(files[i]);
    symlink("sub", "link");
    symlink("loop2", "loop1");
    symlink("loop1", "loop2");
}

/* The paths, with a space in between; or the result if it is none. */
static const char *globbed(const char *pattern, int flags)
{
    static char text[1000];
    glob_t g;
    int result = glob(pattern, flags, NULL, &g);
    if (result) {
        snprintf(text, sizeof text, "%d", result);
        return text;
    }
    text[0] = '\0';
    for (size_t i = 0; i < g.gl_pathc; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? " " : "",
                 g.gl_pathv[i]);
    CHECK(g.gl_pathv[g.gl_pathc] == NULL);
    globfree(&g);
    return text;
}

#define CHECK_TEXT(call, wanted) CHECK(strcmp((call), (wanted)) == 0)

static void globbing(void)
{
    CHECK_TEXT(globbed("a*", 0), "a1 a10 a2");
    CHECK_TEXT(globbed("*", 0), "a1 a10 a2 b link loop1 loop2 sub");
    CHECK_TEXT(globbed(".h*", 0), ".hidden");
    CHECK_TEXT(globbed("*/*.c", 0), "link/x.c link/y.c sub/x.c sub/y.c");
    CHECK_TEXT(globbed("sub/*/*.c", 0), "sub/deep/z.c");
    CHECK_TEXT(globbed("s*", GLOB_MARK), "sub/");
    CHECK_TEXT(globbed("s*//x.c", 0), "sub//x.c");
    CHECK_TEXT(globbed("nothing*", 0), "3");
    CHECK_TEXT(globbed("nothing*", GLOB_NOCHECK), "nothing*");
    CHECK_TEXT(globbed("", 0), "3");
    CHECK_TEXT(globbed("b/*", 0), "3");
    CHECK_TEXT(globbed("\\a1", 0), "a1");
    CHECK_TEXT(globbed("[ab]", 0), "b");
    CHECK_TEXT(globbed("/tmp/tree/a?", 0), "/tmp/tree/a1 /tmp/tree/a2");
    setenv("HOME", "/tmp/tree", 1);
    CHECK_TEXT(globbed("~/b", GLOB_TILDE), "/tmp/tree/b");

    glob_t g = {.gl_offs = 2};
    CHECK(glob("a1", GLOB_DOOFFS, NULL, &g) == 0);
    CHECK(glob("b", GLOB_DOOFFS | GLOB_APPEND, NULL, &g) == 0);
    CHECK(g.gl_pathc == 2 && !g.gl_pathv[0] && !g.gl_pathv[1]);
    CHECK_TEXT(g.gl_pathv[3], "b");
    globfree(&g);

    char *overlong = malloc(3 * PATH_MAX);
    for (int i = 0; i < PATH_MAX; i++)
        memcpy(overlong + 2 * i, "*/", 2);
    overlong[2 * PATH_MAX] = '\0';
    CHECK_TEXT(globbed(overlong, 0), "3");
    free(overlong);
}

static void names(void)
{
    static const char *const cases[][3] = {
        {"/usr/lib", "lib", "/usr"},
        {"/usr/", "usr", "/"},
        {"usr", "usr", "."},
        {"/", "/", "/"},
        {"", ".", "."},
        {"//a//", "a", "/"},
        {"a/b//", "b", "a"},
        {"..", "..", "."},
    };
    char copy[20];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        strcpy(copy, cases[i][0]);
        CHECK_TEXT(basename(copy), cases[i][1]);
        strcpy(copy, cases[i][0]);
        CHECK_TEXT(dirname(copy), cases[i][2]);
    }
    CHECK_TEXT(dirname(NULL), ".");
}

static void real_paths(void)
{
    char path[PATH_MAX];
    CHECK_TEXT(realpath("link/../sub/./x.c", path), "/tmp/tree/sub/x.c");
    CHECK_TEXT(realpath("link", path), "/tmp/tree/sub");
    CHECK_TEXT(realpath("/", path), "/");
    CHECK_TEXT(realpath("//..//tmp", path), "/tmp");
    CHECK(!realpath("loop1", path) && errno == ELOOP);
    CHECK(!realpath("nothing", path) && errno == ENOENT);
    CHECK(!realpath("b/", path) || strcmp(path, "/tmp/tree/b") == 0);
    CHECK(!realpath("b/c", path) && errno == ENOTDIR);
    CHECK(!realpath("", path) && errno == ENOENT);
    char *own = realpath("sub", NULL);
    CHECK_TEXT(own, "/tmp/tree/sub");
    free(own);
}

static int counts[8], stop_at;

static int count(const char *path, const struct stat *s, int type, struct FTW *info)
{
    (void)s;
    counts[type]++;
    CHECK(info->base <= (int)strlen(path));
    return strcmp(path + info->base, "y.c") == 0 ? stop_at : 0;
}

static int count_simply(const char *path, const struct stat *s, int type)
{
    (void)path;
    (void)s;
    counts[type]++;
    return 0;
}

static void walking(void)
{
    CHECK(nftw(".", count, 5, FTW_PHYS) == 0);
    CHECK(counts[FTW_F] == 8 && counts[FTW_D] == 3 && counts[FTW_SL] == 3);
    memset(counts, 0, sizeof counts);
    CHECK(nftw(".", count, 5, FTW_PHYS | FTW_DEPTH) == 0);
    CHECK(counts[FTW_DP] == 3 && counts[FTW_D] == 0);
    stop_at = 42;
    CHECK(nftw(".", count, 5, FTW_PHYS) == 42);
    CHECK(nftw("nothing", count, 5, 0) == -1 && errno == ENOENT);
    CHECK(nftw(".", count, 0, 0) == -1 && errno == EINVAL);
    memset(counts, 0, sizeof counts);
    CHECK(ftw(".", count_simply, 5) == 0);
    CHECK(counts[FTW_NS] == 2); /* the links that lead round in circles */
}

static int not_hidden(const struct dirent *e)
{
    return e->d_name[0] == 'a';
}

static void scanning(void)
{
    struct dirent **list;
    int n = scandir(".", &list, not_hidden, versionsort);
    CHECK(n == 3);
    CHECK_TEXT(list[0]->d_name, "a1");
    CHECK_TEXT(list[1]->d_name, "a2");
    CHECK_TEXT(list[2]->d_name, "a10");
    while (n > 0)
        free(list[--n]);
    free(list);
    CHECK(scandir("nothing", &list, NULL, alphasort) == -1 && errno == ENOENT);

    DIR *d = opendir(".");
    readdir(d);
    long place = telldir(d);
    char name[256];
    strcpy(name, readdir(d)->d_name);
    while (readdir(d))
        ;
    seekdir(d, place);
    CHECK_TEXT(readdir(d)->d_name, name);
    closedir(d);
    int fd = open("b", O_RDONLY);
    CHECK(!fdopendir(fd) && errno == ENOTDIR);
    close(fd);
    CHECK(!fdopendir(fd) && errno == EBADF);
}

static void temporary(void)
{
    char path[] = "file.XXXXXX.txt", folder[] = "folder.XXXXXX", wrong[] = "short.XXXXX";
    int fd = mkstemps(path, 4);
    CHECK(fd >= 0 && access(path, F_OK) == 0);
    CHECK(write(fd, "x", 1) == 1);
    close(fd);
    CHECK(mkdtemp(folder) && access(folder, F_OK) == 0);
    CHECK(mkstemp(wrong) == -1 && errno == EINVAL);
    CHECK(mkstemps(path, 100) == -1 && errno == EINVAL);
    char nowhere[] = "nothing/XXXXXX";
    CHECK(mkstemp(nowhere) == -1 && errno == ENOENT);
    CHECK_TEXT(nowhere, "nothing/XXXXXX");
    char name[L_tmpnam];
    CHECK(tmpnam(name) == name && access(name, F_OK) == -1);
}

static void relative(void)
{
    struct stat s;
    int fd = open("sub", O_RDONLY | O_DIRECTORY), file;
    CHECK((file = openat(fd, "x.c", O_RDONLY)) >= 0);
    close(file);
    CHECK(fstatat(fd, "deep", &s, 0) == 0 && S_ISDIR(s.st_mode));
    CHECK(fstatat(fd, "", &s, 0) == -1 && errno == ENOENT);
    CHECK(fstatat(999, "x.c", &s, 0) == -1 && errno == EBADF);
    CHECK(mkdirat(fd, "new", 0755) == 0 && renameat(fd, "new", AT_FDCWD, "moved") == 0);
    CHECK(unlinkat(AT_FDCWD, "moved", AT_REMOVEDIR) == 0);
    CHECK(unlinkat(fd, "x.c", 12345) == -1 && errno == EINVAL);
    CHECK(symlinkat("x.c", fd, "to_x") == 0 && readlinkat(fd, "to_x", (char[8]){0}, 8) == 3);
    CHECK(faccessat(fd, "y.c", R_OK, 0) == 0 && faccessat(fd, "no", F_OK, 0) == -1);
    struct timespec times[2] = {{1000000000, 5000}, {1234567890, 0}};
    CHECK(utimensat(fd, "y.c", times, 0) == 0 && fstatat(fd, "y.c", &s, 0) == 0);
    CHECK(s.st_mtime == 1234567890);
    times[1].tv_nsec = UTIME_OMIT;
    CHECK(utimensat(fd, "y.c", times, 0) == 0 && fstatat(fd, "y.c", &s, 0) == 0);
    CHECK(s.st_mtime == 1234567890);
    times[0].tv_nsec = 1000000000;
    CHECK(utimensat(fd, "y.c", times, 0) == -1 && errno == EINVAL);
    CHECK(chmod("b", 0755) == 0 && chmod("b", 0) == -1 && errno == ENOTSUP);
    close(fd);
}

int main(void)
{
    chdir("/tmp");
    plant();
    globbing();
    names();
    real_paths();
    walking();
    scanning();
    temporary();
    relative();
    return check_report();
}
