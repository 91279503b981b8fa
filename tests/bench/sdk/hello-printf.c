#include <stdio.h>

int main(int argc, char **argv)
{
    (void)argv;
    printf("Hello, world number %d, or %g!\n", argc, argc / 3.0);
    return 0;
}
