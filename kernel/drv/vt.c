#include "kernel/drv/vt.h"

#include "base/bitmap.h"
#include "base/string.h"

enum { GROUND, ESCAPE, ESCAPE_SKIP, CSI, STRING, STRING_ESCAPE };
enum { DEFAULT_FG = 7, DEFAULT_BG = 0, TAB = 8, REPLACEMENT = 0xfffd, PARAM_MAX = 9999 };

static const struct vt_pen default_pen = {DEFAULT_FG, DEFAULT_BG, 0};

/* ---- cells ---- */

static struct vt_cell *line_at(const struct vt *t, unsigned row)
{
    dassert(row < t->rows);
    return t->cells + (size_t)((t->first + row) % t->lines) * t->columns;
}

static void mark(struct vt *t, unsigned row)
{
    bitmap_set(t->dirty, row);
}

static void mark_rows(struct vt *t, unsigned from, unsigned to)
{
    for (unsigned r = from; r < to; r++)
        mark(t, r);
}

/* What erasing leaves: a blank in the present background. */
static struct vt_cell blank(const struct vt *t)
{
    return (struct vt_cell){' ', (uint8_t)(DEFAULT_FG | t->pen.bg << 4), 0};
}

static void erase(struct vt *t, unsigned row, unsigned from, unsigned to)
{
    struct vt_cell *line = line_at(t, row), b = blank(t);
    for (unsigned c = from; c < to; c++)
        line[c] = b;
    mark(t, row);
}

static void erase_rows(struct vt *t, unsigned from, unsigned to)
{
    for (unsigned r = from; r < to; r++)
        erase(t, r, 0, t->columns);
}

/* ---- scrolling ---- */

static void copy_line(struct vt *t, unsigned to, unsigned from)
{
    memcpy(line_at(t, to), line_at(t, from), t->columns * sizeof(struct vt_cell));
}

/* Moves the region's lines up. The whole screen moves by turning the ring: what leaves becomes
 * history. */
static void scroll_up(struct vt *t, unsigned n)
{
    unsigned height = t->bottom - t->top;
    n = n < height ? n : height;
    if (height == t->rows) {
        t->first = (t->first + n) % t->lines;
        unsigned most = t->lines - t->rows;
        t->history = t->history + n < most ? t->history + n : most;
        if (t->view)
            t->view = t->view + n < t->history ? t->view + n : t->history;
    } else {
        for (unsigned r = t->top; r + n < t->bottom; r++)
            copy_line(t, r, r + n);
    }
    erase_rows(t, t->bottom - n, t->bottom);
    mark_rows(t, t->top, t->bottom);
}

static void scroll_down(struct vt *t, unsigned n)
{
    unsigned height = t->bottom - t->top;
    n = n < height ? n : height;
    for (unsigned r = t->bottom; r-- > t->top + n;)
        copy_line(t, r, r - n);
    erase_rows(t, t->top, t->top + n);
    mark_rows(t, t->top, t->bottom);
}

/* Insert or delete lines: a scroll of the part of the region from the cursor on. */
static void shift_lines(struct vt *t, unsigned n, void (*scroll)(struct vt *, unsigned))
{
    unsigned top = t->top;
    if (t->row < t->top || t->row >= t->bottom)
        return;
    t->top = t->row;
    if (t->top == 0 && t->bottom == t->rows && scroll == scroll_up) {
        /* Deleting lines is not scrolling: nothing goes to the history. */
        n = n < t->rows ? n : t->rows;
        for (unsigned r = 0; r + n < t->rows; r++)
            copy_line(t, r, r + n);
        erase_rows(t, t->rows - n, t->rows);
        mark_rows(t, 0, t->rows);
    } else {
        scroll(t, n);
    }
    t->top = top;
    t->column = 0;
    t->wrap_pending = false;
}

/* ---- cursor ---- */

