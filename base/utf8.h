/* UTF-8, as Unicode 15 table 3-7 defines well-formed sequences. */
#pragma once

#include "base/base.h"

bool utf8_valid(const void *text, size_t len);
/* Decodes one code point at text[0..len); returns its length in bytes, or 0 if malformed or cut
 * off. */
size_t utf8_decode(const void *text, size_t len, uint32_t *out_codepoint);
/* Writes 1 to 4 bytes; returns how many. */
size_t utf8_encode(uint32_t codepoint, char out[4]);
