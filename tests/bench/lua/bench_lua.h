/* Runs a Lua program as a kernel: the program is compiled and run in a new state, and the number
 * that it returns is the checksum. */
#pragma once

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "tests/bench/bench.h"

static void bench_lua_check(int failed, lua_State *lua)
{
    if (failed) {
        fprintf(stderr, "%s\n", lua_tostring(lua, -1));
        exit(1);
    }
}

static uint64_t bench_lua(const char *text, size_t text_len)
{
    lua_State *lua = luaL_newstate();
    lua_Integer sum;

    luaL_requiref(lua, LUA_GNAME, luaopen_base, 1);
    luaL_requiref(lua, LUA_TABLIBNAME, luaopen_table, 1);
    luaL_requiref(lua, LUA_STRLIBNAME, luaopen_string, 1);
    luaL_requiref(lua, LUA_MATHLIBNAME, luaopen_math, 1);
    lua_settop(lua, 0);
    bench_lua_check(luaL_loadbuffer(lua, text, text_len, "=program"), lua);
    bench_lua_check(lua_pcall(lua, 0, 1, 0), lua);
    sum = luaL_checkinteger(lua, -1);
    lua_close(lua);
    return (uint64_t)sum;
}
