/* Names of compiled functions for perf, which looks for them in /tmp/perf-PID.map: a line each,
 * `address size name` (Linux, tools/perf/Documentation/jit-interface.txt). */
#include "kernel/arch/host/host.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAME_MAX_BYTES = 256, LINE_MAX_BYTES = NAME_MAX_BYTES + 64 };

static int map_fd = -1;

void host_perf_init(void)
{
    const char *wanted = getenv("WASMOS_PERF_MAP");
    char path[64];

    if (!wanted || !*wanted || !strcmp(wanted, "0"))
        return;
    snprintf(path, sizeof path, "/tmp/perf-%d.map", (int)getpid());
    map_fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (map_fd < 0) {
        fprintf(stderr, "wasmos: %s: %s\n", path, strerror(errno));
        exit(EXIT_FAILURE);
    }
    arch_boot.code_notes = true;
}

void arch_code_note(const void *code, size_t len, const char *name, size_t name_len)
{
    char line[LINE_MAX_BYTES];
    int used = (int)(name_len < NAME_MAX_BYTES ? name_len : NAME_MAX_BYTES);
    arch_irq_t irq = arch_irq_disable();
    int n = snprintf(line, sizeof line, "%llx %zx %.*s\n", (unsigned long long)(uintptr_t)code, len,
                     used, name);

    if (map_fd >= 0 && write(map_fd, line, (size_t)n) < 0)
        arch_boot.code_notes = false; /* a full disk: names are missing, nothing else */
    arch_irq_restore(irq);
}
