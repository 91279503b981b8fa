/* The bytes of a terminal's output: UTF-8, ECMA-48 control sequences, xterm's colours. Any bytes
 * are fine. */
#include "kernel/drv/vt_ops.h"

#include "base/string.h"

enum { PARAM_MAX = 9999 };

/* ---- select graphic rendition ---- */

/* The nearest of the 16 colours for one of xterm's 256. */
static uint8_t colour_of_256(unsigned n)
{
    unsigned r, g, b;
    if (n < 16)
        return (uint8_t)n;
    if (n >= 232) {
        unsigned grey = n - 232; /* 24 steps */
        return grey < 5 ? 0 : grey < 12 ? 8 : grey < 20 ? 7 : 15;
    }
    n -= 16;
    r = n / 36, g = n / 6 % 6, b = n % 6;
    unsigned most = r > g ? (r > b ? r : b) : (g > b ? g : b);
    if (most == 0)
        return 0;
    uint8_t c = (uint8_t)((2 * r >= most) | (2 * g >= most) << 1 | (2 * b >= most) << 2);
    return most >= 4 && c != 7 ? c | 8 : most >= 5 ? c | 8 : c;
}

/* 38 or 48: the parameters behind it say which colour; returns how many were used. */
static unsigned extended_colour(const struct vt *t, unsigned at, uint8_t *out)
{
    unsigned left = t->nparams - at;
    if (left >= 3 && t->params[at + 1] == 5) {
        *out = colour_of_256(t->params[at + 2] & 0xff);
        return 2;
    }
    if (left >= 5 && t->params[at + 1] == 2) {
        unsigned r = t->params[at + 2] & 0xff, g = t->params[at + 3] & 0xff,
                 b = t->params[at + 4] & 0xff;
        *out = colour_of_256(16 + r * 6 / 256 * 36 + g * 6 / 256 * 6 + b * 6 / 256);
        return 4;
    }
    return left ? left - 1 : 0;
}

static void rendition(struct vt *t)
{
    if (!t->nparams)
        t->pen = vt__default_pen;
    for (unsigned i = 0; i < t->nparams; i++) {
        unsigned p = t->params[i];
        if (p == 0)
            t->pen = vt__default_pen;
        else if (p == 1)
            t->pen.attrs |= VT_BOLD;
        else if (p == 4)
            t->pen.attrs |= VT_UNDERLINE;
        else if (p == 7)
            t->pen.attrs |= VT_INVERSE;
        else if (p == 22)
            t->pen.attrs &= (uint8_t)~VT_BOLD;
        else if (p == 24)
            t->pen.attrs &= (uint8_t)~VT_UNDERLINE;
        else if (p == 27)
            t->pen.attrs &= (uint8_t)~VT_INVERSE;
        else if (p >= 30 && p <= 37)
            t->pen.fg = (uint8_t)(p - 30);
        else if (p == 38)
            i += extended_colour(t, i, &t->pen.fg);
        else if (p == 39)
            t->pen.fg = VT_DEFAULT_FG;
        else if (p >= 40 && p <= 47)
            t->pen.bg = (uint8_t)(p - 40);
        else if (p == 48)
            i += extended_colour(t, i, &t->pen.bg);
        else if (p == 49)
            t->pen.bg = VT_DEFAULT_BG;
        else if (p >= 90 && p <= 97)
            t->pen.fg = (uint8_t)(p - 90 + 8);
        else if (p >= 100 && p <= 107)
            t->pen.bg = (uint8_t)(p - 100 + 8);
    }
}

/* ---- control sequences ---- */

static unsigned param(const struct vt *t, unsigned i, unsigned otherwise)
{
    return i < t->nparams && t->params[i] ? t->params[i] : otherwise;
}

static void erase_display(struct vt *t)
{
    switch (param(t, 0, 0)) {
    case 0:
        vt__erase(t, t->row, t->column, t->columns);
        vt__erase_rows(t, t->row + 1, t->rows);
        break;
    case 1:
        vt__erase_rows(t, 0, t->row);
        vt__erase(t, t->row, 0, t->column + 1);
        break;
    case 3:
        t->history = t->view = 0;
        vt_dirty_all(t);
        break;
    default:
        vt__erase_rows(t, 0, t->rows);
    }
}

