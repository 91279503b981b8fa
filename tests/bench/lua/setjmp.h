/* Stands before the C library's <setjmp.h> when Lua's sources are compiled: not every C library for
 * WebAssembly has one. The programs run here raise no errors, so that errors may end them; the
 * native Lua is compiled with this file too. */
#pragma once

#include <stdlib.h>

#define luai_jmpbuf       int
#define LUAI_THROW(L, c)  abort()
#define LUAI_TRY(L, c, a) a
