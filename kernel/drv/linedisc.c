#include "kernel/drv/linedisc.h"

#include "base/string.h"

#define CTRL(letter) ((letter) & 0x1f)
enum { KEY_ESCAPE = 0x1b, KEY_DELETE = 0x7f, MARK = 0x100 };
enum { ESCAPE_NONE, ESCAPE_SEEN, ESCAPE_SEQUENCE, ESCAPE_SHIFT };

static void push(struct linedisc *d, uint16_t x)
{
    if (d->count == LINEDISC_RING)
        return; /* linedisc_room said so */
    d->ring[(d->head + d->count++) % LINEDISC_RING] = x;
}

static uint16_t first(const struct linedisc *d)
{
    return d->ring[d->head];
}

static void pop(struct linedisc *d)
{
    d->head = (d->head + 1) % LINEDISC_RING;
    d->count--;
}

/* The edited line becomes readable. */
static void deliver(struct linedisc *d)
{
    for (unsigned i = 0; i < d->line_len; i++)
        push(d, (uint8_t)d->line[i]);
    d->line_len = 0;
}

static void echo_text(struct linedisc_result *r, const char *text)
{
    while (*text && r->echo_len < LINEDISC_ECHO_MAX)
        r->echo[r->echo_len++] = *text++;
}

static bool is_continuation(char c)
{
    return ((uint8_t)c & 0xc0) == 0x80;
}
static bool is_control(char c)
{
    return (uint8_t)c < ' ' && c != '\t';
}

/* Takes the last character off the line; the columns it took on the screen. */
static unsigned rub_out(struct linedisc *d)
{
    if (!d->line_len)
        return 0;
    char c = d->line[--d->line_len];
    while (is_continuation(c) && d->line_len)
        c = d->line[--d->line_len];
    return is_control(c) ? 2 : 1;
}

static void rub_out_word(struct linedisc *d, struct linedisc_result *r)
{
    while (d->line_len && d->line[d->line_len - 1] == ' ')
        r->erase += rub_out(d);
    while (d->line_len && d->line[d->line_len - 1] != ' ')
        r->erase += rub_out(d);
}

static void type(struct linedisc *d, char key, struct linedisc_result *r)
{
    if (d->line_len == LINEDISC_LINE_MAX - 1) {
        echo_text(r, "\a");
        return;
    }
    d->line[d->line_len++] = key;
    if (is_control(key)) {
        char shown[] = {'^', (char)(key + '@'), 0};
        echo_text(r, shown);
    } else {
        r->echo[r->echo_len++] = key == '\t' ? ' ' : key;
    }
}

static void end_line(struct linedisc *d, struct linedisc_result *r)
{
    d->line[d->line_len++] = '\n';
    deliver(d);
    echo_text(r, "\n");
}

/* Arrows and function keys mean nothing here. true: the key was part of one. */
static bool skip_escape(struct linedisc *d, char key)
{
    switch (d->escape) {
    case ESCAPE_NONE:
        if (key != KEY_ESCAPE)
            return false;
        d->escape = ESCAPE_SEEN;
        return true;
    case ESCAPE_SEEN:
        d->escape = key == '[' ? ESCAPE_SEQUENCE : key == 'O' ? ESCAPE_SHIFT : ESCAPE_NONE;
        return d->escape != ESCAPE_NONE;
    default:
        if (d->escape == ESCAPE_SHIFT || (key >= '@' && key <= '~'))
            d->escape = ESCAPE_NONE;
        return true;
    }
}

static void cooked_key(struct linedisc *d, char key, struct linedisc_result *r)
{
    if (key != CTRL('C') && key != '\r' && key != '\n' && skip_escape(d, key))
        return;
    d->escape = key == CTRL('C') || key == '\r' || key == '\n' ? ESCAPE_NONE : d->escape;
    switch (key) {
    case CTRL('C'):
        d->line_len = 0;
        r->interrupt = true;
        echo_text(r, "^C\n");
        break;
    case '\r':
    case '\n':
        end_line(d, r);
        break;
    case CTRL('D'):
        deliver(d);
        push(d, MARK);
        break;
    case '\b':
    case KEY_DELETE:
        r->erase = rub_out(d);
        break;
    case CTRL('U'):
        while (d->line_len)
            r->erase += rub_out(d);
        break;
    case CTRL('W'):
        rub_out_word(d, r);
        break;
    case 0:
        break;
    default:
        type(d, key, r);
    }
}

void linedisc_key(struct linedisc *d, enum linedisc_mode mode, char key,
                  struct linedisc_result *out)
{
    *out = (struct linedisc_result){0};
    if (mode == LINEDISC_COOKED) {
        cooked_key(d, key, out);
    } else {
        deliver(d); /* what was typed before the program asked for raw keys */
        d->escape = ESCAPE_NONE;
        push(d, (uint8_t)key);
    }
    out->ready = linedisc_ready(d, mode);
}

bool linedisc_ready(const struct linedisc *d, enum linedisc_mode mode)
{
    return d->count || (mode == LINEDISC_RAW && d->line_len);
}

static size_t read_raw(struct linedisc *d, char *buf, size_t size)
{
    size_t n = 0;
    deliver(d);
    for (; n < size && d->count; pop(d))
        buf[n++] = (char)(first(d) == MARK ? CTRL('D') : first(d));
    return n;
}

size_t linedisc_read(struct linedisc *d, enum linedisc_mode mode, char *buf, size_t size)
{
    size_t n = 0;
    if (mode == LINEDISC_RAW)
        return read_raw(d, buf, size);
    while (n < size && d->count) {
        uint16_t x = first(d);
        if (x == MARK)
            break;
        pop(d);
        buf[n++] = (char)x;
        if (x == '\n')
            return n;
    }
    if (size && d->count && first(d) == MARK) /* ends this read, and is used up by it */
        pop(d);
    return n;
}

unsigned linedisc_room(const struct linedisc *d)
{
    unsigned used = d->count + d->line_len + 2;
    return used < LINEDISC_RING ? LINEDISC_RING - used : 0;
}
