#include "setjmp/jump.h"

enum { LONGJMP_TAG = 1 }; /* of __builtin_wasm_throw: __c_longjmp */

void __wasm_setjmp(struct __jump *j, uint32_t label, void *frame)
{
    j->__frame = frame;
    j->__label = label;
}

uint32_t __wasm_setjmp_test(const struct __jump *j, const void *frame)
{
    return j->__frame == frame ? j->__label : 0;
}

_Noreturn void __wasm_longjmp(struct __jump *j, int value)
{
    j->__thrown.__target = j;
    j->__thrown.__value = value ? value : 1;
    __builtin_wasm_throw(LONGJMP_TAG, &j->__thrown);
}
