/* Equal types get equal numbers, in all modules of the engine (core spec 3.1.4, 3.3.3: types are
 * iso-recursive): call_indirect compares one word.
 *
 * What is numbered are recursive groups; the types of one have consecutive numbers. A group's key
 * is a sequence of words that is the same for equal groups and for no others: types of the group
 * are named in it by their place, others by their number. No key is the beginning of another.
 *
 * No memory is owned here: each module brings its groups, in its own arena, and takes them away
 * when it goes. Equal groups form a ring; its first stands in two binary tries that branch only
 * where keys differ (crit-bit trees): one by the key, to find it, and one by the number, to keep
 * numbers apart. So a search takes at most as many steps as its key has bits, whatever keys others
 * have brought. A trie of n leaves has n - 1 forks: each group lends one, which stands somewhere
 * above its own leaf.
 */
#include "wasm/rt/instance.h"

#include "base/list.h"
#include "base/string.h"

enum tree { BY_KEY, BY_ID, TREES };

/* To the leaf that a group is, or to the fork that it has lent. */
struct link {
    struct wasm_type_group *group;
    bool fork;
};

struct wasm_type_group {
    const uint32_t *key;
    uint32_t nwords;
    uint32_t id, ntypes; /* number of the first type */
    struct {
        uint32_t bit; /* of the key, counted from the first word's highest */
        struct link child[2];
    } forks[TREES];
    struct list same; /* ring of equal groups */
    bool first;       /* of its ring: in the trees */
};

static struct link roots[TREES];
uint32_t types__next_id = 1;
static int trees_locked; /* guards all of the above; held for one group at a time */

static void lock_trees(void)
{
    while (__atomic_exchange_n(&trees_locked, 1, __ATOMIC_ACQUIRE))
        while (__atomic_load_n(&trees_locked, __ATOMIC_RELAXED))
            ;
}

static void unlock_trees(void)
{
    __atomic_store_n(&trees_locked, 0, __ATOMIC_RELEASE);
}

bool types_equal(const struct wasm_functype *a, const struct wasm_functype *b)
{
    return a->nparams == b->nparams && a->nresults == b->nresults &&
           !memcmp(a->params, b->params, a->nparams * sizeof *a->params) &&
           !memcmp(a->results, b->results, a->nresults * sizeof *a->results);
}

/* ---- keys ---- */

struct key_writer {
    uint32_t *words; /* NULL: only counts */
    uint32_t n;
};

enum { SUPER_NONE, SUPER_INSIDE, SUPER_OUTSIDE };
enum { KEY_INSIDE = 1 << WASM_REF_INDEX_SHIFT }; /* in the place of a concrete type's index */

static void put(struct key_writer *w, uint32_t word)
{
    if (w->words)
        w->words[w->n] = word;
    w->n++;
}

static void put_valtype(struct key_writer *w, const struct wasm_module *m, uint32_t group,
                        wasm_valtype_t t)
{
    uint32_t index = wasm_valtype_index(t), kind = t & (KEY_INSIDE - 1);
    bool inside = index >= group;

    if (!wasm_valtype_is_concrete(t)) {
        put(w, t);
        return;
    }
    put(w, inside ? kind | KEY_INSIDE : kind);
    put(w, inside ? index - group : m->type_ids[index]);
}

static void put_type(struct key_writer *w, const struct wasm_module *m, uint32_t index)
{
    const struct wasm_subtype *sub = &m->subtypes[index];
    const struct wasm_functype *t = &m->types[index];
    uint32_t super = sub->super == WASM_NO_SUPER ? SUPER_NONE
                     : sub->super >= sub->group  ? SUPER_INSIDE
                                                 : SUPER_OUTSIDE;

    put(w, super << 1 | sub->final);
    if (super != SUPER_NONE)
        put(w, super == SUPER_INSIDE ? sub->super - sub->group : m->type_ids[sub->super]);
    put(w, t->nparams);
    put(w, t->nresults);
    for (uint32_t i = 0; i < t->nparams; i++)
        put_valtype(w, m, sub->group, t->params[i]);
    for (uint32_t i = 0; i < t->nresults; i++)
        put_valtype(w, m, sub->group, t->results[i]);
}

