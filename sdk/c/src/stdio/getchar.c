#include <stdio.h>

int getchar(void)
{
    return fgetc(stdin);
}

int getchar_unlocked(void)
{
    return getc_unlocked(stdin);
}