static void move_to(struct vt *t, unsigned column, unsigned row)
{
    mark(t, t->row);
    t->column = column < t->columns ? column : t->columns - 1;
    t->row = row < t->rows ? row : t->rows - 1;
    t->wrap_pending = false;
    mark(t, t->row);
}

/* Up or down by n, not past the region's edge if the cursor is inside it. */
static void move_rows(struct vt *t, int n)
{
    int lo = t->row >= t->top ? (int)t->top : 0;
    int hi = t->row < t->bottom ? (int)t->bottom - 1 : (int)t->rows - 1;
    int row = (int)t->row + n;
    move_to(t, t->column, (unsigned)(row < lo ? lo : row > hi ? hi : row));
}

static void line_feed(struct vt *t)
{
    mark(t, t->row);
    t->wrap_pending = false;
    if (t->row + 1 == t->bottom)
        scroll_up(t, 1);
    else if (t->row + 1 < t->rows)
        t->row++;
    mark(t, t->row);
}

static void reverse_line_feed(struct vt *t)
{
    if (t->row == t->top)
        scroll_down(t, 1);
    else if (t->row)
        move_to(t, t->column, t->row - 1);
}

static void save(struct vt *t)
{
    t->saved.column = t->column;
    t->saved.row = t->row;
    t->saved.pen = t->pen;
}

static void restore(struct vt *t)
{
    t->pen = t->saved.pen;
    move_to(t, t->saved.column, t->saved.row);
}

/* ---- characters ---- */

static bool is_combining(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0xfe00 && c <= 0xfe0f);
}

static void put(struct vt *t, uint32_t c)
{
    if (is_combining(c))
        return;
    if (t->wrap_pending && t->autowrap) {
        t->column = 0;
        line_feed(t);
    }
    line_at(t, t->row)[t->column] =
        (struct vt_cell){(uint16_t)(c > 0xffff ? REPLACEMENT : c),
                         (uint8_t)(t->pen.fg | t->pen.bg << 4), t->pen.attrs};
    mark(t, t->row);
    t->wrap_pending = t->column + 1 == t->columns;
    if (!t->wrap_pending)
        t->column++;
}

static void control(struct vt *t, uint8_t c)
{
    switch (c) {
    case '\b':
        move_to(t, t->column ? t->column - 1 : 0, t->row);
        break;
    case '\t':
        move_to(t, (t->column / TAB + 1) * TAB, t->row);
        break;
    case '\n':
    case '\v':
    case '\f':
        line_feed(t);
        break;
    case '\r':
        move_to(t, 0, t->row);
        break;
    case 0x1b:
        t->state = ESCAPE;
        break;
    default:
        break; /* the bell and the rest make no picture */
    }
}

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
        t->pen = default_pen;
    for (unsigned i = 0; i < t->nparams; i++) {
        unsigned p = t->params[i];
        if (p == 0)
            t->pen = default_pen;
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
            t->pen.fg = DEFAULT_FG;
        else if (p >= 40 && p <= 47)
            t->pen.bg = (uint8_t)(p - 40);
        else if (p == 48)
            i += extended_colour(t, i, &t->pen.bg);
        else if (p == 49)
            t->pen.bg = DEFAULT_BG;
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
        erase(t, t->row, t->column, t->columns);
        erase_rows(t, t->row + 1, t->rows);
        break;
    case 1:
        erase_rows(t, 0, t->row);
        erase(t, t->row, 0, t->column + 1);
        break;
    case 3:
        t->history = t->view = 0;
        vt_dirty_all(t);
        break;
    default:
        erase_rows(t, 0, t->rows);
    }
}

static void erase_line(struct vt *t)
{
    unsigned how = param(t, 0, 0);
    erase(t, t->row, how == 0 ? t->column : 0, how == 1 ? t->column + 1 : t->columns);
}

