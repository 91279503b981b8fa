/* Writing the program. Jumps are relative, so that code can be moved and copied. */
#include "regex/program.h"
#include <stdlib.h>
#include <string.h>

void __regex_fail(struct compiler *c, int error)
{
    if (!c->error)
        c->error = error;
}

int __regex_grow(struct compiler *c, void **array, int len, int *room, size_t size)
{
    if (len < *room)
        return 0;
    int larger = *room ? 2 * *room : 16;
    void *fresh = realloc(*array, (size_t)larger * size);
    if (!fresh) {
        __regex_fail(c, REG_ESPACE);
        return -1;
    }
    *array = fresh;
    *room = larger;
    return 0;
}

void __regex_emit(struct compiler *c, enum operation op, int x, int y)
{
    struct __regex *r = c->program;
    if (r->len == CODE_MAX)
        __regex_fail(c, REG_ESPACE);
    if (c->error || __regex_grow(c, (void **)&r->code, r->len, &r->room, sizeof r->code[0]))
        return;
    r->code[r->len++] = (struct instruction){op, x, y};
}

void __regex_insert_split(struct compiler *c, int start, int x, int y)
{
    struct __regex *r = c->program;
    __regex_emit(c, OP_SPLIT, x, y);
    if (c->error)
        return;
    struct instruction split = r->code[r->len - 1];
    memmove(r->code + start + 1, r->code + start, (size_t)(r->len - 1 - start) * sizeof split);
    r->code[start] = split;
}

static void copy(struct compiler *c, int start, int len)
{
    for (int i = 0; i < len && !c->error; i++) {
        struct instruction one = c->program->code[start + i];
        __regex_emit(c, one.op, one.x, one.y);
    }
}

void __regex_repeat(struct compiler *c, int start, int least, int most)
{
    struct __regex *r = c->program;
    int len = r->len - start;
    if (c->error)
        return;
    if (most == 0) {
        r->len = start;
        return;
    }
    for (int i = 1; i < least; i++)
        copy(c, start, len);
    if (most < 0 && least > 0) { /* the last one again */
        __regex_emit(c, OP_SPLIT, -len, 1);
        return;
    }
    if (least == 0) {
        __regex_insert_split(c, start, 1, most < 0 ? len + 2 : 1 + len + (most - 1) * (len + 1));
        if (most < 0)
            __regex_emit(c, OP_JUMP, -len - 1, 0);
        start++;
        least = 1;
    }
    for (int i = least; i < most && !c->error; i++) { /* each leads to the next, or behind all */
        __regex_emit(c, OP_SPLIT, 1, (most - i) * (len + 1));
        copy(c, start, len);
    }
}
