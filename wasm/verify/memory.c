/* Memory operands: what may be read and written, by what their base holds. */
#include "wasm/limits.h"
#include "wasm/verify/state.h"

enum { DESC_BYTES = sizeof(struct wasm_funcdesc), ENTRY_BYTES = sizeof(struct ctx_table_entry) };
enum { VALUE_BYTES = 16, SUM_MAX_LOG2 = 40 };

/* A linear memory. An index of 32 bits, times eight at most, plus a displacement, ends in the
 * reservation behind every memory; so does an index below the memory's limit (limits.h). */
static void check_linear(struct verifier *v, const struct vinsn *in, const struct vval *base,
                         unsigned bytes)
{
    const int64_t most = 1ll << SUM_MAX_LOG2;
    struct vval i = in->index == V_NO_REG ? VAL_CONST(0) : v->now.r[in->index];
    int64_t above = (int64_t)WASM_MEMORY_GUARD_BYTES;
    if (base->n >= v->m->nmemories) {
        v_refuse(v, in->at, "there is no such memory");
        return;
    }
    if (i.kind == VAL_BELOW ? i.n != base->n || in->scale : i.kind != VAL_RANGE) {
        v_refuse(v, in->at, "an index that is no number, or below another memory's limit");
        return;
    }
    if (i.kind == VAL_RANGE)
        above += (int64_t)WASM_MEMORY_LIMIT_MIN;
    if (i.lo < -most || i.hi > most ||
        i.lo * (1 << in->scale) + in->disp < -(int64_t)WASM_MEMORY_BELOW_BYTES ||
        i.hi * (1 << in->scale) + in->disp + bytes > above)
        v_refuse(v, in->at, "a memory address that may leave the reservation");
    if (in->site != CODE_SITE_MEMORY && in->site != CODE_SITE_FOLDED)
        v_refuse(v, in->at, "an access to memory that is not listed as one that may trap");
}

/* [rsp + disp]: the frame, and the caller's area with parameters and results. */
static int32_t check_stack(struct verifier *v, const struct vinsn *in, unsigned bytes)
{
    int64_t at = (int64_t)v->now.sp + in->disp;
    int64_t top = 8ll + v->own->param_bytes + v->own->result_bytes;
    if (in->index != V_NO_REG || at < v->now.sp || at + bytes > top) {
        v_refuse(v, in->at, "an access to the stack outside of the function's own part");
        return 0;
    }
    return (int32_t)at;
}

struct field {
    struct vval v;
    bool readable, writable;
    uint32_t bytes; /* of it, from where the operand is */
};

/* Parts of the context behind its fixed fields: arrays. */
static struct field array_field(const struct verifier *v, uint32_t at)
{
    const struct ctx_layout *l = v->v->layout;
    const struct wasm_module *m = v->m;
    struct field f = {.v = VAL_ANY};
    uint32_t i, in;
    if (at >= l->tags) {
        f.readable = (at - l->tags) / 4 < m->ntags;
        f.bytes = 4 - at % 4;
    } else if (at >= l->imports) {
        f.readable = false; /* only called */
    } else if (at >= l->globals) {
        i = (at - l->globals) / VALUE_BYTES;
        in = (at - l->globals) % VALUE_BYTES;
        f.readable = i < m->nglobals;
        f.bytes = VALUE_BYTES - in;
        if (f.readable && m->globals[i].imported) {
            f.v = VAL_OF(VAL_GLOBAL, i);
            f.readable = in == 0;
            f.bytes = 8;
        } else {
            f.writable = f.readable && m->globals[i].type.mutable_;
        }
    } else if (at >= l->tables) {
        i = (at - l->tables) / sizeof(struct ctx_table_ref);
        in = (at - l->tables) % sizeof(struct ctx_table_ref);
        f.v = VAL_OF(in ? VAL_TABLE_INFO : VAL_ENTRIES, i);
        f.readable = i < m->ntables && (in == offsetof(struct ctx_table_ref, entries) ||
                                        in == offsetof(struct ctx_table_ref, table));
        f.bytes = 8;
    } else {
        i = (at - l->memories) / sizeof(struct ctx_memory_ref);
        in = (at - l->memories) % sizeof(struct ctx_memory_ref);
        f.readable = i < m->nmemories && in % 8 == 0 && in <= 16;
        f.v = VAL_OF(in == 0 ? VAL_MEMORY : in == 8 ? VAL_MEMORY_INFO : VAL_LIMIT, i);
        f.bytes = 8;
    }
    return f;
}
_Static_assert(offsetof(struct ctx_memory_ref, memory) == 8 &&
                   offsetof(struct ctx_memory_ref, limit) == 16,
               "as array_field has them");

