#include "wasm/tools/mutate.h"

#include <string.h>

#include "wasm/decode/reader.h"

enum {
    SECTIONS_MAX = 64,
    BODIES_MAX = 4096,
    INSNS_MAX = 4096,
    HEADER_BYTES = 8,
    CODE_SECTION = 10
};

void prng_seed(struct prng *r, uint64_t seed, uint64_t number)
{
    r->state = (seed * 0x9e3779b97f4a7c15ull + number + 1) * 0xbf58476d1ce4e5b9ull;
    r->state ^= r->state >> 31;
    if (!r->state)
        r->state = 1;
    for (int i = 0; i < 4; i++)
        prng_next(r);
}

uint64_t prng_next(struct prng *r)
{
    r->state ^= r->state >> 12;
    r->state ^= r->state << 25;
    r->state ^= r->state >> 27;
    return r->state * 0x2545f4914f6cdd1dull;
}

/* A stretch of the mutant. */
struct span {
    uint32_t at, len;
};

/* Replaces bytes [at, at + old) by `n` others. Too long a result is left alone. */
static void splice(struct mutant *m, uint32_t at, uint32_t old, const uint8_t *with, uint32_t n)
{
    if (at > m->len || old > m->len - at || (uint64_t)m->len - old + n > MUTANT_BYTES_MAX)
        return;
    memmove(m->bytes + at + n, m->bytes + at + old, m->len - at - old);
    if (n)
        memmove(m->bytes + at, with, n);
    m->len = m->len - old + n;
}

/* LEB128 of v in at least `width` bytes. */
static uint32_t write_leb(uint8_t *out, uint64_t v, uint32_t width)
{
    uint32_t n = 0;

    do {
        out[n++] = (uint8_t)((v & 0x7f) | 0x80);
        v >>= 7;
    } while (v || n < width);
    out[n - 1] &= 0x7f;
    return n;
}

static uint32_t leb_len(const uint8_t *p, uint32_t left)
{
    uint32_t n = 0;

    while (n < left && n < 10 && p[n] & 0x80)
        n++;
    return n < left ? n + 1 : left;
}

/* ---- where things are ---- */

/* Contents of the sections, and in `starts` where their ids stand. */
static uint32_t find_sections(const uint8_t *bytes, uint32_t len, struct span *out,
                              uint32_t *starts)
{
    struct wasm_reader r;
    uint32_t n = 0;

    if (len < HEADER_BYTES)
        return 0;
    r = wasm_reader_init(bytes, bytes + HEADER_BYTES, len - HEADER_BYTES);
    while (n < SECTIONS_MAX && wasm_reader_left(&r)) {
        const uint8_t *content;
        uint8_t id;
        starts[n] = wasm_reader_offset(&r);
        if (wasm_read_byte(&r, &id) || wasm_read_u32(&r, &out[n].len) ||
            wasm_read_bytes(&r, out[n].len, &content))
            break;
        out[n++].at = (uint32_t)(content - bytes);
    }
    return n;
}

/* Function bodies with their sizes in front: `heads` is where the size stands. */
static uint32_t find_bodies(const uint8_t *bytes, uint32_t len, struct span *out, uint32_t *heads,
                            struct span *out_section, uint32_t *out_section_start)
{
    struct span sections[SECTIONS_MAX];
    uint32_t starts[SECTIONS_MAX], n = find_sections(bytes, len, sections, starts), count, k = 0;

    for (uint32_t i = 0; i < n; i++) {
        struct wasm_reader r;
        if (bytes[starts[i]] != CODE_SECTION)
            continue;
        *out_section = sections[i];
        *out_section_start = starts[i];
        r = wasm_reader_init(bytes, bytes + sections[i].at, sections[i].len);
        if (wasm_read_u32(&r, &count))
            return 0;
        while (k < count && k < BODIES_MAX) {
            const uint8_t *content;
            heads[k] = wasm_reader_offset(&r);
            if (wasm_read_u32(&r, &out[k].len) || wasm_read_bytes(&r, out[k].len, &content))
                break;
            out[k++].at = (uint32_t)(content - bytes);
        }
        return k;
    }
    return 0;
}

/* ---- changes to bytes ---- */

static uint64_t odd_number(struct prng *r)
{
    static const uint64_t numbers[] = {0,          1,          2,           0x7f,        0x80,
                                       0xff,       0xffff,     0x10000,     0x7fffffff,  0x80000000,
                                       0xfffffffe, 0xffffffff, 0x100000000, UINT64_MAX,  50000,
                                       1000,       1000000,    10000000,    0x3fffffffu, 65536};
    return numbers[prng_below(r, ARRAY_LEN(numbers))];
}