static void erase_line(struct vt *t)
{
    unsigned how = param(t, 0, 0);
    vt__erase(t, t->row, how == 0 ? t->column : 0, how == 1 ? t->column + 1 : t->columns);
}

/* Insert (forward) or delete characters at the cursor. */
static void shift_characters(struct vt *t, unsigned n, bool insert)
{
    struct vt_cell *line = vt__line(t, t->row);
    unsigned room = t->columns - t->column;
    n = n < room ? n : room;
    size_t stay = (room - n) * sizeof(*line);
    if (insert)
        memmove(line + t->column + n, line + t->column, stay);
    else
        memmove(line + t->column, line + t->column + n, stay);
    vt__erase(t, t->row, insert ? t->column : t->columns - n, insert ? t->column + n : t->columns);
    t->wrap_pending = false;
}

/* VT_CSI ? … h or l */
static void private_mode(struct vt *t, bool on)
{
    for (unsigned i = 0; i < t->nparams; i++) {
        switch (t->params[i]) {
        case 6:
            t->origin = on;
            vt__move_to(t, 0, on ? t->top : 0);
            break;
        case 7:
            t->autowrap = on;
            break;
        case 25:
            t->cursor_visible = on;
            vt__mark(t, t->row);
            break;
        case 47:
        case 1047:
        case 1049: /* there is one screen: full-screen programs start and leave with it empty */
            vt__erase_rows(t, 0, t->rows);
            vt__move_to(t, 0, 0);
            break;
        default:
            break;
        }
    }
}

static void set_region(struct vt *t)
{
    unsigned top = param(t, 0, 1), bottom = param(t, 1, t->rows);
    if (bottom > t->rows)
        bottom = t->rows;
    if (top >= bottom)
        return;
    t->top = top - 1;
    t->bottom = bottom;
    vt__move_to(t, 0, t->origin ? t->top : 0);
}

static void position(struct vt *t)
{
    unsigned row = param(t, 0, 1) - 1 + (t->origin ? t->top : 0);
    if (t->origin && row >= t->bottom)
        row = t->bottom - 1;
    vt__move_to(t, param(t, 1, 1) - 1, row);
}

static void sequence_cursor(struct vt *t, char final)
{
    unsigned n = param(t, 0, 1);
    switch (final) {
    case 'A':
        vt__move_rows(t, -(int)n);
        break;
    case 'B':
    case 'e':
        vt__move_rows(t, (int)n);
        break;
    case 'C':
    case 'a':
        vt__move_to(t, t->column + n, t->row);
        break;
    case 'D':
        vt__move_to(t, t->column > n ? t->column - n : 0, t->row);
        break;
    case 'E':
        vt__move_rows(t, (int)n);
        vt__move_to(t, 0, t->row);
        break;
    case 'F':
        vt__move_rows(t, -(int)n);
        vt__move_to(t, 0, t->row);
        break;
    case 'G':
    case '`':
        vt__move_to(t, n - 1, t->row);
        break;
    case 'd':
        vt__move_to(t, t->column, n - 1);
        break;
    default:
        break;
    }
}

static void sequence(struct vt *t, char final)
{
    unsigned n = param(t, 0, 1);
    if (t->prefix) {
        if (t->prefix == '?' && (final == 'h' || final == 'l'))
            private_mode(t, final == 'h');
        return;
    }
    switch (final) {
    case 'H':
    case 'f':
        position(t);
        break;
    case 'J':
        erase_display(t);
        break;
    case 'K':
        erase_line(t);
        break;
    case 'L':
        vt__shift_lines(t, n, vt__scroll_down);
        break;
    case 'M':
        vt__shift_lines(t, n, vt__scroll_up);
        break;
    case '@':
        shift_characters(t, n, true);
        break;
    case 'P':
        shift_characters(t, n, false);
        break;
    case 'X':
        vt__erase(t, t->row, t->column, t->column + n < t->columns ? t->column + n : t->columns);
        break;
    case 'S':
        vt__scroll_up(t, n);
        break;
    case 'T':
        vt__scroll_down(t, n);
        break;
    case 'm':
        rendition(t);
        break;
    case 'r':
        set_region(t);
        break;
    case 's':
        vt__save(t);
        break;
    case 'u':
        vt__restore(t);
        break;
    default:
        sequence_cursor(t, final);
    }
}

/* ---- the parser: one byte after another ---- */

