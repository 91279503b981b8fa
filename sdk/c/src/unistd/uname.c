/* The system has one name, and no version in it: /etc/os-release is the place for that. */
#include "internal/wasi.h"
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

static const char host_name[] = "wasmos";

int uname(struct utsname *out)
{
    *out =
        (struct utsname){.sysname = "WasmOS", .release = "1", .version = "1", .machine = "wasm32"};
    memcpy(out->nodename, host_name, sizeof host_name);
    return 0;
}

int gethostname(char *to, size_t n)
{
    if (n < sizeof host_name)
        return wasi_result(ENAMETOOLONG);
    memcpy(to, host_name, sizeof host_name);
    return 0;
}
