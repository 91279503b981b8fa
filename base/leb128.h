/* LEB128 as WebAssembly restricts it (core spec 5.2.2): at most ceil(N/7) bytes, unused bits must
 * agree. */
#pragma once

#include "base/base.h"

/* Each reads at *p, stays below end, advances *p and returns 0; or -EINVAL (too long, bad unused
 * bits) or -EOVERFLOW (cut off), leaving *p alone. */
MUSTUSE int leb_u32(const uint8_t **p, const uint8_t *end, uint32_t *out);
MUSTUSE int leb_u64(const uint8_t **p, const uint8_t *end, uint64_t *out);
MUSTUSE int leb_s32(const uint8_t **p, const uint8_t *end, int32_t *out);
MUSTUSE int leb_s33(const uint8_t **p, const uint8_t *end, int64_t *out);
MUSTUSE int leb_s64(const uint8_t **p, const uint8_t *end, int64_t *out);