static void escape(struct vt *t, char c)
{
    t->state = VT_GROUND;
    switch (c) {
    case '[':
        t->state = VT_CSI;
        t->nparams = 0;
        t->prefix = 0;
        memset(t->params, 0, sizeof(t->params));
        break;
    case ']':
    case 'P':
    case '^':
    case '_':
    case 'X':
        t->state = VT_STRING; /* titles and the like: not shown */
        break;
    case '(':
    case ')':
    case '*':
    case '+':
    case '#':
    case '%':
        t->state = VT_ESCAPE_SKIP;
        break;
    case '7':
        vt__save(t);
        break;
    case '8':
        vt__restore(t);
        break;
    case 'D':
        vt__line_feed(t);
        break;
    case 'E':
        vt__move_to(t, 0, t->row);
        vt__line_feed(t);
        break;
    case 'M':
        vt__reverse_line_feed(t);
        break;
    case 'c':
        vt__reset(t);
        break;
    default:
        break;
    }
}

static void control_sequence(struct vt *t, char c)
{
    if (c >= '0' && c <= '9') {
        if (!t->nparams)
            t->nparams = 1;
        uint16_t *p = &t->params[t->nparams - 1];
        *p = (uint16_t)(*p * 10 + (c - '0') < PARAM_MAX ? *p * 10 + (c - '0') : PARAM_MAX);
    } else if (c == ';' || c == ':') {
        if (!t->nparams)
            t->nparams = 1;
        if (t->nparams < VT_PARAMS_MAX)
            t->nparams++;
    } else if (c >= '<' && c <= '?') {
        t->prefix = c;
    } else if (c >= '@' && c <= '~') {
        t->state = VT_GROUND;
        sequence(t, c);
    } else if (c >= ' ' && c <= '/') {
        t->prefix = c; /* intermediate bytes: a sequence we do not know */
    } else {
        t->state = VT_GROUND;
    }
}

/* A byte of text that is not ASCII: gathers UTF-8; anything malformed shows as U+FFFD. */
static void utf8_byte(struct vt *t, uint8_t b)
{
    if (b >= 0xc0 || (b >= 0x80 && !t->utf8_left)) {
        if (t->utf8_left || b < 0xc2 || b > 0xf4)
            vt__put(t, VT_REPLACEMENT);
        t->utf8_left = b < 0xc2 || b > 0xf4 ? 0 : b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        t->utf8 = b & (0x3fu >> t->utf8_left);
        t->utf8_min = t->utf8_left == 1 ? 0x80 : t->utf8_left == 2 ? 0x800 : 0x10000;
        return;
    }
    t->utf8 = t->utf8 << 6 | (b & 0x3f);
    if (--t->utf8_left)
        return;
    bool good =
        t->utf8 >= t->utf8_min && t->utf8 <= 0x10ffff && (t->utf8 < 0xd800 || t->utf8 > 0xdfff);
    vt__put(t, good ? t->utf8 : VT_REPLACEMENT);
}

static void ground(struct vt *t, uint8_t b)
{
    if (b >= 0x80) {
        utf8_byte(t, b);
        return;
    }
    if (t->utf8_left) {
        t->utf8_left = 0;
        vt__put(t, VT_REPLACEMENT);
    }
    if (b < ' ' || b == 0x7f)
        vt__control(t, b);
    else
        vt__put(t, b);
}

void vt__byte(struct vt *t, uint8_t b)
{
    bool c0 = b < ' ';
    switch (t->state) {
    case VT_ESCAPE:
        escape(t, (char)b);
        break;
    case VT_ESCAPE_SKIP:
        t->state = VT_GROUND;
        break;
    case VT_CSI:
        if (c0) { /* controls work inside a sequence; ESC begins another, CAN and SUB end it */
            if (b == 0x18 || b == 0x1a)
                t->state = VT_GROUND;
            vt__control(t, b);
        } else {
            control_sequence(t, (char)b);
        }
        break;
    case VT_STRING:
        if (b == 7 || b == 0x18 || b == 0x1a)
            t->state = VT_GROUND;
        else if (b == 0x1b)
            t->state = VT_STRING_ESCAPE;
        break;
    case VT_STRING_ESCAPE:
        t->state = b == '\\' ? VT_GROUND : VT_STRING;
        break;
    default:
        ground(t, b);
    }
}
