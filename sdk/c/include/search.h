/* Tables: hashed, as trees, and arrays searched from the front. */
#pragma once

#include <bits/decls.h>
#include <stddef.h>

__BEGIN_DECLS

typedef enum { FIND, ENTER } ACTION;
typedef enum { preorder, postorder, endorder, leaf } VISIT;

typedef struct entry {
    char *key;
    void *data;
} ENTRY;

struct hsearch_data {
    ENTRY *__entries;
    size_t __capacity, __count;
};

/* One table for the whole program; the _r forms have the table as an argument. */
int hcreate(size_t expected);
void hdestroy(void);
ENTRY *hsearch(ENTRY item, ACTION action);
int hcreate_r(size_t expected, struct hsearch_data *table);
void hdestroy_r(struct hsearch_data *table);
int hsearch_r(ENTRY item, ACTION action, ENTRY **out, struct hsearch_data *table);

/* A balanced tree; a node starts with the pointer to its key. */
void *tsearch(const void *key, void **root, int (*compare)(const void *, const void *));
void *tfind(const void *key, void *const *root, int (*compare)(const void *, const void *));
void *tdelete(const void *__restrict key, void **__restrict root,
              int (*compare)(const void *, const void *));
void twalk(const void *root, void (*visit)(const void *node, VISIT, int depth));
void tdestroy(void *root, void (*destroy)(void *key));

void *lfind(const void *key, const void *base, size_t *count, size_t size,
            int (*compare)(const void *, const void *));
void *lsearch(const void *key, void *base, size_t *count, size_t size,
              int (*compare)(const void *, const void *));

/* Doubly linked lists of structures that start with two pointers: next and previous. */
void insque(void *element, void *previous);
void remque(void *element);

__END_DECLS
