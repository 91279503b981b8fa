#pragma once

#include <bits/decls.h>
#include <bits/types.h>

__BEGIN_DECLS

/* In ticks: sysconf(_SC_CLK_TCK) a second. Of children nothing is known. */
struct tms {
    clock_t tms_utime, tms_stime, tms_cutime, tms_cstime;
};

clock_t times(struct tms *out);

__END_DECLS
