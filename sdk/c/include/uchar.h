/* UTF-16 and UTF-32. */
#pragma once

#include <bits/decls.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#ifndef __cplusplus
typedef uint_least16_t char16_t;
typedef uint_least32_t char32_t;
#endif

__BEGIN_DECLS

/* As mbrtowc; -3: the second half of a pair, which no bytes belong to. */
size_t mbrtoc16(char16_t *__restrict out, const char *__restrict s, size_t n,
                mbstate_t *__restrict state);
size_t c16rtomb(char *__restrict to, char16_t c, mbstate_t *__restrict state);
size_t mbrtoc32(char32_t *__restrict out, const char *__restrict s, size_t n,
                mbstate_t *__restrict state);
size_t c32rtomb(char *__restrict to, char32_t c, mbstate_t *__restrict state);

__END_DECLS
