/* show FILE: prints the file's bytes between quotes, as C writes them. */
#include <ctype.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
    int c;
    if (!f) {
        perror(argc == 2 ? argv[1] : "show");
        return 1;
    }
    putchar('"');
    while ((c = getc(f)) != EOF)
        if (c == '\n')
            fputs("\\n", stdout);
        else if (isprint(c) && c != '"' && c != '\\')
            putchar(c);
        else
            printf("\\x%02x", (unsigned)c);
    puts("\"");
    fclose(f);
    return 0;
}
