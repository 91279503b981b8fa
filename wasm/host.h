/* The only door out of the engine: what it asks of whoever embeds it (the kernel, or a hosted
 * tool). `owner` is passed through untouched: it says who is charged. Every call may fail but the
 * releasing ones. */
#pragma once

#include "base/base.h"

/* Machine code is never writable and executable at one address: two views of the same pages. */
struct wasm_code_range {
    uint8_t *exec;    /* read + execute */
    uint8_t *write;   /* read + write alias, same length */
    size_t len_bytes; /* reserved length, a multiple of 4 KiB */
    void *host_private;
};

struct wasm_host {
    /* Zeroed memory aligned to 16, or NULL. */
    void *(*alloc)(void *owner, size_t bytes);
    void (*free)(void *owner, void *p, size_t bytes);

    /* Address space without memory behind it (accesses fault), aligned to 64 KiB; NULL when
     * exhausted. */
    void *(*reserve)(void *owner, size_t bytes);
    /* Makes [p, p+bytes) of a reservation readable, writable and zero-filled on demand; 4 KiB
     * multiples. Charged here, so that a later touch cannot fail. 0 or -ENOMEM. */
    int (*commit)(void *owner, void *p, size_t bytes);
    /* Gives a whole reservation back with everything committed in it. `bytes` as reserved. */
    void (*release)(void *owner, void *p, size_t bytes);

    /* Reserves a range for machine code; nothing is usable before code_commit. 0 or -ENOMEM. */
    int (*code_reserve)(void *owner, size_t bytes, struct wasm_code_range *out);
    int (*code_commit)(void *owner, struct wasm_code_range *r, size_t offset, size_t bytes);
    void (*code_release)(void *owner, struct wasm_code_range *r);

    /* One mutual exclusion per owner, which is taken or given back: held while a function is
     * compiled, and while a shared memory grows. Taking it may sleep. */
    void (*lock)(void *owner, bool take);

    /* If the `bytes` (4 or 8) at an address hold `expected`, sleeps until a notify of that address,
     * at most timeout_ns (negative: for ever). To a notify, comparing and falling asleep are one
     * step. 0 woken, 1 not equal, 2 the time is up; negative: the program is to be ended,
     * -1 - enum wasm_trap. Addresses are those of shared memories of the owner. */
    int (*wait)(void *owner, const void *address, uint64_t expected, unsigned bytes,
                int64_t timeout_ns);
    /* Wakes up to `count` of those who wait, the first ones first; how many. */
    uint32_t (*notify)(void *owner, const void *address, uint32_t count);

    /* NULL: nobody helps. Offers work to a thread that the owner has to spare: step(arg) is called
     * there, on the CPU time that nobody else wants, over and over until it returns false, and
     * again after each further offer of the same. It takes no lock of this table. One work at a
     * time: false if there is another, or nobody to help. Never waits.
     * step NULL: withdraws the work with this arg, and returns when it is not, and will not be,
     * under way; true if there is anybody to help at all. */
    bool (*help)(void *owner, bool (*step)(void *arg), void *arg);
};
_Static_assert(sizeof(struct wasm_host) <= 12 * sizeof(void (*)(void)), "the door stays small");
