/* Prints its arguments, one a line in brackets, then the environment variables whose names are
 * arguments. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    printf("%d\n", argc);
    for (int i = 0; i < argc; i++)
        printf("[%s]\n", argv[i]);
    for (int i = 1; i < argc; i++) {
        const char *value = getenv(argv[i]);
        if (value)
            printf("%s=[%s]\n", argv[i], value);
    }
    return 0;
}
