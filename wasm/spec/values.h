/* Values as the specification's scripts write them. */
#pragma once

#include "wasm/spec/json.h"
#include "wasm/wasm.h"

/* An argument. References to externs are handles of n + 1, since 0 is null. false: not a value
 * of 2.0. */
bool spec_value_parse(const struct json *j, union wasm_value *out);
/* Is `have`, of a type of the same width, what is expected? NaN patterns and alternatives included.
 */
bool spec_value_matches(const struct json *want, wasm_valtype_t type, const union wasm_value *have);
/* Is `name` what the script calls values of this type? */
bool spec_type_matches(const char *name, wasm_valtype_t type);
