/* Equal function types get equal numbers, in all modules of the engine: call_indirect compares one
 * word.
 *
 * No memory is owned here: each module brings a node per type, in its own arena, and takes it away
 * when it goes. A number is the type's hash, moved on by the number of buckets while another type
 * of the bucket has it; so numbers are unique and never run out. */
#include "wasm/rt/instance.h"

#include "base/list.h"
#include "base/string.h"

enum { TYPE_BUCKETS = 4096 };

/* How many nodes of other types one module may pass while its types are entered: a module full of
 * colliding types is refused before it costs seconds. */
#define TYPE_STEPS_MIN      1000000u
#define TYPE_STEPS_PER_TYPE 1024u

struct wasm_type_node {
    const struct wasm_functype *type;
    struct wasm_type_node *next; /* in the bucket: another type; only of a group's first node */
    struct list same;            /* ring of nodes with the same type */
    uint32_t id;
    bool first;
};

static struct wasm_type_node *buckets[TYPE_BUCKETS];
static int buckets_locked; /* guards all of the above; held for one type at a time */

static void lock_buckets(void)
{
    while (__atomic_exchange_n(&buckets_locked, 1, __ATOMIC_ACQUIRE))
        __builtin_ia32_pause();
}

static void unlock_buckets(void)
{
    __atomic_store_n(&buckets_locked, 0, __ATOMIC_RELEASE);
}

bool types_equal(const struct wasm_functype *a, const struct wasm_functype *b)
{
    return a->nparams == b->nparams && a->nresults == b->nresults &&
           !memcmp(a->params, b->params, a->nparams * sizeof *a->params) &&
           !memcmp(a->results, b->results, a->nresults * sizeof *a->results);
}

/* Multiply and fold; never 0. */
static uint32_t hash_type(const struct wasm_functype *t)
{
    uint64_t h = 0x9e3779b97f4a7c15ull ^ ((uint64_t)t->nparams << 32 | t->nresults);

    for (uint32_t i = 0; i < t->nparams; i++)
        h = (h ^ t->params[i]) * 0xff51afd7ed558ccdull, h ^= h >> 29;
    for (uint32_t i = 0; i < t->nresults; i++)
        h = (h ^ t->results[i]) * 0xc4ceb9fe1a85ec53ull, h ^= h >> 31;
    h ^= h >> 32;
    return (uint32_t)h ? (uint32_t)h : TYPE_BUCKETS;
}

static bool id_taken(const struct wasm_type_node *chain, uint32_t id)
{
    for (; chain; chain = chain->next)
        if (chain->id == id)
            return true;
    return false;
}

/* Joins the group of its type, or founds it. */
static int intern(struct wasm_type_node *node, uint64_t *steps)
{
    uint32_t hash = hash_type(node->type), id = hash;
    struct wasm_type_node **bucket = &buckets[hash % TYPE_BUCKETS], *n;
    bool clash = false;

    for (n = *bucket; n && *steps; n = n->next, --*steps) {
        clash |= n->id == id;
        if (types_equal(n->type, node->type))
            break;
    }
    if (!*steps)
        return -EINVAL;
    if (n) {
        node->id = n->id;
        list_insert_after(&n->same, &node->same);
        return 0;
    }
    while (clash) { /* two types of one hash: rare */
        id += TYPE_BUCKETS;
        clash = !id || id_taken(*bucket, id);
    }
    node->id = id;
    node->first = true;
    node->next = *bucket;
    *bucket = node;
    return 0;
}

static void forget(struct wasm_type_node *node)
{
    struct wasm_type_node **at = &buckets[node->id % TYPE_BUCKETS], *heir = NULL;

    if (!list_empty(&node->same))
        heir = LIST_ENTRY(node->same.next, struct wasm_type_node, same);
    list_remove(&node->same);
    if (!node->first)
        return;
    while (*at != node)
        at = &(*at)->next;
    if (heir) {
        heir->first = true;
        heir->next = node->next;
        *at = heir;
    } else {
        *at = node->next;
    }
}

int types_intern(struct wasm_module *m)
{
    uint64_t steps = TYPE_STEPS_MIN + (uint64_t)m->ntypes * TYPE_STEPS_PER_TYPE;
    int err = 0;

    m->type_ids = ARENA_ARRAY(&m->arena, uint32_t, m->ntypes);
    m->type_nodes = ARENA_ARRAY(&m->arena, struct wasm_type_node, m->ntypes);
    if (!m->type_ids || !m->type_nodes)
        return -ENOMEM;
    for (; m->ntype_nodes < m->ntypes; m->ntype_nodes++) {
        struct wasm_type_node *node = &m->type_nodes[m->ntype_nodes];
        node->type = &m->types[m->ntype_nodes];
        list_init(&node->same);
        lock_buckets();
        err = intern(node, &steps);
        unlock_buckets();
        if (err)
            return err;
        m->type_ids[m->ntype_nodes] = node->id;
    }
    return 0;
}

void types_release(struct wasm_module *m)
{
    while (m->ntype_nodes) {
        lock_buckets();
        forget(&m->type_nodes[--m->ntype_nodes]);
        unlock_buckets();
    }
}
