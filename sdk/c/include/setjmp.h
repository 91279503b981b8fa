/* Jumps out of nested calls, by WebAssembly's exceptions. C++ objects on the way are destroyed. A
 * jump into a call that has returned ends the program: nothing catches it. */
#pragma once

#include <bits/decls.h>

__BEGIN_DECLS

typedef struct __jump {
    void *__frame; /* names the call of the function that has called setjmp */
    unsigned __label;
    struct {
        struct __jump *__target;
        int __value;
    } __thrown;
    unsigned __mask; /* sigsetjmp's */
    int __mask_saved;
} jmp_buf[1];

int setjmp(jmp_buf buffer) __attribute__((__returns_twice__));
__NORETURN void longjmp(jmp_buf buffer, int value);
#define setjmp(buffer) (setjmp)(buffer)

#if __MORE_THAN_C
typedef jmp_buf sigjmp_buf;

struct __jump *__save_mask(struct __jump *buffer, int save);
/* With `save` not 0, siglongjmp restores which signals are blocked. */
#define sigsetjmp(buffer, save) setjmp(__save_mask(buffer, save))
__NORETURN void siglongjmp(sigjmp_buf buffer, int value);

#define _setjmp  setjmp
#define _longjmp longjmp
#endif

__END_DECLS
