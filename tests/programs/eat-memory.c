/* Takes memory and uses it until there is no more, and says so. That is no trap: malloc fails. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *volatile latest; /* the compiler may not leave the blocks out */

int main(void)
{
    unsigned long mib = 0;
    char *block;

    while ((block = malloc(1 << 20))) {
        latest = memset(block, 0x5a, 1 << 20);
        mib++;
    }
    printf("out of memory after %s\n", mib > 0 ? "some" : "none");
    fprintf(stderr, "%lu MiB\n", mib);
    return mib > 0 ? 0 : 1;
}
