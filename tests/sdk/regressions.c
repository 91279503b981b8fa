/* What was once wrong, a case each. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void scanf_gives_back_one_character(void)
{
    double d = 5;
    char *end;
    int none = sscanf("10e", "%lf", &d), sign = sscanf("1e+", "%lf", &d);
    printf("10e: %d, 1e+: %d, 1e5: %d", none, sign, sscanf("1e5x", "%lf", &d));
    printf(" %g, strtod %g", d, strtod("10e", &end));
    printf(" leaves \"%s\"\n", end);
}

static void fdopen_appends(void)
{
    char text[16] = "", name[] = "/tmp/append-XXXXXX";
    int fd = mkstemp(name);
    if (write(fd, "abcd", 4) != 4 || lseek(fd, 0, SEEK_SET) != 0)
        return;
    FILE *f = fdopen(fd, "a");
    fputs("efg", f);
    printf("at %ld", ftell(f));
    fclose(f);
    f = fopen(name, "r");
    printf(" of \"%s\"\n", fgets(text, sizeof text, f));
    fclose(f);
    unlink(name);
}

static void random_keeps_its_state_where_it_is_told(void)
{
    char other[8];
    srandom(7);
    long first = random(), second = random();
    srandom(7);
    int same = random() == first;
    char *before = initstate(9, other, sizeof other);
    (void)random();
    setstate(before);
    printf("same %d, goes on %d, too small %d\n", same, random() == second,
           initstate(1, other, 7) == NULL);
}

int main(void)
{
    scanf_gives_back_one_character();
    fdopen_appends();
    random_keeps_its_state_where_it_is_told();
}
