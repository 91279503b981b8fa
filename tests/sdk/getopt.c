/* getopt and getopt_long: order, clusters, abbreviations, mistakes. */
#include "check.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { ARGUMENTS_MAX = 12 };

static int verbose;
static const struct option longs[] = {
    {"verbose", no_argument, &verbose, 7},
    {"output", required_argument, NULL, 'o'},
    {"colour", optional_argument, NULL, 'c'},
    {"color", optional_argument, NULL, 'c'},
    {"all", no_argument, NULL, 'a'},
    {"almost", no_argument, NULL, 'A'},
    {NULL, 0, NULL, 0},
};

/* What comes out for a command line (words separated by spaces): "x" or "x=argument" for each
 * option, then "|" and the arguments that are left. */
static const char *parsed(const char *line, const char *letters, int kind)
{
    static char text[400], copy[400];
    char *argv[ARGUMENTS_MAX + 1] = {"test"}, *at = text;
    int argc = 1, c;
    strcpy(copy, line);
    for (char *word = strtok(copy, " "); word && argc < ARGUMENTS_MAX; word = strtok(NULL, " "))
        argv[argc++] = word;
    optind = 0;
    opterr = 0;
    for (;;) {
        c = kind == 0   ? getopt(argc, argv, letters)
            : kind == 1 ? getopt_long(argc, argv, letters, longs, NULL)
                        : getopt_long_only(argc, argv, letters, longs, NULL);
        if (c == -1)
            break;
        at += sprintf(at, "%c", c ? c < 32 ? '0' + c : c : '0');
        if (optarg)
            at += sprintf(at, "=%s", optarg);
        at += sprintf(at, " ");
    }
    at += sprintf(at, "|");
    for (; optind < argc; optind++)
        at += sprintf(at, " %s", argv[optind]);
    return text;
}

#define CHECK_PARSED(wanted, ...) CHECK(strcmp(parsed(__VA_ARGS__), wanted) == 0)

int main(void)
{
    CHECK_PARSED("a b |", "-ab", "abo:", 0);
    CHECK_PARSED("a o=x |", "-aox", "abo:", 0);
    CHECK_PARSED("o=x b | y", "-o x -b y", "abo:", 0);
    CHECK_PARSED("| y -a", "y -a", "a", 0);
    CHECK_PARSED("a | -b", "-a -- -b", "ab", 0);
    CHECK_PARSED("? a |", "-xa", "a", 0);
    CHECK_PARSED("? |", "-o", "o:", 0);
    CHECK_PARSED(": |", "-o", ":o:", 0);
    CHECK_PARSED("c c=x | y", "-c -cx y", "c::", 0);
    CHECK_PARSED("| -", "-", "a", 0);
    CHECK_PARSED("? |", "-:", "a:", 0);

    CHECK_PARSED("a o=f b | x y", "x -a y -of -b", "abo:", 1);
    CHECK_PARSED("a b | x y z", "x y -ab z", "ab", 1);
    CHECK_PARSED("a | x -b", "-a x -b", "+ab", 1);
    CHECK_PARSED("a 1=x b |", "-a x -b", "-ab", 1);
    CHECK_PARSED("a | x -b", "x -a -- -b", "ab", 1);
    CHECK_PARSED("o=f o=g |", "--output f --output=g", "", 1);
    CHECK_PARSED("o=f |", "--out=f", "", 1);
    CHECK_PARSED("c c=red |", "--colo --colour=red", "", 1); /* both do the same */
    CHECK_PARSED("? |", "--al", "", 1);                      /* all or almost */
    CHECK_PARSED("a |", "--all", "", 1);
    CHECK_PARSED("? |", "--nothing", "", 1);
    CHECK_PARSED("? |", "--all=x", "", 1);
    CHECK_PARSED("? |", "--output", "", 1);
    CHECK_PARSED(": |", "--output", ":", 1);
    CHECK_PARSED("0 |", "--verbose", "", 1);
    CHECK(verbose == 7);
    CHECK_PARSED("? |", "--=x", "", 1);

    CHECK_PARSED("a a |", "-all --all", "", 2);
    CHECK_PARSED("a b |", "-a -b", "ab", 2);
    CHECK_PARSED("o=f |", "-output f", "o:", 2);
    return check_report();
}