static void put_group(struct key_writer *w, const struct wasm_module *m, uint32_t first)
{
    uint32_t n = m->subtypes[first].ngroup;

    put(w, n);
    for (uint32_t i = 0; i < n; i++)
        put_type(w, m, first + i);
}

/* ---- the trees ---- */

static uint32_t key_words(enum tree tree, const struct wasm_type_group *g, const uint32_t **out)
{
    *out = tree == BY_KEY ? g->key : &g->id;
    return tree == BY_KEY ? g->nwords : 1;
}

/* A key's bit; 0 beyond its end, where only longer keys differ from each other. */
static unsigned bit_of(enum tree tree, const struct wasm_type_group *g, uint32_t bit)
{
    const uint32_t *words;
    uint32_t n = key_words(tree, g, &words);

    return bit / 32 < n ? words[bit / 32] >> (31 - bit % 32) & 1 : 0;
}

#define NO_BIT UINT32_MAX

/* The first bit in which two keys differ, or NO_BIT. */
static uint32_t difference(enum tree tree, const struct wasm_type_group *a,
                           const struct wasm_type_group *b)
{
    const uint32_t *x, *y;
    uint32_t nx = key_words(tree, a, &x), ny = key_words(tree, b, &y), i = 0;

    while (i < nx && i < ny && x[i] == y[i])
        i++;
    if (i < nx && i < ny)
        return 32 * i + (uint32_t)__builtin_clz(x[i] ^ y[i]);
    assert(i == nx && i == ny);
    return NO_BIT;
}

/* Down towards g while forks are above `bit`. */
static struct link *descend(enum tree tree, const struct wasm_type_group *g, uint32_t bit)
{
    struct link *at = &roots[tree];

    while (at->fork && at->group->forks[tree].bit < bit)
        at = &at->group->forks[tree].child[bit_of(tree, g, at->group->forks[tree].bit)];
    return at;
}

/* The group in the tree whose key is g's, or else *out_bit says where they differ from the nearest.
 */
static struct wasm_type_group *find(enum tree tree, const struct wasm_type_group *g,
                                    uint32_t *out_bit)
{
    struct wasm_type_group *nearest = descend(tree, g, NO_BIT)->group;

    *out_bit = nearest ? difference(tree, g, nearest) : 0;
    return nearest && *out_bit == NO_BIT ? nearest : NULL;
}

/* bit: as find has told. */
static void insert(enum tree tree, struct wasm_type_group *g, uint32_t bit)
{
    struct link *at = descend(tree, g, bit), leaf = {g, false};

    if (at->group) {
        unsigned side = bit_of(tree, g, bit);
        g->forks[tree].bit = bit;
        g->forks[tree].child[side] = leaf;
        g->forks[tree].child[!side] = *at;
        leaf.fork = true;
    }
    *at = leaf;
}

/* Puts the fork that g has lent, if any, into the hands of `to`. */
static void pass_fork(enum tree tree, struct wasm_type_group *g, struct wasm_type_group *to)
{
    struct link *at = &roots[tree];

    while (at->fork && at->group != g)
        at = &at->group->forks[tree].child[bit_of(tree, g, at->group->forks[tree].bit)];
    if (!at->fork)
        return;
    to->forks[tree] = g->forks[tree];
    at->group = to;
}

/* Takes g out; `heir`, unless NULL, has the same key and takes its place. */
static void take_out(enum tree tree, struct wasm_type_group *g, struct wasm_type_group *heir)
{
    struct link *at = &roots[tree], *above = NULL;
    struct wasm_type_group *owner;

    while (at->fork) {
        above = at;
        at = &at->group->forks[tree].child[bit_of(tree, g, at->group->forks[tree].bit)];
    }
    assert(at->group == g);
    if (heir) {
        at->group = heir;
        pass_fork(tree, g, heir);
    } else if (!above) {
        at->group = NULL;
    } else { /* the fork above goes too */
        owner = above->group;
        *above = owner->forks[tree].child[at == &owner->forks[tree].child[0]];
        if (owner != g)
            pass_fork(tree, g, owner);
    }
}

