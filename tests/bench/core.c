/* Integer work of the kinds a small controller does, in the proportions of CoreMark's public
 * description: lists that are searched, reversed and sorted, small matrices of 16-bit numbers whose
 * bits are picked, and a state machine over text, on 2000 bytes of data, a third for each, with a
 * CRC over every result. What a list's elements weigh is what matrices and text say. */
#include "tests/bench/bench.h"

#define DATA_BYTES 666 /* of each kind */
#define ELEMENTS   33  /* as many as fit with two pointers of 8 bytes and 4 bytes each */
#define SIDE       9   /* as many as fit: two matrices of 16 bits, one of 32 */
#define ROUNDS     900
#define SEARCHES   64
#define TEXT_STEP  13 /* every so many bytes are disturbed */

/* An element's payload: the lower byte of `data` says how to weigh it; the upper one keeps the
 * weight once it is known. */
struct item {
    uint16_t data;
    int16_t place;
};

struct element {
    struct element *next;
    struct item *item;
};

typedef int32_t (*compare_fn)(struct item *a, struct item *b);
typedef int16_t matrix[SIDE][SIDE];

enum { WEIGHED = 0x80 };
enum state { START, SIGNED, WHOLE, FRACTION, EXPONENT, SCIENTIFIC, INVALID, STATES };

static struct element elements[ELEMENTS];
static struct item items[ELEMENTS];
static matrix left, right;
static int32_t product[SIDE][SIDE];
static char text[DATA_BYTES];
static uint16_t results_crc;

/* ---- CRC, reflected 0xA001, bit by bit ---- */

static uint16_t crc8(uint8_t value, uint16_t crc)
{
    for (int i = 0; i < 8; i++, value >>= 1)
        crc = (uint16_t)((crc >> 1) ^ (((crc ^ value) & 1) ? 0xa001 : 0));
    return crc;
}

static uint16_t crc16(uint16_t value, uint16_t crc)
{
    return crc8((uint8_t)(value >> 8), crc8((uint8_t)value, crc));
}

static uint16_t crc32(uint32_t value, uint16_t crc)
{
    return crc16((uint16_t)(value >> 16), crc16((uint16_t)value, crc));
}

/* ---- matrices ---- */

static void matrix_add(matrix m, int16_t by)
{
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++)
            m[i][j] = (int16_t)(m[i][j] + by);
}

static void matrix_scale(matrix m, int16_t by)
{
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++)
            product[i][j] = (int32_t)m[i][j] * by;
}

static void matrix_by_vector(matrix m, const int16_t *v)
{
    for (int i = 0; i < SIDE; i++) {
        product[i][0] = 0;
        for (int j = 0; j < SIDE; j++)
            product[i][0] += (int32_t)m[i][j] * v[j];
    }
}

static void matrix_multiply(matrix a, matrix b)
{
    for (int i = 0; i < SIDE; i++) {
        for (int j = 0; j < SIDE; j++) {
            int32_t cell = 0;
            for (int k = 0; k < SIDE; k++)
                cell += (int32_t)a[i][k] * b[k][j];
            product[i][j] = cell;
        }
    }
}

static uint32_t bits(uint32_t value, unsigned from, unsigned count)
{
    return (value >> from) & ~(~0u << count);
}

static void matrix_multiply_bits(matrix a, matrix b)
{
    for (int i = 0; i < SIDE; i++) {
        for (int j = 0; j < SIDE; j++) {
            uint32_t cell = 0;
            for (int k = 0; k < SIDE; k++) {
                uint32_t one = (uint32_t)((int32_t)a[i][k] * b[k][j]);
                cell += bits(one, 2, 4) * bits(one, 5, 7);
            }
            product[i][j] = (int32_t)cell;
        }
    }
}

/* Counts where cells rise, and starts again whenever their sum passes `limit`. */
static int16_t matrix_sum(int16_t limit)
{
    int32_t sum = 0, last = 0;
    int16_t found = 0;

    for (int i = 0; i < SIDE; i++) {
        for (int j = 0; j < SIDE; j++) {
            int32_t cell = product[i][j];
            sum += cell;
            if (sum > limit) {
                found = (int16_t)(found + 10);
                sum = 0;
            } else {
                found = (int16_t)(found + (cell > last));
            }
            last = cell;
        }
    }
    return found;
}

