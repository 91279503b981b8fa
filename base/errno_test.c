#include "base/errno.h"

#include "base/string.h"
#include "base/test.h"

TEST(errno_names_and_messages)
{
    CHECK(!strcmp(errno_name(ENOENT), "ENOENT"));
    CHECK(!strcmp(errno_message(ENOENT), "No such file or directory"));
    CHECK(!strcmp(errno_name(-1), "?") && !strcmp(errno_message(1000), "Unknown error"));
}
