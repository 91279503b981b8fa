/* The domain: values, states, and how they meet. */
#include "wasm/verify/state.h"

#include "base/string.h"

static const uint8_t saved_regs[SAVED_REGS] = {V_RBX, V_RBP, V_R12, V_R13};

int state_saved_index(unsigned reg)
{
    for (int i = 0; i < SAVED_REGS; i++)
        if (saved_regs[i] == reg)
            return i;
    return -1;
}

struct vval val_add(struct vval a, struct vval b)
{
    struct vval sum = a.kind == VAL_BELOW ? a : b;
    if ((a.kind != VAL_RANGE && a.kind != VAL_BELOW) ||
        (b.kind != VAL_RANGE && b.kind != VAL_BELOW) || (a.kind == VAL_BELOW && b.kind == a.kind))
        return VAL_ANY;
    sum.shift = 0;
    if (__builtin_add_overflow(a.lo, b.lo, &sum.lo) || __builtin_add_overflow(a.hi, b.hi, &sum.hi))
        return VAL_ANY;
    if (sum.kind == VAL_BELOW && (sum.lo < INT32_MIN || sum.hi > (int64_t)UINT32_MAX))
        return VAL_ANY;
    return sum;
}

struct vval val_sub(struct vval a, struct vval b)
{
    if (b.kind != VAL_RANGE || b.lo == INT64_MIN || b.hi == INT64_MAX)
        return VAL_ANY;
    return val_add(a, (struct vval){VAL_RANGE, 0, 0, 0, -b.hi, -b.lo});
}

struct vval val_shl(struct vval a, unsigned k)
{
    if (!val_is_short(&a) || k > 30)
        return VAL_ANY;
    return (struct vval){VAL_RANGE, (uint8_t)k, 0, 0, a.lo << k, a.hi << k};
}

void state_init(struct vstate *s, const struct verify_sig *own)
{
    s->sp = s->ret = s->probed = 0;
    s->scratch = s->x[0] = s->x[1] = VAL_ANY;
    s->flags = (struct vflags){0};
    s->payload_bytes = 0;
    for (unsigned r = 0; r < V_GPRS; r++)
        s->r[r] = own->param_short >> r & 1 ? VAL_SHORT : VAL_ANY;
    for (unsigned i = 0; i < SAVED_REGS; i++) {
        s->r[saved_regs[i]] = VAL_OF(VAL_SAVED, saved_regs[i]);
        s->saved[i] = NOWHERE;
    }
    s->r[V_R14] = VAL_OF(VAL_MEMORY, 0);
    s->nslots = 0;
    for (unsigned r = 0; r < V_GPRS; r++)
        s->copy_of[r] = NOWHERE;
}

/* Values of a chain constant, below 2^32, any: three steps at most. */
static bool join_value(struct vval *to, const struct vval *from)
{
    bool any = to->kind == VAL_RANGE && to->lo == INT64_MIN && to->hi == INT64_MAX;
    if (any || val_equal(to, from))
        return false;
    struct vval v = val_is_short(to) && val_is_short(from) ? VAL_SHORT : VAL_ANY;
    if (val_equal(to, &v))
        return false;
    *to = v;
    return true;
}

static bool join_place(int32_t *to, int32_t from)
{
    if (*to == from || *to == NOWHERE)
        return false;
    *to = NOWHERE;
    return true;
}

static bool join_slots(struct vstate *to, const struct vstate *from)
{
    bool changed = false;
    for (unsigned r = 0; r < V_GPRS; r++)
        changed |= join_place(&to->copy_of[r], from->copy_of[r]);
    for (uint32_t i = 0; i < to->nslots;) {
        struct vval other = state_loaded(from, to->slots[i].at, true);
        struct vslot *s = &to->slots[i];
        if (join_value(&s->v, &other)) {
            changed = true;
            if (!val_is_short(&s->v)) {
                *s = to->slots[--to->nslots];
                continue;
            }
        }
        i++;
    }
    return changed;
}