static uint16_t matrix_work(int16_t by, uint16_t crc)
{
    int16_t limit = (int16_t)(0xf000 | (uint16_t)by);

    matrix_add(left, by);
    matrix_scale(left, by);
    crc = crc16((uint16_t)matrix_sum(limit), crc);
    matrix_by_vector(left, right[0]);
    crc = crc16((uint16_t)matrix_sum(limit), crc);
    matrix_multiply(left, right);
    crc = crc16((uint16_t)matrix_sum(limit), crc);
    matrix_multiply_bits(left, right);
    crc = crc16((uint16_t)matrix_sum(limit), crc);
    matrix_add(left, (int16_t)-by);
    return crc;
}

/* ---- text: is each word, up to a comma, a number? ---- */

static enum state step(enum state s, char c)
{
    int digit = c >= '0' && c <= '9';

    switch (s) {
    case START:
        return digit ? WHOLE : c == '+' || c == '-' ? SIGNED : c == '.' ? FRACTION : INVALID;
    case SIGNED:
        return digit ? WHOLE : c == '.' ? FRACTION : INVALID;
    case WHOLE:
        return digit ? WHOLE : c == '.' ? FRACTION : INVALID;
    case FRACTION:
        return digit ? FRACTION : c == 'e' || c == 'E' ? EXPONENT : INVALID;
    case EXPONENT:
        return c == '+' || c == '-' ? SCIENTIFIC : INVALID;
    case SCIENTIFIC:
        return digit ? SCIENTIFIC : INVALID;
    default:
        return INVALID;
    }
}

/* Reads the next word; what it was. Each change of state is counted where it came from. */
static enum state word(const char **at, uint32_t changes[STATES])
{
    enum state s = START;

    for (; **at && s != INVALID; (*at)++) {
        enum state next;
        if (**at == ',') {
            (*at)++;
            break;
        }
        next = step(s, **at);
        if (next != s)
            changes[s]++;
        s = next;
    }
    return s;
}

static void read_text(uint32_t ends[STATES], uint32_t changes[STATES])
{
    for (const char *at = text; *at;)
        ends[word(&at, changes)]++;
}

static void disturb_text(uint8_t by, int from)
{
    for (int i = from; i < DATA_BYTES - 1; i += TEXT_STEP)
        if (text[i] != ',' && (char)(text[i] ^ by))
            text[i] = (char)(text[i] ^ by);
}

static uint16_t text_work(uint8_t by, int from, uint16_t crc)
{
    uint32_t ends[STATES] = {0}, changes[STATES] = {0};

    read_text(ends, changes);
    disturb_text(by, from);
    read_text(ends, changes);
    disturb_text(by, from);
    for (int i = 0; i < STATES; i++)
        crc = crc32(changes[i], crc32(ends[i], crc));
    return crc;
}

/* ---- lists ---- */

/* What the item weighs: known, or else found out from matrices or text. */
static int16_t weigh(struct item *item)
{
    uint16_t data = item->data, by;
    int16_t weight;

    if (data & WEIGHED)
        return (int16_t)(data & (WEIGHED - 1));
    by = (uint16_t)(data >> 3 & 15);
    by = (uint16_t)(by << 4 | by);
    switch (data & 7) {
    case 0:
        weight = (int16_t)text_work((uint8_t)(by < 0x22 ? 0x22 : by), by & 7, results_crc);
        break;
    case 1:
    case 2:
        weight = (int16_t)matrix_work((int16_t)by, results_crc);
        break;
    default: /* it weighs what it says */
        return (int16_t)(data & (WEIGHED - 1));
    }
    results_crc = crc16((uint16_t)weight, results_crc);
    weight &= WEIGHED - 1;
    item->data = (uint16_t)((data & 0xff00) | WEIGHED | weight);
    return weight;
}

static int32_t by_weight(struct item *a, struct item *b)
{
    int16_t weight_a = weigh(a), weight_b = weigh(b);

    return weight_a - weight_b;
}

static int32_t by_place(struct item *a, struct item *b)
{
    a->data = (uint16_t)((a->data & 0xff00) | (a->data >> 8)); /* its weight is forgotten */
    b->data = (uint16_t)((b->data & 0xff00) | (b->data >> 8));
    return a->place - b->place;
}

