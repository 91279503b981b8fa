#include "base/errno.h"

#include "base/base.h"

struct errno_row {
    const char *name, *message;
};

static const struct errno_row rows[] = {
#define ERRNO(number, name, message) [number] = {#name, message},
#include "abi/errno.def"
#undef ERRNO
};

const char *errno_message(int number)
{
    if (number < 0 || number >= (int)ARRAY_LEN(rows) || !rows[number].message)
        return "Unknown error";
    return rows[number].message;
}

const char *errno_name(int number)
{
    if (number < 0 || number >= (int)ARRAY_LEN(rows) || !rows[number].name)
        return "?";
    return rows[number].name;
}
