#include <bits/futex.h>
#include <stdlib.h>

#ifdef __wasm_atomics__

void __futex_sleep(const int *at, int expected)
{
    __builtin_wasm_memory_atomic_wait32((int *)at, expected, -1);
}

void __futex_wake(const int *at, unsigned count)
{
    __builtin_wasm_memory_atomic_notify((int *)at, count);
}

#else

void __futex_sleep(const int *at, int expected)
{
    if (*at == expected)
        abort();
}

void __futex_wake(const int *at, unsigned count)
{
    (void)at, (void)count;
}

#endif
