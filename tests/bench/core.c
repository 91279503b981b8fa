/* Integer work of the kinds a small controller does: a linked list, a matrix, a state machine over
 * text, and a CRC over all results. */
#include "tests/bench/bench.h"

#define NODES    256
#define SIDE     24
#define TEXT_LEN 1024
#define ROUNDS   3500

struct node {
    struct node *next;
    int16_t key, value;
};

enum state { START, SIGN, DIGITS, FRACTION, EXPONENT, BROKEN, STATES };

static struct node nodes[NODES];
static int16_t left[SIDE][SIDE], right[SIDE][SIDE];
static int32_t product[SIDE][SIDE];
static char text[TEXT_LEN];

static uint16_t crc16(uint32_t value, uint16_t crc)
{
    for (int i = 0; i < 32; i++, value >>= 1)
        crc = (uint16_t)((crc >> 1) ^ (((crc ^ value) & 1) ? 0xa001 : 0));
    return crc;
}

static struct node *list_reverse(struct node *list)
{
    struct node *done = NULL;

    while (list) {
        struct node *next = list->next;
        list->next = done;
        done = list;
        list = next;
    }
    return done;
}

static struct node *list_merge(struct node *a, struct node *b, int by_value)
{
    struct node head = {0}, *tail = &head;

    while (a && b) {
        int first = by_value ? a->value <= b->value : a->key <= b->key;
        struct node **from = first ? &a : &b;
        tail->next = *from;
        tail = *from;
        *from = (*from)->next;
    }
    tail->next = a ? a : b;
    return head.next;
}

/* Bottom-up: piles[i] holds a sorted list of 2^i nodes or nothing. */
static struct node *list_sort(struct node *list, int by_value)
{
    struct node *piles[16] = {0}, *all = NULL;

    while (list) {
        struct node *one = list;
        int i = 0;
        list = list->next;
        one->next = NULL;
        for (; piles[i]; i++) {
            one = list_merge(piles[i], one, by_value);
            piles[i] = NULL;
        }
        piles[i] = one;
    }
    for (int i = 0; i < 16; i++)
        all = list_merge(piles[i], all, by_value);
    return all;
}

static uint16_t list_work(uint16_t seed)
{
    struct node *list = nodes;
    uint16_t crc = seed;

    for (int i = 0; i < NODES; i++) {
        nodes[i].key = (int16_t)((i * 73 + seed) & 0xff);
        nodes[i].value = (int16_t)(i ^ seed);
        nodes[i].next = i + 1 < NODES ? &nodes[i + 1] : NULL;
    }
    list = list_sort(list_reverse(list), 0);
    list = list_sort(list, 1);
    for (struct node *n = list; n; n = n->next)
        crc = (uint16_t)(crc * 31 + n->value);
    return crc;
}

static uint32_t matrix_work(int16_t seed)
{
    uint32_t sum = 0;

    for (int i = 0; i < SIDE; i++) {
        for (int j = 0; j < SIDE; j++) {
            left[i][j] = (int16_t)(i * 7 + j + seed);
            right[i][j] = (int16_t)(j * 5 - i + seed);
        }
    }
    for (int i = 0; i < SIDE; i++) {
        for (int j = 0; j < SIDE; j++) {
            int32_t cell = 0;
            for (int k = 0; k < SIDE; k++)
                cell += left[i][k] * right[k][j];
            product[i][j] = cell;
            sum += (uint32_t)((cell >> 2) & 15) * (uint32_t)((cell >> 5) & 127);
        }
    }
    return sum;
}

static enum state step(enum state s, char c)
{
    int digit = c >= '0' && c <= '9';

    switch (s) {
    case START:
        return digit ? DIGITS : c == '+' || c == '-' ? SIGN : c == '.' ? FRACTION : BROKEN;
    case SIGN:
        return digit ? DIGITS : c == '.' ? FRACTION : BROKEN;
    case DIGITS:
        return digit ? DIGITS : c == '.' ? FRACTION : c == 'e' ? EXPONENT : BROKEN;
    case FRACTION:
        return digit ? FRACTION : c == 'e' ? EXPONENT : BROKEN;
    case EXPONENT:
        return digit || c == '-' ? EXPONENT : BROKEN;
    default:
        return BROKEN;
    }
}

static uint32_t text_work(uint32_t seed)
{
    static const char alphabet[] = "0123456789+-.e,x";
    uint32_t counts[STATES] = {0}, sum = 0;
    enum state s = START;

    for (int i = 0; i < TEXT_LEN; i++)
        text[i] = alphabet[(bench_random(&seed) >> 9) % (sizeof alphabet - 1)];
    for (int i = 0; i < TEXT_LEN; i++) {
        s = text[i] == ',' ? START : step(s, text[i]);
        counts[s]++;
    }
    for (int i = 0; i < STATES; i++)
        sum = sum * 131 + counts[i];
    return sum;
}

static uint64_t bench_kernel(void)
{
    uint16_t crc = 0xffff;

    for (int i = 0; i < ROUNDS; i++) {
        crc = crc16(list_work(crc), crc);
        crc = crc16(matrix_work((int16_t)crc), crc);
        crc = crc16(text_work(crc + 1u), crc);
    }
    return crc;
}
