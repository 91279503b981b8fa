#include <errno.h>

__thread int errno;
