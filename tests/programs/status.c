/* Ends with the status given. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    printf("out\n");
    fprintf(stderr, "err\n");
    exit(argc > 1 ? atoi(argv[1]) : 0);
}
