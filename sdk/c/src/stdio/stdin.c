#include "stdio/file.h"

static unsigned char space[UNGET_MAX + BUFSIZ];

struct __file __stdin_file = {
    .buffer = space + UNGET_MAX,
    .next = space + UNGET_MAX,
    .end = space + UNGET_MAX,
    .capacity = BUFSIZ,
    .flags = FILE_READ,
    .fd = 0,
};

#undef stdin
FILE *const stdin = &__stdin_file;