static struct element *list_find(struct element *list, int16_t place, uint8_t low)
{
    if (place >= 0)
        while (list && list->item->place != place)
            list = list->next;
    else
        while (list && (uint8_t)(list->item->data >> 8) != low)
            list = list->next;
    return list;
}

static struct element *list_reverse(struct element *list)
{
    struct element *done = NULL;

    while (list) {
        struct element *next = list->next;
        list->next = done;
        done = list;
        list = next;
    }
    return done;
}

/* Merges neighbouring runs of 1, 2, 4 … elements until there is one. */
static struct element *list_sort(struct element *list, compare_fn compare)
{
    for (int run = 1;; run *= 2) {
        struct element *p = list, *tail = NULL;
        int merges = 0;
        list = NULL;
        while (p) {
            struct element *q = p;
            int np = 0, nq = run;
            merges++;
            for (; np < run && q; np++)
                q = q->next;
            while (np > 0 || (nq > 0 && q)) {
                struct element *e;
                if (np > 0 && (nq == 0 || !q || compare(p->item, q->item) <= 0)) {
                    e = p;
                    p = p->next;
                    np--;
                } else {
                    e = q;
                    q = q->next;
                    nq--;
                }
                if (tail)
                    tail->next = e;
                else
                    list = e;
                tail = e;
            }
            p = q;
        }
        tail->next = NULL;
        if (merges <= 1)
            return list;
    }
}

static struct element *list_create(void)
{
    for (int i = 0; i < ELEMENTS; i++) {
        uint16_t kind = (uint16_t)((i * 11 + (i >> 2)) & (WEIGHED - 1));
        items[i] = (struct item){(uint16_t)(kind << 8 | kind), (int16_t)i};
        elements[i] = (struct element){i + 1 < ELEMENTS ? &elements[i + 1] : NULL, &items[i]};
    }
    return elements;
}

static uint16_t list_work(struct element **list, int16_t first)
{
    struct element *at = *list;
    uint16_t found = 0, missed = 0, sum = 0;

    for (int i = 0; i < SEARCHES; i++) {
        int16_t place = (int16_t)(first < 0 ? -1 : (first + 3 * i) % ELEMENTS);
        struct element *e = list_find(at, place, (uint8_t)((7 * i) & 0x7f));
        at = list_reverse(at);
        if (!e) {
            missed++;
            sum = (uint16_t)(sum + (at->next->item->data >> 8 & 1));
            continue;
        }
        found++;
        sum = (uint16_t)(sum + (e->item->data >> 9 & 1));
        if (e->next) { /* what is behind it comes to the front, but one */
            struct element *moved = e->next;
            e->next = moved->next;
            moved->next = at->next;
            at->next = moved;
        }
    }
    sum = (uint16_t)(sum + found * 4 - missed);
    at = list_sort(at, by_weight);
    for (struct element *e = at; e; e = e->next)
        sum = crc16(e->item->data, sum);
    at = list_sort(at, by_place);
    for (struct element *e = at; e; e = e->next)
        sum = crc16(e->item->data, sum);
    *list = at;
    return sum;
}

static void fill(void)
{
    static const char *const words[] = {"5012",     "1234",     "-874",     "+122",
                                        "35.54400", ".1234500", "-110.7",   "+0.64e",
                                        "5.5e+3",   "-.12e-2",  "T0.3e-1F", "1T3.4e4z"};
    size_t at = 0;

    memset(text, 0, sizeof text);
    for (unsigned i = 0;; i = (i * 5 + 7) % 12) {
        size_t len = strlen(words[i]);
        if (at + len + 2 > sizeof text)
            break;
        memcpy(text + at, words[i], len);
        text[at + len] = ',';
        at += len + 1;
    }
    for (int i = 0; i < SIDE; i++) {
        for (int j = 0; j < SIDE; j++) {
            left[i][j] = (int16_t)((i * SIDE + j + 1) * 37 & 0xff);
            right[i][j] = (int16_t)((i * SIDE + j + 1) * 101 & 0xff);
        }
    }
}

static uint64_t bench_kernel(void)
{
    struct element *list = list_create();
    uint16_t crc = 0;

    results_crc = 0;
    fill();
    for (int i = 0; i < ROUNDS; i++) {
        crc = crc16(list_work(&list, 1), crc);
        crc = crc16(list_work(&list, -1), crc);
    }
    return (uint64_t)results_crc << 16 | crc;
}
