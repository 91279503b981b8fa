/* Lua's interpreter loop: calls, tables, numbers, closures and objects. */
#include "tests/bench/lua/bench_lua.h"

static const char program[] = {
#embed "lua/loop.lua"
};

static uint64_t bench_kernel(void)
{
    return bench_lua(program, sizeof program);
}
