/* Fills struct wasm_error. */
#pragma once

#include "wasm/decode/reader.h"

/* Notes an error unless there is one already; e may be NULL. Returns `err`. op: enum wasm_op or 0.
 */
int wasm_error_set(struct wasm_error *e, int err, uint32_t offset, unsigned op, const char *fmt,
                   ...) PRINTF_LIKE(5, 6);
/* What a reader complained about, after "PLACE at 0xOFFSET: ". `place` as "type section". */
int wasm_error_reader(struct wasm_error *e, int err, const struct wasm_reader *r, const char *place,
                      uint32_t offset, unsigned op);
/* The verb that a proposal's name wants: "tail calls are", "SIMD is". */
const char *wasm_proposal_verb(const char *proposal);
/* A value type as the text format writes it: "i32", "funcref", "(ref null 12)". */
struct wasm_type_text {
    char s[24];
};
struct wasm_type_text wasm_valtype_text(wasm_valtype_t type);
/* Bytes of a file as text for a message: cut at a sensible length, unprintable bytes replaced. */
struct wasm_bytes;
void wasm_error_quote(const struct wasm_bytes *name, char *out, size_t size);