/* ---- numbers ---- */

/* The group with the greatest number up to that of g, or NULL. */
static const struct wasm_type_group *predecessor(const struct wasm_type_group *g)
{
    uint32_t bit;
    const struct wasm_type_group *equal = find(BY_ID, g, &bit);
    struct link at = roots[BY_ID], left = {NULL, false};

    if (equal || !at.group)
        return equal;
    while (at.fork && at.group->forks[BY_ID].bit < bit) {
        unsigned side = bit_of(BY_ID, g, at.group->forks[BY_ID].bit);
        if (side)
            left = at.group->forks[BY_ID].child[0];
        at = at.group->forks[BY_ID].child[side];
    }
    if (bit_of(BY_ID, g, bit)) /* all below are smaller */
        left = at;
    while (left.fork)
        left = left.group->forks[BY_ID].child[1];
    return left.group;
}

/* Numbers that no living group has, for all types of g. They go round, and there are by far more of
 * them than types fit into memory. */
static void choose_id(struct wasm_type_group *g)
{
    const struct wasm_type_group *before;

    for (;;) {
        if (!types__next_id || types__next_id > UINT32_MAX - g->ntypes)
            types__next_id = 1;
        g->id = types__next_id + g->ntypes - 1;
        before = predecessor(g);
        g->id = types__next_id;
        if (!before || before->id + before->ntypes <= g->id)
            break;
        types__next_id = before->id + before->ntypes;
    }
    types__next_id = g->id + g->ntypes;
}

/* ---- groups ---- */

/* Joins the ring of its equals, or begins one with numbers of its own. */
static void intern(struct wasm_type_group *g)
{
    uint32_t bit;
    struct wasm_type_group *known = find(BY_KEY, g, &bit);

    if (known) {
        g->id = known->id;
        list_insert_after(&known->same, &g->same);
        return;
    }
    insert(BY_KEY, g, bit);
    choose_id(g);
    known = find(BY_ID, g, &bit);
    assert(!known);
    insert(BY_ID, g, bit);
    g->first = true;
}

static void forget(struct wasm_type_group *g)
{
    struct wasm_type_group *heir = NULL;

    if (!list_empty(&g->same))
        heir = LIST_ENTRY(g->same.next, struct wasm_type_group, same);
    list_remove(&g->same);
    if (!g->first)
        return;
    for (enum tree tree = BY_KEY; tree < TREES; tree++)
        take_out(tree, g, heir);
    if (heir)
        heir->first = true;
}

static int number_group(struct wasm_module *m, struct wasm_type_group *g, uint32_t first)
{
    struct key_writer w = {NULL, 0};

    put_group(&w, m, first);
    w.words = ARENA_ARRAY(&m->arena, uint32_t, w.n);
    if (!w.words)
        return -ENOMEM;
    w.n = 0;
    put_group(&w, m, first);
    g->key = w.words;
    g->nwords = w.n;
    g->ntypes = m->subtypes[first].ngroup;
    list_init(&g->same);
    lock_trees();
    intern(g);
    unlock_trees();
    for (uint32_t i = 0; i < g->ntypes; i++)
        m->type_ids[first + i] = g->id + i;
    return 0;
}

int types_intern(struct wasm_module *m)
{
    uint32_t first = 0;

    m->type_ids = ARENA_ARRAY(&m->arena, uint32_t, m->ntypes);
    m->type_groups = ARENA_ARRAY(&m->arena, struct wasm_type_group, m->ngroups);
    if (!m->type_ids || !m->type_groups)
        return -ENOMEM;
    while (first < m->ntypes) {
        int err = number_group(m, &m->type_groups[m->ntype_groups], first);
        if (err)
            return err;
        first += m->type_groups[m->ntype_groups++].ntypes;
    }
    return 0;
}

void types_release(struct wasm_module *m)
{
    while (m->ntype_groups) {
        lock_trees();
        forget(&m->type_groups[--m->ntype_groups]);
        unlock_trees();
    }
}
