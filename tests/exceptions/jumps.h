/* setjmp and longjmp for clang's -wasm-enable-sjlj, which turns them into exceptions. */
#pragma once

#include <stdint.h>

struct jump {
    void *frame; /* names the call of the function that has called setjmp */
    uint32_t label;
    struct {
        void *env;
        int value;
    } arg;
};
typedef struct jump jmp_buf[1];
