/* The engine's host on Linux, for tools and tests: memory by mmap, code by two views of one memfd,
 * traps by signals on an alternate stack. */
#pragma once

#include "wasm/wasm.h"

/* What `owner` points at. Zero-initialise; limits of 0 mean none. The counters are atomic. */
struct linux_owner {
    size_t blocks, bytes; /* live allocations */
    size_t reservations,
        committed_bytes; /* live address ranges (code included) and what backs them */
    size_t limit_bytes;  /* of bytes + committed_bytes: beyond it calls fail */
    unsigned fail_after; /* n > 0: the n-th call that may fail does, and all after it */
    int locked;
    struct linux_helper *helper; /* NULL: nobody helps */
    bool helper_fails;           /* whatever the helper asks for; atomic */
};

extern const struct wasm_host linux_host;

/* Nothing allocated, reserved or locked any more. */
bool linux_owner_clean(const struct linux_owner *o);

/* Turns SIGSEGV, SIGBUS, SIGFPE and SIGILL in compiled code into traps of the thread named last by
 * linux_host_set_thread; other faults go to the handlers that were there before. */
void linux_host_catch_faults(void);
void linux_host_set_thread(struct wasm_thread *t);
/* From now on, every `ms` milliseconds: ends compiled code that is running then with `kind`. 0
 * stops it. */
void linux_host_interrupt_after(unsigned ms, enum wasm_trap kind);

/* Runs fn(arg) in a thread of its own that may run wasm as well; NULL if there can be none. */
struct linux_thread *linux_thread_start(void (*fn)(void *), void *arg);
/* Waits for its end, and frees it. */
void linux_thread_join(struct linux_thread *t);

/* A thread that works for the engine in the owner's name (wasm_host.help); false: there can be
 * none. Started before the owner's modules are made, stopped when they are gone. */
bool linux_helper_start(struct linux_owner *o);
void linux_helper_stop(struct linux_owner *o);

/* A whole file in memory from malloc, or NULL with the reason on standard error. */
uint8_t *linux_read_file(const char *path, size_t *out_len);
