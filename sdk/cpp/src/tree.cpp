// Red-black trees: a red node has black children, and every way down meets as many black nodes.
#include <bits/tree.h>

namespace std
{

__tree_link *__tree_next(__tree_link *n) noexcept
{
    if (n->right) {
        n = n->right;
        while (n->left)
            n = n->left;
        return n;
    }
    while (n->parent->right == n) // the header is a parent's left end: it has no right child
        n = n->parent;
    return n->parent;
}

__tree_link *__tree_previous(__tree_link *n) noexcept
{
    if (n->left) { // also of the header, whose left child is the root
        n = n->left;
        while (n->right)
            n = n->right;
        return n;
    }
    while (n->parent->left == n)
        n = n->parent;
    return n->parent;
}

// Puts `child` where `n` hangs.
static void replace(__tree_link *n, __tree_link *child)
{
    (n->parent->left == n ? n->parent->left : n->parent->right) = child;
    if (child)
        child->parent = n->parent;
}

// n's child on the other side comes up in its place.
static void rotate_left(__tree_link *n)
{
    __tree_link *up = n->right;
    n->right = up->left;
    if (up->left)
        up->left->parent = n;
    replace(n, up);
    up->left = n;
    n->parent = up;
}
static void rotate_right(__tree_link *n)
{
    __tree_link *up = n->left;
    n->left = up->right;
    if (up->right)
        up->right->parent = n;
    replace(n, up);
    up->right = n;
    n->parent = up;
}

static bool is_red(const __tree_link *n)
{
    return n && n->red;
}

void __tree_insert(__tree_link *n, __tree_link *parent, bool left, __tree_link *header) noexcept
{
    n->parent = parent;
    n->left = n->right = nullptr;
    n->red = true;
    (left ? parent->left : parent->right) = n;
    while (n != header->left && n->parent->red) {
        __tree_link *p = n->parent, *grand = p->parent;
        bool on_left = p == grand->left;
        __tree_link *uncle = on_left ? grand->right : grand->left;
        if (is_red(uncle)) {
            p->red = uncle->red = false;
            grand->red = true;
            n = grand;
            continue;
        }
        if (n == (on_left ? p->right : p->left)) { // inside: turn it outside
            on_left ? rotate_left(p) : rotate_right(p);
            n = p;
            p = n->parent;
        }
        p->red = false;
        grand->red = true;
        on_left ? rotate_right(grand) : rotate_left(grand);
    }
    header->left->red = false;
}

// The ways through `n` (may be null, a child of `parent`) are one black node short.
static void balance_after_removal(__tree_link *n, __tree_link *parent, __tree_link *header)
{
    while (n != header->left && !is_red(n)) {
        bool on_left = n == parent->left;
        __tree_link *sibling = on_left ? parent->right : parent->left;
        if (sibling->red) {
            sibling->red = false;
            parent->red = true;
            on_left ? rotate_left(parent) : rotate_right(parent);
            sibling = on_left ? parent->right : parent->left;
        }
        __tree_link *near = on_left ? sibling->left : sibling->right;
        __tree_link *far = on_left ? sibling->right : sibling->left;
        if (!is_red(near) && !is_red(far)) {
            sibling->red = true;
            n = parent;
            parent = n->parent;
            continue;
        }
        if (!is_red(far)) {
            near->red = false;
            sibling->red = true;
            on_left ? rotate_right(sibling) : rotate_left(sibling);
            far = sibling;
            sibling = near;
        }
        sibling->red = parent->red;
        parent->red = false;
        far->red = false;
        on_left ? rotate_left(parent) : rotate_right(parent);
        return;
    }
    if (n)
        n->red = false;
}

void __tree_remove(__tree_link *n, __tree_link *header) noexcept
{
    __tree_link *child, *parent;
    bool removed_black;
    if (n->left && n->right) { // the next node, which has no left child, takes its place and colour
        __tree_link *next = n->right;
        while (next->left)
            next = next->left;
        child = next->right;
        removed_black = !next->red;
        parent = next->parent == n ? next : next->parent;
        replace(next, child);
        next->left = n->left;
        next->right = n->right;
        next->red = n->red;
        replace(n, next);
        next->left->parent = next;
        if (next->right)
            next->right->parent = next;
    } else {
        child = n->left ? n->left : n->right;
        removed_black = !n->red;
        parent = n->parent;
        replace(n, child);
    }
    if (removed_black)
        balance_after_removal(child, parent, header);
}

} // namespace std
