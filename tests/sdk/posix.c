/* Smaller functions of POSIX and what is usual beside it. */
#include "check.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <limits.h>
#include <search.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/param.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#define CHECK_TEXT(call, wanted) CHECK(strcmp((call), (wanted)) == 0)

static int compare_ints(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static int visited, last_key, in_order = 1;

static void visit(const void *node, VISIT order, int depth)
{
    (void)depth;
    if (order != postorder && order != leaf)
        return;
    int key = **(const int *const *)node;
    in_order &= visited++ == 0 || key > last_key;
    last_key = key;
}

static void searching(void)
{
    enum { N = 2000 };
    static int keys[N];
    void *tree = NULL;
    for (int i = 0; i < N; i++) {
        keys[i] = i * 7919 % N; /* each number once */
        CHECK(**(int **)tsearch(&keys[i], &tree, compare_ints) == keys[i]);
    }
    CHECK(tsearch(&keys[5], &tree, compare_ints) == tfind(&keys[5], &tree, compare_ints));
    twalk(tree, visit);
    CHECK(visited == N && in_order);
    for (int i = 0; i < N; i += 2)
        CHECK(tdelete(&keys[i], &tree, compare_ints) != NULL);
    CHECK(!tdelete(&keys[0], &tree, compare_ints) && !tfind(&keys[0], &tree, compare_ints));
    visited = 0;
    twalk(tree, visit);
    CHECK(visited == N / 2 && in_order);
    tdestroy(tree, NULL);

    CHECK(hcreate(4));
    static char names[100][4];
    for (int i = 0; i < 100; i++) {
        sprintf(names[i], "%d", i);
        CHECK(hsearch((ENTRY){names[i], &keys[i]}, ENTER) != NULL);
    }
    CHECK(hsearch((ENTRY){"77", NULL}, FIND)->data == &keys[77]);
    CHECK(!hsearch((ENTRY){"x", NULL}, FIND) && errno == ESRCH);
    hdestroy();
    CHECK(!hsearch((ENTRY){"77", NULL}, FIND));

    int numbers[4] = {3, 1}, five = 5;
    size_t count = 2;
    CHECK(!lfind(&five, numbers, &count, sizeof(int), compare_ints));
    CHECK(lsearch(&five, numbers, &count, sizeof(int), compare_ints) == &numbers[2] && count == 3);
}

static void strings(void)
{
    static const char *const ordered[] = {"000", "00", "01", "010", "09", "0", "1", "9", "10"};
    for (int i = 0; i < 9; i++)
        for (int j = 0; j < 9; j++) {
            int c = strverscmp(ordered[i], ordered[j]);
            CHECK((c > 0) - (c < 0) == (i > j) - (i < j));
        }
    CHECK(strverscmp("a10b", "a9b") > 0 && strverscmp("a", "5") > 0 && strverscmp("", "1") < 0);
    CHECK_TEXT(strsignal(SIGKILL), "Killed");
    CHECK_TEXT(strsignal(12345), "Unknown signal");
    CHECK(a64l("/.") == 1 && a64l("zzzzzz") == -1 && a64l("") == 0);
    CHECK_TEXT(l64a(64), "./");
    CHECK(a64l(l64a(123456789)) == 123456789);

    char options[] = "ro,size=10,bad,name", *at = options, *value;
    char *const tokens[] = {"ro", "size", "name", NULL};
    CHECK(getsubopt(&at, tokens, &value) == 0 && !value);
    CHECK(getsubopt(&at, tokens, &value) == 1 && strcmp(value, "10") == 0);
    CHECK(getsubopt(&at, tokens, &value) == -1 && strcmp(value, "bad") == 0);
    CHECK(getsubopt(&at, tokens, &value) == 2 && *at == '\0');
    swab("abcd", options, 4);
    CHECK(memcmp(options, "badc", 4) == 0);
}

static void numbers(void)
{
    srand48(1); /* the values that POSIX's formula gives */
    CHECK(lrand48() == 89400484 && lrand48() == 976015093);
    unsigned short x[3] = {1, 2, 3};
    double d = erand48(x);
    CHECK(d >= 0 && d < 1);
    CHECK(jrand48(x) != jrand48(x));
    CHECK(fegetround() == FE_TONEAREST && fesetround(FE_TONEAREST) == 0 && fesetround(1) != 0);
    CHECK(feclearexcept(FE_ALL_EXCEPT) == 0 && feraiseexcept(1) == 0 && fetestexcept(1) == 0);
    CHECK(MIN(1, 2) == 1 && howmany(10, 4) == 3 && roundup(10, 4) == 12 && powerof2(64));
}

/* The fields as "%Y-%m-%d %H:%M:%S day-of-week day-of-year", or "no". */
static const char *read_time(const char *text, const char *format)
{
    static char out[80];
    struct tm t = {.tm_mday = 1};
    if (!strptime(text, format, &t))
        return "no";
    snprintf(out, sizeof out, "%d-%02d-%02d %02d:%02d:%02d %d %d", t.tm_year + 1900, t.tm_mon + 1,
             t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, t.tm_wday, t.tm_yday);
    return out;
}

static void times_and_dates(void)
{
    CHECK_TEXT(read_time("2024-02-29T12:34:56", "%Y-%m-%dT%H:%M:%S"), "2024-02-29 12:34:56 4 59");
    CHECK_TEXT(read_time("Thu Jan  1 00:00:00 1970", "%c"), "1970-01-01 00:00:00 4 0");
    CHECK_TEXT(read_time("12/31/99", "%D"), "1999-12-31 00:00:00 5 364");
    CHECK_TEXT(read_time("march 7 68", "%b %d %y"), "2068-03-07 00:00:00 3 66");
    CHECK_TEXT(read_time("12:05:00 am", "%r"), "1900-01-01 00:05:00 0 0");
    CHECK_TEXT(read_time("86400", "%s"), "1970-01-02 00:00:00 5 1");
    CHECK_TEXT(read_time("25:00", "%H:%M"), "no");
    CHECK_TEXT(read_time("Foo", "%a"), "no");
    CHECK_TEXT(read_time("1", "%"), "no");
    CHECK_TEXT(read_time("99999999999999999999", "%s"), "no");
    struct tm t = {0};
    CHECK(strptime("+0130", "%z", &t) && t.tm_gmtoff == 5400);
    char text[64];
    time_t zero = 0;
    CHECK_TEXT(ctime_r(&zero, text), "Thu Jan  1 00:00:00 1970\n");
    tzset();
    CHECK(timezone == 0 && daylight == 0 && strcmp(tzname[0], "UTC") == 0);
    struct timeval a = {1, 900000}, b = {0, 200000}, c;
    timeradd(&a, &b, &c);
    CHECK(c.tv_sec == 2 && c.tv_usec == 100000);
    timersub(&c, &b, &c);
    CHECK(timercmp(&c, &a, ==));
    struct tms used;
    CHECK(times(&used) != -1 && used.tms_utime >= 0);
}

static void the_system(void)
{
    struct utsname u;
    struct rusage r;
    struct rlimit l;
    CHECK(uname(&u) == 0 && strcmp(u.sysname, "WasmOS") == 0);
    char host[4];
    CHECK(gethostname(host, sizeof host) == -1 && errno == ENAMETOOLONG);
    CHECK(getpid() > 0 && getpid() == getpid() && getuid() == 0);
    CHECK(sysconf(_SC_PAGESIZE) == 65536 && sysconf(_SC_NPROCESSORS_ONLN) > 0);
    CHECK(sysconf(12345) == -1 && errno == EINVAL);
    errno = 0;
    CHECK(sysconf(_SC_CHILD_MAX) == -1 && errno == 0);
    CHECK(pathconf("/", _PC_NAME_MAX) == NAME_MAX && pathconf("/no", _PC_NAME_MAX) == -1);
    CHECK(fpathconf(99, _PC_PIPE_BUF) == -1 && errno == EBADF);
    CHECK(getrusage(RUSAGE_SELF, &r) == 0 && r.ru_maxrss > 0);
    CHECK(getrusage(RUSAGE_CHILDREN, &r) == -1 && errno == ENOSYS);
    CHECK(getrlimit(RLIMIT_STACK, &l) == 0 && l.rlim_cur == 262144);
    CHECK(setrlimit(RLIMIT_STACK, &l) == 0);
    l.rlim_cur++;
    CHECK(setrlimit(RLIMIT_STACK, &l) == -1 && errno == EPERM);
    CHECK(getrlimit(99, &l) == -1 && errno == EINVAL);
    struct winsize w;
    CHECK(ioctl(99, TIOCGWINSZ, &w) == -1 && errno == EBADF);
    CHECK(ioctl(1, 12345) == -1 && errno == ENOTTY);
    CHECK(umask(077) == 022 && umask(022) == 077);
    CHECK(posix_fadvise(99, 0, 0, POSIX_FADV_NORMAL) == EBADF);
}

static void pieces(void)
{
    char a[3], b[10];
    int fd = open("/tmp/pieces", O_RDWR | O_CREAT | O_TRUNC, 0644);
    struct iovec out[2] = {{"abc", 3}, {"defgh", 5}}, in[2] = {{a, 3}, {b, 10}};
    CHECK(writev(fd, out, 2) == 8);
    CHECK(preadv(fd, in, 2, 1) == 7 && memcmp(a, "bcd", 3) == 0 && memcmp(b, "efgh", 4) == 0);
    CHECK(pwritev(fd, out, 1, 5) == 3 && lseek(fd, 0, SEEK_SET) == 0);
    CHECK(readv(fd, in, 2) == 8 && memcmp(b, "deabc", 5) == 0);
    CHECK(readv(fd, in, -1) == -1 && errno == EINVAL);
    CHECK(writev(fd, out, IOV_MAX + 1) == -1 && errno == EINVAL);
    CHECK(readv(99, in, 2) == -1 && errno == EBADF);
    CHECK(posix_fallocate(fd, 0, 100) == 0 && lseek(fd, 0, SEEK_END) == 100);
    CHECK(posix_fallocate(fd, -1, 100) == EINVAL);
    close(fd);
}

int main(void)
{
    searching();
    strings();
    numbers();
    times_and_dates();
    the_system();
    pieces();
    fflush(stdout);
    errno = ENOENT;
    warn("text %d", 1);
    warnx("text");
    if (check_report())
        return 1;
    fflush(stdout);
    errno = EACCES;
    err(0, NULL);
}
