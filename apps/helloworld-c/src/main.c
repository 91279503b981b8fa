#include <stdio.h>

int main(void)
{
    puts("Hello, World from C on WasmOS!");
    return 0;
}
