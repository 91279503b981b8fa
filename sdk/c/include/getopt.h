/* Long options, GNU's way: options may stand behind other arguments, which move to the end; "+" in
 * front of the letters or $POSIXLY_CORRECT in the environment stops at the first of them, "-" hands
 * each out as option 1. A long name may be abbreviated. */
#pragma once

#include <bits/decls.h>

#define no_argument       0
#define required_argument 1
#define optional_argument 2

__BEGIN_DECLS

struct option {
    const char *name;
    int has_arg;
    int *flag; /* NULL: `val` is the result; else it is stored there and the result is 0 */
    int val;
};

extern char *optarg;
extern int optind, opterr, optopt;

int getopt(int argc, char *const argv[], const char *options);
int getopt_long(int argc, char *const argv[], const char *options,
                const struct option *long_options, int *out_index);
/* Long options with one dash as well. */
int getopt_long_only(int argc, char *const argv[], const char *options,
                     const struct option *long_options, int *out_index);

__END_DECLS
