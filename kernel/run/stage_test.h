/* For tests: a thread of a process of its own, as programs have it. */
#pragma once

#include "base/test.h"
#include "kernel/run/exec.h"

/* `arg` is the caller's; what the body hangs on the process or on r it takes down again. */
typedef void (*stage_fn)(struct unit_test_state *test_state, struct running *r, void *arg);

/* Runs the body and waits for its end. */
void stage_run(struct unit_test_state *test_state, const char *name, stage_fn body, void *arg);
