#include "wasm/decode/error.h"

#include "base/format.h"
#include "base/string.h"
#include "wasm/module.h"

int wasm_error_set(struct wasm_error *e, int err, uint32_t offset, unsigned op, const char *fmt,
                   ...)
{
    va_list ap;

    if (!e || e->what[0])
        return err;
    va_start(ap, fmt);
    fmt_vsnprintf(e->what, sizeof e->what, fmt, ap);
    va_end(ap);
    e->offset = offset;
    e->op = op == WASM_OP_INVALID ? -1 : wasm_op_info(op)->code;
    return err;
}

const char *wasm_proposal_verb(const char *proposal)
{
    size_t n = strlen(proposal);
    return n && proposal[n - 1] == 's' ? "are" : "is";
}

int wasm_error_reader(struct wasm_error *e, int err, const struct wasm_reader *r, const char *place,
                      uint32_t offset, unsigned op)
{
    if (err == -ENOTSUP && r->proposal)
        return wasm_error_set(e, err, offset, op, "%s at 0x%x: %s %s not supported yet", place,
                              (unsigned)offset, r->proposal, wasm_proposal_verb(r->proposal));
    return wasm_error_set(e, err, offset, op, "%s at 0x%x: %s", place, (unsigned)offset,
                          r->what ? r->what : "malformed");
}

/* Names of what has a code of its own; references: without the "ref" at their end. */
static const char *const code_names[256] = {
    [WASM_I32] = "i32",          [WASM_I64] = "i64",
    [WASM_F32] = "f32",          [WASM_F64] = "f64",
    [WASM_V128] = "v128",        [WASM_NOEXNREF] = "noexn",
    [WASM_NOFUNCREF] = "nofunc", [WASM_NOEXTERNREF] = "noextern",
    [WASM_NONEREF] = "none",     [WASM_FUNCREF] = "func",
    [WASM_EXTERNREF] = "extern", [WASM_ANYREF] = "any",
    [WASM_EQREF] = "eq",         [WASM_I31REF] = "i31",
    [WASM_STRUCTREF] = "struct", [WASM_ARRAYREF] = "array",
    [WASM_EXNREF] = "exn",
};

struct wasm_type_text wasm_valtype_text(wasm_valtype_t type)
{
    struct wasm_type_text text;
    const char *name = code_names[wasm_valtype_code(type)];
    const char *null = wasm_valtype_has_default(type) ? "null " : "";

    if (wasm_valtype_is_concrete(type))
        fmt_snprintf(text.s, sizeof text.s, "(ref %s%u)", null, (unsigned)wasm_valtype_index(type));
    else if (!name)
        fmt_snprintf(text.s, sizeof text.s, "any type");
    else if (!wasm_valtype_is_ref(type))
        fmt_snprintf(text.s, sizeof text.s, "%s", name);
    else if (!wasm_valtype_has_default(type))
        fmt_snprintf(text.s, sizeof text.s, "(ref %s)", name);
    else if (!strncmp(name, "no", 2))
        fmt_snprintf(text.s, sizeof text.s, "null%sref", strcmp(name, "none") ? name + 2 : "");
    else
        fmt_snprintf(text.s, sizeof text.s, "%sref", name);
    return text;
}

void wasm_error_quote(const struct wasm_bytes *name, char *out, size_t size)
{
    size_t n = min_u64(name->len, size - 1);

    for (size_t i = 0; i < n; i++)
        out[i] = name->at[i] >= 0x20 && name->at[i] != 0x7f ? (char)name->at[i] : '?';
    if (n < name->len && n > 3)
        memcpy(out + n - 3, "...", 3);
    out[n] = '\0';
}
