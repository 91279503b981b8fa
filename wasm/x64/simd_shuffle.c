/* i8x16.shuffle: the one machine instruction that does it if there is one, else two table look-ups
 * joined. */
#include "wasm/x64/simd.h"

struct shuffle {
    uint8_t lanes[16]; /* 0-15 of x, 16-31 of y */
    unsigned x, y, dst;
};

typedef bool (*shuffle_fn)(struct cg *cg, const struct shuffle *s);

/* Are these the 4-byte lanes of one vector, each in one piece? Their order as an immediate. */
static bool dwords(const uint8_t *lanes, unsigned count, unsigned *order)
{
    *order = 0;
    for (unsigned i = 0; i < count; i++) {
        for (unsigned k = 0; k < 4; k++)
            if (lanes[4 * i] % 4 || lanes[4 * i + k] != lanes[4 * i] + k)
                return false;
        *order |= (lanes[4 * i] / 4 & 3u) << 2 * i;
    }
    return true;
}

static bool try_dwords(struct cg *cg, const struct shuffle *s)
{
    unsigned order;
    if (s->x != s->y || !dwords(s->lanes, 4, &order))
        return false;
    x64_vex_imm8(&cg->e, VPSHUFD, s->dst, X64_NONE, x64_r(s->x), order);
    return true;
}

/* Words moved in one half of a vector. */
static bool try_words(struct cg *cg, const struct shuffle *s)
{
    unsigned moved[2] = {0, 0}, order[2] = {0, 0};
    if (s->x != s->y)
        return false;
    for (unsigned i = 0; i < 8; i++) {
        unsigned lane = s->lanes[2 * i];
        if (lane % 2 || s->lanes[2 * i + 1] != lane + 1 || lane / 8 != i / 4)
            return false;
        moved[i / 4] += lane != 2 * i;
        order[i / 4] |= (lane / 2 & 3) << 2 * (i % 4);
    }
    if (moved[0] && moved[1])
        return false;
    unsigned half = moved[1] != 0;
    x64_vex_imm8(&cg->e, half ? VPSHUFHW : VPSHUFLW, s->dst, X64_NONE, x64_r(s->x), order[half]);
    return true;
}

/* Two dwords of each. */
static bool try_shufps(struct cg *cg, const struct shuffle *s)
{
    unsigned low, high;
    if (!dwords(s->lanes, 2, &low) || !dwords(s->lanes + 8, 2, &high))
        return false;
    bool from_y[4];
    for (unsigned i = 0; i < 4; i++)
        from_y[i] = s->lanes[4 * i] >= 16;
    if (from_y[0] != from_y[1] || from_y[2] != from_y[3])
        return false;
    x64_vex_imm8(&cg->e, VSHUFPS, s->dst, from_y[0] ? s->y : s->x, x64_r(from_y[2] ? s->y : s->x),
                 low | high << 4);
    return true;
}

static bool try_unpack(struct cg *cg, const struct shuffle *s)
{
    static const x64_op_t ops[4][2] = {{VPUNPCKLBW, VPUNPCKHBW},
                                       {VPUNPCKLWD, VPUNPCKHWD},
                                       {VPUNPCKLDQ, VPUNPCKHDQ},
                                       {VPUNPCKLQDQ, VPUNPCKHQDQ}};
    unsigned fold = s->x == s->y ? 15 : 31;
    for (unsigned i = 0; i < 16; i++) {
        unsigned size = 1u << (i >> 2), high = i >> 1 & 1, swap = i & 1, k = 0;
        for (; k < 16; k++) {
            unsigned lane = k / (2 * size) * size + k % size + 8 * high;
            bool second = (k / size & 1) != swap;
            if (s->lanes[k] != ((lane + (second ? 16 : 0)) & fold))
                break;
        }
        if (k < 16)
            continue;
        x64_vex(&cg->e, ops[i >> 2][high], s->dst, swap ? s->y : s->x, x64_r(swap ? s->x : s->y));
        return true;
    }
    return false;
}

/* Sixteen consecutive bytes of the two, one behind the other. */
static bool try_align(struct cg *cg, const struct shuffle *s)
{
    unsigned ring = s->x == s->y ? 15 : 31, first = s->lanes[0];
    for (unsigned i = 1; i < 16; i++)
        if (s->lanes[i] != ((first + i) & ring))
            return false;
    bool from_y = first >= 16;
    x64_vex_imm8(&cg->e, VPALIGNR, s->dst, from_y ? s->x : s->y, x64_r(from_y ? s->y : s->x),
                 first & 15);
    return true;
}

/* Every word stays in its place. */
static bool try_blend(struct cg *cg, const struct shuffle *s)
{
    unsigned from_y = 0;
    for (unsigned i = 0; i < 8; i++) {
        unsigned lane = s->lanes[2 * i];
        if ((lane & 15) != 2 * i || s->lanes[2 * i + 1] != lane + 1)
            return false;
        from_y |= (lane >> 4) << i;
    }
    x64_vex_imm8(&cg->e, VPBLENDW, s->dst, s->x, x64_r(s->y), from_y);
    return true;
}

static bool try_broadcast(struct cg *cg, const struct shuffle *s)
{
    bool bytes = s->x == s->y, words = s->x == s->y;
    for (unsigned i = 0; i < 16; i++) {
        bytes = bytes && s->lanes[i] == 0;
        words = words && s->lanes[i] == i % 2;
    }
    if (!bytes && !words)
        return false;
    x64_vex(&cg->e, bytes ? VPBROADCASTB : VPBROADCASTW, s->dst, X64_NONE, x64_r(s->x));
    return true;
}

/* to = the bytes that come from one operand, 0 for the others. */
static void look_up(struct cg *cg, const struct shuffle *s, unsigned to, unsigned from,
                    unsigned first)
{
    uint64_t mask[2] = {0, 0};
    for (unsigned i = 0; i < 16; i++) {
        unsigned lane = s->lanes[i] - first;
        mask[i / 8] |= (uint64_t)(lane < 16 ? lane : 0x80) << i % 8 * 8;
    }
    cg_vex(cg, VPSHUFB, to, from, cg_vector_constant(cg, mask[0], mask[1]));
}

SEL_HANDLER(sel_vshuffle)
{
    static const shuffle_fn tries[] = {try_broadcast, try_dwords, try_words, try_unpack,
                                       try_align,     try_blend,  try_shufps};
    struct shuffle s;
    (void)row;
    for (unsigned i = 0; i < 16; i++)
        s.lanes[i] = (uint8_t)(ir_vector_half(cg->f, node->c, i / 8) >> i % 8 * 8);
    s.x = cg_reg(cg, node->a);
    s.y = cg_reg(cg, node->b);
    cg_release(cg);
    s.dst = cg_def(cg, n, X64_NONE);
    if (s.x == s.y)
        for (unsigned i = 0; i < 16; i++)
            s.lanes[i] &= 15;
    for (unsigned i = 0; i < ARRAY_LEN(tries); i++)
        if (tries[i](cg, &s))
            return;
    if (s.x == s.y) {
        look_up(cg, &s, s.dst, s.x, 0);
        return;
    }
    look_up(cg, &s, ABI_SCRATCH_XMM, s.x, 0);
    look_up(cg, &s, s.dst, s.y, 16);
    x64_vex(&cg->e, VPOR, s.dst, s.dst, x64_r(ABI_SCRATCH_XMM));
}