/* Is everything equal, flags apart? Most ways bring nothing new. */
static bool same_words(const struct vstate *a, const struct vstate *b)
{
    enum { WORDS = offsetof(struct vstate, flags) / sizeof(vword) };
    _Static_assert(offsetof(struct vstate, flags) % sizeof(vword) == 0, "nothing is left out");
    const vword *x = (const vword *)(const void *)a, *y = (const vword *)(const void *)b;
    uint64_t differ = 0;
    for (unsigned i = 0; i < WORDS; i++)
        differ |= x[i] ^ y[i];
    return !differ;
}

const char *state_join(struct vstate *to, const struct vstate *from, bool wide, bool *changed)
{
    bool c = false;
    if (LIKELY(!wide) && same_words(to, from)) {
        *changed = false;
        return NULL;
    }
    if (to->sp != from->sp)
        return "the stack is of another height on another way here";
    for (unsigned r = 0; r < V_R15; r++)
        c |= join_value(&to->r[r], &from->r[r]);
    for (unsigned i = 0; i < VECTORS_KNOWN; i++)
        c |= join_value(&to->x[i], &from->x[i]);
    c |= join_value(&to->scratch, &from->scratch);
    c |= join_place(&to->ret, from->ret);
    for (unsigned i = 0; i < SAVED_REGS; i++)
        c |= join_place(&to->saved[i], from->saved[i]);
    if (to->probed < from->probed) {
        to->probed = from->probed;
        c = true;
    }
    if (to->payload_bytes > from->payload_bytes) {
        to->payload_bytes = from->payload_bytes;
        c = true;
    }
    if (wide)
        c |= join_slots(to, from);
    *changed = c;
    return NULL;
}

void state_forget(struct vstate *s)
{
    for (unsigned r = 0; r < V_R14; r++) {
        if (state_saved_index(r) < 0) {
            s->r[r] = VAL_ANY;
            s->copy_of[r] = NOWHERE;
        }
    }
    s->x[0] = s->x[1] = s->scratch = VAL_ANY;
    s->flags.kind = FLAG_NONE;
    s->payload_bytes = 0;
}

void state_set(struct vstate *s, unsigned reg, struct vval v)
{
    s->r[reg] = v;
    s->copy_of[reg] = NOWHERE;
    if (s->flags.reg == reg || (s->flags.kind == FLAG_SAME && s->flags.k == reg))
        s->flags.kind = FLAG_NONE;
}

static bool overlap(int32_t known, int32_t at, int32_t bytes)
{
    return known < at + bytes && at < known + 8;
}

void state_stored(struct vstate *s, int32_t at, int32_t bytes, bool wide)
{
    if (s->ret != NOWHERE && overlap(s->ret, at, bytes))
        s->ret = NOWHERE;
    for (unsigned i = 0; i < SAVED_REGS; i++)
        if (s->saved[i] != NOWHERE && overlap(s->saved[i], at, bytes))
            s->saved[i] = NOWHERE;
    if (!wide)
        return;
    for (unsigned r = 0; r < V_GPRS; r++)
        if (s->copy_of[r] != NOWHERE && overlap(s->copy_of[r], at, bytes))
            s->copy_of[r] = NOWHERE;
    for (uint32_t i = 0; i < s->nslots;) {
        if (overlap(s->slots[i].at, at, bytes))
            s->slots[i] = s->slots[--s->nslots];
        else
            i++;
    }
}

struct vval state_loaded(const struct vstate *s, int32_t at, bool wide)
{
    if (at == s->ret)
        return VAL_OF(VAL_RETURN, 0);
    for (unsigned i = 0; i < SAVED_REGS; i++)
        if (s->saved[i] == at)
            return VAL_OF(VAL_SAVED, saved_regs[i]);
    for (uint32_t i = 0; wide && i < s->nslots; i++)
        if (s->slots[i].at == at)
            return s->slots[i].v;
    return VAL_ANY;
}
