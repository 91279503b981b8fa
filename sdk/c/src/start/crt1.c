/* The entry of every program. */
#include <stdlib.h>

void __wasm_call_ctors(void);
/* The compiler gives this name to `int main(void)`; for the other forms start/main.c provides it.
 */
int __main_void(void);

__attribute__((export_name("_start"))) void _start(void)
{
    __wasm_call_ctors();
    exit(__main_void());
}
