/* Error numbers: WASI's own, so that a system call only negates (abi/errno.def). */
#pragma once

/* The host port's files that talk to Linux define WASMOS_LINUX_ERRNO and convert in one place. */
#ifndef WASMOS_LINUX_ERRNO
enum wasmos_errno {
#define ERRNO(number, name, message) name = number,
#include "abi/errno.def"
#undef ERRNO
};
#endif

/* "No such file or directory" for ENOENT; "Unknown error" for a number outside the table. */
const char *errno_message(int number);
/* "ENOENT"; "?" for a number outside the table. */
const char *errno_name(int number);
