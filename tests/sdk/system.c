/* system() and the functions of <wasmos.h> that start programs. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasmos.h>

int main(void)
{
    printf("before the child, in the buffer: ");
    printf("status %d\n", system("helloworld-c"));
    printf("status %d\n", system("  fib   '3'  "));
    printf("status %d\n", system("fib \"not a number\""));
    printf("status %d\n", system("/bin/fib.wasm 2"));
    errno = 0;
    int status = system("no-such-program");
    printf("status %d, %s\n", status, strerror(errno));
    errno = 0;
    status = system("fib 'open");
    printf("status %d, %s\n", status, strerror(errno));
    printf("empty %d, possible %d\n", system(""), system(NULL) != 0);

    char *const hello[] = {"helloworld-c", NULL};
    int pid, ended, result;
    fflush(stdout);
    result = wasmos_spawn(hello, WASMOS_SPAWN_FOREGROUND, 0, &pid);
    printf("spawn %d", result);
    result = wasmos_wait(pid, &ended, &status);
    printf(" wait %d same %d status %d\n", result, pid == ended, status);
    result = wasmos_wait(-1, NULL, NULL);
    printf("no child left: %d, %s\n", result, strerror(errno));

    struct wasmos_sys_info info;
    result = wasmos_sys_info(&info);
    printf("info %d: %d %d %d\n", result, info.cpus >= 1, info.memory_free < info.memory_total,
           info.processes >= 1);
    return 0;
}
