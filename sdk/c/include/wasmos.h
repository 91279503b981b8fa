/* What WasmOS offers beyond the standard library and POSIX. Functions return 0, or -1 with errno.
 */
#pragma once

#include <bits/decls.h>
#include <stddef.h>
#include <stdint.h>

__BEGIN_DECLS

enum wasmos_tty_mode {
    WASMOS_TTY_COOKED, /* whole lines, with echo and simple editing by the system */
    WASMOS_TTY_RAW     /* each key at once, no echo */
};

enum wasmos_spawn_flags {
    WASMOS_SPAWN_FOREGROUND = 1 /* Ctrl-C goes to the child */
};

enum wasmos_status {
    WASMOS_STATUS_TIME_LIMIT = 124,
    WASMOS_STATUS_INTERRUPTED = 130,
    WASMOS_STATUS_TRAPPED = 134,
    WASMOS_STATUS_KILLED = 137
};

struct wasmos_sys_info {
    uint64_t cpus;
    uint64_t memory_total, memory_free; /* bytes */
    uint64_t uptime_ns;
    uint64_t cpu_ns; /* used by this process */
    uint64_t processes;
    uint64_t pid, parent; /* 0: the system has started it */
};

/* Starts `argv[0]`: a name looked up in /bin, or a path; argv ends with NULL. The child shares
 * descriptors 0 to 2 and inherits the environment of this process. time_limit_ns: it is stopped
 * with status 124 then; 0: no limit. */
int wasmos_spawn(char *const argv[], unsigned flags, uint64_t time_limit_ns, int *out_pid);
/* Waits for child `pid` (-1: any); status 0 to 255. */
int wasmos_wait(int pid, int *out_pid, int *out_status);
/* signal 2 interrupts, 9 kills. */
int wasmos_kill(int pid, int signal);
int wasmos_tty_mode(enum wasmos_tty_mode mode, enum wasmos_tty_mode *out_previous);
int wasmos_tty_size(int *out_columns, int *out_rows);
int wasmos_sys_info(struct wasmos_sys_info *out);

__END_DECLS
