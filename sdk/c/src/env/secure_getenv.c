#include <stdlib.h>

/* No program runs with more rights than whoever starts it. */
char *secure_getenv(const char *name)
{
    return getenv(name);
}
