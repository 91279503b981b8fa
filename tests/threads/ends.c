/* ends HOW: three threads wait, spin and read; then one of them, or somebody else, ends the
 * program. */
#include "tests/threads/runtime.h"

static int32_t never, ready;

static void waits(struct thread *t)
{
    (void)t;
    __atomic_fetch_add(&ready, 1, __ATOMIC_SEQ_CST);
    for (;;)
        wait32(&never, 0, FOR_EVER);
}

static void spins(struct thread *t)
{
    (void)t;
    __atomic_fetch_add(&ready, 1, __ATOMIC_SEQ_CST);
    while (!__atomic_load_n(&never, __ATOMIC_SEQ_CST)) {
    }
}

/* Notifies for ever, and grows the memory as far as it goes. */
static void storms(struct thread *t)
{
    (void)t;
    __atomic_fetch_add(&ready, 1, __ATOMIC_SEQ_CST);
    for (;;) {
        notify(&never, UINT32_MAX);
        (void)__builtin_wasm_memory_grow(0, 1);
    }
}

static void traps(struct thread *t)
{
    (void)t;
    __builtin_trap();
}

static void exits(struct thread *t)
{
    (void)t;
    proc_exit(7);
}

/* Starts itself, twice. */
static void bombs(struct thread *t)
{
    start(bombs, t->number + 1);
    start(bombs, t->number + 1);
}

static void overflows(struct thread *t)
{
    volatile char frame[256];

    frame[0] = (char)t->number;
    if (t->number)
        overflows(t);
    frame[1] = frame[0];
}

static void begin_all(void)
{
    start(waits, 0);
    start(spins, 0);
    start(storms, 0);
    while (__atomic_load_n(&ready, __ATOMIC_SEQ_CST) < 3)
        wait32(&never, 0, 1000000);
}

static void say_wait(const char *what, int result)
{
    say_number(what, (uint64_t)result);
}

/* Results of waits that nobody wakes. */
static void timeouts(void)
{
    static int64_t wide = -1;

    say_wait("not equal", wait32(&never, 1, FOR_EVER));
    say_wait("at once", wait32(&never, 0, 0));
    say_wait("soon", wait32(&never, 0, 1000000));
    say_wait("wide not equal", __builtin_wasm_memory_atomic_wait64(&wide, 0xffffffff, 0));
    say_wait("wide", __builtin_wasm_memory_atomic_wait64(&wide, -1, 1));
    say_number("nobody", notify(&never, UINT32_MAX));
}

__attribute__((export_name("_start"))) void _start(void)
{
    const char *how = argument();

    if (is(how, "timeouts")) {
        timeouts();
        return;
    }
    if (is(how, "unaligned"))
        wait32((int32_t *)((char *)&never + 2), 0, 0);
    begin_all();
    say("ready\n");
    if (is(how, "return"))
        return;
    if (is(how, "trap"))
        start(traps, 0);
    else if (is(how, "exit"))
        start(exits, 0);
    else if (is(how, "bomb"))
        start(bombs, 0);
    else if (is(how, "overflow"))
        start(overflows, 1);
    else if (is(how, "huge"))
        wait32(&never, 0, INT64_MAX);
    for (;;)
        wait32(&never, 0, INT64_MIN);
}