/* [r15 + at] */
static struct field context_field(const struct verifier *v, uint32_t at)
{
    static const struct field known[] = {
#define AT(name) [offsetof(struct wasm_ctx, name) / 4]
        AT(mem0_base) = {{.kind = VAL_MEMORY}, true, false, 8},
        AT(mem0) = {{.kind = VAL_MEMORY_INFO}, true, false, 8},
        AT(funcdescs) = {{.kind = VAL_DESCS}, true, false, 8},
        AT(first_funcref) = {{VAL_RANGE, 0, 0, 0, INT64_MIN, INT64_MAX}, true, false, 4},
        AT(caught) = {{VAL_RANGE, 0, 0, 0, INT64_MIN, INT64_MAX}, true, false, 4},
        AT(caught_tag) = {{VAL_RANGE, 0, 0, 0, INT64_MIN, INT64_MAX}, true, false, 4},
        AT(payload) = {{.kind = VAL_PAYLOAD}, true, false, 8},
        AT(scratch) = {{VAL_RANGE, 0, 0, 0, INT64_MIN, INT64_MAX}, true, true, 8},
#undef AT
    };
    if (at >= sizeof(struct wasm_ctx))
        return at < v->v->layout->size_bytes ? array_field(v, at) : (struct field){0};
    if (at % 4 || at / 4 >= ARRAY_LEN(known))
        return (struct field){0};
    return known[at / 4];
}

static struct vval check_context(struct verifier *v, const struct vinsn *in, unsigned bytes,
                                 bool write)
{
    struct field f = {0};
    if (in->index == V_NO_REG && in->disp >= 0)
        f = context_field(v, (uint32_t)in->disp);
    if (bytes > f.bytes || !(write ? f.writable : f.readable))
        v_refuse(v, in->at,
                 write ? "a write to a part of the context that is not the program's"
                       : "a read from a part of the context that is not its business");
    if (in->disp == offsetof(struct wasm_ctx, scratch))
        f.v = v->now.scratch;
    return bytes == 8 && f.bytes == 8 ? f.v : VAL_ANY;
}

/* Records that are reached by a pointer out of the context: how many bytes of one, from its start,
 * may be read. */
static uint32_t record_bytes(const struct verifier *v, const struct vinsn *in, struct vval base)
{
    bool first = base.kind == VAL_ENTRY;
    switch (base.kind) {
    case VAL_GLOBAL:
        return VALUE_BYTES;
    case VAL_PAYLOAD:
        return v->v->payload_bytes;
    case VAL_ENTRY:
    case VAL_TYPED_ENTRY:
        return first && in->site != CODE_SITE_TABLE ? 0 : ENTRY_BYTES;
    case VAL_DESC:
    case VAL_OWN_DESC:
        return DESC_BYTES;
    case VAL_MEMORY_INFO:
        return in->disp == offsetof(struct ctx_memory, size_bytes) ? UINT8_MAX : 0;
    case VAL_TABLE_INFO:
        return in->disp == offsetof(struct ctx_table, size) ? UINT8_MAX : 0;
    default:
        return 0;
    }
}
_Static_assert(offsetof(struct ctx_memory, size_bytes) + 8 < UINT8_MAX &&
                   offsetof(struct ctx_table, size) + 8 < UINT8_MAX,
               "these fields lie in the first bytes of their records");

