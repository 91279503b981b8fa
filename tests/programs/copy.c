/* Standard input to standard output, every byte, then the number of bytes to standard error. An
 * argument makes it write each byte's complement instead. */
#include <stdio.h>

int main(int argc, char **argv)
{
    static unsigned char buffer[10000];
    unsigned long total = 0;
    size_t n;

    (void)argv;
    while ((n = fread(buffer, 1, sizeof buffer, stdin)) > 0) {
        if (argc > 1)
            for (size_t i = 0; i < n; i++)
                buffer[i] = (unsigned char)~buffer[i];
        if (fwrite(buffer, 1, n, stdout) != n)
            return 1;
        total += n;
    }
    fflush(stdout);
    fprintf(stderr, "%lu bytes\n", total);
    return 0;
}
