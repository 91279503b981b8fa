/* The current value of every local, in versions that cost nothing to keep: a tree of chunks of 16,
 * copied on write. A chunk may be written while it is younger than the last version kept. At a
 * label the versions of the incoming edges are compared chunk by chunk, and equal chunks are
 * skipped. */
#include "wasm/jit/build.h"

enum { SHIFT = BUILD_LEAF_SHIFT, MASK = BUILD_LEAF - 1 };

static uint32_t chunk_new(struct builder *b)
{
    if (!build__grow(b, &b->chunks, &b->cap_chunks, b->nchunks + 1ull, sizeof *b->chunks))
        return 0;
    return b->nchunks++;
}

/* One level of the initial tree over `n` children, which stand one after the other in ids[];
 * returns how many chunks it has and puts their numbers into ids[]. Runs of equal children share a
 * chunk. */
static uint32_t build_level(struct builder *b, uint32_t *ids, uint32_t n)
{
    uint32_t out = 0, prev = 0;

    for (uint32_t i = 0; i < n; i += BUILD_LEAF) {
        uint32_t last = n - i < BUILD_LEAF ? n - i : BUILD_LEAF;
        bool uniform = prev != 0 && last == BUILD_LEAF;
        for (uint32_t k = 0; uniform && k < last; k++)
            uniform = b->chunks[prev][k] == ids[i + k];
        if (!uniform) {
            prev = chunk_new(b);
            if (!prev)
                return 0;
            for (uint32_t k = 0; k < BUILD_LEAF; k++)
                b->chunks[prev][k] = k < last ? ids[i + k] : 0;
        }
        ids[out++] = prev;
    }
    return out;
}

/* Parameters, then zeros; in the open entry block. */
static bool initial_values(struct builder *b, const struct wasm_functype *t, const ir_ref_t *args,
                           uint32_t *values)
{
    ir_ref_t zero[IR_TYPE_COUNT] = {0};

    if (!build__reserve_nodes(b, t->nparams + IR_TYPE_COUNT))
        return false;
    for (uint32_t i = 0; i < b->nlocals; i++) {
        enum ir_type type = (enum ir_type)b->local_types[i];
        if (i < t->nparams) {
            values[i] = args ? args[i]
                             : build__append(b, (struct ir_node){
                                                    .op = IR_PARAM, .type = (uint8_t)type, .c = i});
            continue;
        }
        if (!zero[type])
            zero[type] = build__const(b, type, 0);
        values[i] = zero[type];
    }
    return true;
}

/* Locals in the frame: each gets its first value there. */
static bool store_all(struct builder *b, const uint32_t *values)
{
    if (!build__reserve_nodes(b, b->nlocals))
        return false;
    for (uint32_t i = 0; i < b->nlocals; i++)
        build__append(b, (struct ir_node){.op = IR_LOCAL_SET, .a = values[i], .c = i});
    b->f->nslots = b->nlocals;
    return true;
}

bool build__locals_init(struct builder *b, const struct wasm_functype *type, const ir_ref_t *args)
{
    uint32_t *values = ARENA_ARRAY_UNSET(b->arena, uint32_t, b->nlocals + 1ull);
    uint32_t n = b->nlocals;

    if (!values) {
        b->err = -ENOMEM;
        return false;
    }
    b->nchunks += !b->nchunks; /* 0: none */
    if (!initial_values(b, type, args, values))
        return false;
    if (b->in_slots)
        return store_all(b, values);
    b->levels = 0;
    do {
        n = build_level(b, values, n ? n : 1);
        b->levels++;
    } while (n > 1);
    assert(b->levels <= BUILD_LEVELS_MAX);
    if (n == 0)
        return false;
    b->locals = values[0];
    b->frozen = b->nchunks; /* leaves may be shared */
    return true;
}

/* The chunk itself if it may be written, else a copy of it. */
static uint32_t writable(struct builder *b, uint32_t chunk)
{
    uint32_t copy;

    if (chunk >= b->frozen)
        return chunk;
    copy = chunk_new(b);
    if (copy)
        __builtin_memcpy(b->chunks[copy], b->chunks[chunk], sizeof *b->chunks);
    return copy;
}

