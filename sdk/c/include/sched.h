#pragma once

#include <bits/decls.h>

__BEGIN_DECLS

int sched_yield(void);

__END_DECLS
