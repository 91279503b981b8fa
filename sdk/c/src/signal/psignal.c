#include <signal.h>
#include <stdio.h>
#include <string.h>

void psignal(int number, const char *prefix)
{
    int named = prefix && *prefix;
    fprintf(stderr, "%s%s%s\n", named ? prefix : "", named ? ": " : "", strsignal(number));
}
