/* Lua's strings: patterns, formats, concatenation, tables with strings as keys. */
#include "tests/bench/lua/bench_lua.h"

static const char program[] = {
#embed "lua/strings.lua"
};

static uint64_t bench_kernel(void)
{
    return bench_lua(program, sizeof program);
}