void build__local_set(struct builder *b, uint32_t local, ir_ref_t value)
{
    uint32_t chunk = writable(b, b->locals);

    dassert(local < b->nlocals);
    if (!chunk)
        return;
    b->locals = chunk;
    for (uint32_t level = b->levels - 1; level > 0; level--) {
        uint32_t k = local >> (level * SHIFT) & MASK;
        uint32_t child = writable(b, b->chunks[chunk][k]);
        if (!child)
            return;
        b->chunks[chunk][k] = child;
        chunk = child;
    }
    b->chunks[chunk][local & MASK] = value;
}

/* The chunk of a version that holds `local` at a level (0: leaf). */
static uint32_t chunk_at(const struct builder *b, build_locals_t version, uint32_t local,
                         uint32_t at_level)
{
    uint32_t chunk = version;

    for (uint32_t level = b->levels - 1; level > at_level; level--)
        chunk = b->chunks[chunk][local >> (level * SHIFT) & MASK];
    return chunk;
}

/* Do all edges share the chunk that holds `local` at a level? */
static bool all_share_chunk(const struct builder *b, const struct build_label *l, uint32_t local,
                            uint32_t level)
{
    const struct build_edge *e = &b->edges[l->first_edge];
    uint32_t chunk = chunk_at(b, e->locals, local, level);

    while (e->next) {
        e = &b->edges[e->next];
        if (chunk_at(b, e->locals, local, level) != chunk)
            return false;
    }
    return true;
}

/* How many locals from `local` on lie in chunks that all edges share: the largest such chunk above
 * the leaves that begins there. */
static uint32_t shared_run(const struct builder *b, const struct build_label *l, uint32_t local)
{
    uint32_t run = 0;

    for (uint32_t level = 1; level < b->levels; level++) {
        uint32_t width = 1u << ((level + 1) * SHIFT);
        if (local & (width - 1) || !all_share_chunk(b, l, local, level))
            break;
        run = width;
    }
    return run;
}

/* A bit for each local of a leaf that is not the same on all edges. */
static uint32_t leaf_differences(const struct builder *b, const struct build_label *l,
                                 uint32_t first_local)
{
    const struct build_edge *e = &b->edges[l->first_edge];
    uint32_t leaf = chunk_at(b, e->locals, first_local, 0), differ = 0;
    const uint32_t *values = b->chunks[leaf];

    while (e->next) {
        e = &b->edges[e->next];
        uint32_t other = chunk_at(b, e->locals, first_local, 0);
        if (other == leaf)
            continue;
        for (unsigned i = 0; i < BUILD_LEAF; i++)
            differ |= (uint32_t)(b->chunks[other][i] != values[i]) << i;
    }
    return differ;
}

static void merge_local(struct builder *b, const struct build_label *l, uint32_t local)
{
    uint32_t args, i = 0;

    if (!build__charge_phis(b, l->nedges) || !build__reserve_nodes(b, 1))
        return;
    args = build__pool(b, l->nedges);
    if (!args)
        return;
    for (uint32_t k = l->first_edge; k; k = b->edges[k].next)
        b->f->pool[args + i++] = build__local_in(b, b->edges[k].locals, local);
    build__local_set(b, local,
                     build__append(b, (struct ir_node){.op = IR_PHI,
                                                       .type = b->local_types[local],
                                                       .b = args,
                                                       .c = l->nedges}));
}

void build__locals_merge(struct builder *b, const struct build_label *l)
{
    uint64_t limit = BUILD_MERGE_FREE + (uint64_t)BUILD_MERGE_PER_BYTE * b->func->body.len;

    b->locals = b->edges[l->first_edge].locals;
    b->frozen = b->nchunks;
    if (l->nedges == 1)
        return;
    for (uint32_t i = 0; i < b->nlocals && !b->err;) {
        uint32_t run = b->levels > 1 ? shared_run(b, l, i) : 0;
        b->merge_work += l->nedges;
        if (run) {
            i += run;
            continue;
        }
        uint32_t differ = leaf_differences(b, l, i);
        if (differ)
            b->merge_work += (uint64_t)BUILD_LEAF * l->nedges;
        for (; differ && !b->err; differ &= differ - 1)
            merge_local(b, l, i + (uint32_t)__builtin_ctz(differ));
        i += BUILD_LEAF;
    }
    if (b->merge_work > limit)
        b->err = b->err ? b->err : -E2BIG;
}
