/* The entry of every program. */
#include <stdlib.h>

void __wasm_call_ctors(void);
/* The compiler gives this name to `int main(void)`; for the other forms start/main.c provides it.
 */
int __main_void(void);
/* In programs that throw C++ exceptions: runs the whole program, ends it in std::terminate if one
 * is not caught. */
__attribute__((weak)) void __run_guarded(void (*program)(void));

static void run(void)
{
    __wasm_call_ctors();
    exit(__main_void());
}

__attribute__((export_name("_start"))) void _start(void)
{
    if (__run_guarded)
        __run_guarded(run);
    else
        run();
}
