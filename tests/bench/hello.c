/* The least that prints something: what an engine takes to start is measured with it. */
#include <stdio.h>

int main(void)
{
    puts("hello");
    return 0;
}
