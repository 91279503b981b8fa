/* The walk: what can be reached is decoded, and each way through it followed until nothing that is
 * known changes any more. */
#include "base/string.h"
#include "wasm/verify/state.h"

enum { STEPS_PER_INSN = 64, STEPS_BASE = 1 << 16, FIRST_CAP = 64 };

void v_refuse(struct verifier *v, uint32_t at, const char *rule)
{
    if (v->err)
        return;
    v->err = -EFAULT;
    *v->error = (struct verify_error){rule, at};
}

/* Room for one more element; false and v->err if there is no memory. */
static bool grow(struct verifier *v, void *array, uint32_t *cap, uint32_t n, size_t size)
{
    void *old, *more;
    if (LIKELY(n < *cap))
        return true;
    uint32_t want = *cap ? 2 * *cap : FIRST_CAP;
    more = arena_calloc(v->arena, want, size);
    if (!more) {
        v->err = v->err ? v->err : -ENOMEM;
        return false;
    }
    memcpy(&old, array, sizeof old);
    if (n)
        memcpy(more, old, n * size);
    memcpy(array, &more, sizeof more);
    *cap = want;
    return true;
}

static bool inside(const struct verifier *v, int64_t at)
{
    return at >= v->start && at < v->end;
}

/* ---- decoding ---- */

static void want(struct verifier *v, uint32_t at)
{
    if (grow(v, &v->todo, &v->cap_todo, v->ntodo, sizeof *v->todo))
        v->todo[v->ntodo++] = at;
}

