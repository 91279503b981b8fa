#include "stdio/file.h"

static unsigned char space[UNGET_MAX + 1];

struct __file __stderr_file = {
    .buffer = space + UNGET_MAX,
    .next = space + UNGET_MAX,
    .end = space + UNGET_MAX,
    .capacity = 1,
    .flags = FILE_WRITE | FILE_UNBUFFERED,
    .fd = 2,
};

#undef stderr
FILE *const stderr = &__stderr_file;
