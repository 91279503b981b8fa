/* What a regular expression is compiled to: a program for a machine that is in many places of it at
 * once (K. Thompson, "Regular Expression Search Algorithm", 1968). */
#pragma once

#include <regex.h>
#include <stdint.h>
#include <wctype.h>

enum {
    CODE_MAX = 1 << 16,
    GROUPS_MAX = 1000,
    INVALID = 0x200000 /* and a byte that is no UTF-8 */
};

enum operation {
    OP_CHARACTER, /* x */
    OP_ANY,
    OP_SET,   /* of `sets`, number x */
    OP_SPLIT, /* goes on at x and at y, rather at x; both relative to this instruction */
    OP_JUMP,  /* x, relative */
    OP_SAVE,  /* the place in the text as x: 2 * group where a group begins, one more where it ends;
                 y where it begins: the last group inside */
    OP_BEGIN, /* nothing but the beginning of a line */
    OP_END,
    OP_MATCH
};

struct instruction {
    enum operation op;
    int x, y;
};

/* A part of a bracket expression: a range, or a class if there is one. */
struct set_item {
    uint32_t from, to;
    wctype_t class;
};

struct set {
    int first, count; /* of `items` */
    int negated;
};

struct __regex {
    int flags;
    struct instruction *code;
    int len, room;
    struct set_item *items;
    int items_len, items_room;
    struct set *sets;
    int sets_len, sets_room;
    unsigned char *repeated; /* of each group: whether it is in a repetition */
    int repeated_room;
};

/* What the functions of a compilation share. The first error stays; nothing counts after it. */
struct compiler {
    struct __regex *program;
    const char *at; /* the rest of the pattern */
    int groups;     /* so far */
    int depth;      /* of parentheses */
    int error;
};

/* ---- emit.c ---- */

void __regex_fail(struct compiler *c, int error);
/* Makes room for one more of `size` bytes behind `len` of them. 0, or -1 with the error set. */
int __regex_grow(struct compiler *c, void **array, int len, int *room, size_t size);
void __regex_emit(struct compiler *c, enum operation op, int x, int y);
/* Puts a split in front of the code from `start` on. */
void __regex_insert_split(struct compiler *c, int start, int x, int y);
/* Lets the code from `start` to the end match at least `least` and at most `most` times, -1: any
 * number. */
void __regex_repeat(struct compiler *c, int start, int least, int most);

/* ---- bracket.c ---- */

/* The next character of UTF-8, INVALID and a byte if it is none. */
uint32_t __regex_take(const char **p);
/* A bracket expression, behind its '['. */
void __regex_bracket(struct compiler *c);
int __regex_in_set(const struct __regex *r, const struct set *s, uint32_t ch);