static uint32_t first_site(const struct code_body *b, uint32_t at)
{
    uint32_t lo = 0, hi = b->nsites;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (b->sites[mid].code_offset < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool ends_run(unsigned op)
{
    return op == VOP_JMP || op == VOP_JMP_M || op == VOP_RET || op == VOP_UD2 || op == VOP_GOTO;
}

/* Takes in one instruction at `at`, which is not decoded; its length, or 0. */
static uint32_t take_in(struct verifier *v, uint32_t at)
{
    struct vinsn *in = &v->insns[v->ninsns];
    const struct code_body *b = v->f->body;
    if (!vinsn_decode(v->f->code, at, v->end, in)) {
        v_refuse(v, at, "not an instruction that compiled code may have");
        return 0;
    }
    uint32_t *map = v->map + (at - v->start);
    for (unsigned i = 1; i < in->len; i++) {
        if (map[i]) {
            v_refuse(v, at, "instructions that overlap");
            return 0;
        }
        map[i] = V_INSIDE;
    }
    map[0] = ++v->ninsns;
    while (v->next_site < b->nsites && b->sites[v->next_site].code_offset < at)
        v->next_site++;
    if (v->next_site < b->nsites && b->sites[v->next_site].code_offset == at)
        in->site = b->sites[v->next_site].offset_kind & 0xff;
    if ((in->op == VOP_JMP || in->op == VOP_JCC) && inside(v, in->imm))
        want(v, (uint32_t)in->imm);
    return in->len;
}

/* From `at` to where execution cannot go on, or is decoded already. */
static void decode_run(struct verifier *v, uint32_t at)
{
    v->next_site = first_site(v->f->body, at);
    for (;;) {
        if (UNLIKELY(v->ninsns + 1 >= v->cap_insns) &&
            !grow(v, &v->insns, &v->cap_insns, v->ninsns + 1, sizeof *v->insns))
            return;
        if (at >= v->end) {
            v_refuse(v, at, "execution runs out of the function");
            return;
        }
        uint32_t known = v->map[at - v->start];
        if (known == V_INSIDE) {
            v_refuse(v, at, "execution goes on inside an instruction");
            return;
        }
        if (known) {
            v->insns[v->ninsns++] = (struct vinsn){.at = at, .imm = at, .op = VOP_GOTO};
            v->insns[known - 1].flags |= VI_LEADER;
            return;
        }
        uint32_t len = take_in(v, at);
        if (!len || ends_run(v->insns[v->ninsns - 1].op))
            return;
        at += len;
    }
}

/* Decodes everything that direct jumps lead to from there, and marks the places. */
static void decode_from(struct verifier *v, uint32_t at)
{
    want(v, at);
    while (v->ntodo && !v->err) {
        at = v->todo[--v->ntodo];
        uint32_t known = v->map[at - v->start];
        if (known == V_INSIDE) {
            v_refuse(v, at, "a jump into an instruction");
            return;
        }
        if (!known)
            decode_run(v, at);
        if (!v->err)
            v->insns[v->map[at - v->start] - 1].flags |= VI_LEADER;
    }
}

/* ---- leaders ---- */

static void set_waiting(struct verifier *v, struct ventry *e)
{
    uint32_t bit = e->at - v->start;
    v->waiting[bit / 64] |= 1ull << bit % 64;
}

/* A place that was passed before it was known that something jumps there: the walk that passed has
 * to be done again. */
static void revisit(struct verifier *v, uint32_t index)
{
    while (!(v->insns[index].flags & VI_LEADER))
        index--;
    if (v->insns[index].state)
        set_waiting(v, v->entries[v->insns[index].state - 1]);
}

static struct ventry *entry_of(struct verifier *v, uint32_t at)
{
    uint32_t known = v->map[at - v->start];
    if (!known) {
        decode_from(v, at);
        if (v->err)
            return NULL;
        known = v->map[at - v->start];
    }
    if (known == V_INSIDE) {
        v_refuse(v, at, "a jump into an instruction");
        return NULL;
    }
    struct vinsn *in = &v->insns[known - 1];
    if (!(in->flags & VI_LEADER)) {
        revisit(v, known - 1);
        in->flags |= VI_LEADER;
    }
    if (in->state)
        return v->entries[in->state - 1];
    if (!grow(v, &v->entries, &v->cap_entries, v->nentries, sizeof *v->entries))
        return NULL;
    struct ventry *e = arena_alloc(v->arena, offsetof(struct ventry, s) + v->state_bytes);
    if (!e) {
        v->err = -ENOMEM;
        return NULL;
    }
    e->at = at;
    v->entries[v->nentries++] = e;
    in->state = v->nentries;
    return e;
}

void v_edge(struct verifier *v, uint32_t from, uint32_t to)
{
    bool changed = true;
    if (v->err)
        return;
    if (!inside(v, to)) {
        v_refuse(v, from, "a jump out of the function");
        return;
    }
    uint32_t before = v->nentries;
    struct ventry *e = entry_of(v, to);
    if (!e)
        return;
    if (v->nentries != before) {
        memcpy(&e->s, &v->now, v->state_bytes);
        e->s.flags.kind = FLAG_NONE;
    } else {
        const char *rule = state_join(&e->s, &v->now, v->v->wide, &changed);
        if (rule)
            v_refuse(v, to, rule);
    }
    if (changed)
        set_waiting(v, e);
}

/* ---- walking ---- */

/* The access at hand may go on at its copy, with nothing changed (docs/engine.md, sums). */
static void recover(struct verifier *v, const struct vinsn *in)
{
    const struct code_body *b = v->f->body;
    uint32_t lo = 0, hi = b->nrecoveries, at = in->at, len = in->len;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (b->recoveries[mid].at < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == b->nrecoveries || b->recoveries[lo].at != at) {
        v_refuse(v, at, "an access that is to be made again, and no place where");
        return;
    }
    if (len < 5)
        v_refuse(v, at, "an access that a jump cannot take the place of");
    v_edge(v, at, b->recoveries[lo].resume);
}

/* To each place in the jump table. */
static void jump_by_table(struct verifier *v, uint32_t from, struct vval target)
{
    for (int64_t i = 0; i < target.lo && !v->err; i++) {
        int32_t delta;
        memcpy(&delta, v->f->code + target.n + 4 * i, 4);
        v_edge(v, from, target.n + (uint32_t)delta);
    }
}

static void jump(struct verifier *v, const struct vinsn *in)
{
    if (in->op == VOP_JMP_M && !(in->flags & VI_MEM) && v->now.r[in->base].kind == VAL_TARGET)
        jump_by_table(v, in->at, v->now.r[in->base]);
    else if (in->op == VOP_JMP_M || !inside(v, in->imm))
        v_leave(v, in);
    else
        v_edge(v, in->at, (uint32_t)in->imm);
}

static void branch(struct verifier *v, const struct vinsn *in)
{
    struct vflags flags = v->now.flags;
    if (!inside(v, in->imm)) {
        v_refuse(v, in->at, "a conditional jump out of the function");
        return;
    }
    if (flags.kind == FLAG_NONE) {
        if (in->imm < in->at && in - v->insns >= 3 && v_is_probe(v, in - 3))
            return; /* the loop has been looked at as a whole */
        v_edge(v, in->at, (uint32_t)in->imm);
        return;
    }
    unsigned cond = in->aux; /* decoding may move the instructions */
    struct vstate kept;
    struct vval *r = v->now.r, a = r[flags.reg], b = r[flags.k % V_GPRS];
    if (v->v->wide)
        memcpy(&kept, &v->now, v->state_bytes);
    v_assume(&v->now, cond, true, v->v->wide);
    v_edge(v, in->at, (uint32_t)in->imm);
    if (v->v->wide)
        memcpy(&v->now, &kept, v->state_bytes);
    r[flags.reg] = a;
    r[flags.k % V_GPRS] = b;
    v_assume(&v->now, cond, false, v->v->wide);
}

/* A trap that is not listed, and not behind a call that never comes back. */
static bool is_lonely_ud2(const struct verifier *v, const struct vinsn *in)
{
    if (in->site >= CODE_SITE_UD2 && in->site < CODE_SITE_UD2 + WASM_TRAP_COUNT)
        return false;
    return in == v->insns || !v_ends_here(v, in - 1);
}

/* Control flow; true: execution does not come to the next instruction. */
static bool control(struct verifier *v, const struct vinsn *in)
{
    switch (in->op) {
    case VOP_GOTO:
        v_edge(v, in->at, (uint32_t)in->imm);
        return true;
    case VOP_JMP:
    case VOP_JMP_M: {
        struct vinsn copy = *in;
        jump(v, &copy);
        return true;
    }
    case VOP_RET:
        v_return(v, in);
        return true;
    case VOP_UD2:
        if (is_lonely_ud2(v, in))
            v_refuse(v, in->at, "a trap that is not listed");
        return true;
    case VOP_JCC:
        branch(v, in);
        return false;
    default:
        v_call(v, in);
        return false;
    }
}

static bool is_control(unsigned op)
{
    return op == VOP_JCC || op == VOP_CALL || op == VOP_CALL_M || ends_run(op);
}

static void walk(struct verifier *v, struct ventry *e)
{
    uint32_t first = v->map[e->at - v->start] - 1;
    memcpy(&v->now, &e->s, v->state_bytes);
    for (uint32_t i = first; !v->err; i++) {
        const struct vinsn *in = &v->insns[i];
        if (i != first && in->flags & VI_LEADER) {
            v_edge(v, in->at, in->at);
            return;
        }
        v->steps++;
        if (is_control(in->op)) {
            if (control(v, in))
                return;
            continue;
        }
        if (in->site == CODE_SITE_FOLDED) {
            recover(v, in);
            in = &v->insns[i];
        }
        v_step(v, in);
    }
}

/* The next leader that waits, at or behind a bit, from the start again at the end; NULL: none. */
static struct ventry *next_waiting(struct verifier *v, uint32_t *bit)
{
    uint32_t words = (v->end - v->start + 63) / 64, first = *bit / 64;
    for (uint32_t k = 0; k <= words; k++) {
        uint32_t w = (first + k) % words;
        uint64_t set = v->waiting[w];
        if (k == 0)
            set &= ~0ull << *bit % 64;
        if (!set)
            continue;
        *bit = 64 * w + (uint32_t)__builtin_ctzll(set);
        v->waiting[w] &= ~(1ull << *bit % 64);
        return v->entries[v->insns[v->map[*bit] - 1].state - 1];
    }
    return NULL;
}

static bool allocate(struct verifier *v)
{
    uint32_t bytes = v->end - v->start;
    v->map = ARENA_ARRAY(v->arena, uint32_t, bytes);
    v->waiting = ARENA_ARRAY(v->arena, uint64_t, bytes / 64 + 1);
    v->cap_insns = bytes / 3 + 2;
    v->insns = ARENA_ARRAY(v->arena, struct vinsn, v->cap_insns);
    return v->map && v->waiting && v->insns;
}

int verify_run(const struct verify_module *vm, const struct verify_func *f, struct arena *a,
               struct verify_error *out)
{
    const struct code_body *b = f->body;
    struct verifier *v = ARENA_NEW(a, struct verifier);
    uint32_t bit = 0;
    if (!v)
        return -ENOMEM;
    v->v = vm;
    v->f = f;
    v->m = vm->m;
    v->own = &vm->sigs[vm->m->funcs[b->func].type];
    v->arena = a;
    v->error = out;
    v->start = b->start;
    v->end = b->start + b->len_bytes;
    v->state_bytes = vm->wide ? sizeof v->now : offsetof(struct vstate, nslots);
    if (!b->len_bytes || !allocate(v))
        return b->len_bytes ? -ENOMEM : -EFAULT;
    state_init(&v->now, v->own);
    v_edge(v, v->start, v->start);
    while (!v->err) {
        struct ventry *e = next_waiting(v, &bit);
        if (!e)
            break;
        walk(v, e);
        if (v->steps > STEPS_BASE + (uint64_t)STEPS_PER_INSN * v->ninsns)
            v_refuse(v, e->at, "what is known does not settle");
    }
    return v->err;
}
