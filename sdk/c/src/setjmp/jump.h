/* What the compiler's transformation of setjmp and longjmp calls (-wasm-enable-sjlj): a function
 * that calls setjmp names each of its calls by an address, `frame`, and each place with a number,
 * `label`; around its other calls it catches the tag __c_longjmp. */
#pragma once

#include <setjmp.h>
#include <stdint.h>

/* In place of setjmp. */
void __wasm_setjmp(struct __jump *j, uint32_t label, void *frame);
/* Whether a caught jump goes to the call `frame`: the label, or 0, and it is thrown again. */
uint32_t __wasm_setjmp_test(const struct __jump *j, const void *frame);
/* In place of longjmp. */
_Noreturn void __wasm_longjmp(struct __jump *j, int value);
