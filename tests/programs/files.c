/* files FOLDER: reads in.txt of the folder; makes, changes, renames and removes files in it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *folder;

static char *in(const char *name)
{
    static char path[4][200];
    static unsigned turn;
    char *p = path[turn++ % 4];

    snprintf(p, sizeof path[0], "%s/%s", folder, name);
    return p;
}

static void need(int ok, const char *what)
{
    if (!ok) {
        fprintf(stderr, "%s: %s\n", what, strerror(errno));
        exit(1);
    }
}

static void put(const char *name, const char *text)
{
    FILE *f = fopen(in(name), "w");

    need(f != NULL, name);
    need(fputs(text, f) >= 0, name);
    need(fclose(f) == 0, name);
}

int main(int argc, char **argv)
{
    char line[100] = "";
    FILE *f;

    folder = argc > 1 ? argv[1] : "/data";
    f = fopen(in("in.txt"), "r");
    need(f != NULL, "in.txt");
    need(fgets(line, sizeof line, f) != NULL, "read in.txt");
    fclose(f);
    printf("read: %s", line);

    put("new.txt", "made in the guest\n");
    put("sub/changed.txt", "changed in the guest\n");
    need(mkdir(in("folder"), 0755) == 0, "mkdir");
    put("folder/deep.txt", "deep\n");
    put("moved-from.txt", "moved\n");
    need(rename(in("moved-from.txt"), in("moved-to.txt")) == 0, "rename");
    need(unlink(in("unwanted.txt")) == 0, "unlink");
    f = fopen(in("grows.txt"), "a");
    need(f != NULL && fputs("second line\n", f) >= 0 && fclose(f) == 0, "append");
    need(fopen(in("absent.txt"), "r") == NULL && errno == ENOENT, "absent.txt");
    printf("done\n");
    return 0;
}
