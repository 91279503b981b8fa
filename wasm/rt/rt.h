/* The runtime's calls from compiled code (rt.def) as an enumeration and as rows. */
#pragma once

#include "base/base.h"

enum rt_id {
#define RT(id, sig) RT_##id,
#include "wasm/rt/rt.def"
#undef RT
    RT_COUNT
};

/* What IR_CALL_RT passes and gets: letters i i32, I i64, r reference. */
static const struct rt_info {
    const char *name, *sig; /* "memory_grow", "iI:I" */
} rt_calls[RT_COUNT] UNUSED = {
#define RT(id, sig) {#id, sig},
#include "wasm/rt/rt.def"
#undef RT
};