static void change_bytes(struct mutant *m, struct prng *r)
{
    static const uint8_t odd[] = {0x00, 0x01, 0x0b, 0x40, 0x41, 0x7f, 0x70, 0x6f, 0x80,
                                  0xff, 0xfc, 0xfd, 0x4e, 0x4f, 0x50, 0x63, 0x64, 0x73};

    for (uint32_t n = 1 + prng_below(r, 8); n-- > 0 && m->len;) {
        uint8_t *at = &m->bytes[prng_below(r, m->len)];
        switch (prng_below(r, 3)) {
        case 0:
            *at ^= (uint8_t)(1u << prng_below(r, 8));
            break;
        case 1:
            *at = odd[prng_below(r, ARRAY_LEN(odd))];
            break;
        default:
            *at = (uint8_t)prng_next(r);
            break;
        }
    }
}

static void truncate_module(struct mutant *m, struct prng *r)
{
    m->len = prng_below(r, m->len + 1);
}

static void change_leb(struct mutant *m, struct prng *r)
{
    uint8_t leb[16];
    uint32_t at = prng_below(r, m->len), n;

    if (at >= m->len)
        return;
    n = write_leb(leb, prng_below(r, 2) ? odd_number(r) : prng_below(r, 300), prng_below(r, 8));
    splice(m, at, leb_len(m->bytes + at, m->len - at), leb, n);
}

/* ---- changes to sections ---- */

/* Puts the size of a section right after its contents changed by `delta` bytes. */
static void fix_section(struct mutant *m, uint32_t start, const struct span *s, int64_t delta)
{
    uint8_t leb[16];
    uint32_t n = write_leb(leb, (uint64_t)((int64_t)s->len + delta), 1);

    splice(m, start + 1, s->at - start - 1, leb, n);
}

static void change_count(struct mutant *m, struct prng *r)
{
    struct span s[SECTIONS_MAX];
    uint32_t starts[SECTIONS_MAX], n = find_sections(m->bytes, m->len, s, starts), old, k,
                                   value = 0;
    uint8_t leb[16];

    if (!n)
        return;
    k = prng_below(r, n);
    if (!s[k].len)
        return;
    old = leb_len(m->bytes + s[k].at, s[k].len);
    for (uint32_t i = 0; i < old && i < 4; i++)
        value |= (uint32_t)(m->bytes[s[k].at + i] & 0x7f) << (7 * i);
    n = write_leb(leb, prng_below(r, 2) ? odd_number(r) : value + 1 - 2 * prng_below(r, 2), 1);
    splice(m, s[k].at, old, leb, n);
    if (prng_below(r, 4))
        fix_section(m, starts[k], &s[k], (int64_t)n - old);
}

/* Removes, doubles, or exchanges a section, or puts in one of another module. */
static void change_sections(struct mutant *m, const uint8_t *other, uint32_t other_len,
                            struct prng *r)
{
    struct span s[SECTIONS_MAX], os[SECTIONS_MAX];
    uint32_t starts[SECTIONS_MAX], ostarts[SECTIONS_MAX];
    uint32_t n = find_sections(m->bytes, m->len, s, starts);
    uint32_t on = find_sections(other, other_len, os, ostarts), k = prng_below(r, n),
             o = prng_below(r, on);
    uint32_t whole = n ? s[k].at + s[k].len - starts[k] : 0;
    uint32_t at = n ? starts[k] : m->len;

    switch (prng_below(r, 3)) {
    case 0:
        splice(m, at, whole, NULL, 0);
        break;
    case 1:
        splice(m, at, 0, m->bytes + at, whole);
        break;
    default:
        for (uint32_t i = 0; i < n && on; i++) /* where the same section stands, if there is one */
            if (m->bytes[starts[i]] == other[ostarts[o]]) {
                at = starts[i];
                whole = s[i].at + s[i].len - at;
                break;
            }
        if (on)
            splice(m, at, prng_below(r, 4) ? whole : 0, other + ostarts[o],
                   os[o].at + os[o].len - ostarts[o]);
        break;
    }
}

/* ---- changes to code ---- */

/* Steps over the declarations of locals; 0 if they are malformed. */
static uint32_t code_start(const uint8_t *bytes, const struct span *body)
{
    struct wasm_reader r = wasm_reader_init(bytes, bytes + body->at, body->len);
    uint32_t groups, n;
    wasm_valtype_t type;

    if (wasm_read_u32(&r, &groups))
        return 0;
    while (groups-- > 0)
        if (wasm_read_u32(&r, &n) || wasm_read_valtype(&r, &type))
            return 0;
    return wasm_reader_offset(&r);
}

/* A random instruction of a random body; with `kind`, one whose immediate is of that kind. false:
 * none. */
static bool pick_insn(const uint8_t *bytes, uint32_t len, struct prng *r, struct span *out_insn,
                      struct wasm_insn *out, struct span *out_body, uint32_t *out_head,
                      struct span *out_section, uint32_t *out_section_start)
{
    static struct span bodies[BODIES_MAX], insns[INSNS_MAX];
    static uint32_t heads[BODIES_MAX];
    uint32_t n = find_bodies(bytes, len, bodies, heads, out_section, out_section_start), k,
             count = 0;
    struct wasm_reader rd;
    uint32_t start;

