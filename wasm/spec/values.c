#include "wasm/spec/values.h"

#include "base/string.h"

/* A decimal number with or without a sign, modulo 2^64, up to what is no digit. */
static uint64_t number(const char *s)
{
    bool negative = *s == '-';
    uint64_t v = 0;

    for (s += negative; *s >= '0' && *s <= '9'; s++)
        v = v * 10 + (uint64_t)(*s - '0');
    return negative ? -v : v;
}

/* Bits of a lane of a vector, by the name of its type. */
static unsigned lane_bits(const struct json *vector)
{
    const char *type = json_text(vector, "lane_type");
    return type && type[0] ? (unsigned)number(type + 1) : 0;
}

static bool parse_vector(const struct json *j, union wasm_value *out)
{
    const struct json *lanes = json_get(j, "value");
    unsigned bits = lane_bits(j), at = 0;

    if (!lanes || bits < 8 || bits > 64)
        return false;
    for (const struct json *lane = lanes->child; lane && at < 128; lane = lane->next, at += bits) {
        uint64_t v = number(lane->text);
        out->v128[at / 64] |= (bits < 64 ? v & ((1ull << bits) - 1) : v) << at % 64;
    }
    return at == 128;
}

/* "externref", "exnref" … */
static bool names_reference(const char *type)
{
    size_t n = strlen(type);
    return n > 3 && !strcmp(type + n - 3, "ref");
}

bool spec_value_parse(const struct json *j, union wasm_value *out)
{
    const char *type = json_text(j, "type"), *value = json_text(j, "value");

    memset(out, 0, sizeof *out);
    if (!type)
        return false;
    if (!strcmp(type, "v128"))
        return parse_vector(j, out);
    if (!strcmp(type, "i32") || !strcmp(type, "f32") || !strcmp(type, "i64") ||
        !strcmp(type, "f64")) {
        out->i64 = number(value);
        return true;
    }
    if (!strcmp(type, "externref")) {
        out->ref = !value || !strcmp(value, "null") ? 0 : (uint32_t)number(value) + 1;
        return true;
    }
    return !strcmp(type, "refnull") || (names_reference(type) && value && !strcmp(value, "null"));
}

static bool nan_matches(const char *pattern, bool is64, uint64_t bits)
{
    uint64_t quiet = is64 ? 0x7ff8000000000000 : 0x7fc00000;
    uint64_t sign = is64 ? 0x8000000000000000 : 0x80000000;

    if (!strcmp(pattern, "nan:canonical"))
        return (bits & ~sign) == quiet;
    return (bits & quiet) == quiet;
}

static bool vector_matches(const struct json *want, const union wasm_value *have)
{
    const struct json *lanes = json_get(want, "value");
    unsigned bits = lane_bits(want), at = 0;

    if (!lanes || bits < 8 || bits > 64)
        return false;
    for (const struct json *lane = lanes->child; lane && at < 128; lane = lane->next, at += bits) {
        uint64_t mask = bits < 64 ? (1ull << bits) - 1 : UINT64_MAX;
        uint64_t v = have->v128[at / 64] >> at % 64 & mask;
        if (!strncmp(lane->text, "nan:", 4)) {
            if (!nan_matches(lane->text, bits == 64, v))
                return false;
        } else if ((number(lane->text) & mask) != v) {
            return false;
        }
    }
    return at == 128;
}

bool spec_value_matches(const struct json *want, wasm_valtype_t type, const union wasm_value *have)
{
    const char *name = json_text(want, "type"), *value = json_text(want, "value");
    bool is64 = type == WASM_I64 || type == WASM_F64;
    union wasm_value v;

    if (!name)
        return false;
    if (!strcmp(name, "either")) {
        const struct json *values = json_get(want, "values");
        for (const struct json *c = values ? values->child : NULL; c; c = c->next)
            if (spec_value_matches(c, type, have))
                return true;
        return false;
    }
    if (!strcmp(name, "v128"))
        return type == WASM_V128 && vector_matches(want, have);
    if (!strcmp(name, "refnull") || !strncmp(name, "null", 4) || (value && !strcmp(value, "null")))
        return !have->ref;
    if (names_reference(name)) {
        if (!value)
            return have->ref;
        return spec_value_parse(want, &v) && v.ref == have->ref;
    }
    if (value && !strncmp(value, "nan:", 4))
        return nan_matches(value, is64, is64 ? have->i64 : have->i32);
    return spec_value_parse(want, &v) && (is64 ? v.i64 == have->i64 : v.i32 == have->i32);
}

/* The heap type above all others of a reference type. */
static unsigned top_of(wasm_valtype_t type)
{
    if (wasm_valtype_is_func(type))
        return WASM_FUNCREF;
    switch (wasm_valtype_code(type)) {
    case WASM_EXTERNREF:
    case WASM_NOEXTERNREF:
        return WASM_EXTERNREF;
    case WASM_EXNREF:
    case WASM_NOEXNREF:
        return WASM_EXNREF;
    default:
        return WASM_ANYREF;
    }
}

bool spec_type_matches(const char *name, wasm_valtype_t type)
{
    static const struct {
        const char *name;
        wasm_valtype_t type;
    } names[] = {{"v128", WASM_V128},
                 {"i32", WASM_I32},
                 {"i64", WASM_I64},
                 {"f32", WASM_F32},
                 {"f64", WASM_F64},
                 {"funcref", WASM_FUNCREF},
                 {"nullfuncref", WASM_NOFUNCREF},
                 {"externref", WASM_EXTERNREF},
                 {"nullexternref", WASM_NOEXTERNREF},
                 {"exnref", WASM_EXNREF},
                 {"nullexnref", WASM_NOEXNREF},
                 {"anyref", WASM_ANYREF},
                 {"nullref", WASM_NONEREF}};

    if (!strcmp(name, "refnull"))
        return wasm_valtype_is_ref(type);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (strcmp(name, names[i].name))
            continue;
        if (!wasm_valtype_is_ref(type))
            return type == names[i].type;
        return wasm_valtype_is_ref(names[i].type) && top_of(type) == top_of(names[i].type);
    }
    return false;
}
