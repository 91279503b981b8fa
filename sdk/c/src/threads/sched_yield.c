#include "internal/wasi.h"
#include <sched.h>

int sched_yield(void)
{
    return wasi_result(__wasi_sched_yield());
}
