/* The binary format of modules (core spec 5.5): bytes to struct wasm_module. */
#pragma once

#include "wasm/decode/error.h"
#include "wasm/decode/reader.h"
#include "wasm/module.h"

/* Fills *m from m->bytes. Checks the format only; indices and types are validate/'s business,
 * except that nothing here reads outside an array. 0; -EINVAL; -ENOTSUP; -ENOMEM. */
MUSTUSE int wasm_decode(struct wasm_module *m, struct wasm_error *err);

/* ---- shared inside decode/ ---- */

enum section_id {
    SECTION_CUSTOM,
    SECTION_TYPE,
    SECTION_IMPORT,
    SECTION_FUNCTION,
    SECTION_TABLE,
    SECTION_MEMORY,
    SECTION_GLOBAL,
    SECTION_EXPORT,
    SECTION_START,
    SECTION_ELEMENT,
    SECTION_CODE,
    SECTION_DATA,
    SECTION_DATA_COUNT,
    SECTION_TAG,
    SECTION_COUNT
};

struct decoder {
    struct wasm_module *m;
    struct wasm_error *err;
    struct wasm_reader r; /* over the section being decoded */
    enum section_id section;
    struct wasm_bytes sections[SECTION_COUNT]; /* contents; at = NULL: absent */
    struct wasm_bytes name_section;
    uint64_t nelem_entries; /* of all element segments so far */
};

/* "data count"; "?" for what is no section. */
const char *wasm_section_name(unsigned id);
/* "type section at 0x1f: …"; returns err. */
int decode__fail(struct decoder *d, int err, const char *what);
/* Turns a reader's failure into the message; returns err. */
int decode__reader_failed(struct decoder *d, int err);
/* A vector's count: at most max, and each element takes at least `min_bytes` of what is left. */
MUSTUSE int decode__count(struct decoder *d, uint32_t max, uint32_t min_bytes, uint32_t *out);
/* A name (5.2.4): length, UTF-8. */
MUSTUSE int decode__name(struct decoder *d, struct wasm_bytes *out);
/* A constant expression, up to and with its `end`; notes functions that ref.func names. */
MUSTUSE int decode__expr(struct decoder *d, struct wasm_expr *out);
/* Marks a function as one that references may name. Ignores numbers out of range: validation
 * reports. */
void decode__declare_ref(struct decoder *d, uint32_t func);
/* Zeroed array of the module's arena, or NULL and the error noted. */
void *decode__array(struct decoder *d, size_t n, size_t size);
MUSTUSE int decode__limits(struct decoder *d, bool is_memory, struct wasm_limits *out);
MUSTUSE int decode__tabletype(struct decoder *d, struct wasm_tabletype *out);
MUSTUSE int decode__globaltype(struct decoder *d, struct wasm_globaltype *out);

MUSTUSE int decode__types(struct decoder *d);
MUSTUSE int decode__imports(struct decoder *d);
MUSTUSE int decode__functions(struct decoder *d);
MUSTUSE int decode__tables(struct decoder *d);
MUSTUSE int decode__memories(struct decoder *d);
MUSTUSE int decode__tags(struct decoder *d);
MUSTUSE int decode__globals(struct decoder *d);
MUSTUSE int decode__exports(struct decoder *d);
MUSTUSE int decode__start(struct decoder *d);
MUSTUSE int decode__elems(struct decoder *d);
MUSTUSE int decode__data_count(struct decoder *d);
MUSTUSE int decode__code(struct decoder *d);
MUSTUSE int decode__datas(struct decoder *d);
/* Names of module and functions; never fails: what is malformed is left out. */
void decode__names(struct decoder *d);
