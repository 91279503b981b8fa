/* Waits for a line of input that may never come. */
#include <stdio.h>

int main(void)
{
    char line[80];

    printf("waiting\n");
    fflush(stdout);
    if (fgets(line, sizeof line, stdin))
        printf("got %s", line);
    return 0;
}
