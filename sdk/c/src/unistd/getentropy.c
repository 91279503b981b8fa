#include "internal/wasi.h"
#include <unistd.h>

int getentropy(void *to, size_t n)
{
    return wasi_result(n > 256 ? EIO : __wasi_random_get(to, n));
}