static struct vval check_record(struct verifier *v, const struct vinsn *in, unsigned bytes,
                                bool write)
{
    struct vval base = v->now.r[in->base];
    uint32_t size = record_bytes(v, in, base);
    if (base.kind == VAL_MEMORY_INFO && base.n >= v->m->nmemories)
        size = 0;
    if (write && base.kind == VAL_PAYLOAD)
        size = v->now.payload_bytes;
    else if (write && (base.kind != VAL_GLOBAL || !v->m->globals[base.n].type.mutable_))
        size = 0;
    if (in->index != V_NO_REG || in->disp < 0 || (uint64_t)in->disp + bytes > size) {
        v_refuse(v, in->at, "an access by a register that holds no address, or beyond its record");
        return VAL_ANY;
    }
    if (bytes == 8 && base.kind == VAL_TYPED_ENTRY &&
        in->disp == offsetof(struct ctx_table_entry, code))
        return VAL_OF(VAL_ENTRY_CODE, base.n);
    if (bytes == 8 && base.kind == VAL_MEMORY_INFO && !v->m->memories[base.n].limits.is64)
        return VAL_UP_TO((int64_t)WASM_MEMORY_LIMIT_MIN); /* its size */
    return VAL_ANY;
}

struct vval v_read(struct verifier *v, const struct vinsn *in, unsigned bytes)
{
    if (in->base == V_RSP) {
        int32_t at = check_stack(v, in, bytes);
        return bytes == 8 ? state_loaded(&v->now, at, v->v->wide) : VAL_ANY;
    }
    if (in->base == V_R15)
        return check_context(v, in, bytes, false);
    if (in->base == V_RIP) {
        if ((uint32_t)in->disp >= v->end)
            v_refuse(v, in->at, "a constant outside of the module's code");
        return VAL_ANY;
    }
    if (in->base == V_NO_REG) {
        v_refuse(v, in->at, "a memory operand without a base");
        return VAL_ANY;
    }
    if (v->now.r[in->base].kind != VAL_MEMORY)
        return check_record(v, in, bytes, false);
    check_linear(v, in, &v->now.r[in->base], bytes);
    return VAL_ANY;
}

static void write_stack(struct verifier *v, const struct vinsn *in, unsigned bytes,
                        const struct vval *value)
{
    struct vstate *s = &v->now;
    int32_t at = check_stack(v, in, bytes);
    state_stored(s, at, (int32_t)bytes, v->v->wide);
    if (!value || bytes != 8)
        return;
    if (value->kind == VAL_RETURN)
        s->ret = at;
    else if (value->kind == VAL_SAVED)
        s->saved[state_saved_index(value->n)] = at;
    else if (v->v->wide && s->nslots < SLOTS_MAX &&
             (val_is_short(value) || value->kind == VAL_BELOW))
        s->slots[s->nslots++] = (struct vslot){at, *value};
}

void v_write(struct verifier *v, const struct vinsn *in, unsigned bytes, const struct vval *value)
{
    if (in->base == V_RSP) {
        write_stack(v, in, bytes, value);
    } else if (in->base == V_R15) {
        (void)check_context(v, in, bytes, true);
        if (in->disp == offsetof(struct wasm_ctx, scratch))
            v->now.scratch = value ? *value : VAL_ANY;
    } else if (in->base >= V_GPRS) {
        v_refuse(v, in->at, "a write to code, or to nowhere");
    } else if (v->now.r[in->base].kind == VAL_MEMORY) {
        check_linear(v, in, &v->now.r[in->base], bytes);
    } else {
        (void)check_record(v, in, bytes, true);
    }
}
