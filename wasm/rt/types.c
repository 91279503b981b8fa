/* Equal function types get equal numbers, in all modules of the engine: call_indirect compares one
 * word.
 *
 * No memory is owned here: each module brings a node per type, in its own arena, and takes it away
 * when it goes. The nodes of one type form a ring; its first stands in two digital search trees (a
 * node branches on the key's next bit), one by the type's hash, to find it, and one by its number,
 * to keep numbers apart. Depth is at most the bits of the key plus the types that share it wholly.
 */
#include "wasm/rt/instance.h"

#include "base/list.h"
#include "base/string.h"

enum tree { BY_HASH, BY_ID, TREES };

struct wasm_type_node {
    const struct wasm_functype *type;
    uint64_t keys[TREES]; /* hash; number, shifted to the upper half */
    struct wasm_type_node *child[TREES][2];
    struct list same; /* ring of nodes with the same type */
    bool first;       /* of its ring: in the trees */
};

static struct wasm_type_node *roots[TREES];
static int trees_locked; /* guards all of the above; held for one type at a time */

static void lock_trees(void)
{
    while (__atomic_exchange_n(&trees_locked, 1, __ATOMIC_ACQUIRE))
        __builtin_ia32_pause();
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

static uint64_t hash_type(const struct wasm_functype *t)
{
    uint64_t h = 0x9e3779b97f4a7c15ull ^ ((uint64_t)t->nparams << 32 | t->nresults);

    for (uint32_t i = 0; i < t->nparams; i++) {
        h = (h ^ t->params[i]) * 0xff51afd7ed558ccdull;
        h ^= h >> 29;
    }
    for (uint32_t i = 0; i < t->nresults; i++) {
        h = (h ^ t->results[i]) * 0xc4ceb9fe1a85ec53ull;
        h ^= h >> 31;
    }
    h *= 0xbf58476d1ce4e5b9ull;
    return h ^ h >> 32;
}

/* ---- the trees ---- */

static unsigned branch(uint64_t key, unsigned depth)
{
    return depth < 64 ? key >> (63 - depth) & 1 : 0;
}

/* Where the node with this key is, or where it would hang. With `type`: where that type is. */
static struct wasm_type_node **find(enum tree tree, uint64_t key, const struct wasm_functype *type)
{
    struct wasm_type_node **at = &roots[tree];

    for (unsigned depth = 0; *at; depth++) {
        if ((*at)->keys[tree] == key && (!type || types_equal((*at)->type, type)))
            break;
        at = &(*at)->child[tree][branch(key, depth)];
    }
    return at;
}

/* Puts `with` where `node` stands; NULL takes it out, and a leaf below it moves up. */
static void replace(enum tree tree, struct wasm_type_node *node, struct wasm_type_node *with)
{
    struct wasm_type_node **at = &roots[tree], **leaf;

    for (unsigned depth = 0; *at != node; depth++)
        at = &(*at)->child[tree][branch(node->keys[tree], depth)];
    if (!with) {
        leaf = at;
        while ((*leaf)->child[tree][0] || (*leaf)->child[tree][1])
            leaf = &(*leaf)->child[tree][!(*leaf)->child[tree][0]];
        with = *leaf;
        *leaf = NULL;
        if (with == node)
            return;
    }
    memcpy(with->child[tree], node->child[tree], sizeof with->child[tree]);
    *at = with;
}

/* ---- types ---- */

/* Joins the ring of its type, or begins one with a number of its own. */
static void intern(struct wasm_type_node *node)
{
    uint64_t hash = hash_type(node->type);
    struct wasm_type_node **at = find(BY_HASH, hash, node->type);
    uint32_t id = (uint32_t)hash;

    node->keys[BY_HASH] = hash;
    if (*at) {
        node->keys[BY_ID] = (*at)->keys[BY_ID];
        list_insert_after(&(*at)->same, &node->same);
        return;
    }
    *at = node;
    for (;; id += 0x9e3779b9u) { /* through all numbers until one is free */
        node->keys[BY_ID] = (uint64_t)id << 32;
        at = find(BY_ID, node->keys[BY_ID], NULL);
        if (id && !*at)
            break;
    }
    *at = node;
    node->first = true;
}

static void forget(struct wasm_type_node *node)
{
    struct wasm_type_node *heir = NULL;

    if (!list_empty(&node->same))
        heir = LIST_ENTRY(node->same.next, struct wasm_type_node, same);
    list_remove(&node->same);
    if (!node->first)
        return;
    for (enum tree tree = BY_HASH; tree < TREES; tree++)
        replace(tree, node, heir);
    if (heir)
        heir->first = true;
}

int types_intern(struct wasm_module *m)
{
    m->type_ids = ARENA_ARRAY(&m->arena, uint32_t, m->ntypes);
    m->type_nodes = ARENA_ARRAY(&m->arena, struct wasm_type_node, m->ntypes);
    if (!m->type_ids || !m->type_nodes)
        return -ENOMEM;
    for (; m->ntype_nodes < m->ntypes; m->ntype_nodes++) {
        struct wasm_type_node *node = &m->type_nodes[m->ntype_nodes];
        node->type = &m->types[m->ntype_nodes];
        list_init(&node->same);
        lock_trees();
        intern(node);
        unlock_trees();
        m->type_ids[m->ntype_nodes] = (uint32_t)(node->keys[BY_ID] >> 32);
    }
    return 0;
}

void types_release(struct wasm_module *m)
{
    while (m->ntype_nodes) {
        lock_trees();
        forget(&m->type_nodes[--m->ntype_nodes]);
        unlock_trees();
    }
}
