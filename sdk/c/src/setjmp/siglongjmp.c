#include "setjmp/jump.h"
#include <signal.h>
#include <stddef.h>

struct __jump *__save_mask(struct __jump *j, int save)
{
    j->__mask_saved = save;
    if (save)
        sigprocmask(SIG_SETMASK, NULL, &j->__mask);
    return j;
}

_Noreturn void siglongjmp(sigjmp_buf j, int value)
{
    if (j->__mask_saved)
        sigprocmask(SIG_SETMASK, &j->__mask, NULL);
    __wasm_longjmp(j, value);
}
