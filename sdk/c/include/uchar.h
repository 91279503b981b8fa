/* UTF-8, UTF-16 and UTF-32 (C17 7.28; char8_t: C23 7.30, C++20). */
#pragma once

#include <bits/decls.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#ifndef __cplusplus
typedef unsigned char char8_t;
typedef uint_least16_t char16_t;
typedef uint_least32_t char32_t;
#endif

__BEGIN_DECLS

#if !defined __cplusplus || defined __cpp_char8_t
/* As mbrtowc, a byte of the character at a time; -3: one of the bytes after the first, which no
   further bytes of `s` belong to. */
size_t mbrtoc8(char8_t *__restrict out, const char *__restrict s, size_t n,
               mbstate_t *__restrict state);
/* How many bytes were written: 0 until the last byte of a character comes. */
size_t c8rtomb(char *__restrict to, char8_t c, mbstate_t *__restrict state);
#endif
/* As mbrtowc; -3: the second half of a pair, which no bytes belong to. */
size_t mbrtoc16(char16_t *__restrict out, const char *__restrict s, size_t n,
                mbstate_t *__restrict state);
size_t c16rtomb(char *__restrict to, char16_t c, mbstate_t *__restrict state);
size_t mbrtoc32(char32_t *__restrict out, const char *__restrict s, size_t n,
                mbstate_t *__restrict state);
size_t c32rtomb(char *__restrict to, char32_t c, mbstate_t *__restrict state);

__END_DECLS
