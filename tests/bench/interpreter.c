/* The loop of a bytecode interpreter with a stack, running a sieve. */
#include "tests/bench/bench.h"

#define CELLS 4096
#define TIMES 150

enum op { PUSH, GET, SET, ADD, LESS, LOAD, STORE, JUMP, UNLESS, HALT };

struct code {
    uint8_t op;
    int32_t arg;
};

/* Variables: 0 i, 1 j, 2 count. */
static const struct code sieve[] = {
    {PUSH, 2}, {SET, 0},                                              /* 0: i = 2 */
    {GET, 0},  {PUSH, CELLS}, {LESS, 0},    {UNLESS, 28},             /* 2: while i < CELLS */
    {GET, 0},  {LOAD, 0},     {UNLESS, 11}, {JUMP, 23},               /* 6: if !cell[i] */
    {HALT, 0}, {GET, 2},      {PUSH, 1},    {ADD, 0},     {SET, 2},   /* 11: count++ */
    {GET, 0},  {SET, 1},                                              /* 15: j = i */
    {GET, 1},  {PUSH, CELLS}, {LESS, 0},    {UNLESS, 23}, {JUMP, 29}, /* 17: while j < CELLS */
    {HALT, 0}, {GET, 0},      {PUSH, 1},    {ADD, 0},     {SET, 0},   /* 23: i++ */
    {JUMP, 2}, {HALT, 0},                                             /* 28: done */
    {PUSH, 1}, {GET, 1},      {STORE, 0},                             /* 29: cell[j] = 1 */
    {GET, 1},  {GET, 0},      {ADD, 0},     {SET, 1},     {JUMP, 17}, /* 32: j += i */
};

static int32_t cells[CELLS];

static int32_t run(const struct code *code)
{
    int32_t stack[16], vars[3] = {0}, *sp = stack;

    for (const struct code *pc = code;; pc++) {
        switch ((enum op)pc->op) {
        case PUSH:
            *sp++ = pc->arg;
            break;
        case GET:
            *sp++ = vars[pc->arg];
            break;
        case SET:
            vars[pc->arg] = *--sp;
            break;
        case ADD:
            sp--;
            sp[-1] += sp[0];
            break;
        case LESS:
            sp--;
            sp[-1] = sp[-1] < sp[0];
            break;
        case LOAD:
            sp[-1] = cells[sp[-1] % CELLS];
            break;
        case STORE:
            sp -= 2;
            cells[sp[1] % CELLS] = sp[0];
            break;
        case JUMP:
            pc = code + pc->arg - 1;
            break;
        case UNLESS:
            if (!*--sp)
                pc = code + pc->arg - 1;
            break;
        case HALT:
            return vars[2];
        }
    }
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < TIMES; i++) {
        memset(cells, 0, sizeof cells);
        sum = bench_mix(sum, (uint64_t)run(sieve));
    }
    return sum;
}
