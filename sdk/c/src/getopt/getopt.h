/* What getopt and getopt_long share. */
#pragma once

#include <getopt.h>

/* Of the next letter in argv[optind]; 1 at the beginning of an argument. */
extern int __getopt_offset;

/* Reports "program: what 'name'" if the caller wants messages; returns '?'. */
int __getopt_complain(char *const argv[], const char *options, const char *what, const char *name);
