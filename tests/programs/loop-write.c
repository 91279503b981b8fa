/* Never ends: writes for ever. */
#include <stdio.h>

int main(void)
{
    for (unsigned long n = 0;; n++)
        printf("line %lu\n", n);
}