    if (!n)
        return false;
    k = prng_below(r, n);
    start = code_start(bytes, &bodies[k]);
    if (!start)
        return false;
    rd = wasm_reader_init(bytes, bytes + start, bodies[k].at + bodies[k].len - start);
    while (wasm_reader_left(&rd) && count < INSNS_MAX) {
        insns[count].at = wasm_reader_offset(&rd);
        if (wasm_read_insn(&rd, out))
            break;
        insns[count].len = wasm_reader_offset(&rd) - insns[count].at;
        count++;
    }
    if (!count)
        return false;
    *out_insn = insns[prng_below(r, count)];
    *out_body = bodies[k];
    *out_head = heads[k];
    rd = wasm_reader_init(bytes, bytes + out_insn->at, out_insn->len);
    return !wasm_read_insn(&rd, out);
}

/* Replaces an instruction by `n` bytes and puts the sizes of body and section right. */
static void replace_insn(struct mutant *m, const struct span *insn, const uint8_t *with, uint32_t n,
                         const struct span *body, uint32_t head, const struct span *section,
                         uint32_t section_start)
{
    uint32_t old_len = m->len, leb_n;
    uint8_t leb[16];

    splice(m, insn->at, insn->len, with, n);
    leb_n = write_leb(leb, (uint64_t)body->len - insn->len + n, 1);
    splice(m, head, body->at - head, leb, leb_n);
    fix_section(m, section_start, section, (int64_t)m->len - old_len);
}

/* Another opcode with the same kind of immediate, and mostly with the same signature. */
static uint32_t similar_opcode(const struct wasm_insn *insn, uint8_t *out, struct prng *r)
{
    const struct wasm_op_info *have = wasm_op_info(insn->op);

    for (int tries = 0; tries < 2000; tries++) {
        const struct wasm_op_info *info = wasm_op_info(1 + prng_below(r, WASM_OP_COUNT - 1));
        bool same = info->npops == have->npops && info->pushes == have->pushes &&
                    !memcmp(info->pops, have->pops, sizeof info->pops);
        if (info->imm != have->imm || info->flags & WASM_OPF_VECTOR || (!same && tries % 16))
            continue;
        if (info->code < 0x100) {
            out[0] = (uint8_t)info->code;
            return 1;
        }
        out[0] = (uint8_t)WASM_CODE_PREFIX(info->code);
        return 1 + write_leb(out + 1, WASM_CODE_REST(info->code), 1);
    }
    return 0;
}

static void change_insn(struct mutant *m, const uint8_t *other, uint32_t other_len, struct prng *r)
{
    struct span insn, body, section, oinsn, obody, osection;
    uint32_t head, start, ohead, ostart, n, old_op;
    struct wasm_insn decoded, odecoded;
    static uint8_t with[2 * MUTANT_BYTES_MAX];

    if (!pick_insn(m->bytes, m->len, r, &insn, &decoded, &body, &head, &section, &start))
        return;
    old_op = wasm_op_info(decoded.op)->code < 0x100 ? 1 : 1 + leb_len(m->bytes + insn.at + 1, 5);
    switch (prng_below(r, 6)) {
    case 0: /* leave it out */
        n = 0;
        break;
    case 1: /* twice */
        memcpy(with, m->bytes + insn.at, insn.len);
        memcpy(with + insn.len, m->bytes + insn.at, insn.len);
        n = 2 * insn.len;
        break;
    case 2: /* another one of the same kind */
    case 3:
        n = similar_opcode(&decoded, with, r);
        if (!n)
            return;
        memcpy(with + n, m->bytes + insn.at + old_op, insn.len - old_op);
        n += insn.len - old_op;
        break;
    case 4: /* another number behind it */
        if (insn.len == old_op)
            return;
        memcpy(with, m->bytes + insn.at, old_op);
        n = old_op +
            write_leb(with + old_op, prng_below(r, 3) ? prng_below(r, 130) : odd_number(r), 1);
        break;
    default: /* one of another module's in front of it */
        if (!pick_insn(other, other_len, r, &oinsn, &odecoded, &obody, &ohead, &osection, &ostart))
            return;
        memcpy(with, other + oinsn.at, oinsn.len);
        memcpy(with + oinsn.len, m->bytes + insn.at, insn.len);
        n = oinsn.len + insn.len;
        break;
    }
    replace_insn(m, &insn, with, n, &body, head, &section, start);
}

void mutate(struct mutant *m, const uint8_t *other, uint32_t other_len, struct prng *r)
{
    switch (prng_below(r, 12)) {
    case 0:
        change_bytes(m, r);
        break;
    case 1:
        if (!prng_below(r, 4))
            truncate_module(m, r);
        else
            change_bytes(m, r);
        break;
    case 2:
        change_leb(m, r);
        break;
    case 3:
        change_count(m, r);
        break;
    case 4:
        change_sections(m, other, other_len, r);
        break;
    default:
        change_insn(m, other, other_len, r);
        break;
    }
}
