/* Options of the command line, POSIX's way: the first other argument ends them. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *optarg;
int optind = 1, opterr = 1, optopt;

static int complain(char *const argv[], const char *options, const char *what)
{
    if (opterr && options[0] != ':')
        fprintf(stderr, "%s: %s -- '%c'\n", argv[0], what, optopt);
    return '?';
}

int getopt(int argc, char *const argv[], const char *options)
{
    static int offset = 1; /* of the next letter in argv[optind] */
    if (optind == 0)
        optind = offset = 1;
    optarg = NULL;
    if (optind >= argc || argv[optind][0] != '-' || argv[optind][1] == '\0')
        return -1;
    if (strcmp(argv[optind], "--") == 0) {
        optind++;
        return -1;
    }
    char *letter = argv[optind] + offset;
    char *following = letter[1] ? letter + 1 : NULL;
    offset++;
    optopt = (unsigned char)*letter;
    if (!following) {
        optind++;
        offset = 1;
    }
    const char *spec = *letter == ':' ? NULL : strchr(options, *letter);
    if (!spec)
        return complain(argv, options, "unknown option");
    if (spec[1] != ':')
        return optopt;
    if (following) {
        optind++;
        offset = 1;
        optarg = following;
        return optopt;
    }
    if (optind < argc) {
        optarg = argv[optind++];
        return optopt;
    }
    complain(argv, options, "option needs an argument");
    return options[0] == ':' ? ':' : '?';
}