/* Insert (forward) or delete characters at the cursor. */
static void shift_characters(struct vt *t, unsigned n, bool insert)
{
    struct vt_cell *line = line_at(t, t->row);
    unsigned room = t->columns - t->column;
    n = n < room ? n : room;
    size_t stay = (room - n) * sizeof(*line);
    if (insert)
        memmove(line + t->column + n, line + t->column, stay);
    else
        memmove(line + t->column, line + t->column + n, stay);
    erase(t, t->row, insert ? t->column : t->columns - n, insert ? t->column + n : t->columns);
    t->wrap_pending = false;
}

static void reset(struct vt *t)
{
    t->pen = default_pen;
    t->top = 0;
    t->bottom = t->rows;
    t->autowrap = t->cursor_visible = true;
    t->origin = t->wrap_pending = false;
    t->column = t->row = 0;
    save(t);
    erase_rows(t, 0, t->rows);
}

/* CSI ? … h or l */
static void private_mode(struct vt *t, bool on)
{
    for (unsigned i = 0; i < t->nparams; i++) {
        switch (t->params[i]) {
        case 6:
            t->origin = on;
            move_to(t, 0, on ? t->top : 0);
            break;
        case 7:
            t->autowrap = on;
            break;
        case 25:
            t->cursor_visible = on;
            mark(t, t->row);
            break;
        case 47:
        case 1047:
        case 1049: /* there is one screen: full-screen programs start and leave with it empty */
            erase_rows(t, 0, t->rows);
            move_to(t, 0, 0);
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
    move_to(t, 0, t->origin ? t->top : 0);
}

static void position(struct vt *t)
{
    unsigned row = param(t, 0, 1) - 1 + (t->origin ? t->top : 0);
    if (t->origin && row >= t->bottom)
        row = t->bottom - 1;
    move_to(t, param(t, 1, 1) - 1, row);
}

static void sequence_cursor(struct vt *t, char final)
{
    unsigned n = param(t, 0, 1);
    switch (final) {
    case 'A':
        move_rows(t, -(int)n);
        break;
    case 'B':
    case 'e':
        move_rows(t, (int)n);
        break;
    case 'C':
    case 'a':
        move_to(t, t->column + n, t->row);
        break;
    case 'D':
        move_to(t, t->column > n ? t->column - n : 0, t->row);
        break;
    case 'E':
        move_rows(t, (int)n);
        move_to(t, 0, t->row);
        break;
    case 'F':
        move_rows(t, -(int)n);
        move_to(t, 0, t->row);
        break;
    case 'G':
    case '`':
        move_to(t, n - 1, t->row);
        break;
    case 'd':
        move_to(t, t->column, n - 1);
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
        shift_lines(t, n, scroll_down);
        break;
    case 'M':
        shift_lines(t, n, scroll_up);
        break;
    case '@':
        shift_characters(t, n, true);
        break;
    case 'P':
        shift_characters(t, n, false);
        break;
    case 'X':
        erase(t, t->row, t->column, t->column + n < t->columns ? t->column + n : t->columns);
        break;
    case 'S':
        scroll_up(t, n);
        break;
    case 'T':
        scroll_down(t, n);
        break;
    case 'm':
        rendition(t);
        break;
    case 'r':
        set_region(t);
        break;
    case 's':
        save(t);
        break;
    case 'u':
        restore(t);
        break;
    default:
        sequence_cursor(t, final);
    }
}

/* ---- the parser: one byte after another ---- */

static void escape(struct vt *t, char c)
{
    t->state = GROUND;
    switch (c) {
    case '[':
        t->state = CSI;
        t->nparams = 0;
        t->prefix = 0;
        memset(t->params, 0, sizeof(t->params));
        break;
    case ']':
    case 'P':
    case '^':
    case '_':
    case 'X':
        t->state = STRING; /* titles and the like: not shown */
        break;
    case '(':
    case ')':
    case '*':
    case '+':
    case '#':
    case '%':
        t->state = ESCAPE_SKIP;
        break;
    case '7':
        save(t);
        break;
    case '8':
        restore(t);
        break;
    case 'D':
        line_feed(t);
        break;
    case 'E':
        move_to(t, 0, t->row);
        line_feed(t);
        break;
    case 'M':
        reverse_line_feed(t);
        break;
    case 'c':
        reset(t);
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
        t->state = GROUND;
        sequence(t, c);
    } else if (c >= ' ' && c <= '/') {
        t->prefix = c; /* intermediate bytes: a sequence we do not know */
    } else {
        t->state = GROUND;
    }
}

/* A byte of text that is not ASCII: gathers UTF-8; anything malformed shows as U+FFFD. */
static void utf8_byte(struct vt *t, uint8_t b)
{
    if (b >= 0xc0 || (b >= 0x80 && !t->utf8_left)) {
        if (t->utf8_left || b < 0xc2 || b > 0xf4)
            put(t, REPLACEMENT);
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
    put(t, good ? t->utf8 : REPLACEMENT);
}

static void ground(struct vt *t, uint8_t b)
{
    if (b >= 0x80) {
        utf8_byte(t, b);
        return;
    }
    if (t->utf8_left) {
        t->utf8_left = 0;
        put(t, REPLACEMENT);
    }
    if (b < ' ' || b == 0x7f)
        control(t, b);
    else
        put(t, b);
}

static void byte(struct vt *t, uint8_t b)
{
    bool c0 = b < ' ';
    switch (t->state) {
    case ESCAPE:
        escape(t, (char)b);
        break;
    case ESCAPE_SKIP:
        t->state = GROUND;
        break;
    case CSI:
        if (c0) { /* controls work inside a sequence; ESC begins another, CAN and SUB end it */
            if (b == 0x18 || b == 0x1a)
                t->state = GROUND;
            control(t, b);
        } else {
            control_sequence(t, (char)b);
        }
        break;
    case STRING:
        if (b == 7 || b == 0x18 || b == 0x1a)
            t->state = GROUND;
        else if (b == 0x1b)
            t->state = STRING_ESCAPE;
        break;
    case STRING_ESCAPE:
        t->state = b == '\\' ? GROUND : STRING;
        break;
    default:
        ground(t, b);
    }
}

/* ---- the interface ---- */

size_t vt_storage(unsigned columns, unsigned rows, unsigned history)
{
    return (size_t)columns * (rows + history);
}

void vt_init(struct vt *t, unsigned columns, unsigned rows, unsigned history, struct vt_cell *cells)
{
    assert(columns > 0 && columns <= VT_COLUMNS_MAX && rows > 0 && rows <= VT_ROWS_MAX);
    *t = (struct vt){.columns = columns, .rows = rows, .lines = rows + history, .cells = cells};
    reset(t);
}

void vt_write(struct vt *t, const char *bytes, size_t len)
{
    if (t->view && len)
        vt_scroll_view(t, -(int)t->view);
    for (size_t i = 0; i < len; i++)
        byte(t, (uint8_t)bytes[i]);
}

void vt_scroll_view(struct vt *t, int lines)
{
    int view = (int)t->view + lines;
    unsigned wanted = view < 0 ? 0 : (unsigned)view > t->history ? t->history : (unsigned)view;
    if (wanted != t->view)
        vt_dirty_all(t);
    t->view = wanted;
}

const struct vt_cell *vt_visible_row(const struct vt *t, unsigned row)
{
    return t->cells + (size_t)((t->first + t->lines - t->view + row) % t->lines) * t->columns;
}

bool vt_cursor(const struct vt *t, unsigned *out_column, unsigned *out_row)
{
    *out_column = t->column;
    *out_row = t->row + t->view;
    return t->cursor_visible && t->row + t->view < t->rows;
}

unsigned vt_next_dirty(struct vt *t, unsigned from)
{
    for (unsigned r = from; r < t->rows; r++) {
        if (bitmap_get(t->dirty, r)) {
            bitmap_clear(t->dirty, r);
            return r;
        }
    }
    return t->rows;
}

void vt_dirty_all(struct vt *t)
{
    mark_rows(t, 0, t->rows);
}
