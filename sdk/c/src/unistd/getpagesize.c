#include <unistd.h>

/* The unit in which WebAssembly's memory grows. */
int getpagesize(void)
{
    return 65536;
}
