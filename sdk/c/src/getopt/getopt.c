/* Options of the command line, POSIX's way: the first other argument ends them. "a::" (GNU) is an
 * option whose argument, if any, follows without a space. */
#include "getopt/getopt.h"
#include <stdio.h>
#include <string.h>

char *optarg;
int optind = 1, opterr = 1, optopt;
int __getopt_offset = 1;

int __getopt_complain(char *const argv[], const char *options, const char *what, const char *name)
{
    options += strspn(options, "+-");
    if (opterr && options[0] != ':')
        fprintf(stderr, "%s: %s '%s'\n", argv[0], what, name);
    return '?';
}

static void next_argument(void)
{
    optind++;
    __getopt_offset = 1;
}

/* The argument of option optopt; `following` is what stands behind its letter, or NULL. */
static int take_argument(int argc, char *const argv[], const char *options, char *following)
{
    if (following) {
        next_argument();
        optarg = following;
        return optopt;
    }
    if (optind < argc) {
        optarg = argv[optind++];
        return optopt;
    }
    char name[] = {(char)optopt, '\0'};
    __getopt_complain(argv, options, "option needs an argument:", name);
    return options[strspn(options, "+-")] == ':' ? ':' : '?';
}

int getopt(int argc, char *const argv[], const char *options)
{
    if (optind == 0)
        next_argument();
    optarg = NULL;
    if (optind >= argc || !argv[optind] || argv[optind][0] != '-' || argv[optind][1] == '\0')
        return -1;
    if (strcmp(argv[optind], "--") == 0) {
        next_argument();
        return -1;
    }
    char *letter = argv[optind] + __getopt_offset++;
    char *following = letter[1] ? letter + 1 : NULL;
    optopt = (unsigned char)*letter;
    if (!following)
        next_argument();
    const char *letters = options + strspn(options, "+-");
    const char *spec = *letter == ':' ? NULL : strchr(letters, *letter);
    if (!spec) {
        char name[] = {*letter, '\0'};
        return __getopt_complain(argv, options, "unknown option", name);
    }
    if (spec[1] != ':' || (spec[2] == ':' && !following))
        return optopt;
    return take_argument(argc, argv, options, following);
}
