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

const char *wasm_valtype_name(wasm_valtype_t type)
{
    switch (type) {
    case WASM_I32:
        return "i32";
    case WASM_I64:
        return "i64";
    case WASM_F32:
        return "f32";
    case WASM_F64:
        return "f64";
    case WASM_V128:
        return "v128";
    case WASM_FUNCREF:
        return "funcref";
    case WASM_EXTERNREF:
        return "externref";
    default:
        return "unknown type";
    }
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
