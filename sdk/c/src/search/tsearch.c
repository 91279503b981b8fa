/* Binary search trees balanced by height (AVL): the two subtrees of a node differ by one at most.
 * The path from the root to a node is kept in an array. */
#include <search.h>
#include <stdlib.h>

enum { LEFT, RIGHT, DEPTH_MAX = 48 }; /* 1.44 times the logarithm of the nodes that fit */

struct node {
    const void *key;
    struct node *child[2];
    int height;
};

static int height(const struct node *n)
{
    return n ? n->height : 0;
}

static void measure(struct node *n)
{
    int l = height(n->child[LEFT]), r = height(n->child[RIGHT]);
    n->height = (l > r ? l : r) + 1;
}

/* Turns the tree so that the child on `side` becomes its root. */
static struct node *rotate(struct node *n, int side)
{
    struct node *up = n->child[side];
    n->child[side] = up->child[!side];
    up->child[!side] = n;
    measure(n);
    measure(up);
    return up;
}

static struct node *balance(struct node *n)
{
    int difference = height(n->child[RIGHT]) - height(n->child[LEFT]);
    if (difference >= -1 && difference <= 1) {
        measure(n);
        return n;
    }
    int side = difference > 0 ? RIGHT : LEFT;
    struct node *child = n->child[side];
    if (height(child->child[!side]) > height(child->child[side]))
        n->child[side] = rotate(child, !side);
    return rotate(n, side);
}

/* Fills path[0 … depth]: the links that lead to the key; the last holds its node or NULL. */
static int descend(const void *key, void **root, int (*compare)(const void *, const void *),
                   struct node ***path)
{
    int depth = 0;
    path[0] = (struct node **)root;
    for (struct node *n; (n = *path[depth]);) {
        int c = compare(key, n->key);
        if (c == 0)
            break;
        path[++depth] = &n->child[c > 0];
    }
    return depth;
}

static void balance_path(struct node ***path, int depth)
{
    for (; depth >= 0; depth--)
        if (*path[depth])
            *path[depth] = balance(*path[depth]);
}

void *tsearch(const void *key, void **root, int (*compare)(const void *, const void *))
{
    struct node **path[DEPTH_MAX];
    if (!root)
        return NULL;
    int depth = descend(key, root, compare, path);
    if (*path[depth])
        return *path[depth];
    struct node *n = malloc(sizeof *n);
    if (!n)
        return NULL;
    *n = (struct node){.key = key, .height = 1};
    *path[depth] = n;
    balance_path(path, depth - 1);
    return n;
}

void *tfind(const void *key, void *const *root, int (*compare)(const void *, const void *))
{
    if (!root)
        return NULL;
    struct node *n = *root;
    for (int c; n && (c = compare(key, n->key)); n = n->child[c > 0])
        ;
    return n;
}

void *tdelete(const void *restrict key, void **restrict root,
              int (*compare)(const void *, const void *))
{
    struct node **path[DEPTH_MAX];
    if (!root)
        return NULL;
    int depth = descend(key, root, compare, path);
    struct node *n = *path[depth];
    if (!n)
        return NULL;
    void *parent = depth > 0 ? (void *)*path[depth - 1] : (void *)root;
    if (n->child[LEFT]) { /* the largest key below takes its place */
        path[++depth] = &n->child[LEFT];
        while ((*path[depth])->child[RIGHT]) {
            path[depth + 1] = &(*path[depth])->child[RIGHT];
            depth++;
        }
        struct node *last = *path[depth];
        n->key = last->key;
        *path[depth] = last->child[LEFT];
        free(last);
    } else {
        *path[depth] = n->child[RIGHT];
        free(n);
    }
    balance_path(path, depth);
    return parent;
}

void twalk(const void *root, void (*visit)(const void *node, VISIT, int depth))
{
    const struct node *path[DEPTH_MAX];
    unsigned char stage[DEPTH_MAX]; /* 0: from above, 1: left is done, 2: both are */
    int depth = 0;
    path[0] = root;
    stage[0] = 0;
    while (depth >= 0 && path[depth]) {
        const struct node *n = path[depth];
        if (!n->child[LEFT] && !n->child[RIGHT]) {
            visit(n, leaf, depth--);
            continue;
        }
        static const VISIT visits[] = {preorder, postorder, endorder};
        unsigned at = stage[depth]++;
        visit(n, visits[at], depth);
        if (at == 2) {
            depth--;
        } else if (n->child[at]) {
            path[++depth] = n->child[at];
            stage[depth] = 0;
        }
    }
}

void tdestroy(void *root, void (*destroy)(void *key))
{
    struct node *n = root;
    while (n) { /* turned to the right until nothing is left of the root, which then goes */
        struct node *left = n->child[LEFT];
        if (left) {
            n->child[LEFT] = left->child[RIGHT];
            left->child[RIGHT] = n;
            n = left;
        } else {
            struct node *next = n->child[RIGHT];
            if (destroy)
                destroy((void *)n->key);
            free(n);
            n = next;
        }
    }
}
