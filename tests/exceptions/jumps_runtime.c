/* What clang makes of setjmp and longjmp calls these. A file of its own: they are not to be
 * transformed. */
#include "tests/exceptions/jumps.h"

void __wasm_setjmp(struct jump *j, uint32_t label, void *frame);
uint32_t __wasm_setjmp_test(const struct jump *j, const void *frame);
_Noreturn void __wasm_longjmp(struct jump *j, int value);

void __wasm_setjmp(struct jump *j, uint32_t label, void *frame)
{
    j->frame = frame;
    j->label = label;
}

uint32_t __wasm_setjmp_test(const struct jump *j, const void *frame)
{
    return j->frame == frame ? j->label : 0;
}

_Noreturn void __wasm_longjmp(struct jump *j, int value)
{
    j->arg.env = j;
    j->arg.value = value ? value : 1;
    __builtin_wasm_throw(1, &j->arg); /* 1: the tag of longjmp */
}
