/* Where a thread begins (wasi-threads), and what only assembly can say: the stack is taken from
 * struct __thread_record, an exception of its own ends the thread from any depth, and the last
 * store happens when no stack is needed any more. */
#include "threads/thread.h"
#include <stdlib.h>

#ifdef __wasm_atomics__

/* Globals of WebAssembly belong to an instance, and so to a thread. The first thread's limit stays
 * 0: its stack ends where the memory begins. */
__asm__(".globaltype __stack_pointer, i32\n"
        ".globaltype __stack_limit, i32\n"
        "__stack_limit:\n"

        /* Programs are compiled to call this at the beginning of each function (sdk.toml). */
        ".globl __cyg_profile_func_enter_bare\n"
        ".type __cyg_profile_func_enter_bare,@function\n"
        "__cyg_profile_func_enter_bare:\n"
        ".functype __cyg_profile_func_enter_bare () -> ()\n"
        "    global.get __stack_pointer\n"
        "    global.get __stack_limit\n"
        "    i32.lt_u\n"
        "    if\n"
        "    call __stack_overflow\n"
        "    end_if\n"
        "    end_function\n"

        /* A function of its own: the trap's report shows the name. */
        ".type __stack_overflow,@function\n"
        "__stack_overflow:\n"
        ".functype __stack_overflow () -> ()\n"
        "    unreachable\n"
        "    end_function\n"

        ".tagtype __thread_exit i32\n"
        "__thread_exit:\n"
        ".globl __thread_unwind\n"
        ".type __thread_unwind,@function\n"
        "__thread_unwind:\n"
        ".functype __thread_unwind () -> ()\n"
        "    i32.const 0\n"
        "    throw __thread_exit\n"
        "    end_function\n"

        ".functype __wasm_init_tls (i32) -> ()\n"
        ".functype __thread_run (i32) -> ()\n"
        ".functype __thread_finish (i32) -> ()\n"
        ".globl wasi_thread_start\n"
        ".export_name wasi_thread_start, wasi_thread_start\n"
        ".type wasi_thread_start,@function\n"
        "wasi_thread_start:\n" /* (number, struct __thread_record *) */
        ".functype wasi_thread_start (i32, i32) -> ()\n"
        "    local.get 1\n"
        "    i32.load 0\n"
        "    global.set __stack_pointer\n"
        "    local.get 1\n"
        "    i32.load 4\n"
        "    global.set __stack_limit\n"
        "    local.get 1\n"
        "    i32.load 8\n"
        "    call __wasm_init_tls\n"
        "    try\n"
        "    local.get 1\n"
        "    call __thread_run\n"
        "    catch __thread_exit\n"
        "    drop\n"
        "    end_try\n"
        "    local.get 1\n"
        "    i32.load 0\n"
        "    global.set __stack_pointer\n"
        "    local.get 1\n"
        "    call __thread_finish\n"
        "    local.get 1\n"
        "    i32.const 1\n"
        "    i32.atomic.store 12\n"
        "    local.get 1\n"
        "    i32.const -1\n"
        "    memory.atomic.notify 12\n"
        "    drop\n"
        "    end_function\n");

#else

void __thread_unwind(void)
{
    abort(); /* there is only the first thread, which ends otherwise */
}

#endif
