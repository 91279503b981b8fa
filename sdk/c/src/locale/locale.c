/* The one locale. */
#include <limits.h>
#include <locale.h>
#include <string.h>

char *setlocale(int category, const char *name)
{
    static char c_name[] = "C";
    if ((unsigned)category > LC_ALL)
        return NULL;
    if (name && *name && strcmp(name, "C") && strcmp(name, "POSIX") && strcmp(name, "C.UTF-8"))
        return NULL;
    return c_name;
}

struct lconv *localeconv(void)
{
    static char point[] = ".", none[] = "";
    static struct lconv c = {
        point,    none,     none,     none,     none,     none,     none,     none,
        none,     none,     CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX,
        CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX,
    };
    return &c;
}
