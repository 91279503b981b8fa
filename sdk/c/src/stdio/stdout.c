#include "stdio/file.h"

static unsigned char space[UNGET_MAX + BUFSIZ];

struct __file __stdout_file = {
    .buffer = space + UNGET_MAX,
    .next = space + UNGET_MAX,
    .end = space + UNGET_MAX,
    .capacity = BUFSIZ,
    .flags = FILE_WRITE | FILE_UNDECIDED,
    .fd = 1,
};

#undef stdout
FILE *const stdout = &__stdout_file;
